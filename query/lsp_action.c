/* lsp_action.c: what the server offers to write: a reference in full, a title, the
 * correction of a finding; and the titles that it shows beside symbols. */
#include "lsp.h"

#include <string.h>

#include "citing.h"
#include "json.h"

enum { HINT = 48, TITLE = 120, ACTIONS_CITES = 4 };

/* ---- code actions -------------------------------------------------------------------------- */

static json_t *edit_of(const struct lsp_doc *doc, size_t start, size_t end, json_t *by)
{
	json_t *edits = json_pack("[{s:o, s:o}]", "range", lsp_text_range_json(&doc->text, start, end), "newText",
				  by);
	json_t *changes = json_object();

	json_object_set_new(changes, doc->uri, edits);
	return json_pack("{s:o}", "changes", changes);
}

static void add_fix(json_t *all, struct lsp *lsp, const struct lsp_doc *doc, json_t *finding)
{
	json_t *fix = json_object_get(finding, "fix");
	struct opcit_str shown = lsp_cut(opcit_str_of(json_string_value(fix)), TITLE, &lsp->scratch);
	json_t *title = json_text(opcit_arena_printf(&lsp->scratch, "Write “%.*s”", OPCIT_FMT(shown)));
	json_t *diagnostics = json_array();

	json_array_append_new(diagnostics, lsp_check_diagnostic(doc, finding));
	json_array_append_new(
		all, json_pack("{s:o, s:s, s:b, s:o, s:o}", "title", title, "kind",
			       "quickfix", "isPreferred", 1, "diagnostics", diagnostics, "edit",
			       edit_of(doc, (size_t)json_integer_value(json_object_get(finding, "fix_start")),
				       (size_t)json_integer_value(json_object_get(finding, "fix_end")),
				       json_incref(fix))));
}

static void add_fixes(json_t *all, struct lsp *lsp, const struct lsp_doc *doc, size_t start, size_t end)
{
	json_t *finding;
	size_t i;

	for (i = 0; (finding = json_array_get(doc->findings, i)); i++) {
		size_t from = (size_t)json_integer_value(json_object_get(finding, "start"));
		size_t to = (size_t)json_integer_value(json_object_get(finding, "end"));

		if (json_is_string(json_object_get(finding, "fix")) && from <= end && start <= to)
			add_fix(all, lsp, doc, finding);
	}
}

static void add_rewrite(json_t *all, const struct lsp_doc *doc, size_t start, size_t end, struct opcit_str title,
			struct opcit_str by)
{
	json_array_append_new(all, json_pack("{s:o, s:s, s:o}", "title", json_text(title), "kind",
					     "refactor.rewrite", "edit", edit_of(doc, start, end, json_text(by))));
}

/* Is the title written near the citation already? */
static bool titled(const struct lsp_doc *doc, const struct lsp_cite *cite, struct opcit_str title)
{
	enum { AROUND = 240, COMPARED = 24 };
	struct opcit_str text = lsp_text_str(&doc->text);
	struct opcit_str near = opcit_str_sub(text, cite->start > AROUND ? cite->start - AROUND : 0,
					      cite->end + AROUND);
	size_t at, n = title.len < COMPARED ? title.len : COMPARED;

	for (at = 0; n && at + n <= near.len; at++)
		if (opcit_str_ieq(opcit_str_sub(near, at, at + n), opcit_str_sub(title, 0, n)))
			return true;
	return false;
}

/* The citation as each style of running text writes it; the chosen one first. */
static void add_styles(json_t *all, struct lsp *lsp, const struct lsp_doc *doc, const struct lsp_cite *cite,
		       const struct reading *found)
{
	struct reading reading = *found;
	struct cited cited;
	struct opcit_str there = opcit_str_sub(lsp_text_str(&doc->text), cite->start, cite->end);
	size_t i;
	int turn;

	reading.pinpoints = cite->pinpoints;
	reading.n_pinpoints = cite->n_pinpoints;
	style_cited(&lsp->reader, &reading, &cited);
	for (turn = 0; turn < 2; turn++)
		for (i = 0; i < N_STYLES; i++) {
			struct opcit_buf buf = OPCIT_BUF_INIT;

			if ((&styles[i] == lsp->style) != (turn == 0))
				continue;
			styles[i].write(&cited, &buf);
			while (buf.len && buf.ptr[buf.len - 1] == '\n')
				buf.len--;
			/* records for reference managers are no running text */
			if (buf.len && !memchr(buf.ptr, '\n', buf.len) && buf.ptr[0] != '{' && buf.ptr[0] != '[' &&
			    !opcit_str_eq(opcit_buf_str(&buf), there))
				add_rewrite(all, doc, cite->start, cite->end,
					    opcit_arena_printf(&lsp->scratch, "Write as %s: %.*s", styles[i].name,
							       OPCIT_FMT(lsp_cut(opcit_buf_str(&buf), TITLE,
										 &lsp->scratch))),
					    opcit_buf_str(&buf));
			opcit_buf_release(&buf);
		}
}

static void add_for_cite(json_t *all, struct lsp *lsp, const struct lsp_doc *doc, const struct lsp_cite *cite)
{
	const struct reading *reading = cite->target.len ? lsp_target(lsp, cite->target) : NULL;
	struct opcit_str title;

	if (!reading)
		return;
	title = lsp_title(reading);
	if (title.len && !titled(doc, cite, title))
		add_rewrite(all, doc, cite->end, cite->end,
			    opcit_arena_printf(&lsp->scratch, "Add the title: %.*s",
					       OPCIT_FMT(lsp_cut(title, TITLE, &lsp->scratch))),
			    opcit_arena_printf(&lsp->scratch, " (%.*s)", OPCIT_FMT(title)));
	add_styles(all, lsp, doc, cite, reading);
}

json_t *lsp_actions(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	struct lsp_cite cite;
	size_t start, end, i, n = 0;
	json_t *all;

	if (!lsp_text_range(&doc->text, json_object_get(params, "range"), &start, &end))
		return NULL;
	all = json_array();
	add_fixes(all, lsp, doc, start, end);
	for (i = 0; i < doc->n_cites && n < ACTIONS_CITES; i++)
		if (doc->cites[i].start <= end && start <= doc->cites[i].end) {
			add_for_cite(all, lsp, doc, &doc->cites[i]);
			n++;
		}
	if (!n && lsp_doc_cite(lsp, doc, start, &cite))
		add_for_cite(all, lsp, doc, &cite);
	return all;
}

/* ---- inlay hints ------------------------------------------------------------------------------ */

json_t *lsp_hints(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	json_t *all = json_array();
	size_t start, end, i;

	if (!lsp_text_range(&doc->text, json_object_get(params, "range"), &start, &end)) {
		start = 0;
		end = doc->text.buf.len;
	}
	for (i = 0; i < doc->n_cites; i++) {
		const struct lsp_cite *cite = &doc->cites[i];
		const struct reading *reading;
		struct opcit_str title;

		if (cite->start > end || cite->end < start || !cite->target.len)
			continue;
		reading = lsp_target(lsp, cite->target);
		if (!reading)
			break;
		title = lsp_title(reading);
		if (title.len && !titled(doc, cite, title))
			json_array_append_new(
				all, json_pack("{s:o, s:o, s:o, s:b}", "position",
					       lsp_text_position(&doc->text, cite->end), "label",
					       json_text(lsp_cut(title, HINT, &lsp->scratch)), "tooltip",
					       json_text(title), "paddingLeft", 1));
	}
	return all;
}
