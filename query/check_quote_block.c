/* check_quote_block.c: quotations without marks: paragraphs that are set off. The
 * format tells (">", a style for quotations), or only the colon of the paragraph
 * before, which also stands before lists of the draft's own. */
#include <string.h>

#include "check_quote.h"

/* What a quotation cites is no source of it; what closes it is. */
static void quote_citations(const struct opcit_record *record, struct passages *passages)
{
	struct opcit_str text = quotation_block_text(record);
	size_t i;

	for (i = 0; i < record->n_cites; i++)
		passages->quoted[i] = record->cites[i].start < text.len;
}

static bool is_paragraph(const struct opcit_record *record)
{
	return record->kind == OPCIT_KIND_PARAGRAPH || record->kind == OPCIT_KIND_PREAMBULAR ||
	       record->kind == OPCIT_KIND_OPERATIVE || record->kind == OPCIT_KIND_ITEM;
}

/* After a colon, a paragraph without number or the items of a list may be quoted. */
static bool may_be_quoted(const struct opcit_manuscript *manuscript, const struct passages *all, size_t i, size_t before)
{
	const struct opcit_record *record = &manuscript->records[i], *last = &manuscript->records[before];
	bool item = record->label.len && memchr(record->label.ptr, '(', record->label.len);

	if (!is_paragraph(record) || (record->label.len && !item))
		return false;
	/* the items that follow one another */
	if (all[before].block == BLOCK_PERHAPS)
		return item && last->label.len;
	return !all[before].block && opcit_str_ends(opcit_str_trim(last->text), ":");
}

void quotation_blocks(const struct opcit_manuscript *manuscript, struct passages *all)
{
	size_t i, before = manuscript->n_records; /* the last one that is no note */

	for (i = 0; i < manuscript->n_records; i++) {
		const struct opcit_record *record = &manuscript->records[i];

		if (record->kind == OPCIT_KIND_FOOTNOTE)
			continue;
		/* without a stop it may have been taken for a heading */
		if (record->kind != OPCIT_KIND_TOC && (!all[i].n || all[i].items[0].whole.start > 4)) {
			if (manuscript->quoted[i])
				all[i].block = BLOCK_MARKED;
			else if (before < i && may_be_quoted(manuscript, all, i, before))
				all[i].block = BLOCK_PERHAPS;
			if (all[i].block)
				quote_citations(record, &all[i]);
		}
		before = i;
	}
}

struct opcit_str quotation_block_text(const struct opcit_record *record)
{
	struct opcit_str text = record->text;
	size_t at, end;

	if (!record->n_cites)
		return text;
	at = record->cites[record->n_cites - 1].start;
	end = record->cites[record->n_cites - 1].end;
	if (text.len - end > 4)
		return text;
	while (at && text.ptr[at] != '(' && text.ptr[at] != '[' && record->cites[record->n_cites - 1].start - at < 40)
		at--;
	return text.ptr[at] == '(' || text.ptr[at] == '[' ? opcit_str_sub(text, 0, at) : text;
}
