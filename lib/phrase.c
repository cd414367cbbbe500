/* phrase.c: finding a phrase in a text without an index of positions. The
 * words of text and phrase are two small graphs (a compound is one edge and
 * also the chain of its parts); matching walks both, like a regular
 * expression's automaton whose states are positions in the phrase. */
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* No span is longer than a compound has parts, so this many text positions
 * ahead hold live states. A power of two. */
enum { AHEAD = 32 };

_Static_assert((int)AHEAD > (int)OPCIT_TOKEN_PARTS, "a span must not meet its own start");

struct edge {
	uint32_t from, to;
	uint16_t at, len; /* in words */
};

struct opcit_phrase {
	uint32_t length; /* positions */
	uint32_t n_edges;
	struct edge edges[2 * OPCIT_PHRASE_MAX];
	char words[2 * OPCIT_PHRASE_MAX * OPCIT_WORD_MAX];
};

struct opcit_phrase *opcit_phrase_new(struct opcit_str words)
{
	struct opcit_phrase *phrase = opcit_xcalloc(1, sizeof *phrase);
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t used = 0;

	opcit_tokens_init(&tokens, words);
	while (opcit_tokens_next(&tokens, &token)) {
		struct edge *edge = &phrase->edges[phrase->n_edges];

		if (token.pos + token.span > OPCIT_PHRASE_MAX ||
		    phrase->n_edges == 2 * OPCIT_PHRASE_MAX) {
			free(phrase);
			return NULL;
		}
		*edge = (struct edge){ token.pos, token.pos + token.span, (uint16_t)used,
				       (uint16_t)token.word.len };
		memcpy(phrase->words + used, token.word.ptr, token.word.len);
		used += token.word.len;
		phrase->n_edges++;
		if (edge->to > phrase->length)
			phrase->length = edge->to;
	}
	if (phrase->n_edges == 0) {
		free(phrase);
		return NULL;
	}
	return phrase;
}

void opcit_phrase_free(struct opcit_phrase *phrase)
{
	free(phrase);
}

/* Which phrase positions are reached at a text position, and where each of
 * those partial matches began. */
struct front {
	uint64_t reached;
	size_t start[OPCIT_PHRASE_MAX + 1];
};

static void reach(struct front *front, uint32_t position, size_t start)
{
	uint64_t bit = (uint64_t)1 << position;

	if (front->reached & bit)
		return;
	front->reached |= bit;
	front->start[position] = start;
}

bool opcit_phrase_find(const struct opcit_phrase *phrase, struct opcit_str text, size_t from,
		       size_t *start, size_t *end)
{
	struct front fronts[AHEAD];
	struct opcit_tokens tokens;
	struct opcit_token token;
	uint32_t swept = 0, i;

	for (i = 0; i < AHEAD; i++)
		fronts[i].reached = 0;
	opcit_tokens_init(&tokens, text);
	tokens.at = from;
	while (opcit_tokens_next(&tokens, &token)) {
		struct front *here = &fronts[token.pos % AHEAD];
		struct front *there = &fronts[(token.pos + token.span) % AHEAD];

		for (; swept < token.pos; swept++)
			fronts[swept % AHEAD].reached = 0;
		for (i = 0; i < phrase->n_edges; i++) {
			const struct edge *edge = &phrase->edges[i];

			if (edge->from != 0 && !(here->reached >> edge->from & 1))
				continue;
			if (edge->len != token.word.len ||
			    memcmp(phrase->words + edge->at, token.word.ptr, edge->len) != 0)
				continue;
			reach(there, edge->to, edge->from ? here->start[edge->from] : token.start);
		}
		if (there->reached >> phrase->length & 1) {
			if (start)
				*start = there->start[phrase->length];
			if (end)
				*end = token.end;
			return true;
		}
	}
	return false;
}
