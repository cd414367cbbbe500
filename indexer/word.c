#include "word.h"

#include "../lib/glyph.h"

#include <string.h>

struct opcit_words opcit_words_of(struct opcit_str text)
{
	return (struct opcit_words){ text, 0, 0 };
}

/* ASCII letters in lower case and digits; 0 for the rest. */
static const char ascii_folded[128] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
	        'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
	        'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

/* The folded letter that starts at p, its length in *n; 0 for a separator. A
 * letter of another script is an 'x': it counts, but matches no table. */
static char fold(const char *p, const char *end, size_t *n)
{
	unsigned likeness, len;

	*n = 1;
	if ((unsigned char)*p < 0x80)
		return ascii_folded[(unsigned char)*p];
	likeness = opcit_glyph_wide(p, end, &len);
	*n = len ? len : 1;
	return likeness < 0x7F ? ascii_folded[likeness] : 'x';
}

bool opcit_word_next(struct opcit_words *words, char *word, size_t size)
{
	const char *p = words->text.ptr;
	size_t i = words->at, end = words->text.len, len = 0, n;
	char c;

	while (i < end && !fold(p + i, p + end, &n))
		i += n;
	if (i >= end) {
		words->at = end;
		return false;
	}
	words->start = i;
	while (i < end) {
		c = fold(p + i, p + end, &n);
		if (!c && p[i] == '-' && i + 1 < end && ascii_folded[(unsigned char)p[i + 1] & 0x7F])
			c = '-';
		if (!c)
			break;
		if (len + 1 < size)
			word[len++] = c;
		i += n;
	}
	word[len] = '\0';
	words->at = i;
	return true;
}

size_t opcit_word_count(struct opcit_str text, size_t limit)
{
	struct opcit_words words = opcit_words_of(text);
	char word[4];
	size_t n = 0;

	while (n < limit && opcit_word_next(&words, word, sizeof word))
		n++;
	return n;
}

unsigned opcit_roman_value(struct opcit_str s)
{
	static const struct { const char *digits; unsigned value; } steps[] = {
		{ "M", 1000 }, { "CM", 900 }, { "D", 500 }, { "CD", 400 }, { "C", 100 }, { "XC", 90 },
		{ "L", 50 },   { "XL", 40 },  { "X", 10 },  { "IX", 9 },   { "V", 5 },   { "IV", 4 },
		{ "I", 1 },
	};
	unsigned value = 0;
	size_t i;

	for (i = 0; i < sizeof steps / sizeof *steps; i++) {
		bool once = strlen(steps[i].digits) == 2 || strchr("VLD", steps[i].digits[0]);
		int times = 0;

		while (opcit_str_starts(s, steps[i].digits) && times < (once ? 1 : 3)) {
			value += steps[i].value;
			s = opcit_str_sub(s, strlen(steps[i].digits), s.len);
			times++;
		}
	}
	return s.len ? 0 : value;
}

int opcit_month_of(const char *word)
{
	static const char *const months[][12] = {
		{ "january", "february", "march", "april", "may", "june", "july", "august",
		  "september", "october", "november", "december" },
		{ "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
		  "septembre", "octobre", "novembre", "decembre" },
		{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
		  "septiembre", "octubre", "noviembre", "diciembre" },
	};
	int language, month;

	for (language = 0; language < 3; language++)
		for (month = 0; month < 12; month++)
			if (strcmp(word, months[language][month]) == 0)
				return month + 1;
	return 0;
}
