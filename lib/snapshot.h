/* snapshot.h: a copy of an index that is as of one moment, whoever writes meanwhile.
 */
#ifndef OPCIT_SNAPSHOT_H
#define OPCIT_SNAPSHOT_H

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Copy the index in folder `dir` into the folder `to`, which must not exist or be
 * empty and is not inside the index: an index of its own, that can be searched and written. It
 * appears as a whole, on the disk, under its name or not at all; a process that is killed
 * leaves a folder `to`.partial-N. The copy is read once and held against itself. Where commits
 * come faster than the copy is made, writers are kept away for the last attempt; so they are
 * from an index of several shards, which are committed one after the other.
 * OPCIT_USAGE for a target that is refused; OPCIT_IO where it cannot be written; OPCIT_LOCKED when the
 * index keeps changing and its writer does not end; OPCIT_DAMAGED as opcit_index_verify. Some
 * 50 s for a million records. */
opcit_status opcit_index_snapshot(const char *dir, const char *to, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
