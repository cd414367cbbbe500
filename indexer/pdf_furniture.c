/* The PDF reader: running heads, page numbers, job numbers and bar codes, known
 * by their place at the head or foot of the page and by their repetition. */
#include "pdf_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_ROWS = 3, FOOT_ROWS = 4, KEY_MAX = 96 };

/* A run of fragments near the edge of a page. */
struct edge {
	struct opcit_str key; /* its text, digits as #, no spaces */
	uint32_t page;        /* from 0 */
	uint32_t row, from, to;
	long value;           /* of a bare number, or -1 */
	bool outermost;       /* of the first or last two rows */
	bool furniture;
};

struct edges {
	struct pdf_doc *doc;
	struct edge *items;
	size_t count, cap;
};

static struct opcit_str key_of(struct opcit_arena *arena, const struct pdf_row *row, uint32_t from,
                               uint32_t to, long *value)
{
	char key[KEY_MAX], digits[8];
	size_t n = 0, d = 0, others = 0, k;
	uint32_t i;

	for (i = from; i < to; i++) {
		struct opcit_str s = row->frags[i]->text;

		for (k = 0; k < s.len && n < KEY_MAX; k++) {
			char c = s.ptr[k];

			/* A bar code's font may have its figures at U+F020 … */
			if (k + 2 < s.len && memcmp(s.ptr + k, "\xEF\x80", 2) == 0 && (unsigned char)s.ptr[k + 2] >= 0xA0) {
				c = (char)(s.ptr[k + 2] & 0x3F);
				k += 2;
			}
			if (c == ' ')
				continue;
			if (isdigit((unsigned char)c) && d < sizeof digits - 1)
				digits[d++] = c;
			else
				others += c != '-';
			key[n++] = isdigit((unsigned char)c) ? '#' : c;
		}
	}
	digits[d] = '\0';
	*value = -1;
	if (d && d <= 4 && (others == 0 || (others == 4 && strncasecmp(key, "page", 4) == 0)))
		*value = atol(digits);
	return opcit_arena_dup(arena, (struct opcit_str){ key, n });
}

static void add_row(struct edges *e, uint32_t page, uint32_t r, bool outermost)
{
	const struct pdf_row *row = &e->doc->pages[page].rows[r];
	uint32_t from = 0, i;

	for (i = 1; i <= row->n; i++) {
		struct edge *edge;

		if (i < row->n && !opcit_pdf_apart(row, row->frags[i - 1], row->frags[i]))
			continue;
		OPCIT_GROW(e->items, e->count, e->cap);
		edge = &e->items[e->count++];
		*edge = (struct edge){ .page = page, .row = r, .from = from, .to = i, .outermost = outermost };
		edge->key = key_of(e->doc->arena, row, from, i, &edge->value);
		from = i;
	}
}

static void gather(struct edges *e)
{
	uint32_t p, r;

	for (p = 0; p < e->doc->n_pages; p++) {
		const struct pdf_page *page = &e->doc->pages[p];

		for (r = 0; r < page->n_rows; r++) {
			float base = page->rows[r].base;
			uint32_t left = page->n_rows - 1 - r;

			if ((r < HEAD_ROWS && base < 0.14F * page->height) ||
			    (left < FOOT_ROWS && base > 0.86F * page->height))
				add_row(e, p, r, r < 2 || left < 2);
		}
	}
}

/* "GE.10-14611", "GE.14-09727(E)", with the date codes that may follow. */
static bool is_job_key(struct opcit_str key)
{
	size_t i;

	if (opcit_str_starts(key, "GE.##-#####") || opcit_str_starts(key, "GE:##-#####"))
		i = 11;
	else if (opcit_str_starts(key, "##-#####"))
		i = 8;
	else
		return false;
	for (; i < key.len; i++)
		if (!strchr("#()EFSRCA*/", key.ptr[i]))
			return false;
	return true;
}

/* "291112": the dates of typing and printing, below the job number. */
static bool is_date_code(struct opcit_str key)
{
	return opcit_str_is(key, "######") || opcit_str_is(key, "############");
}

/* "*1409727*" */
static bool is_bar_code(struct opcit_str key)
{
	size_t i;

	if (key.len < 8 || key.len > 14 || key.ptr[0] != '*' || key.ptr[key.len - 1] != '*')
		return false;
	for (i = 1; i + 1 < key.len; i++)
		if (key.ptr[i] != '#')
			return false;
	return true;
}

/* A document's symbol, as it runs at the head of each page. */
static bool is_symbol_key(struct opcit_str key)
{
	size_t i, slashes = 0;

	for (i = 0; i < key.len; i++) {
		slashes += key.ptr[i] == '/';
		if (!isalnum((unsigned char)key.ptr[i]) && !strchr("/.-()#*", key.ptr[i]))
			return false;
	}
	return slashes > 0 && isupper((unsigned char)key.ptr[0]);
}

/* "12." at the head of three pages is three paragraphs' numbers. */
static bool has_word(struct opcit_str key)
{
	size_t i, letters = 0;

	for (i = 0; i < key.len; i++)
		letters += isalpha((unsigned char)key.ptr[i]) || (unsigned char)key.ptr[i] >= 0x80;
	return letters >= 3;
}

static int by_key(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	int order = opcit_str_cmp(x->key, y->key);

	return order ? order : (x->page > y->page) - (x->page < y->page);
}

static int by_offset(const void *a, const void *b)
{
	const struct edge *x = *(struct edge *const *)a, *y = *(struct edge *const *)b;
	long p = x->value - (long)x->page, q = y->value - (long)y->page;

	return (p > q) - (p < q);
}

/* Bare numbers that count with the pages. */
static void mark_page_numbers(struct edges *e)
{
	struct edge **numbers = opcit_xmalloc((e->count + 1) * sizeof(struct edge *));
	size_t n = 0, i, j, run;

	for (i = 0; i < e->count; i++)
		if (e->items[i].value >= 0 && e->items[i].outermost)
			numbers[n++] = &e->items[i];
	qsort(numbers, n, sizeof *numbers, by_offset);
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && by_offset(&numbers[i], &numbers[j]) == 0; j++)
			;
		for (run = j - i; i < j; i++)
			numbers[i]->furniture = run >= 2 || numbers[i]->furniture ||
			                        (e->doc->n_pages <= 2 && numbers[i]->value == (long)numbers[i]->page + 1);
	}
	free(numbers);
}

static void mark(struct edges *e)
{
	uint32_t enough = e->doc->n_pages / 3 < 3 ? 3 : e->doc->n_pages / 3;
	size_t i, j, k;

	if (e->count)
		qsort(e->items, e->count, sizeof *e->items, by_key);
	for (i = 0; i < e->count; i = j) {
		uint32_t pages = 1;
		bool always = is_job_key(e->items[i].key) || is_bar_code(e->items[i].key) ||
		              is_date_code(e->items[i].key);
		bool symbol = is_symbol_key(e->items[i].key);

		for (j = i + 1; j < e->count && opcit_str_eq(e->items[i].key, e->items[j].key); j++)
			pages += e->items[j].page != e->items[j - 1].page;
		for (k = i; k < j; k++) {
			struct edge *edge = &e->items[k];

			if (always)
				edge->furniture = true;
			else if (edge->page > 0 && edge->value < 0)
				edge->furniture = (pages >= enough && has_word(edge->key)) || (symbol && pages >= 2 && edge->outermost);
		}
	}
	mark_page_numbers(e);
}

static void take_out(struct pdf_doc *doc)
{
	uint32_t p, r, i, kept, rows;

	for (p = 0; p < doc->n_pages; p++) {
		struct pdf_page *page = &doc->pages[p];

		for (r = rows = 0; r < page->n_rows; r++) {
			struct pdf_row row = page->rows[r];

			for (i = kept = 0; i < row.n; i++) {
				if (row.frags[i]->furniture)
					opcit_drops_add(&doc->blocks->drops, OPCIT_DROP_FURNITURE, row.frags[i]->text);
				else
					row.frags[kept++] = row.frags[i];
			}
			row.n = kept;
			if (kept) {
				row.x1 = row.frags[0]->x1;
				row.x2 = row.frags[kept - 1]->x2;
				page->rows[rows++] = row;
			}
		}
		page->n_rows = rows;
	}
}

void opcit_pdf_furniture(struct pdf_doc *doc)
{
	struct edges e = { .doc = doc };
	size_t i;
	uint32_t k;

	gather(&e);
	mark(&e);
	for (i = 0; i < e.count; i++)
		for (k = e.items[i].from; e.items[i].furniture && k < e.items[i].to; k++)
			doc->pages[e.items[i].page].rows[e.items[i].row].frags[k]->furniture = true;
	take_out(doc);
	free(e.items);
}
