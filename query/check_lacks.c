/* check_lacks.c: why a citation points to nothing that is known. */
#include "check_int.h"

/* How many different documents the note before this one cites. */
static size_t cited_before(const struct checker *checker, const struct opcit_record *record)
{
	const struct opcit_record *first = checker->manuscript->records, *p = record;
	struct opcit_str target = { NULL, 0 };
	size_t i, n = 0;

	while (p > first && (--p)->kind != OPCIT_KIND_FOOTNOTE)
		;
	if (p == record || p->kind != OPCIT_KIND_FOOTNOTE)
		return 0;
	for (i = 0; i < p->n_cites; i++)
		if (!target.len || !opcit_str_eq(p->cites[i].target, target)) {
			target = p->cites[i].target;
			n++;
		}
	return n;
}

struct opcit_str check_lacks(const struct checker *checker, const struct opcit_record *record,
			     const struct opcit_citation *cite)
{
	struct opcit_str form = cite->form, raw = opcit_str_sub(record->text, cite->start, cite->end);

	if (opcit_str_is(form, "ibid") && record->kind == OPCIT_KIND_FOOTNOTE && cited_before(checker, record) > 1)
		return OPCIT_STR("the note before it cites several documents: 'ibid.' may mean any of them");
	if (opcit_str_is(form, "ibid"))
		return record->kind == OPCIT_KIND_FOOTNOTE
			       ? OPCIT_STR("the note before it does not cite one document and nothing else: what 'ibid.' means cannot be told")
			       : OPCIT_STR("what stands before it does not cite one document only: what 'ibid.' means cannot be told");
	if (opcit_str_is(form, "supra"))
		return OPCIT_STR("no note of that number that cites one document and nothing else");
	if (opcit_str_is(form, "op cit"))
		return OPCIT_STR("which work 'op. cit.' means cannot be told");
	if (opcit_str_is(form, "short") && opcit_str_find(raw, "rotocol")) /* in three languages */
		return OPCIT_STR("which protocol is meant cannot be told: the treaty has several, or none that is known by this name");
	if (opcit_str_is(form, "short"))
		return OPCIT_STR("which one is meant cannot be told: none has been named before, or several have");
	return OPCIT_STR("what it refers to cannot be told");
}
