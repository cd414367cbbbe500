/* quoted.h: records of the index that a quotation may come from. */
#ifndef OPCIT_QUOTED_H
#define OPCIT_QUOTED_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_quoted {
	struct opcit_str words;    /* of the quotation, without ellipses and brackets */
	struct opcit_str document; /* its identifier, symbol or title; empty for the whole index */
	bool nearly;               /* not all words need be there */
};

/* At most `limit` records. Unless `nearly`, those in whose text the words (of which the
 * first 50 count) stand one after the other, as indexed; case, accents and hyphens make no
 * difference. Else those that share the most of its rarest words, best first: candidates
 * for opcit_quote_compare (quote.h). Words of no rarity at all give none. Reads the lists
 * of some rare words and the records that hold all of them, never all records: less than
 * a millisecond for most. Where that are very many, results->cut: more may have the words. */
opcit_status opcit_index_quoted(struct opcit_index *index, const struct opcit_quoted *asked, size_t limit,
				struct opcit_arena *arena, struct opcit_results *results,
				struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
