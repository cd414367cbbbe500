/* What the forms of output have in common: places, summary, what differs. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../query/check_print.h"

static bool says(struct opcit_buf *buf, const char *expected)
{
	bool same = strcmp(buf->ptr ? buf->ptr : "", expected) == 0;

	if (!same)
		cr_log_error("'%s' instead of '%s'", buf->ptr, expected);
	opcit_buf_release(buf);
	*buf = (struct opcit_buf)OPCIT_BUF_INIT;
	return same;
}

/* ---- what differs ---------------------------------------------------------------- */

static const struct {
	const char *evidence, *pieces; /* each piece after one of "=", "-", "+" */
} diffs[] = {
	{ "the [-old-] {+new+} words", "=the |-old|= |+new|= words|" },
	{ "no marks", "=no marks|" },
	{ "[-old-]", "-old|" },
	{ "{+new+}{+er+}", "+new|+er|" },
	{ "[-never closed", "-never closed|" },
	{ "a {+", "=a |+|" },
	{ "[--]x", "-|=x|" },
	{ "a -] b +} c", "=a -] b +} c|" },
	{ "[-a {+b-] c+}", "-a {+b|= c+}|" },
	{ "", "" },
};

Test(check_print, takes_a_diff_apart)
{
	size_t i;

	for (i = 0; i < sizeof diffs / sizeof *diffs; i++) {
		struct opcit_str rest = opcit_str_of(diffs[i].evidence), piece;
		struct opcit_buf got = OPCIT_BUF_INIT;
		enum check_piece what;

		while (check_diff_next(&rest, &what, &piece))
			opcit_buf_printf(&got, "%c%.*s|", "=-+"[what], OPCIT_FMT(piece));
		cr_expect(says(&got, diffs[i].pieces), "%s", diffs[i].evidence);
	}
}

/* ---- places ---------------------------------------------------------------------- */

Test(check_print, places_in_words)
{
	struct opcit_str section[] = { OPCIT_STR("I. Background"),
				       OPCIT_STR("A. A heading that goes on and on for longer th\xC3\xA9\xC3\xA9\xC3\xA9n") };
	const struct {
		struct opcit_record record;
		const char *words;
	} rows[] = {
		{ { .label = OPCIT_STR("12(b)"), .page = 3 }, "page 3, para. 12 (b)" },
		{ { .label = OPCIT_STR("fn4"), .kind = OPCIT_KIND_FOOTNOTE }, "footnote 4" },
		{ { .label = OPCIT_STR("pp2") }, "preambular para. 2" },
		{ { .kind = OPCIT_KIND_TITLE, .page = 1 }, "page 1, title" },
		{ { .kind = OPCIT_KIND_PARAGRAPH, .section = section, .n_section = 1 },
		  "unnumbered paragraph under \"I. Background\"" },
		{ { .kind = OPCIT_KIND_ITEM, .section = section, .n_section = 2 },
		  "unnumbered item under \"A. A heading that goes on and on for longer\xE2\x80\xA6\"" },
		{ { .kind = OPCIT_KIND_HEADING, .section = section, .n_section = 1 }, "heading" },
	};
	struct opcit_buf got = OPCIT_BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_place_words(&rows[i].record, &got);
		cr_expect(says(&got, rows[i].words), "%zu", i);
	}
}

/* A text on two lines, with one stretch for each: regions end beyond their last
 * character. */
Test(check_print, regions)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_stretch items[] = { { 0, 3 }, { 7, 12 } };
	struct opcit_stretches stretches = { items, 2 };
	struct opcit_record record = { .text = OPCIT_STR("S\xC3\xA9" "e A/1, para. 2\xE2\x80\x9D") };
	struct opcit_manuscript manuscript = { .source = OPCIT_STR("1. S\xC3\xA9" "e A/\n 1, para. 2\xE2\x80\x9D"),
					       .records = &record, .stretches = &stretches, .n_records = 1 };
	struct opcit_lines lines;
	struct check_report report = { .manuscript = &manuscript, .lines = &lines };
	static const struct {
		size_t start, end, line, column, end_line, end_column;
	} rows[] = {
		{ 0, 4, 1, 4, 1, 7 },   /* an é is one column */
		{ 5, 7, 1, 8, 1, 10 },  /* "A/" */
		{ 5, 17, 1, 8, 2, 12 }, /* "A/1, para. 2", over the line */
		{ 16, 20, 2, 11, 2, 13 }, /* the last: "2”" */
		{ 5, 5, 1, 8, 1, 8 },
	};
	size_t i;

	opcit_lines_find(manuscript.source, &arena, &lines);
	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct opcit_place from, to;

		cr_expect(check_region(&report, 0, rows[i].start, rows[i].end, &from, &to));
		cr_expect(from.line == rows[i].line && from.column == rows[i].column && to.line == rows[i].end_line &&
				  to.column == rows[i].end_column,
			  "%zu: %zu:%zu to %zu:%zu", i, from.line, from.column, to.line, to.column);
	}
	opcit_arena_release(&arena);
}

/* ---- summary and explanation ------------------------------------------------------- */

Test(check_print, sums_up)
{
	struct finding findings[] = {
		{ .kind = CHECK_CITATION, .verdict = CHECK_RESOLVED },
		{ .kind = CHECK_CITATION, .verdict = CHECK_RESOLVED },
		{ .kind = CHECK_CITATION, .verdict = CHECK_NOT_IN_INDEX },
		{ .kind = CHECK_QUOTATION, .verdict = CHECK_DIFFERS },
		{ .kind = CHECK_QUOTATION, .verdict = CHECK_NOT_IN_INDEX },
		{ .kind = CHECK_HABIT, .verdict = CHECK_IBID },
		{ .kind = CHECK_HABIT, .verdict = CHECK_NO_NOTE },
	};
	struct check_report report = { .findings = findings, .n = 7, .wanted = { [CHECK_DIFFERS] = true } };
	struct opcit_buf got = OPCIT_BUF_INIT;

	check_summary(&report, &got);
	cr_expect(says(&got, "3 citations: 2 resolved, 1 not in the index; 2 quotations: 1 not in the index, 1 differs; "
			     "2 points of drafting: 1 ibid., 1 no note"));
	cr_expect_eq(check_count(&report, CHECK_FAULT, false), 2);
	cr_expect_eq(check_count(&report, CHECK_FAULT, true), 1);
	report.n = 0;
	check_summary(&report, &got);
	cr_expect(says(&got, ""));
}

Test(check_print, explains)
{
	struct opcit_str others[] = { OPCIT_STR("A/1"), OPCIT_STR("A/2") };
	struct finding finding = { .kind = CHECK_QUOTATION, .verdict = CHECK_DIFFERS, .reason = OPCIT_STR("one word differs"),
				   .at = OPCIT_STR("A/1, para. 2"), .evidence = OPCIT_STR("[-a-] {+the+} State"),
				   .others = others, .n_others = 2, .start = 4, .end = 11,
				   .fix = OPCIT_STR("the State"), .fix_start = 4, .fix_end = 11 };
	struct opcit_record record = { .text = OPCIT_STR("say a State does") };
	struct opcit_manuscript manuscript = { .records = &record, .n_records = 1 };
	struct check_report report = { .manuscript = &manuscript };
	struct opcit_buf got = OPCIT_BUF_INIT;
	unsigned i;

	cr_expect(check_has_diff(&finding));
	check_explain(&report, &finding, &got);
	cr_expect(says(&got, "one word differs\nA/1, para. 2: [-a-] {+the+} State\nor: A/1\nor: A/2\nwrite: the State"));
	finding = (struct finding){ .end = 11, .fix = OPCIT_STR("the"), .fix_start = 4, .fix_end = 5 };
	check_explain(&report, &finding, &got);
	cr_expect(says(&got, "write: the, not a"));
	finding = (struct finding){ .evidence = OPCIT_STR("[-a-]"), .address = OPCIT_STR("https://example.org") };
	cr_expect_not(check_has_diff(&finding), "a citation has none");
	check_explain(&report, &finding, &got);
	cr_expect(says(&got, "[-a-]\naddress: https://example.org"));
	for (i = 0; i < CHECK_VERDICTS; i++) {
		cr_expect(check_verdict_words(i) && *check_verdict_words(i), "%u", i);
		cr_expect(check_verdict_help(i) && *check_verdict_help(i), "%u", i);
	}
}
