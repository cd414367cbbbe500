#include "conserve.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { CODE_POINTS = 0x110000, REPLACEMENT = 0xFFFD, BOM = 0xFEFF };

static UChar32 plain_digit(UChar32 c)
{
	switch (c) {
	case 0x00B9: return '1';
	case 0x00B2: return '2';
	case 0x00B3: return '3';
	case 0x2070: return '0';
	}
	return c >= 0x2074 && c <= 0x2079 ? c - 0x2074 + '4' : c;
}

static void count(struct opcit_str s, uint32_t *counts)
{
	size_t i = 0;
	UChar32 c;

	while (i < s.len) {
		U8_NEXT(s.ptr, i, s.len, c);
		if (c < 0) /* does not happen in what a reader decoded */
			c = REPLACEMENT;
		if (c != BOM && !u_isUWhiteSpace(c))
			counts[plain_digit(c)]++;
	}
}

static void count_kept(const struct opcit_blocks *blocks, const struct opcit_document *document,
		       uint32_t *counts)
{
	size_t i, k;

	for (i = 0; i < document->n_records; i++) {
		const struct opcit_record *record = &document->records[i];

		count(record->text, counts);
		count(document->printed[i], counts);
		for (k = 0; k < record->n_notes; k++)
			count(record->notes[k], counts);
	}
	for (i = 0; i < blocks->drops.count; i++)
		count(blocks->drops.items[i].bytes, counts);
}

void opcit_conserve(const struct opcit_blocks *blocks, const struct opcit_document *document,
		    struct opcit_arena *arena, struct opcit_conserved *conserved)
{
	uint32_t *source = opcit_xcalloc(CODE_POINTS, sizeof *source);
	uint32_t *kept = opcit_xcalloc(CODE_POINTS, sizeof *kept);
	size_t c, n = 0;

	*conserved = (struct opcit_conserved){ 0 };
	count(blocks->decoded, source);
	count_kept(blocks, document, kept);
	for (c = 0; c < CODE_POINTS; c++) {
		conserved->characters += source[c];
		if (source[c] > kept[c])
			conserved->lost += source[c] - kept[c];
		else
			conserved->added += kept[c] - source[c];
		n += source[c] != kept[c];
	}
	conserved->items = opcit_arena_alloc(arena, n * sizeof *conserved->items);
	for (c = 0; c < CODE_POINTS && n; c++)
		if (source[c] != kept[c]) {
			conserved->items[conserved->n_items++] =
				(struct opcit_imbalance){ (uint32_t)c, source[c], kept[c] };
			n--;
		}
	free(source);
	free(kept);
}
