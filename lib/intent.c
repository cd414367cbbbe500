#include "intent.h"

#include <string.h>

#include "text.h"

static const char *const directives[] = { "recommends", "urges",   "calls upon", "calls on", "requests", "encourages",
					  "invites",	"asks",	   "appeals",	 "exhorts",  "advises",	 "suggests",
					  NULL };
static const char *const decisions[] = { "decides", "resolves", NULL };
static const char *const requests[] = { "requests", "asks", NULL };
static const char *const condemnations[] = { "condemns", "deplores", "denounces", NULL };
static const char *const conclusions[] = { "concludes", "considers", "finds", NULL };

/* Modal verbs, and the nouns for what they say. */
static const char *const duties[] = { "shall",	      "should",	      "must",	   "obligation", "obligations", "obliged",
				      "duty",	      "duties",	      "role",	   "mandate",	 "required",	"responsibility",
				      "doit",	      "doivent",      "devrait",   "devraient",	 "incombe",
				      "debe",	      "deben",	      "deberia",   "deberian",	 "obligacion",	"obligaciones",
				      "responsabilite", "responsabilidad", NULL };
/* "Means" as a verb: not "by all means", "the means of livelihood". */
static const char *const definitions[] = { "means a",	 "means an",   "means any", "means all",  "means every", "means that",
					   "means the",	 "means not",  "mean a",    "mean any",	  "mean all",	 "mean that",
					   "mean the",	 "defined",    "defines",   "definition", "refers",	 "denotes",
					   "understood", "constitutes", "entend",   "designe",	  "signifie",	 "definit",
					   "defini",	 "entiende",   "significa", "definen",	  "define",	 "entendera",
					   NULL };
static const char *const accessions[] = { "ratified",  "acceded",  "accession", "acceding", "signed",	 "signatory",
					  "signatories", "deposited", "adhered", "ratifie",  "adhere",	 "ratificado",
					  "adherido",  NULL };

static const char *const under_recommend[] = { "recommend", "recommand", "recomend", NULL };
static const char *const under_conclude[] = { "conclus", "find", "constat", NULL };

static const struct opcit_intent recommending = { "clauses that recommend, urge, call upon ...", directives, NULL,
						  under_recommend, false };
static const struct opcit_intent deciding = { "clauses that decide", decisions, NULL, NULL, false };
static const struct opcit_intent requesting = { "clauses that request", requests, NULL, NULL, false };
static const struct opcit_intent condemning = { "clauses that condemn, deplore ...", condemnations, NULL, NULL, false };
static const struct opcit_intent concluding = { "conclusions and findings", conclusions, NULL, under_conclude, false };
static const struct opcit_intent obliging = { "what is to be done (shall, should, must)", NULL, duties, NULL, false };
static const struct opcit_intent defining = { "what it means", NULL, definitions, NULL, true };
static const struct opcit_intent ratifying = { "who has ratified or acceded", NULL, accessions, NULL, false };

/* By how the folded word begins; a root that ends in a blank is the word. */
static const struct {
	const char *root;
	const struct opcit_intent *intent;
} asked[] = {
	{ "recommendation", &recommending }, { "recommandation", &recommending }, { "recomendacion", &recommending },
	{ "recommend ", &recommending },     { "recommended ", &recommending },
	{ "decision", &deciding },	     { "requests ", &requesting },
	{ "condemnation", &condemning },     { "condamnation", &condemning },	  { "condena ", &condemning },
	{ "conclusion", &concluding },	     { "findings ", &concluding },
	{ "role ", &obliging },		     { "papel ", &obliging },		  { "funcion ", &obliging },
	{ "obligation", &obliging },	     { "obligacion", &obliging },	  { "duty ", &obliging },
	{ "duties ", &obliging },	     { "responsibilit", &obliging },	  { "responsabilidad", &obliging },
	{ "responsabilite", &obliging },     { "mandate ", &obliging },		  { "tasks ", &obliging },
	{ "definition", &defining },	     { "definicion", &defining },	  { "meaning ", &defining },
	{ "defined ", &defining },	     { "ratified ", &ratifying },	  { "ratifie ", &ratifying },
	{ "ratificado ", &ratifying },
};

static bool begins(struct opcit_str word, const char *root)
{
	size_t n = strlen(root);
	bool whole = root[n - 1] == ' ';

	n -= whole;
	return word.len >= n && memcmp(word.ptr, root, n) == 0 && (!whole || word.len == n);
}

const struct opcit_intent *opcit_intent_of(struct opcit_str word)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t i;

	opcit_tokens_init(&tokens, word);
	if (!opcit_tokens_next(&tokens, &token))
		return NULL;
	for (i = 0; i < sizeof asked / sizeof *asked; i++)
		if (begins(token.word, asked[i].root))
			return asked[i].intent;
	return NULL;
}

bool opcit_intent_cued(const struct opcit_intent *intent, struct opcit_str before, struct opcit_str word)
{
	size_t i;

	for (i = 0; intent->cues && intent->cues[i]; i++) {
		struct opcit_str cue = opcit_str_of(intent->cues[i]);
		const char *blank = memchr(cue.ptr, ' ', cue.len);
		size_t first = blank ? (size_t)(blank - cue.ptr) : 0;

		if (opcit_str_eq(opcit_str_sub(cue, blank ? first + 1 : 0, cue.len), word) &&
		    (!blank || opcit_str_eq(opcit_str_sub(cue, 0, first), before)))
			return true;
	}
	return false;
}
