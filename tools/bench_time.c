/* bench_time.c: the median time of a command as a process.
 *
 *   bench_time [--cpu] RUNS COMMAND [ARGUMENT...]
 *
 * Runs it RUNS times, after two that do not count unless RUNS is 1, with its
 * output thrown away, and prints the median in milliseconds: of the wall clock,
 * or of the processors with --cpu, its own processes included. A run that ends with anything
 * but 0 ends it all: what fails fast is not fast.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "bench.h"

extern char **environ;

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static double run_once(char **argv, int cpu)
{
	posix_spawn_file_actions_t actions;
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
	if (wait4(pid, &status, 0, &used) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench_time: '%s' failed\n", argv[0]);
		exit(1);
	}
	return cpu ? milliseconds(used.ru_utime) + milliseconds(used.ru_stime) : (now() - start) * 1e3;
}

int main(int argc, char **argv)
{
	int cpu = argc > 1 && strcmp(argv[1], "--cpu") == 0;
	int i, runs;
	double *times;

	argc -= cpu;
	argv += cpu;
	runs = argc > 1 ? atoi(argv[1]) : 0;
	if (argc < 3 || runs < 1) {
		fputs("usage: bench_time [--cpu] RUNS COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	times = calloc((size_t)runs, sizeof *times);
	if (!times)
		return 2;
	for (i = runs > 1 ? -2 : 0; i < runs; i++) {
		double time = run_once(argv + 2, cpu);

		if (i >= 0)
			times[i] = time;
	}
	qsort(times, (size_t)runs, sizeof *times, by_value);
	printf("%.2f\n", runs % 2 ? times[runs / 2] : (times[runs / 2 - 1] + times[runs / 2]) / 2);
	free(times);
	return 0;
}
