/* markup.h: what the readers of ODT, HTML and Akoma Ntoso have in common: blocks
 * that hold running text, with notes, boxes and tables in it. */
#ifndef OPCIT_MARKUP_H
#define OPCIT_MARKUP_H

#include "compose.h"
#include "row.h"

enum { MARKUP_NESTED = 8 };

/* Paragraphs that wait for their place. */
struct markup_queue {
	struct opcit_draft *items; /* heap */
	size_t count, cap;
};

/* A draft that is open; the first is the text's own. */
struct markup_frame {
	struct opcit_draft draft;
	struct markup_queue *queue; /* where its blocks go; NULL: into the text */
	bool opened;                /* its first block was queued */
};

/* Zero-initialise; release with markup_release. */
struct markup {
	struct opcit_composer composer;
	struct opcit_row row;
	struct markup_frame frames[MARKUP_NESTED];
	unsigned depth;               /* index of the open frame */
	struct markup_queue waiting;  /* notes that follow the block */
	struct markup_queue at_end;   /* notes that follow the text */
	struct opcit_buf prefix;      /* the number or bullet of the text that comes */
	unsigned tables;              /* nested in one another */
	unsigned bold, italic, raised; /* elements open that make text so */
	struct opcit_open_link link;
	unsigned furniture;           /* elements open whose text stands in no record */
	uint8_t heading_level;        /* of the block */
	unsigned quoted;              /* elements open that set text off as a quotation */
	bool preformatted;
};

void markup_text(struct markup *m, struct opcit_str text); /* white space folded unless preformatted */
void markup_literal(struct markup *m, struct opcit_str text); /* kept as it is */
void markup_break(struct markup *m);                       /* the block ends */
/* A note: its mark is raised where it stands, and opens it. False when notes
 * are nested too deep: then the note's elements go on in the text. */
bool markup_note_open(struct markup *m, struct opcit_str mark, bool at_end);
bool markup_box_open(struct markup *m); /* a text box; false as above */
void markup_frame_close(struct markup *m); /* the note or box ends */
/* As opcit_link_open and opcit_link_close, in the open frame. */
void markup_link_open(struct markup *m, struct opcit_str address, struct opcit_str up_to);
void markup_link_close(struct markup *m);
void markup_table_open(struct markup *m);
void markup_cell_close(struct markup *m);
void markup_row_close(struct markup *m);
void markup_table_close(struct markup *m);
/* The text is complete. As opcit_compose_finish. */
opcit_status markup_finish(struct markup *m, const char *encoding, struct opcit_arena *arena,
                           struct opcit_blocks *blocks, struct opcit_err *err);
void markup_release(struct markup *m);

#endif
