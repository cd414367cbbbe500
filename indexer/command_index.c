/* command_index.c: `opcit index`. */
#include "command.h"
#include "memo.h"
#include "reader.h"
#include "run.h"
#include "state.h"
#include "watch.h"

#include "../lib/paths.h"
#include "../lib/search.h"
#include "../lib/sweep.h"
#include "../lib/version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_MAX (UINT64_C(2) << 30)

static const char index_help[] =
	"usage: opcit index [OPTIONS] PATH...\n"
	"\n"
	"Add, update and remove documents: files are read, and folders with all that is\n"
	"below them. Only what changed since the last time is read again; what was\n"
	"deleted from a folder leaves the index.\n"
	"\n"
	"  --db DIR        the index (else $OPCIT_DB, else ~/.local/share/opcit/index)\n"
	"  --manifest F    a table of symbols, titles, dates … beside each document's path,\n"
	"                  beyond the manifest.tsv files that stand in the folders\n"
	"  --ocr           read scanned pages of PDFs too, which takes seconds each; what\n"
	"                  was read is kept in ~/.cache/opcit/ocr\n"
	"  --dry-run       say what would be done, and do nothing\n"
	"  --force         read every file again, changed or not\n"
	"  --shards N      make the index of N databases, which may be served from as many\n"
	"                  machines (docs/scaling.md)\n"
	"  --jobs N        use at most N processors (else all)\n"
	"  --memory SIZE   use at most about SIZE, such as 500M or 2G (else a quarter of\n"
	"                  the machine's, at most 2G)\n"
	"  --watch         go on, and take in what changes until interrupted\n"
	"  --watch-delay MS  how long a file must be quiet before it is read (250)\n"
	"  -v, --verbose   print a line for each file\n"
	"  -q, --quiet     print nothing but failures\n"
	"  -h, --help      print this\n"
	"\n"
	"With --watch a line tells of each update; Ctrl-C ends it. Folders that cannot be\n"
	"watched are looked at every 240 delays, a minute.\n"
	"\n"
	"Hidden files and links to nothing are passed over; a file of more than 256 MB is\n"
	"not read. Interrupting is safe: what was read stays, the rest follows next time.\n"
	"\n"
	"Exit codes: 0 done, 1 some files could not be read, 2 wrong usage, 3 the index\n"
	"could not be written, 4 it is damaged or of another version, 75 another process\n"
	"writes it: try again.\n";

/* ---- being interrupted ---------------------------------------------------------- */

/* The one thing that a signal handler can change. */
static volatile sig_atomic_t stop_signal;

/* A long file takes its time: say that the key was felt. */
static void on_signal(int number)
{
	static const char felt[] = "\nopcit: ending after this file; once more ends at once\n";
	int before = errno;

	stop_signal = number;
	if (number == SIGINT && write(STDERR_FILENO, felt, sizeof felt - 1) < 0)
		stop_signal = number; /* nobody to tell */
	errno = before;
}

/* A signal ends the run after the file at hand; the same one again ends it at
 * once, and the index stays as at its last commit. One that was ignored when
 * the program began (nohup) stays so. */
static void catch_signal(int number)
{
	struct sigaction action, before;

	memset(&action, 0, sizeof action);
	action.sa_handler = on_signal;
	action.sa_flags = (int)(SA_RESTART | SA_RESETHAND);
	sigemptyset(&action.sa_mask);
	if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

static void catch_signals(void)
{
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file size limit is for write() to tell */
}

/* ---- one run ---------------------------------------------------------------------- */

/* A quarter of the machine's, at most two gigabytes. */
static uint64_t usual_memory(void)
{
	uint64_t all = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);

	return all / 4 < MEMORY_MAX ? all / 4 : MEMORY_MAX;
}

static uint64_t reading_hash(const struct opcit_tables *tables)
{
	uint64_t stamp = opcit_tables_stamp(tables);
	int revision = OPCIT_READING_REVISION;
	uint64_t hash = opcit_hash(OPCIT_HASH_INIT, OPCIT_VERSION, strlen(OPCIT_VERSION));

	hash = opcit_hash(hash, &stamp, sizeof stamp);
	return opcit_hash(hash, &revision, sizeof revision);
}

/* What planning has to say is kept back while another program may take over
 * and say it again. */
struct said {
	FILE *stream;
	char *text;
	size_t len, passed;
};

static void said_begin(struct said *said)
{
	*said = (struct said){ .stream = stderr };
	if (opcit_reading_program)
		said->stream = open_memstream(&said->text, &said->len);
	if (!said->stream)
		said->stream = stderr;
}

static void said_pass_on(struct said *said)
{
	fflush(said->stream);
	if (said->stream != stderr && said->len > said->passed)
		fwrite(said->text + said->passed, 1, said->len - said->passed, stderr);
	said->passed = said->len;
}

static void said_end(struct said *said)
{
	said_pass_on(said);
	if (said->stream == stderr)
		return;
	fclose(said->stream);
	free(said->text);
}

static int run_index(const struct opcit_arguments *args, const char *db,
		     const struct opcit_tables *tables)
{
	struct opcit_run_options options = {
		.db = db,
		.paths = args->paths,
		.n_paths = args->n_paths,
		.tables = tables,
		.manifest = args->manifest,
		.reading = reading_hash(tables),
		.shards = (size_t)args->shards,
		.jobs = args->jobs ? (size_t)args->jobs : (size_t)sysconf(_SC_NPROCESSORS_ONLN),
		.memory = args->memory ? args->memory : usual_memory(),
		.dry_run = args->dry_run,
		.force = args->force,
		.hand_over = opcit_reading_program ? opcit_command_hand_over : NULL,
		.hand_over_data = args->argv,
		.stop = &stop_signal,
	};
	struct said said;
	char *cwd = getcwd(NULL, 0);
	struct opcit_buf cache = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_progress progress;
	struct opcit_memo memo;
	bool interrupted = false;
	int code;

	opcit_command_cache(&cache);
	options.load = (struct opcit_load_options){ args->ocr, cache.len ? cache.ptr : NULL };
	catch_signals();
	said_begin(&said);
	opcit_progress_init(&progress, stdout, said.stream, args->verbosity, opcit_str_of(cwd));
	if (args->memo >= 0) {
		opcit_memo_read(args->memo, &memo);
		progress.memo = &memo;
	}
	code = opcit_exit_code(opcit_run(&options, &progress, &interrupted, &err));
	if (!code && !args->dry_run)
		opcit_index_sweep(db, NULL); /* what is not writable is of no use, and does no harm */
	said_pass_on(&said);
	if (err.status != OPCIT_OK && code) {
		opcit_progress_end(&progress);
		fflush(stdout);
		if (!progress.memo || code != OPCIT_EXIT_LOCKED) /* a watch tries again */
			opcit_command_error(&err);
	} else if (interrupted) {
		fflush(stdout);
		fputs("opcit: interrupted; what was read is in the index, the rest follows with "
		      "the next run\n",
		      stderr);
		code = 128 + stop_signal;
	} else if (progress.tally.failed || progress.tally.nothing) {
		code = OPCIT_EXIT_FAULTS;
	}
	if (progress.memo) {
		if (code == 0 || code == OPCIT_EXIT_FAULTS || interrupted)
			opcit_memo_write(args->memo, &memo, &progress.tally);
		opcit_memo_release(&memo);
	}
	opcit_progress_release(&progress);
	said_end(&said);
	opcit_buf_release(&cache);
	free(cwd);
	return opcit_command_finish(code);
}

/* Wait in this small program, and run another for each update. */
static int run_watch(const struct opcit_arguments *args, const char *db)
{
	struct opcit_watch_options options = {
		.db = db,
		.paths = args->paths,
		.n_paths = args->n_paths,
		.manifest = args->manifest,
		.shards = args->shards_word,
		.jobs = args->jobs_word,
		.memory = args->memory_word,
		.ocr = args->ocr,
		.force = args->force,
		.verbosity = args->verbosity,
		.delay = args->watch_delay ? args->watch_delay : OPCIT_WATCH_DELAY,
	};
	struct opcit_err err = OPCIT_ERR_INIT;
	int code = 0;

	if (opcit_watch(&options, &code, &err) != OPCIT_OK)
		code = opcit_command_error(&err);
	return opcit_command_finish(code);
}

/* A file of shards may name folders of other machines: it is for queries. */
static opcit_status is_folder(const char *db, struct opcit_err *err)
{
	struct stat st;

	if (stat(db, &st) != 0 || !S_ISREG(st.st_mode))
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "'%s' is not the folder of an index", db);
	opcit_err_hint(err, "a file of shards is for queries; here name the folder of a shard, or that of index --shards");
	return OPCIT_IO;
}

int opcit_command_index(int argc, char **argv)
{
	struct opcit_arguments args = { .verbosity = OPCIT_NORMAL, .memo = -1 };
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	struct opcit_buf db = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	int code = opcit_arguments_parse("index", opcit_index_options, argc, argv, &args);

	if (code)
		return code;
	if (args.help) {
		fputs(index_help, stdout);
		return opcit_command_finish(0);
	}
	if (!args.n_paths)
		return opcit_command_usage("index", "which files or folders?", NULL);
	if (args.watch && args.dry_run)
		return opcit_command_usage("index", "--watch and --dry-run exclude one another", NULL);
	if (args.watch_delay && !args.watch)
		return opcit_command_usage("index", "--watch-delay has no meaning without --watch", NULL);
	if (opcit_path_db(args.db, getenv, &db, &err) != OPCIT_OK || is_folder(db.ptr, &err) != OPCIT_OK)
		code = opcit_command_error(&err);
	else if (args.watch)
		code = run_watch(&args, db.ptr);
	else if (opcit_tables_find(&tables, getenv, &err) == OPCIT_OK)
		code = run_index(&args, db.ptr, &tables);
	else
		code = opcit_command_error(&err);
	opcit_tables_release(&tables);
	opcit_buf_release(&db);
	return code;
}
