/* pool.h: the processes of an indexing run that read.
 *
 * The files are cut into batches in their order, large ones first, so that all
 * processes end at nearly the same time; each process makes parts of the
 * index (batch.h) of the batches that it is given. Whatever process is done
 * first, batches are handed on in their order, so that a run gives the same
 * index with any number of processes.
 */
#ifndef OPCIT_POOL_H
#define OPCIT_POOL_H

#include "batch.h"

/* How a process of a pool ends that Xapian has end where it could not write
 * (lib/terminate.h): for want of room, or otherwise. */
enum { OPCIT_POOL_EXIT_FULL = 73, OPCIT_POOL_EXIT_UNWRITTEN = 74 };

struct opcit_pool {
	struct opcit_reading *reading; /* its `shared` is the pool's */
	size_t jobs;                   /* processes at once, at least 1 */
	const size_t *todo;            /* the jobs to be done, in order */
	size_t n_todo;
	const volatile sig_atomic_t *stop; /* nonzero: finish the files at hand, then return */
	/* A file was read: for showing how far it is. */
	void (*step)(void *data, size_t job);
	/* The next batch in order is done; its reports are in the order of its
	 * jobs, and fewer where the run was stopped. `part` is where its records
	 * are (part.h). */
	opcit_status (*done)(void *data, const struct opcit_report *reports, size_t n, const char *part,
			     struct opcit_err *err);
	void *data;
};

/* Do all of todo. A file on which a process crashes costs that file only. What
 * `done` returns, and what makes a part impossible to write, ends the run:
 * its processes are gone when this returns. */
opcit_status opcit_pool_run(const struct opcit_pool *pool, struct opcit_err *err);

#endif
