/* check.c: `opcit check`. */
#include "check_print.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "draft.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"Check each citation of a draft against the index, whether document and place\n"
	"exist, and each quotation, whether the cited place says it word for word.\n"
	"The draft is any file that opcit index reads, or - for standard input.\n"
	"Nothing of it leaves the machine or is kept.\n"
	"\n"
	"What is fine is only counted; --all lists it too, as --json always does.\n"
	"\n"
	"Verdicts on citations: resolved, mismatch, superseded, ambiguous, not-in-index,\n"
	"unreadable. On quotations: exact, exact-but, differs, found-elsewhere, not-found,\n"
	"unattributed, not-in-index. On drafting: two-forms, no-title, ibid, no-note, style.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit check report.docx\n"
	"  opcit check --only mismatch --json report.md\n"
	"  opcit check --html report.odt >report.html\n"
	"  opcit check --docx checked.docx report.docx\n"
	"\n"
	"Exit codes: 0 nothing is wrong, 1 there are faults or warnings, 2 wrong usage,\n"
	"3 the draft or the index cannot be read, 4 the index is damaged.\n";

struct check {
	struct db_option db;
	const char *only, *name, *house, *docx;
	bool all, json, sarif, html, ocr;
	struct check_report report;
	struct opcit_lines lines;
	struct opcit_arena arena;
	struct opcit_manuscript manuscript;
	struct opcit_err err;
};

/* As the report prints it, too: "not in the index", "Found elsewhere". */
static enum check_verdict read_verdict(struct opcit_str name)
{
	enum check_verdict verdict = 0;

	name = opcit_str_trim(name);
	while (verdict < CHECK_VERDICTS && !opcit_str_ieq(name, opcit_str_of(check_verdict_name(verdict))) &&
	       !opcit_str_ieq(name, opcit_str_of(check_verdict_words(verdict))))
		verdict++;
	return verdict;
}

/* --only mismatch,differs. Without it: what is not fine; JSON has all. */
static int parse_only(struct check *c)
{
	const char *p = c->only;
	size_t i;

	for (i = 0; i < CHECK_VERDICTS; i++)
		c->report.wanted[i] = !p && (c->all || c->json ||
					     check_verdict_weight((enum check_verdict)i) > CHECK_FINE);
	while (p) {
		struct opcit_str name = { p, strcspn(p, ",") };
		enum check_verdict verdict = read_verdict(name);

		if (verdict == CHECK_VERDICTS) {
			opcit_err_set(&c->err, OPCIT_USAGE, "there is no verdict '%.*s'",
				      (int)(name.len < 40 ? name.len : 40), name.ptr);
			opcit_err_hint(&c->err, "`opcit check --help` lists them");
			return output_error(&c->err);
		}
		c->report.wanted[verdict] = true;
		p = p[name.len] ? p + name.len + 1 : NULL;
	}
	return EXIT_DONE;
}

static int one_form(struct check *c)
{
	if (c->json + c->sarif + c->html <= 1 && !(c->all && c->only))
		return EXIT_DONE;
	opcit_err_set(&c->err, OPCIT_USAGE,
		      c->all && c->only ? "--all and --only contradict one another"
					: "only one of --json, --sarif and --html can be given");
	return output_error(&c->err);
}

/* --style un */
static int parse_style(struct check *c)
{
	if (!c->house || strcmp(c->house, "un") == 0)
		return EXIT_DONE;
	opcit_err_set(&c->err, OPCIT_USAGE, "there is no house style '%.40s'", c->house);
	opcit_err_hint(&c->err, "there is one: un, that of the United Nations");
	return output_error(&c->err);
}

static opcit_status write_docx(struct check *c)
{
	size_t placed = 0, astray = 0;
	opcit_status status = check_write_docx(&c->report, c->docx, &placed, &astray, &c->err);

	if (status != OPCIT_OK)
		return status;
	fprintf(stderr, "%zu comment%s in '%s'", placed + astray, placed + astray == 1 ? "" : "s", c->docx);
	if (astray)
		fprintf(stderr, ", %zu of them at its head because no comment can stand at their words", astray);
	fputc('\n', stderr);
	return OPCIT_OK;
}

static int print(struct check *c)
{
	opcit_status status = c->docx ? write_docx(c) : OPCIT_OK;
	size_t n;

	if (status == OPCIT_OK && c->html)
		status = check_print_html(&c->report, &c->err);
	if (status != OPCIT_OK)
		return output_error(&c->err);
	if (c->json)
		check_print_json(&c->report);
	else if (c->sarif)
		check_print_sarif(&c->report);
	else if (!c->html) {
		output_start();
		check_print_text(&c->report);
	}
	n = check_count(&c->report, CHECK_FAULT, true) + check_count(&c->report, CHECK_WARNING, true);
	return output_finish(n ? EXIT_NOTHING : EXIT_DONE);
}

static int check(struct check *c, const char *path)
{
	struct draft_input input = { .path = path, .name = c->name, .ocr = c->ocr };
	struct reference_reader reader = { 0 };
	struct checker checker = { 0 };
	int code = EXIT_DONE;
	struct opcit_index *index = output_open_index(c->db, &code);
	opcit_status status;

	if (!index)
		return code;
	status = draft_read(&input, &c->arena, &c->manuscript, &c->err);
	if (status == OPCIT_OK)
		status = reference_reader_init(&reader, index, &c->arena, true, &c->err);
	if (status == OPCIT_OK) {
		check_init(&checker, &reader, &c->arena);
		checker.style = c->house ? CHECK_STYLE_UN : CHECK_STYLE_NONE;
		status = check_run(&checker, &c->manuscript, &c->err);
	}
	if (status == OPCIT_OK) {
		c->report.path = path;
		c->report.name = c->name;
		c->report.manuscript = &c->manuscript;
		c->report.arena = &c->arena;
		c->report.findings = checker.findings;
		c->report.n = checker.n;
		opcit_lines_find(c->manuscript.source, &c->arena, &c->lines);
		c->report.lines = &c->lines;
		code = print(c);
	} else {
		code = output_error(&c->err);
	}
	check_release(&checker);
	reference_reader_release(&reader);
	opcit_index_close(index);
	return code;
}

int cmd_check(int argc, char **argv)
{
	struct check c = { .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "only", 0, OPTION_TEXT, &c.only, "VERDICTS", "only these: mismatch,differs" },
		{ "all", 0, OPTION_FLAG, &c.all, NULL, "what is fine too" },
		{ "json", 0, OPTION_FLAG, &c.json, NULL, "one JSON object for each finding" },
		{ "sarif", 0, OPTION_FLAG, &c.sarif, NULL, "SARIF 2.1.0, for editors and reviews of changes" },
		{ "html", 0, OPTION_FLAG, &c.html, NULL, "the draft as a page with the findings beside it" },
		{ "docx", 0, OPTION_TEXT, &c.docx, "FILE", "write a copy of a DOCX with a comment at each finding" },
		{ "name", 0, OPTION_TEXT, &c.name, "NAME", "what to call standard input: its suffix tells the format" },
		{ "ocr", 0, OPTION_FLAG, &c.ocr, NULL, "read scanned pages of PDFs too" },
		{ "style", 0, OPTION_TEXT, &c.house, "HOUSE", "report what is not in this house style, too: un" },
		OPTION_ROW_DB(&c.db),
	};
	const struct usage usage = { "opcit check [OPTIONS] DRAFT", about, examples, options,
				     sizeof options / sizeof *options };
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n != 1) {
		opcit_err_set(&c.err, OPCIT_USAGE, n < 1 ? "no draft is given" : "there is more than one draft");
		opcit_err_hint(&c.err, n < 1 ? "for example: opcit check report.docx" : "check them one by one");
		return output_error(&c.err);
	}
	code = one_form(&c);
	if (code == EXIT_DONE)
		code = parse_only(&c);
	if (code == EXIT_DONE)
		code = parse_style(&c);
	if (code == EXIT_DONE)
		code = check(&c, argv[1]);
	opcit_arena_release(&c.arena);
	return code;
}
