/* lsp_goto.c: places outside of the draft: where a citation points, and who else
 * cites it. */
#include "lsp.h"

#include <ctype.h>

#include "../lib/paths.h"
#include "citing.h"
#include "json.h"
#include "pinpoint.h"

enum { REFERENCES_MOST = 200 };

static json_t *location(json_t *uri, size_t line)
{
	return json_pack("{s:o, s:{s:{s:I,s:i}, s:{s:I,s:i}}}", "uri", uri, "range", "start", "line",
			 (json_int_t)line, "character", 0, "end", "line", (json_int_t)line, "character", 0);
}

static json_t *address(const char *scheme, struct opcit_str path)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	json_t *uri;

	opcit_buf_puts(&buf, scheme);
	opcit_path_escape(path, "/-._~", &buf);
	uri = json_text(opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return uri;
}

/* ---- documents as text: opcit: addresses ------------------------------------------------ */

/* A document as the index has it, a record a paragraph; the line on which record
 * `seq` begins. */
static size_t render(struct lsp *lsp, const struct opcit_entry *entry, uint32_t seq, struct opcit_buf *out)
{
	struct opcit_record record;
	size_t line = 0, found = 0;
	uint32_t at;

	opcit_buf_printf(out, "%.*s\n%.*s\n", OPCIT_FMT(entry->doc.id), OPCIT_FMT(entry->doc.title));
	line = 2;
	for (at = 1; at <= entry->doc.n_records; at++) {
		size_t from = out->len;

		if (opcit_index_record(lsp->index, entry, at, &lsp->scratch, &record, NULL) != OPCIT_OK)
			break;
		opcit_buf_putc(out, '\n');
		if (at == seq)
			found = line + 1;
		if (record.label.len)
			opcit_buf_printf(out, "%.*s  ", OPCIT_FMT(record.label));
		opcit_buf_add_str(out, record.text);
		opcit_buf_putc(out, '\n');
		for (; from < out->len; from++)
			line += out->ptr[from] == '\n';
	}
	return found;
}

/* The name in "opcit:///A/65/156", unescaped. */
static struct opcit_str name_in(struct opcit_str uri, struct opcit_arena *arena)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str name;
	size_t i = opcit_str_starts(uri, "opcit:") ? 6 : 0;

	while (i < uri.len && uri.ptr[i] == '/')
		i++;
	opcit_path_unescape(opcit_str_sub(uri, i, uri.len), &buf);
	name = opcit_arena_dup(arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return name;
}

json_t *lsp_show(struct lsp *lsp, json_t *params)
{
	json_t *uri = json_object_get(params, "uri"), *result;
	struct opcit_buf out = OPCIT_BUF_INIT;
	const struct reading *reading;

	if (!json_is_string(uri))
		return NULL;
	reading = lsp_target(lsp, name_in((struct opcit_str){ json_string_value(uri), json_string_length(uri) },
					  &lsp->scratch));
	if (!reading || !reading->n_entries)
		return NULL;
	render(lsp, &reading->entries[0], 0, &out);
	result = json_pack("{s:o}", "text", json_text(opcit_buf_str(&out)));
	opcit_buf_release(&out);
	return result;
}

/* ---- places ----------------------------------------------------------------------------------- */

/* The source as indexed, where it is a text and there; else what the client can
 * open besides. */
json_t *lsp_location(struct lsp *lsp, const struct opcit_entry *entry, const struct opcit_record *record)
{
	struct opcit_buf text = OPCIT_BUF_INIT;
	struct opcit_str id = entry->doc.id;
	size_t line;
	json_t *found = NULL;

	switch (lsp_source_find(&lsp->source, entry->doc.source, record, &line)) {
	case LSP_SOURCE_FOUND: return location(address("file://", entry->doc.source), line);
	case LSP_SOURCE_OTHER:
		if (!lsp->virtual_documents)
			return location(address("file://", entry->doc.source), 0);
		break;
	case LSP_SOURCE_NONE: break;
	}
	if (lsp->virtual_documents) {
		line = render(lsp, entry, record->seq, &text);
		found = location(address("opcit:///", id), line);
	}
	opcit_buf_release(&text);
	return found;
}

/* What cannot be opened as text is shown by what the person has for it. */
static void show_outside(struct lsp *lsp, const struct reading *reading)
{
	if (!lsp_is_web(reading->url))
		return;
	if (lsp->can_show)
		lsp_request(lsp, "window/showDocument",
			    json_pack("{s:o, s:b}", "uri", json_text(reading->url), "external", 1));
	else
		lsp_notify(lsp, "window/showMessage",
			   json_pack("{s:i, s:o}", "type", LSP_LOG_INFO, "message",
				     json_text(opcit_arena_printf(&lsp->scratch, "%.*s is not here: %.*s",
								  OPCIT_FMT(reading->target),
								  OPCIT_FMT(reading->url)))));
}

json_t *lsp_definition(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	const struct reading *reading;
	struct opcit_record record;
	struct lsp_cite cite;
	json_t *found = NULL;

	if (!lsp_cite_at(lsp, doc, params, &cite) || !cite.target.len)
		return NULL;
	reading = lsp_target(lsp, cite.target);
	if (!reading)
		return NULL;
	if (reading->n_entries && !lsp_pointed(lsp, reading, &cite, &record)) {
		/* no such place: the document, then */
		cite.n_pinpoints = 0;
		if (!lsp->index || !lsp_pointed(lsp, reading, &cite, &record))
			return NULL;
	}
	if (reading->n_entries)
		found = lsp_location(lsp, &reading->entries[0], &record);
	if (!found)
		show_outside(lsp, reading);
	lsp_source_release(&lsp->source);
	return found;
}

json_t *lsp_references(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_results results;
	struct opcit_query *query;
	const struct reading *found;
	struct reading reading;
	struct lsp_cite cite;
	json_t *all;
	size_t i;

	if (!lsp_cite_at(lsp, doc, params, &cite) || !cite.target.len || !(found = lsp_target(lsp, cite.target)))
		return NULL;
	reading = *found;
	reading.pinpoints = cite.pinpoints;
	reading.n_pinpoints = cite.n_pinpoints;
	if (citing_query(&lsp->reader, &reading, &query, &err) != OPCIT_OK ||
	    opcit_index_search(lsp->index, query, OPCIT_ORDER_NEWEST, REFERENCES_MOST, &lsp->scratch, &results,
			       &err) != OPCIT_OK) {
		lsp_index_failed(lsp, &err);
		return NULL;
	}
	all = json_array();
	for (i = 0; i < results.n; i++) {
		json_t *place = lsp_location(lsp, results.hits[i].entry, &results.hits[i].record);

		if (place)
			json_array_append_new(all, place);
	}
	lsp_source_release(&lsp->source);
	return all;
}

/* ---- public addresses --------------------------------------------------------------------------- */

json_t *lsp_links(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	json_t *all = json_array();
	size_t i;

	(void)params;
	for (i = 0; i < doc->n_cites; i++) {
		const struct lsp_cite *cite = &doc->cites[i];
		const struct reading *reading = cite->target.len ? lsp_target(lsp, cite->target) : NULL;

		if (reading && lsp_is_web(reading->url))
			json_array_append_new(
				all, json_pack("{s:o, s:o, s:o}", "range",
					       lsp_text_range_json(&doc->text, cite->start, cite->end), "target",
					       json_text(reading->url), "tooltip", json_text(cite->target)));
	}
	return all;
}
