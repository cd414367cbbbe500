/* A draft as it is handed over, and where its records stand in the file. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../indexer/align.h"
#include "../../lib/manuscript.h"

/* A record's text and what it was made of: where `text` stands in the record,
 * and `source` in the source, is one place. */
static const struct row {
	const char *source, *record, *text, *in_source;
} rows[] = {
	{ "1. See A/65/156.\n", "See A/65/156.", "A/65/156", "A/65/156" },
	{ "See resolution\n64/166, para. 3", "See resolution 64/166, para. 3", "64/166", "64/166" },
	{ "of *the*[^1] **Convention**", "of the Convention", "Convention", "Convention" },
	{ "by co-\noperation and A/1", "by cooperation and A/1", "A/1", "A/1" },
	{ "head\n\nA/RES/1/2\f\npage 3\ngoes on here, A/2", "goes on here, A/2", "A/2", "A/2" },
	{ "el pa\xC3\xADs\xC2\xB2 de A/3", "el pa\xC3\xADs de A/3", "A/3", "A/3" },
	{ "\xE2\x80\x9CQuoted\xE2\x80\x9D words", "\xE2\x80\x9CQuoted\xE2\x80\x9D words", "\xE2\x80\x9CQ", "\xE2\x80\x9CQ" },
	{ "See\xC2\xA0\xE2\x80\xAE" "A/4, para.\xC2\xA0" "9", "See A/4, para. 9", "9", "9" },
	{ "A statement.[^5] Another one.[^6]", "A statement. Another one.", "Another", "Another" },
	{ "a", "b", NULL, NULL },
	{ "", "text", NULL, NULL },
	{ "--- ***", "--", NULL, NULL },
};

Test(align, finds_a_record_in_its_source)
{
	size_t i;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_align align;
		struct opcit_stretches stretches;
		struct opcit_record record = { .text = opcit_str_of(row->record) };
		struct opcit_manuscript manuscript = { .source = opcit_str_of(row->source), .records = &record,
						       .stretches = &stretches, .n_records = 1 };
		size_t offset = 0;
		bool found;

		opcit_align_begin(&align, manuscript.source);
		opcit_align_next(&align, record.text, &arena, &stretches);
		found = opcit_manuscript_offset(&manuscript, 0,
						row->text ? (size_t)(strstr(row->record, row->text) - row->record) : 0,
						&offset);
		cr_expect_eq(found, row->text != NULL, "'%s'", row->source);
		if (row->text)
			cr_expect_eq(offset, (size_t)(strstr(row->source, row->in_source) - row->source),
				     "'%s' at %zu", row->source, offset);
		opcit_align_release(&align);
		opcit_arena_release(&arena);
	}
}

Test(manuscript, places)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str source = OPCIT_STR("one\n\xC3\xA9t\xC3\xA9\n\nend");
	struct opcit_lines lines;
	struct opcit_place place;

	opcit_lines_find(source, &arena, &lines);
	cr_expect_eq(lines.n, 4);
	place = opcit_lines_place(&lines, source, 0);
	cr_expect(place.line == 1 && place.column == 1);
	place = opcit_lines_place(&lines, source, 3);
	cr_expect(place.line == 1 && place.column == 4);
	place = opcit_lines_place(&lines, source, 7);
	cr_expect(place.line == 2 && place.column == 3, "%zu:%zu", place.line, place.column);
	place = opcit_lines_place(&lines, source, source.len);
	cr_expect(place.line == 4 && place.column == 4);
	opcit_arena_release(&arena);
}

static void encode(struct opcit_buf *buf)
{
	struct opcit_citation cite = { .start = 4, .end = 7, .target = OPCIT_STR("A/1") };
	struct opcit_record records[2] = { { .seq = 1, .text = OPCIT_STR("see A/1"), .cites = &cite, .n_cites = 1 },
					   { .seq = 2 } };
	struct opcit_stretch items[2] = { { 0, 2 }, { 4, 8 } };
	struct opcit_stretches stretches[2] = { { items, 2 }, { NULL, 0 } };
	struct opcit_manuscript manuscript = { .format = OPCIT_STR("text"), .source = OPCIT_STR("# see\n  A/1\n"),
					       .records = records, .stretches = stretches,
					       .quoted = (bool[]){ false, true }, .n_records = 2 };

	manuscript.doc.id = OPCIT_STR("memo");
	opcit_manuscript_encode(&manuscript, buf);
}

Test(manuscript, what_goes_in_comes_out)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_manuscript manuscript;
	struct opcit_err err = OPCIT_ERR_INIT;
	size_t offset;

	encode(&buf);
	cr_assert_eq(opcit_manuscript_decode(opcit_buf_str(&buf), &arena, &manuscript, &err), OPCIT_OK);
	cr_expect_eq(manuscript.n_records, 2);
	cr_expect(opcit_str_is(manuscript.doc.id, "memo"));
	cr_expect(!manuscript.quoted[0] && manuscript.quoted[1]);
	cr_expect(opcit_str_is(manuscript.records[0].cites[0].target, "A/1"));
	cr_expect(opcit_manuscript_offset(&manuscript, 0, 5, &offset) && offset == 9);
	cr_expect_not(opcit_manuscript_offset(&manuscript, 1, 0, &offset));

	opcit_err_set(&err, OPCIT_LIMIT, "too long");
	opcit_err_hint(&err, "split it");
	opcit_buf_clear(&buf);
	opcit_manuscript_encode_failure(&err, &buf);
	err = (struct opcit_err)OPCIT_ERR_INIT;
	cr_expect_eq(opcit_manuscript_decode(opcit_buf_str(&buf), &arena, &manuscript, &err), OPCIT_LIMIT);
	cr_expect_str_eq(err.message, "too long");
	cr_expect_str_eq(err.hint, "split it");
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

/* Every cut, and every byte turned, is refused or gives what lies inside. */
Test(manuscript, hostile_bytes_are_refused)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_manuscript m;
	size_t i, k, offset;

	encode(&buf);
	for (i = 0; i < buf.len; i++)
		cr_expect_eq(opcit_manuscript_decode(opcit_str_sub(opcit_buf_str(&buf), 0, i), &arena, &m, NULL),
			     OPCIT_BUG, "cut at %zu", i);
	for (i = 0; i < buf.len * 8; i++) {
		buf.ptr[i / 8] ^= (char)(1 << i % 8);
		if (opcit_manuscript_decode(opcit_buf_str(&buf), &arena, &m, NULL) == OPCIT_OK)
			for (k = 0; k < m.n_records; k++)
				if (opcit_manuscript_offset(&m, k, m.records[k].text.len, &offset))
					cr_expect_leq(offset, m.source.len);
		buf.ptr[i / 8] ^= (char)(1 << i % 8);
	}
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}
