/* terms.h: the words that tell what a query finds from the rest of the index. */
#ifndef OPCIT_TERMS_H
#define OPCIT_TERMS_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_mark {
	struct opcit_str word;   /* its most frequent form in the records that match */
	size_t inside, outside;  /* records that have it in any form: matching, others */
	double score;            /* log-likelihood ratio (G2); 10.8 is one chance in a thousand */
};

struct opcit_marks {
	struct opcit_mark *items; /* the highest score first */
	size_t n;
	size_t inside, outside; /* records in all: matching, others */
};

/* At most `limit` words that stand in more of the matching records than chance
 * gives, by Dunning's log-likelihood ratio over numbers of records; none below
 * 10.83, none in one record only, no stop words, numbers, or words of the
 * query itself. Candidates come from a thousand matching records, evenly taken;
 * the counts are of all. Some tens of milliseconds. */
opcit_status opcit_index_marks(struct opcit_index *index, const struct opcit_query *query,
			       size_t limit, struct opcit_arena *arena, struct opcit_marks *marks,
			       struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
