/* advise.h: what a person should know about how a query was answered: words
 * that may be misspelt, filters that no record passes, wildcards that were cut,
 * terms no thesaurus has. */
#ifndef OPCIT_ADVISE_H
#define OPCIT_ADVISE_H

#include "../lib/search.h"
#include "options.h"

/* Say it on stderr, a line each. */
opcit_status advise_query(struct opcit_index *index, const struct opcit_query *query,
			  struct opcit_arena *arena, struct opcit_err *err);
/* The same of filters that were given as options, where nothing was found. */
void advise_filters(struct opcit_index *index, const struct filter_list *filters,
		    struct opcit_arena *arena);
/* What the wildcards of a query stand for, as lines for --explain. */
opcit_status advise_wildcards(struct opcit_index *index, const struct opcit_query *query,
			      struct opcit_buf *out, struct opcit_err *err);

#endif
