/* missing.c: `opcit missing`. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "reference.h"

static const char about[] =
	"List what the documents of the index cite and the index does not hold, most cited\n"
	"first: in how many records each is cited, and where the public finds it. What is\n"
	"held under another identifier of the same text is not missing.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit missing\n"
	"  opcit missing -n 0 --json\n"
	"\n"
	"Exit codes: 0 something is missing, 1 nothing is, 2 wrong usage, 3 no readable\n"
	"index, 4 the index is damaged.\n";

struct missing {
	struct db_option db;
	size_t limit;
	bool json;
	struct opcit_index *index;
	struct opcit_arena arena;
	struct reference_reader reader;
	struct opcit_err err;
};

static int most_cited(const void *a, const void *b)
{
	const struct opcit_target *x = a, *y = b;

	if (x->records != y->records)
		return x->records < y->records ? 1 : -1;
	return opcit_str_cmp(x->key, y->key);
}

static void print_row(const struct missing *m, const struct opcit_target *target,
		      const struct reading *reading, struct opcit_str name)
{
	json_t *o;

	if (!m->json) {
		printf("%7lu  ", (unsigned long)target->records);
		output_colour(STRONG);
		output_text(reading->target);
		output_colour(PLAIN);
		if (name.len && !opcit_str_eq(name, reading->target)) {
			fputs(", ", stdout);
			output_text(name);
		}
		putchar('\n');
		if (reading->url.len) {
			output_colour(DIM);
			fputs("         ", stdout);
			output_text(reading->url);
			output_colour(PLAIN);
			putchar('\n');
		}
		return;
	}
	o = json_object();
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "target", json_text(reading->target));
	json_object_set_new(o, "name", json_text(name));
	json_object_set_new(o, "also", json_texts(reading->names + 1, reading->n_names - 1));
	json_object_set_new(o, "records", json_integer(target->records));
	json_object_set_new(o, "url", json_text(reading->url));
	json_print(o, stdout);
}

static int missing(struct missing *m)
{
	struct opcit_target *targets;
	size_t n, i, shown = 0;

	if (opcit_index_targets(m->index, &m->arena, &targets, &n, &m->err) != OPCIT_OK)
		return output_error(&m->err);
	if (n)
		qsort(targets, n, sizeof *targets, most_cited);
	for (i = 0; i < n && shown < m->limit && !ferror(stdout); i++) {
		struct opcit_str name;
		struct reading reading;
		opcit_status status;

		if (targets[i].held)
			continue;
		status = opcit_index_target_name(m->index, targets[i].key, &m->arena, &name,
						 &m->err);
		if (status == OPCIT_OK)
			status = reference_target(&m->reader, name, &reading, &m->err);
		if (status == OPCIT_NOT_FOUND || (status == OPCIT_OK && reading.n_entries))
			continue;
		if (status != OPCIT_OK)
			return output_error(&m->err);
		if (shown++ == 0 && !m->json)
			output_start();
		print_row(m, &targets[i], &reading, reference_name(&reading));
	}
	if (shown == 0)
		fputs("opcit: nothing is cited that the index does not hold\n", stderr);
	return output_finish(shown ? EXIT_DONE : EXIT_NOTHING);
}

int cmd_missing(int argc, char **argv)
{
	struct missing m = { .limit = 20, .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "limit", 'n', OPTION_NUMBER, &m.limit, "N",
		  "at most N of them (default 20; 0 for all)" },
		{ "json", 0, OPTION_FLAG, &m.json, NULL, "one JSON object a line" },
		OPTION_ROW_DB(&m.db),
	};
	const struct usage usage = { "opcit missing [OPTIONS]", about, examples, options,
				     sizeof options / sizeof *options };
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (n > 0) {
		opcit_err_set(&m.err, OPCIT_USAGE, "too many arguments: '%.100s'", argv[1]);
		opcit_err_hint(&m.err, "`opcit refs REF` lists what one document cites");
		return output_error(&m.err);
	}
	if (m.limit == 0)
		m.limit = SIZE_MAX;
	m.index = output_open_index(m.db, &code);
	if (m.index) {
		if (reference_reader_init(&m.reader, m.index, &m.arena, false, &m.err) == OPCIT_OK)
			code = missing(&m);
		else
			code = output_error(&m.err);
		reference_reader_release(&m.reader);
	}
	opcit_index_close(m.index);
	opcit_arena_release(&m.arena);
	return code;
}
