/* alike.h: records that share the rare words of a text. */
#ifndef OPCIT_ALIKE_H
#define OPCIT_ALIKE_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* At most `limit` records whose texts share words with `text`, of a document
 * in `lang`, those with the most and rarest first: candidates for a comparison
 * word by word (wdiff.h). The record that text is of is among them. `filter`
 * (may be NULL) is a query that they must match. A text all of whose words are
 * too common gives none. Looks at the lists of the text's 24 rarest words, not
 * at all records. */
opcit_status opcit_index_alike(struct opcit_index *index, struct opcit_str text,
			       struct opcit_str lang, const struct opcit_query *filter,
			       size_t limit, struct opcit_arena *arena,
			       struct opcit_results *results, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
