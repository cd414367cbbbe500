/* The thesaurus: what its files hold, and what a question finds in them. */
#include "../../lib/text.h"
#include "../../lib/thesaurus_file.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct opcit_arena arena;
static const char *const folders[] = { "data" };

static void teardown(void)
{
	opcit_arena_release(&arena);
}
TestSuite(thesaurus, .fini = teardown);

/* Every term of the files, with the concept that it is of. */
struct term {
	char *key, *concept;
};
struct terms {
	struct term *items;
	size_t count, cap;
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct term *)a)->key, ((const struct term *)b)->key);
}

/* "en separated child": the language and the folded term. */
static void add(struct terms *terms, const char *key, struct opcit_str term, const char *concept)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	opcit_buf_printf(&buf, "%s ", key);
	opcit_text_key(term, &buf);
	OPCIT_GROW(terms->items, terms->count, terms->cap);
	terms->items[terms->count++] = (struct term){ buf.ptr, opcit_xstrdup(concept) };
}

static const char plain[] = "plain: "; /* before what a block of plain words is called here */

static void read_line(const char *path, unsigned number, char *line, char *concept, size_t size,
		      struct terms *terms, struct terms *relations)
{
	static const char *const keys[] = { "en",	"fr",	    "es",	"broader",  "related",	"en words",
					    "fr words", "es words", "en plain", "fr plain", "es plain", NULL };
	enum { RELATIONS = 3, WORDS = 5, PLAIN = 8 };
	char *colon = strchr(line, ':'), *save = NULL, *term;
	size_t k;

	line[strcspn(line, "\n")] = '\0';
	if (line[0] == '#')
		return;
	if (!line[0]) {
		concept[0] = '\0';
		return;
	}
	cr_assert(colon, "%s:%u: no key", path, number);
	*colon = '\0';
	for (k = 0; keys[k] && strcmp(keys[k], line) != 0; k++)
		;
	cr_assert(keys[k], "%s:%u: '%s' is no key", path, number, line);
	cr_assert(concept[0] || k == 0 || k >= PLAIN, "%s:%u: a block begins with en: or plain words", path, number);
	for (term = strtok_r(colon + 1, "|", &save); term; term = strtok_r(NULL, "|", &save)) {
		struct opcit_str text = opcit_str_trim(opcit_str_of(term));

		cr_expect_gt(text.len, 0, "%s:%u: an empty term", path, number);
		if (!concept[0])
			snprintf(concept, size, "%s%.*s", k < PLAIN ? "" : plain, OPCIT_FMT(text));
		if (k < WORDS && strncmp(concept, plain, strlen(plain)) != 0) /* others are no names */
			add(k < RELATIONS ? terms : relations, k < RELATIONS ? keys[k] : "en", text, concept);
	}
}

static size_t read_files(struct terms *terms, struct terms *relations)
{
	glob_t files;
	size_t i, concepts = 0;

	cr_assert_eq(glob("data/thesaurus/*.txt", 0, NULL, &files), 0);
	for (i = 0; i < files.gl_pathc; i++) {
		FILE *file = fopen(files.gl_pathv[i], "r");
		char *line = NULL, concept[200] = "";
		size_t cap = 0;
		unsigned number = 0;

		cr_assert(file);
		while (getline(&line, &cap, file) > 0) {
			bool first = !concept[0];

			read_line(files.gl_pathv[i], ++number, line, concept, sizeof concept, terms, relations);
			concepts += first && concept[0] && strncmp(concept, plain, strlen(plain)) != 0;
		}
		free(line);
		fclose(file);
	}
	globfree(&files);
	return concepts;
}

static void release(struct terms *terms)
{
	size_t i;

	for (i = 0; i < terms->count; i++) {
		free(terms->items[i].key);
		free(terms->items[i].concept);
	}
	free(terms->items);
}

Test(thesaurus, files)
{
	struct terms terms = { NULL, 0, 0 }, relations = { NULL, 0, 0 };
	size_t i;

	cr_expect_geq(read_files(&terms, &relations), 1000);
	if (!terms.items)
		return;
	qsort(terms.items, terms.count, sizeof *terms.items, by_key);
	for (i = 1; i < terms.count; i++)
		cr_expect(strcmp(terms.items[i].key, terms.items[i - 1].key) != 0 ||
				  strcmp(terms.items[i].concept, terms.items[i - 1].concept) == 0,
			  "'%s' is of '%s' and of '%s'", terms.items[i].key, terms.items[i].concept,
			  terms.items[i - 1].concept);
	for (i = 0; i < relations.count; i++)
		cr_expect(bsearch(&relations.items[i], terms.items, terms.count, sizeof *terms.items, by_key),
			  "'%s' names '%s', which is no term", relations.items[i].concept, relations.items[i].key);
	release(&terms);
	release(&relations);
}

static const struct {
	const char *question;
	const char *concepts; /* "first word+words name; …" */
} questions[] = {
	{ "minors", "0+1 child" },
	{ "rights of unaccompanied minors", "0+1 right; 2+2 unaccompanied child" },
	{ "Separated Children", "0+2 separated child" },
	{ "mineurs non accompagnés", "0+3 unaccompanied child" },
	{ "remittances", "0+1 remittances" },
	{ "children who are unaccompanied", "0+2 unaccompanied child" },
	{ "unaccompanied Belmoran children", "0+2 unaccompanied child" },
	{ "unaccompanied curly Belmoran children", "0+2 unaccompanied child" },
	{ "unaccompanied curly Belmoran striped children", "0+1 unaccompanied; 4+1 child" },
	{ "minorities", "0+1 minority" },
	{ "lighthouses without toilets", "1+2 right to water" },
	{ "lack of a toilet", "0+2 right to water" },
	{ "retrait des phares", "0+1 withdrawn" }, /* no disarmament: "des" is a small word */
	{ "oboes tormented by fog", "1+1 torture" }, /* no storm: "tormenta" */
	{ "tormentas en el faro", "0+1 earthquake" },
	{ "les phares du pays", "3+1 country" }, /* no pay */
	{ "age of the lighthouse", "0+1 age" }, /* not "âgé" */
	{ "la traite", "1+1 trafficking in persons" }, /* no treaty: "traité" */
	{ "le traité", "1+1 treaty" },
	{ "LE TRAITÉ", "1+1 treaty" },
	{ "access", "0+1 accessible" }, /* no accession */
	{ "accession", "0+1 accession" },
	{ "policemen", "0+1 police" },
	{ "ombudsmen", "0+1 ombudsman" },
	{ "working out a tide table", "0+2 solve; 4+1 presented" }, /* not "out of work" */
	{ "nabbed in a lighthouse", "0+1 arrest" }, /* a plain word */
	{ "about lighthouses", "" }, /* no "aboutissement" */
	{ "l'aboutissement du phare", "0+1 result" },
	{ "rights of the kids' convention", "0+3 Convention on the Rights of the Child" },
	{ "a pact on disabled people", "1+3 Convention on the Rights of Persons with Disabilities" },
	{ "acuerdo sobre discapacidad", "0+2 Convention on the Rights of Persons with Disabilities" },
	{ "conventional beacons", "" }, /* no treaty */
	{ "they taught the keepers", "1+1 teaching" },
	{ "two asylum-seekers", "1+1 asylum seeker" },
	{ "out of work", "0+2 unemployment" },
	{ "access to gulls and oboes for children", "0+1 accessible; 6+1 child" }, /* not "access to children" */
	{ "the of and", "" },
	{ "xyzzy", "" },
};

enum { WORDS = 16 };

/* The words of a question, at most WORDS; returns how many. They are the arena's. */
static size_t cut(const char *question, struct opcit_str words[WORDS])
{
	char *save = NULL, *word = (char *)opcit_arena_dup(&arena, opcit_str_of(question)).ptr;
	size_t n = 0;

	for (word = strtok_r(word, " ", &save); word && n < WORDS; word = strtok_r(NULL, " ", &save))
		words[n++] = opcit_str_of(word);
	return n;
}

/* In which language a question is asked: by its small words, else by the others. */
Test(thesaurus, languages)
{
	static const struct {
		const char *question, *lang;
	} asked[] = {
		{ "the boats of the fishermen", "en" },
		{ "fishing boats", "en" },
		{ "bateaux pour la pêche", "fr" },
		{ "bateaux pêche", "fr" },
		{ "barcos pesqueros", "es" },
		{ "prohibición pesca", "es" },
		{ "xyzzy", "" },
		{ "radio", "" }, /* in all of them */
		{ "", "" },
	};
	struct opcit_thesaurus *thesaurus;
	size_t i;

	cr_assert_eq(opcit_thesaurus_new(folders, 1, NULL, &thesaurus, NULL), OPCIT_OK);
	for (i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct opcit_str words[WORDS];
		struct opcit_str lang = opcit_thesaurus_listen(thesaurus, words, cut(asked[i].question, words));

		cr_expect(opcit_str_is(lang, asked[i].lang), "%s: %.*s", asked[i].question, OPCIT_FMT(lang));
	}
	opcit_thesaurus_free(thesaurus);
}

Test(thesaurus, questions)
{
	struct opcit_thesaurus *thesaurus;
	size_t i, k, n;

	cr_assert_eq(opcit_thesaurus_new(folders, 1, NULL, &thesaurus, NULL), OPCIT_OK);

	for (i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct opcit_str words[WORDS], lang;
		struct opcit_concept *concepts;
		struct opcit_buf found = OPCIT_BUF_INIT;
		size_t n_words = cut(questions[i].question, words);

		lang = opcit_thesaurus_listen(thesaurus, words, n_words);
		opcit_thesaurus_find(thesaurus, lang, words, n_words, &arena, &concepts, &n);
		for (k = 0; k < n; k++)
			opcit_buf_printf(&found, "%s%d+%d %.*s", k ? "; " : "", __builtin_ctzll(concepts[k].words),
					 __builtin_popcountll(concepts[k].words), OPCIT_FMT(concepts[k].name));
		cr_expect(opcit_str_is(opcit_buf_str(&found), questions[i].concepts), "%s: %s", questions[i].question,
			  found.ptr ? found.ptr : "");
		opcit_buf_release(&found);
	}
	opcit_thesaurus_free(thesaurus);
}

Test(thesaurus, no_folder)
{
	static const char *const nowhere[] = { "no-such-folder" };
	struct opcit_str word = OPCIT_STR("minors");
	struct opcit_thesaurus *thesaurus;
	struct opcit_concept *concepts;
	size_t n = 1;

	cr_assert_eq(opcit_thesaurus_new(nowhere, 1, NULL, &thesaurus, NULL), OPCIT_OK);
	opcit_thesaurus_find(thesaurus, OPCIT_STR(""), &word, 1, &arena, &concepts, &n);
	opcit_thesaurus_free(thesaurus);
	cr_expect_eq(n, 0);
}

static bool same_bytes(const void *a, const void *b, size_t n)
{
	return n == 0 || memcmp(a, b, n) == 0;
}

/* What a program has ready is what stands in the files. */
Test(thesaurus, shipped)
{
	const struct opcit_thesaurus_table *ready = &opcit_thesaurus_shipped.table, *read;
	struct opcit_thesaurus *thesaurus, *other;
	size_t i;

	cr_assert_eq(opcit_thesaurus_new(folders, 1, NULL, &thesaurus, NULL), OPCIT_OK);
	read = &thesaurus->table;
	cr_assert_neq(read->text, ready->text);
	cr_assert_eq(read->n, ready->n);
	cr_assert_eq(read->n_plain, ready->n_plain);
	cr_assert_eq(read->n_lines, ready->n_lines);
	cr_assert_eq(read->n_names, ready->n_names);
	cr_assert_eq(read->n_met, ready->n_met);
	cr_assert_eq(read->n_ties, ready->n_ties);
	cr_assert_eq(read->n_slots, ready->n_slots);
	for (i = 0; i < read->n_names; i++) {
		const struct opcit_thesaurus_name *a = &read->names[i], *b = &ready->names[i];

		cr_assert(opcit_str_eq(opcit_thesaurus_text(read, i), opcit_thesaurus_text(ready, i)), "%zu", i);
		cr_assert(a->block == b->block && a->key == b->key && a->beginning == b->beginning, "%zu", i);
	}
	for (i = 0; i < read->n_lines; i++)
		cr_assert(read->lines[i].key == ready->lines[i].key && read->lines[i].first == ready->lines[i].first &&
			  read->lines[i].n == ready->lines[i].n);
	for (i = 0; i < 2 * read->n_ties; i++)
		cr_assert(read->ties[i].from == ready->ties[i].from && read->ties[i].to == ready->ties[i].to &&
			  read->ties[i].broader == ready->ties[i].broader);
	cr_expect(same_bytes(read->blocks, ready->blocks, (read->n + read->n_plain) * sizeof *read->blocks));
	cr_expect(same_bytes(read->by_beginning, ready->by_beginning, read->n_met * sizeof *read->by_beginning));
	cr_expect(same_bytes(read->starts, ready->starts, (OPCIT_THESAURUS_BEGINNINGS + 2) * sizeof *read->starts));
	cr_expect(same_bytes(read->ties_from, ready->ties_from, (read->n + 1) * sizeof *read->ties_from));
	cr_expect(same_bytes(read->ties_to, ready->ties_to, (read->n + 1) * sizeof *read->ties_to));
	cr_expect(same_bytes(read->by_name, ready->by_name, read->n_slots * sizeof *read->by_name));
	opcit_thesaurus_free(thesaurus);

	cr_assert_eq(opcit_thesaurus_new(folders, 1, &opcit_thesaurus_shipped, &other, NULL), OPCIT_OK);
	cr_expect_eq(other->table.text, ready->text);
	opcit_thesaurus_free(other);
}

/* A new folder with a thesaurus of one file; `dir` is its name, as mkdtemp() takes it. */
static void write_folder(char *dir, const char *text)
{
	char path[64];
	FILE *f;

	cr_assert_not_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/thesaurus", dir);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/thesaurus/own.txt", dir);
	cr_assert_not_null(f = fopen(path, "w"));
	fputs(text, f);
	cr_assert_eq(fclose(f), 0);
}

static void remove_folder(const char *dir)
{
	char command[64];

	snprintf(command, sizeof command, "rm -r '%s'", dir);
	cr_expect_eq(system(command), 0);
}

/* What documents say for plain words brings the rest of it, where it is a phrase that names one thing and none
 * of its words is a concept. */
Test(thesaurus, phrases)
{
	static const struct {
		const char *question, *term;
	} asked[] = {
		{ "every lamp lighter here", "oil man" },
		{ "lamp oil lighter", "" },
		{ "salt and sand", "" },
		{ "gull feeder", "boat" },
	};
	char dir[] = "/tmp/opcit-test-XXXXXX";
	const char *folder = dir;
	struct opcit_thesaurus *thesaurus;
	size_t i;

	write_folder(dir, "en: gull\nrelated: boat\n\nen: boat\n\n"
			  "en plain: sparky\nen: lamp lighter | oil man | salt and sand | gull feeder\n");
	cr_assert_eq(opcit_thesaurus_new(&folder, 1, NULL, &thesaurus, NULL), OPCIT_OK);
	for (i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct opcit_str words[WORDS];
		struct opcit_concept *concepts;
		size_t n;

		opcit_thesaurus_find(thesaurus, OPCIT_STR("en"), words, cut(asked[i].question, words), &arena, &concepts, &n);
		cr_assert_eq(n, asked[i].term[0] != '\0', "%s: %zu", asked[i].question, n);
		cr_expect(!n || opcit_str_is(concepts[0].terms[0].text, asked[i].term), "%s", asked[i].question);
	}
	opcit_thesaurus_free(thesaurus);
	remove_folder(dir);
}

/* With files of somebody's own, or others than are shipped, all are read. */
Test(thesaurus, not_shipped)
{
	char dir[] = "/tmp/opcit-test-XXXXXX";
	const char *both[] = { "data", dir };
	struct opcit_str word = OPCIT_STR("sparky");
	struct opcit_thesaurus *thesaurus;
	struct opcit_concept *concepts;
	size_t n;

	write_folder(dir, "en plain: sparky\nen: lamp lighter");
	cr_assert_eq(opcit_thesaurus_new(both, 2, &opcit_thesaurus_shipped, &thesaurus, NULL), OPCIT_OK);
	cr_expect_geq(thesaurus->table.n, opcit_thesaurus_shipped.table.n);
	opcit_thesaurus_find(thesaurus, OPCIT_STR("en"), &word, 1, &arena, &concepts, &n);
	cr_assert_eq(n, 1);
	cr_expect(opcit_str_is(concepts[0].terms[0].text, "lamp lighter"));
	opcit_thesaurus_free(thesaurus);

	cr_assert_eq(opcit_thesaurus_new(both + 1, 1, &opcit_thesaurus_shipped, &thesaurus, NULL), OPCIT_OK);
	cr_expect_eq(thesaurus->table.n, 0);
	cr_expect_eq(thesaurus->table.n_plain, 1);
	opcit_thesaurus_free(thesaurus);
	remove_folder(dir);
}
