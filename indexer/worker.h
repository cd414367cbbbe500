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

/* What a worker does besides reading blocks. `before` (may be NULL) goes first,
 * while the worker may still start programs; `run` appends its answer and must
 * not fail otherwise than by what it answers. */
struct opcit_worker_job {
	void (*before)(void *data);
	void (*run)(void *data, struct opcit_buf *answer);
	void *data;
	unsigned seconds; /* of processor time; 0: OPCIT_WORKER_SECONDS */
};

/* Do it in a worker and append its answer, at most OPCIT_WIRE_MAX bytes of
 * which nothing is to be believed. Failures as of opcit_worker_read. */
opcit_status opcit_worker_run(const struct opcit_worker_job *job, struct opcit_buf *answer,
                              struct opcit_err *err);

#endif
