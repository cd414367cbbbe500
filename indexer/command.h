/* command.h: the commands of this program, and what they have in common.
 */
#ifndef OPCIT_COMMAND_H
#define OPCIT_COMMAND_H

#include "progress.h"

#include "../lib/status.h"
#include "../lib/str.h"

#include <getopt.h>

enum { OPCIT_EXIT_FAULTS = 1, OPCIT_EXIT_USAGE = 2, OPCIT_EXIT_FILE = 3, OPCIT_EXIT_LOCKED = 75 };

/* The commands: argv[0] is the command's name. Each returns the exit code. */
int opcit_command_index(int argc, char **argv);
int opcit_command_doctor(int argc, char **argv);

/* ---- their command line (arguments.c) ----------------------------------------------- */

/* What was given; borrowed from the command line. */
struct opcit_arguments {
	const char *db, *manifest;
	const char *shards_word, *jobs_word, *memory_word; /* as they were given, or NULL */
	enum opcit_verbosity verbosity;
	long shards, jobs;
	uint64_t memory; /* bytes */
	char **argv;
	bool dry_run, force, json, ocr, help, watch;
	unsigned watch_delay;
	int memo; /* of a watch, or -1 */
	char *const *paths;
	size_t n_paths;
};

/* The options of a command, as of getopt_long(3). */
extern const struct option opcit_index_options[], opcit_doctor_options[];

/* Fill args, which holds what stands where nothing is given. Returns 0, or the exit
 * code of a usage error that was reported. */
int opcit_arguments_parse(const char *command, const struct option *options, int argc, char **argv,
			  struct opcit_arguments *args);

/* ---- what both do (command.c) --------------------------------------------------------- */

/* Print an error, or one of usage of a word that was given (or NULL); returns its exit code. */
int opcit_command_error(const struct opcit_err *err);
int opcit_command_usage(const char *command, const char *what, const char *subject);

/* Output that nobody received must not look like success: returns the exit code. */
int opcit_command_finish(int code);

/* Append where pages that OCR read are kept: $XDG_CACHE_HOME/opcit/ocr, else
 * ~/.cache/opcit/ocr. Nothing where neither is known. */
void opcit_command_cache(struct opcit_buf *path);

/* Go on in the program that has the readers, with the same words: data is its argv.
 * Returns only where it cannot be run. */
opcit_status opcit_command_hand_over(void *data, struct opcit_err *err);

#endif
