/* guess.c: see guess.h. */
#include "guess.h"

#include "../lib/weights.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GUESSES = 2 }; /* concepts of a question that are thought of */

static size_t count_of(uint64_t words)
{
	return (size_t)__builtin_popcountll(words);
}

static int by_place(const void *a, const void *b)
{
	int x = __builtin_ctzll(((const struct opcit_concept *)a)->words);
	int y = __builtin_ctzll(((const struct opcit_concept *)b)->words);

	return (x > y) - (x < y);
}

/* A question, and how much each of its words speaks of a concept that it names by itself. */
struct question {
	struct opcit_thesaurus *thesaurus;
	const struct opcit_meaning *meaning;
	struct opcit_str lang;
	const struct opcit_str *words;
	size_t n_words; /* OPCIT_THESAURUS_WORDS at most */
	float own[OPCIT_THESAURUS_WORDS];
};

static float speaks_of(const struct question *q, size_t word, size_t concept)
{
	return opcit_thesaurus_speaks_of(q->thesaurus, q->meaning->table, q->lang, q->words[word], concept);
}

/* "Kenya" and "Secretary-General" name what they name, and nothing with other words. */
static bool is_proper(const struct opcit_concept *concept)
{
	return concept->name.len && isupper((unsigned char)concept->name.ptr[0]);
}

static void note_own(struct question *q, const struct opcit_concept *concepts, size_t n)
{
	size_t i, place, word;

	for (i = 0; i < n; i++) {
		if (count_of(concepts[i].words) > 1)
			continue;
		place = concepts[i].plain ? q->meaning->table->n_concepts
					  : opcit_meaning_place(q->meaning->table, concepts[i].name);
		word = (size_t)__builtin_ctzll(concepts[i].words);
		if (is_proper(&concepts[i]))
			q->own[word] = INFINITY;
		else if (place < q->meaning->table->n_concepts)
			q->own[word] = speaks_of(q, word, place);
	}
}

/* The words that may be taken for a name of the concept (its place in the table), by what they speak of;
 * 0 where they say too little of it. */
static uint64_t words_for(const struct question *q, size_t concept)
{
	uint64_t taken = 0;
	float sum = 0;
	size_t i;

	for (i = 0; i < q->n_words; i++) {
		float one = speaks_of(q, i, concept);

		if (one < OPCIT_GUESS_OF_WORD || q->own[i] > OPCIT_GUESS_OWN * one)
			continue;
		taken |= (uint64_t)1 << i;
		sum += one;
	}
	return sum < OPCIT_GUESS_TOGETHER ? 0 : taken;
}

/* Does it keep its words? A word by itself does not, nor do plain words; a phrase of documents does. */
static bool keeps(const struct opcit_concept *concept)
{
	return count_of(concept->words) > 1 && (!concept->plain || concept->said);
}

/* Of these words those that no other name keeps; 0 where the concept is named already, or by a name the
 * same words are. */
static uint64_t left_of(uint64_t taken, const char *name, const struct opcit_concept *all, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!all[i].plain && opcit_str_is(all[i].name, name))
			return 0;
		if (keeps(&all[i]) && all[i].words & ~taken)
			taken &= ~all[i].words;
	}
	for (i = 0; i < n; i++)
		if (keeps(&all[i]) && all[i].words == taken)
			return 0;
	return count_of(taken) > 1 ? taken : 0;
}

/* Put a concept in the place of those that it covers, which become its parts; plain words that it shares
 * a word with are left out. Returns how many there are. */
static size_t put_in(struct opcit_concept *all, size_t n, struct opcit_concept *guess, struct opcit_arena *arena)
{
	size_t kept = 0, i;

	guess->parts = opcit_arena_alloc(arena, n * sizeof *guess->parts + 1);
	for (i = 0; i < n; i++)
		if (!(all[i].words & ~guess->words))
			guess->parts[guess->n_parts++] = all[i];
		else if (!(all[i].words & guess->words))
			all[kept++] = all[i];
	all[kept++] = *guess;
	qsort(all, kept, sizeof *all, by_place);
	return kept;
}

void guess_concepts(struct opcit_thesaurus *thesaurus, const struct opcit_meaning *meaning, struct opcit_str lang,
		    const struct opcit_str *words, size_t n_words, struct opcit_arena *arena,
		    struct opcit_concept **concepts, size_t *n)
{
	struct opcit_concept *all = opcit_arena_alloc(arena, (*n + GUESSES) * sizeof *all), *guess;
	struct question q = { thesaurus, meaning, lang, words, n_words, { 0 } };
	size_t i;

	if (*n)
		memcpy(all, *concepts, *n * sizeof *all);
	if (meaning->n && meaning->of[0].weight >= OPCIT_GUESS_LEAST)
		note_own(&q, all, *n);
	*concepts = all;
	for (i = 0; i < GUESSES && i < meaning->n && meaning->of[i].weight >= OPCIT_GUESS_LEAST; i++) {
		const char *name = opcit_meaning_concept(meaning->table, meaning->of[i].concept);
		uint64_t taken = words_for(&q, meaning->of[i].concept);

		taken = left_of(taken, name, all, *n);
		guess = taken ? opcit_thesaurus_concept(thesaurus, name, arena) : NULL;
		if (!guess)
			continue;
		guess->words = taken;
		guess->guessed = true;
		*n = put_in(all, *n, guess, arena);
	}
}
