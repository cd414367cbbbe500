/* check_quote_cited.c: which citation a quotation belongs to: the one right behind
 * it, the one that introduces it in its sentence, the one that its sentence ends
 * with, those of its note; or perhaps one that stands near. */
#include <string.h>

#include "check_quote.h"

static bool is_letter(unsigned char c)
{
	return (unsigned)(c | 0x20) - 'a' < 26u || c >= 0x80;
}

static bool is_one_of(struct opcit_str word, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (opcit_str_ieq(word, opcit_str_of(words[i])))
			return true;
	return false;
}

/* Words after whose stop a sentence goes on. */
static bool is_short_form(struct opcit_str text, size_t stop)
{
	static const char *const forms[] = {
		"para", "paras", "par", "art", "arts", "no", "nos", "res", "op", "cit", "cf", "p", "pp", "v", "vs", "vol", "doc", "sect",
		"sec", "chap", "ch", "e.g", "i.e", "g", "e", "ibid", "al", "add", "rev", "corr", "préamb", "párr", "párrs",
		"núm", "parr", "mr", "mrs", "ms", "st", "fn", "n", "ag",
	};
	size_t from = stop;
	struct opcit_str word;

	while (from && stop - from < 20 && (is_letter((unsigned char)text.ptr[from - 1]) || text.ptr[from - 1] == '.'))
		from--;
	word = opcit_str_sub(text, from, stop);
	return word.len == 1 /* an initial */ || is_one_of(word, forms, sizeof forms / sizeof *forms);
}

/* Does a sentence end at the stop at byte `at`? */
static bool ends_sentence(struct opcit_str text, size_t at)
{
	size_t next = at + 1;

	if (!strchr(".?!", text.ptr[at]) || !text.ptr[at])
		return false;
	/* past what closes */
	while (next < text.len && next - at < 12 &&
	       (strchr("\")]'", text.ptr[next]) || (unsigned char)text.ptr[next] >= 0x80))
		next++;
	if (next >= text.len)
		return true;
	if (text.ptr[next] != ' ')
		return false;
	while (next < text.len && text.ptr[next] == ' ')
		next++;
	if (text.ptr[at] == '.' && is_short_form(text, at))
		return false;
	return next == text.len || !((unsigned)text.ptr[next] - 'a' < 26u);
}

/* A sentence is no longer than this. */
enum { SENTENCE = 2000 };

static bool has_sentence_end(struct opcit_str text, size_t from, size_t to)
{
	if (to - from > SENTENCE)
		return true;
	for (; from < to; from++)
		if (ends_sentence(text, from))
			return true;
	return false;
}

static bool is_passage_between(const struct passages *passages, size_t from, size_t to)
{
	size_t i;

	for (i = 0; i < passages->n && passages->items[i].whole.start < to; i++)
		if (passages->items[i].whole.start >= from && passages->items[i].whole.end <= to)
			return true;
	return false;
}

/* The citation with the target that it has in the end. */
static const struct opcit_citation *settled(const struct attributing *a, const struct opcit_citation *cite, size_t record)
{
	struct opcit_str meant = check_meant(a->facts, record, cite);
	struct opcit_citation *copy;

	if (opcit_str_eq(meant, cite->target))
		return cite;
	copy = opcit_arena_alloc(a->arena, sizeof *copy);
	*copy = *cite;
	copy->target = meant;
	return copy;
}

static void add(const struct attributing *a, struct quotation *q, const struct opcit_citation *cite, size_t record,
		enum closeness closeness)
{
	size_t i;

	cite = settled(a, cite, record);
	if (!cite->target.len && closeness >= CLOSE_SURE)
		q->unread = true;
	if (!cite->target.len || q->n_cited == QUOTE_CITED_MOST)
		return;
	for (i = 0; i < q->n_cited; i++)
		if (q->cited[i].record == record && q->cited[i].cite->end == cite->end)
			return;
	q->cited[q->n_cited++] = (struct cited){ cite, record, closeness };
}

/* Nothing but a bracket, a comma or a dash stands between: "…" (A/65/156), "…", A/65/156. */
static bool is_direct(struct opcit_str text, size_t from, size_t to)
{
	static const char *const words[] = { "see", "voir", "véase", "in", "at", "dans", "en", "the", "of", "General",
					     "Assembly", "Security", "Council", "his", "report" };
	bool marked = false;
	size_t i, end;

	if (to - from > 40)
		return false;
	for (i = from; i < to; i = end) {
		unsigned char c = (unsigned char)text.ptr[i];

		end = i + 1;
		if ((c && strchr("([,;:-", c)) || c == 0xE2) { /* a dash */
			marked = true;
			while (c >= 0x80 && end < to && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
				end++;
			continue;
		}
		if (!is_letter(c)) {
			if (c != ' ' && c != 0xC2 && c != 0xA0)
				return false;
			continue;
		}
		while (end < to && is_letter((unsigned char)text.ptr[end]))
			end++;
		if (!is_one_of(opcit_str_sub(text, i, end), words, sizeof words / sizeof *words))
			return false;
	}
	/* "… it." Resolution 64/166 …: another sentence begins */
	return marked || from == 0 || !ends_sentence(text, from - 1);
}

/* A citation that was read on from the end of the quotation, without what is quoted. */
static const struct opcit_citation *without_quoted(const struct opcit_citation *cite, size_t end, struct opcit_arena *arena)
{
	struct opcit_citation *rest = opcit_arena_alloc(arena, sizeof *rest);
	size_t i, first = 0;

	*rest = *cite;
	for (i = 0; i < cite->n_pinpoints && cite->spans[i].start < end; i++)
		first = i + 1;
	rest->start = end;
	rest->pinpoints += first;
	rest->spans += first;
	rest->n_pinpoints -= first;
	return rest;
}

/* The citation after it, in the record in which it ends. */
static const struct opcit_citation *following(const struct attributing *a, size_t record, size_t end)
{
	const struct opcit_record *last = &a->manuscript->records[record];
	size_t i;

	for (i = 0; i < last->n_cites; i++) {
		if (last->cites[i].end <= end || a->passages[record].quoted[i])
			continue;
		return last->cites[i].start >= end ? &last->cites[i] : without_quoted(&last->cites[i], end, a->arena);
	}
	return NULL;
}

static bool ended_inside(struct opcit_str text, size_t end)
{
	size_t at = end;

	while (at && !is_letter((unsigned char)text.ptr[at - 1]) && !strchr(".?!", text.ptr[at - 1]))
		at--;
	/* “… it.” It also …: the stop stands before the closing mark */
	while (at && end - at < 6 && (unsigned char)text.ptr[at - 1] >= 0x80)
		at--;
	return at && end - at <= 6 && ends_sentence(text, at - 1);
}

/* Those before it in its record, the nearest first. */
static void add_before(const struct attributing *a, struct quotation *q, bool sure)
{
	const struct opcit_record *record = &a->manuscript->records[q->record];
	const struct passages *passages = &a->passages[q->record];
	size_t i, n = 0, looked = 0;

	for (i = record->n_cites; i-- > 0 && looked < 2 * QUOTE_CITED_MOST;) {
		const struct opcit_citation *cite = &record->cites[i];

		if (cite->end > q->start || passages->quoted[i])
			continue;
		looked++;
		if (has_sentence_end(record->text, cite->end, q->start) == sure)
			continue;
		add(a, q, cite, q->record, sure ? CLOSE_SURE : CLOSE_MAYBE);
		if (++n == 2)
			return;
	}
}

static const struct opcit_record *note_of(const struct opcit_manuscript *manuscript, size_t record, struct opcit_str marker,
					  size_t *at)
{
	for (*at = record + 1; *at < manuscript->n_records; (*at)++) {
		const struct opcit_record *note = &manuscript->records[*at];

		if (note->kind == OPCIT_KIND_FOOTNOTE && opcit_str_starts(note->label, "fn") &&
		    opcit_str_eq(opcit_str_sub(note->label, 2, note->label.len), marker))
			return note;
	}
	return NULL;
}

/* What the notes of the record cite. One note is the quotation's; of several it
 * is not known which. */
static void read_notes(struct attributing *a, size_t record)
{
	const struct opcit_record *carrier = &a->manuscript->records[record];
	size_t i, k, at;

	a->of = record + 1;
	a->n_notes = 0;
	for (i = 0; i < carrier->n_notes && i < QUOTE_CITED_MOST; i++) {
		const struct opcit_record *note = note_of(a->manuscript, record, carrier->notes[i], &at);

		for (k = 0; note && k < note->n_cites && a->n_notes < QUOTE_CITED_MOST; k++)
			a->notes[a->n_notes++] = (struct cited){
				&note->cites[k], at, carrier->n_notes == 1 && k == 0 ? CLOSE_SURE : CLOSE_MAYBE
			};
	}
}

static void add_notes(struct attributing *a, struct quotation *q)
{
	size_t i;

	if (a->of != q->last + 1)
		read_notes(a, q->last);
	for (i = 0; i < a->n_notes; i++)
		add(a, q, a->notes[i].cite, a->notes[i].record, a->notes[i].closeness);
}

/* The paragraph before that ends in a colon introduces it. */
static void add_lead_in(const struct attributing *a, struct quotation *q)
{
	const struct opcit_manuscript *manuscript = a->manuscript;
	const struct passages *passages = a->passages;
	size_t i = q->record, k;

	if (q->start > 4)
		return;
	/* over the paragraphs of the same quotation */
	while (i > 0 && (manuscript->records[i - 1].kind == OPCIT_KIND_FOOTNOTE || passages[i - 1].block))
		i--;
	if (i-- == 0)
		return;
	if (!opcit_str_ends(opcit_str_trim(manuscript->records[i].text), ":"))
		return;
	for (k = manuscript->records[i].n_cites; k-- > 0 && q->n_cited < QUOTE_CITED_MOST;) {
		const struct opcit_record *record = &manuscript->records[i];

		if (passages[i].quoted[k])
			continue;
		add(a, q, &record->cites[k], i,
		    has_sentence_end(record->text, record->cites[k].end, record->text.len) ? CLOSE_MAYBE : CLOSE_SURE);
	}
}

/* "See" a source that is cited alone in the paragraph after a block quotation. */
static void add_after(const struct attributing *a, struct quotation *q)
{
	const struct opcit_manuscript *manuscript = a->manuscript;
	size_t i = q->last + 1;

	if (i < manuscript->n_records && manuscript->records[i].n_cites && manuscript->records[i].text.len &&
	    manuscript->records[i].cites[0].start < 4 && manuscript->records[i].text.ptr[0] == '(')
		add(a, q, &manuscript->records[i].cites[0], i, CLOSE_SURE);
}

/* "a report entitled “…”": what follows is a name, whoever bears it. */
static bool is_named(struct opcit_str text, size_t start)
{
	static const char *const words[] = {
		"entitled", "titled", "intitulé", "intitulée", "intitulés", "intitulées", "titulado", "titulada", "titulados",
		"tituladas", "theme", "topic", "thème", "tema", "programme", "program", "project", "projet", "proyecto", "workshop",
		"seminar", "conference", "publication",
	};
	size_t end = start, from;

	while (end && (text.ptr[end - 1] == ' ' || strchr(",:", text.ptr[end - 1])))
		end--;
	for (from = end; from && is_letter((unsigned char)text.ptr[from - 1]) && end - from < 20; from--)
		;
	return is_one_of(opcit_str_sub(text, from, end), words, sizeof words / sizeof *words);
}

void quotation_attribute(struct attributing *a, struct quotation *q)
{
	const struct opcit_manuscript *manuscript = a->manuscript;
	const struct passages *passages = a->passages;
	const struct opcit_record *first = &manuscript->records[q->record], *last = &manuscript->records[q->last];
	const struct opcit_citation *after = following(a, q->last, q->last_end);
	bool same_sentence = after && !ended_inside(last->text, q->last_end) &&
			     !has_sentence_end(last->text, q->last_end, after->start);

	q->n_cited = 0;
	q->name = !q->block && is_named(first->text, q->start);
	if (after && is_direct(last->text, q->last_end, after->start))
		add(a, q, after, q->last, CLOSE_DIRECT);
	add_before(a, q, true);
	if (same_sentence)
		add(a, q, after, q->last,
		    is_passage_between(&passages[q->last], q->last_end, after->start) ? CLOSE_MAYBE : CLOSE_SURE);
	add_lead_in(a, q);
	add_after(a, q);
	add_notes(a, q);
	add_before(a, q, false);
	if (after && !same_sentence)
		add(a, q, after, q->last, CLOSE_MAYBE);
}
