#include "checker.h"

#include "check_int.h"

#include <stdlib.h>
#include <string.h>

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

/* Open addressing; a draft cites few documents many times. */
struct check_targets {
	struct reading *readings; /* a slot without target is free */
	size_t n, cap;
};

static uint64_t hash_of(struct opcit_str s)
{
	uint64_t hash = 0xCBF29CE484222325u;
	size_t i;

	for (i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
	return hash;
}

static struct reading *slot_of(const struct check_targets *targets, struct opcit_str target)
{
	size_t i = hash_of(target) & (targets->cap - 1);

	while (targets->readings[i].target.len && !opcit_str_eq(targets->readings[i].target, target))
		i = (i + 1) & (targets->cap - 1);
	return &targets->readings[i];
}

static void grow(struct check_targets *targets)
{
	struct check_targets bigger = { .cap = targets->cap ? targets->cap * 2 : 64, .n = targets->n };
	size_t i;

	bigger.readings = opcit_xcalloc(bigger.cap, sizeof *bigger.readings);
	for (i = 0; i < targets->cap; i++)
		if (targets->readings[i].target.len)
			*slot_of(&bigger, targets->readings[i].target) = targets->readings[i];
	free(targets->readings);
	*targets = bigger;
}

opcit_status check_target(struct checker *checker, struct opcit_str target, const struct reading **reading,
			  struct opcit_err *err)
{
	struct check_targets *targets = checker->targets;
	struct reading *slot, found;
	opcit_status status;

	if (targets->n * 2 >= targets->cap)
		grow(targets);
	slot = slot_of(targets, target);
	if (!slot->target.len) {
		status = reference_target(&checker->reader, target, &found, err);
		if (status != OPCIT_OK)
			return status;
		*slot = found;
		targets->n++;
	}
	*reading = slot;
	return OPCIT_OK;
}

/* ---- findings ---------------------------------------------------------------- */

void check_init(struct checker *checker, const struct reference_reader *reader, struct opcit_arena *arena)
{
	*checker = (struct checker){ .reader = *reader, .arena = arena };
	checker->reader.arena = arena;
	checker->targets = opcit_xcalloc(1, sizeof *checker->targets);
	checker->facts = opcit_xcalloc(1, sizeof *checker->facts);
}

void check_release(struct checker *checker)
{
	if (checker->targets)
		free(checker->targets->readings);
	free(checker->targets);
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
	size_t end = MOST;

	if (text.len <= MOST)
		return text;
	while (end > MOST / 2 && text.ptr[end] != ' ')
		end--;
	while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
		end--;
	return opcit_arena_printf(arena, "%.*s …", (int)end, text.ptr);
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
