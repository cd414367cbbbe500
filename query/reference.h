/* reference.h: what a person types to name something that may be cited, and
 * what that means: "GA res 64/166 op 8", "CRC art 37(b)", "a/hrc/13/5 105.13".
 */
#ifndef OPCIT_REFERENCE_H
#define OPCIT_REFERENCE_H

#include "../lib/search.h"

struct opcit_registry;
struct opcit_instrument;

/* One thing that a reference may mean. */
struct reading {
	struct opcit_str target; /* canonical identifier */
	struct opcit_str *pinpoints;
	size_t n_pinpoints;
	struct opcit_str form;
	const struct opcit_instrument *instrument; /* the table's row, or NULL */
	struct opcit_str *names; /* the target and its parallel identifiers, that first */
	size_t n_names;
	struct opcit_entry *entries; /* the files of the index that hold it */
	size_t n_entries;        /* in English, or its own language; then follow */
	size_t n_versions;       /* those in other languages, counted together */
	struct opcit_str url; /* public address, or empty */
};

/* One reference of a text: its readings, the likeliest first. */
struct reference {
	struct opcit_str raw;
	struct reading *readings;
	size_t n_readings;
	bool certain;            /* the first reading is what is meant */
	struct opcit_str unread; /* numbers after it that were not understood; or empty */
};

/* What is needed to understand references. `index` may be NULL: then nothing
 * is held. */
struct reference_reader {
	struct opcit_index *index;
	struct opcit_registry *registry; /* owned */
	struct opcit_arena *arena;
};

/* Load the registry's tables. Faults in the user's own tables are reported on
 * stderr when `report`. The caller releases the reader. */
opcit_status reference_reader_init(struct reference_reader *reader, struct opcit_index *index,
				   struct opcit_arena *arena, bool report, struct opcit_err *err);
void reference_reader_release(struct reference_reader *reader);

/* Everything that `typed` refers to, in order; *n is 0 when nothing was
 * understood. The name of an indexed document counts as a reference too.
 * OPCIT_USAGE when typed is empty or too long. */
opcit_status reference_read(struct reference_reader *reader, struct opcit_str typed,
			    struct reference **references, size_t *n, struct opcit_err *err);

/* The only reference in `typed`. OPCIT_NOT_FOUND with a hint when nothing was
 * understood; OPCIT_USAGE when there are several, or one of which it is not
 * certain what it means and that the index does not settle. */
opcit_status reference_read_one(struct reference_reader *reader, struct opcit_str typed,
				struct reference *reference, struct opcit_err *err);

/* Find what `text` names in the index: as ref_find, and where that knows
 * nothing of the name, as a reference in words ("GA res 64/166 op 8"). */
struct ref;
opcit_status reference_find(struct opcit_index *index, struct opcit_str text,
			    struct opcit_arena *arena, struct ref *ref, struct opcit_err *err);

/* What an identifier means by itself. */
opcit_status reference_target(struct reference_reader *reader, struct opcit_str target,
			      struct reading *reading, struct opcit_err *err);

/* The full name of the instrument that it is, or empty. */
struct opcit_str reference_name(const struct reading *reading);

/* Append a target and pinpoints as they are written: "A/65/156, paras. 3 and
 * 5 (a)", "CRC, art. 37 (b)". */
void reference_write(struct opcit_str target, const struct opcit_str *pinpoints, size_t n,
		     struct opcit_buf *out);

/* The public address of an identifier, or empty; in arena. */
struct opcit_str reference_url(const struct opcit_registry *registry, struct opcit_str target,
			       struct opcit_arena *arena);

/* Join arguments from 1 to n with blanks into the arena. */
struct opcit_str reference_join(int n, char **argv, struct opcit_arena *arena);

/* A title without the number that is printed before it: "92/117. Ending …". */
struct opcit_str reference_title(struct opcit_str title);

#endif
