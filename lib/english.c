/* english.c: see english.h. Forms that are as often another word ("found", "saw", "born",
 * "thought") are left out, and so are verbs that say little ("held", "made", "taken": a session is
 * held, and so is a prisoner) and adjectives whose forms are terms ("higher education", "best
 * interests", "worst forms").
 */
#include "english.h"

#include <stdlib.h>
#include <string.h>

/* Verbs and plurals without a rule, by their forms. */
static const struct opcit_english_form forms[] = {
	{ "alumni", "alumnus", false },
	{ "analyses", "analysis", false },
	{ "appendices", "appendix", false },
	{ "bacteria", "bacterium", false },
	{ "beaten", "beat", false },
	{ "bitten", "bite", false },
	{ "bled", "bleed", false },
	{ "bought", "buy", false },
	{ "bred", "breed", false },
	{ "broke", "break", false },
	{ "broken", "break", false },
	{ "burnt", "burn", false },
	{ "caught", "catch", false },
	{ "chose", "choose", false },
	{ "chosen", "choose", false },
	{ "corrigenda", "corrigendum", false },
	{ "crises", "crisis", false },
	{ "criteria", "criterion", false },
	{ "curricula", "curriculum", false },
	{ "diagnoses", "diagnosis", false },
	{ "drank", "drink", false },
	{ "drunk", "drink", false },
	{ "dug", "dig", false },
	{ "eaten", "eat", false },
	{ "fed", "feed", false },
	{ "feet", "foot", false },
	{ "fled", "flee", false },
	{ "fora", "forum", false },
	{ "forbade", "forbid", false },
	{ "forbidden", "forbid", false },
	{ "foresaw", "foresee", false },
	{ "foreseen", "foresee", false },
	{ "forgave", "forgive", false },
	{ "forgiven", "forgive", false },
	{ "forgot", "forget", false },
	{ "forgotten", "forget", false },
	{ "fought", "fight", false },
	{ "froze", "freeze", false },
	{ "frozen", "freeze", false },
	{ "halves", "half", false },
	{ "heard", "hear", false },
	{ "hid", "hide", false },
	{ "hidden", "hide", false },
	{ "hung", "hang", false },
	{ "hypotheses", "hypothesis", false },
	{ "indices", "index", false },
	{ "knives", "knife", false },
	{ "lent", "lend", false },
	{ "lives", "life", false },
	{ "memoranda", "memorandum", false },
	{ "men", "man", false },
	{ "mice", "mouse", false },
	{ "misled", "mislead", false },
	{ "overthrew", "overthrow", false },
	{ "overthrown", "overthrow", false },
	{ "paid", "pay", false },
	{ "phenomena", "phenomenon", false },
	{ "proven", "prove", false },
	{ "rebuilt", "rebuild", false },
	{ "referenda", "referendum", false },
	{ "repaid", "repay", false },
	{ "ridden", "ride", false },
	{ "rode", "ride", false },
	{ "shot", "shoot", false },
	{ "shrank", "shrink", false },
	{ "shrunk", "shrink", false },
	{ "slept", "sleep", false },
	{ "sold", "sell", false },
	{ "sought", "seek", false },
	{ "spoke", "speak", false },
	{ "spoken", "speak", false },
	{ "stole", "steal", false },
	{ "stolen", "steal", false },
	{ "sworn", "swear", false },
	{ "taught", "teach", false },
	{ "teeth", "tooth", false },
	{ "thieves", "thief", false },
	{ "tore", "tear", false },
	{ "torn", "tear", false },
	{ "understood", "understand", false },
	{ "upheld", "uphold", false },
	{ "wept", "weep", false },
	{ "withdrawn", "withdraw", false },
	{ "withdrew", "withdraw", false },
	{ "withheld", "withhold", false },
	{ "wives", "wife", false },
	{ "wore", "wear", false },
	{ "worn", "wear", false },
	{ "written", "write", false },
	{ "wrote", "write", false },
};

/* How British words begin that American ones spell otherwise; not in the first letter, by which words
 * of two stems are told apart (so "gaol" and "enquiry" are for the thesaurus). */
static const struct opcit_english_form spellings[] = {
	{ "anaem", "anem", true },
	{ "anaesthe", "anesthe", true },
	{ "archaeo", "archeo", true },
	{ "ardour", "ardor", true },
	{ "armour", "armor", true },
	{ "artefact", "artifact", true },
	{ "behaviour", "behavior", true },
	{ "calibre", "caliber", true },
	{ "candour", "candor", true },
	{ "centre", "center", true },
	{ "clamour", "clamor", true },
	{ "colour", "color", true },
	{ "counsellor", "counselor", true },
	{ "defence", "defense", true },
	{ "demeanour", "demeanor", true },
	{ "diarrhoea", "diarrhea", true },
	{ "encyclopaed", "encycloped", true },
	{ "endeavour", "endeavor", true },
	{ "favour", "favor", true },
	{ "fervour", "fervor", true },
	{ "fibre", "fiber", true },
	{ "foetal", "fetal", true },
	{ "foetus", "fetus", true },
	{ "gynaecolog", "gynecolog", true },
	{ "haemo", "hemo", true },
	{ "harbour", "harbor", true },
	{ "honour", "honor", true },
	{ "humour", "humor", true },
	{ "jewellery", "jewelry", true },
	{ "judgement", "judgment", true },
	{ "kilometre", "kilometer", true },
	{ "labour", "labor", true },
	{ "leukaem", "leukem", true },
	{ "licence", "license", true },
	{ "litre", "liter", true },
	{ "manoeuvr", "maneuver", true },
	{ "metre", "meter", true },
	{ "neighbour", "neighbor", true },
	{ "odour", "odor", true },
	{ "offence", "offense", true },
	{ "orthopaed", "orthoped", true },
	{ "paediatr", "pediatr", true },
	{ "plough", "plow", true },
	{ "practis", "practic", true },
	{ "pretence", "pretense", true },
	{ "programme", "program", true },
	{ "rigour", "rigor", true },
	{ "rumour", "rumor", true },
	{ "saviour", "savior", true },
	{ "sceptic", "skeptic", true },
	{ "skilful", "skillful", true },
	{ "splendour", "splendor", true },
	{ "theatre", "theater", true },
	{ "tumour", "tumor", true },
	{ "valour", "valor", true },
	{ "vapour", "vapor", true },
	{ "vigour", "vigor", true },
	{ "wilful", "willful", true },
};

/* Adjectives that are compared with -er and -est. */
static const char *const adjectives[] = {
	"big",   "bleak",   "brave",  "brief",  "bright", "broad",   "busy",   "calm",    "cheap",
	"clear", "close",   "cold",   "cool",   "costly", "dark",    "deadly", "deep",    "dense",
	"dirty", "dry",     "early",  "easy",   "fair",   "fast",    "few",    "firm",    "free",
	"fresh", "full",    "great",  "hard",   "harsh",  "healthy", "heavy",  "hot",     "hungry",
	"large", "lengthy", "likely", "lonely", "long",   "loud",    "low",    "mild",    "narrow",
	"near",  "needy",   "new",    "old",    "poor",   "pricey",  "quick",  "rare",    "rich",
	"risky", "rough",   "safe",   "sharp",  "short",  "sick",    "simple", "slow",    "small",
	"smart", "soft",    "steady", "strict", "strong", "sunny",   "swift",  "tall",    "thick",
	"thin",  "tight",   "tiny",   "tough",  "ugly",   "warm",    "weak",   "wealthy", "wet",
	"wide",  "wise",    "young",
};

/* How words begin whose stem is another's; all that begin so have that for a stem. */
static const char *const apart[] = {
	"accountab",   "apartment", "authorit",    "collectiv",  "considerabl", "constitution", "conventional",
	"department",  "elementar", "emergenc",    "executiv",   "humanity",	"importan",	"initiativ",
	"integral",    "integrity", "internal",    "majorit",	 "minorit",	"nationalit",	"objectiv",
	"organiz",     "personal",  "positive",    "priorit",	 "provisional", "publication",	"publicity",
	"rational",    "respectiv", "several",	   "transition", "universit",
};

static int by_form(const void *key, const void *item)
{
	const struct opcit_str *word = key;

	return opcit_str_cmp(*word, opcit_str_of(((const struct opcit_english_form *)item)->form));
}

/* "larger", "easiest", "bigger", of "large", "easy", "big"? ending is "er" or "est". */
static bool is_compared(struct opcit_str word, const char *adjective, const char *ending)
{
	size_t len = strlen(adjective), root = word.len - strlen(ending), same = len;

	if (!opcit_str_ends(word, ending))
		return false;
	if (adjective[len - 1] == 'e')
		same = --len; /* the ending's e is its own */
	else if (adjective[len - 1] == 'y')
		same = adjective[len - 2] == 'e' ? len - 2 : len - 1; /* "pricey", "easy" */
	if (root < same || memcmp(word.ptr, adjective, same) != 0)
		return false;
	if (same < len)
		return root == same + 1 && word.ptr[same] == 'i';
	return root == len || (root == len + 1 && word.ptr[len] == word.ptr[len - 1]);
}

static const char *compared(struct opcit_str word)
{
	size_t i;

	if (!opcit_str_ends(word, "er") && !opcit_str_ends(word, "est"))
		return NULL;
	for (i = 0; i < sizeof adjectives / sizeof *adjectives; i++)
		if (*adjectives[i] == *word.ptr && (is_compared(word, adjectives[i], "er") ||
						    is_compared(word, adjectives[i], "est")))
			return adjectives[i];
	return NULL;
}

/* "organise" is stemmed as "organize", but not "supervise", "exercise", "raise", "otherwise", which
 * are of other words: the place of the s that is a z there. */
static bool has_s(struct opcit_str word, size_t *place)
{
	static const char *const endings[] = { "se",   "sed",   "ses",    "ser",     "sers",
					       "sing", "sable", "sation", "sations", "sational" };
	size_t i;

	if (opcit_str_starts(word, "advertis"))
		return false;
	for (i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t len = strlen(endings[i]);

		if (word.len < len + 3 || !opcit_str_ends(word, endings[i]))
			continue;
		*place = word.len - len;
		return word.ptr[*place - 1] == 'y' ||
		       (word.ptr[*place - 1] == 'i' && !strchr("aeoucvw", word.ptr[*place - 2]));
	}
	return false;
}

/* The word with its first bytes, those of a form, as they are in its base; itself where that is too
 * long. */
static struct opcit_str begun(struct opcit_str word, const struct opcit_english_form *form,
			      char buf[OPCIT_WORD_MAX])
{
	size_t from = strlen(form->form), to = strlen(form->base), rest = word.len - from;
	bool lacks_e = rest && form->form[from - 1] == 'e' && form->base[to - 1] != 'e' &&
		       word.ptr[from] != 's';

	if (to + lacks_e + rest > OPCIT_WORD_MAX)
		return word;
	memcpy(buf, form->base, to);
	buf[to] = 'e'; /* "centred", "programmer" */
	memcpy(buf + to + lacks_e, word.ptr + from, rest);
	return (struct opcit_str){ buf, to + lacks_e + rest };
}

/* Of "grandchildren" and "ombudsmen" the last part is what many are. */
static struct opcit_str one_of_many(struct opcit_str word, char buf[OPCIT_WORD_MAX])
{
	static const char *const endings[] = { "women", "smen",   "cemen", "hermen",
					       "rymen", "gunmen", "remen", "irmen" };
	size_t i;

	if (opcit_str_ends(word, "children"))
		return opcit_str_sub(word, 0, word.len - strlen("ren"));
	if (opcit_str_ends(word, "wives") && word.len < OPCIT_WORD_MAX) {
		memcpy(buf, word.ptr, word.len);
		memcpy(buf + word.len - strlen("ves"), "fe", 2);
		return (struct opcit_str){ buf, word.len - 1 };
	}
	for (i = 0; i < sizeof endings / sizeof *endings; i++)
		if (opcit_str_ends(word, endings[i]) && word.len < OPCIT_WORD_MAX) {
			memcpy(buf, word.ptr, word.len);
			buf[word.len - 2] = 'a';
			return (struct opcit_str){ buf, word.len };
		}
	return word;
}

struct opcit_str opcit_english_base(struct opcit_str word, char buf[OPCIT_WORD_MAX])
{
	const struct opcit_english_form *form;
	const char *adjective;
	size_t i, place;

	if (word.len < 3 || word.len > OPCIT_WORD_MAX)
		return word;
	form = bsearch(&word, forms, sizeof forms / sizeof *forms, sizeof *forms, by_form);
	if (form)
		return opcit_str_of(form->base);
	for (i = 0; i < sizeof spellings / sizeof *spellings; i++)
		if (*spellings[i].form == *word.ptr && opcit_str_starts(word, spellings[i].form)) {
			word = begun(word, &spellings[i], buf);
			break;
		}
	adjective = compared(word);
	if (adjective)
		return opcit_str_of(adjective);
	if (has_s(word, &place)) {
		memmove(buf, word.ptr, word.len);
		buf[place] = 'z';
		return (struct opcit_str){ buf, word.len };
	}
	return word.ptr == buf ? word : one_of_many(word, buf);
}

struct opcit_str opcit_english_stem(struct opcit_str base)
{
	size_t i;

	for (i = 0; i < sizeof apart / sizeof *apart; i++)
		if (*apart[i] == *base.ptr && opcit_str_starts(base, apart[i]))
			return opcit_str_of(apart[i]);
	return OPCIT_STR("");
}

static bool one_begins(struct opcit_str prefix, const char *text, bool spelling)
{
	size_t len = strlen(text);

	return len >= prefix.len ? !memcmp(text, prefix.ptr, prefix.len)
				 : spelling && !memcmp(text, prefix.ptr, len);
}

const struct opcit_english_form *opcit_english_next(struct opcit_str prefix, size_t *place)
{
	const size_t n = sizeof forms / sizeof *forms,
		     all = n + sizeof spellings / sizeof *spellings;

	while (*place < all) {
		size_t i = (*place)++;
		const struct opcit_english_form *form = i < n ? &forms[i] : &spellings[i - n];

		if (one_begins(prefix, form->form, form->spelling) ||
		    one_begins(prefix, form->base, form->spelling))
			return form;
	}
	return NULL;
}
