/* check.c: `opcit check`. */
#include "check_print.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "draft.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"Check each citation of a draft against the index: whether document and place\n"
	"exist. The draft is any file that opcit index reads, or - for standard\n"
	"input. Nothing of it leaves the machine or is kept.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit check report.docx\n"
	"  opcit check --only mismatch --json report.md\n"
	"\n"
	"Exit codes: 0 nothing is wrong, 1 there are faults or warnings, 2 wrong usage,\n"
	"3 the draft or the index cannot be read, 4 the index is damaged.\n";

struct check {
	const char *db, *only, *name;
	bool json, ocr;
	struct check_report report;
	struct opcit_arena arena;
	struct opcit_manuscript manuscript;
	struct opcit_err err;
};

/* --only mismatch,differs: all, when it is not given. */
static int parse_only(struct check *c)
{
	const char *p = c->only;
	size_t i;

	for (i = 0; i < CHECK_VERDICTS; i++)
		c->report.wanted[i] = !p;
	while (p) {
		struct opcit_str name = { p, strcspn(p, ",") };
		enum check_verdict verdict = check_verdict_of(opcit_str_trim(name));

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

static int print(struct check *c)
{
	bool faults = false;
	size_t i;

	if (c->json)
		check_print_json(&c->report);
	else
		check_print_text(&c->report);
	for (i = 0; i < c->report.n; i++)
		faults = faults || (c->report.wanted[c->report.findings[i].verdict] &&
				    check_verdict_weight(c->report.findings[i].verdict) >= CHECK_WARNING);
	return output_finish(faults ? EXIT_NOTHING : EXIT_DONE);
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
		status = check_run(&checker, &c->manuscript, &c->err);
	}
	if (status == OPCIT_OK) {
		c->report.path = path;
		c->report.manuscript = &c->manuscript;
		c->report.findings = checker.findings;
		c->report.n = checker.n;
		opcit_lines_find(c->manuscript.source, &c->arena, &c->report.lines);
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
		{ "json", 0, OPTION_FLAG, &c.json, NULL, "one JSON object for each finding" },
		{ "name", 0, OPTION_TEXT, &c.name, "NAME", "what to call standard input: its suffix tells the format" },
		{ "ocr", 0, OPTION_FLAG, &c.ocr, NULL, "read scanned pages of PDFs too" },
		OPTION_ROW_DB(&c.db),
	};
	const struct usage usage = { "opcit check [OPTIONS] DRAFT", about, examples, options,
				     sizeof options / sizeof *options };
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n != 1) {
		opcit_err_set(&c.err, OPCIT_USAGE, n < 1 ? "no draft is given" : "there is more than one draft");
		opcit_err_hint(&c.err, "for example: opcit check report.docx");
		return output_error(&c.err);
	}
	code = parse_only(&c);
	if (code == EXIT_DONE)
		code = check(&c, argv[1]);
	opcit_arena_release(&c.arena);
	return code;
}
