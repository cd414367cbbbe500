/* The PDF reader: a plain text that was printed. In one typewriter font at one
 * size throughout, lines and columns are all the layout there is: the text is
 * put together again as it was, and the text reader reads it. */
#include "pdf_int.h"

#include "reader.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 1000 };

struct listing {
	struct pdf_doc *doc;
	struct opcit_buf text;
	size_t *ends;        /* for each page, where its text ends */
	float left, top, bottom, pitch, cell; /* cell: width of a character */
	size_t columns;      /* the longest line's */
};

static size_t length(struct opcit_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

bool opcit_pdf_is_listing(const struct pdf_doc *doc)
{
	size_t mono = 0, all = 0;
	float size = 0;
	uint32_t p, i;

	for (p = 0; p < doc->n_pages; p++)
		for (i = 0; i < doc->pages[p].n_frags; i++) {
			const struct pdf_frag *f = &doc->pages[p].frags[i];

			if (size == 0)
				size = f->size;
			all += f->text.len;
			mono += f->mono && fabsf(f->size - size) < 0.2F ? f->text.len : 0;
		}
	return all > 200 && mono * 100 >= all * 97;
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The middle one of the distances between lines, and where text begins. */
static void measure(struct listing *l)
{
	float *downs = NULL;
	size_t n = 0, cap = 0, chars = 0;
	float wide = 0;
	uint32_t p, r;

	l->left = l->top = 1e6F;
	l->bottom = 0;
	for (p = 0; p < l->doc->n_pages; p++)
		for (r = 0; r < l->doc->pages[p].n_rows; r++) {
			const struct pdf_row *row = &l->doc->pages[p].rows[r];

			l->left = fminf(l->left, row->x1);
			l->top = fminf(l->top, row->base);
			l->bottom = fmaxf(l->bottom, row->base);
			chars += length(row->frags[0]->text);
			wide += row->frags[0]->x2 - row->frags[0]->x1;
			if (r) {
				OPCIT_GROW(downs, n, cap);
				downs[n++] = row->base - row[-1].base;
			}
		}
	if (n)
		qsort(downs, n, sizeof *downs, by_value);
	l->pitch = n ? downs[n / 3] : 12;
	l->cell = chars ? wide / (float)chars : 6;
	if (!(l->pitch > 1))
		l->pitch = 12;
	if (!(l->cell > 0.5F))
		l->cell = 6;
	free(downs);
}

static size_t column_at(const struct listing *l, float x)
{
	float column = (x - l->left) / l->cell + 0.4F;

	return column > 0 && column < MAX_COLUMNS ? (size_t)column : 0;
}

static void add_row(struct listing *l, const struct pdf_row *row)
{
	size_t column = 0, to;
	uint32_t i;

	for (i = 0; i < row->n; i++) {
		to = column_at(l, row->frags[i]->x1);
		for (; column < to; column++)
			opcit_buf_putc(&l->text, ' ');
		opcit_buf_add_str(&l->text, row->frags[i]->text);
		column += length(row->frags[i]->text);
	}
}

static size_t row_end(const struct listing *l, const struct pdf_row *row)
{
	return column_at(l, row->x2);
}

static struct opcit_str last_word(const struct pdf_row *row)
{
	struct opcit_str s = row->frags[row->n - 1]->text;
	size_t from = s.len;

	while (from && s.ptr[from - 1] != ' ')
		from--;
	return opcit_str_sub(s, from, s.len);
}

static struct opcit_str first_word(const struct pdf_row *row)
{
	struct opcit_str s = row->frags[0]->text;
	const char *space = memchr(s.ptr, ' ', s.len);

	return opcit_str_sub(s, 0, space ? (size_t)(space - s.ptr) : s.len);
}

/* Whether the printer broke the line inside a word: after its hyphen or slash,
 * or where the word alone is longer than a line. */
static bool inside_word(const struct listing *l, const struct pdf_row *before, const struct pdf_row *row)
{
	struct opcit_str last = last_word(before);

	if (last.len > 1 && (opcit_str_ends(last, "-") || opcit_str_ends(last, "/") || opcit_str_ends(last, "\xE2\x80\x93")))
		return true;
	return row_end(l, before) >= l->columns && length(last) + length(first_word(row)) > l->columns - 8;
}

/* Whether a row's first word would have gone on the row before. */
static bool would_fit(const struct listing *l, const struct pdf_row *before, const struct pdf_row *row)
{
	size_t word = length(first_word(row));

	return row->x1 > l->left + l->cell || row_end(l, before) + 1 + word <= l->columns;
}

/* Whether the printer wrapped long lines: hardly a line within a block ends
 * where another word would have gone on it. */
static bool was_wrapped(struct listing *l)
{
	size_t full = 0, early = 0;
	uint32_t p, r;

	for (p = 0; p < l->doc->n_pages; p++)
		for (r = 0; r < l->doc->pages[p].n_rows; r++) {
			const struct pdf_row *row = &l->doc->pages[p].rows[r];

			if (row_end(l, row) > l->columns)
				l->columns = row_end(l, row);
		}
	for (p = 0; p < l->doc->n_pages; p++)
		for (r = 1; r < l->doc->pages[p].n_rows; r++) {
			const struct pdf_row *row = &l->doc->pages[p].rows[r];
			char c = row->frags[0]->text.ptr[0];

			if (row->base - row[-1].base > 1.5F * l->pitch || c < 'a' || c > 'z')
				continue;
			if (would_fit(l, row - 1, row))
				early++;
			else
				full++;
		}
	return full > 10 * early;
}

/* A number or letter that opens an item, after a line that ends one. */
static bool opens_item(const struct pdf_row *before, const struct pdf_row *row)
{
	struct opcit_str word = first_word(row), last = last_word(before);
	char end = last.len ? last.ptr[last.len - 1] : ' ';

	return word.len > 1 && strchr(".)", word.ptr[word.len - 1]) && opcit_pdf_is_designator(word) &&
	       strchr(".;:!?*,)0123456789", end);
}

/* A line of capitals after a full stop: a heading, though a page's end may hide
 * the blank line before it. */
static bool is_heading(const struct pdf_row *before, const struct pdf_row *row)
{
	struct opcit_str s = row->frags[0]->text, last = last_word(before);
	size_t i, upper = 0;

	for (i = 0; i < s.len; i++) {
		if (islower((unsigned char)s.ptr[i]))
			return false;
		upper += isupper((unsigned char)s.ptr[i]) != 0;
	}
	return upper > 3 && opcit_str_ends(last, ".");
}

/* How many line ends stood between two rows. */
static unsigned ends_between(const struct listing *l, const struct pdf_row *before, const struct pdf_row *row,
                             bool page_turns, bool wrapped)
{
	float lines = page_turns ? (l->bottom - before->base + row->base - l->top) / l->pitch + 1 :
	                           (row->base - before->base) / l->pitch;
	unsigned n = lines > 1.5F ? (unsigned)fminf(lines + 0.5F, 4) : 1;

	if (page_turns && n == 1 && is_heading(before, row))
		return 2;
	/* Lines kept together at the foot of a page leave room there. */
	if (wrapped && (n == 1 || (page_turns && islower((unsigned char)row->frags[0]->text.ptr[0]))) && !would_fit(l, before, row) &&
	    !opens_item(before, row) && !is_heading(before, row))
		return 0;
	return n;
}

/* The page that each line of the text reader came from: its text is a slice of
 * what was put together, or stands between two that are. */
static void set_pages(struct listing *l, struct opcit_blocks *blocks)
{
	const char *from = blocks->decoded.ptr, *to = from + blocks->decoded.len;
	uint32_t page = 0;
	size_t i;

	for (i = 0; i < blocks->n_lines; i++) {
		const char *p = blocks->lines[i].text.ptr;

		if (p >= from && p < to)
			while (page + 1 < l->doc->n_pages && (size_t)(p - from) >= l->ends[page])
				page++;
		blocks->lines[i].page = page + 1;
	}
}

opcit_status opcit_pdf_read_listing(struct pdf_doc *doc, struct opcit_err *err)
{
	struct listing l = { .doc = doc, .text = OPCIT_BUF_INIT };
	const struct pdf_row *before = NULL;
	opcit_status status;
	bool wrapped;
	uint32_t p, r;

	l.ends = opcit_xcalloc(doc->n_pages, sizeof *l.ends);
	measure(&l);
	wrapped = was_wrapped(&l);
	for (p = 0; p < doc->n_pages; p++) {
		for (r = 0; r < doc->pages[p].n_rows; r++) {
			const struct pdf_row *row = &doc->pages[p].rows[r];
			unsigned n = before ? ends_between(&l, before, row, r == 0, wrapped) : 0;

			if (before && n == 0 && !inside_word(&l, before, row))
				opcit_buf_putc(&l.text, ' ');
			for (; n; n--)
				opcit_buf_putc(&l.text, '\n');
			if (r == 0 && p)
				l.ends[p - 1] = l.text.len;
			add_row(&l, row);
			before = row;
		}
		l.ends[p] = l.text.len;
	}
	opcit_drops_release(&doc->blocks->drops);
	status = opcit_reader_text.read(opcit_arena_dup(doc->arena, opcit_buf_str(&l.text)), doc->arena, doc->blocks, err);
	if (status == OPCIT_OK)
		set_pages(&l, doc->blocks);
	opcit_buf_release(&l.text);
	free(l.ends);
	return status;
}
