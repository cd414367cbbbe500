/* highlight.c: see highlight.h. */
#include "highlight.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/text.h"
#include "../lib/wildcard.h"

enum { MOST_WORDS = 256, MOST_PHRASES = 64, MOST_WILDCARDS = 64, MOST_LANGS = 8 };

struct word {
	char bytes[OPCIT_WORD_MAX];
	size_t len;
};

/* The words of the query in one language's stems. */
struct tongue {
	char lang[8];
	struct opcit_stemmer *stemmer;
	struct word stems[MOST_WORDS];
	bool ignored[MOST_WORDS];
};

struct highlighter {
	struct word words[MOST_WORDS];
	size_t n_words;
	struct opcit_phrase *phrases[MOST_PHRASES];
	size_t n_phrases;
	struct opcit_wildcard wildcards[MOST_WILDCARDS];
	size_t n_wildcards;
	struct tongue *tongues[MOST_LANGS];
	size_t n_tongues;
};

static void set_word(struct word *word, struct opcit_str s)
{
	word->len = s.len < sizeof word->bytes ? s.len : sizeof word->bytes;
	if (word->len)
		memcpy(word->bytes, s.ptr, word->len);
}

static void add_phrase(struct highlighter *h, struct opcit_str text)
{
	if (h->n_phrases == MOST_PHRASES)
		return;
	h->phrases[h->n_phrases] = opcit_phrase_new(text);
	h->n_phrases += h->phrases[h->n_phrases] != NULL;
}

static void collect_words(struct highlighter *h, struct opcit_str text)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (h->n_words < MOST_WORDS && opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		set_word(&h->words[h->n_words++], token.word);
		/* which the text may cut into words otherwise */
		if (token.spaceless && token.span > 1)
			add_phrase(h, token.word);
	}
}

static void collect(struct highlighter *h, const struct opcit_query *query)
{
	size_t i, n = query->op == OPCIT_QUERY_MEANING ? 0 : query->op == OPCIT_QUERY_NOT ? 1 : query->n_subs;

	if (query->op == OPCIT_QUERY_WORD)
		collect_words(h, query->text);
	if (query->op == OPCIT_QUERY_PHRASE || query->op == OPCIT_QUERY_FIRST)
		add_phrase(h, query->text);
	if (query->op == OPCIT_QUERY_WILD && h->n_wildcards < MOST_WILDCARDS &&
	    opcit_wildcard_init(&h->wildcards[h->n_wildcards], query->text, NULL) == OPCIT_OK)
		h->n_wildcards++;
	for (i = 0; i < n; i++)
		collect(h, query->subs[i]);
}

struct highlighter *highlighter_new(const struct opcit_query *query)
{
	struct highlighter *h = opcit_xcalloc(1, sizeof *h);

	collect(h, query);
	return h;
}

void highlighter_free(struct highlighter *h)
{
	size_t i;

	if (!h)
		return;
	for (i = 0; i < h->n_phrases; i++)
		opcit_phrase_free(h->phrases[i]);
	for (i = 0; i < h->n_tongues; i++) {
		opcit_stemmer_free(h->tongues[i]->stemmer);
		free(h->tongues[i]);
	}
	free(h);
}

static struct tongue *tongue_of(struct highlighter *h, struct opcit_str lang)
{
	struct tongue *tongue;
	size_t i;

	if (lang.len >= sizeof tongue->lang)
		lang.len = 0;
	for (i = 0; i < h->n_tongues; i++)
		if (opcit_str_is(lang, h->tongues[i]->lang))
			return h->tongues[i];
	if (h->n_tongues == MOST_LANGS)
		return h->tongues[0];
	tongue = opcit_xcalloc(1, sizeof *tongue);
	if (lang.len)
		memcpy(tongue->lang, lang.ptr, lang.len);
	tongue->stemmer = opcit_stemmer_new(lang);
	for (i = 0; i < h->n_words; i++) {
		struct opcit_str word = { h->words[i].bytes, h->words[i].len };

		tongue->ignored[i] = opcit_stop_word(word, lang);
		set_word(&tongue->stems[i], opcit_stem(tongue->stemmer, word));
	}
	h->tongues[h->n_tongues++] = tongue;
	return tongue;
}

static bool is_wanted(const struct highlighter *h, struct tongue *tongue, struct opcit_str word)
{
	struct opcit_str stem = { NULL, 0 };
	size_t i;

	for (i = 0; i < h->n_wildcards; i++)
		if (opcit_wildcard_match(&h->wildcards[i], word))
			return true;
	for (i = 0; i < h->n_words; i++) {
		const struct word *wanted = &tongue->stems[i];

		/* stemming changes the ends of words: most are told apart by the first byte */
		if (tongue->ignored[i] || wanted->len == 0 || wanted->bytes[0] != word.ptr[0])
			continue;
		if (!stem.ptr)
			stem = opcit_stem(tongue->stemmer, word);
		if (stem.len == wanted->len && memcmp(stem.ptr, wanted->bytes, stem.len) == 0)
			return true;
	}
	return false;
}

struct ranges {
	size_t (*items)[2];
	size_t n, cap;
};

static void add_range(struct ranges *ranges, size_t from, size_t to)
{
	OPCIT_GROW(ranges->items, ranges->n, ranges->cap);
	ranges->items[ranges->n][0] = from;
	ranges->items[ranges->n++][1] = to;
}

static int compare(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return x[0] != y[0] ? (x[0] > y[0]) - (x[0] < y[0]) : (x[1] > y[1]) - (x[1] < y[1]);
}

static size_t merge(struct ranges *ranges)
{
	size_t i, kept = 0;

	if (ranges->n == 0)
		return 0;
	qsort(ranges->items, ranges->n, sizeof *ranges->items, compare);
	for (i = 1; i < ranges->n; i++) {
		if (ranges->items[i][0] > ranges->items[kept][1]) {
			kept++;
			memcpy(ranges->items[kept], ranges->items[i], sizeof *ranges->items);
		} else if (ranges->items[i][1] > ranges->items[kept][1]) {
			ranges->items[kept][1] = ranges->items[i][1];
		}
	}
	return kept + 1;
}

void highlight(struct highlighter *h, struct opcit_str text, struct opcit_str lang,
	       struct opcit_arena *arena, size_t (**ranges)[2], size_t *n)
{
	struct tongue *tongue = tongue_of(h, lang);
	struct ranges found = { NULL, 0, 0 };
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t i, start, end;

	opcit_tokens_init(&tokens, text);
	while ((h->n_words || h->n_wildcards) && opcit_tokens_next(&tokens, &token))
		if (!token.bound && is_wanted(h, tongue, token.word))
			add_range(&found, token.start, token.end);
	for (i = 0; i < h->n_phrases; i++)
		for (end = 0; opcit_phrase_find(h->phrases[i], text, end, &start, &end);)
			add_range(&found, start, end);
	*n = merge(&found);
	*ranges = opcit_arena_alloc(arena, *n * sizeof **ranges);
	if (*n)
		memcpy(*ranges, found.items, *n * sizeof **ranges);
	free(found.items);
}

void highlight_snippet(struct opcit_str text, const size_t (*ranges)[2], size_t n, size_t room,
		       size_t *from, size_t *to)
{
	size_t i, k = 0, best = 0, best_count = 0, lead = room / 4;

	*from = 0;
	*to = text.len;
	if (text.len <= room)
		return;
	/* the window that opens at range i and holds most ranges */
	for (i = 0; i < n; i++) {
		if (k < i)
			k = i;
		while (k < n && ranges[k][1] <= ranges[i][0] + room - lead)
			k++;
		if (k - i > best_count) {
			best_count = k - i;
			best = i;
		}
	}
	if (n && ranges[best][0] > lead)
		*from = ranges[best][0] - lead;
	if (text.len - *from < room)
		*from = text.len - room;
	while (*from > 0 && *from < text.len && text.ptr[*from - 1] != ' ')
		++*from;
	*to = text.len - *from > room ? *from + room : text.len;
	while (*to > *from && *to < text.len && text.ptr[*to] != ' ')
		--*to;
	if (*to == *from) {
		/* one word longer than the window: cut it between characters */
		*from = 0;
		for (*to = room; *to > 0 && ((unsigned char)text.ptr[*to] & 0xc0) == 0x80;)
			--*to;
	}
}
