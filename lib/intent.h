/* intent.h: words of a question that ask for a kind of statement rather than
 * for a subject: "recommendations on", "definition of", "role of".
 *
 * A statement of that kind seldom uses the word. Clauses that recommend urge,
 * call upon or request; a definition says that something "means" something; who
 * has an obligation "shall" or "must".
 */
#ifndef OPCIT_INTENT_H
#define OPCIT_INTENT_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opcit_intent {
	const char *name;        /* what is asked for, for people: "clauses that recommend" */
	const char *const *acts; /* of records (opcit_record.act); NULL ends each list */
	const char *const *cues; /* folded words of the text, stop words among them, or two in a row: "means any" */
	const char *const *headings; /* stems of words in the headings above */
	bool alone;                  /* what is no such statement hardly answers */
};

/* The intent that a word of a question has, in English, French or Spanish, in
 * any of its forms; NULL for most words. Static. */
const struct opcit_intent *opcit_intent_of(struct opcit_str word);

/* Is a folded word of a text, or it and the word before, one of the intent's cues? */
bool opcit_intent_cued(const struct opcit_intent *intent, struct opcit_str before, struct opcit_str word);

#ifdef __cplusplus
}
#endif
#endif
