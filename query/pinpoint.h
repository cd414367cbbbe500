/* pinpoint.h: how a place in a document is written, and read. */
#ifndef OPCIT_PINPOINT_H
#define OPCIT_PINPOINT_H

#include <stdbool.h>

#include "../lib/record.h"

/* Append a record's place ready to cite: "A/65/156, para. 67 (h)",
 * "A/65/156, footnote 4"; the document's identifier alone for a record
 * without a label. */
void pinpoint_write(const struct opcit_doc *doc, const struct opcit_record *record,
		    struct opcit_buf *out);
/* The same for a label alone, without the document: "para. 67 (h)". */
void pinpoint_label(struct opcit_str label, struct opcit_buf *out);

/* How a way of citing writes pinpoints. */
struct pinpoint_style {
	const char *units[6][2]; /* for one and for several: para art chap annex page sect */
	const char *preambular, *note;
	const char *dash, *and; /* between the ends of a range, before the last of a list */
	bool spaced;            /* 67 (h) rather than 67(h) */
};
extern const struct pinpoint_style PINPOINT_UN, PINPOINT_PLAIN;

/* Append pinpoints ("para:67(h)", "para:68", "art:3-5") as that style writes
 * them: "paras. 67 (h) and 68, arts. 3–5". */
void pinpoint_list(const struct opcit_str *pinpoints, size_t n, const struct pinpoint_style *style,
		   struct opcit_buf *out);
/* The same for one. */
void pinpoint_one(struct opcit_str pinpoint, const struct pinpoint_style *style,
		  struct opcit_buf *out);

/* Split "art:37(b)" into unit and value; a pinpoint without colon is a value. */
void pinpoint_split(struct opcit_str pinpoint, struct opcit_str *unit, struct opcit_str *value);

/* Does the pinpoint `cited` lie in `asked`, or hold it? "art:37(b)" lies in
 * "art:37"; "para:14-16" holds "para:15". Case does not count. */
bool pinpoint_covers(struct opcit_str asked, struct opcit_str cited);

/* The label of the record that a lettered item stands below: "67" of
 * "67(h)"; empty when there is none. Borrowed from label. */
struct opcit_str pinpoint_parent(struct opcit_str label);

#endif
