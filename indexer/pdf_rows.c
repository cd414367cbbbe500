/* The PDF reader: from fragments to rows. */
#include "pdf_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_base(const void *a, const void *b)
{
	const struct pdf_frag *x = *(struct pdf_frag *const *)a, *y = *(struct pdf_frag *const *)b;

	if (x->base != y->base)
		return x->base < y->base ? -1 : 1;
	return (x->x1 > y->x1) - (x->x1 < y->x1);
}

static int by_x(const void *a, const void *b)
{
	const struct pdf_frag *x = *(struct pdf_frag *const *)a, *y = *(struct pdf_frag *const *)b;

	return (x->x1 > y->x1) - (x->x1 < y->x1);
}

void opcit_pdf_row_add(struct opcit_arena *arena, struct pdf_row *row, struct pdf_frag *frag)
{
	if (row->n == row->cap) {
		struct pdf_frag **more;

		row->cap = row->cap ? row->cap * 2 : 4;
		more = opcit_arena_alloc(arena, row->cap * sizeof(struct pdf_frag *));
		if (row->n)
			memcpy(more, row->frags, row->n * sizeof(struct pdf_frag *));
		row->frags = more;
	}
	row->frags[row->n++] = frag;
}

/* A row's size and baseline are those of its longest fragment. */
static void measure(struct pdf_row *row)
{
	size_t longest = 0;
	uint32_t i;

	for (i = 0; i < row->n; i++) {
		const struct pdf_frag *f = row->frags[i];

		if (i == 0 || f->x1 < row->x1)
			row->x1 = f->x1;
		if (i == 0 || f->x2 > row->x2)
			row->x2 = f->x2;
		if (f->text.len > longest) {
			longest = f->text.len;
			row->size = f->size;
			row->base = f->base;
		}
	}
}

/* Whether a small fragment above a row's baseline hangs on one of its words, or
 * stands before its text as a note's own marker does. */
static bool hangs_on(const struct pdf_frag *f, const struct pdf_row *row)
{
	float rise = row->base - f->base;
	uint32_t i;

	if (f->size > 0.8F * row->size || rise < 0.08F * row->size || rise > 0.7F * row->size)
		return false;
	for (i = 0; i < row->n; i++) {
		const struct pdf_frag *g = row->frags[i];

		if (f->x1 >= g->x2 - 0.3F * row->size && f->x1 - g->x2 <= 0.6F * row->size)
			return true;
		if (g->x1 >= f->x2 - 1 && g->x1 - f->x2 <= 2.5F * row->size)
			return true;
	}
	return false;
}

/* Superscripts stood in a row of their own: give each to the row below. */
static void hang_raised(struct opcit_arena *arena, struct pdf_row *rows, uint32_t n)
{
	uint32_t i, j, k, kept;

	for (i = 0; i + 1 < n; i++) {
		for (k = kept = 0; k < rows[i].n; k++) {
			struct pdf_frag *f = rows[i].frags[k];
			bool moved = false;

			for (j = i + 1; j < n && j <= i + 3 && !moved; j++) {
				moved = rows[j].n && hangs_on(f, &rows[j]);
				if (moved)
					opcit_pdf_row_add(arena, &rows[j], f);
			}
			if (!moved)
				rows[i].frags[kept++] = f;
		}
		rows[i].n = kept;
		measure(&rows[i]);
	}
}

static void finish(struct pdf_row *row)
{
	uint32_t i;

	measure(row);
	qsort(row->frags, row->n, sizeof *row->frags, by_x);
	for (i = 0; i < row->n; i++) {
		struct pdf_frag *f = row->frags[i];

		f->raised = f->size <= 0.8F * row->size && row->base - f->base > 0.08F * row->size;
	}
}

void opcit_pdf_rows(struct pdf_doc *doc, struct pdf_page *page)
{
	struct opcit_arena *arena = doc->arena;
	struct pdf_frag **sorted = opcit_xmalloc((page->n_frags + 1) * sizeof(struct pdf_frag *));
	uint32_t i, n = 0, kept = 0;

	for (i = 0; i < page->n_frags; i++)
		sorted[i] = &page->frags[i];
	qsort(sorted, page->n_frags, sizeof *sorted, by_base);
	page->rows = opcit_arena_calloc(arena, (page->n_frags + 1) * sizeof *page->rows);
	for (i = 0; i < page->n_frags; i++) {
		struct pdf_frag *f = sorted[i];
		struct pdf_row *row = n ? &page->rows[n - 1] : NULL;
		float near = row ? 0.3F * fminf(f->size, row->size) : 0;

		if (!row || f->base - row->base > fmaxf(near, 0.8F)) {
			row = &page->rows[n++];
			row->base = f->base;
			row->size = f->size;
		}
		opcit_pdf_row_add(arena, row, f);
	}
	for (i = 0; i < n; i++)
		measure(&page->rows[i]);
	hang_raised(arena, page->rows, n);
	for (i = 0; i < n; i++) {
		if (!page->rows[i].n)
			continue;
		page->rows[kept] = page->rows[i];
		finish(&page->rows[kept++]);
	}
	page->n_rows = kept;
	free(sorted);
}

bool opcit_pdf_apart(const struct pdf_row *row, const struct pdf_frag *a, const struct pdf_frag *b)
{
	return b->x1 - a->x2 > 1.0F * row->size;
}
