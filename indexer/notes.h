/* notes.h: footnotes and their markers where the format does not tell them.
 *
 * OCR and conversion leave the raised figures of note markers as plain ones
 * ("of 30 May 1992 54"); which figures are markers is told by the notes that
 * answer them and by the place where they stand.
 */
#ifndef OPCIT_NOTES_H
#define OPCIT_NOTES_H

#include "piece.h"
#include "segment.h"

/* What is known of a document's notes before its pieces are walked. */
struct opcit_note_set {
	bool plain[1000];  /* a plain figure that stands where a marker would */
	bool raised[1000]; /* a raised marker */
	bool answered[1000]; /* the number of a note */
	bool star;         /* an asterisk marks something */
	bool any_raised;
	unsigned highest;  /* marker, raised or lost */
};

void opcit_notes_survey(const struct opcit_pieces *pieces, struct opcit_note_set *set);

/* Whether a marker for note N was seen. */
bool opcit_note_set_has(const struct opcit_note_set *set, unsigned number);
bool opcit_note_set_has_star(const struct opcit_note_set *set);
/* Whether a raised marker N was seen, but no note N that shows itself as one. */
bool opcit_note_set_is_open(const struct opcit_note_set *set, unsigned number);

/* The first piece of the notes gathered at the end of the document, the number
 * of pieces when there are none. *gathered: no note stands before them. */
size_t opcit_notes_tail(const struct opcit_pieces *pieces, const struct opcit_note_set *set,
                        bool *gathered);

/* Take the plain markers out of the records' texts and put them into their
 * notes; the slash of the older style ("1/") goes into drops. Does nothing in a
 * document whose markers are raised. */
void opcit_notes_lift(struct opcit_document *document, const struct opcit_note_set *set,
                      struct opcit_drops *drops, struct opcit_arena *arena);

#endif
