/* citing.h: who cites something: the records, and how each cites it. */
#ifndef OPCIT_CITING_H
#define OPCIT_CITING_H

#include "reference.h"

/* The query for the records that cite a reading: any of its identifiers, and
 * where it has pinpoints one of these, a part of it, or a range that holds it. */
opcit_status citing_query(struct reference_reader *reader, const struct reading *reading,
			  struct opcit_query **query, struct opcit_err *err);

/* Does this citation cite the reading? */
bool citing_is(const struct reading *reading, const struct opcit_citation *cite);

/* Is the pinpoint of such a citation one that the reading asks for? True for
 * any where it has no pinpoints. */
bool citing_asks(const struct reading *reading, struct opcit_str pinpoint);

/* Append what is cited, as the index has it ("CRC;art:37(b)") or as a pinpoint
 * ("para:4(b)"), as a person reads it: "CRC art 37(b)". */
void citing_write(struct opcit_str cited, struct opcit_buf *out);

/* Are the two identifiers one, whatever their case and blanks? */
bool citing_same(struct opcit_str a, struct opcit_str b);

#endif
