#include "sweep.h"
#include "index.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <string.h>

/* More than one generation, or what becomes one: docs/index-format.md. */
static bool has_leftovers(DIR *folder)
{
	const struct dirent *item;
	unsigned generations = 0;
	bool found = false;

	while ((item = readdir(folder))) {
		generations += isdigit((unsigned char)item->d_name[0]) != 0;
		found = found || strcmp(item->d_name, "building") == 0 || strcmp(item->d_name, "XAPIANDB.new") == 0 ||
			strcmp(item->d_name, "blocks.new") == 0;
	}
	return found || generations > 1;
}

opcit_status opcit_index_sweep(const char *dir, struct opcit_err *err)
{
	struct opcit_writer *writer;
	opcit_status status = OPCIT_OK;
	DIR *folder = opendir(dir);
	bool found = folder && has_leftovers(folder);

	if (folder)
		closedir(folder);
	if (!found)
		return OPCIT_OK;
	/* Who opens an index for writing sweeps. */
	status = opcit_writer_open(dir, 0, &writer, err);
	if (status == OPCIT_OK)
		opcit_writer_close(writer);
	return status == OPCIT_LOCKED ? OPCIT_OK : status;
}
