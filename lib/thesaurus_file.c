#include "thesaurus_file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "text.h"

/* Bytes of all files: places in them are uint32_t. */
#define MOST_TEXT ((size_t)1 << 30)

const char *const opcit_thesaurus_langs[OPCIT_THESAURUS_LANGS] = { "en", "fr", "es" };

/* ---- files -------------------------------------------------------------------- */

static int by_file_name(const void *a, const void *b)
{
	const struct opcit_thesaurus_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* In the order of their names: who reads them last does not depend on the disk. */
opcit_status opcit_thesaurus_files(const char *folder, struct opcit_arena *arena, struct opcit_thesaurus_file **files,
				   size_t *n, struct opcit_err *err)
{
	struct opcit_thesaurus_file *all = NULL;
	size_t cap = 0;
	const char *path = opcit_arena_printf(arena, "%s/thesaurus", folder).ptr;
	DIR *dir = opendir(path);
	struct dirent *entry;

	*n = 0;
	*files = NULL;
	if (!dir && errno != ENOENT && errno != ENOTDIR)
		return opcit_err_set(err, OPCIT_IO, "cannot read '%s': %s", path, strerror(errno));
	while (dir && (entry = readdir(dir))) {
		struct stat st;

		if (entry->d_name[0] == '.' || !opcit_str_ends(opcit_str_of(entry->d_name), ".txt"))
			continue;
		OPCIT_GROW(all, *n, cap);
		all[(*n)++] = (struct opcit_thesaurus_file){
			.name = opcit_arena_dup(arena, opcit_str_of(entry->d_name)).ptr,
			.size = fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 && st.st_size < UINT32_MAX
					? (uint32_t)st.st_size
					: 0,
		};
	}
	if (dir)
		closedir(dir);
	if (*n)
		qsort(all, *n, sizeof *all, by_file_name);
	*files = all;
	return OPCIT_OK;
}

static bool is_shipped(const struct opcit_thesaurus_shipped *shipped, const struct opcit_thesaurus_file *files, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < shipped->n_files; i++)
		if (strcmp(files[i].name, shipped->files[i].name) != 0 || files[i].size != shipped->files[i].size)
			return false;
	return n == shipped->n_files;
}

/* The files of a folder, one after the other; an empty line ends each. */
static opcit_status read_folder(const char *folder, const struct opcit_thesaurus_file *files, size_t n,
				struct opcit_buf *text, struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < n && status == OPCIT_OK; i++) {
		const char *path = opcit_arena_printf(&arena, "%s/thesaurus/%s", folder, files[i].name).ptr;
		struct opcit_str one;

		status = opcit_file_read(path, OPCIT_THESAURUS_MAX, &arena, &one, err);
		if (status == OPCIT_NOT_FOUND) /* a link to nothing */
			status = opcit_err_set(err, OPCIT_IO, "cannot read '%s': it is not there", path);
		if (status == OPCIT_OK && text->len + one.len > MOST_TEXT)
			status = opcit_err_set(err, OPCIT_LIMIT, "the files of '%s/thesaurus' are too large together", folder);
		if (status != OPCIT_OK)
			break;
		opcit_buf_add(text, one.ptr, one.len);
		opcit_buf_puts(text, "\n\n");
	}
	opcit_arena_release(&arena);
	return status;
}

/* ---- blocks ------------------------------------------------------------------- */

/* A table as it grows; all is heap. */
struct cutter {
	struct opcit_str text;
	struct blocks {
		struct opcit_thesaurus_block *items;
		size_t count, cap;
	} concepts, plain;
	struct opcit_thesaurus_line *lines;
	size_t n_lines, cap_lines, first; /* of the block at hand */
	struct opcit_thesaurus_name *names;
	size_t n_names, cap_names;
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
	struct blocks *to;
	size_t key;

	if (c->n_lines == c->first)
		return;
	key = c->lines[c->first].key;
	to = key >= OPCIT_THESAURUS_PLAIN && key < OPCIT_THESAURUS_LISTED ? &c->plain : &c->concepts;
	OPCIT_GROW(to->items, to->count, to->cap);
	to->items[to->count++] = (struct opcit_thesaurus_block){ (uint32_t)c->first, (uint32_t)(c->n_lines - c->first) };
	c->first = c->n_lines;
}

static void add_line(struct cutter *c, struct opcit_str text)
{
	static const char *const keys[] = { "en",	"fr",	    "es",	"broader",  "related", "en plain",
					    "fr plain", "es plain", "en words", "fr words", "es words" };
	static const size_t lens[] = { 2, 2, 2, 7, 7, 8, 8, 8, 8, 8, 8 };
	const char *colon = text.ptr[0] == '#' ? NULL : memchr(text.ptr, ':', text.len);
	size_t n = colon ? (size_t)(colon - text.ptr) : 0, key;
	struct opcit_str said;

	for (key = 0; key < sizeof keys / sizeof *keys; key++) {
		if (n != lens[key] || memcmp(text.ptr, keys[key], n) != 0)
			continue;
		said = opcit_str_trim(opcit_str_sub(text, n + 1, text.len));
		OPCIT_GROW(c->lines, c->n_lines, c->cap_lines);
		c->lines[c->n_lines++] = (struct opcit_thesaurus_line){
			.text = said.len ? (uint32_t)(said.ptr - c->text.ptr) : 0,
			.len = (uint32_t)said.len,
			.key = (uint8_t)key,
		};
	}
}

/* Lines of other keys are left out. */
static void cut_blocks(struct cutter *c)
{
	struct opcit_str rest = c->text;

	while (rest.len) {
		struct opcit_str line = next_line(&rest);

		if (line.len)
			add_line(c, line);
		else
			end_block(c);
	}
	end_block(c);
}

/* ---- names -------------------------------------------------------------------- */

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

static void cut_line(struct cutter *c, size_t block, struct opcit_thesaurus_line *line)
{
	struct opcit_str rest = { c->text.ptr + line->text, line->len }, term;

	line->first = (uint32_t)c->n_names;
	while (line->key < OPCIT_THESAURUS_LISTED && next_term(&rest, &term)) {
		if (!term.len || term.len > UINT16_MAX)
			continue;
		OPCIT_GROW(c->names, c->n_names, c->cap_names);
		c->names[c->n_names++] = (struct opcit_thesaurus_name){
			.text = (uint32_t)(term.ptr - c->text.ptr),
			.block = (uint32_t)block,
			.len = (uint16_t)term.len,
			.beginning = (int16_t)telling_beginning(term),
			.key = line->key,
		};
	}
	line->n = (uint32_t)c->n_names - line->first;
}

/* What has been cut, in the arena. */
static void keep(struct cutter *c, struct opcit_arena *arena, struct opcit_thesaurus_table *t)
{
	size_t n_blocks = c->concepts.count + c->plain.count, i, k;
	struct opcit_thesaurus_block *blocks = opcit_arena_alloc(arena, (n_blocks + 1) * sizeof *blocks);
	struct opcit_thesaurus_line *lines = opcit_arena_alloc(arena, (c->n_lines + 1) * sizeof *lines);
	struct opcit_thesaurus_name *names;

	if (c->concepts.count)
		memcpy(blocks, c->concepts.items, c->concepts.count * sizeof *blocks);
	if (c->plain.count)
		memcpy(blocks + c->concepts.count, c->plain.items, c->plain.count * sizeof *blocks);
	for (i = 0; i < n_blocks; i++)
		for (k = 0; k < blocks[i].n; k++)
			cut_line(c, i, &c->lines[blocks[i].first + k]);
	names = opcit_arena_alloc(arena, (c->n_names + 1) * sizeof *names);
	if (c->n_lines)
		memcpy(lines, c->lines, c->n_lines * sizeof *lines);
	if (c->n_names)
		memcpy(names, c->names, c->n_names * sizeof *names);
	*t = (struct opcit_thesaurus_table){
		.text = c->text.ptr,
		.blocks = blocks,
		.n = c->concepts.count,
		.n_plain = c->plain.count,
		.lines = lines,
		.n_lines = c->n_lines,
		.names = names,
		.n_names = c->n_names,
	};
	free(c->concepts.items);
	free(c->plain.items);
	free(c->lines);
	free(c->names);
}

/* Several words that say one thing: "last resort", and not "water and sanitation". */
static bool is_phrase(struct opcit_str text)
{
	static const char *const joints[] = { " and ", " or ", " et ", " ou ", " y ", " o " };
	size_t i;

	for (i = 0; i < sizeof joints / sizeof *joints; i++)
		if (opcit_str_find(text, joints[i]))
			return false;
	return opcit_str_find(text, " ") != NULL;
}

/* Does a question meet the term? In a block of plain words those, and phrases that documents say for them. */
static bool is_met(const struct opcit_thesaurus_table *t, const struct opcit_thesaurus_name *name)
{
	return name->key >= OPCIT_THESAURUS_PLAIN ||
	       (name->key < OPCIT_THESAURUS_LANGS &&
		(name->block < t->n || is_phrase((struct opcit_str){ t->text + name->text, name->len })));
}

static void sort_by_beginning(struct opcit_thesaurus_table *t, struct opcit_arena *arena)
{
	uint32_t *starts = opcit_arena_calloc(arena, (OPCIT_THESAURUS_BEGINNINGS + 2) * sizeof *starts);
	uint32_t *by_beginning = opcit_arena_alloc(arena, (t->n_names + 1) * sizeof *by_beginning);
	size_t i;

	for (i = 0; i < t->n_names; i++)
		starts[t->names[i].beginning + 1] += is_met(t, &t->names[i]);
	for (i = 1; i < OPCIT_THESAURUS_BEGINNINGS + 2; i++)
		starts[i] += starts[i - 1];
	t->n_met = starts[OPCIT_THESAURUS_BEGINNINGS + 1];
	for (i = t->n_names; i-- > 0;) /* from the end: what were the ends are the starts then */
		if (is_met(t, &t->names[i]))
			by_beginning[--starts[t->names[i].beginning + 1]] = (uint32_t)i;
	t->by_beginning = by_beginning;
	t->starts = starts;
}

/* ---- relations ---------------------------------------------------------------- */

static size_t slot_of(const struct opcit_thesaurus_table *t, struct opcit_str name)
{
	uint32_t hash = 2166136261u;
	size_t i;

	for (i = 0; i < name.len; i++)
		hash = (hash ^ (uint32_t)tolower((unsigned char)name.ptr[i])) * 16777619u;
	return hash & (t->n_slots - 1);
}

bool opcit_thesaurus_says(const struct opcit_thesaurus_table *t, size_t block, size_t line, size_t *lang)
{
	const struct opcit_thesaurus_line *lines = t->lines + t->blocks[block].first;
	size_t from = OPCIT_THESAURUS_PLAIN, i;

	for (i = 0; i < t->blocks[block].n; i++)
		if (lines[i].key < OPCIT_THESAURUS_LANGS)
			from = 0;
	*lang = t->lines[line].key - from;
	return t->lines[line].key >= from && *lang < OPCIT_THESAURUS_LANGS;
}

struct opcit_str opcit_thesaurus_first(const struct opcit_thesaurus_table *t, size_t block, size_t lang)
{
	size_t end = t->blocks[block].first + t->blocks[block].n, line, of;

	for (line = t->blocks[block].first; line < end; line++)
		if (opcit_thesaurus_says(t, block, line, &of) && of == lang && t->lines[line].n)
			return opcit_thesaurus_text(t, t->lines[line].first);
	return OPCIT_STR("");
}

static struct opcit_str first_name(const struct opcit_thesaurus_table *t, size_t block)
{
	return opcit_thesaurus_first(t, block, OPCIT_THESAURUS_EN);
}

size_t opcit_thesaurus_block_of(const struct opcit_thesaurus_table *t, struct opcit_str name)
{
	size_t at = slot_of(t, name);

	while (t->by_name[at] != UINT32_MAX && !opcit_str_ieq(first_name(t, t->by_name[at]), name))
		at = (at + 1) & (t->n_slots - 1);
	return t->by_name[at] == UINT32_MAX ? t->n : t->by_name[at];
}

static void note_names(struct opcit_thesaurus_table *t, struct opcit_arena *arena)
{
	uint32_t *by_name;
	size_t i, at;

	for (t->n_slots = 1; t->n_slots < 2 * t->n + 2;)
		t->n_slots *= 2;
	t->by_name = by_name = opcit_arena_alloc(arena, t->n_slots * sizeof *by_name);
	memset(by_name, 0xff, t->n_slots * sizeof *by_name);
	for (i = 0; i < t->n; i++) {
		if (opcit_thesaurus_block_of(t, first_name(t, i)) < t->n)
			continue;
		for (at = slot_of(t, first_name(t, i)); by_name[at] != UINT32_MAX;)
			at = (at + 1) & (t->n_slots - 1);
		by_name[at] = (uint32_t)i;
	}
}

static bool is_tie(const struct opcit_thesaurus_name *name)
{
	return name->key == OPCIT_THESAURUS_BROADER || name->key == OPCIT_THESAURUS_RELATED;
}

/* The ties of all blocks in their order, then the same by where they lead. */
static void tie(struct opcit_thesaurus_table *t, struct opcit_arena *arena)
{
	uint32_t *ties_from = opcit_arena_calloc(arena, (t->n + 2) * sizeof *ties_from);
	uint32_t *ties_to = opcit_arena_calloc(arena, (t->n + 2) * sizeof *ties_to);
	struct opcit_thesaurus_tie *ties, *led;
	size_t most = 0, n = 0, i;

	for (i = 0; i < t->n_names; i++)
		most += is_tie(&t->names[i]);
	ties = opcit_arena_alloc(arena, (2 * most + 1) * sizeof *ties);
	for (i = 0; i < t->n_names; i++) {
		const struct opcit_thesaurus_name *name = &t->names[i];
		size_t to = is_tie(name) ? opcit_thesaurus_block_of(t, opcit_thesaurus_text(t, i)) : t->n;

		if (to == t->n || name->block >= t->n)
			continue;
		ties[n++] = (struct opcit_thesaurus_tie){ name->block, (uint32_t)to, name->key == OPCIT_THESAURUS_BROADER };
		ties_from[name->block + 1]++;
		ties_to[to + 1]++;
	}
	for (i = 0; i <= t->n; i++) {
		ties_from[i + 1] += ties_from[i];
		ties_to[i + 1] += ties_to[i];
	}
	led = ties + n;
	for (i = n; i-- > 0;)
		led[--ties_to[ties[i].to + 1]] = ties[i];
	memmove(ties_to, ties_to + 1, (t->n + 1) * sizeof *ties_to);
	ties_to[t->n] = (uint32_t)n;
	t->ties = ties;
	t->ties_from = ties_from;
	t->ties_to = ties_to;
	t->n_ties = n;
}

/* ---- the whole ---------------------------------------------------------------- */

static void make_table(struct opcit_str text, struct opcit_thesaurus *t)
{
	struct cutter c = { .text = text };

	cut_blocks(&c);
	keep(&c, &t->arena, &t->table);
	sort_by_beginning(&t->table, &t->arena);
	note_names(&t->table, &t->arena);
	tie(&t->table, &t->arena);
}

/* The table of all files: that which is shipped, or a new one. */
static opcit_status find_table(const char *const *folders, size_t n_folders, const struct opcit_thesaurus_shipped *shipped,
			       struct opcit_thesaurus *t, struct opcit_err *err)
{
	struct opcit_thesaurus_file **files = opcit_xcalloc(n_folders + 1, sizeof *files);
	size_t *n = opcit_xcalloc(n_folders + 1, sizeof *n), others = 0, i;
	struct opcit_buf text = OPCIT_BUF_INIT;
	opcit_status status = OPCIT_OK;

	for (i = 0; i < n_folders && status == OPCIT_OK; i++) {
		status = opcit_thesaurus_files(folders[i], &t->arena, &files[i], &n[i], err);
		others += i ? n[i] : 0;
	}
	if (status == OPCIT_OK && shipped && n_folders && !others && is_shipped(shipped, files[0], n[0])) {
		t->table = shipped->table;
	} else {
		for (i = 0; i < n_folders && status == OPCIT_OK; i++)
			status = read_folder(folders[i], files[i], n[i], &text, err);
		if (status == OPCIT_OK)
			make_table(opcit_arena_dup(&t->arena, opcit_buf_str(&text)), t);
		opcit_buf_release(&text);
	}
	for (i = 0; i < n_folders; i++)
		free(files[i]);
	free(files);
	free(n);
	return status;
}

opcit_status opcit_thesaurus_new(const char *const *folders, size_t n_folders,
				 const struct opcit_thesaurus_shipped *shipped, struct opcit_thesaurus **thesaurus,
				 struct opcit_err *err)
{
	struct opcit_thesaurus *t = opcit_xcalloc(1, sizeof *t);
	opcit_status status = find_table(folders, n_folders, shipped, t, err);
	size_t i;

	for (i = 0; i < OPCIT_THESAURUS_LANGS; i++)
		t->stemmers[i] = opcit_stemmer_new(opcit_str_of(opcit_thesaurus_langs[i]));
	*thesaurus = t;
	if (status != OPCIT_OK) {
		opcit_thesaurus_free(t);
		*thesaurus = NULL;
	}
	return status;
}

void opcit_thesaurus_free(struct opcit_thesaurus *thesaurus)
{
	size_t i;

	if (!thesaurus)
		return;
	for (i = 0; i < OPCIT_THESAURUS_LANGS; i++)
		opcit_stemmer_free(thesaurus->stemmers[i]);
	free(thesaurus->stems);
	opcit_arena_release(&thesaurus->arena);
	free(thesaurus);
}
