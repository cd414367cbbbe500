/* versions.h: files with one identifier in several languages are one document.
 * Two files with one identifier in the same language, or of which one's is not
 * known, are two documents that claim one name.
 */
#ifndef OPCIT_VERSIONS_H
#define OPCIT_VERSIONS_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sort files so that of each document those in `lang` (ISO 639-1; may be empty)
 * come first, or else those in English, or else those in the language of its
 * first file; and then the versions in other languages. The order is kept
 * otherwise. Returns how many come first; entries[] behind them are the
 * others. n log n in the number of files. */
size_t opcit_versions_choose(struct opcit_entry *entries, size_t n, struct opcit_str lang);

/* The files in which the entry's document stands in other languages, one or
 * more for each. None is OPCIT_OK with *n 0. As opcit_index_find otherwise. */
opcit_status opcit_versions_others(struct opcit_index *index, const struct opcit_entry *entry,
				   struct opcit_arena *arena, struct opcit_entry **others, size_t *n,
				   struct opcit_err *err);

/* Is the entry the one that opcit_versions_choose puts first, or a copy of it?
 * True when that cannot be found out. */
bool opcit_versions_is_first(struct opcit_index *index, const struct opcit_entry *entry, struct opcit_str lang);

/* Append the languages of files, each once, in order: "en, fr". */
void opcit_versions_langs(const struct opcit_entry *entries, size_t n, struct opcit_buf *out);

#ifdef __cplusplus
}
#endif
#endif
