/* main.c: the program behind `opcit index` and `opcit doctor`, and the one that
 * reads a draft for `opcit check` and `opcit lsp`. `opcit` runs it with the command
 * as its first argument, so that answering a query starts without the libraries
 * that read documents. */
#include "command.h"
#include "load.h"
#include "manuscript.h"
#include "pool.h"

#include "../lib/tables.h"
#include "../lib/terminate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Who prints; the processes that it starts do not. */
static pid_t first_process;

/* A disk that failed, is full or has spoiled a block (lib/blocks.hh) where the index cannot say
 * so (lib/terminate.h). Anything else that ends here is a bug, and leaves a trace of itself. */
static void on_terminate(void)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	int why = errno;
	bool full = why == ENOSPC || why == EDQUOT, spoiled = why == EBADMSG;

	if (!full && !spoiled && why != EIO && why != EFBIG && why != EROFS)
		abort();
	if (getpid() != first_process)
		_exit(full ? OPCIT_POOL_EXIT_FULL : OPCIT_POOL_EXIT_UNWRITTEN);
	if (spoiled) {
		opcit_err_set(&err, OPCIT_DAMAGED, "the index is damaged: a block of it is not as it was written");
		opcit_err_hint(&err, "delete its folder and run `opcit index` again: everything in it comes from the sources");
	} else {
		opcit_err_set(&err, OPCIT_IO, "cannot write the index: %s", full ? "the disk is full" : strerror(why));
		opcit_err_hint(&err, "the index stays as it was; run the command again when there is room and right to write");
	}
	fflush(stdout);
	_exit(opcit_command_error(&err));
}

/* ---- a draft for `opcit check` ------------------------------------------------------ */

/* opcit-read manuscript [--ocr] [--name NAME] FILE|-: no command of its own, so
 * what is wrong with the arguments is a fault of the program that runs it. */
static int cmd_manuscript(int argc, char **argv)
{
	static const struct option options[] = {
		{ "ocr", no_argument, NULL, 'o' },
		{ "name", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	struct opcit_load_options load = { 0 };
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	struct opcit_buf cache = OPCIT_BUF_INIT, out = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	const char *name = NULL;
	opcit_status status;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'o')
			load.ocr = true;
		else if (c == 'n')
			name = optarg;
	}
	if (optind + 1 != argc)
		return OPCIT_EXIT_USAGE;
	opcit_command_cache(&cache);
	load.cache = cache.len ? cache.ptr : NULL;
	status = opcit_tables_find(&tables, getenv, &err);
	if (status == OPCIT_OK)
		status = opcit_manuscript_read(argv[optind], name, &load, &tables, &out);
	else
		opcit_manuscript_encode_failure(&err, &out);
	fwrite(out.ptr, 1, out.len, stdout);
	opcit_tables_release(&tables);
	opcit_buf_release(&cache);
	opcit_buf_release(&out);
	return opcit_command_finish(opcit_exit_code(status));
}

/* opcit-read annotate FILE: comments come by standard input, the copy goes to
 * standard output (lib/annotation.h). */
static int cmd_annotate(int argc, char **argv)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	int code;

	if (argc != 2)
		return OPCIT_EXIT_USAGE;
	code = opcit_exit_code(opcit_manuscript_annotate(argv[1], &out));
	fwrite(out.ptr, 1, out.len, stdout);
	opcit_buf_release(&out);
	return opcit_command_finish(code);
}

int main(int argc, char **argv)
{
	first_process = getpid();
	opcit_terminate_with(on_terminate);
	if (argc >= 2 && strcmp(argv[1], "index") == 0)
		return opcit_command_index(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "doctor") == 0)
		return opcit_command_doctor(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "manuscript") == 0)
		return cmd_manuscript(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "annotate") == 0)
		return cmd_annotate(argc - 1, argv + 1);
	fputs("opcit: this program is run by `opcit index`, `doctor`, `check` and `lsp`\n", stderr);
	return OPCIT_EXIT_USAGE;
}
