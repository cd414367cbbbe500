/* thesaurus_int.h: how the names that a question holds are found: what thesaurus.c, thesaurus_words.c and
 * thesaurus_match.c share.
 *
 * thesaurus_words.c: the question's words and the names' as stems, and which names may be in it;
 * thesaurus_match.c: where a name stands in it, and which of several that overlap it has;
 * thesaurus.c: what else these are called.
 */
#ifndef OPCIT_THESAURUS_INT_H
#define OPCIT_THESAURUS_INT_H

#include "thesaurus_file.h"

enum {
	THESAURUS_TERM_WORDS = 8,
	THESAURUS_WORD = OPCIT_THESAURUS_STEM,
	THESAURUS_FORMS = 4, /* of one word that begin otherwise (english.h) */
	THESAURUS_PARTS = 4, /* of a compound */
	THESAURUS_BEGINNINGS = 9 * OPCIT_THESAURUS_LANGS + 2 + THESAURUS_FORMS + THESAURUS_PARTS, /* of what a word may be met as */
	THESAURUS_TREATY = '<' /* before the stem of any word for a treaty in a name of several words */
};

/* A word by its stems in each language; none where it is a stop word. */
struct thesaurus_wanted {
	char stems[OPCIT_THESAURUS_LANGS][THESAURUS_WORD];
	char folded[THESAURUS_WORD];
	bool treaty[OPCIT_THESAURUS_LANGS]; /* it is a word for a treaty */
	bool acute; /* thesaurus_ends_acute() */
};

/* A block of a file and the words of the question that one of its terms names. */
struct thesaurus_match {
	uint64_t words; /* bit i for word i */
	size_t strength;
	uint32_t name;
	uint32_t block; /* as in the name */
	bool plain;     /* by a plain word, or by what documents say for one */
	bool said;      /* by that */
};

/* The stems of a name, found once: a thesaurus is asked again and again. */
struct opcit_thesaurus_stems {
	char (*stems)[THESAURUS_WORD];
	size_t n;
	bool known;
};

struct thesaurus_search {
	struct thesaurus_wanted words[OPCIT_THESAURUS_WORDS];
	size_t n_words;
	uint64_t compounds; /* of the words those with a hyphen */
	size_t lang; /* of the question; OPCIT_THESAURUS_LANGS where it is not known */
	bool begins[OPCIT_THESAURUS_BEGINNINGS + 1]; /* some word, or a term that may be met, by beginning + 1 */
	int beginnings[OPCIT_THESAURUS_WORDS * THESAURUS_BEGINNINGS + 1]; /* those */
	size_t n_beginnings;
	struct opcit_thesaurus *thesaurus;
	struct opcit_arena *arena;
	struct thesaurus_match *matches; /* heap */
	size_t n_matches, cap_matches;
	uint64_t named; /* words that name something each by itself */
	struct opcit_concept *found; /* the first matches, as concepts */
	size_t n_found;
};

/* How words of the question are a name. */
struct thesaurus_fit {
	size_t strength;
	bool typed; /* none of them is another word for the same */
};

/* ---- thesaurus_words.c -------------------------------------------------------- */

/* The stems of a name, the thesaurus's, in its language. */
const struct opcit_thesaurus_stems *thesaurus_stems_of(struct opcit_thesaurus *t, size_t lang, size_t name);
/* The first word of a text, folded. */
void thesaurus_first_word(struct opcit_str text, char word[THESAURUS_WORD]);
/* Does a word end in an "é" that is spoken, as in "traités" and "âgée"? Without it a French word is
 * another one: "traite", "âge". */
bool thesaurus_ends_acute(struct opcit_str word);
/* From then on names that have this beginning (thesaurus_file.h; -1: none) may be in the question. */
void thesaurus_add_beginning(struct thesaurus_search *s, int number);
/* Take the words of a question, as typed, and note how names that hold them may begin. */
void thesaurus_take_words(struct thesaurus_search *s, const struct opcit_str *words, size_t n);

/* ---- thesaurus_match.c -------------------------------------------------------- */

/* The words of the question from `from` on that are all of a term's: side by side or in the
 * term's order with one word between; in English in any order where none is a particle, and with two
 * words between where no small one is ("detained migrant young children"; "access to oboes and gulls for children" is no
 * access to children). 0 when they are not there. */
uint64_t thesaurus_match_at(const struct thesaurus_search *s, size_t lang, char stems[THESAURUS_TERM_WORDS][THESAURUS_WORD],
			    size_t n, size_t from, struct thesaurus_fit *fit);
/* Find all names that are in the question, the strongest first. */
void thesaurus_match_names(struct thesaurus_search *s);
/* Move matches that share no word to [from, …), of matches[from, n) those whose
 * words are some of `within` but not all, the strongest first. Returns where they
 * end. */
size_t thesaurus_pick(struct thesaurus_match *matches, size_t from, size_t n, uint64_t within);

static inline size_t thesaurus_count(uint64_t words)
{
	return (size_t)__builtin_popcountll(words);
}

static inline size_t thesaurus_first(uint64_t words)
{
	return (size_t)__builtin_ctzll(words);
}

#endif
