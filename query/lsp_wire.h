/* lsp_wire.h: messages of the Language Server Protocol in a stream of bytes:
 * a header with Content-Length, then so many bytes of JSON. */
#ifndef OPCIT_LSP_WIRE_H
#define OPCIT_LSP_WIRE_H

#include <jansson.h>

#include "../lib/str.h"

enum { LSP_MESSAGE_MOST = 64 << 20, LSP_HEADER_MOST = 8192 };

struct lsp_wire {
	struct opcit_buf in, out;
	size_t from; /* what of `in` has been taken */
	size_t skip; /* bytes of a message that is too large, still to come */
	size_t body; /* length of the message whose header has been read */
	bool headed; /* there is such a message */
	bool lost;   /* no header where one must be: look for the next */
};
#define LSP_WIRE_INIT { OPCIT_BUF_INIT, OPCIT_BUF_INIT, 0, 0, 0, false, false }
void lsp_wire_release(struct lsp_wire *wire);

/* Add what was read. */
void lsp_wire_feed(struct lsp_wire *wire, const char *bytes, size_t len);

enum lsp_found {
	LSP_NOTHING, /* more must be read first */
	LSP_MESSAGE, /* *body is one; borrowed until the next call */
	LSP_FAULT    /* *fault says what is wrong with the stream; go on */
};
enum lsp_found lsp_wire_next(struct lsp_wire *wire, struct opcit_str *body, const char **fault);

/* The JSON of a message; NULL when it is none, and *fault (at least 160 bytes)
 * says why. Halves of characters, which some editors send, become U+FFFD. */
json_t *lsp_wire_parse(struct opcit_str body, char fault[160]);

/* Append a message to `out` and give up the reference. */
void lsp_wire_send(struct lsp_wire *wire, json_t *message);

#endif
