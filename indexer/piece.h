/* piece.h: the segmenter's first step, from lines to pieces.
 *
 * A piece is a run of lines that may become one record: a block that blank
 * lines delimit, or the part of one that begins at a bullet, at a number that
 * goes on with the count, or at a note. Its role is not decided here.
 */
#ifndef OPCIT_PIECE_H
#define OPCIT_PIECE_H

#include "block.h"

/* How a printed number looks. */
enum opcit_numbering {
	OPCIT_NUM_NONE,
	OPCIT_NUM_ARABIC,       /* 12. */
	OPCIT_NUM_DECIMAL,      /* 12.3 or 12.3. */
	OPCIT_NUM_ROMAN,        /* IV. (or IV alone on its line) */
	OPCIT_NUM_LETTER,       /* B. (or B alone on its line) */
	OPCIT_NUM_PAREN_ARABIC, /* (1) or 1) */
	OPCIT_NUM_PAREN_LETTER, /* (a) or a) */
	OPCIT_NUM_PAREN_ROMAN,  /* (ii) or ii) */
	OPCIT_NUM_NAMED,        /* Annex I, Appendix II, Article 5 */
	OPCIT_NUM_NOTE,         /* a footnote's own marker */
	OPCIT_NUM_LOST          /* a number of which only the stop is left */
};

struct opcit_number {
	enum opcit_numbering style;
	unsigned value;           /* of the last part; 0 where it has none */
	struct opcit_str printed; /* "12.", "(h)", "Annex I" */
	struct opcit_str label;   /* "12", "(h)", "12.3"; the marker of a note */
};

struct opcit_piece {
	struct opcit_number number;
	struct opcit_str whole;   /* lines joined; without bullet, with the number */
	struct opcit_str text;    /* the slice of whole after the number */
	struct opcit_str bullet;  /* as printed; empty when none */
	struct opcit_str *notes;  /* markers that stand in it, in order; of a note with
	                           * certain_note the first is its own */
	size_t n_notes;
	uint32_t page;
	uint8_t confidence;       /* the least of its lines' */
	uint32_t words;           /* number of words of text, counted up to 40 */
	uint8_t heading_level;
	uint8_t lines;            /* how many, at most 255 */
	bool strong, emphatic;
	bool starts_block;
	bool number_alone;        /* the number stood on a line of its own */
	bool table_row;           /* a row of a table */
	bool quoted;              /* set off as a quotation */
	bool letterhead;          /* all of it title, whatever it looks like */
	bool toc;                 /* a line of the table of contents */
	bool certain_note;        /* its note marker was raised, not a plain figure */
	bool lost_anchor;         /* it opened with what is left of a note anchor */
};

struct opcit_pieces {
	struct opcit_piece *items; /* in the arena */
	size_t count;
	bool wrapped;              /* paragraphs are wrapped into short lines */
	unsigned lost_anchors;     /* how many were found; they are counted on from 1 */
};

/* Cut the blocks into pieces. Drops line-end hyphens and lost anchors into
 * blocks->drops. */
void opcit_pieces_cut(struct opcit_blocks *blocks, struct opcit_arena *arena,
                      struct opcit_pieces *pieces);

/* Read a number at the start of a text; NONE when there is none. `alone` is
 * set when nothing follows it. */
struct opcit_number opcit_number_of(struct opcit_str text, bool *alone);

/* Whether the text ends a sentence or clause: in . ; : ! ? or, where
 * comma_stops, a comma; closing quotation marks and brackets aside. */
bool opcit_ends_with_stop(struct opcit_str text, bool comma_stops);

/* Whether the first letter of the text is a lower-case one. */
bool opcit_starts_lower(struct opcit_str text);

/* "Contents", "Table des matières", "Índice": what stands above a table of contents. */
bool opcit_is_toc_title(struct opcit_str text);

/* The enacting formula: "The General Assembly,", "La Asamblea General,". Not
 * strict, a short one may have lost its comma. */
bool opcit_is_formula(struct opcit_str text, bool strict);

#endif
