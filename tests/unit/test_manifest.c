/* manifest.tsv: one line of the table for each form of a row or a header. */
#include <criterion/criterion.h>

#include "../../indexer/manifest.h"

#include <stdio.h>
#include <string.h>

/* The faults that were reported, as "line: what" lines. */
static void collect(void *context, struct opcit_str manifest, size_t line, const char *what)
{
	cr_assert(opcit_str_ends(manifest, "/manifest.tsv"));
	opcit_buf_printf(context, "%zu: %s\n", line, what);
}

static void load(struct opcit_manifests *m, struct opcit_buf *faults, struct opcit_str bytes)
{
	opcit_manifests_init(m, collect, faults);
	opcit_manifests_add(m, OPCIT_STR("/docs/manifest.tsv"), bytes);
}

static const struct form {
	const char *bytes;
	const char *symbol, *title; /* of /docs/a.txt; NULL: no row for it */
	const char *fault;          /* how the first report begins, or NULL for none */
} forms[] = {
	{ "path\tsymbol\na.txt\tA/1\n", "A/1", "", NULL },
	{ "path\tsymbol\na.txt\tA/1", "A/1", "", NULL },
	{ "\xEF\xBB\xBFpath\tsymbol\r\na.txt\tA/1\r\n", "A/1", "", NULL },
	{ "title\tSymbol\tPATH\nOn x\tA/1\ta.txt\n", "A/1", "On x", NULL },
	{ "path\ttitle\n a.txt \t  On x \n", "", "On x", NULL },
	{ "path\ttitle\n\"a.txt\"\t\"On \"\"x\"\"\"\n", "", "On \"x\"", NULL },
	{ "path\ttitle\na.txt\t\"On\" x\n", "", "\"On\" x", NULL },
	{ "path\ttitle\na.txt\t\"On\" and \"x\"\n", "", "\"On\" and \"x\"", NULL },
	{ "path\ttitle\na.txt\t\"\n", "", "\"", NULL },
	{ "\n\npath\tsymbol\n\na.txt\tA/1\n\n", "A/1", "", NULL },
	{ "path\tsymbol\n./sub/../a.txt\tA/1\n", "A/1", "", NULL },
	{ "path\tsymbol\n/docs//a.txt\tA/1\n", "A/1", "", NULL },
	{ "path\tsymbol\n../docs/a.txt\tA/1\n", "A/1", "", NULL },
	{ "path\tsymbol\ttitle\na.txt\n", "", "", NULL },
	{ "path\tsymbol\na.txt\tA/1\t\t\t\n", "A/1", "", NULL },
	{ "path\tsymbol\na.txt\tA/1\tmore\n", NULL, NULL, "2: more cells" },
	{ "path\tsymbol\n\tA/1\n", NULL, NULL, "2: no path" },
	{ "path\tcolour\tsymbol\na.txt\tred\tA/1\n", "A/1", "", "1: unknown column 'colour'" },
	{ "path\tsymbol\na.txt\tA/1\na.txt\tA/2\n", "A/1", "", "3: the file was named" },
	{ "path\tdate\na.txt\t2010-13\n", NULL, NULL, "2: the date" },
	{ "path\tdate\na.txt\t21/07/2010\n", NULL, NULL, "2: the date" },
	{ "path\ttype\na.txt\tposter\n", NULL, NULL, "2: the type" },
	{ "path\tlang\na.txt\tEnglish\n", NULL, NULL, "2: the language" },
	{ "path\tsymbol\na.txt\tA/\xE9\n", NULL, NULL, "2: the row is not UTF-8" },
	{ "symbol\ttitle\nA/1\tx\n", NULL, NULL, "1: no column 'path'" },
	{ "path,symbol\na.txt,A/1\n", NULL, NULL, "1: no column 'path'; cells" },
	{ "\xFF\xFEp", NULL, NULL, "0: it is UTF-16" },
	{ "", NULL, NULL, "0: it is empty" },
	{ "\n \n", NULL, NULL, "0: it is empty" },
};

Test(manifest, forms)
{
	struct opcit_str path = OPCIT_STR("/docs/a.txt");
	size_t i;

	for (i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		const struct form *form = &forms[i];
		const char *symbol = form->symbol ? form->symbol : "";
		struct opcit_buf faults = OPCIT_BUF_INIT;
		struct opcit_doc doc = { .id = OPCIT_STR("old") };
		struct opcit_manifests m;

		load(&m, &faults, opcit_str_of(form->bytes));
		cr_expect_eq(opcit_manifests_hash(&m, path) != 0, form->symbol != NULL, "form %zu",
			     i);
		opcit_manifests_apply(&m, path, &doc);
		cr_expect(opcit_str_is(doc.symbol, symbol), "form %zu: symbol '%.*s'", i,
			  OPCIT_FMT(doc.symbol));
		cr_expect(opcit_str_is(doc.title, form->title ? form->title : ""),
			  "form %zu: title '%.*s'", i, OPCIT_FMT(doc.title));
		cr_expect(opcit_str_is(doc.id, symbol[0] ? symbol : "old"), "form %zu: id", i);
		if (form->fault)
			cr_expect(opcit_str_starts(opcit_buf_str(&faults), form->fault),
				  "form %zu: %s", i, faults.ptr ? faults.ptr : "no fault");
		else
			cr_expect_eq(faults.len, 0, "form %zu: %s", i, faults.ptr);
		opcit_manifests_release(&m);
		opcit_buf_release(&faults);
	}
}

Test(manifest, an_empty_cell_overrides_nothing)
{
	struct opcit_buf faults = OPCIT_BUF_INIT;
	struct opcit_doc doc = { .title = OPCIT_STR("kept"), .date = OPCIT_STR("2001") };
	struct opcit_manifests m;

	load(&m, &faults, OPCIT_STR("path\ttitle\tdate\turl\na.txt\t\t2010-07-21\thttp://x\n"));
	opcit_manifests_apply(&m, OPCIT_STR("/docs/a.txt"), &doc);
	cr_assert(opcit_str_is(doc.title, "kept"));
	cr_assert(opcit_str_is(doc.date, "2010-07-21"));
	cr_assert(opcit_str_is(doc.url, "http://x"));
	opcit_manifests_release(&m);
	opcit_buf_release(&faults);
}

/* A later manifest wins cell by cell. */
Test(manifest, the_later_wins)
{
	struct opcit_buf faults = OPCIT_BUF_INIT;
	struct opcit_doc doc = { .id = OPCIT_STR("old") };
	struct opcit_manifests m;

	load(&m, &faults, OPCIT_STR("path\tsymbol\ttitle\nsub/a.txt\tA/1\touter\n"));
	opcit_manifests_add(&m, OPCIT_STR("/docs/sub/manifest.tsv"),
			    OPCIT_STR("path\ttitle\na.txt\tinner\n"));
	opcit_manifests_apply(&m, OPCIT_STR("/docs/sub/a.txt"), &doc);
	cr_assert(opcit_str_is(doc.id, "A/1"));
	cr_assert(opcit_str_is(doc.title, "inner"));
	opcit_manifests_release(&m);
	opcit_buf_release(&faults);
}

static uint64_t hash_of(const char *bytes)
{
	struct opcit_buf faults = OPCIT_BUF_INIT;
	struct opcit_manifests m;
	uint64_t hash;

	load(&m, &faults, opcit_str_of(bytes));
	hash = opcit_manifests_hash(&m, OPCIT_STR("/docs/a.txt"));
	opcit_manifests_release(&m);
	opcit_buf_release(&faults);
	return hash;
}

/* The hash changes when, and only when, something else is said of the file. */
Test(manifest, the_hash_is_of_what_is_said)
{
	uint64_t hash = hash_of("path\tsymbol\ttitle\na.txt\tA/1\tx\n");

	cr_expect_eq(hash, hash_of("title\tpath\tsymbol\nx\ta.txt\tA/1\n"));
	cr_expect_eq(hash, hash_of("path\tsymbol\ttitle\nb.txt\tB\ty\na.txt\tA/1\tx\n"));
	cr_expect_neq(hash, hash_of("path\tsymbol\ttitle\na.txt\tA/1\ty\n"));
	cr_expect_neq(hash, hash_of("path\ttitle\tsymbol\na.txt\tA/1\tx\n"));
	cr_expect_neq(hash, 0);
	cr_expect_eq(hash_of("path\tsymbol\nb.txt\tA/1\n"), 0);
}

/* More rows than the first size of the hash table. */
Test(manifest, many_rows)
{
	struct opcit_buf faults = OPCIT_BUF_INIT, bytes = OPCIT_BUF_INIT, path = OPCIT_BUF_INIT;
	struct opcit_manifests m;
	char symbol[16];
	int i;

	opcit_buf_puts(&bytes, "path\tsymbol\n");
	for (i = 0; i < 2000; i++)
		opcit_buf_printf(&bytes, "%d.txt\tA/%d\n", i, i);
	load(&m, &faults, opcit_buf_str(&bytes));
	cr_assert_eq(m.count, 2000);
	for (i = 0; i < 2000; i++) {
		struct opcit_doc doc = { .id = { NULL, 0 } };

		opcit_buf_clear(&path);
		opcit_buf_printf(&path, "/docs/%d.txt", i);
		snprintf(symbol, sizeof symbol, "A/%d", i);
		opcit_manifests_apply(&m, opcit_buf_str(&path), &doc);
		cr_assert(opcit_str_is(doc.id, symbol));
	}
	opcit_manifests_release(&m);
	opcit_buf_release(&faults);
	opcit_buf_release(&bytes);
	opcit_buf_release(&path);
}
