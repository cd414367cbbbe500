/* bench_cite: the citation finder alone, over a folder of plain texts.
 *
 *   bench_cite DATA-DIR TEXT-DIR [ROUNDS]
 *
 * Reads every file of TEXT-DIR into memory, cuts it at blank lines, and
 * times only the finder, one context a file, as indexing does. Prints the
 * best of ROUNDS (5). tools/bench/reading.sh puts ripgrep beside it.
 */
#include "../lib/cite.h"
#include "bench.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
	char *bytes;
	struct opcit_record *records;
	size_t len, n, cap;
};

static void cut(struct text *text)
{
	const char *p = text->bytes, *end = p + text->len, *next;

	while (p < end) {
		next = memmem(p, (size_t)(end - p), "\n\n", 2);
		if (!next)
			next = end;
		OPCIT_GROW(text->records, text->n, text->cap);
		memset(&text->records[text->n], 0, sizeof *text->records);
		text->records[text->n].kind = OPCIT_KIND_PARAGRAPH;
		text->records[text->n].seq = (uint32_t)text->n + 1;
		text->records[text->n++].text = (struct opcit_str){ p, (size_t)(next - p) };
		for (p = next; p < end && *p == '\n'; p++)
			;
	}
}

static bool slurp(const char *folder, const char *name, struct text *text)
{
	char path[4096];
	FILE *file;
	long size;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) {
		if (file)
			fclose(file);
		return false;
	}
	rewind(file);
	text->bytes = opcit_xmalloc((size_t)size + 1);
	text->len = fread(text->bytes, 1, (size_t)size, file);
	fclose(file);
	cut(text);
	return true;
}

static size_t load(const char *folder, struct text **texts)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	struct text text;
	size_t n = 0, cap = 0;

	*texts = NULL;
	while (dir && (entry = readdir(dir))) {
		memset(&text, 0, sizeof text);
		if (entry->d_name[0] == '.' || !slurp(folder, entry->d_name, &text))
			continue;
		OPCIT_GROW(*texts, n, cap);
		(*texts)[n++] = text;
	}
	if (dir)
		closedir(dir);
	return n;
}

int main(int argc, char **argv)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_registry *registry = NULL;
	struct text *texts;
	size_t n, i, j, cites = 0, bytes = 0, paragraphs = 0;
	int round, rounds = argc > 3 ? atoi(argv[3]) : 5;
	double best = 1e9, load_best = 1e9, t;
	const char *folders[1];

	if (argc < 3) {
		fprintf(stderr, "usage: bench_cite DATA-DIR TEXT-DIR [ROUNDS]\n");
		return 2;
	}
	folders[0] = argv[1];
	for (round = 0; round < rounds; round++) {
		t = now();
		if (opcit_registry_load(folders, 1, NULL, NULL, &registry, &err) != OPCIT_OK) {
			fprintf(stderr, "bench_cite: %s\n", err.message);
			return opcit_exit_code(err.status);
		}
		t = now() - t;
		load_best = t < load_best ? t : load_best;
		if (round + 1 < rounds)
			opcit_registry_free(registry);
	}
	n = load(argv[2], &texts);
	for (round = 0; round < rounds; round++) {
		t = now();
		for (i = cites = bytes = paragraphs = 0; i < n; i++) {
			struct opcit_cite_context *context =
				opcit_cite_begin(registry, NULL, &arena);

			for (j = 0; j < texts[i].n; j++) {
				opcit_cite_record(context, &texts[i].records[j]);
				cites += texts[i].records[j].n_cites;
			}
			bytes += texts[i].len;
			paragraphs += texts[i].n;
			opcit_arena_reset(&arena);
		}
		t = now() - t;
		best = t < best ? t : best;
	}
	printf("registry %.2f ms; %zu files, %zu paragraphs, %.1f MB: %zu citations in %.3f s, %.0f MB/s\n",
	       load_best * 1e3, n, paragraphs, (double)bytes / 1e6, cites, best,
	       (double)bytes / 1e6 / best);
	opcit_arena_release(&arena);
	opcit_registry_free(registry);
	return 0;
}
