/* names.h: every name of the registry in one automaton over folded words.
 *
 * A name is a path of word hashes (glyph.h) from the root; matching walks the
 * text's words along it and keeps the longest name that ends on the way.
 * The article "the" inside a name does not count. Single words of the
 * grammar ("resolution", "para") hang on the root beside the names, so that
 * one look-up decides whether a word of the text can begin anything.
 */
#ifndef OPCIT_NAMES_H
#define OPCIT_NAMES_H

#include "glyph.h"

enum opcit_name_kind { OPCIT_NAME_BODY, OPCIT_NAME_INSTRUMENT, OPCIT_NAME_KINDS };

enum { OPCIT_NAMES_FILTER = 1 << 17, OPCIT_NAME_NONE = UINT32_MAX };

/* A name of so many words counts in small letters too. */
enum { OPCIT_NAME_LONG = 3 };

struct opcit_names {
	/* one bit for each hash of a beginning that starts something */
	unsigned char filter[OPCIT_NAMES_FILTER / 8];
	struct opcit_names_root *roots; /* first words; open addressing, small on purpose */
	size_t n_roots, cap_roots;
	struct opcit_names_edge *edges; /* from other states and word to state, likewise */
	size_t n_edges, cap_edges;
	struct opcit_names_state *states;
	size_t n_states, cap_states;
	uint64_t the; /* the article's hash */
};

/* The longest name at some place. */
struct opcit_name_hit {
	const char *start, *end;
	uint32_t index[OPCIT_NAME_KINDS]; /* OPCIT_NAME_NONE where none of that kind */
	unsigned words;
	bool acronym; /* one word of capitals, here as in the table */
};

/* What the root knows of a first word. */
struct opcit_names_first {
	uint32_t state;   /* 0 where no name begins with it */
	unsigned keyword; /* 0 where it is none */
};

void opcit_names_release(struct opcit_names *names);

/* Add a name of the thing with that index. Returns OPCIT_NAME_NONE, or the
 * other index of this kind that the name has already; it is replaced when
 * `replace`. A name of more than 40 words or without any is ignored. */
uint32_t opcit_names_add(struct opcit_names *names, struct opcit_str name,
			 enum opcit_name_kind kind, uint32_t index, bool replace);
/* Hang a keyword on the root. Where the finder shall stop at it. */
enum opcit_names_stop { OPCIT_STOP_NEVER, OPCIT_STOP_CAPITAL, OPCIT_STOP_ALWAYS };
void opcit_names_keyword(struct opcit_names *names, const char *word, unsigned keyword,
			 enum opcit_names_stop stop);

struct opcit_names_first opcit_names_first(const struct opcit_names *names, uint64_t hash);

/* The longest name that starts with the word `first` and ends by `end`. */
bool opcit_names_match(const struct opcit_names *names, const struct opcit_token *first,
		       const char *end, struct opcit_name_hit *hit);

/* Follow one word from a state; 0 where there is no such edge. */
uint32_t opcit_names_step(const struct opcit_names *names, uint32_t state, uint64_t hash);
uint32_t opcit_names_accepts(const struct opcit_names *names, uint32_t state,
			     enum opcit_name_kind kind);

/* Past what may stand between two words of a name (spaces, commas, quotes,
 * parentheses; a stop only before a small letter), or NULL. */
const char *opcit_name_gap(const char *p, const char *end);

/* ---- the filter: may a word begin something, by its first six letters? ---- */

enum { OPCIT_FILTER_LETTERS = 6 };

/* Set the filter's bits for the word at `word`, in all the spellings that
 * fold to it: with a capital only, or however it begins. */
void opcit_filter_add(unsigned char *filter, const char *word, const char *end, bool capital);

/* The slot of a word whose first bytes are in `bytes`, little-endian, and
 * whose run of ASCII letters and digits is `run` bytes long. */
static inline unsigned opcit_filter_slot(uint64_t bytes, unsigned run)
{
	unsigned n = run < OPCIT_FILTER_LETTERS ? run : OPCIT_FILTER_LETTERS;
	uint64_t key = (bytes | 0x2020202020202020u) & ((1ull << 8 * n) - 1);

	key |= (bytes & 0x20) << 50; /* the case of the first letter */
	return (unsigned)(key * 0x9E3779B97F4A7C15u >> (64 - 17));
}

static inline bool opcit_filter_has(const unsigned char *filter, uint64_t bytes, unsigned run)
{
	unsigned slot = opcit_filter_slot(bytes, run);

	return filter[slot >> 3] >> (slot & 7) & 1;
}

#endif
