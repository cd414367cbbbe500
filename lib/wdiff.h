/* wdiff.h: how far two texts say the same, and which words differ.
 *
 * Words are those of text.h: case, accents, punctuation and the hyphen of a
 * compound make no difference. Two texts are as similar as the longest common
 * subsequence of their words is long: twice its length by the number of words
 * of both, so that 1 is word for word the same and 0 is no word in common.
 */
#ifndef OPCIT_WDIFF_H
#define OPCIT_WDIFF_H

#include "record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* More words of a text are not read; what is compared is cut then. */
enum { OPCIT_WORDS_MOST = 4000 };

struct opcit_words {
	struct opcit_span *spans; /* bytes of the text, word by word */
	uint64_t *hashes;         /* of the folded words, in order */
	uint64_t *sorted;         /* the same, ascending */
	size_t n;
	bool cut; /* the text has more than OPCIT_WORDS_MOST words */
};

/* Read the words of a text, into arena. Linear. */
void opcit_words_read(struct opcit_str text, struct opcit_arena *arena,
		      struct opcit_words *words);

/* How similar two texts are, 0 to 1; 0 where that is less than `least` (0 to
 * know it in any case), and for a text without words. The order of the two
 * does not matter. Cost: the number of words times that of differing ones; a
 * pair below `least` is mostly refused after one pass. Clauses take a microsecond;
 * at worst, 4,000 words on either side and nothing alike, 8 ms for 0.6, 40 for 0. */
double opcit_words_similarity(const struct opcit_words *a, const struct opcit_words *b,
			      double least);

enum opcit_wdiff_op { OPCIT_WDIFF_KEPT, OPCIT_WDIFF_DELETED, OPCIT_WDIFF_INSERTED };

/* Words that follow one another and share a fate. The spans go from the first
 * word's first byte to the last word's last; that of the text in which the
 * words are not is empty, where they would stand. */
struct opcit_wdiff_run {
	enum opcit_wdiff_op op;
	struct opcit_span a, b;
	size_t words;
};

struct opcit_wdiff {
	struct opcit_wdiff_run *runs; /* in order; what is replaced before what replaces it */
	size_t n;
	size_t kept, deleted, inserted; /* words */
	bool cut;                       /* a text was too long: its end was not compared */
};

/* What makes b of a, into arena. Cost: one cell of memory and a nanosecond for
 * each pair of words between the first difference and the last; at most 16 MB
 * and 50 ms. */
void opcit_words_diff(const struct opcit_words *a, const struct opcit_words *b,
		 struct opcit_arena *arena, struct opcit_wdiff *diff);

#ifdef __cplusplus
}
#endif
#endif
