/* english.h: forms of English words that a stemmer, which cuts endings, keeps apart: "sought" of "seek",
 * "children" of "child", "stricter" of "strict", and the two spellings, "labour" and "labor".
 */
#ifndef OPCIT_ENGLISH_H
#define OPCIT_ENGLISH_H

#include "str.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The word to stem in the place of a folded one: "seek" for "sought", "strict" for "stricter", "laborer" for
 * "labourer", "organize" for "organise". That is the word itself, one of the tables', or in buf. */
struct opcit_str opcit_english_base(struct opcit_str word, char buf[OPCIT_WORD_MAX]);

/* The stem of such a word where the stemmer would throw it together with one that means something else ("minority"
 * with "minor", "internal" with "internment"); empty where it does not. */
struct opcit_str opcit_english_stem(struct opcit_str base);

/* A form and its base that begin otherwise; as a spelling it is the beginning of many words. */
struct opcit_english_form {
	const char *form, *base;
	bool spelling;
};

/* Of words that begin with a prefix, or whose base does, the next form, from *place on (0 at first); false after the
 * last. So what stands under another stem is found by how it begins. */
bool opcit_english_next(struct opcit_str prefix, size_t *place, struct opcit_english_form *form);

#ifdef __cplusplus
}
#endif
#endif
