/* libFuzzer: a record and a document's entry as an index might hold them that was
 * made to do harm: with the sum that belongs to the bytes, since no fuzzer would find
 * it. What is decoded stays within its bounds, and says the same when stored again. */
#include "../../lib/checksum.h"
#include "../../lib/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_sum(struct opcit_str bytes, struct opcit_buf *buf)
{
	uint32_t sum = opcit_checksum(bytes);
	int shift;

	opcit_buf_clear(buf);
	for (shift = 24; shift >= 0; shift -= 8)
		opcit_buf_putc(buf, (char)(sum >> shift & 0xff));
	opcit_buf_add_str(buf, bytes);
}

static void check_record(struct opcit_str stored, struct opcit_arena *arena)
{
	struct opcit_buf once = OPCIT_BUF_INIT, twice = OPCIT_BUF_INIT;
	struct opcit_str text = opcit_record_peek_text(stored);
	struct opcit_record record;
	size_t i, k;

	if (!opcit_record_sound(stored) || text.len > stored.len || opcit_record_peek_kind(stored) > OPCIT_KIND_COUNT)
		abort();
	if (opcit_record_decode(stored, arena, &record, NULL) != OPCIT_OK)
		return;
	if (!opcit_str_eq(record.text, text) || record.kind != opcit_record_peek_kind(stored))
		abort();
	for (i = 0; i < record.n_cites; i++) {
		struct opcit_citation *cite = &record.cites[i];

		if (cite->start > cite->end || cite->end > text.len)
			abort();
		for (k = 0; k < cite->n_pinpoints; k++)
			if (cite->spans[k].start > cite->spans[k].end || cite->spans[k].end > text.len)
				abort();
	}
	opcit_record_encode(&record, &once);
	if (opcit_record_decode(opcit_buf_str(&once), arena, &record, NULL) != OPCIT_OK)
		abort();
	opcit_record_encode(&record, &twice);
	if (!opcit_str_eq(opcit_buf_str(&once), opcit_buf_str(&twice)))
		abort();
	opcit_buf_release(&once);
	opcit_buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str bytes = { (const char *)data, size };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf stored = OPCIT_BUF_INIT;
	struct opcit_record record;
	struct opcit_doc doc;

	add_sum(bytes, &stored);
	check_record(opcit_buf_str(&stored), &arena);
	if (opcit_doc_decode(opcit_buf_str(&stored), &doc, NULL) == OPCIT_OK && doc.title.len > size)
		abort();
	if (opcit_record_decode(bytes, &arena, &record, NULL) == OPCIT_OK && !opcit_record_sound(bytes))
		abort();
	opcit_buf_release(&stored);
	opcit_arena_release(&arena);
	return 0;
}
