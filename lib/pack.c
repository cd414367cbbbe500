#include "pack.h"

void opcit_pack_number(struct opcit_buf *buf, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		opcit_buf_putc(buf, (char)(n & 0x7f) | (char)0x80);
	opcit_buf_putc(buf, (char)n);
}

void opcit_pack_str(struct opcit_buf *buf, struct opcit_str s)
{
	opcit_pack_number(buf, s.len);
	opcit_buf_add_str(buf, s);
}

void opcit_pack_strs(struct opcit_buf *buf, const struct opcit_str *s, size_t n)
{
	size_t i;

	opcit_pack_number(buf, n);
	for (i = 0; i < n; i++)
		opcit_pack_str(buf, s[i]);
}

uint64_t opcit_unpack_number(struct opcit_unpack *in, uint64_t max)
{
	uint64_t n = 0;
	unsigned shift = 0;

	for (; !in->bad; shift += 7) {
		unsigned char c;

		if (in->at == in->end || shift > 56)
			break;
		c = *in->at++;
		n |= (uint64_t)(c & 0x7f) << shift;
		if (c & 0x80)
			continue;
		if (n <= max)
			return n;
		break;
	}
	in->bad = true;
	return 0;
}

static size_t left(const struct opcit_unpack *in)
{
	return (size_t)(in->end - in->at);
}

struct opcit_str opcit_unpack_str(struct opcit_unpack *in)
{
	size_t len = opcit_unpack_number(in, left(in));
	struct opcit_str s = { NULL, 0 };

	if (in->bad || len > left(in)) {
		in->bad = true;
		return s;
	}
	s = (struct opcit_str){ (const char *)in->at, len };
	in->at += len;
	return s;
}

size_t opcit_unpack_count(struct opcit_unpack *in, size_t smallest)
{
	return opcit_unpack_number(in, left(in) / smallest);
}

struct opcit_str *opcit_unpack_strs(struct opcit_unpack *in, struct opcit_arena *arena, size_t *n)
{
	size_t count = opcit_unpack_count(in, 1), i;
	struct opcit_str *s;

	*n = 0;
	if (in->bad || count == 0)
		return NULL;
	s = opcit_arena_alloc(arena, count * sizeof *s);
	for (i = 0; i < count && !in->bad; i++)
		s[i] = opcit_unpack_str(in);
	*n = in->bad ? 0 : count;
	return s;
}

void opcit_pack_failure(struct opcit_buf *buf, const struct opcit_err *err)
{
	opcit_pack_number(buf, err->status);
	opcit_pack_str(buf, opcit_str_of(err->message));
	opcit_pack_str(buf, opcit_str_of(err->hint));
}

opcit_status opcit_unpack_failure(struct opcit_unpack *in, struct opcit_err *err)
{
	opcit_status status = (opcit_status)opcit_unpack_number(in, OPCIT_BUG);
	struct opcit_str message = opcit_unpack_str(in), hint = opcit_unpack_str(in);

	if (!opcit_unpack_ended(in) || status == OPCIT_OK)
		return OPCIT_OK;
	opcit_err_set(err, status, "%.*s", OPCIT_FMT(message));
	if (hint.len)
		opcit_err_hint(err, "%.*s", OPCIT_FMT(hint));
	return status;
}
