/* part.h: records on their way into the index.
 *
 * A part is a small database in a folder of its own, made by one process
 * while others make others; opcit_writer_take (index.h) puts it into the index.
 * Small, because what Xapian holds in memory until it writes outgrows the
 * processor's cache, and every record then costs more than the one before.
 */
#ifndef OPCIT_PART_H
#define OPCIT_PART_H

#include "record.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_countries;
struct opcit_part;

/* A part to be made in folders whose names begin with `path`, for an index of
 * so many `shards` (opcit_writer_shards). Records are entered by the countries
 * that they name as well where there is a table of them (else NULL); it is
 * borrowed. Never NULL; free with opcit_part_free. */
struct opcit_part *opcit_part_new(const char *path, size_t shards, const struct opcit_countries *countries);

/* Add the records of one file, which are to be found under its `number`
 * (opcit_writer_number). They may be freed afterwards. OPCIT_LIMIT for what the
 * index cannot hold, with the part as it was; OPCIT_IO when it cannot be
 * written, and then it is of no more use. */
opcit_status opcit_part_put(struct opcit_part *part, uint32_t number, const struct opcit_doc *doc,
			    const struct opcit_record *records, size_t n, struct opcit_err *err);

/* Write what is held, in a database for each shard; none is there when no
 * record was put. Not made sure to be on the disk. OPCIT_IO when it cannot. */
opcit_status opcit_part_finish(struct opcit_part *part, struct opcit_err *err);

/* NULL is allowed. What was not finished stays as scraps beside `path`. */
void opcit_part_free(struct opcit_part *part);

#ifdef __cplusplus
}
#endif
#endif
