/* command.h: one command a file; the table of them is in main.c, and shell
 * completion and `opcit help` read it. */
#ifndef OPCIT_COMMAND_H
#define OPCIT_COMMAND_H

#include <stdbool.h>

/* Exit codes: those that are no status of the library's, and what a fall gives (main.c). */
enum { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_DAMAGED = 4 };

struct command {
	const char *name;
	const char *summary;
	/* argv[0] is the command's name. Returns the exit code. */
	int (*run)(int argc, char **argv);
};

int cmd_search(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_cite(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_cited_by(int argc, char **argv);
int cmd_refs(int argc, char **argv);
int cmd_missing(int argc, char **argv);
int cmd_graph(int argc, char **argv);
int cmd_similar(int argc, char **argv);
int cmd_terms(int argc, char **argv);
int cmd_saved(int argc, char **argv);
int cmd_snapshot(int argc, char **argv);
int cmd_lsp(int argc, char **argv);
int cmd_complete(int argc, char **argv);
int cmd_language(void); /* opcit help query */

#endif
