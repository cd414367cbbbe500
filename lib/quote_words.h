/* quote_words.h: the words of a quotation and its source, as quote*.c see them. */
#ifndef OPCIT_QUOTE_WORDS_H
#define OPCIT_QUOTE_WORDS_H

#include "quote.h"

/* A word, or what stands for words. */
struct opcit_quote_word {
	struct opcit_span span;
	uint64_t exact;   /* hash of its letters; kinds of apostrophes do not matter */
	uint64_t lower;   /* … in small letters */
	uint64_t plain;   /* … and capitals without accents: the same word at all */
	uint64_t joined;  /* of the small letters of it and the next word, as of one */
	bool ellipsis;    /* no word: some may be left out here */
	bool bracketed;   /* in brackets as a whole: put in by who quotes */
	bool mended;      /* letters of it stand in brackets: "[t]he", "urge[d]" */
	bool marker;      /* a note marker, as far as one can tell */
	bool number;      /* "(a)", "(ii)": the letter of an item */
};

struct opcit_quote_words {
	struct opcit_str text;
	struct opcit_quote_word *items; /* in the arena */
	size_t n;
	bool cut;
};

/* Read the words of a text. Only in a quotation do ellipses and brackets stand for changes. */
void opcit_quote_words_read(struct opcit_str text, bool quotation, struct opcit_arena *arena,
			    struct opcit_quote_words *words);

/* Are they the same word? For one with letters in brackets: may they be? */
bool opcit_quote_words_same(const struct opcit_quote_words *quote, const struct opcit_quote_word *a,
			    const struct opcit_quote_words *source, const struct opcit_quote_word *b);

/* Have two stretches of text the same letters in the same order, whatever the case,
 * spaces and hyphens? */
bool opcit_quote_same_letters(struct opcit_str a, struct opcit_str b);

/* Does the word say something about the quotation ("[sic]", "[emphasis added]")? Then
 * it stands for no word of the source. */
bool opcit_quote_is_remark(const struct opcit_quote_words *quote, size_t i);

/* ---- quote_align.c ------------------------------------------------------- */

enum opcit_quote_step { OPCIT_QUOTE_PAIR, OPCIT_QUOTE_OWN, OPCIT_QUOTE_SOURCE };

/* How one gets from the first word of the quotation to its last: a word of both, of it
 * alone, of the source alone. */
struct opcit_quote_way {
	enum opcit_quote_step *steps; /* heap */
	size_t n, from;               /* from is the first word of the source that is met */
};
void opcit_quote_align(const struct opcit_quote_words *quote, const struct opcit_quote_words *source,
		       struct opcit_quote_way *way);

#endif
