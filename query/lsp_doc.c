/* lsp_doc.c: open documents, and how they are read behind what is typed. */
#include "lsp.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "../lib/cite.h"

enum { TYPING_PAUSE = 150 };

static struct opcit_str string_of(json_t *string)
{
	return json_is_string(string)
		       ? (struct opcit_str){ json_string_value(string), json_string_length(string) }
		       : (struct opcit_str){ NULL, 0 };
}

struct lsp_doc *lsp_doc_find(const struct lsp *lsp, json_t *params)
{
	struct opcit_str uri = string_of(json_object_get(json_object_get(params, "textDocument"), "uri"));
	struct lsp_doc *doc = lsp->docs;

	while (doc && !opcit_str_is(uri, doc->uri))
		doc = doc->next;
	return doc;
}

/* All is text but Markdown and HTML: LaTeX, AsciiDoc and mail have lines, too. */
static char *name_of(struct opcit_str uri, struct opcit_str language)
{
	struct opcit_buf name = OPCIT_BUF_INIT;
	size_t from = uri.len;
	const char *suffix = opcit_str_is(language, "markdown") ? ".md"
			     : opcit_str_is(language, "html")   ? ".html"
								: ".txt";

	while (from && uri.ptr[from - 1] != '/')
		from--;
	uri = opcit_str_sub(uri, from, from + 200);
	opcit_buf_add_str(&name, uri.len ? uri : OPCIT_STR("draft"));
	if (opcit_str_ends(uri, ".md") || opcit_str_ends(uri, ".markdown"))
		suffix = "";
	opcit_buf_puts(&name, opcit_str_ends(uri, suffix) ? "" : suffix);
	return name.ptr;
}

/* ---- what the client says ------------------------------------------------------------ */

static void abandon_job(struct lsp_doc *doc)
{
	if (doc->job == LSP_READING)
		draft_abandon(&doc->reading);
	else if (doc->job == LSP_CHECKING)
		lsp_check_abandon(doc);
	doc->job = LSP_IDLE;
	doc->n_edits = 0;
}

void lsp_doc_free(struct lsp_doc *doc)
{
	abandon_job(doc);
	lsp_text_release(&doc->text);
	opcit_arena_release(&doc->arena);
	opcit_buf_release(&doc->answer);
	json_decref(doc->findings);
	free(doc->cites);
	free(doc->edits);
	free(doc->uri);
	free(doc->name);
	free(doc);
}

static void unlink_doc(struct lsp *lsp, struct lsp_doc *doc)
{
	struct lsp_doc **at = &lsp->docs;

	while (*at != doc)
		at = &(*at)->next;
	*at = doc->next;
	lsp_doc_free(doc);
}

void lsp_doc_open(struct lsp *lsp, json_t *params)
{
	json_t *item = json_object_get(params, "textDocument");
	struct opcit_str uri = string_of(json_object_get(item, "uri"));
	struct lsp_doc *doc = lsp_doc_find(lsp, params);

	if (!uri.len || memchr(uri.ptr, '\0', uri.len))
		return;
	if (doc)
		unlink_doc(lsp, doc);
	doc = opcit_xcalloc(1, sizeof *doc);
	doc->uri = opcit_xstrdup(uri.ptr);
	doc->name = name_of(uri, string_of(json_object_get(item, "languageId")));
	doc->tex = opcit_str_is(string_of(json_object_get(item, "languageId")), "latex") ||
		   opcit_str_is(string_of(json_object_get(item, "languageId")), "tex");
	doc->check_fd = -1;
	doc->text.utf8 = lsp->utf8;
	lsp_text_set(&doc->text, string_of(json_object_get(item, "text")));
	doc->next = lsp->docs;
	lsp->docs = doc;
	lsp_doc_plan(doc, 0, true);
}

static void shift_findings(struct lsp_doc *doc, const struct lsp_edit *edit)
{
	size_t i = 0;

	while (i < json_array_size(doc->findings)) {
		json_t *finding = json_array_get(doc->findings, i);
		size_t start = (size_t)json_integer_value(json_object_get(finding, "start"));
		size_t end = (size_t)json_integer_value(json_object_get(finding, "end"));
		size_t fix_start = (size_t)json_integer_value(json_object_get(finding, "fix_start"));
		size_t fix_end = (size_t)json_integer_value(json_object_get(finding, "fix_end"));

		if (!lsp_edit_shift(edit, &start, &end)) {
			json_array_remove(doc->findings, i);
			continue;
		}
		if (!lsp_edit_shift(edit, &fix_start, &fix_end))
			json_object_del(finding, "fix");
		json_object_set_new(finding, "start", json_integer((json_int_t)start));
		json_object_set_new(finding, "end", json_integer((json_int_t)end));
		json_object_set_new(finding, "fix_start", json_integer((json_int_t)fix_start));
		json_object_set_new(finding, "fix_end", json_integer((json_int_t)fix_end));
		i++;
	}
}

static void shift_cites(struct lsp_doc *doc, const struct lsp_edit *edit)
{
	size_t i, kept = 0;

	for (i = 0; i < doc->n_cites; i++) {
		struct lsp_cite cite = doc->cites[i];

		if (lsp_edit_shift(edit, &cite.start, &cite.end))
			doc->cites[kept++] = cite;
	}
	doc->n_cites = kept;
}

/* A change without a range is the whole text anew: what differs of it. */
static struct lsp_edit replace_all(struct lsp_doc *doc, struct opcit_str by)
{
	struct opcit_str old = lsp_text_str(&doc->text);
	size_t least = old.len < by.len ? old.len : by.len, start = 0, tail = 0;
	struct lsp_edit edit;

	while (start < least && old.ptr[start] == by.ptr[start])
		start++;
	while (tail < least - start && old.ptr[old.len - 1 - tail] == by.ptr[by.len - 1 - tail])
		tail++;
	edit = (struct lsp_edit){ start, old.len - tail, by.len - tail };
	lsp_text_set(&doc->text, by);
	return edit;
}

static void change_one(struct lsp_doc *doc, json_t *change)
{
	json_t *range = json_object_get(change, "range"), *text = json_object_get(change, "text");
	struct lsp_edit edit;
	size_t start, end;

	if (!json_is_string(text))
		return;
	if (!range || json_is_null(range))
		edit = replace_all(doc, string_of(text));
	else if (lsp_text_range(&doc->text, range, &start, &end))
		edit = lsp_text_replace(&doc->text, start, end, string_of(text));
	else
		return;
	shift_cites(doc, &edit);
	shift_findings(doc, &edit);
	if (doc->job != LSP_IDLE) {
		OPCIT_GROW(doc->edits, doc->n_edits, doc->cap_edits);
		doc->edits[doc->n_edits++] = edit;
	}
}

void lsp_doc_change(struct lsp *lsp, json_t *params)
{
	struct lsp_doc *doc = lsp_doc_find(lsp, params);
	json_t *change;
	size_t i;

	if (!doc)
		return;
	for (i = 0; (change = json_array_get(json_object_get(params, "contentChanges"), i)); i++)
		change_one(doc, change);
	lsp_doc_plan(doc, TYPING_PAUSE, false);
}

void lsp_doc_save(struct lsp *lsp, json_t *params)
{
	struct lsp_doc *doc = lsp_doc_find(lsp, params);

	if (doc)
		lsp_doc_plan(doc, 0, true);
}

void lsp_doc_close(struct lsp *lsp, json_t *params)
{
	struct lsp_doc *doc = lsp_doc_find(lsp, params);

	if (!doc)
		return;
	lsp_notify(lsp, "textDocument/publishDiagnostics",
		   json_pack("{s:s, s:[]}", "uri", doc->uri, "diagnostics"));
	unlink_doc(lsp, doc);
}

/* ---- reading ---------------------------------------------------------------------------- */

void lsp_doc_plan(struct lsp_doc *doc, int delay, bool check)
{
	doc->due = lsp_now() + delay;
	doc->due += doc->due == 0;
	doc->check = doc->check || check;
}

int lsp_doc_fd(const struct lsp_doc *doc)
{
	return doc->job == LSP_READING ? doc->reading.fd : doc->job == LSP_CHECKING ? doc->check_fd : -1;
}

/* A text as it is read: byte for byte as long. */
static struct opcit_str as_read(struct lsp *lsp, const struct lsp_doc *doc, struct opcit_str text)
{
	size_t i;

	if (!doc->tex)
		return text;
	text = opcit_arena_dup(&lsp->scratch, text);
	for (i = 0; i < text.len; i++)
		if (text.ptr[i] == '~')
			((char *)text.ptr)[i] = ' ';
	return text;
}

void lsp_doc_start(struct lsp *lsp, struct lsp_doc *doc)
{
	struct draft_input input = { .name = doc->name, .text = as_read(lsp, doc, lsp_text_str(&doc->text)) };
	struct opcit_err err = OPCIT_ERR_INIT;

	doc->due = 0;
	doc->n_edits = 0;
	doc->job_checks = doc->check;
	doc->check = false;
	if (draft_start(&input, &doc->reading, &err) == OPCIT_OK)
		doc->job = LSP_READING;
	else
		lsp_log(lsp, LSP_LOG_ERROR, opcit_arena_printf(&lsp->scratch, "opcit: %s", err.message));
}

/* The manuscript's citations become the document's, where they stand now. */
static void take_cites(struct lsp_doc *doc, const struct opcit_manuscript *manuscript,
		       struct opcit_str text)
{
	size_t i, k, n = 0, at = 0;

	for (i = 0; i < manuscript->n_records; i++)
		n += manuscript->records[i].n_cites;
	free(doc->cites);
	doc->cites = opcit_xcalloc(n + 1, sizeof *doc->cites);
	doc->n_cites = 0;
	for (i = 0; i < manuscript->n_records; i++)
		for (k = 0; k < manuscript->records[i].n_cites; k++) {
			const struct opcit_citation *from = &manuscript->records[i].cites[k];
			struct lsp_cite cite = { from->start, from->end, from->target, from->pinpoints,
						 from->n_pinpoints };

			if (lsp_check_place(manuscript, text, i, &cite.start, &cite.end, &at))
				doc->cites[doc->n_cites++] = cite;
		}
	doc->read = true;
}

/* The manuscript is of the text as it was when the reading began. */
static void end_reading(struct lsp *lsp, struct lsp_doc *doc)
{
	struct opcit_manuscript manuscript;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	opcit_status status = draft_finish(&doc->reading, &arena, &manuscript, &err);
	size_t i;

	doc->job = LSP_IDLE;
	if (status != OPCIT_OK) {
		/* an empty draft holds nothing that can be read: no news */
		if (lsp_text_str(&doc->text).len > 0 && status != OPCIT_NOT_FOUND)
			lsp_log(lsp, LSP_LOG_WARNING,
				opcit_arena_printf(&lsp->scratch, "opcit: %s", err.message));
		opcit_arena_release(&arena);
		return;
	}
	opcit_arena_release(&doc->arena);
	doc->arena = arena;
	take_cites(doc, &manuscript, doc->n_edits ? manuscript.source : lsp_text_str(&doc->text));
	for (i = 0; i < doc->n_edits; i++)
		shift_cites(doc, &doc->edits[i]);
	if (doc->job_checks)
		lsp_check_start(lsp, doc, &manuscript);
}

void lsp_doc_receive(struct lsp *lsp, struct lsp_doc *doc)
{
	size_t i;

	if (doc->job == LSP_READING) {
		if (!draft_receive(&doc->reading))
			end_reading(lsp, doc);
		return;
	}
	lsp_check_end(lsp, doc);
	if (doc->job != LSP_IDLE)
		return;
	for (i = 0; i < doc->n_edits; i++)
		shift_findings(doc, &doc->edits[i]);
	doc->n_edits = 0;
	lsp_check_publish(lsp, doc);
}

/* ---- citations by place ------------------------------------------------------------------- */

size_t lsp_line_cites(struct lsp *lsp, struct opcit_str text, struct lsp_cite **cites)
{
	enum { LONGEST = 1 << 16 };
	struct opcit_record record = { .text = opcit_arena_dup(&lsp->scratch, text), .seq = 1,
				       .kind = OPCIT_KIND_PARAGRAPH };
	size_t i;

	*cites = NULL;
	if (text.len > LONGEST)
		return 0;
	opcit_cite_record(opcit_cite_begin(lsp->reader.registry, NULL, &lsp->scratch), &record);
	*cites = opcit_arena_alloc(&lsp->scratch, (record.n_cites + 1) * sizeof **cites);
	for (i = 0; i < record.n_cites; i++)
		(*cites)[i] = (struct lsp_cite){ record.cites[i].start, record.cites[i].end,
						 record.cites[i].target, record.cites[i].pinpoints,
						 record.cites[i].n_pinpoints };
	return record.n_cites;
}

static bool find_in(const struct lsp_cite *cites, size_t n, size_t at, struct lsp_cite *cite)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (cites[i].start <= at && at <= cites[i].end) {
			*cite = cites[i];
			return true;
		}
	return false;
}

/* Where the last reading knows nothing of it and is out of date, the line is
 * read on the spot. */
bool lsp_doc_cite(struct lsp *lsp, struct lsp_doc *doc, size_t at, struct lsp_cite *cite)
{
	struct lsp_cite *cites;
	size_t start, end, n;

	if (find_in(doc->cites, doc->n_cites, at, cite))
		return true;
	if (doc->read && !doc->due && doc->job != LSP_READING)
		return false;
	lsp_text_line_span(&doc->text, lsp_text_line(&doc->text, at), &start, &end);
	n = lsp_line_cites(lsp, as_read(lsp, doc, opcit_str_sub(lsp_text_str(&doc->text), start, end)), &cites);
	if (!find_in(cites, n, at - start, cite))
		return false;
	cite->start += start;
	cite->end += start;
	return true;
}
