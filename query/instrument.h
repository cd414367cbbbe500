/* instrument.h: a treaty or declaration that a question names. */
#ifndef OPCIT_INSTRUMENT_H
#define OPCIT_INSTRUMENT_H

#include "../lib/search.h"
#include "knowledge.h"

/* For each instrument whose name stands in a question of loose words ("juvenile
 * justice under the Convention on the Rights of the Child"), let what cites
 * it count, too: records in any language and by any of its names. Such a
 * node is an OPCIT_QUERY_CONCEPT of the name as typed and OPCIT_FIELD_CITES. What is in
 * quotation marks or a field, and what must stand in a record, stays as typed;
 * a question that is nothing but a name is for resolve_references. *query may
 * be NULL. OPCIT_IO when the tables cannot be read. They are needed (4 ms
 * the first time) only where a word looks like part of such a name. */
opcit_status instrument_expand(struct opcit_index *index, struct opcit_str text, struct knowledge *known,
			       struct opcit_arena *arena, struct opcit_query **query, struct opcit_err *err);

#endif
