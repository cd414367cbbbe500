/* weights.h: the numbers that rank. One place, so that they can be tuned and
 * explained together; docs/index-format.md says in which steps they are used. */
#ifndef OPCIT_WEIGHTS_H
#define OPCIT_WEIGHTS_H

/* Counted at indexing: occurrences that one word of each field is worth. */
#define OPCIT_WDF_TEXT 1
#define OPCIT_WDF_SECTION 1
#define OPCIT_WDF_TITLE 1

/* Finding what may answer: what a word's weight in a field is multiplied by,
 * what a clause of the kind that is asked for gains, and what the weight of the
 * names of narrower things is multiplied by. */
#define OPCIT_WEIGHT_SECTION 0.35
#define OPCIT_WEIGHT_TITLE 0.15
#define OPCIT_WEIGHT_DIRECTIVE 4.0
#define OPCIT_WEIGHT_NARROWER_FOUND 0.6

/* BM25: how soon repetition stops paying (k1), how much a long text is held
 * against it (b), and the shortest text, as a part of the average, that
 * shortness still helps. */
#define OPCIT_BM25_K1 1.0
#define OPCIT_BM25_B 0.55
#define OPCIT_BM25_SHORTEST 0.5

/* What is found so is looked at once more (score.hh): how much each record says
 * of each thing that the question asks for. A thing is worth its rarity. */

/* What one more typed word for a thing adds to its worth, in parts of one. */
#define OPCIT_WEIGHT_MORE_WORDS 0.7
/* What its worth is multiplied by where it is a country or a year: what is of another is hardly an answer. */
#define OPCIT_WEIGHT_BOUND 1.6
/* What words like "about" and "way" keep of theirs. */
#define OPCIT_WEIGHT_LIGHT 0.1
/* A kind of statement ("recommendations on", "role of"): what a record's score
 * gains by being one, and where nothing else answers, as of definitions; and where no subject
 * is asked for, what it is worth. */
#define OPCIT_WEIGHT_INTENDED 0.35
#define OPCIT_WEIGHT_INTENDED_ALONE 2.0
#define OPCIT_WEIGHT_INTENT 3.0

/* What another name of a thing counts beside the typed one: the same thing's, what documents
 * say for a plain word (and where no record has that word), a narrower one's, a related one's. */
#define OPCIT_WEIGHT_SAME 0.97
#define OPCIT_WEIGHT_PLAIN 0.4
#define OPCIT_WEIGHT_PLAIN_ALONE 0.65
#define OPCIT_WEIGHT_NARROWER 0.6
#define OPCIT_WEIGHT_RELATED 0.1

/* Where the words that were typed for one thing are not all there, each counts by
 * itself: what it counts by another of its names. */
#define OPCIT_WEIGHT_PART_NAMED 0.45

/* What counts beside saying a thing once in the text: in the headings above, in
 * the title, all its words but apart, among the first words. */
#define OPCIT_WEIGHT_IN_SECTION 0.8
#define OPCIT_WEIGHT_IN_TITLE 0.05
#define OPCIT_WEIGHT_APART 0.48
#define OPCIT_WEIGHT_OPENING 0.15

/* What stands under a heading of such statements only, and what only speaks of
 * them, beside a statement of the kind that is asked for. */
#define OPCIT_WEIGHT_HEADED 0.5
#define OPCIT_WEIGHT_SPEAKS_OF 0.4

/* How soon saying a thing again stops paying, and how much a long text is held
 * against it. */
#define OPCIT_SATURATION 1.0
#define OPCIT_LENGTH_COUNTS 0.15

/* What counts of what the paragraphs before and after say, and of what those
 * found in the document say on average; as many that say nothing are added to
 * these, so that one alone proves little. */
#define OPCIT_WEIGHT_BESIDE 0.2
#define OPCIT_WEIGHT_DOCUMENT 0.5
#define OPCIT_DOCUMENT_STEADY 3

/* What is added to a score for being about what the question is about (meaning.h), in parts of
 * the importance of all that is asked for, where no record says a thing of it; nothing is where so
 * many records as a page shows say all of it. What the words of headings count beside those of the
 * text; and as many more words that speak of nothing are added to a text, so that a few prove little. */
#define OPCIT_WEIGHT_MEANT 3.4
#define OPCIT_WEIGHT_MEANT_ABOVE 0.5f
#define OPCIT_MEANT_PAGE 10
#define OPCIT_MEANT_STEADY 5

/* Words that speak of a concept together are taken for a name of it: how much of what the question is about
 * it is at least, how much each of them speaks of it, and all of them do; and how many times more a word may speak
 * of a concept that it names by itself. */
#define OPCIT_GUESS_LEAST 0.4f
#define OPCIT_GUESS_OF_WORD 0.2f
#define OPCIT_GUESS_TOGETHER 0.5f
#define OPCIT_GUESS_OWN 2.5f

/* What is added to a score where the typed words stand beside one another as typed. */
#define OPCIT_WEIGHT_ORDER 0.5

/* What is taken off a score where the things that are asked for are said far
 * apart, and how many words without stop words are one passage. */
#define OPCIT_WEIGHT_SCATTERED 0.3
#define OPCIT_PASSAGE 20

/* What the score of a record is multiplied by that holds every word of a
 * question of four words and more. */
#define OPCIT_WEIGHT_WHOLE 1.5

/* What a record's score is multiplied by otherwise, in the order of enum opcit_kind. */
#define OPCIT_KIND_WEIGHTS                                                                         \
	{                                                                                          \
		0.3, 0.4, 0.7, 1, 1, 1, 0.5, 0.3                                                   \
	}

/* The same of a paragraph without a number: it introduces what is numbered, or stands in a note
 * or an agenda, and can hardly be cited. */
#define OPCIT_WEIGHT_UNNUMBERED 0.7

/* What each doubling adds of how often a record's document is cited, and as how
 * many more a citation of just that paragraph counts. */
#define OPCIT_WEIGHT_CITED 0.01
#define OPCIT_CITED_PLACE 10

/* How similar two texts are at least (wdiff.h) that are one answer. */
#define OPCIT_FOLDED_FROM 0.85

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
