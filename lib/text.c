/* text.c: folding and splitting. text.h says what is one word. */
#include "text_int.h"

#include <string.h>

enum { MAX_PARTS = 8, BREVE = 0x306 };

static bool is_ascii_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static bool is_word_at(struct opcit_str text, size_t at)
{
	size_t size;
	utf8proc_int32_t c = opcit_char_at(text, at, &size);

	return c >= 0 && (c < 0x80 ? is_ascii_word((unsigned char)c) : opcit_char_is_word(c));
}

static bool is_apostrophe(utf8proc_int32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2018;
}

static bool is_hyphen(utf8proc_int32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011;
}

/* ---- words --------------------------------------------------------------- */

/* French articles and particles that elision ties to the next word; "d" and
 * "l" serve Spanish and Italian names as well. */
static bool is_elided(const char *word, size_t len)
{
	static const char *const particles[] = { "jusqu", "lorsqu", "puisqu", "quoiqu" };
	size_t i;

	if (len == 1)
		return strchr("cdjlmnst", word[0]) != NULL;
	if (len == 2)
		return memcmp(word, "qu", 2) == 0;
	for (i = 0; i < sizeof particles / sizeof *particles; i++)
		if (len == strlen(particles[i]) && memcmp(word, particles[i], len) == 0)
			return true;
	return false;
}

void opcit_tokens_init(struct opcit_tokens *tokens, struct opcit_str text)
{
	tokens->text = text;
	tokens->at = 0;
	tokens->pos = 0;
	tokens->n_parts = tokens->next_part = 0;
	tokens->apart = false;
	tokens->spaceless = tokens->by_parts = false;
	tokens->used = 0;
	tokens->cut_from = tokens->cut_to = 0;
}

/* "U.N." is one word: a full stop between two single letters. */
static bool joins_acronym(struct opcit_str text, size_t start, size_t dot)
{
	size_t at;

	if ((dot - start) % 2 == 0 || dot + 1 >= text.len || !is_word_at(text, dot + 1) ||
	    is_word_at(text, dot + 2))
		return false;
	for (at = start; at < dot; at++)
		if ((at - start) % 2
			    ? text.ptr[at] != '.'
			    : !is_ascii_word((unsigned char)text.ptr[at]) || opcit_is_digit(text.ptr[at]))
			return false;
	return true;
}

/* "105.13" and "1,000" are one word, "3,4" is two. *keep says whether the
 * sign stays in it. */
static bool joins_number(struct opcit_str text, size_t at, bool *keep)
{
	const char *p = text.ptr + at;
	size_t left = text.len - at;

	if (at == 0 || !opcit_is_digit(p[-1]) || left < 2 || !opcit_is_digit(p[1]))
		return false;
	*keep = p[0] == '.';
	return *keep ||
	       (left > 3 && opcit_is_digit(p[2]) && opcit_is_digit(p[3]) && (left == 4 || !opcit_is_digit(p[4])));
}

/* What an apostrophe at `at` does to the word read so far. */
enum apostrophe { ENDS, ELIDES, JOINS };

static enum apostrophe apostrophe_at(struct opcit_str text, size_t at, size_t size,
				     const char *word, size_t len)
{
	char next;

	if (!is_word_at(text, at + size))
		return ENDS;
	if (is_elided(word, len))
		return ELIDES;
	next = text.ptr[at + size];
	if ((next == 's' || next == 'S') && !is_word_at(text, at + size + 1))
		return ENDS;
	return JOINS;
}

/* Read one simple word from tokens->at, which is at a word character, into
 * tokens->folded, and step past it. False when nothing is left of it (a
 * stray accent). */
static bool read_simple(struct opcit_tokens *t, bool first_part, size_t *start, size_t *end)
{
	struct opcit_str text = t->text;
	size_t base = t->used, limit = base + OPCIT_WORD_MAX, at = t->at, size;

	*start = at;
	while (at < text.len) {
		unsigned char byte = (unsigned char)text.ptr[at];
		utf8proc_int32_t c;
		bool keep = true;

		if (is_ascii_word(byte)) {
			if (t->used < limit)
				t->folded[t->used++] =
					(char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
			at++;
			continue;
		}
		if ((byte == '.' && joins_acronym(text, *start, at)) ||
		    ((byte == '.' || byte == ',') && joins_number(text, at, &keep))) {
			/* an acronym's full stops go, a decimal point stays */
			if (keep && opcit_is_digit(text.ptr[at - 1]) && t->used < limit)
				t->folded[t->used++] = '.';
			at++;
			continue;
		}
		if (byte < 0x80 && byte != '\'')
			break;
		c = opcit_char_at(text, at, &size);
		if (c < 0)
			break;
		if (is_apostrophe(c)) {
			enum apostrophe what =
				apostrophe_at(text, at, size, t->folded + base, t->used - base);

			if (what == ENDS)
				break;
			at += size;
			if (what == ELIDES && first_part) {
				t->used = (uint16_t)base;
				*start = at;
			}
			continue;
		}
		if (opcit_char_is_invisible(c)) {
			at += size;
			continue;
		}
		if (!opcit_char_is_word(c) || opcit_char_is_spaceless(c))
			break;
		if (c == BREVE && t->used >= base + 2 && memcmp(t->folded + t->used - 2, "и", 2) == 0)
			memcpy(t->folded + t->used - 2, "й", 2);
		t->used = (uint16_t)(t->used + opcit_fold(c, t->folded + t->used, limit - t->used));
		at += size;
	}
	*end = t->at = at;
	return t->used > base;
}

/* Step past a possessive, so that its "s" is no word. */
static void skip_possessive(struct opcit_tokens *t)
{
	size_t size;

	if (!is_apostrophe(opcit_char_at(t->text, t->at, &size)))
		return;
	t->at += size;
	if (t->at < t->text.len && (t->text.ptr[t->at] | 0x20) == 's' &&
	    !is_word_at(t->text, t->at + 1))
		t->at++;
}

/* "co operation", as old texts print it and broken lines leave it. Also "Co
 * announced", so its parts remain words. */
static bool co_goes_on(struct opcit_tokens *t)
{
	size_t next = t->at + 1;

	if (t->n_parts != 1 || t->used != 2 || memcmp(t->folded, "co", 2) != 0 ||
	    next >= t->text.len || t->text.ptr[t->at] != ' ' || !is_word_at(t->text, next) ||
	    opcit_is_digit(t->text.ptr[next]))
		return false;
	t->at = next;
	t->apart = true;
	return true;
}

/* Does a hyphen at the present place tie the next word to the one before? A
 * hyphen between numbers is a range. */
static bool compound_goes_on(struct opcit_tokens *t)
{
	size_t size, next;

	if (co_goes_on(t))
		return true;
	if (t->n_parts == MAX_PARTS || t->apart || !is_hyphen(opcit_char_at(t->text, t->at, &size)))
		return false;
	next = t->at + size;
	if (!is_word_at(t->text, next))
		return false;
	if (opcit_is_digit(t->folded[t->used - 1]) && opcit_is_digit(t->text.ptr[next]))
		return false;
	t->at = next;
	return true;
}

static void emit(struct opcit_tokens *t, size_t from, size_t to, struct opcit_token *token)
{
	size_t len = to - from;

	token->word = (struct opcit_str){ t->folded + from, len };
	if (len <= OPCIT_WORD_MAX)
		return;
	/* never end in half a character */
	for (len = OPCIT_WORD_MAX; len && ((unsigned char)t->folded[from + len] & 0xc0) == 0x80;)
		len--;
	token->word.len = len;
}

static void emit_part(struct opcit_tokens *t, struct opcit_token *token)
{
	uint32_t i = t->next_part++;

	*token = (struct opcit_token){ .start = t->parts[i].start,
				       .end = t->parts[i].end,
				       .pos = t->pos + i,
				       .span = 1,
				       .part = true,
				       .bound = t->parts[i].bound,
				       .spaceless = t->spaceless,
				       .by_parts = t->by_parts };
	emit(t, t->parts[i].from, t->parts[i].to, token);
	if (t->next_part == t->n_parts) {
		t->pos += t->n_parts;
		t->n_parts = t->next_part = 0;
	}
}

/* Read a word and what hyphens tie to it. False when it folds to nothing. */
static bool read_compound(struct opcit_tokens *t)
{
	bool bound;
	uint32_t i;

	t->used = 0;
	t->n_parts = t->next_part = 0;
	t->apart = false;
	t->spaceless = t->by_parts = false;
	do {
		uint16_t from = t->used;
		size_t start, end;

		if (!read_simple(t, t->n_parts == 0, &start, &end))
			break;
		t->parts[t->n_parts].start = start;
		t->parts[t->n_parts].end = end;
		t->parts[t->n_parts].from = from;
		t->parts[t->n_parts].to = t->used;
		t->n_parts++;
	} while (compound_goes_on(t));
	skip_possessive(t);
	/* "co" and "re" are prefixes: what follows them is not what was written */
	bound = t->n_parts > 1 && !t->apart && t->parts[0].to == 2 &&
		(memcmp(t->folded, "co", 2) == 0 || memcmp(t->folded, "re", 2) == 0);
	for (i = 0; i < t->n_parts; i++)
		t->parts[i].bound = bound;
	return t->n_parts > 0;
}

/* No character of a script without spaces has fewer than three bytes. */
static bool is_spaceless_at(struct opcit_str text, size_t at)
{
	size_t size;

	return (unsigned char)text.ptr[at] >= 0xe0 && opcit_char_is_spaceless(opcit_char_at(text, at, &size));
}

bool opcit_tokens_next(struct opcit_tokens *t, struct opcit_token *token)
{
	if (t->next_part < t->n_parts) {
		emit_part(t, token);
		return true;
	}
	for (;;) {
		size_t size;

		while (t->at < t->text.len && !is_word_at(t->text, t->at)) {
			opcit_char_at(t->text, t->at, &size);
			t->at += size;
		}
		if (t->at >= t->text.len)
			return false;
		if (is_spaceless_at(t->text, t->at) ? opcit_tokens_cut(t) : read_compound(t))
			break;
	}
	*token = (struct opcit_token){ .start = t->parts[0].start,
				       .end = t->parts[t->n_parts - 1].end,
				       .pos = t->pos,
				       .span = t->n_parts,
				       .spaceless = t->spaceless,
				       .by_parts = t->by_parts };
	emit(t, 0, t->used, token);
	if (t->n_parts == 1) {
		t->n_parts = 0;
		t->pos++;
		return true;
	}
	return true;
}

/* ---- keys ---------------------------------------------------------------- */

void opcit_text_key(struct opcit_str text, struct opcit_buf *buf)
{
	size_t at = 0, size;

	for (; at < text.len; at += size) {
		utf8proc_int32_t c = opcit_char_at(text, at, &size);
		utf8proc_category_t category;
		char folded[64];

		if (c >= 0 && c < 0x80) {
			if (c > ' ' && c != 0x7f)
				opcit_buf_putc(buf, (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
			continue;
		}
		if (c < 0 || opcit_char_is_invisible(c))
			continue;
		category = utf8proc_category(c);
		if (category == UTF8PROC_CATEGORY_PD || c == 0x2212)
			opcit_buf_putc(buf, '-');
		else if (category == UTF8PROC_CATEGORY_PI || category == UTF8PROC_CATEGORY_PF)
			opcit_buf_putc(buf, is_apostrophe(c) ? '\'' : '"');
		else if (category < UTF8PROC_CATEGORY_ZS)
			opcit_buf_add(buf, folded, opcit_fold(c, folded, sizeof folded));
	}
}

struct opcit_str opcit_text_key_in(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str key;

	opcit_text_key(text, &buf);
	key = opcit_arena_dup(arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return key;
}
