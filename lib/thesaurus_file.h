/* thesaurus_file.h: the files of the thesaurus as blocks of lines; thesaurus.h
 * says what stands in them. For thesaurus.c and the tools that make tables of it.
 */
#ifndef OPCIT_THESAURUS_FILE_H
#define OPCIT_THESAURUS_FILE_H

#include "thesaurus.h"

enum opcit_thesaurus_key {
	OPCIT_THESAURUS_EN,
	OPCIT_THESAURUS_FR,
	OPCIT_THESAURUS_ES,
	OPCIT_THESAURUS_LANGS, /* how many languages */
	OPCIT_THESAURUS_BROADER = OPCIT_THESAURUS_LANGS,
	OPCIT_THESAURUS_RELATED,
	OPCIT_THESAURUS_PLAIN, /* plain words in the first language, then in the others */
	OPCIT_THESAURUS_LISTED = OPCIT_THESAURUS_PLAIN + OPCIT_THESAURUS_LANGS /* words, likewise: no terms */
};

enum {
	OPCIT_THESAURUS_STEM = 64,       /* bytes of a stem, with its NUL */
	OPCIT_THESAURUS_BEGINNINGS = 1 << 15
};

extern const char *const opcit_thesaurus_langs[OPCIT_THESAURUS_LANGS]; /* "en" */

/* A term: a name, a plain word, or the name of another concept. */
struct opcit_thesaurus_name {
	uint32_t text; /* where it begins */
	uint32_t block;
	uint16_t len;
	int16_t beginning; /* of its longest word */
	uint8_t key;
};

struct opcit_thesaurus_line {
	uint32_t text, len; /* all of it; of words that are listed, in a table that was read */
	uint32_t first, n;  /* of names; none of words that are listed */
	uint8_t key;
};

/* One concept; or plain words, and what documents say for them. */
struct opcit_thesaurus_block {
	uint32_t first, n; /* of lines */
};

/* That one concept names another as its broader or as a related one. */
struct opcit_thesaurus_tie {
	uint32_t from, to; /* of blocks */
	bool broader;
};

/* What stands in the files, cut and sorted: nothing but numbers and one text, so that a program
 * can have it ready. */
struct opcit_thesaurus_table {
	const char *text;
	const struct opcit_thesaurus_block *blocks; /* concepts; behind them, plain words alone */
	size_t n, n_plain;                          /* of each */
	const struct opcit_thesaurus_line *lines;
	size_t n_lines;
	const struct opcit_thesaurus_name *names; /* in the order of the blocks */
	size_t n_names;
	const uint32_t *by_beginning; /* names; those with beginning b from starts[b + 1] to starts[b + 2] */
	size_t n_met;                 /* of these: a question does not meet every name */
	const uint32_t *starts;       /* OPCIT_THESAURUS_BEGINNINGS + 2 */
	const struct opcit_thesaurus_tie *ties; /* by where they are from, then by where they lead */
	const uint32_t *ties_from, *ties_to;    /* n + 1 of each: where those of a block begin in the two halves */
	size_t n_ties;                          /* in each half */
	const uint32_t *by_name; /* concepts by the hash of their first names; UINT32_MAX for none */
	size_t n_slots;          /* a power of two */
};

/* The table of some files, for where there are just these: tools/shipped.c makes it of data/thesaurus. */
struct opcit_thesaurus_shipped {
	const struct opcit_thesaurus_file {
		const char *name;
		uint32_t size; /* bytes */
	} *files; /* in the order of their names */
	size_t n_files;
	struct opcit_thesaurus_table table;
};

/* A table and what comes of using it. */
struct opcit_thesaurus {
	struct opcit_thesaurus_table table;
	struct opcit_arena arena;
	struct opcit_stemmer *stemmers[OPCIT_THESAURUS_LANGS];
	struct opcit_thesaurus_stems *stems; /* of thesaurus.c: for each name, heap */
};

static inline struct opcit_str opcit_thesaurus_text(const struct opcit_thesaurus_table *table, size_t name)
{
	return (struct opcit_str){ table->text + table->names[name].text, table->names[name].len };
}

/* The first three letters of a word as a number, without accents, those alike that a plural may change
 * ("men", "lives"); -1 where they may be anything once folded or the word is short. */
int opcit_thesaurus_beginning(struct opcit_str text);

/* The next word of a text, between blanks; false at its end. */
static inline bool opcit_thesaurus_next_word(struct opcit_str *rest, struct opcit_str *word)
{
	const char *from = rest->ptr, *end = from + rest->len, *to;

	while (from < end && *from == ' ')
		from++;
	for (to = from; to < end && *to != ' ';)
		to++;
	*word = (struct opcit_str){ from, (size_t)(to - from) };
	*rest = (struct opcit_str){ to, (size_t)(end - to) };
	return word->len > 0;
}

/* Is a line one of what a block stands for? These are its names; where it has none, its plain words. Then *lang is the
 * line's language. */
bool opcit_thesaurus_says(const struct opcit_thesaurus_table *table, size_t block, size_t line, size_t *lang);

/* The first term that a block stands for in a language, or empty. */
struct opcit_str opcit_thesaurus_first(const struct opcit_thesaurus_table *table, size_t block, size_t lang);

/* The concept whose first English name that is, in whatever case, or table->n. */
size_t opcit_thesaurus_block_of(const struct opcit_thesaurus_table *table, struct opcit_str name);

/* The files of a folder "thesaurus" in the order of their names; the caller frees the array, the names are the
 * arena's. None where there is no such folder; OPCIT_IO where it cannot be read. */
opcit_status opcit_thesaurus_files(const char *folder, struct opcit_arena *arena, struct opcit_thesaurus_file **files,
				   size_t *n, struct opcit_err *err);

#endif
