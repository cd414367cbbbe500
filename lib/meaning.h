/* meaning.h: what a text is about, told by its words, in whatever language and wording.
 *
 * Explicit semantic analysis (Gabrilovich and Markovitch, IJCAI 2007) with the concepts of
 * the thesaurus in the place of an encyclopaedia's articles: a word that stands in names of
 * concepts, or is listed with them, speaks a little of each; a text is about what its words
 * speak of together. "Leaky tents" are no name of a refugee camp, yet no other concept
 * is spoken of with both words; and a French paragraph lies as near as an English one.
 */
#ifndef OPCIT_MEANING_H
#define OPCIT_MEANING_H

#include <stddef.h>
#include <stdint.h>

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How much a word speaks of a concept: parts of 65535, their squares a whole for each word. */
struct opcit_meaning_link {
	uint16_t concept;
	uint16_t weight;
};

struct opcit_meaning_entry {
	uint32_t word; /* where "en:monitor" begins, the language and the stem */
	uint16_t len;
	uint16_t n;     /* links */
	uint32_t first; /* of them */
};

/* Which words speak of which concepts; tools/meanings.c makes it of data/thesaurus. */
struct opcit_meaning_table {
	const char *text; /* all that follows is numbers, which need no work when a program starts */
	const uint32_t *concepts; /* where the preferred terms begin, each with a NUL behind it */
	size_t n_concepts;
	const struct opcit_meaning_entry *words;
	size_t n_words;
	const uint32_t *slots; /* a word whose hash leads there or before: the upper half of the
				  hash, and below it 1 + the word's place; 0 for none */
	size_t n_slots;        /* a power of two */
	const struct opcit_meaning_link *links;
};
extern const struct opcit_meaning_table opcit_meanings; /* of the programs that search */

/* The preferred term of a concept; static. */
const char *opcit_meaning_concept(const struct opcit_meaning_table *table, size_t concept);

/* The place of the concept with that preferred term, n_concepts where there is none; it looks at them one by one. */
size_t opcit_meaning_place(const struct opcit_meaning_table *table, struct opcit_str name);

/* The place of a word in the table, n_words where it has it not. lang is ISO 639-1, stem as
 * opcit_stem gives it. */
size_t opcit_meaning_word(const struct opcit_meaning_table *table, struct opcit_str lang, struct opcit_str stem);

/* Add what a word of the table speaks of, so many times, to sums[n_concepts]. */
void opcit_meaning_add(const struct opcit_meaning_table *table, size_t word, float times, float *sums);

/* How much a word of the table speaks of a concept: 0 to 1. */
float opcit_meaning_weight(const struct opcit_meaning_table *table, size_t word, size_t concept);

enum { OPCIT_MEANING_KEPT = 40 };

/* What a question is about: the concepts that its words speak of most, the strongest first. */
struct opcit_meaning {
	const struct opcit_meaning_table *table;
	struct {
		uint16_t concept;
		float weight; /* their squares sum to 1 */
	} of[OPCIT_MEANING_KEPT];
	size_t n; /* 0 where no word is known */
};

/* Make it of sums[n_concepts], none of them negative. */
void opcit_meaning_keep(const struct opcit_meaning_table *table, const float *sums, struct opcit_meaning *meaning);

/* How near what a text is about (sums[n_concepts]) is to a question: 0 to 1, the cosine of the two. */
double opcit_meaning_near(const struct opcit_meaning *meaning, const float *sums);

/* The hash of a word; for who makes the table. */
uint32_t opcit_meaning_hash(struct opcit_str lang, struct opcit_str stem);

#ifdef __cplusplus
}
#endif
#endif
