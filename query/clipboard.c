#include "clipboard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../lib/file.h"
#include "output.h"

extern char **environ;

/* ---- the terminal --------------------------------------------------------------- */

static void base64(struct opcit_str text, struct opcit_buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i;

	for (i = 0; i < text.len; i += 3) {
		size_t n = text.len - i < 3 ? text.len - i : 3;
		unsigned long bits = (unsigned long)(unsigned char)text.ptr[i] << 16;

		bits |= n > 1 ? (unsigned long)(unsigned char)text.ptr[i + 1] << 8 : 0;
		bits |= n > 2 ? (unsigned long)(unsigned char)text.ptr[i + 2] : 0;
		opcit_buf_putc(out, digits[bits >> 18]);
		opcit_buf_putc(out, digits[bits >> 12 & 63]);
		opcit_buf_putc(out, n > 1 ? digits[bits >> 6 & 63] : '=');
		opcit_buf_putc(out, n > 2 ? digits[bits & 63] : '=');
	}
}

/* The person's terminal, wherever standard output goes; -1 where there is none. */
static int open_terminal(void)
{
	const char *term = getenv("TERM");

	if (!term || !*term || strcmp(term, "dumb") == 0)
		return -1;
	return open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

static bool copy_by_terminal(struct opcit_str text)
{
	struct opcit_buf out = OPCIT_BUF_INIT;
	bool written;
	int fd = text.len <= CLIPBOARD_TERMINAL_MOST ? open_terminal() : -1;

	if (fd < 0)
		return false;
	opcit_buf_puts(&out, "\033]52;c;");
	base64(text, &out);
	opcit_buf_puts(&out, "\a");
	written = opcit_file_write(fd, opcit_buf_str(&out));
	close(fd);
	opcit_buf_release(&out);
	return written;
}

/* ---- programs ---------------------------------------------------------------------- */

/* They stay in the background to hand out the text, so they get no stream of ours. */
static bool start(const char *const *argv, pid_t *pid, int *in)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t pipes;
	int fds[2], failed;

	if (pipe2(fds, O_CLOEXEC) != 0)
		return false;
	sigemptyset(&pipes);
	sigaddset(&pipes, SIGPIPE);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigdefault(&attr, &pipes);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[0], STDIN_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	failed = posix_spawnp(pid, argv[0], &actions, &attr, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	close(fds[0]);
	*in = fds[1];
	if (failed)
		close(fds[1]);
	return !failed;
}

/* Wait for its end, which may not come: a screen that does not answer. */
static bool ended_well(pid_t pid)
{
	enum { STEP = 5000000, STEPS = 1000 };
	const struct timespec step = { 0, STEP };
	int status = 0, i;

	for (i = 0; i < STEPS; i++) {
		pid_t ended = waitpid(pid, &status, WNOHANG);

		if (ended == pid)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		if (ended < 0 && errno != EINTR)
			return false;
		nanosleep(&step, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return false;
}

static bool copy_by(const char *const *argv, struct opcit_str text)
{
	bool written;
	pid_t pid;
	int in;

	if (!start(argv, &pid, &in))
		return false;
	written = opcit_file_write(in, text);
	close(in);
	return ended_well(pid) && written;
}

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

static bool copy_by_program(struct opcit_str text)
{
	static const char *const wl_copy[] = { "wl-copy", NULL };
	static const char *const xclip[] = { "xclip", "-selection", "clipboard", NULL };
	static const char *const xsel[] = { "xsel", "--clipboard", "--input", NULL };

	if (is_set("WAYLAND_DISPLAY") && copy_by(wl_copy, text))
		return true;
	return is_set("DISPLAY") && (copy_by(xclip, text) || copy_by(xsel, text));
}

/* ---- both ------------------------------------------------------------------------------ */

static void say(struct opcit_str text, bool terminal_only)
{
	enum { SHOWN = 60 };
	size_t end = strcspn(text.ptr, "\n");
	bool cut = end < text.len || end > SHOWN;

	end = opcit_str_char(text, end > SHOWN ? SHOWN : end);
	fflush(stdout);
	fprintf(stderr, "opcit: copied%s: ", terminal_only ? " through the terminal" : "");
	output_text_on(stderr, opcit_str_sub(text, 0, end));
	fputs(cut ? " …\n" : "\n", stderr);
}

opcit_status clipboard_copy(struct opcit_str text, struct opcit_err *err)
{
	bool terminal, program;

	while (text.len && text.ptr[text.len - 1] == '\n')
		text.len--;
	if (!text.len)
		return OPCIT_OK;
	terminal = copy_by_terminal(text);
	program = copy_by_program(text);
	if (terminal || program) {
		say(text, !program);
		return OPCIT_OK;
	}
	if (text.len > CLIPBOARD_TERMINAL_MOST)
		opcit_err_set(err, OPCIT_IO, "nothing is copied: %zu kB are more than a terminal takes",
			      text.len / 1000);
	else
		opcit_err_set(err, OPCIT_IO, "nothing is copied: there is no clipboard in reach");
	opcit_err_hint(err, "it takes a terminal that knows OSC 52, or wl-copy, xclip or xsel and a screen");
	return OPCIT_IO;
}

int clipboard_finish(struct opcit_buf *copied, int code)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	code = output_finish(code);
	if (copied->len && clipboard_copy(opcit_buf_str(copied), &err) != OPCIT_OK)
		code = output_error(&err);
	opcit_buf_release(copied);
	return code;
}
