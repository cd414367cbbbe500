#include "content.h"

#include <string.h>

/* Odd, so that multiplying loses nothing; otherwise arbitrary: digits of the
 * golden ratio and of the square root of two. */
#define FIRST UINT64_C(0x9E3779B97F4A7C15)
#define SECOND UINT64_C(0x6A09E667F3BCC909)

enum { LANES = 4, WORD = 8, STRIPE = LANES * WORD };

static uint64_t rotate(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

/* Each step can be undone: two different words in one place never give one
 * state, and no word wipes out what came before it. */
static uint64_t step(uint64_t lane, uint64_t word)
{
	return rotate(lane ^ word * FIRST, 29) * SECOND;
}

/* A word that is lowest byte first on every machine. */
static uint64_t word_at(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Every bit of x moves about half of the result's. */
static uint64_t finish(uint64_t x)
{
	x = (x ^ x >> 32) * FIRST;
	x = (x ^ x >> 29) * SECOND;
	return x ^ x >> 32;
}

uint64_t opcit_content_hash(struct opcit_str bytes)
{
	uint64_t lanes[LANES] = { FIRST, SECOND, ~FIRST, ~SECOND }, hash = bytes.len;
	char rest[STRIPE] = { 0 };
	size_t at, i;

	for (at = 0; bytes.len - at >= STRIPE; at += STRIPE)
		for (i = 0; i < LANES; i++)
			lanes[i] = step(lanes[i], word_at(bytes.ptr + at + i * WORD));
	if (bytes.len > at)
		memcpy(rest, bytes.ptr + at, bytes.len - at);
	for (i = 0; i < LANES; i++)
		hash = finish(hash ^ step(lanes[i], word_at(rest + i * WORD)));
	return hash ? hash : 1;
}
