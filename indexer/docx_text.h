/* docx_text.h: the DOCX reader's walk through the parts that hold text. */
#ifndef OPCIT_DOCX_TEXT_H
#define OPCIT_DOCX_TEXT_H

#include "compose.h"
#include "docx.h"
#include "row.h"

enum { DOCX_NESTED = 8, DOCX_FIELDS = 16 };

/* The paragraphs of one note, of all headers … */
struct docx_story {
	unsigned id;
	bool own_mark;              /* the text that it stands at gives its mark */
	struct opcit_draft *items;  /* heap */
	size_t count, cap;
};

struct docx_notes {
	struct docx_story *items; /* heap */
	size_t count, cap;
	enum opcit_ordinal style;
	unsigned number;          /* of the last mark given */
};

/* A paragraph being read; text boxes put one into another. */
struct docx_paragraph {
	struct opcit_draft draft;
	const struct docx_style *style;
	unsigned num_id, level, outline;
	bool mark_deleted; /* a tracked change joins it to the next */
	bool style_bold, style_italic;
};

/* Where text goes. */
enum docx_place { DOCX_BODY, DOCX_NOTES, DOCX_MARGIN };

struct docx {
	struct opcit_arena *arena;
	struct docx_styles styles;
	struct docx_numbering numbering;
	struct docx_notes footnotes, endnotes;
	struct docx_story margin;    /* headers */
	struct opcit_composer body;
	enum docx_place place;
	struct docx_story *story;    /* the note that is read */
	struct docx_notes *notes;    /* to which it belongs */

	struct docx_paragraph open[DOCX_NESTED];
	unsigned depth;              /* how many are open */
	unsigned skip;               /* elements below one that is not read */
	bool in_properties, in_run_properties, in_text;
	bool bold, italic, raised, hidden; /* of the run */
	bool mark_follows;           /* the next run is a note's own mark */

	/* Fields: those open, how many of them still tell their code, and whether
	 * the result of one is the page number. */
	unsigned fields, codes, page_fields;
	bool field_in_code[DOCX_FIELDS], field_is_page[DOCX_FIELDS];
	bool in_code;

	const struct docx_address *addresses; /* that the body links to */
	size_t n_addresses;
	struct opcit_open_link link;

	unsigned tables;             /* nested in one another */
	struct opcit_row row;
	unsigned *waiting;           /* footnotes that the paragraph or row refers to; heap */
	size_t n_waiting, cap_waiting;
	unsigned *at_end;            /* endnotes; heap */
	size_t n_at_end, cap_at_end;
	struct opcit_str *marks;     /* of waiting; heap */
	size_t n_marks, cap_marks;
	struct opcit_str *end_marks; /* of at_end; heap */
	size_t n_end_marks, cap_end_marks;
};

opcit_status docx_read_part(struct docx *docx, struct opcit_str part, enum docx_place place,
                            struct docx_notes *notes, struct opcit_err *err);
/* The endnotes that the text refers to, in their order. */
void docx_put_endnotes(struct docx *docx);
void docx_release(struct docx *docx);

#endif
