/* The text reader's second half: taking the marks out of marked lines. */
#include "reader_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A run of '*' or '_' that may open or close emphasis. */
struct delimiter {
	size_t line, at; /* place */
	uint8_t len, opens, closes; /* of len characters, how many open and how many close */
	bool can_open, can_close;
	char c;
};

struct delimiters {
	struct delimiter *items; /* heap */
	size_t count, cap;
};

/* One line being rewritten. */
struct cleaner {
	struct text_reader *reader;
	struct opcit_str in;
	char *out;
	size_t len;      /* of out */
	bool field_seen; /* inside a field code: its closing control character goes */
	struct opcit_anchor *anchors;
	size_t n_anchors, cap_anchors;
};

static bool is_space_at(struct opcit_str s, size_t i)
{
	return i >= s.len || s.ptr[i] == ' ' || (s.ptr[i] >= '\t' && s.ptr[i] <= '\r') ||
	       (i + 1 < s.len && memcmp(s.ptr + i, "\xC2\xA0", 2) == 0);
}

static bool is_word_byte(struct opcit_str s, size_t i)
{
	return i < s.len && (isalnum((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80);
}

/* CommonMark's flanking rules, on bytes: a run opens where no space follows
 * and closes where none precedes; '_' only at the edge of a word. */
static void classify(struct delimiter *d, struct opcit_str s)
{
	size_t end = d->at + d->len;
	bool space_before = d->at == 0 || is_space_at(s, d->at - 1);
	bool space_after = is_space_at(s, end);
	bool word_before = d->at > 0 && is_word_byte(s, d->at - 1);
	bool word_after = is_word_byte(s, end);

	d->can_open = !space_after && (word_after || space_before || !word_before);
	d->can_close = !space_before && (word_before || space_after || !word_after);
	if (d->c == '_') {
		d->can_open = d->can_open && !word_before;
		d->can_close = d->can_close && !word_after;
	}
}

static bool is_raised(const struct text_reader *reader, const char *at)
{
	const struct text_raised *r = reader->raised;

	while (r < reader->raised_end && r->to <= at)
		r++;
	return r < reader->raised_end && r->from <= at;
}

static void find_delimiters(const struct text_reader *reader, const struct opcit_line *lines,
                            size_t n_lines, struct delimiters *found)
{
	size_t i, j, n;

	for (i = 0; i < n_lines; i++) {
		struct opcit_str s = lines[i].text;

		for (j = 0; j < s.len; j += n) {
			char c = s.ptr[j];

			n = 1;
			if (c == '\\' && j + 1 < s.len)
				n = 2;
			if (c != '*' && c != '_')
				continue;
			while (j + n < s.len && s.ptr[j + n] == c)
				n++;
			if (n > 3 || is_raised(reader, s.ptr + j))
				continue; /* a blank to fill in, a row of stars */
			OPCIT_GROW(found->items, found->count, found->cap);
			found->items[found->count] = (struct delimiter){ .line = i, .at = j,
				                                         .len = (uint8_t)n, .c = c };
			classify(&found->items[found->count++], s);
		}
	}
}

static uint8_t left(const struct delimiter *d)
{
	return (uint8_t)(d->len - d->opens - d->closes);
}

/* Pair closers with the nearest openers of their character, in linear time:
 * `stack` holds, for each character, the openers that still wait. */
static void match_delimiters(struct delimiters *all)
{
	size_t *stack[2], depth[2] = { 0, 0 }, i;

	stack[0] = opcit_xmalloc(2 * (all->count + 1) * sizeof **stack);
	stack[1] = stack[0] + all->count + 1;
	for (i = 0; i < all->count; i++) {
		struct delimiter *closer = &all->items[i];
		int which = closer->c == '_';

		while (closer->can_close && left(closer) && depth[which]) {
			struct delimiter *opener = &all->items[stack[which][depth[which] - 1]];
			uint8_t n = left(opener) >= 2 && left(closer) >= 2 ? 2 : 1;

			opener->opens = (uint8_t)(opener->opens + n);
			closer->closes = (uint8_t)(closer->closes + n);
			if (left(opener) == 0)
				depth[which]--;
		}
		if (closer->can_open && left(closer))
			stack[which][depth[which]++] = i;
	}
	free(stack[0]);
}

static void drop(struct cleaner *c, enum opcit_drop_reason reason, size_t at, size_t len)
{
	opcit_drops_add(&c->reader->blocks->drops, reason, opcit_str_sub(c->in, at, at + len));
}

static void put(struct cleaner *c, const char *bytes, size_t len)
{
	memcpy(c->out + c->len, bytes, len);
	c->len += len;
}

static void put_space(struct cleaner *c)
{
	if (c->len && c->out[c->len - 1] != ' ')
		c->out[c->len++] = ' ';
}

static void put_anchor(struct cleaner *c, struct opcit_str marker)
{
	if (c->n_anchors == c->cap_anchors) {
		struct opcit_anchor *more;

		c->cap_anchors = c->cap_anchors ? c->cap_anchors * 2 : 8;
		more = opcit_arena_alloc(c->reader->arena, c->cap_anchors * sizeof *more);
		if (c->n_anchors)
			memcpy(more, c->anchors, c->n_anchors * sizeof *more);
		c->anchors = more;
	}
	/* A marker printed after a space stands at the end of the word before. */
	c->anchors[c->n_anchors++] = (struct opcit_anchor){ c->len, marker };
}

/* Whether a raised figure after what was written so far is an exponent: after
 * a unit of length that itself follows a figure or a space. */
static bool after_unit(const struct cleaner *c)
{
	static const char *const units[] = { "km", "cm", "mm", "m" };
	size_t i;

	for (i = 0; i < sizeof units / sizeof *units; i++) {
		size_t n = strlen(units[i]);

		if (c->len > n && memcmp(c->out + c->len - n, units[i], n) == 0)
			return c->out[c->len - n - 1] == ' ' ||
			       isdigit((unsigned char)c->out[c->len - n - 1]);
	}
	return false;
}

/* The plain digit of the superscript digit at s[i], or -1; *n is its length. */
static int superscript_digit(struct opcit_str s, size_t i, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.ptr + i;

	if (i + 1 < s.len && p[0] == 0xC2) {
		*n = 2;
		return p[1] == 0xB9 ? 1 : p[1] == 0xB2 ? 2 : p[1] == 0xB3 ? 3 : -1;
	}
	if (i + 2 < s.len && p[0] == 0xE2 && p[1] == 0x81) {
		*n = 3;
		if (p[2] == 0xB0)
			return 0;
		if (p[2] >= 0xB4 && p[2] <= 0xB9)
			return p[2] - 0xB0;
	}
	return -1;
}

static size_t take_superscripts(struct cleaner *c, size_t i)
{
	char digits[8];
	size_t n, len = 0, from = i;
	int digit;

	while ((digit = superscript_digit(c->in, i, &n)) >= 0 && len < sizeof digits) {
		digits[len++] = (char)('0' + digit);
		i += n;
	}
	if (len == 0)
		return 0;
	if (after_unit(c))
		put(c, c->in.ptr + from, i - from);
	else
		put_anchor(c, opcit_arena_dup(c->reader->arena, (struct opcit_str){ digits, len }));
	return i - from;
}

/* Whether what <sup> encloses is a note marker: figures, or one sign. */
static bool is_marker(struct opcit_str s)
{
	static const char *const signs[] = { "*", "**", "***", "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xA7" };
	size_t i;

	for (i = 0; i < sizeof signs / sizeof *signs; i++)
		if (opcit_str_is(s, signs[i]))
			return true;
	for (i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			break;
	return s.len && s.len <= 4 && i == s.len;
}

/* in[from, to) as text, without the control characters in it. */
static void put_printable(struct cleaner *c, size_t from, size_t to)
{
	for (; from < to; from++)
		if ((unsigned char)c->in.ptr[from] < 0x20 || c->in.ptr[from] == 0x7F)
			drop(c, OPCIT_DROP_CONTROL, from, 1);
		else
			put(c, c->in.ptr + from, 1);
}

/* What is raised: "3", "3, 4" are anchors, "th" is text. */
static void put_raised(struct cleaner *c, size_t at, size_t len)
{
	struct opcit_str inner = opcit_str_sub(c->in, at, at + len);
	size_t from, to;

	for (from = 0; from < inner.len; from = to + 1) {
		struct opcit_str part;

		for (to = from; to < inner.len && inner.ptr[to] != ','; to++)
			;
		part = opcit_str_trim(opcit_str_sub(inner, from, to));
		if (is_marker(part) && !(after_unit(c) && !opcit_str_starts(part, "*"))) {
			put_anchor(c, part);
			if (to < inner.len)
				drop(c, OPCIT_DROP_ANCHOR, at + to, 1);
		} else {
			put_printable(c, at + from, at + (to < inner.len ? to + 1 : to));
		}
	}
}

static size_t take_sup(struct cleaner *c, size_t i)
{
	struct opcit_str rest = opcit_str_sub(c->in, i, c->in.len);
	const char *close;
	size_t inner;

	if (!opcit_str_starts(rest, "<sup>"))
		return 0;
	close = memmem(rest.ptr, rest.len < 64 ? rest.len : 64, "</sup>", 6);
	if (!close)
		return 0;
	inner = (size_t)(close - rest.ptr) - 5;
	drop(c, OPCIT_DROP_SUP_TAG, i, 5);
	drop(c, OPCIT_DROP_SUP_TAG, i + 5 + inner, 6);
	put_raised(c, i + 5, inner);
	return inner + 11;
}

/* A run that the format itself raises. */
static size_t take_raised(struct cleaner *c, size_t i)
{
	struct text_reader *reader = c->reader;
	const char *at = c->in.ptr + i;
	size_t len;

	while (reader->raised < reader->raised_end && reader->raised->to <= at)
		reader->raised++;
	if (reader->raised == reader->raised_end || reader->raised->from > at)
		return 0;
	len = (size_t)(reader->raised->to - at);
	if (len > c->in.len - i)
		len = c->in.len - i;
	put_raised(c, i, len);
	return len;
}

/* Presentational tags, opening and closing; anything else in angle brackets
 * (an address) is text. */
static size_t take_tag(struct cleaner *c, size_t i)
{
	static const char *const tags[] = { "i",  "b",   "u",   "em", "strong", "sub", "sup",
		                            "br", "br/", "br /", "span", "p",    "small" };
	size_t j, n, from = i + 1;

	n = take_sup(c, i);
	if (n)
		return n;
	if (from < c->in.len && c->in.ptr[from] == '/')
		from++;
	for (j = 0; j < sizeof tags / sizeof *tags; j++) {
		n = strlen(tags[j]);
		if (from + n < c->in.len && strncasecmp(c->in.ptr + from, tags[j], n) == 0 &&
		    c->in.ptr[from + n] == '>') {
			drop(c, OPCIT_DROP_EMPHASIS, i, from + n + 1 - i);
			if (tags[j][0] == 'b' && tags[j][1] == 'r')
				put_space(c);
			return from + n + 1 - i;
		}
	}
	return 0;
}

/* [^3] is Markdown's note marker; "[^3]:" at a line's start opens the note. */
static size_t take_markdown_note(struct cleaner *c, size_t i)
{
	size_t from = i + 2, to = from;

	if (i + 3 >= c->in.len || c->in.ptr[i + 1] != '^')
		return 0;
	while (to < c->in.len && to - from < 4 && isdigit((unsigned char)c->in.ptr[to]))
		to++;
	if (to == from || to >= c->in.len || c->in.ptr[to] != ']')
		return 0;
	drop(c, OPCIT_DROP_SUP_TAG, i, 2);
	put_anchor(c, opcit_str_sub(c->in, from, to));
	to++;
	if (i == 0 && to < c->in.len && c->in.ptr[to] == ':')
		to++;
	drop(c, OPCIT_DROP_SUP_TAG, i + 2 + (c->anchors[c->n_anchors - 1].marker.len),
	     to - (i + 2 + c->anchors[c->n_anchors - 1].marker.len));
	return to - i;
}

/* Word's field codes: HYPERLINK "address" \l "place", PAGEREF _Toc1 \h. */
static size_t field_code(struct opcit_str s, size_t i)
{
	struct opcit_str rest = opcit_str_sub(s, i, s.len);
	size_t n;

	if (opcit_str_starts(rest, "PAGEREF _")) {
		for (n = 8; n < rest.len && !iscntrl((unsigned char)rest.ptr[n]) &&
		            (unsigned char)rest.ptr[n] < 0x80 && rest.ptr[n] != ' '; n++)
			;
		if (n + 2 < rest.len && memcmp(rest.ptr + n, " \\h", 3) == 0)
			n += 3;
		return n;
	}
	if (!opcit_str_starts(rest, "HYPERLINK "))
		return 0;
	n = 10;
	for (;;) {
		const char *close;

		while (n < rest.len && rest.ptr[n] == ' ')
			n++;
		if (n + 1 < rest.len && rest.ptr[n] == '\\' && isalpha((unsigned char)rest.ptr[n + 1])) {
			n += 2;
			continue;
		}
		if (n >= rest.len || rest.ptr[n] != '"')
			break;
		close = memchr(rest.ptr + n + 1, '"', rest.len - n - 1);
		if (!close)
			break;
		n = (size_t)(close - rest.ptr) + 1;
	}
	return n > 10 ? n : 0;
}

/* A multi-byte character that is a space, nothing, or a note marker; 0 when it
 * is none of these. */
static size_t take_unicode(struct cleaner *c, size_t i)
{
	const unsigned char *p = (const unsigned char *)c->in.ptr + i;
	size_t room = c->in.len - i, n = 0;

	if (room >= 2 && p[0] == 0xC2) {
		if (p[1] == 0xA0) {
			put_space(c);
			return 2;
		}
		if (p[1] == 0xAD || p[1] < 0xA0) {
			drop(c, p[1] == 0xAD ? OPCIT_DROP_HYPHEN : OPCIT_DROP_CONTROL, i, 2);
			return 2;
		}
		return take_superscripts(c, i);
	}
	if (room >= 3 && p[0] == 0xE2 && (p[1] == 0x80 || p[1] == 0x81)) {
		unsigned code = (unsigned)(p[1] & 1) << 6 | (p[2] & 0x3F);

		if (code <= 0x0A || code == 0x2F || code == 0x5F ||
		    code == 0x28 || code == 0x29) { /* spaces, line and paragraph separator */
			put_space(c);
			return 3;
		}
		if ((code >= 0x0B && code <= 0x0F) || (code >= 0x2A && code <= 0x2E) ||
		    (code >= 0x60 && code <= 0x6F)) { /* zero-width and bidirectional controls */
			drop(c, OPCIT_DROP_CONTROL, i, 3);
			return 3;
		}
		return take_superscripts(c, i);
	}
	if (room >= 3 && p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) {
		put_space(c);
		return 3;
	}
	if (room >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
		n = 3;
	/* U+FFFD inside a word stands for a letter that was lost; elsewhere it
	 * is what became of a field mark. */
	if (room >= 3 && p[0] == 0xEF && p[1] == 0xBF && p[2] == 0xBD &&
	    !(c->len && is_word_byte((struct opcit_str){ c->out, c->len }, c->len - 1) &&
	      is_word_byte(c->in, i + 3) && !(room >= 4 && p[3] == 0xEF)))
		n = 3;
	if (n)
		drop(c, OPCIT_DROP_CONTROL, i, n);
	return n;
}

/* Asterisks between spaces, which open and close nothing: two or more at a
 * line's start are a note's own marker (one is a bullet), and after another
 * marker they are the next one ("Mission to Norland* **"). */
static bool stands_alone(const struct cleaner *c, const struct delimiter *d)
{
	size_t end = c->len;

	if (!is_space_at(c->in, d->at + d->len))
		return false;
	if (c->len == 0)
		return d->at == 0 && d->len > 1 && is_word_byte(c->in, d->len + 1);
	while (end && c->out[end - 1] == ' ')
		end--;
	return c->n_anchors && c->anchors[c->n_anchors - 1].at == end && c->anchors[c->n_anchors - 1].marker.ptr[0] == '*';
}

/* One run of emphasis delimiters: what opened or closed goes, what is left
 * over stays, unless it hangs on a word like a note's asterisk. */
static void take_delimiter(struct cleaner *c, const struct delimiter *d)
{
	uint8_t used = (uint8_t)(d->opens + d->closes), rest = left(d);

	if (used)
		drop(c, OPCIT_DROP_EMPHASIS, d->at, used);
	if (rest == 0)
		return;
	if (d->c == '*' && d->can_close && !d->can_open && c->len)
		put_anchor(c, opcit_str_sub(c->in, d->at + used, d->at + d->len));
	else if (d->c == '*' && c->len == 0 && d->at == 0 && is_word_byte(c->in, d->len))
		put_anchor(c, opcit_str_sub(c->in, 0, rest)); /* "*A/65/150." */
	else if (d->c == '*' && rest == d->len && stands_alone(c, d))
		put_anchor(c, opcit_str_sub(c->in, d->at, d->at + rest)); /* "** Late." */
	else
		put(c, c->in.ptr + d->at + used, rest);
}

/* What to do with the special byte at i; returns how many bytes were taken,
 * 0 when it is an ordinary character after all. */
static size_t take_special(struct cleaner *c, size_t i)
{
	unsigned char byte = (unsigned char)c->in.ptr[i];

	if (byte == '\t' || (byte >= '\n' && byte <= '\r')) {
		put_space(c);
		return 1;
	}
	if (byte < 0x20 || byte == 0x7F) {
		drop(c, OPCIT_DROP_CONTROL, i, 1);
		return 1;
	}
	if (byte == '\\' && i + 1 < c->in.len && ispunct((unsigned char)c->in.ptr[i + 1])) {
		drop(c, OPCIT_DROP_ESCAPE, i, 1);
		put(c, c->in.ptr + i + 1, 1);
		return 2;
	}
	if (byte == '<')
		return take_tag(c, i);
	if (byte == '[')
		return take_markdown_note(c, i);
	if (byte >= 0x80)
		return take_unicode(c, i);
	return 0;
}

static void clean_line(struct text_reader *reader, struct opcit_line *line,
                       const struct delimiter *d, const struct delimiter *end)
{
	struct cleaner c = { .reader = reader, .in = line->text };
	size_t i = 0, n;

	c.out = opcit_arena_alloc(reader->arena, c.in.len + 1);
	while (i < c.in.len) {
		if (reader->raised < reader->raised_end && (n = take_raised(&c, i))) {
			i += n;
			continue;
		}
		while (d < end && d->at < i)
			d++;
		if (d < end && d->at == i) {
			take_delimiter(&c, d);
			i += d->len;
			d++;
			continue;
		}
		if (reader->fields && (c.in.ptr[i] == 'H' || c.in.ptr[i] == 'P') &&
		    (n = field_code(c.in, i))) {
			drop(&c, OPCIT_DROP_FIELD, i, n);
			i += n;
			continue;
		}
		if (c.in.ptr[i] == ' ') {
			put_space(&c);
			i++;
			continue;
		}
		n = opcit_text_special[(unsigned char)c.in.ptr[i]] ? take_special(&c, i) : 0;
		if (n == 0) {
			put(&c, c.in.ptr + i, 1);
			n = 1;
		}
		i += n;
	}
	while (c.len && c.out[c.len - 1] == ' ')
		c.len--;
	c.out[c.len] = '\0';
	for (i = 0; i < c.n_anchors; i++)
		if (c.anchors[i].at > c.len)
			c.anchors[i].at = c.len;
	line->text = (struct opcit_str){ c.out, c.len };
	line->anchors = c.anchors;
	line->n_anchors = (uint32_t)c.n_anchors;
}

void opcit_text_clean_block(struct text_reader *reader, struct opcit_line *lines, size_t n_lines)
{
	struct delimiters found = { NULL, 0, 0 };
	size_t i, from = 0, to;
	int bold = 0, italic = 0;

	OPCIT_GROW(found.items, found.count, found.cap); /* a place to stand even where none is found */
	find_delimiters(reader, lines, n_lines, &found);
	match_delimiters(&found);
	for (i = 0; i < n_lines; i++) {
		const struct delimiter *first = found.items + from;

		for (to = from; to < found.count && found.items[to].line == i; to++)
			;
		lines[i].strong |= bold > 0;
		lines[i].emphatic |= bold > 0 || italic > 0;
		if (to > from && first->at == 0) {
			lines[i].strong |= first->opens >= 2;
			lines[i].emphatic |= first->opens > 0;
		}
		for (; first < found.items + to; first++) {
			bold += (first->opens >= 2) - (first->closes >= 2);
			italic += (first->opens & 1) - (first->closes & 1);
		}
		clean_line(reader, &lines[i], found.items + from, found.items + to);
		from = to;
	}
	free(found.items);
}
