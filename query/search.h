/* search.h: what `opcit search` understands, for other commands that take its
 * queries. */
#ifndef OPCIT_QUERY_SEARCH_H
#define OPCIT_QUERY_SEARCH_H

#include "../lib/search.h"
#include "knowledge.h"
#include "options.h"

/* Understand a query and filters as `opcit search` does; *query is in arena and
 * borrows from known. Returns 0, or the exit code of a failure, which has been reported. */
int search_understand(struct opcit_index *index, struct opcit_str text,
		      const struct filter_list *filters, bool literal, struct knowledge *known,
		      struct opcit_arena *arena, struct opcit_query **query);

#endif
