/* text_int.h: characters, as the parts of text.h (text*.c) see them. */
#ifndef OPCIT_TEXT_INT_H
#define OPCIT_TEXT_INT_H

#include "text.h"

#include <utf8proc.h>

/* text_fold.c */
/* The folded form of one character, as UTF-8; returns its length, which may
 * be 0 for a mark. What does not fit in `room` is left out. */
size_t opcit_fold(utf8proc_int32_t c, char *out, size_t room);
bool opcit_char_is_word(utf8proc_int32_t c);
/* Characters that print nothing, or only stretch a word, wherever they stand. */
bool opcit_char_is_invisible(utf8proc_int32_t c);
/* Letters and marks of scripts that put no space between words. */
bool opcit_char_is_spaceless(utf8proc_int32_t c);
bool opcit_char_is_ideograph(utf8proc_int32_t c); /* a word by itself, too */
bool opcit_char_is_mark(utf8proc_int32_t c);

/* text_cut.c */
/* Read a word of a script without spaces from tokens->at, which is at one of its
 * characters, into parts and folded, and step past it. */
bool opcit_tokens_cut(struct opcit_tokens *tokens);

/* Decode the character at byte `at`; -1 at the end or where malformed. */
static inline utf8proc_int32_t opcit_char_at(struct opcit_str text, size_t at, size_t *size)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t n;

	*size = 1;
	if (at >= text.len)
		return -1;
	if ((unsigned char)text.ptr[at] < 0x80)
		return (unsigned char)text.ptr[at];
	n = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
			     (utf8proc_ssize_t)(text.len - at), &c);
	if (n <= 0)
		return -1;
	*size = (size_t)n;
	return c;
}

#endif
