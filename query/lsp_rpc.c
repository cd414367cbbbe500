/* lsp_rpc.c: JSON-RPC: which message is for whom, and what is wrong with it. */
#include "lsp.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/version.h"
#include "json.h"

enum {
	PARSE_ERROR = -32700,
	INVALID_REQUEST = -32600,
	NO_METHOD = -32601,
	INVALID_PARAMS = -32602,
	NOT_INITIALIZED = -32002,
	CANCELLED = -32800
};

/* ---- sending --------------------------------------------------------------------- */

void lsp_notify(struct lsp *lsp, const char *method, json_t *params)
{
	lsp_wire_send(&lsp->wire,
		      json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params));
}

void lsp_request(struct lsp *lsp, const char *method, json_t *params)
{
	lsp_wire_send(&lsp->wire, json_pack("{s:s, s:I, s:s, s:o}", "jsonrpc", "2.0", "id",
					    (json_int_t)++lsp->next_id, "method", method, "params", params));
}

/* Before it is initialized a client must be sent nothing but answers. */
static void say(struct lsp *lsp, const char *method, int type, struct opcit_str message)
{
	if (lsp->state == LSP_RUNNING)
		lsp_notify(lsp, method, json_pack("{s:i, s:o}", "type", type, "message", json_text(message)));
}

void lsp_log(struct lsp *lsp, int type, struct opcit_str message)
{
	say(lsp, "window/logMessage", type, message);
}

void lsp_warn(struct lsp *lsp, int type, struct opcit_str message)
{
	say(lsp, "window/showMessage", type, message);
}

static void answer(struct lsp *lsp, json_t *id, json_t *result)
{
	lsp_wire_send(&lsp->wire, json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result",
					    result ? result : json_null()));
}

/* `id` may be NULL: it is not known which message it was. */
static void refuse(struct lsp *lsp, json_t *id, int code, const char *message)
{
	json_t *o = json_pack("{s:s, s:{s:i, s:o}}", "jsonrpc", "2.0", "error", "code", code, "message",
			      json_text(opcit_str_of(message)));

	json_object_set(o, "id", id ? id : json_null());
	lsp_wire_send(&lsp->wire, o);
}

/* ---- initialize -------------------------------------------------------------------- */

static bool holds(json_t *array, const char *text)
{
	json_t *item;
	size_t i;

	for (i = 0; (item = json_array_get(array, i)); i++)
		if (json_is_string(item) && strcmp(json_string_value(item), text) == 0)
			return true;
	return false;
}

static json_t *path_get(json_t *o, const char *path)
{
	while (o && *path) {
		size_t n = strcspn(path, ".");
		char name[64] = "";

		memcpy(name, path, n < sizeof name ? n : sizeof name - 1);
		o = json_object_get(o, name);
		path += n + (path[n] == '.');
	}
	return o;
}

static json_t *capabilities(bool utf8)
{
	return json_pack("{s:s, s:{s:b, s:i, s:{s:b}}, s:b, s:b, s:b, s:b, s:{s:[s,s], s:b}, s:{s:[s,s]}, s:{s:b}}",
			 "positionEncoding", utf8 ? "utf-8" : "utf-16",
			 "textDocumentSync", "openClose", 1, "change", 2, "save", "includeText", 0,
			 "hoverProvider", 1, "definitionProvider", 1, "referencesProvider", 1,
			 "inlayHintProvider", 1,
			 "completionProvider", "triggerCharacters", "/", " ", "resolveProvider", 1,
			 "codeActionProvider", "codeActionKinds", "quickfix", "refactor.rewrite",
			 "documentLinkProvider", "resolveProvider", 0);
}

static json_t *initialize(struct lsp *lsp, json_t *params)
{
	json_t *pid = json_object_get(params, "processId"), *can = json_object_get(params, "capabilities");
	json_t *options = json_object_get(params, "initializationOptions");
	const char *style = json_string_value(json_object_get(options, "style"));

	if (json_is_integer(pid) && json_integer_value(pid) > 0)
		lsp->client = (pid_t)json_integer_value(pid);
	lsp->utf8 = holds(path_get(can, "general.positionEncodings"), "utf-8");
	lsp->markdown = holds(path_get(can, "textDocument.hover.contentFormat"), "markdown");
	lsp->can_show = json_is_true(path_get(can, "window.showDocument.support"));
	lsp->virtual_documents = json_is_true(json_object_get(options, "virtualDocuments"));
	if (style && style_named(style))
		lsp->style = style_named(style);
	lsp->state = LSP_RUNNING;
	return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", capabilities(lsp->utf8), "serverInfo", "name",
			 "opcit", "version", OPCIT_VERSION);
}

/* ---- requests and notifications ------------------------------------------------------ */

/* Those that are asked of an open document. */
static const struct {
	const char *method;
	json_t *(*run)(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
} features[] = {
	{ "textDocument/hover", lsp_hover },
	{ "textDocument/definition", lsp_definition },
	{ "textDocument/references", lsp_references },
	{ "textDocument/documentLink", lsp_links },
	{ "textDocument/inlayHint", lsp_hints },
	{ "textDocument/codeAction", lsp_actions },
	{ "textDocument/completion", lsp_completion },
};

static const struct {
	const char *method;
	void (*run)(struct lsp *lsp, json_t *params);
} notices[] = {
	{ "textDocument/didOpen", lsp_doc_open },
	{ "textDocument/didChange", lsp_doc_change },
	{ "textDocument/didSave", lsp_doc_save },
	{ "textDocument/didClose", lsp_doc_close },
};

static void feature(struct lsp *lsp, json_t *id, const char *method, json_t *params)
{
	struct lsp_doc *doc;
	size_t i;

	for (i = 0; i < sizeof features / sizeof *features && strcmp(features[i].method, method) != 0;)
		i++;
	if (i == sizeof features / sizeof *features) {
		refuse(lsp, id, NO_METHOD, "there is no such method");
		return;
	}
	doc = lsp_doc_find(lsp, params);
	if (doc)
		answer(lsp, id, features[i].run(lsp, doc, params));
	else
		refuse(lsp, id, INVALID_PARAMS, "the document is not open");
}

static void request(struct lsp *lsp, json_t *id, const char *method, json_t *params)
{
	if (strcmp(method, "initialize") == 0 && lsp->state == LSP_NEW) {
		answer(lsp, id, initialize(lsp, params));
		return;
	}
	if (lsp->state == LSP_NEW) {
		refuse(lsp, id, NOT_INITIALIZED, "the first request must be 'initialize'");
	} else if (lsp->state != LSP_RUNNING || strcmp(method, "initialize") == 0) {
		refuse(lsp, id, INVALID_REQUEST,
		       lsp->state == LSP_RUNNING ? "the server is initialized" : "the server is shut down");
	} else if (strcmp(method, "shutdown") == 0) {
		lsp->state = LSP_SHUT;
		answer(lsp, id, NULL);
	} else if (strcmp(method, "completionItem/resolve") == 0) {
		answer(lsp, id, lsp_resolve(lsp, params));
	} else if (strcmp(method, "opcit/show") == 0) {
		answer(lsp, id, lsp_show(lsp, params));
	} else {
		feature(lsp, id, method, params);
	}
}

static void notice(struct lsp *lsp, const char *method, json_t *params)
{
	size_t i;

	for (i = 0; lsp->state == LSP_RUNNING && i < sizeof notices / sizeof *notices; i++)
		if (strcmp(notices[i].method, method) == 0)
			notices[i].run(lsp, params);
}

/* ---- what comes in -------------------------------------------------------------------- */

static void handle(struct lsp *lsp, json_t *message)
{
	json_t *method = json_object_get(message, "method"), *id = json_object_get(message, "id");
	json_t *params = json_object_get(message, "params");

	if (json_is_string(method) && id && (json_is_string(id) || json_is_integer(id)))
		request(lsp, id, json_string_value(method), params);
	else if (json_is_string(method) && !id)
		notice(lsp, json_string_value(method), params);
	else if (json_is_string(method) || (!json_object_get(message, "result") && !json_object_get(message, "error")))
		refuse(lsp, NULL, INVALID_REQUEST, "the message is no request");
	opcit_arena_reset(&lsp->scratch);
}

/* A request that waits is taken back. */
static void cancel(struct lsp *lsp, json_t *waiting, json_t *id)
{
	json_t *message;
	size_t i;

	for (i = 0; (message = json_array_get(waiting, i)); i++) {
		json_t *its = json_object_get(message, "id");

		if (!id || !its || !json_object_get(message, "method") || !json_equal(its, id))
			continue;
		refuse(lsp, its, CANCELLED, "cancelled");
		json_array_remove(waiting, i);
		return;
	}
}

/* Put what has come into the row of what waits. */
static void sort_in(struct lsp *lsp, json_t *waiting, json_t *message)
{
	const char *method = json_string_value(json_object_get(message, "method"));

	if (!json_is_object(message)) {
		refuse(lsp, NULL, INVALID_REQUEST, "the message is no object");
	} else if (method && strcmp(method, "$/cancelRequest") == 0) {
		cancel(lsp, waiting, path_get(message, "params.id"));
	} else {
		json_array_append(waiting, message);
	}
	json_decref(message);
}

void lsp_take(struct lsp *lsp)
{
	json_t *waiting = json_array(), *message;
	struct opcit_str body;
	const char *fault;
	enum lsp_found found;
	char why[160];
	size_t i;

	while ((found = lsp_wire_next(&lsp->wire, &body, &fault)) != LSP_NOTHING) {
		message = found == LSP_MESSAGE ? lsp_wire_parse(body, why) : NULL;
		if (message)
			sort_in(lsp, waiting, message);
		else
			refuse(lsp, NULL, PARSE_ERROR, found == LSP_MESSAGE ? why : fault);
	}
	for (i = 0; (message = json_array_get(waiting, i)); i++) {
		const char *method = json_string_value(json_object_get(message, "method"));

		if (method && strcmp(method, "exit") == 0) {
			lsp->clean = lsp->state == LSP_SHUT;
			lsp->state = LSP_OVER;
			break;
		}
		handle(lsp, message);
	}
	json_decref(waiting);
}
