/* Where a quotation may come from: among many records that share its words, the
 * one that has them in its order. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/index.h"
#include "../../lib/quoted.h"
#include "put.h"

enum { MOST = 3000 }; /* records of each of the two documents */

struct box {
	char dir[64];
	struct opcit_index *index;
	struct opcit_arena arena;
	struct opcit_err err;
	bool cut; /* the last look-up */
};

/* Sentences of the same words, in another order each time; some words all of them have. */
static struct opcit_str sentence(struct opcit_arena *arena, unsigned i)
{
	static const char *const words[] = {
		"States", "protect", "children", "report", "migrants", "measures", "border", "detention", "judge", "lawyer", "guardian",
		"school", "camp", "water", "visit", "police", "nurse", "village", "coast", "boat", "captain", "harbour", "law", "fence",
		"co-operation", "policy-makers", "record", "budget", "family", "return", "asylum", "court", "inquiry", "remedy",
	};
	struct opcit_buf text = OPCIT_BUF_INIT;
	struct opcit_str s;
	unsigned k, at = i * 7919u;

	for (k = 0; k < 14; k++) {
		at = at * 1103515245u + 12345u;
		opcit_buf_printf(&text, "%s%s", k == 7 ? " of the Assembly and the " : k ? " of the " : "",
				 words[(at >> 16) % (sizeof words / sizeof *words)]);
	}
	s = opcit_arena_dup(arena, opcit_buf_str(&text));
	opcit_buf_release(&text);
	return s;
}

static void put(struct opcit_writer *writer, struct box *box, const char *id, const char *lang, unsigned from)
{
	struct opcit_doc doc = { .id = opcit_str_of(id), .source = opcit_str_of(id), .lang = opcit_str_of(lang) };
	struct opcit_record *records = opcit_arena_calloc(&box->arena, MOST * sizeof *records);
	unsigned i;

	for (i = 0; i < MOST; i++)
		records[i] = (struct opcit_record){ .seq = i + 1, .kind = OPCIT_KIND_PARAGRAPH,
						    .text = sentence(&box->arena, from + i) };
	doc.n_records = MOST;
	cr_assert_eq(put_document(writer, &doc, records, MOST, &box->err), OPCIT_OK, "%s", box->err.message);
}

static void setup(struct box *box)
{
	struct opcit_writer *writer;

	memset(box, 0, sizeof *box);
	strcpy(box->dir, "/tmp/opcit-test-XXXXXX");
	cr_assert(mkdtemp(box->dir));
	cr_assert_eq(opcit_writer_open(box->dir, 0, &writer, &box->err), OPCIT_OK);
	put(writer, box, "ONE", "en", 0);
	put(writer, box, "TWO", "fr", MOST);
	cr_assert_eq(opcit_writer_commit(writer, &box->err), OPCIT_OK);
	opcit_writer_close(writer);
	cr_assert_eq(opcit_index_open(box->dir, &box->index, &box->err), OPCIT_OK);
}

static void teardown(struct box *box)
{
	char command[128];

	opcit_index_close(box->index);
	opcit_arena_release(&box->arena);
	snprintf(command, sizeof command, "rm -rf '%s'", box->dir);
	cr_assert_eq(system(command), 0);
}

static bool finds(struct box *box, struct opcit_str words, const char *document, bool nearly, size_t limit, struct opcit_str text)
{
	struct opcit_quoted asked = { words, opcit_str_of(document), nearly };
	struct opcit_results results;
	size_t i;

	cr_assert_eq(opcit_index_quoted(box->index, &asked, limit, &box->arena, &results, &box->err), OPCIT_OK);
	cr_expect(results.n <= limit);
	box->cut = results.cut;
	for (i = 0; i < results.n; i++)
		if (opcit_str_eq(results.hits[i].record.text, text))
			return true;
	return false;
}

/* Of each of many records any ten words, or twelve of which one is wrong. */
Test(quoted, found_among_alike)
{
	struct box box;
	unsigned i;

	setup(&box);
	for (i = 0; i < 2 * MOST; i += 97) {
		struct opcit_str text = sentence(&box.arena, i), piece;
		const char *from = memchr(text.ptr + i % 40, ' ', text.len - i % 40);
		size_t at = (size_t)(from - text.ptr) + 1, end = text.len - 12;

		while (end < text.len && text.ptr[end] != ' ')
			end++;
		piece = opcit_str_sub(text, at, end);
		cr_expect(finds(&box, piece, NULL, false, 5, text), "'%.*s'", OPCIT_FMT(piece));
		cr_expect(finds(&box, piece, i < MOST ? "ONE" : "TWO", false, 5, text));
		cr_expect(!finds(&box, piece, i < MOST ? "TWO" : "ONE", false, 5, text));
	}
	teardown(&box);
}

Test(quoted, spelt_otherwise)
{
	struct box box;
	unsigned i = 0;
	struct opcit_str text, spelt;

	setup(&box);
	do
		text = sentence(&box.arena, i++);
	while (!memmem(text.ptr, text.len, "co-operation", 12) || !memmem(text.ptr, text.len, "policy-makers", 13));
	spelt = opcit_arena_dup(&box.arena, text);
	for (i = 0; i < spelt.len; i++) {
		char *c = (char *)spelt.ptr + i;

		*c = *c == '-' ? ' ' : *c >= 'a' && *c <= 'z' && i % 3 == 0 ? (char)(*c & ~0x20) : *c;
	}
	cr_expect(finds(&box, spelt, NULL, false, 5, text), "'%.*s'", OPCIT_FMT(spelt));
	teardown(&box);
}

Test(quoted, nothing_to_find)
{
	struct box box;
	struct opcit_str text;

	setup(&box);
	text = sentence(&box.arena, 0);
	cr_expect(!finds(&box, OPCIT_STR(""), NULL, false, 5, text));
	cr_expect(!finds(&box, OPCIT_STR("of the of the"), NULL, true, 5, text));
	cr_expect(!finds(&box, OPCIT_STR("the Assembly of the Assembly"), NULL, false, 5, text));
	cr_expect(box.cut, "what all records hold was not looked for in all of them");
	cr_expect(!finds(&box, OPCIT_STR("an unheard-of word of the children"), NULL, false, 5, text));
	cr_expect(!finds(&box, text, "THREE", false, 5, text));
	cr_expect(finds(&box, text, "one", true, MOST, text));
	cr_expect(!finds(&box, text, NULL, false, 0, text));
	teardown(&box);
}
