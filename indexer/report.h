/* report.h: what became of one file, as the process that read it tells the one
 * that keeps the books.
 */
#ifndef OPCIT_REPORT_H
#define OPCIT_REPORT_H

#include "state.h"

#include "../lib/record.h"

enum opcit_fate {
	OPCIT_FATE_READ,    /* its records are in the segment */
	OPCIT_FATE_SKIPPED, /* it is no document: see why */
	OPCIT_FATE_FAILED,  /* it could not be read: see why; its old records stay */
	OPCIT_FATES
};

struct opcit_report {
	size_t job; /* of the plan */
	enum opcit_fate fate;
	struct opcit_stamp stamp;   /* as it was read */
	bool again;                 /* to be read again by the next run, whatever its stamp */
	struct opcit_doc doc;       /* what was read, with the number of its records */
	struct opcit_str why, hint; /* NUL-terminated; of a file that was read: a warning, or empty */
};

void opcit_report_encode(const struct opcit_report *report, struct opcit_buf *buf);
/* All strings go into the arena. OPCIT_BUG when the bytes are no report of one
 * of n_jobs jobs. */
opcit_status opcit_report_decode(struct opcit_str bytes, size_t n_jobs, struct opcit_arena *arena,
				  struct opcit_report *report, struct opcit_err *err);

#endif
