/* glyph.h: reading printed text one visible character at a time.
 *
 * A citation is the same whether its space is a non-breaking one, its hyphen
 * a dash or its apostrophe curly, and whatever zero-width or bidirectional
 * marks lie inside. These inline functions show the grammar plain ASCII
 * while the caller keeps pointers into the original bytes, so spans stay
 * exact and nothing is copied.
 */
#ifndef OPCIT_GLYPH_H
#define OPCIT_GLYPH_H

#include "str.h"

enum {
	OPCIT_GLYPH_END = 0,     /* also a NUL byte */
	OPCIT_GLYPH_SKIP = 1,    /* zero width: soft hyphen, joiners, marks of direction, accents */
	OPCIT_GLYPH_PILCROW = 2, /* the paragraph sign */
	OPCIT_GLYPH_OTHER = 127  /* anything without an ASCII likeness */
};

/* The ASCII likeness of the character at p < end, which starts with a byte
 * of 0x80 or more; *len gets its bytes. Accents fall away, case stays. */
unsigned opcit_glyph_wide(const char *p, const char *end, unsigned *len);

static inline unsigned opcit_glyph(const char *p, const char *end, unsigned *len)
{
	unsigned char c;

	*len = 0;
	if (p >= end)
		return OPCIT_GLYPH_END;
	c = (unsigned char)*p;
	if (c >= 0x80)
		return opcit_glyph_wide(p, end, len);
	*len = 1;
	return c >= ' ' ? c : c >= '\t' && c <= '\r' ? ' ' : c ? OPCIT_GLYPH_SKIP : OPCIT_GLYPH_END;
}

/* Past zero-width characters. At most 64 of them: more is no text. */
static inline const char *opcit_glyph_settle(const char *p, const char *end)
{
	unsigned len, i;

	for (i = 0; i < 64 && p < end && ((unsigned char)*p >= 0x80 || (unsigned char)*p < ' ') &&
		    opcit_glyph(p, end, &len) == OPCIT_GLYPH_SKIP;
	     i++)
		p += len;
	return p;
}

/* The likeness at a settled p, OPCIT_GLYPH_END at the end. */
static inline unsigned opcit_glyph_at(const char *p, const char *end)
{
	unsigned len;

	return opcit_glyph(p, end, &len);
}

/* The next settled place after p. */
static inline const char *opcit_glyph_next(const char *p, const char *end)
{
	unsigned len;

	if (p >= end)
		return end;
	opcit_glyph(p, end, &len);
	return opcit_glyph_settle(p + (len ? len : 1), end);
}

/* Likewise, in lower case. */
static inline unsigned opcit_glyph_lower(const char *p, const char *end)
{
	unsigned c = opcit_glyph_at(p, end);

	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static inline bool opcit_glyph_is_digit(unsigned c)
{
	return c - '0' < 10;
}
static inline bool opcit_glyph_is_upper(unsigned c)
{
	return c - 'A' < 26;
}
static inline bool opcit_glyph_is_letter(unsigned c)
{
	return (c | 0x20) - 'a' < 26;
}
static inline bool opcit_glyph_is_word(unsigned c)
{
	return opcit_glyph_is_letter(c) || opcit_glyph_is_digit(c);
}

/* Past at most four spaces: more is layout. */
static inline const char *opcit_glyph_blank(const char *p, const char *end)
{
	int i;

	for (i = 0; i < 4 && opcit_glyph_at(p, end) == ' '; i++)
		p = opcit_glyph_next(p, end);
	return p;
}

/* One word of a name, folded to a number that is equal for spellings that
 * count as one: case, accents, inner hyphens, -ise/-ize, -our/-or,
 * -mme/-m and a plural s do not matter. */
struct opcit_token {
	uint64_t hash; /* 0 where there is no word */
	const char *start, *end;
	bool upper;     /* starts with a capital */
	bool caps;      /* has no small letter */
	bool plural;    /* a final s was folded away */
	bool digits;    /* nothing but digits */
	unsigned count; /* letters and digits */
	unsigned value; /* of digits, saturated */
};

/* Read the word that starts at p (settled). A word of more than 64 letters
 * has hash 0; of its letters at most 256 are read. */
struct opcit_token opcit_token_at(const char *p, const char *end);

/* The folded hash of an ASCII or UTF-8 literal. */
uint64_t opcit_token_hash(const char *word);

#endif
