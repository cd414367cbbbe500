/* put.h: a document into an index, in a part of its own: what a run does with many. */
#ifndef TESTS_PUT_H
#define TESTS_PUT_H

#include <stdio.h>

#include "../../lib/index.h"
#include "../../lib/part.h"

/* With the next commit, the records of doc->source are these. */
static inline opcit_status put_document(struct opcit_writer *writer, const struct opcit_doc *doc,
					const struct opcit_record *records, size_t n, struct opcit_err *err)
{
	static unsigned parts;
	struct opcit_placed file = { .doc = *doc };
	struct opcit_part *part;
	opcit_status status = opcit_writer_number(writer, doc->source, &file.number, err);
	char path[200];

	snprintf(path, sizeof path, "%s/part-%u", opcit_writer_folder(writer), parts++);
	part = opcit_part_new(path, opcit_writer_shards(writer), NULL);
	file.doc.n_records = (uint32_t)n;
	if (status == OPCIT_OK)
		status = opcit_part_put(part, file.number, doc, records, n, err);
	if (status == OPCIT_OK)
		status = opcit_part_finish(part, err);
	if (status == OPCIT_OK)
		status = opcit_writer_take(writer, path, &file, 1, err);
	opcit_part_free(part);
	return status;
}

#endif
