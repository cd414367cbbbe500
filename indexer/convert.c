#include "convert.h"

#include "../lib/file.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY_MB = 1024, OFFICE_MEMORY_MB = 4096, SECONDS = 60, FILE_MB = 256, OUTPUT_MAX = 256 << 20 };
enum { EXIT_EXEC = 127, EXIT_CONFINE = 126, OFFICE_AGAIN = 81, CHUNK = 1 << 16 };
enum { LINE_OF_A_PAGE = 100 }; /* bytes: what lines broken by hand stay under */

/* How each program is called; "@" stands for the document. */
static const struct program {
	const char *name, *package;
	bool reads[2]; /* enum opcit_convertible */
	bool office;   /* it needs a folder, and writes ODT there */
	const char *args[8];
} programs[] = {
	{ "antiword", "antiword", { true, false }, false,
	  { "antiword", "-m", "UTF-8.txt", "-w", "0", "@", NULL } },
	{ "catdoc", "catdoc", { true, true }, false, { "catdoc", "-d", "utf-8", "-w", "@", NULL } },
	{ "soffice", "libreoffice-writer-nogui", { true, true }, true, { NULL } },
};

/* Its path, from the folders of PATH; the shell script that starts LibreOffice
 * stands beside the program proper. */
static bool find_program(const struct program *program, char path[PATH_MAX])
{
	const char *folders = getenv("PATH"), *end;

	for (; folders && *folders; folders = *end ? end + 1 : end) {
		end = strchrnul(folders, ':');
		if (snprintf(path, PATH_MAX, "%.*s/%s", (int)(end - folders), folders, program->name) >=
		            PATH_MAX || path[0] != '/' || access(path, X_OK) != 0)
			continue;
		if (program->office) {
			char real[PATH_MAX];

			if (!realpath(path, real) || strlen(real) + 5 > PATH_MAX)
				continue;
			stpcpy(stpcpy(path, real), ".bin");
			if (access(path, X_OK) != 0)
				continue;
		}
		return true;
	}
	return false;
}

/* ---- the program's process ----------------------------------------------------- */

static void redirect(int input, int output)
{
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(null, STDIN_FILENO);
	dup2(output >= 0 ? output : null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	if (input >= 0) {
		if (input == 3)
			fcntl(3, F_SETFD, 0); /* not closed on exec */
		else
			dup2(input, 3);
		close_range(4, ~0U, 0);
	} else {
		close_range(3, ~0U, 0);
	}
}

static _Noreturn void run_filter(const struct program *program, const char *path, int input, int output)
{
	const char *const env[] = { "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };
	const char *args[8];
	size_t i;

	for (i = 0; i < 7 && program->args[i]; i++)
		args[i] = strcmp(program->args[i], "@") == 0 ? "/proc/self/fd/3" : program->args[i];
	args[i] = NULL;
	redirect(input, output);
	if (!opcit_sandbox_limits(MEMORY_MB, SECONDS, 0) || !opcit_sandbox_enter(STDOUT_FILENO, path))
		_exit(EXIT_CONFINE);
	execve(path, (char *const *)args, (char *const *)env);
	_exit(EXIT_EXEC);
}

static _Noreturn void run_office(const char *path, const char *folder, const char *file)
{
	char home[PATH_MAX], temporary[PATH_MAX], profile[PATH_MAX], out[PATH_MAX];
	const char *const env[] = { "LC_ALL=C.UTF-8", home, temporary, "SAL_USE_VCLPLUGIN=svp", NULL };
	const char *const args[] = { path, profile, "--headless", "--norestore", "--convert-to", "odt",
		                     "--outdir", out, file, NULL };

	snprintf(home, sizeof home, "HOME=%s", folder);
	snprintf(temporary, sizeof temporary, "TMPDIR=%s", folder);
	snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", folder);
	snprintf(out, sizeof out, "%s/out", folder);
	redirect(-1, -1);
	if (!opcit_sandbox_limits(OFFICE_MEMORY_MB, SECONDS, FILE_MB) ||
	    !opcit_sandbox_enter_folder(folder, path))
		_exit(EXIT_CONFINE);
	execve(path, (char *const *)args, (char *const *)env);
	_exit(EXIT_EXEC);
}

/* ---- this side ----------------------------------------------------------------- */

static bool read_all(int fd, struct opcit_buf *out)
{
	for (;;) {
		ssize_t n;

		opcit_buf_grow(out, CHUNK);
		n = read(fd, out->ptr + out->len, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		out->len += (size_t)n;
		if (out->len > OUTPUT_MAX)
			return false;
	}
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int ended_with(pid_t child)
{
	int status = -1;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return exit_code(status);
}

static bool filter(const struct program *program, const char *path, struct opcit_str bytes,
                   struct opcit_buf *out)
{
	int input = memfd_create("document", MFD_CLOEXEC), pipes[2];
	bool good = input >= 0 && opcit_file_write(input, bytes) && lseek(input, 0, SEEK_SET) == 0;
	pid_t child = -1;

	if (good && pipe2(pipes, O_CLOEXEC) == 0) {
		child = fork();
		if (child == 0)
			run_filter(program, path, input, pipes[1]);
		close(pipes[1]);
		good = child > 0 && read_all(pipes[0], out);
		close(pipes[0]);
		if (child > 0) {
			if (!good)
				kill(child, SIGKILL);
			good = ended_with(child) == 0 && good;
		}
	}
	if (input >= 0)
		close(input);
	return good && child > 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

/* LibreOffice may make its socket in /tmp but not remove it. A socket of that
 * name that nobody answers at is such a one. */
static void remove_dead_sockets(void)
{
	char pattern[64];
	glob_t found;
	size_t i;

	snprintf(pattern, sizeof pattern, "/tmp/OSL_PIPE_%u_SingleOfficeIPC_*", (unsigned)getuid());
	if (glob(pattern, GLOB_NOSORT, NULL, &found) != 0)
		return;
	for (i = 0; i < found.gl_pathc; i++) {
		struct sockaddr_un address = { .sun_family = AF_UNIX };
		int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

		if (fd < 0 || strlen(found.gl_pathv[i]) >= sizeof address.sun_path)
			continue;
		strcpy(address.sun_path, found.gl_pathv[i]);
		if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED)
			unlink(found.gl_pathv[i]);
		close(fd);
	}
	globfree(&found);
}

/* Wait at most twice the processor's time: the folder is to be removed. */
static int wait_for(pid_t child)
{
	const struct timespec tick = { 0, 20000000 };
	unsigned ticks;
	int status;

	for (ticks = 0; ticks < 2 * SECONDS * 50; ticks++) {
		if (waitpid(child, &status, WNOHANG) == child)
			return exit_code(status);
		nanosleep(&tick, NULL);
	}
	kill(child, SIGKILL);
	return ended_with(child);
}

static bool office(const char *path, enum opcit_convertible what, struct opcit_str bytes,
                   struct opcit_buf *out)
{
	const char *temporary = getenv("TMPDIR");
	char folder[PATH_MAX / 2], file[PATH_MAX], result[PATH_MAX];
	bool good = false;
	pid_t child;
	int fd;

	if (snprintf(folder, sizeof folder, "%s/opcit.XXXXXX",
	             temporary && temporary[0] == '/' ? temporary : "/tmp") >= (int)sizeof folder ||
	    !mkdtemp(folder))
		return false;
	snprintf(file, sizeof file, "%s/in.%s", folder, what == OPCIT_CONVERT_DOC ? "doc" : "rtf");
	snprintf(result, sizeof result, "%s/out/in.odt", folder);
	fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0 && opcit_file_write(fd, bytes)) {
		int code = OFFICE_AGAIN, times;

		/* With a fresh profile it sets itself up and asks to be run again. */
		for (times = 0; code == OFFICE_AGAIN && times < 3; times++) {
			child = fork();
			if (child == 0)
				run_office(path, folder, file);
			code = child > 0 ? wait_for(child) : -1;
			remove_dead_sockets();
		}
		good = code == 0;
	}
	if (fd >= 0)
		close(fd);
	fd = good ? open(result, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	good = fd >= 0 && read_all(fd, out);
	if (fd >= 0)
		close(fd);
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return good;
}

/* catdoc leaves blank paragraphs out of some files: then each line is one,
 * unless the author broke the lines of the page by hand. */
static struct opcit_str space_out(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_buf spaced = OPCIT_BUF_INIT;
	size_t i, line = 0, longest = 0;

	if (opcit_str_starts(text, "PK\3\4") || memmem(text.ptr, text.len, "\n\n", 2))
		return text;
	for (i = 0; i < text.len; i++) {
		line = text.ptr[i] == '\n' ? 0 : line + 1;
		longest = line > longest ? line : longest;
	}
	if (longest < LINE_OF_A_PAGE)
		return text;
	for (i = 0; i < text.len; i++) {
		opcit_buf_putc(&spaced, text.ptr[i]);
		if (text.ptr[i] == '\n')
			opcit_buf_putc(&spaced, '\n');
	}
	text = opcit_arena_dup(arena, opcit_buf_str(&spaced));
	opcit_buf_release(&spaced);
	return text;
}

opcit_status opcit_convert(enum opcit_convertible what, struct opcit_str bytes,
                           struct opcit_arena *arena, struct opcit_str *converted,
                           struct opcit_err *err)
{
	const struct program *tried = NULL;
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < sizeof programs / sizeof *programs; i++) {
		struct opcit_buf out = OPCIT_BUF_INIT;
		bool good;

		if (!programs[i].reads[what] || !find_program(&programs[i], path))
			continue;
		tried = &programs[i];
		good = (tried->office ? office(path, what, bytes, &out) :
		                        filter(tried, path, bytes, &out)) &&
		       opcit_str_trim(opcit_buf_str(&out)).len;
		if (good)
			*converted = space_out(opcit_arena_dup(arena, opcit_buf_str(&out)), arena);
		opcit_buf_release(&out);
		if (good)
			return OPCIT_OK;
	}
	if (tried) {
		opcit_err_set(err, OPCIT_IO, "%s cannot convert it", tried->name);
		opcit_err_hint(err, "it may be damaged or protected by a password; save it as DOCX");
		return OPCIT_IO;
	}
	opcit_err_set(err, OPCIT_IO, "no program that converts %s files is installed",
	              what == OPCIT_CONVERT_DOC ? "legacy Word" : "RTF");
	opcit_err_hint(err, "install one of them: %scatdoc, libreoffice-writer-nogui; or save it as DOCX",
	               what == OPCIT_CONVERT_DOC ? "antiword, " : "");
	return OPCIT_IO;
}
