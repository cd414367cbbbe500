/* An index that two threads search, a half each, answers as one that one thread does. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/index.h"
#include "../../lib/search.h"
#include "../../query/parse.h"
#include "put.h"

enum { FILES = 12, RECORDS = 40, WORDS = 30, FIRST = 25 };

static const char *const words[] = {
	"detention", "of", "children", "the", "migrant", "worker", "has", "right", "to", "health",
	"in", "prison", "and", "urges", "States", "family", "border", "police", "shall", "protect",
};

static const char *const questions[] = {
	"detention of children",
	"recommendations on health in prison",
	"\"migrant worker\" police",
	"right to family",
	"border NEAR/3 police OR detent*",
	"migrant NOT police",
	"doc:file-3 children",
	"paragraph 4 of file-7",
	"nothing of that",
};

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Records of words that fall by chance, of some files. */
static void put(struct opcit_writer *writer, uint32_t from, uint32_t to)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	uint32_t file, i, k;

	for (file = from; file < to; file++) {
		struct opcit_record records[RECORDS] = { 0 };
		struct opcit_str name = opcit_arena_printf(&arena, "file-%u", file);
		struct opcit_doc doc = { .id = name, .source = name, .lang = OPCIT_STR("en") };
		uint32_t seed = file;

		for (i = 0; i < RECORDS; i++) {
			struct opcit_buf text = OPCIT_BUF_INIT;

			for (k = 0; k < WORDS; k++)
				opcit_buf_printf(&text, "%s ", words[next(&seed) % (sizeof words / sizeof *words)]);
			records[i].seq = i + 1;
			records[i].kind = OPCIT_KIND_PARAGRAPH;
			records[i].label = opcit_arena_printf(&arena, "%u", i + 1);
			records[i].text = opcit_arena_dup(&arena, opcit_buf_str(&text));
			opcit_buf_release(&text);
		}
		cr_assert_eq(put_document(writer, &doc, records, RECORDS, NULL), OPCIT_OK);
	}
	cr_assert_eq(opcit_writer_commit(writer, NULL), OPCIT_OK);
	opcit_arena_release(&arena);
}

static struct opcit_results ask(struct opcit_index *index, const char *question, struct opcit_arena *arena)
{
	struct opcit_results results;
	struct opcit_query *query;
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(parse_query(opcit_str_of(question), arena, &query, &err), OPCIT_OK, "%s", err.message);
	cr_assert_eq(opcit_index_search(index, query, OPCIT_ORDER_FOLDED, FIRST, arena, &results, &err), OPCIT_OK,
		     "'%s': %s", question, err.message);
	return results;
}

static void compare(struct opcit_index *one, struct opcit_index *two)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t q, i, found = 0;

	for (q = 0; q < sizeof questions / sizeof *questions; q++) {
		struct opcit_results a = ask(one, questions[q], &arena), b = ask(two, questions[q], &arena);

		cr_assert_eq(a.n, b.n, "'%s'", questions[q]);
		for (i = 0; i < a.n; i++) {
			cr_expect(opcit_str_eq(a.hits[i].entry->doc.id, b.hits[i].entry->doc.id), "'%s'", questions[q]);
			cr_expect_eq(a.hits[i].record.seq, b.hits[i].record.seq, "'%s'", questions[q]);
			cr_expect_eq(a.hits[i].score, b.hits[i].score, "'%s'", questions[q]);
		}
		found += a.n;
	}
	cr_expect_geq(found, (size_t)5 * FIRST);
	opcit_arena_release(&arena);
}

Test(halves, as_one)
{
	struct opcit_open halved = { .halved_from = 1 }, whole = { .halved_from = UINT32_MAX };
	char dir[] = "/tmp/opcit-test-XXXXXX", command[64];
	struct opcit_index *one, *two;
	struct opcit_writer *writer;

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(opcit_writer_open(dir, 0, &writer, NULL), OPCIT_OK);
	put(writer, 0, FILES / 2);
	cr_assert_eq(opcit_index_open_with(dir, &whole, &one, NULL), OPCIT_OK);
	cr_assert_eq(opcit_index_open_with(dir, &halved, &two, NULL), OPCIT_OK);
	compare(one, two);
	/* Both go on with the state that they have while a writer brings another. */
	put(writer, FILES / 2, FILES);
	compare(one, two);
	opcit_index_close(one);
	opcit_index_close(two);
	cr_assert_eq(opcit_index_open_with(dir, &whole, &one, NULL), OPCIT_OK);
	cr_assert_eq(opcit_index_open_with(dir, &halved, &two, NULL), OPCIT_OK);
	compare(one, two);
	opcit_index_close(one);
	opcit_index_close(two);
	opcit_writer_close(writer);
	snprintf(command, sizeof command, "rm -r '%s'", dir);
	cr_expect_eq(system(command), 0);
}
