/* saved.c: `opcit saved`, and keeping a search that was just understood. */
#include "saved.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "output.h"

static const char about[] =
	"List the searches that `opcit search --save NAME` has kept, or delete one. Each is a\n"
	"text file with one argument a line in ~/.config/opcit/searches.\n"
	"\n"
	"`opcit search --saved NAME` runs one, with --new only for what came since.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit saved\n"
	"  opcit saved --delete embargo\n"
	"\n"
	"Exit codes: 0 done, 1 there is none, 2 wrong usage, 3 a file cannot be read or\n"
	"deleted, 4 one is damaged.\n";

enum { MOST_RESULTS = 100000 };

/* ---- within opcit search ------------------------------------------------- */

/* What the options forbid; `words` are those of the command line. */
static int check(const struct saved_options *options, const struct filter_list *filters, int words)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (options->save && options->name) {
		opcit_err_set(&err, OPCIT_USAGE, "--save and --saved exclude one another");
	} else if (options->name && words) {
		opcit_err_set(&err, OPCIT_USAGE, "a saved search has its own words");
		opcit_err_hint(&err, "filters such as --since narrow it");
	} else if (options->news && !options->name) {
		opcit_err_set(&err, OPCIT_USAGE, "--new belongs to a saved search");
		opcit_err_hint(&err, "name it: --saved NAME --new");
	} else if (options->save && !words && filters->n == 0) {
		opcit_err_set(&err, OPCIT_USAGE, "there is nothing to save: no words and no filter");
	} else if (!options->save || saved_is_free(options->save, &err) == OPCIT_OK) {
		return 0;
	}
	return output_error(&err);
}

static void blame(const char *name)
{
	fprintf(stderr, "  it stands in the saved search '%s'\n", name);
}

int saved_blame(const struct saved_options *options, int code)
{
	if (options->name && code == EXIT_USAGE)
		blame(options->name);
	return code;
}

int saved_parse(struct saved_options *options, const struct usage *usage,
		const struct filter_list *filters, int argc, char ***argv,
		struct opcit_arena *arena, int *code)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	const char *name = saved_name(argc, *argv);
	char **saved;
	int n_saved = 0, n;

	if (name && saved_read(name, arena, &n_saved, &saved, &err) != OPCIT_OK) {
		*code = output_error(&err);
		return -1;
	}
	if (name && (n_saved = options_parse(usage, n_saved, saved, code)) < 0) {
		if (*code != EXIT_DONE)
			blame(name);
		return -1;
	}
	n = options_parse(usage, argc, *argv, code);
	if (n >= 0 && name && strcmp(name, options->name) != 0) {
		opcit_err_set(&err, OPCIT_USAGE, "--saved is given twice");
		*code = output_error(&err);
		return -1;
	}
	if (n < 0 || (*code = check(options, filters, n)) != 0)
		return -1;
	if (name)
		*argv = saved;
	return name ? n_saved : n;
}

static void tell_cut(const struct opcit_results *results)
{
	if (results->n >= MOST_RESULTS)
		fprintf(stderr, "opcit: more than %d records match; what is new among the rest is not told\n",
			MOST_RESULTS);
}

/* Keep the search. What it finds now is known: news are what comes after. */
static opcit_status keep(struct opcit_index *index, const struct opcit_query *query,
			 const struct saved_question *question, struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_results results;
	struct saved_seen seen = { NULL, 0, 0, 0 };
	opcit_status status = opcit_index_search(index, query, OPCIT_ORDER_NEWEST, MOST_RESULTS,
						 &arena, &results, err);

	if (status == OPCIT_OK) {
		tell_cut(&results);
		saved_seen_add(&seen, &results);
		status = saved_seen_write(question->name, &seen, err);
	}
	if (status == OPCIT_OK)
		status = saved_write(question, err);
	if (status == OPCIT_OK)
		fprintf(stderr, "opcit: saved as '%s'\n", question->name);
	saved_seen_release(&seen);
	opcit_arena_release(&arena);
	return status;
}

opcit_status saved_begin(struct saved_options *options, struct opcit_index *index,
			 const struct opcit_query *query, const struct saved_question *question,
			 struct opcit_err *err)
{
	if (options->save)
		return keep(index, query, question, err);
	return options->news ? saved_seen_read(options->name, &options->seen, err) : OPCIT_OK;
}

bool saved_filter(const struct saved_options *options, struct opcit_results *results, size_t limit)
{
	if (!options->news)
		return true;
	tell_cut(results);
	saved_only_new(&options->seen, results, limit);
	return results->n > 0;
}

int saved_finish(struct saved_options *options, const struct opcit_results *results)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	/* what could not be printed is still new the next time */
	bool printed = fflush(stdout) == 0 && !ferror(stdout);
	int code = output_finish(EXIT_DONE);

	if (!options->news || !printed)
		return code;
	saved_seen_add(&options->seen, results);
	return saved_seen_write(options->name, &options->seen, &err) == OPCIT_OK ? code
										 : output_error(&err);
}

/* ---- the command --------------------------------------------------------- */

/* An argument as one would type it in a shell. */
static void print_argument(const char *argument)
{
	const char *p;

	putchar(' ');
	if (!argument[strcspn(argument, " \"'()*$&;<>|\\`!?#~[]{}")]) {
		output_text(opcit_str_of(argument));
		return;
	}
	putchar('\'');
	for (p = argument; *p; p += strcspn(p, "'")) {
		if (*p == '\'') {
			fputs("'\\''", stdout);
			p++;
		}
		output_text((struct opcit_str){ p, strcspn(p, "'") });
	}
	putchar('\'');
}

static int list(struct opcit_arena *arena)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	char **names, **argv;
	size_t n, i;
	int argc, k, code = EXIT_DONE;

	if (saved_names(arena, &names, &n, &err) != OPCIT_OK)
		return output_error(&err);
	if (n == 0) {
		opcit_err_set(&err, OPCIT_NOT_FOUND, "no search is saved");
		opcit_err_hint(&err, "`opcit search --save NAME QUERY` saves one");
		return output_error(&err);
	}
	output_start();
	for (i = 0; i < n; i++) {
		if (saved_read(names[i], arena, &argc, &argv, &err) != OPCIT_OK) {
			code = output_error(&err);
			continue;
		}
		output_colour(STRONG);
		output_text(opcit_str_of(names[i]));
		output_colour(PLAIN);
		printf("%*s ", (int)(strlen(names[i]) < 16 ? 16 - strlen(names[i]) : 0), "");
		for (k = 1; k < argc; k++)
			print_argument(argv[k]);
		putchar('\n');
	}
	return output_finish(code);
}

int cmd_saved(int argc, char **argv)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	const char *name = NULL;
	const struct option options[] = {
		{ "delete", 0, OPTION_TEXT, &name, "NAME", "forget this search, and what was seen of it" },
	};
	const struct usage usage = { "opcit saved [OPTIONS]", about, examples, options, 1 };
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n > 0) {
		opcit_err_set(&err, OPCIT_USAGE, "'%.100s' is one argument too many", argv[1]);
		opcit_err_hint(&err, "`opcit search --saved NAME` runs a saved search");
		return output_error(&err);
	}
	if (name)
		code = saved_delete(name, &err) == OPCIT_OK ? EXIT_DONE : output_error(&err);
	else
		code = list(&arena);
	opcit_arena_release(&arena);
	return code;
}
