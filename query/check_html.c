/* check_html.c: the draft with the findings marked in it and beside it, as one
 * page that needs nothing from anywhere. */
#include "check_print.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/text.h"

#define X(text) ((const xmlChar *)(text))

struct page {
	const struct check_report *report;
	xmlTextWriterPtr xml;
	struct opcit_buf clean; /* of the last put() */
};

static const char style[] =
	":root{color-scheme:light dark;--fault:#b3261e;--warning:#9a6700;--note:#3b5b8c;--fine:#2e7d32}\n"
	"@media(prefers-color-scheme:dark){:root{--fault:#ff8a80;--warning:#f2c14e;--note:#9ec1ff;--fine:#8fd694}}\n"
	"body{font:16px/1.5 Georgia,serif;max-width:78rem;margin:0 auto;padding:1rem 1.5rem}\n"
	"h1{font-size:1.5rem}h2{font-size:1.1rem;margin:.4rem 0}\n"
	"section{display:grid;grid-template-columns:minmax(0,42rem) minmax(0,1fr);gap:1.5rem;margin:.5rem 0}\n"
	".text{overflow-wrap:anywhere;unicode-bidi:isolate}.text p{margin:0}.label{opacity:.7;margin-right:.6em}\n"
	".footnote{font-size:.9rem}.at{opacity:.6;font:.75rem sans-serif}\n"
	"mark{background:none;color:inherit;border-bottom:2px solid;unicode-bidi:isolate}mark a{color:inherit;text-decoration:none}\n"
	".fault{border-color:var(--fault)}.warning{border-color:var(--warning)}.note{border-color:var(--note)}"
	".fine{border-color:var(--fine)}\n"
	"aside div{border-left:4px solid;padding:.1rem .7rem;margin:0 0 .6rem;font:.85rem/1.4 sans-serif;"
	"border-color:inherit;overflow-wrap:anywhere;unicode-bidi:isolate}\n"
	"aside div.fault{border-color:var(--fault)}aside div.warning{border-color:var(--warning)}"
	"aside div.note{border-color:var(--note)}aside div.fine{border-color:var(--fine)}\n"
	"aside p{margin:.2rem 0}:target{outline:2px solid var(--note);outline-offset:2px}\n"
	"del{color:var(--fault)}ins{color:var(--fine)}form{font:.9rem sans-serif;margin:1rem 0}"
	"form label{margin-right:1em;white-space:nowrap}\n"
	"body:has(#only:checked) section:not(.found){display:none}\n"
	"@media(max-width:50rem){section{grid-template-columns:1fr;gap:.2rem}}\n"
	"@media print{form,details{display:none}body{max-width:none;font-size:11pt}section{break-inside:avoid}}\n";

/* ---- writing ------------------------------------------------------------------- */

static void open_tag(struct page *p, const char *name)
{
	xmlTextWriterStartElement(p->xml, X(name));
}

static void close_tag(struct page *p)
{
	xmlTextWriterFullEndElement(p->xml);
}

static void attribute(struct page *p, const char *name, const char *value)
{
	xmlTextWriterWriteAttribute(p->xml, X(name), X(value));
}

static void put(struct page *p, struct opcit_str text)
{
	if (text.len)
		xmlTextWriterWriteString(p->xml, X(opcit_text_clean(text, &p->clean)));
}

static void puts_tag(struct page *p, const char *tag, const char *text)
{
	open_tag(p, tag);
	put(p, opcit_str_of(text));
	close_tag(p);
}

/* ---- a finding beside the text ------------------------------------------------------ */

static const char *weight_name(enum check_verdict verdict)
{
	static const char *const names[] = { "fine", "note", "warning", "fault" };

	return names[check_verdict_weight(verdict)];
}

static void put_class(struct page *p, enum check_verdict verdict)
{
	char name[64];

	snprintf(name, sizeof name, "%s v-%s", weight_name(verdict), check_verdict_name(verdict));
	attribute(p, "class", name);
}

static void put_evidence(struct page *p, const struct finding *finding)
{
	struct opcit_str rest = finding->evidence, piece;
	enum check_piece what;

	open_tag(p, "p");
	if (finding->at.len) {
		open_tag(p, "b");
		put(p, finding->at);
		close_tag(p);
		put(p, OPCIT_STR(" "));
	}
	if (!check_has_diff(finding)) {
		put(p, rest);
	} else {
		while (check_diff_next(&rest, &what, &piece)) {
			if (what != CHECK_KEPT)
				open_tag(p, what == CHECK_DELETED ? "del" : "ins");
			put(p, piece);
			if (what != CHECK_KEPT)
				close_tag(p);
		}
	}
	close_tag(p);
}

/* An address is one only where it leads to the web. */
static void put_address(struct page *p, struct opcit_str address)
{
	bool web = opcit_str_starts(address, "https://") || opcit_str_starts(address, "http://");

	open_tag(p, "p");
	if (web) {
		open_tag(p, "a");
		attribute(p, "href", opcit_text_clean(address, &p->clean));
		attribute(p, "rel", "noreferrer");
	}
	put(p, address);
	if (web)
		close_tag(p);
	close_tag(p);
}

static void put_lines(struct page *p, const char *before, const struct opcit_str *lines, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!lines[i].len)
			continue;
		open_tag(p, "p");
		put(p, opcit_str_of(before));
		put(p, lines[i]);
		close_tag(p);
	}
}

static void put_fix(struct page *p, const struct finding *finding)
{
	struct opcit_str of = check_fix_of(p->report, finding);

	if (!finding->fix.len)
		return;
	open_tag(p, "p");
	put(p, OPCIT_STR("write: "));
	put(p, finding->fix);
	if (of.len && check_fix_is_part(finding)) {
		put(p, OPCIT_STR(", not "));
		put(p, of);
	}
	close_tag(p);
}

static void put_link(struct page *p, const char *prefix, size_t i, const char *id)
{
	char target[48];

	snprintf(target, sizeof target, "%s%zu", prefix, i);
	attribute(p, id, target);
}

/* `painted`: whether its words are marked; else its paragraph is gone to. */
static void put_note(struct page *p, size_t i, bool painted)
{
	const struct finding *finding = &p->report->findings[i];

	open_tag(p, "div");
	put_class(p, finding->verdict);
	put_link(p, "n", i, "id");
	open_tag(p, "p");
	open_tag(p, "a");
	put_link(p, painted ? "#f" : "#r", painted ? i : finding->record, "href");
	puts_tag(p, "b", check_verdict_words(finding->verdict));
	close_tag(p);
	put(p, OPCIT_STR(" "));
	put(p, check_first_words(finding->raw, p->report->arena));
	close_tag(p);
	put_lines(p, "", &finding->reason, 1);
	if (finding->at.len || finding->evidence.len)
		put_evidence(p, finding);
	put_lines(p, "or: ", finding->others, finding->n_others);
	if (finding->address.len)
		put_address(p, finding->address);
	put_fix(p, finding);
	close_tag(p);
}

/* ---- the text ------------------------------------------------------------------------- */

/* The long before the short and the light before the heavy: who is painted
 * last is seen. */
static int by_reach(const void *a, const void *b)
{
	const struct finding *x = *(const struct finding *const *)a, *y = *(const struct finding *const *)b;
	size_t i = x->end - x->start, k = y->end - y->start;

	if (i != k)
		return i > k ? -1 : 1;
	if (x->verdict != y->verdict)
		return (int)check_verdict_weight(x->verdict) - (int)check_verdict_weight(y->verdict);
	return x < y ? -1 : x > y;
}

/* Who has each byte of the record's text: the index of a finding and one; 0 is nobody. */
static size_t *paint(const struct check_report *report, struct opcit_str text, size_t from, size_t to)
{
	const struct finding **order = opcit_xmalloc((to - from + 1) * sizeof *order);
	size_t *owner = opcit_xcalloc(text.len + 1, sizeof *owner), i, k, n = 0;

	for (i = from; i < to; i++)
		if (check_is_wanted(report, &report->findings[i]))
			order[n++] = &report->findings[i];
	qsort(order, n, sizeof *order, by_reach);
	for (i = 0; i < n; i++)
		for (k = order[i]->start; k < order[i]->end && k < text.len; k++)
			owner[k] = (size_t)(order[i] - report->findings) + 1;
	free(order);
	return owner;
}

static void put_marked(struct page *p, struct opcit_str text, const size_t *owner, bool *painted, size_t first)
{
	size_t at, end;

	for (at = 0; at < text.len; at = end) {
		size_t i = owner[at] - 1;

		for (end = at + 1; end < text.len && owner[end] == owner[at];)
			end++;
		if (owner[at]) {
			open_tag(p, "mark");
			put_class(p, p->report->findings[i].verdict);
			if (!painted[i - first])
				put_link(p, "f", i, "id");
			painted[i - first] = true;
			open_tag(p, "a");
			put_link(p, "#n", i, "href");
		}
		put(p, opcit_str_sub(text, at, end));
		if (owner[at]) {
			close_tag(p);
			close_tag(p);
		}
	}
}

static void put_place(struct page *p, const struct check_report *report, size_t record, size_t from, size_t to)
{
	struct opcit_place place = { 0 };

	if (from < to)
		place = check_place(report, &report->findings[from]);
	if (!place.line && !report->manuscript->records[record].page)
		return;
	open_tag(p, "span");
	attribute(p, "class", "at");
	if (place.line)
		xmlTextWriterWriteFormatString(p->xml, "line %zu ", place.line);
	else
		xmlTextWriterWriteFormatString(p->xml, "page %u ", (unsigned)report->manuscript->records[record].page);
	close_tag(p);
}

/* A record with its findings [from, to). */
static void put_record(struct page *p, size_t at, size_t from, size_t to)
{
	const struct opcit_record *record = &p->report->manuscript->records[at];
	bool heading = record->kind == OPCIT_KIND_HEADING || record->kind == OPCIT_KIND_TITLE, found = false;
	bool *painted = opcit_xcalloc(to - from + 1, sizeof *painted);
	size_t *owner = paint(p->report, record->text, from, to), i;

	for (i = from; i < to; i++)
		found = found || check_is_wanted(p->report, &p->report->findings[i]);
	open_tag(p, "section");
	put_link(p, "r", at, "id");
	xmlTextWriterWriteFormatAttribute(p->xml, X("class"), "%s%s", opcit_kind_name(record->kind), found ? " found" : "");
	open_tag(p, "div");
	attribute(p, "class", "text");
	attribute(p, "dir", "auto");
	if (found)
		put_place(p, p->report, at, from, to);
	open_tag(p, heading ? "h2" : "p");
	if (record->label.len) {
		open_tag(p, "span");
		attribute(p, "class", "label");
		put(p, record->label);
		close_tag(p);
	}
	put_marked(p, record->text, owner, painted, from);
	close_tag(p);
	close_tag(p);
	if (found)
		open_tag(p, "aside");
	for (i = from; i < to; i++)
		if (check_is_wanted(p->report, &p->report->findings[i]))
			put_note(p, i, painted[i - from]);
	if (found)
		close_tag(p);
	close_tag(p);
	free(owner);
	free(painted);
}

/* ---- the page -------------------------------------------------------------------------- */

/* A box to tick for each verdict that there is; without it its findings hide. */
static void put_filter(struct page *p)
{
	size_t counts[CHECK_VERDICTS] = { 0 }, i;

	for (i = 0; i < p->report->n; i++)
		counts[p->report->findings[i].verdict]++;
	open_tag(p, "form");
	for (i = 0; i < CHECK_VERDICTS; i++) {
		const char *name = check_verdict_name((enum check_verdict)i);

		if (!counts[i] || !p->report->wanted[i])
			continue;
		open_tag(p, "label");
		attribute(p, "title", check_verdict_help((enum check_verdict)i));
		open_tag(p, "input");
		attribute(p, "type", "checkbox");
		attribute(p, "checked", "checked");
		xmlTextWriterWriteFormatAttribute(p->xml, X("id"), "c-%s", name);
		xmlTextWriterEndElement(p->xml);
		xmlTextWriterWriteFormatString(p->xml, " %s (%zu)", check_verdict_words((enum check_verdict)i), counts[i]);
		close_tag(p);
	}
	open_tag(p, "label");
	open_tag(p, "input");
	attribute(p, "type", "checkbox");
	attribute(p, "id", "only");
	xmlTextWriterEndElement(p->xml);
	put(p, OPCIT_STR(" only paragraphs with findings"));
	close_tag(p);
	close_tag(p);
}

static void put_style(struct page *p)
{
	unsigned i;

	open_tag(p, "style");
	xmlTextWriterWriteRaw(p->xml, X(style));
	for (i = 0; i < CHECK_VERDICTS; i++) {
		const char *name = check_verdict_name(i);

		xmlTextWriterWriteFormatRaw(p->xml,
					    "body:has(#c-%s:not(:checked)) div.v-%s{display:none}"
					    "body:has(#c-%s:not(:checked)) mark.v-%s{border:0}\n",
					    name, name, name, name);
	}
	close_tag(p);
}

static void put_summary(struct page *p)
{
	struct opcit_buf line = OPCIT_BUF_INIT;

	check_summary(p->report, &line);
	open_tag(p, "p");
	xmlTextWriterWriteFormatString(p->xml, "Faults: %zu. Warnings: %zu. ", check_count(p->report, CHECK_FAULT, false),
				       check_count(p->report, CHECK_WARNING, false));
	put(p, line.len ? opcit_buf_str(&line) : OPCIT_STR("The draft cites nothing and quotes nothing."));
	close_tag(p);
	opcit_buf_release(&line);
}

static void put_head(struct page *p)
{
	struct opcit_str lang = p->report->manuscript->doc.lang;

	xmlTextWriterWriteRaw(p->xml, X("<!DOCTYPE html>\n"));
	open_tag(p, "html");
	attribute(p, "lang", lang.len ? opcit_text_clean(lang, &p->clean) : "en");
	open_tag(p, "head");
	open_tag(p, "meta");
	attribute(p, "charset", "utf-8");
	xmlTextWriterEndElement(p->xml);
	open_tag(p, "meta");
	attribute(p, "name", "viewport");
	attribute(p, "content", "width=device-width, initial-scale=1");
	xmlTextWriterEndElement(p->xml);
	open_tag(p, "title");
	put(p, check_draft_name(p->report));
	put(p, OPCIT_STR(", checked"));
	close_tag(p);
	put_style(p);
	close_tag(p);
}

static void put_page(struct page *p)
{
	const struct check_report *report = p->report;
	size_t i, from, to;

	put_head(p);
	open_tag(p, "body");
	open_tag(p, "h1");
	put(p, check_draft_name(report));
	close_tag(p);
	put_summary(p);
	put_filter(p);
	for (i = from = 0; i < report->manuscript->n_records; i++, from = to) {
		for (to = from; to < report->n && report->findings[to].record == i;)
			to++;
		put_record(p, i, from, to);
		xmlTextWriterWriteRaw(p->xml, X("\n"));
	}
	close_tag(p);
	close_tag(p);
}

opcit_status check_print_html(const struct check_report *report, struct opcit_err *err)
{
	/* not straight into the file: the library would print what fails */
	xmlBufferPtr text = xmlBufferCreate();
	struct page page = { report, text ? xmlNewTextWriterMemory(text, 0) : NULL, OPCIT_BUF_INIT };
	size_t len;
	bool failed;

	if (!page.xml) {
		xmlBufferFree(text);
		return opcit_err_set(err, OPCIT_NOMEM, "out of memory");
	}
	put_page(&page);
	failed = xmlTextWriterFlush(page.xml) < 0;
	xmlFreeTextWriter(page.xml);
	opcit_buf_release(&page.clean);
	len = (size_t)xmlBufferLength(text);
	failed |= fwrite(xmlBufferContent(text), 1, len, stdout) != len;
	xmlBufferFree(text);
	putchar('\n');
	return failed ? opcit_err_set(err, OPCIT_IO, "cannot write the page: %s", strerror(errno)) : OPCIT_OK;
}
