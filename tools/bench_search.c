/* bench_search.c: how long questions take in a process that is warm.
 *
 *   bench_search DB ROUNDS <QUESTIONS
 *
 * Asks each line of standard input (of "id TAB question" the question) ROUNDS
 * times, in turn, as `opcit search` does with everything on, after a round that
 * does not count; the thesaurus and the other tables are read once. Prints the median and the 99th percentile in milliseconds.
 */
#include "../query/search.h"
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 2000, RESULTS = 10 };

static double ask(struct opcit_index *index, struct knowledge *known, const char *question)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct filter_list none = { 0 };
	struct opcit_results results;
	struct opcit_query *query = NULL;
	double start = now();

	if (search_understand(index, opcit_str_of(question), &none, false, known, &arena, &query) != 0 ||
	    opcit_index_search(index, query, OPCIT_ORDER_FOLDED, RESULTS, &arena, &results, NULL) != OPCIT_OK) {
		fprintf(stderr, "bench_search: cannot ask '%s'\n", question);
		exit(1);
	}
	opcit_arena_release(&arena);
	return (now() - start) * 1e3;
}

int main(int argc, char **argv)
{
	char **questions = NULL, line[LONGEST];
	size_t n = 0, cap = 0, rounds, round, i, k = 0;
	struct opcit_index *index;
	struct knowledge known = KNOWLEDGE_INIT;
	double *times;

	if (argc != 3 || (rounds = strtoul(argv[2], NULL, 10)) == 0) {
		fputs("usage: bench_search DB ROUNDS <QUESTIONS\n", stderr);
		return 2;
	}
	if (opcit_index_open(argv[1], &index, NULL) != OPCIT_OK) {
		fprintf(stderr, "bench_search: cannot open '%s'\n", argv[1]);
		return 1;
	}
	while (fgets(line, sizeof line, stdin)) {
		char *tab = strchr(line, '\t');

		line[strcspn(line, "\n")] = '\0';
		OPCIT_GROW(questions, n, cap);
		questions[n++] = strdup(tab ? tab + 1 : line);
	}
	times = calloc(n * rounds + 1, sizeof *times);
	for (round = 0; times && round <= rounds; round++)
		for (i = 0; i < n; i++) {
			double time = ask(index, &known, questions[i]);

			if (round)
				times[k++] = time;
		}
	if (k) {
		qsort(times, k, sizeof *times, by_value);
		printf("%.2f %.2f\n", times[k / 2], times[k * 99 / 100]);
	}
	for (i = 0; i < n; i++)
		free(questions[i]);
	free(questions);
	free(times);
	knowledge_release(&known);
	opcit_index_close(index);
	return k ? 0 : 1;
}
