/* libFuzzer: what a worker that a hostile file has taken over might answer. */
#include "../../indexer/segment.h"
#include "../../indexer/wire.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_blocks blocks;
	struct opcit_document document;
	opcit_status status = opcit_wire_get((struct opcit_str){ (const char *)data, size }, &arena, &blocks, &err);

	if (status == OPCIT_OK) {
		opcit_segment(&blocks, &arena, &document);
		opcit_drops_release(&blocks.drops);
	} else if (!err.message[0]) {
		abort();
	}
	opcit_arena_release(&arena);
	return 0;
}
