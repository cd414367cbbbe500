#include "load.h"
#include "content.h"
#include "walk.h"
#include "ocr.h"
#include "worker.h"

#include "../lib/cite_link.h"
#include "../lib/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long the clock that stamps files may stand still. */
enum { TICK_NS = 12000000 };

static opcit_status fail(struct opcit_err *err, int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		opcit_err_set(err, OPCIT_IO, "no permission");
		opcit_err_hint(err, "ask its owner for the right to read it");
		return OPCIT_IO;
	case ENOENT:
	case ESTALE: return opcit_err_set(err, OPCIT_NOT_FOUND, "no such file");
	case ELOOP: return opcit_err_set(err, OPCIT_IO, "a loop of symbolic links");
	case ENAMETOOLONG: return opcit_err_set(err, OPCIT_IO, "the path is too long");
	}
	return opcit_err_set(err, OPCIT_IO, "%s", strerror(error));
}

/* The clock that stamps files moves in steps. A file written in the current
 * step could be written once more without a change of its stamp, so let the
 * step end before reading it. */
static void settle(const struct stat *st)
{
	struct timespec now, tick = { 0, TICK_NS };
	struct opcit_stamp stamp = opcit_stamp_of(st);
	int64_t age;

	if (clock_gettime(CLOCK_REALTIME_COARSE, &now) != 0)
		return;
	age = now.tv_sec * INT64_C(1000000000) + now.tv_nsec - stamp.ctime_ns;
	if (age >= 0 && age < TICK_NS)
		nanosleep(&tick, NULL);
}

/* Read at most OPCIT_FILE_MAX + 1 bytes: a file that grows faster than it is
 * read would never end. */
static int read_all(int fd, uint64_t expected, struct opcit_buf *bytes)
{
	ssize_t got;

	opcit_buf_clear(bytes);
	opcit_buf_grow(bytes, expected + 1);
	while (bytes->len <= expected) {
		got = read(fd, bytes->ptr + bytes->len, expected + 1 - bytes->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			break;
		bytes->len += (size_t)got;
	}
	bytes->ptr[bytes->len] = '\0';
	return 0;
}

/* One attempt; *changed says that the file was not the same throughout. */
static opcit_status read_once(int fd, struct opcit_buf *bytes, struct opcit_stamp *stamp,
			      bool *changed, struct opcit_err *err)
{
	struct stat before, after;
	int error;

	if (fstat(fd, &before) != 0)
		return fail(err, errno);
	if (!S_ISREG(before.st_mode)) {
		opcit_err_set(err, OPCIT_IO, S_ISDIR(before.st_mode) ? "a folder" : "a pipe or a device");
		opcit_err_hint(err, S_ISDIR(before.st_mode) ? "name one of its files" : "save it as a file first");
		return OPCIT_IO;
	}
	if (lseek(fd, 0, SEEK_SET) != 0)
		return fail(err, errno);
	if ((uint64_t)before.st_size > OPCIT_FILE_MAX) {
		opcit_err_set(err, OPCIT_LIMIT, "larger than %d MB", (int)(OPCIT_FILE_MAX >> 20));
		opcit_err_hint(err, "split it into documents");
		return OPCIT_LIMIT;
	}
	settle(&before);
	error = read_all(fd, (uint64_t)before.st_size, bytes);
	if (error || fstat(fd, &after) != 0)
		return fail(err, error ? error : errno);
	*stamp = opcit_stamp_of(&after);
	stamp->content = opcit_content_hash(opcit_buf_str(bytes));
	*changed = !opcit_stamp_eq(opcit_stamp_of(&before), *stamp) || bytes->len != stamp->size;
	return OPCIT_OK;
}

opcit_status opcit_load_bytes(const char *path, struct opcit_buf *bytes, struct opcit_stamp *stamp,
			      struct opcit_err *err)
{
	bool changed = false;
	opcit_status status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return fail(err, errno);
	status = read_once(fd, bytes, stamp, &changed, err);
	if (status == OPCIT_OK && changed)
		status = read_once(fd, bytes, stamp, &changed, err);
	if (status == OPCIT_OK && changed) {
		status = opcit_err_set(err, OPCIT_IO, "it changes while it is read");
		opcit_err_hint(err, "run opcit index again when it is complete");
	}
	close(fd);
	return status;
}

void opcit_load_name(const char *path, struct opcit_buf *out)
{
	const char *slash = strrchr(path, '/');
	struct opcit_str name = opcit_str_of(slash ? slash + 1 : path);
	const char *dot = strrchr(name.ptr, '.');

	if (dot && dot != name.ptr)
		name.len = (size_t)(dot - name.ptr);
	opcit_path_shown(name, out);
}

static struct opcit_str name_of(const char *path, struct opcit_arena *arena)
{
	struct opcit_buf shown = OPCIT_BUF_INIT;
	struct opcit_str name;

	opcit_load_name(path, &shown);
	name = opcit_arena_dup(arena, opcit_buf_str(&shown));
	opcit_buf_release(&shown);
	return name;
}

/* A failure and not a skipped file: it is read once it is asked for. */
static opcit_status only_images(struct opcit_loaded *loaded, struct opcit_err *err)
{
	bool one = loaded->blocks.n_image_pages == 1;

	if (loaded->blocks.n_unreadable_pages)
		opcit_err_set(err, OPCIT_IO, "its fonts do not tell which letters they show");
	else
		opcit_err_set(err, OPCIT_IO, one ? "its page is only an image, without text" :
		                                   "its pages are only images, without text");
	opcit_loaded_release(loaded);
	opcit_err_hint(err, one ? "opcit index --ocr reads it" : "opcit index --ocr reads them");
	return OPCIT_IO;
}

opcit_status opcit_load_document(const char *path, struct opcit_str bytes,
				 const struct opcit_load_options *options,
				 struct opcit_arena *arena, struct opcit_loaded *loaded,
				 struct opcit_err *err)
{
	const char *why = "of no known format";
	opcit_status status;

	memset(loaded, 0, sizeof *loaded);
	if (!bytes.len)
		return opcit_err_set(err, OPCIT_NOT_FOUND, "empty");
	loaded->reader = opcit_reader_for(bytes, path, &why);
	if (!loaded->reader)
		return opcit_err_set(err, OPCIT_NOT_FOUND, "%s", why);
	if (loaded->reader->worker)
		status = opcit_worker_read(loaded->reader, bytes, arena, &loaded->blocks, err);
	else
		status = loaded->reader->read(bytes, arena, &loaded->blocks, err);
	if (status == OPCIT_OK && loaded->blocks.n_image_pages && options && options->ocr) {
		opcit_loaded_release(loaded);
		status = opcit_ocr_read(bytes, options->cache, arena, &loaded->blocks, err);
	}
	if (status != OPCIT_OK) {
		opcit_loaded_release(loaded);
		return status;
	}
	if (loaded->blocks.n_image_pages && !loaded->blocks.n_lines)
		return only_images(loaded, err);
	opcit_segment(&loaded->blocks, arena, &loaded->document);
	if (!loaded->document.n_records) {
		opcit_loaded_release(loaded);
		return opcit_err_set(err, OPCIT_NOT_FOUND, "without any text");
	}
	if (!loaded->document.meta.id.len)
		loaded->document.meta.id = name_of(path, arena);
	return OPCIT_OK;
}

/* The links whose words stand in the record. They come in the order of the
 * text, but for those of notes, and of words that stand in no record. */
static void add_links(struct opcit_cite_context *context, struct opcit_record *record,
		      const struct opcit_blocks *blocks, size_t *next)
{
	enum { AHEAD = 16 };
	size_t i;

	for (i = *next; i < blocks->n_links && i < *next + AHEAD; i++)
		if (opcit_cite_link(context, record, blocks->links[i].text, blocks->links[i].citation))
			*next = i + 1;
}

void opcit_loaded_cite(struct opcit_loaded *loaded, const struct opcit_doc *self,
		       const struct opcit_registry *registry, struct opcit_arena *arena)
{
	struct opcit_document *document = &loaded->document;
	struct opcit_cite_context *context = opcit_cite_begin(registry, self, arena);
	size_t i, linked = 0;

	for (i = 0; i < document->n_records; i++) {
		opcit_cite_record(context, &document->records[i]);
		add_links(context, &document->records[i], &loaded->blocks, &linked);
	}
}

void opcit_loaded_release(struct opcit_loaded *loaded)
{
	opcit_drops_release(&loaded->blocks.drops);
}
