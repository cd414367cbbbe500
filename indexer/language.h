/* language.h: the language of a document and of each of its records. */
#ifndef OPCIT_LANGUAGE_H
#define OPCIT_LANGUAGE_H

#include "segment.h"

/* Fill document->meta.lang and the lang of the records that are certainly in
 * another. `stated` is what the source or a manifest says the document is in,
 * as it says it ("fra", "en-GB"); what is empty or no language leaves it to
 * the text. Linear; may be called again with a better statement. */
void opcit_languages_find(struct opcit_document *document, struct opcit_str stated,
                          struct opcit_arena *arena);

#endif
