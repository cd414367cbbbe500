/* segment.h: from blocks to records. */
#ifndef OPCIT_SEGMENT_H
#define OPCIT_SEGMENT_H

#include "../lib/record.h"
#include "block.h"

/* A segmented document. Everything is in the arena it was built in. */
struct opcit_document {
	struct opcit_doc meta;
	struct opcit_record *records;
	size_t n_records;
	/* For each record, what was printed as its number, bullet aside, and is
	 * neither in text nor in notes: "27.", "(h)", "¹". `opcit doctor` needs it
	 * to account for every character. Parallel to records. */
	struct opcit_str *printed;
	bool *quoted; /* for each record, whether it is set off as a quotation */
};

/* Cut blocks into records and find the document's own metadata (symbol,
 * title, body, type, date, session, language). Runs in linear time and never
 * fails: whatever text there is ends up in some record. Adds what it drops
 * to blocks->drops. The rules are in docs/segmenting.md. */
void opcit_segment(struct opcit_blocks *blocks, struct opcit_arena *arena,
                   struct opcit_document *document);

#endif
