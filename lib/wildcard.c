#include "wildcard.h"

#include <string.h>

static opcit_status refuse(struct opcit_err *err, const char *message)
{
	opcit_err_set(err, OPCIT_USAGE, "%s", message);
	opcit_err_hint(err, "write detain* or organi*ation");
	return OPCIT_USAGE;
}

static size_t letters_in(const char *bytes, size_t len)
{
	size_t n = 0, i;

	for (i = 0; i < len; i++)
		n += ((unsigned char)bytes[i] & 0xc0) != 0x80;
	return n;
}

/* Append what stands between two stars, folded; false when that is more than
 * one word, or there is no room. */
static bool add_piece(struct opcit_wildcard *w, struct opcit_str piece)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	bool first = true;

	opcit_tokens_init(&tokens, piece);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.part)
			continue;
		if (!first || w->len + token.word.len > sizeof w->pattern)
			return false;
		memcpy(w->pattern + w->len, token.word.ptr, token.word.len);
		w->len += token.word.len;
		first = false;
	}
	return true;
}

opcit_status opcit_wildcard_init(struct opcit_wildcard *w, struct opcit_str text,
				 struct opcit_err *err)
{
	size_t at = 0;

	w->len = w->prefix = 0;
	while (at < text.len) {
		const char *star = memchr(text.ptr + at, '*', text.len - at);
		size_t end = star ? (size_t)(star - text.ptr) : text.len;

		if (!add_piece(w, opcit_str_sub(text, at, end)) || w->len == sizeof w->pattern)
			return refuse(err, "a wildcard stands in one word of at most 64 letters");
		if (at == 0 && letters_in(w->pattern, w->len) < OPCIT_WILDCARD_PREFIX)
			return refuse(err, "a wildcard needs at least two letters before it");
		if (at == 0)
			w->prefix = w->len;
		if (star && w->pattern[w->len - 1] != '*')
			w->pattern[w->len++] = '*';
		at = end + 1;
	}
	return w->len ? OPCIT_OK : refuse(err, "a wildcard needs at least two letters before it");
}

/* When the letters after a star do not fit, the star takes one more of the
 * word: only the last star passed need be tried again. */
bool opcit_wildcard_match(const struct opcit_wildcard *w, struct opcit_str word)
{
	size_t p = 0, at = 0, star = SIZE_MAX, resume = 0;

	while (at < word.len) {
		if (p < w->len && w->pattern[p] == '*') {
			star = p++;
			resume = at;
		} else if (p < w->len && w->pattern[p] == word.ptr[at]) {
			p++;
			at++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			at = ++resume;
		} else {
			return false;
		}
	}
	while (p < w->len && w->pattern[p] == '*')
		p++;
	return p == w->len;
}
