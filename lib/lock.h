/* lock.h: one writer of an index at a time, and its name to whoever comes second.
 *
 * The lock is the kernel's, on the file `lock` in the index folder: it ends with
 * the process, so that a file which a crash left behind locks nothing. The file
 * is never deleted; while it is locked it holds the writer's process id as text.
 */
#ifndef OPCIT_LOCK_H
#define OPCIT_LOCK_H

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The file's name, for what looks whether a folder is empty. */
#define OPCIT_LOCK_FILE "lock"

/* Embedded; fd is -1 while nothing is held. */
struct opcit_lock {
	int fd;
};
#define OPCIT_LOCK_INIT { -1 }

/* Lock the index folder `dir`, which must exist, without waiting. The lock is
 * the open file's: a second one in the same process is refused as well, and a
 * forked child has a share in it, which an exec closes. So where the parent
 * crashes it is held until such children are gone, too.
 * OPCIT_LOCKED when another process holds it, with its id where that is known;
 * OPCIT_IO when the file cannot be made, written or locked. On failure nothing
 * is held. Costs a few system calls. */
opcit_status opcit_lock_take(const char *dir, struct opcit_lock *lock, struct opcit_err *err);

/* Unlock, for forked children too. What holds nothing is left alone. */
void opcit_lock_release(struct opcit_lock *lock);

#ifdef __cplusplus
}
#endif
#endif
