/* similar.c: `opcit similar`. */
#include <stdlib.h>
#include <string.h>

#include "../lib/alike.h"
#include "../lib/wdiff.h"
#include "advise.h"
#include "command.h"
#include "diff.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "parse.h"
#include "pinpoint.h"
#include "ref.h"
#include "reference.h"

static const char about[] =
	"Find the paragraphs that say the same as the one named, and how their words differ:\n"
	"how agreed language came about and where it went. The most similar stand first, the\n"
	"newest among equals.\n"
	"\n"
	"Two texts are 100 % similar when they have the same words in the same order, and less\n"
	"by the share of words that only one of them has. Case, accents, punctuation and\n"
	"hyphens do not count. Words that the found paragraph lacks are shown as [-lacks-],\n"
	"those that only it has as {+has+}; in red and green on a terminal.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit similar A/RES/64/166 para 4\n"
	"  opcit similar --least 80 -n 0 'S/RES/1325(2000)' pp3\n"
	"\n"
	"Exit codes: 0 found, 1 nothing says it, or no such paragraph, 2 wrong usage, 3 no\n"
	"readable index, 4 the index is damaged.\n";

/* Records that share rare words with the one named, to be compared with it. */
enum { CANDIDATES = 2000, MOST_RESULTS = 100000 };

struct match {
	const struct opcit_hit *hit;
	double similarity;
	unsigned percent; /* rounded down: 100 is word for word */
};

struct similar {
	struct db_option db;
	struct filter_list filters;
	size_t limit, least;
	bool json;
	struct opcit_index *index;
	struct opcit_arena arena;
	struct opcit_err err;
	const struct opcit_entry *entry; /* of the paragraph that is named */
	struct opcit_record record;
	struct opcit_words words;
	struct match *matches;
	size_t n;
	bool more; /* than CANDIDATES may be as similar */
};

/* ---- the paragraph that is named ----------------------------------------- */

static opcit_status refuse(struct similar *s, const char *message)
{
	opcit_err_set(&s->err, OPCIT_USAGE, "%s", message);
	opcit_err_hint(&s->err, "for example: opcit similar A/RES/64/166 para 4");
	return OPCIT_USAGE;
}

static opcit_status find_paragraph(struct similar *s, struct opcit_str text)
{
	struct opcit_str label;
	struct ref ref;
	uint32_t *seqs = NULL, seq;
	size_t n = 0, i;
	opcit_status status = reference_find(s->index, text, &s->arena, &ref, &s->err);

	if (status != OPCIT_OK) {
		s->err.place = -1;
		return status;
	}
	if (ref.n_ranges == 0)
		return refuse(s, "that is a whole document; name one paragraph of it");
	if (ref.n_ranges > 1 || !opcit_str_eq(ref.ranges[0].from, ref.ranges[0].to))
		return refuse(s, "those are several paragraphs; name one");
	label = ref.ranges[0].from;
	seq = ref.ranges[0].seq;
	for (i = 0; i < ref.n_entries && status == OPCIT_OK && n == 0; i++) {
		s->entry = &ref.entries[i];
		if (seq)
			n = seq <= s->entry->doc.n_records;
		else
			status = opcit_index_label(s->index, s->entry, label, &s->arena, &seqs, &n,
						   &s->err);
	}
	if (status == OPCIT_OK && n == 0) {
		opcit_err_set(&s->err, OPCIT_NOT_FOUND, "'%.*s' has no '%.*s'",
			      OPCIT_FMT(s->entry->doc.id), OPCIT_FMT(label));
		opcit_err_hint(&s->err, "`opcit show '%.*s'` prints it with its labels",
			       OPCIT_FMT(s->entry->doc.id));
		return OPCIT_NOT_FOUND;
	}
	if (status != OPCIT_OK)
		return status;
	if (n > 1)
		fprintf(stderr, "opcit: '%.*s' occurs %zu times in this document; the first is compared\n",
			OPCIT_FMT(label), n);
	return opcit_index_record(s->index, s->entry, seqs ? seqs[0] : seq, &s->arena, &s->record,
				  &s->err);
}

/* ---- finding ------------------------------------------------------------- */

static int best_first(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	int order;

	if (x->percent != y->percent)
		return x->percent < y->percent ? 1 : -1;
	order = opcit_str_cmp(y->hit->entry->doc.date, x->hit->entry->doc.date);
	if (order == 0)
		order = opcit_str_cmp(x->hit->entry->doc.source, y->hit->entry->doc.source);
	if (order)
		return order;
	return x->hit->record.seq < y->hit->record.seq ? -1 : 1;
}

static void compare(struct similar *s, const struct opcit_results *results)
{
	struct opcit_arena scratch = OPCIT_ARENA_INIT;
	double least = (double)s->least / 100;
	size_t i;

	s->matches = opcit_arena_alloc(&s->arena, (results->n + 1) * sizeof *s->matches);
	for (i = 0; i < results->n; i++) {
		const struct opcit_hit *hit = &results->hits[i];
		struct opcit_words words;
		double similarity;

		if (hit->entry->number == s->entry->number && hit->record.seq == s->record.seq)
			continue;
		opcit_words_read(hit->record.text, &scratch, &words);
		similarity = opcit_words_similarity(&s->words, &words, least);
		opcit_arena_reset(&scratch);
		if (similarity == 0)
			continue;
		s->matches[s->n++] = (struct match){ hit, similarity,
						     (unsigned)(similarity * 100 + 0.000001) };
		/* the last that was looked at is as good: there may be others */
		s->more = results->n == CANDIDATES && i + 1 == results->n;
	}
	opcit_arena_release(&scratch);
	qsort(s->matches, s->n, sizeof *s->matches, best_first);
}

/* The filters that were given, or NULL. */
static opcit_status read_filters(struct similar *s, struct opcit_query **filter)
{
	*filter = s->filters.n ? parse_node(&s->arena, OPCIT_QUERY_AND, s->filters.n) : NULL;
	return *filter ? parse_filters(&s->filters, &s->arena, *filter, &s->err) : OPCIT_OK;
}

/* ---- printing ------------------------------------------------------------ */

static void print_json(struct similar *s, const struct match *match,
		       const struct opcit_wdiff *diff)
{
	json_t *o = json_record(&match->hit->entry->doc, &match->hit->record);

	json_object_set_new(o, "similarity", json_real(match->similarity));
	json_object_set_new(o, "operations",
			    diff_json(diff, s->record.text, match->hit->record.text));
	json_object_set_new(o, "cut", json_boolean(diff->cut));
	json_print(o, stdout);
}

static void print_place(const struct opcit_entry *entry, const struct opcit_record *record)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	pinpoint_write(&entry->doc, record, &buf);
	output_colour(STRONG);
	output_text(opcit_buf_str(&buf));
	output_colour(DIM);
	if (entry->doc.date.len)
		printf("  %.*s", OPCIT_FMT(entry->doc.date));
	output_colour(PLAIN);
	opcit_buf_release(&buf);
}

static void print_text(struct similar *s, const struct match *match,
		       const struct opcit_wdiff *diff)
{
	print_place(match->hit->entry, &match->hit->record);
	printf("  %u %%\n", match->percent);
	if (diff->deleted + diff->inserted == 0)
		puts("    the same words");
	else
		diff_print(diff, s->record.text, match->hit->record.text, 4);
	if (diff->cut)
		printf("    (only the first %d words were compared)\n", OPCIT_WORDS_MOST);
	putchar('\n');
}

static void print(struct similar *s)
{
	struct opcit_arena scratch = OPCIT_ARENA_INIT;
	size_t i;

	if (!s->json) {
		output_start();
		print_place(s->entry, &s->record);
		putchar('\n');
		output_wrapped(s->record.text, 4, NULL, 0);
		printf("\n%s%zu record%s at least %zu %% similar%s", s->more ? "more than " : "", s->n,
		       s->n == 1 ? " is" : "s are", s->least, s->n > s->limit ? "" : "\n\n");
		if (s->n > s->limit)
			printf("; the first %zu (-n 0: all)\n\n", s->limit);
	}
	for (i = 0; i < s->n && i < s->limit && !ferror(stdout); i++) {
		struct opcit_words words;
		struct opcit_wdiff diff;

		opcit_words_read(s->matches[i].hit->record.text, &scratch, &words);
		opcit_words_diff(&s->words, &words, &scratch, &diff);
		if (s->json)
			print_json(s, &s->matches[i], &diff);
		else
			print_text(s, &s->matches[i], &diff);
		opcit_arena_reset(&scratch);
	}
	if (s->json && s->more)
		fprintf(stderr, "opcit: more than %d records share its words; not all were compared\n",
			CANDIDATES);
	opcit_arena_release(&scratch);
}

/* ---- the command --------------------------------------------------------- */

static int similar(struct similar *s, struct opcit_str text)
{
	struct opcit_results results;
	struct opcit_query *filter;

	if (find_paragraph(s, text) != OPCIT_OK || read_filters(s, &filter) != OPCIT_OK)
		return output_error(&s->err);
	opcit_words_read(s->record.text, &s->arena, &s->words);
	if (opcit_index_alike(s->index, s->record.text, s->entry->doc.lang, filter, CANDIDATES,
			      &s->arena, &results, &s->err) != OPCIT_OK)
		return output_error(&s->err);
	compare(s, &results);
	if (s->n == 0) {
		struct opcit_buf place = OPCIT_BUF_INIT;

		advise_filters(s->index, &s->filters, &s->arena);
		pinpoint_write(&s->entry->doc, &s->record, &place);
		fprintf(stderr, "opcit: no other record is at least %zu %% similar to '%s'%s\n", s->least,
			place.ptr, s->filters.n ? " with these filters" : "");
		opcit_buf_release(&place);
		return output_finish(EXIT_NOTHING);
	}
	print(s);
	return output_finish(EXIT_DONE);
}

int cmd_similar(int argc, char **argv)
{
	struct similar s = { .limit = 10, .least = 60, .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "least", 0, OPTION_NUMBER, &s.least, "PERCENT",
		  "how similar at least, 1 to 100 (default 60)" },
		OPTION_ROW_BODY(&s.filters),
		OPTION_ROW_TYPE(&s.filters),
		OPTION_ROWS_DATES(&s.filters),
		{ "limit", 'n', OPTION_NUMBER, &s.limit, "N",
		  "at most N records (default 10; 0 for all)" },
		{ "json", 0, OPTION_FLAG, &s.json, NULL,
		  "one JSON object a line, with what differs" },
		OPTION_ROW_DB(&s.db),
	};
	const struct usage usage = { "opcit similar [OPTIONS] REF", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	if (s.limit == 0 || s.limit > MOST_RESULTS)
		s.limit = MOST_RESULTS;
	text = reference_join(n, argv, &s.arena);
	if (text.len == 0)
		refuse(&s, "no paragraph is named");
	else if (s.least == 0 || s.least > 100)
		opcit_err_set(&s.err, OPCIT_USAGE, "--least is a percentage from 1 to 100, not %zu", s.least);
	if (s.err.status != OPCIT_OK)
		code = output_error(&s.err);
	else
		s.index = output_open_index(s.db, &code);
	if (s.index)
		code = similar(&s, text);
	opcit_index_close(s.index);
	opcit_arena_release(&s.arena);
	return code;
}
