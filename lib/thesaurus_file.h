/* thesaurus_file.h: the files of the thesaurus as blocks of lines; thesaurus.h
 * says what stands in them. For thesaurus.c and tools/meanings.c.
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
	OPCIT_THESAURUS_LISTED /* words in the first language, then in the others: no names */
};

enum {
	OPCIT_THESAURUS_STEM = 64,   /* bytes of a stem, with its NUL */
	OPCIT_THESAURUS_NOT_YET = -2 /* what nobody has asked for */
};

extern const char *const opcit_thesaurus_langs[OPCIT_THESAURUS_LANGS]; /* "en" */

struct opcit_thesaurus_name {
	struct opcit_str text;
	int beginning, n_stems; /* of thesaurus.c, as what follows */
	char (*stems)[OPCIT_THESAURUS_STEM];
};

struct opcit_thesaurus_line {
	enum opcit_thesaurus_key key;
	struct opcit_str text; /* all of it */
	struct opcit_thesaurus_name *names; /* cut out of it; not of OPCIT_THESAURUS_LISTED */
	size_t n;
};

/* One concept. */
struct opcit_thesaurus_block {
	struct opcit_thesaurus_line *lines;
	size_t n;
};

/* All of them, and the stemmers of their languages. */
struct opcit_thesaurus {
	struct opcit_arena arena;
	struct opcit_thesaurus_block *blocks;
	size_t n;
	struct opcit_stemmer *stemmers[OPCIT_THESAURUS_LANGS];
};

#endif
