/* metadata.h: a document's symbol, title, body, type, date, session. */
#ifndef OPCIT_METADATA_H
#define OPCIT_METADATA_H

#include "segment.h"

/* Fill document->meta from its records. meta.id is the symbol, or a short name
 * made from the title. */
void opcit_metadata_find(struct opcit_document *document, struct opcit_arena *arena);

/* Whether a masthead line names a resolution or decision by its number:
 * "Resolution 534 (1983)", "59 (1948). Resolution of 19 October 1948". */
bool opcit_is_act_title(struct opcit_str line);

#endif
