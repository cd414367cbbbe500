/* wildcard.h: words with stars: "detain*", "organi*ation". A star is any run
 * of letters and digits, also none. They are compared with words as printed,
 * after folding, and not with stems.
 */
#ifndef OPCIT_WILDCARD_H
#define OPCIT_WILDCARD_H

#include "status.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Letters and digits that must stand before the first star. */
enum { OPCIT_WILDCARD_PREFIX = 2 };

struct opcit_wildcard {
	char pattern[OPCIT_WORD_MAX]; /* folded, no two stars side by side */
	size_t len;
	size_t prefix; /* bytes before the first star */
};

/* Read a word with one star or more. OPCIT_USAGE, with a hint, when less than
 * OPCIT_WILDCARD_PREFIX letters stand before the first star, when it is not
 * one word or longer than OPCIT_WORD_MAX. */
opcit_status opcit_wildcard_init(struct opcit_wildcard *wildcard, struct opcit_str text,
				 struct opcit_err *err);
/* Does it match a folded word? At most len * word.len steps. */
bool opcit_wildcard_match(const struct opcit_wildcard *wildcard, struct opcit_str word);

#ifdef __cplusplus
}
#endif
#endif
