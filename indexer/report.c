#include "report.h"

#include "../lib/pack.h"

#include <string.h>

void opcit_report_encode(const struct opcit_report *report, struct opcit_buf *buf)
{
	struct opcit_str stamp = { (const char *)&report->stamp, sizeof report->stamp };
	struct opcit_buf doc = OPCIT_BUF_INIT;

	opcit_doc_encode(&report->doc, &doc);
	opcit_pack_number(buf, report->job);
	opcit_pack_number(buf, report->fate);
	opcit_pack_str(buf, stamp); /* from one process to its parent: as it stands in memory */
	opcit_pack_number(buf, report->again);
	opcit_pack_str(buf, opcit_buf_str(&doc));
	opcit_pack_str(buf, report->why);
	opcit_pack_str(buf, report->hint);
	opcit_buf_release(&doc);
}

opcit_status opcit_report_decode(struct opcit_str bytes, size_t n_jobs, struct opcit_arena *arena,
				  struct opcit_report *report, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(bytes);
	struct opcit_str stamp, doc;

	report->job = opcit_unpack_number(&in, n_jobs - 1);
	report->fate = (enum opcit_fate)opcit_unpack_number(&in, OPCIT_FATES - 1);
	stamp = opcit_unpack_str(&in);
	report->again = opcit_unpack_number(&in, 1);
	doc = opcit_unpack_str(&in);
	report->why = opcit_arena_dup(arena, opcit_unpack_str(&in));
	report->hint = opcit_arena_dup(arena, opcit_unpack_str(&in));
	if (opcit_unpack_ended(&in) && stamp.len == sizeof report->stamp &&
	    opcit_doc_decode(opcit_arena_dup(arena, doc), &report->doc, NULL) == OPCIT_OK) {
		memcpy(&report->stamp, stamp.ptr, sizeof report->stamp);
		return OPCIT_OK;
	}
	return opcit_err_set(err, OPCIT_BUG, "a process of this run tells nonsense");
}
