/* check_quote.c: the quotations of a draft, each with its verdict. */
#include "check_quote.h"

#include <stdlib.h>
#include <string.h>

#include "pinpoint.h"

enum { PARTS_MOST = 64 }; /* paragraphs over which one quotation goes */

/* Without a citation, only what is this similar is a likely source. */
#define LIKELY 0.85
/* What may be the draft's own words, taken over with other verbs, is blamed only above this. */
#define SURELY 0.92

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

/* Does the source stand at the end of what is open: “… (A/65/156, para. 3)? Then only
 * the closing mark was forgotten. */
static bool is_sourced(const struct opcit_record *record, const struct opcit_passage *last)
{
	const struct opcit_citation *cite = record->n_cites ? &record->cites[record->n_cites - 1] : NULL;
	size_t at;

	if (!cite || cite->start < last->words.start || record->text.len - cite->end > 3)
		return false;
	for (at = cite->start; at > last->words.start && cite->start - at < 30; at--)
		if (record->text.ptr[at] == '(')
			return true;
	return false;
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
		if (note)
			continue;
		left_open = OPCIT_QUOTE_NONE;
		if (all[i].n && all[i].items[all[i].n - 1].open && !is_sourced(record, &all[i].items[all[i].n - 1]))
			left_open = all[i].items[all[i].n - 1].style;
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

/* What nothing closes ends where its source is named: “… (A/65/156, para. 3). */
static void end_at_citation(const struct opcit_record *record, struct passages *passages, struct quotation *q)
{
	size_t i, end;

	for (i = 0; i < record->n_cites && record->cites[i].start < q->inner_start; i++)
		;
	if (i == record->n_cites || record->cites[i].start >= q->inner_end)
		return;
	end = record->cites[i].start;
	while (end > q->inner_start && record->text.ptr[end] != '(' && record->cites[i].start - end < 30)
		end--;
	if (record->text.ptr[end] != '(' || end == q->inner_start)
		return;
	q->end = q->last_end = end;
	while (end > q->inner_start && record->text.ptr[end - 1] == ' ')
		end--;
	q->inner_end = end;
	q->text = opcit_str_sub(record->text, q->inner_start, end);
	for (; i < record->n_cites; i++)
		passages->quoted[i] = false;
}

/* Take passage k of record i with all that it goes on in; the number of its words. */
static size_t take_passage(const struct opcit_manuscript *manuscript, struct passages *all, size_t i, size_t k,
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
	else if (q->open)
		end_at_citation(&manuscript->records[i], &all[i], q);
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

	if (status != OPCIT_OK || !a->reading->n_versions)
		return status;
	status = quote_find_cited(&c->finder, c->quote, cite, a->reading, &a->there, err);
	if (status != OPCIT_OK || quote_is_exact(&a->there))
		return status;
	status = quote_find_anywhere(&c->finder, c->quote, a->reading, false, rest, NULL, err);
	if (status == OPCIT_OK && !quote_is_exact(rest))
		status = quote_find_anywhere(&c->finder, c->quote, a->reading, true, rest, NULL, err);
	/* over several paragraphs, of which the first is the one that is cited */
	if (quote_is_exact(rest) && rest == &a->nearby && a->there.entry && a->there.record.seq == rest->record.seq &&
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

/* Does the paragraph cite the document before it quotes it? "The same resolution says
 * “…”" is a citation to its reader. */
static opcit_status is_spoken_of(struct checking *c, const struct opcit_entry *entry, bool *spoken, struct opcit_err *err)
{
	const struct opcit_record *record = &c->checker->manuscript->records[c->q->record];
	const struct reading *reading;
	opcit_status status = OPCIT_OK;
	size_t i, k;

	*spoken = false;
	for (i = 0; i < record->n_cites && status == OPCIT_OK && !*spoken; i++) {
		struct opcit_str target = check_meant(c->checker->facts, c->q->record, &record->cites[i]);

		if (record->cites[i].end > c->q->start || !target.len)
			continue;
		status = check_target(c->checker, target, &reading, err);
		for (k = 0; status == OPCIT_OK && k < reading->n_versions; k++)
			*spoken = *spoken || reading->entries[k].number == entry->number;
	}
	return status;
}

static opcit_status judge_alone(struct checking *c, struct opcit_err *err)
{
	struct quote_place place = { 0 };
	struct finding others = { 0 };
	bool spoken;
	enum opcit_kind kind = c->checker->manuscript->records[c->q->record].kind;
	opcit_status status;

	/* names of things stand in titles */
	if ((kind == OPCIT_KIND_TITLE || kind == OPCIT_KIND_HEADING) && !c->q->block)
		return OPCIT_OK;
	status = quote_find_anywhere(&c->finder, c->quote, NULL, false, &place, &others, err);
	if (status == OPCIT_OK && !quote_is_exact(&place))
		status = quote_find_anywhere(&c->finder, c->quote, NULL, true, &place, NULL, err);
	if (status != OPCIT_OK || !place.entry)
		return status;
	/* who names a document quotes its title; who quotes what another quotes, a third */
	if (quote_is_exact(&place) && (place.record.kind == OPCIT_KIND_TITLE || place.record.kind == OPCIT_KIND_HEADING))
		return OPCIT_OK;
	if (quote_place_is_quoted(&place))
		return OPCIT_OK;
	status = is_spoken_of(c, place.entry, &spoken, err);
	if (status != OPCIT_OK)
		return status;
	if (spoken && quote_is_exact(&place))
		quote_report_exact(c, NULL, &place);
	else if (quote_is_exact(&place) || (quote_is_near(&place) && place.match.similarity >= LIKELY))
		quote_report_source(c, &place, &others);
	return OPCIT_OK;
}

/* May it be the draft's own words: an item, or what no paragraph of a source introduces? */
static bool is_doubtful(const struct checking *c, const struct attempt *attempt)
{
	return c->q->perhaps && (!attempt->cited->cite->n_pinpoints || c->checker->manuscript->records[c->q->record].label.len);
}

/* The best of those that nearly say it; NULL when none does. */
static const struct attempt *nearest(const struct checking *c, const struct attempt *attempts, size_t n, bool nearby)
{
	const struct attempt *best = NULL;
	double most = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct quote_place *place = nearby ? &attempts[i].nearby : &attempts[i].there;
		bool maybe = nearby || attempts[i].cited->closeness == CLOSE_MAYBE;
		double least = is_doubtful(c, &attempts[i]) ? SURELY : maybe ? LIKELY : 0;

		if (quote_is_near(place) && place->match.similarity >= least && place->match.similarity > most) {
			best = &attempts[i];
			most = place->match.similarity;
		}
	}
	return best;
}

/* Is it what the document is called, rather than what a paragraph says? */
static bool is_called(const struct quote_place *place)
{
	enum { HEAD = 40 }; /* records */

	return place->record.kind == OPCIT_KIND_TITLE ||
	       (place->record.kind == OPCIT_KIND_HEADING && place->record.seq <= HEAD && !place->record.label.len);
}

/* No citation has it word for word: say what is wrong. */
static opcit_status judge_wrong(struct checking *c, const struct attempt *attempts, size_t n, struct opcit_err *err)
{
	const struct attempt *meant = blamed(attempts, n), *near = nearest(c, attempts, n, false);
	const struct attempt *nearby = nearest(c, attempts, n, true);
	struct quote_place place = { 0 };
	struct finding others = { 0 };
	size_t i;
	opcit_status status;

	for (i = 0; i < n; i++)
		if (quote_is_exact(&attempts[i].nearby) && is_called(&attempts[i].nearby)) {
			quote_report_exact(c, attempts[i].cited, &attempts[i].nearby);
			return OPCIT_OK;
		}
	for (i = 0; i < n; i++)
		if (quote_is_exact(&attempts[i].nearby) && (attempts[i].cited->closeness >= CLOSE_SURE || !meant)) {
			quote_report_elsewhere(c, attempts[i].cited, &attempts[i].nearby, true, &attempts[i].there, NULL);
			return OPCIT_OK;
		}
	if (c->q->name)
		return OPCIT_OK;
	if (!meant && !near)
		return c->q->perhaps ? OPCIT_OK : judge_alone(c, err);
	status = quote_find_anywhere(&c->finder, c->quote, NULL, false, &place, &others, err);
	if (status != OPCIT_OK)
		return status;
	if (meant && c->q->perhaps && !near && !nearby && !quote_is_exact(&place))
		return OPCIT_OK;
	/* "(a) A report prepared by … (A/88/341)" is worded alike in every such list */
	if (meant && is_doubtful(c, meant) && (!near || quote_is_exact(&place)))
		return OPCIT_OK;
	if (meant && !is_in_language(meant->reading, c->q->lang) && !near)
		quote_report_unknown(c, meant->cited, meant->reading, &place);
	else if (quote_is_exact(&place) && place.record.kind != OPCIT_KIND_TITLE)
		quote_report_elsewhere(c, (meant ? meant : near)->cited, &place, false, &(meant ? meant : near)->there, &others);
	else if (quote_is_exact(&place))
		quote_report_exact(c, NULL, &place);
	else if (near)
		quote_report_differs(c, near->cited, &near->there);
	else if (nearby)
		quote_report_elsewhere(c, nearby->cited, &nearby->nearby, true, &nearby->there, NULL);
	else if (!c->q->perhaps)
		quote_report_missing(c, meant->cited, &meant->there);
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
		if (quote_is_exact(&attempts[i].there)) {
			quote_report_exact(c, attempts[i].cited, &attempts[i].there);
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
	opcit_status status;

	c->q = q;
	c->quote = opcit_quote_read(q->text, &c->finder.arena);
	if (!c->quote || opcit_quote_length(c->quote) < OPCIT_QUOTE_WORDS)
		return OPCIT_OK;
	quotation_attribute(attributing, q);
	c->finder.cut = false;
	/* a block quotation of a whole paragraph is that paragraph of its source */
	c->finder.around = q->block ? (struct opcit_str){ NULL, 0 } : c->checker->manuscript->records[q->record].text;
	status = judge(c, err);
	/* a file left the index meanwhile: nothing can be said */
	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

static opcit_status check_record(struct checking *c, struct attributing *attributing, size_t i, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = c->checker->manuscript;
	struct passages *all = attributing->passages;
	opcit_status status = OPCIT_OK;
	struct quotation q;
	size_t k;

	if (all[i].block) {
		take_block(manuscript, all, i, &q);
		status = check_one(c, attributing, &q, err);
		opcit_arena_reset(&c->finder.arena);
		return status;
	}
	for (k = 0; k < all[i].n && status == OPCIT_OK; k++)
		if (!all[i].items[k].goes_on || i > c->taken) {
			size_t words = take_passage(manuscript, all, i, k, &c->finder.arena, &q);

			c->taken = q.last;
			if (words >= OPCIT_QUOTE_WORDS)
				status = check_one(c, attributing, &q, err);
			opcit_arena_reset(&c->finder.arena);
		}
	return status;
}

opcit_status check_quotations(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	struct checking c = { .checker = checker, .finder = { .checker = checker } };
	struct attributing attributing = { .manuscript = manuscript, .facts = checker->facts, .arena = checker->arena };
	opcit_status status;
	size_t i;

	c.finder.file = (struct place_file){ .index = checker->reader.index, .arena = OPCIT_ARENA_INIT };
	attributing.passages = find_passages(manuscript, checker->arena);
	quotation_blocks(manuscript, attributing.passages);
	status = quote_find_draft(&c.finder, err);
	for (i = 0; i < manuscript->n_records && status == OPCIT_OK; i++)
		status = check_record(&c, &attributing, i, err);
	place_file_release(&c.finder.file);
	opcit_arena_release(&c.finder.arena);
	return status;
}
