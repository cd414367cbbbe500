/* advise.c: see advise.h. */
#include "advise.h"

#include <stdio.h>

#include "output.h"

enum { MOST_SUGGESTIONS = 3 }; /* each looks at the records; more is a text, not a slip */

struct advice {
	struct opcit_index *index;
	struct opcit_arena *arena;
	struct opcit_err *err;
	size_t left;
};

static void say(const char *before, struct opcit_str text, const char *after)
{
	fputs(before, stderr);
	output_text_on(stderr, text);
	fputs(after, stderr);
}

static opcit_status advise_word(struct advice *a, struct opcit_str word)
{
	struct opcit_str suggestion;
	bool found;
	opcit_status status;

	if (a->left == 0 || opcit_index_ignores(a->index, word))
		return OPCIT_OK;
	status = opcit_index_suggest(a->index, word, a->arena, &suggestion, &found, a->err);
	if (!found)
		a->left--;
	if (status != OPCIT_OK || suggestion.len == 0)
		return status;
	say("opcit: '", word, found ? "' is in hardly any record; " : "' is in no record; ");
	say("did you mean '", suggestion, "'?\n");
	return OPCIT_OK;
}

static opcit_status advise_wildcard(struct advice *a, struct opcit_str text)
{
	size_t used, found;
	opcit_status status = opcit_index_wildcard(a->index, text, &used, &found, a->err);

	if (status != OPCIT_OK || used == found)
		return status;
	say("opcit: '", text, "' was cut: ");
	fprintf(stderr, "of its %zu words and stems only the %zu most frequent were looked for\n"
			"  write more letters before the star\n",
		found, used);
	return OPCIT_OK;
}

static opcit_status advise_node(struct advice *a, const struct opcit_query *query)
{
	size_t i, n = query->n_subs, left = 0;
	opcit_status status = OPCIT_OK;

	if (query->op == OPCIT_QUERY_WORD)
		return advise_word(a, query->text);
	if (query->op == OPCIT_QUERY_WILD)
		return advise_wildcard(a, query->text);
	if (query->op == OPCIT_QUERY_CONCEPT && n > 1)
		return OPCIT_OK; /* the thesaurus knows how it is spelt */
	if (query->op == OPCIT_QUERY_CONCEPT)
		say("opcit: the thesaurus has no other name for '", query->text, "'\n");
	for (i = 0; i < n && status == OPCIT_OK; i++) {
		if (query->op == OPCIT_QUERY_NOT && i == 1) {
			left = a->left;
			a->left = 0; /* a word that is left out need not be there */
		}
		status = advise_node(a, query->subs[i]);
	}
	if (query->op == OPCIT_QUERY_NOT)
		a->left = left;
	return status;
}

opcit_status advise_query(struct opcit_index *index, const struct opcit_query *query,
			  struct opcit_arena *arena, struct opcit_err *err)
{
	struct advice advice = { index, arena, err, MOST_SUGGESTIONS };

	return advise_node(&advice, query);
}

opcit_status advise_wildcards(struct opcit_index *index, const struct opcit_query *query,
			      struct opcit_buf *out, struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t used, found, i;

	if (query->op == OPCIT_QUERY_WILD) {
		status = opcit_index_wildcard(index, query->text, &used, &found, err);
		if (status == OPCIT_OK)
			opcit_buf_printf(out, "  %.*s: %zu of %zu words and stems\n", OPCIT_FMT(query->text), used, found);
	}
	for (i = 0; i < query->n_subs && status == OPCIT_OK; i++)
		status = advise_wildcards(index, query->subs[i], out, err);
	return status;
}
