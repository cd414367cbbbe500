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

enum { TOKEN_MAX = 64, TOKEN_READ = 256 };

/* Letters and digits, small letters for capitals, 0 for all else. */
static const char word_byte[128] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c',
	'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
	'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', ['a'] = 'a', 'b', 'c',
	'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
	'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

/* The letters that count, and the hash of a run of them. */
struct folding {
	char letters[TOKEN_MAX + 8];
	unsigned n;
};

static inline void fold(struct folding *f, unsigned c)
{
	if (c == 'z')
		c = 's';
	else if (c == 'r' && f->n > 1 && f->letters[f->n - 1] == 'u' && f->letters[f->n - 2] == 'o')
		f->n--; /* labour, labor */
	f->letters[f->n++] = (char)c;
}

static uint64_t hash_of(struct folding *f)
{
	uint64_t hash = f->n * 0x9E3779B97F4A7C15u, word;
	unsigned i;

	memset(f->letters + f->n, 0, 8);
	for (i = 0; i < f->n; i += 8) {
		memcpy(&word, f->letters + i, 8);
		hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return hash ? hash : 1;
}

/* A hyphen joins what stands on both sides of it: trans-national. */
static const char *past_hyphen(const char *p, const char *end)
{
	const char *next = opcit_glyph_next(p, end);

	return opcit_glyph_is_word(opcit_glyph_at(next, end)) ? next : NULL;
}

/* The rest of a word from a character on that is not plain ASCII; the fast
 * loop of opcit_token_at goes on behind it. */
static const char *wide_step(const char *p, const char *end, bool started, unsigned *c)
{
	*c = opcit_glyph_at(p, end);
	if (*c == '-' && started && (p = past_hyphen(p, end)) != NULL)
		*c = opcit_glyph_at(p, end);
	return p && opcit_glyph_is_word(*c) ? opcit_glyph_next(p, end) : NULL;
}

struct opcit_token opcit_token_at(const char *p, const char *end)
{
	struct opcit_token t = { .start = p, .end = p };
	struct folding f;
	bool small = false, letters = false;
	unsigned c;
	const char *next;

	f.n = 0;
	t.upper = opcit_glyph_is_upper(opcit_glyph_at(p, end));
	while (p < end && t.count < TOKEN_READ) {
		c = (unsigned char)*p;
		if (c < 0x80 && word_byte[c]) {
			p++;
		} else {
			next = c >= 0x80 || c == '-' || c < ' ' ? wide_step(p, end, t.count > 0, &c)
								: NULL;
			if (!next)
				break;
			p = next;
		}
		if (c <= '9') {
			t.value = t.value > 99999999 ? 999999999 : t.value * 10 + (c - '0');
		} else {
			letters = true;
			small |= c >= 'a';
		}
		if (++t.count <= TOKEN_MAX)
			fold(&f, (unsigned char)word_byte[c]);
		t.end = p;
	}
	t.digits = !letters;
	t.caps = !small;
	if (!t.count || t.count > TOKEN_MAX)
		return t;
	if (t.count > 3 && f.letters[f.n - 1] == 's' && f.n > 1 && f.letters[f.n - 2] != 's' &&
	    f.letters[f.n - 2] > '9') {
		f.n--;
		t.plural = true;
	}
	if (t.count > 4 && f.n > 3 && !memcmp(f.letters + f.n - 3, "mme", 3))
		f.n -= 2; /* programme, program */
	t.hash = hash_of(&f);
	return t;
}

uint64_t opcit_token_hash(const char *word)
{
	return opcit_token_at(word, word + strlen(word)).hash;
}
