/* check_words.h: the words around a citation, and the dates and ordinals among
 * them, in English, French and Spanish. */
#ifndef OPCIT_CHECK_WORDS_H
#define OPCIT_CHECK_WORDS_H

#include "../lib/glyph.h"
#include "check_int.h"

enum { WORDS_MOST = 80 };

/* A stretch of text as words. */
struct words {
	const char *start, *end;
	struct opcit_token words[WORDS_MOST];
	size_t n;
};

/* The hashes of months and ordinals, made once. */
const struct words_table *words_table_of(struct check_facts *facts);

/* The words of text[from, to): the first ones where there are too many, or the `last`. */
void words_split(struct opcit_str text, size_t from, size_t to, bool last, struct words *s);
/* Is it one of these, with blanks between? */
bool words_is(const struct opcit_token *word, const char *list);
/* May [p, end) stand between two words that belong together: blanks and `marks`? */
bool words_gap(const char *p, const char *end, const char *marks);
/* "1800" to "2199" */
bool words_is_year(const struct opcit_token *word);
/* A date whose first word is words[i]: "18 December 2009", "18 de diciembre de
 * 2009", "Dec. 18, 2009", "December 2009". Returns how many words it takes. */
size_t words_date(const struct words_table *table, const struct words *s, size_t i, struct style_date *date);
/* The ordinal that ends with words[end - 1]; *first gets its first word. 0 for none. */
unsigned words_ordinal(const struct words_table *table, const struct words *s, size_t end, size_t *first);

#endif
