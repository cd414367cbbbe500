/* complete.h: the names of documents that begin in one way. */
#ifndef OPCIT_COMPLETE_H
#define OPCIT_COMPLETE_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One document that a beginning may become. */
struct opcit_completion {
	struct opcit_entry entry; /* the file that is shown of it */
	bool by_title;            /* its title begins so, not its identifier */
};

/* The documents whose identifier, symbol or title begins with `prefix`, whatever
 * the case, accents and spaces, each once, by that name in alphabetical order:
 * at most `limit`; *more (may be NULL) says whether there are others. Names over
 * 240 bytes are left out. Looks only at what begins so: some 50 microseconds for
 * each. */
opcit_status opcit_index_complete(struct opcit_index *index, struct opcit_str prefix, size_t limit,
				  struct opcit_arena *arena, struct opcit_completion **list, size_t *n,
				  bool *more, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
