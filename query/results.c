/* results.c: see results.h. */
#include "results.h"

#include <stdio.h>
#include <string.h>

#include "highlight.h"
#include "json.h"
#include "output.h"
#include "pinpoint.h"

enum { SNIPPET = 240 };

static void snippet_text(struct opcit_str text, size_t from, size_t to, struct opcit_buf *out)
{
	if (from > 0)
		opcit_buf_puts(out, "… ");
	opcit_buf_add_str(out, opcit_str_sub(text, from, to));
	if (to < text.len)
		opcit_buf_puts(out, " …");
}

/* Where else the same is said. */
static json_t *json_hits(const struct opcit_hit *hits, size_t n)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < n; i++) {
		const struct opcit_hit *one = &hits[i];
		struct opcit_buf pinpoint = OPCIT_BUF_INIT;
		json_t *o = json_object();

		pinpoint_write(&one->entry->doc, &one->record, &pinpoint);
		json_object_set_new(o, "doc", json_text(one->entry->doc.id));
		json_object_set_new(o, "date", json_text(one->entry->doc.date));
		json_object_set_new(o, "lang", json_text(one->entry->doc.lang));
		json_object_set_new(o, "source", json_text(one->entry->doc.source));
		json_object_set_new(o, "seq", json_integer(one->record.seq));
		json_object_set_new(o, "label", json_text(one->record.label));
		json_object_set_new(o, "pinpoint", json_text(opcit_buf_str(&pinpoint)));
		json_array_append_new(all, o);
		opcit_buf_release(&pinpoint);
	}
	return all;
}

static void print_json(const struct results_how *how, const struct opcit_hit *hit, const size_t (*ranges)[2], size_t n,
		       size_t from, size_t to)
{
	json_t *o = json_record(&hit->entry->doc, &hit->record), *all = json_array();
	struct opcit_buf snippet = OPCIT_BUF_INIT;
	size_t i;

	snippet_text(hit->record.text, from, to, &snippet);
	for (i = 0; i < n; i++) {
		json_t *range = json_array();

		json_array_append_new(range, json_integer((json_int_t)ranges[i][0]));
		json_array_append_new(range, json_integer((json_int_t)ranges[i][1]));
		json_array_append_new(all, range);
	}
	json_object_set_new(o, "score", json_real(hit->score));
	if (how->order == OPCIT_ORDER_CITED)
		json_object_set_new(o, "cited", json_integer(hit->cited));
	json_object_set_new(o, "snippet", json_text(opcit_buf_str(&snippet)));
	json_object_set_new(o, "highlights", all);
	if (hit->n_older)
		json_object_set_new(o, "older", json_hits(hit->older, hit->n_older));
	if (hit->n_versions)
		json_object_set_new(o, "versions", json_hits(hit->versions, hit->n_versions));
	json_print(o, stdout);
	opcit_buf_release(&snippet);
}

static void print_section(const struct opcit_record *record)
{
	size_t i;

	if (record->n_section == 0)
		return;
	output_colour(DIM);
	fputs("  ", stdout);
	for (i = 0; i < record->n_section; i++) {
		if (i)
			fputs(" › ", stdout);
		output_text(record->section[i]);
	}
	output_colour(PLAIN);
	putchar('\n');
}

/* Are all that say the same older than the one that is shown? */
static bool are_older(const struct opcit_hit *hit)
{
	size_t i;

	for (i = 0; i < hit->n_older; i++)
		if (opcit_str_cmp(hit->older[i].entry->doc.date, hit->entry->doc.date) >= 0)
			return false;
	return true;
}

static void print_older(const struct opcit_hit *hit, bool cut)
{
	enum { NAMED = 3 };
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i;

	if (!hit->n_older)
		return;
	opcit_buf_printf(&buf, "and %s%zu %s: ", cut ? "at least " : "", hit->n_older,
			 are_older(hit) ? "earlier" : "that say the same");
	for (i = 0; i < hit->n_older && i < NAMED; i++) {
		if (i)
			opcit_buf_puts(&buf, "; ");
		pinpoint_write(&hit->older[i].entry->doc, &hit->older[i].record, &buf);
	}
	if (hit->n_older > NAMED)
		opcit_buf_puts(&buf, " ...");
	output_colour(DIM);
	output_wrapped(opcit_buf_str(&buf), 4, NULL, 0);
	output_colour(PLAIN);
	opcit_buf_release(&buf);
}

static void print_versions(const struct opcit_hit *hit)
{
	size_t i;

	if (!hit->n_versions)
		return;
	output_colour(DIM);
	fputs("    also in ", stdout);
	for (i = 0; i < hit->n_versions; i++) {
		fputs(i ? ", " : "", stdout);
		output_text(hit->versions[i].entry->doc.lang);
	}
	output_colour(PLAIN);
	putchar('\n');
}

/* "  [operative, fr]": what is plain, a paragraph and English, is not said. */
static void print_kind(const struct opcit_hit *hit)
{
	const char *kind = hit->record.kind != OPCIT_KIND_PARAGRAPH ? opcit_kind_name(hit->record.kind) : "";
	struct opcit_str lang = opcit_record_lang(&hit->entry->doc, &hit->record);

	if (opcit_str_is(lang, "en"))
		lang.len = 0;
	if (*kind || lang.len)
		printf("  [%s%s%.*s]", kind, *kind && lang.len ? ", " : "", OPCIT_FMT(lang));
}

static void print_hit(const struct results_how *how, const struct opcit_hit *hit, const size_t (*ranges)[2],
		      size_t n, size_t from, size_t to, bool cut)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t(*shown)[2] = opcit_arena_alloc(how->arena, (n + 1) * sizeof *shown);
	size_t i, kept = 0, shift = from ? strlen("… ") : 0;

	pinpoint_write(&hit->entry->doc, &hit->record, &buf);
	output_colour(STRONG);
	output_text(opcit_buf_str(&buf));
	output_colour(DIM);
	print_kind(hit);
	if (how->order == OPCIT_ORDER_SCORE || how->order == OPCIT_ORDER_FOLDED) {
		if (hit->score > 0) /* filters alone rank nothing */
			printf("  %.1f", hit->score);
	} else if (how->order == OPCIT_ORDER_NEWEST) {
		printf("  %.*s", OPCIT_FMT(hit->entry->doc.date));
	} else if (how->order == OPCIT_ORDER_CITED) {
		printf("  cited by %u record%s", hit->cited, hit->cited == 1 ? "" : "s");
	}
	output_colour(PLAIN);
	putchar('\n');
	print_section(&hit->record);
	opcit_buf_clear(&buf);
	snippet_text(hit->record.text, from, to, &buf);
	for (i = 0; i < n; i++) {
		if (ranges[i][0] < from || ranges[i][1] > to)
			continue;
		shown[kept][0] = ranges[i][0] - from + shift;
		shown[kept++][1] = ranges[i][1] - from + shift;
	}
	output_wrapped(opcit_buf_str(&buf), 4, (const size_t(*)[2])shown, kept);
	print_older(hit, cut);
	print_versions(hit);
	putchar('\n');
	opcit_buf_release(&buf);
}

/* The first NEAR that must hold; NULL when there is none. */
static const struct opcit_query *first_near(const struct opcit_query *query)
{
	const struct opcit_query *found = query->op == OPCIT_QUERY_NEAR ? query : NULL;
	size_t i, n = query->op == OPCIT_QUERY_NOT ? 1 : query->n_subs;

	for (i = 0; !found && i < n; i++)
		found = first_near(query->subs[i]);
	return found;
}

/* The passage that shows why the record was found. */
static void choose_snippet(const struct results_how *how, const struct opcit_query *near, struct opcit_str text,
			   const size_t (*ranges)[2], size_t n, size_t *from, size_t *to)
{
	size_t place[1][2];

	if (near && opcit_index_near(how->index, near, text, &place[0][0], &place[0][1]))
		highlight_snippet(text, (const size_t(*)[2])place, 1, SNIPPET, from, to);
	else
		highlight_snippet(text, ranges, n, SNIPPET, from, to);
}

void results_print(const struct results_how *how, const struct opcit_results *results)
{
	struct highlighter *highlighter = highlighter_new(how->query);
	const struct opcit_query *near = first_near(how->query);
	size_t i;

	for (i = 0; i < results->n; i++) {
		const struct opcit_hit *hit = &results->hits[i];
		size_t(*ranges)[2], n, from, to;

		highlight(highlighter, hit->record.text, opcit_record_lang(&hit->entry->doc, &hit->record), how->arena, &ranges, &n);
		choose_snippet(how, near, hit->record.text, (const size_t(*)[2])ranges, n, &from, &to);
		if (how->json)
			print_json(how, hit, (const size_t(*)[2])ranges, n, from, to);
		else
			print_hit(how, hit, (const size_t(*)[2])ranges, n, from, to, results->cut);
	}
	highlighter_free(highlighter);
}
