/* The segmenter: quotations of whole blocks inside a resolution. What they hold
 * is no clause of the resolution, and their headings end with them. */
#include "segmenter.h"

#include <string.h>

static bool opens_with_quote(struct opcit_str text)
{
	return opcit_str_starts(text, "\"") || opcit_str_starts(text, "\xE2\x80\x9C") ||
	       opcit_str_starts(text, "\xC2\xAB");
}

/* A closing quotation mark, and what stops may follow it. */
static bool closes_quotation(struct opcit_str text)
{
	while (text.len && strchr(" ,;:.", text.ptr[text.len - 1]))
		text.len--;
	return opcit_str_ends(text, "\"") || opcit_str_ends(text, "\xE2\x80\x9D") ||
	       opcit_str_ends(text, "\xC2\xBB");
}

void opcit_seg_end_quotation(struct segmenter *s)
{
	if (s->quoting)
		opcit_outline_cut(&s->outline, s->quote_depth);
	s->quoting = false;
}

bool opcit_seg_take_quoted(struct segmenter *s, size_t i, bool heading)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);

	if (!opcit_seg_is_clause_part(s) || !opens_with_quote(piece->whole) || !s->out->n_records)
		return false;
	if (!s->quoting) {
		if (!opcit_str_ends(s->out->records[s->out->n_records - 1].text, ":"))
			return false;
		s->quoting = true;
		s->quote_depth = s->outline.depth;
	}
	if (heading)
		opcit_seg_heading(s, piece, OPCIT_HEAD_PLAIN);
	else
		opcit_seg_body_record(s, OPCIT_KIND_PARAGRAPH, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
	if (closes_quotation(piece->whole))
		opcit_seg_end_quotation(s);
	return true;
}
