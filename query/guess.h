/* guess.h: what several words of a question name together, though they are no name of it.
 */
#ifndef OPCIT_GUESS_H
#define OPCIT_GUESS_H

#include "../lib/thesaurus.h"

/* Take words that speak of one concept together (meaning.h) for a name of it: "sneaking people across" for the
 * smuggling of migrants. What some of them name by themselves becomes a part of it; a name of several words stays
 * what it is, unless more than its words are taken, and so does a word that speaks far more of a concept that it
 * names itself. meaning is of the words, as lang and words (OPCIT_THESAURUS_WORDS at most) are for
 * opcit_thesaurus_find; concepts[n] are those that it found, and after that those of both kinds, in the order of
 * their first words, in arena. */
void guess_concepts(struct opcit_thesaurus *thesaurus, const struct opcit_meaning *meaning, struct opcit_str lang,
		    const struct opcit_str *words, size_t n_words, struct opcit_arena *arena,
		    struct opcit_concept **concepts, size_t *n);

#endif
