/* facets.h: what all records that match a query have in common, counted. */
#ifndef OPCIT_FACETS_H
#define OPCIT_FACETS_H

#include "search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Citation targets that are one thing: an instrument and its parallel names. */
struct opcit_facet_group {
	struct opcit_str name;
	const struct opcit_str *targets;
	size_t n_targets;
};

struct opcit_facet_value {
	struct opcit_str value; /* as records have it; of OPCIT_FIELD_COUNTRY the code in small
				   letters; of a group its name */
	size_t count;           /* records */
};

struct opcit_facet {
	/* in: OPCIT_FIELD_BODY, TYPE, KIND, ACT, LANG, YEAR, COUNTRY; or CITES, which counts the
	 * groups alone */
	enum opcit_field field;
	const struct opcit_facet_group *groups;
	size_t n_groups;
	/* out: the most frequent first, then by value; none that no record has */
	struct opcit_facet_value *values;
	size_t n;
};

/* Count, over all records that match, not only the best, how many have each
 * value; *records (may be NULL) gets how many match. A record without a value
 * is not counted; one with two countries or instruments counts for both. Cost:
 * the query without ranking, and a pass over the index's lists for the fields
 * asked for: about ten nanoseconds for each record of the index and field. */
opcit_status opcit_index_facets(struct opcit_index *index, const struct opcit_query *query,
				struct opcit_facet *facets, size_t n_facets, size_t *records,
				struct opcit_arena *arena, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
