/* check_cite.c: the citations of a draft, each with its verdict. */
#include "checker.h"
#include "place.h"

/* Every place that a citation names must be there; of the first, the words are
 * shown. */
static opcit_status hold(struct checker *checker, const struct reading *reading, struct finding *finding,
			 struct opcit_err *err)
{
	const struct opcit_entry *entry = &reading->entries[0];
	struct opcit_record record;
	struct place place;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < finding->n_pinpoints && status == OPCIT_OK; i++) {
		status = place_find(checker->reader.index, entry, finding->pinpoints[i], checker->arena, &place,
				    err);
		if (status == OPCIT_OK && (!place.n || !place.exact)) {
			finding->verdict = CHECK_MISMATCH;
			finding->reason = opcit_arena_printf(checker->arena, "%.*s has no %.*s",
							     OPCIT_FMT(finding->target),
							     OPCIT_FMT(finding->pinpoints[i]));
			return OPCIT_OK;
		}
		if (status == OPCIT_OK && !finding->evidence.len) {
			status = opcit_index_record(checker->reader.index, entry, place.seqs[0], checker->arena,
						    &record, err);
			if (status == OPCIT_OK)
				finding->evidence = check_first_words(record.text, checker->arena);
		}
	}
	if (!finding->evidence.len)
		finding->evidence = entry->doc.title;
	return status;
}

static opcit_status check_one(struct checker *checker, size_t i, const struct opcit_citation *cite,
			      struct opcit_err *err)
{
	struct finding *finding = check_add(checker, CHECK_RESOLVED, i, cite->start, cite->end);
	const struct reading *reading;
	opcit_status status;

	finding->target = cite->target;
	finding->pinpoints = cite->pinpoints;
	finding->n_pinpoints = cite->n_pinpoints;
	if (!cite->target.len) {
		finding->verdict = CHECK_UNREADABLE;
		return OPCIT_OK;
	}
	status = check_target(checker, cite->target, &reading, err);
	if (status != OPCIT_OK)
		return status;
	if (reading->n_entries)
		return hold(checker, reading, finding, err);
	finding->verdict = CHECK_NOT_IN_INDEX;
	finding->address = reading->url;
	return OPCIT_OK;
}

opcit_status check_citations(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	opcit_status status = OPCIT_OK;
	size_t i, k;

	for (i = 0; i < manuscript->n_records; i++)
		for (k = 0; k < manuscript->records[i].n_cites && status == OPCIT_OK; k++)
			status = check_one(checker, i, &manuscript->records[i].cites[k], err);
	return status;
}
