#include "thesaurus.h"

#include "text.h"
#include "thesaurus_file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	TERM_WORDS = 8,
	WORD = OPCIT_THESAURUS_STEM,
	MOST_NARROWER = 3 /* names of a narrower concept in one language */
};

/* A word by its stems in each language; none where it is a stop word. */
struct wanted {
	char stems[OPCIT_THESAURUS_LANGS][WORD];
	char folded[WORD];
	bool acute; /* ends_acute() */
};

/* A block of a file and the words of the question that one of its terms names. */
struct match {
	uint64_t words; /* bit i for word i */
	size_t strength;
	const struct opcit_thesaurus_block *block;
};

struct search {
	struct wanted words[OPCIT_THESAURUS_WORDS];
	size_t n_words;
	size_t lang; /* of the question; OPCIT_THESAURUS_LANGS where it is not known */
	bool beginnings[1 << 15]; /* of three letters, of some word */
	struct opcit_thesaurus *thesaurus;
	struct opcit_arena *arena;
	struct match *matches; /* heap */
	size_t n_matches, cap_matches;
	struct opcit_concept *found; /* the first matches, as concepts */
	size_t n_found;
};

/* ---- words -------------------------------------------------------------------- */

/* "No lawyer", "lack of a lawyer" and "without a lawyer" are one. */
static bool is_without(struct opcit_str stem)
{
	return opcit_str_is(stem, "no") || opcit_str_is(stem, "lack") || opcit_str_is(stem, "without");
}

/* The stems of a text's words without stop words; 0 when it has more than
 * TERM_WORDS. */
static size_t stems_of(struct opcit_thesaurus *t, size_t lang, struct opcit_str term, char stems[TERM_WORDS][WORD])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, term);
	while (opcit_tokens_next(&tokens, &token)) {
		struct opcit_str stem;
		size_t len;

		if (token.part)
			continue;
		stem = opcit_stem_unless_stop(t->stemmers[lang], token.word);
		if (!stem.len)
			continue;
		if (n == TERM_WORDS)
			return 0;
		if (lang == OPCIT_THESAURUS_EN && is_without(stem))
			stem = OPCIT_STR("without");
		len = stem.len < WORD ? stem.len : WORD - 1;
		memcpy(stems[n], stem.ptr, len);
		if (lang == OPCIT_THESAURUS_EN && len > 3 && memcmp(stems[n] + len - 3, "men", 3) == 0)
			stems[n][len - 2] = 'a'; /* "ombudsmen" */
		stems[n++][len] = '\0';
	}
	return n;
}

/* Of a name they are found once: a thesaurus is asked again and again. */
static size_t stems_of_name(struct opcit_thesaurus *t, size_t lang, struct opcit_thesaurus_name *name)
{
	char stems[TERM_WORDS][WORD];

	if (name->n_stems != OPCIT_THESAURUS_NOT_YET)
		return (size_t)name->n_stems;
	name->n_stems = (int)stems_of(t, lang, name->text, stems);
	name->stems = opcit_arena_alloc(&t->arena, (size_t)name->n_stems * WORD);
	memcpy(name->stems, stems, (size_t)name->n_stems * WORD);
	return (size_t)name->n_stems;
}

/* The first three letters as a number, those alike that a plural may change
 * ("men", "lives"); -1 where they may be anything once folded or the word is short. */
static int beginning_of(struct opcit_str text)
{
	int number = 0;
	size_t i;

	for (i = 0; i < 3; i++) {
		int c = i < text.len ? tolower((unsigned char)text.ptr[i]) : 0;

		if (c < 'a' || c > 'z')
			return -1;
		if (memchr("aeiou", c, 5))
			c = 'a';
		number = number << 5 | ((c == 'v' ? 'f' : c) - 'a');
	}
	return number;
}

/* From then on terms that begin like the text may be in the question. */
static void note_beginning(struct search *s, struct opcit_str text)
{
	int number = beginning_of(text);

	if (number >= 0)
		s->beginnings[number] = true;
}

/* The first word of a text, folded. */
static void first_word_of(struct opcit_str text, char word[WORD])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, text);
	if (opcit_tokens_next(&tokens, &token)) {
		n = token.word.len < WORD ? token.word.len : WORD - 1;
		memcpy(word, token.word.ptr, n);
	}
	word[n] = '\0';
}

/* Is it a stop word in any of the languages? Then it names nothing: "des" in a
 * question is no disarmament. */
static bool is_common(const char *word)
{
	size_t lang;

	for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
		if (opcit_stop_word(opcit_str_of(word), opcit_str_of(opcit_thesaurus_langs[lang])))
			return true;
	return false;
}

/* Does a word end in an "é" that is spoken, as in "traités" and "âgée"? Without it a French word is
 * another one: "traite", "âge". */
static bool ends_acute(struct opcit_str word)
{
	static const char *const endings[] = { "é", "és", "ée", "ées", "É", "ÉS", "ÉE", "ÉES" };
	size_t i;

	for (i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t n = strlen(endings[i]);

		if (word.len > n && memcmp(word.ptr + word.len - n, endings[i], n) == 0)
			return true;
	}
	return false;
}

static void take_words(struct search *s, const struct opcit_str *words, size_t n)
{
	size_t i, lang;

	for (i = 0; i < n && i < OPCIT_THESAURUS_WORDS; i++) {
		struct wanted *word = &s->words[s->n_words++];

		memset(word, 0, sizeof *word);
		first_word_of(words[i], word->folded);
		word->acute = ends_acute(words[i]);
		if (is_common(word->folded))
			continue;
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++) {
			char stems[TERM_WORDS][WORD];

			if (stems_of(s->thesaurus, lang, words[i], stems) == 1)
				memcpy(word->stems[lang], stems[0], WORD);
			note_beginning(s, opcit_str_of(word->stems[lang]));
			if (is_without(opcit_str_of(word->stems[lang])))
				note_beginning(s, OPCIT_STR("lack"));
		}
		note_beginning(s, words[i]);
	}
}

/* Whether a term may begin with a word of the question: most do not, and need
 * not be cut into words. */
static bool may_begin(const struct search *s, struct opcit_thesaurus_name *name)
{
	if (name->beginning == OPCIT_THESAURUS_NOT_YET)
		name->beginning = beginning_of(name->text);
	return name->beginning < 0 || s->beginnings[name->beginning];
}

/* ---- looking for names -------------------------------------------------------- */

/* The word of the question that has that stem, from word `from` on, or n_words. */
static size_t place_of(const struct search *s, size_t lang, const char *stem, size_t from)
{
	while (from < s->n_words && strcmp(s->words[from].stems[lang], stem) != 0)
		from++;
	return from;
}

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
	while (n-- && strcmp(word, list[n]) != 0)
		;
	return n != (size_t)-1;
}

/* "Working out" is not "out of work": beside these the order matters. */
static bool is_particle(const char *stem)
{
	static const char *const particles[] = { "out", "up", "off", "away", "back", "down", "over" };

	return is_one_of(stem, particles, sizeof particles / sizeof *particles);
}

/* The words of the question from `from` on that are all of a term's: in the
 * term's order with one word more between at most; or in any order, in English
 * where none is a particle. 0 when they are not there. */
static uint64_t match_at(const struct search *s, size_t lang, char stems[TERM_WORDS][WORD], size_t n, size_t from,
			 size_t *strength)
{
	bool met[TERM_WORDS] = { false }, ordered = true, unbroken = true, between = false;
	bool any_order = lang == OPCIT_THESAURUS_EN;
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
		any_order = any_order && !is_particle(stems[i]);
		met[i] = true;
		words |= (uint64_t)1 << at;
		done++;
	}
	/* A word between takes back half: "health care for irregular migrants" is
	 * about irregular migrants. */
	*strength = n < 2 || between ? 2 * n : 4 * n + ordered;
	/* In French and Spanish the order says who is what: "famille d'accueil" is no
	 * "accueil des familles". */
	if (done < n || (between && !unbroken) || (!ordered && (between || !any_order)))
		return 0;
	return words;
}

/* Are two English words of one stem forms of one word, as "detains" and "detaining"
 * are? "Minority" and "minor" are not, nor "nations" and "nationality". */
static bool is_form_of(const char *a, const char *b)
{
	static const char *const endings[] = { "",    "s",    "es",	"ed",	  "d",	  "ing",    "e",	"y",   "ies",
					       "ied", "ion", "ions", "ation", "ations", "ment", "ments", "or", "ors" };
	static const char *const irregular[] = { "children",  "child",	  "lives",  "life",   "wives",    "wife",
						 "criteria",  "criterion", "crises", "crisis", "analyses", "analysis" };
	static const char *const man[] = { "an", "en" }; /* "ombudsman", "ombudsmen" */
	enum { ENDINGS = sizeof endings / sizeof *endings, IRREGULAR = sizeof irregular / sizeof *irregular };
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	/* "Access" is no "accession", "process" no "procession". */
	if (n > 4 && memcmp(a + n - 4, "cess", 4) == 0 &&
	    (strncmp(a + n, "ion", 3) == 0) != (strncmp(b + n, "ion", 3) == 0))
		return false;
	if (is_one_of(a, irregular, IRREGULAR) && is_one_of(b, irregular, IRREGULAR))
		return true;
	if (n && a[n - 1] == 'm' && is_one_of(a + n, man, 2) && is_one_of(b + n, man, 2))
		return true;
	if (n && a[n] == a[n - 1]) /* "stop", "stopping" */
		a++;
	else if (n && b[n] == b[n - 1])
		b++;
	return is_one_of(a + n, endings, ENDINGS) && is_one_of(b + n, endings, ENDINGS);
}

static void match_term(struct search *s, const struct opcit_thesaurus_block *block, size_t lang,
		       struct opcit_thesaurus_name *name)
{
	size_t n = stems_of_name(s->thesaurus, lang, name), from, i;

	if (n == 1 && s->lang != OPCIT_THESAURUS_LANGS && s->lang != lang)
		return;
	for (i = 0; i < n; i++)
		if (place_of(s, lang, name->stems[i], 0) == s->n_words)
			return;
	for (from = 0; n && from < s->n_words; from++) {
		struct match match = { .block = block };

		match.words = match_at(s, lang, name->stems, n, from, &match.strength);
		if (!(match.words >> from & 1))
			continue;
		if (n == 1 && lang == OPCIT_THESAURUS_EN) {
			char word[WORD];

			first_word_of(name->text, word);
			if (!is_form_of(s->words[from].folded, word))
				continue;
		}
		if (n == 1 && lang == OPCIT_THESAURUS_FR && s->words[from].acute != ends_acute(name->text))
			continue;
		OPCIT_GROW(s->matches, s->n_matches, s->cap_matches);
		s->matches[s->n_matches++] = match;
	}
}

static void match_block(struct search *s, const struct opcit_thesaurus_block *block)
{
	size_t i, k;

	for (i = 0; i < block->n; i++) {
		struct opcit_thesaurus_line *line = &block->lines[i];

		for (k = 0; line->key < OPCIT_THESAURUS_LANGS && k < line->n; k++)
			if (may_begin(s, &line->names[k]))
				match_term(s, block, line->key, &line->names[k]);
	}
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
			(struct opcit_thesaurus_term){ text, opcit_str_of(opcit_thesaurus_langs[lang]), relation };
}

/* Whether a term is what the question says itself. */
static bool was_typed(struct search *s, const struct opcit_concept *concept, size_t lang,
		      struct opcit_thesaurus_name *name)
{
	size_t n = concept->words ? stems_of_name(s->thesaurus, lang, name) : 0;
	size_t strength;
	uint64_t words = n ? match_at(s, lang, name->stems, n, first_word(concept->words), &strength) : 0;

	return n && words == concept->words;
}

static void add_terms(struct search *s, struct opcit_concept *concept, const struct opcit_thesaurus_block *block,
		      enum opcit_term_relation relation)
{
	size_t most = relation == OPCIT_TERM_SAME ? OPCIT_THESAURUS_TERMS : MOST_NARROWER, i, k;

	for (i = 0; i < block->n; i++) {
		struct opcit_thesaurus_line *line = &block->lines[i];

		for (k = 0; line->key < OPCIT_THESAURUS_LANGS && k < most && k < line->n; k++)
			if (!was_typed(s, concept, line->key, &line->names[k]))
				add_term(concept, line->names[k].text, line->key, relation);
	}
}

/* The first term of the line with that key. */
static struct opcit_str first_of(const struct opcit_thesaurus_block *block, size_t key)
{
	struct opcit_str term = OPCIT_STR("");
	size_t i;

	for (i = 0; i < block->n && !term.len; i++)
		if (block->lines[i].key == key && block->lines[i].n)
			term = block->lines[i].names[0].text;
	return term;
}

/* Does a line with that key name the concept? */
static bool names(const struct opcit_thesaurus_block *block, enum opcit_thesaurus_key key, struct opcit_str name)
{
	size_t i, k;

	for (i = 0; i < block->n; i++)
		for (k = 0; block->lines[i].key == key && k < block->lines[i].n; k++)
			if (opcit_str_ieq(name, block->lines[i].names[k].text))
				return true;
	return false;
}

static void add_relatives(struct search *s, const struct opcit_thesaurus_block *block, enum opcit_term_relation relation)
{
	struct opcit_str name = first_of(block, OPCIT_THESAURUS_EN);
	size_t i, lang;

	for (i = 0; i < s->n_found; i++) {
		const struct opcit_thesaurus_block *own = s->matches[i].block;

		if (relation == OPCIT_TERM_NARROWER) {
			if (names(block, OPCIT_THESAURUS_BROADER, s->found[i].name))
				add_terms(s, &s->found[i], block, relation);
		} else if (names(block, OPCIT_THESAURUS_RELATED, s->found[i].name) ||
			   names(own, OPCIT_THESAURUS_RELATED, name) || names(own, OPCIT_THESAURUS_BROADER, name)) {
			for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
				add_term(&s->found[i], first_of(block, lang), lang, relation);
		}
	}
}

/* ---- the way in --------------------------------------------------------------- */

/* Matches as concepts, with their names and terms. */
static struct opcit_concept *concepts_of(struct search *s, const struct match *matches, size_t n)
{
	struct opcit_concept *all = opcit_arena_calloc(s->arena, (n + 1) * sizeof *all);
	size_t i;

	for (i = 0; i < n; i++) {
		all[i].words = matches[i].words;
		all[i].name = first_of(matches[i].block, OPCIT_THESAURUS_EN);
		all[i].terms = opcit_arena_alloc(s->arena, OPCIT_THESAURUS_TERMS * sizeof *all[i].terms);
		add_terms(s, &all[i], matches[i].block, OPCIT_TERM_SAME);
	}
	return all;
}

static void look_up(struct search *s, const struct opcit_thesaurus_block *blocks, size_t n)
{
	size_t i, end;

	for (i = 0; i < n; i++)
		match_block(s, &blocks[i]);
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
	for (i = 0; s->n_found && i < n; i++)
		add_relatives(s, &blocks[i], OPCIT_TERM_NARROWER);
	for (i = 0; s->n_found && i < n; i++)
		add_relatives(s, &blocks[i], OPCIT_TERM_RELATED);
}

bool opcit_thesaurus_speaks(struct opcit_str lang)
{
	size_t i = 0;

	while (i < OPCIT_THESAURUS_LANGS && !opcit_str_is(lang, opcit_thesaurus_langs[i]))
		i++;
	return i < OPCIT_THESAURUS_LANGS;
}

struct opcit_str opcit_thesaurus_listen(const struct opcit_str *words, size_t n_words)
{
	size_t stops[OPCIT_THESAURUS_LANGS] = { 0 }, best = 0, i, lang;
	bool tied = false;

	for (i = 0; i < n_words; i++) {
		char word[WORD];

		first_word_of(words[i], word);
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
			stops[lang] += opcit_stop_word(opcit_str_of(word), opcit_str_of(opcit_thesaurus_langs[lang]));
	}
	for (lang = 1; lang < OPCIT_THESAURUS_LANGS; lang++)
		if (stops[lang] > stops[best])
			best = lang;
	for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
		tied = tied || (lang != best && stops[lang] == stops[best]);
	return opcit_str_of(tied ? "" : opcit_thesaurus_langs[best]);
}

void opcit_thesaurus_find(struct opcit_thesaurus *thesaurus, struct opcit_str lang,
			  const struct opcit_str *words, size_t n_words, struct opcit_arena *arena,
			  struct opcit_concept **concepts, size_t *n)
{
	struct search *s = opcit_arena_calloc(arena, sizeof *s);

	while (s->lang < OPCIT_THESAURUS_LANGS && !opcit_str_is(lang, opcit_thesaurus_langs[s->lang]))
		s->lang++;
	s->arena = arena;
	s->thesaurus = thesaurus;
	take_words(s, words, n_words);
	look_up(s, thesaurus->blocks, thesaurus->n);
	*concepts = s->found;
	*n = s->n_found;
	free(s->matches);
}

/* Add what a word speaks of in a language; false where that is nothing. */
static bool hear(struct opcit_thesaurus *t, const struct opcit_meaning_table *table, size_t lang, struct opcit_str word,
		 float *sums)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	bool any = false;

	opcit_tokens_init(&tokens, word);
	while (opcit_tokens_next(&tokens, &token)) {
		struct opcit_str stem = opcit_stem_unless_stop(t->stemmers[lang], token.word);
		size_t place = opcit_meaning_word(table, opcit_str_of(opcit_thesaurus_langs[lang]), stem);

		if (token.part || place == table->n_words)
			continue;
		opcit_meaning_add(table, place, 1, sums);
		any = true;
	}
	return any;
}

void opcit_thesaurus_mean(struct opcit_thesaurus *thesaurus, const struct opcit_meaning_table *table,
			  struct opcit_str lang, const struct opcit_str *words, size_t n_words,
			  struct opcit_meaning *meaning)
{
	float *sums = opcit_xcalloc(table->n_concepts, sizeof *sums);
	size_t telling = 0, i, k;

	for (i = 0; i < n_words; i++) {
		bool any = false;

		for (k = 0; k < OPCIT_THESAURUS_LANGS; k++)
			if (!lang.len || opcit_str_is(lang, opcit_thesaurus_langs[k]))
				any |= hear(thesaurus, table, k, words[i], sums);
		telling += any;
	}
	opcit_meaning_keep(table, sums, meaning);
	if (telling < 2)
		meaning->n = 0;
	free(sums);
}

struct opcit_concept *opcit_thesaurus_concept(struct opcit_thesaurus *thesaurus, const char *name,
					      struct opcit_arena *arena)
{
	struct search s = { .thesaurus = thesaurus, .arena = arena };
	struct match match = { .block = NULL };
	size_t i;

	for (i = 0; i < thesaurus->n && !match.block; i++)
		if (opcit_str_is(first_of(&thesaurus->blocks[i], OPCIT_THESAURUS_EN), name))
			match.block = &thesaurus->blocks[i];
	return match.block ? concepts_of(&s, &match, 1) : NULL;
}
