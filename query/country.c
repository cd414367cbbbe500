#include "country.h"

#include "../lib/tables.h"

#include <stdlib.h>

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

static opcit_status resolve(const struct opcit_countries *countries, struct opcit_arena *arena,
			    struct opcit_query *query, struct opcit_err *err)
{
	const struct opcit_country *country;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < query->n_subs && status == OPCIT_OK; i++)
		status = resolve(countries, arena, query->subs[i], err);
	if (query->op != OPCIT_QUERY_FIELD || query->field != OPCIT_FIELD_COUNTRY)
		return status;
	country = opcit_country_of(countries, query->text);
	if (!country) {
		opcit_err_set(err, OPCIT_USAGE, "there is no country '%.80s'",
			      opcit_arena_dup(arena, query->text).ptr);
		opcit_err_hint(err, "write its name in English, French or Spanish, or its code of ISO 3166: "
				    "Kenya, Kenia, KE");
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
