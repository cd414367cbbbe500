#include "checker.h"

#include "check_int.h"

#include <stdlib.h>

static const struct {
	const char *name;
	enum check_kind kind;
	enum check_weight weight;
} verdicts[CHECK_VERDICTS] = {
	[CHECK_RESOLVED] = { "resolved", CHECK_CITATION, CHECK_FINE },
	[CHECK_MISMATCH] = { "mismatch", CHECK_CITATION, CHECK_FAULT },
	[CHECK_SUPERSEDED] = { "superseded", CHECK_CITATION, CHECK_WARNING },
	[CHECK_AMBIGUOUS] = { "ambiguous", CHECK_CITATION, CHECK_WARNING },
	[CHECK_NOT_IN_INDEX] = { "not-in-index", CHECK_CITATION, CHECK_NOTE },
	[CHECK_UNREADABLE] = { "unreadable", CHECK_CITATION, CHECK_WARNING },
	[CHECK_EXACT] = { "exact", CHECK_QUOTATION, CHECK_FINE },
	[CHECK_EXACT_BUT] = { "exact-but", CHECK_QUOTATION, CHECK_NOTE },
	[CHECK_DIFFERS] = { "differs", CHECK_QUOTATION, CHECK_FAULT },
	[CHECK_FOUND_ELSEWHERE] = { "found-elsewhere", CHECK_QUOTATION, CHECK_FAULT },
	[CHECK_NOT_FOUND] = { "not-found", CHECK_QUOTATION, CHECK_FAULT },
	[CHECK_UNATTRIBUTED] = { "unattributed", CHECK_QUOTATION, CHECK_WARNING },
	[CHECK_TWO_FORMS] = { "two-forms", CHECK_HABIT, CHECK_WARNING },
	[CHECK_NO_TITLE] = { "no-title", CHECK_HABIT, CHECK_NOTE },
	[CHECK_IBID] = { "ibid", CHECK_HABIT, CHECK_WARNING },
	[CHECK_NO_NOTE] = { "no-note", CHECK_HABIT, CHECK_FAULT },
	[CHECK_STYLE] = { "style", CHECK_HABIT, CHECK_NOTE },
};

const char *check_kind_name(enum check_kind kind)
{
	static const char *const names[] = { "citation", "quotation", "habit" };

	return names[kind];
}

const char *check_verdict_name(enum check_verdict verdict)
{
	return verdicts[verdict].name;
}

enum check_weight check_verdict_weight(enum check_verdict verdict)
{
	return verdicts[verdict].weight;
}

enum check_kind check_verdict_kind(enum check_verdict verdict)
{
	return verdicts[verdict].kind;
}

/* ---- what identifiers mean --------------------------------------------------- */

opcit_status check_target(struct checker *checker, struct opcit_str target, const struct reading **reading,
			  struct opcit_err *err)
{
	void **place = opcit_map_at(&checker->targets, target);
	struct reading found;
	opcit_status status;

	if (!*place) {
		status = reference_target(&checker->reader, target, &found, err);
		if (status != OPCIT_OK)
			return status;
		*place = opcit_arena_alloc(checker->arena, sizeof found);
		*(struct reading *)*place = found;
	}
	*reading = *place;
	return OPCIT_OK;
}

/* ---- findings ---------------------------------------------------------------- */

void check_init(struct checker *checker, const struct reference_reader *reader, struct opcit_arena *arena)
{
	*checker = (struct checker){ .reader = *reader, .arena = arena };
	checker->reader.arena = arena;
	checker->facts = opcit_xcalloc(1, sizeof *checker->facts);
}

void check_release(struct checker *checker)
{
	opcit_map_release(&checker->targets);
	check_facts_free(checker->facts);
	free(checker->findings);
}

struct finding *check_add(struct checker *checker, enum check_verdict verdict, size_t record, size_t start,
			  size_t end)
{
	struct finding *finding;

	OPCIT_GROW(checker->findings, checker->n, checker->cap);
	finding = &checker->findings[checker->n++];
	*finding = (struct finding){ .kind = verdicts[verdict].kind, .verdict = verdict, .record = record,
				     .start = start, .end = end };
	finding->raw = opcit_str_sub(checker->manuscript->records[record].text, start, end);
	return finding;
}

struct opcit_str check_first_words(struct opcit_str text, struct opcit_arena *arena)
{
	enum { MOST = 120 };
	size_t end = opcit_str_fit(text, MOST);

	return end == text.len ? text : opcit_arena_printf(arena, "%.*s …", (int)end, text.ptr);
}

/* Of one place, what is cited before what is said of it. */
static int by_place(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (int)x->verdict - (int)y->verdict;
}

opcit_status check_run(struct checker *checker, const struct opcit_manuscript *manuscript,
		       struct opcit_err *err)
{
	opcit_status status;

	checker->manuscript = manuscript;
	checker->n = 0;
	status = check_citations(checker, err);
	if (status == OPCIT_OK)
		status = check_quotations(checker, err);
	if (status == OPCIT_OK)
		status = check_habits(checker, err);
	if (status == OPCIT_OK && checker->n)
		qsort(checker->findings, checker->n, sizeof *checker->findings, by_place);
	return status;
}
