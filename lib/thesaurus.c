#include "thesaurus.h"

#include "text.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LANGS = 3,
	TERM_WORDS = 8,
	WORD = 64,
	MOST_NARROWER = 3 /* names of a narrower concept in one language */
};

static const char *const langs[LANGS] = { "en", "fr", "es" };

/* A word by its stems in each language; none where it is a stop word. */
struct wanted {
	char stems[LANGS][WORD];
};

/* A block of a file and the words of the question that one of its terms names. */
struct match {
	uint64_t words; /* bit i for word i */
	size_t strength;
	struct opcit_str block;
};

struct search {
	struct wanted words[OPCIT_THESAURUS_WORDS];
	size_t n_words;
	bool initial[256]; /* bytes that some word begins with, folded */
	struct opcit_stemmer *stemmers[LANGS];
	struct opcit_arena *arena;
	struct match *matches; /* heap */
	size_t n_matches, cap_matches;
	struct opcit_concept *found; /* the first matches, as concepts */
	size_t n_found;
};

/* ---- words -------------------------------------------------------------------- */

/* The stems of a term's words without stop words; 0 when it has more than
 * TERM_WORDS. */
static size_t stems_of(struct search *s, size_t lang, struct opcit_str term, char stems[TERM_WORDS][WORD])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, term);
	while (opcit_tokens_next(&tokens, &token)) {
		struct opcit_str stem;

		if (token.part || opcit_stop_word(token.word, opcit_str_of(langs[lang])))
			continue;
		if (n == TERM_WORDS)
			return 0;
		stem = opcit_stem(s->stemmers[lang], token.word);
		snprintf(stems[n++], WORD, "%.*s", (int)(stem.len < WORD ? stem.len : WORD - 1), stem.ptr);
	}
	return n;
}

static void take_words(struct search *s, const struct opcit_str *words, size_t n)
{
	size_t i, lang;

	for (i = 0; i < n && i < OPCIT_THESAURUS_WORDS; i++) {
		struct wanted *word = &s->words[s->n_words++];

		memset(word, 0, sizeof *word);
		for (lang = 0; lang < LANGS; lang++) {
			char stems[TERM_WORDS][WORD];

			if (stems_of(s, lang, words[i], stems) == 1)
				memcpy(word->stems[lang], stems[0], WORD);
		}
		s->initial[(unsigned char)word->stems[0][0]] = true;
	}
}

/* Whether a term may begin with a word of the question: most do not, and need
 * not be cut into words. Letters beyond ASCII may be anything once folded. */
static bool may_begin(const struct search *s, struct opcit_str term)
{
	unsigned char c = term.len ? (unsigned char)term.ptr[0] : 0;

	return c >= 0x80 || s->initial[(unsigned char)tolower(c)];
}

/* ---- lines of a file ---------------------------------------------------------- */

struct line {
	struct opcit_str key, value; /* empty where there is none */
	bool blank, comment;
};

static struct line line_of(struct opcit_str text)
{
	const char *colon;
	struct line line = { .blank = false };

	text = opcit_str_trim(text);
	line.blank = text.len == 0;
	line.comment = text.len && text.ptr[0] == '#';
	colon = line.blank || line.comment ? NULL : memchr(text.ptr, ':', text.len);
	if (colon) {
		line.key = opcit_str_sub(text, 0, (size_t)(colon - text.ptr));
		line.value = opcit_str_trim(opcit_str_sub(text, line.key.len + 1, text.len));
	}
	return line;
}

static struct opcit_str next_line(struct opcit_str *rest)
{
	const char *end = memchr(rest->ptr, '\n', rest->len);
	size_t n = end ? (size_t)(end - rest->ptr) : rest->len;
	struct opcit_str text = opcit_str_sub(*rest, 0, n);

	*rest = opcit_str_sub(*rest, n + 1, rest->len);
	return text;
}

/* The terms of a line one after the other; false at the end. */
static bool next_term(struct opcit_str *rest, struct opcit_str *term)
{
	const char *bar;
	size_t n;

	if (!rest->len)
		return false;
	bar = memchr(rest->ptr, '|', rest->len);
	n = bar ? (size_t)(bar - rest->ptr) : rest->len;
	*term = opcit_str_trim(opcit_str_sub(*rest, 0, n));
	*rest = opcit_str_sub(*rest, n + 1, rest->len);
	return true;
}

static size_t lang_of(struct opcit_str key)
{
	size_t lang = 0;

	while (lang < LANGS && !opcit_str_is(key, langs[lang]))
		lang++;
	return lang;
}

/* ---- looking for names -------------------------------------------------------- */

/* The word of the question that has that stem, from word `from` on, or n_words. */
static size_t place_of(const struct search *s, size_t lang, const char *stem, size_t from)
{
	while (from < s->n_words && strcmp(s->words[from].stems[lang], stem) != 0)
		from++;
	return from;
}

/* The words of the question from `from` on that are all of a term's: in any
 * order, or in the term's order with one word more between. 0 when they are not
 * there. */
static uint64_t match_at(const struct search *s, size_t lang, char stems[TERM_WORDS][WORD], size_t n, size_t from,
			 size_t *strength)
{
	bool met[TERM_WORDS] = { false }, ordered = true, unbroken = true, between = false;
	size_t done = 0, at, i;
	uint64_t words = 0;

	for (at = from; done < n && at < s->n_words; at++) {
		if (!s->words[at].stems[lang][0]) {
			unbroken = false;
			continue;
		}
		for (i = 0; i < n && (met[i] || strcmp(s->words[at].stems[lang], stems[i]) != 0); i++)
			;
		if (i == n && between)
			break;
		if (i == n) {
			between = true;
			continue;
		}
		ordered = ordered && i == done;
		met[i] = true;
		words |= (uint64_t)1 << at;
		done++;
	}
	/* A word between takes back half: "health care for irregular migrants" is
	 * about irregular migrants. */
	*strength = n < 2 || between ? 2 * n : 4 * n + ordered;
	return done < n || (between && !(ordered && unbroken)) ? 0 : words;
}

static void match_term(struct search *s, struct opcit_str block, size_t lang, struct opcit_str term)
{
	char stems[TERM_WORDS][WORD];
	size_t n = stems_of(s, lang, term, stems), from, i;

	for (i = 0; i < n; i++)
		if (place_of(s, lang, stems[i], 0) == s->n_words)
			return;
	for (from = 0; n && from < s->n_words; from++) {
		struct match match = { .block = block };

		match.words = match_at(s, lang, stems, n, from, &match.strength);
		if (!(match.words >> from & 1))
			continue;
		OPCIT_GROW(s->matches, s->n_matches, s->cap_matches);
		s->matches[s->n_matches++] = match;
	}
}

static void match_block(struct search *s, struct opcit_str block)
{
	struct opcit_str rest = block, term;

	while (rest.len) {
		struct line line = line_of(next_line(&rest));
		size_t lang = lang_of(line.key);

		while (lang < LANGS && next_term(&line.value, &term))
			if (may_begin(s, term))
				match_term(s, block, lang, term);
	}
}

/* Calls `take` with each block of the text. */
static void each_block(struct opcit_str text, void (*take)(void *data, struct opcit_str block), void *data)
{
	struct opcit_str rest = text;
	const char *from = text.ptr;

	while (rest.len) {
		const char *at = rest.ptr;

		if (!line_of(next_line(&rest)).blank)
			continue;
		if (at > from)
			take(data, (struct opcit_str){ from, (size_t)(at - from) });
		from = rest.len ? rest.ptr : at;
	}
	if (text.ptr + text.len > from)
		take(data, (struct opcit_str){ from, (size_t)(text.ptr + text.len - from) });
}

static void match_one(void *data, struct opcit_str block)
{
	match_block(data, block);
}

static size_t count_of(uint64_t words)
{
	return (size_t)__builtin_popcountll(words);
}

static size_t first_word(uint64_t words)
{
	return (size_t)__builtin_ctzll(words);
}

static int by_place(const void *a, const void *b)
{
	size_t x = first_word(((const struct match *)a)->words);
	size_t y = first_word(((const struct match *)b)->words);

	return (x > y) - (x < y);
}

/* The strongest first, then the earlier. */
static int by_strength(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return by_place(a, b);
}

/* Move matches that share no word to [from, …), of matches[from, n) those whose
 * words are some of `within` but not all, the strongest first. Returns where they
 * end. */
static size_t pick(struct match *matches, size_t from, size_t n, uint64_t within)
{
	uint64_t taken = 0;
	size_t i, to = from;

	for (i = from; i < n; i++) {
		struct match one = matches[i];

		if (one.words & (taken | ~within) || one.words == within)
			continue;
		taken |= one.words;
		memmove(matches + to + 1, matches + to, (i - to) * sizeof *matches);
		matches[to++] = one;
	}
	if (to > from)
		qsort(matches + from, to - from, sizeof *matches, by_place);
	return to;
}

/* ---- the terms of what was found ------------------------------------------------ */

static void add_term(struct opcit_concept *concept, struct opcit_str text, size_t lang,
		     enum opcit_term_relation relation)
{
	size_t i;

	for (i = 0; i < concept->n_terms; i++)
		if (opcit_str_ieq(concept->terms[i].text, text))
			return;
	if (concept->n_terms < OPCIT_THESAURUS_TERMS && text.len)
		concept->terms[concept->n_terms++] =
			(struct opcit_thesaurus_term){ text, opcit_str_of(langs[lang]), relation };
}

/* Whether a term is what the question says itself. */
static bool was_typed(struct search *s, const struct opcit_concept *concept, size_t lang, struct opcit_str term)
{
	char stems[TERM_WORDS][WORD];
	size_t n = stems_of(s, lang, term, stems);
	size_t strength;
	uint64_t words = n ? match_at(s, lang, stems, n, first_word(concept->words), &strength) : 0;

	return words == concept->words;
}

static void add_terms(struct search *s, struct opcit_concept *concept, struct opcit_str block,
		      enum opcit_term_relation relation)
{
	size_t most = relation == OPCIT_TERM_SAME ? OPCIT_THESAURUS_TERMS : MOST_NARROWER, n;
	struct opcit_str term;

	while (block.len) {
		struct line line = line_of(next_line(&block));
		size_t lang = lang_of(line.key);

		for (n = 0; lang < LANGS && n < most && next_term(&line.value, &term); n++)
			if (!was_typed(s, concept, lang, term))
				add_term(concept, term, lang, relation);
	}
}

/* The first term of the line with that key. */
static struct opcit_str first_of(struct opcit_str block, const char *key)
{
	struct opcit_str term = OPCIT_STR("");

	while (block.len) {
		struct line line = line_of(next_line(&block));

		if (opcit_str_is(line.key, key)) {
			next_term(&line.value, &term);
			return term;
		}
	}
	return term;
}

/* Does a line with that key name the concept? */
static bool names(struct opcit_str block, const char *key, struct opcit_str name)
{
	struct opcit_str term;

	while (block.len) {
		struct line line = line_of(next_line(&block));

		while (opcit_str_is(line.key, key) && next_term(&line.value, &term))
			if (opcit_str_ieq(name, term))
				return true;
	}
	return false;
}

static void add_narrower(void *data, struct opcit_str block)
{
	struct search *s = data;
	size_t i;

	for (i = 0; i < s->n_found; i++)
		if (names(block, "broader", s->found[i].name))
			add_terms(s, &s->found[i], block, OPCIT_TERM_NARROWER);
}

static void add_related(void *data, struct opcit_str block)
{
	struct search *s = data;
	struct opcit_str name = first_of(block, "en");
	size_t i, lang;

	for (i = 0; i < s->n_found; i++)
		if (names(block, "related", s->found[i].name) || names(s->matches[i].block, "related", name) ||
		    names(s->matches[i].block, "broader", name))
			for (lang = 0; lang < LANGS; lang++)
				add_term(&s->found[i], first_of(block, langs[lang]), lang, OPCIT_TERM_RELATED);
}

/* ---- files -------------------------------------------------------------------- */

struct files {
	struct opcit_str *items; /* heap; the texts are the arena's */
	size_t count, cap;
};

static opcit_status read_file(const char *path, struct opcit_arena *arena, struct opcit_str *text,
			      struct opcit_err *err)
{
	FILE *file = fopen(path, "rbe");
	char *to;
	long size = -1;

	if (!file)
		return opcit_err_set(err, OPCIT_IO, "cannot read '%s': %s", path, strerror(errno));
	if (fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	rewind(file);
	if (size > OPCIT_THESAURUS_MAX) {
		fclose(file);
		return opcit_err_set(err, OPCIT_LIMIT, "'%s' is too large for a thesaurus", path);
	}
	to = opcit_arena_alloc(arena, (size_t)(size > 0 ? size : 0) + 1);
	*text = (struct opcit_str){ to, fread(to, 1, (size_t)(size > 0 ? size : 0), file) };
	fclose(file);
	return OPCIT_OK;
}

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
		status = read_file(paths[i], arena, &files->items[files->count], err);
		files->count += status == OPCIT_OK;
	}
	free(paths);
	return status;
}

/* ---- the way in --------------------------------------------------------------- */

/* Matches as concepts, with their names and terms. */
static struct opcit_concept *concepts_of(struct search *s, const struct match *matches, size_t n)
{
	struct opcit_concept *all = opcit_arena_calloc(s->arena, (n + 1) * sizeof *all);
	size_t i;

	for (i = 0; i < n; i++) {
		all[i].words = matches[i].words;
		all[i].name = first_of(matches[i].block, "en");
		all[i].terms = opcit_arena_alloc(s->arena, OPCIT_THESAURUS_TERMS * sizeof *all[i].terms);
		add_terms(s, &all[i], matches[i].block, OPCIT_TERM_SAME);
	}
	return all;
}

static void look_up(struct search *s, const struct files *files)
{
	size_t i, end;

	for (i = 0; i < files->count; i++)
		each_block(files->items[i], match_one, s);
	if (s->n_matches)
		qsort(s->matches, s->n_matches, sizeof *s->matches, by_strength);
	s->n_found = pick(s->matches, 0, s->n_matches, UINT64_MAX);
	s->found = concepts_of(s, s->matches, s->n_found);
	for (i = 0; i < s->n_found; i++) {
		if (count_of(s->found[i].words) < 2)
			continue;
		end = pick(s->matches, s->n_found, s->n_matches, s->found[i].words);
		s->found[i].n_parts = end - s->n_found;
		s->found[i].parts = concepts_of(s, s->matches + s->n_found, s->found[i].n_parts);
	}
	for (i = 0; s->n_found && i < files->count; i++)
		each_block(files->items[i], add_narrower, s);
	for (i = 0; s->n_found && i < files->count; i++)
		each_block(files->items[i], add_related, s);
}

opcit_status opcit_thesaurus_find(const char *const *folders, size_t n_folders,
				  const struct opcit_str *words, size_t n_words,
				  struct opcit_arena *arena, struct opcit_concept **concepts, size_t *n,
				  struct opcit_err *err)
{
	struct search *s = opcit_arena_calloc(arena, sizeof *s);
	struct files files = { NULL, 0, 0 };
	opcit_status status = OPCIT_OK;
	size_t i;

	*concepts = NULL;
	*n = 0;
	s->arena = arena;
	for (i = 0; i < n_folders && status == OPCIT_OK; i++)
		status = read_folder(opcit_arena_printf(arena, "%s/thesaurus", folders[i]).ptr, arena, &files, err);
	if (status == OPCIT_OK && files.count) {
		for (i = 0; i < LANGS; i++)
			s->stemmers[i] = opcit_stemmer_new(opcit_str_of(langs[i]));
		take_words(s, words, n_words);
		look_up(s, &files);
		for (i = 0; i < LANGS; i++)
			opcit_stemmer_free(s->stemmers[i]);
		*concepts = s->found;
		*n = s->n_found;
	}
	free(s->matches);
	free(files.items);
	return status;
}
