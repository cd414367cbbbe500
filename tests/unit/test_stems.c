/* What an index remembers of words (lib/stems.hh) changes no answer, however many they are. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../lib/index.h"
#include "../../lib/search.h"
#include "../../query/parse.h"
#include "put.h"

enum { RECORDS = 20, WORDS = 7000, ROUNDS = 3 }; /* more words than are remembered */

/* Each record says "lighthouse" once more than the one before, among words of its own. */
static void put(struct opcit_writer *writer)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_record records[RECORDS] = { 0 };
	struct opcit_doc doc = { .id = OPCIT_STR("log"), .source = OPCIT_STR("log"), .lang = OPCIT_STR("en") };
	size_t i, k;

	for (i = 0; i < RECORDS; i++) {
		struct opcit_buf text = OPCIT_BUF_INIT;

		for (k = 0; k <= i; k++)
			opcit_buf_printf(&text, "lighthouse ");
		for (k = 0; k < WORDS; k++)
			opcit_buf_printf(&text, "w%zux%zu ", i, k);
		records[i] = (struct opcit_record){ .seq = (uint32_t)i + 1,
						    .kind = OPCIT_KIND_PARAGRAPH,
						    .label = opcit_arena_printf(&arena, "%zu", i + 1),
						    .text = opcit_arena_dup(&arena, opcit_buf_str(&text)) };
		opcit_buf_release(&text);
	}
	cr_assert_eq(put_document(writer, &doc, records, RECORDS, NULL), OPCIT_OK);
	cr_assert_eq(opcit_writer_commit(writer, NULL), OPCIT_OK);
	opcit_arena_release(&arena);
}

static double best_score(struct opcit_index *index, const char *question, uint32_t *seq)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_results results;
	struct opcit_query *query;
	double score;

	cr_assert_eq(parse_query(opcit_str_of(question), &arena, &query, NULL), OPCIT_OK);
	cr_assert_eq(opcit_index_search(index, query, OPCIT_ORDER_SCORE, RECORDS, &arena, &results, NULL), OPCIT_OK);
	cr_assert_gt(results.n, 0, "'%s'", question);
	score = results.hits[0].score;
	*seq = results.hits[0].record.seq;
	opcit_arena_release(&arena);
	return score;
}

Test(stems, many)
{
	static const char *const questions[] = { "lighthouse", "w3x5 lighthouse", "w19x7" };
	char dir[] = "/tmp/opcit-test-XXXXXX", command[64];
	struct opcit_index *kept, *fresh;
	struct opcit_writer *writer;
	size_t round, q;

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(opcit_writer_open(dir, 0, &writer, NULL), OPCIT_OK);
	put(writer);
	cr_assert_eq(opcit_index_open(dir, &kept, NULL), OPCIT_OK);
	for (round = 0; round < ROUNDS; round++)
		for (q = 0; q < sizeof questions / sizeof *questions; q++) {
			uint32_t a, b;

			cr_assert_eq(opcit_index_open(dir, &fresh, NULL), OPCIT_OK);
			cr_expect_eq(best_score(kept, questions[q], &a), best_score(fresh, questions[q], &b));
			cr_expect_eq(a, b);
			opcit_index_close(fresh);
		}
	opcit_index_close(kept);
	opcit_writer_close(writer);
	snprintf(command, sizeof command, "rm -r '%s'", dir);
	cr_expect_eq(system(command), 0);
}
