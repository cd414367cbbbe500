/* quote_align.c: the words of a quotation beside those of its source, at the least
 * cost: a table of all pairs of places, as for a word diff. Where an ellipsis stands,
 * words of the source cost nothing; beside brackets they cost little. */
#include <stdlib.h>

#include "quote_words.h"

enum {
	COST_WORD = 100,     /* of a word that only the quotation has, also instead of another */
	COST_LOST = 60,      /* of one that only the source has */
	COST_JOINED = 1,     /* of two words that are one in the other */
	COST_PUT_IN = 1,     /* of a word in brackets */
	COST_REPLACED = 3,   /* of a word of the source beside brackets */
	COST_MENDED = 1,     /* of a word with letters in brackets */
};

struct aligning {
	const struct opcit_quote_words *q, *s;
	uint32_t *skip;      /* after so many words of q: what a word of s alone costs */
	unsigned char *step; /* the last step of the best way to each pair of places */
};

enum step { TOGETHER, QUOTE_ONLY, SOURCE_ONLY, REPLACED, TWO_IN_QUOTE, TWO_IN_SOURCE };

bool opcit_quote_is_remark(const struct opcit_quote_words *q, size_t i)
{
	static const char *const words[] = {
		"sic", "emphasis", "italics", "underlining", "footnote", "footnotes", "citation", "citations",
		"note", "notes", "omitted", "added", "original", "souligné", "italiques", "omise", "omises",
		"ajouté", "énfasis", "cursiva", "añadido", "omitida", "omitidas", "subrayado", "nota", "notas",
	};
	struct opcit_str word = opcit_str_sub(q->text, q->items[i].span.start, q->items[i].span.end);
	size_t k;

	for (k = 0; k < sizeof words / sizeof *words; k++)
		if (opcit_str_ieq(word, opcit_str_of(words[k])))
			return true;
	return false;
}

static void set_costs(struct aligning *a)
{
	const struct opcit_quote_word *words = a->q->items;
	size_t i, n = a->q->n;

	for (i = 0; i <= n; i++) {
		bool after = i > 0 && words[i - 1].bracketed && !opcit_quote_is_remark(a->q, i - 1);
		bool before = i < n && words[i].bracketed && !opcit_quote_is_remark(a->q, i);

		a->skip[i] = i == 0 || words[i - 1].ellipsis ? 0 : after || before ? COST_REPLACED : COST_LOST;
	}
}

struct rows {
	uint32_t *now, *above, *twice_above;
};

/* The cheapest way to have read i words of q, ending at word k of s. */
static enum step best_step(const struct aligning *a, const struct rows *rows, size_t i, size_t k, uint32_t skip,
			   uint32_t *cost)
{
	const struct opcit_quote_word *word = &a->q->items[i - 1], *other = k ? &a->s->items[k - 1] : NULL;
	uint32_t alone = word->ellipsis ? 0 : word->bracketed ? COST_PUT_IN : COST_WORD, there;
	enum step step = QUOTE_ONLY;

	*cost = rows->above[k] + alone;
	if (k == 0)
		return step;
	if (rows->now[k - 1] + skip < *cost) {
		*cost = rows->now[k - 1] + skip;
		step = SOURCE_ONLY;
	}
	there = rows->above[k - 1];
	if (alone == COST_WORD && there + COST_WORD <= *cost) {
		*cost = there + COST_WORD;
		step = REPLACED;
	}
	if (k > 1 && rows->above[k - 2] + COST_JOINED < *cost && word->lower == other[-1].joined) {
		*cost = rows->above[k - 2] + COST_JOINED;
		step = TWO_IN_SOURCE;
	}
	if (i > 1 && rows->twice_above[k - 1] + COST_JOINED < *cost && word[-1].joined == other->lower && !word[-1].ellipsis) {
		*cost = rows->twice_above[k - 1] + COST_JOINED;
		step = TWO_IN_QUOTE;
	}
	there += word->mended ? COST_MENDED : 0;
	if (there <= *cost && (word->lower == other->lower || word->plain == other->plain || word->mended) &&
	    opcit_quote_words_same(a->q, word, a->s, other)) {
		*cost = there;
		step = TOGETHER;
	}
	return step;
}

/* Fill the table; returns after how many words of s the best stretch ends. */
static size_t fill(struct aligning *a)
{
	size_t width = a->s->n + 1, i, k, best = 0;
	uint32_t *memory = opcit_xcalloc(3 * width, sizeof *memory);
	struct rows rows = { memory, memory + width, memory + 2 * width };

	for (i = 1; i <= a->q->n; i++) {
		uint32_t *oldest = rows.twice_above;
		/* the stretch ends with the quotation */
		uint32_t skip = i == a->q->n ? COST_WORD : a->skip[i];

		rows = (struct rows){ oldest, rows.now, rows.above };
		for (k = 0; k < width; k++)
			a->step[i * width + k] = (unsigned char)best_step(a, &rows, i, k, skip, &rows.now[k]);
	}
	for (k = 1; k < width; k++)
		if (rows.now[k] < rows.now[best] ||
		    (rows.now[k] == rows.now[best] && k == best + 1 && a->step[a->q->n * width + k] == REPLACED))
			best = k;
	free(memory);
	return best;
}

static void trace(const struct aligning *a, size_t k, struct opcit_quote_way *way)
{
	size_t i = a->q->n, width = a->s->n + 1, half;

	way->n = 0;
	while (i > 0) {
		enum step step = (enum step)a->step[i * width + k];
		size_t from_q = step == SOURCE_ONLY ? 0 : step == TWO_IN_QUOTE ? 2 : 1;
		size_t from_s = step == QUOTE_ONLY ? 0 : step == TWO_IN_SOURCE ? 2 : 1;

		i -= from_q;
		k -= from_s;
		if (step == TOGETHER) {
			way->steps[way->n++] = OPCIT_QUOTE_PAIR;
			continue;
		}
		while (from_s--)
			way->steps[way->n++] = OPCIT_QUOTE_SOURCE;
		while (from_q--)
			way->steps[way->n++] = OPCIT_QUOTE_OWN;
	}
	for (half = 0; half < way->n / 2; half++) {
		enum opcit_quote_step swap = way->steps[half];

		way->steps[half] = way->steps[way->n - 1 - half];
		way->steps[way->n - 1 - half] = swap;
	}
	way->from = k;
}

void opcit_quote_align(const struct opcit_quote_words *quote, const struct opcit_quote_words *source,
		       struct opcit_quote_way *way)
{
	struct aligning a = { .q = quote, .s = source };

	a.skip = opcit_xcalloc(quote->n + 1, sizeof *a.skip);
	a.step = opcit_xmalloc((quote->n + 1) * (source->n + 1));
	way->steps = opcit_xmalloc((quote->n + source->n + 1) * sizeof *way->steps);
	set_costs(&a);
	trace(&a, fill(&a), way);
	free(a.skip);
	free(a.step);
}
