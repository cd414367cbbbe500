/* bench_search.c: how long questions take in a process that is warm.
 *
 *   bench_search DB ROUNDS <QUESTIONS
 *
 * Asks each line of standard input as time_questions (bench.h) does, and as `opcit search`
 * with everything on; the thesaurus and the other tables are read once.
 */
#include "../query/search.h"
#include "bench.h"

enum { RESULTS = 10 };

struct asking {
	struct opcit_index *index;
	struct knowledge known;
};

static void ask(void *context, const char *question)
{
	struct asking *asking = context;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct filter_list none = { 0 };
	struct opcit_results results;
	struct opcit_query *query = NULL;

	if (search_understand(asking->index, opcit_str_of(question), &none, false, &asking->known,
			      &arena, &query) != 0 ||
	    opcit_index_search(asking->index, query, OPCIT_ORDER_FOLDED, RESULTS, &arena, &results,
			       NULL) != OPCIT_OK) {
		fprintf(stderr, "bench_search: cannot ask '%s'\n", question);
		exit(1);
	}
	opcit_arena_release(&arena);
}

int main(int argc, char **argv)
{
	struct asking asking = { NULL, KNOWLEDGE_INIT };
	size_t rounds;
	int code;

	if (argc != 3 || (rounds = strtoul(argv[2], NULL, 10)) == 0) {
		fputs("usage: bench_search DB ROUNDS <QUESTIONS\n", stderr);
		return 2;
	}
	if (opcit_index_open(argv[1], &asking.index, NULL) != OPCIT_OK) {
		fprintf(stderr, "bench_search: cannot open '%s'\n", argv[1]);
		return 1;
	}
	code = time_questions(rounds, ask, &asking);
	knowledge_release(&asking.known);
	opcit_index_close(asking.index);
	return code;
}
