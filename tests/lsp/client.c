/* client.c: an editor for the tests of `opcit lsp`: it does what standard input
 * says, line by line, and prints each answer that is waited for as one line of
 * JSON.
 *
 *   lsp_client COMMAND [ARGUMENT...] <script
 *
 *   {"id": 1, "method": ...}   send it, and wait for the answer
 *   & {...}                    send it; what is no request is never waited for
 *   open URI LANGUAGE FILE     textDocument/didOpen with the text of a file
 *   ? METHOD                   wait for a notification or request of that name
 *   ? #ID                      wait for the answer to a request; "? #" for one without id
 *   raw BYTES                  send them; \r, \n and \\ are understood
 *   blanks N                   send N blanks
 *   sleep MS   sh COMMAND      do that
 *   eof                        close the server's input
 *   wait                       wait for the server's end: {"exit": 0}
 *   hovers N URI               hover over the document's links in turn, N times:
 *                              {"median": ms, "p99": ms, "most": ms, "memory": MB}
 *   time {"id": ...}           send it, wait, and print {"ms": ...}
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 20000, MOST = 1 << 28 };

static struct {
	pid_t pid;
	int in, out; /* of the server */
	char *bytes; /* read and not yet taken */
	size_t n, cap;
	json_t *seen; /* messages that were not waited for yet */
} server;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fail(const char *what)
{
	fprintf(stderr, "lsp_client: %s\n", what);
	kill(server.pid, SIGKILL);
	exit(1);
}

static void start(char **argv)
{
	int to[2], from[2];

	if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
		fail("no pipe");
	server.pid = fork();
	if (server.pid == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	server.in = to[1];
	server.out = from[0];
	server.seen = json_array();
}

/* ---- messages ----------------------------------------------------------------- */

static void send_bytes(const char *bytes, size_t len)
{
	while (len) {
		ssize_t put = write(server.in, bytes, len);

		if (put < 0 && errno != EINTR)
			return; /* it has gone: `wait` tells */
		bytes += put > 0 ? put : 0;
		len -= put > 0 ? (size_t)put : 0;
	}
}

static void send_message(json_t *message)
{
	char *text, header[64];

	json_object_set_new(message, "jsonrpc", json_string("2.0"));
	text = json_dumps(message, JSON_COMPACT);
	snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", strlen(text));
	send_bytes(header, strlen(header));
	send_bytes(text, strlen(text));
	free(text);
}

/* A message out of what was read; NULL when it is not all there. */
static json_t *take(void)
{
	char *end = server.n ? memmem(server.bytes, server.n, "\r\n\r\n", 4) : NULL;
	size_t head, len;
	json_t *message;

	if (!end)
		return NULL;
	head = (size_t)(end - server.bytes) + 4;
	if (strncmp(server.bytes, "Content-Length: ", 16) != 0)
		fail("the server sent no header");
	len = strtoul(server.bytes + 16, NULL, 10);
	if (server.n < head + len)
		return NULL;
	message = json_loadb(server.bytes + head, len, JSON_ALLOW_NUL, NULL);
	if (!message)
		fail("the server sent no JSON");
	server.n -= head + len;
	memmove(server.bytes, server.bytes + head + len, server.n);
	return message;
}

/* The next message; NULL when none comes, or the server has ended. */
static json_t *receive(double until)
{
	for (;;) {
		struct pollfd p = { server.out, POLLIN, 0 };
		json_t *message = take();
		double left = until - now();
		ssize_t got;

		if (message || left <= 0)
			return message;
		if (server.n + 65536 > server.cap) {
			server.cap = 2 * server.cap + 65536;
			server.bytes = realloc(server.bytes, server.cap);
			if (!server.bytes || server.cap > MOST)
				fail("the server sends too much");
		}
		if (poll(&p, 1, (int)left) < 1)
			continue;
		got = read(server.out, server.bytes + server.n, 65536);
		if (got <= 0)
			return NULL;
		server.n += (size_t)got;
	}
}

static void answer_request(json_t *message)
{
	json_t *id = json_object_get(message, "id");

	if (id && json_object_get(message, "method")) {
		json_t *answer = json_pack("{s:O, s:n}", "id", id, "result");

		send_message(answer);
		json_decref(answer);
	}
}

/* Wait for a message: a method, or "#" and the id of an answer. */
static json_t *await(const char *what)
{
	double until = now() + PATIENCE;
	size_t i = 0;

	for (;;) {
		json_t *message, *method, *id;
		bool match;

		if (i == json_array_size(server.seen)) {
			message = receive(until);
			if (!message)
				return NULL;
			answer_request(message);
			json_array_append_new(server.seen, message);
		}
		message = json_array_get(server.seen, i);
		method = json_object_get(message, "method");
		id = json_object_get(message, "id");
		if (what[0] == '#') {
			char *text = id ? json_dumps(id, JSON_ENCODE_ANY) : NULL;

			match = !method && text && strcmp(text, what[1] ? what + 1 : "null") == 0;
			free(text);
		} else {
			match = method && strcmp(json_string_value(method), what) == 0;
		}
		if (match) {
			json_incref(message);
			json_array_remove(server.seen, i);
			return message;
		}
		i++;
	}
}

static void print(json_t *message, const char *what)
{
	if (!message) {
		printf("{\"nothing\":\"%s\"}\n", what);
	} else {
		json_object_del(message, "jsonrpc");
		json_dumpf(message, stdout, JSON_COMPACT | JSON_SORT_KEYS);
		putchar('\n');
	}
	fflush(stdout);
	json_decref(message);
}

static json_t *ask(json_t *request)
{
	char *id = json_dumps(json_object_get(request, "id"), JSON_ENCODE_ANY), what[80];
	json_t *answer;

	snprintf(what, sizeof what, "#%.70s", id);
	free(id);
	send_message(request);
	answer = await(what);
	if (!answer)
		print(NULL, what);
	return answer;
}

/* ---- what a line may say --------------------------------------------------------- */

static void send_line(const char *text, bool wait, bool timed)
{
	json_t *message = json_loads(text, JSON_ALLOW_NUL, NULL), *answer;
	double from = now();

	if (!message)
		fail(text);
	if (!wait || !json_object_get(message, "id") || !json_object_get(message, "method")) {
		send_message(message);
	} else {
		answer = ask(message);
		if (timed)
			printf("{\"ms\":%.2f}\n", now() - from);
		else if (answer)
			print(json_incref(answer), "");
		json_decref(answer);
	}
	json_decref(message);
}

static void open_file(char *args)
{
	char *uri = strtok(args, " "), *language = strtok(NULL, " "), *path = strtok(NULL, "");
	FILE *file = path ? fopen(path, "r") : NULL;
	char *text = NULL;
	size_t n = 0, cap = 0, got;
	json_t *message;

	if (!file)
		fail("cannot open the file");
	do {
		cap = 2 * cap + 65536;
		text = realloc(text, cap);
		got = fread(text + n, 1, cap - n, file);
		n += got;
	} while (got);
	fclose(file);
	message = json_pack("{s:s, s:{s:{s:s, s:s, s:i, s:s%}}}", "method", "textDocument/didOpen", "params",
			    "textDocument", "uri", uri, "languageId", language, "version", 1, "text", text, n);
	free(text);
	if (!message)
		fail("the file is not UTF-8");
	send_message(message);
	json_decref(message);
}

/* All at once: what is said to come together does. */
static void send_raw(char *text)
{
	char *from = text, *to = text;

	for (; *from; from++) {
		char c = *from;

		if (c == '\\' && from[1]) {
			from++;
			c = *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
		}
		*to++ = c;
	}
	send_bytes(text, (size_t)(to - text));
}

static void send_blanks(size_t n)
{
	char blanks[65536];

	memset(blanks, ' ', sizeof blanks);
	for (; n; n -= n < sizeof blanks ? n : sizeof blanks)
		send_bytes(blanks, n < sizeof blanks ? n : sizeof blanks);
}

static void wait_end(void)
{
	double until = now() + PATIENCE;
	int status;

	close(server.in);
	while (waitpid(server.pid, &status, WNOHANG) == 0) {
		if (now() > until)
			fail("the server does not end");
		usleep(2000);
	}
	printf("{\"%s\":%d}\n", WIFEXITED(status) ? "exit" : "signal",
	       WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	server.pid = 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The most memory that the server has had, in MB. */
static double memory(void)
{
	char path[64], line[256];
	long kb = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)server.pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "VmHWM: %ld", &kb);
	if (file)
		fclose(file);
	return (double)kb / 1024;
}

static void hovers(char *args)
{
	size_t n = strtoul(args, &args, 10), i;
	char *uri = args + strspn(args, " ");
	json_t *request = json_pack("{s:s, s:s, s:{s:{s:s}}}", "id", "links", "method",
				    "textDocument/documentLink", "params", "textDocument", "uri", uri);
	json_t *links = ask(request), *list = json_object_get(links, "result");
	double *times = calloc(n + 1, sizeof *times);
	size_t empty = 0;

	if (!json_array_size(list))
		fail("there is nothing to hover over");
	for (i = 0; i < n; i++) {
		json_t *range = json_object_get(json_array_get(list, i * 7 % json_array_size(list)), "range");
		json_t *hover = json_pack("{s:I, s:s, s:{s:{s:s}, s:O}}", "id", (json_int_t)i, "method",
					  "textDocument/hover", "params", "textDocument", "uri", uri, "position",
					  json_object_get(range, "start"));
		double from = now();
		json_t *answer = ask(hover);

		times[i] = now() - from;
		empty += !json_is_object(json_object_get(answer, "result"));
		json_decref(answer);
		json_decref(hover);
	}
	qsort(times, n, sizeof *times, by_size);
	printf("{\"links\":%zu,\"hovers\":%zu,\"empty\":%zu,\"median\":%.2f,\"p99\":%.2f,\"most\":%.2f,\"memory\":%.1f}\n",
	       json_array_size(list), n, empty, times[n / 2], times[n * 99 / 100], times[n ? n - 1 : 0], memory());
	free(times);
	json_decref(links);
	json_decref(request);
}

static void run(const char *command)
{
	if (system(command) != 0)
		fail(command);
}

static void obey(char *line)
{
	char *rest = line + strcspn(line, " ");

	rest += *rest == ' ';
	if (line[0] == '{')
		send_line(line, true, false);
	else if (line[0] == '&')
		send_line(rest, false, false);
	else if (strncmp(line, "time ", 5) == 0)
		send_line(rest, true, true);
	else if (line[0] == '?')
		print(await(rest), rest);
	else if (strncmp(line, "open ", 5) == 0)
		open_file(rest);
	else if (strncmp(line, "raw ", 4) == 0)
		send_raw(rest);
	else if (strncmp(line, "blanks ", 7) == 0)
		send_blanks(strtoul(rest, NULL, 10));
	else if (strncmp(line, "sleep ", 6) == 0)
		usleep((useconds_t)strtoul(rest, NULL, 10) * 1000);
	else if (strncmp(line, "sh ", 3) == 0)
		run(rest);
	else if (strcmp(line, "eof") == 0)
		close(server.in);
	else if (strcmp(line, "wait") == 0)
		wait_end();
	else if (strncmp(line, "hovers ", 7) == 0)
		hovers(rest);
	else
		fail(line);
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (argc < 2) {
		fputs("usage: lsp_client COMMAND [ARGUMENT...] <script\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	start(argv + 1);
	while ((n = getline(&line, &cap, stdin)) > 0) {
		while (n && line[n - 1] == '\n')
			line[--n] = '\0';
		if (n && line[0] != '#')
			obey(line);
	}
	if (server.pid) {
		kill(server.pid, SIGKILL);
		waitpid(server.pid, NULL, 0);
	}
	json_decref(server.seen);
	free(server.bytes);
	free(line);
	return 0;
}
