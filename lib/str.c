#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static void *checked(void *ptr)
{
	static const char message[] = "opcit: out of memory\n";

	if (ptr)
		return ptr;
	if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
		_exit(70);
	_exit(70);
}

void *opcit_xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *opcit_xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *opcit_xrealloc(void *ptr, size_t size)
{
	return checked(realloc(ptr, size ? size : 1));
}

char *opcit_xstrdup(const char *cstr)
{
	return checked(strdup(cstr));
}

struct opcit_str opcit_str_of(const char *cstr)
{
	return (struct opcit_str){ cstr, cstr ? strlen(cstr) : 0 };
}

bool opcit_str_eq(struct opcit_str a, struct opcit_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool opcit_str_is(struct opcit_str a, const char *cstr)
{
	return opcit_str_eq(a, opcit_str_of(cstr));
}

bool opcit_str_starts(struct opcit_str a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.len >= n && (n == 0 || memcmp(a.ptr, prefix, n) == 0);
}

bool opcit_str_ends(struct opcit_str a, const char *suffix)
{
	size_t n = strlen(suffix);

	return a.len >= n && (n == 0 || memcmp(a.ptr + a.len - n, suffix, n) == 0);
}

bool opcit_str_ieq(struct opcit_str a, struct opcit_str b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

int opcit_str_cmp(struct opcit_str a, struct opcit_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

struct opcit_str opcit_str_trim(struct opcit_str a)
{
	while (a.len && opcit_is_blank(a.ptr[0]))
		a.ptr++, a.len--;
	while (a.len && opcit_is_blank(a.ptr[a.len - 1]))
		a.len--;
	return a;
}

struct opcit_str opcit_str_sub(struct opcit_str a, size_t from, size_t to)
{
	if (to > a.len)
		to = a.len;
	if (from >= to)
		return (struct opcit_str){ a.ptr, 0 };
	return (struct opcit_str){ a.ptr + from, to - from };
}

bool opcit_str_is_year(struct opcit_str a)
{
	enum { FIRST = 1945, LAST = 2099 };
	int number = 0;
	size_t i;

	for (i = 0; i < a.len && i < 4 && opcit_is_digit(a.ptr[i]); i++)
		number = number * 10 + (a.ptr[i] - '0');
	return i == 4 && a.len == 4 && number >= FIRST && number <= LAST;
}

const char *opcit_str_find(struct opcit_str a, const char *what)
{
	return a.len ? memmem(a.ptr, a.len, what, strlen(what)) : NULL;
}

size_t opcit_str_char(struct opcit_str a, size_t at)
{
	if (at >= a.len)
		return a.len;
	while (at && ((unsigned char)a.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

size_t opcit_str_fit(struct opcit_str a, size_t most)
{
	size_t end = most;

	if (a.len <= most)
		return a.len;
	while (end > most / 2 && a.ptr[end] != ' ')
		end--;
	return a.ptr[end] == ' ' ? end : opcit_str_char(a, most);
}

uint64_t opcit_str_hash(struct opcit_str a)
{
	uint64_t hash = 0xCBF29CE484222325u;
	size_t i;

	for (i = 0; i < a.len; i++)
		hash = (hash ^ (unsigned char)a.ptr[i]) * 0x100000001B3u;
	return hash;
}

void opcit_buf_release(struct opcit_buf *buf)
{
	free(buf->ptr);
	*buf = (struct opcit_buf)OPCIT_BUF_INIT;
}

void opcit_buf_clear(struct opcit_buf *buf)
{
	buf->len = 0;
	if (buf->ptr)
		buf->ptr[0] = '\0';
}

void opcit_buf_grow(struct opcit_buf *buf, size_t extra)
{
	size_t need = buf->len + extra + 1;

	if (need <= buf->cap)
		return;
	buf->cap = need < 64 ? 64 : need + need / 2;
	buf->ptr = opcit_xrealloc(buf->ptr, buf->cap);
}

void opcit_buf_add(struct opcit_buf *buf, const void *bytes, size_t len)
{
	opcit_buf_grow(buf, len);
	if (len)
		memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void opcit_buf_add_str(struct opcit_buf *buf, struct opcit_str s)
{
	opcit_buf_add(buf, s.ptr, s.len);
}

void opcit_buf_puts(struct opcit_buf *buf, const char *cstr)
{
	opcit_buf_add(buf, cstr, strlen(cstr));
}

void opcit_buf_putc(struct opcit_buf *buf, char c)
{
	opcit_buf_add(buf, &c, 1);
}

void opcit_buf_printf(struct opcit_buf *buf, const char *format, ...)
{
	va_list ap;
	int len;

	va_start(ap, format);
	len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0)
		return;
	opcit_buf_grow(buf, (size_t)len);
	va_start(ap, format);
	vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, ap);
	va_end(ap);
	buf->len += (size_t)len;
}

struct opcit_str opcit_buf_str(const struct opcit_buf *buf)
{
	return (struct opcit_str){ buf->ptr, buf->len };
}

/* Chunks grow geometrically, so a document costs a handful of mallocs. */
struct opcit_arena_chunk {
	struct opcit_arena_chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

enum { FIRST_CHUNK = 64 * 1024, LARGEST_STEP = 16 * 1024 * 1024 };

void opcit_arena_release(struct opcit_arena *arena)
{
	struct opcit_arena_chunk *chunk = arena->chunk, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	*arena = (struct opcit_arena)OPCIT_ARENA_INIT;
}

void opcit_arena_reset(struct opcit_arena *arena)
{
	struct opcit_arena_chunk *keep = arena->chunk, *chunk, *next;

	for (chunk = arena->chunk; chunk; chunk = chunk->next)
		if (chunk->size > keep->size)
			keep = chunk;
	for (chunk = arena->chunk; chunk; chunk = next) {
		next = chunk->next;
		if (chunk != keep)
			free(chunk);
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	arena->chunk = keep;
	arena->total = 0;
}

void *opcit_arena_alloc(struct opcit_arena *arena, size_t size)
{
	size_t step = _Alignof(max_align_t);
	struct opcit_arena_chunk *chunk = arena->chunk;
	void *block;

	size = (size + step - 1) / step * step;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t want = chunk ? chunk->size * 2 : FIRST_CHUNK;

		if (want > LARGEST_STEP)
			want = LARGEST_STEP;
		if (want < size)
			want = size;
		chunk = opcit_xmalloc(sizeof *chunk + want);
		chunk->next = arena->chunk;
		chunk->used = 0;
		chunk->size = want;
		arena->chunk = chunk;
	}
	block = (char *)chunk->bytes + chunk->used;
	chunk->used += size;
	arena->total += size;
	return block;
}

void *opcit_arena_calloc(struct opcit_arena *arena, size_t size)
{
	return memset(opcit_arena_alloc(arena, size), 0, size);
}

struct opcit_str opcit_arena_dup(struct opcit_arena *arena, struct opcit_str s)
{
	char *copy = opcit_arena_alloc(arena, s.len + 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return (struct opcit_str){ copy, s.len };
}

struct opcit_str opcit_arena_printf(struct opcit_arena *arena, const char *format, ...)
{
	va_list ap;
	int len;
	char *copy;

	va_start(ap, format);
	len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0)
		len = 0;
	copy = opcit_arena_alloc(arena, (size_t)len + 1);
	va_start(ap, format);
	vsnprintf(copy, (size_t)len + 1, format, ap);
	va_end(ap);
	return (struct opcit_str){ copy, (size_t)len };
}
