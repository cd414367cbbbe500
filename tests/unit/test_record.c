/* The encoding of records and documents: what goes in comes out, and nothing
 * hostile gets further than OPCIT_DAMAGED. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/checksum.h"
#include "../../lib/record.h"

static struct opcit_str texts[] = { { "67(h)", 5 }, { "", 0 }, { "IX. Conclusions", 15 } };

static struct opcit_record sample(void)
{
	static struct opcit_citation cites[2];
	static struct opcit_str pinpoints[] = { { "para:67(h)", 10 } };
	struct opcit_record record;

	memset(&record, 0, sizeof record);
	memset(cites, 0, sizeof cites);
	cites[0] = (struct opcit_citation){ .start = 3,
					    .end = 11,
					    .target = OPCIT_STR("A/65/156"),
					    .pinpoints = pinpoints,
					    .n_pinpoints = 1,
					    .form = OPCIT_STR("symbol"),
					    .resolved = true };
	cites[1] = (struct opcit_citation){ .start = 0, .end = 0 };
	record.seq = 300;
	record.kind = OPCIT_KIND_OPERATIVE;
	record.page = 129;
	record.confidence = 96;
	record.text = OPCIT_STR("See A/65/156 for more");
	record.label = texts[0];
	record.lang = OPCIT_STR("fr");
	record.act = OPCIT_STR("urges");
	record.section = texts;
	record.n_section = 3;
	record.notes = texts;
	record.n_notes = 1;
	record.cites = cites;
	record.n_cites = 2;
	return record;
}

Test(record, round_trip)
{
	struct opcit_record in = sample(), out;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;

	opcit_record_encode(&in, &buf);
	cr_assert_eq(opcit_record_decode(opcit_buf_str(&buf), &arena, &out, NULL), OPCIT_OK);
	cr_expect_eq(out.seq, 300);
	cr_expect_eq(out.kind, OPCIT_KIND_OPERATIVE);
	cr_expect_eq(out.page, 129);
	cr_expect_eq(out.confidence, 96);
	cr_expect(opcit_str_eq(out.text, in.text));
	cr_expect(opcit_str_is(out.label, "67(h)"));
	cr_expect(opcit_str_is(out.act, "urges"));
	cr_expect(opcit_str_is(out.lang, "fr"));
	cr_assert_eq(out.n_section, 3);
	cr_expect_eq(out.section[1].len, 0);
	cr_expect(opcit_str_is(out.section[2], "IX. Conclusions"));
	cr_assert_eq(out.n_notes, 1);
	cr_assert_eq(out.n_cites, 2);
	cr_expect_eq(out.cites[0].start, 3);
	cr_expect_eq(out.cites[0].end, 11);
	cr_expect(opcit_str_is(out.cites[0].target, "A/65/156"));
	cr_expect(opcit_str_is(out.cites[0].pinpoints[0], "para:67(h)"));
	cr_expect(opcit_str_is(out.cites[0].form, "symbol"));
	cr_expect(out.cites[0].resolved);
	cr_expect_not(out.cites[1].resolved);
	cr_expect(opcit_str_eq(opcit_record_peek_text(opcit_buf_str(&buf)), in.text));
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

Test(record, empty_round_trip)
{
	struct opcit_record in, out;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;

	memset(&in, 0, sizeof in);
	opcit_record_encode(&in, &buf);
	cr_assert_eq(opcit_record_decode(opcit_buf_str(&buf), &arena, &out, NULL), OPCIT_OK);
	cr_expect_eq(out.text.len, 0);
	cr_expect_eq(out.n_section + out.n_notes + out.n_cites, 0);
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

Test(record, every_truncation_is_damage)
{
	struct opcit_record in = sample(), out;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t len;

	opcit_record_encode(&in, &buf);
	for (len = 0; len < buf.len; len++) {
		/* a copy of that size, so that a sanitizer sees any step too far */
		char *copy = opcit_xmalloc(len);

		memcpy(copy, buf.ptr, len);
		cr_expect_eq(
			opcit_record_decode((struct opcit_str){ copy, len }, &arena, &out, NULL),
			OPCIT_DAMAGED, "cut to %zu bytes", len);
		opcit_record_peek_text((struct opcit_str){ copy, len });
		free(copy);
	}
	opcit_buf_putc(&buf, '\0');
	cr_expect_eq(opcit_record_decode(opcit_buf_str(&buf), &arena, &out, NULL), OPCIT_DAMAGED,
		     "a byte too many");
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

/* Whatever a byte is changed to, decoding ends, in bounded memory, with spans inside the text. */
Test(record, every_changed_byte_is_survived)
{
	struct opcit_record in = sample(), out;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t at, i;
	int value;

	opcit_record_pack(&in, &buf);
	for (at = 0; at < buf.len; at++)
		for (value = 0; value < 256; value++) {
			char *copy = opcit_xmalloc(buf.len);

			memcpy(copy, buf.ptr, buf.len);
			copy[at] = (char)value;
			opcit_arena_reset(&arena);
			if (opcit_record_unpack((struct opcit_str){ copy, buf.len }, &arena, &out,
						NULL) == OPCIT_OK) {
				cr_assert_lt((int)out.kind, OPCIT_KIND_COUNT);
				for (i = 0; i < out.n_cites; i++)
					cr_assert(out.cites[i].start <= out.cites[i].end &&
						  out.cites[i].end <= out.text.len);
			}
			cr_assert_lt(arena.total, 64 * buf.len + 1024);
			free(copy);
		}
	opcit_buf_release(&buf);
	opcit_arena_release(&arena);
}

/* Of what is stored no changed byte is taken for good, by whatever part of it is read. */
Test(record, every_changed_byte_is_found)
{
	struct opcit_record in = sample(), out;
	struct opcit_doc doc = { .id = OPCIT_STR("A/65/156"), .n_records = 7 }, read;
	struct opcit_buf record = OPCIT_BUF_INIT, entry = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t at;
	int bits;

	opcit_record_encode(&in, &record);
	opcit_doc_encode(&doc, &entry);
	cr_assert(opcit_record_sound(opcit_buf_str(&record)));
	for (bits = 1; bits < 256; bits++) {
		for (at = 0; at < record.len; at++) {
			record.ptr[at] = (char)(record.ptr[at] ^ bits);
			cr_assert_not(opcit_record_sound(opcit_buf_str(&record)));
			cr_assert_eq(opcit_record_decode(opcit_buf_str(&record), &arena, &out, NULL), OPCIT_DAMAGED);
			record.ptr[at] = (char)(record.ptr[at] ^ bits);
		}
		for (at = 0; at < entry.len; at++) {
			entry.ptr[at] = (char)(entry.ptr[at] ^ bits);
			cr_assert_eq(opcit_doc_decode(opcit_buf_str(&entry), &read, NULL), OPCIT_DAMAGED);
			entry.ptr[at] = (char)(entry.ptr[at] ^ bits);
		}
	}
	cr_expect_eq(opcit_record_decode(opcit_buf_str(&record), &arena, &out, NULL), OPCIT_OK);
	opcit_buf_release(&record);
	opcit_buf_release(&entry);
	opcit_arena_release(&arena);
}

/* It is a format: an index that was made elsewhere has the same sums. */
Test(record, checksums_are_those_of_the_format)
{
	static const struct {
		const char *text;
		uint32_t sum;
	} rows[] = { { "", 0xd44f3541 }, { "a", 0x70fcc0bd }, { "detention", 0xd1d00176 }, { "67(h)", 0x5d389b6e }, { "the same words again", 0x1af2905f } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(opcit_checksum(opcit_str_of(rows[i].text)), rows[i].sum, "'%s': %#x", rows[i].text,
			     opcit_checksum(opcit_str_of(rows[i].text)));
	cr_expect_neq(opcit_checksum((struct opcit_str){ "\0", 1 }), opcit_checksum((struct opcit_str){ "\0\0", 2 }));
}

Test(record, document_round_trip)
{
	struct opcit_doc in = { .id = OPCIT_STR("A/65/156"),
				.symbol = OPCIT_STR("A/65/156"),
				.title = OPCIT_STR("Droits de l’homme"),
				.date = OPCIT_STR("2010-07"),
				.source = OPCIT_STR("a b/\xff\n.txt"),
				.n_records = 1234567 };
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_doc out;
	size_t len;

	opcit_doc_encode(&in, &buf);
	cr_assert_eq(opcit_doc_decode(opcit_buf_str(&buf), &out, NULL), OPCIT_OK);
	cr_expect(opcit_str_eq(out.id, in.id));
	cr_expect(opcit_str_eq(out.title, in.title));
	cr_expect(opcit_str_eq(out.source, in.source));
	cr_expect_eq(out.url.len, 0);
	cr_expect_eq(out.n_records, 1234567);
	for (len = 0; len < buf.len; len++)
		cr_expect_eq(opcit_doc_decode((struct opcit_str){ buf.ptr, len }, &out, NULL),
			     OPCIT_DAMAGED);
	opcit_buf_release(&buf);
}
