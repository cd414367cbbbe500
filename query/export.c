/* export.c: `opcit export`. */
#include "command.h"
#include "json.h"
#include "opensearch.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"Print every record of the index, or of one document, in order, as JSON Lines:\n"
	"one object a line with the record's fields and the citations found in it; with\n"
	"--opensearch as OpenSearch's _bulk takes them.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit export > records.jsonl\n"
	"  opcit export --doc A/65/156\n"
	"  opcit export --opensearch-mapping\n"
	"\n"
	"Exit codes: 0 done, 1 no such document, 3 no readable index, 4 it is damaged.\n";

/* One record at a time, so that an index of any size streams. */
static opcit_status export_entry(struct opcit_index *index, const struct opcit_entry *entry, bool bulk,
				 struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	opcit_status status = OPCIT_OK;
	struct opcit_record record;
	uint32_t seq;

	for (seq = 1; seq <= entry->doc.n_records && !ferror(stdout); seq++) {
		json_t *o;

		status = opcit_index_record(index, entry, seq, &arena, &record, err);
		if (status == OPCIT_NOT_FOUND) {
			status = OPCIT_OK; /* it left the index meanwhile */
			break;
		}
		if (status != OPCIT_OK)
			break;
		o = json_record(&entry->doc, &record);
		json_object_set_new(o, "cites", json_cites(&record, true));
		json_object_set_new(o, "unresolved", json_cites(&record, false));
		if (bulk)
			opensearch_print(&entry->doc, &record, o, stdout);
		else
			json_print(o, stdout);
		opcit_arena_reset(&arena);
	}
	opcit_arena_release(&arena);
	return status;
}

static int export_mapping(struct opcit_index *index)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_str *langs;
	size_t n;
	int code = EXIT_DONE;

	if (opcit_index_langs(index, &arena, &langs, &n, &err) == OPCIT_OK)
		opensearch_print_mapping(langs, n, stdout);
	else
		code = output_error(&err);
	opcit_arena_release(&arena);
	return code;
}

int cmd_export(int argc, char **argv)
{
	struct db_option db = { 0 };
	const char *doc = NULL;
	bool json = true, bulk = false, mapping = false;
	const struct option options[] = {
		{ "doc", 0, OPTION_TEXT, &doc, "REF",
		  "only this document (symbol, title or path)" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "JSON Lines (the default)" },
		{ "opensearch", 0, OPTION_FLAG, &bulk, NULL, "two lines a record, for OpenSearch's _bulk" },
		{ "opensearch-mapping", 0, OPTION_FLAG, &mapping, NULL, "only what an index for them is made with" },
		OPTION_ROW_DB(&db),
	};
	const struct usage usage = { "opcit export [OPTIONS]", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_entry *entries = NULL;
	struct opcit_index *index;
	opcit_status status;
	size_t i, n = 0;
	int code, left = options_parse(&usage, argc, argv, &code);

	if (left < 0)
		return code;
	if (left > 0 && !doc)
		doc = argv[1];
	index = output_open_index(db, &code);
	if (!index)
		return code;
	if (mapping) {
		code = export_mapping(index);
		opcit_index_close(index);
		return output_finish(code);
	}
	status = doc ? opcit_index_find(index, opcit_str_of(doc), &arena, &entries, &n, &err)
		     : opcit_index_entries(index, &arena, &entries, &n, &err);
	for (i = 0; i < n && status == OPCIT_OK; i++)
		status = export_entry(index, &entries[i], bulk, &err);
	code = status == OPCIT_OK ? EXIT_DONE : output_error(&err);
	opcit_arena_release(&arena);
	opcit_index_close(index);
	return output_finish(code);
}
