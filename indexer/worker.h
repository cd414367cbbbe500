/* worker.h: reading in a process of its own.
 *
 * Formats are hostile and their libraries large. A reader whose row says
 * `worker` runs in a forked child that has its memory, processor time and
 * wall-clock time bounded, that can open files only to read them, write to
 * nothing but its pipe, reach no network and start no program (seccomp). What
 * becomes of it costs that document only.
 */
#ifndef OPCIT_WORKER_H
#define OPCIT_WORKER_H

#include "reader.h"

/* What a worker may use. The wall clock may run three times as long as the
 * processor's. */
enum { OPCIT_WORKER_MEMORY_MB = 1024, OPCIT_WORKER_SECONDS = 60 };

/* As reader->read, but in a worker. A crash, a hang or a bound exceeded is a
 * failure (OPCIT_IO or OPCIT_LIMIT) with its reason. All but the drops lives
 * in the arena. */
opcit_status opcit_worker_read(const struct opcit_reader *reader, struct opcit_str bytes,
                               struct opcit_arena *arena, struct opcit_blocks *blocks,
                               struct opcit_err *err);

#endif
