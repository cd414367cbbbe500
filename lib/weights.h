/* weights.h: the numbers that rank. One place, so that they can be tuned and
 * explained together; docs/index-format.md says what each does. */
#ifndef OPCIT_WEIGHTS_H
#define OPCIT_WEIGHTS_H

/* Counted at indexing: occurrences that one word of each field is worth. */
#define OPCIT_WDF_TEXT 1
#define OPCIT_WDF_SECTION 1
#define OPCIT_WDF_TITLE 1

/* Counted when searching: what a word's weight in a field is multiplied by. */
#define OPCIT_WEIGHT_SECTION 0.35
#define OPCIT_WEIGHT_TITLE 0.15

/* BM25: how soon repetition stops paying (k1), how much a long text is held
 * against it (b), and the shortest text, as a part of the average, that
 * shortness still helps. */
#define OPCIT_BM25_K1 1.0
#define OPCIT_BM25_B 0.55
#define OPCIT_BM25_SHORTEST 0.5

/* What a record's score is multiplied by, in the order of enum opcit_kind. */
#define OPCIT_KIND_WEIGHTS                                                                         \
	{                                                                                          \
		0.3, 0.5, 1, 1, 1, 1, 0.9, 0.3                                                     \
	}

/* What a clause that urges, requests … gains where recommendations are asked
 * for: about what one rare word is worth. */
#define OPCIT_WEIGHT_DIRECTIVE 4.0

/* What the names of a thing count together beside the one that was typed, and
 * what they count with the names of narrower things. */
#define OPCIT_WEIGHT_SAME 1.0
#define OPCIT_WEIGHT_NARROWER 0.3

/* How much a record gains where all neighbouring words of the query stand
 * together in it. */
#define OPCIT_WEIGHT_PROXIMITY 0.7

/* A document named in the query, what cites it and what only mentions it
 * stand in tiers above any word match; within a tier the words decide. */
#define OPCIT_TIER 1000
#define OPCIT_WEIGHT_NAMED (4 * OPCIT_TIER)
#define OPCIT_WEIGHT_CITING (2 * OPCIT_TIER)
#define OPCIT_WEIGHT_MENTIONING (1 * OPCIT_TIER)
/* With a place: its paragraph stands above its document, and what cites
 * just that place above the rest of it. */
#define OPCIT_WEIGHT_PLACE (8 * OPCIT_TIER)
#define OPCIT_WEIGHT_CITING_PLACE (4 * OPCIT_TIER)

#endif
