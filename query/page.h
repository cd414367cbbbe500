/* page.h: a search page by page. */
#ifndef OPCIT_PAGE_H
#define OPCIT_PAGE_H

#include "../lib/search.h"

/* The order that --sort names: rank, date, doc or cited. False for another. */
bool page_order(const char *name, bool folded, enum opcit_order *order);

/* Page `page` (from 1) of `size` results. No result stands on two pages and
 * none on no page, as long as the index stays what it is. */
opcit_status page_fetch(struct opcit_index *index, const struct opcit_query *query,
			enum opcit_order order, size_t size, size_t page, struct opcit_arena *arena,
			struct opcit_results *results, struct opcit_err *err);

#endif
