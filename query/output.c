/* output.c: see output.h. */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utf8proc.h>

#include "../lib/paths.h"

/* How a person's screen is treated; set once by output_start. */
static struct {
	bool colour;
	int width;
	pid_t pager;
} screen = { false, 80, 0 };

/* ---- errors -------------------------------------------------------------- */

int output_error(const struct opcit_err *err)
{
	fprintf(stderr, "opcit: %s\n", err->message);
	if (err->hint[0])
		fprintf(stderr, "  %s\n", err->hint);
	return opcit_exit_code(err->status);
}

/* Decode one character for display; malformed bytes are U+FFFD. */
static utf8proc_int32_t next_char(struct opcit_str text, size_t *at)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + *at,
					      (utf8proc_ssize_t)(text.len - *at), &c);

	*at += n > 0 ? (size_t)n : 1;
	return n > 0 ? c : 0xfffd;
}

static bool is_control(utf8proc_int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static int columns(struct opcit_str text)
{
	size_t at = 0;
	int n = 0;

	while (at < text.len) {
		utf8proc_int32_t c = next_char(text, &at);

		n += is_control(c) ? 1 : utf8proc_charwidth(c);
	}
	return n;
}

static void put_text(FILE *out, struct opcit_str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;
		utf8proc_int32_t c = next_char(text, &at);

		if (is_control(c))
			fputc(' ', out);
		else if (c == 0xfffd && at == from + 1)
			fputs("\xef\xbf\xbd", out);
		else
			fwrite(text.ptr + from, 1, at - from, out);
	}
}

int output_error_at(const struct opcit_err *err, struct opcit_str input)
{
	enum { BEFORE = 60, AFTER = 30 };
	size_t place =
		err->place < 0 || (size_t)err->place > input.len ? input.len : (size_t)err->place;
	size_t from = place > BEFORE ? place - BEFORE : 0;
	size_t to = input.len - place > AFTER ? place + AFTER : input.len;
	struct opcit_str before;

	/* not in the middle of a character */
	while (from < place && ((unsigned char)input.ptr[from] & 0xc0) == 0x80)
		from++;
	while (to < input.len && ((unsigned char)input.ptr[to] & 0xc0) == 0x80)
		to++;
	before = opcit_str_sub(input, from, place);
	fprintf(stderr, "opcit: %s\n", err->message);
	if (err->place >= 0) {
		fputs(from ? "  …" : "  ", stderr);
		put_text(stderr, opcit_str_sub(input, from, to));
		fprintf(stderr, "%s\n  %*s^\n", to < input.len ? "…" : "",
			columns(before) + (from ? 1 : 0), "");
	}
	if (err->hint[0])
		fprintf(stderr, "  %s\n", err->hint);
	return opcit_exit_code(err->status);
}

/* ---- the screen ---------------------------------------------------------- */

static void start_pager(void)
{
	const char *pager = getenv("PAGER");
	int ends[2];
	pid_t pid;

	/* a fresh machine may have no less */
	if (!pager || !*pager)
		pager = "if command -v less >/dev/null; then exec less; else exec cat; fi";
	if (strcmp(pager, "cat") == 0 || pipe(ends) != 0)
		return;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
		close(ends[1]);
		setenv("LESS", "FRX", 0);
		execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
		_exit(127);
	}
	if (pid > 0) {
		dup2(ends[1], STDOUT_FILENO);
		screen.pager = pid;
	}
	close(ends[0]);
	close(ends[1]);
}

void output_start(void)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return;
	screen.colour = !(no_colour && *no_colour) && !(term && strcmp(term, "dumb") == 0);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		screen.width = size.ws_col;
	start_pager();
}

int output_finish(int code)
{
	bool failed = fflush(stdout) != 0 || ferror(stdout);
	int error = errno;

	if (screen.pager) {
		fclose(stdout);
		while (waitpid(screen.pager, NULL, 0) < 0 && errno == EINTR)
			;
		screen.pager = 0;
	}
	if (!failed || error == EPIPE)
		return code;
	fprintf(stderr, "opcit: cannot write the answer: %s\n", strerror(error));
	return opcit_exit_code(OPCIT_IO);
}

void output_colour(enum colour colour)
{
	static const char *const codes[] = { "\033[0m", "\033[1m", "\033[2m", "\033[1;33m",
					    "\033[9;31m", "\033[32m", "\033[1;31m" };

	if (screen.colour)
		fputs(codes[colour], stdout);
}

bool output_coloured(void)
{
	return screen.colour;
}

int output_width(void)
{
	return screen.width;
}

void output_text(struct opcit_str text)
{
	put_text(stdout, text);
}

void output_text_on(FILE *out, struct opcit_str text)
{
	put_text(out, text);
}

/* Print text[from, to) with the marks that fall into it; `colours` may be NULL. */
static void put_marked(struct opcit_str text, size_t from, size_t to, const size_t (*marks)[2],
		       const enum colour *colours, size_t n)
{
	size_t i, at = from;

	for (i = 0; i < n && at < to; i++) {
		size_t start = marks[i][0] < at ? at : marks[i][0];
		size_t end = marks[i][1] > to ? to : marks[i][1];

		if (start >= end)
			continue;
		put_text(stdout, opcit_str_sub(text, at, start));
		output_colour(colours ? colours[i] : MARK);
		put_text(stdout, opcit_str_sub(text, start, end));
		output_colour(PLAIN);
		at = end;
	}
	if (at < to)
		put_text(stdout, opcit_str_sub(text, at, to));
}

void output_wrapped(struct opcit_str text, int indent, const size_t (*marks)[2], size_t n)
{
	output_wrapped_in(text, indent, marks, NULL, n);
}

void output_wrapped_in(struct opcit_str text, int indent, const size_t (*marks)[2],
		       const enum colour *colours, size_t n)
{
	int room = (screen.width < 100 ? screen.width : 100) - indent;
	size_t line = 0, at = 0;
	int used = 0;

	while (at < text.len) {
		size_t word = at, end;
		int width;

		while (word < text.len && text.ptr[word] == ' ')
			word++;
		for (end = word; end < text.len && text.ptr[end] != ' ';)
			end++;
		width = columns(opcit_str_sub(text, at, end));
		if (used && used + width > room) {
			printf("%*s", indent, "");
			put_marked(text, line, at, marks, colours, n);
			putchar('\n');
			line = word;
			used = columns(opcit_str_sub(text, word, end));
		} else {
			used += width;
		}
		at = end;
		/* marks are sorted: those that ended before this line are done with */
		while (n && marks[0][1] <= line)
			marks++, n--, colours += colours != NULL;
	}
	if (line < text.len) {
		printf("%*s", indent, "");
		put_marked(text, line, text.len, marks, colours, n);
		putchar('\n');
	}
}

/* ---- the index ----------------------------------------------------------- */

static void put_notice(void *to, const char *message)
{
	(void)to;
	fputs("opcit: ", stderr);
	put_text(stderr, opcit_str_of(message));
	fputc('\n', stderr);
}

struct opcit_open output_reading(struct db_option option)
{
	return (struct opcit_open){ .partial = option.partial, .notice = put_notice };
}

struct opcit_index *output_open_index(struct db_option option, int *code)
{
	struct opcit_open how = output_reading(option);
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_index *index = NULL;
	opcit_status status = opcit_path_db(option.path, getenv, &path, &err);

	if (status == OPCIT_OK)
		status = opcit_index_open_with(path.ptr, &how, &index, &err);
	if (status != OPCIT_OK)
		*code = output_error(&err);
	opcit_buf_release(&path);
	return index;
}
