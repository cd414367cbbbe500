/* thesaurus.h: words that mean the same, so that a question need not be put in
 * the document's words.
 *
 * Plain text files, a concept a block (docs/thesaurus.md):
 *
 *     en: unaccompanied child | lone child
 *     fr: enfant non accompagné
 *     es: niño no acompañado
 *     broader: child
 *     en words: alone | runaway
 *
 *     en plain: bigwig
 *     en: senior official
 *
 * The files are read once; for each question only the names whose longest word begins like
 * one of its words are looked at closely, and cut into words when they are first met.
 */
#ifndef OPCIT_THESAURUS_H
#define OPCIT_THESAURUS_H

#include "meaning.h"
#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
	OPCIT_THESAURUS_WORDS = 48,  /* of a question that are looked up; the rest mean themselves */
	OPCIT_THESAURUS_TERMS = 160,  /* of one concept that are kept */
	OPCIT_THESAURUS_MAX = 4 << 20 /* bytes of one file */
};

/* How a term belongs to the words that it may stand for. */
enum opcit_term_relation {
	OPCIT_TERM_SAME,     /* another name of the concept */
	OPCIT_TERM_PLAIN,    /* what documents say for a plain word */
	OPCIT_TERM_NARROWER, /* a name of a concept of which it is the broader one */
	OPCIT_TERM_RELATED   /* the first name of a broader or a related concept */
};

struct opcit_thesaurus_term {
	struct opcit_str text; /* "separated child" */
	struct opcit_str lang; /* "en", "fr", "es" */
	enum opcit_term_relation relation;
};

/* A concept that words of the question name. */
struct opcit_concept {
	uint64_t words; /* bit i for word i */
	struct opcit_str name; /* its preferred English term */
	struct opcit_thesaurus_term *terms; /* without the one that was typed */
	size_t n_terms;
	struct opcit_concept *parts; /* what some of its words name by themselves */
	size_t n_parts;
	bool plain; /* its words are plain ones, or what documents say for such, and no name of a concept */
	bool said;  /* they are what documents say */
	bool guessed; /* its words are no name of it, but speak of it together */
};

struct opcit_thesaurus;

/* What comes with a program, ready: the files of data/thesaurus by name and size, and what stands in them. */
struct opcit_thesaurus_shipped;
extern const struct opcit_thesaurus_shipped opcit_thesaurus_shipped; /* of the programs that search */

/* The files whose names end in .txt of the folder "thesaurus" in each of the tables' folders;
 * the caller frees it. Three megabytes take some milliseconds; where the files are just those of
 * `shipped` (NULL: none), by their names and sizes, they are not read.
 * OPCIT_LIMIT when a file is larger than OPCIT_THESAURUS_MAX, OPCIT_IO when one
 * cannot be read; a folder that is missing is none. */
opcit_status opcit_thesaurus_new(const char *const *folders, size_t n_folders,
				 const struct opcit_thesaurus_shipped *shipped, struct opcit_thesaurus **thesaurus,
				 struct opcit_err *err);
void opcit_thesaurus_free(struct opcit_thesaurus *thesaurus); /* may be NULL */

/* Are there names in that language (ISO 639-1)? */
bool opcit_thesaurus_speaks(struct opcit_str lang);

/* The language ("en") that a question is in: by its stop words, of which it has more than of another; where they
 * do not tell, by the language whose terms hold most of its words; empty where neither tells. words are as typed, one each. */
struct opcit_str opcit_thesaurus_listen(const struct opcit_thesaurus *thesaurus, const struct opcit_str *words,
					size_t n_words);

/* Find the concepts that the question's words name, the longest names first,
 * each word in one concept at most, in the order of their first words. A term
 * is met in all its forms; one of several words in its own order, with a word
 * between at most ("detained migrant children" are detained children), or in
 * English in any order and, for less, with two words between; its stop words do not count. What some of a long name's
 * words name by themselves stands in its parts: "jail" in "kids in jail". In a question
 * of a known language one word is no name of another: "pays" is no pay, "age" not "âgé".
 * lang is that, or empty; words are as typed, one each. The concepts are in arena,
 * their texts the thesaurus's; no match is *n 0. */
void opcit_thesaurus_find(struct opcit_thesaurus *thesaurus, struct opcit_str lang,
			  const struct opcit_str *words, size_t n_words, struct opcit_arena *arena,
			  struct opcit_concept **concepts, size_t *n);

/* What the words of a question are about together (meaning.h), in a known language or, where
 * lang is empty, in any; meaning->n is 0 where fewer than two tell. words are as typed, one each, those
 * that are empty count nothing. */
void opcit_thesaurus_mean(struct opcit_thesaurus *thesaurus, const struct opcit_meaning_table *table,
			  struct opcit_str lang, const struct opcit_str *words, size_t n_words,
			  struct opcit_meaning *meaning);

/* The concept whose preferred English term that is, with all its names; NULL where there is none. */
struct opcit_concept *opcit_thesaurus_concept(struct opcit_thesaurus *thesaurus, const char *name,
					      struct opcit_arena *arena);

/* How much a word as typed speaks of a concept (its place in the table): 0 to about 1. lang as above. */
float opcit_thesaurus_speaks_of(struct opcit_thesaurus *thesaurus, const struct opcit_meaning_table *table,
				struct opcit_str lang, struct opcit_str word, size_t concept);

#ifdef __cplusplus
}
#endif
#endif
