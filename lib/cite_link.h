/* cite_link.h: addresses that lead to documents.
 *
 * A format that links (HTML, Akoma Ntoso) says what its words refer to. The
 * address is turned into a citation as one would write it, which the grammar
 * of citations then reads: there is one way from words to a target.
 *
 *   /akn/un/statement/deliberation/unga/2009-12-18/64-166/!main~para_3   (AKN4UN)
 *   https://undocs.org/en/A/RES/64/166, https://docs.un.org/A/RES/64/166
 *   …?symbol=A/RES/64/166, …?Open&DS=A/RES/64/166
 */
#ifndef OPCIT_CITE_LINK_H
#define OPCIT_CITE_LINK_H

#include "cite.h"

/* Append to out the citation that the address stands for: "A/RES/64/166,
 * para. 3". up_to is where a range of places ends, an address likewise, or
 * empty. False, with out as it was, when it leads to no document of the
 * United Nations. */
bool opcit_link_read(struct opcit_str address, struct opcit_str up_to, struct opcit_buf *out);

/* Where `text` stands in the record, whose citations opcit_cite_record has
 * found, add that it cites what `citation` says, with the form "link"; unless
 * a resolved citation stands there already. False when the text does not stand
 * in the record. The context is that of the record's document. */
bool opcit_cite_link(struct opcit_cite_context *context, struct opcit_record *record,
		     struct opcit_str text, struct opcit_str citation);

#endif
