#include "thesaurus_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "thesaurus.h"

/* ---- files -------------------------------------------------------------------- */

struct files {
	struct opcit_str *items; /* heap; the texts are the arena's */
	size_t count, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The .txt files of one folder in the order of their names: who reads them last
 * does not depend on the disk. */
static opcit_status read_folder(const char *folder, struct opcit_arena *arena, struct files *files,
				struct opcit_err *err)
{
	char **paths = NULL;
	size_t n = 0, cap = 0, i;
	opcit_status status = OPCIT_OK;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || !opcit_str_ends(opcit_str_of(entry->d_name), ".txt"))
			continue;
		OPCIT_GROW(paths, n, cap);
		paths[n++] = (char *)opcit_arena_printf(arena, "%s/%s", folder, entry->d_name).ptr;
	}
	if (dir)
		closedir(dir);
	if (n)
		qsort(paths, n, sizeof *paths, by_name);
	for (i = 0; i < n && status == OPCIT_OK; i++) {
		OPCIT_GROW(files->items, files->count, files->cap);
		status = opcit_file_read(paths[i], OPCIT_THESAURUS_MAX, arena, &files->items[files->count], err);
		if (status == OPCIT_NOT_FOUND) /* a link to nothing */
			status = opcit_err_set(err, OPCIT_IO, "cannot read '%s': it is not there", paths[i]);
		files->count += status == OPCIT_OK;
	}
	free(paths);
	return status;
}

/* ---- blocks ------------------------------------------------------------------- */

struct blocks {
	struct opcit_arena *arena;
	struct opcit_thesaurus_block *items; /* heap */
	size_t count, cap;
	struct opcit_thesaurus_line *lines; /* heap; of the block at hand */
	size_t n_lines, cap_lines;
};

static struct opcit_str next_line(struct opcit_str *rest)
{
	const char *end = memchr(rest->ptr, '\n', rest->len);
	size_t n = end ? (size_t)(end - rest->ptr) : rest->len;
	struct opcit_str line = opcit_str_trim(opcit_str_sub(*rest, 0, n));

	*rest = opcit_str_sub(*rest, n + 1, rest->len);
	return line;
}

static void end_block(struct blocks *b)
{
	struct opcit_thesaurus_block block = { .n = b->n_lines };

	if (!b->n_lines)
		return;
	block.lines = opcit_arena_alloc(b->arena, b->n_lines * sizeof *b->lines);
	memcpy(block.lines, b->lines, b->n_lines * sizeof *b->lines);
	OPCIT_GROW(b->items, b->count, b->cap);
	b->items[b->count++] = block;
	b->n_lines = 0;
}

static void add_line(struct blocks *b, struct opcit_str text)
{
	static const char *const keys[] = { "en", "fr", "es", "broader", "related" };
	const char *colon = text.ptr[0] == '#' ? NULL : memchr(text.ptr, ':', text.len);
	size_t n = colon ? (size_t)(colon - text.ptr) : 0, key;

	for (key = 0; key < sizeof keys / sizeof *keys; key++) {
		if (!n || text.ptr[0] != keys[key][0] || !opcit_str_is(opcit_str_sub(text, 0, n), keys[key]))
			continue;
		OPCIT_GROW(b->lines, b->n_lines, b->cap_lines);
		b->lines[b->n_lines].key = (enum opcit_thesaurus_key)key;
		b->lines[b->n_lines++].terms = opcit_str_trim(opcit_str_sub(text, n + 1, text.len));
	}
}

static void cut_blocks(struct blocks *b, struct opcit_str text)
{
	while (text.len) {
		struct opcit_str line = next_line(&text);

		if (line.len)
			add_line(b, line);
		else
			end_block(b);
	}
	end_block(b);
}

bool opcit_thesaurus_next(struct opcit_str *terms, struct opcit_str *term)
{
	const char *bar;
	size_t n;

	if (!terms->len)
		return false;
	bar = memchr(terms->ptr, '|', terms->len);
	n = bar ? (size_t)(bar - terms->ptr) : terms->len;
	*term = opcit_str_trim(opcit_str_sub(*terms, 0, n));
	*terms = opcit_str_sub(*terms, n + 1, terms->len);
	return true;
}

opcit_status opcit_thesaurus_read(const char *const *folders, size_t n_folders, struct opcit_arena *arena,
				  struct opcit_thesaurus_block **blocks, size_t *n, struct opcit_err *err)
{
	struct blocks b = { .arena = arena };
	struct files files = { NULL, 0, 0 };
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < n_folders && status == OPCIT_OK; i++)
		status = read_folder(opcit_arena_printf(arena, "%s/thesaurus", folders[i]).ptr, arena, &files, err);
	for (i = 0; i < files.count; i++)
		cut_blocks(&b, files.items[i]);
	*n = b.count;
	*blocks = opcit_arena_alloc(arena, (b.count + 1) * sizeof **blocks);
	if (b.count)
		memcpy(*blocks, b.items, b.count * sizeof **blocks);
	free(b.items);
	free(b.lines);
	free(files.items);
	return status;
}
