/* lsp_hover.c: what stands where a citation points, and what the features share. */
#include "lsp.h"

#include <string.h>

#include "../lib/registry.h"
#include "json.h"
#include "pinpoint.h"
#include "place.h"

enum { TEXT_MOST = 6000, NOTE_MOST = 400, PLACES_MOST = 5, PARTS_MOST = 30 };

/* ---- shared --------------------------------------------------------------------------- */

bool lsp_cite_at(struct lsp *lsp, struct lsp_doc *doc, json_t *params, struct lsp_cite *cite)
{
	size_t at;

	return lsp_text_offset(&doc->text, json_object_get(params, "position"), &at) &&
	       lsp_doc_cite(lsp, doc, at, cite);
}

bool lsp_pointed(struct lsp *lsp, const struct reading *reading, const struct lsp_cite *cite,
		 struct opcit_record *record)
{
	struct place place = { .n = 0 };
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = OPCIT_OK;

	if (!reading->n_entries)
		return false;
	if (cite->n_pinpoints)
		status = place_find(lsp->index, &reading->entries[0], cite->pinpoints[0], &lsp->scratch, &place,
				    &err);
	if (status == OPCIT_OK && (place.n || !cite->n_pinpoints))
		status = opcit_index_record(lsp->index, &reading->entries[0], place.n ? place.seqs[0] : 1,
					    &lsp->scratch, record, &err);
	if (status != OPCIT_OK)
		lsp_index_failed(lsp, &err);
	return status == OPCIT_OK && (place.n || !cite->n_pinpoints);
}

void lsp_markdown(struct opcit_str text, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (memchr("\\`*_[]<>#|~&$", text.ptr[i], 13))
			opcit_buf_putc(out, '\\');
		opcit_buf_putc(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	}
}

bool lsp_is_web(struct opcit_str url)
{
	size_t i;

	for (i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ' || memchr("<>\"\\`", url.ptr[i], 5))
			return false;
	return opcit_str_starts(url, "https://") || opcit_str_starts(url, "http://");
}

struct opcit_str lsp_title(const struct reading *reading)
{
	struct opcit_str title = reading->n_entries ? reading->entries[0].doc.title : (struct opcit_str){ NULL, 0 };

	if (!title.len && reading->instrument)
		title = reading->instrument->name;
	return opcit_str_eq(title, reading->target) ? (struct opcit_str){ NULL, 0 } : reference_title(title);
}

struct opcit_str lsp_cut(struct opcit_str text, size_t most, struct opcit_arena *arena)
{
	size_t end = opcit_str_fit(text, most);

	return end == text.len ? text : opcit_arena_printf(arena, "%.*s…", (int)end, text.ptr);
}

/* ---- what is written, as Markdown or not -------------------------------------------------- */

struct page {
	struct lsp *lsp;
	struct opcit_buf out;
};

static void put(struct page *page, struct opcit_str text)
{
	if (page->lsp->markdown)
		lsp_markdown(text, &page->out);
	else
		opcit_buf_add_str(&page->out, text);
}

static void put_marked(struct page *page, const char *mark, struct opcit_str text)
{
	opcit_buf_puts(&page->out, page->lsp->markdown ? mark : "");
	put(page, text);
	opcit_buf_puts(&page->out, page->lsp->markdown ? mark : "");
}

static void put_gap(struct page *page)
{
	if (page->out.len)
		opcit_buf_puts(&page->out, "\n\n");
}

static void put_address(struct page *page, struct opcit_str url)
{
	if (!lsp_is_web(url))
		return;
	put_gap(page);
	opcit_buf_printf(&page->out, page->lsp->markdown ? "<%.*s>" : "%.*s", OPCIT_FMT(url));
}

/* ---- the paragraph ----------------------------------------------------------------------------- */

static void put_record(struct page *page, const struct opcit_record *record)
{
	put_gap(page);
	opcit_buf_puts(&page->out, page->lsp->markdown ? "> " : "");
	if (record->label.len) {
		put_marked(page, "**", record->label);
		opcit_buf_puts(&page->out, "  ");
	}
	put(page, lsp_cut(record->text, TEXT_MOST, &page->lsp->scratch));
}

/* The notes whose markers stand in it: of each the first after it. */
static void put_notes(struct page *page, const struct opcit_entry *entry, const struct opcit_record *record)
{
	struct lsp *lsp = page->lsp;
	size_t i, k, n;

	for (i = 0; i < record->n_notes && page->out.len < TEXT_MOST; i++) {
		struct opcit_str label = opcit_arena_printf(&lsp->scratch, "fn%.*s", OPCIT_FMT(record->notes[i]));
		struct opcit_record note;
		uint32_t *seqs;

		if (opcit_index_label(lsp->index, entry, label, &lsp->scratch, &seqs, &n, NULL) != OPCIT_OK || !n)
			continue;
		for (k = 0; k + 1 < n && seqs[k] < record->seq;)
			k++;
		if (opcit_index_record(lsp->index, entry, seqs[k], &lsp->scratch, &note, NULL) != OPCIT_OK)
			continue;
		put_gap(page);
		opcit_buf_puts(&page->out, "note ");
		put(page, record->notes[i]);
		opcit_buf_puts(&page->out, ": ");
		put(page, lsp_cut(note.text, NOTE_MOST, &lsp->scratch));
	}
}

/* A record, and the lettered items below it. */
static opcit_status put_place(struct page *page, const struct opcit_entry *entry, uint32_t seq,
			      struct opcit_err *err)
{
	struct lsp *lsp = page->lsp;
	struct opcit_record whole, part;
	opcit_status status = opcit_index_record(lsp->index, entry, seq, &lsp->scratch, &whole, err);
	uint32_t at;

	if (status != OPCIT_OK)
		return status;
	put_record(page, &whole);
	put_notes(page, entry, &whole);
	for (at = seq + 1; whole.label.len && at <= entry->doc.n_records && at <= seq + PARTS_MOST; at++) {
		if (page->out.len > TEXT_MOST ||
		    opcit_index_record(lsp->index, entry, at, &lsp->scratch, &part, NULL) != OPCIT_OK)
			break;
		if (part.kind == OPCIT_KIND_FOOTNOTE)
			continue;
		if (part.label.len <= whole.label.len || part.label.ptr[whole.label.len] != '(' ||
		    memcmp(part.label.ptr, whole.label.ptr, whole.label.len) != 0)
			break;
		put_record(page, &part);
	}
	return OPCIT_OK;
}

static void put_missing(struct page *page, struct opcit_str pinpoint)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	pinpoint_one(pinpoint, &PINPOINT_UN, &buf);
	put_gap(page);
	opcit_buf_puts(&page->out, "The document has no ");
	put(page, opcit_buf_str(&buf));
	opcit_buf_putc(&page->out, '.');
	opcit_buf_release(&buf);
}

static opcit_status put_places(struct page *page, const struct opcit_entry *entry, const struct lsp_cite *cite,
			       struct opcit_err *err)
{
	struct lsp *lsp = page->lsp;
	opcit_status status = OPCIT_OK;
	struct place place;
	size_t i, k;

	for (i = 0; i < cite->n_pinpoints && i < PLACES_MOST && status == OPCIT_OK; i++) {
		status = place_find(lsp->index, entry, cite->pinpoints[i], &lsp->scratch, &place, err);
		if (status != OPCIT_OK)
			break;
		if (!place.n || !place.exact)
			put_missing(page, cite->pinpoints[i]);
		for (k = 0; k < place.n && page->out.len < TEXT_MOST && status == OPCIT_OK; k++)
			status = put_place(page, entry, place.seqs[k], err);
	}
	return status;
}

/* ---- the document ---------------------------------------------------------------------------------- */

static void put_head(struct page *page, const struct reading *reading, const struct lsp_cite *cite)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str title = lsp_title(reading);
	const struct opcit_doc *doc = reading->n_entries ? &reading->entries[0].doc : NULL;

	reference_write(reading->target, cite->pinpoints, cite->n_pinpoints, &buf);
	put_marked(page, "**", opcit_buf_str(&buf));
	if (title.len) {
		put_gap(page);
		put_marked(page, "*", title);
	}
	if (doc && (doc->body.len || doc->date.len)) {
		opcit_buf_puts(&page->out, title.len ? ", " : "\n\n");
		put(page, doc->body);
		opcit_buf_puts(&page->out, doc->body.len && doc->date.len ? ", " : "");
		put(page, doc->date);
	}
	opcit_buf_release(&buf);
}

json_t *lsp_hover(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	struct page page = { .lsp = lsp, .out = OPCIT_BUF_INIT };
	struct opcit_err err = OPCIT_ERR_INIT;
	const struct reading *reading;
	struct lsp_cite cite;
	json_t *result = NULL;

	if (!lsp_cite_at(lsp, doc, params, &cite))
		return NULL;
	if (!cite.target.len) {
		put(&page, OPCIT_STR("It cannot be told what this points to."));
	} else {
		reading = lsp_target(lsp, cite.target);
		if (!reading)
			return NULL;
		put_head(&page, reading, &cite);
		if (!reading->n_entries) {
			put_gap(&page);
			put(&page, OPCIT_STR("Not in the index."));
			put_address(&page, reading->url);
		} else if (put_places(&page, &reading->entries[0], &cite, &err) != OPCIT_OK) {
			lsp_index_failed(lsp, &err);
			opcit_buf_release(&page.out);
			return NULL;
		}
	}
	result = json_pack("{s:{s:s, s:o}, s:o}", "contents", "kind", lsp->markdown ? "markdown" : "plaintext",
			   "value", json_text(opcit_buf_str(&page.out)), "range",
			   lsp_text_range_json(&doc->text, cite.start, cite.end));
	opcit_buf_release(&page.out);
	return result;
}
