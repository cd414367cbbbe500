/* doctor_index.c: whether an index is sound, and what has become of the files
 * that it was made of. */
#include "doctor.h"
#include "state.h"
#include "walk.h"

#include "../lib/index.h"
#include "../lib/paths.h"
#include "../lib/search.h"
#include "../lib/verify.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAMED_MOST = 20, ATTEMPTS = 5 };

/* The files that are no longer what was read. */
struct strays {
	const struct opcit_file **files;
	size_t n, cap;
};

struct examination {
	struct opcit_arena arena;
	struct opcit_state state;
	struct opcit_buf table;
	struct opcit_index *index;
	struct opcit_entry *entries;
	size_t n;
	uint64_t records;
	struct strays changed, gone;
};

#define EXAMINATION_INIT \
	(struct examination) { .arena = OPCIT_ARENA_INIT, .state = OPCIT_STATE_INIT, .table = OPCIT_BUF_INIT }

/* ---- on a terminal ---------------------------------------------------------------- */

struct bar {
	time_t begun;
	unsigned shown; /* per cent */
	bool drawn;
};

/* What is over in a second needs no bar. */
static void show_progress(void *data, uint64_t done, uint64_t all)
{
	struct bar *bar = data;
	unsigned part = all ? (unsigned)(done * 100 / all) : 0;

	if (part > 99)
		part = 99;
	if (part == bar->shown || time(NULL) - bar->begun < 2)
		return;
	bar->shown = part;
	bar->drawn = true;
	fprintf(stderr, "\rreading the index: %u %%", part);
	fflush(stderr);
}

static opcit_status verify(const char *db, struct opcit_err *err)
{
	struct bar bar = { .begun = time(NULL) };
	opcit_status status =
		opcit_index_verify(db, isatty(STDERR_FILENO) ? show_progress : NULL, &bar, err);

	if (bar.drawn)
		fputs("\r\033[K", stderr);
	return status;
}

/* ---- the table of files -------------------------------------------------------------- */

static int by_source(const void *a, const void *b)
{
	return opcit_str_cmp(((const struct opcit_entry *)a)->doc.source, ((const struct opcit_entry *)b)->doc.source);
}

/* Each document of the table has its entry, and there is no other. */
static opcit_status compare_table(struct examination *all, struct opcit_err *err)
{
	struct opcit_buf source = OPCIT_BUF_INIT;
	size_t documents = 0, i;
	bool same = true;

	qsort(all->entries, all->n, sizeof *all->entries, by_source);
	for (i = 0; i < all->state.count && same; i++) {
		const struct opcit_file *file = &all->state.entries[i];
		struct opcit_entry wanted = { .number = 0 }, *found;

		if (file->outcome != OPCIT_FILE_INDEXED)
			continue;
		documents++;
		opcit_buf_clear(&source);
		opcit_path_utf8(file->path, &source);
		wanted.doc.source = opcit_buf_str(&source);
		found = bsearch(&wanted, all->entries, all->n, sizeof *all->entries, by_source);
		same = found && found->doc.n_records == file->n_records;
	}
	opcit_buf_release(&source);
	if (same && documents == all->n)
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_DAMAGED, "the index is damaged: its table of files does not agree with its documents");
	opcit_err_hint(err, "`opcit index --force` with the files and folders that it was made of reads them again");
	return OPCIT_DAMAGED;
}

static void add_stray(struct strays *to, const struct opcit_file *file)
{
	OPCIT_GROW(to->files, to->n, to->cap);
	to->files[to->n++] = file;
}

/* Only touched or copied to its place, and still what was read. */
static bool is_as_read(const struct opcit_file *file, const struct stat *st, struct opcit_buf *bytes)
{
	struct opcit_stamp now = opcit_stamp_of(st);

	if (opcit_stamp_eq(now, file->stamp))
		return true;
	return file->stamp.content && now.size == file->stamp.size &&
	       opcit_load_bytes(file->path.ptr, bytes, &now, NULL) == OPCIT_OK && now.content == file->stamp.content;
}

static void look_for_sources(struct examination *all)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	struct stat st;
	size_t i;

	for (i = 0; i < all->state.count; i++) {
		const struct opcit_file *file = &all->state.entries[i];

		if (stat(file->path.ptr, &st) != 0)
			add_stray(&all->gone, file);
		else if (!is_as_read(file, &st, &bytes))
			add_stray(&all->changed, file);
	}
	opcit_buf_release(&bytes);
}

/* ---- what is printed ------------------------------------------------------------------ */

static void print_strays(FILE *out, const struct strays *strays, const char *what, const char *remedy)
{
	struct opcit_buf shown = OPCIT_BUF_INIT;
	size_t i;

	if (!strays->n)
		return;
	fprintf(out, "%zu file%s %s %s: %s\n", strays->n, strays->n == 1 ? "" : "s", strays->n == 1 ? "has" : "have", what,
		remedy);
	for (i = 0; i < strays->n && i < NAMED_MOST; i++) {
		opcit_buf_clear(&shown);
		opcit_path_shown(strays->files[i]->path, &shown);
		fprintf(out, "  %s\n", shown.ptr);
	}
	if (i < strays->n)
		fprintf(out, "  and %zu more; --json lists them all\n", strays->n - i);
	opcit_buf_release(&shown);
}

static void put_strays(struct opcit_buf *buf, const char *name, const struct strays *strays)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	size_t i;

	opcit_buf_printf(buf, ",\"%s\":[", name);
	for (i = 0; i < strays->n; i++) {
		opcit_buf_clear(&path);
		opcit_path_utf8(strays->files[i]->path, &path);
		opcit_buf_puts(buf, i ? "," : "");
		opcit_doctor_json(buf, opcit_buf_str(&path));
	}
	opcit_buf_putc(buf, ']');
	opcit_buf_release(&path);
}

static void print_sound(FILE *out, const struct examination *all, bool json)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	if (json) {
		opcit_buf_printf(&buf, "{\"v\":1,\"files\":%zu,\"records\":%llu,\"sound\":true", all->n,
				 (unsigned long long)all->records);
		put_strays(&buf, "changed", &all->changed);
		put_strays(&buf, "gone", &all->gone);
		fprintf(out, "%s}\n", buf.ptr);
		opcit_buf_release(&buf);
		return;
	}
	fprintf(out, "%zu files, %llu records: sound\n", all->n, (unsigned long long)all->records);
	print_strays(out, &all->changed, "changed since the index was made", "`opcit index` reads what changed again");
	print_strays(out, &all->gone, "gone", "`opcit index` with their folder removes them");
}

static void print_damage(FILE *out, const struct opcit_err *err)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	opcit_buf_puts(&buf, "{\"v\":1,\"sound\":false,\"damage\":");
	opcit_doctor_json(&buf, opcit_str_of(err->message));
	fprintf(out, "%s}\n", buf.ptr);
	opcit_buf_release(&buf);
}

static opcit_status read_table(const char *db, struct examination *all, struct opcit_err *err)
{
	opcit_status status = opcit_index_peek_state(db, OPCIT_STATE_KEY, &all->table, err);

	if (status == OPCIT_OK)
		status = opcit_state_decode(opcit_buf_str(&all->table), &all->state, err);
	return status == OPCIT_OK ? compare_table(all, err) : status;
}

static opcit_status examine(const char *db, struct examination *all, struct opcit_err *err)
{
	opcit_status status = opcit_index_open(db, &all->index, err);
	size_t i;

	if (status == OPCIT_OK)
		status = verify(db, err);
	if (status == OPCIT_OK)
		status = opcit_index_entries(all->index, &all->arena, &all->entries, &all->n, err);
	if (status == OPCIT_OK && !opcit_index_is_shard(all->index))
		status = read_table(db, all, err);
	if (status != OPCIT_OK)
		return status;
	for (i = 0; i < all->n; i++)
		all->records += all->entries[i].doc.n_records;
	look_for_sources(all);
	return OPCIT_OK;
}

static void release(struct examination *all)
{
	opcit_index_close(all->index);
	opcit_state_release(&all->state);
	opcit_buf_release(&all->table);
	opcit_arena_release(&all->arena);
	free(all->changed.files);
	free(all->gone.files);
	*all = EXAMINATION_INIT;
}

opcit_status opcit_doctor_index(const char *db, bool json, FILE *out, struct opcit_err *err)
{
	struct examination all = EXAMINATION_INIT;
	struct opcit_err why = OPCIT_ERR_INIT;
	opcit_status status;
	uint64_t stamp;
	int attempt = 1;

	/* A commit between one look and the next is no damage. */
	do {
		release(&all);
		stamp = opcit_index_stamp(db);
		status = examine(db, &all, &why);
	} while (status == OPCIT_DAMAGED && opcit_index_stamp(db) != stamp && ++attempt <= ATTEMPTS);

	if (status == OPCIT_OK)
		print_sound(out, &all, json);
	else if (status == OPCIT_DAMAGED && json)
		print_damage(out, &why);
	if (err)
		*err = why;
	release(&all);
	return status;
}
