/* quote_find.c: where a text has quoted passages: see quote.h. Marks are read
 * once, from left to right; what is open stands on a small stack. */
#include "quote.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "text_int.h"

/* What stands beside a mark. */
enum beside { SPACE, WORD, OPENING, CLOSING };

struct mark {
	size_t at, len;
	enum opcit_quote_style style;
	bool opens, closes; /* what it can do where it stands; both for " between letters and the like */
	bool reversed;      /* « that closes what » opened */
	bool possessive;    /* it may well be an apostrophe: "States’ duties" */
};

struct opener {
	size_t at, len;
	enum opcit_quote_style style;
	bool reversed, curly;
};

struct finder {
	struct opcit_str text;
	struct mark *marks; /* heap */
	size_t n_marks, cap;
	struct opener stack[OPCIT_QUOTE_DEPTH];
	size_t depth;
	struct opcit_passage *found; /* heap: closed ones, none inside another */
	size_t n_found, cap_found;
	enum opcit_quote_style left_open;
};

/* ---- the marks ----------------------------------------------------------- */

static bool is_space(utf8proc_int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	       c == 0x3000;
}

static enum beside kind_of(utf8proc_int32_t c)
{
	if (c < 0 || is_space(c))
		return SPACE;
	if (opcit_char_is_word(c))
		return WORD;
	switch (c) {
	case '(':
	case '[':
	case '{':
	case '/':
	case '=':
	case '-':
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015:
	case 0x201c: case 0x201e: case 0x201f: case 0x2018: case 0x201a:
	case 0xab: case 0x2039: case 0xbf: case 0xa1: /* ¿ ¡ */
		return OPENING;
	case '"':
	case '\'':
		return OPENING; /* or not: what decides is on its other side */
	default:
		return CLOSING;
	}
}

/* The mark that the character c at `at` is; NONE for another character. */
static enum opcit_quote_style style_of(struct opcit_str text, size_t at, utf8proc_int32_t c, size_t *len)
{
	char next = at + 1 < text.len ? text.ptr[at + 1] : 0;

	switch (c) {
	case '"':
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0xff02:
		return OPCIT_QUOTE_DOUBLE;
	case '\'':
	case '`':
		if (next != (char)c)
			return c == '`' ? OPCIT_QUOTE_NONE : OPCIT_QUOTE_SINGLE;
		*len = 2;
		return OPCIT_QUOTE_DOUBLE;
	case 0x2018: case 0x2019: case 0x201a: case 0x201b:
		return OPCIT_QUOTE_SINGLE;
	case '<':
	case '>':
		if (next != (char)c)
			return OPCIT_QUOTE_NONE;
		*len = 2;
		return OPCIT_QUOTE_ANGLE;
	case 0xab: case 0xbb:
		return OPCIT_QUOTE_ANGLE;
	case 0x2039: case 0x203a:
		return OPCIT_QUOTE_ANGLE1;
	default:
		return OPCIT_QUOTE_NONE;
	}
}

/* What a mark can do between these two. */
static void judge(struct mark *mark, utf8proc_int32_t c, enum beside before, enum beside after)
{
	bool may_open = before == SPACE || before == OPENING;

	switch (c) {
	case '"':
	case 0xff02:
		mark->opens = may_open && after != SPACE;
		mark->closes = before != SPACE && !(mark->opens && before == OPENING && after == WORD);
		if (!mark->opens && !mark->closes) /* " text " */
			mark->opens = mark->closes = true;
		break;
	case '\'': /* two of them are as one " */
		mark->opens = may_open && after != SPACE && after != CLOSING;
		mark->closes = before != SPACE && after != WORD;
		break;
	case '`':
	case 0x201e:
		mark->opens = true;
		break;
	case 0x201c: case 0x201f:
		mark->closes = before != SPACE && after != WORD;
		mark->opens = !mark->closes || before == OPENING;
		break;
	case 0x201d:
		mark->opens = before == SPACE && after == WORD;
		mark->closes = true;
		break;
	case 0x2018: case 0x201b:
		mark->opens = after != SPACE && before != WORD;
		break;
	case 0x201a:
		mark->opens = may_open && after == WORD;
		break;
	case 0x2019:
		mark->closes = before != SPACE && after != WORD;
		break;
	case 0xab: case 0x2039: case '<':
		mark->opens = true;
		mark->closes = before != SPACE && after != WORD;
		mark->reversed = true;
		break;
	default: /* » › >> */
		mark->opens = may_open && after == WORD;
		mark->closes = true;
		break;
	}
}

/* "l’« accord »": an apostrophe, though no letter follows. */
static bool is_elision(enum beside before, utf8proc_int32_t next)
{
	return before == WORD && (next == 0xab || next == 0x201c || next == 0x2039);
}

static void read_marks(struct finder *f)
{
	utf8proc_int32_t c, before = -1, last = -1;
	size_t at, size, len;

	for (at = 0; at < f->text.len; at += len) {
		struct mark mark = { .at = at };
		utf8proc_int32_t next;

		c = opcit_char_at(f->text, at, &size);
		len = size;
		mark.style = style_of(f->text, at, c, &len);
		last = before;
		if (!opcit_char_is_invisible(c))
			before = c;
		if (mark.style == OPCIT_QUOTE_NONE)
			continue;
		next = opcit_char_at(f->text, at + len, &size);
		mark.len = len;
		judge(&mark, c, kind_of(last), kind_of(next));
		if (mark.style == OPCIT_QUOTE_SINGLE) {
			if (kind_of(last) == WORD && (kind_of(next) == WORD || is_elision(WORD, next)))
				continue;
			mark.possessive = mark.closes && (last | 0x20) == 's' && next == ' ';
		}
		if (!mark.opens && !mark.closes)
			continue;
		OPCIT_GROW(f->marks, f->n_marks, f->cap);
		f->marks[f->n_marks++] = mark;
	}
}

/* "the States’ duties’": of what may be an apostrophe or a closing mark, the
 * last before the next opening one closes. */
static void settle_possessives(struct finder *f)
{
	bool closed_later = false;
	size_t i;

	for (i = f->n_marks; i-- > 0;) {
		struct mark *mark = &f->marks[i];

		if (mark->style != OPCIT_QUOTE_SINGLE)
			continue;
		if (mark->possessive && closed_later && !mark->opens)
			mark->closes = false;
		else
			closed_later = mark->closes && !mark->opens;
	}
}

/* ---- what they enclose --------------------------------------------------- */

static void add(struct finder *f, size_t from, size_t to, size_t inner_from, size_t inner_to, enum opcit_quote_style style)
{
	struct opcit_passage *passage;

	OPCIT_GROW(f->found, f->n_found, f->cap_found);
	passage = &f->found[f->n_found++];
	*passage = (struct opcit_passage){ .whole = { from, to }, .words = { inner_from, inner_to }, .style = style };
}

/* The opener that the mark closes, from the innermost; depth when there is none. */
static size_t opener_of(const struct finder *f, const struct mark *mark)
{
	size_t i;

	for (i = f->depth; i-- > 0;)
		if (f->stack[i].style == mark->style)
			return mark->reversed && !f->stack[i].reversed ? f->depth : i;
	return f->depth;
}

static void close_at(struct finder *f, size_t k, const struct mark *mark)
{
	const struct opener *opener = &f->stack[k];

	while (f->n_found && f->found[f->n_found - 1].whole.start >= opener->at)
		f->n_found--;
	add(f, opener->at, mark->at + mark->len, opener->at + opener->len, mark->at, opener->style);
	f->depth = k;
}

static bool is_blank(const struct finder *f, size_t to)
{
	size_t at = 0, size;

	while (at < to && is_space(opcit_char_at(f->text, at, &size)))
		at += size;
	return at >= to;
}

/* An opening mark, or » that is printed again where a passage goes on. */
static bool reopens(const struct finder *f, const struct mark *mark)
{
	return f->left_open == mark->style && f->depth == 0 && f->n_found == 0 && is_blank(f, mark->at);
}

static void take(struct finder *f, const struct mark *mark)
{
	size_t k = mark->closes ? opener_of(f, mark) : f->depth;
	utf8proc_int32_t c;
	size_t size;

	if (k < f->depth && !(mark->opens && f->stack[k].at + f->stack[k].len == mark->at)) {
		close_at(f, k, mark);
	} else if (mark->opens || reopens(f, mark)) {
		if (f->depth == OPCIT_QUOTE_DEPTH)
			return;
		c = opcit_char_at(f->text, mark->at, &size);
		f->stack[f->depth++] = (struct opener){
			mark->at, mark->len, mark->style,
			c == 0xbb || c == 0x203a || c == '>', c > 0x7f
		};
	} else if (f->depth == 0 && f->n_found == 0 && f->left_open == mark->style) {
		add(f, 0, mark->at + mark->len, 0, mark->at, mark->style);
	}
}

/* Of what nothing closed, a single mark is an apostrophe, unless it opens the text. */
static bool is_open_passage(const struct finder *f, const struct opener *opener)
{
	return opener->style != OPCIT_QUOTE_SINGLE || (opener->curly && is_blank(f, opener->at));
}

static void finish_passage(const struct finder *f, struct opcit_passage *passage, size_t to)
{
	struct opcit_tokens tokens;
	struct opcit_token token;
	size_t size = 0, at;

	if (passage->open)
		passage->whole.end = passage->words.end = to;
	while (passage->words.start < passage->words.end &&
	       is_space(opcit_char_at(f->text, passage->words.start, &size)))
		passage->words.start += size;
	for (at = passage->words.end; at > passage->words.start; passage->words.end = at) {
		while (at > passage->words.start && ((unsigned char)f->text.ptr[--at] & 0xC0) == 0x80)
			;
		if (!is_space(opcit_char_at(f->text, at, &size)))
			break;
	}
	if (passage->open)
		passage->whole.end = passage->words.end;
	passage->goes_on = f->left_open == passage->style && is_blank(f, passage->whole.start);
	opcit_tokens_init(&tokens, opcit_str_sub(f->text, passage->words.start, passage->words.end));
	while (opcit_tokens_next(&tokens, &token))
		passage->n_words += !token.part;
}

/* Put what is open among what is closed. An open passage has no end of its own:
 * one of its kind that begins later is no part of it. */
static size_t merge(const struct finder *f, struct opcit_passage *out)
{
	struct opcit_passage *open = NULL;
	size_t i = 0, k = 0, n = 0;

	while (i < f->n_found || k < f->depth) {
		struct opcit_passage next;

		if (i < f->n_found && (k == f->depth || f->found[i].whole.start < f->stack[k].at)) {
			next = f->found[i++];
		} else {
			const struct opener *opener = &f->stack[k++];

			if (!is_open_passage(f, opener))
				continue;
			next = (struct opcit_passage){ .whole = { opener->at, 0 },
						       .words = { opener->at + opener->len, 0 },
						       .style = opener->style, .open = true };
		}
		if (open && open->style != next.style)
			continue;
		if (open)
			finish_passage(f, open, next.whole.start);
		out[n] = next;
		open = next.open ? &out[n] : NULL;
		if (!open)
			finish_passage(f, &out[n], 0);
		n++;
	}
	if (open)
		finish_passage(f, open, f->text.len);
	return n;
}

void opcit_quote_find(struct opcit_str text, enum opcit_quote_style left_open, struct opcit_arena *arena,
		      struct opcit_passage **passages, size_t *n)
{
	struct finder f = { .text = text, .left_open = left_open };
	size_t i;

	read_marks(&f);
	settle_possessives(&f);
	for (i = 0; i < f.n_marks; i++)
		take(&f, &f.marks[i]);
	*passages = opcit_arena_alloc(arena, (f.n_found + f.depth + 1) * sizeof **passages);
	*n = merge(&f, *passages);
	free(f.marks);
	free(f.found);
}
