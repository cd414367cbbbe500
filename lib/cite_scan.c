/* cite_scan.c: find the few places of a text where a citation may begin.
 *
 * Sixty-four bytes at a time become bit masks of letters and slashes; a word
 * goes on to the grammar only when its first six letters are those of some
 * name or keyword. This loop sees every byte, so it is kept this plain.
 */
#include "cite_int.h"

#include <endian.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

struct masks {
	uint64_t word; /* ASCII letters and digits */
	uint64_t slash;
	uint64_t wide; /* bytes of 0x80 and more */
};

#ifdef __SSE2__
static struct masks look(const char *p)
{
	const __m128i case_bit = _mm_set1_epi8(0x20), slash = _mm_set1_epi8('/');
	const __m128i letter_base = _mm_set1_epi8((char)(0x80 - 'a'));
	const __m128i digit_base = _mm_set1_epi8((char)(0x80 - '0'));
	const __m128i letters = _mm_set1_epi8((char)(0x80 + 26));
	const __m128i digits = _mm_set1_epi8((char)(0x80 + 10));
	struct masks m = { 0, 0, 0 };
	int i;

	for (i = 0; i < 4; i++) {
		__m128i b = _mm_loadu_si128((const __m128i *)(p + 16 * i));
		__m128i letter = _mm_cmplt_epi8(
			_mm_add_epi8(_mm_or_si128(b, case_bit), letter_base), letters);
		__m128i digit = _mm_cmplt_epi8(_mm_add_epi8(b, digit_base), digits);

		m.word |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(letter, digit))
			  << 16 * i;
		m.slash |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(b, slash))
			   << 16 * i;
		m.wide |= (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 * i;
	}
	return m;
}
#else
static struct masks look(const char *p)
{
	struct masks m = { 0, 0, 0 };
	int i;

	for (i = 0; i < BLOCK; i++) {
		unsigned c = (unsigned char)p[i];

		m.word |= (uint64_t)opcit_glyph_is_word(c) << i;
		m.slash |= (uint64_t)(c == '/') << i;
		m.wide |= (uint64_t)(c >= 0x80) << i;
	}
	return m;
}
#endif

/* An accented letter, a pilcrow or a section sign may begin a word too. */
static bool wide_start(const char *p)
{
	unsigned char c = (unsigned char)p[0];

	return c == 0xC3 || (c == 0xC2 && ((unsigned char)p[1] == 0xB6 || (unsigned char)p[1] == 0xA7));
}

/* Whether the word at bit i may begin something. Where an accent cuts its
 * first letters off, it may. p has eight readable bytes. */
static bool may_begin(const cite_ctx *ctx, const char *p, const struct masks *m, unsigned i)
{
	uint64_t rest = ~(m->word >> i), bytes;
	unsigned run = rest ? (unsigned)__builtin_ctzll(rest) : BLOCK;

	if (i + run >= BLOCK) /* it goes on in the next block */
		while (run < OPCIT_FILTER_LETTERS && opcit_glyph_is_word((unsigned char)p[run]))
			run++;
	if (run < OPCIT_FILTER_LETTERS && (unsigned char)p[run] >= 0x80)
		return true;
	memcpy(&bytes, p, sizeof bytes);
	return opcit_filter_has(ctx->filter, le64toh(bytes), run);
}

void cite_scan(cite_ctx *ctx)
{
	char tail[BLOCK + 8];
	uint64_t carry = 0, starts, events;
	const char *block = ctx->text, *seen;
	struct masks m;
	size_t left, i;

	for (; block < ctx->end; block += BLOCK) {
		left = (size_t)(ctx->end - block);
		seen = block;
		if (left < BLOCK + 8) {
			memset(tail, ' ', sizeof tail);
			memcpy(tail, block, left < sizeof tail ? left : sizeof tail);
			seen = tail;
		}
		m = look(seen);
		starts = m.word & ~(m.word << 1 | carry);
		events = starts | m.slash | (m.wide & ~((m.wide | m.word) << 1 | carry));
		carry = m.word >> 63;
		if (block + BLOCK <= ctx->pos)
			continue;
		for (; events; events &= events - 1) {
			i = (size_t)__builtin_ctzll(events);
			if (block + i < ctx->pos && !(m.slash >> i & 1))
				continue;
			if (starts >> i & 1) {
				if (may_begin(ctx, seen + i, &m, (unsigned)i))
					cite_word(ctx, block + i);
			} else if (m.slash >> i & 1) {
				if (block + i >= ctx->pos)
					cite_slash(ctx, block + i);
			} else if (wide_start(seen + i)) {
				cite_word(ctx, block + i);
			}
		}
	}
}
