/* memo.h: what the runs of one `opcit index --watch` tell one another: what they did
 * altogether, and what could not be read, so that it is not read and reported again
 * with every change of something else. It lives as long as the watch, in a file
 * without a name; delete it and the next run is like the first.
 */
#ifndef OPCIT_MEMO_H
#define OPCIT_MEMO_H

#include "progress.h"
#include "state.h"
#include "walk.h"

struct opcit_memo {
	bool first; /* no run has ended yet */
	uint64_t added, changed, renamed, removed;
	/* What could not be read: the path, its stamp (all 0 for a folder and what
	 * is not there) and the reason. `seen`: it still is so; n_records is 1
	 * for what this run found. */
	struct opcit_state failed;
};
#define OPCIT_MEMO_INIT { true, 0, 0, 0, 0, OPCIT_STATE_INIT }

/* Whether a descriptor can be that of a memo: a file in memory. */
bool opcit_memo_is(int fd);

/* Read the memo in the file. What is none, or another version's, is an empty one. */
void opcit_memo_read(int fd, struct opcit_memo *memo);

/* Add up what a run did and write it. Where that fails the next run tells all again. */
void opcit_memo_write(int fd, struct opcit_memo *memo, const struct opcit_tally *tally);
void opcit_memo_release(struct opcit_memo *memo);

/* A file or folder could not be read. */
void opcit_memo_failed(struct opcit_memo *memo, struct opcit_str path, const char *why);

/* Whether that is known: a file with the same stamp, or a path (stamp NULL) with
 * the same reason. Then it still is so. */
bool opcit_memo_knows(struct opcit_memo *memo, struct opcit_str path, const struct opcit_stamp *stamp,
		      const char *why);

/* At the end of a run: the stamps at which the walk met what then failed, and
 * only what failed in this run or still does. */
void opcit_memo_settle(struct opcit_memo *memo, const struct opcit_walk *walk);

#endif
