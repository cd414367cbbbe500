/* meanings.c: makes the table of lib/meaning.h out of the thesaurus, as C.
 *
 *   meanings FOLDER >meaning_table.c
 *
 * FOLDER holds the folder "thesaurus". A word speaks of a concept the more, the more of its
 * names it stands in and the shorter they are, and a little where it is listed with it. In all
 * each word speaks as much as any other: of many concepts, little of each.
 */
#include "../lib/meaning.h"
#include "../lib/text.h"
#include "../lib/thesaurus_file.h"
#include "as_c.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 256 }; /* of one name, or listed with one concept in a language */

/* What a word may speak of a concept at most by the names that it stands in, and what it
 * does by being listed. */
#define MOST 1.5
#define LISTED 0.5

/* A word with one of its concepts. */
struct pair {
	char *key; /* "en:monitor" */
	uint16_t concept;
	double weight;
};

struct table {
	struct opcit_arena arena;
	const struct opcit_thesaurus_table *thesaurus;
	size_t *concepts; /* its blocks; heap */
	size_t n_concepts;
	struct pair *pairs; /* heap */
	size_t n, cap;
};

/* ---- the words of a concept ------------------------------------------------------ */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a name as keys, each once. */
static size_t words_of(struct table *t, struct opcit_stemmer *stemmer, const char *lang, struct opcit_str name,
		       char *words[MOST_WORDS])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0, kept = 0, i;

	opcit_tokens_init(&tokens, name);
	while (n < MOST_WORDS && opcit_tokens_next(&tokens, &token)) {
		struct opcit_str stem = token.part ? OPCIT_STR("") : opcit_stem_unless_stop(stemmer, token.word);

		if (stem.len)
			words[n++] = (char *)opcit_arena_printf(&t->arena, "%s:%.*s", lang, OPCIT_FMT(stem)).ptr;
	}
	qsort(words, n, sizeof *words, by_text);
	for (i = 0; i < n; i++)
		if (!kept || strcmp(words[kept - 1], words[i]) != 0)
			words[kept++] = words[i];
	return kept;
}

static void add_pair(struct table *t, char *key, size_t concept, double weight)
{
	OPCIT_GROW(t->pairs, t->n, t->cap);
	t->pairs[t->n++] = (struct pair){ key, (uint16_t)concept, weight };
}

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->concept > y->concept) - (x->concept < y->concept);
}

/* Pairs from `from` on: one for each key, its weights summed. */
static void merge(struct table *t, size_t from)
{
	size_t i, to = from;

	if (t->n > from)
		qsort(t->pairs + from, t->n - from, sizeof *t->pairs, by_key);
	for (i = from; i < t->n; i++) {
		if (to > from && by_key(&t->pairs[to - 1], &t->pairs[i]) == 0)
			t->pairs[to - 1].weight += t->pairs[i].weight;
		else
			t->pairs[to++] = t->pairs[i];
	}
	t->n = to;
}

/* The words of a name or, weighed alike, of a list. */
static void add_words(struct table *t, struct opcit_stemmer *const *stemmers, size_t lang, struct opcit_str text,
		      size_t concept, bool listed)
{
	char *words[MOST_WORDS];
	size_t n = words_of(t, stemmers[lang], opcit_thesaurus_langs[lang], text, words), i;

	for (i = 0; i < n; i++)
		add_pair(t, words[i], concept, listed ? LISTED : 1 / sqrt((double)n));
}

static void add_concept(struct table *t, struct opcit_stemmer *const *stemmers, size_t concept)
{
	const struct opcit_thesaurus_table *of = t->thesaurus;
	const struct opcit_thesaurus_block *block = &of->blocks[t->concepts[concept]];
	const struct opcit_thesaurus_line *line, *first = of->lines + block->first, *end = first + block->n;
	size_t from = t->n, i;

	for (line = first; line < end; line++)
		for (i = 0; i < line->n && line->key < OPCIT_THESAURUS_LANGS; i++)
			add_words(t, stemmers, line->key, opcit_thesaurus_text(of, line->first + i), concept, false);
	merge(t, from);
	for (i = from; i < t->n; i++)
		t->pairs[i].weight = MOST * t->pairs[i].weight / (t->pairs[i].weight + 1);
	for (line = first; line < end; line++)
		if (line->key >= OPCIT_THESAURUS_LISTED)
			add_words(t, stemmers, line->key - OPCIT_THESAURUS_LISTED,
				  (struct opcit_str){ of->text + line->text, line->len }, concept, true);
	merge(t, from);
}

/* ---- the words of all ------------------------------------------------------------ */

/* What a word speaks of, as a whole: the squares of its weights sum to 1. */
static void level(struct pair *pairs, size_t n)
{
	double squares = 0;
	size_t i;

	for (i = 0; i < n; i++)
		squares += pairs[i].weight * pairs[i].weight;
	for (i = 0; i < n; i++)
		pairs[i].weight /= sqrt(squares);
}

static size_t same_key(const struct table *t, size_t from)
{
	size_t end = from + 1;

	while (end < t->n && strcmp(t->pairs[end].key, t->pairs[from].key) == 0)
		end++;
	return end;
}

static bool lists_words(const struct opcit_thesaurus_table *of, size_t block)
{
	size_t i;

	for (i = 0; i < of->blocks[block].n; i++)
		if (of->lines[of->blocks[block].first + i].key >= OPCIT_THESAURUS_LISTED)
			return true;
	return false;
}

/* A block with which no words are listed is no concept. */
static void take_concepts(struct table *t)
{
	size_t i;

	t->concepts = opcit_xcalloc(t->thesaurus->n + 1, sizeof *t->concepts);
	for (i = 0; i < t->thesaurus->n; i++)
		if (lists_words(t->thesaurus, i))
			t->concepts[t->n_concepts++] = i;
}

/* ---- as C ------------------------------------------------------------------------ */

static struct opcit_str concept_of(const struct table *t, size_t i)
{
	return opcit_thesaurus_first(t->thesaurus, t->concepts[i], OPCIT_THESAURUS_EN);
}

/* The texts one after the other: the concepts, then the words. */
static void print_texts(const struct table *t)
{
	size_t at = 0, i;

	puts("static const char text[] =");
	for (i = 0; i < t->n_concepts; i++)
		print_text(concept_of(t, i), "\\0");
	for (i = 0; i < t->n; i = same_key(t, i))
		print_text(opcit_str_of(t->pairs[i].key), "\\0");
	puts(";\n\nstatic const uint32_t concepts[] = {");
	for (i = 0; i < t->n_concepts; i++) {
		printf("\t%zu,\n", at);
		at += concept_of(t, i).len + 1;
	}
	puts("};\n");
}

static void print_slots(const struct table *t, size_t n_words)
{
	size_t n_slots = 1, at, i, k;
	uint32_t *slots, hash;

	while (n_slots < 2 * n_words)
		n_slots *= 2;
	slots = opcit_xcalloc(n_slots, sizeof *slots);
	for (i = k = 0; i < t->n; i = same_key(t, i), k++) {
		struct opcit_str key = opcit_str_of(t->pairs[i].key);

		hash = opcit_meaning_hash(opcit_str_sub(key, 0, 2), opcit_str_sub(key, 3, key.len));
		at = hash & (n_slots - 1);
		while (slots[at])
			at = (at + 1) & (n_slots - 1);
		slots[at] = (hash & 0xffff0000u) | (uint32_t)(k + 1);
	}
	print_numbers("slots", slots, n_slots);
	free(slots);
}

/* How many there are. */
static size_t print_words(const struct table *t)
{
	size_t n = 0, at = 0, i;

	for (i = 0; i < t->n_concepts; i++)
		at += concept_of(t, i).len + 1;
	puts("static const struct opcit_meaning_entry words[] = {");
	for (i = 0; i < t->n; n++) {
		size_t end = same_key(t, i), len = strlen(t->pairs[i].key);

		printf("\t{ %zu, %zu, %zu, %zu },\n", at, len, end - i, i);
		at += len + 1;
		i = end;
	}
	puts("};\n");
	return n;
}

static void print_links(const struct table *t)
{
	size_t i;

	printf("static const struct opcit_meaning_link links[] = {");
	for (i = 0; i < t->n; i++)
		printf("%s{ %u, %u },", i % 8 ? " " : "\n\t", t->pairs[i].concept,
		       (unsigned)lround(t->pairs[i].weight * 65535));
	puts("\n};\n");
}

static int print_table(const struct table *t)
{
	size_t n_words;

	puts("/* Made by tools/meanings.c of data/thesaurus. */\n#include \"../lib/meaning.h\"\n");
	print_texts(t);
	print_links(t);
	n_words = print_words(t);
	if (n_words >= UINT16_MAX || t->n_concepts >= UINT16_MAX) {
		fputs("meanings: more words than the table can number\n", stderr);
		return 1;
	}
	print_slots(t, n_words);
	puts("const struct opcit_meaning_table opcit_meanings = {\n"
	     "\ttext, concepts, sizeof concepts / sizeof *concepts, words, sizeof words / sizeof *words,\n"
	     "\tslots, sizeof slots / sizeof *slots, links\n};");
	return printed();
}

int main(int argc, char **argv)
{
	const char *const *folders = (const char *const *)argv + 1;
	struct opcit_thesaurus *thesaurus;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct table t = { .arena = OPCIT_ARENA_INIT };
	size_t i;
	int code;

	if (argc != 2) {
		fputs("usage: meanings FOLDER >FILE\n", stderr);
		return 2;
	}
	if (opcit_thesaurus_new(folders, 1, NULL, &thesaurus, &err) != OPCIT_OK) {
		fprintf(stderr, "meanings: %s\n", err.message);
		return 1;
	}
	t.thesaurus = &thesaurus->table;
	take_concepts(&t);
	for (i = 0; i < t.n_concepts; i++)
		add_concept(&t, thesaurus->stemmers, i);
	if (t.n)
		qsort(t.pairs, t.n, sizeof *t.pairs, by_key);
	for (i = 0; i < t.n; i = same_key(&t, i))
		level(t.pairs + i, same_key(&t, i) - i);
	code = print_table(&t);
	free(t.pairs);
	free(t.concepts);
	opcit_arena_release(&t.arena);
	opcit_thesaurus_free(thesaurus);
	return code;
}
