/* page.c: see page.h. The best results are chosen among more than are asked
 * for: who asks for 200 may get other first 100 than who asks for 100. So what
 * the first pages showed is found out again, and left out. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

bool page_order(const char *name, bool folded, enum opcit_order *order)
{
	static const struct {
		const char *name;
		enum opcit_order order;
	} orders[] = {
		{ "rank", OPCIT_ORDER_SCORE },
		{ "date", OPCIT_ORDER_NEWEST },
		{ "doc", OPCIT_ORDER_DOC },
		{ "cited", OPCIT_ORDER_CITED },
	};
	size_t i = 0;

	while (i < sizeof orders / sizeof *orders && strcmp(orders[i].name, name) != 0)
		i++;
	if (i == sizeof orders / sizeof *orders)
		return false;
	*order = i == 0 && folded ? OPCIT_ORDER_FOLDED : orders[i].order;
	return true;
}

struct shown {
	uint64_t *places; /* heap, sorted up to n_sorted */
	size_t n, n_sorted, cap;
};

static int by_place(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static uint64_t place_of(const struct opcit_hit *hit)
{
	return (uint64_t)hit->entry->number << 32 | hit->record.seq;
}

static void note(struct shown *shown, const struct opcit_hit *hit)
{
	OPCIT_GROW(shown->places, shown->n, shown->cap);
	shown->places[shown->n++] = place_of(hit);
}

/* Keep the hits that were not shown before, and note them. */
static void keep_new(struct shown *shown, struct opcit_results *results)
{
	size_t i, k, kept = 0;

	for (i = 0; i < results->n; i++) {
		const struct opcit_hit *hit = &results->hits[i];
		uint64_t place = place_of(hit);

		if (shown->n_sorted &&
		    bsearch(&place, shown->places, shown->n_sorted, sizeof place, by_place))
			continue;
		note(shown, hit);
		for (k = 0; k < hit->n_older; k++)
			note(shown, &hit->older[k]);
		for (k = 0; k < hit->n_versions; k++)
			note(shown, &hit->versions[k]);
		results->hits[kept++] = *hit;
	}
	results->n = kept;
	if (shown->n)
		qsort(shown->places, shown->n, sizeof *shown->places, by_place);
	shown->n_sorted = shown->n;
}

/* results become those from..from + size of their own. */
static void slice(struct opcit_results *results, size_t from, size_t size)
{
	from = from < results->n ? from : results->n;
	results->hits += from;
	results->n -= from;
	if (results->n > size)
		results->n = size;
}

/* What was found among more stands behind what was found before, whatever it scores beside them. */
static void add_step(struct opcit_results *page, const struct opcit_results *step)
{
	size_t i;

	for (i = 0; i < step->n; i++) {
		struct opcit_hit *hit = &page->hits[page->n++];

		*hit = step->hits[i];
		if (page->n > 1 && hit->score > hit[-1].score)
			hit->score = hit[-1].score;
	}
}

static opcit_status ranked(struct opcit_index *index, const struct opcit_query *query,
			   enum opcit_order order, size_t size, size_t from, struct opcit_arena *arena, struct opcit_results *results,
			   struct opcit_err *err)
{
	struct opcit_results page = { NULL, 0, 0, false }, step;
	struct shown shown = { NULL, 0, 0, 0 };
	size_t limit = OPCIT_SEARCH_STEADY, before = 0, end;
	opcit_status status;
	bool more;

	page.hits = opcit_arena_calloc(arena, size * sizeof *page.hits);
	do {
		status = opcit_index_search(index, query, order, limit, arena, &step, err);
		if (status != OPCIT_OK)
			break;
		page.total = step.total;
		page.cut = step.cut;
		more = step.n == limit || step.cut;
		keep_new(&shown, &step);
		end = before + step.n;
		if (end > from + page.n) {
			slice(&step, from + page.n - before, size - page.n);
			add_step(&page, &step);
		}
		before = end;
		limit *= 2;
	} while (more && page.n < size);
	free(shown.places);
	*results = page;
	return status;
}

opcit_status page_fetch(struct opcit_index *index, const struct opcit_query *query,
			enum opcit_order order, size_t size, size_t page, struct opcit_arena *arena,
			struct opcit_results *results, struct opcit_err *err)
{
	size_t from = (page - 1) * size;
	bool by_score = order == OPCIT_ORDER_SCORE || order == OPCIT_ORDER_FOLDED;
	opcit_status status;

	if (by_score && from + size > OPCIT_SEARCH_STEADY)
		return ranked(index, query, order, size, from, arena, results, err);
	status = opcit_index_search(index, query, order, from + size, arena, results, err);
	if (status == OPCIT_OK && by_score && results->cut && results->n < size)
		return ranked(index, query, order, size, from, arena, results, err);
	if (status == OPCIT_OK)
		slice(results, from, size);
	return status;
}
