/* complete.c: `opcit complete`, which the shells ask; no person types it. */
#include <stdlib.h>

#include "../lib/complete.h"
#include "../lib/paths.h"
#include "command.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"List documents of the index whose identifier or title begins with PREFIX, for\n"
	"shell completion: identifier, tab, title.\n";

enum { MOST = 300 };

/* A shell that asks while somebody types wants no complaint. */
static struct opcit_index *open_quietly(struct db_option option)
{
	const struct opcit_open how = { .partial = true };
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_index *index = NULL;

	if (opcit_path_db(option.path, getenv, &path, NULL) == OPCIT_OK)
		opcit_index_open_with(path.ptr, &how, &index, NULL);
	opcit_buf_release(&path);
	return index;
}

int cmd_complete(int argc, char **argv)
{
	struct db_option db = { 0 };
	const struct option options[] = { OPTION_ROW_DB(&db) };
	const struct usage usage = { "opcit complete [OPTIONS] PREFIX", about, "", options,
				     sizeof options / sizeof *options };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_completion *list;
	struct opcit_index *index;
	size_t found = 0, i;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	index = open_quietly(db);
	if (index && opcit_index_complete(index, opcit_str_of(n ? argv[1] : ""), MOST, &arena, &list, &found,
					  NULL, NULL) != OPCIT_OK)
		found = 0;
	for (i = 0; i < found; i++) {
		output_text(list[i].entry.doc.id);
		putchar('\t');
		output_text(list[i].entry.doc.title);
		putchar('\n');
	}
	opcit_index_close(index);
	opcit_arena_release(&arena);
	return output_finish(found ? EXIT_DONE : EXIT_NOTHING);
}
