/* conserve.h: proof that no character of a document was lost.
 *
 * Every non-blank code point of the decoded source must stand exactly once in
 * a record's text, in what was printed as its number, in its notes, or among
 * the dropped marks. Order is not checked, only how often each occurs. White
 * space and U+FEFF do not count; superscript digits count as plain ones.
 */
#ifndef OPCIT_CONSERVE_H
#define OPCIT_CONSERVE_H

#include "block.h"
#include "segment.h"

/* One code point that occurs `source` times in the source and `kept` times in
 * the records and drops together, where the two differ. */
struct opcit_imbalance {
	uint32_t code_point;
	size_t source, kept;
};

struct opcit_conserved {
	size_t characters;             /* non-blank code points of the source */
	size_t lost;                   /* how many of them stand nowhere */
	size_t added;                  /* how many stand somewhere but not in the source */
	struct opcit_imbalance *items; /* in the order of code points; in the arena */
	size_t n_items;
};

/* Compare a document with its source. Linear in the source; needs 9 MB while
 * it runs. */
void opcit_conserve(const struct opcit_blocks *blocks, const struct opcit_document *document,
		    struct opcit_arena *arena, struct opcit_conserved *conserved);

#endif
