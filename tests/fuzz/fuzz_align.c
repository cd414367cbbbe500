/* libFuzzer: texts, parted by NUL bytes: a source, and records that may stand in
 * it. Wherever they are found, it is inside of the source, and a record that goes
 * on word for word is found. */
#include "../../indexer/align.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct opcit_str next_text(struct opcit_str *rest)
{
	const char *nul = rest->len ? memchr(rest->ptr, '\0', rest->len) : NULL;
	struct opcit_str text = opcit_str_sub(*rest, 0, nul ? (size_t)(nul - rest->ptr) : rest->len);

	*rest = opcit_str_sub(*rest, text.len + 1, rest->len);
	return text;
}

static void check_stretches(const struct opcit_stretches *stretches, struct opcit_str text, struct opcit_str source)
{
	struct opcit_record record = { .text = text };
	struct opcit_stretches copy = *stretches;
	struct opcit_manuscript like = { .source = source, .records = &record, .stretches = &copy, .n_records = 1 };
	size_t i, offset;

	for (i = 0; i < stretches->n; i++)
		if (stretches->items[i].source >= source.len || stretches->items[i].text >= text.len ||
		    (i ? stretches->items[i].text <= stretches->items[i - 1].text : stretches->items[i].text != 0))
			abort();
	for (i = 0; i < text.len && stretches->n; i++)
		if (!opcit_manuscript_offset(&like, 0, i, &offset) || offset > source.len)
			abort();
}

static void check_find(const struct opcit_align *align, struct opcit_str text, size_t near, struct opcit_str source)
{
	size_t from, to;

	if (opcit_align_find(align, text, near, &from, &to) && (from >= source.len || to <= from))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str rest = { (const char *)data, size }, source = next_text(&rest);
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_stretches stretches;
	struct opcit_align align;
	size_t near = 0;

	opcit_align_begin(&align, source);
	while (rest.len) {
		struct opcit_str text = next_text(&rest);

		opcit_align_next(&align, text, &arena, &stretches);
		check_stretches(&stretches, text, source);
		if (stretches.n)
			near = stretches.items[stretches.n - 1].source;
		check_find(&align, text, near, source);
		check_find(&align, opcit_str_sub(text, text.len / 3, text.len - text.len / 3), near, source);
	}
	opcit_align_release(&align);

	/* the source itself is found, at its beginning and as a whole */
	opcit_align_begin(&align, source);
	opcit_align_next(&align, source, &arena, &stretches);
	check_stretches(&stretches, source, source);
	if (align.n && (stretches.n != 1 || stretches.items[0].source != 0))
		abort();
	opcit_align_release(&align);
	opcit_arena_release(&arena);
	return 0;
}
