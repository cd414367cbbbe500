/* snapshot.c: `opcit snapshot`. */
#include "command.h"
#include "options.h"
#include "output.h"

#include "../lib/paths.h"
#include "../lib/search.h"
#include "../lib/snapshot.h"

#include <stdlib.h>

static const char about[] =
	"Copy the index into a new folder, as it is at one moment, also while it is being\n"
	"written: to keep it safe, or to give it to others. The copy is an index of its own: name\n"
	"it with --db.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit snapshot /backup/opcit-2026-03-31\n"
	"  opcit search --db /backup/opcit-2026-03-31 detention\n"
	"\n"
	"Exit codes: 0 done, 2 wrong usage or a folder that is not empty, 3 no readable index\n"
	"or no right to write there, 4 the index is damaged, 75 it keeps changing: try again.\n";

static void print_done(const char *to, const struct opcit_stats *stats)
{
	printf("%zu file%s, %zu records, %.1f MB in '", stats->files, stats->files == 1 ? "" : "s", stats->records,
	       (double)stats->bytes / 1e6);
	output_text(opcit_str_of(to));
	puts("'");
}

static int refuse(int n)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	opcit_err_set(&err, OPCIT_USAGE, n ? "one snapshot goes into one folder, not %d" : "into which folder?", n);
	opcit_err_hint(&err, "`opcit help snapshot` explains the command");
	return output_error(&err);
}

/* What the copy holds, which is not what the index holds by now. */
static opcit_status count(const char *to, struct opcit_arena *arena, struct opcit_stats *stats, struct opcit_err *err)
{
	struct opcit_index *index;
	opcit_status status = opcit_index_open(to, &index, err);

	if (status == OPCIT_OK)
		status = opcit_index_stats(index, arena, stats, err);
	opcit_index_close(index);
	return status;
}

int cmd_snapshot(int argc, char **argv)
{
	struct db_option db = { 0 };
	bool quiet = false;
	const struct option options[] = {
		OPTION_ROW_DB_FOLDER(&db),
		{ "quiet", 'q', OPTION_FLAG, &quiet, NULL, "say nothing where all goes well" },
	};
	const struct usage usage = { "opcit snapshot [OPTIONS] DIR", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf from = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_index *index;
	struct opcit_stats stats;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n != 1)
		return refuse(n);
	index = output_open_index(db, &code); /* which tells what is no index */
	if (!index)
		return code;
	opcit_index_close(index);
	if (opcit_path_db(db.path, getenv, &from, &err) != OPCIT_OK ||
	    opcit_index_snapshot(from.ptr, argv[1], &err) != OPCIT_OK || count(argv[1], &arena, &stats, &err) != OPCIT_OK)
		code = output_error(&err);
	else {
		code = EXIT_DONE;
		if (!quiet)
			print_done(argv[1], &stats);
	}
	opcit_arena_release(&arena);
	opcit_buf_release(&from);
	return output_finish(code);
}
