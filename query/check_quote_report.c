/* check_quote_report.c: what is said of a quotation. */
#include <string.h>

#include "check_quote.h"
#include "pinpoint.h"

enum { SHOWN = 60 }; /* bytes of a change */

/* A span with the words that it touches. */
static struct opcit_str whole_words(struct opcit_str text, struct opcit_span span)
{
	while (span.start && text.ptr[span.start - 1] != ' ' && text.ptr[span.start - 1] != '\n')
		span.start--;
	while (span.end < text.len && text.ptr[span.end] != ' ' && text.ptr[span.end] != '\n')
		span.end++;
	return opcit_str_sub(text, span.start, span.end);
}

/* The first change of a kind: " (“organised” for “organized”)". What is told by its kind
 * alone is not shown. */
static void show_change(const struct quote_place *place, struct opcit_str quote, enum opcit_quote_change_kind kind,
			struct opcit_buf *out)
{
	const struct opcit_quote_match *match = &place->match;
	struct opcit_str now, old;
	size_t i = 0;

	if (kind == OPCIT_QUOTE_FIRST_LETTER || kind == OPCIT_QUOTE_ELLIPSIS || kind == OPCIT_QUOTE_NOTES ||
	    kind == OPCIT_QUOTE_NUMBERS)
		return;
	while (i < match->n_changes && match->changes[i].kind != kind)
		i++;
	if (i == match->n_changes)
		return;
	now = whole_words(quote, match->changes[i].quote);
	old = match->changes[i].source.end > match->changes[i].source.start ||
			      match->changes[i].quote.end == match->changes[i].quote.start || kind != OPCIT_QUOTE_BRACKETS
		      ? whole_words(place->source, match->changes[i].source)
		      : OPCIT_STR("");
	if (old.len && now.len <= SHOWN && old.len <= SHOWN)
		opcit_buf_printf(out, " (“%.*s” for “%.*s”)", OPCIT_FMT(now), OPCIT_FMT(old));
}

/* "the first letter, hyphens and note markers" */
static void list_changes(const struct quote_place *place, struct opcit_str quote, struct opcit_buf *out)
{
	unsigned kinds = place->match.kinds;
	size_t kind, left = (size_t)__builtin_popcount(kinds), all = left;

	for (kind = 0; kind < OPCIT_QUOTE_CHANGE_COUNT; kind++) {
		if (!(kinds & 1u << kind))
			continue;
		if (left != all)
			opcit_buf_puts(out, left == 1 ? " and " : ", ");
		opcit_buf_puts(out, opcit_quote_change_name((enum opcit_quote_change_kind)kind));
		show_change(place, quote, (enum opcit_quote_change_kind)kind, out);
		left--;
	}
}

static struct opcit_str written(struct checking *c, const struct quote_place *place)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_str at;

	if (place->record.seq)
		place_write(&c->finder.file, place->entry, &place->record, NULL, &out);
	else
		opcit_buf_add_str(&out, place->entry->doc.id);
	at = opcit_arena_dup(c->checker->arena, opcit_buf_str(&out));
	opcit_buf_release(&out);
	return at;
}

static struct opcit_str stretch(const struct quote_place *place)
{
	return opcit_str_sub(place->source, place->match.source.start, place->match.source.end);
}

static struct opcit_str first_words(struct checking *c, struct opcit_str text)
{
	return opcit_arena_dup(c->checker->arena, check_first_words(text, &c->finder.arena));
}

static struct finding *add_finding(struct checking *c, enum check_verdict verdict, const struct cited *cited,
				   const struct quote_place *place)
{
	const struct quotation *q = c->q;
	struct finding *finding = check_add(c->checker, verdict, q->record, q->start, q->end);

	finding->kind = CHECK_QUOTATION;
	if (cited) {
		finding->target = cited->cite->target;
		finding->pinpoints = cited->cite->pinpoints;
		finding->n_pinpoints = cited->cite->n_pinpoints;
	}
	if (place && place->entry) {
		finding->at = written(c, place);
		finding->evidence = quote_is_near(place) ? quote_diff(&place->match.diff, place->source, q->text, c->checker->arena)
						   : first_words(c, stretch(place));
	}
	return finding;
}

static void set_reason(struct checking *c, struct finding *finding, struct opcit_buf *reason)
{
	if (c->q->open)
		opcit_buf_printf(reason, "%sno mark closes it", reason->len ? "; " : "");
	finding->reason = opcit_arena_dup(c->checker->arena, opcit_buf_str(reason));
	opcit_buf_release(reason);
}

/* Who has the words too, but for the one that is named already. */
static void set_others(struct finding *finding, const struct quote_place *place, const struct finding *others)
{
	size_t i, n = 0;

	for (i = 0; others && i < others->n_others; i++)
		if (!opcit_str_eq(others->others[i], place->entry->doc.id))
			others->others[n++] = others->others[i];
	finding->others = n ? others->others : NULL;
	finding->n_others = n;
}

void quote_report_exact(struct checking *c, const struct cited *cited, const struct quote_place *place)
{
	bool changed = place->match.verdict == OPCIT_QUOTE_EXACT_BUT;
	struct finding *finding = add_finding(c, changed ? CHECK_EXACT_BUT : CHECK_EXACT, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	if (place->record.kind == OPCIT_KIND_TITLE)
		opcit_buf_puts(&reason, "the title");
	if (changed) {
		opcit_buf_printf(&reason, "%sexact but for ", reason.len ? ", " : "");
		list_changes(place, c->q->text, &reason);
	}
	set_reason(c, finding, &reason);
}

/* What the words are instead, to be put in the place of those between the marks. */
static void set_words(struct checking *c, struct finding *finding, const struct quote_place *place)
{
	struct opcit_str text = c->checker->manuscript->records[c->q->record].text;

	if (c->q->last != c->q->record || c->q->open || place->match.kinds || place->match.cut)
		return;
	finding->fix = opcit_arena_dup(c->checker->arena, stretch(place));
	finding->fix_start = c->q->inner_start;
	finding->fix_end = c->q->inner_end;
	while (finding->fix_end > finding->fix_start && strchr(".,;:", text.ptr[finding->fix_end - 1]))
		finding->fix_end--; /* the stop is the draft's */
}

void quote_report_differs(struct checking *c, const struct cited *cited, const struct quote_place *place)
{
	struct finding *finding = add_finding(c, CHECK_DIFFERS, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	opcit_buf_printf(&reason, "%.*s says it in other words", OPCIT_FMT(finding->at));
	if (place->match.cut)
		opcit_buf_puts(&reason, "; only its beginning was compared");
	set_reason(c, finding, &reason);
	set_words(c, finding, place);
}

static void add_cited(const struct cited *cited, bool pinpoints_only, struct opcit_buf *out)
{
	const struct opcit_citation *cite = cited->cite;

	if (pinpoints_only && cite->n_pinpoints)
		pinpoint_list(cite->pinpoints, cite->n_pinpoints, &PINPOINT_UN, out);
	else
		reference_write(cite->target, cite->pinpoints, cite->n_pinpoints, out);
}

/* The right paragraph, to be put in the place of the printed one. */
static void set_pinpoint(struct checking *c, struct finding *finding, const struct cited *cited, const struct quote_place *place)
{
	const struct opcit_citation *cite = cited->cite;
	struct opcit_buf fix = OPCIT_BUF_INIT;
	size_t i;

	if (cited->record != finding->record || cite->n_pinpoints != 1 || !place->record.label.len ||
	    !opcit_str_starts(cite->pinpoints[0], "para:") || (unsigned)place->record.label.ptr[0] - '0' > 9u)
		return;
	for (i = 0; i < place->record.label.len; i++) /* 3 (c) */
		opcit_buf_printf(&fix, "%s%c", place->record.label.ptr[i] == '(' ? " " : "", place->record.label.ptr[i]);
	finding->fix = opcit_arena_dup(c->checker->arena, opcit_buf_str(&fix));
	opcit_buf_release(&fix);
	finding->fix_start = cite->spans[0].start;
	finding->fix_end = cite->spans[0].end;
}

#define READABLE 0.8 /* below it, a diff is more marks than words */

/* `there` is what the cited place says instead, if it is alike. */
void quote_report_elsewhere(struct checking *c, const struct cited *cited, const struct quote_place *place, bool same,
			     const struct quote_place *there, const struct finding *others)
{
	struct finding *finding = add_finding(c, CHECK_FOUND_ELSEWHERE, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	opcit_buf_printf(&reason, "%s in %.*s, not in ", quote_is_near(place) ? "it stands nearly so" : "it stands", OPCIT_FMT(finding->at));
	add_cited(cited, same, &reason);
	if (quote_is_near(there) && there->match.similarity >= READABLE) {
		opcit_buf_puts(&reason, ", which says: ");
		opcit_buf_add_str(&reason, quote_diff(&there->match.diff, there->source, c->q->text, c->checker->arena));
	}
	set_others(finding, place, others);
	if (same)
		set_pinpoint(c, finding, cited, place);
	set_reason(c, finding, &reason);
}

/* `there` is what the cited place says. */
void quote_report_missing(struct checking *c, const struct cited *cited, const struct quote_place *there)
{
	struct finding *finding = add_finding(c, CHECK_NOT_FOUND, cited, NULL);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	if (cited->cite->n_pinpoints && there->entry)
		finding->evidence = first_words(c, there->source);

	reference_write(cited->cite->target, cited->cite->pinpoints, cited->cite->n_pinpoints, &reason);
	opcit_buf_puts(&reason, c->finder.cut ? " does not say it" : " does not say it, nor does anything else in the index");
	set_reason(c, finding, &reason);
}

/* Nobody can tell: the document is not there, or only in another language. */
void quote_report_unknown(struct checking *c, const struct cited *cited, const struct reading *reading,
			   const struct quote_place *place)
{
	struct finding *finding = add_finding(c, CHECK_NOT_IN_INDEX, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	if (reading->n_versions)
		opcit_buf_printf(&reason, "the index has %.*s only in another language", OPCIT_FMT(cited->cite->target));
	else
		opcit_buf_printf(&reason, "%.*s is not in the index", OPCIT_FMT(cited->cite->target));
	if (place->entry)
		opcit_buf_printf(&reason, "; the words stand in %.*s", OPCIT_FMT(finding->at));
	finding->address = reading->url;
	set_reason(c, finding, &reason);
}

void quote_report_source(struct checking *c, const struct quote_place *place, const struct finding *others)
{
	struct finding *finding = add_finding(c, CHECK_UNATTRIBUTED, NULL, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	opcit_buf_printf(&reason, "%s; %s %.*s", c->q->unread ? "its citation is not understood" : "no citation", quote_is_near(place) ? "nearly the words of" : "the words of",
			 OPCIT_FMT(finding->at));
	set_others(finding, place, others);
	set_reason(c, finding, &reason);
}
