/* thesaurus_match.c: see thesaurus_int.h. */
#include "thesaurus_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "english.h"
#include "text.h"

/* How strongly words are a name: one does; several of a phrase that documents use, together; several of a name, for
 * each of them where they stand side by side. */
enum { OF_WORD = 2, OF_PHRASE = 3, UNBROKEN = 4 };

/* Is a word of the question a name's, by its stem? */
static bool is_same(const struct thesaurus_wanted *word, size_t lang, const char *stem)
{
	return strcmp(word->stems[lang], *stem == THESAURUS_TREATY ? stem + 1 : stem) == 0;
}

/* Or another word for the treaty that it is of? */
static bool is_met(const struct thesaurus_wanted *word, size_t lang, const char *stem)
{
	return (word->treaty[lang] && *stem == THESAURUS_TREATY) || is_same(word, lang, stem);
}

/* The word of the question that has that stem, from word `from` on, or n_words. */
static size_t place_of(const struct thesaurus_search *s, size_t lang, const char *stem, size_t from)
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

uint64_t thesaurus_match_at(const struct thesaurus_search *s, size_t lang, char stems[THESAURUS_TERM_WORDS][THESAURUS_WORD], size_t n, size_t from,
			 struct thesaurus_fit *fit)
{
	bool met[THESAURUS_TERM_WORDS] = { false }, ordered = true, unbroken = true, particle = false;
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

static const char *base_of(const char *word, char base[THESAURUS_WORD])
{
	char buf[OPCIT_WORD_MAX];

	snprintf(base, THESAURUS_WORD, "%.*s", OPCIT_FMT(opcit_english_base(opcit_str_of(word), buf)));
	return base;
}

/* Are two English words of one stem forms of one word, as "detains" and "detaining"
 * are? "Minority" and "minor" are not, nor "nations" and "nationality". */
static bool is_form_of(const char *a, const char *b)
{
	static const char *const endings[] = { "",    "s",    "es",	"ed",	  "d",	  "ing",    "e",	"y",   "ies",
					       "ied", "ion", "ions", "ation", "ations", "ment", "ments", "or", "ors" };
	enum { ENDINGS = sizeof endings / sizeof *endings };
	char of_a[THESAURUS_WORD], of_b[THESAURUS_WORD];
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
static bool may_hold(const struct thesaurus_search *s, struct opcit_str name)
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
static bool may_be_plain(const struct thesaurus_wanted *word, size_t lang, struct opcit_str term)
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

static void add_match(struct thesaurus_search *s, struct thesaurus_match match)
{
	OPCIT_GROW(s->matches, s->n_matches, s->cap_matches);
	s->matches[s->n_matches++] = match;
}

/* A name of several words that one compound of the question is, joined: "asylum-seekers", "asylum seeker". */
static void match_compounds(struct thesaurus_search *s, struct opcit_str text, size_t lang, struct thesaurus_match match)
{
	char joined[2 * THESAURUS_WORD];
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
static void match_name(struct thesaurus_search *s, size_t at)
{
	const struct opcit_thesaurus_name *name = &s->thesaurus->table.names[at];
	struct opcit_str text = opcit_thesaurus_text(&s->thesaurus->table, at);
	bool said = name->key < OPCIT_THESAURUS_LANGS && name->block >= s->thesaurus->table.n;
	bool plain = name->key >= OPCIT_THESAURUS_PLAIN;
	size_t lang = plain ? name->key - OPCIT_THESAURUS_PLAIN : name->key, from, i;
	const struct opcit_thesaurus_stems *of;
	struct thesaurus_fit fit;

	if (!may_hold(s, text))
		return;
	of = thesaurus_stems_of(s->thesaurus, lang, at);
	if (s->compounds && of->n > 1 && !said)
		match_compounds(s, text, lang, (struct thesaurus_match){ .name = (uint32_t)at, .block = name->block, .plain = plain,
							       .strength = UNBROKEN * of->n });
	if (of->n == 1 && s->lang != OPCIT_THESAURUS_LANGS && s->lang != lang)
		return;
	for (i = 0; i < of->n; i++)
		if (place_of(s, lang, of->stems[i], 0) == s->n_words)
			return;
	for (from = 0; of->n && from < s->n_words; from++) {
		struct thesaurus_match match = { .name = (uint32_t)at, .block = name->block, .plain = plain || said, .said = said };

		match.words = thesaurus_match_at(s, lang, of->stems, of->n, from, &fit);
		match.strength = fit.strength;
		if (!(match.words >> from & 1))
			continue;
		if (plain && of->n == 1 && !may_be_plain(&s->words[from], lang, text))
			continue;
		if (of->n == 1 && lang == OPCIT_THESAURUS_EN) {
			char word[THESAURUS_WORD];

			thesaurus_first_word(text, word);
			if (!is_form_of(s->words[from].folded, word))
				continue;
		}
		if (of->n == 1 && lang == OPCIT_THESAURUS_FR &&
		    s->words[from].acute != thesaurus_ends_acute(text))
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
static void drop_phrases(struct thesaurus_search *s)
{
	size_t kept = 0, i;

	for (i = 0; i < s->n_matches; i++)
		if (!s->matches[i].said || !(s->matches[i].words & s->named))
			s->matches[kept++] = s->matches[i];
	s->n_matches = kept;
}

static int by_place(const void *a, const void *b)
{
	size_t x = thesaurus_first(((const struct thesaurus_match *)a)->words);
	size_t y = thesaurus_first(((const struct thesaurus_match *)b)->words);

	return (x > y) - (x < y);
}

/* The strongest first, names before plain words, then the earlier. */
static int by_strength(const void *a, const void *b)
{
	const struct thesaurus_match *x = a, *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	if (x->plain != y->plain)
		return x->plain ? 1 : -1;
	if (by_place(a, b))
		return by_place(a, b);
	return (x->name > y->name) - (x->name < y->name);
}

/* Those that begin like a word of the question, and those that may begin like anything. */
void thesaurus_match_names(struct thesaurus_search *s)
{
	const struct opcit_thesaurus_table *t = &s->thesaurus->table;
	size_t i, k;

	thesaurus_add_beginning(s, -1);
	for (i = 0; i < s->n_beginnings; i++)
		for (k = t->starts[s->beginnings[i] + 1]; k < t->starts[s->beginnings[i] + 2]; k++)
			match_name(s, t->by_beginning[k]);
	drop_phrases(s);
	if (s->n_matches)
		qsort(s->matches, s->n_matches, sizeof *s->matches, by_strength);
}

size_t thesaurus_pick(struct thesaurus_match *matches, size_t from, size_t n, uint64_t within)
{
	uint64_t taken = 0;
	size_t i, to = from;

	for (i = from; i < n; i++) {
		struct thesaurus_match one = matches[i];

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
