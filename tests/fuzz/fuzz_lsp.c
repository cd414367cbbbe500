/* libFuzzer: what an editor sends. The first byte says how: as a stream of bytes,
 * in two pieces, or each line as a message whose header is right. */
#include "../../query/lsp.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(struct lsp *lsp, struct opcit_str body)
{
	struct opcit_buf message = OPCIT_BUF_INIT;

	opcit_buf_printf(&message, "Content-Length: %zu\r\n\r\n", body.len);
	opcit_buf_add_str(&message, body);
	lsp_wire_feed(&lsp->wire, message.ptr, message.len);
	lsp_take(lsp);
	opcit_buf_release(&message);
}

/* What is sent back is framed, and JSON. */
static void check_answers(struct lsp *lsp)
{
	struct lsp_wire wire = LSP_WIRE_INIT;
	struct opcit_str body;
	const char *fault;
	enum lsp_found found;
	char why[160];

	if (lsp->wire.out.len)
		lsp_wire_feed(&wire, lsp->wire.out.ptr, lsp->wire.out.len);
	while ((found = lsp_wire_next(&wire, &body, &fault)) == LSP_MESSAGE) {
		json_t *message = lsp_wire_parse(body, why);

		if (!message)
			abort();
		json_decref(message);
	}
	if (found != LSP_NOTHING || wire.from != wire.in.len)
		abort();
	lsp_wire_release(&wire);
}

static void check_doc(const struct lsp_doc *doc)
{
	size_t i;

	for (i = 1; i < doc->text.n_lines; i++)
		if (doc->text.lines[i] <= doc->text.lines[i - 1] || doc->text.lines[i] > doc->text.buf.len)
			abort();
	for (i = 0; i < doc->n_cites; i++)
		if (doc->cites[i].start > doc->cites[i].end || doc->cites[i].end > doc->text.buf.len)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lsp lsp; /* its tables are loaded once */
	static bool made;
	struct opcit_str text, line;
	struct lsp_doc *doc;

	setenv("OPCIT_DATA", "data", 1);
	if (!made && lsp_init(&lsp, (struct db_option){ .path = "/none" }, NULL) != OPCIT_OK)
		abort();
	made = true;
	if (!size)
		return 0;
	text = (struct opcit_str){ (const char *)data + 1, size - 1 };
	lsp.state = LSP_NEW;
	put(&lsp, OPCIT_STR("{\"id\":0,\"method\":\"initialize\"}"));
	if (data[0] & 1) {
		lsp_wire_feed(&lsp.wire, text.ptr, text.len / 2);
		lsp_take(&lsp);
		lsp_wire_feed(&lsp.wire, text.ptr + text.len / 2, text.len - text.len / 2);
		lsp_take(&lsp);
	}
	while (!(data[0] & 1) && text.len && lsp.state == LSP_RUNNING) {
		const char *end = memchr(text.ptr, '\n', text.len);

		line = opcit_str_sub(text, 0, end ? (size_t)(end - text.ptr) : text.len);
		put(&lsp, line);
		text = opcit_str_sub(text, line.len + 1, text.len);
		for (doc = lsp.docs; doc; doc = doc->next)
			check_doc(doc);
	}
	check_answers(&lsp);
	while (lsp.docs) {
		doc = lsp.docs;
		lsp.docs = doc->next;
		lsp_doc_free(doc);
	}
	lsp_wire_release(&lsp.wire);
	lsp.wire = (struct lsp_wire)LSP_WIRE_INIT;
	lsp.client = 0;
	return 0;
}
