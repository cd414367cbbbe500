/* search.c: `opcit search`. */
#include <unistd.h>

#include "../lib/text.h"
#include "advise.h"
#include "command.h"
#include "country.h"
#include "expand.h"
#include "facets.h"
#include "instrument.h"
#include "options.h"
#include "output.h"
#include "page.h"
#include "parse.h"
#include "prefer.h"
#include "resolve.h"
#include "results.h"
#include "saved.h"
#include "search.h"

enum { MOST_RESULTS = 100000, NOT_GIVEN = 1000000001 };

static const char about[] =
	"Find the paragraphs that answer a query, best first.\n"
	"\n"
	"Words rank: a paragraph needs one of them, and the more and rarer the words it\n"
	"holds, the higher it stands. Words are found in all their forms, whatever their\n"
	"case and accents. Besides words a query may hold\n"
	"\n"
	"  \"best interests\"        a phrase, word for word; every phrase is required\n"
	"  children AND detention  both; also OR, NOT and parentheses, in capitals\n"
	"  detention NEAR/5 child  both, at most five words apart\n"
	"  detain*                 a word as printed, with any letters for the star\n"
	"  ~minors                 all that the thesaurus calls so, also where it is required\n"
	"  kind:operative          a filter: doc, body, type, kind, act, lang, year, label,\n"
	"                          section, note, country, cites, since or until; every one\n"
	"                          is required\n"
	"  A/RES/64/166            a symbol: that document first, then what cites it\n"
	"\n"
	"Words that the thesaurus knows also find what else is called so (minors: children),\n"
	"in English, French and Spanish, for less, and words that tell something together find\n"
	"what is about it; --literal turns that off.\n"
	"\n"
	"In a shell, quotation marks need marks around them: '\"best interests\" child'.\n"
	"`opcit help query` explains the language; so does opcit-query(7).\n";

static const char examples[] =
	"Examples:\n"
	"  opcit search recommendations on detention of children\n"
	"  opcit search --body 'Human Rights Council' --since 2010 migrants\n"
	"  opcit search '\"best interests\" AND (unaccompanied OR separated) NOT trafficking'\n"
	"  opcit search --act recommends --json detention\n"
	"\n"
	"Exit codes: 0 found, 1 nothing found, 2 the query or an option is wrong,\n"
	"3 no readable index, 4 the index is damaged, 75 it is changing: try again.\n";

struct search {
	struct db_option db;
	struct filter_list filters;
	size_t limit, page;
	const char *sort;
	enum opcit_order order;
	bool json, explain, literal, unfolded, no_results;
	const char *facet_list;
	struct facets facets;
	struct saved_options saved;
	struct opcit_index *index;
	struct knowledge *known;
	struct opcit_arena arena;
	struct opcit_str text; /* the query as typed */
	struct opcit_str asked; /* that without what it leaves out */
	struct opcit_query *query;
};

static void join_arguments(struct search *s, int argc, char **argv)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	int i;

	for (i = 1; i <= argc; i++) {
		if (i > 1)
			opcit_buf_putc(&buf, ' ');
		opcit_buf_puts(&buf, argv[i]);
	}
	s->text = opcit_arena_dup(&s->arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
}

/* What loose words are about brings the best up; who wants all of them by date, or what is new
 * since a search was saved, does not want what is only near. */
static enum expand_by expanding(const struct search *s)
{
	bool best = (s->order == OPCIT_ORDER_SCORE || s->order == OPCIT_ORDER_FOLDED) && !s->saved.news && !s->saved.save;

	return s->literal ? EXPAND_NOTHING : best ? EXPAND_BY_MEANING : EXPAND_BY_NAMES;
}

/* A query that is the name of a document, or of something that is cited,
 * asks for that first: "Santa Cruz Declaration", "AG/RES. 2141 (XXXV-O/05)". */
static struct opcit_query *put_name_first(struct search *s, struct opcit_query *query)
{
	struct opcit_query *first;

	if (s->text.len > 400 || (query && query->op == OPCIT_QUERY_FIRST) ||
	    !opcit_index_names(s->index, opcit_str_trim(s->text)))
		return query;
	first = parse_node(&s->arena, OPCIT_QUERY_FIRST, 1);
	first->text = opcit_str_trim(s->text);
	first->subs[0] = query;
	first->n_subs = query != NULL;
	return first;
}

/* The filters given as options, around the query. */
static opcit_status add_filters(struct search *s, struct opcit_err *err)
{
	struct opcit_query *all = parse_node(&s->arena, OPCIT_QUERY_AND, s->filters.n + 1);
	opcit_status status = parse_filters(&s->filters, &s->arena, all, err);

	if (status == OPCIT_OK)
		status = resolve_references(s->index, OPCIT_STR(""), &s->arena, &all, err);
	if (s->filters.n == 0 || status != OPCIT_OK)
		return status;
	if (s->query)
		all->subs[all->n_subs++] = s->query;
	s->query = all;
	return OPCIT_OK;
}

/* Does the query ask for anything but words that every text holds? */
static bool asks_something(struct opcit_index *index, const struct opcit_query *query)
{
	size_t i;

	if (query->op == OPCIT_QUERY_WORD)
		return !opcit_index_ignores(index, query->text);
	if (query->n_subs == 0 || query->op == OPCIT_QUERY_FIRST)
		return true;
	for (i = 0; i < (query->op == OPCIT_QUERY_NOT ? 1 : query->n_subs); i++)
		if (asks_something(index, query->subs[i]))
			return true;
	return false;
}

/* Understand what was typed. On failure the exit code, reported; else 0. */
static int understand(struct search *s)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = OPCIT_OK;
	bool empty = opcit_str_trim(s->text).len == 0;

	if (!empty || (s->filters.n == 0 && !s->facets.n))
		status = parse_query(s->text, &s->arena, &s->query, &err);
	if (status != OPCIT_OK && opcit_index_names(s->index, opcit_str_trim(s->text)))
		status = OPCIT_OK; /* "2200 A (XXI" is no query, but may be a name */
	if (status != OPCIT_OK)
		return output_error_at(&err, s->text);
	if (!empty)
		s->query = put_name_first(s, s->query);
	opcit_index_listen(s->index, s->query);
	if (s->query && !asks_something(s->index, s->query)) {
		opcit_err_set(&err, OPCIT_USAGE,
			      "every word of the query is too common to search for");
		opcit_err_hint(&err, "put them in quotation marks to find them as a phrase");
		return output_error(&err);
	}
	if (s->query && parse_check_notes(s->index, s->query, &err) != OPCIT_OK)
		return output_error(&err);
	s->asked = parse_asked(s->text, &s->arena);
	status = resolve_references(s->index, opcit_str_trim(s->asked), &s->arena, &s->query, &err);
	if (status == OPCIT_OK)
		status = expand_query(s->index, expanding(s), s->known, &s->arena, &s->query, &err);
	if (status == OPCIT_OK && !s->literal)
		status = instrument_expand(s->index, s->asked, s->known, &s->arena, &s->query, &err);
	if (status == OPCIT_OK && !s->literal)
		status = prefer_expand(s->index, s->asked, s->known, &s->arena, &s->query, &err);
	if (status == OPCIT_OK)
		status = add_filters(s, &err);
	if (status == OPCIT_OK && !s->query) { /* --facets alone: of the whole index */
		s->query = parse_node(&s->arena, OPCIT_QUERY_ALL, 0);
		s->no_results = true;
	}
	if (status == OPCIT_OK)
		status = country_resolve(s->known, &s->arena, s->query, &err);
	return status == OPCIT_OK ? 0 : output_error(&err);
}

int search_understand(struct opcit_index *index, struct opcit_str text,
		      const struct filter_list *filters, bool literal, struct knowledge *known,
		      struct opcit_arena *arena, struct opcit_query **query)
{
	struct search s = { .index = index, .text = text, .filters = *filters, .literal = literal, .known = known };
	int code;

	s.arena = *arena;
	code = understand(&s);
	*arena = s.arena;
	*query = s.query;
	return code;
}

static opcit_status explain(struct search *s, struct opcit_err *err)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	opcit_status status;
	FILE *out = s->json ? stderr : stdout;

	opcit_buf_puts(&buf, "understood: ");
	parse_explain(s->index, s->query, &buf);
	status = advise_wildcards(s->index, s->query, &buf, err);
	fwrite(buf.ptr, 1, buf.len, out);
	opcit_buf_release(&buf);
	return status;
}

/* What was looked for besides the words that were typed. */
static void print_names(const struct opcit_query *query)
{
	struct opcit_buf names = OPCIT_BUF_INIT;

	expand_names(query, &names);
	if (names.len) {
		output_colour(DIM);
		fputs("also looked for: ", stdout);
		output_text(opcit_buf_str(&names));
		fputs(" (--literal: only the words as typed)\n", stdout);
		output_colour(PLAIN);
	}
	opcit_buf_release(&names);
}

/* "results 11 to 20 of about 340" */
static void print_place(const struct search *s, const struct opcit_results *results)
{
	size_t first = (s->page - 1) * s->limit + 1, last = first + results->n - 1;

	output_colour(DIM);
	printf("results %zu to %zu of %s%zu", first, last, results->n == s->limit ? "about " : "",
	       results->n == s->limit && results->total > last ? results->total : last);
	if (results->n == s->limit && results->total > last)
		printf(" (--page %zu: the next)", s->page + 1);
	putchar('\n');
	output_colour(PLAIN);
}

static int nothing_found(const struct search *s)
{
	fflush(stdout); /* what --explain said comes first */
	fprintf(stderr, "opcit: nothing found for '%.*s'%s", (int)(s->text.len < 200 ? s->text.len : 200),
		s->text.ptr, s->filters.n ? " with these filters" : "");
	if (s->page > 1)
		fprintf(stderr, " on page %zu", s->page);
	fputc('\n', stderr);
	return output_finish(EXIT_NOTHING);
}

static int search(struct search *s)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_results results = { .n = 0 };
	opcit_status status = OPCIT_OK;
	enum opcit_order order = s->saved.news ? OPCIT_ORDER_NEWEST : s->order;
	const struct saved_question question = { s->saved.save, s->db.path, &s->filters, s->literal,
						 opcit_str_trim(s->text) };
	int code = understand(s);

	if (code != 0)
		return saved_blame(&s->saved, code);
	if (s->facets.n)
		status = facets_count(&s->facets, s->index, s->query, &s->arena, &err);
	if (status == OPCIT_OK)
		status = saved_begin(&s->saved, s->index, s->query, &question, &err);
	if (status == OPCIT_OK && !s->no_results)
		status = page_fetch(s->index, s->query, order, s->saved.news ? MOST_RESULTS : s->limit, s->page,
				    &s->arena, &results, &err);
	if (status == OPCIT_OK && !s->saved.news) /* no news, no mail */
		status = advise_query(s->index, s->query, &s->arena, &err);
	if (status != OPCIT_OK)
		return output_error(&err);
	if (!saved_filter(&s->saved, &results, s->limit))
		return output_finish(EXIT_NOTHING);
	if (!s->json && (results.n || s->facets.records))
		output_start();
	if (s->explain && explain(s, &err) != OPCIT_OK)
		return output_error(&err);
	if (results.n == 0 && s->facets.records == 0)
		return nothing_found(s);
	results_print(&(struct results_how){ s->index, s->query, order, s->json, &s->arena }, &results);
	if (!s->json && isatty(STDOUT_FILENO)) {
		print_names(s->query);
		if (results.n && !s->saved.news)
			print_place(s, &results);
	}
	if (s->facets.n)
		facets_print(&s->facets, s->json);
	return saved_finish(&s->saved, &results);
}

static int read_facets(struct search *s)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (s->facet_list && facets_read(s->facet_list, &s->facets, &err) != OPCIT_OK)
		return output_error(&err);
	if (s->facets.n && s->saved.news) {
		opcit_err_set(&err, OPCIT_USAGE, "--new and --facets exclude one another");
		return output_error(&err);
	}
	if (!s->no_results || s->facets.n)
		return 0;
	opcit_err_set(&err, OPCIT_USAGE, "there is nothing to print: --no-results leaves only facets");
	opcit_err_hint(&err, "name them: --facets body,year");
	return output_error(&err);
}

/* The order and the page that were asked for. False after a message. */
static bool read_order(struct search *s, int *code)
{
	struct opcit_err err = OPCIT_ERR_INIT;

	if (!page_order(s->sort ? s->sort : "rank", !s->unfolded, &s->order)) {
		opcit_err_set(&err, OPCIT_USAGE, "there is no order '%.40s'", s->sort);
		opcit_err_hint(&err, "orders: rank date doc cited");
	} else if (s->page == 0 || s->page > MOST_RESULTS / s->limit) {
		opcit_err_set(&err, OPCIT_USAGE, "there is no page %zu", s->page);
		opcit_err_hint(&err, "pages of %zu results go from 1 to %zu", s->limit, MOST_RESULTS / s->limit);
	} else if (s->saved.news && (s->sort || s->page > 1)) {
		opcit_err_set(&err, OPCIT_USAGE, "--new excludes --sort and --page: it has an order of its own");
	} else {
		return true;
	}
	*code = output_error(&err);
	return false;
}

int cmd_search(int argc, char **argv)
{
	struct knowledge known = KNOWLEDGE_INIT;
	struct search s = { .limit = NOT_GIVEN, .page = 1, .known = &known, .arena = OPCIT_ARENA_INIT };
	const struct option options[] = {
		OPTION_ROWS_QUESTION(&s.filters),
		{ "limit", 'n', OPTION_NUMBER, &s.limit, "N",
		  "at most N results (default 10; 0 for all)" },
		{ "page", 0, OPTION_NUMBER, &s.page, "N", "the Nth page of so many results (default 1)" },
		{ "sort", 0, OPTION_TEXT, &s.sort, "ORDER",
		  "rank (the default), date (newest first), doc, cited (most first)" },
		{ "facets", 0, OPTION_TEXT, &s.facet_list, "LIST",
		  "count all that match by body,type,kind,act,year,lang,country,instrument" },
		{ "no-results", 0, OPTION_FLAG, &s.no_results, NULL, "with --facets: only the counts" },
		{ "json", 0, OPTION_FLAG, &s.json, NULL, "one JSON object a line" },
		{ "explain", 0, OPTION_FLAG, &s.explain, NULL,
		  "say what the query was understood as" },
		{ "literal", 0, OPTION_FLAG, &s.literal, NULL,
		  "only the words as typed, none that mean the same" },
		{ "no-fold", 0, OPTION_FLAG, &s.unfolded, NULL,
		  "each record by itself, also where several documents say the same" },
		{ "save", 0, OPTION_TEXT, &s.saved.save, "NAME", "keep this search by a name" },
		{ "saved", 0, OPTION_TEXT, &s.saved.name, "NAME", "run the search of that name" },
		{ "new", 0, OPTION_FLAG, &s.saved.news, NULL,
		  "with --saved: only what it did not find before" },
		OPTION_ROW_DB(&s.db),
	};
	const struct usage usage = { "opcit search [OPTIONS] QUERY...", about, examples, options,
				     sizeof options / sizeof *options };
	int code, n = saved_parse(&s.saved, &usage, &s.filters, argc, &argv, &s.arena, &code);

	if (n < 0) {
		opcit_arena_release(&s.arena);
		return code;
	}
	if (s.limit == NOT_GIVEN)
		s.limit = s.saved.news ? 0 : 10;
	if (s.limit == 0 || s.limit > MOST_RESULTS)
		s.limit = MOST_RESULTS;
	join_arguments(&s, n, argv);
	code = read_facets(&s);
	if (code == 0)
		read_order(&s, &code);
	if (code == 0)
		s.index = output_open_index(s.db, &code);
	if (s.index)
		code = search(&s);
	opcit_index_close(s.index);
	saved_seen_release(&s.saved.seen);
	opcit_arena_release(&s.arena);
	knowledge_release(&known);
	return code;
}
