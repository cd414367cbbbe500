/* pack.h: numbers and strings as bytes: what a record is stored in, and a
 * manuscript handed over in.
 *
 * A number is seven bits a byte, the lowest first, the top bit set in all but
 * the last; a string its length and its bytes; a list its count and its items.
 */
#ifndef OPCIT_PACK_H
#define OPCIT_PACK_H

#include "status.h"
#include "str.h"

void opcit_pack_number(struct opcit_buf *buf, uint64_t n);
void opcit_pack_str(struct opcit_buf *buf, struct opcit_str s);
void opcit_pack_strs(struct opcit_buf *buf, const struct opcit_str *s, size_t n);
void opcit_pack_failure(struct opcit_buf *buf, const struct opcit_err *err);

/* What is left to read. Once bad, every get gives nothing and stays bad, so
 * callers check once, at the end. Strings are borrowed from the bytes. */
struct opcit_unpack {
	const unsigned char *at, *end;
	bool bad;
};

static inline struct opcit_unpack opcit_unpack_begin(struct opcit_str bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;

	return (struct opcit_unpack){ at, at ? at + bytes.len : at, false };
}

/* A number of at most `max`: a greater one is bad. */
uint64_t opcit_unpack_number(struct opcit_unpack *in, uint64_t max);
struct opcit_str opcit_unpack_str(struct opcit_unpack *in);
/* A count of things of at least `smallest` bytes each: what cannot be there
 * is bad before memory is asked for it. */
size_t opcit_unpack_count(struct opcit_unpack *in, size_t smallest);
struct opcit_str *opcit_unpack_strs(struct opcit_unpack *in, struct opcit_arena *arena, size_t *n);
/* The failure that opcit_pack_failure wrote, to its end, as err and its status; OPCIT_OK,
 * with err as it was, where the bytes are malformed. */
opcit_status opcit_unpack_failure(struct opcit_unpack *in, struct opcit_err *err);
/* Whether all was read, and well. */
static inline bool opcit_unpack_ended(const struct opcit_unpack *in)
{
	return !in->bad && in->at == in->end;
}

#endif
