/* libFuzzer: what a person may type into a search, and the words of it that the
 * thesaurus may know. */
#include "../../lib/thesaurus.h"
#include "../../query/parse.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every node is complete, and no tree deeper than its parentheses. */
static void check(const struct opcit_query *query, unsigned depth)
{
	size_t i;

	if (!query || depth > 4 * PARSE_DEEPEST)
		abort();
	if ((query->op == OPCIT_QUERY_WORD || query->op == OPCIT_QUERY_PHRASE || query->op == OPCIT_QUERY_FIELD) &&
	    !query->text.len)
		abort();
	for (i = 0; i < query->n_subs; i++)
		check(query->subs[i], depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const folders[] = { "data" };
	struct opcit_str text = { (const char *)data, size };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_concept *concepts;
	struct opcit_query *query;
	opcit_status status = parse_query(text, &arena, &query, &err);
	size_t n, i;

	if (status == OPCIT_OK)
		check(query, 0);
	else if (status != OPCIT_USAGE || !err.message[0] || err.place > (long)size)
		abort();
	if (size && size < 200 && data[0] % 16 == 0 && /* it reads all files */
	    opcit_thesaurus_find(folders, 1, &text, 1, &arena, &concepts, &n, &err) == OPCIT_OK)
		for (i = 0; i < n; i++)
			if (concepts[i].from + concepts[i].n > 1 || !concepts[i].name.len)
				abort();
	opcit_arena_release(&arena);
	return 0;
}
