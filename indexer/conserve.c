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

/* How often each code point occurs, and a bound above the highest that does:
 * few texts go beyond the first of the 17 planes. */
struct counts {
	uint32_t *of;
	size_t end;
};

static void count(struct opcit_str s, struct counts *counts)
{
	size_t i = 0;
	UChar32 c;

	while (i < s.len) {
		if (s.ptr[i] > ' ' && s.ptr[i] < 0x7F) { /* the most of most texts */
			counts->of[(unsigned char)s.ptr[i++]]++;
			continue;
		}
		U8_NEXT(s.ptr, i, s.len, c);
		if (c < 0) /* does not happen in what a reader decoded */
			c = REPLACEMENT;
		if (c == BOM || u_isUWhiteSpace(c))
			continue;
		c = plain_digit(c);
		counts->of[c]++;
		if ((size_t)c >= counts->end)
			counts->end = (size_t)c + 1;
	}
}

static void count_kept(const struct opcit_blocks *blocks, const struct opcit_document *document,
		       struct counts *counts)
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
	struct counts source = { opcit_xcalloc(CODE_POINTS, sizeof *source.of), 0x80 };
	struct counts kept = { opcit_xcalloc(CODE_POINTS, sizeof *kept.of), 0x80 };
	size_t c, end, n = 0;

	*conserved = (struct opcit_conserved){ 0 };
	count(blocks->decoded, &source);
	count_kept(blocks, document, &kept);
	end = source.end > kept.end ? source.end : kept.end;
	for (c = 0; c < end; c++) {
		conserved->characters += source.of[c];
		if (source.of[c] > kept.of[c])
			conserved->lost += source.of[c] - kept.of[c];
		else
			conserved->added += kept.of[c] - source.of[c];
		n += source.of[c] != kept.of[c];
	}
	conserved->items = opcit_arena_alloc(arena, n * sizeof *conserved->items);
	for (c = 0; c < end; c++)
		if (source.of[c] != kept.of[c])
			conserved->items[conserved->n_items++] =
				(struct opcit_imbalance){ (uint32_t)c, source.of[c], kept.of[c] };
	free(source.of);
	free(kept.of);
}
