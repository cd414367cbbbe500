#include "watch.h"
#include "memo.h"
#include "watch_tree.h"

#include "../lib/paths.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* In delays but for the breath, which is in milliseconds: so often at most is
 * looked while much happens. */
enum { PATIENCE = 20, RESCAN = 240, BREATH = 20, RETRY_MS = 1000, RETRY_MAX_MS = 30000, ARGUMENTS = 24 };
enum { EXIT_FAULTS = 1, EXIT_USAGE = 2, EXIT_FILE = 3, EXIT_DAMAGED = 4, EXIT_LOCKED = 75 };

static const int64_t NEVER = INT64_MAX;

struct watch {
	const struct opcit_watch_options *options;
	const char *program; /* opcit-index */
	struct opcit_tree tree;
	sigset_t caught, before;
	int signals; /* a signalfd */
	int memo;
	pid_t child; /* 0 for none */
	bool pending, again; /* something changed; the last run did not come to its end */
	bool told_locked, told_full, told_remote;
	bool started;        /* the first run has ended */
	int ended_by;        /* a signal, or 0 */
	int64_t began, since, due; /* ms: the watch, the first change that waits, the next run */
	int64_t run_began, rest; /* ms: the run; until when there is none after it */
	int64_t rescan;      /* ms: when to look at what is not watched */
	int64_t breath;      /* ms: until when events may wait */
	int64_t retry_ms;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void complain(const char *what, const char *hint)
{
	fprintf(stderr, "opcit: %s\n", what);
	if (hint)
		fprintf(stderr, "  %s\n", hint);
}

/* ---- the run --------------------------------------------------------------------- */

static void put(char **argv, size_t *n, const char *word)
{
	argv[(*n)++] = (char *)word;
}

static void put_option(char **argv, size_t *n, const char *option, const char *value)
{
	if (!value)
		return;
	put(argv, n, option);
	put(argv, n, value);
}

/* The command line of a run, and NULL. `memo` is its descriptor. */
static char **arguments_of_run(const struct watch *watch, const char *memo)
{
	const struct opcit_watch_options *o = watch->options;
	char **argv = opcit_xcalloc(ARGUMENTS + o->n_paths, sizeof *argv);
	size_t n = 0, i;

	put(argv, &n, watch->program);
	put(argv, &n, "index");
	put_option(argv, &n, "--watched", memo);
	put_option(argv, &n, "--db", o->db);
	put_option(argv, &n, "--manifest", o->manifest);
	put_option(argv, &n, "--shards", o->shards);
	put_option(argv, &n, "--jobs", o->jobs);
	put_option(argv, &n, "--memory", o->memory);
	if (o->ocr)
		put(argv, &n, "--ocr");
	if (o->force && !watch->started)
		put(argv, &n, "--force");
	if (o->verbosity != OPCIT_NORMAL)
		put(argv, &n, o->verbosity == OPCIT_QUIET ? "-q" : "-v");
	put(argv, &n, "--");
	for (i = 0; i < o->n_paths; i++)
		put(argv, &n, o->paths[i]);
	return argv;
}

static _Noreturn void become_run(const struct watch *watch, pid_t parent)
{
	char memo[16];

	/* A group of its own: the terminal's interrupt is the watch's to pass on. */
	setpgid(0, 0);
	signal(SIGTTOU, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGHUP);
	if (getppid() != parent)
		_exit(0);
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
	snprintf(memo, sizeof memo, "%d", watch->memo);
	execv(watch->program, arguments_of_run(watch, memo));
	fprintf(stderr, "opcit: cannot run '%s': %s\n", watch->program, strerror(errno));
	_exit(EXIT_FILE);
}

static void start_run(struct watch *watch)
{
	pid_t parent = getpid(), child = fork();

	if (child == 0)
		become_run(watch, parent);
	if (child < 0) { /* for want of memory or processes: that passes */
		watch->due = now_ms() + RETRY_MAX_MS;
		return;
	}
	watch->child = child;
	watch->run_began = now_ms();
	watch->pending = watch->again = false;
}

static void try_again(struct watch *watch)
{
	watch->again = true;
	watch->due = now_ms() + watch->retry_ms;
	watch->retry_ms = watch->retry_ms * 2 < RETRY_MAX_MS ? watch->retry_ms * 2 : RETRY_MAX_MS;
}

static bool is_nowhere(const struct opcit_tree *tree)
{
	return tree->fd >= 0 && !tree->full && !tree->n_folders;
}

/* Returns whether the watch goes on. */
static bool on_exit_code(struct watch *watch, int code)
{
	if (watch->ended_by)
		return true;
	if (code == EXIT_LOCKED) {
		if (!watch->told_locked && watch->options->verbosity != OPCIT_QUIET)
			complain("another process writes the index; waiting for it to end", NULL);
		watch->told_locked = true;
		try_again(watch);
		return true;
	}
	watch->told_locked = false;
	if (code == EXIT_FAULTS && !watch->started && is_nowhere(&watch->tree))
		return false; /* the run has said that nothing of it is there */
	if (code == 0 || code == EXIT_FAULTS) {
		watch->retry_ms = RETRY_MS;
		return true;
	}
	if (!watch->started || code == EXIT_USAGE || code == EXIT_DAMAGED)
		return false;
	watch->retry_ms = RETRY_MAX_MS; /* a full disk: the run has said so */
	try_again(watch);
	return true;
}

static void report_crash(int status)
{
	fprintf(stderr, "opcit: the update was ended by signal %d (%s)\n", WTERMSIG(status),
		strsignal(WTERMSIG(status)));
	complain("the index is as it was; what changed is tried again with the next change", NULL);
}

static void report_start(const struct watch *watch)
{
	if (watch->options->verbosity == OPCIT_QUIET)
		return;
	printf("watching %zu folder%s\n", watch->tree.n_folders, watch->tree.n_folders == 1 ? "" : "s");
	fflush(stdout);
}

/* Where much happens in many files, two thirds of the time are for others. */
static void take_rest(struct watch *watch)
{
	int64_t now = now_ms(), most = (int64_t)watch->options->delay * PATIENCE;
	int64_t rest = (now - watch->run_began) * 2;

	watch->rest = now + (rest < most ? rest : most);
}

/* The run has ended. Returns whether the watch goes on; *code is its exit code if not. */
static bool reap(struct watch *watch, int *code)
{
	bool on = true;
	int status = 0;

	if (!watch->child || waitpid(watch->child, &status, WNOHANG) != watch->child)
		return true;
	watch->child = 0;
	take_rest(watch);
	if (WIFEXITED(status)) {
		*code = WEXITSTATUS(status);
		on = on_exit_code(watch, *code);
	} else if (!watch->ended_by) {
		report_crash(status);
	}
	if (on && !watch->started && !watch->again && !watch->ended_by) {
		watch->started = true;
		report_start(watch);
	}
	return on;
}

/* ---- what happens ------------------------------------------------------------------ */

/* A signal of SIGTERM's kind goes to the run as SIGHUP: whoever sends the first to all
 * processes of a service has sent it to the run as well, and the same one again would
 * end it at once. */
static void on_signals(struct watch *watch)
{
	struct signalfd_siginfo info;

	while (read(watch->signals, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo == SIGCHLD)
			continue;
		watch->ended_by = (int)info.ssi_signo;
		if (watch->child)
			kill(watch->child, info.ssi_signo == SIGINT ? SIGINT : SIGHUP);
	}
}

static void on_events(struct watch *watch)
{
	enum opcit_change change = opcit_tree_read(&watch->tree);
	int64_t now = now_ms(), delay = watch->options->delay, latest;

	watch->breath = now + BREATH;
	if (change == OPCIT_CHANGE_NONE)
		return;
	if (!watch->pending)
		watch->since = now;
	watch->pending = true;
	if (watch->again) /* the next try takes that in, too */
		return;
	latest = watch->since + delay * PATIENCE;
	watch->due = now + (change == OPCIT_CHANGE_OPEN ? delay : delay / 5);
	if (watch->due > latest)
		watch->due = latest;
}

static void report_tree(struct watch *watch)
{
	const struct opcit_tree *tree = &watch->tree;
	long seconds = (long)watch->options->delay * RESCAN / 1000;

	if (tree->fd < 0 && !watch->told_full) {
		fprintf(stderr, "opcit: folders cannot be watched: %s\n", strerror(tree->error));
		fprintf(stderr, "  %sthey are looked at every %ld seconds\n",
			tree->error == EMFILE ? "`sysctl fs.inotify.max_user_instances=1024` allows more; until then " : "",
			seconds);
	} else if (tree->full && !watch->told_full) {
		fprintf(stderr, "opcit: only %zu folders can be watched: the system's limit is reached\n",
			tree->n_folders);
		fprintf(stderr, "  `sysctl fs.inotify.max_user_watches=524288` allows more; until then all are looked at "
				"every %ld seconds\n", seconds);
	}
	watch->told_full |= tree->full || tree->fd < 0;
	if (tree->remote.len && !watch->told_remote) {
		fprintf(stderr, "opcit: '%s' is on a network file system, which does not tell what others change there\n",
			tree->remote.ptr);
		fprintf(stderr, "  all is looked at every %ld seconds\n", seconds);
		watch->told_remote = true;
	}
}

static void start_tree(struct watch *watch)
{
	const struct opcit_watch_options *o = watch->options;

	opcit_tree_release(&watch->tree);
	opcit_tree_start(&watch->tree, o->paths, o->n_paths, o->manifest, o->db);
}

/* Before a run: events that were lost may have been those of new folders, and
 * what could not be watched may be there, or have room, by now. */
static void mend_tree(struct watch *watch)
{
	const struct opcit_tree *tree = &watch->tree;
	bool no_room = tree->full || tree->fd < 0;

	if (tree->stale || tree->partial || (no_room && now_ms() >= watch->rescan))
		start_tree(watch);
	report_tree(watch);
}

static bool has_blind_spot(const struct opcit_tree *tree)
{
	return tree->fd < 0 || tree->full || tree->partial || tree->remote.len;
}

/* When something is to be done without anything happening. */
static int64_t next_run(const struct watch *watch)
{
	if (watch->child || watch->ended_by)
		return NEVER;
	if (watch->pending || watch->again)
		return watch->due > watch->rest ? watch->due : watch->rest;
	return has_blind_spot(&watch->tree) ? watch->rescan : NEVER;
}

static void wait_for_something(struct watch *watch)
{
	int64_t now = now_ms(), until = next_run(watch), left;
	bool out_of_breath = watch->tree.fd >= 0 && now < watch->breath;
	struct pollfd polled[] = { { .fd = watch->signals, .events = POLLIN },
				   { .fd = out_of_breath ? -1 : watch->tree.fd, .events = POLLIN } };

	if (out_of_breath && watch->breath < until)
		until = watch->breath;
	left = until - now;
	if (poll(polled, 2, until == NEVER ? -1 : left < 0 ? 0 : left > 60000 ? 60000 : (int)left) <= 0)
		return;
	if (polled[0].revents)
		on_signals(watch);
	if (polled[1].revents)
		on_events(watch);
}

static void loop(struct watch *watch, int *code)
{
	while (reap(watch, code) && (watch->child || !watch->ended_by)) {
		if (now_ms() >= next_run(watch)) {
			mend_tree(watch);
			watch->rescan = now_ms() + (int64_t)watch->options->delay * RESCAN;
			start_run(watch);
		}
		wait_for_something(watch);
	}
}

/* ---- beginning and end --------------------------------------------------------------- */

/* What was ignored when the program began (nohup) stays so. */
static bool catch_signals(struct watch *watch)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;
	size_t i;

	sigemptyset(&watch->caught);
	sigaddset(&watch->caught, SIGCHLD);
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&watch->caught, numbers[i]);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &watch->caught, &watch->before);
	watch->signals = signalfd(-1, &watch->caught, SFD_NONBLOCK | SFD_CLOEXEC);
	return watch->signals >= 0;
}

static void report_end(const struct watch *watch)
{
	long seconds = (long)((now_ms() - watch->began) / 1000);
	struct opcit_memo memo;

	if (watch->options->verbosity == OPCIT_QUIET)
		return;
	opcit_memo_read(watch->memo, &memo);
	printf("watched for %ld:%02ld:%02ld: %llu added, %llu changed, %llu renamed, %llu removed\n", seconds / 3600,
	       seconds / 60 % 60, seconds % 60, (unsigned long long)memo.added, (unsigned long long)memo.changed,
	       (unsigned long long)memo.renamed, (unsigned long long)memo.removed);
	fflush(stdout);
	opcit_memo_release(&memo);
}

static opcit_status begin(struct watch *watch, struct opcit_buf *program, struct opcit_err *err)
{
	struct opcit_buf dir = OPCIT_BUF_INIT;
	opcit_status status = opcit_path_exe_dir(&dir, err);

	if (status == OPCIT_OK)
		status = opcit_path_helper(dir.ptr, "opcit-index", program, err);
	opcit_buf_release(&dir);
	if (status != OPCIT_OK)
		return status;
	watch->program = program->ptr;
	watch->memo = memfd_create("opcit-watch", 0); /* the runs have it, too */
	if (watch->memo < 0 || !catch_signals(watch))
		return opcit_err_set(err, OPCIT_IO, "cannot watch: %s", strerror(errno));
	watch->began = now_ms();
	start_tree(watch);
	watch->again = true; /* the first run is due now */
	return OPCIT_OK;
}

opcit_status opcit_watch(const struct opcit_watch_options *options, int *code, struct opcit_err *err)
{
	struct watch watch = {
		.options = options, .tree = { .fd = -1 }, .signals = -1, .memo = -1, .retry_ms = RETRY_MS
	};
	struct opcit_buf program = OPCIT_BUF_INIT;
	opcit_status status = begin(&watch, &program, err);

	*code = 0;
	if (status == OPCIT_OK)
		loop(&watch, code);
	if (watch.ended_by) {
		report_end(&watch);
		*code = 0;
	}
	opcit_tree_release(&watch.tree);
	if (watch.memo >= 0)
		close(watch.memo);
	if (watch.signals >= 0)
		close(watch.signals);
	opcit_buf_release(&program);
	return status;
}
