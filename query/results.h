/* results.h: what a search found, for a person or as JSON. */
#ifndef OPCIT_RESULTS_H
#define OPCIT_RESULTS_H

#include "../lib/search.h"

struct results_how {
	struct opcit_index *index;
	const struct opcit_query *query;
	enum opcit_order order;
	bool json;
	struct opcit_arena *arena;
};

void results_print(const struct results_how *how, const struct opcit_results *results);

#endif
