/* generate.h: what the parts of tools/generate.c share. No floating point and no
 * function of the C library that draws numbers: the same seed must give the same
 * bytes on every machine. */
#ifndef OPCIT_GENERATE_H
#define OPCIT_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- chance (generate_words.c) ---- */

/* splitmix64: any state is a good one, so a state can be made of a seed and a number. */
struct chance {
	uint64_t state;
};

/* The chance of what (`kind`, `number`) names under `seed`. */
struct chance chance_of(uint64_t seed, uint32_t kind, uint64_t number);
uint64_t chance_next(struct chance *chance);
/* 0 to n - 1; n is not 0. */
uint32_t chance_below(struct chance *chance, uint32_t n);
/* True in `percent` of 100. */
bool chance_percent(struct chance *chance, uint32_t percent);

/* ---- words (generate_words.c) ---- */

enum word_class {
	WORDS_DETERMINER,
	WORDS_PREPOSITION,
	WORDS_CONJUNCTION,
	WORDS_ADVERB,
	WORDS_ADJECTIVE,
	WORDS_NOUN,
	WORDS_PLURAL,
	WORDS_VERB,
	WORDS_INFINITIVE,
	WORDS_COUNTRY,
	WORDS_MONTH,
	WORD_CLASSES
};

enum { TOPICS = 24 };

struct word {
	const char *bytes;
	uint32_t len;
};

/* To be called once. */
void words_init(void);
struct word word_draw(enum word_class class, struct chance *chance);
/* A phrase of a topic, such as "alternatives to detention"; the first is its name. */
struct word word_of_topic(unsigned topic, struct chance *chance);
struct word word_name_of_topic(unsigned topic);

/* A rank of the long tail: beyond the built-in words, twice the rank is a quarter as
 * frequent, without an end; so new words keep coming as the square root of the text. */
uint64_t tail_rank(struct chance *chance);
enum { TAIL_WORD = 48 };
/* The word of a rank, its length. A capital at its front if `name`. */
uint32_t tail_word(uint64_t rank, bool name, char out[TAIL_WORD]);

/* ---- text (generate_text.c) ---- */

/* What is being written, a record at a time. `wrap` breaks lines at 70 columns. */
struct text {
	char *bytes;
	size_t len, cap;
	size_t line;    /* where the line began */
	uint32_t words; /* of the record */
	bool wrap;
};

enum document_kind { KIND_COUNCIL, KIND_ASSEMBLY, KIND_DECISION, KIND_REPORT, KIND_NOTICE, KINDS };

enum { REMEMBERED = 24, RECENT = 64 };

struct document {
	uint64_t seed;
	uint64_t number; /* from 0; it makes the symbol unique */
	enum document_kind kind;
	struct chance chance;
	struct text text;
	uint32_t records;
	unsigned topic, other_topic;
	uint32_t year, session;
	uint64_t remembered[REMEMBERED]; /* ranks of the tail that come back in this document */
	struct {
		size_t at;
		uint32_t len;
	} recent[RECENT]; /* content words of this record, which come back in it */
	uint32_t n_recent;
	uint32_t notes;
	uint32_t pending_note; /* a marker stands that no note has answered */
};

void put(struct text *text, const char *bytes, size_t len);
void put_string(struct text *text, const char *string);
void put_number(struct text *text, uint64_t number);
/* The superior figures of a note's number. */
void put_anchor(struct text *text, uint32_t number);
/* Text with marks, each of which becomes a word or more; generate_text.c lists them. */
void put_pattern(struct document *doc, const char *pattern);
/* A day of that year. */
void put_date(struct document *doc, uint32_t year);
/* Words up to `words` of this record, beginning in the middle of a sentence if `inside`.
 * `stop` is put at the end. */
void put_sentences(struct document *doc, uint32_t words, bool inside, const char *stop);
/* The symbol of a document, as the document itself and those that cite it print it. */
uint32_t document_symbol(enum document_kind kind, uint64_t number, char out[64]);
enum document_kind document_kind(uint64_t seed, uint64_t number);
uint32_t document_year(uint64_t number);

/* A number from a table of measured values: those that 0, 5, 10, 25, 50, 75, 90, 95, 99
 * and 100 per cent of what was measured lie at or below. */
enum { QUANTILES = 10 };
uint32_t quantile_draw(const uint32_t table[QUANTILES], struct chance *chance);

/* ---- kinds (generate_kinds.c) ---- */

/* Makes the document `number` in `doc->text`, whose room is used again. */
void document_write(struct document *doc, uint64_t seed, uint64_t number, enum document_kind kind);

#endif
