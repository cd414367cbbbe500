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

/* Are the two identifiers one, whatever their case and blanks? */
bool citing_same(struct opcit_str a, struct opcit_str b);

#endif
