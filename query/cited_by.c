/* cited_by.c: `opcit cited-by`. */
#include <stdlib.h>
#include <string.h>

#include "advise.h"
#include "citing.h"
#include "command.h"
#include "highlight.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "parse.h"
#include "pinpoint.h"
#include "place.h"

static const char about[] =
	"Find who cites a document, a paragraph of it, or an article of a treaty: each\n"
	"citing paragraph with what it does (recalls, reaffirms ...), newest first. Other\n"
	"identifiers of the same text are searched together with it. Article 37 finds\n"
	"37 (b) too, and paragraph 15 what cites paragraphs 14 to 16.\n"
	"\n"
	"A citation in a note is shown as the paragraph that carries the note, and the\n"
	"note.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit cited-by A/HRC/13/5\n"
	"  opcit cited-by --since 2010 CRC art 37\n"
	"  opcit cited-by --count-by year A/RES/64/166\n"
	"\n"
	"Exit codes: 0 cited, 1 nothing in the index cites it, 2 wrong usage, 3 no readable\n"
	"index, 4 the index is damaged.\n";

enum { SNIPPET = 240, MOST_RESULTS = 1000000 };

enum count_by { NO_COUNT, BY_YEAR, BY_BODY, BY_TYPE, BY_ACT, N_COUNTS };

static const char *const count_names[N_COUNTS] = { "", "year", "body", "type", "act" };

struct cited_by {
	struct db_option db;
	const char *count_name;
	struct filter_list filters;
	size_t limit;
	bool json;
	enum count_by count_by;
	struct opcit_index *index;
	struct opcit_arena arena;
	struct reference_reader reader;
	struct place_file file;
	struct reading reading;
	struct opcit_err err;
};

/* The query with the filters given as options. */
static opcit_status build(struct cited_by *c, struct opcit_query **query)
{
	struct opcit_query *all = parse_node(&c->arena, OPCIT_QUERY_AND, c->filters.n + 1);
	opcit_status status =
		citing_query(&c->reader, &c->reading, &all->subs[all->n_subs++], &c->err);

	if (status == OPCIT_OK)
		status = parse_filters(&c->filters, &c->arena, all, &c->err);
	*query = all;
	return status;
}

/* What the citing clause does: a note's paragraph does it. */
static struct opcit_str act_of(const struct opcit_record *record,
			       const struct opcit_record *carrier)
{
	return carrier && record->act.len == 0 ? carrier->act : record->act;
}

/* ---- one record ---------------------------------------------------------- */

static bool has_text(const struct opcit_str *list, size_t n, struct opcit_str text)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (opcit_str_eq(list[i], text))
			return true;
	return false;
}

static void print_json(struct cited_by *c, const struct opcit_hit *hit,
		       const struct opcit_record *carrier, struct opcit_str place)
{
	json_t *o = json_record(&hit->entry->doc, &hit->record), *note = json_null();
	struct opcit_record found = hit->record;
	struct opcit_str *pinpoints;
	size_t i, k, n = 0, all = 0;

	found.cites = opcit_arena_alloc(&c->arena, (hit->record.n_cites + 1) * sizeof *found.cites);
	found.n_cites = 0;
	for (i = 0; i < hit->record.n_cites; i++)
		if (citing_is(&c->reading, &hit->record.cites[i])) {
			found.cites[found.n_cites++] = hit->record.cites[i];
			all += hit->record.cites[i].n_pinpoints;
		}
	pinpoints = opcit_arena_alloc(&c->arena, (all + 1) * sizeof *pinpoints);
	for (i = 0; i < found.n_cites; i++)
		for (k = 0; k < found.cites[i].n_pinpoints; k++)
			if (!has_text(pinpoints, n, found.cites[i].pinpoints[k]))
				pinpoints[n++] = found.cites[i].pinpoints[k];
	if (carrier) {
		note = json_object();
		json_object_set_new(note, "seq", json_integer(carrier->seq));
		json_object_set_new(note, "label", json_text(carrier->label));
		json_object_set_new(note, "act", json_text(carrier->act));
	}
	json_object_set_new(o, "place", json_text(place));
	json_object_set_new(o, "carrier", note);
	json_object_set_new(o, "raw",
			    json_text(found.n_cites
					      ? opcit_str_sub(found.text, found.cites[0].start,
							      found.cites[0].end)
					      : (struct opcit_str){ NULL, 0 }));
	json_object_set_new(o, "target",
			    json_text(found.n_cites ? found.cites[0].target : c->reading.target));
	json_object_set_new(o, "pinpoints", json_texts(pinpoints, n));
	json_object_set_new(o, "cites", json_cites(&found, true));
	json_print(o, stdout);
}

static void print_text(struct cited_by *c, const struct opcit_hit *hit,
		       const struct opcit_record *carrier, struct opcit_str place)
{
	struct opcit_str text = hit->record.text, act = act_of(&hit->record, carrier);
	size_t(*marks)[2] = opcit_arena_alloc(&c->arena, (hit->record.n_cites + 1) * sizeof *marks);
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t n = 0, kept = 0, i, from, to, shift;

	for (i = 0; i < hit->record.n_cites; i++)
		if (citing_is(&c->reading, &hit->record.cites[i])) {
			marks[n][0] = hit->record.cites[i].start;
			marks[n++][1] = hit->record.cites[i].end;
		}
	highlight_snippet(text, (const size_t(*)[2])marks, n, SNIPPET, &from, &to);
	shift = from ? strlen("… ") : 0;
	for (i = 0; i < n; i++)
		if (marks[i][0] >= from && marks[i][1] <= to) {
			marks[kept][0] = marks[i][0] - from + shift;
			marks[kept++][1] = marks[i][1] - from + shift;
		}
	output_colour(STRONG);
	output_text(place);
	output_colour(DIM);
	if (hit->entry->doc.date.len)
		printf("  %.*s", OPCIT_FMT(hit->entry->doc.date));
	if (act.len)
		printf("  [%.*s]", OPCIT_FMT(act));
	output_colour(PLAIN);
	putchar('\n');
	opcit_buf_printf(&buf, "%s%.*s%s", from ? "… " : "",
			 OPCIT_FMT(opcit_str_sub(text, from, to)), to < text.len ? " …" : "");
	output_wrapped(opcit_buf_str(&buf), 4, (const size_t(*)[2])marks, kept);
	putchar('\n');
	opcit_buf_release(&buf);
}

static void print_hit(struct cited_by *c, const struct opcit_hit *hit)
{
	const struct opcit_record *carrier;
	struct opcit_buf place = OPCIT_BUF_INIT;

	place_write(&c->file, hit->entry, &hit->record, &carrier, &place);
	if (c->json)
		print_json(c, hit, carrier, opcit_buf_str(&place));
	else
		print_text(c, hit, carrier, opcit_buf_str(&place));
	opcit_buf_release(&place);
}

/* ---- counting ------------------------------------------------------------ */

struct count {
	struct opcit_str key;
	size_t n, seen;
};

static struct opcit_str count_key(struct cited_by *c, const struct opcit_hit *hit)
{
	uint32_t seq;
	struct opcit_record carrier;

	switch (c->count_by) {
	case BY_YEAR: return opcit_str_sub(hit->entry->doc.date, 0, 4);
	case BY_BODY: return hit->entry->doc.body;
	case BY_TYPE: return hit->entry->doc.type;
	default: break;
	}
	seq = hit->record.act.len ? 0 : place_of_marker(&c->file, hit->entry, &hit->record);
	if (seq &&
	    opcit_index_record(c->index, hit->entry, seq, &c->arena, &carrier, NULL) == OPCIT_OK)
		return carrier.act;
	return hit->record.act;
}

/* Years from the newest, everything else from the most frequent. */
static int by_year(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return -opcit_str_cmp(x->key, y->key);
}

static int by_number(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : opcit_str_cmp(x->key, y->key);
}

static void print_counts(struct cited_by *c, const struct opcit_results *results)
{
	struct count *counts = opcit_arena_alloc(&c->arena, (results->n + 1) * sizeof *counts);
	size_t n = 0, i, k;

	for (i = 0; i < results->n; i++) {
		struct opcit_str key = count_key(c, &results->hits[i]);

		for (k = 0; k < n && !opcit_str_eq(counts[k].key, key); k++)
			;
		if (k == n)
			counts[n++] = (struct count){ key, 0, 0 };
		counts[k].n++;
	}
	qsort(counts, n, sizeof *counts, c->count_by == BY_YEAR ? by_year : by_number);
	for (i = 0; i < n; i++) {
		if (c->json) {
			json_t *o = json_object();

			json_object_set_new(o, "v", json_integer(1));
			json_object_set_new(o, count_names[c->count_by], json_text(counts[i].key));
			json_object_set_new(o, "records", json_integer((json_int_t)counts[i].n));
			json_print(o, stdout);
			continue;
		}
		printf("%7zu  ", counts[i].n);
		output_text(counts[i].key.len ? counts[i].key : OPCIT_STR("(not known)"));
		putchar('\n');
	}
}

/* ---- the command --------------------------------------------------------- */

/* What was looked for, in a line. */
static void describe(const struct cited_by *c, struct opcit_buf *out)
{
	size_t i;

	reference_write(c->reading.target, c->reading.pinpoints, c->reading.n_pinpoints, out);
	for (i = 1; i < c->reading.n_names; i++)
		opcit_buf_printf(out, "%s%.*s", i == 1 ? " (also as " : ", ",
				 OPCIT_FMT(c->reading.names[i]));
	if (c->reading.n_names > 1)
		opcit_buf_putc(out, ')');
}

static void print_head(struct cited_by *c, const struct opcit_results *results)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	describe(c, &buf);
	output_text(opcit_buf_str(&buf));
	printf(": cited in %zu record%s", results->total, results->total == 1 ? "" : "s");
	if (results->n < results->total)
		printf("; the newest %zu", results->n);
	fputs("\n\n", stdout);
	opcit_buf_release(&buf);
}

static int nothing(struct cited_by *c)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	advise_filters(c->index, &c->filters, &c->arena);
	describe(c, &buf);
	fprintf(stderr, "opcit: nothing in the index cites '%s'%s\n", buf.ptr,
		c->filters.n ? " with these filters" : "");
	if (c->reading.n_pinpoints)
		fprintf(stderr, "  leave out the place to find what cites the document\n");
	opcit_buf_release(&buf);
	return output_finish(EXIT_NOTHING);
}

static int cited_by(struct cited_by *c, struct opcit_str text)
{
	struct reference reference;
	struct opcit_results results;
	struct opcit_query *query;
	size_t i, limit = c->count_by ? MOST_RESULTS : c->limit;

	if (reference_read_one(&c->reader, text, &reference, &c->err) != OPCIT_OK)
		return output_error(&c->err);
	c->reading = reference.readings[0];
	if (build(c, &query) != OPCIT_OK ||
	    opcit_index_search(c->index, query, OPCIT_ORDER_NEWEST, limit, &c->arena, &results,
			       &c->err) != OPCIT_OK)
		return output_error(&c->err);
	if (results.n == 0)
		return nothing(c);
	if (!c->json) {
		output_start();
		print_head(c, &results);
	}
	if (c->count_by)
		print_counts(c, &results);
	for (i = 0; !c->count_by && i < results.n && !ferror(stdout); i++)
		print_hit(c, &results.hits[i]);
	return output_finish(EXIT_DONE);
}

static int check(struct cited_by *c, struct opcit_str text)
{
	if (text.len == 0) {
		opcit_err_set(&c->err, OPCIT_USAGE, "no document is named");
		opcit_err_hint(&c->err, "for example: opcit cited-by A/HRC/13/5");
		return output_error(&c->err);
	}
	while (c->count_name && ++c->count_by < N_COUNTS &&
	       strcmp(c->count_name, count_names[c->count_by]) != 0)
		;
	if (c->count_by == N_COUNTS) {
		opcit_err_set(&c->err, OPCIT_USAGE, "cannot count by '%.40s'", c->count_name);
		opcit_err_hint(&c->err, "count by: year body type act");
		return output_error(&c->err);
	}
	if (c->limit == 0 || c->limit > MOST_RESULTS)
		c->limit = MOST_RESULTS;
	return EXIT_DONE;
}

int cmd_cited_by(int argc, char **argv)
{
	struct cited_by c = { .limit = 20, .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "count-by", 0, OPTION_TEXT, &c.count_name, "WHAT",
		  "only count the records: year, body, type, act" },
		OPTION_ROW_BODY(&c.filters),
		OPTION_ROW_TYPE(&c.filters),
		{ "act", 0, OPTION_FILTER, &c.filters, "ACT",
		  "only clauses that do this: recalls, reaffirms, urges ..." },
		OPTION_ROWS_DATES(&c.filters),
		{ "limit", 'n', OPTION_NUMBER, &c.limit, "N",
		  "at most N records (default 20; 0 for all)" },
		{ "json", 0, OPTION_FLAG, &c.json, NULL, "one JSON object a line" },
		OPTION_ROW_DB(&c.db),
	};
	const struct usage usage = { "opcit cited-by [OPTIONS] REF", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	text = reference_join(n, argv, &c.arena);
	code = check(&c, text);
	if (code == EXIT_DONE && (c.index = output_open_index(c.db, &code))) {
		c.file.index = c.index;
		if (reference_reader_init(&c.reader, c.index, &c.arena, false, &c.err) == OPCIT_OK)
			code = cited_by(&c, text);
		else
			code = output_error(&c.err);
		reference_reader_release(&c.reader);
	}
	place_file_release(&c.file);
	opcit_index_close(c.index);
	opcit_arena_release(&c.arena);
	return code;
}
