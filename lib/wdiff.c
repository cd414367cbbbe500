/* wdiff.c: see wdiff.h. Similarity is Myers' greedy walk, which ends early
 * where two texts differ too much; the diff is the plain table, which is
 * small enough for paragraphs and gives the same answer every time. */
#include "wdiff.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void opcit_words_read(struct opcit_str text, struct opcit_arena *arena,
		      struct opcit_words *words)
{
	/* a word takes two bytes with its blank */
	size_t room = text.len / 2 + 1 < OPCIT_WORDS_MOST ? text.len / 2 + 1 : OPCIT_WORDS_MOST;
	struct opcit_tokens tokens;
	struct opcit_token token;

	words->spans = opcit_arena_alloc(arena, room * sizeof *words->spans);
	words->hashes = opcit_arena_alloc(arena, room * sizeof *words->hashes);
	words->sorted = opcit_arena_alloc(arena, room * sizeof *words->sorted);
	words->n = 0;
	words->cut = false;
	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		if (words->n == room) {
			words->cut = true;
			break;
		}
		words->spans[words->n] = (struct opcit_span){ token.start, token.end };
		words->hashes[words->n++] = opcit_str_hash(token.word);
	}
	memcpy(words->sorted, words->hashes, words->n * sizeof *words->sorted);
	qsort(words->sorted, words->n, sizeof *words->sorted, by_value);
}

/* The words between the first difference and the last. */
struct middle {
	const uint64_t *a, *b;
	size_t n_a, n_b;
	size_t before, after; /* equal words around them */
};

static struct middle middle_of(const struct opcit_words *a, const struct opcit_words *b)
{
	size_t n = a->n < b->n ? a->n : b->n;
	struct middle m = { .before = 0 };

	while (m.before < n && a->hashes[m.before] == b->hashes[m.before])
		m.before++;
	while (m.after < n - m.before &&
	       a->hashes[a->n - 1 - m.after] == b->hashes[b->n - 1 - m.after])
		m.after++;
	m.a = a->hashes + m.before;
	m.b = b->hashes + m.before;
	m.n_a = a->n - m.before - m.after;
	m.n_b = b->n - m.before - m.after;
	return m;
}

/* How many words they have in common in any order: never fewer than in order. */
static size_t in_common(const struct opcit_words *a, const struct opcit_words *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->n && k < b->n) {
		if (a->sorted[i] == b->sorted[k]) {
			n++;
			i++;
			k++;
		} else if (a->sorted[i] < b->sorted[k]) {
			i++;
		} else {
			k++;
		}
	}
	return n;
}

/* The least number of deletions and insertions, or most + 1 when it is more. */
static size_t distance(const struct middle *m, size_t most)
{
	long *reach, n_a = (long)m->n_a, n_b = (long)m->n_b, d, k, x;
	size_t found = most + 1;

	if (most > m->n_a + m->n_b)
		most = m->n_a + m->n_b;
	/* reach[k + most + 1]: how far into a the diagonal k has come */
	reach = opcit_xcalloc(2 * most + 3, sizeof *reach);
	for (d = 0; d <= (long)most && found > most; d++) {
		for (k = -d; k <= d; k += 2) {
			long *at = reach + k + (long)most + 1;

			x = k == -d || (k != d && at[-1] < at[1]) ? at[1] : at[-1] + 1;
			while (x < n_a && x - k < n_b && x - k >= 0 && m->a[x] == m->b[x - k])
				x++;
			*at = x;
			if (x >= n_a && x - k >= n_b) {
				found = (size_t)d;
				break;
			}
		}
	}
	free(reach);
	return found;
}

double opcit_words_similarity(const struct opcit_words *a, const struct opcit_words *b,
			      double least)
{
	size_t all = a->n + b->n, apart;
	struct middle middle;
	double most;

	if (a->n == 0 || b->n == 0 || 2.0 * (double)(a->n < b->n ? a->n : b->n) < least * (double)all ||
	    2.0 * (double)in_common(a, b) < least * (double)all)
		return 0;
	middle = middle_of(a, b);
	most = (1 - least) * (double)all + 0.000001;
	apart = distance(&middle, most < (double)all ? (size_t)(most > 0 ? most : 0) : all);
	if (apart > all || (double)apart > most)
		return 0;
	return (double)(all - apart) / (double)all;
}

/* ---- the diff ------------------------------------------------------------ */

/* For each pair of places in the middle, whether the best way from there to
 * the end goes on by dropping a word of a. */
static unsigned char *best_ways(const struct middle *m)
{
	size_t width = m->n_b + 1, i, k;
	unsigned char *drop = opcit_xcalloc(m->n_a + 1, width);
	uint16_t *next = opcit_xcalloc(width, sizeof *next);
	uint16_t *row = opcit_xcalloc(width, sizeof *row), *swap;

	for (i = m->n_a; i-- > 0;) {
		for (k = m->n_b; k-- > 0;) {
			if (m->a[i] == m->b[k]) {
				row[k] = (uint16_t)(next[k + 1] + 1);
				continue;
			}
			drop[i * width + k] = next[k] >= row[k + 1];
			row[k] = next[k] >= row[k + 1] ? next[k] : row[k + 1];
		}
		swap = next;
		next = row;
		row = swap;
	}
	free(next);
	free(row);
	return drop;
}

/* The bytes of words [from, to); for none the place where they would stand. */
static struct opcit_span bytes_of(const struct opcit_words *words, size_t from, size_t to)
{
	size_t at;

	if (from < to)
		return (struct opcit_span){ words->spans[from].start, words->spans[to - 1].end };
	at = from < words->n ? words->spans[from].start
	     : words->n      ? words->spans[words->n - 1].end
			     : 0;
	return (struct opcit_span){ at, at };
}

struct writing {
	const struct opcit_words *a, *b;
	struct opcit_wdiff *diff;
	size_t kept_a, kept_b, n_kept; /* the run of kept words that is open */
	size_t at_a, at_b;             /* all before is written */
};

static void add_run(struct writing *w, enum opcit_wdiff_op op, size_t from_a, size_t to_a,
		    size_t from_b, size_t to_b)
{
	size_t words = op == OPCIT_WDIFF_INSERTED ? to_b - from_b : to_a - from_a;

	if (words == 0)
		return;
	w->diff->runs[w->diff->n++] = (struct opcit_wdiff_run){
		op, bytes_of(w->a, from_a, to_a), bytes_of(w->b, from_b, to_b), words
	};
}

/* n words are kept, at these places; what lies between them and those before
 * was deleted and inserted. */
static void keep(struct writing *w, size_t at_a, size_t at_b, size_t n)
{
	if (at_a != w->at_a || at_b != w->at_b || (n == 0 && w->n_kept)) {
		add_run(w, OPCIT_WDIFF_KEPT, w->kept_a, w->kept_a + w->n_kept, w->kept_b,
			w->kept_b + w->n_kept);
		add_run(w, OPCIT_WDIFF_DELETED, w->at_a, at_a, w->at_b, w->at_b);
		add_run(w, OPCIT_WDIFF_INSERTED, at_a, at_a, w->at_b, at_b);
		w->diff->deleted += at_a - w->at_a;
		w->diff->inserted += at_b - w->at_b;
		w->n_kept = 0;
	}
	if (w->n_kept == 0) {
		w->kept_a = at_a;
		w->kept_b = at_b;
	}
	w->n_kept += n;
	w->diff->kept += n;
	w->at_a = at_a + n;
	w->at_b = at_b + n;
}

void opcit_words_diff(const struct opcit_words *a, const struct opcit_words *b,
		 struct opcit_arena *arena, struct opcit_wdiff *diff)
{
	struct middle m = middle_of(a, b);
	unsigned char *drop = best_ways(&m);
	struct writing w = { .a = a, .b = b, .diff = diff };
	size_t i = 0, k = 0;

	memset(diff, 0, sizeof *diff);
	diff->runs = opcit_arena_alloc(arena, (a->n + b->n + 1) * sizeof *diff->runs);
	diff->cut = a->cut || b->cut;
	keep(&w, 0, 0, m.before);
	while (i < m.n_a && k < m.n_b) {
		if (m.a[i] == m.b[k])
			keep(&w, m.before + i++, m.before + k++, 1);
		else if (drop[i * (m.n_b + 1) + k])
			i++;
		else
			k++;
	}
	free(drop);
	keep(&w, a->n - m.after, b->n - m.after, m.after);
	keep(&w, a->n, b->n, 0);
}
