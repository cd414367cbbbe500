#include "draft.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/paths.h"

enum { CHUNK = 1 << 16 };

extern char **environ;

static opcit_status find_program(struct opcit_buf *path, struct opcit_err *err)
{
	struct opcit_buf dir = OPCIT_BUF_INIT;
	opcit_status status = opcit_path_exe_dir(&dir, err);

	if (status == OPCIT_OK)
		status = opcit_path_helper(dir.ptr, "opcit-read", path, err);
	opcit_buf_release(&dir);
	return status;
}

/* A text in memory as a file that has no name: -1 where there is no room. */
static int file_of(struct opcit_str text)
{
	int fd = memfd_create("draft", MFD_CLOEXEC);

	if (fd >= 0 && (!opcit_file_write(fd, text) || lseek(fd, 0, SEEK_SET) != 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

static opcit_status spawn(const char *program, const struct draft_input *input, int in, int out, pid_t *pid,
			  struct opcit_err *err)
{
	char *args[8];
	size_t n = 0;
	posix_spawn_file_actions_t actions;
	int failed;

	args[n++] = (char *)program;
	args[n++] = (char *)(input->annotate ? "annotate" : "manuscript");
	if (input->ocr)
		args[n++] = (char *)"--ocr";
	if (input->name) {
		args[n++] = (char *)"--name";
		args[n++] = (char *)input->name;
	}
	if (!input->annotate)
		args[n++] = (char *)"--";
	args[n++] = (char *)(input->annotate ? input->annotate : input->path ? input->path : "-");
	args[n] = NULL;
	posix_spawn_file_actions_init(&actions);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	failed = posix_spawn(pid, program, &actions, NULL, args, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? opcit_err_set(err, OPCIT_IO, "cannot run '%s': %s", program, strerror(failed)) : OPCIT_OK;
}

opcit_status draft_start(const struct draft_input *input, struct draft_reading *reading, struct opcit_err *err)
{
	struct opcit_buf program = OPCIT_BUF_INIT;
	int pipes[2] = { -1, -1 }, in = -1;
	opcit_status status;

	*reading = (struct draft_reading){ .pid = -1, .fd = -1 };
	status = find_program(&program, err);
	if (status == OPCIT_OK && !input->path && (in = file_of(input->text)) < 0)
		status = opcit_err_set(err, OPCIT_IO, "cannot hand on the draft: %s", strerror(errno));
	if (status == OPCIT_OK && pipe2(pipes, O_CLOEXEC) != 0)
		status = opcit_err_set(err, OPCIT_IO, "cannot read the draft: %s", strerror(errno));
	if (status == OPCIT_OK)
		status = spawn(program.ptr, input, in, pipes[1], &reading->pid, err);
	if (in >= 0)
		close(in);
	if (pipes[1] >= 0)
		close(pipes[1]);
	if (status == OPCIT_OK)
		reading->fd = pipes[0];
	else if (pipes[0] >= 0)
		close(pipes[0]);
	opcit_buf_release(&program);
	return status;
}

bool draft_receive(struct draft_reading *reading)
{
	ssize_t got;

	opcit_buf_grow(&reading->answer, CHUNK);
	do
		got = read(reading->fd, reading->answer.ptr + reading->answer.len, CHUNK);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		reading->answer.len += (size_t)got;
	return got > 0;
}

static int end(struct draft_reading *reading)
{
	int status = 0;

	close(reading->fd);
	while (waitpid(reading->pid, &status, 0) < 0 && errno == EINTR)
		;
	reading->fd = -1;
	reading->pid = -1;
	return status;
}

opcit_status draft_take(struct draft_reading *reading, struct opcit_arena *arena, struct opcit_str *answer,
			struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	int ended;

	while (draft_receive(reading))
		;
	ended = end(reading);
	if (reading->answer.len)
		*answer = opcit_arena_dup(arena, opcit_buf_str(&reading->answer));
	else if (WIFSIGNALED(ended))
		status = opcit_err_set(err, OPCIT_IO, "the reading program was ended by a signal (%s)",
				       strsignal(WTERMSIG(ended)));
	else
		status = opcit_err_set(err, OPCIT_IO, "the reading program failed (exit code %d)",
				       WEXITSTATUS(ended));
	opcit_buf_release(&reading->answer);
	return status;
}

opcit_status draft_finish(struct draft_reading *reading, struct opcit_arena *arena,
			  struct opcit_manuscript *manuscript, struct opcit_err *err)
{
	struct opcit_str answer = { NULL, 0 };
	opcit_status status = draft_take(reading, arena, &answer, err);

	return status == OPCIT_OK ? opcit_manuscript_decode(answer, arena, manuscript, err) : status;
}

void draft_abandon(struct draft_reading *reading)
{
	if (reading->pid > 0) {
		kill(reading->pid, SIGTERM);
		end(reading);
	}
	opcit_buf_release(&reading->answer);
}

opcit_status draft_read(const struct draft_input *input, struct opcit_arena *arena,
			struct opcit_manuscript *manuscript, struct opcit_err *err)
{
	struct draft_reading reading;
	opcit_status status = draft_start(input, &reading, err);

	return status == OPCIT_OK ? draft_finish(&reading, arena, manuscript, err) : status;
}
