#include "diff.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "output.h"

/* The text that is printed, and where it is of which colour. */
struct drawing {
	struct opcit_buf text;
	size_t (*marks)[2];
	enum colour *colours;
	size_t n;
	bool coloured;
};

/* Words stand apart, but not from an opening parenthesis. */
static void set_apart(struct drawing *d)
{
	if (d->text.len && !strchr(" (", d->text.ptr[d->text.len - 1]))
		opcit_buf_putc(&d->text, ' ');
}

static void draw(struct drawing *d, struct opcit_str words, bool deleted)
{
	d->colours[d->n] = deleted ? DELETED : INSERTED;
	d->marks[d->n][0] = d->text.len;
	if (!d->coloured)
		opcit_buf_puts(&d->text, deleted ? "[-" : "{+");
	opcit_buf_add_str(&d->text, words);
	if (!d->coloured)
		opcit_buf_puts(&d->text, deleted ? "-]" : "+}");
	d->marks[d->n++][1] = d->text.len;
}

void diff_print(const struct opcit_wdiff *diff, struct opcit_str a, struct opcit_str b, int indent)
{
	struct drawing d = { .text = OPCIT_BUF_INIT, .coloured = output_coloured() };
	size_t i, at = 0; /* of b, printed so far */

	d.marks = opcit_xmalloc((diff->n + 1) * sizeof *d.marks);
	d.colours = opcit_xmalloc((diff->n + 1) * sizeof *d.colours);
	for (i = 0; i < diff->n; i++) {
		const struct opcit_wdiff_run *run = &diff->runs[i];

		/* what stands between words is b's */
		opcit_buf_add_str(&d.text, opcit_str_sub(b, at, run->b.start));
		if (run->op == OPCIT_WDIFF_KEPT) {
			opcit_buf_add_str(&d.text, opcit_str_sub(b, run->b.start, run->b.end));
		} else if (run->op == OPCIT_WDIFF_INSERTED) {
			draw(&d, opcit_str_sub(b, run->b.start, run->b.end), false);
		} else {
			set_apart(&d);
			draw(&d, opcit_str_sub(a, run->a.start, run->a.end), true);
			if (i + 1 < diff->n)
				opcit_buf_putc(&d.text, ' ');
		}
		at = run->b.end;
	}
	opcit_buf_add_str(&d.text, opcit_str_sub(b, at, b.len));
	output_wrapped_in(opcit_buf_str(&d.text), indent, (const size_t(*)[2])d.marks, d.colours, d.n);
	free(d.marks);
	free(d.colours);
	opcit_buf_release(&d.text);
}

json_t *diff_json(const struct opcit_wdiff *diff, struct opcit_str a, struct opcit_str b)
{
	static const char *const names[] = { "kept", "deleted", "inserted" };
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < diff->n; i++) {
		const struct opcit_wdiff_run *run = &diff->runs[i];
		bool old = run->op == OPCIT_WDIFF_DELETED;
		json_t *one = json_object();

		json_object_set_new(one, "op", json_string(names[run->op]));
		json_object_set_new(one, "text",
				    json_text(old ? opcit_str_sub(a, run->a.start, run->a.end)
						  : opcit_str_sub(b, run->b.start, run->b.end)));
		json_array_append_new(all, one);
	}
	return all;
}
