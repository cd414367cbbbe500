#include "manuscript.h"
#include "align.h"
#include "annotate.h"
#include "sandbox.h"

#include "../lib/paths.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Append all of standard input. */
static opcit_status read_input(struct opcit_buf *bytes, struct opcit_err *err)
{
	enum { CHUNK = 1 << 16 };

	for (;;) {
		ssize_t got;

		opcit_buf_grow(bytes, CHUNK);
		got = read(STDIN_FILENO, bytes->ptr + bytes->len, CHUNK);
		if (got == 0)
			return OPCIT_OK;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return opcit_err_set(err, OPCIT_IO, "%s", strerror(errno));
		bytes->len += (size_t)got;
		if (bytes->len > OPCIT_FILE_MAX)
			return opcit_err_set(err, OPCIT_LIMIT, "longer than %d MB", (int)(OPCIT_FILE_MAX >> 20));
	}
}

/* Only text has lines that are the file's own. */
static void find_places(const struct opcit_loaded *loaded, struct opcit_arena *arena,
			struct opcit_manuscript *manuscript)
{
	struct opcit_align align;
	size_t i;

	manuscript->stretches =
		opcit_arena_calloc(arena, (manuscript->n_records + 1) * sizeof *manuscript->stretches);
	if (loaded->reader != &opcit_reader_text)
		return;
	manuscript->source = loaded->blocks.decoded;
	opcit_align_begin(&align, manuscript->source);
	for (i = 0; i < manuscript->n_records; i++)
		opcit_align_next(&align, manuscript->records[i].text, arena, &manuscript->stretches[i]);
	opcit_align_release(&align);
}

/* A symbol or a name near the top of a draft is rather one that it cites than its own. */
static struct opcit_doc nameless(struct opcit_doc doc)
{
	doc.id = doc.symbol = (struct opcit_str){ NULL, 0 };
	return doc;
}

/* The processor time that all may take which no worker does. */
enum { SECONDS = 120 };

/* From here on this process reads files and writes its answer, and nothing else.
 * It is the second wall, for what no worker does: where the kernel does not have it, a
 * draft is read all the same. The search for leaks, at the end, needs more. */
static void confine(void)
{
	struct rlimit time, core = { 0, 0 };

	setrlimit(RLIMIT_CORE, &core); /* no image of a draft */
	if (getrlimit(RLIMIT_CPU, &time) == 0 && time.rlim_cur > SECONDS) {
		time.rlim_cur = SECONDS;
		setrlimit(RLIMIT_CPU, &time);
	}
#ifndef __SANITIZE_ADDRESS__
	opcit_sandbox_enter(STDOUT_FILENO, NULL);
#endif
}

/* Workers are confined by themselves, and must be started before this is. */
static opcit_status load(struct opcit_str bytes, const char *name, const struct opcit_load_options *options,
			 struct opcit_arena *arena, struct opcit_loaded *loaded, struct opcit_err *err)
{
	const char *why;
	const struct opcit_reader *reader = bytes.len ? opcit_reader_for(bytes, name, &why) : NULL;
	opcit_status status;

	if (reader && !reader->worker)
		confine();
	status = opcit_load_document(name, bytes, options, arena, loaded, err);
	if (reader && reader->worker)
		confine();
	return status;
}

static opcit_status read_into(struct opcit_buf *bytes, const char *path, const char *name,
			      const struct opcit_load_options *options, const struct opcit_tables *tables,
			      struct opcit_arena *arena, struct opcit_buf *out, struct opcit_err *err)
{
	bool input = strcmp(path, "-") == 0;
	struct opcit_registry *registry = NULL;
	struct opcit_doc self;
	struct opcit_manuscript manuscript = { 0 };
	struct opcit_loaded loaded;
	struct opcit_stamp stamp;
	opcit_status status = input ? read_input(bytes, err) : opcit_load_bytes(path, bytes, &stamp, err);

	if (status == OPCIT_OK)
		status = load(opcit_buf_str(bytes), input ? name ? name : "" : path, options, arena, &loaded, err);
	if (status != OPCIT_OK)
		return status;
	status = opcit_tables_load(tables, NULL, NULL, &registry, err);
	if (status == OPCIT_OK) {
		self = nameless(loaded.document.meta);
		opcit_loaded_cite(&loaded, &self, registry, arena);
		manuscript.format = opcit_str_of(loaded.reader->name);
		manuscript.doc = loaded.document.meta;
		manuscript.doc.n_records = (uint32_t)loaded.document.n_records;
		manuscript.records = loaded.document.records;
		manuscript.quoted = loaded.document.quoted;
		manuscript.n_records = loaded.document.n_records;
		find_places(&loaded, arena, &manuscript);
		opcit_manuscript_encode(&manuscript, out);
	}
	opcit_loaded_release(&loaded);
	opcit_registry_free(registry);
	return status;
}

opcit_status opcit_manuscript_read(const char *path, const char *name,
				   const struct opcit_load_options *options,
				   const struct opcit_tables *tables, struct opcit_buf *out)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT, shown = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err why = OPCIT_ERR_INIT, err = OPCIT_ERR_INIT;
	opcit_status status = read_into(&bytes, path, name, options, tables, &arena, out, &why);

	if (status != OPCIT_OK) {
		if (status == OPCIT_NOT_FOUND)
			status = OPCIT_IO; /* a draft that is none cannot be checked */
		opcit_path_shown(opcit_str_of(name && *name ? name : strcmp(path, "-") == 0 ? "standard input" : path), &shown);
		opcit_err_set(&err, status, "cannot read '%s': %s", shown.ptr, why.message);
		if (why.hint[0])
			opcit_err_hint(&err, "%s", why.hint);
		opcit_buf_clear(out);
		opcit_manuscript_encode_failure(&err, out);
	}
	opcit_buf_release(&bytes);
	opcit_buf_release(&shown);
	opcit_arena_release(&arena);
	return status;
}

opcit_status opcit_manuscript_annotate(const char *path, struct opcit_buf *out)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf bytes = OPCIT_BUF_INIT, comments = OPCIT_BUF_INIT;
	struct opcit_annotations annotations;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_stamp stamp;
	opcit_status status = read_input(&comments, &err);

	if (status == OPCIT_OK)
		status = opcit_annotations_decode(opcit_buf_str(&comments), &arena, &annotations, &err);
	if (status == OPCIT_OK)
		status = opcit_load_bytes(path, &bytes, &stamp, &err);
	if (status == OPCIT_OK)
		status = opcit_annotate(opcit_buf_str(&bytes), &annotations, out, &err);
	if (status != OPCIT_OK) {
		err.status = status;
		opcit_buf_clear(out);
		opcit_annotated_encode_failure(&err, out);
	}
	opcit_buf_release(&bytes);
	opcit_buf_release(&comments);
	opcit_arena_release(&arena);
	return status;
}
