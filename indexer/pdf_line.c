/* The PDF reader: one line out of the fragments of a row. */
#include "pdf_int.h"

#include <ctype.h>
#include <string.h>

static bool all_digits(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

static bool is_note_sign(struct opcit_str s)
{
	return opcit_str_is(s, "*") || opcit_str_is(s, "**") || opcit_str_is(s, "***") ||
	       opcit_str_is(s, "\xE2\x80\xA0") || opcit_str_is(s, "\xE2\x80\xA1") ||
	       (s.len == 1 && islower((unsigned char)s.ptr[0]));
}

/* Whether a raised text is a note's marker, not an ordinal's ending or an
 * exponent ("m²", "10⁶"). */
static bool is_marker(struct opcit_str s, struct opcit_str before)
{
	char last = before.len ? before.ptr[before.len - 1] : ' ';

	if (all_digits(s) && s.len <= 3) {
		bool unit = s.len == 1 && (s.ptr[0] == '2' || s.ptr[0] == '3') &&
		            (opcit_str_ends(before, " m") || opcit_str_ends(before, " km") || opcit_str_ends(before, " cm"));

		return !unit && s.ptr[0] != '0';
	}
	return is_note_sign(s) && !(isalpha((unsigned char)s.ptr[0]) && isdigit((unsigned char)last));
}

static void add_anchor(struct pdf_doc *doc, struct pdf_line *line, size_t at, struct opcit_str marker)
{
	struct opcit_anchor *more = opcit_arena_alloc(doc->arena, (line->n_anchors + 1) * sizeof *more);

	if (line->n_anchors)
		memcpy(more, line->anchors, line->n_anchors * sizeof *more);
	more[line->n_anchors++] = (struct opcit_anchor){ at, marker };
	line->anchors = more;
}

/* Raised "3", "1, 2" or "*": anchors. False when it is text after all. */
static bool take_raised(struct pdf_doc *doc, struct pdf_line *line, struct opcit_str text, struct opcit_buf *buf)
{
	struct opcit_str before = opcit_buf_str(buf);
	size_t from = 0, i, pass;

	for (pass = 0; pass < 2; pass++) {
		for (i = from = 0; i <= text.len; i++) {
			struct opcit_str part;

			if (i < text.len && !strchr(", ", text.ptr[i]))
				continue;
			part = opcit_str_sub(text, from, i);
			from = i + 1;
			if (pass == 1 && i < text.len && text.ptr[i] == ',')
				opcit_drops_add(&doc->blocks->drops, OPCIT_DROP_ANCHOR, opcit_str_sub(text, i, i + 1));
			if (!part.len)
				continue;
			if (pass == 0 && !is_marker(part, before))
				return false;
			if (pass == 1)
				add_anchor(doc, line, opcit_str_trim(before).len, part);
		}
	}
	return true;
}

/* "12.", "(a)", "IV", "3.2": a figure, a letter or a Roman numeral, in brackets
 * or before a stop or neither. */
static bool is_short_number(struct opcit_str s)
{
	size_t i = s.len && s.ptr[0] == '(', from = i, digits = 0, roman = 0;

	for (; i < s.len && (isalnum((unsigned char)s.ptr[i]) || s.ptr[i] == '.'); i++) {
		digits += isdigit((unsigned char)s.ptr[i]) || s.ptr[i] == '.';
		roman += strchr("IVXLCivxlc", s.ptr[i]) != NULL;
	}
	if (i == from || i - from > 8 || (i - from > 1 && digits + 1 < i - from && digits + roman < i - from))
		return false;
	if (i < s.len && (s.ptr[i] == ')' || s.ptr[i] == '/'))
		i++;
	if (i < s.len && s.ptr[i] == '.')
		i++;
	return i == s.len;
}

size_t opcit_pdf_bullet(struct opcit_str s)
{
	static const char *const bullets[] = { "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x97\x8B",
		                               "\xE2\x97\xA6", "\xE2\x96\xA0", "\xE2\x80\xA3", "\xE2\x81\x83", "\xE2\x9E\xA2",
		                               "\xE2\x80\x93", "\xE2\x80\x94", "-", "*", NULL };
	size_t i;

	for (i = 0; bullets[i]; i++)
		if (opcit_str_starts(s, bullets[i]))
			return strlen(bullets[i]);
	/* Symbol fonts have theirs in the private area, U+F000 to U+F0FF. */
	return s.len >= 3 && (unsigned char)s.ptr[0] == 0xEF && ((unsigned char)s.ptr[1] & 0xFC) == 0x80 ? 3 : 0;
}

bool opcit_pdf_is_designator(struct opcit_str s)
{
	return (s.len && opcit_pdf_bullet(s) == s.len) || opcit_str_is(s, "o") || is_short_number(s);
}

/* The width of the first word, from the share of the line's letters that it has. */
static float first_word(const struct pdf_line *line, float from)
{
	const char *space = line->text.len ? memchr(line->text.ptr, ' ', line->text.len) : NULL;
	size_t n = space ? (size_t)(space - line->text.ptr) : line->text.len;

	return line->text.len ? (line->x2 - from) * (float)n / (float)line->text.len : 0;
}

/* An asterisk is raised by its own shape. */
static bool is_glued_asterisk(const struct pdf_frag *f, const struct pdf_frag *last)
{
	return last && !last->space_after && f->text.len <= 3 && f->text.ptr[0] == '*' && f->x1 - last->x2 < 0.2F * f->size;
}

/* The same within one fragment, at its end: "Review*". Returns its length. */
static size_t asterisks_at_end(struct opcit_str s)
{
	size_t n = 0;

	while (n < s.len && n < 3 && s.ptr[s.len - 1 - n] == '*')
		n++;
	return n && n < s.len && (isalnum((unsigned char)s.ptr[s.len - 1 - n]) || s.ptr[s.len - 1 - n] == ')') ? n : 0;
}

struct pdf_line *opcit_pdf_add_line(struct pdf_doc *doc, struct pdf_frag *const *frags, uint32_t n,
                                    const char *before)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct pdf_line *line;
	size_t longest = 0, stars;
	uint32_t i;

	OPCIT_GROW(doc->lines, doc->n_lines, doc->cap_lines);
	line = &doc->lines[doc->n_lines++];
	*line = (struct pdf_line){ .x1 = frags[0]->x1, .text_x = frags[0]->x1, .bold = true, .italic = true };
	opcit_buf_puts(&buf, before);
	for (i = 0; i < n; i++) {
		const struct pdf_frag *f = frags[i], *last = i ? frags[i - 1] : NULL;

		if (f->confidence && (!line->confidence || f->confidence < line->confidence))
			line->confidence = f->confidence;
		if (f->x2 > line->x2)
			line->x2 = f->x2;
		if ((f->raised || is_glued_asterisk(f, last)) && take_raised(doc, line, f->text, &buf))
			continue;
		if (last && buf.len && buf.ptr[buf.len - 1] != ' ' &&
		    (last->space_after || f->x1 - last->x2 > 0.2F * f->size))
			opcit_buf_putc(&buf, ' ');
		if (last && f->x1 - last->x2 > 0.6F * f->size && line->text_x == line->x1 &&
		    opcit_pdf_is_designator(opcit_str_trim(opcit_buf_str(&buf)))) {
			line->designated = true;
			line->text_x = f->x1;
		}
		if (!opcit_str_trim(opcit_buf_str(&buf)).len || (line->designated && line->text_x == f->x1)) {
			line->opens_bold = f->bold;
			line->opens_italic = f->italic;
		}
		stars = asterisks_at_end(f->text);
		opcit_buf_add(&buf, f->text.ptr, f->text.len - stars);
		if (stars)
			add_anchor(doc, line, opcit_str_trim(opcit_buf_str(&buf)).len, opcit_str_sub(f->text, f->text.len - stars, f->text.len));
		line->bold = line->bold && f->bold;
		line->italic = line->italic && f->italic;
		if (f->text.len > longest) {
			longest = f->text.len;
			line->size = f->size;
			line->base = f->base;
		}
	}
	if (!longest) { /* nothing but markers */
		line->size = frags[0]->size;
		line->base = frags[0]->base;
	}
	line->text = opcit_str_trim(opcit_arena_dup(doc->arena, opcit_buf_str(&buf)));
	if (!line->text.ptr)
		line->text = OPCIT_STR("");
	line->first_word = first_word(line, line->text_x);
	opcit_buf_release(&buf);
	return line;
}
