/* align.h: where in a source the text of its records stands.
 *
 * A record's text is the source's with marks, markers, line ends and page
 * furniture left out. So its letters and digits come in the same order, and
 * following them from record to record finds each again.
 */
#ifndef OPCIT_ALIGN_H
#define OPCIT_ALIGN_H

#include "../lib/manuscript.h"

/* A source being followed. Zero-initialise by opcit_align_begin; release. */
struct opcit_align {
	char *letters;   /* the source's letters and digits; heap */
	size_t *offsets; /* where each stands in the source; heap */
	size_t n;
	size_t at;       /* where the last record ended */
	size_t aside;    /* where the last ended that stood elsewhere: among the notes */
	size_t budget;   /* letters that may still be looked at out of turn */
};

void opcit_align_begin(struct opcit_align *align, struct opcit_str source);
void opcit_align_release(struct opcit_align *align);

/* Find the next record's text, near where the one before ended, else anywhere
 * (notes may stand elsewhere); n is 0 when it is not found. The stretches are
 * the arena's. Linear in the text; searches anywhere are bounded for
 * all records together. */
void opcit_align_next(struct opcit_align *align, struct opcit_str text, struct opcit_arena *arena,
		      struct opcit_stretches *stretches);

/* Where in the source the letters of `text` stand, at or next to byte `near`:
 * bytes [*from, *to), with as much around them as the text has that is no letter; *to may
 * be beyond the source's end. False where they do not, not far from it. */
bool opcit_align_find(const struct opcit_align *align, struct opcit_str text, size_t near, size_t *from,
		      size_t *to);

#endif
