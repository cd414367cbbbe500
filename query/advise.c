/* advise.c: see advise.h. */
#include "advise.h"

#include <stdio.h>
#include <string.h>

#include "../lib/text.h"
#include "citing.h"
#include "output.h"
#include "parse.h"

enum { MOST_SUGGESTIONS = 3 }; /* each looks at the records; more is a text, not a slip */

struct advice {
	struct opcit_index *index;
	struct opcit_arena *arena;
	struct opcit_err *err;
	size_t left;
	bool referred; /* the query names a document */
	bool foreign;  /* it is in a language that the index has not: its words are in no record */
};

static void say(const char *before, struct opcit_str text, const char *after)
{
	fputs(before, stderr);
	output_text_on(stderr, text);
	fputs(after, stderr);
}

/* "UNSCR" of "UNSCR 687", which was understood as the name of a document. */
static bool is_acronym(struct opcit_str word)
{
	size_t i;

	for (i = 0; i < word.len && word.ptr[i] >= 'A' && word.ptr[i] <= 'Z'; i++)
		;
	return i == word.len;
}

static opcit_status advise_word(struct advice *a, struct opcit_str word)
{
	struct opcit_str suggestion;
	bool found;
	opcit_status status;

	if (a->left == 0 || a->foreign || opcit_light_word(word) || opcit_index_ignores(a->index, word) ||
	    (a->referred && is_acronym(word)))
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

/* What is wrong with a filter that no record passes, and what would be right. Of
 * dates any may be empty; words of notes and headings are not names that one
 * can get wrong; what is no kind or country was refused before. */
static const struct {
	enum opcit_field field;
	const char *fault, *hint;
} faults[] = {
	{ OPCIT_FIELD_DOC, "no document of the index is called",
	  "`opcit list` names them all, `opcit list WORD` those with a word" },
	{ OPCIT_FIELD_BODY, "no document is of the body",
	  "`opcit search --facets body` lists what there is; a name of several words stands in quotation marks" },
	{ OPCIT_FIELD_TYPE, "no document is of the type", "`opcit search --facets type` lists what there is" },
	{ OPCIT_FIELD_LANG, "no record is in the language", "`opcit search --facets lang` lists what there is" },
	{ OPCIT_FIELD_ACT, "no clause has the act", "`opcit search --facets act` lists what there is" },
	{ OPCIT_FIELD_LABEL, "no paragraph has the number", NULL },
	{ OPCIT_FIELD_YEAR, "no document is of the year", NULL },
	{ OPCIT_FIELD_CITES, "nothing cites", "write a symbol or a treaty, and a place in it: cites:\"CRC art 37\"" },
};

static opcit_status advise_field(struct advice *a, const struct opcit_query *query)
{
	struct opcit_buf text = OPCIT_BUF_INIT;
	struct opcit_results results;
	opcit_status status;
	size_t i = 0;

	while (i < sizeof faults / sizeof *faults && faults[i].field != query->field)
		i++;
	if (a->left == 0 || i == sizeof faults / sizeof *faults)
		return OPCIT_OK;
	status = opcit_index_search(a->index, query, OPCIT_ORDER_INDEX, 1, a->arena, &results, a->err);
	if (status != OPCIT_OK || results.n)
		return status;
	a->left--;
	fprintf(stderr, "opcit: %s", faults[i].fault);
	if (query->field == OPCIT_FIELD_CITES)
		citing_write(query->text, &text);
	else
		opcit_buf_add_str(&text, query->text);
	say(" '", opcit_buf_str(&text), "'\n");
	opcit_buf_release(&text);
	if (faults[i].hint)
		fprintf(stderr, "  %s\n", faults[i].hint);
	return OPCIT_OK;
}

/* One of several that stand for the same: other identifiers of a text that is
 * cited, a name with a comma beside its parts. */
static bool is_one_of(const struct opcit_query *field)
{
	return field->field == OPCIT_FIELD_CITES ||
	       ((field->field == OPCIT_FIELD_DOC || field->field == OPCIT_FIELD_BODY) &&
		memchr(field->text.ptr, ',', field->text.len));
}

static opcit_status any_of(struct advice *a, struct opcit_query *query, bool *any)
{
	struct opcit_results results = { .n = 0 };
	opcit_status status = opcit_index_search(a->index, query, OPCIT_ORDER_INDEX, 1, a->arena, &results, a->err);

	*any = results.n > 0;
	return status;
}

/* Is a document that is named there, and the place in it? */
static opcit_status advise_first(struct advice *a, const struct opcit_query *first)
{
	const struct opcit_str para = OPCIT_STR("para:");
	struct opcit_query *both = parse_node(a->arena, OPCIT_QUERY_AND, 2);
	struct opcit_str label = { NULL, 0 }, symbol = first->text;
	bool doc = false, place = false;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < 2; i++)
		both->subs[i] = parse_node(a->arena, OPCIT_QUERY_FIELD, 0);
	both->subs[0]->field = OPCIT_FIELD_DOC;
	both->subs[1]->field = OPCIT_FIELD_LABEL;
	/* under each of its names */
	for (; first && first->op == OPCIT_QUERY_FIRST && status == OPCIT_OK && !doc;
	     first = first->n_subs ? first->subs[0] : NULL) {
		both->subs[0]->text = first->text;
		both->n_subs = 1;
		status = any_of(a, both, &doc);
		if (status != OPCIT_OK || !doc || !opcit_str_starts(first->pinpoint, para.ptr))
			continue;
		symbol = first->text;
		label = both->subs[1]->text = opcit_str_sub(first->pinpoint, para.len, first->pinpoint.len);
		both->n_subs = 2;
		status = any_of(a, both, &place);
	}
	if (status != OPCIT_OK || (doc && (place || !label.len)) || (!doc && !memchr(symbol.ptr, '/', symbol.len)))
		return status;
	say(doc ? "opcit: '" : "opcit: the index does not hold '", symbol, doc ? "' has no '" : "', at most what cites it\n");
	if (doc)
		say("", label, "': the document itself comes first, then what cites it\n");
	return OPCIT_OK;
}

static opcit_status advise_node(struct advice *a, const struct opcit_query *query)
{
	size_t i, n = query->n_subs, n_langs = 0, left = 0;
	struct opcit_str *langs = NULL;
	opcit_status status = OPCIT_OK;

	if (query->op == OPCIT_QUERY_FIRST && !a->referred)
		status = advise_first(a, query);
	a->referred |= query->op == OPCIT_QUERY_FIRST;
	if (query->lang.len && query->op != OPCIT_QUERY_WORD && status == OPCIT_OK)
		status = opcit_index_langs(a->index, a->arena, &langs, &n_langs, a->err);
	for (i = 0; i < n_langs && !opcit_str_eq(langs[i], query->lang); i++)
		;
	a->foreign |= n_langs && i == n_langs;
	if (query->op == OPCIT_QUERY_WORD)
		return advise_word(a, query->text);
	if (query->op == OPCIT_QUERY_WILD)
		return advise_wildcard(a, query->text);
	if (query->op == OPCIT_QUERY_FIELD)
		return advise_field(a, query);
	if ((query->op == OPCIT_QUERY_CONCEPT && n > 1) || query->op == OPCIT_QUERY_MEANING)
		return OPCIT_OK; /* the thesaurus knows how it is spelt */
	if (query->op == OPCIT_QUERY_CONCEPT)
		say("opcit: the thesaurus has no other name for '", query->text, "'\n");
	for (i = 0; i < n && status == OPCIT_OK; i++) {
		if (query->op == OPCIT_QUERY_NOT && i == 1) {
			left = a->left;
			a->left = 0; /* a word that is left out need not be there */
		}
		if (query->op == OPCIT_QUERY_OR && query->subs[i]->op == OPCIT_QUERY_FIELD &&
		    is_one_of(query->subs[i]))
			continue;
		status = advise_node(a, query->subs[i]);
	}
	if (query->op == OPCIT_QUERY_NOT)
		a->left = left;
	return status;
}

opcit_status advise_query(struct opcit_index *index, const struct opcit_query *query,
			  struct opcit_arena *arena, struct opcit_err *err)
{
	struct advice advice = { index, arena, err, MOST_SUGGESTIONS, false, false };

	return advise_node(&advice, query);
}

void advise_filters(struct opcit_index *index, const struct filter_list *filters,
		    struct opcit_arena *arena)
{
	struct opcit_query *query;
	size_t i;

	for (i = 0; i < filters->n; i++)
		if (parse_field(opcit_field_of(opcit_str_of(filters->items[i].name)),
				opcit_str_of(filters->items[i].value), arena, &query, NULL) == OPCIT_OK)
			advise_query(index, query, arena, NULL);
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
