#include "glyph.h"

#include <string.h>

/* U+00C0 … U+017F without their accents. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
			    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
			    "NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static unsigned punctuation(unsigned code)
{
	if (code <= 0x200A || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F)
		return ' ';
	if (code <= 0x200F || (code >= 0x202A && code <= 0x202E) ||
	    (code >= 0x2060 && code <= 0x206F))
		return OPCIT_GLYPH_SKIP;
	if (code <= 0x2015 || code == 0x2212)
		return '-';
	if (code >= 0x2018 && code <= 0x201B)
		return '\'';
	if (code >= 0x201C && code <= 0x201F)
		return '"';
	if (code == 0x2044)
		return '/';
	return OPCIT_GLYPH_OTHER;
}

unsigned opcit_glyph_wide(const char *p, const char *end, unsigned *len)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t have = (size_t)(end - p);
	unsigned code;

	*len = 1;
	if (s[0] >= 0xC2 && s[0] <= 0xDF && have >= 2 && (s[1] & 0xC0) == 0x80) {
		*len = 2;
		code = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
		if (code >= 0xC0 && code < 0xC0 + sizeof latin - 1)
			return (unsigned char)latin[code - 0xC0];
		switch (code) {
		case 0xA0: return ' ';
		case 0xAD: return OPCIT_GLYPH_SKIP;
		case 0xAB:
		case 0xBB: return '"';
		case 0xB4: return '\'';
		case 0xB6: return OPCIT_GLYPH_PILCROW;
		case 0xBA:
		case 0xB0: return 'o'; /* n° and nº */
		}
		return code >= 0x300 && code <= 0x36F ? OPCIT_GLYPH_SKIP : OPCIT_GLYPH_OTHER;
	}
	if (s[0] >= 0xE0 && s[0] <= 0xEF && have >= 3 && (s[1] & 0xC0) == 0x80 &&
	    (s[2] & 0xC0) == 0x80) {
		*len = 3;
		code = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
		if (code >= 0x2000 && code <= 0x2212)
			return punctuation(code);
		if (code == 0xFEFF)
			return OPCIT_GLYPH_SKIP;
		return code == 0x3000 ? ' ' : OPCIT_GLYPH_OTHER;
	}
	if (s[0] >= 0xF0 && have >= 4)
		*len = 4;
	return OPCIT_GLYPH_OTHER;
}

enum { TOKEN_MAX = 64 };

static uint64_t mix(uint64_t hash, unsigned c)
{
	hash = (hash ^ c) * 0x100000001B3u;
	return hash ^ hash >> 29;
}

static uint64_t finish(uint64_t hash)
{
	hash *= 0x9E3779B97F4A7C15u;
	hash ^= hash >> 32;
	return hash ? hash : 1;
}

/* What the fold must be able to take back: the hash before each of the last
 * three letters, and those letters. */
struct folding {
	uint64_t hash, before[3];
	unsigned last[3];
};

static void fold(struct folding *f, unsigned c)
{
	if (c == 'z')
		c = 's';
	if (c == 'r' && f->last[0] == 'u' && f->last[1] == 'o') {
		f->hash = f->before[0]; /* labour, labor */
		memmove(f->before, f->before + 1, 2 * sizeof f->before[0]);
		memmove(f->last, f->last + 1, 2 * sizeof f->last[0]);
	}
	f->before[2] = f->before[1];
	f->before[1] = f->before[0];
	f->before[0] = f->hash;
	f->last[2] = f->last[1];
	f->last[1] = f->last[0];
	f->last[0] = c;
	f->hash = mix(f->hash, c);
}

static void unfold(struct folding *f)
{
	f->hash = f->before[0];
	f->before[0] = f->before[1];
	f->before[1] = f->before[2];
	f->last[0] = f->last[1];
	f->last[1] = f->last[2];
	f->last[2] = 0;
}

/* A hyphen joins what stands on both sides of it: trans-national. */
static const char *past_hyphen(const char *p, const char *end)
{
	const char *next = opcit_glyph_next(p, end);

	return opcit_glyph_is_word(opcit_glyph_at(next, end)) ? next : NULL;
}

struct opcit_token opcit_token_at(const char *p, const char *end)
{
	struct opcit_token t = { .start = p, .caps = true, .digits = true };
	struct folding f = { .hash = 0xCBF29CE484222325u };
	unsigned c;

	t.upper = opcit_glyph_is_upper(opcit_glyph_at(p, end));
	for (t.end = p; p < end; t.end = p) {
		c = opcit_glyph_at(p, end);
		if (c == '-' && t.count && (p = past_hyphen(p, end)) != NULL)
			c = opcit_glyph_at(p, end);
		if (!p || !opcit_glyph_is_word(c))
			break;
		p = opcit_glyph_next(p, end);
		if (opcit_glyph_is_digit(c)) {
			t.value = t.value > 99999999 ? 999999999 : t.value * 10 + (c - '0');
		} else {
			t.digits = false;
			if (!opcit_glyph_is_upper(c))
				t.caps = false;
		}
		if (++t.count <= TOKEN_MAX)
			fold(&f, opcit_glyph_is_upper(c) ? c | 0x20 : c);
	}
	if (!t.count || t.count > TOKEN_MAX)
		return t;
	if (t.count > 3 && f.last[0] == 's' && f.last[1] != 's' &&
	    !opcit_glyph_is_digit(f.last[1])) {
		unfold(&f);
		t.plural = true;
	}
	if (t.count > 4 && f.last[0] == 'e' && f.last[1] == 'm' && f.last[2] == 'm')
		f.hash = f.before[1]; /* programme, program */
	t.hash = finish(f.hash);
	return t;
}

uint64_t opcit_token_hash(const char *word)
{
	return opcit_token_at(word, word + strlen(word)).hash;
}
