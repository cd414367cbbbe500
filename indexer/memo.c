#include "memo.h"

#include "../lib/file.h"
#include "../lib/version.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

/* The head is a line: the version, then the sums. */
#define HEAD "opcit " OPCIT_VERSION " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n"
#define HEAD_READ "opcit " OPCIT_VERSION " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 "%n"

void opcit_memo_release(struct opcit_memo *memo)
{
	opcit_state_release(&memo->failed);
}

bool opcit_memo_is(int fd)
{
	return fcntl(fd, F_GET_SEALS) >= 0;
}

/* The whole file, by offset: its position is shared by all who have it open. */
static bool read_all(int fd, struct opcit_buf *bytes)
{
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return false;
	opcit_buf_grow(bytes, (size_t)st.st_size + 1);
	got = pread(fd, bytes->ptr, (size_t)st.st_size, 0);
	if (got != st.st_size)
		return false;
	bytes->len = (size_t)got;
	bytes->ptr[bytes->len] = '\0';
	return true;
}

void opcit_memo_read(int fd, struct opcit_memo *memo)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	struct opcit_str rest;
	int len = 0;

	*memo = (struct opcit_memo)OPCIT_MEMO_INIT;
	if (read_all(fd, &bytes) && sscanf(bytes.ptr, HEAD_READ, &memo->added, &memo->changed, &memo->renamed,
					   &memo->removed, &len) == 4 && bytes.ptr[len] == '\n') {
		rest = opcit_str_sub(opcit_buf_str(&bytes), (size_t)len + 1, bytes.len);
		memo->first = opcit_state_decode(rest, &memo->failed, NULL) != OPCIT_OK;
	}
	opcit_buf_release(&bytes);
}

void opcit_memo_write(int fd, struct opcit_memo *memo, const struct opcit_tally *tally)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT;

	memo->added += tally->added;
	memo->changed += tally->changed;
	memo->renamed += tally->renamed;
	memo->removed += tally->removed;
	opcit_buf_printf(&bytes, HEAD, memo->added, memo->changed, memo->renamed, memo->removed);
	opcit_state_encode(&memo->failed, &bytes);
	if (ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0)
		opcit_file_write(fd, opcit_buf_str(&bytes)); /* half of it is none */
	opcit_buf_release(&bytes);
}

void opcit_memo_failed(struct opcit_memo *memo, struct opcit_str path, const char *why)
{
	struct opcit_file *entry;

	if (!path.len)
		return;
	entry = opcit_state_find(&memo->failed, path);
	if (!entry)
		entry = opcit_state_add(&memo->failed, path);
	entry->outcome = OPCIT_FILE_SKIPPED;
	entry->reason = opcit_arena_dup(&memo->failed.arena, opcit_str_of(why));
	entry->stamp = (struct opcit_stamp){ 0 };
	entry->seen = true;
	entry->n_records = 1;
}

bool opcit_memo_knows(struct opcit_memo *memo, struct opcit_str path, const struct opcit_stamp *stamp,
		      const char *why)
{
	struct opcit_file *entry = opcit_state_find(&memo->failed, path);
	bool same = entry && (stamp ? opcit_stamp_eq(entry->stamp, *stamp) : opcit_str_is(entry->reason, why));

	if (same)
		entry->seen = true;
	return same;
}

void opcit_memo_settle(struct opcit_memo *memo, const struct opcit_walk *walk)
{
	struct opcit_file *entry;
	size_t i, n = 0;

	for (i = 0; i < memo->failed.count; i++) {
		memo->failed.entries[i].gone = !memo->failed.entries[i].seen;
		n += memo->failed.entries[i].n_records;
	}
	for (i = 0; n && i < walk->n_files; i++) {
		entry = opcit_state_find(&memo->failed, opcit_walk_path(walk, &walk->files[i]));
		if (entry && entry->n_records)
			entry->stamp = walk->files[i].stamp;
	}
	for (i = 0; i < memo->failed.count; i++)
		memo->failed.entries[i].n_records = 0;
}
