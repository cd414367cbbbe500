/* Each file in tests/segment/ is a document and, after a line of four dashes,
 * the records it has: `kind [label] section > section | text`, one a line. */
#include "../../indexer/reader.h"
#include "../../indexer/segment.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t opcit_opener_table_disorder(void);

static char *slurp(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);

	cr_assert(file && text, "cannot read %s", path);
	cr_assert(fread(text, 1, (1 << 20) - 1, file) > 0, "empty: %s", path);
	fclose(file);
	return text;
}

static void print_record(const struct opcit_record *record, struct opcit_buf *out)
{
	size_t i;

	opcit_buf_printf(out, "%s [%.*s]", opcit_kind_name(record->kind), OPCIT_FMT(record->label));
	for (i = 0; i < record->n_section; i++)
		opcit_buf_printf(out, "%s%.*s", i ? " > " : " ", OPCIT_FMT(record->section[i]));
	opcit_buf_printf(out, " | %.*s\n", OPCIT_FMT(record->text));
}

static void check_case(const char *path)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf got = OPCIT_BUF_INIT;
	struct opcit_blocks blocks;
	struct opcit_document document;
	char *text = slurp(path), *rule = strstr(text, "\n----\n");
	size_t i;

	cr_assert(rule, "no rule in %s", path);
	cr_assert_eq(opcit_reader_text.read((struct opcit_str){ text, (size_t)(rule - text) }, &arena,
	                                    &blocks, NULL), OPCIT_OK);
	opcit_segment(&blocks, &arena, &document);
	for (i = 0; i < document.n_records; i++)
		print_record(&document.records[i], &got);
	cr_expect_str_eq(got.ptr, rule + 6, "%s: got\n%s", path, got.ptr);
	opcit_drops_release(&blocks.drops);
	opcit_buf_release(&got);
	opcit_arena_release(&arena);
	free(text);
}

Test(segment, cases)
{
	glob_t found;
	size_t i;

	cr_assert_eq(glob("tests/segment/*.case", 0, NULL, &found), 0);
	cr_assert(found.gl_pathc >= 10);
	for (i = 0; i < found.gl_pathc; i++)
		check_case(found.gl_pathv[i]);
	globfree(&found);
}

Test(segment, verb_table_is_sorted)
{
	cr_assert_eq(opcit_opener_table_disorder(), 0);
}


/* Blocks that the segmenter joins, counts and looks around in: a document of
 * a hundred thousand of them costs what ten of ten thousand do. */
Test(segment, cost_is_linear, .timeout = 120)
{
	static const char *const blocks_of[] = {
		"and so on without an end\n\n",
		"and went on with many words, more than a heading would have, and no end of them in sight even after two lines of a common page[^%u]\n\n",
		"%u. and so on without an end\n\n",
		"%u. Recalling this[^%u] and\n\n",
		"(a) and so on,\n\n",
		"(%u) Calls upon States;\n\n",
		"# Heading %u\n\n",
		"Heading %u\n\n",
		"Annex\n\n",
		"> quoted words %u\n\n",
		"\xC2\xAB quoted words %u\n\n",
		"[^%u]: a note\n\n",
		"%u See A/RES/1/%u.\n\n",
		"- item %u\n\n",
		"The General Assembly,\n\n",
		"Contents\n\n",
		"A/65/%u\n\n",
		"| a | %u |\n",
		"Recalling-\n",
		"* * *\n\n",
		"Article %u\n\n",
	};
	size_t k;

	for (k = 0; k < sizeof blocks_of / sizeof *blocks_of; k++) {
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_buf text = OPCIT_BUF_INIT;
		struct opcit_blocks blocks;
		struct opcit_document document;
		unsigned i;

		opcit_buf_puts(&text, "1. The Committee considered the item,\n\n");
		for (i = 1; i <= 100000; i++) {
			char block[200];

			snprintf(block, sizeof block, blocks_of[k], i, i);
			opcit_buf_puts(&text, block);
		}
		cr_assert_eq(opcit_reader_text.read(opcit_buf_str(&text), &arena, &blocks, NULL), OPCIT_OK);
		opcit_segment(&blocks, &arena, &document);
		cr_expect_lt(arena.total, text.len * 200, "'%s': %zu bytes for %zu", blocks_of[k], arena.total, text.len);
		opcit_drops_release(&blocks.drops);
		opcit_buf_release(&text);
		opcit_arena_release(&arena);
	}
}
