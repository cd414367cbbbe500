/* highlight.h: where a query's words stand in a record, and the piece of the
 * record that shows them best. */
#ifndef OPCIT_HIGHLIGHT_H
#define OPCIT_HIGHLIGHT_H

#include "../lib/search.h"

struct highlighter;

/* Collect the words and phrases that a query looks for (not those that it
 * excludes). Borrows the query. Free with highlighter_free. */
struct highlighter *highlighter_new(const struct opcit_query *query);
void highlighter_free(struct highlighter *highlighter);

/* Byte ranges of text, sorted and without overlap; in arena. `lang` is the
 * document's language. */
void highlight(struct highlighter *highlighter, struct opcit_str text, struct opcit_str lang,
	       struct opcit_arena *arena, size_t (**ranges)[2], size_t *n);

/* The byte range of about `room` bytes of text that holds most of the ranges,
 * cut between words. */
void highlight_snippet(struct opcit_str text, const size_t (*ranges)[2], size_t n, size_t room,
		       size_t *from, size_t *to);

#endif
