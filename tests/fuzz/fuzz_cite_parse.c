/* libFuzzer: what a person types, arbitrary bytes. */
#include "../../lib/cite.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct opcit_registry *registry;
	static const char *const folders[] = { "data" };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_cite_guess *guesses;
	size_t n, i;

	if (!registry && opcit_registry_load(folders, 1, NULL, NULL, &registry, NULL) != OPCIT_OK)
		abort();
	opcit_cite_parse(registry, (struct opcit_str){ (const char *)data, size }, &arena, &guesses,
			 &n);
	for (i = 0; i < n; i++)
		if (!guesses[i].cite.target.len || guesses[i].cite.end > size)
			abort();
	opcit_arena_release(&arena);
	return 0;
}
