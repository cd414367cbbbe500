/* thesaurus_words.c: see thesaurus_int.h. */
#include "thesaurus_int.h"

#include <string.h>

#include "english.h"
#include "text.h"

/* "No lawyer", "lack of a lawyer" and "without a lawyer" are one. */
static bool is_without(struct opcit_str stem)
{
	return opcit_str_is(stem, "no") || opcit_str_is(stem, "lack") || opcit_str_is(stem, "without");
}

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
 * THESAURUS_TERM_WORDS. */
static size_t stems_of(struct opcit_thesaurus *t, size_t lang, struct opcit_str term, char stems[THESAURUS_TERM_WORDS][THESAURUS_WORD])
{
	bool treaty[THESAURUS_TERM_WORDS];
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
		if (n == THESAURUS_TERM_WORDS)
			return 0;
		if (lang == OPCIT_THESAURUS_EN && is_without(stem))
			stem = OPCIT_STR("without");
		len = stem.len < THESAURUS_WORD ? stem.len : THESAURUS_WORD - 1;
		treaty[n] = is_treaty(lang, token.word);
		memcpy(stems[n], stem.ptr, len);
		stems[n++][len] = '\0';
	}
	for (i = 0; n > 1 && i < n; i++)
		if (treaty[i]) {
			memmove(stems[i] + 1, stems[i], THESAURUS_WORD - 1);
			stems[i][0] = THESAURUS_TREATY;
		}
	return n;
}

const struct opcit_thesaurus_stems *thesaurus_stems_of(struct opcit_thesaurus *t, size_t lang, size_t name)
{
	struct opcit_thesaurus_stems *found;
	char stems[THESAURUS_TERM_WORDS][THESAURUS_WORD];

	if (!t->stems)
		t->stems = opcit_xcalloc(t->table.n_names, sizeof *t->stems);
	found = &t->stems[name];
	if (found->known)
		return found;
	found->known = true;
	found->n = stems_of(t, lang, opcit_thesaurus_text(&t->table, name), stems);
	found->stems = opcit_arena_alloc(&t->arena, found->n * THESAURUS_WORD);
	memcpy(found->stems, stems, found->n * THESAURUS_WORD);
	return found;
}

void thesaurus_add_beginning(struct thesaurus_search *s, int number)
{
	if (s->begins[number + 1])
		return;
	s->begins[number + 1] = true;
	s->beginnings[s->n_beginnings++] = number;
}

/* From then on terms that begin like the text may be in the question. */
static void note_beginning(struct thesaurus_search *s, struct opcit_str text)
{
	int number = opcit_thesaurus_beginning(text);

	if (number >= 0)
		thesaurus_add_beginning(s, number);
}

/* A name may have another form of the word: "taught" where "teaching" is asked for. */
static void note_forms(struct thesaurus_search *s, struct opcit_str word)
{
	struct opcit_english_form form;
	char buf[OPCIT_WORD_MAX];
	struct opcit_str base = opcit_english_base(word, buf);
	size_t place = 0;

	note_beginning(s, base);
	while (opcit_english_next(base, &place, &form))
		if (form.spelling ? opcit_str_starts(base, form.base) : opcit_str_is(base, form.base))
			note_beginning(s, opcit_str_of(form.form));
}

void thesaurus_first_word(struct opcit_str text, char word[THESAURUS_WORD])
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t n = 0;

	opcit_tokens_init(&tokens, text);
	if (opcit_tokens_next(&tokens, &token)) {
		n = token.word.len < THESAURUS_WORD ? token.word.len : THESAURUS_WORD - 1;
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

bool thesaurus_ends_acute(struct opcit_str word)
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
static void note_parts(struct thesaurus_search *s, size_t place, struct opcit_str word)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t parts = 0;

	opcit_tokens_init(&tokens, word);
	while (parts < THESAURUS_PARTS && opcit_tokens_next(&tokens, &token))
		if (token.part) {
			note_beginning(s, token.word);
			parts++;
		}
	if (parts)
		s->compounds |= (uint64_t)1 << place;
}

void thesaurus_take_words(struct thesaurus_search *s, const struct opcit_str *words, size_t n)
{
	size_t i, k, lang;

	for (i = 0; i < n && i < OPCIT_THESAURUS_WORDS; i++) {
		struct thesaurus_wanted *word = &s->words[s->n_words++];

		memset(word, 0, sizeof *word);
		thesaurus_first_word(words[i], word->folded);
		word->acute = thesaurus_ends_acute(words[i]);
		note_beginning(s, words[i]);
		if (is_common(word->folded))
			continue;
		note_forms(s, opcit_str_of(word->folded));
		note_parts(s, i, words[i]);
		for (lang = 0; lang < OPCIT_THESAURUS_LANGS; lang++) {
			char stems[THESAURUS_TERM_WORDS][THESAURUS_WORD];

			if (stems_of(s->thesaurus, lang, words[i], stems) == 1)
				memcpy(word->stems[lang], stems[0], THESAURUS_WORD);
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
