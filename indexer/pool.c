#include "pool.h"

#include "../lib/file.h"
#include "../lib/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* How much a batch holds. */
enum { LEAST_BYTES = 3 << 16, MOST_BYTES = 6 << 20, MOST_FILES = 1000, CHUNK = 1 << 16 };

struct batch {
	size_t from, to; /* of todo */
	struct opcit_report *reports;
	size_t n, cap;
	struct opcit_arena arena; /* what reports borrow from */
	bool done;
};

/* A process, and what it is at. */
struct reader {
	pid_t pid;
	int orders, answers;
	size_t batch; /* SIZE_MAX: none */
	struct opcit_buf heard;
};

struct crew {
	const struct opcit_pool *pool;
	struct reader *readers;
	struct batch *batches; /* given out so far */
	size_t n_batches, cap;
	size_t handed_on;   /* batches */
	size_t next;        /* of todo */
	uint64_t left;      /* bytes of todo not given out */
	size_t *again;      /* batches to be done once more */
	size_t n_again, cap_again;
};

/* ---- processes ------------------------------------------------------------------------ */

/* The parent hears of interrupts, and tells. */
static _Noreturn void live(const struct crew *crew, int orders, int answers, pid_t parent)
{
	size_t i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	for (i = 0; i < crew->pool->jobs; i++)
		if (crew->readers[i].pid > 0) {
			close(crew->readers[i].orders);
			close(crew->readers[i].answers);
		}
	opcit_batch_work(crew->pool->reading, crew->pool->todo, orders, answers);
}

static opcit_status start(struct crew *crew, struct reader *reader, struct opcit_err *err)
{
	pid_t parent = getpid();
	int orders[2], answers[2];

	reader->batch = SIZE_MAX;
	reader->pid = 0;
	if (pipe2(orders, O_CLOEXEC) != 0)
		return opcit_err_set(err, OPCIT_IO, "no process can be started: %s", strerror(errno));
	if (pipe2(answers, O_CLOEXEC) != 0) {
		close(orders[0]);
		close(orders[1]);
		return opcit_err_set(err, OPCIT_IO, "no process can be started: %s", strerror(errno));
	}
	reader->pid = fork();
	if (reader->pid == 0) {
		close(orders[1]);
		close(answers[0]);
		live(crew, orders[0], answers[1], parent);
	}
	close(orders[0]);
	close(answers[1]);
	reader->orders = orders[1];
	reader->answers = answers[0];
	if (reader->pid > 0)
		return OPCIT_OK;
	close(reader->orders);
	close(reader->answers);
	return opcit_err_set(err, OPCIT_IO, "no process can be started: %s", strerror(errno));
}

/* Returns how it ended, as of waitpid. */
static int end(struct reader *reader, bool kill_it)
{
	int status = 0;

	if (reader->pid <= 0)
		return 0;
	if (kill_it)
		kill(reader->pid, SIGKILL);
	close(reader->orders);
	close(reader->answers);
	while (waitpid(reader->pid, &status, 0) < 0 && errno == EINTR)
		;
	reader->pid = 0;
	opcit_buf_release(&reader->heard);
	return status;
}

/* ---- batches --------------------------------------------------------------------------- */

static uint64_t size_of(const struct crew *crew, size_t i)
{
	return crew->pool->reading->plan->jobs[crew->pool->todo[i]].size;
}

/* Cut off the next: a fair part of what is left, so that they become smaller. */
static size_t cut(struct crew *crew)
{
	uint64_t part = crew->left / (2 * crew->pool->jobs), bytes = 0;
	size_t to = crew->next;
	struct batch *batch;

	part = part < LEAST_BYTES ? LEAST_BYTES : part > MOST_BYTES ? MOST_BYTES : part;
	while (to < crew->pool->n_todo && to - crew->next < MOST_FILES && bytes < part)
		bytes += size_of(crew, to++);
	OPCIT_GROW(crew->batches, crew->n_batches, crew->cap);
	batch = &crew->batches[crew->n_batches];
	*batch = (struct batch){ .from = crew->next, .to = to };
	crew->next = to;
	crew->left -= bytes;
	return crew->n_batches++;
}

static bool stopped(const struct crew *crew)
{
	if (crew->pool->stop && *crew->pool->stop)
		crew->pool->reading->shared->stop = 1;
	return crew->pool->reading->shared->stop;
}

/* Give work to a process that has none; where there is none, it stays so. A
 * process that is gone is noticed by its silence. */
static void give(struct crew *crew, struct reader *reader)
{
	struct opcit_batch_order order;
	struct opcit_str bytes = { (const char *)&order, sizeof order };

	if (crew->n_again)
		reader->batch = crew->again[--crew->n_again];
	else if (!stopped(crew) && crew->next < crew->pool->n_todo)
		reader->batch = cut(crew);
	else
		return;
	memset(&order, 0, sizeof order);
	order.batch = reader->batch;
	order.from = crew->batches[reader->batch].from;
	order.to = crew->batches[reader->batch].to;
	opcit_file_write(reader->orders, bytes);
}

static void forget(struct batch *batch)
{
	free(batch->reports);
	opcit_arena_release(&batch->arena);
	batch->reports = NULL;
	batch->n = batch->cap = 0;
}

static opcit_status hand_on(struct crew *crew, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	opcit_status status = OPCIT_OK;

	while (status == OPCIT_OK && crew->handed_on < crew->n_batches && crew->batches[crew->handed_on].done) {
		struct batch *batch = &crew->batches[crew->handed_on];

		opcit_batch_path(crew->pool->reading, crew->handed_on, &path);
		status = crew->pool->done(crew->pool->data, batch->reports, batch->n, path.ptr, err);
		forget(batch);
		malloc_trim(0); /* what is kept of a batch lies between what is not */
		crew->handed_on++;
	}
	opcit_buf_release(&path);
	return status;
}

/* ---- what processes say ------------------------------------------------------------------ */

static opcit_status hear_report(struct crew *crew, struct reader *reader, struct opcit_str bytes,
				 struct opcit_err *err)
{
	struct batch *batch = &crew->batches[reader->batch];
	opcit_status status;

	OPCIT_GROW(batch->reports, batch->n, batch->cap);
	status = opcit_report_decode(bytes, crew->pool->reading->plan->n_jobs, &batch->arena,
				      &batch->reports[batch->n], err);
	if (status != OPCIT_OK)
		return status;
	crew->pool->step(crew->pool->data, batch->reports[batch->n++].job);
	return OPCIT_OK;
}

static opcit_status hear_failure(struct opcit_str bytes, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(bytes);
	opcit_status status = opcit_unpack_failure(&in, err);

	return status != OPCIT_OK ? status : opcit_err_set(err, OPCIT_BUG, "a process of this run tells nonsense");
}

static opcit_status hear(struct crew *crew, struct reader *reader, const struct opcit_batch_word *word,
			 struct opcit_str bytes, struct opcit_err *err)
{
	opcit_status status;

	if (reader->batch == SIZE_MAX)
		return opcit_err_set(err, OPCIT_BUG, "a process of this run speaks without being asked");
	switch (word->kind) {
	case OPCIT_WORD_REPORT: return hear_report(crew, reader, bytes, err);
	case OPCIT_WORD_FAILED: return hear_failure(bytes, err);
	case OPCIT_WORD_DONE: break;
	}
	crew->batches[reader->batch].done = true;
	reader->batch = SIZE_MAX;
	/* That may be a commit, which takes memory of its own: the process has given its back. */
	status = hand_on(crew, err);
	if (status == OPCIT_OK)
		give(crew, reader);
	return status;
}

static opcit_status hear_all(struct crew *crew, struct reader *reader, struct opcit_err *err)
{
	struct opcit_buf *heard = &reader->heard;
	struct opcit_batch_word word;
	opcit_status status = OPCIT_OK;
	size_t at = 0;

	while (status == OPCIT_OK && heard->len - at >= sizeof word) {
		memcpy(&word, heard->ptr + at, sizeof word);
		if (heard->len - at - sizeof word < word.len)
			break;
		at += sizeof word;
		status = hear(crew, reader, &word, (struct opcit_str){ heard->ptr + at, word.len }, err);
		at += word.len;
	}
	if (at)
		memmove(heard->ptr, heard->ptr + at, heard->len - at);
	heard->len -= at;
	return status;
}

/* A process ended in the middle of a batch: its file is marked, and another
 * process does the batch anew. */
static opcit_status replace(struct crew *crew, struct reader *reader, struct opcit_err *err)
{
	size_t number = reader->batch;
	int status = end(reader, false);
	struct batch *batch;
	opcit_status started;

	if (WIFEXITED(status) && WEXITSTATUS(status) == OPCIT_POOL_EXIT_FULL)
		return opcit_err_set(err, OPCIT_IO, "cannot write the index: the disk is full");
	if (WIFEXITED(status) && WEXITSTATUS(status) == OPCIT_POOL_EXIT_UNWRITTEN)
		return opcit_err_set(err, OPCIT_IO, "cannot write the index: the disk fails");
	if (number == SIZE_MAX || !WIFSIGNALED(status))
		return opcit_err_set(err, OPCIT_BUG, "a process of this run ended early (exit code %d)",
				     WEXITSTATUS(status));
	batch = &crew->batches[number];
	if (batch->n == batch->to - batch->from)
		return opcit_err_set(err, OPCIT_IO, "a process of this run crashed while it wrote (%s)",
				     strsignal(WTERMSIG(status)));
	crew->pool->reading->shared->crashed[crew->pool->todo[batch->from + batch->n]] =
		(unsigned char)WTERMSIG(status);
	forget(batch);
	OPCIT_GROW(crew->again, crew->n_again, crew->cap_again);
	crew->again[crew->n_again++] = number;
	started = start(crew, reader, err);
	if (started == OPCIT_OK)
		give(crew, reader);
	return started;
}

static opcit_status listen_to(struct crew *crew, struct reader *reader, struct opcit_err *err)
{
	ssize_t got;

	opcit_buf_grow(&reader->heard, CHUNK);
	got = read(reader->answers, reader->heard.ptr + reader->heard.len, CHUNK);
	if (got < 0 && errno == EINTR)
		return OPCIT_OK;
	if (got <= 0)
		return replace(crew, reader, err);
	reader->heard.len += (size_t)got;
	return hear_all(crew, reader, err);
}

static bool busy(const struct crew *crew)
{
	size_t i;

	for (i = 0; i < crew->pool->jobs; i++)
		if (crew->readers[i].batch != SIZE_MAX)
			return true;
	return false;
}

static opcit_status follow(struct crew *crew, struct opcit_err *err)
{
	struct pollfd *waits = opcit_xcalloc(crew->pool->jobs, sizeof *waits);
	opcit_status status = OPCIT_OK;
	size_t i;

	while (status == OPCIT_OK && busy(crew)) {
		for (i = 0; i < crew->pool->jobs; i++)
			waits[i] = (struct pollfd){ .fd = crew->readers[i].answers, .events = POLLIN };
		stopped(crew);
		if (poll(waits, (nfds_t)crew->pool->jobs, 1000) <= 0)
			continue;
		for (i = 0; i < crew->pool->jobs && status == OPCIT_OK; i++)
			if (waits[i].revents && crew->readers[i].pid > 0)
				status = listen_to(crew, &crew->readers[i], err);
	}
	free(waits);
	return status;
}

opcit_status opcit_pool_run(const struct opcit_pool *pool, struct opcit_err *err)
{
	struct crew crew = { .pool = pool };
	size_t shared_size = sizeof(struct opcit_shared) + pool->reading->plan->n_jobs, i;
	opcit_status status = OPCIT_OK;

	pool->reading->shared =
		mmap(NULL, shared_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pool->reading->shared == MAP_FAILED)
		return opcit_err_set(err, OPCIT_NOMEM, "out of memory");
	crew.readers = opcit_xcalloc(pool->jobs, sizeof *crew.readers);
	for (i = 0; i < pool->n_todo; i++)
		crew.left += size_of(&crew, i);
	for (i = 0; i < pool->jobs; i++)
		crew.readers[i].batch = SIZE_MAX;
	for (i = 0; i < pool->jobs && status == OPCIT_OK; i++) {
		status = start(&crew, &crew.readers[i], err);
		if (status == OPCIT_OK)
			give(&crew, &crew.readers[i]);
	}
	if (status == OPCIT_OK)
		status = follow(&crew, err);
	for (i = 0; i < pool->jobs; i++)
		end(&crew.readers[i], status != OPCIT_OK);
	for (i = 0; i < crew.n_batches; i++)
		forget(&crew.batches[i]);
	free(crew.batches);
	free(crew.again);
	free(crew.readers);
	munmap(pool->reading->shared, shared_size);
	pool->reading->shared = NULL;
	return status;
}
