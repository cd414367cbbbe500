/* test_meaning.c: what questions and texts are about (lib/meaning.h), by the thesaurus of the
 * project. */
#include <criterion/criterion.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/meaning.h"
#include "../../lib/text.h"
#include "../../lib/thesaurus.h"

static const char *const folders[] = { "data" };

static struct opcit_meaning about(const char *lang, const char *question)
{
	struct opcit_thesaurus *thesaurus;
	struct opcit_meaning meaning;
	struct opcit_str words[16];
	char copy[200], *save = NULL, *word;
	size_t n = 0;

	cr_assert_eq(opcit_thesaurus_new(folders, 1, NULL, &thesaurus, NULL), OPCIT_OK);
	snprintf(copy, sizeof copy, "%s", question);
	for (word = strtok_r(copy, " ", &save); word && n < 16; word = strtok_r(NULL, " ", &save))
		words[n++] = opcit_str_of(word);
	opcit_thesaurus_mean(thesaurus, &opcit_meanings, opcit_str_of(lang), words, n, &meaning);
	opcit_thesaurus_free(thesaurus);
	return meaning;
}

static double near(const struct opcit_meaning *meaning, const char *lang, const char *text)
{
	float *sums = calloc(opcit_meanings.n_concepts, sizeof *sums);
	struct opcit_stemmer *stemmer = opcit_stemmer_new(opcit_str_of(lang));
	struct opcit_tokens tokens;
	struct opcit_token token;
	double found;

	cr_assert(sums);
	opcit_tokens_init(&tokens, opcit_str_of(text));
	while (opcit_tokens_next(&tokens, &token)) {
		size_t word = opcit_meaning_word(&opcit_meanings, opcit_str_of(lang),
						 opcit_stem_unless_stop(stemmer, token.word));

		if (word < opcit_meanings.n_words)
			opcit_meaning_add(&opcit_meanings, word, 1, sums);
	}
	found = opcit_meaning_near(meaning, sums);
	opcit_stemmer_free(stemmer);
	free(sums);
	return found;
}

static const struct {
	const char *lang, *question, *concept;
} questions[] = {
	/* no whole name of it stands there */
	{ "en", "leaky tents and mud", "refugee camp" },
	{ "en", "thugs beating voters at the ballot box", "election" },
	{ "en", "villagers driven out for a dam", "forced displacement" },
	{ "fr", "des tentes et des latrines", "refugee camp" },
	{ "es", "carpas y letrinas", "refugee camp" },
	{ "", "tentes latrines", "refugee camp" }, /* in whatever language */
};

Test(meaning, questions)
{
	size_t i;

	for (i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct opcit_meaning meaning = about(questions[i].lang, questions[i].question);

		cr_assert_gt(meaning.n, 0, "%s: nothing", questions[i].question);
		cr_expect_str_eq(opcit_meaning_concept(&opcit_meanings, meaning.of[0].concept), questions[i].concept, "%s: %s",
				 questions[i].question, opcit_meaning_concept(&opcit_meanings, meaning.of[0].concept));
	}
}

Test(meaning, one_word_tells_nothing)
{
	cr_expect_eq(about("en", "tents").n, 0);
	cr_expect_eq(about("en", "the tents xyzzy").n, 0);
	cr_expect_eq(about("en", "").n, 0);
}

Test(meaning, strongest_first)
{
	struct opcit_meaning meaning = about("en", "police beat children at the border and take their phones");
	double squares = 0;
	size_t i;

	cr_assert_gt(meaning.n, 1);
	cr_assert_leq(meaning.n, OPCIT_MEANING_KEPT);
	for (i = 0; i < meaning.n; i++) {
		squares += (double)meaning.of[i].weight * meaning.of[i].weight;
		cr_expect(i == 0 || meaning.of[i].weight <= meaning.of[i - 1].weight);
	}
	cr_expect_lt(fabs(squares - 1), 1e-4);
}

Test(meaning, texts)
{
	struct opcit_meaning meaning = about("en", "leaky tents and mud");
	double told = near(&meaning, "en", "Those who were in the refugee camp were given blankets."),
	       french = near(&meaning, "fr", "Le camp de réfugiés a été déplacé."),
	       other = near(&meaning, "en", "The price of a lamp depends on the length of its wick.");

	cr_expect_gt(told, 0.2);
	cr_expect_leq(told, 1.0001);
	cr_expect_gt(french, 0.2);
	cr_expect_lt(other, 0.1);
	cr_expect_eq(near(&meaning, "en", "xyzzy"), 0);
}

Test(meaning, words)
{
	struct opcit_str en = OPCIT_STR("en"), fr = OPCIT_STR("fr");
	size_t i;

	cr_expect_lt(opcit_meaning_word(&opcit_meanings, en, OPCIT_STR("tent")), opcit_meanings.n_words);
	cr_expect_eq(opcit_meaning_word(&opcit_meanings, en, OPCIT_STR("")), opcit_meanings.n_words);
	cr_expect_eq(opcit_meaning_word(&opcit_meanings, OPCIT_STR("ru"), OPCIT_STR("tent")), opcit_meanings.n_words);
	cr_expect_neq(opcit_meaning_word(&opcit_meanings, en, OPCIT_STR("tent")),
		      opcit_meaning_word(&opcit_meanings, fr, OPCIT_STR("tent")));
	/* Each is found, and speaks of concepts that there are. */
	for (i = 0; i < opcit_meanings.n_words; i++) {
		const struct opcit_meaning_entry *entry = &opcit_meanings.words[i];
		struct opcit_str word = opcit_str_of(opcit_meanings.text + entry->word);
		size_t k;

		cr_expect_eq(opcit_meaning_word(&opcit_meanings, opcit_str_sub(word, 0, 2), opcit_str_sub(word, 3, word.len)), i);
		for (k = entry->first; k < entry->first + entry->n; k++)
			cr_assert_lt(opcit_meanings.links[k].concept, opcit_meanings.n_concepts);
	}
}
