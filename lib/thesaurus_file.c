#include "thesaurus_file.h"

#include <ctype.h>
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
	struct opcit_thesaurus_block *items; /* heap */
	size_t count, cap;
};

struct cutter {
	struct opcit_arena *arena;
	struct blocks concepts, plain;
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

static void end_block(struct cutter *c)
{
	struct opcit_thesaurus_block block = { .n = c->n_lines };
	struct blocks *to;

	if (!c->n_lines)
		return;
	block.lines = opcit_arena_alloc(c->arena, c->n_lines * sizeof *c->lines);
	memcpy(block.lines, c->lines, c->n_lines * sizeof *c->lines);
	to = c->lines[0].key >= OPCIT_THESAURUS_PLAIN && c->lines[0].key < OPCIT_THESAURUS_LISTED ? &c->plain : &c->concepts;
	OPCIT_GROW(to->items, to->count, to->cap);
	to->items[to->count++] = block;
	c->n_lines = 0;
}

static void add_line(struct cutter *c, struct opcit_str text)
{
	static const char *const keys[] = { "en",	"fr",	    "es",	"broader",  "related", "en plain",
					    "fr plain", "es plain", "en words", "fr words", "es words" };
	static const size_t lens[] = { 2, 2, 2, 7, 7, 8, 8, 8, 8, 8, 8 };
	const char *colon = text.ptr[0] == '#' ? NULL : memchr(text.ptr, ':', text.len);
	size_t n = colon ? (size_t)(colon - text.ptr) : 0, key;

	for (key = 0; key < sizeof keys / sizeof *keys; key++) {
		if (n != lens[key] || memcmp(text.ptr, keys[key], n) != 0)
			continue;
		OPCIT_GROW(c->lines, c->n_lines, c->cap_lines);
		c->lines[c->n_lines++] = (struct opcit_thesaurus_line){
			.key = (enum opcit_thesaurus_key)key,
			.text = opcit_str_trim(opcit_str_sub(text, n + 1, text.len)),
		};
	}
}

static void cut_blocks(struct cutter *c, struct opcit_str text)
{
	while (text.len) {
		struct opcit_str line = next_line(&text);

		if (line.len)
			add_line(c, line);
		else
			end_block(c);
	}
	end_block(c);
}

/* Blocks moved from the heap to the arena. */
static struct opcit_thesaurus_block *kept(struct opcit_arena *arena, struct blocks *blocks, size_t *n)
{
	struct opcit_thesaurus_block *all = opcit_arena_alloc(arena, (blocks->count + 1) * sizeof *all);

	if (blocks->count)
		memcpy(all, blocks->items, blocks->count * sizeof *all);
	*n = blocks->count;
	free(blocks->items);
	return all;
}

/* The .txt files in the folder "thesaurus" of each of the folders, in the order of
 * their names. Lines of other keys are left out. */
static opcit_status read_all(const char *const *folders, size_t n_folders, struct opcit_thesaurus *t,
			     struct opcit_err *err)
{
	struct cutter c = { .arena = &t->arena };
	struct files files = { NULL, 0, 0 };
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < n_folders && status == OPCIT_OK; i++)
		status = read_folder(opcit_arena_printf(&t->arena, "%s/thesaurus", folders[i]).ptr, &t->arena, &files, err);
	for (i = 0; i < files.count; i++)
		cut_blocks(&c, files.items[i]);
	t->blocks = kept(&t->arena, &c.concepts, &t->n);
	t->plain = kept(&t->arena, &c.plain, &t->n_plain);
	free(c.lines);
	free(files.items);
	return status;
}

/* ---- names -------------------------------------------------------------------- */

struct opcit_thesaurus_block *opcit_thesaurus_block(const struct opcit_thesaurus *t, size_t number)
{
	return number < t->n ? &t->blocks[number] : &t->plain[number - t->n];
}

struct opcit_str opcit_thesaurus_text(const struct opcit_thesaurus_name *name)
{
	return (struct opcit_str){ name->text, name->len };
}

/* Letters as numbers from 1: all vowels alike, "v" as "f", capitals and accents as without; 0 for others. In the
 * second row the letters of which UTF-8 makes the byte 0xC3 and another: "é", "ñ". */
static const unsigned char letters[2][256] = {
	{ ['a'] = 1, ['b'] = 2, ['c'] = 3, ['d'] = 4, ['e'] = 1, ['f'] = 6, ['g'] = 7, ['h'] = 8, ['i'] = 1,
	  ['j'] = 10, ['k'] = 11, ['l'] = 12, ['m'] = 13, ['n'] = 14, ['o'] = 1, ['p'] = 16, ['q'] = 17, ['r'] = 18,
	  ['s'] = 19, ['t'] = 20, ['u'] = 1, ['v'] = 6, ['w'] = 23, ['x'] = 24, ['y'] = 25, ['z'] = 26,
	  ['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 1, ['F'] = 6, ['G'] = 7, ['H'] = 8, ['I'] = 1,
	  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 1, ['P'] = 16, ['Q'] = 17, ['R'] = 18,
	  ['S'] = 19, ['T'] = 20, ['U'] = 1, ['V'] = 6, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26 },
	{ [0x80] = 1, [0x81] = 1, [0x82] = 1, [0x84] = 1, [0x87] = 3, [0x88] = 1, [0x89] = 1, [0x8A] = 1, [0x8B] = 1,
	  [0x8D] = 1, [0x8E] = 1, [0x8F] = 1, [0x91] = 14, [0x93] = 1, [0x94] = 1, [0x96] = 1, [0x99] = 1, [0x9A] = 1,
	  [0x9B] = 1, [0x9C] = 1, [0xA0] = 1, [0xA1] = 1, [0xA2] = 1, [0xA4] = 1, [0xA7] = 3, [0xA8] = 1, [0xA9] = 1,
	  [0xAA] = 1, [0xAB] = 1, [0xAD] = 1, [0xAE] = 1, [0xAF] = 1, [0xB1] = 14, [0xB3] = 1, [0xB4] = 1, [0xB6] = 1,
	  [0xB9] = 1, [0xBA] = 1, [0xBB] = 1, [0xBC] = 1 },
};

int opcit_thesaurus_beginning(struct opcit_str text)
{
	int number = 0;
	size_t at = 0, i;

	for (i = 0; i < 3; i++) {
		bool accent = at + 1 < text.len && (unsigned char)text.ptr[at] == 0xC3;
		int letter;

		at += accent;
		letter = at < text.len ? letters[accent][(unsigned char)text.ptr[at++]] : 0;
		if (!letter)
			return -1;
		number = number << 5 | (letter - 1);
	}
	return number;
}

/* The beginning of the longest word that has one: fewest questions have that. */
static int telling_beginning(struct opcit_str term)
{
	struct opcit_str word;
	size_t longest = 0;
	int number = -1, one;

	while (opcit_thesaurus_next_word(&term, &word)) {
		one = word.len > longest ? opcit_thesaurus_beginning(word) : -1;
		if (one < 0)
			continue;
		longest = word.len;
		number = one;
	}
	return number;
}

/* The terms of a line one after the other; false at the end. */
static bool next_term(struct opcit_str *terms, struct opcit_str *term)
{
	const char *bar, *from = terms->ptr, *end = terms->ptr + terms->len, *to;

	if (!terms->len)
		return false;
	bar = memchr(from, '|', terms->len);
	to = bar ? bar : end;
	*terms = (struct opcit_str){ bar ? bar + 1 : end, bar ? (size_t)(end - bar - 1) : 0 };
	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	*term = (struct opcit_str){ from, (size_t)(to - from) };
	return true;
}

struct names {
	struct opcit_thesaurus_name *items; /* heap */
	size_t count, cap;
};

static void cut_line(struct names *names, size_t block, struct opcit_thesaurus_line *line)
{
	struct opcit_str rest = line->text, term;

	line->first = (uint32_t)names->count;
	while (next_term(&rest, &term)) {
		if (!term.len || term.len > UINT16_MAX)
			continue;
		OPCIT_GROW(names->items, names->count, names->cap);
		names->items[names->count++] = (struct opcit_thesaurus_name){
			.text = term.ptr,
			.block = (uint32_t)block,
			.len = (uint16_t)term.len,
			.beginning = (int16_t)telling_beginning(term),
			.key = (uint8_t)line->key,
		};
	}
	line->n = (uint32_t)names->count - line->first;
}

/* The terms of all blocks. */
static void cut_lines(struct opcit_thesaurus *t)
{
	struct names names = { NULL, 0, 0 };
	size_t i, k;

	for (i = 0; i < t->n + t->n_plain; i++) {
		struct opcit_thesaurus_block *block = opcit_thesaurus_block(t, i);

		for (k = 0; k < block->n; k++)
			if (block->lines[k].key < OPCIT_THESAURUS_LISTED)
				cut_line(&names, i, &block->lines[k]);
	}
	t->names = names.items;
	t->n_names = names.count;
}

/* Does a question meet the term? In a block of plain words only those. */
static bool is_met(const struct opcit_thesaurus *t, const struct opcit_thesaurus_name *name)
{
	return name->key >= OPCIT_THESAURUS_PLAIN || (name->key < OPCIT_THESAURUS_LANGS && name->block < t->n);
}

static void sort_by_beginning(struct opcit_thesaurus *t)
{
	size_t i;

	t->starts = opcit_arena_calloc(&t->arena, (OPCIT_THESAURUS_BEGINNINGS + 2) * sizeof *t->starts);
	t->by_beginning = opcit_arena_alloc(&t->arena, (t->n_names + 1) * sizeof *t->by_beginning);
	for (i = 0; i < t->n_names; i++)
		t->starts[t->names[i].beginning + 1] += is_met(t, &t->names[i]);
	for (i = 1; i < OPCIT_THESAURUS_BEGINNINGS + 2; i++)
		t->starts[i] += t->starts[i - 1];
	for (i = t->n_names; i-- > 0;) /* from the end: what were the ends are the starts then */
		if (is_met(t, &t->names[i]))
			t->by_beginning[--t->starts[t->names[i].beginning + 1]] = (uint32_t)i;
}

/* ---- relations ---------------------------------------------------------------- */

static size_t slot_of(const struct opcit_thesaurus *t, struct opcit_str name)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < name.len; i++)
		hash = (hash ^ (uint32_t)tolower((unsigned char)name.ptr[i])) * 16777619u;
	return hash & (t->n_slots - 1);
}

struct opcit_str opcit_thesaurus_first(const struct opcit_thesaurus *t, size_t number, size_t key)
{
	const struct opcit_thesaurus_block *block = opcit_thesaurus_block(t, number);
	size_t i;

	for (i = 0; i < block->n; i++)
		if (block->lines[i].key == key && block->lines[i].n)
			return opcit_thesaurus_text(&t->names[block->lines[i].first]);
	return OPCIT_STR("");
}

static struct opcit_str first_name(const struct opcit_thesaurus *t, size_t block)
{
	return opcit_thesaurus_first(t, block, OPCIT_THESAURUS_EN);
}

size_t opcit_thesaurus_block_of(const struct opcit_thesaurus *t, struct opcit_str name)
{
	size_t at = slot_of(t, name);

	while (t->by_name[at] != UINT32_MAX && !opcit_str_ieq(first_name(t, t->by_name[at]), name))
		at = (at + 1) & (t->n_slots - 1);
	return t->by_name[at] == UINT32_MAX ? t->n : t->by_name[at];
}

static void note_names(struct opcit_thesaurus *t)
{
	size_t i, at;

	for (t->n_slots = 1; t->n_slots < 2 * t->n + 2;)
		t->n_slots *= 2;
	t->by_name = opcit_arena_alloc(&t->arena, t->n_slots * sizeof *t->by_name);
	memset(t->by_name, 0xff, t->n_slots * sizeof *t->by_name);
	for (i = 0; i < t->n; i++) {
		if (opcit_thesaurus_block_of(t, first_name(t, i)) < t->n)
			continue;
		for (at = slot_of(t, first_name(t, i)); t->by_name[at] != UINT32_MAX;)
			at = (at + 1) & (t->n_slots - 1);
		t->by_name[at] = (uint32_t)i;
	}
}

/* The ties of all blocks in their order, then the same by where they lead. */
static void tie(struct opcit_thesaurus *t)
{
	size_t most = 0, n = 0, i;
	struct opcit_thesaurus_tie *led;

	for (i = 0; i < t->n_names; i++)
		most += t->names[i].key == OPCIT_THESAURUS_BROADER || t->names[i].key == OPCIT_THESAURUS_RELATED;
	t->ties = opcit_arena_alloc(&t->arena, (2 * most + 1) * sizeof *t->ties);
	t->ties_from = opcit_arena_calloc(&t->arena, (t->n + 2) * sizeof *t->ties_from);
	t->ties_to = opcit_arena_calloc(&t->arena, (t->n + 2) * sizeof *t->ties_to);
	for (i = 0; i < t->n_names; i++) {
		const struct opcit_thesaurus_name *name = &t->names[i];
		size_t to = name->key == OPCIT_THESAURUS_BROADER || name->key == OPCIT_THESAURUS_RELATED
				    ? opcit_thesaurus_block_of(t, opcit_thesaurus_text(name))
				    : t->n;

		if (to == t->n || name->block >= t->n)
			continue;
		t->ties[n++] = (struct opcit_thesaurus_tie){ name->block, (uint32_t)to, name->key == OPCIT_THESAURUS_BROADER };
		t->ties_from[name->block + 1]++;
		t->ties_to[to + 1]++;
	}
	for (i = 0; i <= t->n; i++) {
		t->ties_from[i + 1] += t->ties_from[i];
		t->ties_to[i + 1] += t->ties_to[i];
	}
	t->n_ties = n;
	led = t->ties + n;
	for (i = n; i-- > 0;)
		led[--t->ties_to[t->ties[i].to + 1]] = t->ties[i];
	memmove(t->ties_to, t->ties_to + 1, (t->n + 1) * sizeof *t->ties_to);
	t->ties_to[t->n] = (uint32_t)n;
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
	if (status == OPCIT_OK) {
		cut_lines(t);
		sort_by_beginning(t);
		note_names(t);
		tie(t);
		return OPCIT_OK;
	}
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
	free(thesaurus->names);
	free(thesaurus->stems);
	opcit_arena_release(&thesaurus->arena);
	free(thesaurus);
}
