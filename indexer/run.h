/* run.h: the indexing run behind `opcit index`. */
#ifndef OPCIT_RUN_H
#define OPCIT_RUN_H

#include "load.h"
#include "progress.h"

#include "../lib/tables.h"

#include <signal.h>

/* Raise it when readers or segmenter give other records than before for the
 * same file: every file is then read again. */
enum { OPCIT_READING_REVISION = 4 };

struct opcit_run_options {
	const char *db;     /* the index folder */
	char *const *paths; /* files and folders */
	size_t n_paths;
	const struct opcit_tables *tables; /* where the registry is */
	const char *manifest; /* a manifest beyond those beside the documents, or NULL */
	uint64_t reading;     /* hash of all that decides how a file is read */
	struct opcit_load_options load;
	size_t shards;   /* databases of a new index; 0: one, or as it is */
	size_t jobs;     /* processes that read at once, at least 1 */
	uint64_t memory; /* bytes that they may need together: fewer processes where it is little */
	bool dry_run;
	bool force;                        /* read every file again */
	/* NULL, or called when there are files to read, to go on in the program
	 * that has the readers; it returns only when that fails. */
	opcit_status (*hand_over)(void *data, struct opcit_err *err);
	void *hand_over_data;
	const volatile sig_atomic_t *stop; /* nonzero: finish the file, commit, return */
};

/* Bring the index in line with the files, reporting to progress and counting
 * in its tally; the index is opened for writing only where something changed.
 * *interrupted says that `stop` ended the run early. OPCIT_OK even where
 * files failed (see tally.failed). Otherwise OPCIT_IO, OPCIT_LOCKED,
 * OPCIT_DAMAGED or OPCIT_NOMEM, and the index is as at its last commit. */
opcit_status opcit_run(const struct opcit_run_options *options, struct opcit_progress *progress,
		       bool *interrupted, struct opcit_err *err);

#endif
