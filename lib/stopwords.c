/* stopwords.c: words too common to rank by, folded. They are left out of the
 * index too; phrases that hold them are verified on the text. Words that are
 * common but mean something in a clause ("not", "against", "all") are kept. */
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 16 }; /* bytes */

/* Sorted by bytes, for bsearch. */
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

/* Of the light words those that do not tell anything with others, either: "ways to avoid", while
 * "sent back" tells where. In three languages. */
static const char *const hollow[] = {
	"about", "already", "also", "any", "certain", "chose", "choses", "concernant", "concerning",
	"cosa", "cosas", "especially", "forma", "issue", "issues", "kind", "manera", "maniere",
	"many", "matter", "more", "most", "often", "part", "particular", "question",
	"really", "regarding", "related", "relatif", "relative", "respecto", "several",
	"some", "sort", "still", "sujet", "tema", "thing", "things", "usually", "various", "very",
	"way", "ways",
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

static const char *const russian[] = {
	"а", "без", "бы", "был", "была", "были", "было", "быть", "в", "вам", "вас", "ваш", "во", "вот", "все",
	"всего", "всех", "вы", "где", "да", "для", "до", "его", "ее", "ей", "ему", "если", "есть", "еще", "ею", "же",
	"за", "и", "из", "или", "им", "ими", "их", "к", "как", "какая", "какие", "какой", "когда", "которая",
	"которого", "которое", "которой", "котором", "которому", "которую", "которые", "который", "которыми",
	"которых", "кто", "ли", "лишь", "меня", "мне", "мной", "мы", "на", "над", "нам", "нами", "нас", "наш", "него",
	"нее", "ней", "нему", "них", "о", "об", "он", "она", "они", "оно", "от", "по", "под", "при", "с", "сам",
	"своего", "своей", "свои", "своим", "своих", "со", "так", "такая", "также", "такие", "такой", "там", "те",
	"тем", "то", "того", "тоже", "той", "том", "тому", "тот", "ту", "ты", "у", "уже", "чем", "что", "чтобы",
	"эта", "эти", "этим", "этих", "это", "этого", "этой", "этом", "этому", "этот", "эту", "я",
};

static const char *const arabic[] = {
	"اذا", "الا", "التي", "الذي", "الذين", "اللاتي", "اللذين", "الى", "اما", "ان", "انه", "انها", "او", "اي",
	"ايضا", "بان", "بعد", "به", "بها", "بين", "تلك", "ثم", "حول", "حيث", "خلال", "ذلك", "سوف", "سيما", "على",
	"عليه", "عليها", "عن", "عند", "عندما", "فان", "في", "فيما", "فيه", "فيها", "قبل", "قد", "كان", "كانت", "كل",
	"كما", "كيف", "لدى", "لقد", "لكن", "لكي", "له", "لها", "لهذا", "لهم", "مع", "مما", "من", "منذ", "منه", "منها",
	"نحو", "هؤلاء", "هذا", "هذه", "هذين", "هم", "هنا", "هناك", "هو", "هي", "والتي", "والذي", "والى", "وان",
	"وعلى", "وفي", "وقد", "وكان", "وكذلك", "ولا", "ولكن", "ومن", "وهو", "وهي",
};

static const char *const portuguese[] = {
	"a", "ao", "aos", "aquela", "aquelas", "aquele", "aqueles", "aquilo", "as", "ate", "com", "como", "da", "das",
	"de", "dela", "delas", "dele", "deles", "do", "dos", "e", "ela", "elas", "ele", "eles", "em", "entre", "era",
	"essa", "essas", "esse", "esses", "esta", "estas", "este", "estes", "eu", "foi", "foram", "ha", "isso",
	"isto", "ja", "lhe", "lhes", "mais", "mas", "me", "mesmo", "meu", "minha", "na", "nas", "no", "nos", "nossa",
	"nosso", "num", "numa", "o", "os", "ou", "para", "pela", "pelas", "pelo", "pelos", "por", "quais", "qual",
	"quando", "que", "quem", "se", "seja", "sejam", "sem", "ser", "sera", "seu", "seus", "sob", "sobre", "sua",
	"suas", "tambem", "tem", "um", "uma", "umas", "uns",
};

static const char *const german[] = {
	"aber", "als", "am", "an", "auch", "auf", "aus", "bei", "beim", "bis", "da", "damit", "das", "dass", "dem",
	"den", "denn", "der", "deren", "des", "dessen", "die", "dies", "diese", "diesem", "diesen", "dieser",
	"dieses", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "fur", "haben", "hat",
	"hatte", "hatten", "hier", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "in",
	"ins", "ist", "ja", "kann", "konnen", "mit", "nach", "noch", "nun", "ob", "oder", "sein", "seine", "seinem",
	"seinen", "seiner", "seit", "sich", "sie", "sind", "so", "sowie", "uber", "um", "und", "uns", "unter", "vom",
	"von", "vor", "wann", "war", "waren", "was", "wenn", "wer", "werden", "wie", "wir", "wird", "wo", "wurde",
	"wurden", "zu", "zum", "zur", "zwischen",
};

static const char *const italian[] = {
	"a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "anche", "che", "chi", "ci", "coi", "col", "come",
	"con", "cui", "da", "dagli", "dai", "dal", "dalla", "dalle", "dallo", "de", "degli", "dei", "del", "dell",
	"della", "delle", "dello", "di", "dove", "e", "ed", "egli", "era", "erano", "essa", "esse", "essere", "essi",
	"esso", "fra", "gli", "ha", "hanno", "i", "il", "in", "io", "la", "le", "lei", "li", "lo", "loro", "ma", "me",
	"mi", "ne", "negli", "nei", "nel", "nella", "nelle", "nello", "noi", "o", "od", "per", "perche", "piu",
	"quale", "quali", "quando", "quanto", "quella", "quelle", "quelli", "quello", "questa", "queste", "questi",
	"questo", "se", "si", "sia", "sono", "su", "sua", "sue", "sugli", "sui", "sul", "sulla", "sulle", "suo",
	"suoi", "tra", "tu", "un", "una", "uno", "vi", "voi",
};

static int compare(const void *key, const void *entry)
{
	return opcit_str_cmp(*(const struct opcit_str *)key,
			     opcit_str_of(*(const char *const *)entry));
}

static bool look_up(struct opcit_str word, const char *const *list, size_t n)
{
	return bsearch(&word, list, n, sizeof *list, compare) != NULL;
}

bool opcit_stop_word(struct opcit_str word, struct opcit_str lang)
{
#define LIST(words) words, sizeof words / sizeof *words
	static const struct {
		const char *lang;
		const char *const *words;
		size_t n;
	} lists[] = {
		{ "en", LIST(english) }, { "fr", LIST(french) },     { "es", LIST(spanish) }, { "ru", LIST(russian) },
		{ "ar", LIST(arabic) },	 { "pt", LIST(portuguese) }, { "de", LIST(german) },  { "it", LIST(italian) },
	};
#undef LIST
	size_t i;

	if (word.len == 0 || word.len > LONGEST)
		return false;
	for (i = 0; i < sizeof lists / sizeof *lists; i++)
		if (opcit_str_is(lang, lists[i].lang))
			return look_up(word, lists[i].words, lists[i].n);
	return false;
}

static bool is_listed(struct opcit_str text, const char *const *list, size_t n)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	return opcit_tokens_next(&tokens, &token) && look_up(token.word, list, n);
}

bool opcit_light_word(struct opcit_str text)
{
	return is_listed(text, light, sizeof light / sizeof *light);
}

bool opcit_hollow_word(struct opcit_str text)
{
	return is_listed(text, hollow, sizeof hollow / sizeof *hollow);
}
