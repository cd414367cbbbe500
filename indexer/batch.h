/* batch.h: reading some of a run's files into a part of the index, in a
 * process of its own.
 *
 *     file ─ bytes ─ reader ─ blocks ─ segmenter ─ records ─ citations ─ part
 *
 * What becomes of each file is told by a pipe (report.h).
 */
#ifndef OPCIT_BATCH_H
#define OPCIT_BATCH_H

#include "report.h"
#include "plan.h"
#include "run.h"

#include "../lib/country.h"
#include "../lib/registry.h"

#include <signal.h>

/* What all processes of a run have in common. The child processes have it from
 * the moment they were started; only `shared` is one memory for all. */
struct opcit_reading {
	const struct opcit_run_options *options;
	struct opcit_plan *plan;
	const uint32_t *numbers; /* of the file of each job, in the index */
	const struct opcit_registry *registry;
	const struct opcit_countries *countries;
	const char *folder; /* for parts */
	size_t shards;
	struct opcit_shared {
		volatile sig_atomic_t stop; /* end the batch after the file at hand */
		unsigned char crashed[];    /* the signal that the reading of this job ended by */
	} *shared;
};

/* The jobs todo[from, to) of a run. */
struct opcit_batch_order {
	size_t batch; /* from 0, in the order of the jobs */
	size_t from, to;
};

/* What a child process says: a header, then `len` bytes. */
struct opcit_batch_word {
	uint32_t len;
	enum { OPCIT_WORD_REPORT, OPCIT_WORD_DONE, OPCIT_WORD_FAILED } kind;
};
/* REPORT: a report. DONE: the batch is; nothing follows. FAILED: the part
 * cannot be written; a failure as of opcit_pack_failure. */

/* Where the part of a batch is, or is to be. */
void opcit_batch_path(const struct opcit_reading *reading, size_t batch, struct opcit_buf *path);

/* Take orders from one pipe and answer by the other until the first is closed.
 * The life of a child process. */
_Noreturn void opcit_batch_work(const struct opcit_reading *reading, const size_t *todo, int orders, int answers);

#endif
