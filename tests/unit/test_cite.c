/* The citation finder and the registry, from tables: a new case is a row of
 * tests/gold/citations.tsv, lookalikes.tsv or typed.tsv. */
#include "../../lib/cite_link.h"
#include "../../lib/rule.h"
#include "../../lib/tsv.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct opcit_registry *registry;
static struct opcit_arena arena;

static void complain(void *data, const char *file, unsigned line, const char *message)
{
	unsigned *count = data;

	++*count;
	printf("%s:%u: %s\n", file, line, message);
}

static void setup(void)
{
	const char *folders[] = { "data" };
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(opcit_registry_load(folders, 1, NULL, NULL, &registry, &err), OPCIT_OK, "%s",
		     err.message);
}

static void teardown(void)
{
	opcit_registry_free(registry);
	opcit_arena_release(&arena);
}

TestSuite(cite, .init = setup, .fini = teardown);

/* "A/65/156|para:1; …" of what was found; unresolved ones as "?". */
static void describe(const struct opcit_record *record, struct opcit_buf *buf)
{
	size_t i, j;

	opcit_buf_clear(buf);
	for (i = 0; i < record->n_cites; i++) {
		const struct opcit_citation *cite = &record->cites[i];

		opcit_buf_puts(buf, i ? "; " : "");
		if (cite->resolved)
			opcit_buf_add_str(buf, cite->target);
		else
			opcit_buf_puts(buf, "?");
		for (j = 0; j < cite->n_pinpoints; j++)
			opcit_buf_printf(buf, "|%.*s", OPCIT_FMT(cite->pinpoints[j]));
		cr_assert_lt(cite->start, cite->end);
		cr_assert_leq(cite->end, record->text.len);
	}
	if (!record->n_cites)
		opcit_buf_puts(buf, "-");
}

static struct opcit_record find(struct opcit_str symbol, struct opcit_str date,
				struct opcit_str text)
{
	struct opcit_doc doc = { .symbol = symbol, .id = symbol, .date = date };
	struct opcit_record record = { .seq = 1, .kind = OPCIT_KIND_PARAGRAPH, .text = text };

	opcit_cite_record(opcit_cite_begin(registry, &doc, &arena), &record);
	return record;
}

static void open_table(struct opcit_tsv *tsv, const char *name)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(opcit_tsv_open(tsv, "tests/gold", name, &arena, &err), OPCIT_OK, "%s",
		     err.message);
}

Test(cite, sentences_with_citations)
{
	struct opcit_tsv tsv;
	struct opcit_buf found = OPCIT_BUF_INIT;
	struct opcit_record record;
	size_t rows = 0;

	open_table(&tsv, "citations.tsv");
	for (; opcit_tsv_next(&tsv); rows++) {
		record = find(opcit_tsv_get(&tsv, "symbol"), opcit_tsv_get(&tsv, "date"),
			      opcit_tsv_get(&tsv, "text"));
		describe(&record, &found);
		cr_expect(opcit_str_eq(opcit_buf_str(&found), opcit_tsv_get(&tsv, "cites")),
			  "line %u: found %s, not %.*s", tsv.line, found.ptr,
			  OPCIT_FMT(opcit_tsv_get(&tsv, "cites")));
	}
	cr_expect_geq(rows, 150);
	opcit_buf_release(&found);
}

Test(cite, look_alikes_are_left_alone)
{
	static const char *const symbols[] = { "A/65/156", "S/RES/1373(2001)", "A/HRC/20/3", "" };
	struct opcit_tsv tsv;
	struct opcit_buf found = OPCIT_BUF_INIT;
	struct opcit_record record;
	size_t rows = 0, i;

	open_table(&tsv, "lookalikes.tsv");
	for (; opcit_tsv_next(&tsv); rows++)
		for (i = 0; i < sizeof symbols / sizeof *symbols; i++) {
			record = find(opcit_str_of(symbols[i]), OPCIT_STR("2012"),
				      opcit_tsv_get(&tsv, "text"));
			describe(&record, &found);
			cr_expect_eq(record.n_cites, 0, "line %u: took %s", tsv.line, found.ptr);
		}
	cr_expect_geq(rows, 200);
	opcit_buf_release(&found);
}

Test(cite, what_people_type)
{
	struct opcit_tsv tsv;
	struct opcit_cite_guess *guesses;
	struct opcit_buf found = OPCIT_BUF_INIT;
	size_t n, j;

	open_table(&tsv, "typed.tsv");
	while (opcit_tsv_next(&tsv)) {
		opcit_cite_parse(registry, opcit_tsv_get(&tsv, "typed"), &arena, &guesses, &n);
		opcit_buf_clear(&found);
		if (n)
			opcit_buf_add_str(&found, guesses[0].cite.target);
		else
			opcit_buf_puts(&found, "-");
		for (j = 0; n && j < guesses[0].cite.n_pinpoints; j++)
			opcit_buf_printf(&found, "|%.*s", OPCIT_FMT(guesses[0].cite.pinpoints[j]));
		if (n && !guesses[0].cite.resolved)
			opcit_buf_puts(&found, " ?");
		cr_expect(opcit_str_eq(opcit_buf_str(&found), opcit_tsv_get(&tsv, "means")),
			  "line %u: read %s, not %.*s", tsv.line, found.ptr,
			  OPCIT_FMT(opcit_tsv_get(&tsv, "means")));
	}
	opcit_buf_release(&found);
}

Test(cite, links)
{
	struct opcit_tsv tsv;
	struct opcit_buf read = OPCIT_BUF_INIT;

	open_table(&tsv, "links.tsv");
	while (opcit_tsv_next(&tsv)) {
		struct opcit_str means = opcit_tsv_get(&tsv, "citation");

		opcit_buf_clear(&read);
		opcit_link_read(opcit_tsv_get(&tsv, "address"), opcit_tsv_get(&tsv, "up_to"), &read);
		cr_expect(opcit_str_eq(opcit_buf_str(&read), means), "line %u: read %.*s, not %.*s", tsv.line,
			  OPCIT_FMT(opcit_buf_str(&read)), OPCIT_FMT(means));
	}
	opcit_buf_release(&read);
}

Test(cite, linked_words)
{
	struct opcit_record record = { .seq = 1, .kind = OPCIT_KIND_PARAGRAPH,
		.text = OPCIT_STR("Recalling that resolution and A/RES/64/166, and its decisions,") };
	struct opcit_cite_context *context = opcit_cite_begin(registry, NULL, &arena);
	struct opcit_buf found = OPCIT_BUF_INIT;

	opcit_cite_record(context, &record);
	cr_expect(opcit_cite_link(context, &record, OPCIT_STR("that resolution"), OPCIT_STR("A/RES/63/184, para. 3 (b)")));
	cr_expect(opcit_cite_link(context, &record, OPCIT_STR("A/RES/64/166"), OPCIT_STR("A/RES/1/1")), "already known");
	cr_expect_not(opcit_cite_link(context, &record, OPCIT_STR("decision"), OPCIT_STR("A/RES/1/1")), "within a word");
	cr_expect(opcit_cite_link(context, &record, OPCIT_STR("decisions"), OPCIT_STR("no citation at all")));
	describe(&record, &found);
	cr_expect_str_eq(found.ptr, "A/RES/63/184|para:3(b); A/RES/64/166");
	opcit_buf_release(&found);
}

/* ---- what goes from record to record ---- */

static void feed(struct opcit_cite_context *context, uint32_t seq, enum opcit_kind kind,
		 const char *label, const char *text, const char *expected)
{
	struct opcit_record record = {
		.seq = seq, .kind = kind, .label = opcit_str_of(label), .text = opcit_str_of(text)
	};
	struct opcit_buf found = OPCIT_BUF_INIT;

	opcit_cite_record(context, &record);
	describe(&record, &found);
	cr_expect_str_eq(found.ptr, expected, "%s", text);
	opcit_buf_release(&found);
}

Test(cite, ibid_is_the_note_before_or_nothing)
{
	struct opcit_cite_context *c = opcit_cite_begin(registry, NULL, &arena);

	feed(c, 1, OPCIT_KIND_FOOTNOTE, "fn1", "See A/65/156, para. 3.", "A/65/156|para:3");
	feed(c, 2, OPCIT_KIND_FOOTNOTE, "fn2", "Ibid., para. 5.", "A/65/156|para:5");
	feed(c, 3, OPCIT_KIND_FOOTNOTE, "fn3", "P. Marlowe, Borders and Bodies, p. 12.", "-");
	feed(c, 4, OPCIT_KIND_FOOTNOTE, "fn4", "Ibid., para. 6.", "?|para:6");
	feed(c, 5, OPCIT_KIND_FOOTNOTE, "fn5", "Supra note 1, para. 9.", "A/65/156|para:9");
	feed(c, 6, OPCIT_KIND_FOOTNOTE, "fn6", "A/65/156 and A/64/188.", "A/65/156; A/64/188");
	feed(c, 7, OPCIT_KIND_FOOTNOTE, "fn7", "Ibid., para. 2.", "?|para:2");
	feed(c, 8, OPCIT_KIND_FOOTNOTE, "fn8", "Marlowe, op. cit.", "?");
}

Test(cite, ibid_in_the_text_goes_on_with_the_text)
{
	struct opcit_cite_context *c = opcit_cite_begin(registry, NULL, &arena);

	feed(c, 1, OPCIT_KIND_PARAGRAPH, "1", "So it was held (A/RES/64/166, para. 4).", "A/RES/64/166|para:4");
	feed(c, 2, OPCIT_KIND_FOOTNOTE, "fn1", "See A/65/156, para. 3.", "A/65/156|para:3");
	feed(c, 3, OPCIT_KIND_PARAGRAPH, "2", "It goes on (ibid., para. 5).", "A/RES/64/166|para:5");
	feed(c, 4, OPCIT_KIND_FOOTNOTE, "fn2", "Ibid., para. 7.", "A/65/156|para:7");
	feed(c, 5, OPCIT_KIND_PARAGRAPH, "3", "A/RES/64/166 was the first of many that have been adopted since.", "A/RES/64/166");
	feed(c, 6, OPCIT_KIND_PARAGRAPH, "4", "It is weak (ibid., para. 5).", "A/RES/64/166|para:5");
	feed(c, 7, OPCIT_KIND_PARAGRAPH, "5", "A/RES/64/166 and A/RES/65/212 were the first of many that were adopted since.",
	     "A/RES/64/166; A/RES/65/212");
	feed(c, 8, OPCIT_KIND_PARAGRAPH, "6", "It is weak (ibid., para. 5).", "?|para:5");
}

Test(cite, short_forms_are_the_only_candidate_or_nothing)
{
	struct opcit_cite_context *c = opcit_cite_begin(registry, NULL, &arena);

	feed(c, 1, OPCIT_KIND_PARAGRAPH, "1",
	     "It is party to the Convention on the Rights of the Child.", "CRC");
	feed(c, 2, OPCIT_KIND_PARAGRAPH, "2", "See article 3 of the Convention.", "CRC|art:3");
	feed(c, 3, OPCIT_KIND_PARAGRAPH, "3",
	     "It signed the Convention on the Rights of Persons with Disabilities.", "CRPD");
	feed(c, 4, OPCIT_KIND_PARAGRAPH, "4", "See article 3 of the Convention.", "?|art:3");
	feed(c, 5, OPCIT_KIND_PARAGRAPH, "5",
	     "The Basic Principles on the Role of Lawyers (hereinafter \"the Lawyers Principles\") apply.",
	     "Basic Principles on the Role of Lawyers");
	feed(c, 6, OPCIT_KIND_PARAGRAPH, "6", "The Lawyers Principles are soft law.",
	     "Basic Principles on the Role of Lawyers");
}

Test(cite, the_documents_own_symbol_and_its_contents_are_none)
{
	struct opcit_doc doc = { .symbol = OPCIT_STR("A/65/156"), .date = OPCIT_STR("2010") };
	struct opcit_cite_context *c = opcit_cite_begin(registry, &doc, &arena);

	feed(c, 1, OPCIT_KIND_TITLE, "", "A/65/156", "-");
	feed(c, 2, OPCIT_KIND_TOC, "", "General Assembly resolution 64/166 ..... 3", "-");
	feed(c, 3, OPCIT_KIND_HEADING, "", "General Assembly resolution 64/166", "A/RES/64/166");
}

/* ---- hostile input ---- */

static void repeat(const char *unit, size_t total)
{
	size_t n = strlen(unit), i;
	char *text = opcit_xmalloc(total);
	struct opcit_record record;

	for (i = 0; i < total; i++)
		text[i] = unit[i % n];
	record = find(OPCIT_STR("A/65/156"), OPCIT_STR("2010"), (struct opcit_str){ text, total });
	cr_expect_leq(record.n_cites, OPCIT_CITES_MAX);
	free(text);
	opcit_arena_reset(&arena);
}

Test(cite, hostile_text_takes_linear_time, .timeout = 120)
{
	static const char *const units[] = {
		"/",
		"A/",
		"A/1/23 ",
		"A",
		"\xC3\xA9",
		"\xE2\x80\x8B",
		"A\xE2\x80\x8B/",
		"para. 1, ",
		"its resolution 8/10 ",
		"resolutions 1 (1999) and x ",
		"the Convention ",
		"its 1967 Protocol ",
		"Official Journal of the ",
		"International Convention on the ",
		"the Xyz Declaration of Xyz ",
	};
	size_t i;

	for (i = 0; i < sizeof units / sizeof *units; i++)
		repeat(units[i], 1000000);
	repeat("/", 10000000);
}

Test(cite, lists_and_symbols_are_bounded)
{
	struct opcit_buf text = OPCIT_BUF_INIT;
	struct opcit_record record;
	unsigned i;

	opcit_buf_puts(&text, "A/HRC/13/5, paras. ");
	for (i = 1; i <= 100000; i++)
		opcit_buf_printf(&text, "%u, ", i);
	record = find(OPCIT_STR(""), OPCIT_STR(""), opcit_buf_str(&text));
	cr_assert_eq(record.n_cites, 1);
	cr_expect_eq(record.cites[0].n_pinpoints, OPCIT_PINS_MAX);
	opcit_buf_clear(&text);
	opcit_buf_puts(&text, "A/HRC/13/5, paras. 1\xE2\x80\x93"
			      "4000000000");
	record = find(OPCIT_STR(""), OPCIT_STR(""), opcit_buf_str(&text));
	cr_assert_eq(record.n_cites, 1);
	cr_expect_leq(record.cites[0].n_pinpoints, 1);
	opcit_buf_clear(&text);
	opcit_buf_puts(&text, "A/");
	for (i = 0; i < 5000; i++)
		opcit_buf_putc(&text, i % 3 == 2 ? '/' : '1');
	record = find(OPCIT_STR(""), OPCIT_STR(""), opcit_buf_str(&text));
	cr_expect_eq(record.n_cites, 0);
	opcit_buf_release(&text);
}

/* ---- all Security Council resolutions at hand, by an independent expression ---- */

static const char number[] = "[0-9]{1,4} ?\\( ?(19|20)[0-9][0-9] ?\\)";

/* Every "N (YYYY)" of a list that opens with "resolution(s)": is it among the
 * targets? */
static void compare(const char *text, const struct opcit_record *record, const regex_t *list,
		    const regex_t *one, size_t *expected, size_t *missed)
{
	regmatch_t m, n;
	const char *p = text, *q;
	char symbol[32];
	size_t i, j;

	for (; !regexec(list, p, 1, &m, p > text ? REG_NOTBOL : 0); p += m.rm_eo) {
		for (q = p + m.rm_so;
		     q < p + m.rm_eo && !regexec(one, q, 1, &n, 0) && q + n.rm_eo <= p + m.rm_eo;
		     q += n.rm_eo) {
			strcpy(symbol, "S/RES/");
			for (i = (size_t)n.rm_so, j = 6; i < (size_t)n.rm_eo && j < 31; i++)
				if (q[i] != ' ')
					symbol[j++] = q[i];
			symbol[j] = '\0';
			++*expected;
			for (i = 0; i < record->n_cites; i++)
				if (opcit_str_is(record->cites[i].target, symbol))
					break;
			if (i == record->n_cites) {
				++*missed;
				printf("missed %s in: %.200s\n", symbol, text);
			}
		}
	}
}

/* A found resolution must be printed there. */
static size_t invented(const char *text, const struct opcit_record *record)
{
	size_t i, wrong = 0, n;
	char digits[16];
	const char *p;

	for (i = 0; i < record->n_cites; i++) {
		struct opcit_str t = record->cites[i].target;

		if (!opcit_str_starts(t, "S/RES/"))
			continue;
		for (n = 0, p = t.ptr + 6; p < t.ptr + t.len && *p >= '0' && *p <= '9' && n < 15;
		     p++)
			digits[n++] = *p;
		digits[n] = '\0';
		if (!memmem(text + record->cites[i].start,
			    record->cites[i].end - record->cites[i].start, digits, n)) {
			wrong++;
			printf("invented %.*s in: %.200s\n", OPCIT_FMT(t), text);
		}
	}
	return wrong;
}

/* The file's blocks, each with its white space squeezed. */
static void check_file(const char *path, const regex_t *list, const regex_t *one, size_t totals[3])
{
	FILE *file = fopen(path, "r");
	struct opcit_doc doc = { .body = OPCIT_STR("Security Council") };
	struct opcit_cite_context *context = opcit_cite_begin(registry, &doc, &arena);
	struct opcit_record record = { .kind = OPCIT_KIND_OPERATIVE };
	struct opcit_buf block = OPCIT_BUF_INIT;
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	cr_assert_not_null(file);
	do {
		char *word, *rest;
		bool blank = true;

		len = getline(&line, &cap, file);
		rest = line;
		while (len > 0 && (word = strsep(&rest, " \t\r\n\f")))
			if (*word) {
				opcit_buf_printf(&block, "%s%s", block.len ? " " : "", word);
				blank = false;
			}
		if (blank && block.len) {
			record.seq++;
			record.text = opcit_buf_str(&block);
			opcit_cite_record(context, &record);
			compare(block.ptr, &record, list, one, &totals[0], &totals[1]);
			totals[2] += invented(block.ptr, &record);
			opcit_buf_clear(&block);
		}
	} while (len > 0);
	free(line);
	fclose(file);
	opcit_buf_release(&block);
	opcit_arena_reset(&arena);
}

Test(cite, security_council_numbers, .timeout = 120)
{
	static const char folder[] = "../shared/corpus/unsc";
	size_t totals[3] = { 0 }; /* expected, missed, invented */
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char pattern[600], path[4096];
	regex_t list, one;

	if (!dir)
		cr_skip_test("real documents: there is no ../shared");
	snprintf(
		pattern, sizeof pattern,
		"[Rr]esolutions? %s((( of( [0-9]{1,2})? [A-Z][a-z]+( [0-9]{4})?)?(,| and|, and|;| or) "
		"%s)*)",
		number, number);
	cr_assert_eq(regcomp(&list, pattern, REG_EXTENDED), 0);
	cr_assert_eq(regcomp(&one, number, REG_EXTENDED), 0);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
			check_file(path, &list, &one, totals);
		}
	closedir(dir);
	regfree(&list);
	regfree(&one);
	cr_expect_geq(totals[0], 2000, "the expression found only %zu", totals[0]);
	cr_expect_leq(totals[1] * 1000, totals[0] * 5, "missed %zu of %zu", totals[1], totals[0]);
	cr_expect_eq(totals[2], 0);
}

/* ---- the registry ---- */

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
}

Test(registry, our_own_tables_are_faultless)
{
	const char *folders[] = { "data" };
	struct opcit_registry *r;
	unsigned complaints = 0;

	cr_assert_eq(opcit_registry_load(folders, 1, complain, &complaints, &r, NULL), OPCIT_OK);
	cr_expect_eq(complaints, 0);
	cr_expect_geq(r->n_bodies, 60);
	cr_expect_geq(r->n_instruments, 300);
	cr_expect(opcit_str_is(opcit_registry_instrument(r, OPCIT_STR("crc"))->id, "CRC"));
	cr_expect_null(opcit_registry_instrument(r, OPCIT_STR("Treaty of Nowhere at All")));
	cr_expect(opcit_str_is(opcit_registry_same(r, OPCIT_STR("A/RES/44/25"))->id, "CRC"));
	opcit_registry_free(r);
}

Test(registry, a_users_rows_add_and_win_and_bad_ones_are_told)
{
	char folder[] = "/tmp/opcit-registry-XXXXXX";
	const char *folders[2] = { "data", folder };
	struct opcit_registry *r;
	struct opcit_err err = OPCIT_ERR_INIT;
	unsigned complaints = 0;
	char command[600];

	cr_assert_not_null(mkdtemp(folder));
	write_file(folder, "instruments.tsv",
		   "id\tname\tother_names\n"
		   "Nowhere\tTreaty of Nowhere\tNowhere Treaty;es:Tratado de Ninguna Parte\n"
		   "\tno id\t\n"
		   "x\ty\tz\tone too many\n"
		   "Bad\t\xFF\xFE\n"
		   "Ring A\tRing A\tRing B\n"
		   "Ring B\tRing B\tRing A\n");
	write_file(folder, "bodies.tsv",
		   "id\tname\tparent\n"
		   "P1\tFirst Parent Board\tP2\n"
		   "P2\tSecond Parent Board\tP1\n");
	cr_assert_eq(opcit_registry_load(folders, 2, complain, &complaints, &r, &err), OPCIT_OK);
	cr_expect_geq(complaints, 6);
	cr_expect(opcit_str_is(opcit_registry_instrument(r, OPCIT_STR("nowhere treaty"))->id,
			       "Nowhere"));
	cr_expect(opcit_str_is(
		opcit_registry_instrument(r, OPCIT_STR("Tratado de ninguna parte"))->id,
		"Nowhere"));
	cr_expect_not_null(opcit_registry_instrument(r, OPCIT_STR("ICCPR")));
	opcit_registry_free(r);
	snprintf(command, sizeof command, "rm -r '%s'", folder);
	cr_expect_eq(system(command), 0);
}

Test(registry, an_absent_folder_is_an_empty_registry)
{
	const char *folders[] = { "/nonexistent/opcit" };
	struct opcit_registry *r;

	cr_assert_eq(opcit_registry_load(folders, 1, NULL, NULL, &r, NULL), OPCIT_OK);
	cr_expect_eq(r->n_instruments, 0);
	cr_expect_null(opcit_registry_instrument(r, OPCIT_STR("CRC")));
	opcit_registry_free(r);
}

Test(registry, rules_make_symbols)
{
	struct opcit_str rules =
		OPCIT_STR("{n}{letter}=A/RES/{n}{letter};{num}({year})=S/RES/{num}({year})");
	char out[40];

	cr_expect(opcit_rule_apply(rules, "64/166", out, sizeof out));
	cr_expect_str_eq(out, "A/RES/64/166");
	cr_expect(opcit_rule_apply(rules, "49/60A", out, sizeof out));
	cr_expect_str_eq(out, "A/RES/49/60A");
	cr_expect(opcit_rule_apply(rules, "1325(2000)", out, sizeof out));
	cr_expect_str_eq(out, "S/RES/1325(2000)");
	cr_expect_not(opcit_rule_apply(rules, "2005/47", out, sizeof out));
	cr_expect_not(opcit_rule_apply(rules, "64/166", out, 8));
	cr_expect(opcit_rule_makes(rules, "S/RES/"));
	cr_expect_not(opcit_rule_makes(rules, "E/"));
}
