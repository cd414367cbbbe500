/* The lock: one holder, who is named; nothing that a crash leaves behind locks. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../lib/lock.h"

struct place {
	char dir[64], file[96];
};

static void setup(struct place *place)
{
	strcpy(place->dir, "/tmp/opcit-test-XXXXXX");
	cr_assert_not_null(mkdtemp(place->dir));
	snprintf(place->file, sizeof place->file, "%s/%s", place->dir, OPCIT_LOCK_FILE);
}

static void teardown(struct place *place)
{
	chmod(place->dir, 0700);
	if (unlink(place->file) != 0)
		rmdir(place->file);
	rmdir(place->dir);
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fputs(text, file);
	cr_assert_eq(fclose(file), 0);
}

static long holder(const struct place *place)
{
	FILE *file = fopen(place->file, "r");
	long id = -1;

	cr_assert_not_null(file);
	if (fscanf(file, "%ld\n", &id) != 1)
		id = 0;
	fclose(file);
	return id;
}

/* Start a process that takes the lock, and wait until it has it. */
static pid_t start_holder(const struct place *place)
{
	int ready[2];
	char byte;
	pid_t child;

	cr_assert_eq(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		struct opcit_lock lock = OPCIT_LOCK_INIT;

		if (opcit_lock_take(place->dir, &lock, NULL) == OPCIT_OK && write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	cr_assert_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return child;
}

Test(lock, names_its_holder_and_ends_with_it)
{
	struct opcit_lock lock = OPCIT_LOCK_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct place place;
	char expected[128];
	pid_t child;

	setup(&place);
	child = start_holder(&place);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_LOCKED);
	snprintf(expected, sizeof expected, "the index is being written by another process (%ld)", (long)child);
	cr_assert_str_eq(err.message, expected);
	cr_assert_str_eq(err.hint, "wait for the other `opcit index` to end, then try again");
	cr_assert_eq(lock.fd, -1);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	cr_assert_eq(holder(&place), child); /* it had no time to clean up */
	cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_OK);
	cr_assert_eq(holder(&place), getpid());
	opcit_lock_release(&lock);
	cr_assert_eq(lock.fd, -1);
	opcit_lock_release(&lock); /* once more does nothing */
	cr_assert_eq(holder(&place), 0);
	teardown(&place);
}

Test(lock, is_one_in_a_process_too)
{
	struct opcit_lock lock = OPCIT_LOCK_INIT, second = OPCIT_LOCK_INIT;
	struct place place;

	setup(&place);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, NULL), OPCIT_OK);
	cr_assert_eq(opcit_lock_take(place.dir, &second, NULL), OPCIT_LOCKED);
	opcit_lock_release(&second);
	cr_assert_eq(opcit_lock_take(place.dir, &second, NULL), OPCIT_LOCKED); /* as before */
	opcit_lock_release(&lock);
	cr_assert_eq(opcit_lock_take(place.dir, &second, NULL), OPCIT_OK);
	opcit_lock_release(&second);
	teardown(&place);
}

Test(lock, released_it_is_free_though_a_child_lives)
{
	struct opcit_lock lock = OPCIT_LOCK_INIT;
	struct place place;
	pid_t child;

	setup(&place);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, NULL), OPCIT_OK);
	child = fork();
	if (child == 0) {
		pause();
		_exit(0);
	}
	opcit_lock_release(&lock);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, NULL), OPCIT_OK);
	opcit_lock_release(&lock);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	teardown(&place);
}

Test(lock, what_a_file_says_locks_nothing)
{
	static const char *const texts[] = { "", "1\n", "999999999999999999999999\n", "nonsense", "-5\n" };
	struct opcit_lock lock = OPCIT_LOCK_INIT, second = OPCIT_LOCK_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct place place;
	size_t i;

	setup(&place);
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		put(place.file, texts[i]);
		cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_OK, "%s", texts[i]);
		put(place.file, "nonsense"); /* no id: none is named */
		cr_assert_eq(opcit_lock_take(place.dir, &second, &err), OPCIT_LOCKED);
		cr_assert_str_eq(err.message, "the index is being written by another process");
		opcit_lock_release(&lock);
	}
	teardown(&place);
}

/* A link could lead to a file that is not ours to write over. */
Test(lock, is_a_plain_file)
{
	struct opcit_lock lock = OPCIT_LOCK_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	char target[128];
	struct stat st;
	struct place place;

	setup(&place);
	snprintf(target, sizeof target, "%s/precious", place.dir);
	put(target, "text");
	cr_assert_eq(symlink(target, place.file), 0);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_IO);
	cr_assert_not_null(strstr(err.message, "it is a symbolic link"));
	cr_assert_eq(stat(target, &st), 0);
	cr_assert_eq(st.st_size, 4);
	unlink(target);
	unlink(place.file);
	cr_assert_eq(mkfifo(place.file, 0600), 0);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_IO);
	cr_assert_not_null(strstr(err.message, "not a regular file"));
	unlink(place.file);
	cr_assert_eq(mkdir(place.file, 0700), 0);
	cr_assert_eq(opcit_lock_take(place.dir, &lock, &err), OPCIT_IO);
	cr_assert_eq(lock.fd, -1);
	teardown(&place);
}

Test(lock, a_folder_that_may_not_be_written)
{
	struct place place;
	pid_t child;
	int code = -1;

	setup(&place);
	cr_assert_eq(chmod(place.dir, 0555), 0);
	child = fork();
	if (child == 0) { /* root may write anywhere */
		struct opcit_lock lock = OPCIT_LOCK_INIT;
		struct opcit_err err = OPCIT_ERR_INIT;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		if (opcit_lock_take(place.dir, &lock, &err) != OPCIT_IO || lock.fd != -1)
			_exit(3);
		_exit(!strstr(err.message, "/lock': no permission") || !strstr(err.hint, "--db"));
	}
	waitpid(child, &code, 0);
	cr_assert(WIFEXITED(code));
	cr_assert_eq(WEXITSTATUS(code), 0, "%d", WEXITSTATUS(code));
	teardown(&place);
}

Test(lock, a_folder_that_is_not_there)
{
	struct opcit_lock lock = OPCIT_LOCK_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;

	cr_assert_eq(opcit_lock_take("/nonexistent/index", &lock, &err), OPCIT_IO);
	cr_assert_eq(lock.fd, -1);
}
