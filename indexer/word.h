/* word.h: walking over the words of a clause, folded for table look-up. */
#ifndef OPCIT_WORD_H
#define OPCIT_WORD_H

#include "../lib/str.h"

struct opcit_words {
	struct opcit_str text;
	size_t start, at; /* byte offsets of the word last returned and after it */
};

struct opcit_words opcit_words_of(struct opcit_str text);

/* The next word, lower case, accents of Latin letters folded, NUL-terminated
 * and cut to size - 1 bytes; a hyphen joins, an apostrophe separates. False at
 * the end. */
bool opcit_word_next(struct opcit_words *words, char *word, size_t size);

/* Number of words, at most `limit`. */
size_t opcit_word_count(struct opcit_str text, size_t limit);

/* The value of a Roman numeral in capitals (up to 3999), 0 when it is none. */
unsigned opcit_roman_value(struct opcit_str s);

/* 1 … 12 for a month's name in English, French or Spanish (folded), else 0. */
int opcit_month_of(const char *word);

#endif
