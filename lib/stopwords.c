/* stopwords.c: words too common to rank by, folded. They are left out of the
 * index too; phrases that hold them are verified on the text. Words that are
 * common but mean something in a clause ("not", "against", "all") are kept. */
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Sorted, for bsearch. */
static const char *const english[] = {
	"a",     "an",   "and",   "are",    "as",     "at",   "be",    "been",  "being",
	"but",   "by",   "can",   "could",  "did",    "do",   "does",  "for",   "from",
	"had",   "has",  "have",  "having", "he",     "her",  "his",   "how",   "i",
	"if",    "in",   "into",  "is",     "it",     "its",  "me",    "my",    "of",
	"on",    "or",   "our",   "she",    "should", "so",   "than",  "that",  "the",
	"their", "them", "then",  "there",  "these",  "they", "this",  "those", "to",
	"us",    "was",  "we",    "were",   "what",   "when", "where", "which", "while",
	"who",   "whom", "whose", "why",    "will",   "with", "would", "you",   "your",
};

static const char *const french[] = {
	"a",     "ai",     "ainsi",   "au",    "aux",  "avec", "ce",   "ces",  "cet",  "cette",
	"chez",  "comme",  "comment", "dans",  "de",   "des",  "dont", "du",   "elle", "elles",
	"en",    "est",    "et",      "etait", "etre", "eu",   "il",   "ils",  "je",   "la",
	"le",    "les",    "leur",    "leurs", "lui",  "mais", "mes",  "mon",  "ne",   "nos",
	"notre", "nous",   "on",      "ont",   "ou",   "par",  "pas",  "pour", "qu",   "que",
	"quel",  "quelle", "quelles", "quels", "qui",  "sa",   "se",   "ses",  "si",   "son",
	"sont",  "sur",    "ta",      "te",    "tes",  "toi",  "ton",  "tu",   "un",   "une",
	"vos",   "votre",  "vous",    "y",
};

static const char *const spanish[] = {
	"a",    "al",  "como",  "con",   "cual",  "cuales", "cuando", "de",      "del", "donde",
	"e",    "el",  "ella",  "ellas", "ellos", "en",     "era",    "es",      "esa", "esas",
	"ese",  "eso", "esos",  "esta",  "estas", "este",   "esto",   "estos",   "ha",  "han",
	"la",   "las", "le",    "les",   "lo",    "los",    "me",     "mi",      "mis", "ni",
	"nos",  "o",   "para",  "pero",  "por",   "que",    "quien",  "quienes", "se",  "ser",
	"si",   "sin", "sobre", "son",   "su",    "sus",    "tu",     "u",       "un",  "una",
	"unas", "uno", "unos",  "y",     "ya",
};

static int compare(const void *key, const void *entry)
{
	return opcit_str_cmp(*(const struct opcit_str *)key,
			     opcit_str_of(*(const char *const *)entry));
}

#define LOOK_UP(list)                                                                              \
	(bsearch(&word, list, sizeof list / sizeof *list, sizeof *list, compare) != NULL)

bool opcit_stop_word(struct opcit_str word, struct opcit_str lang)
{
	if (word.len == 0 || word.len > 8)
		return false;
	if (opcit_str_is(lang, "en"))
		return LOOK_UP(english);
	if (opcit_str_is(lang, "fr"))
		return LOOK_UP(french);
	if (opcit_str_is(lang, "es"))
		return LOOK_UP(spanish);
	return false;
}
