/* place.h: from a pinpoint to the records of a file, and from a note to the
 * paragraph that carries its marker. */
#ifndef OPCIT_PLACE_H
#define OPCIT_PLACE_H

#include "../lib/search.h"

enum { PLACE_MOST = 200 }; /* records that one pinpoint may give */

struct place {
	uint32_t *seqs; /* in order; in arena */
	size_t n;
	bool exact; /* false where only what stands above it was found: 37 for 37(b) */
};

/* The records of the file that a pinpoint ("para:67(h)", "art:3-5") names.
 * None is OPCIT_OK with n 0. */
opcit_status place_find(struct opcit_index *index, const struct opcit_entry *entry,
			struct opcit_str pinpoint, struct opcit_arena *arena, struct place *place,
			struct opcit_err *err);

/* The records of one file, kept as they are looked at. */
struct place_file {
	struct opcit_index *index;
	struct opcit_arena arena;
	uint32_t number; /* of the file + 1; 0 for none */
	struct opcit_record *records;
};
void place_file_release(struct place_file *file);

/* The seq of the record in which the marker of a note stands: the nearest
 * before it, else after it; 0 when there is none. */
uint32_t place_of_marker(struct place_file *file, const struct opcit_entry *entry,
			 const struct opcit_record *note);

/* Mark the records of a place in `wanted` (by seq, one more than the file has
 * records), and with each the lettered items below it and its notes. */
opcit_status place_mark(struct place_file *file, const struct opcit_entry *entry,
			const struct place *place, bool *wanted, struct opcit_err *err);

/* Append where a citation stands: "A/65/156, para. 55, footnote 8". For a note
 * *carrier (may be NULL) gets the record of its marker, borrowed until the
 * next call with another file; else NULL. */
void place_write(struct place_file *file, const struct opcit_entry *entry,
		 const struct opcit_record *record, const struct opcit_record **carrier,
		 struct opcit_buf *out);

#endif
