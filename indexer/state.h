/* state.h: what the last run knew of every file, so that this one reads only
 * what changed. It is kept in the index, as one blob that is committed with
 * the records it speaks of; the encoding is in docs/index-format.md.
 */
#ifndef OPCIT_STATE_H
#define OPCIT_STATE_H

#include "../lib/status.h"
#include "../lib/str.h"

/* The name of the blob in the index. */
#define OPCIT_STATE_KEY "files"

/* Two equal stamps mean an unchanged file: the change time moves even where
 * the size stays and a copy restored the modification time. */
struct opcit_stamp {
	uint64_t size;    /* bytes */
	int64_t mtime_ns; /* nanoseconds since 1970 */
	int64_t ctime_ns;
	uint64_t content; /* hash of its bytes (content.h), 0 where it was not read; not compared */
};

enum opcit_outcome {
	OPCIT_FILE_INDEXED,
	OPCIT_FILE_SKIPPED,  /* looked at, no document: see reason */
	OPCIT_FILE_MANIFEST, /* a manifest.tsv, or the argument of --manifest */
	OPCIT_FILE_OUTCOMES
};

struct opcit_file {
	struct opcit_str path; /* absolute, the bytes on disk, NUL-terminated */
	struct opcit_stamp stamp;
	uint64_t overrides; /* hash of the manifest rows for it, 0 without any */
	uint64_t reading;   /* hash of what read it: program version, tables */
	union {
		struct opcit_str symbol; /* of a document */
		struct opcit_str reason; /* why another was skipped: "a binary file" */
	};
	struct opcit_str lang;
	uint32_t n_records;
	enum opcit_outcome outcome;
	bool by_name; /* its identifier is the file's name */
	/* Not stored: */
	bool seen;     /* met by this run */
	bool gone;     /* to be left out when stored */
	bool fresh;    /* read by this run */
	uint32_t next; /* hash chain */
};

struct opcit_state {
	struct opcit_file *entries;
	size_t count, cap;
	uint32_t *buckets;
	size_t n_buckets; /* a power of two, or 0 while nobody has looked */
	size_t guess;     /* the entry after the one that was found last */
	struct opcit_str kept; /* by opcit_state_keep, last */
	struct opcit_arena arena;
};
#define OPCIT_STATE_INIT                                                                           \
	{                                                                                          \
		NULL, 0, 0, NULL, 0, 0, { NULL, 0 }, OPCIT_ARENA_INIT                              \
	}

void opcit_state_release(struct opcit_state *state);

/* The entry of a path, or NULL. Borrowed until the next opcit_state_add. Paths
 * that are asked for in the order of the table cost one comparison. */
struct opcit_file *opcit_state_find(struct opcit_state *state, struct opcit_str path);

/* A new, cleared entry for a path that is not in the table. */
struct opcit_file *opcit_state_add(struct opcit_state *state, struct opcit_str path);
/* The same of a path that is NUL-terminated and outlives the table: it is borrowed. */
struct opcit_file *opcit_state_enter(struct opcit_state *state, struct opcit_str path);

/* A copy in the table of what many entries have alike: a language, why they were
 * skipped. Borrowed for as long as the table is. */
struct opcit_str opcit_state_keep(struct opcit_state *state, struct opcit_str s);

/* Append the encoding of all entries that are not gone, sorted by path: equal
 * tables give equal bytes. */
void opcit_state_encode(const struct opcit_state *state, struct opcit_buf *buf);

/* Fill an empty table. OPCIT_DAMAGED when the bytes are not an encoding that
 * this program knows; the table is then empty. Empty bytes are an empty table. */
opcit_status opcit_state_decode(struct opcit_str bytes, struct opcit_state *state,
				struct opcit_err *err);

/* FNV-1a, to be chained: start with OPCIT_HASH_INIT. */
#define OPCIT_HASH_INIT UINT64_C(0xcbf29ce484222325)
uint64_t opcit_hash(uint64_t hash, const void *bytes, size_t len);

#endif
