/* annotation.h: comments on a draft, as the program that checks it hands them
 * to the one that writes them into a copy.
 */
#ifndef OPCIT_ANNOTATION_H
#define OPCIT_ANNOTATION_H

#include "status.h"
#include "str.h"

/* A comment on bytes [start, end) of a record's text. */
struct opcit_annotation {
	size_t record;         /* from 0 */
	size_t start, end;
	struct opcit_str text; /* one paragraph a line */
};

struct opcit_annotations {
	struct opcit_str *texts; /* of all records, in their order */
	size_t n_texts;
	struct opcit_annotation *items; /* by record */
	size_t n;
};

/* The copy, and how many comments stand at their words and how many at the head
 * of the text, because theirs could not be found or no comment may stand there. */
struct opcit_annotated {
	struct opcit_str file;
	size_t placed, astray;
};

void opcit_annotations_encode(const struct opcit_annotations *annotations, struct opcit_buf *buf);
/* Strings are borrowed from bytes, arrays the arena's. OPCIT_BUG when they are malformed. */
opcit_status opcit_annotations_decode(struct opcit_str bytes, struct opcit_arena *arena,
				      struct opcit_annotations *annotations, struct opcit_err *err);

/* The answer: the copy, or the failure to make it. */
void opcit_annotated_encode(const struct opcit_annotated *annotated, struct opcit_buf *buf);
void opcit_annotated_encode_failure(const struct opcit_err *err, struct opcit_buf *buf);
/* The file is borrowed from bytes, which come from one that has read a hostile
 * file. Returns the sender's failure as its own, OPCIT_BUG when they are malformed. */
opcit_status opcit_annotated_decode(struct opcit_str bytes, struct opcit_annotated *annotated,
				    struct opcit_err *err);

#endif
