/* english.c: see english.h. Forms that are as often another word ("found", "saw", "born",
 * "thought") are left out, and so are verbs that say little ("held", "made", "taken": a session is
 * held, and so is a prisoner) and adjectives whose forms are terms ("higher education", "best
 * interests", "worst forms").
 */
#include "english.h"

#include <stdlib.h>
#include <string.h>

/* Verbs and plurals without a rule, by their forms. */
static const char *const forms[][2] = {
	{ "alumni", "alumnus" },
	{ "analyses", "analysis" },
	{ "appendices", "appendix" },
	{ "bacteria", "bacterium" },
	{ "beaten", "beat" },
	{ "bitten", "bite" },
	{ "bled", "bleed" },
	{ "bought", "buy" },
	{ "bred", "breed" },
	{ "broke", "break" },
	{ "broken", "break" },
	{ "burnt", "burn" },
	{ "caught", "catch" },
	{ "chose", "choose" },
	{ "chosen", "choose" },
	{ "corrigenda", "corrigendum" },
	{ "crises", "crisis" },
	{ "criteria", "criterion" },
	{ "curricula", "curriculum" },
	{ "diagnoses", "diagnosis" },
	{ "drank", "drink" },
	{ "drunk", "drink" },
	{ "dug", "dig" },
	{ "eaten", "eat" },
	{ "fed", "feed" },
	{ "feet", "foot" },
	{ "fled", "flee" },
	{ "fora", "forum" },
	{ "forbade", "forbid" },
	{ "forbidden", "forbid" },
	{ "foresaw", "foresee" },
	{ "foreseen", "foresee" },
	{ "forgave", "forgive" },
	{ "forgiven", "forgive" },
	{ "forgot", "forget" },
	{ "forgotten", "forget" },
	{ "fought", "fight" },
	{ "froze", "freeze" },
	{ "frozen", "freeze" },
	{ "halves", "half" },
	{ "heard", "hear" },
	{ "hid", "hide" },
	{ "hidden", "hide" },
	{ "hung", "hang" },
	{ "hypotheses", "hypothesis" },
	{ "indices", "index" },
	{ "knives", "knife" },
	{ "lent", "lend" },
	{ "lives", "life" },
	{ "memoranda", "memorandum" },
	{ "men", "man" },
	{ "mice", "mouse" },
	{ "misled", "mislead" },
	{ "overthrew", "overthrow" },
	{ "overthrown", "overthrow" },
	{ "paid", "pay" },
	{ "phenomena", "phenomenon" },
	{ "proven", "prove" },
	{ "rebuilt", "rebuild" },
	{ "referenda", "referendum" },
	{ "repaid", "repay" },
	{ "ridden", "ride" },
	{ "rode", "ride" },
	{ "shot", "shoot" },
	{ "shrank", "shrink" },
	{ "shrunk", "shrink" },
	{ "slept", "sleep" },
	{ "sold", "sell" },
	{ "sought", "seek" },
	{ "spoke", "speak" },
	{ "spoken", "speak" },
	{ "stole", "steal" },
	{ "stolen", "steal" },
	{ "sworn", "swear" },
	{ "taught", "teach" },
	{ "teeth", "tooth" },
	{ "thieves", "thief" },
	{ "tore", "tear" },
	{ "torn", "tear" },
	{ "understood", "understand" },
	{ "upheld", "uphold" },
	{ "wept", "weep" },
	{ "withdrawn", "withdraw" },
	{ "withdrew", "withdraw" },
	{ "withheld", "withhold" },
	{ "wives", "wife" },
	{ "wore", "wear" },
	{ "worn", "wear" },
	{ "written", "write" },
	{ "wrote", "write" },
};

/* How British words begin that American ones spell otherwise; not in the first letter, by which words
 * of two stems are told apart (so "gaol" and "enquiry" are for the thesaurus). */
static const char *const spellings[][2] = {
	{ "anaem", "anem" },
	{ "anaesthe", "anesthe" },
	{ "archaeo", "archeo" },
	{ "ardour", "ardor" },
	{ "armour", "armor" },
	{ "artefact", "artifact" },
	{ "behaviour", "behavior" },
	{ "calibre", "caliber" },
	{ "candour", "candor" },
	{ "centre", "center" },
	{ "clamour", "clamor" },
	{ "colour", "color" },
	{ "counsellor", "counselor" },
	{ "defence", "defense" },
	{ "demeanour", "demeanor" },
	{ "diarrhoea", "diarrhea" },
	{ "encyclopaed", "encycloped" },
	{ "endeavour", "endeavor" },
	{ "favour", "favor" },
	{ "fervour", "fervor" },
	{ "fibre", "fiber" },
	{ "foetal", "fetal" },
	{ "foetus", "fetus" },
	{ "gynaecolog", "gynecolog" },
	{ "haemo", "hemo" },
	{ "harbour", "harbor" },
	{ "honour", "honor" },
	{ "humour", "humor" },
	{ "jewellery", "jewelry" },
	{ "judgement", "judgment" },
	{ "kilometre", "kilometer" },
	{ "labour", "labor" },
	{ "leukaem", "leukem" },
	{ "licence", "license" },
	{ "litre", "liter" },
	{ "manoeuvr", "maneuver" },
	{ "metre", "meter" },
	{ "neighbour", "neighbor" },
	{ "odour", "odor" },
	{ "offence", "offense" },
	{ "orthopaed", "orthoped" },
	{ "paediatr", "pediatr" },
	{ "plough", "plow" },
	{ "practis", "practic" },
	{ "pretence", "pretense" },
	{ "programme", "program" },
	{ "rigour", "rigor" },
	{ "rumour", "rumor" },
	{ "saviour", "savior" },
	{ "sceptic", "skeptic" },
	{ "skilful", "skillful" },
	{ "splendour", "splendor" },
	{ "theatre", "theater" },
	{ "tumour", "tumor" },
	{ "valour", "valor" },
	{ "vapour", "vapor" },
	{ "vigour", "vigor" },
	{ "wilful", "willful" },
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
	return opcit_str_cmp(*(const struct opcit_str *)key, opcit_str_of(*(const char *const *)item));
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

/* The British word in American spelling, of which `british` and `american` are the beginnings; itself where that is
 * too long. */
static struct opcit_str respelt(struct opcit_str word, const char *british, const char *american, char buf[OPCIT_WORD_MAX])
{
	size_t from = strlen(british), to = strlen(american), rest = word.len - from;
	bool lacks_e = rest && british[from - 1] == 'e' && american[to - 1] != 'e' && word.ptr[from] != 's';

	if (to + lacks_e + rest > OPCIT_WORD_MAX)
		return word;
	memcpy(buf, american, to);
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
	const char *const *form, *adjective;
	size_t i, place;

	if (word.len < 3 || word.len > OPCIT_WORD_MAX)
		return word;
	form = bsearch(&word, forms, sizeof forms / sizeof *forms, sizeof *forms, by_form);
	if (form)
		return opcit_str_of(form[1]);
	for (i = 0; i < sizeof spellings / sizeof *spellings; i++)
		if (*spellings[i][0] == *word.ptr && opcit_str_starts(word, spellings[i][0])) {
			word = respelt(word, spellings[i][0], spellings[i][1], buf);
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

bool opcit_english_next(struct opcit_str prefix, size_t *place, struct opcit_english_form *form)
{
	const size_t n = sizeof forms / sizeof *forms, all = n + sizeof spellings / sizeof *spellings;

	while (*place < all) {
		size_t i = (*place)++;
		const char *const *pair = i < n ? forms[i] : spellings[i - n];

		*form = (struct opcit_english_form){ pair[0], pair[1], i >= n };
		if (one_begins(prefix, form->form, form->spelling) || one_begins(prefix, form->base, form->spelling))
			return true;
	}
	return false;
}
