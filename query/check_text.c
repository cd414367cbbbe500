/* check_text.c: the findings for a person at a terminal. */
#include "check_print.h"

#include <stdlib.h>

#include "output.h"

enum { INDENT = 4, PLACES_SHOWN = 5 };

static enum colour colour_of(enum check_verdict verdict)
{
	static const enum colour colours[] = { [CHECK_FINE] = INSERTED, [CHECK_NOTE] = STRONG, [CHECK_WARNING] = MARK,
					       [CHECK_FAULT] = ALARM };

	return colours[check_verdict_weight(verdict)];
}

/* "12:4", as editors take it, or "page 3, para. 12 (b)". */
static void put_place(const struct check_report *report, const struct finding *finding, struct opcit_buf *out)
{
	struct opcit_place place = check_place(report, finding);

	if (place.line)
		opcit_buf_printf(out, "%zu:%zu", place.line, place.column);
	else
		check_place_words(&report->manuscript->records[finding->record], out);
}

static void print_line(struct opcit_str text)
{
	if (text.len)
		output_wrapped(text, INDENT, NULL, 0);
}

/* Evidence that shows what differs: in colour, else with its marks. */
static void print_diff(struct opcit_str at, struct opcit_str evidence)
{
	struct opcit_buf text = OPCIT_BUF_INIT;
	size_t (*marks)[2] = NULL, n = 0, cap = 0;
	enum colour *colours = opcit_xmalloc((evidence.len + 1) * sizeof *colours);
	enum check_piece what;
	struct opcit_str piece;

	if (at.len) {
		opcit_buf_add_str(&text, at);
		opcit_buf_puts(&text, ": ");
	}
	while (check_diff_next(&evidence, &what, &piece)) {
		if (what != CHECK_KEPT) {
			OPCIT_GROW(marks, n, cap);
			colours[n] = what == CHECK_DELETED ? DELETED : INSERTED;
			marks[n][0] = text.len;
			if (!output_coloured())
				opcit_buf_puts(&text, what == CHECK_DELETED ? "[-" : "{+");
		}
		opcit_buf_add_str(&text, piece);
		if (what != CHECK_KEPT) {
			if (!output_coloured())
				opcit_buf_puts(&text, what == CHECK_DELETED ? "-]" : "+}");
			marks[n++][1] = text.len;
		}
	}
	output_wrapped_in(opcit_buf_str(&text), INDENT, (const size_t(*)[2])marks, colours, n);
	free(marks);
	free(colours);
	opcit_buf_release(&text);
}

/* The lines of check_explain, one by one. */
static void print_explained(const struct check_report *report, const struct finding *finding)
{
	struct opcit_buf said = OPCIT_BUF_INIT;
	struct opcit_str rest;

	check_explain(report, finding, &said);
	rest = opcit_buf_str(&said);
	while (rest.len) {
		size_t end = 0;

		while (end < rest.len && rest.ptr[end] != '\n')
			end++;
		print_line(opcit_str_sub(rest, 0, end));
		rest = opcit_str_sub(rest, end + 1, rest.len);
	}
	opcit_buf_release(&said);
}

static void print_finding(const struct check_report *report, const struct finding *finding)
{
	struct opcit_buf place = OPCIT_BUF_INIT;

	put_place(report, finding, &place);
	output_colour(STRONG);
	output_text(check_draft_name(report));
	fputs(check_place(report, finding).line ? ":" : ", ", stdout);
	output_text(opcit_buf_str(&place));
	output_colour(PLAIN);
	fputs("  ", stdout);
	output_colour(colour_of(finding->verdict));
	fputs(check_verdict_words(finding->verdict), stdout);
	output_colour(PLAIN);
	putchar('\n');
	print_line(check_first_words(finding->raw, report->arena));
	if (check_has_diff(finding)) {
		struct finding rest = *finding;

		rest.at.len = rest.evidence.len = 0;
		print_diff(finding->at, finding->evidence);
		print_explained(report, &rest);
	} else {
		print_explained(report, finding);
	}
	putchar('\n');
	opcit_buf_release(&place);
}

/* ---- what is not in the index ------------------------------------------------------ */

static int by_target(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
	int order = opcit_str_cmp(x->target, y->target);

	if (order)
		return order;
	return x < y ? -1 : x > y;
}

/* One document, and where it is cited. */
static void print_missing(const struct check_report *report, const struct finding **of, size_t n)
{
	struct opcit_buf line = OPCIT_BUF_INIT;
	size_t i;

	opcit_buf_add_str(&line, of[0]->target);
	opcit_buf_puts(&line, "  (");
	for (i = 0; i < n && i < PLACES_SHOWN; i++) {
		opcit_buf_puts(&line, i ? "; " : "");
		put_place(report, of[i], &line);
	}
	if (n > PLACES_SHOWN)
		opcit_buf_printf(&line, "; %zu more", n - PLACES_SHOWN);
	opcit_buf_putc(&line, ')');
	if (of[0]->address.len) {
		opcit_buf_puts(&line, "  ");
		opcit_buf_add_str(&line, of[0]->address);
	}
	print_line(opcit_buf_str(&line));
	opcit_buf_release(&line);
}

/* A citation of which nothing is known but that its document is not there. */
static bool is_missing(const struct finding *finding)
{
	return finding->kind == CHECK_CITATION && finding->verdict == CHECK_NOT_IN_INDEX && !finding->reason.len &&
	       !finding->n_others;
}

/* What cannot be told is said once for each document, after what can. */
static void print_all_missing(const struct check_report *report)
{
	const struct finding **missing = opcit_xmalloc((report->n + 1) * sizeof *missing);
	size_t i, n = 0, from;

	for (i = 0; i < report->n; i++)
		if (is_missing(&report->findings[i]))
			missing[n++] = &report->findings[i];
	if (n && report->wanted[CHECK_NOT_IN_INDEX]) {
		qsort(missing, n, sizeof *missing, by_target);
		output_colour(STRONG);
		puts("Not in the index, so that nothing can be said of them:");
		output_colour(PLAIN);
		for (from = 0; from < n; from = i) {
			for (i = from + 1; i < n && opcit_str_eq(missing[i]->target, missing[from]->target);)
				i++;
			print_missing(report, missing + from, i - from);
		}
		putchar('\n');
	}
	free(missing);
}

/* ---- the report ---------------------------------------------------------------------- */

static size_t count_missing(const struct check_report *report)
{
	size_t i, n = 0;

	for (i = 0; i < report->n; i++)
		n += report->findings[i].verdict == CHECK_NOT_IN_INDEX;
	return n;
}

/* What counts first, and on a line of its own how many of each. */
static void print_summary(const struct check_report *report)
{
	struct opcit_buf line = OPCIT_BUF_INIT;
	size_t faults = check_count(report, CHECK_FAULT, false), warnings = check_count(report, CHECK_WARNING, false);

	check_summary(report, &line);
	if (!line.len) {
		output_text(check_draft_name(report));
		puts(" cites nothing and quotes nothing");
	} else {
		output_colour(faults ? ALARM : warnings ? MARK : STRONG);
		if (faults)
			printf("%zu fault%s%s", faults, faults == 1 ? "" : "s", warnings ? ", " : "");
		if (warnings)
			printf("%zu warning%s", warnings, warnings == 1 ? "" : "s");
		if (!faults && !warnings)
			fputs(count_missing(report) ? "No fault found in what the index has" : "No fault found", stdout);
		output_colour(PLAIN);
		putchar('\n');
		output_wrapped(opcit_buf_str(&line), 0, NULL, 0);
	}
	opcit_buf_release(&line);
}

void check_print_text(const struct check_report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++)
		if (check_is_wanted(report, &report->findings[i]) &&
		    !is_missing(&report->findings[i]))
			print_finding(report, &report->findings[i]);
	print_all_missing(report);
	print_summary(report);
}
