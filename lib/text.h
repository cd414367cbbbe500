/* text.h: words, as the index and the query both see them.
 *
 * Folding takes away what a person does not mean to distinguish when
 * searching: case, accents, ligatures and other compatibility forms, soft
 * hyphens and zero-width characters. Splitting knows the compounds of legal
 * prose: "co-operation" and "co operation" are one word with "cooperation", "human-rights-based"
 * is found by its parts and as a whole, "l'Assemblée" is "assemblee",
 * "State's" is "state", "and/or" is two words.
 */
#ifndef OPCIT_TEXT_H
#define OPCIT_TEXT_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Longer words are cut to this many bytes, in the index and in a query alike. */
enum { OPCIT_WORD_MAX = 64 };

/* One word of a text. Positions count the simple words of the text; the parts
 * of a hyphenated compound have one position each, and the compound joined
 * stands at its first part's position with `span` > 1. */
struct opcit_token {
	size_t start, end;     /* bytes of the text that it was read from */
	struct opcit_str word; /* folded; borrowed from the iterator until its next step */
	uint32_t pos;
	uint32_t span; /* positions covered: 1, or the number of parts */
	bool part;     /* a part of a compound */
	bool bound;    /* a part that is no word by itself: "co", "operation" in "co-operation" */
	bool spaceless; /* of a script without spaces: the parts are characters */
	bool by_parts;  /* of such a word: some of its characters are ideographs */
};

/* Parts of a word of a script without spaces; a longer one is two words. */
enum { OPCIT_TOKEN_PARTS = 24, OPCIT_TOKENS_CUTS = 120 };

/* An iterator over the words of a text; no memory beyond itself. */
struct opcit_tokens {
	struct opcit_str text; /* borrowed */
	size_t at;
	uint32_t pos;
	uint32_t n_parts, next_part; /* parts of the compound that was just returned */
	struct {
		size_t start, end;
		uint16_t from, to; /* in folded */
		bool bound;
	} parts[OPCIT_TOKEN_PARTS];
	bool spaceless, by_parts;
	bool apart; /* "co operation": with a blank */
	size_t cut_from, cut_to; /* the stretch of text that ICU has cut, and where */
	uint16_t n_cuts, next_cut;
	uint16_t cuts[OPCIT_TOKENS_CUTS]; /* from cut_from */
	uint16_t used;
	char folded[4 * OPCIT_WORD_MAX + 64];
};

/* Start on `text` (UTF-8; malformed bytes separate words). */
void opcit_tokens_init(struct opcit_tokens *tokens, struct opcit_str text);
/* The next word: first a compound joined, then its parts. False at the end. */
bool opcit_tokens_next(struct opcit_tokens *tokens, struct opcit_token *token);

/* Append text folded as a key for comparing identifiers, names of bodies and
 * the like: case, accents, kinds of dashes and quotation marks, and all white
 * space gone, other characters kept. "A/65/156" and "a/65/ 156" have one key. */
void opcit_text_key(struct opcit_str text, struct opcit_buf *buf);
/* The same, as memory of the arena. */
struct opcit_str opcit_text_key_in(struct opcit_str text, struct opcit_arena *arena);

/* Text for a page or an XML file: control characters and those that turn the
 * direction of what follows become blanks, malformed bytes U+FFFD. In buf, whose
 * old content goes; returns it, NUL-terminated, until buf changes. */
const char *opcit_text_clean(struct opcit_str text, struct opcit_buf *buf);

/* Is a folded word a stop word in that language (ISO 639-1)? False for
 * languages without a list. */
bool opcit_stop_word(struct opcit_str word, struct opcit_str lang);

/* Is a word, as typed, one that says little beside the others of a question, in
 * English, French or Spanish: "about", "way", "helping"? It counts for less, and finds
 * no record where others do. */
bool opcit_light_word(struct opcit_str word);
/* Is it one that tells nothing together with others, either: "about", "ways", but not "back"? */
bool opcit_hollow_word(struct opcit_str word);

/* A stemmer for one language, with a cache of the words it has seen. */
struct opcit_stemmer;

/* A stemmer for ISO 639-1 `lang`; a language without one gives a stemmer that
 * returns words as they are. Never NULL. Free with opcit_stemmer_free. */
struct opcit_stemmer *opcit_stemmer_new(struct opcit_str lang);
/* The stem of a folded word; borrowed until the stemmer's next use. */
struct opcit_str opcit_stem(struct opcit_stemmer *stemmer, struct opcit_str word);
/* The same, but empty for a stop word of the language. */
struct opcit_str opcit_stem_unless_stop(struct opcit_stemmer *stemmer, struct opcit_str word);
void opcit_stemmer_free(struct opcit_stemmer *stemmer); /* NULL is allowed */

/* A phrase made ready for looking it up in many texts. */
struct opcit_phrase;

/* Longer phrases (counted in words) are refused. */
enum { OPCIT_PHRASE_MAX = 60 };

/* Prepare `words`. NULL when it holds no word or more than OPCIT_PHRASE_MAX. */
struct opcit_phrase *opcit_phrase_new(struct opcit_str words);
/* True where the phrase's words stand in `text` one after the other. Words
 * are compared exactly, after folding; a compound matches its joined,
 * hyphenated and separated forms. *start and *end (may be NULL) get the bytes
 * of the first such place at or after byte `from`. Linear in the text. */
bool opcit_phrase_find(const struct opcit_phrase *phrase, struct opcit_str text, size_t from,
		       size_t *start, size_t *end);
void opcit_phrase_free(struct opcit_phrase *phrase); /* NULL is allowed */

#ifdef __cplusplus
}
#endif
#endif
