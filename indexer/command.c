/* command.c: see command.h. */
#include "command.h"
#include "reader.h"

#include "../lib/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int opcit_command_error(const struct opcit_err *err)
{
	fprintf(stderr, "opcit: %s\n", err->message);
	if (err->hint[0])
		fprintf(stderr, "  %s\n", err->hint);
	return opcit_exit_code(err->status);
}

int opcit_command_usage(const char *command, const char *what, const char *subject)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (subject)
		opcit_err_set(&err, OPCIT_USAGE, "%s '%.200s'", what, subject);
	else
		opcit_err_set(&err, OPCIT_USAGE, "%s", what);
	opcit_err_hint(&err, "`opcit %s --help` explains the command", command);
	return opcit_command_error(&err);
}

int opcit_command_finish(int code)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (errno == EPIPE)
		return code;
	opcit_err_set(&err, OPCIT_IO, "cannot write the output: %s", strerror(errno));
	opcit_command_error(&err);
	return code ? code : OPCIT_EXIT_FILE;
}

void opcit_command_cache(struct opcit_buf *path)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && cache[0] == '/')
		opcit_buf_printf(path, "%s/opcit/ocr", cache);
	else if (home && home[0] == '/')
		opcit_buf_printf(path, "%s/.cache/opcit/ocr", home);
}

opcit_status opcit_command_hand_over(void *data, struct opcit_err *err)
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
