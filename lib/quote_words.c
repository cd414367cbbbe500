/* quote_words.c: the words of a quotation and of its source. Stricter than
 * text.h, which folds away what a quotation must keep: "State" and "State's" are
 * two words here, "sí" and "si", "1.5" and "15". */
#include "quote_words.h"

#include <string.h>

#include "text_int.h"

enum {
	MOST_MENDED = 64, /* words with letters in brackets; further ones are put in */
	LONGEST_MENDED = 48 /* characters of one */
};

struct reading {
	struct opcit_quote_words *out;
	size_t room, at, n_mended;
	bool quotation, in_brackets;
	struct opcit_str text;
};

static const uint64_t HASH_START = 0xCBF29CE484222325u;

static uint64_t add_byte(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * 0x100000001B3u;
}

static uint64_t add_char(uint64_t hash, utf8proc_int32_t c)
{
	for (; c > 0xff; c >>= 8)
		hash = add_byte(hash, (unsigned char)(c & 0xff));
	return add_byte(hash, (unsigned char)c);
}

static uint64_t add_bytes(uint64_t hash, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		hash = add_byte(hash, (unsigned char)bytes[i]);
	return hash;
}

/* Most text is ASCII. */
static inline bool is_word(utf8proc_int32_t c)
{
	return c < 0x80 ? (unsigned)(c | 0x20) - 'a' < 26u || (unsigned)c - '0' < 10u : opcit_char_is_word(c);
}

static inline bool is_invisible(utf8proc_int32_t c)
{
	return c >= 0x80 && opcit_char_is_invisible(c);
}

static inline bool is_spaceless(utf8proc_int32_t c)
{
	return c >= 0x80 && opcit_char_is_spaceless(c);
}

static bool is_apostrophe(utf8proc_int32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x201b || c == 0x2bc || c == 0xb4;
}

/* œ and oe, ﬁ and fi are one spelling. */
static const char *ligature(utf8proc_int32_t c)
{
	switch (c) {
	case 0x152: return "OE";
	case 0x153: return "oe";
	case 0xc6: return "AE";
	case 0xe6: return "ae";
	case 0xfb00: return "ff";
	case 0xfb01: return "fi";
	case 0xfb02: return "fl";
	default: return NULL;
	}
}

/* `before` is the word before it, or NULL. */
static void add_letter(struct opcit_quote_word *word, struct opcit_quote_word *before, utf8proc_int32_t c)
{
	const char *letters = c >= 0x80 ? ligature(c) : NULL;
	utf8proc_int32_t lower;
	char folded[64];

	for (; letters && *letters; letters++)
		add_letter(word, before, *letters);
	if (letters)
		return;
	if (is_apostrophe(c))
		c = '\'';
	lower = c < 0x80 ? (c >= 'A' && c <= 'Z' ? c | 0x20 : c) : utf8proc_tolower(c);
	word->exact = add_char(word->exact, c);
	word->lower = add_char(word->lower, lower);
	word->joined = add_char(word->joined, lower);
	if (before)
		before->joined = add_char(before->joined, lower);
	if (c < 0x80 || lower == c)
		word->plain = add_char(word->plain, lower);
	else if (utf8proc_tolower(c) != c && c < 0x250) /* É */
		word->plain = add_bytes(word->plain, folded, opcit_fold(c, folded, sizeof folded));
	else
		word->plain = add_char(word->plain, lower);
}

static bool is_digit(utf8proc_int32_t c)
{
	return c >= '0' && c <= '9';
}

/* ---- brackets and ellipses ----------------------------------------------- */

/* The end of an ellipsis that begins at `at`: "…", "...", ". . .", "[…]", "(...)"; 0 for none. */
static size_t ellipsis_end(struct opcit_str text, size_t at)
{
	char close = text.ptr[at] == '[' ? ']' : text.ptr[at] == '(' ? ')' : 0;
	size_t dots = 0, end = 0, size;

	if (close)
		at++;
	for (; at < text.len; at += size) {
		utf8proc_int32_t c = opcit_char_at(text, at, &size);

		if (c == '.' || c == 0x2026)
			dots += c == '.' ? 1 : 3;
		else if (c != ' ' && c != 0xa0 && c != 0x202f)
			break;
		if (c == '.' || c == 0x2026)
			end = at + size;
		if (dots > 40)
			break;
	}
	if (dots < 3)
		return 0;
	if (!close)
		return end;
	return at < text.len && text.ptr[at] == close ? at + 1 : 0;
}

/* Letters in brackets that are part of a word: the end of the brackets at `at`, or 0. */
static size_t letters_end(const struct reading *r, size_t at)
{
	size_t i = at + 1, size, n = 0;

	while (i < r->text.len && n++ < 16) {
		utf8proc_int32_t c = opcit_char_at(r->text, i, &size);

		if (c == ']')
			return i + 1;
		if (c < 0 || !is_word(c))
			return 0;
		i += size;
	}
	return 0;
}

static bool word_at(struct opcit_str text, size_t at)
{
	size_t size;
	utf8proc_int32_t c = opcit_char_at(text, at, &size);

	return c >= 0 && is_word(c);
}

/* Does a word begin at the bracket: "[t]he"? */
static bool begins_mended(const struct reading *r, size_t at)
{
	size_t end = r->quotation && r->text.ptr[at] == '[' ? letters_end(r, at) : 0;

	return end && word_at(r->text, end) && r->n_mended < MOST_MENDED;
}

/* ---- one word ------------------------------------------------------------ */

/* Does the word go on over this character, which is none of a word's? */
static bool joins(const struct reading *r, size_t at, utf8proc_int32_t before, utf8proc_int32_t c, size_t size)
{
	size_t next_size;
	utf8proc_int32_t next = opcit_char_at(r->text, at + size, &next_size);

	if (next < 0 || !is_word(next))
		return false;
	return is_apostrophe(c) || c == '/' || ((c == '.' || c == ',') && is_digit(before) && is_digit(next));
}

/* Figures that hang on a word or its stop, up to three of them: "migrants3", "migrants.3". */
static bool is_marker(struct opcit_str text, struct opcit_span span)
{
	size_t i, at = span.start, size;

	if (span.end - span.start > 3 || at == 0 || word_at(text, span.end))
		return false;
	for (i = span.start; i < span.end; i++)
		if (!is_digit(text.ptr[i]))
			return false;
	at = opcit_str_char(text, at - 1);
	if (text.ptr[at] == '[' && span.end < text.len && text.ptr[span.end] == ']')
		return true;
	if (is_word(opcit_char_at(text, at, &size)))
		return true; /* the word before was ended for it */
	return at > 1 && strchr(".,;:)\"", text.ptr[at]) && !is_digit(text.ptr[at - 1]) && text.ptr[at - 1] != ' ';
}

/* "(a)", "(ii)", "(12)", "b)". */
static bool is_item_number(struct opcit_str text, struct opcit_span span)
{
	size_t i, len = span.end - span.start, digits = 0, roman = 0;
	bool opened = span.start > 0 && text.ptr[span.start - 1] == '(';

	if (span.end >= text.len || text.ptr[span.end] != ')' || len > 5)
		return false;
	for (i = span.start; i < span.end; i++) {
		digits += is_digit(text.ptr[i]);
		roman += strchr("ivxlc", text.ptr[i]) != NULL;
	}
	if (!opened && span.start > 0 && text.ptr[span.start - 1] != ' ')
		return false;
	return (len == 1 && (unsigned char)text.ptr[span.start] < 0x80) || (len < 4 && digits == len) ||
	       (opened && roman == len);
}

/* Note markers end a word of letters. */
static bool ends_before_digit(size_t letters, size_t others, utf8proc_int32_t before, utf8proc_int32_t c)
{
	return letters >= 3 && others == 0 && is_digit(c) && utf8proc_toupper(before) != before;
}

static void take_word(struct reading *r)
{
	struct opcit_quote_word word = { .exact = HASH_START, .lower = HASH_START, .plain = HASH_START, .joined = HASH_START };
	struct opcit_quote_word *last = r->out->n ? &r->out->items[r->out->n - 1] : NULL;
	size_t size = 0, letters = 0, others = 0, inside = 0;
	utf8proc_int32_t before = -1;

	word.span.start = r->at;
	for (; r->at < r->text.len; r->at += size) {
		utf8proc_int32_t c = opcit_char_at(r->text, r->at, &size);

		if (c >= 0 && is_invisible(c))
			continue;
		if (r->quotation && c == '[' && !inside && r->n_mended < MOST_MENDED &&
		    (inside = letters_end(r, r->at))) {
			word.mended = true;
			continue;
		}
		if (inside && r->at + 1 == inside) {
			inside = 0;
			continue;
		}
		if (c < 0 || (!is_word(c) && !(before >= 0 && joins(r, r->at, before, c, size))))
			break;
		if (ends_before_digit(letters, others, before, c) || (letters + others && is_spaceless(c)))
			break;
		if (is_digit(c) || !is_word(c))
			others++;
		else
			letters++;
		add_letter(&word, last, c);
		before = c;
		word.span.end = r->at + size;
		if (is_spaceless(c)) {
			r->at += size;
			break;
		}
	}
	if (word.mended) {
		word.span.end = r->at;
		r->n_mended++;
	}
	word.bracketed = r->in_brackets;
	word.marker = is_marker(r->text, word.span);
	word.number = is_item_number(r->text, word.span);
	r->out->items[r->out->n++] = word;
}

static void take_ellipsis(struct reading *r, size_t end)
{
	struct opcit_quote_words *out = r->out;

	if (out->n && out->items[out->n - 1].ellipsis)
		out->items[out->n - 1].span.end = end;
	else
		out->items[out->n++] = (struct opcit_quote_word){ .span = { r->at, end }, .ellipsis = true };
	r->at = end;
}

void opcit_quote_words_read(struct opcit_str text, bool quotation, struct opcit_arena *arena,
			    struct opcit_quote_words *words)
{
	struct reading r = { .out = words, .quotation = quotation, .text = text };
	size_t size, end;

	/* a word takes two bytes with what follows it */
	r.room = text.len / 2 + 2 < OPCIT_WORDS_MOST ? text.len / 2 + 2 : OPCIT_WORDS_MOST;
	*words = (struct opcit_quote_words){ .text = text };
	words->items = opcit_arena_alloc(arena, r.room * sizeof *words->items);
	while (r.at < text.len) {
		utf8proc_int32_t c = opcit_char_at(text, r.at, &size);

		if (words->n == r.room) {
			words->cut = true;
			break;
		}
		if ((c >= 0 && is_word(c) && !is_invisible(c)) || begins_mended(&r, r.at)) {
			take_word(&r);
			continue;
		}
		end = quotation && (c == '.' || c == 0x2026 || c == '[' || c == '(') ? ellipsis_end(text, r.at) : 0;
		if (end) {
			take_ellipsis(&r, end);
			continue;
		}
		if (c == '[' || c == ']')
			r.in_brackets = c == '[' && memchr(text.ptr + r.at, ']', text.len - r.at);
		r.at += size;
	}
}

/* ---- comparing words ----------------------------------------------------- */

/* The letters of a word, small; returns how many, and where those in brackets are. */
static size_t letters_of(struct opcit_str text, struct opcit_span span, utf8proc_int32_t out[LONGEST_MENDED],
			 size_t *from, size_t *to)
{
	size_t at, size, n = 0;

	*from = *to = 0;
	for (at = span.start; at < span.end && n < LONGEST_MENDED; at += size) {
		utf8proc_int32_t c = opcit_char_at(text, at, &size);

		if (c == '[')
			*from = n;
		else if (c == ']')
			*to = n;
		else if (c >= 0 && !is_invisible(c))
			out[n++] = is_apostrophe(c) ? '\'' : utf8proc_tolower(c);
	}
	return n;
}

/* What stands outside the brackets is the other word's beginning and end; what
 * they took the place of is about as long as they. */
static bool same_but_for_brackets(struct opcit_str a_text, struct opcit_span a_span, struct opcit_str b_text,
				  struct opcit_span b_span)
{
	utf8proc_int32_t a[LONGEST_MENDED], b[LONGEST_MENDED];
	size_t from, to, none, n_a, n_b, after;

	n_a = letters_of(a_text, a_span, a, &from, &to);
	n_b = letters_of(b_text, b_span, b, &none, &none);
	after = n_a - to;
	if (to < from || n_b < from + after || n_b > from + after + (to - from) + 4)
		return false;
	return memcmp(a, b, from * sizeof *a) == 0 && memcmp(a + to, b + n_b - after, after * sizeof *a) == 0;
}

bool opcit_quote_words_same(const struct opcit_quote_words *quote, const struct opcit_quote_word *a,
			    const struct opcit_quote_words *source, const struct opcit_quote_word *b)
{
	if (a->ellipsis)
		return false;
	return a->lower == b->lower || a->plain == b->plain ||
	       (a->mended && same_but_for_brackets(quote->text, a->span, source->text, b->span));
}

/* The next letter at or after *at, small; -1 at the end. */
static utf8proc_int32_t next_letter(struct opcit_str text, size_t *at)
{
	size_t size;

	while (*at < text.len) {
		utf8proc_int32_t c = opcit_char_at(text, *at, &size);

		*at += size;
		if (is_apostrophe(c))
			return '\'';
		if (c > ' ' && c != '-' && c != 0xa0 && !(c >= 0x2000 && c <= 0x2015) && c != 0x202f &&
		    !is_invisible(c))
			return utf8proc_tolower(c);
	}
	return -1;
}

bool opcit_quote_same_letters(struct opcit_str a, struct opcit_str b)
{
	size_t i = 0, k = 0;
	utf8proc_int32_t x, y;

	do {
		x = next_letter(a, &i);
		y = next_letter(b, &k);
	} while (x == y && x >= 0);
	return x == y;
}
