/* The index behind its C interface: what was put is found, what was replaced
 * or removed is gone, and nothing is seen before its commit. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../lib/file.h"
#include "../../lib/index.h"
#include "../../lib/search.h"
#include "put.h"

struct box {
	char dir[64];
	struct opcit_writer *writer;
	struct opcit_index *index;
	struct opcit_arena arena;
};

static void setup(struct box *box)
{
	memset(box, 0, sizeof *box);
	strcpy(box->dir, "/tmp/opcit-test-XXXXXX");
	cr_assert_not_null(mkdtemp(box->dir));
	cr_assert_eq(opcit_writer_open(box->dir, 0, &box->writer, NULL), OPCIT_OK);
}

static void teardown(struct box *box)
{
	char command[128];

	opcit_index_close(box->index);
	opcit_writer_close(box->writer);
	snprintf(command, sizeof command, "rm -r '%s'", box->dir);
	cr_assert_eq(system(command), 0);
	opcit_arena_release(&box->arena);
}

/* A file of the present database. */
static void path_of(const struct box *box, const char *file, char *path, size_t size)
{
	char stub[128];
	int generation = 0;
	FILE *f;

	snprintf(stub, sizeof stub, "%s/XAPIANDB", box->dir);
	f = fopen(stub, "r");
	cr_assert_eq(fscanf(f, "glass %d", &generation), 1);
	fclose(f);
	snprintf(path, size, "%s/%d/%s", box->dir, generation, file);
}

/* Put a document of one record. */
static void put_one(struct box *box, const char *source, const char *lang, const char *text)
{
	struct opcit_doc doc = { .id = opcit_str_of(source),
				 .source = opcit_str_of(source),
				 .lang = opcit_str_of(lang) };
	struct opcit_record record = { .seq = 1,
				       .kind = OPCIT_KIND_OPERATIVE,
				       .text = opcit_str_of(text) };

	cr_assert_eq(put_document(box->writer, &doc, &record, 1, NULL), OPCIT_OK);
}

/* Put a document of n records "TEXT 1", "TEXT 2" … labelled by number. */
static opcit_status put(struct box *box, const char *source, const char *id, const char *text,
			uint32_t n)
{
	struct opcit_doc doc = { .id = opcit_str_of(id),
				 .symbol = opcit_str_of(id),
				 .source = opcit_str_of(source),
				 .lang = OPCIT_STR("en"),
				 .title = OPCIT_STR("A Title"),
				 .date = OPCIT_STR("2010-07-21"),
				 .type = OPCIT_STR("report"),
				 .body = OPCIT_STR("General Assembly") };
	struct opcit_record *records = opcit_xcalloc(n, sizeof *records);
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	opcit_status status;
	uint32_t i;

	for (i = 0; i < n; i++) {
		records[i].seq = i + 1;
		records[i].kind = OPCIT_KIND_PARAGRAPH;
		records[i].label = opcit_arena_printf(&arena, "%u", i + 1);
		records[i].text = opcit_arena_printf(&arena, "%s number%u", text, i + 1);
	}
	status = put_document(box->writer, &doc, records, n, NULL);
	opcit_arena_release(&arena);
	free(records);
	return status;
}

static void commit(struct box *box)
{
	cr_assert_eq(opcit_writer_commit(box->writer, NULL), OPCIT_OK);
}

/* How many records a query finds; the first hit in *first (may be NULL). */
static size_t count(struct box *box, const struct opcit_query *query, struct opcit_hit *first)
{
	struct opcit_results results;
	struct opcit_err err = OPCIT_ERR_INIT;

	if (!box->index)
		cr_assert_eq(opcit_index_open(box->dir, &box->index, &err), OPCIT_OK, "%s",
			     err.message);
	cr_assert_eq(opcit_index_search(box->index, query, OPCIT_ORDER_SCORE, 1000, &box->arena,
					&results, &err),
		     OPCIT_OK, "%s", err.message);
	if (first && results.n)
		*first = results.hits[0];
	return results.n;
}

static size_t count_words(struct box *box, enum opcit_query_op op, const char *text)
{
	struct opcit_query query = { .op = op, .text = opcit_str_of(text) };

	return count(box, &query, NULL);
}

static size_t count_field(struct box *box, enum opcit_field field, const char *text)
{
	struct opcit_query query = { .op = OPCIT_QUERY_FIELD,
				     .field = field,
				     .text = opcit_str_of(text) };

	return count(box, &query, NULL);
}

Test(index, put_commit_find)
{
	struct box box;
	struct opcit_query query = { .op = OPCIT_QUERY_WORD, .text = OPCIT_STR("migrant") };
	struct opcit_hit hit;

	setup(&box);
	cr_assert_eq(put(&box, "a.txt", "A/1", "the rights of migrants", 3), OPCIT_OK);
	cr_expect_eq(count(&box, &query, NULL), 0, "seen before the commit");
	opcit_index_close(box.index);
	box.index = NULL;
	commit(&box);
	cr_assert_eq(count(&box, &query, &hit), 3);
	cr_expect(opcit_str_is(hit.entry->doc.id, "A/1"));
	cr_expect_eq(hit.entry->doc.n_records, 3);
	cr_expect(hit.score > 0);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "the"), 0);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "rights of migrants"), 3);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "migrants rights"), 0);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "of"), 3);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_BODY, "general ASSEMBLY"), 3);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_SINCE, "2010"), 3);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_SINCE, "2010-07-22"), 0);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_UNTIL, "2010"), 3);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_UNTIL, "2010-07-20"), 0);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_YEAR, "2010"), 3);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_LABEL, "2"), 1);
	teardown(&box);
}

Test(index, replaced_and_removed)
{
	struct box box;

	setup(&box);
	cr_assert_eq(put(&box, "a.txt", "A/1", "old words", 5), OPCIT_OK);
	cr_assert_eq(put(&box, "b.txt", "B/1", "other words", 2), OPCIT_OK);
	commit(&box);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 7);
	cr_assert_eq(put(&box, "a.txt", "A/1", "new words", 2), OPCIT_OK);
	commit(&box);
	cr_assert_eq(put(&box, "c.txt", "C/1", "more words", 1), OPCIT_OK);
	commit(&box);
	opcit_index_close(box.index);
	box.index = NULL;
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "old"), 0);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 5);
	cr_expect_eq(opcit_writer_remove(box.writer, OPCIT_STR("a.txt"), NULL), OPCIT_OK);
	cr_expect_eq(opcit_writer_remove(box.writer, OPCIT_STR("a.txt"), NULL), OPCIT_NOT_FOUND);
	commit(&box);
	opcit_index_close(box.index);
	box.index = NULL;
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 3);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_ALL, ""), 3);
	teardown(&box);
}

/* A file that moved keeps its records; what was at its new place is gone. */
Test(index, renamed)
{
	struct box box;

	setup(&box);
	cr_assert_eq(put(&box, "a.txt", "A/1", "first words", 5), OPCIT_OK);
	cr_assert_eq(put(&box, "b.txt", "B/1", "second words", 2), OPCIT_OK);
	commit(&box);
	cr_expect_eq(opcit_writer_rename(box.writer, OPCIT_STR("none"), OPCIT_STR("b.txt"), NULL), OPCIT_NOT_FOUND);
	cr_expect_eq(opcit_writer_rename(box.writer, OPCIT_STR("a.txt"), OPCIT_STR("a.txt"), NULL), OPCIT_OK);
	cr_expect_eq(opcit_writer_rename(box.writer, OPCIT_STR("a.txt"), OPCIT_STR("b.txt"), NULL), OPCIT_OK);
	cr_expect_eq(opcit_writer_rename(box.writer, OPCIT_STR("a.txt"), OPCIT_STR("c.txt"), NULL), OPCIT_NOT_FOUND);
	commit(&box);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "second"), 0);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "first"), 5);
	cr_assert_eq(put(&box, "a.txt", "A/2", "new words", 3), OPCIT_OK); /* another document by now */
	cr_expect_eq(opcit_writer_remove(box.writer, OPCIT_STR("b.txt"), NULL), OPCIT_OK);
	commit(&box);
	opcit_index_close(box.index);
	box.index = NULL;
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 3);
	teardown(&box);
}

/* A reader that stays open while a writer commits again and again gets
 * whole answers, never an error and never half of a document. */
Test(index, reader_survives_commits)
{
	struct box box;
	struct opcit_entry *entries;
	struct opcit_record record;
	size_t n;
	int round;

	setup(&box);
	cr_assert_eq(put(&box, "a.txt", "A/1", "words", 50), OPCIT_OK);
	commit(&box);
	cr_assert_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 50);
	cr_assert_eq(opcit_index_find(box.index, OPCIT_STR("A/1"), &box.arena, &entries, &n, NULL),
		     OPCIT_OK);
	for (round = 0; round < 12; round++) {
		size_t found;

		cr_assert_eq(put(&box, "a.txt", "A/1", "words", 50), OPCIT_OK);
		commit(&box);
		found = count_words(&box, OPCIT_QUERY_WORD, "words");
		cr_expect_eq(found, 50, "round %d found %zu", round, found);
		cr_expect_eq(opcit_index_record(box.index, entries, 50, &box.arena, &record, NULL),
			     OPCIT_OK);
		cr_expect(opcit_str_is(record.label, "50"));
	}
	teardown(&box);
}

Test(index, documents_by_name_and_label)
{
	struct box box;
	struct opcit_entry *entries;
	struct opcit_record record;
	uint32_t *seqs;
	size_t n;
	char longest[2000];

	setup(&box);
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	cr_assert_eq(put(&box, "a.txt", "A/65/156", "one", 3), OPCIT_OK);
	cr_assert_eq(put(&box, "dir/b c\n.txt", "A/65/156", "two", 4), OPCIT_OK);
	cr_assert_eq(put(&box, longest, longest, "three", 1), OPCIT_OK);
	cr_assert_eq(put(&box, "empty.txt", "E/1", "none", 0), OPCIT_OK);
	commit(&box);
	cr_assert_eq(opcit_index_open(box.dir, &box.index, NULL), OPCIT_OK);
	cr_assert_eq(
		opcit_index_find(box.index, OPCIT_STR("a/65/ 156"), &box.arena, &entries, &n, NULL),
		OPCIT_OK);
	cr_assert_eq(n, 2, "both files stay findable");
	cr_expect(opcit_str_is(entries[1].doc.source, "dir/b c\n.txt"));
	cr_assert_eq(opcit_index_label(box.index, &entries[1], OPCIT_STR("4"), &box.arena, &seqs,
				       &n, NULL),
		     OPCIT_OK);
	cr_assert_eq(n, 1);
	cr_expect_eq(seqs[0], 4);
	cr_assert_eq(opcit_index_record(box.index, &entries[1], 4, &box.arena, &record, NULL),
		     OPCIT_OK);
	cr_expect(opcit_str_is(record.text, "two number4"));
	cr_expect_eq(opcit_index_record(box.index, &entries[1], 5, &box.arena, &record, NULL),
		     OPCIT_NOT_FOUND);
	cr_expect_eq(opcit_index_record(box.index, &entries[1], 0, &box.arena, &record, NULL),
		     OPCIT_NOT_FOUND);
	cr_assert_eq(opcit_index_label(box.index, &entries[0], OPCIT_STR("4"), &box.arena, &seqs,
				       &n, NULL),
		     OPCIT_OK);
	cr_expect_eq(n, 0);
	cr_expect_eq(opcit_index_find(box.index, OPCIT_STR("A/65"), &box.arena, &entries, &n, NULL),
		     OPCIT_NOT_FOUND, "no prefix of a symbol is the symbol");
	cr_expect_eq(opcit_index_find(box.index, OPCIT_STR("dir/b c\n.txt"), &box.arena, &entries,
				      &n, NULL),
		     OPCIT_OK);
	cr_expect_eq(
		opcit_index_find(box.index, opcit_str_of(longest), &box.arena, &entries, &n, NULL),
		OPCIT_OK);
	cr_expect_eq(opcit_index_find(box.index, OPCIT_STR(""), &box.arena, &entries, &n, NULL),
		     OPCIT_NOT_FOUND);
	cr_assert_eq(opcit_index_entries(box.index, &box.arena, &entries, &n, NULL), OPCIT_OK);
	cr_expect_eq(n, 4);
	teardown(&box);
}

Test(index, symbols_and_citations_come_first)
{
	struct box box;
	struct opcit_str pinpoint = OPCIT_STR("para:8");
	struct opcit_citation cite = { .start = 4,
				       .end = 16,
				       .target = OPCIT_STR("A/RES/64/166"),
				       .pinpoints = &pinpoint,
				       .n_pinpoints = 1,
				       .resolved = true };
	struct opcit_record citing = { .seq = 1,
				       .kind = OPCIT_KIND_PARAGRAPH,
				       .text = OPCIT_STR("See A/RES/64/166, para. 8"),
				       .cites = &cite,
				       .n_cites = 1 };
	struct opcit_doc doc = { .id = OPCIT_STR("A/HRC/9/1"),
				 .source = OPCIT_STR("c.txt"),
				 .lang = OPCIT_STR("en") };
	struct opcit_query query = { .op = OPCIT_QUERY_FIRST, .text = OPCIT_STR("a/res/64/166") };
	struct opcit_hit hit;

	setup(&box);
	cr_assert_eq(put(&box, "x.txt", "A/RES/64/166/Add.1", "numbers 64 166 64 166", 3),
		     OPCIT_OK);
	cr_assert_eq(put_document(box.writer, &doc, &citing, 1, NULL), OPCIT_OK);
	commit(&box);
	cr_expect_eq(count(&box, &query, &hit), 1, "the addendum is another document");
	cr_expect(opcit_str_is(hit.entry->doc.id, "A/HRC/9/1"));
	cr_assert_eq(put(&box, "y.txt", "A/RES/64/166", "the resolution", 2), OPCIT_OK);
	commit(&box);
	opcit_index_close(box.index);
	box.index = NULL;
	cr_expect_eq(count(&box, &query, &hit), 3);
	cr_expect(opcit_str_is(hit.entry->doc.id, "A/RES/64/166"));
	cr_expect_eq(count_field(&box, OPCIT_FIELD_CITES, "A/RES/64/166"), 1);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_CITES, "A/RES/64/166;para:8"), 1);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_CITES, "A/RES/64/166;para:9"), 0);
	cr_expect_eq(count_field(&box, OPCIT_FIELD_DOC, "A/RES/64/166"), 2);
	cr_expect(opcit_index_names(box.index, OPCIT_STR("a/res/64/166")));
	cr_expect_not(opcit_index_names(box.index, OPCIT_STR("a/res/64")));
	teardown(&box);
}

Test(index, refuses_what_is_not_an_index)
{
	struct box box;
	struct opcit_writer *second;
	struct opcit_index *index;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_err err;
	char path[128];
	FILE *file;

	setup(&box);
	cr_expect_eq(opcit_writer_open(box.dir, 0, &second, &err), OPCIT_LOCKED);
	cr_expect_eq(opcit_writer_open("/dev/null/x", 0, &second, &err), OPCIT_IO);
	cr_expect_eq(opcit_writer_open("/dev/null", 0, &second, &err), OPCIT_IO);
	cr_expect_eq(opcit_writer_open("/usr", 0, &second, &err), OPCIT_IO,
		     "a folder with other files");
	cr_expect_eq(opcit_index_open("/nonexistent", &index, &err), OPCIT_IO);
	cr_expect_eq(opcit_index_open("/dev/null", &index, &err), OPCIT_IO);
	cr_expect_eq(opcit_index_peek_state("/nonexistent", "files", &buf, &err), OPCIT_NOT_FOUND);
	commit(&box);
	path_of(&box, "iamglass", path, sizeof path);
	file = fopen(path, "r+");
	fputs("garbage", file);
	fclose(file);
	cr_expect_eq(opcit_index_open(box.dir, &index, &err), OPCIT_DAMAGED, "%s", err.message);
	teardown(&box);
}

Test(index, state_is_committed_with_the_records)
{
	struct box box;
	struct opcit_buf buf = OPCIT_BUF_INIT;

	setup(&box);
	cr_assert_eq(opcit_writer_set_state(box.writer, "files", OPCIT_STR("a\0b"), NULL),
		     OPCIT_OK);
	cr_assert_eq(opcit_index_peek_state(box.dir, "files", &buf, NULL), OPCIT_OK);
	cr_expect_eq(buf.len, 0);
	commit(&box);
	cr_assert_eq(opcit_index_peek_state(box.dir, "files", &buf, NULL), OPCIT_OK);
	cr_expect_eq(buf.len, 3);
	opcit_buf_clear(&buf);
	cr_assert_eq(opcit_writer_get_state(box.writer, "files", &buf, NULL), OPCIT_OK);
	cr_expect_eq(buf.len, 3);
	opcit_buf_release(&buf);
	teardown(&box);
}

/* Whether a file of the present database holds these bytes. */
static bool holds(struct box *box, const char *file, struct opcit_str bytes)
{
	struct opcit_str all;
	char path[128];

	path_of(box, file, path, sizeof path);
	cr_assert_eq(opcit_file_read(path, 1 << 26, &box->arena, &all, NULL), OPCIT_OK);
	return memmem(all.ptr, all.len, bytes.ptr, bytes.len) != NULL;
}

/* Lists of terms are not packed, in a part and through merges; texts are. */
Test(index, lists_of_terms_are_as_they_are)
{
	static const char text[] = "zygote zygote zymurgy and zymurgy and zygote";
	struct box box;
	int i;

	setup(&box);
	for (i = 0; i < 2; i++) {
		cr_assert_eq(put(&box, i ? "a" : "b", "A/1", text, 2000), OPCIT_OK);
		commit(&box);
		cr_expect(holds(&box, "termlist.glass", OPCIT_STR("zygot")));
		cr_expect_not(holds(&box, "postlist.glass", opcit_str_of(text)));
	}
	teardown(&box);
}

/* A file of the index cut short or gone is damage, whichever it is. */
Test(index, torn_files_are_damage)
{
	static const char *const files[] = { "termlist.glass", "postlist.glass" };
	struct opcit_query query = { .op = OPCIT_QUERY_WORD, .text = OPCIT_STR("words") };
	struct opcit_results results;
	struct opcit_err err;
	opcit_status status;
	char path[128];
	size_t i;

	for (i = 0; i < sizeof files / sizeof *files; i++) {
		struct box box;

		setup(&box);
		cr_assert_eq(put(&box, "a.txt", "A/1", "words", 5000), OPCIT_OK);
		commit(&box);
		path_of(&box, files[i], path, sizeof path);
		cr_assert_eq(truncate(path, 9000), 0);
		status = opcit_index_open(box.dir, &box.index, &err);
		if (status == OPCIT_OK)
			status = opcit_index_search(box.index, &query, OPCIT_ORDER_SCORE, 5000,
						    &box.arena, &results, &err);
		cr_expect_eq(status, OPCIT_DAMAGED, "%s: %d %s", files[i], status, err.message);
		teardown(&box);
	}
}

static bool file_says(struct box *box, const char *source, uint32_t seq, const char *text)
{
	struct opcit_entry *entries;
	struct opcit_record record;
	size_t n;

	cr_assert_eq(opcit_index_find(box->index, opcit_str_of(source), &box->arena, &entries, &n, NULL), OPCIT_OK);
	cr_assert_eq(n, 1);
	return opcit_index_record(box->index, &entries[0], seq, &box->arena, &record, NULL) == OPCIT_OK &&
	       opcit_str_is(record.text, text);
}

/* A little is added in place, much is merged into a new database, in which
 * records move forward where there are gaps: whatever the way, each file has
 * its own records, and only the last it was given. */
Test(index, added_and_merged_alike)
{
	struct box box;
	int round;

	setup(&box);
	cr_assert_eq(put(&box, "first.txt", "F/1", "early", 30), OPCIT_OK);
	cr_assert_eq(put(&box, "kept.txt", "K/1", "kept", 20), OPCIT_OK);
	commit(&box);
	for (round = 0; round < 3; round++) {
		/* gone, and with it the places before the others */
		cr_assert_eq(opcit_writer_remove(box.writer, OPCIT_STR("first.txt"), NULL), OPCIT_OK);
		commit(&box);
		cr_assert_eq(put(&box, "first.txt", "F/1", "late", 3000u << round), OPCIT_OK);
		cr_assert_eq(put(&box, "changed.txt", "C/1", "changed", 10), OPCIT_OK);
		cr_assert_eq(put(&box, "none.txt", "N/1", "none", 0), OPCIT_OK);
		commit(&box);
		cr_assert_eq(put(&box, "changed.txt", "C/1", "again", 5), OPCIT_OK);
		commit(&box);
		opcit_index_close(box.index);
		box.index = NULL;
		cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "kept"), 20);
		cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "early"), 0);
		cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "changed"), 0);
		cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "again"), 5);
		cr_expect(file_says(&box, "kept.txt", 20, "kept number20"));
		cr_expect(file_says(&box, "first.txt", 2999, "late number2999"));
		cr_expect(file_says(&box, "changed.txt", 5, "again number5"));
		cr_expect_not(file_says(&box, "changed.txt", 6, "changed number6"));
		/* the first places are free again */
		cr_assert_eq(opcit_writer_remove(box.writer, OPCIT_STR("kept.txt"), NULL), OPCIT_OK);
		commit(&box);
		cr_assert_eq(put(&box, "kept.txt", "K/1", "kept", 20), OPCIT_OK);
		commit(&box);
	}
	teardown(&box);
}

/* Far more records than Xapian would hold back by itself: nothing is seen
 * until the commit. */
Test(index, nothing_is_seen_before_the_commit)
{
	struct box box;

	setup(&box);
	commit(&box);
	cr_assert_eq(put(&box, "big.txt", "B/1", "words", 12000), OPCIT_OK);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "words"), 0);
	opcit_writer_close(box.writer);
	box.writer = NULL;
	opcit_index_close(box.index);
	box.index = NULL;
	cr_expect_eq(count_words(&box, OPCIT_QUERY_ALL, ""), 0);
	teardown(&box);
}

Test(index, languages_side_by_side)
{
	static const struct {
		const char *word;
		size_t n;
	} rows[] = {
		{ "assemblee", 1 },  { "ASSEMBLÉES", 1 },  { "droits", 1 },
		{ "derechos", 1 },   { "derecho", 1 },     { "rights", 1 },
		{ "resolution", 2 }, { "cooperation", 1 }, { "co-operation", 1 },
		{ "operation", 0 },  { "children", 1 },    { "child", 1 },
	};
	struct opcit_query the = { .op = OPCIT_QUERY_WORD, .text = OPCIT_STR("the") };
	struct opcit_query rights = { .op = OPCIT_QUERY_WORD, .text = OPCIT_STR("rights") };
	struct opcit_query *both[] = { &the, &rights };
	struct opcit_query query = { .op = OPCIT_QUERY_AND, .subs = both, .n_subs = 2 };
	struct box box;
	size_t i;

	setup(&box);
	put_one(&box, "e", "en", "The resolution on the rights of the child and co-operation");
	put_one(&box, "f", "fr",
		"Rappelant l’Assemblée générale, sa résolution et les droits de l'homme");
	put_one(&box, "s", "es", "Recordando los derechos humanos");
	put_one(&box, "n", "", "words without a language");
	commit(&box);
	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = count_words(&box, OPCIT_QUERY_WORD, rows[i].word);

		cr_expect_eq(n, rows[i].n, "'%s' found %zu", rows[i].word, n);
	}
	cr_expect_eq(count(&box, &query, NULL), 1, "a stop word asks for nothing");
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "rights of the child"), 1);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "droits de l'homme"), 1);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_PHRASE, "assemblee generale"), 1);
	cr_expect_eq(count_words(&box, OPCIT_QUERY_WORD, "language"), 1);
	teardown(&box);
}
