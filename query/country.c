#include "country.h"

#include "../lib/tables.h"
#include "parse.h"

#include <stdlib.h>
#include <string.h>

static bool has_country(const struct opcit_query *query)
{
	size_t i;

	if (query->op == OPCIT_QUERY_FIELD && query->field == OPCIT_FIELD_COUNTRY)
		return true;
	for (i = 0; i < query->n_subs; i++)
		if (has_country(query->subs[i]))
			return true;
	return false;
}

opcit_status country_load(struct opcit_countries **countries, struct opcit_err *err)
{
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	opcit_status status = opcit_tables_find(&tables, getenv, err);

	if (status == OPCIT_OK)
		status = opcit_tables_countries(&tables, NULL, NULL, countries, err);
	opcit_tables_release(&tables);
	return status;
}

/* "France,Kenya": a node for each. */
static void split(struct opcit_query *query, struct opcit_arena *arena)
{
	struct opcit_str rest = query->text;
	size_t n = 1, i;

	for (i = 0; i < rest.len; i++)
		n += rest.ptr[i] == ',';
	query->op = OPCIT_QUERY_OR;
	query->subs = parse_node(arena, OPCIT_QUERY_OR, n)->subs;
	for (query->n_subs = 0; query->n_subs < n; rest = opcit_str_sub(rest, i + 1, rest.len)) {
		struct opcit_query *one = parse_node(arena, OPCIT_QUERY_FIELD, 0);

		for (i = 0; i < rest.len && rest.ptr[i] != ','; i++)
			;
		one->field = OPCIT_FIELD_COUNTRY;
		one->text = opcit_str_trim(opcit_str_sub(rest, 0, i));
		query->subs[query->n_subs++] = one;
	}
}

static opcit_status resolve(const struct opcit_countries *countries, struct opcit_arena *arena,
			    struct opcit_query *query, struct opcit_err *err)
{
	const struct opcit_country *country = NULL;
	opcit_status status = OPCIT_OK;
	size_t i;

	if (query->op == OPCIT_QUERY_FIELD && query->field == OPCIT_FIELD_COUNTRY) {
		country = opcit_country_of(countries, query->text);
		if (!country && memchr(query->text.ptr, ',', query->text.len))
			split(query, arena);
	}
	for (i = 0; i < query->n_subs && status == OPCIT_OK; i++)
		status = resolve(countries, arena, query->subs[i], err);
	if (query->op != OPCIT_QUERY_FIELD || query->field != OPCIT_FIELD_COUNTRY)
		return status;
	if (!country) {
		opcit_err_set(err, OPCIT_USAGE, "there is no country '%.80s'",
			      opcit_arena_dup(arena, query->text).ptr);
		opcit_err_hint(err, "write its name in English, French or Spanish, or its code of ISO 3166: "
				    "Kenya, Kenia, KE; one of several words in quotation marks: country:\"Ivory Coast\"");
		return OPCIT_USAGE;
	}
	query->text = opcit_arena_dup(arena, country->code);
	return OPCIT_OK;
}

opcit_status country_resolve(struct knowledge *known, struct opcit_arena *arena, struct opcit_query *query,
			     struct opcit_err *err)
{
	opcit_status status;

	if (!query || !has_country(query))
		return OPCIT_OK;
	status = knowledge_countries(known, err);
	return status == OPCIT_OK ? resolve(known->countries, arena, query, err) : status;
}
