/* manuscript.h: a text that somebody is writing, as the program that reads
 * files hands it to the one that checks it.
 *
 * It is cut into records and its citations are found exactly as for the index;
 * besides, where its format has lines, each record knows where in the file its
 * text stands. Nothing of it is written anywhere.
 */
#ifndef OPCIT_MANUSCRIPT_H
#define OPCIT_MANUSCRIPT_H

#include "record.h"

/* From byte `text` of a record's text on, it stands from byte `source` of the
 * manuscript's source on, byte for byte, up to the next stretch. */
struct opcit_stretch {
	size_t text, source;
};

/* Where a record's text stands; n is 0 where that is not known. */
struct opcit_stretches {
	struct opcit_stretch *items; /* by text; the first has text 0 */
	size_t n;
};

struct opcit_manuscript {
	struct opcit_doc doc;
	struct opcit_str format; /* the reader's name: "text", "docx" */
	struct opcit_str source; /* the whole text as UTF-8, where the format has lines; else empty */
	struct opcit_record *records;
	struct opcit_stretches *stretches; /* one for each record */
	bool *quoted; /* for each record: it is set off as a quotation, without marks */
	size_t n_records;
};

/* A place in the lines of the source, all from 1; 0 where there are none. */
struct opcit_place {
	size_t line;
	size_t column; /* code points */
	size_t offset; /* bytes from the start of the source, from 0 */
};

/* Append the manuscript, or the failure to read it (status, message, hint of err). */
void opcit_manuscript_encode(const struct opcit_manuscript *manuscript, struct opcit_buf *buf);
void opcit_manuscript_encode_failure(const struct opcit_err *err, struct opcit_buf *buf);

/* Read what either of them wrote; all strings are borrowed from bytes. The
 * sender has read a hostile file: nothing is believed. Returns the sender's failure as its
 * own, OPCIT_BUG when the bytes are malformed. */
opcit_status opcit_manuscript_decode(struct opcit_str bytes, struct opcit_arena *arena,
				     struct opcit_manuscript *manuscript, struct opcit_err *err);

/* Where byte `at` of the text of record i (an index into records) stands in the
 * source; its offset is at most the source's length. False where that is not
 * known. Logarithmic in the stretches of the record. */
bool opcit_manuscript_offset(const struct opcit_manuscript *manuscript, size_t i, size_t at,
			     size_t *offset);

/* The starts of the source's lines, for opcit_manuscript_place: made once. */
struct opcit_lines {
	size_t *starts; /* in the arena; the first is 0 */
	size_t n;
	struct opcit_place last; /* the place found last: what is asked for in order is counted once */
};
void opcit_lines_find(struct opcit_str source, struct opcit_arena *arena, struct opcit_lines *lines);
/* Line and column of a byte of the source. Linear in the bytes since the place
 * found last, or since the start of the line. */
struct opcit_place opcit_lines_place(struct opcit_lines *lines, struct opcit_str source, size_t offset);

#endif
