/* main.c: the program and its table of commands. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/paths.h"
#include "../lib/version.h"
#include "command.h"
#include "output.h"

static int cmd_help(int argc, char **argv);
static int exec_indexer(int argc, char **argv);

static const struct command commands[] = {
	{ "index", "add, update and remove documents", exec_indexer },
	{ "search", "find the paragraphs that answer a query", cmd_search },
	{ "show", "print a document, a paragraph or a range", cmd_show },
	{ "cite", "say what a citation means, ready to paste", cmd_cite },
	{ "check", "check citations and quotations of a draft", cmd_check },
	{ "cited-by", "find who cites a document or a paragraph", cmd_cited_by },
	{ "refs", "list what a document or a paragraph cites", cmd_refs },
	{ "similar", "find the paragraphs that say the same, and how they differ", cmd_similar },
	{ "terms", "list the words that mark what a query finds", cmd_terms },
	{ "saved", "list or delete saved searches", cmd_saved },
	{ "missing", "list what is cited and not in the index", cmd_missing },
	{ "graph", "write documents and their citations as a graph", cmd_graph },
	{ "list", "list the documents in the index", cmd_list },
	{ "status", "say what the index holds", cmd_status },
	{ "export", "print all records as JSON Lines", cmd_export },
	{ "doctor", "account for every character of a file", exec_indexer },
	{ "snapshot", "copy the index into a new folder", cmd_snapshot },
	{ "lsp", "answer an editor: hover, completion and checks while writing", cmd_lsp },
	{ "help", "explain a command", cmd_help },
	/* without a summary: not for people, and in no list */
	{ "complete", NULL, cmd_complete },
};

enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* `opcit index` and `opcit doctor` are another program, so that answering
 * starts without the libraries that reading needs. */
static int exec_indexer(int argc, char **argv)
{
	struct opcit_buf dir = OPCIT_BUF_INIT, path = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	char **args = opcit_xcalloc((size_t)argc + 2, sizeof *args);
	opcit_status status = opcit_path_exe_dir(&dir, &err);

	if (status == OPCIT_OK)
		status = opcit_path_helper(dir.ptr, "opcit-index", &path, &err);
	if (status == OPCIT_OK) {
		args[0] = path.ptr;
		memcpy(args + 1, argv, (size_t)argc * sizeof *args);
		execv(path.ptr, args);
		opcit_err_set(&err, OPCIT_IO, "cannot run '%s': %s", path.ptr, strerror(errno));
	}
	free(args);
	opcit_buf_release(&dir);
	opcit_buf_release(&path);
	return output_error(&err);
}

static const struct command *find(const char *name)
{
	size_t i;

	for (i = 0; i < N_COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int unknown(const char *name)
{
	struct opcit_err err;

	opcit_err_set(&err, OPCIT_USAGE, "there is no command '%.100s'", name);
	opcit_err_hint(&err, "`opcit help` lists them");
	return output_error(&err);
}

static void print_commands(FILE *out)
{
	size_t i;

	fprintf(out, "usage: opcit COMMAND [OPTIONS] ...\n\n"
		     "Search documents of international organisations paragraph by paragraph.\n\n"
		     "Commands:\n");
	for (i = 0; i < N_COMMANDS; i++)
		if (commands[i].summary)
			fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fprintf(out, "\n`opcit help COMMAND` or `opcit COMMAND --help` explains one,\n"
		     "`opcit help query` what can be asked of a search.\n"
		     "The index is --db DIR, else $OPCIT_DB, else ~/.local/share/opcit/index.\n");
}

/* For shell completion: the table as it is. */
static void print_table(void)
{
	size_t i;

	for (i = 0; i < N_COMMANDS; i++)
		if (commands[i].summary)
			printf("%s\t%s\n", commands[i].name, commands[i].summary);
}

static int cmd_help(int argc, char **argv)
{
	const struct command *command;
	char option[] = "--help", *args[3];

	if (argc >= 2 && strcmp(argv[1], "--commands") == 0) {
		print_table();
		return output_finish(EXIT_DONE);
	}
	if (argc < 2 || strcmp(argv[1], "help") == 0 || argv[1][0] == '-') {
		print_commands(stdout);
		return output_finish(EXIT_DONE);
	}
	if (strcmp(argv[1], "query") == 0)
		return cmd_language();
	command = find(argv[1]);
	if (!command)
		return unknown(argv[1]);
	args[0] = argv[1];
	args[1] = option;
	args[2] = NULL;
	return command->run(2, args);
}

#ifndef __SANITIZE_ADDRESS__
/* Lists of words have no checksums, and over some damage of theirs Xapian falls
 * (docs/index-format.md). Nothing is answered then. */
static _Noreturn void on_fall(int number)
{
	static const char said[] = "opcit: reading the index ended in a crash: it is damaged, or opcit has a fault\n"
				   "  `opcit doctor` tells which; if it finds the index sound, please report it\n";

	(void)number;
	if (write(STDERR_FILENO, said, sizeof said - 1) < 0)
		_exit(EXIT_DAMAGED); /* nobody to tell */
	_exit(EXIT_DAMAGED);
}

static void catch_falls(void)
{
	static char stack[1 << 16]; /* the other may be what ran out */
	stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction action = { .sa_handler = on_fall, .sa_flags = (int)(SA_ONSTACK | SA_RESETHAND) };

	sigaltstack(&other, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	sigaction(SIGFPE, &action, NULL);
	sigaction(SIGABRT, &action, NULL);
}
#else
static void catch_falls(void)
{
}
#endif

int main(int argc, char **argv)
{
	const struct command *command;

	/* numbers in JSON must not follow the locale */
	setlocale(LC_CTYPE, "");
	/* a reader that goes away is told by write(), and ends the program quietly */
	signal(SIGPIPE, SIG_IGN);
	catch_falls();
	if (argc < 2) {
		print_commands(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("opcit %s\n", OPCIT_VERSION);
		return output_finish(EXIT_DONE);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return cmd_help(1, argv);
	command = find(argv[1]);
	return command ? command->run(argc - 1, argv + 1) : unknown(argv[1]);
}
