/* pinpoint.h: how a place in a document is written, and read. */
#ifndef OPCIT_PINPOINT_H
#define OPCIT_PINPOINT_H

#include "../lib/record.h"

/* Append a record's place ready to cite: "A/65/156, para. 67 (h)",
 * "A/65/156, footnote 4"; the document's identifier alone for a record
 * without a label. */
void pinpoint_write(const struct opcit_doc *doc, const struct opcit_record *record,
		    struct opcit_buf *out);
/* The same for a label alone, without the document: "para. 67 (h)". */
void pinpoint_label(struct opcit_str label, struct opcit_buf *out);

/* The label of the record that a lettered item stands below: "67" of
 * "67(h)"; empty when there is none. Borrowed from label. */
struct opcit_str pinpoint_parent(struct opcit_str label);

#endif
