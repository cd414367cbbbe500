/* check_quote.c: the quotations of a draft, each with its verdict. */
#include "check_quote.h"

#include <stdlib.h>
#include <string.h>

#include "pinpoint.h"

enum { PARTS_MOST = 64 }; /* paragraphs over which one quotation goes */

/* Without a citation, only what is this similar is a likely source. */
#define LIKELY 0.85

/* ---- the passages of the draft --------------------------------------------- */

static void mark_quoted(const struct opcit_record *record, struct passages *passages, struct opcit_arena *arena)
{
	size_t i, k = 0;

	passages->quoted = opcit_arena_calloc(arena, record->n_cites + 1);
	for (i = 0; i < record->n_cites; i++) {
		while (k < passages->n && passages->items[k].whole.end <= record->cites[i].start)
			k++;
		/* one that reaches out of it is what follows it: “… of paragraph 17” (S/RES/775, para. 6) */
		passages->quoted[i] = k < passages->n && passages->items[k].whole.start < record->cites[i].end &&
				      passages->items[k].whole.end >= record->cites[i].end;
	}
}

/* The passages of all records, one item for each. A note stands between the parts
 * of a paragraph, and does not end its quotation. */
static struct passages *find_passages(const struct opcit_manuscript *manuscript, struct opcit_arena *arena)
{
	struct passages *all = opcit_arena_calloc(arena, (manuscript->n_records + 1) * sizeof *all);
	enum opcit_quote_style left_open = OPCIT_QUOTE_NONE;
	size_t i;

	for (i = 0; i < manuscript->n_records; i++) {
		const struct opcit_record *record = &manuscript->records[i];
		bool note = record->kind == OPCIT_KIND_FOOTNOTE;

		if (record->kind != OPCIT_KIND_TOC)
			opcit_quote_find(record->text, note ? OPCIT_QUOTE_NONE : left_open, arena, &all[i].items, &all[i].n);
		mark_quoted(record, &all[i], arena);
		if (!note)
			left_open = all[i].n && all[i].items[all[i].n - 1].open ? all[i].items[all[i].n - 1].style
										: OPCIT_QUOTE_NONE;
	}
	return all;
}

/* The next record whose first passage goes on with the last of record i; 0 for none. */
static size_t goes_on_in(const struct opcit_manuscript *manuscript, const struct passages *all, size_t i)
{
	size_t next = i + 1;

	if (manuscript->records[i].kind == OPCIT_KIND_FOOTNOTE)
		return 0;
	while (next < manuscript->n_records && manuscript->records[next].kind == OPCIT_KIND_FOOTNOTE)
		next++;
	return next < manuscript->n_records && all[next].n && all[next].items[0].goes_on ? next : 0;
}

/* Take passage k of record i with all that it goes on in; the number of its words. */
static size_t take_passage(const struct opcit_manuscript *manuscript, const struct passages *all, size_t i, size_t k,
			   struct opcit_arena *arena, struct quotation *q)
{
	const struct opcit_passage *part = &all[i].items[k];
	struct opcit_buf text = OPCIT_BUF_INIT;
	size_t n_words = part->n_words, parts = 1, next;

	*q = (struct quotation){ .record = i, .start = part->whole.start, .end = part->whole.end,
				 .inner_start = part->words.start, .inner_end = part->words.end, .last = i,
				 .last_end = part->whole.end, .open = part->open,
				 .lang = opcit_record_lang(&manuscript->doc, &manuscript->records[i]) };
	q->text = opcit_str_sub(manuscript->records[i].text, part->words.start, part->words.end);
	if (!part->open || k + 1 < all[i].n)
		return n_words;
	while (part->open && parts++ < PARTS_MOST && (next = goes_on_in(manuscript, all, q->last)) != 0) {
		if (!text.len)
			opcit_buf_add_str(&text, q->text);
		part = &all[next].items[0];
		opcit_buf_putc(&text, '\n');
		opcit_buf_add_str(&text, opcit_str_sub(manuscript->records[next].text, part->words.start, part->words.end));
		n_words += part->n_words;
		q->last = next;
		q->last_end = part->whole.end;
		q->open = part->open;
		if (all[next].n > 1)
			break;
	}
	if (text.len)
		q->text = opcit_arena_dup(arena, opcit_buf_str(&text));
	opcit_buf_release(&text);
	return n_words;
}

/* Take record i, which is a quotation itself. */
static void take_block(const struct opcit_manuscript *manuscript, const struct passages *all, size_t i, struct quotation *q)
{
	const struct opcit_record *record = &manuscript->records[i];
	struct opcit_str text = opcit_str_trim(quotation_block_text(record));
	size_t start = (size_t)(text.ptr - record->text.ptr), end = start + text.len;

	*q = (struct quotation){ .record = i, .start = start, .end = end, .inner_start = start, .inner_end = end,
				 .last = i, .last_end = end, .text = text, .block = true,
				 .perhaps = all[i].block == BLOCK_PERHAPS,
				 .lang = opcit_record_lang(&manuscript->doc, record) };
}

/* ---- verdicts ------------------------------------------------------------------ */

struct checking {
	struct checker *checker;
	struct quote_finder finder;
	struct quotation *q;
	struct opcit_quote *quote;
};

static bool is_exact(const struct quote_place *place)
{
	return place->entry && place->match.verdict >= OPCIT_QUOTE_EXACT_BUT;
}

static bool is_near(const struct quote_place *place)
{
	return place->entry && place->match.verdict == OPCIT_QUOTE_DIFFERS;
}

/* "the first letter, hyphens and note markers" */
static void list_changes(unsigned kinds, struct opcit_buf *out)
{
	size_t kind, left = (size_t)__builtin_popcount(kinds), all = left;

	for (kind = 0; kind < OPCIT_QUOTE_CHANGE_COUNT; kind++) {
		if (!(kinds & 1u << kind))
			continue;
		if (left != all)
			opcit_buf_puts(out, left == 1 ? " and " : ", ");
		opcit_buf_puts(out, opcit_quote_change_name((enum opcit_quote_change_kind)kind));
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
		finding->evidence = is_near(place) ? quote_diff(&place->match.diff, place->source, q->text, c->checker->arena)
						   : check_first_words(stretch(place), c->checker->arena);
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

static void report_exact(struct checking *c, const struct cited *cited, const struct quote_place *place)
{
	bool changed = place->match.verdict == OPCIT_QUOTE_EXACT_BUT;
	struct finding *finding = add_finding(c, changed ? CHECK_EXACT_BUT : CHECK_EXACT, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	if (place->record.kind == OPCIT_KIND_TITLE)
		opcit_buf_puts(&reason, "the title");
	if (changed) {
		opcit_buf_printf(&reason, "%sexact but for ", reason.len ? ", " : "");
		list_changes(place->match.kinds, &reason);
	}
	set_reason(c, finding, &reason);
}

/* What the words are instead, to be put in the place of those between the marks. */
static void set_words(struct checking *c, struct finding *finding, const struct quote_place *place)
{
	if (c->q->last != c->q->record || c->q->open || place->match.kinds || place->match.cut)
		return;
	finding->fix = stretch(place);
	finding->fix_start = c->q->inner_start;
	finding->fix_end = c->q->inner_end;
}

static void report_differs(struct checking *c, const struct cited *cited, const struct quote_place *place)
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
static void set_pinpoint(struct finding *finding, const struct cited *cited, const struct quote_place *place)
{
	const struct opcit_citation *cite = cited->cite;

	if (cited->record != finding->record || cite->n_pinpoints != 1 || !place->record.label.len ||
	    !opcit_str_starts(cite->pinpoints[0], "para:") || (unsigned)place->record.label.ptr[0] - '0' > 9u)
		return;
	finding->fix = place->record.label;
	finding->fix_start = cite->spans[0].start;
	finding->fix_end = cite->spans[0].end;
}

/* `there` is what the cited place says instead, if it is alike. */
static void report_elsewhere(struct checking *c, const struct cited *cited, const struct quote_place *place, bool same,
			     const struct quote_place *there, const struct finding *others)
{
	struct finding *finding = add_finding(c, CHECK_FOUND_ELSEWHERE, cited, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	opcit_buf_printf(&reason, "%s in %.*s, not in ", is_near(place) ? "it stands nearly so" : "it stands", OPCIT_FMT(finding->at));
	add_cited(cited, same, &reason);
	if (is_near(there)) {
		opcit_buf_puts(&reason, ", which says: ");
		opcit_buf_add_str(&reason, quote_diff(&there->match.diff, there->source, c->q->text, c->checker->arena));
	}
	if (others) {
		finding->others = others->others;
		finding->n_others = others->n_others;
	}
	if (same)
		set_pinpoint(finding, cited, place);
	set_reason(c, finding, &reason);
}

/* `there` is what the cited place says. */
static void report_missing(struct checking *c, const struct cited *cited, const struct quote_place *there)
{
	struct finding *finding = add_finding(c, CHECK_NOT_FOUND, cited, NULL);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	if (cited->cite->n_pinpoints && there->entry)
		finding->evidence = check_first_words(there->source, c->checker->arena);

	reference_write(cited->cite->target, cited->cite->pinpoints, cited->cite->n_pinpoints, &reason);
	opcit_buf_puts(&reason, " does not say it, nor does anything else in the index");
	set_reason(c, finding, &reason);
}

/* Nobody can tell: the document is not there, or only in another language. */
static void report_unknown(struct checking *c, const struct cited *cited, const struct reading *reading,
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

static void report_source(struct checking *c, const struct quote_place *place, const struct finding *others)
{
	struct finding *finding = add_finding(c, CHECK_UNATTRIBUTED, NULL, place);
	struct opcit_buf reason = OPCIT_BUF_INIT;

	opcit_buf_printf(&reason, "%s; %s %.*s", c->q->unread ? "its citation is not understood" : "no citation", is_near(place) ? "nearly the words of" : "the words of",
			 OPCIT_FMT(finding->at));
	finding->others = others->others;
	finding->n_others = others->n_others;
	set_reason(c, finding, &reason);
}

/* ---- one quotation --------------------------------------------------------------- */

/* What became of one citation that may be meant. */
struct attempt {
	const struct cited *cited;
	const struct reading *reading;
	struct quote_place there;  /* at its place, or anywhere in the document where it names none */
	struct quote_place nearby; /* elsewhere in its document */
};

static bool is_in_language(const struct reading *reading, struct opcit_str lang)
{
	size_t i;

	for (i = 0; i < reading->n_versions; i++)
		if (!lang.len || !reading->entries[i].doc.lang.len || opcit_str_eq(reading->entries[i].doc.lang, lang))
			return true;
	return false;
}

static opcit_status try(struct checking *c, struct attempt *a, struct opcit_err *err)
{
	const struct opcit_citation *cite = a->cited->cite;
	struct quote_place *rest = cite->n_pinpoints ? &a->nearby : &a->there;
	opcit_status status = check_target(c->checker, cite->target, &a->reading, err);

	if (status == OPCIT_OK && a->reading->n_versions)
		status = quote_find_cited(&c->finder, c->quote, cite, a->reading, &a->there, err);
	if (status != OPCIT_OK || !a->reading->n_versions || is_exact(&a->there))
		return status;
	status = quote_find_anywhere(&c->finder, c->quote, a->reading, false, rest, NULL, err);
	if (status == OPCIT_OK && !is_exact(rest))
		status = quote_find_anywhere(&c->finder, c->quote, a->reading, true, rest, NULL, err);
	/* over several paragraphs, of which the first is the one that is cited */
	if (is_exact(rest) && rest == &a->nearby && a->there.entry && a->there.record.seq == rest->record.seq &&
	    a->there.entry->number == rest->entry->number)
		a->there = *rest;
	return status;
}

/* Which citation the quotation is blamed on: the likeliest of which that is sure. */
static const struct attempt *blamed(const struct attempt *attempts, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (attempts[i].cited->closeness >= CLOSE_SURE)
			return &attempts[i];
	return NULL;
}

static opcit_status judge_alone(struct checking *c, struct opcit_err *err)
{
	struct quote_place place = { 0 };
	struct finding others = { 0 };
	enum opcit_kind kind = c->checker->manuscript->records[c->q->record].kind;
	opcit_status status;

	/* names of things stand in titles */
	if ((kind == OPCIT_KIND_TITLE || kind == OPCIT_KIND_HEADING) && !c->q->block)
		return OPCIT_OK;
	status = quote_find_anywhere(&c->finder, c->quote, NULL, false, &place, &others, err);
	if (status == OPCIT_OK && !is_exact(&place))
		status = quote_find_anywhere(&c->finder, c->quote, NULL, true, &place, NULL, err);
	if (status != OPCIT_OK || !place.entry)
		return status;
	/* who names a document quotes its title; who quotes what another quotes, a third */
	if (is_exact(&place) && (place.record.kind == OPCIT_KIND_TITLE || place.record.kind == OPCIT_KIND_HEADING))
		return OPCIT_OK;
	if (quote_place_is_quoted(&place))
		return OPCIT_OK;
	if (is_exact(&place) || (is_near(&place) && place.match.similarity >= LIKELY))
		report_source(c, &place, &others);
	return OPCIT_OK;
}

/* The best of those that nearly say it; NULL when none does. */
static const struct attempt *nearest(const struct attempt *attempts, size_t n, bool nearby, bool careful)
{
	const struct attempt *best = NULL;
	double most = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct quote_place *place = nearby ? &attempts[i].nearby : &attempts[i].there;
		double least = nearby || careful || attempts[i].cited->closeness == CLOSE_MAYBE ? LIKELY : 0;

		if (is_near(place) && place->match.similarity >= least && place->match.similarity > most) {
			best = &attempts[i];
			most = place->match.similarity;
		}
	}
	return best;
}

/* No citation has it word for word: say what is wrong. */
static opcit_status judge_wrong(struct checking *c, const struct attempt *attempts, size_t n, struct opcit_err *err)
{
	const struct attempt *meant = blamed(attempts, n), *near = nearest(attempts, n, false, c->q->perhaps);
	const struct attempt *nearby = nearest(attempts, n, true, true);
	struct quote_place place = { 0 };
	struct finding others = { 0 };
	size_t i;
	opcit_status status;

	for (i = 0; i < n; i++)
		if (is_exact(&attempts[i].nearby) && (attempts[i].cited->closeness >= CLOSE_SURE || !meant)) {
			report_elsewhere(c, attempts[i].cited, &attempts[i].nearby, true, &attempts[i].there, NULL);
			return OPCIT_OK;
		}
	if (c->q->name)
		return OPCIT_OK;
	if (!meant && !near)
		return judge_alone(c, err);
	status = quote_find_anywhere(&c->finder, c->quote, NULL, false, &place, &others, err);
	if (status != OPCIT_OK)
		return status;
	if (meant && c->q->perhaps && !near && !nearby && !is_exact(&place))
		return OPCIT_OK;
	if (meant && !is_in_language(meant->reading, c->q->lang) && !near)
		report_unknown(c, meant->cited, meant->reading, &place);
	else if (is_exact(&place) && place.record.kind != OPCIT_KIND_TITLE)
		report_elsewhere(c, (meant ? meant : near)->cited, &place, false, &(meant ? meant : near)->there, &others);
	else if (is_exact(&place))
		report_exact(c, NULL, &place);
	else if (near)
		report_differs(c, near->cited, &near->there);
	else if (nearby)
		report_elsewhere(c, nearby->cited, &nearby->nearby, true, &nearby->there, NULL);
	else if (!c->q->perhaps)
		report_missing(c, meant->cited, &meant->there);
	return OPCIT_OK;
}

static opcit_status judge(struct checking *c, struct opcit_err *err)
{
	struct attempt attempts[QUOTE_CITED_MOST] = { 0 };
	const struct quotation *q = c->q;
	opcit_status status;
	size_t i;

	for (i = 0; i < q->n_cited; i++) {
		attempts[i].cited = &q->cited[i];
		status = try(c, &attempts[i], err);
		if (status != OPCIT_OK)
			return status;
		if (is_exact(&attempts[i].there)) {
			report_exact(c, attempts[i].cited, &attempts[i].there);
			return OPCIT_OK;
		}
		/* right behind it: it is certain whose it is */
		if (q->cited[i].closeness == CLOSE_DIRECT) {
			i++;
			break;
		}
	}
	return judge_wrong(c, attempts, i, err);
}

/* ---- all of them ------------------------------------------------------------------ */

static opcit_status check_one(struct checking *c, struct attributing *attributing, struct quotation *q, struct opcit_err *err)
{
	c->q = q;
	c->quote = opcit_quote_read(q->text, c->checker->arena);
	if (!c->quote || opcit_quote_length(c->quote) < OPCIT_QUOTE_WORDS)
		return OPCIT_OK;
	quotation_attribute(attributing, q);
	c->finder.around = c->checker->manuscript->records[q->record].text;
	return judge(c, err);
}

static opcit_status check_record(struct checking *c, struct attributing *attributing, size_t i, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = c->checker->manuscript;
	const struct passages *all = attributing->passages;
	opcit_status status = OPCIT_OK;
	struct quotation q;
	size_t k;

	if (all[i].block) {
		take_block(manuscript, all, i, &q);
		return check_one(c, attributing, &q, err);
	}
	for (k = 0; k < all[i].n && status == OPCIT_OK; k++)
		if (!all[i].items[k].goes_on &&
		    take_passage(manuscript, all, i, k, c->checker->arena, &q) >= OPCIT_QUOTE_WORDS)
			status = check_one(c, attributing, &q, err);
	return status;
}

opcit_status check_quotations(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	struct checking c = { .checker = checker, .finder = { .checker = checker } };
	struct attributing attributing = { .manuscript = manuscript, .arena = checker->arena };
	opcit_status status = OPCIT_OK;
	size_t i;

	c.finder.file = (struct place_file){ .index = checker->reader.index, .arena = OPCIT_ARENA_INIT };
	attributing.passages = find_passages(manuscript, checker->arena);
	quotation_blocks(manuscript, attributing.passages);
	for (i = 0; i < manuscript->n_records && status == OPCIT_OK; i++)
		status = check_record(&c, &attributing, i, err);
	place_file_release(&c.finder.file);
	return status;
}
