#include "opener.h"

#include "word.h"

#include <stdlib.h>
#include <string.h>

/* The verbs of resolutions, by act. Words are folded: lower case, no accents.
 * An act's name is the English finite form, as in the JSON contract. */
struct verb {
	const char *word;
	enum opcit_opening opening;
	const char *act;
};

#define F OPCIT_OPENS_FINITE
#define P OPCIT_OPENS_PARTICIPLE
#define B OPCIT_OPENS_IMPERATIVE /* the base form; "to" before it makes an infinitive */

/* Sorted, for bsearch; a unit test says where it is not. */
static const struct verb verbs[] = {
#include "opener_verbs.h"
};

#undef F
#undef P
#undef B

size_t opcit_opener_table_disorder(void);

/* The index of the first row that is out of order, or 0. For the unit test. */
size_t opcit_opener_table_disorder(void)
{
	size_t i;

	for (i = 1; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i - 1].word, verbs[i].word) >= 0)
			return i;
	return 0;
}

static int by_word(const void *key, const void *row)
{
	return strcmp(key, ((const struct verb *)row)->word);
}

static const struct verb *find_verb(const char *word)
{
	return bsearch(word, verbs, sizeof verbs / sizeof *verbs, sizeof *verbs, by_word);
}

static bool ends(const char *word, const char *suffix)
{
	size_t n = strlen(word), m = strlen(suffix);

	return n > m + 1 && strcmp(word + n - m, suffix) == 0;
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (word[0] == **list && strcmp(word, *list) == 0)
			return true;
	return false;
}

/* Adverbs and fillers that stand before the verb of a clause. */
static const char *const adverbs[] = {
	"also",     "again",    "further", "strongly", "deeply",  "gravely",  "seriously", "fully",
	"solemnly", "urgently", "firmly",  "once",     "more",    "equally",  "profoundly",
	"likewise", "hereby",   "finally", "therefore", "thereby", "accordingly", "moreover",
	"and", "particularly", "extremely", "greatly", "highly",
	"vivement", "profondement", "gravement", "aussi", "egalement", "instamment", "en", "outre",
	"se", "s",  "fermement", "energiquement", "nouveau", "de",  "tres",
	"profundamente", "gravemente", "tambien", "asimismo", "nuevamente", "encarecidamente",
	"ademas", "energicamente", "sumamente", "hondamente", "vivamente", NULL
};

/* Openings of preambular paragraphs that are no participles in -ing. */
static const char *const adjectives[] = {
	"mindful", "aware", "conscious", "concerned", "convinced", "determined", "alarmed",
	"guided", "encouraged", "disturbed", "cognizant", "desirous", "dismayed", "appalled",
	"shocked", "distressed", "inspired", "anxious", "grieved", "indignant", "outraged",
	"motivated", "satisfied", "resolved", "gratified", "troubled", "committed", "whereas",
	"preoccupied", "horrified", "saddened", "persuaded", "pursuant", "faithful",
	"consciente", "conscient", "preoccupe", "preoccupee", "convaincu", "convaincue",
	"resolu", "resolue", "determine", "determinee", "inquiet", "inquiete", "guide", "guidee",
	"alarme", "alarmee", "soucieux", "soucieuse", "encourage", "encouragee", "desireux",
	"desireuse", "consternee", "consterne", "vu", "attendu", "considere",
	"preocupada", "preocupado", "convencida", "convencido", "alarmada", "alarmado",
	"resuelta", "resuelto", "decidida", "decidido", "guiada", "guiado", "deseosa", "deseoso",
	"inquieta", "inquieto", "alentada", "alentado", "consternada", "consternado", "visto",
	"vista", "habida", NULL
};

static bool is_participle(const char *word)
{
	return ends(word, "ing") || ends(word, "ant") || ends(word, "ando") || ends(word, "iendo") ||
	       ends(word, "yendo") || one_of(word, adjectives);
}

struct opcit_opener opcit_opener_of(struct opcit_str text)
{
	struct opcit_opener found = { OPCIT_OPENS_OTHER, "", 0, false };
	struct opcit_words words = opcit_words_of(text);
	char word[32];
	bool infinitive = false, first = true;
	int skipped = 0;

	while (opcit_word_next(&words, word, sizeof word)) {
		const struct verb *verb = find_verb(word);

		if (first && (strcmp(word, "to") == 0)) {
			infinitive = true;
			first = false;
			continue;
		}
		first = false;
		if (verb && !(one_of(word, adverbs) && verb->opening != OPCIT_OPENS_PARTICIPLE)) {
			found.opening = infinitive ? OPCIT_OPENS_INFINITIVE : verb->opening;
			found.act = verb->act;
			found.len = words.at;
			found.known = true;
			/* "Reiterating its concern" is a participle; "Having
			 * considered" takes its act from the word after it. */
			if (strcmp(word, "having") == 0 || strcmp(word, "ayant") == 0 ||
			    strcmp(word, "habiendo") == 0) {
				found.opening = OPCIT_OPENS_PARTICIPLE;
			}
			return found;
		}
		if (infinitive) {
			found.opening = OPCIT_OPENS_INFINITIVE;
			found.len = words.at;
			return found;
		}
		if (is_participle(word)) {
			found.opening = OPCIT_OPENS_PARTICIPLE;
			found.len = words.at;
			found.known = one_of(word, adjectives);
			return found;
		}
		if (!one_of(word, adverbs) || ++skipped > 4)
			return found;
	}
	return found;
}

const char *opcit_opener_act_of_sentence(struct opcit_str text)
{
	struct opcit_words words = opcit_words_of(text);
	char word[32];
	int n;

	for (n = 0; n < 12 && opcit_word_next(&words, word, sizeof word); n++) {
		const struct verb *verb = n ? find_verb(word) : NULL;

		if (verb && verb->opening == OPCIT_OPENS_FINITE)
			return verb->act;
		if (strcmp(word, "that") == 0 || strcmp(word, "which") == 0 || strcmp(word, "who") == 0)
			break;
	}
	return "";
}

bool opcit_opener_is_sentence(struct opcit_str text)
{
	static const char *const finite[] = {
		"is", "are", "was", "were", "will", "would", "shall", "should", "may", "might",
		"must", "can", "could", "has", "have", "had", "do", "does", "did", "include",
		"includes", "included", "comprise", "comprises", "said", "stated", "noted", "agreed",
		"reported", "recommended", "established", "expressed", "concluded", "identified",
		"adopted", "follows", "makes", "considers", "believes", "recommends", "wishes",
		"provides", "stipulates", "aims", "aim", "seeks", "seek", "intends", "intend", "covers", "cover",
		"recommend", "agree", "consider", "believe", "acknowledge", "emphasize", "recognize",
		"requires", "require", "consists", "consist", "contains", "contain", "focuses", "needs", "need",
		"suggested", "proposed", "sont", "est", "etaient", "etait",
		"ont", "sera", "seront", "doit", "doivent", "devraient", "devrait", "comprend",
		"comprennent", "son", "es", "fueron", "era", "eran", "han", "ha", "debe", "deben",
		"deberian", "incluyen", "incluye", "comprende", "comprenden", NULL
	};
	struct opcit_opener opener = opcit_opener_of(text);
	struct opcit_words words = opcit_words_of(text);
	char word[32];
	bool first = true;

	if (opener.opening != OPCIT_OPENS_OTHER && opener.opening != OPCIT_OPENS_PARTICIPLE)
		return false;
	while (opcit_word_next(&words, word, sizeof word)) {
		if (!first && one_of(word, finite))
			return true;
		first = false;
	}
	return false;
}

bool opcit_opener_is_bare(struct opcit_str text)
{
	static const char *const fillers[] = {
		"that", "with", "grave", "deep", "great", "concern", "also", "further", "satisfaction",
		"appreciation", "and", "note", "of", "in", "mind", "into", "account", "the", "following",
		"seen", "heard", "considered", "its", "their", "alarm", "regret", "interest",
		"as", "follows", "to", "que", "de", "en", "compte", "cuenta", "ce", "qui", "suit", "lo", "siguiente",
		"nota", "presente", "avec", "preoccupation", "preocupacion", "por", "avant", "esprit", "l",
		"gratitude", "upon", NULL
	};
	struct opcit_opener opener = opcit_opener_of(text);
	struct opcit_words words = opcit_words_of(opcit_str_sub(text, opener.len, text.len));
	char word[32];
	bool joined = false; /* "declare and agree" */

	if (opener.opening == OPCIT_OPENS_OTHER)
		return false;
	while (opcit_word_next(&words, word, sizeof word)) {
		if (!one_of(word, fillers) && !(joined && find_verb(word)))
			return false;
		joined = strcmp(word, "and") == 0 || strcmp(word, "et") == 0 || strcmp(word, "y") == 0;
	}
	return true;
}

bool opcit_opener_has_subject(struct opcit_str text)
{
	static const char *const subjects[] = {
		"it", "the", "this", "these", "those", "that", "in", "on", "at", "for", "by", "with",
		"as", "we", "they", "he", "she", "a", "an", "there", "such", "some", "all", "each",
		"both", "our", "its", "their", "since", "when", "while", "although", "during", "under",
		"another", "other", "many", "most", "several", "if", "no", "of", "after", "before",
		"le", "la", "les", "il", "elle", "ils", "ces", "cette", "un", "une", "des",
		"el", "los", "las", "una", "unos", "estos", "esta", "este", NULL
	};
	struct opcit_words words = opcit_words_of(text);
	char word[32];

	if (!opcit_word_next(&words, word, sizeof word))
		return false;
	if (one_of(word, subjects))
		return true;
	return words.at < text.len && text.ptr[words.at] == ',';
}
