/* check_quote_find.c: where the words of a quotation stand in the index. */
#include <string.h>

#include "../lib/quoted.h"
#include "check_quote.h"
#include "pinpoint.h"

enum {
	JOINED_BYTES = 40000, /* of records that are compared as one text */
	MOST_VERSIONS = 6,
	MOST_PINPOINTS = 8,
	EXACT_HITS = 40,
	NEAR_HITS = 6,
	BEFORE = 3, AFTER = 12 /* records around one that a quotation may go over */
};

/* Of a quotation that goes over several records, the main one holds so much. */
#define MAIN_PART 0.4

/* Records as one text, and where each begins in it. */
struct joined {
	struct opcit_buf text;
	struct {
		size_t start;
		uint32_t seq, named; /* the record, and the one after which the place is called */
	} parts[PLACE_MOST];
	size_t n;
};

/* The number that is printed before it: "12. ", "(a) ". */
static void add_number(struct opcit_str label, struct opcit_buf *out)
{
	size_t from = label.len;

	if (!label.len || ((unsigned)label.ptr[0] - '0' > 9u && label.ptr[0] != '('))
		return;
	while (from && label.ptr[from] != '(')
		from--;
	opcit_buf_add_str(out, opcit_str_sub(label, from, label.len));
	opcit_buf_puts(out, from || label.ptr[0] == '(' ? " " : ". ");
}

/* `named` is what closes the list of which paragraph; else seq. */
static opcit_status join_one(struct quote_finder *f, const struct opcit_entry *entry, uint32_t seq, uint32_t named,
			     struct joined *joined, struct opcit_err *err)
{
	struct opcit_record record;
	opcit_status status = opcit_index_record(f->checker->reader.index, entry, seq, &f->arena, &record, err);

	if (status != OPCIT_OK || record.kind == OPCIT_KIND_FOOTNOTE || record.kind == OPCIT_KIND_TOC ||
	    joined->n == PLACE_MOST || joined->text.len + record.text.len > JOINED_BYTES)
		return status;
	if (joined->n)
		opcit_buf_putc(&joined->text, '\n');
	joined->parts[joined->n].start = joined->text.len;
	joined->parts[joined->n].seq = seq;
	joined->parts[joined->n++].named = record.label.len ? seq : named;
	add_number(record.label, &joined->text);
	opcit_buf_add_str(&joined->text, record.text);
	return OPCIT_OK;
}

static bool is_better(const struct opcit_quote_match *match, const struct quote_place *best)
{
	if (!best->entry || match->verdict != best->match.verdict)
		return !best->entry || match->verdict > best->match.verdict;
	return match->similarity > best->match.similarity;
}

static opcit_status compare_joined(struct quote_finder *f, const struct opcit_quote *quote, const struct opcit_entry *entry,
				   struct joined *joined, struct quote_place *best, struct opcit_err *err)
{
	struct opcit_str source = opcit_arena_dup(&f->arena, opcit_buf_str(&joined->text));
	struct opcit_quote_match match;
	size_t i = 0;

	if (!joined->n)
		return OPCIT_OK;
	opcit_quote_compare(quote, source, &f->arena, &match);
	if (!is_better(&match, best))
		return OPCIT_OK;
	while (i + 1 < joined->n && joined->parts[i + 1].start <= match.source.start)
		i++;
	best->entry = entry;
	best->source = source;
	best->match = match;
	return opcit_index_record(f->checker->reader.index, entry, joined->parts[i].named, &f->arena, &best->record,
				  err);
}

/* ---- where the citation says ----------------------------------------------- */

/* Is it part of the paragraph of that label: an item of it, or what closes its list? */
static bool is_part(const struct opcit_record *record, struct opcit_str label)
{
	if (!record->label.len)
		return record->kind != OPCIT_KIND_HEADING && record->kind != OPCIT_KIND_TITLE &&
		       !memchr(label.ptr, '(', label.len);
	return record->label.len > label.len && record->label.ptr[label.len] == '(' &&
	       memcmp(record->label.ptr, label.ptr, label.len) == 0;
}

/* Join a record and the items below it. */
static opcit_status join_paragraph(struct quote_finder *f, const struct opcit_entry *entry, uint32_t seq,
				   struct joined *joined, struct opcit_err *err)
{
	struct opcit_record whole, record;
	struct opcit_index *index = f->checker->reader.index;
	opcit_status status = opcit_index_record(index, entry, seq, &f->arena, &whole, err);
	uint32_t named = seq;

	if (status == OPCIT_OK && (!joined->n || joined->parts[joined->n - 1].seq < seq))
		status = join_one(f, entry, seq, seq, joined, err);
	while (status == OPCIT_OK && whole.label.len && ++seq <= entry->doc.n_records && joined->n < PLACE_MOST) {
		status = opcit_index_record(index, entry, seq, &f->arena, &record, err);
		if (status != OPCIT_OK || record.kind == OPCIT_KIND_FOOTNOTE)
			continue;
		if (!is_part(&record, whole.label))
			break;
		if (joined->n && joined->parts[joined->n - 1].seq < seq)
			status = join_one(f, entry, seq, named, joined, err);
	}
	return status;
}

static opcit_status compare_place(struct quote_finder *f, const struct opcit_quote *quote, const struct opcit_entry *entry,
				  struct opcit_str pinpoint, struct quote_place *best, struct opcit_err *err)
{
	struct joined joined = { .text = OPCIT_BUF_INIT };
	struct place place;
	size_t i;
	opcit_status status = place_find(f->checker->reader.index, entry, pinpoint, &f->arena, &place, err);

	for (i = 0; status == OPCIT_OK && i < place.n; i++)
		status = join_paragraph(f, entry, place.seqs[i], &joined, err);
	if (status == OPCIT_OK)
		status = compare_joined(f, quote, entry, &joined, best, err);
	opcit_buf_release(&joined.text);
	return status;
}

static void compare_title(struct quote_finder *f, const struct opcit_quote *quote, const struct opcit_entry *entry,
			  struct quote_place *best)
{
	struct opcit_quote_match match;

	if (!entry->doc.title.len)
		return;
	opcit_quote_compare(quote, entry->doc.title, &f->arena, &match);
	if (match.verdict < OPCIT_QUOTE_EXACT_BUT || !is_better(&match, best))
		return;
	*best = (struct quote_place){ .entry = entry, .source = entry->doc.title, .match = match };
	best->record.kind = OPCIT_KIND_TITLE;
}

opcit_status quote_find_cited(struct quote_finder *f, const struct opcit_quote *quote, const struct opcit_citation *cite,
			      const struct reading *reading, struct quote_place *best, struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t i, k;

	for (i = 0; i < reading->n_versions && i < MOST_VERSIONS && status == OPCIT_OK; i++) {
		compare_title(f, quote, &reading->entries[i], best);
		for (k = 0; k < cite->n_pinpoints && k < MOST_PINPOINTS && status == OPCIT_OK; k++)
			status = compare_place(f, quote, &reading->entries[i], cite->pinpoints[k], best, err);
	}
	return status;
}

/* ---- anywhere ---------------------------------------------------------------- */

/* Do most of the draft's first records stand in that file, each in its place? */
static opcit_status is_same_text(struct quote_finder *f, const struct opcit_entry *entry, bool *same, struct opcit_err *err)
{
	enum { LOOKED_AT = 20 };
	const struct opcit_manuscript *manuscript = f->checker->manuscript;
	uint32_t n = entry->doc.n_records < LOOKED_AT ? entry->doc.n_records : LOOKED_AT, seq, shared = 0;
	struct opcit_record record;
	opcit_status status = OPCIT_OK;

	for (seq = 1; seq <= n && seq <= manuscript->n_records && status == OPCIT_OK; seq++) {
		status = opcit_index_record(f->checker->reader.index, entry, seq, &f->arena, &record, err);
		shared += status == OPCIT_OK && opcit_str_eq(record.text, manuscript->records[seq - 1].text);
	}
	*same = shared * 2 > n;
	return status;
}

opcit_status quote_find_draft(struct quote_finder *f, struct opcit_err *err)
{
	const struct reading *reading;
	bool same = false;
	size_t i;
	opcit_status status;

	if (!f->checker->manuscript->doc.id.len)
		return OPCIT_OK;
	status = check_target(f->checker, f->checker->manuscript->doc.id, &reading, err);
	for (i = 0; status == OPCIT_OK && i < reading->n_versions && !same; i++) {
		status = is_same_text(f, &reading->entries[i], &same, err);
		if (same)
			f->own = reading->entries[i].number + 1;
	}
	opcit_arena_reset(&f->arena);
	return status;
}

/* The draft itself may be in the index, and is no source of its own: known by its
 * first records, or by the paragraph in which the quotation stands. Its name alone
 * would not do: a draft about a resolution opens with the symbol of that. */
static bool is_draft(struct quote_finder *f, const struct opcit_hit *hit)
{
	if (f->around.len && opcit_str_eq(hit->record.text, f->around))
		f->own = hit->entry->number + 1;
	return f->own == hit->entry->number + 1;
}

bool quote_place_is_quoted(const struct quote_place *place)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_passage *passages;
	bool quoted = false;
	size_t n, i;

	opcit_quote_find(place->source, OPCIT_QUOTE_NONE, &arena, &passages, &n);
	for (i = 0; i < n; i++)
		quoted = quoted || (!passages[i].open && passages[i].whole.start <= place->match.source.start &&
				    place->match.source.end <= passages[i].whole.end);
	opcit_arena_release(&arena);
	return quoted;
}

/* The quotation may go over several records: compare with those around, too. */
static opcit_status widen(struct quote_finder *f, const struct opcit_quote *quote, struct quote_place *best,
			  struct opcit_err *err)
{
	const struct opcit_entry *entry = best->entry;
	struct joined joined = { .text = OPCIT_BUF_INIT };
	uint32_t seq = best->record.seq > BEFORE ? best->record.seq - BEFORE : 1, last = best->record.seq + AFTER;
	opcit_status status = OPCIT_OK;

	for (; seq <= last && seq <= entry->doc.n_records && status == OPCIT_OK; seq++)
		status = join_one(f, entry, seq, seq, &joined, err);
	if (status == OPCIT_OK)
		status = compare_joined(f, quote, entry, &joined, best, err);
	opcit_buf_release(&joined.text);
	return status;
}

static bool is_name(enum opcit_kind kind)
{
	return kind == OPCIT_KIND_TITLE || kind == OPCIT_KIND_HEADING || kind == OPCIT_KIND_TOC;
}

static void add_other(struct quote_finder *f, struct finding *others, struct opcit_str id)
{
	enum { MOST = 8 };
	size_t i;

	for (i = 0; i < others->n_others; i++)
		if (opcit_str_eq(others->others[i], id))
			return;
	if (!others->others)
		others->others = opcit_arena_alloc(f->checker->arena, MOST * sizeof *others->others);
	if (others->n_others < MOST)
		others->others[others->n_others++] = opcit_arena_dup(f->checker->arena, id);
}

opcit_status quote_find_anywhere(struct quote_finder *f, const struct opcit_quote *quote, const struct reading *document,
				 bool nearly, struct quote_place *best, struct finding *others, struct opcit_err *err)
{
	struct opcit_quoted asked = { .words = opcit_quote_piece(quote), .nearly = nearly };
	struct opcit_results results;
	opcit_status status;
	size_t i;

	if (document)
		asked.document = document->entries[0].doc.id;
	status = opcit_index_quoted(f->checker->reader.index, &asked, nearly ? NEAR_HITS : EXACT_HITS, &f->arena,
				    &results, err);
	for (i = 0; status == OPCIT_OK && i < results.n && !nearly; i++)
		is_draft(f, &results.hits[i]);
	for (i = 0; status == OPCIT_OK && i < results.n; i++) {
		const struct opcit_hit *hit = &results.hits[i];
		struct opcit_quote_match match;

		if (is_draft(f, hit))
			continue;
		opcit_quote_compare(quote, hit->record.text, &f->arena, &match);
		if (match.verdict >= OPCIT_QUOTE_EXACT_BUT && others)
			add_other(f, others, hit->entry->doc.id);
		/* of equals one that says it rather than one that is called so */
		if (is_better(&match, best) || (best->match.verdict == match.verdict && is_name(best->record.kind) &&
						!is_name(hit->record.kind) && match.verdict >= OPCIT_QUOTE_EXACT_BUT))
			*best = (struct quote_place){ hit->entry, hit->record, hit->record.text, match };
	}
	f->cut = f->cut || (results.cut && !document);
	if (status == OPCIT_OK && best->entry && best->record.seq && best->match.verdict < OPCIT_QUOTE_EXACT_BUT &&
	    best->match.similarity >= MAIN_PART)
		status = widen(f, quote, best, err);
	return status;
}

/* ---- the word diff ------------------------------------------------------------- */

enum { CONTEXT = 48 }; /* bytes of what is the same, on either side of what differs */

/* Cut what is the same to its ends, at words. */
static void add_kept(struct opcit_str text, bool first, bool last, struct opcit_buf *out)
{
	size_t from = text.len > CONTEXT ? text.len - CONTEXT : 0, to = CONTEXT;

	if (text.len <= (first || last ? CONTEXT : 2 * CONTEXT) + 16u) {
		opcit_buf_add_str(out, text);
		return;
	}
	while (from < text.len && text.ptr[from] != ' ')
		from++;
	while (to && text.ptr[to] != ' ')
		to--;
	if (!first) {
		opcit_buf_add_str(out, opcit_str_sub(text, 0, to));
		opcit_buf_putc(out, ' ');
	}
	opcit_buf_puts(out, "…");
	if (!last)
		opcit_buf_add_str(out, opcit_str_sub(text, from, text.len));
}

struct opcit_str quote_diff(const struct opcit_wdiff *diff, struct opcit_str source, struct opcit_str quote,
			    struct opcit_arena *arena)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_str line;
	size_t i, at = 0; /* of the quotation, written so far */

	for (i = 0; i < diff->n; i++) {
		const struct opcit_wdiff_run *run = &diff->runs[i];
		struct opcit_str old = opcit_str_sub(source, run->a.start, run->a.end);
		struct opcit_str now = opcit_str_sub(quote, run->b.start, run->b.end);

		if (run->op != OPCIT_WDIFF_DELETED)
			opcit_buf_add_str(&out, opcit_str_sub(quote, at, run->b.start));
		else if (out.len && out.ptr[out.len - 1] != ' ')
			opcit_buf_putc(&out, ' ');
		if (run->op == OPCIT_WDIFF_KEPT)
			add_kept(now, i == 0, i + 1 == diff->n, &out);
		else if (run->op == OPCIT_WDIFF_INSERTED)
			opcit_buf_printf(&out, "{+%.*s+}", OPCIT_FMT(now));
		else
			opcit_buf_printf(&out, "[-%.*s-]%s", OPCIT_FMT(old), i + 1 < diff->n ? " " : "");
		at = run->op == OPCIT_WDIFF_DELETED ? at : run->b.end;
		if (run->op == OPCIT_WDIFF_DELETED)
			while (at < quote.len && quote.ptr[at] == ' ')
				at++; /* one was put in already */
	}
	line = opcit_arena_dup(arena, opcit_buf_str(&out));
	opcit_buf_release(&out);
	return line;
}
