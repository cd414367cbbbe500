/* libFuzzer: what a process that has read a hostile draft might hand over: a
 * manuscript, comments, or the copy that has them. What is taken for good stays
 * within its bounds, and says the same when it is handed on. */
#include "../../lib/annotation.h"
#include "../../lib/manuscript.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_places(const struct opcit_manuscript *manuscript, size_t i, struct opcit_lines *lines)
{
	size_t at, offset;
	struct opcit_place place;

	for (at = 0; at <= manuscript->records[i].text.len; at++) {
		if (!opcit_manuscript_offset(manuscript, i, at, &offset))
			break;
		if (offset > manuscript->source.len)
			abort();
		place = opcit_lines_place(lines, manuscript->source, offset);
		if (!place.line || !place.column || place.line > lines->n)
			abort();
	}
}

static void check_manuscript(struct opcit_str bytes, struct opcit_arena *arena)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_buf once = OPCIT_BUF_INIT, twice = OPCIT_BUF_INIT;
	struct opcit_manuscript manuscript;
	struct opcit_lines lines;
	size_t i;

	if (opcit_manuscript_decode(bytes, arena, &manuscript, &err) != OPCIT_OK) {
		if (err.status == OPCIT_OK || manuscript.n_records)
			abort();
		return;
	}
	opcit_lines_find(manuscript.source, arena, &lines);
	for (i = 0; i < manuscript.n_records; i++)
		check_places(&manuscript, i, &lines);
	opcit_manuscript_encode(&manuscript, &once);
	if (opcit_manuscript_decode(opcit_buf_str(&once), arena, &manuscript, &err) != OPCIT_OK)
		abort();
	opcit_manuscript_encode(&manuscript, &twice);
	if (!opcit_str_eq(opcit_buf_str(&once), opcit_buf_str(&twice)))
		abort();
	opcit_buf_release(&once);
	opcit_buf_release(&twice);
}

static void check_comments(struct opcit_str bytes, struct opcit_arena *arena)
{
	struct opcit_annotations all;
	struct opcit_annotated annotated;
	size_t i;

	if (opcit_annotations_decode(bytes, arena, &all, NULL) == OPCIT_OK)
		for (i = 0; i < all.n; i++)
			if (all.items[i].record >= all.n_texts || all.items[i].start > all.items[i].end ||
			    all.items[i].end > all.texts[all.items[i].record].len ||
			    (i && all.items[i].record < all.items[i - 1].record))
				abort();
	if (opcit_annotated_decode(bytes, &annotated, NULL) == OPCIT_OK && annotated.file.len > bytes.len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str bytes = { (const char *)data, size };
	struct opcit_arena arena = OPCIT_ARENA_INIT;

	check_manuscript(bytes, &arena);
	check_comments(bytes, &arena);
	opcit_arena_release(&arena);
	return 0;
}
