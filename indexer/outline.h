/* outline.h: the headings that a record stands under. */
#ifndef OPCIT_OUTLINE_H
#define OPCIT_OUTLINE_H

#include "piece.h"

enum opcit_heading {
	OPCIT_HEAD_FORMULA,  /* "The General Assembly," */
	OPCIT_HEAD_LEADIN,   /* "HAVING SEEN:", below the formula */
	OPCIT_HEAD_ENACTING, /* "RESOLVES:", "Declares that:": replaces the formula */
	OPCIT_HEAD_ANNEX,    /* an annex or its title: outermost */
	OPCIT_HEAD_NUMBERED, /* "IV. …", "A. …", "Article 5" */
	OPCIT_HEAD_MARKED,   /* a level from the format, no number */
	OPCIT_HEAD_PLAIN     /* neither */
};

struct opcit_outline_entry {
	enum opcit_heading type;
	struct opcit_str text;
	struct opcit_number number;
	unsigned level;   /* from the format; 0 when unmarked */
	bool has_content; /* a record that is no heading stands under it */
};

enum { OPCIT_OUTLINE_DEPTH = 24 };

struct opcit_outline {
	struct opcit_outline_entry entries[OPCIT_OUTLINE_DEPTH];
	size_t depth;
	struct opcit_str *path; /* the current path in the arena, NULL when it changed */
	struct opcit_arena *arena;
};

/* Make room for a heading: take off what does not stand above it. */
void opcit_outline_place(struct opcit_outline *outline, const struct opcit_outline_entry *heading);

/* Put the heading on, after its own record has been made. */
void opcit_outline_push(struct opcit_outline *outline, const struct opcit_outline_entry *heading);

/* The headings above the next record, outermost first; shared between records
 * until a heading changes. */
struct opcit_str *opcit_outline_path(struct opcit_outline *outline, size_t *n);

/* A record that is no heading was made. */
void opcit_outline_content(struct opcit_outline *outline);

/* Take off what stands below the first `depth` headings. */
void opcit_outline_cut(struct opcit_outline *outline, size_t depth);

/* Take off everything, or the topmost lead-in only. */
void opcit_outline_clear(struct opcit_outline *outline);
void opcit_outline_end_leadin(struct opcit_outline *outline);

/* Whether the formula on top opens a part of its own: "B", "The Council,". */
bool opcit_outline_is_in_part(const struct opcit_outline *outline);

const struct opcit_outline_entry *opcit_outline_top(const struct opcit_outline *outline);

#endif
