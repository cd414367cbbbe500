#include "thesaurus_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "text.h"

const char *const opcit_thesaurus_langs[OPCIT_THESAURUS_LANGS] = { "en", "fr", "es" };

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

/* The terms of a line one after the other; false at the end. */
static bool next_term(struct opcit_str *terms, struct opcit_str *term)
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

static void cut_line(struct blocks *b, struct opcit_str terms, struct opcit_thesaurus_line *line)
{
	struct opcit_thesaurus_name name = { .beginning = OPCIT_THESAURUS_NOT_YET, .n_stems = OPCIT_THESAURUS_NOT_YET };
	struct opcit_str rest = terms;

	for (line->n = 0; next_term(&rest, &name.text);)
		line->n += name.text.len > 0;
	line->names = opcit_arena_alloc(b->arena, line->n * sizeof *line->names);
	for (line->n = 0; next_term(&terms, &name.text);)
		if (name.text.len)
			line->names[line->n++] = name;
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
	static const char *const keys[] = { "en", "fr", "es", "broader", "related", "en words", "fr words", "es words" };
	const char *colon = text.ptr[0] == '#' ? NULL : memchr(text.ptr, ':', text.len);
	size_t n = colon ? (size_t)(colon - text.ptr) : 0, key;

	for (key = 0; key < sizeof keys / sizeof *keys; key++) {
		if (!n || text.ptr[0] != keys[key][0] || !opcit_str_is(opcit_str_sub(text, 0, n), keys[key]))
			continue;
		OPCIT_GROW(b->lines, b->n_lines, b->cap_lines);
		b->lines[b->n_lines] = (struct opcit_thesaurus_line){
			.key = (enum opcit_thesaurus_key)key,
			.text = opcit_str_trim(opcit_str_sub(text, n + 1, text.len)),
		};
		if (key < OPCIT_THESAURUS_LISTED)
			cut_line(b, b->lines[b->n_lines].text, &b->lines[b->n_lines]);
		b->n_lines++;
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

/* The .txt files in the folder "thesaurus" of each of the folders, in the order of
 * their names. Lines of other keys are left out. */
static opcit_status read_all(const char *const *folders, size_t n_folders, struct opcit_thesaurus *t,
			     struct opcit_err *err)
{
	struct blocks b = { .arena = &t->arena };
	struct files files = { NULL, 0, 0 };
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < n_folders && status == OPCIT_OK; i++)
		status = read_folder(opcit_arena_printf(&t->arena, "%s/thesaurus", folders[i]).ptr, &t->arena, &files, err);
	for (i = 0; i < files.count; i++)
		cut_blocks(&b, files.items[i]);
	t->n = b.count;
	t->blocks = opcit_arena_alloc(&t->arena, (b.count + 1) * sizeof *t->blocks);
	if (b.count)
		memcpy(t->blocks, b.items, b.count * sizeof *t->blocks);
	free(b.items);
	free(b.lines);
	free(files.items);
	return status;
}

/* ---- the whole ---------------------------------------------------------------- */

opcit_status opcit_thesaurus_new(const char *const *folders, size_t n_folders, struct opcit_thesaurus **thesaurus,
				 struct opcit_err *err)
{
	struct opcit_thesaurus *t = opcit_xcalloc(1, sizeof *t);
	opcit_status status = read_all(folders, n_folders, t, err);
	size_t i;

	for (i = 0; i < OPCIT_THESAURUS_LANGS; i++)
		t->stemmers[i] = opcit_stemmer_new(opcit_str_of(opcit_thesaurus_langs[i]));
	*thesaurus = t;
	if (status == OPCIT_OK)
		return OPCIT_OK;
	opcit_thesaurus_free(t);
	*thesaurus = NULL;
	return status;
}

void opcit_thesaurus_free(struct opcit_thesaurus *thesaurus)
{
	size_t i;

	if (!thesaurus)
		return;
	for (i = 0; i < OPCIT_THESAURUS_LANGS; i++)
		opcit_stemmer_free(thesaurus->stemmers[i]);
	opcit_arena_release(&thesaurus->arena);
	free(thesaurus);
}
