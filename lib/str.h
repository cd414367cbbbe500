/* str.h: the three containers for text: a borrowed slice, a growable buffer
 * and an arena.
 *
 * Everything that belongs to one document (its text, its records, their
 * citations) lives in one arena and dies with it, so no record has a
 * destructor. Allocation failure is fatal to the process by design (see
 * opcit_xmalloc): the program holds one document at a time, and the index is
 * at every instant in a committed state.
 */
#ifndef OPCIT_STR_H
#define OPCIT_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A borrowed run of UTF-8 bytes; not NUL-terminated. {NULL, 0} is empty. */
struct opcit_str {
	const char *ptr;
	size_t len; /* bytes */
};

#define OPCIT_STR(literal) ((struct opcit_str){ (literal), sizeof(literal) - 1 })
/* For printf("%.*s", OPCIT_FMT(s)). */
#define OPCIT_FMT(s) (int)(s).len, (s).ptr ? (s).ptr : ""

struct opcit_str opcit_str_of(const char *cstr); /* NULL gives the empty slice */

/* Of ASCII, whatever the locale; no byte of a longer character is any of these. */
static inline bool opcit_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool opcit_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool opcit_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool opcit_str_eq(struct opcit_str a, struct opcit_str b);
bool opcit_str_is(struct opcit_str a, const char *cstr);
bool opcit_str_starts(struct opcit_str a, const char *prefix);
bool opcit_str_ends(struct opcit_str a, const char *suffix);
/* ASCII case is ignored, other bytes must be equal. */
bool opcit_str_ieq(struct opcit_str a, struct opcit_str b);
/* memcmp order, the shorter first. For qsort and bsearch. */
int opcit_str_cmp(struct opcit_str a, struct opcit_str b);
/* The slice without ASCII white space at either end. */
struct opcit_str opcit_str_trim(struct opcit_str a);
/* The bytes [from, to) of a; both are clamped to a's length. */
struct opcit_str opcit_str_sub(struct opcit_str a, size_t from, size_t to);
/* "1945" to "2099": a year of which there may be documents of the organisations. */
bool opcit_str_is_year(struct opcit_str a);
/* The first place where `what` stands, borrowed from a; NULL where it does not. */
const char *opcit_str_find(struct opcit_str a, const char *what);
/* Where the character of the byte at `at` begins: a's length at its end or beyond. */
size_t opcit_str_char(struct opcit_str a, size_t at);
/* How much of a text to show where there is room for `most` bytes: all of it, or up to a
 * blank in the second half of that, or no further than whole characters go. */
size_t opcit_str_fit(struct opcit_str a, size_t most);
/* A hash of the bytes (FNV-1a), for tables in memory. */
uint64_t opcit_str_hash(struct opcit_str a);

/* A growable buffer; ptr is always NUL-terminated once anything was added.
 * Zero-initialise with OPCIT_BUF_INIT; release with opcit_buf_release. */
struct opcit_buf {
	char *ptr;
	size_t len, cap;
};
#define OPCIT_BUF_INIT { NULL, 0, 0 }
void opcit_buf_release(struct opcit_buf *buf);
void opcit_buf_clear(struct opcit_buf *buf); /* keeps the memory */
void opcit_buf_grow(struct opcit_buf *buf, size_t extra); /* room for extra bytes and a NUL */
void opcit_buf_add(struct opcit_buf *buf, const void *bytes, size_t len);
void opcit_buf_add_str(struct opcit_buf *buf, struct opcit_str s);
void opcit_buf_puts(struct opcit_buf *buf, const char *cstr);
void opcit_buf_putc(struct opcit_buf *buf, char c);
void opcit_buf_printf(struct opcit_buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct opcit_str opcit_buf_str(const struct opcit_buf *buf); /* borrowed until the next change */

/* An arena: memory that is released all at once. Zero-initialise with
 * OPCIT_ARENA_INIT. Blocks are aligned for any type. */
struct opcit_arena {
	struct opcit_arena_chunk *chunk;
	size_t total; /* bytes handed out since init or reset */
};
#define OPCIT_ARENA_INIT { NULL, 0 }
void opcit_arena_release(struct opcit_arena *arena);
void opcit_arena_reset(struct opcit_arena *arena); /* forgets all, keeps the largest chunk */
void *opcit_arena_alloc(struct opcit_arena *arena, size_t size);  /* not cleared */
void *opcit_arena_calloc(struct opcit_arena *arena, size_t size); /* cleared */
struct opcit_str opcit_arena_dup(struct opcit_arena *arena, struct opcit_str s); /* also NUL-terminated */
struct opcit_str opcit_arena_printf(struct opcit_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* malloc, realloc and strdup that print one line and exit with 70 rather
 * than return NULL. */
void *opcit_xmalloc(size_t size);
void *opcit_xcalloc(size_t count, size_t size);
void *opcit_xrealloc(void *ptr, size_t size);
char *opcit_xstrdup(const char *cstr);

/* Make room for one more element in a heap array of `count` elements. */
#define OPCIT_GROW(array, count, cap)                                                  \
	do {                                                                           \
		if ((count) == (cap)) {                                                \
			(cap) = (cap) ? (cap) * 2 : 16;                                \
			(array) = opcit_xrealloc((array), (cap) * sizeof *(array));    \
		}                                                                      \
	} while (0)

#ifdef __cplusplus
}
#endif
#endif
