/* check_title.c: titles compared word by word, as people shorten them. */
#include "check_int.h"
#include "../lib/text.h"

#include <string.h>

enum { WORDS = 400, LETTERS = 40, LANGS = 3 };

struct title_words {
	char words[WORDS][LETTERS];
	unsigned char stop[WORDS]; /* it says little: the, of, and … */
	size_t n, langs[LANGS];    /* how many are little words of English, French, Spanish */
};

/* Without touching the 16 kB of its words. */
static void clear(struct title_words *words)
{
	words->n = 0;
	memset(words->langs, 0, sizeof words->langs);
}

static const char *const langs[LANGS] = { "en", "fr", "es" };

/* Words of one length that differ in "organise" and "organize" only are one, and
 * so is a plural with its singular. */
static void add_word(struct title_words *words, struct opcit_str word)
{
	char *to = words->words[words->n];
	size_t i, len = word.len < LETTERS - 1 ? word.len : LETTERS - 1;

	words->stop[words->n] = 0;
	for (i = 0; i < LANGS; i++)
		if (opcit_stop_word(word, opcit_str_of(langs[i]))) {
			words->langs[i]++;
			words->stop[words->n] = 1;
		}
	if (len > 3 && word.ptr[len - 1] == 's')
		len--;
	for (i = 0; i < len; i++)
		to[i] = word.ptr[i] == 'z' ? 's' : word.ptr[i];
	to[len] = '\0';
	words->n++;
}

static void add_words(struct title_words *words, struct opcit_str text)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (words->n < WORDS && opcit_tokens_next(&tokens, &token))
		if (!token.part)
			add_word(words, token.word);
}

static bool has(const struct title_words *words, const char *word)
{
	size_t i;

	for (i = 0; i < words->n; i++)
		if (strcmp(words->words[i], word) == 0)
			return true;
	return false;
}

/* All words of a in their order in b. */
static bool runs_through(const struct title_words *a, const struct title_words *b)
{
	size_t i = 0, k;

	for (k = 0; k < b->n && i < a->n; k++)
		i += strcmp(a->words[i], b->words[k]) == 0;
	return i == a->n;
}

static bool begins(const struct title_words *whole, const struct title_words *beginning)
{
	size_t i;

	if (beginning->n < 3 || beginning->n > whole->n)
		return false;
	for (i = 0; i < beginning->n; i++)
		if (strcmp(whole->words[i], beginning->words[i]) != 0)
			return false;
	return true;
}

/* Words of weight, and how many of them the other has. */
static size_t shared(const struct title_words *a, const struct title_words *b, size_t *of)
{
	size_t i, n = 0;

	for (*of = 0, i = 0; i < a->n; i++) {
		if (a->stop[i])
			continue;
		(*of)++;
		n += has(b, a->words[i]);
	}
	return n;
}

/* The language that its little words are of; empty where that is not clear. */
static struct opcit_str lang_of(const struct title_words *words)
{
	size_t i, best = 0;

	for (i = 1; i < LANGS; i++)
		if (words->langs[i] > words->langs[best])
			best = i;
	for (i = 0; i < LANGS; i++)
		if (i != best && words->langs[i] == words->langs[best])
			return OPCIT_STR("");
	return opcit_str_of(langs[best]);
}

enum title_verdict check_title(const struct opcit_str *titles, const struct opcit_str *title_langs, size_t n,
			       struct opcit_str claimed, bool entitled, size_t *nearest)
{
	struct title_words claim, one, all;
	struct opcit_str lang;
	size_t i, of, common, best = 0;
	bool same_lang = false;

	*nearest = 0;
	clear(&claim);
	clear(&all);
	add_words(&claim, claimed);
	lang = lang_of(&claim);
	if (claim.n < 2)
		return TITLE_UNSURE;
	for (i = 0; i < n; i++) {
		clear(&one);
		add_words(&one, titles[i]);
		add_words(&all, titles[i]);
		if (runs_through(&claim, &one) || begins(&claim, &one))
			return TITLE_SAME;
		common = shared(&claim, &one, &of);
		if (common > best) {
			best = common;
			*nearest = i;
		}
		same_lang = same_lang || (lang.len && opcit_str_eq(lang, title_langs[i]));
	}
	/* over two lines of the head */
	if (runs_through(&claim, &all))
		return TITLE_SAME;
	shared(&claim, &claim, &of);
	if (best * 2 >= of && best >= 2)
		return TITLE_OTHER;
	return entitled && same_lang ? TITLE_OTHER : TITLE_UNSURE;
}

bool check_title_shown(struct opcit_str title, struct opcit_str text)
{
	struct title_words words, all;
	size_t common, of;

	clear(&words);
	clear(&all);
	add_words(&words, title);
	add_words(&all, text);
	common = shared(&words, &all, &of);
	return of >= 3 && common * 5 >= of * 3;
}

struct opcit_str check_key(struct opcit_str text, struct opcit_arena *arena)
{
	return opcit_text_key_in(text, arena);
}
