/* The piece cutter: joining the lines of a paragraph. */
#include "cutter.h"

#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Compounds whose hyphen is printed, by their first and by their last part. */
static bool keeps_hyphen(struct opcit_str left, struct opcit_str right)
{
	static const char *const firsts[] = {
		"above", "cease", "co", "non", "self", "so", "ex", "peace", "long", "short", "well",
		"half", "full", "high", "low", "large", "small", "cross", "follow", "fact", "far",
		"decision", "policy", "rights", "gender", "age", "child", "confidence", "capacity",
		"military", "state", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
		"ninety", "one", "two", "three", "four", "five", "six", "day", "year", "open", "post",
		"pre", "anti", "vice", "semi", "quasi", "man", "land", "sea", "time", "world", "law", NULL
	};
	static const char *const lasts[] = {
		"keeping", "fire", "building", "making", "based", "called", "mentioned", "owned", "term",
		"being", "wide", "related", "level", "scale", "up", "off", "day", "year", "aged",
		"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
		"agency", "ministerial", "general", "elect", "sur", "ci", "dire", "vous", "il", "elle", NULL
	};
	struct opcit_words words;
	char word[24] = "";
	size_t i;

	if (right.len == 0 || isupper((unsigned char)right.ptr[0]) ||
	    isdigit((unsigned char)right.ptr[0]))
		return true;
	words = opcit_words_of(left);
	while (opcit_word_next(&words, word, sizeof word))
		;
	for (i = 0; firsts[i]; i++)
		if (strcmp(word, firsts[i]) == 0)
			return true;
	words = opcit_words_of(right);
	if (!opcit_word_next(&words, word, sizeof word))
		return true;
	for (i = 0; lasts[i]; i++)
		if (strcmp(word, lasts[i]) == 0)
			return true;
	return false;
}

/* Whether the document prints the compound elsewhere inside a line. The bytes
 * that may be searched for this are bounded for the whole document. */
static bool prints_compound(struct cutter *c, struct opcit_str left, struct opcit_str right)
{
	struct opcit_str text = c->blocks->decoded;
	char compound[64];
	size_t n = 0;

	while (n < right.len && isalpha((unsigned char)right.ptr[n]))
		n++;
	if (left.len + n + 1 > sizeof compound || text.len > c->search_budget)
		return false;
	c->search_budget -= text.len;
	memcpy(compound, left.ptr, left.len);
	compound[left.len] = '-';
	memcpy(compound + left.len + 1, right.ptr, n);
	return memmem(text.ptr, text.len, compound, left.len + 1 + n) != NULL;
}

/* The last word of a text, for the hyphen's sake. */
static struct opcit_str last_word(struct opcit_str s)
{
	size_t from = s.len;

	while (from && s.ptr[from - 1] != ' ' && s.len - from < 40)
		from--;
	return opcit_str_sub(s, from, s.len);
}

/* Append a further line to the piece being built. */
void opcit_cut_join_line(struct cutter *c, struct opcit_str text)
{
	struct opcit_str before = opcit_buf_str(&c->joined);
	size_t n = before.len;

	if (n > 1 && before.ptr[n - 1] == '-' && isalpha((unsigned char)before.ptr[n - 2]) &&
	    text.len && isalpha((unsigned char)text.ptr[0])) {
		struct opcit_str left = last_word(opcit_str_sub(before, 0, n - 1));

		if (!c->blocks->hyphens_printed && !keeps_hyphen(left, text) && !prints_compound(c, left, text)) {
			opcit_drops_add(&c->blocks->drops, OPCIT_DROP_HYPHEN, OPCIT_STR("-"));
			c->joined.len--;
		}
	} else if (n > 3 && memcmp(before.ptr + n - 3, "\xE2\x80\x93", 3) == 0 &&
	           before.ptr[n - 4] != ' ') {
		/* an en dash ends the line inside a range or compound */
	} else if (n) {
		opcit_buf_putc(&c->joined, ' ');
	}
	opcit_buf_add_str(&c->joined, text);
}

