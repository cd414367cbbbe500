/* progress.h: all that the indexing run prints, and what it counts.
 *
 * Results (verbose lines, the summary) go to `out`, messages and the bar to
 * `log`. The bar is drawn only where `log` is a terminal.
 */
#ifndef OPCIT_PROGRESS_H
#define OPCIT_PROGRESS_H

#include "../lib/status.h"
#include "../lib/str.h"

#include <stdio.h>

enum opcit_verbosity { OPCIT_QUIET, OPCIT_NORMAL, OPCIT_VERBOSE };

enum { OPCIT_REASONS_MAX = 24 };

/* What happened, for the summary and the exit code. */
struct opcit_tally {
	size_t added, changed, unchanged, renamed, removed, failed, skipped;
	uint64_t records; /* in the documents that this run met, old and new */
	bool nothing;     /* the folders given hold no document at all */
	double seconds;
	struct {
		char what[64];
		size_t count;
	} reasons[OPCIT_REASONS_MAX]; /* why files were skipped */
	size_t n_reasons;
};

struct opcit_memo;

struct opcit_progress {
	FILE *out, *log;
	struct opcit_memo *memo; /* of a watch (memo.h); NULL for a run by itself */
	enum opcit_verbosity verbosity;
	struct opcit_str cwd; /* paths below it are shown relative to it */
	bool bar;             /* log is a terminal */
	bool drawn;
	struct opcit_tally tally;
	struct opcit_buf shown, line;
	size_t named;                            /* skipped files that were named in a message */
	int64_t started, drawn_at, work_started; /* nanoseconds, monotonic */
	uint64_t work, done;                     /* bytes to read, bytes read */
};

void opcit_progress_init(struct opcit_progress *p, FILE *out, FILE *log,
			 enum opcit_verbosity verbosity, struct opcit_str cwd);
void opcit_progress_release(struct opcit_progress *p);

/* The path as messages show it: on one line, relative to the current folder.
 * Borrowed until the next call. */
const char *opcit_progress_path(struct opcit_progress *p, struct opcit_str path);

/* "cannot read 'path': why" and a hint (NULL or empty for none). Counts a failed file. */
void opcit_progress_failed(struct opcit_progress *p, struct opcit_str path, const char *why,
			   const char *hint);

/* Count a file that is no document; the first few are named, and all of them
 * when verbose. `again` says that an earlier run named it. */
void opcit_progress_skipped(struct opcit_progress *p, struct opcit_str path, const char *why,
			    bool again);

/* A message that counts nothing. */
void opcit_progress_warn(struct opcit_progress *p, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A line of the result; taken as it is. */
void opcit_progress_line(struct opcit_progress *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The bar: begin with the number of bytes to read, step by bytes read. */
void opcit_progress_begin(struct opcit_progress *p, uint64_t work);
void opcit_progress_step(struct opcit_progress *p, uint64_t bytes);
void opcit_progress_end(struct opcit_progress *p);

/* Whether this run brings up to date what another one of the same watch has
 * reported in full: then it says only what is new, in one line with the time. */
bool opcit_progress_is_update(const struct opcit_progress *p);

/* Set tally.seconds and print the summary, unless quiet. */
void opcit_progress_summary(struct opcit_progress *p);

#endif
