/* opener.h: what the first words of a clause say about it.
 *
 * Resolutions are drafted to a fixed grammar (United Nations Editorial Manual,
 * "Resolutions"): a preambular paragraph opens with a present participle or an
 * adjective ("Recalling", "Mindful of", "Deeply concerned"), an operative one
 * with a finite verb in the third person ("Requests", "Decides also"); the
 * Organization of American States writes infinitives ("To instruct"). The same
 * holds in French ("Rappelant", "Prie") and Spanish ("Recordando", "Pide").
 */
#ifndef OPCIT_OPENER_H
#define OPCIT_OPENER_H

#include "../lib/str.h"

enum opcit_opening {
	OPCIT_OPENS_OTHER,      /* a subject, or nothing that is known */
	OPCIT_OPENS_PARTICIPLE, /* "Recalling", "Gravely concerned", "HAVING SEEN" */
	OPCIT_OPENS_FINITE,     /* "Requests", "Strongly urges", "Pide" */
	OPCIT_OPENS_INFINITIVE, /* "To instruct" */
	OPCIT_OPENS_IMPERATIVE  /* "Carry out", "Promote" */
};

struct opcit_opener {
	enum opcit_opening opening;
	const char *act; /* "recommends" …, static; "" when the verb is not in the table */
	size_t len;      /* bytes up to the end of the opening verb, adverbs included */
	bool known;      /* the word is in a table, not only shaped like a participle */
};

/* Read the opening of a clause. Case, accents and a leading quotation mark do
 * not matter. */
struct opcit_opener opcit_opener_of(struct opcit_str text);

/* The act of a paragraph that has a subject: "The Committee recommends that",
 * "The Special Rapporteur urges"; "" when its first words hold no such verb. */
const char *opcit_opener_act_of_sentence(struct opcit_str text);

/* Whether a lead-in before a colon is a sentence: it has a subject and a finite
 * verb ("The objectives are", "Participants will discuss"). */
bool opcit_opener_is_sentence(struct opcit_str text);

/* Whether, after its opening verb, the text has no words of its own before the
 * end or colon: "Declares that:", "Noting with deep concern that:". */
bool opcit_opener_is_bare(struct opcit_str text);

/* Whether a block opens with a subject of its own ("It should be noted",
 * "Lastly, …") rather than going on with a lead-in's sentence. */
bool opcit_opener_has_subject(struct opcit_str text);

#endif
