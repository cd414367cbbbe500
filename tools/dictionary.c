/* dictionary.c: makes lib/records.zdict, what records have in common (lib/squeeze.hh).
 *
 *   dictionary DB BYTES >lib/records.zdict
 *
 * Zstandard trains it on all records of an index: `make dictionary` takes that of corpus/.
 * An index can only be read with the dictionary that it was written with, so who
 * changes it raises the schema (lib/schema.hh).
 */
#include "../lib/index.h"
#include "../lib/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <zdict.h>

struct samples {
	struct opcit_buf bytes;
	size_t *sizes;
	size_t n;
};

static opcit_status take(struct opcit_index *index, const struct opcit_entry *entry, struct samples *samples,
			 struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_buf encoded = OPCIT_BUF_INIT;
	struct opcit_record record;
	opcit_status status = OPCIT_OK;
	uint32_t seq;

	samples->sizes = realloc(samples->sizes, (samples->n + entry->doc.n_records) * sizeof *samples->sizes);
	if (!samples->sizes)
		abort();
	for (seq = 1; seq <= entry->doc.n_records && status == OPCIT_OK; seq++) {
		status = opcit_index_record(index, entry, seq, &arena, &record, err);
		if (status != OPCIT_OK)
			break;
		opcit_buf_clear(&encoded);
		opcit_record_encode(&record, &encoded);
		opcit_buf_add_str(&samples->bytes, opcit_buf_str(&encoded));
		samples->sizes[samples->n++] = encoded.len;
		opcit_arena_reset(&arena);
	}
	opcit_buf_release(&encoded);
	opcit_arena_release(&arena);
	return status;
}

static int train(const struct samples *samples, size_t size)
{
	char *dictionary = malloc(size);
	size_t len;

	if (!dictionary)
		abort();
	len = ZDICT_trainFromBuffer(dictionary, size, samples->bytes.ptr, samples->sizes, (unsigned)samples->n);
	if (ZDICT_isError(len)) {
		fprintf(stderr, "dictionary: %s\n", ZDICT_getErrorName(len));
		len = 0;
	}
	fwrite(dictionary, 1, len, stdout);
	free(dictionary);
	return len > 0 && fflush(stdout) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct samples samples = { OPCIT_BUF_INIT, NULL, 0 };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_entry *entries = NULL;
	struct opcit_index *index = NULL;
	size_t size, n = 0, i;
	opcit_status status;
	int code = 1;

	if (argc != 3 || (size = strtoul(argv[2], NULL, 10)) == 0) {
		fputs("usage: dictionary DB BYTES >FILE\n", stderr);
		return 2;
	}
	status = opcit_index_open(argv[1], &index, &err);
	if (status == OPCIT_OK)
		status = opcit_index_entries(index, &arena, &entries, &n, &err);
	for (i = 0; i < n && status == OPCIT_OK; i++)
		status = take(index, &entries[i], &samples, &err);
	if (status == OPCIT_OK)
		code = train(&samples, size);
	else
		fprintf(stderr, "dictionary: %s\n", err.message);
	free(samples.sizes);
	opcit_buf_release(&samples.bytes);
	opcit_arena_release(&arena);
	opcit_index_close(index);
	return code;
}
