/* watch.h: `opcit index --watch`: keeps an index in line with folders that change.
 *
 * This process only waits. Each update is an ordinary run in a process of its own, so
 * that what it needs is given back, a crash ends nothing, and the index is locked no
 * longer than it takes.
 */
#ifndef OPCIT_WATCH_H
#define OPCIT_WATCH_H

#include "progress.h"

enum { OPCIT_WATCH_DELAY = 250, OPCIT_WATCH_DELAY_MAX = 60000 };

struct opcit_watch_options {
	const char *db;
	char *const *paths;
	size_t n_paths;
	const char *manifest, *shards, *jobs, *memory; /* or NULL */
	bool ocr, force;             /* force: the first run only */
	enum opcit_verbosity verbosity;
	unsigned delay; /* milliseconds: how long it must be quiet after a write */
};

/* Run once, then whenever something changed: after a fifth of the delay where a file
 * was closed, moved or removed, after the delay where one is being written, and after
 * 20 delays where there is no end of it. What cannot be watched is looked at every
 * 240. A run that finds the index locked or fails is tried again. *code is the exit
 * code: 0 when a signal ended it, that of the first run where it failed for more
 * than some of the files, and of a later one where no other would do better.
 * OPCIT_IO where it cannot begin. */
opcit_status opcit_watch(const struct opcit_watch_options *options, int *code, struct opcit_err *err);

#endif
