/* index.h: the only room that knows Xapian, behind C. The writing half; the
 * reading half is search.h.
 *
 * One Xapian entry a record, in document order with consecutive ids, the
 * record's encoding (record.h) as its data; one metadata entry a document.
 * Terms, prefixes, values and metadata keys are in docs/index-format.md.
 *
 * Records are made into parts (part.h), by as many processes as one
 * likes; a writer is told of them, of what is to go and of what the run wants
 * to remember, and all of it comes to be with one commit.
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
 * parents where they are missing, and removing what an interrupted run left.
 * `shards`: how many databases a new index is to be of; 0 for one, and for an
 * index as it is. OPCIT_USAGE when it is of another number.
 * OPCIT_LOCKED when another process writes; OPCIT_IO when the folder holds
 * something else or cannot be written; OPCIT_DAMAGED when its schema is
 * unknown. The caller owns *writer. */
opcit_status opcit_writer_open(const char *dir, size_t shards, struct opcit_writer **writer,
                               struct opcit_err *err);

size_t opcit_writer_shards(const struct opcit_writer *writer);

/* The number of the file `source`: the one it has in the index, else the next
 * that no file has. */
opcit_status opcit_writer_number(struct opcit_writer *writer, struct opcit_str source, uint32_t *number,
                                 struct opcit_err *err);

/* A folder for parts; it exists, and goes with the writer. Borrowed. */
const char *opcit_writer_folder(const struct opcit_writer *writer);

/* A file whose records are in a part, and its number. */
struct opcit_placed {
	uint32_t number;
	struct opcit_doc doc; /* with the number of its records */
};

/* With the next commit, replace all records of these n files by those of the
 * part at `path`, which is the writer's from then on; `files` are in the order
 * in which their records were put, those without any included. No file may be taken twice between two commits. */
opcit_status opcit_writer_take(struct opcit_writer *writer, const char *path, const struct opcit_placed *files,
                               size_t n, struct opcit_err *err);

/* With the next commit, remove all records of the file `source`; OPCIT_NOT_FOUND
 * when there are none. */
opcit_status opcit_writer_remove(struct opcit_writer *writer, struct opcit_str source,
                                 struct opcit_err *err);

/* With the next commit, the file `from` is called `to`: its records stay under the new source
 * path, and those of a file that was called so are removed. From now on what is said
 * of either path means that. OPCIT_NOT_FOUND when there is nothing of `from`, or
 * only what waits for the commit. Costs a few entries, however long the document. */
opcit_status opcit_writer_rename(struct opcit_writer *writer, struct opcit_str from, struct opcit_str to,
				 struct opcit_err *err);

/* A small named blob that is committed together with the records: the
 * indexing run keeps its file table here. get appends to buf what was committed
 * last; a key that was never set leaves buf as it is and returns OPCIT_OK. */
opcit_status opcit_writer_get_state(struct opcit_writer *writer, const char *key,
                                    struct opcit_buf *buf, struct opcit_err *err);
opcit_status opcit_writer_set_state(struct opcit_writer *writer, const char *key,
                                    struct opcit_str blob, struct opcit_err *err);

/* The same read from an index that is not open for writing: what a run needs
 * to find out that nothing has changed. OPCIT_NOT_FOUND when there is no index,
 * OPCIT_DAMAGED when its schema is unknown. */
opcit_status opcit_index_peek_state(const char *dir, const char *key, struct opcit_buf *buf,
                                    struct opcit_err *err);

/* Make everything since the last commit visible as a whole and durable. Much
 * is merged with what is there into a new database, which costs as much as
 * copying both; a little is added in its place. When it fails the index stays
 * as it was, and the writer is of no more use. */
opcit_status opcit_writer_commit(struct opcit_writer *writer, struct opcit_err *err);

/* Close; what was not committed is gone. NULL is allowed. */
void opcit_writer_close(struct opcit_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
