/* scratch.h: for what is read from a file only: the bytes in a file of a folder
 * that goes when the fuzzer ends. */
#ifndef OPCIT_FUZZ_SCRATCH_H
#define OPCIT_FUZZ_SCRATCH_H

#include "../../lib/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char scratch[] = "/tmp/opcit-fuzz-XXXXXX";

static inline void scratch_remove(void)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf '%s'", scratch);
	if (system(command) != 0)
		fputs("cannot remove the folder of the fuzzer\n", stderr);
}

/* Put bytes into the file `name`, whose folders are made, of the folder that is
 * returned. */
static inline const char *scratch_put(const char *name, struct opcit_str bytes)
{
	static bool made;
	char path[128];
	char *slash;
	FILE *file;

	if (!made && (!mkdtemp(scratch) || atexit(scratch_remove) != 0))
		abort();
	made = true;
	snprintf(path, sizeof path, "%s/%s", scratch, name);
	for (slash = strchr(path + sizeof scratch, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700); /* it may be there */
		*slash = '/';
	}
	file = fopen(path, "wb");
	if (!file || (bytes.len && fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len) || fclose(file) != 0)
		abort();
	return scratch;
}

#endif
