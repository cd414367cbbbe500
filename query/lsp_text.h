/* lsp_text.h: the text of an open document, its lines, and places in it as the
 * protocol counts them. */
#ifndef OPCIT_LSP_TEXT_H
#define OPCIT_LSP_TEXT_H

#include <jansson.h>

#include "../lib/str.h"

struct lsp_text {
	struct opcit_buf buf; /* UTF-8 */
	size_t *lines;        /* where each begins */
	size_t n_lines, cap_lines;
	bool utf8; /* characters are counted in bytes; else in UTF-16 units */
};
void lsp_text_release(struct lsp_text *text);
struct opcit_str lsp_text_str(const struct lsp_text *text);
void lsp_text_set(struct lsp_text *text, struct opcit_str to);

/* Bytes [start, end) become the bytes [start, to). */
struct lsp_edit {
	size_t start, end, to;
};
/* Put `by` in the place of [start, end). */
struct lsp_edit lsp_text_replace(struct lsp_text *text, size_t start, size_t end, struct opcit_str by);
/* Where a span is after an edit. False where the edit touches it: it is gone. */
bool lsp_edit_shift(const struct lsp_edit *edit, size_t *start, size_t *end);

/* The line that holds a byte, from 0, and its bytes without the line's end. */
size_t lsp_text_line(const struct lsp_text *text, size_t at);
void lsp_text_line_span(const struct lsp_text *text, size_t line, size_t *start, size_t *end);

/* A {line, character}: the byte, which is never inside a character. What lies
 * outside of the text or line is at its end; false for what is no position. */
bool lsp_text_offset(const struct lsp_text *text, json_t *position, size_t *at);
bool lsp_text_range(const struct lsp_text *text, json_t *range, size_t *start, size_t *end);
json_t *lsp_text_position(const struct lsp_text *text, size_t at);
json_t *lsp_text_range_json(const struct lsp_text *text, size_t start, size_t end);

#endif
