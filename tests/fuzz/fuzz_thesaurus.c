/* libFuzzer: a file of the user's own thesaurus, and a question: its first line
 * is the words of one. */
#include "../../lib/thesaurus.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"

enum { MOST_WORDS = OPCIT_THESAURUS_WORDS + 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cut_words(struct opcit_str line, struct opcit_str words[MOST_WORDS])
{
	size_t n = 0, from = 0, i;

	for (i = 0; i <= line.len && n < MOST_WORDS; i++) {
		if (i < line.len && line.ptr[i] != ' ')
			continue;
		if (i > from)
			words[n++] = opcit_str_sub(line, from, i);
		from = i + 1;
	}
	return n;
}

/* Concepts share no word, and name words that there are; those of a concept's
 * parts are some of its own. */
static void check(const struct opcit_concept *concepts, size_t n, uint64_t within, const struct opcit_str *file)
{
	uint64_t taken = 0;
	size_t i, j;

	for (i = 0; i < n; i++) {
		const struct opcit_concept *concept = &concepts[i];

		if (!concept->words || (concept->words & (taken | ~within)) || concept->n_terms > OPCIT_THESAURUS_TERMS)
			abort();
		taken |= concept->words;
		for (j = 0; j < concept->n_terms; j++)
			if (!concept->terms[j].text.len || concept->terms[j].text.len > file->len ||
			    memchr(concept->terms[j].text.ptr, '|', concept->terms[j].text.len))
				abort();
		check(concept->parts, concept->n_parts, concept->words, file);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str text = { (const char *)data, size }, words[MOST_WORDS];
	const char *end = size ? memchr(data, '\n', size) : NULL;
	size_t first = end ? (size_t)(end - text.ptr) : size, n, n_words;
	struct opcit_str file = opcit_str_sub(text, first + 1, size);
	const char *folder = scratch_put("thesaurus/a.txt", file);
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_thesaurus *thesaurus;
	struct opcit_concept *concepts;

	n_words = cut_words(opcit_str_sub(text, 0, first), words);
	if (opcit_thesaurus_new(&folder, 1, NULL, &thesaurus, &err) != OPCIT_OK)
		abort();
	opcit_thesaurus_find(thesaurus, opcit_thesaurus_listen(thesaurus, words, n_words), words, n_words, &arena, &concepts, &n);
	if (n_words > OPCIT_THESAURUS_WORDS)
		n_words = OPCIT_THESAURUS_WORDS;
	check(concepts, n, ((uint64_t)1 << n_words) - 1, &file);
	opcit_thesaurus_free(thesaurus);
	opcit_arena_release(&arena);
	return 0;
}
