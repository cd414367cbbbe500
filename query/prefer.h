/* prefer.h: a country, a body or a year in a question. */
#ifndef OPCIT_PREFER_H
#define OPCIT_PREFER_H

#include "../lib/search.h"
#include "knowledge.h"

/* For each country, body that issues documents, and year that stands among a
 * question's loose words, let what carries it count, too ("detention in Libya":
 * records whose headings or title name Libya; "Security Council sanctions 1993":
 * that body's, that year's); the number of a resolution that is named is no
 * year. A preference, not a filter. Such a node is an OPCIT_QUERY_CONCEPT of the
 * name as typed and an OPCIT_QUERY_FIELD. *query may
 * be NULL. OPCIT_IO when the table of countries cannot be read; it is needed (2
 * ms the first time) only where a word has a capital. */
opcit_status prefer_expand(struct opcit_index *index, struct opcit_str text, struct knowledge *known,
			   struct opcit_arena *arena, struct opcit_query **query, struct opcit_err *err);

#endif
