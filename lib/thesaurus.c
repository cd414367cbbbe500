#include "thesaurus.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "thesaurus_int.h"

enum { MOST_NARROWER = 3 }; /* names of a narrower concept in one language */

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
			(struct opcit_thesaurus_term){ text, opcit_str_of(opcit_thesaurus_langs[lang]), relation };
}

/* Whether a term is what the question says itself. */
static bool was_typed(struct thesaurus_search *s, const struct opcit_concept *concept, size_t lang, size_t name)
{
	const struct opcit_thesaurus_stems *of;
	struct thesaurus_fit fit;
	uint64_t words;

	if (!concept->words || !s->begins[s->thesaurus->table.names[name].beginning + 1])
		return false;
	of = thesaurus_stems_of(s->thesaurus, lang, name);
	words = of->n ? thesaurus_match_at(s, lang, of->stems, of->n, thesaurus_first(concept->words), &fit) : 0;
	return of->n && words == concept->words && fit.typed;
}

static void add_terms(struct thesaurus_search *s, struct opcit_concept *concept, size_t of, enum opcit_term_relation relation)
{
	const struct opcit_thesaurus_table *t = &s->thesaurus->table;
	size_t most = relation == OPCIT_TERM_NARROWER ? MOST_NARROWER : OPCIT_THESAURUS_TERMS, end, line, lang, k;

	end = t->blocks[of].first + t->blocks[of].n;
	for (line = t->blocks[of].first; line < end; line++) {
		if (!opcit_thesaurus_says(t, of, line, &lang))
			continue;
		for (k = 0; k < most && k < t->lines[line].n; k++) {
			size_t name = t->lines[line].first + k;

			if (!was_typed(s, concept, lang, name))
				add_term(concept, opcit_thesaurus_text(t, name), lang, relation);
		}
	}
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The first names of the concepts that it names, and of those that name it as related. */
static void add_related(struct thesaurus_search *s, struct opcit_concept *concept, size_t block, size_t own)
{
	const struct opcit_thesaurus_table *t = &s->thesaurus->table;
	const struct opcit_thesaurus_tie *led = t->ties + t->n_ties;
	size_t own_end = own < t->n ? t->ties_from[own + 1] : 0, own_start = own < t->n ? t->ties_from[own] : 0;
	size_t most = t->ties_to[block + 1] - t->ties_to[block] + own_end - own_start, n = 0, i, lang;
	uint32_t *all = opcit_arena_alloc(s->arena, (most + 1) * sizeof *all);

	for (i = t->ties_to[block]; i < t->ties_to[block + 1]; i++)
		if (!led[i].broader)
			all[n++] = led[i].from;
	for (i = own_start; i < own_end; i++)
		all[n++] = t->ties[i].to;
	if (n)
		qsort(all, n, sizeof *all, by_number);
	for (i = 0; i < n; i++)
		for (lang = 0; (!i || all[i] != all[i - 1]) && lang < OPCIT_THESAURUS_LANGS; lang++)
			add_term(concept, opcit_thesaurus_first(t, all[i], lang), lang, OPCIT_TERM_RELATED);
}

/* What is narrower than a concept, all its names; and what is else near it. */
static void add_relatives(struct thesaurus_search *s, struct opcit_concept *concept, size_t own)
{
	const struct opcit_thesaurus_table *t = &s->thesaurus->table;
	const struct opcit_thesaurus_tie *led = t->ties + t->n_ties;
	size_t block = opcit_thesaurus_block_of(t, concept->name), i;

	if (block == t->n)
		return;
	for (i = t->ties_to[block]; i < t->ties_to[block + 1]; i++)
		if (led[i].broader)
			add_terms(s, concept, led[i].from, OPCIT_TERM_NARROWER);
	add_related(s, concept, block, own);
}

/* ---- the way in --------------------------------------------------------------- */

/* The concept that one of what documents say for plain words names, the first that does; none is the table's n. */
static size_t named_by(const struct opcit_thesaurus_table *t, size_t plain)
{
	size_t end = t->blocks[plain].first + t->blocks[plain].n, concept = t->n, line, lang, k;

	for (line = t->blocks[plain].first; line < end; line++) {
		if (!opcit_thesaurus_says(t, plain, line, &lang) || lang != OPCIT_THESAURUS_EN)
			continue;
		for (k = 0; k < t->lines[line].n && concept == t->n; k++)
			concept = opcit_thesaurus_block_of(t, opcit_thesaurus_text(t, t->lines[line].first + k));
	}
	return concept;
}

static bool is_plain(const struct thesaurus_match *match)
{
	return match->plain && !match->said;
}

/* What documents say for the words of a concept where they are plain words, too; and what else that is called. */
static void add_plain(struct thesaurus_search *s, struct opcit_concept *concept)
{
	size_t i, named;

	for (i = 0; i < s->n_matches; i++)
		if (is_plain(&s->matches[i]) && s->matches[i].words == concept->words)
			add_terms(s, concept, s->matches[i].block, OPCIT_TERM_PLAIN);
	for (i = 0; i < s->n_matches; i++) {
		if (!is_plain(&s->matches[i]) || s->matches[i].words != concept->words)
			continue;
		named = named_by(&s->thesaurus->table, s->matches[i].block);
		if (named < s->thesaurus->table.n)
			add_terms(s, concept, named, OPCIT_TERM_PLAIN);
	}
}

/* Matches as concepts, with their names and terms. */
static struct opcit_concept *concepts_of(struct thesaurus_search *s, const struct thesaurus_match *matches, size_t n)
{
	struct opcit_concept *all = opcit_arena_calloc(s->arena, (n + 1) * sizeof *all);
	size_t i;

	for (i = 0; i < n; i++) {
		all[i].words = matches[i].words;
		all[i].plain = matches[i].plain;
		all[i].said = matches[i].said;
		all[i].name = opcit_thesaurus_first(&s->thesaurus->table, matches[i].block, OPCIT_THESAURUS_EN);
		all[i].terms = opcit_arena_alloc(s->arena, OPCIT_THESAURUS_TERMS * sizeof *all[i].terms);
		add_terms(s, &all[i], matches[i].block, matches[i].plain ? OPCIT_TERM_PLAIN : OPCIT_TERM_SAME);
		add_plain(s, &all[i]);
	}
	return all;
}

static void look_up(struct thesaurus_search *s)
{
	size_t i, end;

	thesaurus_match_names(s);
	s->n_found = thesaurus_pick(s->matches, 0, s->n_matches, UINT64_MAX);
	s->found = concepts_of(s, s->matches, s->n_found);
	for (i = 0; i < s->n_found; i++)
		add_relatives(s, &s->found[i], s->matches[i].block);
	for (i = 0; i < s->n_found; i++) {
		if (thesaurus_count(s->found[i].words) < 2)
			continue;
		end = thesaurus_pick(s->matches, s->n_found, s->n_matches, s->found[i].words);
		s->found[i].n_parts = end - s->n_found;
		s->found[i].parts = concepts_of(s, s->matches + s->n_found, s->found[i].n_parts);
	}
}

bool opcit_thesaurus_speaks(struct opcit_str lang)
{
	size_t i = 0;

	while (i < OPCIT_THESAURUS_LANGS && !opcit_str_is(lang, opcit_thesaurus_langs[i]))
		i++;
	return i < OPCIT_THESAURUS_LANGS;
}

/* Does a text hold that folded word? */
static bool holds_word(struct opcit_str text, struct opcit_str word)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token))
		if (opcit_str_eq(token.word, word))
			return true;
	return false;
}

/* Count the languages that have a term which holds the word as it is written. Only terms whose longest word begins
 * like it are looked at: the others would cost more than they tell. */
static void note_langs(const struct opcit_thesaurus_table *t, struct opcit_str typed, struct opcit_str folded,
		       size_t known[OPCIT_THESAURUS_LANGS])
{
	bool met[OPCIT_THESAURUS_LANGS] = { false };
	int beginning = opcit_thesaurus_beginning(typed);
	size_t i, lang;

	if (beginning < 0)
		return;
	for (i = t->starts[beginning + 1]; i < t->starts[beginning + 2]; i++) {
		const struct opcit_thesaurus_name *name = &t->names[t->by_beginning[i]];

		lang = name->key >= OPCIT_THESAURUS_PLAIN ? name->key - OPCIT_THESAURUS_PLAIN : name->key;
		met[lang] = met[lang] || holds_word(opcit_thesaurus_text(t, t->by_beginning[i]), folded);
	}
	for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
		known[lang] += met[lang];
}

/* The greatest of the counts, OPCIT_THESAURUS_LANGS where several are. */
static size_t most_of(const size_t counts[OPCIT_THESAURUS_LANGS])
{
	size_t best = 0, lang;

	for (lang = 1; lang < OPCIT_THESAURUS_LANGS; lang++)
		if (counts[lang] > counts[best])
			best = lang;
	for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
		if (lang != best && counts[lang] == counts[best])
			return OPCIT_THESAURUS_LANGS;
	return best;
}

struct opcit_str opcit_thesaurus_listen(const struct opcit_thesaurus *thesaurus, const struct opcit_str *words,
					size_t n_words)
{
	size_t stops[OPCIT_THESAURUS_LANGS] = { 0 }, known[OPCIT_THESAURUS_LANGS] = { 0 }, best, i, lang;
	char word[THESAURUS_WORD];

	for (i = 0; i < n_words; i++) {
		thesaurus_first_word(words[i], word);
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
			stops[lang] += opcit_stop_word(opcit_str_of(word), opcit_str_of(opcit_thesaurus_langs[lang]));
	}
	best = most_of(stops);
	for (i = 0; best == OPCIT_THESAURUS_LANGS && i < n_words; i++) {
		thesaurus_first_word(words[i], word);
		note_langs(&thesaurus->table, words[i], opcit_str_of(word), known);
	}
	if (best == OPCIT_THESAURUS_LANGS)
		best = most_of(known);
	return opcit_str_of(best == OPCIT_THESAURUS_LANGS ? "" : opcit_thesaurus_langs[best]);
}

void opcit_thesaurus_find(struct opcit_thesaurus *thesaurus, struct opcit_str lang,
			  const struct opcit_str *words, size_t n_words, struct opcit_arena *arena,
			  struct opcit_concept **concepts, size_t *n)
{
	struct thesaurus_search *s = opcit_arena_calloc(arena, sizeof *s);

	while (s->lang < OPCIT_THESAURUS_LANGS && !opcit_str_is(lang, opcit_thesaurus_langs[s->lang]))
		s->lang++;
	s->arena = arena;
	s->thesaurus = thesaurus;
	thesaurus_take_words(s, words, n_words);
	look_up(s);
	*concepts = s->found;
	*n = s->n_found;
	free(s->matches);
}

/* The places in the table of a word as typed; how many there are. */
static size_t places_of(struct opcit_thesaurus *t, const struct opcit_meaning_table *table, size_t lang,
			struct opcit_str word, size_t places[THESAURUS_TERM_WORDS])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, word);
	while (n < THESAURUS_TERM_WORDS && opcit_tokens_next(&tokens, &token)) {
		struct opcit_str stem = opcit_stem_unless_stop(t->stemmers[lang], token.word);

		places[n] = opcit_meaning_word(table, opcit_str_of(opcit_thesaurus_langs[lang]), stem);
		n += !token.part && places[n] < table->n_words;
	}
	return n;
}

/* Is a question in that language, or may it be? */
static bool may_speak(struct opcit_str lang, size_t in)
{
	return !lang.len || opcit_str_is(lang, opcit_thesaurus_langs[in]);
}

void opcit_thesaurus_mean(struct opcit_thesaurus *thesaurus, const struct opcit_meaning_table *table,
			  struct opcit_str lang, const struct opcit_str *words, size_t n_words,
			  struct opcit_meaning *meaning)
{
	float *sums = opcit_xcalloc(table->n_concepts, sizeof *sums);
	size_t places[THESAURUS_TERM_WORDS], telling = 0, lang_at, n, i, k;

	for (i = 0; i < n_words; i++) {
		bool any = false;

		for (lang_at = 0; lang_at < OPCIT_THESAURUS_LANGS; lang_at++) {
			n = may_speak(lang, lang_at) ? places_of(thesaurus, table, lang_at, words[i], places) : 0;
			for (k = 0; k < n; k++)
				opcit_meaning_add(table, places[k], 1, sums);
			any |= n > 0;
		}
		telling += any;
	}
	opcit_meaning_keep(table, sums, meaning);
	if (telling < 2)
		meaning->n = 0;
	free(sums);
}

float opcit_thesaurus_speaks_of(struct opcit_thesaurus *thesaurus, const struct opcit_meaning_table *table,
				struct opcit_str lang, struct opcit_str word, size_t concept)
{
	size_t places[THESAURUS_TERM_WORDS], lang_at, n, k;
	float sum = 0;

	for (lang_at = 0; lang_at < OPCIT_THESAURUS_LANGS; lang_at++) {
		n = may_speak(lang, lang_at) ? places_of(thesaurus, table, lang_at, word, places) : 0;
		for (k = 0; k < n; k++)
			sum += opcit_meaning_weight(table, places[k], concept);
	}
	return sum;
}

struct opcit_concept *opcit_thesaurus_concept(struct opcit_thesaurus *thesaurus, const char *name,
					      struct opcit_arena *arena)
{
	struct thesaurus_search *s = opcit_arena_calloc(arena, sizeof *s);
	struct thesaurus_match match = { .block = (uint32_t)opcit_thesaurus_block_of(&thesaurus->table, opcit_str_of(name)) };

	s->thesaurus = thesaurus;
	s->arena = arena;
	return match.block < thesaurus->table.n ? concepts_of(s, &match, 1) : NULL;
}
