/* main.c: the program behind `opcit index` and `opcit doctor`, and the one that
 * reads a draft for `opcit check` and `opcit lsp`. `opcit` runs it with the command
 * as its first argument, so that answering a query starts without the libraries
 * that read documents. */
#include "doctor.h"
#include "manuscript.h"
#include "memo.h"
#include "pool.h"
#include "run.h"
#include "state.h"
#include "watch.h"

#include "../lib/paths.h"
#include "../lib/sweep.h"
#include "../lib/terminate.h"
#include "../lib/search.h"
#include "../lib/version.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_FAULTS = 1, EXIT_USAGE = 2, EXIT_FILE = 3, EXIT_LOCKED = 75, JOBS_MAX = 1024, SHARDS_MAX = 64 };
#define MEMORY_MAX (UINT64_C(2) << 30)

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

static const char doctor_help[] =
	"usage: opcit doctor [OPTIONS] [FILE...]\n"
	"\n"
	"Account for every character of a file: how it was read, what it was found to be,\n"
	"its records by kind, and each mark that stands in none of them. Without a file,\n"
	"read the whole index and say whether it is sound, and which of its files have\n"
	"changed or are gone since.\n"
	"\n"
	"  --db DIR    the index (else $OPCIT_DB, else ~/.local/share/opcit/index)\n"
	"  --json      print one JSON object a line\n"
	"  --ocr       read scanned pages of PDFs too\n"
	"  -h, --help  print this\n"
	"\n"
	"Exit codes: 0 nothing is lost, 1 a character is lost or a file is no document,\n"
	"2 wrong usage, 3 a file or the index could not be read, 4 the index is damaged.\n";

/* The command line of both commands. */
struct arguments {
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

enum { OPTION_DB = 256, OPTION_MANIFEST, OPTION_DRY_RUN, OPTION_FORCE, OPTION_SHARDS, OPTION_JOBS, OPTION_MEMORY,
       OPTION_JSON, OPTION_OCR, OPTION_WATCH, OPTION_WATCH_DELAY, OPTION_WATCHED };

static const struct option index_options[] = {
	{ "db", required_argument, NULL, OPTION_DB },
	{ "manifest", required_argument, NULL, OPTION_MANIFEST },
	{ "dry-run", no_argument, NULL, OPTION_DRY_RUN },
	{ "force", no_argument, NULL, OPTION_FORCE },
	{ "ocr", no_argument, NULL, OPTION_OCR },
	{ "shards", required_argument, NULL, OPTION_SHARDS },
	{ "jobs", required_argument, NULL, OPTION_JOBS },
	{ "memory", required_argument, NULL, OPTION_MEMORY },
	{ "watch", no_argument, NULL, OPTION_WATCH },
	{ "watch-delay", required_argument, NULL, OPTION_WATCH_DELAY },
	{ "watched", required_argument, NULL, OPTION_WATCHED }, /* what a watch runs: watch.c */
	{ "verbose", no_argument, NULL, 'v' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};
static const struct option doctor_options[] = {
	{ "db", required_argument, NULL, OPTION_DB },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "ocr", no_argument, NULL, OPTION_OCR },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int print_err(const struct opcit_err *err)
{
	fprintf(stderr, "opcit: %s\n", err->message);
	if (err->hint[0])
		fprintf(stderr, "  %s\n", err->hint);
	return opcit_exit_code(err->status);
}

static int usage_error(const char *command, const char *what, const char *subject)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (subject)
		opcit_err_set(&err, OPCIT_USAGE, "%s '%.200s'", what, subject);
	else
		opcit_err_set(&err, OPCIT_USAGE, "%s", what);
	opcit_err_hint(&err, "`opcit %s --help` explains the command", command);
	return print_err(&err);
}

/* Output that nobody received must not look like success. */
static int finish(int code)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (errno == EPIPE)
		return code;
	opcit_err_set(&err, OPCIT_IO, "cannot write the output: %s", strerror(errno));
	print_err(&err);
	return code ? code : EXIT_FILE;
}

/* A number from `least` to `most`, or -1. */
static long number_of(const char *text, long least, long most)
{
	char *end;
	long n = strtol(text, &end, 10);

	return end != text && !*end && n >= least && n <= most ? n : -1;
}

/* "500M", "2G": bytes by the thousand and twenty-four. */
static bool parse_memory(const char *text, uint64_t *memory)
{
	static const char units[] = "KMG";
	char *end;
	uint64_t n = opcit_is_digit(text[0]) ? strtoull(text, &end, 10) : 0;
	const char *unit = n && *end ? strchr(units, *end & ~0x20) : NULL;

	if (!unit || end[1] || n >> 40)
		return false;
	*memory = n << 10 * (unit - units + 1);
	return true;
}

/* A quarter of the machine's, at most two gigabytes. */
static uint64_t usual_memory(void)
{
	uint64_t all = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);

	return all / 4 < MEMORY_MAX ? all / 4 : MEMORY_MAX;
}

/* Returns 0, or the exit code of a usage error that was reported. */
static int parse(const char *command, const struct option *options, int argc, char **argv,
		 struct arguments *args)
{
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, options == index_options ? ":vqh" : ":h", options,
				NULL)) != -1)
		switch (c) {
		case OPTION_DB: args->db = optarg; break;
		case OPTION_OCR: args->ocr = true; break;
		case OPTION_MANIFEST: args->manifest = optarg; break;
		case OPTION_DRY_RUN: args->dry_run = true; break;
		case OPTION_FORCE: args->force = true; break;
		case OPTION_JSON: args->json = true; break;
		case 'v': args->verbosity = OPCIT_VERBOSE; break;
		case 'q': args->verbosity = OPCIT_QUIET; break;
		case 'h': args->help = true; break;
		case OPTION_JOBS:
			args->jobs = number_of(optarg, 1, JOBS_MAX);
			if (args->jobs < 0)
				return usage_error(command, "not a number of jobs:", optarg);
			args->jobs_word = optarg;
			break;
		case OPTION_SHARDS:
			args->shards = number_of(optarg, 1, SHARDS_MAX);
			if (args->shards < 0)
				return usage_error(command, "not a number of shards:", optarg);
			args->shards_word = optarg;
			break;
		case OPTION_MEMORY:
			if (!parse_memory(optarg, &args->memory))
				return usage_error(command, "not an amount of memory, such as 500M or 2G:", optarg);
			args->memory_word = optarg;
			break;
		case OPTION_WATCH: args->watch = true; break;
		case OPTION_WATCH_DELAY:
			if (number_of(optarg, 10, OPCIT_WATCH_DELAY_MAX) < 0)
				return usage_error(command, "not a delay from 10 to 60000 milliseconds:", optarg);
			args->watch_delay = (unsigned)number_of(optarg, 10, OPCIT_WATCH_DELAY_MAX);
			break;
		case OPTION_WATCHED:
			args->memo = (int)number_of(optarg, 0, INT_MAX);
			if (!opcit_memo_is(args->memo))
				return usage_error(command, "only a watch gives this option:", "--watched");
			break;
		case ':':
			return usage_error(command, "an argument is missing after",
					   argv[optind - 1]);
		default:
			return usage_error(command, "unknown or ambiguous option",
					   argv[optind - 1]);
		}
	args->argv = argv - 1; /* the program's own: the command is its second word */
	args->paths = argv + optind;
	args->n_paths = (size_t)(argc - optind);
	return 0;
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

/* Who prints; the processes that it starts do not. */
static pid_t first_process;

/* A disk that failed or is full where the index cannot say so (lib/terminate.h). Anything
 * else that ends here is a bug, and leaves a trace of itself. */
static void on_terminate(void)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	int why = errno;
	bool full = why == ENOSPC || why == EDQUOT;

	if (!full && why != EIO && why != EFBIG && why != EROFS)
		abort();
	if (getpid() != first_process)
		_exit(full ? OPCIT_POOL_EXIT_FULL : OPCIT_POOL_EXIT_UNWRITTEN);
	opcit_err_set(&err, OPCIT_IO, "cannot write the index: %s", full ? "the disk is full" : strerror(why));
	opcit_err_hint(&err, "the index stays as it was; run the command again when there is room and right to write");
	fflush(stdout);
	_exit(print_err(&err));
}

static uint64_t reading_hash(const struct opcit_tables *tables)
{
	uint64_t stamp = opcit_tables_stamp(tables);
	int revision = OPCIT_READING_REVISION;
	uint64_t hash = opcit_hash(OPCIT_HASH_INIT, OPCIT_VERSION, strlen(OPCIT_VERSION));

	hash = opcit_hash(hash, &stamp, sizeof stamp);
	return opcit_hash(hash, &revision, sizeof revision);
}

/* ---- index ---------------------------------------------------------------------- */

/* $XDG_CACHE_HOME/opcit/ocr, else ~/.cache/opcit/ocr. Empty where neither is known. */
static void find_cache(struct opcit_buf *path)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && cache[0] == '/')
		opcit_buf_printf(path, "%s/opcit/ocr", cache);
	else if (home && home[0] == '/')
		opcit_buf_printf(path, "%s/.cache/opcit/ocr", home);
}

/* Go on in the program that has the readers, with the same words. */
static opcit_status hand_over(void *data, struct opcit_err *err)
{
	char **argv = data;
	struct opcit_buf dir = OPCIT_BUF_INIT, path = OPCIT_BUF_INIT;
	opcit_status status = opcit_path_exe_dir(&dir, err);

	if (status == OPCIT_OK)
		status = opcit_path_helper(dir.ptr, opcit_reading_program, &path, err);
	if (status == OPCIT_OK) {
		/* Tesseract's threads wait for one another more than they work, and
		 * their library reads this when it is loaded. */
		setenv("OMP_THREAD_LIMIT", "1", 0);
		execv(path.ptr, argv);
		status = opcit_err_set(err, OPCIT_IO, "cannot run '%s': %s", path.ptr, strerror(errno));
	}
	opcit_buf_release(&dir);
	opcit_buf_release(&path);
	return status;
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

static int run_index(const struct arguments *args, const char *db,
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
		.hand_over = opcit_reading_program ? hand_over : NULL,
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

	find_cache(&cache);
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
		if (!progress.memo || code != EXIT_LOCKED) /* a watch tries again */
			print_err(&err);
	} else if (interrupted) {
		fflush(stdout);
		fputs("opcit: interrupted; what was read is in the index, the rest follows with "
		      "the next run\n",
		      stderr);
		code = 128 + stop_signal;
	} else if (progress.tally.failed || progress.tally.nothing) {
		code = EXIT_FAULTS;
	}
	if (progress.memo) {
		if (code == 0 || code == EXIT_FAULTS || interrupted)
			opcit_memo_write(args->memo, &memo, &progress.tally);
		opcit_memo_release(&memo);
	}
	opcit_progress_release(&progress);
	said_end(&said);
	opcit_buf_release(&cache);
	free(cwd);
	return finish(code);
}

/* Wait in this small program, and run another for each update. */
static int run_watch(const struct arguments *args, const char *db)
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
		code = print_err(&err);
	return finish(code);
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

static int cmd_index(int argc, char **argv)
{
	struct arguments args = { .verbosity = OPCIT_NORMAL, .memo = -1 };
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	struct opcit_buf db = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	int code = parse("index", index_options, argc, argv, &args);

	if (code)
		return code;
	if (args.help) {
		fputs(index_help, stdout);
		return finish(0);
	}
	if (!args.n_paths)
		return usage_error("index", "which files or folders?", NULL);
	if (args.watch && args.dry_run)
		return usage_error("index", "--watch and --dry-run exclude one another", NULL);
	if (args.watch_delay && !args.watch)
		return usage_error("index", "--watch-delay has no meaning without --watch", NULL);
	if (opcit_path_db(args.db, getenv, &db, &err) != OPCIT_OK || is_folder(db.ptr, &err) != OPCIT_OK)
		code = print_err(&err);
	else if (args.watch)
		code = run_watch(&args, db.ptr);
	else if (opcit_tables_find(&tables, getenv, &err) == OPCIT_OK)
		code = run_index(&args, db.ptr, &tables);
	else
		code = print_err(&err);
	opcit_tables_release(&tables);
	opcit_buf_release(&db);
	return code;
}

/* ---- doctor --------------------------------------------------------------------- */

static int doctor_files(const struct arguments *args)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_buf cache = OPCIT_BUF_INIT;
	struct opcit_load_options options = { .ocr = args->ocr };
	int code = 0, one;
	size_t i;

	if (opcit_reading_program) {
		hand_over(args->argv, &err);
		return finish(print_err(&err));
	}
	find_cache(&cache);
	options.cache = cache.len ? cache.ptr : NULL;
	for (i = 0; i < args->n_paths; i++) {
		bool sound = true;
		opcit_status status =
			opcit_doctor_file(args->paths[i], &options, args->json, stdout, &sound, &err);

		fflush(stdout);
		one = status == OPCIT_OK ? (sound ? 0 : EXIT_FAULTS) : print_err(&err);
		code = one > code ? one : code;
	}
	opcit_buf_release(&cache);
	return finish(code);
}

/* What a file lists may be anywhere. */
static opcit_status is_one_index(const char *db, struct opcit_err *err)
{
	struct stat st;

	if (stat(db, &st) != 0 || S_ISDIR(st.st_mode) || !opcit_index_is_sharded(db))
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "'%s' is not the folder of one index", db);
	opcit_err_hint(err, "doctor looks at one shard at a time: name its folder with --db");
	return OPCIT_IO;
}

static int doctor_index(const struct arguments *args)
{
	struct opcit_buf db = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = opcit_path_db(args->db, getenv, &db, &err);
	int code = 0;

	if (status == OPCIT_OK)
		status = is_one_index(db.ptr, &err);
	if (status == OPCIT_OK)
		status = opcit_doctor_index(db.ptr, args->json, stdout, &err);
	if (status != OPCIT_OK)
		code = print_err(&err);
	opcit_buf_release(&db);
	return finish(code);
}

static int cmd_doctor(int argc, char **argv)
{
	struct arguments args = { .verbosity = OPCIT_NORMAL };
	int code = parse("doctor", doctor_options, argc, argv, &args);

	if (code)
		return code;
	if (args.help) {
		fputs(doctor_help, stdout);
		return finish(0);
	}
	return args.n_paths ? doctor_files(&args) : doctor_index(&args);
}

/* ---- a draft for `opcit check` ------------------------------------------------------ */

/* opcit-read manuscript [--ocr] [--name NAME] FILE|-: no command of its own, so
 * what is wrong with the arguments is a fault of the program that runs it. */
static int cmd_manuscript(int argc, char **argv)
{
	static const struct option options[] = {
		{ "ocr", no_argument, NULL, OPTION_OCR },
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
		if (c == OPTION_OCR)
			load.ocr = true;
		else if (c == 'n')
			name = optarg;
	}
	if (optind + 1 != argc)
		return EXIT_USAGE;
	find_cache(&cache);
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
	return finish(opcit_exit_code(status));
}

/* opcit-read annotate FILE: comments come by standard input, the copy goes to
 * standard output (lib/annotation.h). */
static int cmd_annotate(int argc, char **argv)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	int code;

	if (argc != 2)
		return EXIT_USAGE;
	code = opcit_exit_code(opcit_manuscript_annotate(argv[1], &out));
	fwrite(out.ptr, 1, out.len, stdout);
	opcit_buf_release(&out);
	return finish(code);
}

int main(int argc, char **argv)
{
	first_process = getpid();
	opcit_terminate_with(on_terminate);
	if (argc >= 2 && strcmp(argv[1], "index") == 0)
		return cmd_index(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "doctor") == 0)
		return cmd_doctor(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "manuscript") == 0)
		return cmd_manuscript(argc - 1, argv + 1);
	if (argc >= 2 && strcmp(argv[1], "annotate") == 0)
		return cmd_annotate(argc - 1, argv + 1);
	fputs("opcit: this program is run by `opcit index`, `doctor`, `check` and `lsp`\n", stderr);
	return EXIT_USAGE;
}
