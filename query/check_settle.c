/* check_settle.c: what a citation means in the end, where that is not what its
 * grammar could say: quotations beside it, and "ibid.", go by it. */
#include "check_int.h"

struct opcit_str check_meant(const struct check_facts *facts, size_t record, const struct opcit_citation *cite)
{
	size_t low = 0, high = facts->n_settled;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct settled *at = &facts->settled[mid];

		if (at->record < record || (at->record == record && at->end < cite->end))
			low = mid + 1;
		else
			high = mid;
	}
	return low < facts->n_settled && facts->settled[low].record == record && facts->settled[low].end == cite->end
		       ? facts->settled[low].target
		       : cite->target;
}

struct opcit_str check_follow(const struct checker *checker, size_t i, const struct opcit_citation *cite)
{
	const struct opcit_record *record = &checker->manuscript->records[i];

	if (cite == record->cites || !opcit_str_is(cite->form, "ibid") || !opcit_str_eq(cite[-1].target, cite->target))
		return cite->target;
	return check_meant(checker->facts, i, cite - 1);
}

void check_settle(struct check_facts *facts, size_t record, const struct opcit_citation *cite, struct opcit_str target)
{
	if (opcit_str_eq(cite->target, target))
		return;
	OPCIT_GROW(facts->settled, facts->n_settled, facts->cap_settled);
	facts->settled[facts->n_settled++] = (struct settled){ record, cite->end, target };
}
