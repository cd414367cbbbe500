/* check_cite.c: the citations of a draft, each with its verdict.
 *
 * What counts before what: it points to nothing; it may mean several things;
 * its place cannot be; it is not in the index; what is said of it is not so;
 * something newer is there; all is well.
 */
#include "check_int.h"

#include <stdint.h>
#include <string.h>

#include "../lib/registry.h"

/* One citation on its way to a verdict. `finding` moves when one is added, and
 * none is until this one is done. */
struct judging {
	struct checker *checker;
	const struct opcit_record *record;
	const struct opcit_citation *cite;
	struct finding *finding;
	struct known *known;
	struct claims claims;
};

static void judge(struct judging *j, enum check_verdict verdict, struct opcit_str reason)
{
	j->finding->verdict = verdict;
	j->finding->reason = reason;
}

static void give_others(struct judging *j, struct opcit_str *others, size_t n)
{
	j->finding->others = others;
	j->finding->n_others = n;
}

static void give_other(struct judging *j, struct opcit_str other)
{
	struct opcit_str *others = opcit_arena_calloc(j->checker->arena, sizeof *others);

	*others = other;
	give_others(j, others, 1);
}

/* The document itself as evidence. */
static void show_document(struct judging *j, const struct known *known)
{
	if (j->finding->evidence.len || !known->reading.n_entries)
		return;
	j->finding->at = known->reading.entries[0].doc.id;
	j->finding->evidence = check_first_words(reference_title(known->reading.entries[0].doc.title),
						 j->checker->arena);
}

/* ---- what points to nothing --------------------------------------------------------- */

/* What the citation is taken for, and why. */
static void take_for(struct judging *j, struct known *known, struct opcit_str reason)
{
	j->known = known;
	j->finding->target = known->reading.target;
	judge(j, CHECK_RESOLVED, reason);
}

/* Of the candidates, the one that the draft cites in full elsewhere: a number
 * alone means that, unless the index has it of others, too: then it is contested. */
static opcit_status find_meant(struct judging *j, const struct opcit_str *candidates, size_t n, size_t held,
			       bool *contested, struct opcit_err *err)
{
	struct known *known, *meant = NULL;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < n && status == OPCIT_OK; i++) {
		status = check_known(j->checker, candidates[i], &known, err);
		if (status != OPCIT_OK || !known->mentioned)
			continue;
		*contested = meant || held > 1 || (held == 1 && i > 0);
		if (*contested)
			return OPCIT_OK;
		meant = known;
	}
	if (status != OPCIT_OK || !meant)
		return status;
	take_for(j, meant, OPCIT_STR("no body is named; taken for the one that the draft cites in full"));
	return OPCIT_OK;
}

/* A number that the index has of one body only is taken for that, unless what is
 * said beside it is not so of it: *reason then says what. */
static opcit_status find_only(struct judging *j, struct opcit_str candidate, struct opcit_str *reason,
			      struct opcit_err *err)
{
	struct known *known;
	opcit_status status = check_known(j->checker, candidate, &known, err);

	if (status != OPCIT_OK)
		return status;
	check_claims(j->checker->facts, j->record->text, j->cite, &j->claims);
	status = check_contradiction(j->checker, known, &j->claims, reason, err);
	if (status != OPCIT_OK || reason->len)
		return status;
	take_for(j, known, OPCIT_STR("no body is named; the index has this number of one body only"));
	return OPCIT_OK;
}

/* What the citation grammar left open. `known` is set where it is settled now. */
static opcit_status judge_open(struct judging *j, struct opcit_err *err)
{
	struct opcit_str *others, wrong = { NULL, 0 };
	size_t n = 0, held = 0;
	bool contested = false;
	opcit_status status = OPCIT_OK;

	judge(j, CHECK_UNREADABLE, check_lacks(j->checker, j->record, j->cite));
	if (!opcit_str_is(j->cite->form, "words"))
		return OPCIT_OK;
	status = check_candidates(j->checker, j->finding->raw, &others, &n, &held, err);
	if (status == OPCIT_OK && n)
		status = find_meant(j, others, n, held, &contested, err);
	if (status == OPCIT_OK && !j->known && held == 1 && !contested)
		status = find_only(j, others[0], &wrong, err);
	if (status != OPCIT_OK || n < 2 || j->known)
		return status;
	judge(j, CHECK_AMBIGUOUS,
	      held > 1	  ? OPCIT_STR("no body is named, and the index has this number of several")
	      : contested ? OPCIT_STR("no body is named; the index has this number of one, and the draft cites it of another")
	      : held == 1 ? opcit_arena_printf(j->checker->arena, "no body is named; the index has this number of one, but %.*s",
					       OPCIT_FMT(wrong))
			  : OPCIT_STR("no body is named, and several have such numbers"));
	give_others(j, others, held ? held : n);
	return OPCIT_OK;
}

/* ---- places ------------------------------------------------------------------------- */

/* An article that the treaty does not have, of a treaty that is not named beside
 * it, was perhaps taken for one of the wrong treaty: "the admissibility criteria
 * in articles 34 and 35 of the Convention". */
static bool may_be_other(struct judging *j, struct opcit_str pinpoint)
{
	const struct opcit_instrument *row = j->known->reading.instrument, *other;
	struct opcit_str own = j->checker->manuscript->doc.symbol;
	size_t names = check_names_in(j->finding->raw);

	if (!row || !opcit_str_starts(pinpoint, "art:") || (names > 0 && !opcit_str_is(j->cite->form, "short")))
		return false;
	if (names == 0) {
		judge(j, CHECK_UNREADABLE,
		      opcit_arena_printf(j->checker->arena,
					 "no treaty is named beside it, and the %.*s, named before, has %.*s articles",
					 OPCIT_FMT(row->name), OPCIT_FMT(row->articles)));
		return true;
	}
	if (!check_other_treaty(j->checker->facts, row, pinpoint, &other)) {
		/* a treaty body means its own treaty, named or not; so does who spoke of
		 * "the Covenant" before one was named */
		if (!opcit_str_find(own, "/C/") &&
		    j->checker->facts->first_open >= j->known->first_mentioned)
			return false;
		judge(j, CHECK_UNREADABLE, OPCIT_STR("which treaty is meant cannot be told"));
		return true;
	}
	judge(j, CHECK_UNREADABLE,
	      opcit_arena_printf(j->checker->arena, "the %.*s has %.*s articles; the %.*s, named before, may be meant",
				 OPCIT_FMT(row->name), OPCIT_FMT(row->articles), OPCIT_FMT(other->name)));
	return true;
}

/* "23,62" without a blank is 23 and the marker of a note. */
static bool is_glued(const struct judging *j, size_t i)
{
	size_t at = i < j->cite->n_pinpoints ? j->cite->spans[i].start : 0;

	return at > 0 && j->record->text.ptr[at - 1] == ',';
}

/* False where a place is absent. */
static opcit_status judge_places(struct judging *j, struct known *known, bool *there, struct opcit_err *err)
{
	struct finding *finding = j->finding;
	const struct place_answer *answer;
	opcit_status status = OPCIT_OK;
	size_t i;

	*there = true;
	for (i = 0; i < finding->n_pinpoints && status == OPCIT_OK; i++) {
		status = check_place_in(j->checker, known, finding->pinpoints[i], &answer, err);
		if (status != OPCIT_OK)
			return status;
		if (answer->held == ABSENT && is_glued(j, i))
			continue;
		if (answer->held == ABSENT) {
			*there = false;
			if (may_be_other(j, finding->pinpoints[i]))
				return OPCIT_OK;
			judge(j, CHECK_MISMATCH, answer->reason);
			finding->evidence = finding->at = (struct opcit_str){ NULL, 0 };
			show_document(j, known);
			return OPCIT_OK;
		}
		if (answer->held == UNSURE && answer->reason.len)
			finding->reason = answer->reason;
		if (!finding->evidence.len) {
			finding->evidence = answer->evidence;
			finding->at = answer->at;
		}
	}
	return status;
}

/* ---- what is not in the index --------------------------------------------------------- */

/* "(2031)" in the place of "(2030)"; behind the number where there was none. */
static void fix_year(struct judging *j, struct opcit_str right)
{
	struct finding *finding = j->finding;
	const char *bracket = memchr(right.ptr, '(', right.len);
	struct opcit_str year = opcit_str_sub(right, bracket ? (size_t)(bracket - right.ptr) : right.len, right.len);
	const char *open = memchr(finding->raw.ptr, '(', finding->raw.len);
	const char *close = open ? memchr(open, ')', (size_t)(finding->raw.ptr + finding->raw.len - open)) : NULL;

	if (!close || close - open != 5 || memchr(open + 1, ' ', 4))
		return;
	finding->fix = year;
	finding->fix_start = finding->start + (size_t)(open - finding->raw.ptr);
	finding->fix_end = finding->start + (size_t)(close + 1 - finding->raw.ptr);
}

static void judge_year(struct judging *j, struct known *real)
{
	struct opcit_str other = j->known->other_year;
	const char *bracket = memchr(other.ptr, '(', other.len);
	const char *claimed = memchr(j->known->reading.target.ptr, '(', j->known->reading.target.len);

	judge(j, CHECK_MISMATCH,
	      opcit_arena_printf(j->checker->arena, "Security Council resolution %.*s is of %.4s, not %.4s",
				 (int)(bracket - other.ptr) - 6, other.ptr + 6, bracket + 1, claimed + 1));
	give_other(j, other);
	fix_year(j, other);
	show_document(j, real);
}

static opcit_status judge_known(struct judging *j, struct opcit_err *err);

/* Does something show that the number was meant to be the other body's? */
static opcit_status is_meant(struct judging *j, struct known *other, bool *meant, struct opcit_err *err)
{
	*meant = other->mentioned;
	return *meant ? OPCIT_OK : check_confirms(j->checker, other, &j->claims, meant, err);
}

static struct opcit_str body_of(const struct known *known)
{
	return known->reading.n_entries && known->reading.entries[0].doc.body.len
		       ? known->reading.entries[0].doc.body
		       : known->reading.target;
}

/* The index has this number of one other body, or of several. */
static opcit_status judge_other_bodies(struct judging *j, struct opcit_err *err)
{
	const struct known *known = j->known;
	struct opcit_arena *arena = j->checker->arena;
	struct known *other;
	bool meant = false;
	opcit_status status = check_known(j->checker, known->other_bodies[0], &other, err);

	if (status == OPCIT_OK && known->n_other_bodies == 1)
		status = is_meant(j, other, &meant, err);
	if (status != OPCIT_OK)
		return status;
	if (meant && !check_names_in(j->finding->raw)) {
		/* "its resolution 92/117": whose was a guess */
		take_for(j, other, OPCIT_STR("no body is named; taken for the one that the draft cites in full"));
		j->finding->address = (struct opcit_str){ NULL, 0 };
		return judge_known(j, err);
	}
	give_others(j, known->other_bodies, known->n_other_bodies);
	if (meant) {
		judge(j, CHECK_MISMATCH,
		      opcit_arena_printf(arena, "the index has no such number of the body named, but of the %.*s (%.*s), %s",
					 OPCIT_FMT(body_of(other)), OPCIT_FMT(other->reading.target),
					 other->mentioned ? "which the draft cites, too"
							  : "which is what the draft says of it"));
		show_document(j, other);
	} else if (known->n_other_bodies == 1) {
		j->finding->reason = opcit_arena_printf(arena, "it is not in the index, which has this number of the %.*s only (%.*s)",
							OPCIT_FMT(body_of(other)), OPCIT_FMT(other->reading.target));
	} else {
		j->finding->reason = OPCIT_STR("it is not in the index, which has this number of several other bodies");
	}
	return OPCIT_OK;
}

static opcit_status judge_bodies(struct judging *j, struct opcit_err *err)
{
	const struct known *known = j->known;
	struct opcit_str impossible = check_impossible(j->checker, known->reading.target);
	bool named = check_names_in(j->finding->raw) || !opcit_str_is(j->cite->form, "words");
	opcit_status status = check_other_bodies(j->checker, j->known, err);

	if (status != OPCIT_OK)
		return status;
	if (impossible.len && named) {
		judge(j, CHECK_MISMATCH, impossible);
		j->finding->address = (struct opcit_str){ NULL, 0 };
		give_others(j, known->other_bodies, known->n_other_bodies);
		return OPCIT_OK;
	}
	return known->n_other_bodies ? judge_other_bodies(j, err) : OPCIT_OK;
}

static opcit_status judge_newer(struct judging *j, struct opcit_err *err)
{
	const struct newer *newer;
	opcit_status status = check_newer(j->checker, j->known, &newer, err);
	size_t at = (size_t)(j->cite - j->record->cites), i, k;

	if (status != OPCIT_OK || !newer->n_others)
		return status;
	/* "A/88/341 and Corr.1" knows of it */
	for (i = at > 4 ? at - 4 : 0; newer->corrigendum && i < j->record->n_cites && i <= at + 4; i++)
		for (k = 0; k < newer->n_others; k++)
			if (opcit_str_eq(j->record->cites[i].target, newer->others[k]))
				return OPCIT_OK;
	judge(j, CHECK_SUPERSEDED, newer->reason);
	give_others(j, newer->others, newer->n_others);
	return OPCIT_OK;
}

static opcit_status judge_absent(struct judging *j, struct opcit_err *err)
{
	struct known *real;
	bool there;
	opcit_status status = check_other_year(j->checker, j->known, err);

	judge(j, CHECK_NOT_IN_INDEX, j->finding->reason);
	if (status == OPCIT_OK && opcit_str_is(j->cite->form, "words")) {
		struct opcit_str reason = check_against_body(j->checker, j->known, j->finding->raw);

		if (reason.len) { /* neither the year nor the address would be the right one's */
			j->finding->reason = reason;
			return status;
		}
	}
	j->finding->address = j->known->reading.url;
	if (status == OPCIT_OK && j->known->other_year.len) {
		status = check_known(j->checker, j->known->other_year, &real, err);
		if (status != OPCIT_OK)
			return status;
		if (memchr(j->known->reading.target.ptr, '(', j->known->reading.target.len)) {
			judge_year(j, real);
			return OPCIT_OK;
		}
		/* "S/RES/3142": only one resolution has that number */
		judge(j, CHECK_RESOLVED,
		      opcit_arena_printf(j->checker->arena, "the symbol lacks its year: %.*s",
					 OPCIT_FMT(j->known->other_year)));
		j->finding->address = (struct opcit_str){ NULL, 0 };
		give_other(j, j->known->other_year);
		status = judge_places(j, real, &there, err);
		show_document(j, real);
		return status;
	}
	if (status == OPCIT_OK)
		status = judge_bodies(j, err);
	if (status == OPCIT_OK && j->finding->verdict == CHECK_NOT_IN_INDEX)
		status = judge_newer(j, err);
	return status;
}

/* ---- what is ---------------------------------------------------------------------------- */

/* Do files of one language that claim this symbol have different titles and dates?
 * One document in two formats may have been read a little differently. */
static bool is_shared(struct judging *j)
{
	const struct reading *reading = &j->known->reading;
	struct opcit_str *sources, first;
	size_t i;
	bool shared = false;

	if (reading->n_entries < 2)
		return false;
	first = check_key(reading->entries[0].doc.title, j->checker->arena);
	for (i = 1; i < reading->n_entries && !shared; i++)
		shared = !opcit_str_eq(reading->entries[0].doc.date, reading->entries[i].doc.date) &&
			 !opcit_str_eq(first, check_key(reading->entries[i].doc.title, j->checker->arena));
	if (!shared)
		return false;
	sources = opcit_arena_calloc(j->checker->arena, reading->n_entries * sizeof *sources);
	for (i = 0; i < reading->n_entries; i++)
		sources[i] = reading->entries[i].doc.source;
	judge(j, CHECK_AMBIGUOUS, OPCIT_STR("several documents of the index bear this name"));
	give_others(j, sources, reading->n_entries);
	return true;
}

static opcit_status judge_held(struct judging *j, struct opcit_err *err)
{
	struct opcit_str reason = { NULL, 0 };
	opcit_status status = check_contradiction(j->checker, j->known, &j->claims, &reason, err);

	if (status != OPCIT_OK)
		return status;
	show_document(j, j->known);
	if (!reason.len && opcit_str_is(j->cite->form, "words"))
		reason = check_against_body(j->checker, j->known, j->finding->raw);
	if (reason.len) {
		judge(j, CHECK_MISMATCH, reason);
		return OPCIT_OK;
	}
	return is_shared(j) ? OPCIT_OK : judge_newer(j, err);
}

static opcit_status judge_known(struct judging *j, struct opcit_err *err)
{
	bool there;
	opcit_status status = judge_places(j, j->known, &there, err);

	if (status != OPCIT_OK || !there)
		return status;
	return j->known->reading.n_entries ? judge_held(j, err) : judge_absent(j, err);
}

bool check_is_full(const struct opcit_citation *cite)
{
	return opcit_str_is(cite->form, "symbol") || opcit_str_is(cite->form, "words") ||
	       opcit_str_is(cite->form, "name") || opcit_str_is(cite->form, "link");
}

static void note_treaty(struct check_facts *facts, const struct known *known)
{
	const struct opcit_instrument *row = known->reading.instrument;
	size_t i;

	for (i = 0; row && i < facts->n_treaties; i++)
		if (facts->treaties[i] == row)
			return;
	if (!row)
		return;
	OPCIT_GROW(facts->treaties, facts->n_treaties, facts->cap_treaties);
	facts->treaties[facts->n_treaties++] = row;
}

static opcit_status check_one(struct checker *checker, size_t i, const struct opcit_citation *cite,
			      struct opcit_err *err)
{
	struct judging j = { .checker = checker, .record = &checker->manuscript->records[i], .cite = cite };
	opcit_status status;

	j.finding = check_add(checker, CHECK_RESOLVED, i, cite->start, cite->end);
	j.finding->target = check_follow(checker, i, cite);
	j.finding->pinpoints = cite->pinpoints;
	j.finding->n_pinpoints = cite->n_pinpoints;
	status = j.finding->target.len ? check_known(checker, j.finding->target, &j.known, err) : judge_open(&j, err);
	if (!j.known)
		return status;
	note_treaty(checker->facts, j.known);
	if (status == OPCIT_OK && check_is_full(cite))
		check_claims(checker->facts, j.record->text, cite, &j.claims);
	if (status == OPCIT_OK)
		status = judge_known(&j, err);
	check_settle(checker->facts, i, cite, j.finding->target);
	return status;
}

/* What the draft itself speaks of shows what it means elsewhere. */
static opcit_status mention(struct checker *checker, size_t i, struct opcit_err *err)
{
	const struct opcit_record *record = &checker->manuscript->records[i];
	struct check_facts *facts = checker->facts;
	struct known *known;
	opcit_status status = OPCIT_OK;
	size_t k;

	for (k = 0; k < record->n_cites && status == OPCIT_OK; k++) {
		if (!record->cites[k].target.len) {
			if (opcit_str_is(record->cites[k].form, "short") && i < facts->first_open)
				facts->first_open = i;
			continue;
		}
		status = check_known(checker, record->cites[k].target, &known, err);
		if (status != OPCIT_OK || known->mentioned || !check_is_full(&record->cites[k]) ||
		    (opcit_str_is(record->cites[k].form, "words") &&
		     !check_names_in(opcit_str_sub(record->text, record->cites[k].start, record->cites[k].end))))
			continue; /* whose "its resolution" is, is a guess */
		known->mentioned = true;
		known->first_mentioned = i;
	}
	return status;
}

opcit_status check_citations(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	opcit_status status = OPCIT_OK;
	size_t i, k;

	checker->facts->first_open = SIZE_MAX;
	for (i = 0; i < manuscript->n_records && status == OPCIT_OK; i++)
		status = mention(checker, i, err);
	for (i = 0; i < manuscript->n_records; i++)
		for (k = 0; k < manuscript->records[i].n_cites && status == OPCIT_OK; k++)
			status = check_one(checker, i, &manuscript->records[i].cites[k], err);
	return status;
}
