/* Reading in a worker: what goes over the pipe comes back the same, and what a
 * reader may do wrong costs one document, with its reason. */
#include <criterion/criterion.h>

#include "../../indexer/wire.h"
#include "../../indexer/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static opcit_status read_sample(struct opcit_str bytes, struct opcit_arena *arena,
				struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct opcit_line *lines = opcit_arena_calloc(arena, 2 * sizeof *lines);
	struct opcit_anchor *anchor = opcit_arena_alloc(arena, sizeof *anchor);

	(void)err;
	*anchor = (struct opcit_anchor){ 2, OPCIT_STR("3") };
	lines[0] = (struct opcit_line){ .text = OPCIT_STR("ab"),
					.anchors = anchor,
					.n_anchors = 1,
					.page = 7,
					.indent = 4,
					.heading_level = 2,
					.strong = true,
					.starts_block = true,
					.blank_before = 255 };
	lines[1] = (struct opcit_line){ .text = OPCIT_STR("c\xC3\xA9"),
					.bullet = OPCIT_STR("\xE2\x80\xA2"),
					.emphatic = true };
	*blocks = (struct opcit_blocks){ .lines = lines,
					 .n_lines = 2,
					 .decoded = opcit_arena_dup(arena, bytes),
					 .encoding = "UTF-8",
					 .replaced = 5 };
	opcit_drops_add(&blocks->drops, OPCIT_DROP_RULE, OPCIT_STR("---"));
	return OPCIT_OK;
}

static opcit_status read_crash(struct opcit_str bytes, struct opcit_arena *arena,
			       struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct rlimit none = { 0, 0 };

	(void)bytes, (void)arena, (void)blocks, (void)err;
	setrlimit(RLIMIT_CORE, &none);
	signal(SIGABRT, SIG_DFL);
	abort();
}

static opcit_status read_hang(struct opcit_str bytes, struct opcit_arena *arena,
			      struct opcit_blocks *blocks, struct opcit_err *err)
{
	(void)arena, (void)blocks, (void)err;
	while (bytes.len)
		pause();
	return OPCIT_OK;
}

static opcit_status read_spin(struct opcit_str bytes, struct opcit_arena *arena,
			      struct opcit_blocks *blocks, struct opcit_err *err)
{
	volatile unsigned n = 0;

	(void)arena, (void)blocks, (void)err;
	while (bytes.len)
		n++;
	return OPCIT_OK;
}

static opcit_status read_bomb(struct opcit_str bytes, struct opcit_arena *arena,
			      struct opcit_blocks *blocks, struct opcit_err *err)
{
	(void)blocks, (void)err;
	while (bytes.len)
		opcit_arena_alloc(arena, 1 << 24);
	return OPCIT_OK;
}

static opcit_status read_exit(struct opcit_str bytes, struct opcit_arena *arena,
			      struct opcit_blocks *blocks, struct opcit_err *err)
{
	(void)bytes, (void)arena, (void)blocks, (void)err;
	_exit(9);
}

static opcit_status read_refuse(struct opcit_str bytes, struct opcit_arena *arena,
				struct opcit_blocks *blocks, struct opcit_err *err)
{
	(void)bytes, (void)arena, (void)blocks;
	opcit_err_set(err, OPCIT_IO, "encrypted\x1b[2J\xE2\x80");
	opcit_err_hint(err, "save it without a password");
	return OPCIT_IO;
}

/* Says what it could do that it should not. */
static opcit_status read_escape(struct opcit_str bytes, struct opcit_arena *arena,
				struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };
	char *const argv[] = { NULL };

	(void)bytes, (void)arena, (void)blocks;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		return opcit_err_set(err, OPCIT_IO, "reached the network");
	if (open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || open("/dev/null", O_WRONLY) >= 0)
		return opcit_err_set(err, OPCIT_IO, "wrote a file");
	if (unlink("/nonexistent/file") == 0 || errno != EPERM)
		return opcit_err_set(err, OPCIT_IO, "removed a file");
	if (execv("/bin/true", argv) == 0 || errno != EPERM)
		return opcit_err_set(err, OPCIT_IO, "ran a program");
	if (fork() >= 0)
		return opcit_err_set(err, OPCIT_IO, "started a process");
	if (setrlimit(RLIMIT_CPU, &more) == 0)
		return opcit_err_set(err, OPCIT_IO, "lifted a bound");
	if (kill(getppid(), 0) == 0)
		return opcit_err_set(err, OPCIT_IO, "sent a signal");
	if (open("/dev/null", O_RDONLY) < 0)
		return opcit_err_set(err, OPCIT_IO, "could not read");
	return opcit_err_set(err, OPCIT_IO, "confined");
}

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

static const struct {
	opcit_status (*read)(struct opcit_str, struct opcit_arena *, struct opcit_blocks *,
			     struct opcit_err *);
	unsigned seconds;
	opcit_status status;
	const char *message, *hint;
	bool with_sanitizer;
} failures[] = {
	{ read_crash, 0, OPCIT_IO, "its reader crashed (Aborted)", "report", true },
	{ read_hang, 1, OPCIT_LIMIT, "reading it takes too long", "damaged", true },
	{ read_spin, 1, OPCIT_LIMIT, "reading it takes too long", "damaged", true },
	{ read_bomb, 0, OPCIT_LIMIT, "reading it needs more than 1024 MB of memory", "split", false },
	{ read_exit, 0, OPCIT_IO, "its reader ended early (exit code 9)", "", true },
	{ read_refuse, 0, OPCIT_IO, "encrypted [2J??", "save it without a password", true },
	{ read_escape, 0, OPCIT_IO, "confined", "", true },
};

Test(worker, failures)
{
	size_t i;

	for (i = 0; i < sizeof failures / sizeof *failures; i++) {
		struct opcit_reader reader = { .name = "fake",
					       .read = failures[i].read,
					       .worker = true,
					       .seconds = failures[i].seconds };
		struct opcit_arena arena = OPCIT_ARENA_INIT;
		struct opcit_err err = OPCIT_ERR_INIT;
		struct opcit_blocks blocks;

		if (SANITIZED && !failures[i].with_sanitizer)
			continue;
		cr_expect_eq(opcit_worker_read(&reader, OPCIT_STR("x"), &arena, &blocks, &err),
			     failures[i].status, "case %zu", i);
		cr_expect_str_eq(err.message, failures[i].message, "case %zu: %s", i, err.message);
		cr_expect_not_null(strstr(err.hint, failures[i].hint), "case %zu: %s", i, err.hint);
		opcit_arena_release(&arena);
	}
}

Test(worker, sends_blocks)
{
	const struct opcit_reader reader = { .name = "fake", .read = read_sample, .worker = true };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_blocks blocks;

	cr_assert_eq(opcit_worker_read(&reader, OPCIT_STR("ab3 c\xC3\xA9"), &arena, &blocks, &err),
		     OPCIT_OK);
	cr_expect_str_eq(blocks.encoding, "UTF-8");
	cr_expect_eq(blocks.replaced, 5);
	cr_expect(opcit_str_is(blocks.decoded, "ab3 c\xC3\xA9"));
	cr_assert_eq(blocks.n_lines, 2);
	cr_expect(opcit_str_is(blocks.lines[0].text, "ab"));
	cr_expect_eq(blocks.lines[0].page, 7);
	cr_expect_eq(blocks.lines[0].indent, 4);
	cr_expect_eq(blocks.lines[0].heading_level, 2);
	cr_expect_eq(blocks.lines[0].blank_before, 255);
	cr_expect(blocks.lines[0].strong && blocks.lines[0].starts_block && !blocks.lines[0].emphatic);
	cr_assert_eq(blocks.lines[0].n_anchors, 1);
	cr_expect_eq(blocks.lines[0].anchors[0].at, 2);
	cr_expect(opcit_str_is(blocks.lines[0].anchors[0].marker, "3"));
	cr_expect(opcit_str_is(blocks.lines[1].text, "c\xC3\xA9"));
	cr_expect(opcit_str_is(blocks.lines[1].bullet, "\xE2\x80\xA2"));
	cr_expect(blocks.lines[1].emphatic && !blocks.lines[1].strong);
	cr_assert_eq(blocks.drops.count, 1);
	cr_expect_eq(blocks.drops.items[0].reason, OPCIT_DROP_RULE);
	cr_expect(opcit_str_is(blocks.drops.items[0].bytes, "---"));
	opcit_drops_release(&blocks.drops);
	opcit_arena_release(&arena);
}

/* Cut short at any byte, or with any byte changed, a message is refused or
 * gives blocks that are sound; it is never read beyond its end (which the
 * sanitizers watch). */
Test(worker, hostile_messages)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf message = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_blocks blocks;
	size_t i, k;

	read_sample(OPCIT_STR("ab3 c\xC3\xA9"), &arena, &blocks, NULL);
	opcit_wire_put_blocks(&blocks, &message);
	opcit_drops_release(&blocks.drops);
	for (i = 0; i < message.len; i++) {
		char *copy = malloc(i + 1);

		memcpy(copy, message.ptr, i);
		cr_expect_eq(opcit_wire_get((struct opcit_str){ copy, i }, &arena, &blocks, &err),
			     OPCIT_BUG, "cut at %zu", i);
		free(copy);
	}
	for (i = 0; i < message.len * 8; i++) {
		message.ptr[i / 8] ^= (char)(1 << i % 8);
		if (opcit_wire_get(opcit_buf_str(&message), &arena, &blocks, &err) == OPCIT_OK) {
			for (k = 0; k < blocks.n_lines; k++)
				if (blocks.lines[k].n_anchors)
					cr_expect(blocks.lines[k].anchors[0].at <=
						  blocks.lines[k].text.len);
			opcit_drops_release(&blocks.drops);
		}
		message.ptr[i / 8] ^= (char)(1 << i % 8);
	}
	opcit_buf_release(&message);
	opcit_arena_release(&arena);
}
