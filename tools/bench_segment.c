/* bench_segment.c: how fast the readers and the segmenter are, on one core,
 * without the disk and the process that a reader has in the program.
 *
 *   bench_segment ROUNDS FILE...      a "-" reads the files' names, each ended
 *                                     by a NUL, from standard input
 *
 * Reads all files into memory, then turns each into records, ROUNDS times
 * over; prints bytes, records, the median round's seconds and megabytes a
 * second, separated by blanks.
 */
#include "../indexer/reader.h"
#include "../indexer/segment.h"
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
	struct opcit_buf bytes;
	const struct opcit_reader *reader;
};

struct files {
	struct file *items;
	size_t count, cap;
	size_t bytes;
};

static void add(struct files *files, const char *path)
{
	struct file *file;
	FILE *f = fopen(path, "rb");
	char chunk[65536];
	const char *why;
	size_t n;

	if (!f) {
		fprintf(stderr, "bench_segment: cannot read '%s'\n", path);
		exit(1);
	}
	OPCIT_GROW(files->items, files->count, files->cap);
	file = &files->items[files->count++];
	memset(file, 0, sizeof *file);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		opcit_buf_add(&file->bytes, chunk, n);
	fclose(f);
	file->reader = opcit_reader_for(opcit_buf_str(&file->bytes), path, &why);
	if (!file->reader) {
		fprintf(stderr, "bench_segment: '%s' is %s\n", path, why);
		exit(1);
	}
	files->bytes += file->bytes.len;
}

static void add_listed(struct files *files)
{
	char *name = NULL;
	size_t cap = 0;

	while (getdelim(&name, &cap, '\0', stdin) > 0)
		add(files, name);
	free(name);
}

/* Every file once; the number of records. */
static size_t round_of(const struct files *files, struct opcit_arena *arena)
{
	size_t i, records = 0;

	for (i = 0; i < files->count; i++) {
		struct opcit_blocks blocks;
		struct opcit_document document;
		struct opcit_err err = OPCIT_ERR_INIT;

		memset(&blocks, 0, sizeof blocks);
		memset(&document, 0, sizeof document);
		if (files->items[i].reader->read(opcit_buf_str(&files->items[i].bytes), arena, &blocks,
						 &err) != OPCIT_OK) {
			fprintf(stderr, "bench_segment: %s\n", err.message);
			exit(1);
		}
		opcit_segment(&blocks, arena, &document);
		records += document.n_records;
		opcit_drops_release(&blocks.drops);
		opcit_arena_reset(arena);
	}
	return records;
}

int main(int argc, char **argv)
{
	struct files files = { NULL, 0, 0, 0 };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	int i, rounds = argc > 1 ? atoi(argv[1]) : 0;
	size_t n, records = 0;
	double *seconds;

	if (argc < 3 || rounds < 1) {
		fputs("usage: bench_segment ROUNDS FILE... (or - for names on standard input)\n",
		      stderr);
		return 2;
	}
	for (i = 2; i < argc; i++)
		if (strcmp(argv[i], "-") == 0)
			add_listed(&files);
		else
			add(&files, argv[i]);
	seconds = opcit_xcalloc((size_t)rounds, sizeof *seconds);
	for (i = 0; i < rounds; i++) {
		double start = now();

		records = round_of(&files, &arena);
		seconds[i] = now() - start;
	}
	qsort(seconds, (size_t)rounds, sizeof *seconds, by_value);
	printf("%zu %zu %.3f %.1f\n", files.bytes, records, seconds[rounds / 2],
	       (double)files.bytes / 1e6 / seconds[rounds / 2]);
	for (n = 0; n < files.count; n++)
		opcit_buf_release(&files.items[n].bytes);
	free(files.items);
	free(seconds);
	opcit_arena_release(&arena);
	return 0;
}
