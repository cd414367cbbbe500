/* load.h: from a path to the bytes of a file, and from bytes to records. What
 * the indexing run and `opcit doctor` have in common.
 */
#ifndef OPCIT_LOAD_H
#define OPCIT_LOAD_H

#include "reader.h"
#include "segment.h"
#include "state.h"

/* The largest file that is read, in bytes. */
#define OPCIT_FILE_MAX (UINT64_C(256) << 20)

/* Replace the content of `bytes` by that of the file at path, and fill stamp
 * with what it was read at. A file that changes meanwhile is read once more.
 * OPCIT_IO when it cannot be read or goes on changing, OPCIT_LIMIT when it is
 * larger than OPCIT_FILE_MAX, OPCIT_NOT_FOUND when there is none; err->message
 * is the bare reason ("no permission"), for the caller to put the path before. */
opcit_status opcit_load_bytes(const char *path, struct opcit_buf *bytes, struct opcit_stamp *stamp,
			      struct opcit_err *err);

/* A file that was read: everything but drops lives in the arena it was read
 * into. */
struct opcit_loaded {
	const struct opcit_reader *reader;
	struct opcit_blocks blocks;
	struct opcit_document document;
};

/* How to read. */
struct opcit_load_options {
	bool ocr;          /* read scanned pages from their images */
	const char *cache; /* where what was read so is kept, or NULL */
};

/* Read a file's content into records, in the format that its content and name
 * show. meta.id is never empty: where text gives none it is the file's name.
 * OPCIT_NOT_FOUND when it is no document, with the bare reason in
 * err->message ("a binary file", "empty"); otherwise what its reader returns. */
opcit_status opcit_load_document(const char *path, struct opcit_str bytes,
				 const struct opcit_load_options *options, /* NULL: no OCR */
				 struct opcit_arena *arena, struct opcit_loaded *loaded,
				 struct opcit_err *err);

/* Find what each record cites, links of the format included. `self` is what is
 * known of the document: its own symbol is no citation. */
struct opcit_registry;
void opcit_loaded_cite(struct opcit_loaded *loaded, const struct opcit_doc *self,
		       const struct opcit_registry *registry, struct opcit_arena *arena);

/* Append the last resort for an identifier: the file's name without its suffix. */
void opcit_load_name(const char *path, struct opcit_buf *out);

void opcit_loaded_release(struct opcit_loaded *loaded); /* the drops; the arena is the caller's */

#endif
