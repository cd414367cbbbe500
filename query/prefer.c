#include "prefer.h"

#include "../lib/country.h"
#include "../lib/text.h"
#include "expand.h"
#include "parse.h"

#include <string.h>

enum {
	LONGEST = 400, /* bytes: a longer question is a text */
	MOST = 8       /* preferences of one question */
};

struct preferences {
	struct opcit_query *nodes[MOST];
	size_t n;
	struct opcit_arena *arena;
};

/* Prefer what carries the field; `name` is what was typed or is shown. */
static void prefer(struct preferences *all, struct opcit_str name, enum opcit_field field, struct opcit_str value)
{
	struct opcit_query *node, *word, *filter;

	if (all->n == MOST)
		return;
	node = parse_node(all->arena, OPCIT_QUERY_CONCEPT, 2);
	word = parse_node(all->arena, OPCIT_QUERY_WORD, 0);
	filter = parse_node(all->arena, OPCIT_QUERY_FIELD, 0);
	node->text = word->text = opcit_arena_dup(all->arena, name);
	filter->field = field;
	filter->text = opcit_arena_dup(all->arena, value);
	node->subs[0] = word;
	node->subs[1] = filter;
	node->n_subs = 2;
	all->nodes[all->n++] = node;
}

/* Is it a part of what a document is called that the question names? The number of a resolution is no year. */
static bool is_called(const struct opcit_query *query, struct opcit_str number)
{
	size_t i;

	for (; query && query->op == OPCIT_QUERY_FIRST; query = query->n_subs ? query->subs[0] : NULL)
		for (i = 0; i + number.len <= query->text.len; i++)
			if (memcmp(query->text.ptr + i, number.ptr, number.len) == 0)
				return true;
	return false;
}

static void prefer_years(struct preferences *all, struct opcit_str text, const struct opcit_query *query)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token))
		if (!token.part && opcit_str_is_year(token.word) && !is_called(query, token.word))
			prefer(all, token.word, OPCIT_FIELD_YEAR, token.word);
}

static bool has_capital(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++) /* other scripts and accents: ask the table */
		if ((text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') || (unsigned char)text.ptr[i] >= 0xc3)
			return true;
	return false;
}

/* "US sanctions", "the U.S. report": the abbreviation is no name in texts, where it stands before dollars, and "us" is
 * a small word. */
static bool names_us(struct opcit_str text)
{
	static const char *const forms[] = { "US", "U.S.", "U.S" };
	size_t at = 0, end, i;

	for (; at < text.len; at = end + 1) {
		struct opcit_str word;

		for (end = at; end < text.len && !opcit_is_blank(text.ptr[end]); end++)
			;
		word = opcit_str_sub(text, at, end);
		for (i = 0; i < sizeof forms / sizeof *forms; i++)
			if (opcit_str_is(word, forms[i]) && (at > 0 || end < text.len))
				return true;
	}
	return false;
}

static opcit_status prefer_countries(struct preferences *all, struct opcit_str text, struct knowledge *known,
				     struct opcit_err *err)
{
	struct opcit_country_set set = OPCIT_COUNTRY_SET_INIT;
	const struct opcit_country *country;
	opcit_status status;
	size_t at = 0;

	if (!has_capital(text))
		return OPCIT_OK;
	status = knowledge_countries(known, err);
	if (status != OPCIT_OK)
		return status;
	opcit_country_find_typed(known->countries, text, &set);
	while ((country = opcit_country_next(known->countries, &set, &at)))
		prefer(all, country->name, OPCIT_FIELD_COUNTRY, country->code);
	country = names_us(text) ? opcit_country_of(known->countries, OPCIT_STR("US")) : NULL;
	if (country)
		prefer(all, country->name, OPCIT_FIELD_COUNTRY, country->code);
	return OPCIT_OK;
}

static opcit_status prefer_bodies(struct preferences *all, struct opcit_index *index, struct opcit_str text,
				  struct opcit_err *err)
{
	struct opcit_str *bodies;
	size_t n, i;
	opcit_status status = opcit_index_bodies(index, text, all->arena, &bodies, &n, err);

	for (i = 0; status == OPCIT_OK && i < n; i++)
		prefer(all, bodies[i], OPCIT_FIELD_BODY, bodies[i]);
	return status;
}

opcit_status prefer_expand(struct opcit_index *index, struct opcit_str text, struct knowledge *known,
			   struct opcit_arena *arena, struct opcit_query **query, struct opcit_err *err)
{
	struct preferences all = { .arena = arena };
	opcit_status status;

	if (!*query || !text.len || text.len > LONGEST)
		return OPCIT_OK;
	prefer_years(&all, text, *query);
	status = prefer_countries(&all, text, known, err);
	if (status == OPCIT_OK)
		status = prefer_bodies(&all, index, text, err);
	if (status == OPCIT_OK && all.n)
		expand_append(query, all.nodes, all.n, arena);
	return status;
}
