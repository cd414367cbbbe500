/* The PDF reader: from regions to lines in reading order. */
#include "pdf_region.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The fragments of a row that stand in a column; NULL when there are none. */
static struct pdf_line *cell_line(struct pdf_doc *doc, const struct pdf_row *row, const struct pdf_region *region,
                                  uint32_t column, const char *before)
{
	float to = column < region->n_strips ? region->strips[column].x2 : 1e6F;
	uint32_t i, end;

	for (i = 0; i < row->n && column && row->frags[i]->x1 < region->strips[column - 1].x2 - 0.5F; i++)
		;
	for (end = i; end < row->n && row->frags[end]->x1 < to - 0.5F; end++)
		;
	return end > i ? opcit_pdf_add_line(doc, row->frags + i, end - i, before) : NULL;
}

static void plain_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t r;

	for (r = region->from; r < region->to; r++) {
		struct pdf_line *line = opcit_pdf_add_line(doc, page->rows[r].frags, page->rows[r].n, "");

		if (opcit_pdf_row_has_leaders(&page->rows[r]))
			line->start = PDF_START_YES;
	}
}

static void loose_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t r, c;

	for (r = region->from; r < region->to; r++)
		for (c = 0; c <= region->n_strips; c++)
			cell_line(doc, &page->rows[r], region, c, "");
}

static void column_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t r, c;
	float left, right;
	size_t from, i;

	for (c = 0; c <= region->n_strips; c++) {
		from = doc->n_lines;
		left = 1e6F, right = 0;
		for (r = region->from; r < region->to; r++) {
			struct pdf_line *line = cell_line(doc, &page->rows[r], region, c, "");

			if (!line)
				continue;
			left = fminf(left, line->x1);
			right = fmaxf(right, line->x2);
		}
		for (i = from; i < doc->n_lines; i++) {
			doc->lines[i].left = left;
			doc->lines[i].right = right;
		}
	}
}

/* Whether a row of print begins a row of the table, and does not only go on
 * with the cells of the one before. `last` is the row that last had something
 * in the first column, or NULL. */
static bool begins_row(struct pdf_doc *doc, const struct pdf_region *region, const struct pdf_row *row,
                       const struct pdf_row *last)
{
	struct opcit_str cell, above;

	if (!last)
		return true;
	if (!opcit_pdf_region_has_ink(row, region, 0))
		return false;
	if (row->base - last->base > 1.45F * row->size)
		return true;
	cell = opcit_pdf_row_first_cell(doc, row, region);
	above = opcit_pdf_row_first_cell(doc, last, region);
	if (opcit_pdf_is_designator(cell) && !opcit_str_ends(above, ","))
		return true;
	if (cell.len && islower((unsigned char)cell.ptr[0]))
		return false;
	return opcit_pdf_region_inked(row, region) > 1 && !opcit_str_ends(above, ",") && !opcit_str_ends(above, "-");
}

/* The cells of one row of the table, each a run of lines, "| " between them. */
static void table_row(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region,
                      uint32_t from, uint32_t to, enum pdf_start start)
{
	size_t first = doc->n_lines, i;
	uint32_t r, c;

	for (c = 0; c <= region->n_strips; c++) {
		size_t cell = doc->n_lines;

		for (r = from; r < to; r++) {
			bool next_cell = doc->n_lines == cell && cell > first;

			if (cell_line(doc, &page->rows[r], region, c, next_cell ? "| " : "") && next_cell)
				opcit_buf_putc(&doc->decoded, '|');
		}
	}
	for (i = first; i < doc->n_lines; i++) {
		doc->lines[i].table = true;
		doc->lines[i].start = i > first ? PDF_START_NO : start;
	}
}

static void table_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t r = region->from, from;
	const struct pdf_row *last = NULL;

	while (r < region->to) {
		/* What has nothing in the first column at the head of a page goes on
		 * with the row that the page break cut. */
		bool goes_on = r == region->from && r == 0 && !opcit_pdf_region_has_ink(&page->rows[r], region, 0) && doc->n_lines &&
		               doc->lines[doc->n_lines - 1].table;

		from = r;
		if (opcit_pdf_region_has_ink(&page->rows[r], region, 0))
			last = &page->rows[r];
		for (r++; r < region->to; r++) {
			if (opcit_pdf_region_has_ink(&page->rows[r], region, 0)) {
				if (!last || begins_row(doc, region, &page->rows[r], last))
					break;
				last = &page->rows[r];
			}
		}
		table_row(doc, page, region, from, r, goes_on ? PDF_START_NO : PDF_START_YES);
	}
}

/* Column edges of the lines that have none yet: those of the page's text. */
static void set_edges(struct pdf_doc *doc, size_t from)
{
	float left = 1e6F, right = 0;
	size_t i;

	for (i = from; i < doc->n_lines; i++) {
		const struct pdf_line *line = &doc->lines[i];

		if (line->right > 0 || line->table || line->text.len < 20)
			continue;
		left = fminf(left, line->x1);
		right = fmaxf(right, line->x2);
	}
	for (i = from; i < doc->n_lines; i++) {
		if (doc->lines[i].right > 0)
			continue;
		doc->lines[i].left = fminf(left, doc->lines[i].x1);
		doc->lines[i].right = fmaxf(right, doc->lines[i].x2);
	}
}

/* The head of a page may go on with a row of a table that the page break cut:
 * what stands below its last cell. Returns how many rows of print do. */
static uint32_t rest_of_row(struct pdf_doc *doc, const struct pdf_page *page)
{
	struct pdf_line last;
	uint32_t r = 0;

	if (!doc->n_lines || !doc->lines[doc->n_lines - 1].table)
		return 0;
	last = doc->lines[doc->n_lines - 1];
	for (; r < page->n_rows; r++) {
		const struct pdf_row *row = &page->rows[r];
		struct pdf_line *line;

		if (fabsf(row->x1 - last.x1) > 0.5F * row->size || fabsf(row->size - last.size) > 0.3F || opcit_pdf_region_at(doc, page, r).n_strips ||
		    (r && row->base - row[-1].base > 2.2F * row->size))
			break;
		line = opcit_pdf_add_line(doc, row->frags, row->n, "");
		line->table = true;
		line->start = PDF_START_NO;
	}
	return r;
}

/* A first page that opens with things set side by side has a letterhead: what
 * stands in its upper two fifths and is neither numbered nor prose. */
static bool has_letterhead(const struct pdf_page *page)
{
	uint32_t r, i;

	for (r = 0; r < page->n_rows && page->rows[r].base < 0.25F * page->height; r++)
		for (i = 1; i < page->rows[r].n; i++)
			if (page->rows[r].frags[i]->x1 - page->rows[r].frags[i - 1]->x2 > 0.08F * page->width)
				return true;
	return false;
}

static bool in_letterhead(const struct pdf_page *page, const struct pdf_line *line)
{
	return line->base < 0.4F * page->height && !line->designated && !line->table &&
	       line->x2 - line->x1 < 0.8F * (line->right - line->left);
}

/* The cells of a letterhead come row by row; what goes on below in the same
 * column ("UNITED" over "NATIONS") is brought behind what it goes on from. */
static void order_letterhead(struct pdf_line *lines, size_t n)
{
	size_t i, k;

	for (i = 0; i + 1 < n; i++)
		for (k = i + 1; k < n; k++) {
			struct pdf_line below = lines[k];
			float down = below.base - lines[i].base;

			if (fabsf(below.x1 - lines[i].x1) > 1 || fabsf(below.size - lines[i].size) > 0.6F ||
			    down < 0.5F * below.size || down > 1.4F * below.size)
				continue;
			memmove(&lines[i + 2], &lines[i + 1], (k - i - 1) * sizeof *lines);
			lines[i + 1] = below;
			break;
		}
}

void opcit_pdf_lines(struct pdf_doc *doc, struct pdf_page *page, uint32_t number)
{
	size_t first = doc->n_lines, i;
	bool masthead = number == 1 && has_letterhead(page);
	uint32_t r = rest_of_row(doc, page);

	while (r < page->n_rows) {
		struct pdf_region region = opcit_pdf_region_at(doc, page, r);
		enum pdf_shape shape;

		region = opcit_pdf_region_settled(page, region);
		shape = region.n_strips ? opcit_pdf_region_shape(doc, page, &region, number) : PDF_SHAPE_PLAIN;

		/* A plain row may still be followed by one that opens a table. */
		if (shape == PDF_SHAPE_PLAIN)
			region.to = r + 1;
		switch (shape) {
		case PDF_SHAPE_PLAIN:
		case PDF_SHAPE_LIST: plain_lines(doc, page, &region); break;
		case PDF_SHAPE_LOOSE: loose_lines(doc, page, &region); break;
		case PDF_SHAPE_COLUMNS: column_lines(doc, page, &region); break;
		case PDF_SHAPE_TABLE: table_lines(doc, page, &region); break;
		}
		r = region.to;
	}
	set_edges(doc, first);
	for (i = first; i < doc->n_lines; i++) {
		doc->lines[i].page = number;
		doc->lines[i].masthead = masthead;
		doc->lines[i].letterhead = masthead && in_letterhead(page, &doc->lines[i]);
	}
	for (i = first; i < doc->n_lines && doc->lines[i].letterhead; i++)
		;
	if (i > first)
		order_letterhead(doc->lines + first, i - first);
}
