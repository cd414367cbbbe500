/* bench_time.c: the median time of a command as a process.
 *
 *   bench_time [--cpu | --memory] RUNS COMMAND [ARGUMENT...]
 *
 * Runs it RUNS times, after two that do not count unless RUNS is 1, with its
 * output thrown away, and prints the median in milliseconds: of the wall clock,
 * or of the processors with --cpu, its own processes included. With --memory it prints also
 * the most memory of all runs in megabytes: what its processes held together, looked at every
 * ten milliseconds, or the most that one of them held at any time if that is more.
 * A run that ends with anything but 0 ends it all: what fails fast is not fast.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

extern char **environ;

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* What is measured of a run. */
struct measured {
	double milliseconds;
	double megabytes;
};

enum mode { WALL, CPU, MEMORY };

/* Kilobytes held by a process and all below it; 0 for one that has ended. What several hold
 * together counts once, a part for each. */
static double held_by(long pid)
{
	char path[300], line[200];
	double held = 0;
	long child;
	struct dirent *task;
	FILE *file;
	DIR *tasks;

	snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "Pss: %lf", &held) == 1)
			break;
	fclose(file);
	snprintf(path, sizeof path, "/proc/%ld/task", pid);
	tasks = opendir(path);
	while (tasks && (task = readdir(tasks))) {
		if (!isdigit((unsigned char)task->d_name[0]))
			continue;
		snprintf(path, sizeof path, "/proc/%ld/task/%.20s/children", pid, task->d_name);
		file = fopen(path, "r");
		while (file && fscanf(file, "%ld", &child) == 1)
			held += held_by(child);
		if (file)
			fclose(file);
	}
	if (tasks)
		closedir(tasks);
	return held;
}

/* Waits for the end of `pid`; the most megabytes that it and its processes held meanwhile. */
static double watch(pid_t pid, int *status, struct rusage *used)
{
	double most = 0, held;
	pid_t ended;

	while ((ended = wait4(pid, status, WNOHANG, used)) == 0) {
		held = held_by(pid) * 1024 / 1e6;
		most = held > most ? held : most;
		usleep(10000);
	}
	if (ended < 0)
		*status = -1;
	return most;
}

static struct measured run_once(char **argv, enum mode mode)
{
	posix_spawn_file_actions_t actions;
	struct measured measured = { 0, 0 };
	double start = now();
	struct rusage used;
	int status, error;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		fprintf(stderr, "bench_time: cannot run '%s': %s\n", argv[0], strerror(error));
		exit(2);
	}
	if (mode == MEMORY)
		measured.megabytes = watch(pid, &status, &used);
	else if (wait4(pid, &status, 0, &used) < 0)
		status = -1;
	measured.milliseconds = mode == CPU
					? milliseconds(used.ru_utime) + milliseconds(used.ru_stime)
					: (now() - start) * 1e3;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench_time: '%s' failed\n", argv[0]);
		exit(1);
	}
	return measured;
}

int main(int argc, char **argv)
{
	enum mode mode = argc < 2                       ? WALL
			 : !strcmp(argv[1], "--cpu")    ? CPU
			 : !strcmp(argv[1], "--memory") ? MEMORY
							: WALL;
	double *times, most = 0;
	int i, runs;

	argc -= mode != WALL;
	argv += mode != WALL;
	runs = argc > 1 ? atoi(argv[1]) : 0;
	if (argc < 3 || runs < 1) {
		fputs("usage: bench_time [--cpu | --memory] RUNS COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	times = calloc((size_t)runs, sizeof *times);
	if (!times)
		return 2;
	for (i = runs > 1 ? -2 : 0; i < runs; i++) {
		struct measured measured = run_once(argv + 2, mode);

		if (i >= 0)
			times[i] = measured.milliseconds;
		most = measured.megabytes > most ? measured.megabytes : most;
	}
	qsort(times, (size_t)runs, sizeof *times, by_value);
	printf("%.2f", runs % 2 ? times[runs / 2] : (times[runs / 2 - 1] + times[runs / 2]) / 2);
	if (mode == MEMORY)
		printf(" %.1f", most);
	putchar('\n');
	free(times);
	return 0;
}
