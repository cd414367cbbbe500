/* ordinal.h: the numbers that word processors and browsers print before
 * paragraphs: 12, 07, XIV, xiv, N, n, aa. */
#ifndef OPCIT_ORDINAL_H
#define OPCIT_ORDINAL_H

#include "../lib/str.h"

enum opcit_ordinal {
	OPCIT_ORDINAL_NONE, /* nothing is printed */
	OPCIT_ORDINAL_BULLET,
	OPCIT_ORDINAL_DECIMAL,
	OPCIT_ORDINAL_DECIMAL_ZERO, /* 01 … 09, 10 */
	OPCIT_ORDINAL_UPPER_ROMAN,
	OPCIT_ORDINAL_LOWER_ROMAN,
	OPCIT_ORDINAL_UPPER_LETTER, /* A … Z, AA, BB as Word counts on */
	OPCIT_ORDINAL_LOWER_LETTER
};

/* Append n in that style. What has no such form (0 in letters, 4000 in Roman
 * figures) is decimal. */
void opcit_ordinal_put(enum opcit_ordinal style, unsigned n, struct opcit_buf *buf);

/* The style that ODF and HTML call "1", "a", "A", "i", "I"; NONE otherwise. */
enum opcit_ordinal opcit_ordinal_of(struct opcit_str name);

#endif
