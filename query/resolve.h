/* resolve.h: the references in a query, understood as `opcit cite` understands
 * them: cites:"CRC art 37", a resolution by its number, a symbol with a place. */
#ifndef OPCIT_RESOLVE_H
#define OPCIT_RESOLVE_H

#include "../lib/search.h"

/* Put what is meant in the place of what was typed: cites fields become the
 * identifiers of the text and the pinpoints under which it is cited; a
 * document that the query names comes first, by all its identifiers, and the
 * place in it before it. `text` is the query as typed; *query may be NULL.
 * The tables are loaded only where something may be a reference. */
opcit_status resolve_references(struct opcit_index *index, struct opcit_str text,
				struct opcit_arena *arena, struct opcit_query **query,
				struct opcit_err *err);

#endif
