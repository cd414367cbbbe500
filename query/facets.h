/* facets.h: `opcit search --facets`: counts over all records that match. */
#ifndef OPCIT_QUERY_FACETS_H
#define OPCIT_QUERY_FACETS_H

#include "../lib/facets.h"

enum { FACETS_MOST = 8 };

struct facets {
	struct opcit_facet items[FACETS_MOST];
	const char *names[FACETS_MOST]; /* static */
	size_t n, records;
};

/* Read "body,country". OPCIT_USAGE for what is no facet, or none at all. */
opcit_status facets_read(const char *list, struct facets *facets, struct opcit_err *err);

/* Count. What is only known by tables (names of countries and instruments) is
 * loaded here. */
opcit_status facets_count(struct facets *facets, struct opcit_index *index,
			  const struct opcit_query *query, struct opcit_arena *arena,
			  struct opcit_err *err);

/* Print for a person, at most ten values of each; or all as one JSON object. */
void facets_print(const struct facets *facets, bool json);

#endif
