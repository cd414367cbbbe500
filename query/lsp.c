/* lsp.c: `opcit lsp`: the loop. */
#include "lsp.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/paths.h"
#include "command.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"Answer an editor that speaks the Language Server Protocol (3.17) on standard\n"
	"input and output, while a draft is written: what a citation points to, who else\n"
	"cites it, completion of symbols and paragraphs, and what `opcit check` finds.\n"
	"An editor starts it; docs/editors.md says how to tell it to.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit lsp\n"
	"  opcit lsp --db ~/library/index --style oscola\n"
	"\n"
	"Exit codes: 0 shut down as the protocol has it, 1 the editor went away, 2 wrong\n"
	"usage, 3 the tables cannot be read. An index that is missing, damaged or changes\n"
	"is no failure: it is looked for again.\n";

enum { READ_MOST = 1 << 16, LOOK_EVERY = 2000, WAITING_MOST = 64 << 20 };

/* ---- the streams -------------------------------------------------------------------- */

/* False when there is nobody there any more. */
static bool take_input(struct lsp *lsp)
{
	char bytes[READ_MOST];
	ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);

	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	if (got > 0) {
		lsp_wire_feed(&lsp->wire, bytes, (size_t)got);
		lsp_take(lsp);
	}
	return got > 0;
}

static bool put_output(struct lsp *lsp)
{
	struct opcit_buf *out = &lsp->wire.out;
	ssize_t put = write(STDOUT_FILENO, out->ptr, out->len);

	if (put < 0)
		return errno == EINTR || errno == EAGAIN;
	memmove(out->ptr, out->ptr + put, out->len - (size_t)put);
	out->len -= (size_t)put;
	return true;
}

/* What is left when the end has come: a client that reads gets it. */
static void put_rest(struct lsp *lsp)
{
	enum { PATIENCE = 1000 };
	struct pollfd poll_out = { STDOUT_FILENO, POLLOUT, 0 };

	while (lsp->wire.out.len && poll(&poll_out, 1, PATIENCE) == 1 && put_output(lsp))
		;
}

/* ---- the loop ------------------------------------------------------------------------ */

/* How long nothing has to be done, in ms. */
static int pause_of(const struct lsp *lsp)
{
	int64_t now = lsp_now(), left = LOOK_EVERY;
	const struct lsp_doc *doc;

	for (doc = lsp->docs; doc; doc = doc->next)
		if (doc->due && doc->job == LSP_IDLE && doc->due - now < left)
			left = doc->due - now;
	return left < 0 ? 0 : (int)left;
}

/* An index that has become another: what was found in the drafts may be too.
 * A run of `opcit index` is waited for. */
static void look_after_index(struct lsp *lsp)
{
	struct lsp_doc *doc;

	if (!lsp->docs || !lsp_index_ready(lsp) || !lsp->changed || lsp_now() - lsp->changed < LOOK_EVERY)
		return;
	lsp->changed = 0;
	for (doc = lsp->docs; doc; doc = doc->next)
		lsp_doc_plan(doc, 0, true);
}

static bool client_is_there(const struct lsp *lsp)
{
	return !lsp->client || kill(lsp->client, 0) == 0 || errno != ESRCH;
}

static void look_after_docs(struct lsp *lsp, const struct pollfd *fds, size_t n)
{
	struct lsp_doc *doc, *next;
	int64_t now = lsp_now();
	size_t i;

	for (doc = lsp->docs; doc; doc = next) {
		int fd = lsp_doc_fd(doc);

		next = doc->next;
		for (i = 0; i < n; i++)
			if (fd >= 0 && fds[i].fd == fd && fds[i].revents)
				break;
		if (i < n)
			lsp_doc_receive(lsp, doc);
		if (doc->due && doc->due <= now && doc->job == LSP_IDLE)
			lsp_doc_start(lsp, doc);
	}
}

static void run(struct lsp *lsp)
{
	struct pollfd *fds = NULL;
	size_t cap = 0;

	while (lsp->state != LSP_OVER && client_is_there(lsp)) {
		bool full = lsp->wire.out.len > WAITING_MOST;
		struct lsp_doc *doc;
		size_t n = 2;

		if (cap < 2)
			OPCIT_GROW(fds, cap, cap);
		fds[0] = (struct pollfd){ full ? -1 : STDIN_FILENO, POLLIN, 0 };
		fds[1] = (struct pollfd){ lsp->wire.out.len ? STDOUT_FILENO : -1, POLLOUT, 0 };
		for (doc = lsp->docs; doc; doc = doc->next)
			if (lsp_doc_fd(doc) >= 0) {
				OPCIT_GROW(fds, n, cap);
				fds[n++] = (struct pollfd){ lsp_doc_fd(doc), POLLIN, 0 };
			}
		if (poll(fds, n, pause_of(lsp)) < 0 && errno != EINTR)
			break;
		if (fds[1].revents && !put_output(lsp))
			break;
		if (fds[0].revents && !take_input(lsp))
			break;
		look_after_docs(lsp, fds + 2, n - 2);
		look_after_index(lsp);
		opcit_arena_reset(&lsp->scratch);
	}
	free(fds);
}

/* ---- the command ------------------------------------------------------------------------ */

opcit_status lsp_init(struct lsp *lsp, struct db_option db, struct opcit_err *err)
{
	opcit_status status;

	*lsp = (struct lsp){ .wire = LSP_WIRE_INIT, .style = &styles[0] };
	lsp->partial = db.partial;
	if (opcit_path_db(db.path, getenv, &lsp->path, NULL) != OPCIT_OK)
		opcit_buf_clear(&lsp->path);
	status = reference_reader_init(&lsp->reader, NULL, &lsp->scratch, true, err);
	check_init(&lsp->targets, &lsp->reader, &lsp->target_arena);
	return status;
}

void lsp_release(struct lsp *lsp)
{
	while (lsp->docs) {
		struct lsp_doc *doc = lsp->docs;

		lsp->docs = doc->next;
		lsp_doc_free(doc);
	}
	check_release(&lsp->targets);
	opcit_index_close(lsp->index);
	reference_reader_release(&lsp->reader);
	lsp_wire_release(&lsp->wire);
	opcit_buf_release(&lsp->path);
	opcit_arena_release(&lsp->complaint);
	opcit_arena_release(&lsp->target_arena);
	opcit_arena_release(&lsp->scratch);
	lsp_source_release(&lsp->source);
}

static int serve(struct lsp *lsp)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);

	/* a client that does not read must not keep us from hearing that it is gone;
	 * a terminal is shared with others */
	if (flags >= 0 && !isatty(STDOUT_FILENO))
		fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
	run(lsp);
	put_rest(lsp);
	if (flags >= 0 && !isatty(STDOUT_FILENO))
		fcntl(STDOUT_FILENO, F_SETFL, flags);
	return lsp->clean || lsp->state == LSP_SHUT ? EXIT_DONE : EXIT_NOTHING;
}

int cmd_lsp(int argc, char **argv)
{
	struct lsp lsp;
	struct db_option db = { 0 };
	const char *style = NULL;
	bool stdio;
	struct opcit_err err = OPCIT_ERR_INIT;
	const struct option options[] = {
		{ "style", 0, OPTION_TEXT, &style, "STYLE",
		  "how references are written: un, oscola, bluebook, mcgill, iachr" },
		{ "stdio", 0, OPTION_FLAG, &stdio, NULL, "the only way there is; some editors ask for it" },
		OPTION_ROW_DB(&db),
	};
	const struct usage usage = { "opcit lsp [OPTIONS]", about, examples, options,
				     sizeof options / sizeof *options };
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n > 0 || (style && !style_named(style))) {
		opcit_err_set(&err, OPCIT_USAGE, n ? "'%.100s' is not expected" : "there is no style '%.100s'",
			      n ? argv[1] : style);
		opcit_err_hint(&err, n ? "an editor starts `opcit lsp`, and sends it what is written"
				       : "styles: un oscola bluebook mcgill iachr");
		return output_error(&err);
	}
	code = lsp_init(&lsp, db, &err) == OPCIT_OK ? EXIT_DONE : output_error(&err);
	if (style)
		lsp.style = style_named(style);
	if (code == EXIT_DONE)
		code = serve(&lsp);
	lsp_release(&lsp);
	return code;
}
