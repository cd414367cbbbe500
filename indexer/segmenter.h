/* segmenter.h: what the parts of the segmenter (segment*.c) share. The way in
 * is segment.h. */
#ifndef OPCIT_SEGMENTER_H
#define OPCIT_SEGMENTER_H

#include "notes.h"
#include "outline.h"
#include "piece.h"
#include "segment.h"

/* Which part of a resolution or declaration a clause belongs to. */
enum opcit_part {
	PART_BODY,      /* a report, or before the enacting formula */
	PART_PREAMBLE,
	PART_OPERATIVE,
	PART_ANNEX,     /* an annexed programme or declaration, guidelines after the operative part */
	PART_CLOSED     /* after "Adopted at the 4683rd meeting" */
};

#define NONE SIZE_MAX

struct segmenter {
	struct opcit_blocks *blocks;
	struct opcit_arena *arena;
	struct opcit_pieces pieces;
	struct opcit_document *out;
	size_t cap;
	struct opcit_outline outline;

	/* Found before the walk. */
	size_t body;         /* the first piece after the masthead */
	size_t formula;      /* the piece that is the enacting formula, or NONE */
	size_t tail_notes;   /* the piece from which all are notes, or count */
	bool tail_gathered;  /* those notes are all the notes there are */
	bool enacts;         /* a resolution, decision or declaration */
	bool numbered;       /* its paragraphs are numbered throughout */
	struct opcit_note_set notes;

	/* The walk. */
	enum opcit_part part;
	bool voting;         /* inside "[Adopted by a recorded vote of …", up to its "]" */
	unsigned preambular;      /* unnumbered preambular paragraphs so far */
	unsigned last_note, last_arabic;
	bool after_note_piece;    /* the piece before was a note */
	struct opcit_str parent;  /* label of the numbered paragraph above: "67" */
	struct opcit_str letter;  /* label of the lettered item above: "67(h)" */
	enum opcit_kind parent_kind;
	size_t open;              /* the record that a next block may go on with, or NONE */
	char *grown;              /* the text of a record that went on, with room behind it */
	size_t grown_cap;
	struct opcit_str *grown_notes; /* and its notes */
	size_t grown_notes_cap;
	bool notes_between;       /* notes stood between it and the piece at hand */
	bool quoting;             /* inside a quotation of whole blocks */
	size_t quote_depth;       /* headings that stood when it began */
	bool completing;          /* unmarked blocks complete a lead-in's sentence */
	enum opcit_kind run_kind; /* of the numbered list in an annex */
	bool run_known;
};

/* Piece i, NULL past the end. */
const struct opcit_piece *opcit_seg_piece(const struct segmenter *s, size_t i);

/* segment_record.c: a record under the headings that stand now; `printed` is
 * its number as printed. body_record also gives it an act and leaves it open
 * for a second half. */
struct opcit_record *opcit_seg_record(struct segmenter *s, enum opcit_kind kind, struct opcit_str label,
                                      const struct opcit_piece *piece, struct opcit_str text,
                                      struct opcit_str printed);
struct opcit_record *opcit_seg_body_record(struct segmenter *s, enum opcit_kind kind,
                                           struct opcit_str label, const struct opcit_piece *piece,
                                           struct opcit_str text, struct opcit_str printed);
void opcit_seg_heading(struct segmenter *s, const struct opcit_piece *piece, enum opcit_heading type);
void opcit_seg_go_on(struct segmenter *s, const struct opcit_piece *piece); /* append to the open record */
/* The markers in notes, and after them those of the piece, in the arena. */
struct opcit_str *opcit_seg_notes_join(struct segmenter *s, const struct opcit_str *notes,
                                       size_t n_notes, const struct opcit_piece *piece);
void opcit_seg_forget_parents(struct segmenter *s);

/* segment_look.c */
bool opcit_seg_is_heading_like(const struct opcit_piece *piece); /* short, no stop */
bool opcit_seg_is_upper_case(struct opcit_str text);
bool opcit_seg_is_closing(const struct opcit_piece *piece);      /* "Adopted at the …" */
bool opcit_seg_is_summary_title(struct opcit_str text);          /* "Summary", "Introduction" … */
bool opcit_seg_is_notes_title(struct opcit_str text);            /* "Notes", "Endnotes" */
bool opcit_seg_is_enacting(struct opcit_str text);               /* "Declares that:" */
struct opcit_str opcit_seg_without_colon(struct opcit_str text);

/* Whether a page break cut piece i: what comes next, notes aside, goes on in
 * lower case. */
bool opcit_seg_is_cut(const struct segmenter *s, size_t i);

/* segment_title.c: survey the pieces; make the masthead's records and return
 * the first piece after them; expect clauses under an act's title. */
void opcit_seg_prepare(struct segmenter *s);
size_t opcit_seg_take_title(struct segmenter *s);
void opcit_seg_expect_clauses(struct segmenter *s);

/* segment.c: whether piece i is a footnote, with its marker; and its record. */
bool opcit_seg_is_note(struct segmenter *s, size_t i, struct opcit_number *number);
void opcit_seg_note_record(struct segmenter *s, const struct opcit_piece *piece,
                           struct opcit_number number);

/* segment_number.c; take_designated returns how many pieces it used. */
void opcit_seg_take_numbered(struct segmenter *s, size_t i);
void opcit_seg_take_lettered(struct segmenter *s, const struct opcit_piece *piece);
size_t opcit_seg_take_designated(struct segmenter *s, size_t i);

/* segment_quote.c: take piece i when it belongs to a quotation of whole blocks;
 * end such a quotation. */
bool opcit_seg_take_quoted(struct segmenter *s, size_t i, bool heading);
void opcit_seg_end_quotation(struct segmenter *s);

/* segment_plain.c */
void opcit_seg_take_plain(struct segmenter *s, size_t i);
void opcit_seg_take_row(struct segmenter *s, const struct opcit_piece *piece);
bool opcit_seg_is_clause_part(const struct segmenter *s);

#endif
