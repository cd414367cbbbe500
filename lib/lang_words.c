/* lang_words.c: a language by its commonest words, many times sooner than by
 * the detector. */
#include "lang.h"

#include <endian.h>
#include <string.h>

/* So many of them there must be, so many different ones (German has "des" and
 * "du", Latin "et" and "qui"), and one in so many words. */
enum { ENOUGH = 4, DIFFERENT = 3, ONE_IN = 6 };

enum language { ENGLISH, FRENCH, SPANISH, LANGUAGES };

/* Words of one of these languages and of hardly another that is written in
 * Latin letters: no "on", "to" or "de". Sorted, of at most seven letters. */
static const struct {
	char word[8];
	enum language lang;
} words[] = {
	{ "and", ENGLISH },   { "aux", FRENCH },    { "been", ENGLISH },  { "cette", FRENCH },
	{ "dans", FRENCH },   { "del", SPANISH },   { "des", FRENCH },    { "du", FRENCH },
	{ "el", SPANISH },    { "et", FRENCH },     { "from", ENGLISH },  { "had", ENGLISH },
	{ "have", ENGLISH },  { "its", ENGLISH },   { "las", SPANISH },   { "le", FRENCH },
	{ "les", FRENCH },    { "los", SPANISH },   { "of", ENGLISH },    { "par", FRENCH },
	{ "pour", FRENCH },   { "qui", FRENCH },    { "shall", ENGLISH }, { "should", ENGLISH },
	{ "sur", FRENCH },    { "that", ENGLISH },  { "the", ENGLISH },   { "their", ENGLISH },
	{ "these", ENGLISH }, { "they", ENGLISH },  { "this", ENGLISH },  { "une", FRENCH },
	{ "were", ENGLISH },  { "which", ENGLISH }, { "with", ENGLISH },  { "y", SPANISH },
};
enum { WORDS = sizeof words / sizeof *words };

/* Eight letters as a number that sorts as they do. */
static uint64_t number_of(const char letters[8])
{
	uint64_t number;

	memcpy(&number, letters, sizeof number);
	return be64toh(number);
}

/* Its row of the table; WORDS when it has none. */
static size_t row_of(const char *word, size_t len)
{
	size_t i, from = 0, to = WORDS;
	char letters[8] = "";
	uint64_t number;

	if (len >= sizeof letters)
		return WORDS;
	for (i = 0; i < len; i++)
		letters[i] = (char)(word[i] | 0x20);
	number = number_of(letters);
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		uint64_t here = number_of(words[middle].word);

		if (here == number)
			return middle;
		if (here < number)
			from = middle + 1;
		else
			to = middle;
	}
	return WORDS;
}

/* A letter, or a byte of one. */
static bool is_letter(char c)
{
	unsigned char lower = (unsigned char)c | 0x20;

	return (lower >= 'a' && lower <= 'z') || lower >= 0x80;
}

struct opcit_str opcit_lang_by_words(struct opcit_str text)
{
	static const char *const names[LANGUAGES] = { "en", "fr", "es" };
	size_t counts[WORDS + 1] = { 0 }, known[LANGUAGES] = { 0 }, different[LANGUAGES] = { 0 };
	size_t i = 0, start, n = 0, lang;

	text = opcit_str_sub(text, 0, OPCIT_LANG_LOOK);
	for (; i < text.len; n++) {
		while (i < text.len && !is_letter(text.ptr[i]))
			i++;
		for (start = i; i < text.len && is_letter(text.ptr[i]); i++)
			;
		counts[row_of(text.ptr + start, i - start)]++;
	}
	for (i = 0; i < WORDS; i++) {
		known[words[i].lang] += counts[i];
		different[words[i].lang] += counts[i] > 0;
	}
	for (lang = 0; lang < LANGUAGES; lang++)
		if (known[lang] >= ENOUGH && different[lang] >= DIFFERENT && known[lang] * ONE_IN >= n &&
		    known[lang] + counts[WORDS] == n)
			return opcit_str_of(names[lang]);
	return OPCIT_STR("");
}
