/* The reader for plain text and Markdown, which in this field are one format:
 * texts converted from PDF and Word carry Markdown emphasis, <sup> tags,
 * escapes and Word's field codes in otherwise plain lines.
 *
 * A line in which nothing is marked is handed on as a slice of the decoded
 * text; only lines with marks are rewritten (reader_text_line.c).
 */
#include "reader_text.h"

#include "encoding.h"

#include <string.h>

/* Bytes that make a line worth a closer look: controls, marks, and the lead
 * bytes of the characters that clean_line treats (no-break and other spaces,
 * superscripts, bullets, zero-width characters). */
const unsigned char opcit_text_special[256] = {
	[0x00 ... 0x1F] = 1, [0x7F] = 1, ['*'] = 1, ['_'] = 1,  ['\\'] = 1, ['<'] = 1, ['['] = 1,
	[0xC2] = 1,          [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};

static bool needs_cleaning(struct opcit_str line)
{
	const unsigned char *p = (const unsigned char *)line.ptr, *end = p + line.len;
	unsigned previous_space = 0, found = 0;

	for (; p < end; p++) {
		unsigned space = *p == ' ';

		found |= opcit_text_special[*p] | (space & previous_space);
		previous_space = space;
	}
	return found;
}

static size_t mark_at(struct opcit_str s)
{
	static const char *const marks[] = {
		"-", "*", "+", "\xC2\xB7", "\xE2\x80\xA2", "\xE2\x96\xAA", "\xE2\x97\x8F",
		"\xE2\x97\x8B", "\xE2\x97\xA6", "\xE2\x96\xA0", "\xE2\x80\xA3", "\xE2\x81\x83",
		"\xEF\x82\xB7", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x9E\xA2", "\xEF\x83\x98",
	};
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i]);

		if (!opcit_str_starts(s, marks[i]))
			continue;
		if (s.len == n || s.ptr[n] == ' ' || s.ptr[n] == '\t' ||
		    (s.len > n + 1 && memcmp(s.ptr + n, "\xC2\xA0", 2) == 0))
			return n;
	}
	return 0;
}

/* A line of nothing but rule characters: at least three, or a stray pair. */
static bool is_rule(struct opcit_str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++) {
		if (s.ptr[i] == ' ' || s.ptr[i] == '\t')
			continue;
		if (!strchr("-_=*~", s.ptr[i]) || s.ptr[i] == '\0')
			return false;
		n++;
	}
	return n >= 3;
}

/* Leading white space, no-break spaces included, is cut off and counted. */
static struct opcit_str cut_indent(struct opcit_str s, uint16_t *indent)
{
	unsigned columns = 0;

	for (;;) {
		if (s.len && opcit_is_blank(s.ptr[0])) {
			columns += s.ptr[0] == '\t' ? 8 : 1;
			s = opcit_str_sub(s, 1, s.len);
		} else if (opcit_str_starts(s, "\xC2\xA0")) {
			columns++;
			s = opcit_str_sub(s, 2, s.len);
		} else {
			break;
		}
	}
	while (s.len && opcit_is_blank(s.ptr[s.len - 1]))
		s.len--;
	*indent = columns < UINT16_MAX ? (uint16_t)columns : UINT16_MAX;
	return s;
}

/* Takes `> > ` off the front. */
static struct opcit_str cut_quote(struct text_reader *reader, struct opcit_str s)
{
	while (s.len && s.ptr[0] == '>') {
		opcit_drops_add(&reader->blocks->drops, OPCIT_DROP_QUOTE, opcit_str_sub(s, 0, 1));
		s = opcit_str_sub(s, 1, s.len);
		while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
			s = opcit_str_sub(s, 1, s.len);
	}
	return s;
}

/* Takes `## ` off the front and returns the level, 0 where there is none. */
static uint8_t cut_heading(struct text_reader *reader, struct opcit_str *s)
{
	size_t n = 0;

	while (n < s->len && s->ptr[n] == '#')
		n++;
	if (n == 0 || (n < s->len && s->ptr[n] != ' ' && s->ptr[n] != '\t'))
		return 0;
	opcit_drops_add(&reader->blocks->drops, OPCIT_DROP_HEADING, opcit_str_sub(*s, 0, n));
	*s = opcit_str_trim(opcit_str_sub(*s, n, s->len));
	return n < UINT8_MAX ? (uint8_t)n : UINT8_MAX;
}

static bool has_raised(struct text_reader *reader, struct opcit_str s)
{
	const struct text_raised *r = reader->raised;

	while (r < reader->raised_end && r->to <= s.ptr)
		r++;
	if (reader->block_start == reader->blocks->n_lines)
		reader->raised = r; /* those of the block are wanted when it is cleaned */
	return r < reader->raised_end && r->from < s.ptr + s.len;
}

void opcit_text_take_line(struct text_reader *reader, struct opcit_str raw)
{
	struct opcit_blocks *blocks = reader->blocks;
	struct opcit_line *line;
	uint16_t indent;
	uint8_t level;
	size_t mark;
	struct opcit_str s = cut_indent(raw, &indent);
	bool quoted = s.len && s.ptr[0] == '>';

	if (quoted)
		s = cut_quote(reader, s);
	if (s.len && is_rule(s)) {
		opcit_drops_add(&blocks->drops, OPCIT_DROP_RULE, s);
		s.len = 0;
	}
	level = s.len && s.ptr[0] == '#' ? cut_heading(reader, &s) : 0;
	if (s.len == 0) {
		opcit_text_end_block(reader);
		if (reader->blanks < UINT8_MAX)
			reader->blanks++;
		return;
	}
	if (level)
		opcit_text_end_block(reader);

	mark = mark_at(s);
	if (mark && mark == s.len && reader->mark.len == 0) {
		/* A bullet alone on its line belongs to the next one. */
		reader->mark = s;
		return;
	}
	line = &blocks->lines[blocks->n_lines++];
	*line = (struct opcit_line){ .indent = indent,
	                             .heading_level = level ? level : reader->level,
	                             .strong = reader->strong,
	                             .emphatic = reader->emphatic,
	                             .quoted = quoted || reader->quoted };
	reader->level = 0;
	line->starts_block = reader->block_start == blocks->n_lines - 1;
	line->blank_before = line->starts_block ? reader->blanks : 0;
	line->bullet = reader->mark;
	reader->mark = (struct opcit_str){ NULL, 0 };
	if (mark && line->bullet.len == 0) {
		line->bullet = opcit_str_sub(s, 0, mark);
		s = cut_indent(opcit_str_sub(s, mark, s.len), &indent);
	}
	line->text = s;
	if (has_raised(reader, raw) || needs_cleaning(s))
		reader->dirty = true;
	reader->blanks = 0;
	if (level)
		opcit_text_end_block(reader);
}

/* The block that ends here is complete: clean its lines together, because
 * emphasis may span them. */
void opcit_text_end_block(struct text_reader *reader)
{
	struct opcit_blocks *blocks = reader->blocks;
	size_t from = reader->block_start, to;

	if (reader->mark.len) {
		/* A bullet with nothing after it is a line of its own. */
		struct opcit_line *line = &blocks->lines[blocks->n_lines++];

		*line = (struct opcit_line){ .text = reader->mark };
		line->starts_block = from == blocks->n_lines - 1;
		reader->mark = (struct opcit_str){ NULL, 0 };
	}
	to = blocks->n_lines;
	if (reader->dirty)
		opcit_text_clean_block(reader, blocks->lines + from, to - from);
	reader->dirty = false;
	reader->block_start = to;
}

/* Split at the line ends that are rare: CR, form feed, vertical tab. */
static void take_raw(struct text_reader *reader, struct opcit_str raw)
{
	size_t i, from = 0;

	if (raw.len && raw.ptr[raw.len - 1] == '\r')
		raw.len--; /* of CR LF */
	for (i = 0; reader->rare_ends && i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c != '\r' && c != '\f' && c != '\v')
			continue;
		opcit_text_take_line(reader, opcit_str_sub(raw, from, i));
		if (c == '\f')
			opcit_text_take_line(reader, (struct opcit_str){ raw.ptr, 0 });
		from = i + 1;
	}
	opcit_text_take_line(reader, opcit_str_sub(raw, from, raw.len));
}

static size_t count_lines(struct opcit_str text, bool *rare_ends)
{
	const char *p = text.ptr, *end = p + text.len;
	size_t n = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	*rare_ends = memchr(text.ptr, '\r', text.len) || memchr(text.ptr, '\f', text.len) ||
	             memchr(text.ptr, '\v', text.len);
	for (p = text.ptr; *rare_ends && p < end; p++)
		n += *p == '\r' || *p == '\f' || *p == '\v';
	return n;
}

static opcit_status text_read(struct opcit_str bytes, struct opcit_arena *arena,
                              struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct text_reader reader = { .blocks = blocks, .arena = arena };
	const char *p, *end, *eol;
	opcit_status status;

	*blocks = (struct opcit_blocks){ .encoding = "UTF-8" };
	if (bytes.len == 0)
		return OPCIT_OK;
	status = opcit_decode(bytes, arena, &blocks->decoded, &blocks->encoding,
	                      &blocks->replaced, err);
	if (status != OPCIT_OK || blocks->decoded.len == 0)
		return status;
	p = blocks->decoded.ptr;
	end = p + blocks->decoded.len;
	blocks->lines = opcit_arena_alloc(arena, (count_lines(blocks->decoded, &reader.rare_ends) + 1) *
	                                                 sizeof *blocks->lines);
	reader.fields = memmem(p, blocks->decoded.len, "HYPERLINK ", 10) != NULL ||
	                memmem(p, blocks->decoded.len, "PAGEREF ", 8) != NULL;
	for (; p < end; p = eol + 1) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (!eol)
			eol = end;
		take_raw(&reader, (struct opcit_str){ p, (size_t)(eol - p) });
	}
	opcit_text_end_block(&reader);
	return OPCIT_OK;
}

static int text_sniff(struct opcit_str head)
{
	return opcit_looks_binary(head) ? 0 : 10;
}

static const char *const suffixes[] = { "txt", "md", "markdown", "text", NULL };

const struct opcit_reader opcit_reader_text = {
	.name = "text",
	.suffixes = suffixes,
	.sniff = text_sniff,
	.read = text_read,
};
