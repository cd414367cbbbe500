/* ref.h: what a person types to name a place: "A/65/156 para 67(h)",
 * "a/65/156, paras. 27-29 and 31", "A/65/156 footnote 4". */
#ifndef OPCIT_REF_H
#define OPCIT_REF_H

#include "../lib/search.h"

/* One place or range of places, as labels of records; from equals to for a
 * single one. `seq` is set instead of labels for "#12", a record by its order. */
struct ref_range {
	struct opcit_str from, to;
	uint32_t seq;
};

struct ref {
	struct opcit_entry *entries; /* the files of the document; several may claim one symbol */
	size_t n_entries;
	struct ref_range *ranges; /* none for the whole document */
	size_t n_ranges;
};

enum { REF_LONGEST = 1000, REF_MOST_RANGES = 200 };

/* Find what text names. The document is the longest beginning of text that
 * the index knows; the rest is a pinpoint. OPCIT_NOT_FOUND when there is no
 * such document, OPCIT_USAGE when the pinpoint cannot be read. */
opcit_status ref_find(struct opcit_index *index, struct opcit_str text, struct opcit_arena *arena,
		      struct ref *ref, struct opcit_err *err);

/* Read a pinpoint alone: "paras. 67 (h), (i) and 70-72", "fn 4", "pp3".
 * OPCIT_USAGE with the place when it cannot be read. */
opcit_status ref_pinpoint(struct opcit_str text, struct opcit_arena *arena, struct ref *ref,
			  struct opcit_err *err);

#endif
