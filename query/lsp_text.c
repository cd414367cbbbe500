#include "lsp_text.h"

#include <stdlib.h>
#include <string.h>

void lsp_text_release(struct lsp_text *text)
{
	opcit_buf_release(&text->buf);
	free(text->lines);
}

struct opcit_str lsp_text_str(const struct lsp_text *text)
{
	return text->buf.ptr ? opcit_buf_str(&text->buf) : OPCIT_STR("");
}

/* Lines end with LF, CR LF or CR. */
static void find_lines(struct lsp_text *text)
{
	struct opcit_str all = lsp_text_str(text);
	size_t i;

	text->n_lines = 0;
	OPCIT_GROW(text->lines, text->n_lines, text->cap_lines);
	text->lines[text->n_lines++] = 0;
	for (i = 0; i < all.len; i++) {
		if (all.ptr[i] != '\n' && (all.ptr[i] != '\r' || (i + 1 < all.len && all.ptr[i + 1] == '\n')))
			continue;
		OPCIT_GROW(text->lines, text->n_lines, text->cap_lines);
		text->lines[text->n_lines++] = i + 1;
	}
}

void lsp_text_set(struct lsp_text *text, struct opcit_str to)
{
	opcit_buf_clear(&text->buf);
	opcit_buf_add_str(&text->buf, to);
	find_lines(text);
}

struct lsp_edit lsp_text_replace(struct lsp_text *text, size_t start, size_t end, struct opcit_str by)
{
	struct opcit_buf *buf = &text->buf;
	struct lsp_edit edit = { start, end, start + by.len };
	size_t tail = buf->len - end;

	if (edit.to > end)
		opcit_buf_grow(buf, edit.to - end);
	if (buf->ptr) {
		memmove(buf->ptr + edit.to, buf->ptr + end, tail);
		if (by.len)
			memcpy(buf->ptr + start, by.ptr, by.len);
		buf->len = edit.to + tail;
		buf->ptr[buf->len] = '\0';
	}
	find_lines(text);
	return edit;
}

bool lsp_edit_shift(const struct lsp_edit *edit, size_t *start, size_t *end)
{
	if (*end <= edit->start)
		return true;
	if (*start < edit->end)
		return false;
	*start = *start - edit->end + edit->to;
	*end = *end - edit->end + edit->to;
	return true;
}

size_t lsp_text_line(const struct lsp_text *text, size_t at)
{
	size_t low = 0, high = text->n_lines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (text->lines[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

void lsp_text_line_span(const struct lsp_text *text, size_t line, size_t *start, size_t *end)
{
	*start = text->lines[line];
	*end = line + 1 < text->n_lines ? text->lines[line + 1] : text->buf.len;
	while (*end > *start && (text->buf.ptr[*end - 1] == '\n' || text->buf.ptr[*end - 1] == '\r'))
		(*end)--;
}

/* Bytes of the character at p, and how the protocol counts it. */
static size_t char_bytes(const struct lsp_text *text, size_t at, size_t end)
{
	size_t n = 1;

	while (at + n < end && ((unsigned char)text->buf.ptr[at + n] & 0xC0) == 0x80 && n < 4)
		n++;
	return n;
}

static size_t char_units(const struct lsp_text *text, size_t bytes)
{
	return text->utf8 ? bytes : bytes == 4 ? 2 : 1;
}

bool lsp_text_offset(const struct lsp_text *text, json_t *position, size_t *at)
{
	json_t *line = json_object_get(position, "line"), *character = json_object_get(position, "character");
	size_t end, left;

	if (!json_is_integer(line) || !json_is_integer(character) || json_integer_value(line) < 0 ||
	    json_integer_value(character) < 0)
		return false;
	*at = text->buf.len;
	if ((size_t)json_integer_value(line) >= text->n_lines)
		return true;
	lsp_text_line_span(text, (size_t)json_integer_value(line), at, &end);
	for (left = (size_t)json_integer_value(character); left && *at < end;) {
		size_t bytes = char_bytes(text, *at, end), units = char_units(text, bytes);

		if (units > left)
			break;
		*at += bytes;
		left -= units;
	}
	return true;
}

bool lsp_text_range(const struct lsp_text *text, json_t *range, size_t *start, size_t *end)
{
	return lsp_text_offset(text, json_object_get(range, "start"), start) &&
	       lsp_text_offset(text, json_object_get(range, "end"), end) && *start <= *end;
}

json_t *lsp_text_position(const struct lsp_text *text, size_t at)
{
	size_t line = lsp_text_line(text, at), i = text->lines[line], units = 0;

	while (i < at) {
		size_t bytes = char_bytes(text, i, text->buf.len);

		units += char_units(text, bytes);
		i += bytes;
	}
	return json_pack("{s:I, s:I}", "line", (json_int_t)line, "character", (json_int_t)units);
}

json_t *lsp_text_range_json(const struct lsp_text *text, size_t start, size_t end)
{
	return json_pack("{s:o, s:o}", "start", lsp_text_position(text, start), "end",
			 lsp_text_position(text, end));
}
