/* status.c: `opcit status`. */
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"

#include "../lib/versions.h"

static const char about[] =
	"Say what the index holds: files, documents, records, languages, types, its size\n"
	"and the version of its format; where it is of several shards, which.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit status\n"
	"  opcit status --json\n"
	"\n"
	"Exit codes: 0 done, 3 no readable index, 4 it is damaged or of another version.\n";

/* How many documents are of each type; there are few types. */
struct tally {
	struct {
		struct opcit_str name;
		size_t n;
	} items[32];
	size_t n;
};

static void count(struct tally *tally, struct opcit_str name)
{
	size_t i;

	for (i = 0; i < tally->n; i++)
		if (opcit_str_eq(tally->items[i].name, name))
			break;
	if (i == sizeof tally->items / sizeof *tally->items)
		return;
	if (i == tally->n) {
		tally->items[i].name = name;
		tally->items[i].n = 0;
		tally->n++;
	}
	tally->items[i].n++;
}

static json_t *shards_json(const struct opcit_stats *stats)
{
	json_t *shards = json_array();
	size_t i;

	for (i = 0; i < stats->n_shards; i++) {
		const struct opcit_shard *shard = &stats->shards[i];
		json_t *o = json_object();

		json_object_set_new(o, "name", json_text(shard->name));
		json_object_set_new(o, "records", json_integer((json_int_t)shard->records));
		json_object_set_new(o, "remote", json_boolean(shard->remote));
		if (shard->missing.len)
			json_object_set_new(o, "missing", json_text(shard->missing));
		json_array_append_new(shards, o);
	}
	return shards;
}

static void print_json(const struct opcit_stats *stats, const struct tally *types)
{
	json_t *o = json_object(), *by_type = json_object();
	size_t i;

	for (i = 0; i < types->n; i++) {
		struct opcit_buf name = OPCIT_BUF_INIT;

		opcit_buf_add_str(&name, types->items[i].name);
		json_object_set_new(by_type, name.len ? name.ptr : "other",
				    json_integer((json_int_t)types->items[i].n));
		opcit_buf_release(&name);
	}
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "files", json_integer((json_int_t)stats->files));
	json_object_set_new(o, "documents", json_integer((json_int_t)stats->documents));
	json_object_set_new(o, "records", json_integer((json_int_t)stats->records));
	json_object_set_new(o, "bytes", json_integer((json_int_t)stats->bytes));
	json_object_set_new(o, "schema", json_string(stats->schema));
	json_object_set_new(o, "languages", json_texts(stats->languages, stats->n_languages));
	json_object_set_new(o, "types", by_type);
	if (stats->n_shards)
		json_object_set_new(o, "shards", shards_json(stats));
	json_print(o, stdout);
}

static void print_plain(const struct opcit_stats *stats, const struct tally *types)
{
	size_t i;

	printf("%-10s %zu\n%-10s %zu\n%-10s %zu\n", "files", stats->files, "documents",
	       stats->documents, "records", stats->records);
	if (stats->bytes) /* of servers elsewhere it is not known */
		printf("%-10s %.1f MB\n", "size", (double)stats->bytes / 1e6);
	printf("%-10s %s\n%-10s", "schema", stats->schema, "languages");
	for (i = 0; i < stats->n_languages; i++)
		printf(" %.*s", OPCIT_FMT(stats->languages[i]));
	putchar('\n');
	for (i = 0; i < types->n; i++) {
		printf("%-10s ", i ? "" : "types");
		output_text(types->items[i].name.len ? types->items[i].name : OPCIT_STR("other"));
		printf(" %zu\n", types->items[i].n);
	}
	for (i = 0; i < stats->n_shards; i++) {
		printf("%-10s ", i ? "" : "shards");
		output_text(stats->shards[i].name);
		if (stats->shards[i].missing.len)
			puts(": missing");
		else
			printf(", %zu records\n", stats->shards[i].records);
	}
}

int cmd_status(int argc, char **argv)
{
	struct db_option db = { 0 };
	bool json = false;
	const struct option options[] = {
		{ "json", 0, OPTION_FLAG, &json, NULL, "one JSON object" },
		OPTION_ROW_DB(&db),
	};
	const struct usage usage = { "opcit status [OPTIONS]", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_entry *entries;
	struct opcit_index *index;
	struct opcit_stats stats;
	struct tally types = { .n = 0 };
	size_t i, n;
	int code;

	if (options_parse(&usage, argc, argv, &code) < 0)
		return code;
	index = output_open_index(db, &code);
	if (!index)
		return code;
	if (opcit_index_stats(index, &arena, &stats, &err) != OPCIT_OK ||
	    opcit_index_entries(index, &arena, &entries, &n, &err) != OPCIT_OK) {
		code = output_error(&err);
	} else {
		n = opcit_versions_choose(entries, n, OPCIT_STR(""));
		for (i = 0; i < n; i++)
			count(&types, entries[i].doc.type);
		if (json)
			print_json(&stats, &types);
		else
			print_plain(&stats, &types);
		code = EXIT_DONE;
	}
	opcit_arena_release(&arena);
	opcit_index_close(index);
	return output_finish(code);
}
