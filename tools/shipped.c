/* shipped.c: makes opcit_thesaurus_shipped (lib/thesaurus.h) out of the thesaurus, as C.
 *
 *   shipped FOLDER >shipped_thesaurus.c
 *
 * FOLDER holds the folder "thesaurus". What the programs need of it is cut and sorted here
 * once, instead of each time that one starts: its words that are listed are left out.
 */
#include "../lib/thesaurus_file.h"
#include "as_c.h"

#include <stdlib.h>

static void print_files(const char *folder)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	size_t n, i;
	struct opcit_thesaurus_file *files;

	if (opcit_thesaurus_files(folder, &arena, &files, &n, NULL) != OPCIT_OK)
		exit(1);
	puts("static const struct opcit_thesaurus_file files[] = {");
	for (i = 0; i < n; i++)
		printf("\t{ \"%s\", %" PRIu32 " },\n", files[i].name, files[i].size);
	puts("};\n");
	free(files);
	opcit_arena_release(&arena);
}

/* The names one after the other are the text. */
static void print_names(const struct opcit_thesaurus_table *t)
{
	size_t at = 0, i;

	puts("static const char text[] =");
	for (i = 0; i < t->n_names; i++)
		print_text(opcit_thesaurus_text(t, i), "");
	puts(";\n\nstatic const struct opcit_thesaurus_name names[] = {");
	for (i = 0; i < t->n_names; i++) {
		const struct opcit_thesaurus_name *name = &t->names[i];

		printf("\t{ %zu, %" PRIu32 ", %u, %d, %u },\n", at, name->block, name->len, name->beginning, name->key);
		at += name->len;
	}
	puts("};\n");
}

static void print_blocks(const struct opcit_thesaurus_table *t)
{
	size_t i;

	puts("static const struct opcit_thesaurus_block blocks[] = {");
	for (i = 0; i < t->n + t->n_plain; i++)
		printf("\t{ %" PRIu32 ", %" PRIu32 " },\n", t->blocks[i].first, t->blocks[i].n);
	puts("};\n\nstatic const struct opcit_thesaurus_line lines[] = {");
	for (i = 0; i < t->n_lines; i++)
		printf("\t{ 0, 0, %" PRIu32 ", %" PRIu32 ", %u },\n", t->lines[i].first, t->lines[i].n, t->lines[i].key);
	puts("};\n");
}

static void print_ties(const struct opcit_thesaurus_table *t)
{
	size_t i;

	puts("static const struct opcit_thesaurus_tie ties[] = {");
	for (i = 0; i < 2 * t->n_ties; i++)
		printf("\t{ %" PRIu32 ", %" PRIu32 ", %d },\n", t->ties[i].from, t->ties[i].to, t->ties[i].broader);
	puts("};\n");
	print_numbers("ties_from", t->ties_from, t->n + 1);
	print_numbers("ties_to", t->ties_to, t->n + 1);
}

int main(int argc, char **argv)
{
	const char *const *folders = (const char *const *)argv + 1;
	struct opcit_thesaurus *thesaurus;
	struct opcit_err err = OPCIT_ERR_INIT;
	const struct opcit_thesaurus_table *t;

	if (argc != 2) {
		fputs("usage: shipped FOLDER >FILE\n", stderr);
		return 2;
	}
	if (opcit_thesaurus_new(folders, 1, NULL, &thesaurus, &err) != OPCIT_OK) {
		fprintf(stderr, "shipped: %s\n", err.message);
		return 1;
	}
	t = &thesaurus->table;
	puts("/* Made by tools/shipped.c of data/thesaurus. */\n#include \"../lib/thesaurus_file.h\"\n");
	print_files(argv[1]);
	print_names(t);
	print_blocks(t);
	print_ties(t);
	print_numbers("by_beginning", t->by_beginning, t->n_met);
	print_numbers("starts", t->starts, OPCIT_THESAURUS_BEGINNINGS + 2);
	print_numbers("by_name", t->by_name, t->n_slots);
	printf("const struct opcit_thesaurus_shipped opcit_thesaurus_shipped = {\n"
	       "\tfiles, sizeof files / sizeof *files,\n"
	       "\t{ text, blocks, %zu, %zu, lines, %zu, names, %zu, by_beginning, %zu, starts,\n"
	       "\t  ties, ties_from, ties_to, %zu, by_name, %zu }\n};\n",
	       t->n, t->n_plain, t->n_lines, t->n_names, t->n_met, t->n_ties, t->n_slots);
	opcit_thesaurus_free(thesaurus);
	return printed();
}
