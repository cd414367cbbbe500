/* libFuzzer: what a person may type into a search, and where it stands in a
 * text, for which the query serves. */
#include "../../lib/wildcard.h"
#include "../../query/highlight.h"
#include "../../query/parse.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A pattern matches what it is when its stars stand for nothing. */
static void check_wild(struct opcit_str text)
{
	struct opcit_wildcard wildcard;
	char word[OPCIT_WORD_MAX];
	size_t len = 0, i;

	if (opcit_wildcard_init(&wildcard, text, NULL) != OPCIT_OK || wildcard.prefix > wildcard.len)
		abort();
	for (i = 0; i < wildcard.len; i++)
		if (wildcard.pattern[i] != '*')
			word[len++] = wildcard.pattern[i];
	if (!opcit_wildcard_match(&wildcard, (struct opcit_str){ word, len }) ||
	    opcit_wildcard_match(&wildcard, (struct opcit_str){ word, 1 }))
		abort();
}

/* Every node is complete, and no tree deeper than its parentheses and words. */
static void check(const struct opcit_query *query, unsigned depth)
{
	size_t i;

	if (!query || depth > 4 * PARSE_DEEPEST + PARSE_MOST_WORDS)
		abort();
	if ((query->op == OPCIT_QUERY_WORD || query->op == OPCIT_QUERY_PHRASE || query->op == OPCIT_QUERY_FIELD) &&
	    !query->text.len)
		abort();
	if (query->op == OPCIT_QUERY_WILD)
		check_wild(query->text);
	if (query->op == OPCIT_QUERY_CONCEPT && (!query->forced || query->n_subs != 1))
		abort();
	for (i = 1; query->op == OPCIT_QUERY_NEAR && i < query->n_subs; i++)
		if (query->subs[i]->distance == 0 || query->subs[i]->distance > PARSE_FARTHEST)
			abort();
	for (i = 0; i < query->n_subs; i++)
		check(query->subs[i], depth + 1);
}

static void mark(const struct opcit_query *query, struct opcit_str text, struct opcit_arena *arena)
{
	struct highlighter *highlighter = highlighter_new(query);
	size_t(*ranges)[2], n, i;

	highlight(highlighter, text, OPCIT_STR("en"), arena, &ranges, &n);
	for (i = 0; i < n; i++)
		if (ranges[i][0] >= ranges[i][1] || ranges[i][1] > text.len || (i && ranges[i][0] <= ranges[i - 1][1]))
			abort();
	highlighter_free(highlighter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str text = { (const char *)data, size };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_query *query;
	opcit_status status = parse_query(text, &arena, &query, &err);

	if (status == OPCIT_OK) {
		check(query, 0);
		mark(query, opcit_str_sub(text, 0, 2000), &arena);
	} else if (status != OPCIT_USAGE || !err.message[0] || err.place > (long)size) {
		abort();
	}
	opcit_arena_release(&arena);
	return 0;
}
