/* pinpoint.c: see pinpoint.h. */
#include "pinpoint.h"

/* "67(h)(ii)" is written "67 (h) (ii)". */
static void spaced(struct opcit_str s, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		if (s.ptr[i] == '(' && i > 0 && s.ptr[i - 1] != ' ')
			opcit_buf_putc(out, ' ');
		opcit_buf_putc(out, s.ptr[i]);
	}
}

/* Several recommendations in one row, "5, 6, 7", or a range. */
static bool is_many(struct opcit_str label)
{
	size_t i;

	for (i = 0; i + 1 < label.len; i++)
		if ((label.ptr[i] == ',' || label.ptr[i] == '-') && i > 0)
			return true;
	return false;
}

void pinpoint_label(struct opcit_str label, struct opcit_buf *out)
{
	if (opcit_str_starts(label, "fn") && label.len > 2) {
		opcit_buf_puts(out, "footnote ");
		opcit_buf_add_str(out, opcit_str_sub(label, 2, label.len));
	} else if (opcit_str_starts(label, "pp") && label.len > 2 && opcit_is_digit(label.ptr[2])) {
		opcit_buf_puts(out, "preambular para. ");
		spaced(opcit_str_sub(label, 2, label.len), out);
	} else {
		opcit_buf_puts(out, is_many(label) ? "paras. " : "para. ");
		spaced(label, out);
	}
}

void pinpoint_write(const struct opcit_doc *doc, const struct opcit_record *record,
		    struct opcit_buf *out)
{
	opcit_buf_add_str(out, doc->id);
	if (record->label.len == 0)
		return;
	opcit_buf_puts(out, ", ");
	pinpoint_label(record->label, out);
}

struct opcit_str pinpoint_parent(struct opcit_str label)
{
	size_t at = label.len;

	if (at == 0 || label.ptr[at - 1] != ')')
		return (struct opcit_str){ label.ptr, 0 };
	while (at > 0 && label.ptr[at - 1] != '(')
		at--;
	return opcit_str_trim(opcit_str_sub(label, 0, at ? at - 1 : 0));
}
