#include "glyph.h"

#include <endian.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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
		case 0xA7: /* a section sign before a number is one, too */
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

/* Letters and digits folded: small letters for capitals, s for z; 0 for all
 * else. */
static const char folded[256] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c',
	'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
	'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 's', ['a'] = 'a', 'b', 'c',
	'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
	'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 's',
};

/* A word's folded letters as they are gathered. */
struct folding {
	char letters[TOKEN_READ + 32];
	unsigned n;
	bool small, letter, u;
};

static uint64_t hash_of(struct folding *f)
{
	uint64_t hash = f->n * 0x9E3779B97F4A7C15u, word;
	unsigned i;

	for (i = 0; i < f->n; i += 8) {
		memcpy(&word, f->letters + i, 8);
		word = le64toh(word);
		if (f->n - i < 8) /* what lies behind does not count */
			word = word << (64 - 8 * (f->n - i)) >> (64 - 8 * (f->n - i));
		hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return hash ? hash : 1;
}

/* Labour is labor. */
static void fold_our(struct folding *f)
{
	unsigned i, n = 0;

	for (i = 0; i < f->n; i++) {
		if (f->letters[i] == 'r' && n > 1 && f->letters[n - 1] == 'u' &&
		    f->letters[n - 2] == 'o')
			n--;
		f->letters[n++] = f->letters[i];
	}
	f->n = n;
}

/* A hyphen joins what stands on both sides of it: trans-national. */
static const char *past_hyphen(const char *p, const char *end)
{
	const char *next = opcit_glyph_next(p, end);

	return opcit_glyph_is_word(opcit_glyph_at(next, end)) ? next : NULL;
}

/* One letter at p that is not plain ASCII, or the one behind a hyphen; NULL
 * where the word ends. */
static const char *wide_step(const char *p, const char *end, struct folding *f)
{
	unsigned c = opcit_glyph_at(p, end);

	if (c == '-' && f->n && (p = past_hyphen(p, end)) != NULL)
		c = opcit_glyph_at(p, end);
	if (!p || !opcit_glyph_is_word(c))
		return NULL;
	f->small |= c >= 'a';
	f->letter |= c >= 'A';
	f->u |= folded[c] == 'u';
	f->letters[f->n++] = folded[c];
	return opcit_glyph_next(p, end);
}

#ifdef __SSE2__
/* Gather plain letters and digits from sixteen readable bytes at once: most
 * words end within them. Returns how many there were. */
static unsigned gather_sixteen(const char *p, struct folding *f)
{
	const __m128i b = _mm_loadu_si128((const __m128i *)p);
	const __m128i lower = _mm_or_si128(b, _mm_set1_epi8(0x20));
	const __m128i letter =
		_mm_cmplt_epi8(_mm_add_epi8(lower, _mm_set1_epi8((char)(0x80 - 'a'))),
			       _mm_set1_epi8((char)(0x80 + 26)));
	const __m128i digit = _mm_cmplt_epi8(_mm_add_epi8(b, _mm_set1_epi8((char)(0x80 - '0'))),
					     _mm_set1_epi8((char)(0x80 + 10)));
	const __m128i z = _mm_cmpeq_epi8(lower, _mm_set1_epi8('z'));
	unsigned word = (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, digit));
	unsigned run = (unsigned)__builtin_ctz(~word), within = (1u << run) - 1;

	_mm_storeu_si128((__m128i *)(f->letters + f->n),
			 _mm_sub_epi8(lower, _mm_and_si128(z, _mm_set1_epi8('z' - 's'))));
	f->n += run;
	f->u |= ((unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(lower, _mm_set1_epi8('u'))) & within) !=
		0;
	f->letter |= ((unsigned)_mm_movemask_epi8(letter) & within) != 0;
	f->small |=
		((unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(b, _mm_set1_epi8('Z'))) & within) != 0;
	return run;
}
#endif

/* Gather the word at p; returns its end. */
static const char *gather(const char *p, const char *end, struct folding *f)
{
	const char *next;
	unsigned char c;

	for (;;) {
#ifdef __SSE2__
		while (end - p >= 16 && f->n < TOKEN_READ - 16) {
			unsigned run = gather_sixteen(p, f);

			p += run;
			if (run < 16)
				break;
		}
#endif
		while (p < end && f->n < TOKEN_READ && folded[c = (unsigned char)*p]) {
			f->letters[f->n++] = folded[c];
			f->small |= c >= 'a';
			f->letter |= c >= 'A';
			f->u |= folded[c] == 'u';
			p++;
		}
		if (p >= end || f->n == TOKEN_READ)
			return p;
		c = (unsigned char)*p;
		if (c < 0x80 && c != '-' && c >= ' ')
			return p;
		next = wide_step(p, end, f);
		if (!next)
			return p;
		p = next;
	}
}

static unsigned value_of(const struct folding *f)
{
	unsigned value = 0, i;

	for (i = 0; i < f->n; i++)
		value = value > 99999999 ? 999999999 : value * 10 + (unsigned)(f->letters[i] - '0');
	return value;
}

struct opcit_token opcit_token_at(const char *p, const char *end)
{
	struct opcit_token t = { .start = p };
	struct folding f;

	f.n = 0;
	f.small = f.letter = f.u = false;
	t.upper = opcit_glyph_is_upper(opcit_glyph_at(p, end));
	t.end = gather(p, end, &f);
	t.count = f.n;
	t.caps = !f.small;
	t.digits = !f.letter;
	if (!f.letter && f.n)
		t.value = value_of(&f);
	if (!f.n || f.n > TOKEN_MAX)
		return t;
	if (f.u)
		fold_our(&f);
	if (t.count > 3 && f.letters[f.n - 1] == 's' && f.letters[f.n - 2] != 's' &&
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
