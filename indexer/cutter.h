/* cutter.h: what the parts of the piece cutter (piece*.c) share. The way in is
 * piece.h. */
#ifndef OPCIT_CUTTER_H
#define OPCIT_CUTTER_H

#include "piece.h"

enum { WORD_LIMIT = 40, TOC_LINE = 240, SYMBOLS = 8, MASTHEAD = 12, TITLE_LINES = 24, SEARCH_BUDGET = 32 * 1024 * 1024 };

/* What the cutter knows while it goes down the lines. */
struct cutter {
	struct opcit_blocks *blocks;
	struct opcit_arena *arena;
	struct opcit_pieces *out;
	size_t cap;
	struct opcit_buf joined;     /* the piece being built */
	unsigned arabic, roman, letter, paren_letter, paren_roman, paren_arabic, note; /* last values */
	bool body_started;           /* past the masthead */
	bool toc;                    /* inside the table of contents */
	bool page_turned;            /* the line before was page furniture */
	bool any_turned;             /* some line was */
	size_t toc_from;             /* its first piece */
	struct { struct opcit_str text; size_t count, seen; } symbols[SYMBOLS];
	size_t n_symbols;
	size_t search_budget;        /* bytes that may still be searched for compounds */
};

/* Line i of the document. */
const struct opcit_line *opcit_cut_line_at(const struct cutter *c, size_t i);
bool opcit_cut_all_digits(struct opcit_str s);

/* piece_furniture.c: note which symbols recur; whether a line is a running
 * symbol, page or job number; the table of contents. */
void opcit_cut_survey_symbols(struct cutter *c);
bool opcit_cut_is_furniture(struct cutter *c, const struct opcit_line *line);
bool opcit_cut_toc_goes_on(struct cutter *c, size_t i);

/* piece_join.c: append a line to c->joined, mending the hyphen between. */
void opcit_cut_join_line(struct cutter *c, struct opcit_str text);

/* piece_misread.c: the number that is due where OCR misread the one printed;
 * else `number`. */
struct opcit_number opcit_cut_misread(const struct cutter *c, struct opcit_str text, struct opcit_number number);

/* piece_start.c: the number a line opens with; the counts; whether line i,
 * which starts no block, starts a piece all the same. */
struct opcit_number opcit_cut_number_of(const struct cutter *c, const struct opcit_line *line, bool *alone);
void opcit_cut_count(struct cutter *c, struct opcit_number number);
bool opcit_cut_anchored_at_start(const struct opcit_line *line);
bool opcit_cut_starts_piece(struct cutter *c, size_t i, const struct opcit_line *previous,
                            const struct opcit_piece *piece);

#endif
