/* quote.h: quoted passages: where a text has them, and whether a source says
 * what they say.
 *
 * A passage is what stands between quotation marks of English, French or Spanish,
 * curly or straight. Marks inside a passage belong to it. What a lawyer changes openly
 * (an ellipsis, [brackets], the first letter) leaves a quotation exact; a word that is
 * missing, put in or replaced does not, however small it is.
 */
#ifndef OPCIT_QUOTE_H
#define OPCIT_QUOTE_H

#include "wdiff.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- finding ------------------------------------------------------------- */

/* Shorter passages are terms and titles, which nobody looks up. */
enum { OPCIT_QUOTE_WORDS = 8 };

/* Marks inside marks; deeper ones are text. */
enum { OPCIT_QUOTE_DEPTH = 8 };

/* The marks that enclose a passage. */
enum opcit_quote_style {
	OPCIT_QUOTE_NONE,
	OPCIT_QUOTE_DOUBLE,  /* " “ ” „ ‟ '' */
	OPCIT_QUOTE_SINGLE,  /* ' ‘ ’ ‚ ‛ */
	OPCIT_QUOTE_ANGLE,   /* « » << >> */
	OPCIT_QUOTE_ANGLE1   /* ‹ › */
};

struct opcit_passage {
	struct opcit_span whole; /* bytes of the text, with the marks */
	struct opcit_span words; /* without them and the spaces inside them */
	enum opcit_quote_style style;
	size_t n_words;
	bool goes_on; /* it goes on with the one that the text before left open */
	bool open;    /* nothing closes it: it ends with the text, or where the next begins */
};

/* Find the outermost passages of a text, in order, into arena. `left_open` is what
 * the text before left open (the style of its last passage if that is open, else
 * OPCIT_QUOTE_NONE): a text that opens with such a mark again, or closes one that it
 * does not open, goes on with it. A single mark that nothing closes is an apostrophe.
 * Linear. */
void opcit_quote_find(struct opcit_str text, enum opcit_quote_style left_open,
		      struct opcit_arena *arena, struct opcit_passage **passages, size_t *n);

/* ---- comparing ----------------------------------------------------------- */

enum opcit_quote_verdict {
	OPCIT_QUOTE_NOT,       /* the source does not say it */
	OPCIT_QUOTE_DIFFERS,   /* nearly: words differ */
	OPCIT_QUOTE_EXACT_BUT, /* word for word, but for what `changes` lists */
	OPCIT_QUOTE_EXACT      /* white space, apostrophes and what ends it aside */
};

/* What may differ in a quotation that is exact all the same. */
enum opcit_quote_change_kind {
	OPCIT_QUOTE_FIRST_LETTER, /* capital or small, also after an ellipsis */
	OPCIT_QUOTE_ELLIPSIS,     /* words left out where one stands */
	OPCIT_QUOTE_BRACKETS,     /* [words] put in or instead of others, [l]etters */
	OPCIT_QUOTE_MARKS,        /* kinds of quotation marks, or where they stand */
	OPCIT_QUOTE_HYPHENS,      /* hyphens and dashes: "co-operation", "human-rights" */
	OPCIT_QUOTE_SPACES,       /* "can not" for "cannot" */
	OPCIT_QUOTE_PUNCTUATION,  /* a comma more or less, inside */
	OPCIT_QUOTE_CAPITALS,     /* capital and small letters, inside */
	OPCIT_QUOTE_ACCENTS,      /* of capital letters: "Etat" */
	OPCIT_QUOTE_NOTES,        /* note markers */
	OPCIT_QUOTE_NUMBERS,      /* numbers and letters of items: "(a)" */
	OPCIT_QUOTE_CHANGE_COUNT
};

/* What it is called: "an ellipsis", "hyphens". */
const char *opcit_quote_change_name(enum opcit_quote_change_kind kind);

struct opcit_quote_change {
	enum opcit_quote_change_kind kind;
	struct opcit_span quote, source; /* bytes of the two texts; either may be empty */
};

/* More are not listed, but for their kinds. */
enum { OPCIT_QUOTE_CHANGES_MOST = 64 };

struct opcit_quote_match {
	enum opcit_quote_verdict verdict;
	struct opcit_span source; /* the stretch of the source that it is, in bytes */
	unsigned kinds;           /* 1 << enum opcit_quote_change_kind */
	struct opcit_quote_change *changes; /* in order */
	size_t n_changes;
	double similarity; /* 1: word for word; 0: no word in common */
	struct opcit_wdiff diff; /* from the source (a) to the quotation (b), where it DIFFERS */
	bool cut; /* a text has over OPCIT_WORDS_MOST words: beyond them it was not compared; a
		     quotation that is cut is never exact */
};

/* A passage may be compared with many sources: its words are read once. */
struct opcit_quote;

/* Read a quotation (without its marks), into arena, which must outlive it; text is
 * borrowed as long. NULL when there is no word in it. Linear. */
struct opcit_quote *opcit_quote_read(struct opcit_str text, struct opcit_arena *arena);

/* Words of the quotation that are the source's: without what brackets put in. */
size_t opcit_quote_length(const struct opcit_quote *quote);

/* The longest stretch of the quotation without an ellipsis or brackets: what an
 * exact source holds in one piece. Borrowed from its text; may be empty. */
struct opcit_str opcit_quote_piece(const struct opcit_quote *quote);

/* Below this similarity a source does not say it at all. */
#define OPCIT_QUOTE_LEAST 0.6

/* Compare with a source, of which the quotation may be any part. *match is in arena.
 * Cost: one cell of memory and two nanoseconds for each pair of words; a paragraph
 * takes some ten microseconds, 4,000 words on either side 16 MB and 50 ms. */
void opcit_quote_compare(const struct opcit_quote *quote, struct opcit_str source,
			 struct opcit_arena *arena, struct opcit_quote_match *match);

#ifdef __cplusplus
}
#endif
#endif
