/* thesaurus_file.h: the files of the thesaurus as blocks of lines; thesaurus.h
 * says what stands in them. For thesaurus.c alone.
 */
#ifndef OPCIT_THESAURUS_FILE_H
#define OPCIT_THESAURUS_FILE_H

#include "status.h"
#include "str.h"

enum opcit_thesaurus_key {
	OPCIT_THESAURUS_EN,
	OPCIT_THESAURUS_FR,
	OPCIT_THESAURUS_ES,
	OPCIT_THESAURUS_LANGS, /* how many languages */
	OPCIT_THESAURUS_BROADER = OPCIT_THESAURUS_LANGS,
	OPCIT_THESAURUS_RELATED
};

struct opcit_thesaurus_line {
	enum opcit_thesaurus_key key;
	struct opcit_str terms; /* for opcit_thesaurus_next */
};

/* One concept. */
struct opcit_thesaurus_block {
	struct opcit_thesaurus_line *lines;
	size_t n;
};

/* Read the .txt files in the folder "thesaurus" of each of the folders, in the
 * order of their names, into arena. OPCIT_IO when one cannot be read,
 * OPCIT_LIMIT when it is larger than OPCIT_THESAURUS_MAX; a folder that is
 * missing is none. Lines of other keys are left out. */
opcit_status opcit_thesaurus_read(const char *const *folders, size_t n_folders, struct opcit_arena *arena,
				  struct opcit_thesaurus_block **blocks, size_t *n, struct opcit_err *err);

/* The terms of a line one after the other; false at the end. */
bool opcit_thesaurus_next(struct opcit_str *terms, struct opcit_str *term);

#endif
