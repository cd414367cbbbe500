/* bench.h: what the programs that measure have in common. */
#ifndef OPCIT_BENCH_H
#define OPCIT_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds since some moment. */
static inline double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* For qsort of doubles. */
static inline int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

enum { MOST_QUESTIONS = 4096 };

/* Asks each line of standard input (of "id TAB question" the question) `rounds` times, in turn,
 * after a round that does not count. `ask` answers one or ends the program. Prints the median
 * and the 99th percentile in milliseconds. Returns an exit code. */
static inline int time_questions(size_t rounds, void (*ask)(void *context, const char *question),
				 void *context)
{
	char *questions[MOST_QUESTIONS], line[2000];
	size_t n = 0, i, k = 0, round;
	double *times;

	while (n < MOST_QUESTIONS && fgets(line, sizeof line, stdin)) {
		char *tab = strchr(line, '\t');

		line[strcspn(line, "\n")] = '\0';
		questions[n++] = strdup(tab ? tab + 1 : line);
	}
	times = calloc(n * rounds + 1, sizeof *times);
	for (round = 0; times && round <= rounds; round++)
		for (i = 0; i < n; i++) {
			double start = now();

			ask(context, questions[i]);
			if (round)
				times[k++] = (now() - start) * 1e3;
		}
	if (k) {
		qsort(times, k, sizeof *times, by_value);
		printf("%.2f %.2f\n", times[k / 2], times[k * 99 / 100]);
	}
	for (i = 0; i < n; i++)
		free(questions[i]);
	free(times);
	return k ? 0 : 1;
}

#endif
