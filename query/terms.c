/* terms.c: `opcit terms`. */
#include "../lib/terms.h"

#include <string.h>

#include "advise.h"
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "reference.h"
#include "search.h"

static const char about[] =
	"List the words that mark what a query finds: those that stand in more of its records\n"
	"than in the rest of the index. They tell what the records are about, and what else to\n"
	"search for.\n"
	"\n"
	"Of each word, in all its forms: in how many of the records found it stands, and in how\n"
	"many others. The most telling stand first, by the log-likelihood ratio of these counts.\n"
	"The words of the query itself are left out.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit terms arms embargo\n"
	"  opcit terms --country Haiti\n"
	"  opcit terms --type report --json detention of children\n"
	"\n"
	"Exit codes: 0 done, 1 nothing found, or no word marks it, 2 wrong usage, 3 no readable\n"
	"index, 4 the index is damaged.\n";

enum { MOST_TERMS = 1000 };

struct terms {
	struct db_option db;
	struct filter_list filters;
	size_t limit;
	bool json, literal;
	struct opcit_index *index;
	struct knowledge known;
	struct opcit_arena arena;
};

static void print_json(const struct opcit_marks *marks, const struct opcit_mark *mark)
{
	json_t *o = json_object();

	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "word", json_text(mark->word));
	json_object_set_new(o, "inside", json_integer((json_int_t)mark->inside));
	json_object_set_new(o, "outside", json_integer((json_int_t)mark->outside));
	json_object_set_new(o, "score", json_real(mark->score));
	json_object_set_new(o, "records", json_integer((json_int_t)marks->inside));
	json_object_set_new(o, "others", json_integer((json_int_t)marks->outside));
	json_print(o, stdout);
}

static void print(const struct terms *t, const struct opcit_marks *marks)
{
	size_t i;

	if (!t->json) {
		output_start();
		printf("%zu record%s of %zu\n\n", marks->inside, marks->inside == 1 ? "" : "s",
		       marks->inside + marks->outside);
		output_colour(DIM);
		puts(" inside  others  word");
		output_colour(PLAIN);
	}
	for (i = 0; i < marks->n; i++) {
		if (t->json) {
			print_json(marks, &marks->items[i]);
			continue;
		}
		printf("%7zu %7zu  ", marks->items[i].inside, marks->items[i].outside);
		output_text(marks->items[i].word);
		putchar('\n');
	}
}

static int terms(struct terms *t, struct opcit_str text)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_query *query;
	struct opcit_marks marks;
	int code = search_understand(t->index, text, &t->filters, t->literal, &t->known, &t->arena, &query);

	if (code != 0)
		return code;
	if (opcit_index_marks(t->index, query, t->limit, &t->arena, &marks, &err) != OPCIT_OK)
		return output_error(&err);
	if (advise_query(t->index, query, &t->arena, &err) != OPCIT_OK)
		return output_error(&err);
	if (marks.inside == 0)
		fprintf(stderr, "opcit: nothing found\n");
	else if (marks.outside == 0)
		fprintf(stderr, "opcit: every record is found: there is no rest to compare with\n");
	else if (marks.n == 0)
		fprintf(stderr, "opcit: no word marks the %zu record%s found\n", marks.inside,
			marks.inside == 1 ? "" : "s");
	if (marks.n == 0)
		return output_finish(EXIT_NOTHING);
	print(t, &marks);
	return output_finish(EXIT_DONE);
}

int cmd_terms(int argc, char **argv)
{
	struct terms t = { .limit = 20, .arena = OPCIT_ARENA_INIT };
	const struct option options[] = {
		OPTION_ROWS_QUESTION(&t.filters),
		{ "limit", 'n', OPTION_NUMBER, &t.limit, "N", "at most N words (default 20)" },
		{ "json", 0, OPTION_FLAG, &t.json, NULL, "one JSON object a line" },
		{ "literal", 0, OPTION_FLAG, &t.literal, NULL,
		  "only the words as typed, none that mean the same" },
		OPTION_ROW_DB(&t.db),
	};
	const struct usage usage = { "opcit terms [OPTIONS] QUERY...", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (t.limit == 0 || t.limit > MOST_TERMS)
		t.limit = MOST_TERMS;
	text = reference_join(n, argv, &t.arena);
	t.index = output_open_index(t.db, &code);
	if (t.index)
		code = terms(&t, text);
	opcit_index_close(t.index);
	opcit_arena_release(&t.arena);
	knowledge_release(&t.known);
	return code;
}
