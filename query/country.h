/* country.h: the countries in a query: country:kenya, --country Kenya. */
#ifndef OPCIT_QUERY_COUNTRY_H
#define OPCIT_QUERY_COUNTRY_H

#include "../lib/search.h"
#include "../lib/country.h"
#include "knowledge.h"

/* Put its code in the place of each country that a filter names, by a code or
 * a name in English, French or Spanish. OPCIT_USAGE for what is no country.
 * The table is loaded only where there is such a filter. */
opcit_status country_resolve(struct knowledge *known, struct opcit_arena *arena, struct opcit_query *query,
			     struct opcit_err *err);

/* Load the program's table of countries; the caller frees it. */
opcit_status country_load(struct opcit_countries **countries, struct opcit_err *err);

#endif
