/* metadata.h: a document's symbol, title, body, type, date, session, language. */
#ifndef OPCIT_METADATA_H
#define OPCIT_METADATA_H

#include "segment.h"

/* Fill document->meta from its records. meta.id is the symbol, or a short name
 * made from the title. */
void opcit_metadata_find(struct opcit_document *document, struct opcit_arena *arena);

#endif
