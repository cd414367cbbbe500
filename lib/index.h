/* index.h: the only room that knows Xapian, behind C. The writing half; the
 * reading half is search.h.
 *
 * One Xapian entry a record, in document order with consecutive ids, the
 * record's encoding (record.h) as its data; one metadata entry a document.
 * Terms, prefixes, values and metadata keys are in docs/index-format.md.
 */
#ifndef OPCIT_INDEX_H
#define OPCIT_INDEX_H

#include "record.h"
#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_writer;

/* Open the index in folder `dir` for writing, creating the folder and its
 * parents where they are missing. OPCIT_LOCKED when another process writes;
 * OPCIT_IO when the folder holds something else or cannot be written;
 * OPCIT_DAMAGED when its schema is unknown. The caller owns *writer. */
opcit_status opcit_writer_open(const char *dir, struct opcit_writer **writer,
                               struct opcit_err *err);

/* From now on records are entered by the countries that they name as well; the
 * table is borrowed until the writer is closed. NULL ends it. */
struct opcit_countries;
void opcit_writer_set_countries(struct opcit_writer *writer,
				const struct opcit_countries *countries);

/* Replace all records of the file doc->source by these; records may be freed
 * afterwards. Visible to searches only after opcit_writer_commit. */
opcit_status opcit_writer_put(struct opcit_writer *writer, const struct opcit_doc *doc,
                              const struct opcit_record *records, size_t n_records,
                              struct opcit_err *err);

/* Remove all records of the file `source`; OPCIT_NOT_FOUND when there are none. */
opcit_status opcit_writer_remove(struct opcit_writer *writer, struct opcit_str source,
                                 struct opcit_err *err);

/* A small named blob that is committed together with the records: the
 * indexing run keeps its file table here. get appends to buf; a key that was
 * never set leaves buf as it is and returns OPCIT_OK. */
opcit_status opcit_writer_get_state(struct opcit_writer *writer, const char *key,
                                    struct opcit_buf *buf, struct opcit_err *err);
opcit_status opcit_writer_set_state(struct opcit_writer *writer, const char *key,
                                    struct opcit_str blob, struct opcit_err *err);

/* The same read from an index that is not open for writing: what a run needs
 * to find out that nothing has changed. OPCIT_NOT_FOUND when there is no index,
 * OPCIT_DAMAGED when its schema is unknown. */
opcit_status opcit_index_peek_state(const char *dir, const char *key, struct opcit_buf *buf,
                                    struct opcit_err *err);

/* Make everything since the last commit visible as a whole and durable. */
opcit_status opcit_writer_commit(struct opcit_writer *writer, struct opcit_err *err);

/* Close; what was not committed is gone. NULL is allowed. */
void opcit_writer_close(struct opcit_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
