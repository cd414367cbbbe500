/* What an editor and `opcit lsp` agree on: places in a text, edits, findings. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../query/lsp.h"

static struct lsp_text text_of(const char *bytes, bool utf8)
{
	struct lsp_text text = { .utf8 = utf8 };

	lsp_text_set(&text, opcit_str_of(bytes));
	return text;
}

static size_t offset_of(const struct lsp_text *text, int line, int character)
{
	json_t *position = json_pack("{s:i, s:i}", "line", line, "character", character);
	size_t at = 9999;

	cr_assert(lsp_text_offset(text, position, &at));
	json_decref(position);
	return at;
}

/* "é" is two bytes and one unit, "😀" four and two. */
#define TEXT "a\xC3\xA9\xF0\x9F\x98\x80z\r\nb\rc\n"

static const struct place {
	int line, utf16, utf8;
	size_t at;
} places[] = {
	{ 0, 0, 0, 0 }, { 0, 1, 1, 1 }, { 0, 2, 3, 3 }, { 0, 4, 7, 7 }, { 0, 5, 8, 8 },
	{ 1, 0, 0, 10 }, { 1, 1, 1, 11 }, { 2, 0, 0, 12 }, { 2, 1, 1, 13 }, { 3, 0, 0, 14 },
};

Test(lsp_text, places_are_counted_in_units_or_bytes)
{
	struct lsp_text units = text_of(TEXT, false), bytes = text_of(TEXT, true);
	size_t i;

	for (i = 0; i < sizeof places / sizeof *places; i++) {
		const struct place *place = &places[i];
		json_t *there = lsp_text_position(&units, place->at);

		cr_expect_eq(offset_of(&units, place->line, place->utf16), place->at, "row %zu", i);
		cr_expect_eq(offset_of(&bytes, place->line, place->utf8), place->at, "row %zu", i);
		cr_expect_eq(json_integer_value(json_object_get(there, "line")), place->line, "row %zu", i);
		cr_expect_eq(json_integer_value(json_object_get(there, "character")), place->utf16, "row %zu", i);
		json_decref(there);
	}
	/* inside a character: before it; beyond a line or the text: its end */
	cr_expect_eq(offset_of(&units, 0, 3), 3);
	cr_expect_eq(offset_of(&bytes, 0, 2), 1);
	cr_expect_eq(offset_of(&units, 0, 99), 8);
	cr_expect_eq(offset_of(&units, 99, 0), 14);
	lsp_text_release(&units);
	lsp_text_release(&bytes);
}

static const struct change {
	const char *before;
	size_t start, end;
	const char *by, *after;
	size_t from, to; /* a span */
	long now;        /* where it begins then; -1 where it is gone */
} changes[] = {
	{ "see A/1 now", 0, 0, "x", "xsee A/1 now", 4, 7, 5 },
	{ "see A/1 now", 4, 4, "x", "see xA/1 now", 4, 7, 5 },
	{ "see A/1 now", 7, 7, "x", "see A/1x now", 4, 7, 4 },
	{ "see A/1 now", 8, 11, "", "see A/1 ", 4, 7, 4 },
	{ "see A/1 now", 0, 4, "", "A/1 now", 4, 7, 0 },
	{ "see A/1 now", 5, 5, "x", "see Ax/1 now", 4, 7, -1 },
	{ "see A/1 now", 0, 5, "", "/1 now", 4, 7, -1 },
	{ "see A/1 now", 6, 11, "yy", "see A/yy", 4, 7, -1 },
	{ "see A/1 now", 0, 11, "", "", 4, 7, -1 },
	{ "", 0, 0, "new", "new", 0, 0, 0 },
};

Test(lsp_text, edits_move_what_they_do_not_touch)
{
	size_t i;

	for (i = 0; i < sizeof changes / sizeof *changes; i++) {
		const struct change *change = &changes[i];
		struct lsp_text text = text_of(change->before, false);
		struct lsp_edit edit = lsp_text_replace(&text, change->start, change->end,
							opcit_str_of(change->by));
		size_t from = change->from, to = change->to;
		bool kept = lsp_edit_shift(&edit, &from, &to);

		cr_expect(opcit_str_is(lsp_text_str(&text), change->after), "row %zu", i);
		cr_expect_eq(kept, change->now >= 0, "row %zu", i);
		if (kept) {
			cr_expect_eq((long)from, change->now, "row %zu", i);
			cr_expect_eq(to - from, change->to - change->from, "row %zu", i);
		}
		lsp_text_release(&text);
	}
}

/* ---- messages in pieces --------------------------------------------------------- */

/* However a stream is cut, it holds the same messages and faults. */
Test(lsp_wire, a_stream_may_be_cut_anywhere)
{
	static const char stream[] = "Content-Length: 2\r\n\r\n{}nonsense\r\n\r\nCONTENT-LENGTH:2\n\n[]"
				     "Content-Length: x\r\n\r\n\r\nContent-Length: 2\r\nA: b\r\n\r\n{}";
	size_t cut;

	for (cut = 0; cut < sizeof stream; cut++) {
		struct lsp_wire wire = LSP_WIRE_INIT;
		char seen[16] = "";
		struct opcit_str body;
		const char *fault;
		enum lsp_found found;
		size_t n = 0;
		int turn;

		for (turn = 0; turn < 2; turn++) {
			lsp_wire_feed(&wire, turn ? stream + cut : stream, turn ? sizeof stream - 1 - cut : cut);
			while (n < sizeof seen - 1 && (found = lsp_wire_next(&wire, &body, &fault)) != LSP_NOTHING)
				seen[n++] = (char)(found == LSP_FAULT ? '!' : *body.ptr);
		}
		cr_expect_str_eq(seen, "{![!{", "cut at %zu", cut);
		lsp_wire_release(&wire);
	}
}

/* ---- findings ---------------------------------------------------------------------- */

/* A correction is offered where its finding stands, and not once it was touched. */
Test(lsp, a_correction_follows_what_is_typed)
{
	struct lsp lsp;
	struct lsp_doc *doc;
	struct opcit_err err = OPCIT_ERR_INIT;
	json_t *params, *actions, *edit;

	setenv("OPCIT_DATA", "data", 1);
	cr_assert_eq(lsp_init(&lsp, (struct db_option){ .path = "/none" }, &err), OPCIT_OK);
	params = json_pack("{s:{s:s, s:s, s:s}}", "textDocument", "uri", "file:///d.md", "languageId", "markdown",
			   "text", "See A/88/341, para. 99.");
	lsp_doc_open(&lsp, params);
	doc = lsp_doc_find(&lsp, params);
	cr_assert(doc);
	json_decref(params);
	doc->read = true;
	doc->due = 0;
	doc->findings = json_pack("[{s:i, s:i, s:i, s:s, s:s, s:s, s:i, s:i}]", "start", 4, "end", 22, "severity", 1,
				  "code", "mismatch", "message", "no", "fix", "9", "fix_start", 20, "fix_end", 22);
	params = json_pack("{s:{s:s}, s:[{s:{s:{s:i,s:i}, s:{s:i,s:i}}, s:s}], s:{s:{s:i,s:i}, s:{s:i,s:i}}}",
			   "textDocument", "uri", "file:///d.md", "contentChanges", "range", "start", "line", 0,
			   "character", 0, "end", "line", 0, "character", 0, "text", "\n", "range", "start", "line", 1,
			   "character", 10, "end", "line", 1, "character", 10);
	lsp_doc_change(&lsp, params);
	actions = lsp_actions(&lsp, doc, params);
	cr_assert_eq(json_array_size(actions), 1);
	cr_expect_str_eq(json_string_value(json_object_get(json_array_get(actions, 0), "kind")), "quickfix");
	edit = json_array_get(json_object_get(json_object_get(json_object_get(json_array_get(actions, 0), "edit"),
							      "changes"),
					      "file:///d.md"),
			      0);
	cr_expect_str_eq(json_string_value(json_object_get(edit, "newText")), "9");
	edit = json_object_get(json_object_get(edit, "range"), "start");
	cr_expect_eq(json_integer_value(json_object_get(edit, "line")), 1);
	cr_expect_eq(json_integer_value(json_object_get(edit, "character")), 20);
	json_decref(actions);
	/* into the citation */
	json_decref(params);
	params = json_pack("{s:{s:s}, s:[{s:{s:{s:i,s:i}, s:{s:i,s:i}}, s:s}], s:{s:{s:i,s:i}, s:{s:i,s:i}}}",
			   "textDocument", "uri", "file:///d.md", "contentChanges", "range", "start", "line", 1,
			   "character", 10, "end", "line", 1, "character", 10, "text", "0", "range", "start", "line", 1,
			   "character", 10, "end", "line", 1, "character", 10);
	lsp_doc_change(&lsp, params);
	actions = lsp_actions(&lsp, doc, params);
	cr_expect_eq(json_array_size(actions), 0);
	json_decref(actions);
	json_decref(params);
	lsp_release(&lsp);
}
