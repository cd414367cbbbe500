#include "thesaurus.h"

#include "english.h"
#include "text.h"
#include "thesaurus_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TERM_WORDS = 8,
	WORD = OPCIT_THESAURUS_STEM,
	MOST_NARROWER = 3, /* names of a narrower concept in one language */
	MOST_FORMS = 4, /* of one word that begin otherwise (english.h) */
	MOST_PARTS = 4, /* of a compound */
	MOST_BEGINNINGS = 9 * OPCIT_THESAURUS_LANGS + 2 + MOST_FORMS + MOST_PARTS /* of what a word may be met as */
};

/* How strongly words are a name: one does; several of a phrase that documents use, together; several of a name, for
 * each of them where they stand side by side. */
enum { OF_WORD = 2, OF_PHRASE = 3, UNBROKEN = 4 };

/* A word by its stems in each language; none where it is a stop word. */
struct wanted {
	char stems[OPCIT_THESAURUS_LANGS][WORD];
	char folded[WORD];
	bool treaty[OPCIT_THESAURUS_LANGS]; /* is_treaty() */
	bool acute; /* ends_acute() */
};

/* A block of a file and the words of the question that one of its terms names. */
struct match {
	uint64_t words; /* bit i for word i */
	size_t strength;
	uint32_t name;
	uint32_t block; /* as in the name */
	bool plain;     /* by a plain word, or by what documents say for one */
	bool said;      /* by that */
};

/* The stems of a name, found once: a thesaurus is asked again and again. */
struct opcit_thesaurus_stems {
	char (*stems)[WORD];
	size_t n;
	bool known;
};

struct search {
	struct wanted words[OPCIT_THESAURUS_WORDS];
	size_t n_words;
	uint64_t compounds; /* of the words those with a hyphen */
	size_t lang; /* of the question; OPCIT_THESAURUS_LANGS where it is not known */
	bool begins[OPCIT_THESAURUS_BEGINNINGS + 1]; /* some word, or a term that may be met, by beginning + 1 */
	int beginnings[OPCIT_THESAURUS_WORDS * MOST_BEGINNINGS + 1]; /* those */
	size_t n_beginnings;
	struct opcit_thesaurus *thesaurus;
	struct opcit_arena *arena;
	struct match *matches; /* heap */
	size_t n_matches, cap_matches;
	uint64_t named; /* words that name something each by itself */
	struct opcit_concept *found; /* the first matches, as concepts */
	size_t n_found;
};

/* ---- words -------------------------------------------------------------------- */

/* "No lawyer", "lack of a lawyer" and "without a lawyer" are one. */
static bool is_without(struct opcit_str stem)
{
	return opcit_str_is(stem, "no") || opcit_str_is(stem, "lack") || opcit_str_is(stem, "without");
}

/* Stands before the stem of any word for a treaty in a name of several words. */
enum { TREATY = '<' };

/* What a treaty may be called in each language; the French "traité" not, which folded is trafficking. */
static const char *const treaties[OPCIT_THESAURUS_LANGS][6] = {
	[OPCIT_THESAURUS_EN] = { "treaty", "convention", "agreement", "covenant", "pact", "accord" },
	[OPCIT_THESAURUS_FR] = { "convention", "accord", "pacte" },
	[OPCIT_THESAURUS_ES] = { "tratado", "convencion", "convenio", "acuerdo", "pacto" },
};

/* In names of several words these are one: "the treaty on migrant workers" is an agreement, too. A word folded. */
static bool is_treaty(size_t lang, struct opcit_str word)
{
	size_t i;

	for (i = 0; i < 6 && treaties[lang][i]; i++) {
		size_t n = strlen(treaties[lang][i]);

		if (opcit_str_starts(word, treaties[lang][i]) &&
		    (word.len == n || opcit_str_is(opcit_str_sub(word, n, word.len), "s") ||
		     opcit_str_is(opcit_str_sub(word, n, word.len), "es")))
			return true;
	}
	return lang == OPCIT_THESAURUS_EN && opcit_str_is(word, "treaties");
}

/* The stems of a text's words without stop words; 0 when it has more than
 * TERM_WORDS. */
static size_t stems_of(struct opcit_thesaurus *t, size_t lang, struct opcit_str term, char stems[TERM_WORDS][WORD])
{
	bool treaty[TERM_WORDS];
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0, i;

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
		treaty[n] = is_treaty(lang, token.word);
		memcpy(stems[n], stem.ptr, len);
		stems[n++][len] = '\0';
	}
	for (i = 0; n > 1 && i < n; i++)
		if (treaty[i]) {
			memmove(stems[i] + 1, stems[i], WORD - 1);
			stems[i][0] = TREATY;
		}
	return n;
}

static const struct opcit_thesaurus_stems *stems_of_name(struct opcit_thesaurus *t, size_t lang, size_t name)
{
	struct opcit_thesaurus_stems *found;
	char stems[TERM_WORDS][WORD];

	if (!t->stems)
		t->stems = opcit_xcalloc(t->table.n_names, sizeof *t->stems);
	found = &t->stems[name];
	if (found->known)
		return found;
	found->known = true;
	found->n = stems_of(t, lang, opcit_thesaurus_text(&t->table, name), stems);
	found->stems = opcit_arena_alloc(&t->arena, found->n * WORD);
	memcpy(found->stems, stems, found->n * WORD);
	return found;
}

static void add_beginning(struct search *s, int number)
{
	if (s->begins[number + 1])
		return;
	s->begins[number + 1] = true;
	s->beginnings[s->n_beginnings++] = number;
}

/* From then on terms that begin like the text may be in the question. */
static void note_beginning(struct search *s, struct opcit_str text)
{
	int number = opcit_thesaurus_beginning(text);

	if (number >= 0)
		add_beginning(s, number);
}

/* A name may have another form of the word: "taught" where "teaching" is asked for. */
static void note_forms(struct search *s, struct opcit_str word)
{
	const struct opcit_english_form *form;
	char buf[OPCIT_WORD_MAX];
	struct opcit_str base = opcit_english_base(word, buf);
	size_t place = 0;

	note_beginning(s, base);
	while ((form = opcit_english_next(base, &place)))
		if (form->spelling ? opcit_str_starts(base, form->base) : opcit_str_is(base, form->base))
			note_beginning(s, opcit_str_of(form->form));
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

/* "asylum-seekers": a name may have the two words apart. */
static void note_parts(struct search *s, size_t place, struct opcit_str word)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t parts = 0;

	opcit_tokens_init(&tokens, word);
	while (parts < MOST_PARTS && opcit_tokens_next(&tokens, &token))
		if (token.part) {
			note_beginning(s, token.word);
			parts++;
		}
	if (parts)
		s->compounds |= (uint64_t)1 << place;
}

static void take_words(struct search *s, const struct opcit_str *words, size_t n)
{
	size_t i, k, lang;

	for (i = 0; i < n && i < OPCIT_THESAURUS_WORDS; i++) {
		struct wanted *word = &s->words[s->n_words++];

		memset(word, 0, sizeof *word);
		first_word_of(words[i], word->folded);
		word->acute = ends_acute(words[i]);
		note_beginning(s, words[i]);
		if (is_common(word->folded))
			continue;
		note_forms(s, opcit_str_of(word->folded));
		note_parts(s, i, words[i]);
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++) {
			char stems[TERM_WORDS][WORD];

			if (stems_of(s->thesaurus, lang, words[i], stems) == 1)
				memcpy(word->stems[lang], stems[0], WORD);
			note_beginning(s, opcit_str_of(word->stems[lang]));
			word->treaty[lang] = is_treaty(lang, opcit_str_of(word->folded));
			for (k = 0; word->treaty[lang] && k < 6 && treaties[lang][k]; k++)
				note_beginning(s, opcit_str_of(treaties[lang][k]));
			if (is_without(opcit_str_of(word->stems[lang]))) {
				note_beginning(s, OPCIT_STR("lack"));
				note_beginning(s, OPCIT_STR("without"));
			}
		}
	}
}

/* ---- looking for names -------------------------------------------------------- */

/* Is a word of the question a name's, by its stem? */
static bool is_same(const struct wanted *word, size_t lang, const char *stem)
{
	return strcmp(word->stems[lang], *stem == TREATY ? stem + 1 : stem) == 0;
}

/* Or another word for the treaty that it is of? */
static bool is_met(const struct wanted *word, size_t lang, const char *stem)
{
	return (word->treaty[lang] && *stem == TREATY) || is_same(word, lang, stem);
}

/* The word of the question that has that stem, from word `from` on, or n_words. */
static size_t place_of(const struct search *s, size_t lang, const char *stem, size_t from)
{
	while (from < s->n_words && !is_met(&s->words[from], lang, stem))
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

/* How words of the question are a name. */
struct fit {
	size_t strength;
	bool typed; /* none of them is another word for the same */
};

/* The words of the question from `from` on that are all of a term's: side by side or in the
 * term's order with one word between; in English in any order where none is a particle, and with two
 * words between where no small one is ("detained migrant young children"; "access to oboes and gulls for children" is no
 * access to children). 0 when they are not there. */
static uint64_t match_at(const struct search *s, size_t lang, char stems[TERM_WORDS][WORD], size_t n, size_t from,
			 struct fit *fit)
{
	bool met[TERM_WORDS] = { false }, ordered = true, unbroken = true, particle = false;
	bool english = lang == OPCIT_THESAURUS_EN, near;
	size_t most = english ? 2 : 1, between = 0, done = 0, other = 0, at, i;
	uint64_t words = 0;

	for (at = from; done < n && at < s->n_words; at++) {
		if (!s->words[at].stems[lang][0]) {
			unbroken = false;
			continue;
		}
		for (i = 0; i < n && (met[i] || !is_met(&s->words[at], lang, stems[i])); i++)
			;
		if (i == n && between == most)
			break;
		if (i == n) {
			between++;
			continue;
		}
		ordered = ordered && i == done;
		particle = particle || is_particle(stems[i]);
		met[i] = true;
		other += !is_same(&s->words[at], lang, stems[i]);
		words |= (uint64_t)1 << at;
		done++;
	}
	/* Words between take back half and more: "health care for irregular migrants" is
	 * about irregular migrants. */
	near = !between || (between == 1 && ordered && unbroken);
	fit->typed = !other;
	fit->strength = (n < 2 ? OF_WORD : !between ? UNBROKEN * n + ordered : 2 * n - !near) - other;
	/* In French and Spanish the order says who is what: "famille d'accueil" is no
	 * "accueil des familles". */
	if (done < n || (!english && !near) || (between == 2 && !unbroken) || (!ordered && (!english || particle)))
		return 0;
	return words;
}

static const char *base_of(const char *word, char base[WORD])
{
	char buf[OPCIT_WORD_MAX];

	snprintf(base, WORD, "%.*s", OPCIT_FMT(opcit_english_base(opcit_str_of(word), buf)));
	return base;
}

/* Are two English words of one stem forms of one word, as "detains" and "detaining"
 * are? "Minority" and "minor" are not, nor "nations" and "nationality". */
static bool is_form_of(const char *a, const char *b)
{
	static const char *const endings[] = { "",    "s",    "es",	"ed",	  "d",	  "ing",    "e",	"y",   "ies",
					       "ied", "ion", "ions", "ation", "ations", "ment", "ments", "or", "ors" };
	enum { ENDINGS = sizeof endings / sizeof *endings };
	char of_a[WORD], of_b[WORD];
	size_t n = 0;

	a = base_of(a, of_a);
	b = base_of(b, of_b);
	while (a[n] && a[n] == b[n])
		n++;
	/* "Access" is no "accession", "process" no "procession". */
	if (n > 4 && memcmp(a + n - 4, "cess", 4) == 0 &&
	    (strncmp(a + n, "ion", 3) == 0) != (strncmp(b + n, "ion", 3) == 0))
		return false;
	if (n && a[n] == a[n - 1]) /* "stop", "stopping" */
		a++;
	else if (n && b[n] == b[n - 1])
		b++;
	return is_one_of(a + n, endings, ENDINGS) && is_one_of(b + n, endings, ENDINGS);
}

/* Can it be that a question has all words of a name? No small word is as long as those that are looked at. */
static bool may_hold(const struct search *s, struct opcit_str name)
{
	enum { LONG = 9 };
	struct opcit_str word;

	while (opcit_thesaurus_next_word(&name, &word))
		if (word.len >= LONG && !s->begins[opcit_thesaurus_beginning(word) + 1])
			return false;
	return true;
}

/* A small word is a plain one by itself ("go" is not yet "go to"), in English in its forms, otherwise as it is
 * written: "about" only has the stem of "aboutissement". */
static bool may_be_plain(const struct wanted *word, size_t lang, struct opcit_str term)
{
	if (!opcit_light_word(opcit_str_of(word->folded)))
		return true;
	return lang == OPCIT_THESAURUS_EN ? !memchr(term.ptr, ' ', term.len) : opcit_str_ieq(term, opcit_str_of(word->folded));
}

/* Is it a concept? Those that only say one word in several languages have no relations. */
static bool has_relations(const struct opcit_thesaurus_table *t, size_t block)
{
	return block < t->n && t->ties_from[block + 1] > t->ties_from[block];
}

static void add_match(struct search *s, struct match match)
{
	OPCIT_GROW(s->matches, s->n_matches, s->cap_matches);
	s->matches[s->n_matches++] = match;
}

/* A name of several words that one compound of the question is, joined: "asylum-seekers", "asylum seeker". */
static void match_compounds(struct search *s, struct opcit_str text, size_t lang, struct match match)
{
	char joined[2 * WORD];
	struct opcit_tokens tokens;
	struct opcit_token token;
	struct opcit_str stem;
	size_t n = 0, i;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		if (n + token.word.len > sizeof joined)
			return;
		memcpy(joined + n, token.word.ptr, token.word.len);
		n += token.word.len;
	}
	stem = opcit_stem(s->thesaurus->stemmers[lang], (struct opcit_str){ joined, n });
	for (i = 0; i < s->n_words; i++)
		if (s->compounds >> i & 1 && opcit_str_is(stem, s->words[i].stems[lang])) {
			match.words = (uint64_t)1 << i;
			add_match(s, match);
		}
}

/* Where a name stands in the question. */
static void match_name(struct search *s, size_t at)
{
	const struct opcit_thesaurus_name *name = &s->thesaurus->table.names[at];
	struct opcit_str text = opcit_thesaurus_text(&s->thesaurus->table, at);
	bool said = name->key < OPCIT_THESAURUS_LANGS && name->block >= s->thesaurus->table.n;
	bool plain = name->key >= OPCIT_THESAURUS_PLAIN;
	size_t lang = plain ? name->key - OPCIT_THESAURUS_PLAIN : name->key, from, i;
	const struct opcit_thesaurus_stems *of;
	struct fit fit;

	if (!may_hold(s, text))
		return;
	of = stems_of_name(s->thesaurus, lang, at);
	if (s->compounds && of->n > 1 && !said)
		match_compounds(s, text, lang, (struct match){ .name = (uint32_t)at, .block = name->block, .plain = plain,
							       .strength = UNBROKEN * of->n });
	if (of->n == 1 && s->lang != OPCIT_THESAURUS_LANGS && s->lang != lang)
		return;
	for (i = 0; i < of->n; i++)
		if (place_of(s, lang, of->stems[i], 0) == s->n_words)
			return;
	for (from = 0; of->n && from < s->n_words; from++) {
		struct match match = { .name = (uint32_t)at, .block = name->block, .plain = plain || said, .said = said };

		match.words = match_at(s, lang, of->stems, of->n, from, &fit);
		match.strength = fit.strength;
		if (!(match.words >> from & 1))
			continue;
		if (plain && of->n == 1 && !may_be_plain(&s->words[from], lang, text))
			continue;
		if (of->n == 1 && lang == OPCIT_THESAURUS_EN) {
			char word[WORD];

			first_word_of(text, word);
			if (!is_form_of(s->words[from].folded, word))
				continue;
		}
		if (of->n == 1 && lang == OPCIT_THESAURUS_FR &&
		    s->words[from].acute != ends_acute(text))
			continue;
		if (said && match.strength < UNBROKEN * of->n)
			continue;
		if (said)
			match.strength = OF_PHRASE;
		else if (of->n == 1 && !plain && has_relations(&s->thesaurus->table, name->block))
			s->named |= match.words;
		add_match(s, match);
	}
}

/* What documents say for plain words gives way to what one of its words names. */
static void drop_phrases(struct search *s)
{
	size_t kept = 0, i;

	for (i = 0; i < s->n_matches; i++)
		if (!s->matches[i].said || !(s->matches[i].words & s->named))
			s->matches[kept++] = s->matches[i];
	s->n_matches = kept;
}

/* All names that begin like a word of the question, and those that may begin like anything. */
static void match_names(struct search *s)
{
	const struct opcit_thesaurus_table *t = &s->thesaurus->table;
	size_t i, k;

	add_beginning(s, -1);
	for (i = 0; i < s->n_beginnings; i++)
		for (k = t->starts[s->beginnings[i] + 1]; k < t->starts[s->beginnings[i] + 2]; k++)
			match_name(s, t->by_beginning[k]);
	drop_phrases(s);
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

/* The strongest first, names before plain words, then the earlier. */
static int by_strength(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	if (x->plain != y->plain)
		return x->plain ? 1 : -1;
	if (by_place(a, b))
		return by_place(a, b);
	return (x->name > y->name) - (x->name < y->name);
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
static bool was_typed(struct search *s, const struct opcit_concept *concept, size_t lang, size_t name)
{
	const struct opcit_thesaurus_stems *of;
	struct fit fit;
	uint64_t words;

	if (!concept->words || !s->begins[s->thesaurus->table.names[name].beginning + 1])
		return false;
	of = stems_of_name(s->thesaurus, lang, name);
	words = of->n ? match_at(s, lang, of->stems, of->n, first_word(concept->words), &fit) : 0;
	return of->n && words == concept->words && fit.typed;
}

static void add_terms(struct search *s, struct opcit_concept *concept, size_t of, enum opcit_term_relation relation)
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
static void add_related(struct search *s, struct opcit_concept *concept, size_t block, size_t own)
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
static void add_relatives(struct search *s, struct opcit_concept *concept, size_t own)
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

static bool is_plain(const struct match *match)
{
	return match->plain && !match->said;
}

/* What documents say for the words of a concept where they are plain words, too; and what else that is called. */
static void add_plain(struct search *s, struct opcit_concept *concept)
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
static struct opcit_concept *concepts_of(struct search *s, const struct match *matches, size_t n)
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

static void look_up(struct search *s)
{
	size_t i, end;

	match_names(s);
	if (s->n_matches)
		qsort(s->matches, s->n_matches, sizeof *s->matches, by_strength);
	s->n_found = pick(s->matches, 0, s->n_matches, UINT64_MAX);
	s->found = concepts_of(s, s->matches, s->n_found);
	for (i = 0; i < s->n_found; i++)
		add_relatives(s, &s->found[i], s->matches[i].block);
	for (i = 0; i < s->n_found; i++) {
		if (count_of(s->found[i].words) < 2)
			continue;
		end = pick(s->matches, s->n_found, s->n_matches, s->found[i].words);
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
	char word[WORD];

	for (i = 0; i < n_words; i++) {
		first_word_of(words[i], word);
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++)
			stops[lang] += opcit_stop_word(opcit_str_of(word), opcit_str_of(opcit_thesaurus_langs[lang]));
	}
	best = most_of(stops);
	for (i = 0; best == OPCIT_THESAURUS_LANGS && i < n_words; i++) {
		first_word_of(words[i], word);
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
	struct search *s = opcit_arena_calloc(arena, sizeof *s);

	while (s->lang < OPCIT_THESAURUS_LANGS && !opcit_str_is(lang, opcit_thesaurus_langs[s->lang]))
		s->lang++;
	s->arena = arena;
	s->thesaurus = thesaurus;
	take_words(s, words, n_words);
	look_up(s);
	*concepts = s->found;
	*n = s->n_found;
	free(s->matches);
}

/* The places in the table of a word as typed; how many there are. */
static size_t places_of(struct opcit_thesaurus *t, const struct opcit_meaning_table *table, size_t lang,
			struct opcit_str word, size_t places[TERM_WORDS])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, word);
	while (n < TERM_WORDS && opcit_tokens_next(&tokens, &token)) {
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
	size_t places[TERM_WORDS], telling = 0, lang_at, n, i, k;

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
	size_t places[TERM_WORDS], lang_at, n, k;
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
	struct search *s = opcit_arena_calloc(arena, sizeof *s);
	struct match match = { .block = (uint32_t)opcit_thesaurus_block_of(&thesaurus->table, opcit_str_of(name)) };

	s->thesaurus = thesaurus;
	s->arena = arena;
	return match.block < thesaurus->table.n ? concepts_of(s, &match, 1) : NULL;
}
