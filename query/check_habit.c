/* check_habit.c: faults of drafting that no single citation shows.
 *
 *   two-forms  a symbol that is spelled in two ways; or, in the same kind of
 *              place (text, brackets, notes), now a symbol and now words,
 *              though nothing says that both are one document
 *   ibid       a place that the document cited last does not have, and the one
 *              cited before that has: something was put in between
 *   no-note    a marker without its note, a note without its marker
 */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- two forms ---------------------------------------------------------------------- */

enum place_kind { IN_TEXT, IN_BRACKETS, IN_NOTE, PLACE_KINDS };
enum form { BY_SYMBOL, IN_WORDS, FORMS };

struct spot {
	size_t record, cite;
};

/* How one document is cited throughout. */
struct usage {
	const struct known *known;
	size_t n[PLACE_KINDS][FORMS];
	struct spot first[PLACE_KINDS][FORMS];
	bool introduced; /* symbol and words stood side by side */
	struct opcit_str spelling;
	struct spot other; /* the first that is spelled otherwise */
	bool spelled_twice;
};

struct usages {
	struct usage *items;
	size_t n, cap;
};

static struct usage *usage_of(struct usages *usages, struct known *known)
{
	if (!known->usage) {
		OPCIT_GROW(usages->items, usages->n, usages->cap);
		usages->items[usages->n] = (struct usage){ .known = known };
		known->usage = ++usages->n;
	}
	return &usages->items[known->usage - 1];
}

/* What is open at a byte of a record. It goes along with the citations. */
struct open_marks {
	size_t at;
	int brackets, quotes;
	bool straight;
};

/* Within brackets that opened before `to`; within quotation marks: -1. What is
 * quoted is cited as its author did. */
static int kind_of(struct open_marks *open, const struct opcit_record *record, size_t to)
{
	for (; open->at < to; open->at++) {
		const char *p = record->text.ptr + open->at;
		size_t left = record->text.len - open->at;

		open->brackets += *p == '(';
		open->brackets -= *p == ')' && open->brackets > 0;
		open->straight ^= *p == '"';
		open->quotes += (left >= 3 && memcmp(p, "“", 3) == 0) || (left >= 2 && memcmp(p, "«", 2) == 0);
		open->quotes -= open->quotes && ((left >= 3 && memcmp(p, "”", 3) == 0) ||
						 (left >= 2 && memcmp(p, "»", 2) == 0));
	}
	if (open->quotes || open->straight)
		return -1;
	return record->kind == OPCIT_KIND_FOOTNOTE ? IN_NOTE : open->brackets ? IN_BRACKETS : IN_TEXT;
}

/* The symbol as it stands in what was cited: the same letters and figures, with
 * whatever blanks. */
struct opcit_str check_spelling(struct opcit_str raw, struct opcit_str target)
{
	size_t from, i, k;

	for (from = 0; from + target.len <= raw.len; from++) {
		if (from && raw.ptr[from - 1] != ' ' && raw.ptr[from - 1] != '(')
			continue;
		for (i = from, k = 0; i < raw.len && k < target.len; i++) {
			if (raw.ptr[i] == ' ' || raw.ptr[i] == '\n')
				continue;
			while (k < target.len && target.ptr[k] == ' ')
				k++;
			if (k >= target.len || (raw.ptr[i] | 0x20) != (target.ptr[k] | 0x20))
				break;
			k++;
		}
		if (k == target.len)
			return opcit_str_sub(raw, from, i);
	}
	return (struct opcit_str){ NULL, 0 };
}

/* The same but for ends of lines? */
static bool same_spelling(struct opcit_str a, struct opcit_str b)
{
	size_t i;

	for (i = 0; i < a.len && i < b.len; i++)
		if (a.ptr[i] != b.ptr[i] && !(strchr(" \n", a.ptr[i]) && strchr(" \n", b.ptr[i])))
			return false;
	return a.len == b.len;
}

static void note_spelling(struct usage *usage, struct opcit_str raw, struct opcit_str target, struct spot spot)
{
	struct opcit_str spelling = check_spelling(raw, target);

	if (!spelling.len)
		return;
	if (!usage->spelling.len)
		usage->spelling = spelling;
	else if (!usage->spelled_twice && !same_spelling(usage->spelling, spelling)) {
		usage->spelled_twice = true;
		usage->other = spot;
	}
}

/* "general comment No. 31 (2030) … (CRC/C/GC/31)" makes both known as one. */
static bool side_by_side(const struct opcit_record *record, size_t k)
{
	const struct opcit_citation *a = &record->cites[k - 1], *b = &record->cites[k];

	return opcit_str_eq(a->target, b->target) && !opcit_str_eq(a->form, b->form) && !b->n_pinpoints &&
	       b->start > a->end && b->start - a->end < 300 && record->text.ptr[b->start - 1] == '(' &&
	       !memchr(record->text.ptr + a->end, ')', b->start - a->end);
}

static opcit_status note_forms(struct checker *checker, struct usages *usages, size_t i, struct opcit_err *err)
{
	const struct opcit_record *record = &checker->manuscript->records[i];
	struct open_marks open = { 0 };
	struct usage *usage;
	struct known *known;
	opcit_status status = OPCIT_OK;
	size_t k;

	for (k = 0; k < record->n_cites && status == OPCIT_OK; k++) {
		const struct opcit_citation *cite = &record->cites[k];
		enum form form = opcit_str_is(cite->form, "symbol") ? BY_SYMBOL : IN_WORDS;
		int kind;

		if (!cite->target.len || (form == IN_WORDS && !opcit_str_is(cite->form, "words")))
			continue;
		kind = kind_of(&open, record, cite->start);
		if (kind < 0)
			continue;
		status = check_known(checker, cite->target, &known, err);
		if (status != OPCIT_OK)
			return status;
		usage = usage_of(usages, known);
		if (!usage->n[kind][form]++)
			usage->first[kind][form] = (struct spot){ i, k };
		usage->introduced = usage->introduced || (k && side_by_side(record, k));
		if (form == BY_SYMBOL)
			note_spelling(usage, opcit_str_sub(record->text, cite->start, cite->end), cite->target,
				      (struct spot){ i, k });
	}
	return status;
}

static struct finding *add_at(struct checker *checker, enum check_verdict verdict, struct spot spot)
{
	const struct opcit_citation *cite = &checker->manuscript->records[spot.record].cites[spot.cite];
	struct finding *finding = check_add(checker, verdict, spot.record, cite->start, cite->end);

	finding->target = cite->target;
	finding->pinpoints = cite->pinpoints;
	finding->n_pinpoints = cite->n_pinpoints;
	return finding;
}

static void tell_spelling(struct checker *checker, const struct usage *usage)
{
	struct finding *finding = add_at(checker, CHECK_TWO_FORMS, usage->other);
	struct opcit_str here = check_spelling(finding->raw, finding->target);

	finding->reason = opcit_arena_printf(checker->arena, "elsewhere it is spelled %.*s", OPCIT_FMT(usage->spelling));
	finding->fix = usage->spelling;
	finding->fix_start = finding->start + (size_t)(here.ptr - finding->raw.ptr);
	finding->fix_end = finding->fix_start + here.len;
}

/* The odd one out: not more than a third of at least three, and only once for a
 * document. */
static void tell_forms(struct checker *checker, const struct usage *usage)
{
	int kind;

	for (kind = 0; kind < PLACE_KINDS; kind++) {
		size_t all = usage->n[kind][BY_SYMBOL] + usage->n[kind][IN_WORDS];
		enum form odd = usage->n[kind][BY_SYMBOL] < usage->n[kind][IN_WORDS] ? BY_SYMBOL : IN_WORDS;
		const struct opcit_record *record;
		const struct opcit_citation *cite;
		struct finding *finding;

		if (!usage->n[kind][odd] || all < 3 || usage->n[kind][odd] * 3 > all)
			continue;
		record = &checker->manuscript->records[usage->first[kind][!odd].record];
		cite = &record->cites[usage->first[kind][!odd].cite];
		finding = add_at(checker, CHECK_TWO_FORMS, usage->first[kind][odd]);
		finding->reason = opcit_arena_printf(checker->arena, "elsewhere it is cited in another form: %.*s",
						     OPCIT_FMT(opcit_str_sub(record->text, cite->start, cite->end)));
		return;
	}
}

static opcit_status check_forms(struct checker *checker, struct opcit_err *err)
{
	struct usages usages = { 0 };
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < checker->manuscript->n_records && status == OPCIT_OK; i++)
		status = note_forms(checker, &usages, i, err);
	for (i = 0; i < usages.n && status == OPCIT_OK; i++) {
		if (usages.items[i].spelled_twice)
			tell_spelling(checker, &usages.items[i]);
		else if (!usages.items[i].introduced)
			tell_forms(checker, &usages.items[i]);
	}
	free(usages.items);
	return status;
}

/* ---- ibid. --------------------------------------------------------------------------- */

/* The last two different documents that were cited, in the notes or in the text. */
struct trail {
	struct opcit_str last, before;
};

/* Has `known` none of the places that are cited, or all of them? */
static opcit_status has_places(struct checker *checker, struct opcit_str target, const struct opcit_citation *cite,
			       enum held wanted, bool *has, struct opcit_err *err)
{
	const struct place_answer *answer;
	struct known *known;
	opcit_status status = check_known(checker, target, &known, err);
	size_t i;

	*has = status == OPCIT_OK && known->reading.n_entries && cite->n_pinpoints;
	for (i = 0; status == OPCIT_OK && *has && i < cite->n_pinpoints; i++) {
		status = check_place_in(checker, known, cite->pinpoints[i], &answer, err);
		*has = status == OPCIT_OK && answer->held == wanted;
	}
	return status;
}

static opcit_status check_ibid(struct checker *checker, const struct trail *trail, struct spot spot,
			       struct opcit_err *err)
{
	const struct opcit_citation *cite = &checker->manuscript->records[spot.record].cites[spot.cite];
	struct finding *finding;
	bool misses = false, fits = false;
	opcit_status status;

	if (!cite->target.len || !trail->before.len || !opcit_str_eq(trail->last, cite->target))
		return OPCIT_OK;
	status = has_places(checker, cite->target, cite, ABSENT, &misses, err);
	if (status == OPCIT_OK && misses)
		status = has_places(checker, trail->before, cite, HELD, &fits, err);
	if (status != OPCIT_OK || !misses || !fits)
		return status;
	finding = add_at(checker, CHECK_IBID, spot);
	finding->others = opcit_arena_calloc(checker->arena, sizeof *finding->others);
	finding->others[0] = trail->before;
	finding->n_others = 1;
	finding->reason = opcit_arena_printf(checker->arena,
					     "it points to %.*s, which has no such place; %.*s, cited before that, has one",
					     OPCIT_FMT(cite->target), OPCIT_FMT(trail->before));
	return OPCIT_OK;
}

static opcit_status check_ibids(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	struct trail trails[2] = { { { NULL, 0 }, { NULL, 0 } }, { { NULL, 0 }, { NULL, 0 } } };
	opcit_status status = OPCIT_OK;
	size_t i, k;

	for (i = 0; i < manuscript->n_records && status == OPCIT_OK; i++) {
		const struct opcit_record *record = &manuscript->records[i];
		struct trail *trail = &trails[record->kind == OPCIT_KIND_FOOTNOTE];

		for (k = 0; k < record->n_cites && status == OPCIT_OK; k++) {
			struct opcit_str target = record->cites[k].target;

			if (opcit_str_is(record->cites[k].form, "ibid"))
				status = check_ibid(checker, trail, (struct spot){ i, k }, err);
			if (target.len && !opcit_str_eq(target, trail->last)) {
				trail->before = trail->last;
				trail->last = target;
			}
		}
	}
	return status;
}

/* ---- notes --------------------------------------------------------------------------- */

enum { NOTES = 1000 };

/* "fn12" or "12" is 12; 0 for stars and letters. */
static unsigned note_number(struct opcit_str label)
{
	unsigned n = 0;
	size_t i = opcit_str_starts(label, "fn") ? 2 : 0, from = i;

	for (; i < label.len && i - from < 4 && label.ptr[i] >= '0' && label.ptr[i] <= '9'; i++)
		n = n * 10 + (unsigned)(label.ptr[i] - '0');
	return i == label.len && n < NOTES ? n : 0;
}

static void tell_note(struct checker *checker, size_t record, size_t at, struct opcit_str marker, const char *what)
{
	struct finding *finding = check_add(checker, CHECK_NO_NOTE, record, at, at);

	finding->raw = opcit_arena_dup(checker->arena, marker);
	finding->reason = opcit_arena_printf(checker->arena, what, OPCIT_FMT(marker));
}

/* In plain text a marker is a figure like any other, and what was taken for one
 * is a guess; marked-up text says which are. */
static bool has_marks(const struct opcit_manuscript *manuscript)
{
	struct opcit_str source = manuscript->source;

	return !opcit_str_is(manuscript->format, "text") ||
	       opcit_str_find(source, "[^") || opcit_str_find(source, "<sup");
}

/* A draft without any note has none to miss: its raised figures are something
 * else. Printed pages lose markers, and now and then a note: there only a marker
 * beyond the last note tells that one is missing. */
static void check_notes(struct checker *checker)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	bool marked[NOTES] = { false }, noted[NOTES] = { false };
	bool printed = opcit_str_is(manuscript->format, "pdf");
	unsigned n, last = 0;
	size_t i, k;

	if (!has_marks(manuscript))
		return;
	for (i = 0; i < manuscript->n_records; i++) {
		const struct opcit_record *record = &manuscript->records[i];

		for (k = 0; k < record->n_notes; k++)
			marked[note_number(record->notes[k])] = true;
		n = record->kind == OPCIT_KIND_FOOTNOTE ? note_number(record->label) : 0;
		noted[n] = true;
		last = n > last ? n : last;
	}
	for (i = 0; last && i < manuscript->n_records; i++) {
		const struct opcit_record *record = &manuscript->records[i];

		for (k = 0; k < record->n_notes; k++) {
			n = note_number(record->notes[k]);
			if (n && !noted[n] && (!printed || n > last + 1))
				tell_note(checker, i, record->text.len, record->notes[k], "there is no note %.*s");
		}
		n = record->kind == OPCIT_KIND_FOOTNOTE ? note_number(record->label) : 0;
		if (n && !marked[n] && !printed &&
		    (marked[n - 1] || (n + 1 < NOTES && marked[n + 1])))
			tell_note(checker, i, 0, opcit_str_sub(record->label, 2, record->label.len),
				  "nothing in the text points to note %.*s");
	}
}

/* ---- all ------------------------------------------------------------------------------ */

opcit_status check_habits(struct checker *checker, struct opcit_err *err)
{
	opcit_status status = check_forms(checker, err);

	if (status == OPCIT_OK)
		status = check_ibids(checker, err);
	if (status == OPCIT_OK)
		check_notes(checker);
	if (status == OPCIT_OK && checker->style == CHECK_STYLE_UN)
		status = check_house_style(checker, err);
	return status;
}
