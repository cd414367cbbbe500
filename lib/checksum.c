#include "checksum.h"

/* Eight bytes, the lowest first, whatever the machine: compilers make one load of it. */
static uint64_t eight(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
	       (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* Each step can be undone, so that a difference never gets lost on the way. */
static uint64_t mix(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

uint32_t opcit_checksum(struct opcit_str bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	uint64_t sum = mix(UINT64_C(0xcbf29ce484222325), bytes.len), rest = 0;
	size_t left = bytes.len, i;

	for (; left >= 8; at += 8, left -= 8)
		sum = mix(sum, eight(at));
	for (i = 0; i < left; i++)
		rest |= (uint64_t)at[i] << 8 * i;
	sum = mix(sum, rest);
	return (uint32_t)(mix(sum, 0) >> 32);
}
