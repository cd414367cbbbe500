#include "sweep.h"
#include "index.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <string.h>

/* More than one generation, or what becomes one; also in a shard: docs/index-format.md. */
static bool has_leftovers(const char *dir)
{
	const struct dirent *item;
	unsigned generations = 0;
	bool found = false;
	DIR *folder = opendir(dir);

	while (folder && !found && (item = readdir(folder))) {
		struct opcit_buf shard = OPCIT_BUF_INIT;

		generations += isdigit((unsigned char)item->d_name[0]) != 0;
		found = generations > 1 || strcmp(item->d_name, "building") == 0 ||
			strcmp(item->d_name, "XAPIANDB.new") == 0 || strcmp(item->d_name, "blocks.new") == 0;
		if (strncmp(item->d_name, "shard-", 6) == 0) {
			opcit_buf_printf(&shard, "%s/%s", dir, item->d_name);
			found = found || has_leftovers(shard.ptr);
			opcit_buf_release(&shard);
		}
	}
	if (folder)
		closedir(folder);
	return found;
}

opcit_status opcit_index_sweep(const char *dir, struct opcit_err *err)
{
	struct opcit_writer *writer;
	opcit_status status = OPCIT_OK;
	bool found = has_leftovers(dir);

	if (!found)
		return OPCIT_OK;
	/* Who opens an index for writing sweeps. */
	status = opcit_writer_open(dir, 0, &writer, err);
	if (status == OPCIT_OK)
		opcit_writer_close(writer);
	return status == OPCIT_LOCKED ? OPCIT_OK : status;
}
