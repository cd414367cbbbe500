/* expand.h: a question's words, and what else is called so. */
#ifndef OPCIT_EXPAND_H
#define OPCIT_EXPAND_H

#include "../lib/search.h"
#include "knowledge.h"

enum expand_by {
	EXPAND_NOTHING,   /* only terms with "~" */
	EXPAND_BY_NAMES,  /* and loose words that name a concept */
	EXPAND_BY_MEANING /* and what they are about together: for the best, not for all */
};

/* Put a concept (OPCIT_QUERY_CONCEPT) in the place of loose words that the
 * thesaurus knows, with its other names in the languages of the index, and beside
 * them what they mean together (OPCIT_QUERY_MEANING). What must stand in a record
 * (AND, phrases, fields), and what NOT leaves out, stays as typed, but terms with "~" get their names wherever
 * they stand. Such a term that the thesaurus has not is left with one sub. *query
 * may be NULL. OPCIT_IO or OPCIT_LIMIT when a file of the thesaurus cannot be read. */
opcit_status expand_query(struct opcit_index *index, enum expand_by by, struct knowledge *known, struct opcit_arena *arena,
			  struct opcit_query **query, struct opcit_err *err);

/* Add nodes to the loose words of a query: alone, beside what must be there, or
 * among filters. Where all must be there nothing is added. */
void expand_append(struct opcit_query **query, struct opcit_query *const *more, size_t n,
		   struct opcit_arena *arena);

/* Append the first of the names that were added, ", " between, or nothing. */
void expand_names(const struct opcit_query *query, struct opcit_buf *out);

#endif
