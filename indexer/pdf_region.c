/* The PDF reader: regions. Rows that one or more strips of white run through are
 * one: a table, a hanging list, columns of prose, or the letterhead of a first
 * page. */
#include "pdf_region.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROWS = 400 }; /* bound on a region */

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

static void first_strips(const struct pdf_row *row, struct pdf_region *region)
{
	uint32_t i;
	float end = row->frags[0]->x2;

	region->n_strips = 0;
	if (is_stretched(row))
		return;
	for (i = 1; i < row->n && region->n_strips < PDF_MAX_STRIPS; i++) {
		if (row->frags[i]->x1 - end > 1.0F * row->size)
			region->strips[region->n_strips++] = (struct pdf_strip){ end, row->frags[i]->x1, 1 };
		end = fmaxf(end, row->frags[i]->x2);
	}
}

/* Whether something begins where the column right of the strip does. */
static bool begins_column(const struct pdf_strip *strip, float x, float size)
{
	return x > strip->x2 - 1 && x < strip->x2 + 0.7F * size;
}

/* Columns that stand so close that a cell's last word and the next cell's first
 * have little more than a blank between them are told apart by the rows before,
 * in which the column began at that place. */
static void split_row(struct pdf_doc *doc, struct pdf_row *row, const struct pdf_strip *strip)
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
static uint32_t narrowed(const struct pdf_row *row, const struct pdf_region *region, struct pdf_strip *left)
{
	uint32_t i, s, n = 0;

	for (s = 0; s < region->n_strips; s++) {
		struct pdf_strip strip = region->strips[s];
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

bool opcit_pdf_region_has_ink(const struct pdf_row *row, const struct pdf_region *region, uint32_t column)
{
	float from = column ? region->strips[column - 1].x2 : -1e6F;
	float to = column < region->n_strips ? region->strips[column].x1 : 1e6F;
	uint32_t i;

	for (i = 0; i < row->n; i++)
		if (row->frags[i]->x1 >= from - 0.5F && row->frags[i]->x2 <= to + 0.5F)
			return true;
	return false;
}

uint32_t opcit_pdf_region_inked(const struct pdf_row *row, const struct pdf_region *region)
{
	uint32_t c, n = 0;

	for (c = 0; c <= region->n_strips; c++)
		n += opcit_pdf_region_has_ink(row, region, c);
	return n;
}

static int by_left(const void *a, const void *b)
{
	const struct pdf_strip *x = a, *y = b;

	return (x->x1 > y->x1) - (x->x1 < y->x1);
}

/* Whether each two columns have a row in which both have something: what only
 * stands lower down and farther right is no column. */
static bool has_neighbours(const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t c, r;

	for (c = 0; c < region->n_strips; c++) {
		for (r = region->from; r < region->to; r++)
			if (opcit_pdf_region_has_ink(&page->rows[r], region, c) && opcit_pdf_region_has_ink(&page->rows[r], region, c + 1))
				break;
		if (r == region->to)
			return false;
	}
	return true;
}

/* All the white that runs through the region, now that its rows are known: its
 * first row may have had nothing in some column. */
static void find_strips(const struct pdf_page *page, struct pdf_region *region)
{
	struct pdf_strip *ink = NULL, strips[PDF_MAX_STRIPS];
	size_t n = 0, cap = 0, i;
	uint32_t r, k, found = 0;
	float end;

	for (r = region->from; r < region->to; r++)
		for (k = 0; k < page->rows[r].n; k++) {
			OPCIT_GROW(ink, n, cap);
			ink[n++] = (struct pdf_strip){ page->rows[r].frags[k]->x1, page->rows[r].frags[k]->x2, 0 };
		}
	if (!ink)
		return;
	qsort(ink, n, sizeof *ink, by_left);
	for (i = 1, end = ink[0].x2; i < n && found < PDF_MAX_STRIPS; i++) {
		if (ink[i].x1 - end >= 0.7F * page->rows[region->from].size)
			strips[found++] = (struct pdf_strip){ end, ink[i].x1, 0 };
		end = fmaxf(end, ink[i].x2);
	}
	if (found > region->n_strips) {
		struct pdf_region wider = *region;

		memcpy(wider.strips, strips, found * sizeof *strips);
		wider.n_strips = found;
		if (has_neighbours(page, &wider))
			*region = wider;
	}
	free(ink);
}

/* The rows from `from` on that share strips of white. */
struct pdf_region opcit_pdf_region_at(struct pdf_doc *doc, const struct pdf_page *page, uint32_t from)
{
	struct pdf_region region = { .from = from, .to = from + 1 };
	struct pdf_strip left[PDF_MAX_STRIPS];
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
		if (opcit_pdf_region_inked(row, &region) <= 1 &&
		    (row->frags[0]->raised || row->base - before->base > 2.3F * row->size))
			break; /* a note, or a line by itself, after the table */
		memcpy(region.strips, left, n * sizeof *left);
		region.n_strips = n;
		region.to++;
	}
	return region;
}

/* Single lines at the end that stand in the first column alone are no rows. */
static struct pdf_region trimmed(const struct pdf_page *page, struct pdf_region region)
{
	while (region.n_strips && region.to - region.from > 1) {
		const struct pdf_row *row = &page->rows[region.to - 1];

		if (opcit_pdf_region_inked(row, &region) > 1 || !opcit_pdf_region_has_ink(row, &region, 0) ||
		    row->base - row[-1].base < 1.4F * row->size)
			break;
		region.to--;
	}
	return region;
}

struct pdf_region opcit_pdf_region_settled(const struct pdf_page *page, struct pdf_region region)
{
	if (region.n_strips && region.to - region.from > 2)
		find_strips(page, &region);
	return trimmed(page, region);
}

/* ---- what a region is ------------------------------------------------------- */

bool opcit_pdf_row_has_leaders(const struct pdf_row *row)
{
	uint32_t i;

	for (i = 0; i < row->n; i++)
		if (memmem(row->frags[i]->text.ptr, row->frags[i]->text.len, ".....", 5) ||
		    memmem(row->frags[i]->text.ptr, row->frags[i]->text.len, ". . . .", 7))
			return true;
	return false;
}

/* The text of a row's first column, in the arena. */
struct opcit_str opcit_pdf_row_first_cell(struct pdf_doc *doc, const struct pdf_row *row, const struct pdf_region *region)
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
static bool runs_under(const struct pdf_page *page, const struct pdf_region *region)
{
	const struct pdf_row *last = &page->rows[region->to - 1], *next = last + 1;

	return region->to < page->n_rows && next->base - last->base < 1.5F * last->size &&
	       next->x1 < region->strips[0].x1 && next->x2 > region->strips[0].x2;
}

/* A list whose numbers or bullets hang to the left of its text. */
static bool is_hanging_list(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region)
{
	uint32_t r, marks = 0;
	float reach = region->strips[0].x2 - page->rows[region->from].x1;

	for (r = region->from; r < region->to; r++) {
		const struct pdf_row *row = &page->rows[r];

		if (!opcit_pdf_region_has_ink(row, region, 0))
			continue;
		if (row->frags[0]->raised || (marks && opcit_pdf_region_inked(row, region) == 1))
			continue; /* a note's marker; what goes on below its number */
		if (!opcit_pdf_is_designator(opcit_pdf_row_first_cell(doc, row, region)) &&
		    !(is_named_number(opcit_pdf_row_first_cell(doc, row, region)) && runs_under(page, region)))
			return false;
		marks++;
	}
	return region->n_strips == 1 && (!marks || reach <= (runs_under(page, region) ? 7.0F : 5.5F) * page->rows[region->from].size);
}

/* Two columns of running text: both nearly filled on nearly every row. */
static bool is_columns(const struct pdf_page *page, const struct pdf_region *region)
{
	float ink[2] = { 0, 0 }, x1 = 1e6F, x2 = 0, width[2], gutter = region->strips[0].x2;
	uint32_t r, i, both = 0, rows = region->to - region->from;

	if (region->n_strips != 1 || rows < 8)
		return false;
	for (r = region->from; r < region->to; r++) {
		const struct pdf_row *row = &page->rows[r];

		both += opcit_pdf_region_inked(row, region) == 2;
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

enum pdf_shape opcit_pdf_region_shape(struct pdf_doc *doc, const struct pdf_page *page, const struct pdf_region *region,
                           uint32_t number)
{
	uint32_t r, several = 0, leaders = 0, rows = region->to - region->from;

	for (r = region->from; r < region->to; r++) {
		several += opcit_pdf_region_inked(&page->rows[r], region) > 1;
		leaders += opcit_pdf_row_has_leaders(&page->rows[r]);
	}
	if (leaders * 3 > rows || is_hanging_list(doc, page, region))
		return PDF_SHAPE_LIST;
	if (number == 1 && page->rows[region->from].base < 0.25F * page->height && several <= 5)
		return PDF_SHAPE_LOOSE;
	if (several < 2)
		return several == 1 && rows > 1 && !opcit_pdf_region_has_ink(&page->rows[region->to - 1], region, 0) ? PDF_SHAPE_TABLE : PDF_SHAPE_PLAIN;
	return is_columns(page, region) ? PDF_SHAPE_COLUMNS : PDF_SHAPE_TABLE;
}
