/* reader_text.h: what the two halves of the text reader share, and what the
 * readers of other formats use of it (compose.h). */
#ifndef OPCIT_READER_TEXT_H
#define OPCIT_READER_TEXT_H

#include "reader.h"

/* A run of the decoded text that the format raises. */
struct text_raised {
	const char *from, *to;
};

struct text_reader {
	struct opcit_blocks *blocks;
	struct opcit_arena *arena;
	size_t block_start;    /* the first line of the block being read */
	uint8_t blanks;        /* blank lines since the last line */
	bool dirty;            /* some line of the block needs cleaning */
	bool rare_ends;        /* the text has CR, form feed or vertical tab */
	bool fields;           /* the text has Word's field codes */
	struct opcit_str mark; /* a bullet that waits for its line */
	/* What another format than text knows of the line that comes. */
	uint8_t level;               /* of a heading */
	bool strong, emphatic, quoted;
	const struct text_raised *raised, *raised_end; /* sorted; not yet passed */
};

extern const unsigned char opcit_text_special[256];

/* One physical line, without its end; a slice of blocks->decoded. There is
 * room for it, and for one line more, in blocks->lines. */
void opcit_text_take_line(struct text_reader *reader, struct opcit_str raw);

/* The lines since block_start are one block: clean them. */
void opcit_text_end_block(struct text_reader *reader);

/* Take marks out of the lines of one block: emphasis, tags, escapes, field
 * codes, control characters, superscript note markers (which become anchors);
 * fold white-space runs. */
void opcit_text_clean_block(struct text_reader *reader, struct opcit_line *lines, size_t n_lines);

#endif
