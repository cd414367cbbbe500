/* annotate_int.h: what the rooms of annotate.h share. */
#ifndef OPCIT_ANNOTATE_INT_H
#define OPCIT_ANNOTATE_INT_H

#include <libxml/tree.h>

#include "align.h"
#include "annotate.h"

#define X(text) ((const xmlChar *)(text))

/* opcit_annotate in this process: what the worker does. */
void annotate_here(struct opcit_str bytes, const struct opcit_annotations *annotations, struct opcit_buf *answer);

/* A run of text of the document (a w:t), and where it stands in all its text. */
struct annotate_piece {
	xmlNode *text;
	xmlNode *anchor; /* what a comment on it must stand at instead: a note's reference, a text box; or NULL */
	size_t start, len;
};

/* The document's text, in the order in which it is read. */
struct annotate_text {
	struct opcit_buf source;
	struct annotate_piece *pieces; /* heap; by start */
	size_t n, cap;
	xmlNode *first; /* paragraph */
};

/* Gather it; notes are put behind the paragraph or row that refers to them.
 * `footnotes` and `endnotes` may be NULL. */
void annotate_gather(xmlDoc *document, xmlDoc *footnotes, xmlDoc *endnotes, struct annotate_text *text);
void annotate_text_release(struct annotate_text *text);

/* Put the marks of comment `ids[i]` around bytes [ranges[i][0], ranges[i][1]) of
 * the text, or, where the range is empty, at the head of the first paragraph. */
void annotate_mark(struct annotate_text *text, const size_t (*ranges)[2], const unsigned *ids, size_t n);

/* An element with the document's own name space. */
xmlNode *annotate_element(xmlNode *root, const char *name);
void annotate_attribute(xmlNode *root, xmlNode *element, const char *name, const char *value);
bool annotate_is(const xmlNode *node, const char *name);

#endif
