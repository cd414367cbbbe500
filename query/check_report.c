/* check_report.c: what the forms of output have in common. */
#include "check_print.h"

#include <string.h>

#include "pinpoint.h"

/* ---- verdicts ------------------------------------------------------------------ */

static const struct {
	const char *words, *help;
} verdicts[CHECK_VERDICTS] = {
	[CHECK_RESOLVED] = { "resolved", "Document and place are in the index." },
	[CHECK_MISMATCH] = { "mismatch", "What the citation states is not so: the document has no such place, or "
					 "its year, session, body or title is another." },
	[CHECK_SUPERSEDED] = { "superseded", "A revision, a corrigendum or the adopted text is in the index." },
	[CHECK_AMBIGUOUS] = { "ambiguous", "The citation may mean several documents." },
	[CHECK_NOT_IN_INDEX] = { "not in the index", "The document is not in the index: nothing can be said." },
	[CHECK_UNREADABLE] = { "unreadable", "The citation points to nothing that is known." },
	[CHECK_EXACT] = { "exact", "The quotation is the cited text, word for word." },
	[CHECK_EXACT_BUT] = { "exact but for", "The quotation is the cited text but for changes that are usual." },
	[CHECK_DIFFERS] = { "differs", "The quotation has other words than the cited text." },
	[CHECK_FOUND_ELSEWHERE] = { "found elsewhere", "The quoted words stand elsewhere than is cited." },
	[CHECK_NOT_FOUND] = { "not found", "The cited document is in the index and does not have the quoted words." },
	[CHECK_UNATTRIBUTED] = { "unattributed", "The quotation is without a citation." },
	[CHECK_TWO_FORMS] = { "two forms", "One document is cited in two forms." },
	[CHECK_NO_TITLE] = { "no title", "A document is mentioned first without its full title." },
	[CHECK_IBID] = { "ibid.", "An \"ibid.\" does not point to what stands before it." },
	[CHECK_NO_NOTE] = { "no note", "A note is cited that the draft does not have." },
	[CHECK_STYLE] = { "style", "The citation is not written as the house style has it." },
};

const char *check_verdict_words(enum check_verdict verdict)
{
	return verdicts[verdict].words;
}

const char *check_verdict_help(enum check_verdict verdict)
{
	return verdicts[verdict].help;
}

bool check_is_wanted(const struct check_report *report, const struct finding *finding)
{
	return report->wanted[finding->verdict];
}

size_t check_count(const struct check_report *report, enum check_weight weight, bool wanted)
{
	size_t i, n = 0;

	for (i = 0; i < report->n; i++)
		n += (!wanted || check_is_wanted(report, &report->findings[i])) &&
		     check_verdict_weight(report->findings[i].verdict) == weight;
	return n;
}

/* ---- places -------------------------------------------------------------------- */

static bool locate(const struct check_report *report, size_t record, size_t at, struct opcit_place *place)
{
	const struct opcit_manuscript *manuscript = report->manuscript;
	size_t offset;

	*place = (struct opcit_place){ 0 };
	if (!manuscript->source.len || !opcit_manuscript_offset(manuscript, record, at, &offset))
		return false;
	*place = opcit_lines_place(report->lines, manuscript->source, offset);
	return true;
}

struct opcit_place check_place(const struct check_report *report, const struct finding *finding)
{
	struct opcit_place place;

	locate(report, finding->record, finding->start, &place);
	return place;
}

bool check_region(const struct check_report *report, size_t record, size_t start, size_t end,
		  struct opcit_place *from, struct opcit_place *to)
{
	struct opcit_str text = report->manuscript->records[record].text;
	size_t last = end;

	if (!locate(report, record, start, from) || end <= start)
		return *to = *from, from->line != 0;
	/* the last character's place is asked for: behind it the source may go on
	 * elsewhere */
	do
		last--;
	while (last > start && last < text.len && ((unsigned char)text.ptr[last] & 0xC0) == 0x80);
	locate(report, record, last, to);
	to->offset += end - last;
	to->column++;
	if (to->offset < from->offset)
		*to = *from; /* the words stand apart: the first of them is pointed to */
	return true;
}

struct opcit_str check_fix_of(const struct check_report *report, const struct finding *finding)
{
	struct opcit_str text = report->manuscript->records[finding->record].text;

	return opcit_str_sub(text, finding->fix_start, finding->fix.len ? finding->fix_end : finding->fix_start);
}

/* Of a record without a number, what it is and under which heading. */
static void put_unnumbered(const struct opcit_record *record, struct opcit_buf *out)
{
	static const char *const kinds[OPCIT_KIND_COUNT] = {
		[OPCIT_KIND_TITLE] = "title", [OPCIT_KIND_HEADING] = "heading", [OPCIT_KIND_FOOTNOTE] = "footnote",
		[OPCIT_KIND_TOC] = "table of contents", [OPCIT_KIND_ITEM] = "unnumbered item",
	};
	enum { HEADING_MOST = 50 };
	struct opcit_str heading = { NULL, 0 };
	size_t end;

	opcit_buf_puts(out, kinds[record->kind] ? kinds[record->kind] : "unnumbered paragraph");
	if (record->n_section)
		heading = record->section[record->n_section - 1];
	if (!heading.len || record->kind == OPCIT_KIND_HEADING)
		return;
	end = opcit_str_fit(heading, HEADING_MOST);
	opcit_buf_printf(out, " under \"%.*s%s\"", (int)end, heading.ptr, end < heading.len ? "…" : "");
}

void check_place_words(const struct opcit_record *record, struct opcit_buf *out)
{
	if (record->page)
		opcit_buf_printf(out, "page %u, ", (unsigned)record->page);
	if (record->label.len)
		pinpoint_label(record->label, out);
	else
		put_unnumbered(record, out);
}

struct opcit_str check_draft_name(const struct check_report *report)
{
	if (strcmp(report->path, "-") != 0)
		return opcit_str_of(report->path);
	return report->name ? opcit_str_of(report->name) : OPCIT_STR("standard input");
}

/* ---- the summary --------------------------------------------------------------- */

void check_summary(const struct check_report *report, struct opcit_buf *out)
{
	static const char *const several[] = { "citations", "quotations", "points of drafting" };
	static const char *const one[] = { "citation", "quotation", "point of drafting" };
	size_t counts[3][CHECK_VERDICTS] = { { 0 } }, of_kind[3] = { 0 }, i;
	const char *comma;

	for (i = 0; i < report->n; i++) {
		counts[report->findings[i].kind][report->findings[i].verdict]++;
		of_kind[report->findings[i].kind]++;
	}
	for (unsigned kind = 0; kind < 3; kind++) {
		if (!of_kind[kind])
			continue;
		opcit_buf_printf(out, "%s%zu %s: ", out->len ? "; " : "", of_kind[kind],
				 of_kind[kind] == 1 ? one[kind] : several[kind]);
		for (i = 0, comma = ""; i < CHECK_VERDICTS; i++) {
			if (!counts[kind][i])
				continue;
			opcit_buf_printf(out, "%s%zu %s", comma, counts[kind][i], verdicts[i].words);
			comma = ", ";
		}
	}
}

/* ---- what a finding says --------------------------------------------------------- */

bool check_fix_is_part(const struct finding *finding)
{
	enum { SHORT = 40 };

	return finding->fix.len && finding->fix_end - finding->fix_start <= SHORT &&
	       (finding->fix_start != finding->start || finding->fix_end != finding->end);
}

static void add_line(struct opcit_buf *out, const char *before, struct opcit_str text)
{
	if (!text.len)
		return;
	if (out->len)
		opcit_buf_putc(out, '\n');
	opcit_buf_puts(out, before);
	opcit_buf_add_str(out, text);
}

void check_explain(const struct check_report *report, const struct finding *finding, struct opcit_buf *out)
{
	struct opcit_str of = check_fix_of(report, finding);
	size_t i;

	add_line(out, "", finding->reason);
	if (finding->at.len) {
		add_line(out, "", finding->at);
		if (finding->evidence.len) {
			opcit_buf_puts(out, ": ");
			opcit_buf_add_str(out, finding->evidence);
		}
	} else {
		add_line(out, "", finding->evidence);
	}
	for (i = 0; i < finding->n_others; i++)
		add_line(out, "or: ", finding->others[i]);
	add_line(out, "address: ", finding->address);
	add_line(out, "write: ", finding->fix);
	if (check_fix_is_part(finding) && of.len)
		opcit_buf_printf(out, ", not %.*s", OPCIT_FMT(of));
}

bool check_has_diff(const struct finding *finding)
{
	return finding->kind == CHECK_QUOTATION &&
	       (opcit_str_find(finding->evidence, "[-") || opcit_str_find(finding->evidence, "{+"));
}

bool check_diff_next(struct opcit_str *rest, enum check_piece *what, struct opcit_str *piece)
{
	const char *deleted = opcit_str_find(*rest, "[-"), *inserted = opcit_str_find(*rest, "{+"), *at, *end;

	if (!rest->len)
		return false;
	at = deleted && (!inserted || deleted < inserted) ? deleted : inserted;
	*what = !at ? CHECK_KEPT : at == deleted ? CHECK_DELETED : CHECK_INSERTED;
	if (!at || at > rest->ptr) { /* up to the next mark */
		*what = CHECK_KEPT;
		*piece = opcit_str_sub(*rest, 0, at ? (size_t)(at - rest->ptr) : rest->len);
		*rest = opcit_str_sub(*rest, piece->len, rest->len);
		return true;
	}
	*rest = opcit_str_sub(*rest, 2, rest->len);
	end = opcit_str_find(*rest, *what == CHECK_DELETED ? "-]" : "+}");
	*piece = opcit_str_sub(*rest, 0, end ? (size_t)(end - rest->ptr) : rest->len);
	*rest = opcit_str_sub(*rest, piece->len + 2, rest->len);
	return true;
}
