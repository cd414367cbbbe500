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

/* English, French and Spanish together. */
static const char *const light[] = {
	"able", "about", "according", "after", "again", "against", "algun", "alguna", "all",
	"aller", "almost", "already", "also", "among", "another", "antes", "any", "anyone",
	"apres", "aqui", "around", "aucun", "aucune", "aussi", "autre", "autres", "avant", "avoir",
	"away", "back", "because", "become", "becoming", "before", "best", "between", "big",
	"bring", "bringing", "brought", "cada", "cannot", "certain", "chaque", "chose", "choses",
	"come", "coming", "comment", "concernant", "concerning", "contra", "contre", "cosa",
	"cosas", "dar", "day", "days", "deja", "despues", "doing", "done", "donner", "down",
	"durante", "during", "each", "encore", "enough", "entre", "especially", "even", "ever",
	"every", "everyone", "facon", "faire", "fait", "far", "few", "find", "finding", "follow",
	"following", "forma", "gens", "gente", "get", "getting", "give", "given", "giving", "go",
	"going", "hacer", "happen", "happened", "happens", "help", "helped", "helping", "here",
	"home", "ici", "include", "includes", "including", "instead", "involved", "ir", "issue",
	"issues", "just", "keep", "keeping", "kind", "later", "less", "let", "like", "little",
	"long", "look", "looking", "lot", "lots", "made", "make", "makes", "making", "manera",
	"maniere", "many", "mas", "matter", "may", "meme", "memes", "menos", "mettre", "might",
	"misma", "mismo", "moins", "more", "most", "much", "must", "muy", "need", "needed",
	"needs", "new", "next", "ningun", "ninguna", "no", "non", "not", "now", "off", "often",
	"old", "once", "one", "only", "other", "others", "otra", "otras", "otro", "otros", "out",
	"over", "own", "part", "particular", "pendant", "people", "person", "persona", "personas",
	"personne", "personnes", "persons", "place", "plus", "poner", "prendre", "put", "putting",
	"quelque", "quelques", "question", "quoi", "raise", "raising", "really", "regarding",
	"related", "relatif", "relativa", "relative", "relativo", "respecto", "role", "same",
	"sans", "send", "sending", "several", "shall", "siempre", "sin", "since", "small", "some",
	"somebody", "someone", "something", "somewhere", "sort", "start", "starting", "still",
	"such", "sujet", "sure", "take", "taken", "taking", "tambien", "tell", "telling", "tema",
	"tener", "thing", "things", "think", "though", "through", "time", "toda", "todas",
	"todavia", "today", "todo", "todos", "together", "tomar", "too", "toujours", "tous",
	"tout", "toute", "toutes", "toward", "towards", "tres", "try", "trying", "turn", "turning",
	"two", "under", "up", "upon", "use", "used", "using", "usually", "various", "venir",
	"very", "want", "wants", "way", "ways", "well", "whether", "whole", "within", "without",
	"year", "years", "yet",
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

bool opcit_light_word(struct opcit_str text)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	struct opcit_str word;

	opcit_tokens_init(&tokens, text);
	if (!opcit_tokens_next(&tokens, &token))
		return false;
	word = token.word;
	return LOOK_UP(light);
}
