#include "worker.h"

#include "../lib/file.h"
#include "sandbox.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How a worker ends: EXIT_NOMEM is what opcit_xmalloc gives. */
enum { EXIT_SENT = 0, EXIT_NOMEM = 70, EXIT_SANDBOX = 71, EXIT_PIPE = 72 };
enum { CHUNK = 1 << 16, WALL_FACTOR = 3 };

/* ---- the child ----------------------------------------------------------------- */

/* Nothing of the parent's stays open but the pipe: not the index, not the
 * terminal. */
static void leave_parent(int pipe, pid_t parent)
{
	int null = open("/dev/null", O_RDWR);
	unsigned last = ~0U;

	setpgid(0, 0); /* an interrupt is for the parent, which lets the document end */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_PIPE);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
#ifndef __SANITIZE_ADDRESS__
		dup2(null, STDERR_FILENO);
#endif
	}
	if (pipe > 3)
		close_range(3, (unsigned)pipe - 1, 0);
	close_range((unsigned)pipe + 1, last, 0);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGXCPU, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN);
}

static _Noreturn void work(const struct opcit_worker_job *job, int pipe, pid_t parent)
{
	struct opcit_buf message = OPCIT_BUF_INIT;
	unsigned seconds = job->seconds ? job->seconds : OPCIT_WORKER_SECONDS;

	leave_parent(pipe, parent);
	if (job->before)
		job->before(job->data);
	if (!opcit_sandbox_limits(OPCIT_WORKER_MEMORY_MB, seconds, 0) ||
	    !opcit_sandbox_enter(pipe, NULL))
		_exit(EXIT_SANDBOX);
	job->run(job->data, &message);
	_exit(opcit_file_write(pipe, opcit_buf_str(&message)) ? EXIT_SENT : EXIT_PIPE);
}

/* ---- the parent ---------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* Read to the end of the pipe. False when the deadline comes first, or when
 * more comes than a worker may send. */
static bool receive(int fd, int64_t deadline, struct opcit_buf *message)
{
	for (;;) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		int64_t left = deadline - now_ms();
		ssize_t got;

		if (left <= 0)
			return false;
		if (poll(&wait, 1, left < 1000 ? (int)left : 1000) <= 0)
			continue;
		opcit_buf_grow(message, CHUNK);
		got = read(fd, message->ptr + message->len, CHUNK);
		if (got < 0 && errno != EINTR)
			return false;
		if (got == 0)
			return true;
		if (got > 0)
			message->len += (size_t)got;
		if (message->len > OPCIT_WIRE_MAX)
			return false;
	}
}

static opcit_status too_slow(struct opcit_err *err)
{
	opcit_err_set(err, OPCIT_LIMIT, "reading it takes too long");
	opcit_err_hint(err, "it may be damaged, or made to do harm; save it anew with the program "
	                    "that wrote it");
	return OPCIT_LIMIT;
}

static opcit_status too_large(struct opcit_err *err)
{
	opcit_err_set(err, OPCIT_LIMIT, "reading it needs more than %d MB of memory",
	              OPCIT_WORKER_MEMORY_MB);
	opcit_err_hint(err, "it may be damaged, or made to do harm; split it if it is not");
	return OPCIT_LIMIT;
}

/* Whether a crash came of a want of memory: libraries that do not look whether
 * they were given any crash at once, with a table half as large as the one
 * they could not have, or a third of all there is. */
static bool was_starved(const struct rusage *used)
{
	return used->ru_maxrss > OPCIT_WORKER_MEMORY_MB * 1024L / 3;
}

/* Why a worker ended otherwise than by sending its answer. */
static opcit_status explain(int status, const struct rusage *used, struct opcit_err *err)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (number == SIGXCPU || number == SIGKILL)
		return too_slow(err);
	if (number && was_starved(used))
		return too_large(err);
	if (number) {
		opcit_err_set(err, OPCIT_IO, "its reader crashed (%s)", strsignal(number));
		opcit_err_hint(err, "the file is damaged, or opcit has a fault: please report it");
		return OPCIT_IO;
	}
	switch (WEXITSTATUS(status)) {
	case EXIT_NOMEM: return too_large(err);
	case EXIT_SANDBOX:
		opcit_err_set(err, OPCIT_IO, "its reader cannot be isolated on this system");
		opcit_err_hint(err, "opcit reads this format only where the kernel has seccomp");
		return OPCIT_IO;
	}
	return opcit_err_set(err, OPCIT_IO, "its reader ended early (exit code %d)",
	                     WEXITSTATUS(status));
}

static int reap(pid_t child, struct rusage *used)
{
	int status = 0;

	while (wait4(child, &status, 0, used) < 0 && errno == EINTR)
		;
	return status;
}

opcit_status opcit_worker_run(const struct opcit_worker_job *job, struct opcit_buf *answer,
                              struct opcit_err *err)
{
	unsigned seconds = job->seconds ? job->seconds : OPCIT_WORKER_SECONDS;
	pid_t parent = getpid(), child;
	struct rusage used = { .ru_maxrss = 0 };
	int pipes[2], ended;
	bool received;

	if (pipe2(pipes, O_CLOEXEC) != 0)
		return opcit_err_set(err, OPCIT_IO, "no worker can be started: %s", strerror(errno));
	child = fork();
	if (child == 0)
		work(job, pipes[1], parent);
	close(pipes[1]);
	if (child < 0) {
		close(pipes[0]);
		return opcit_err_set(err, OPCIT_IO, "no worker can be started: %s", strerror(errno));
	}
	setpgid(child, child);
	received = receive(pipes[0], now_ms() + seconds * INT64_C(1000) * WALL_FACTOR, answer);
	close(pipes[0]);
	if (!received)
		kill(-child, SIGKILL);
	ended = reap(child, &used);
	kill(-child, SIGKILL); /* what it may have left running */
	return received && ended == 0 ? OPCIT_OK : explain(ended, &used, err);
}

/* ---- reading blocks -------------------------------------------------------------- */

struct reading {
	const struct opcit_reader *reader;
	struct opcit_str bytes;
	struct opcit_arena arena;
	opcit_status status;
	struct opcit_err err;
};

static void convert(void *data)
{
	struct reading *r = data;

	r->status = r->reader->convert ? r->reader->convert(r->bytes, &r->arena, &r->bytes, &r->err) : OPCIT_OK;
}

static void read_blocks(void *data, struct opcit_buf *message)
{
	struct reading *r = data;
	struct opcit_blocks blocks = { .encoding = "" };

	if (r->status == OPCIT_OK)
		r->status = r->reader->read(r->bytes, &r->arena, &blocks, &r->err);
	if (r->status == OPCIT_OK) {
		opcit_wire_put_blocks(&blocks, message);
	} else {
		r->err.status = r->status;
		opcit_wire_put_failure(&r->err, message);
	}
	if (message->len > OPCIT_WIRE_MAX) {
		opcit_err_set(&r->err, OPCIT_LIMIT, "it holds more than %d MB of text",
		              (int)(OPCIT_WIRE_MAX >> 20));
		opcit_buf_clear(message);
		opcit_wire_put_failure(&r->err, message);
	}
}

opcit_status opcit_worker_read(const struct opcit_reader *reader, struct opcit_str bytes,
                               struct opcit_arena *arena, struct opcit_blocks *blocks,
                               struct opcit_err *err)
{
	struct reading reading = { .reader = reader, .bytes = bytes, .err = OPCIT_ERR_INIT };
	const struct opcit_worker_job job = { convert, read_blocks, &reading, reader->seconds };
	struct opcit_buf message = OPCIT_BUF_INIT;
	opcit_status status;

	*blocks = (struct opcit_blocks){ .encoding = "" };
	status = opcit_worker_run(&job, &message, err);
	if (status == OPCIT_OK)
		status = opcit_wire_get(opcit_arena_dup(arena, opcit_buf_str(&message)), arena, blocks,
		                        err);
	opcit_buf_release(&message);
	if (status == OPCIT_BUG) { /* the worker's, not this process's */
		status = OPCIT_IO;
		if (err)
			err->status = status;
	}
	return status;
}
