#include "lsp_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char LENGTH[] = "content-length:";

void lsp_wire_release(struct lsp_wire *wire)
{
	opcit_buf_release(&wire->in);
	opcit_buf_release(&wire->out);
}

void lsp_wire_feed(struct lsp_wire *wire, const char *bytes, size_t len)
{
	enum { KEPT = 1 << 20 };

	if (wire->from == wire->in.len) {
		opcit_buf_clear(&wire->in);
		if (wire->in.cap > KEPT)
			opcit_buf_release(&wire->in);
		wire->from = 0;
	} else if (wire->from > KEPT) {
		memmove(wire->in.ptr, wire->in.ptr + wire->from, wire->in.len - wire->from);
		wire->in.len -= wire->from;
		wire->from = 0;
	}
	opcit_buf_add(&wire->in, bytes, len);
}

/* ---- headers ------------------------------------------------------------------ */

/* Go to where a header may begin; false where none is in sight. */
static bool find_header(struct lsp_wire *wire)
{
	size_t n = sizeof LENGTH - 1;

	for (; wire->in.len - wire->from >= n; wire->from++)
		if (strncasecmp(wire->in.ptr + wire->from, LENGTH, n) == 0) {
			wire->lost = false;
			return true;
		}
	return false;
}

/* The value of Content-Length; false where it is no number of bytes. */
static bool read_length(struct opcit_str value, size_t *length)
{
	size_t i;

	value = opcit_str_trim(value);
	*length = 0;
	for (i = 0; i < value.len; i++) {
		if (value.ptr[i] < '0' || value.ptr[i] > '9' || *length > SIZE_MAX / 100)
			return false;
		*length = *length * 10 + (size_t)(value.ptr[i] - '0');
	}
	return value.len > 0;
}

/* One line of a header. */
static const char *read_line(struct lsp_wire *wire, struct opcit_str line)
{
	if (!memchr(line.ptr, ':', line.len))
		return "what should be a header is none";
	if (line.len < sizeof LENGTH - 1 || strncasecmp(line.ptr, LENGTH, sizeof LENGTH - 1) != 0)
		return NULL;
	wire->headed = true;
	return read_length(opcit_str_sub(line, sizeof LENGTH - 1, line.len), &wire->body)
		       ? NULL
		       : "the Content-Length of a message is no number";
}

/* Read a header as a whole, or nothing of it. */
static enum lsp_found read_header(struct lsp_wire *wire, const char **fault)
{
	size_t at = wire->from;

	wire->headed = false;
	for (;;) {
		char *start = wire->in.ptr + at, *end = memchr(start, '\n', wire->in.len - at);
		struct opcit_str line;

		*fault = NULL;
		if (!end) {
			wire->headed = false;
			if (wire->in.len - wire->from <= LSP_HEADER_MOST)
				return LSP_NOTHING;
			*fault = "a header does not end";
		} else {
			line = opcit_str_trim((struct opcit_str){ start, (size_t)(end - start) });
			at = (size_t)(end + 1 - wire->in.ptr);
			if (line.len == 0 && at - wire->from <= 2) {
				wire->from = at; /* an empty line before it */
				if (at == wire->in.len)
					return LSP_NOTHING;
				continue;
			}
			if (line.len == 0 && wire->headed)
				break;
			*fault = line.len ? read_line(wire, line) : "a message has no Content-Length";
		}
		if (*fault) {
			wire->from = end ? at : wire->in.len;
			wire->headed = false;
			wire->lost = true;
			return LSP_FAULT;
		}
	}
	wire->from = at;
	if (wire->body <= LSP_MESSAGE_MOST)
		return LSP_MESSAGE;
	wire->skip = wire->body;
	wire->headed = false;
	*fault = "a message of more than 64 MB is left out";
	return LSP_FAULT;
}

enum lsp_found lsp_wire_next(struct lsp_wire *wire, struct opcit_str *body, const char **fault)
{
	size_t left = wire->in.len - wire->from, n = wire->skip < left ? wire->skip : left;

	wire->from += n;
	wire->skip -= n;
	if (wire->skip || wire->from == wire->in.len)
		return LSP_NOTHING;
	if (wire->lost && !find_header(wire))
		return LSP_NOTHING;
	if (!wire->headed) {
		enum lsp_found found = read_header(wire, fault);

		if (found != LSP_MESSAGE)
			return found;
	}
	if (wire->in.len - wire->from < wire->body)
		return LSP_NOTHING;
	*body = (struct opcit_str){ wire->in.ptr + wire->from, wire->body };
	wire->from += wire->body;
	wire->headed = false;
	return LSP_MESSAGE;
}

/* ---- JSON ---------------------------------------------------------------------- */

static int hex4(const char *p)
{
	int value = 0, i;

	for (i = 0; i < 4; i++) {
		char c = p[i], lower = (char)(c | 0x20);

		if (c >= '0' && c <= '9')
			value = value * 16 + (c - '0');
		else if (lower >= 'a' && lower <= 'f')
			value = value * 16 + (lower - 'a' + 10);
		else
			return -1;
	}
	return value;
}

/* \ud83d without its other half is \ufffd: as long in UTF-16. */
static struct opcit_buf mend_halves(struct opcit_str body)
{
	struct opcit_buf mended = OPCIT_BUF_INIT;
	size_t i;

	opcit_buf_add_str(&mended, body);
	for (i = 0; i + 6 <= body.len; i++) {
		int half;

		if (body.ptr[i] != '\\')
			continue;
		half = body.ptr[i + 1] == 'u' ? hex4(body.ptr + i + 2) : -1;
		if (half >= 0xD800 && half < 0xDC00 && i + 12 <= body.len && body.ptr[i + 6] == '\\' &&
		    body.ptr[i + 7] == 'u' && (hex4(body.ptr + i + 8) & 0xFC00) == 0xDC00)
			i += 11;
		else if (half >= 0xD800 && half < 0xE000)
			memcpy(mended.ptr + i, "\\ufffd", 6);
		else
			i++; /* an escaped backslash */
	}
	return mended;
}

json_t *lsp_wire_parse(struct opcit_str body, char fault[160])
{
	json_error_t error;
	json_t *message = json_loadb(body.ptr, body.len, JSON_ALLOW_NUL, &error);

	if (!message && memmem(body.ptr, body.len, "\\u", 2)) {
		struct opcit_buf mended = mend_halves(body);

		message = json_loadb(mended.ptr, mended.len, JSON_ALLOW_NUL, &error);
		opcit_buf_release(&mended);
	}
	if (!message)
		snprintf(fault, 160, "%.150s", error.text);
	return message;
}

void lsp_wire_send(struct lsp_wire *wire, json_t *message)
{
	char *text = json_dumps(message, JSON_COMPACT);

	if (text) {
		opcit_buf_printf(&wire->out, "Content-Length: %zu\r\n\r\n", strlen(text));
		opcit_buf_puts(&wire->out, text);
	}
	free(text);
	json_decref(message);
}
