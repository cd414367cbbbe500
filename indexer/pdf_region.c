/* The PDF reader: from rows to lines in reading order. Rows that one or more
 * strips of white run through are a region: a table, a hanging list, columns of
 * prose, or the letterhead of a first page. */
#include "pdf_int.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STRIPS = 15, MAX_ROWS = 400 }; /* bounds on a region */

struct strip {
	float x1, x2;
	uint32_t aligned; /* rows of which something begins where it ends */
};

struct region {
	uint32_t from, to;              /* rows [from, to) */
	struct strip strips[MAX_STRIPS]; /* from left to right */
	uint32_t n_strips;
};

enum shape { SHAPE_PLAIN, SHAPE_LIST, SHAPE_LOOSE, SHAPE_COLUMNS, SHAPE_TABLE };

/* ---- finding regions -------------------------------------------------------- */

/* Words that only the justification of a short line drives apart: gaps in plenty,
 * all alike, and not wide. */
static bool is_stretched(const struct pdf_row *row)
{
	float narrowest = 1e6F, widest = 0;
	uint32_t i;

	for (i = 1; i < row->n; i++) {
		float gap = row->frags[i]->x1 - row->frags[i - 1]->x2;

		narrowest = fminf(narrowest, gap);
		widest = fmaxf(widest, gap);
	}
	return row->n > 3 && widest < 2.2F * row->size && narrowest > 0.7F * widest;
}

static void first_strips(const struct pdf_row *row, struct region *region)
{
	uint32_t i;
	float end = row->frags[0]->x2;

	region->n_strips = 0;
	if (is_stretched(row))
		return;
	for (i = 1; i < row->n && region->n_strips < MAX_STRIPS; i++) {
		if (row->frags[i]->x1 - end > 1.0F * row->size)
			region->strips[region->n_strips++] = (struct strip){ end, row->frags[i]->x1, 1 };
		end = fmaxf(end, row->frags[i]->x2);
	}
}

/* Whether something begins where the column right of the strip does. */
static bool begins_column(const struct strip *strip, float x, float size)
{
	return x > strip->x2 - 1 && x < strip->x2 + 0.7F * size;
}

/* Columns that stand so close that a cell's last word and the next cell's first
 * have little more than a blank between them are told apart by the rows before,
 * in which the column began at that place. */
static void split_row(struct pdf_doc *doc, struct pdf_row *row, const struct strip *strip)
{
	uint32_t i, w;

	for (i = 0; strip->aligned > 1 && i < row->n; i++) {
		struct pdf_frag *f = row->frags[i], *rest;

		if (f->x1 >= strip->x2 || f->x2 <= strip->x2)
			continue;
		for (w = 0; w < f->n_words && !begins_column(strip, f->words[w].x1, row->size); w++)
			;
		if (w == f->n_words || f->words[w].gap < 0.35F * row->size)
			return;
		rest = opcit_arena_alloc(doc->arena, sizeof *rest);
		*rest = *f;
		rest->x1 = f->words[w].x1;
		rest->text = opcit_str_sub(f->text, f->words[w].at, f->text.len);
		rest->n_words = 0;
		f->x2 = rest->x1 - f->words[w].gap;
		f->text = opcit_str_trim(opcit_str_sub(f->text, 0, f->words[w].at));
		f->n_words = w;
		f->space_after = true;
		opcit_pdf_row_add(doc->arena, row, rest);
		memmove(&row->frags[i + 2], &row->frags[i + 1], (row->n - i - 2) * sizeof *row->frags);
		row->frags[i + 1] = rest;
		return;
	}
}

/* What is left of the strips when a row runs through them. */
static uint32_t narrowed(const struct pdf_row *row, const struct region *region, struct strip *left)
{
	uint32_t i, s, n = 0;

	for (s = 0; s < region->n_strips; s++) {
		struct strip strip = region->strips[s];
		bool begins = false;

		for (i = 0; i < row->n && strip.x2 > strip.x1; i++) {
			const struct pdf_frag *f = row->frags[i];

			begins = begins || begins_column(&strip, f->x1, row->size);
			if (f->x2 <= strip.x1 || f->x1 >= strip.x2)
				continue;
			/* Keep the wider part beside the fragment. */
			if (f->x1 - strip.x1 > strip.x2 - f->x2)
				strip.x2 = f->x1;
			else
				strip.x1 = f->x2;
		}
		strip.aligned += begins;
		/* Not beside the first column: the numbers of a hanging list stand
		 * alike, and its text runs under them. */
		if (strip.x2 - strip.x1 >= (s && strip.aligned > 2 ? 0.05F : 0.7F) * row->size)
			left[n++] = strip;
	}
	return n;
}

static bool inked(const struct pdf_row *row, const struct region *region, uint32_t column)
{
	float from = column ? region->strips[column - 1].x2 : -1e6F;
	float to = column < region->n_strips ? region->strips[column].x1 : 1e6F;
	uint32_t i;

	for (i = 0; i < row->n; i++)
		if (row->frags[i]->x1 >= from - 0.5F && row->frags[i]->x2 <= to + 0.5F)
			return true;
	return false;
}

static uint32_t inked_columns(const struct pdf_row *row, const struct region *region)
{
	uint32_t c, n = 0;

	for (c = 0; c <= region->n_strips; c++)
		n += inked(row, region, c);
	return n;
}

static int by_left(const void *a, const void *b)
{
	const struct strip *x = a, *y = b;

	return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* Whether each two columns have a row in which both have something: what only
 * stands lower down and farther right is no column. */
static bool has_neighbours(const struct pdf_page *page, const struct region *region)
{
	uint32_t c, r;

	for (c = 0; c < region->n_strips; c++) {
		for (r = region->from; r < region->to; r++)
			if (inked(&page->rows[r], region, c) && inked(&page->rows[r], region, c + 1))
				break;
		if (r == region->to)
			return false;
	}
	return true;
}

/* All the white that runs through the region, now that its rows are known: its
 * first row may have had nothing in some column. */
static void find_strips(const struct pdf_page *page, struct region *region)
{
	struct strip *ink = NULL, strips[MAX_STRIPS];
	size_t n = 0, cap = 0, i;
	uint32_t r, k, found = 0;
	float end;

	for (r = region->from; r < region->to; r++)
		for (k = 0; k < page->rows[r].n; k++) {
			OPCIT_GROW(ink, n, cap);
			ink[n++] = (struct strip){ page->rows[r].frags[k]->x1, page->rows[r].frags[k]->x2, 0 };
		}
	if (!ink)
		return;
	qsort(ink, n, sizeof *ink, by_left);
	for (i = 1, end = ink[0].x2; i < n && found < MAX_STRIPS; i++) {
		if (ink[i].x1 - end >= 0.7F * page->rows[region->from].size)
			strips[found++] = (struct strip){ end, ink[i].x1, 0 };
		end = fmaxf(end, ink[i].x2);
	}
	if (found > region->n_strips) {
		struct region wider = *region;

		memcpy(wider.strips, strips, found * sizeof *strips);
		wider.n_strips = found;
		if (has_neighbours(page, &wider))
			*region = wider;
	}
	free(ink);
}

/* The rows from `from` on that share strips of white. */
static struct region region_at(struct pdf_doc *doc, const struct pdf_page *page, uint32_t from)
{
	struct region region = { .from = from, .to = from + 1 };
	struct strip left[MAX_STRIPS];
	uint32_t n;

	first_strips(&page->rows[from], &region);
	while (region.n_strips && region.to < page->n_rows && region.to - from < MAX_ROWS) {
		struct pdf_row *row = &page->rows[region.to];
		const struct pdf_row *before = row - 1;

		for (n = 1; n < region.n_strips; n++)
			split_row(doc, row, &region.strips[n]);
		n = narrowed(row, &region, left);
		/* A heading row may span columns that the rows below have; a row
		 * that closes most strips is another matter. */
		if (!n || n * 2 < region.n_strips || row->base - before->base > 4.0F * row->size)
			break;
		if (inked_columns(row, &region) <= 1 &&
		    (row->frags[0]->raised || row->base - before->base > 2.3F * row->size))
			break; /* a note, or a line by itself, after the table */
		memcpy(region.strips, left, n * sizeof *left);
		region.n_strips = n;
		region.to++;
	}
	return region;
}

/* Single lines at the end that stand in the first column alone are no rows. */
static struct region trimmed(const struct pdf_page *page, struct region region)
{
	while (region.n_strips && region.to - region.from > 1) {
		const struct pdf_row *row = &page->rows[region.to - 1];

		if (inked_columns(row, &region) > 1 || !inked(row, &region, 0) ||
		    row->base - row[-1].base < 1.4F * row->size)
			break;
		region.to--;
	}
	return region;
}

/* ---- what a region is ------------------------------------------------------- */

static bool has_leaders(const struct pdf_row *row)
{
	uint32_t i;

	for (i = 0; i < row->n; i++)
		if (memmem(row->frags[i]->text.ptr, row->frags[i]->text.len, ".....", 5) ||
		    memmem(row->frags[i]->text.ptr, row->frags[i]->text.len, ". . . .", 7))
			return true;
	return false;
}

/* The text of a row's first column, in the arena. */
static struct opcit_str first_cell(struct pdf_doc *doc, const struct pdf_row *row, const struct region *region)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str text;
	uint32_t i;

	for (i = 0; i < row->n && row->frags[i]->x2 <= region->strips[0].x1 + 0.5F; i++)
		opcit_buf_add_str(&buf, row->frags[i]->text);
	text = opcit_arena_dup(doc->arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return text;
}

/* "Rec. 30", "Art. 5": an abbreviation and a number. */
static bool is_named_number(struct opcit_str s)
{
	const char *blank = s.len && s.len <= 12 ? memchr(s.ptr, ' ', s.len) : NULL;
	size_t i = blank ? (size_t)(blank - s.ptr) + 1 : s.len;

	if (i >= s.len || !isalpha((unsigned char)s.ptr[0]))
		return false;
	while (i < s.len && isdigit((unsigned char)s.ptr[i]))
		i++;
	return i == s.len;
}

/* Whether the text right of the strip goes on under it, close below. */
static bool runs_under(const struct pdf_page *page, const struct region *region)
{
	const struct pdf_row *last = &page->rows[region->to - 1], *next = last + 1;

	return region->to < page->n_rows && next->base - last->base < 1.5F * last->size &&
	       next->x1 < region->strips[0].x1 && next->x2 > region->strips[0].x2;
}

/* A list whose numbers or bullets hang to the left of its text. */
static bool is_hanging_list(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region)
{
	uint32_t r, marks = 0;
	float reach = region->strips[0].x2 - page->rows[region->from].x1;

	for (r = region->from; r < region->to; r++) {
		const struct pdf_row *row = &page->rows[r];

		if (!inked(row, region, 0))
			continue;
		if (row->frags[0]->raised || (marks && inked_columns(row, region) == 1))
			continue; /* a note's marker; what goes on below its number */
		if (!opcit_pdf_is_designator(first_cell(doc, row, region)) &&
		    !(is_named_number(first_cell(doc, row, region)) && runs_under(page, region)))
			return false;
		marks++;
	}
	return region->n_strips == 1 && (!marks || reach <= (runs_under(page, region) ? 7.0F : 5.5F) * page->rows[region->from].size);
}

/* Two columns of running text: both nearly filled on nearly every row. */
static bool is_columns(const struct pdf_page *page, const struct region *region)
{
	float ink[2] = { 0, 0 }, x1 = 1e6F, x2 = 0, width[2], gutter = region->strips[0].x2;
	uint32_t r, i, both = 0, rows = region->to - region->from;

	if (region->n_strips != 1 || rows < 8)
		return false;
	for (r = region->from; r < region->to; r++) {
		const struct pdf_row *row = &page->rows[r];

		both += inked_columns(row, region) == 2;
		x1 = fminf(x1, row->x1);
		x2 = fmaxf(x2, row->x2);
		for (i = 0; i < row->n; i++)
			ink[row->frags[i]->x1 >= gutter - 0.5F] += row->frags[i]->x2 - row->frags[i]->x1;
	}
	width[0] = region->strips[0].x1 - x1;
	width[1] = x2 - gutter;
	return both * 2 > rows && width[0] > 0.6F * width[1] && width[1] > 0.6F * width[0] &&
	       ink[0] > 0.7F * width[0] * (float)rows * 0.8F && ink[1] > 0.7F * width[1] * (float)rows * 0.7F;
}

static enum shape shape_of(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region,
                           uint32_t number)
{
	uint32_t r, several = 0, leaders = 0, rows = region->to - region->from;

	for (r = region->from; r < region->to; r++) {
		several += inked_columns(&page->rows[r], region) > 1;
		leaders += has_leaders(&page->rows[r]);
	}
	if (leaders * 3 > rows || is_hanging_list(doc, page, region))
		return SHAPE_LIST;
	if (number == 1 && page->rows[region->from].base < 0.25F * page->height && several <= 5)
		return SHAPE_LOOSE;
	if (several < 2)
		return several == 1 && rows > 1 && !inked(&page->rows[region->to - 1], region, 0) ? SHAPE_TABLE : SHAPE_PLAIN;
	return is_columns(page, region) ? SHAPE_COLUMNS : SHAPE_TABLE;
}

/* ---- lines ------------------------------------------------------------------ */

/* The fragments of a row that stand in a column; NULL when there are none. */
static struct pdf_line *cell_line(struct pdf_doc *doc, const struct pdf_row *row, const struct region *region,
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

static void plain_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region)
{
	uint32_t r;

	for (r = region->from; r < region->to; r++) {
		struct pdf_line *line = opcit_pdf_add_line(doc, page->rows[r].frags, page->rows[r].n, "");

		if (has_leaders(&page->rows[r]))
			line->start = PDF_START_YES;
	}
}

static void loose_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region)
{
	uint32_t r, c;

	for (r = region->from; r < region->to; r++)
		for (c = 0; c <= region->n_strips; c++)
			cell_line(doc, &page->rows[r], region, c, "");
}

static void column_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region)
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
static bool begins_row(struct pdf_doc *doc, const struct region *region, const struct pdf_row *row,
                       const struct pdf_row *last)
{
	struct opcit_str cell, above;

	if (!last)
		return true;
	if (!inked(row, region, 0))
		return false;
	if (row->base - last->base > 1.45F * row->size)
		return true;
	cell = first_cell(doc, row, region);
	above = first_cell(doc, last, region);
	if (opcit_pdf_is_designator(cell) && !opcit_str_ends(above, ","))
		return true;
	if (cell.len && islower((unsigned char)cell.ptr[0]))
		return false;
	return inked_columns(row, region) > 1 && !opcit_str_ends(above, ",") && !opcit_str_ends(above, "-");
}

/* The cells of one row of the table, each a run of lines, "| " between them. */
static void table_row(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region,
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

static void table_lines(struct pdf_doc *doc, const struct pdf_page *page, const struct region *region)
{
	uint32_t r = region->from, from;
	const struct pdf_row *last = NULL;

	while (r < region->to) {
		/* What has nothing in the first column at the head of a page goes on
		 * with the row that the page break cut. */
		bool goes_on = r == region->from && r == 0 && !inked(&page->rows[r], region, 0) && doc->n_lines &&
		               doc->lines[doc->n_lines - 1].table;

		from = r;
		if (inked(&page->rows[r], region, 0))
			last = &page->rows[r];
		for (r++; r < region->to; r++) {
			if (inked(&page->rows[r], region, 0)) {
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
 * what stands below its last cell. Returns how many rows
 * of print do. */
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

		if (fabsf(row->x1 - last.x1) > 0.5F * row->size || fabsf(row->size - last.size) > 0.3F || region_at(doc, page, r).n_strips ||
		    (r && row->base - row[-1].base > 2.2F * row->size))
			break;
		line = opcit_pdf_add_line(doc, row->frags, row->n, "");
		line->table = true;
		line->start = PDF_START_NO;
	}
	return r;
}

/* A first page that opens with things set side by side has a letterhead: what
 * stands in its upper third and is neither numbered nor prose. */
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
		struct region region = region_at(doc, page, r);
		enum shape shape;

		if (region.n_strips && region.to - region.from > 2)
			find_strips(page, &region);
		region = trimmed(page, region);
		shape = region.n_strips ? shape_of(doc, page, &region, number) : SHAPE_PLAIN;

		/* A plain row may still be followed by one that opens a table. */
		if (shape == SHAPE_PLAIN)
			region.to = r + 1;
		switch (shape) {
		case SHAPE_PLAIN:
		case SHAPE_LIST: plain_lines(doc, page, &region); break;
		case SHAPE_LOOSE: loose_lines(doc, page, &region); break;
		case SHAPE_COLUMNS: column_lines(doc, page, &region); break;
		case SHAPE_TABLE: table_lines(doc, page, &region); break;
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
