/* libFuzzer: the finder on arbitrary bytes, cut into records at newlines so
 * that what one leaves behind meets the next. */
#include "../../lib/cite.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct opcit_record *record)
{
	size_t i;

	for (i = 0; i < record->n_cites; i++) {
		const struct opcit_citation *cite = &record->cites[i];

		if (cite->start >= cite->end || cite->end > record->text.len ||
		    cite->n_pinpoints > 4 * OPCIT_PINS_MAX ||
		    cite->resolved != (cite->target.len > 0))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct opcit_registry *registry;
	static const char *const folders[] = { "data" };
	static const char *const symbols[] = { "A/65/156", "S/RES/1373(2001)", "CCPR/C/1/D/2/2010",
					       "" };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_doc doc = { .date = OPCIT_STR("2010") };
	struct opcit_record record = { .seq = 0 };
	struct opcit_cite_context *context;
	const char *p = (const char *)data, *end = p + size, *next;

	if (!registry && opcit_registry_load(folders, 1, NULL, NULL, &registry, NULL) != OPCIT_OK)
		abort();
	if (!size)
		return 0;
	doc.symbol = opcit_str_of(symbols[*p & 3]);
	context = opcit_cite_begin(registry, &doc, &arena);
	for (p++; p < end; p = next + 1) {
		next = memchr(p, '\n', (size_t)(end - p));
		if (!next)
			next = end;
		record.seq++;
		record.kind = (enum opcit_kind)(record.seq % OPCIT_KIND_COUNT);
		record.label = OPCIT_STR("fn1");
		record.text = (struct opcit_str){ p, (size_t)(next - p) };
		opcit_cite_record(context, &record);
		check(&record);
		if (next == end)
			break;
	}
	opcit_arena_release(&arena);
	return 0;
}
