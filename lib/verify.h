/* verify.h: whether an index agrees with itself. A record has a checksum, the lists
 * of words have none: what a disk has spoiled in them shows only where all of them
 * are held against the records.
 */
#ifndef OPCIT_VERIFY_H
#define OPCIT_VERIFY_H

#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Told how far it is: `done` of `all` steps. NULL for nobody. */
typedef void opcit_verify_progress(void *data, uint64_t done, uint64_t all);

/* Read all of the index in folder `dir`, of each of its shards: its files as Xapian
 * checks them, each record and the place where it stands, that each word is listed for
 * just the records that have it, that what a record cites can be found by that, and that
 * all counts agree. OPCIT_DAMAGED with what was found first; OPCIT_USAGE where `dir` is a file of
 * shards; OPCIT_LOCKED when commits come faster than it reads. It forks: a process of
 * one thread may call it. Cost: some 30 s for a million records. */
opcit_status opcit_index_verify(const char *dir, opcit_verify_progress *progress, void *data,
				struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
