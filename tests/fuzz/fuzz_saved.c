/* libFuzzer: a saved search that a person has edited, and the file of what was
 * seen of it, which a disk may have damaged. */
#include "../../query/saved.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_search(void)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	char **argv;
	int argc, i;
	opcit_status status = saved_read("x", &arena, &argc, &argv, &err);

	if (status == OPCIT_OK) {
		if (argc < 1 || argc > SAVED_MOST_ARGUMENTS + 1 || argv[argc])
			abort();
		for (i = 0; i < argc; i++)
			if (!argv[i][0] || strchr(argv[i], '\n'))
				abort();
	} else if (status != OPCIT_DAMAGED || !err.message[0]) {
		abort();
	}
	opcit_arena_release(&arena);
}

/* What was read is what stands there once it is written again. */
static void check_seen(void)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct saved_seen seen, again;
	opcit_status status = saved_seen_read("x", &seen, &err);

	if (status == OPCIT_OK) {
		if (saved_seen_write("y", &seen, &err) != OPCIT_OK || saved_seen_read("y", &again, &err) != OPCIT_OK)
			abort();
		if (seen.n != again.n || (seen.n && memcmp(seen.items, again.items, seen.n * sizeof *seen.items) != 0))
			abort();
		saved_seen_release(&again);
	} else if (status != OPCIT_DAMAGED || !err.message[0]) {
		abort();
	}
	saved_seen_release(&seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str text = { (const char *)data, size };
	const char *folder = scratch_put("opcit/searches/x", text);

	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	check_search();
	check_seen();
	return 0;
}
