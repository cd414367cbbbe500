/* check_style.c: how the United Nations writes citations, in English: a comma
 * before the place, "paras." for several, a space before a letter, the symbol
 * in full and the title at first mention. */
#include "check_int.h"
#include "pinpoint.h"

#include <string.h>

/* ---- places --------------------------------------------------------------------------- */

/* How the words before a place are written, for one and for several. */
static const char *const units[][2] = {
	{ "para.", "paras." },	    { "paragraph", "paragraphs" }, { "art.", "arts." }, { "article", "articles" },
	{ "chap.", "chaps." },	    { "sect.", "sects." },	   { "annex", "annexes" },
	{ "footnote", "footnotes" }, { "p.", "pp." },
};

struct edit {
	struct opcit_buf text; /* what should stand there */
	struct opcit_buf why;
};

static void because(struct edit *edit, const char *why)
{
	if (!strstr(edit->why.ptr ? edit->why.ptr : "", why))
		opcit_buf_printf(&edit->why, "%s%s", edit->why.len ? "; " : "", why);
}

static bool is_word(char c)
{
	return opcit_is_digit(c) || opcit_is_letter(c) || (unsigned char)c >= 0x80;
}

/* The unit's word that stands at `at`; *many: its plural. -1 for none. */
static int unit_at(struct opcit_str raw, size_t at, bool *many)
{
	int i, k;

	if (at && is_word(raw.ptr[at - 1]))
		return -1;
	for (i = 0; i < (int)(sizeof units / sizeof *units); i++)
		for (k = 1; k >= 0; k--) {
			size_t len = strlen(units[i][k]);

			if (raw.len - at > len && memcmp(raw.ptr + at, units[i][k], len) == 0 &&
			    !is_word(raw.ptr[at + len]) && raw.ptr[at + len] != '.') {
				*many = k;
				return i;
			}
		}
	return -1;
}

/* Does more than one paragraph follow: "52 and 53", "43–46", but not "4 (a) and
 * (b)"? */
static bool is_several(const struct opcit_citation *cite)
{
	struct opcit_str first = { NULL, 0 }, unit, value;
	const char *end;
	size_t i;

	for (i = 0; i < cite->n_pinpoints; i++) {
		pinpoint_split(cite->pinpoints[i], &unit, &value);
		end = memchr(value.ptr, '-', value.len);
		if (end && end + 1 < value.ptr + value.len && opcit_is_digit(end[1]))
			return true;
		end = memchr(value.ptr, '(', value.len);
		if (end)
			value.len = (size_t)(end - value.ptr);
		if (first.len && !opcit_str_eq(first, value))
			return true;
		first = value;
	}
	return false;
}

static size_t count_units(struct opcit_str raw)
{
	size_t i, n = 0;
	bool many;

	for (i = 0; i < raw.len; i++)
		n += unit_at(raw, i, &many) >= 0;
	return n;
}

/* "A/88/341 paras. 43": what stands before the word is the document. */
static bool lacks_comma(struct opcit_str raw, size_t at)
{
	static const char *const not_document[] = { "preambular", "operative", "and", "or", "of", "in", "the", "its" };
	size_t from = at - 1, i;

	if (at < 2 || raw.ptr[at - 1] != ' ')
		return false;
	while (from > 0 && raw.ptr[from - 1] != ' ')
		from--;
	for (i = 0; i < sizeof not_document / sizeof *not_document; i++)
		if (opcit_str_is(opcit_str_sub(raw, from, at - 1), not_document[i]))
			return false;
	return opcit_is_digit(raw.ptr[at - 2]) || (raw.ptr[at - 2] == ')' && raw.len > at);
}

static void write_edited(struct opcit_str raw, const struct opcit_citation *cite, struct edit *edit)
{
	bool one_unit = count_units(raw) == 1, several = is_several(cite), many, placed = false;
	size_t i;
	int unit;

	for (i = 0; i < raw.len;) {
		unit = cite->n_pinpoints ? unit_at(raw, i, &many) : -1;
		if (unit >= 0) {
			if (!placed && lacks_comma(raw, i)) {
				edit->text.len--;
				opcit_buf_puts(&edit->text, ", ");
				because(edit, "a comma before the place");
			}
			if (one_unit && several != many)
				because(edit, several ? "the plural for several" : "the singular for one");
			opcit_buf_puts(&edit->text, units[unit][one_unit ? several : many]);
			i += strlen(units[unit][many]);
			placed = true;
			continue;
		}
		if (placed && i && raw.ptr[i] == '(' && opcit_is_digit(raw.ptr[i - 1])) {
			opcit_buf_putc(&edit->text, ' ');
			because(edit, "a space before the letter");
		}
		opcit_buf_putc(&edit->text, raw.ptr[i++]);
	}
}

/* "S/RES/3142" for S/RES/3142(2032). */
static void write_year(struct opcit_str raw, const struct known *known, struct edit *edit)
{
	struct opcit_str symbol = check_spelling(raw, known->reading.target);
	const char *bracket = memchr(known->other_year.ptr, '(', known->other_year.len);
	size_t at = (size_t)(symbol.ptr + symbol.len - raw.ptr);

	if (!symbol.len || !bracket)
		return;
	opcit_buf_add_str(&edit->text, opcit_str_sub(raw, 0, at));
	opcit_buf_printf(&edit->text, " %.*s", (int)(known->other_year.ptr + known->other_year.len - bracket), bracket);
	opcit_buf_add_str(&edit->text, opcit_str_sub(raw, at, raw.len));
	because(edit, "the symbol in full");
}

static opcit_status check_form(struct checker *checker, size_t record, const struct opcit_citation *cite,
			       struct opcit_err *err)
{
	struct opcit_str raw = opcit_str_sub(checker->manuscript->records[record].text, cite->start, cite->end);
	struct edit edit = { OPCIT_BUF_INIT, OPCIT_BUF_INIT };
	struct finding *finding;
	struct known *known;
	opcit_status status = OPCIT_OK;

	if (opcit_str_is(cite->form, "symbol") && opcit_str_starts(cite->target, "S/RES/") &&
	    !memchr(cite->target.ptr, '(', cite->target.len)) {
		status = check_known(checker, cite->target, &known, err);
		if (status == OPCIT_OK)
			status = check_other_year(checker, known, err);
		if (status == OPCIT_OK && known->other_year.len)
			write_year(raw, known, &edit);
	}
	if (status == OPCIT_OK && !edit.text.len)
		write_edited(raw, cite, &edit);
	if (status == OPCIT_OK && edit.why.len) {
		finding = check_add(checker, CHECK_STYLE, record, cite->start, cite->end);
		finding->target = cite->target;
		finding->pinpoints = cite->pinpoints;
		finding->n_pinpoints = cite->n_pinpoints;
		finding->reason = opcit_arena_dup(checker->arena, opcit_buf_str(&edit.why));
		finding->fix = opcit_arena_dup(checker->arena, opcit_buf_str(&edit.text));
		finding->fix_start = cite->start;
		finding->fix_end = cite->end;
	}
	opcit_buf_release(&edit.text);
	opcit_buf_release(&edit.why);
	return status;
}

/* ---- titles --------------------------------------------------------------------------- */

/* Is something worse said of that place already? */
static bool is_faulty(const struct checker *checker, size_t record, size_t start)
{
	size_t i;

	for (i = 0; i < checker->n; i++)
		if (checker->findings[i].record == record && checker->findings[i].start == start)
			return check_verdict_weight(checker->findings[i].verdict) >= CHECK_WARNING;
	return false;
}

/* What stands beside a citation: its sentence up to there, and on to its end. */
static struct opcit_str beside(struct opcit_str text, const struct opcit_citation *cite)
{
	enum { BEFORE = 300, AFTER = 200 };
	size_t from = cite->start, to = cite->end;

	while (from > 0 && cite->start - from < BEFORE && !(text.ptr[from - 1] == ' ' && from > 1 && text.ptr[from - 2] == '.'))
		from--;
	while (to < text.len && to - cite->end < AFTER && text.ptr[to] != '.')
		to++;
	return opcit_str_sub(text, from, to);
}

/* A line of the head that may be a title: no date, no name of the body. */
static bool may_be_title(struct opcit_str line, const struct opcit_doc *doc)
{
	size_t i;

	for (i = 0; i < line.len; i++)
		if (opcit_is_digit(line.ptr[i]))
			return false;
	/* "The Human Rights Council," */
	return line.len > doc->body.len + 8;
}

/* A first mention in the text, of the document as a whole, whose title does not
 * stand by it. Resolutions of the Security Council are cited without. */
static opcit_status check_mention(struct checker *checker, size_t i, const struct opcit_citation *cite,
				  struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	const struct opcit_record *record = &manuscript->records[i];
	struct finding *finding;
	struct claims claims;
	struct known *known;
	opcit_status status = check_known(checker, cite->target, &known, err);
	size_t k;

	if (status != OPCIT_OK || known->introduced || record->kind == OPCIT_KIND_FOOTNOTE)
		return status;
	known->introduced = true;
	if (!known->reading.n_entries || known->reading.instrument || cite->n_pinpoints ||
	    opcit_str_starts(cite->target, "S/") || is_faulty(checker, i, cite->start) || opcit_str_is(cite->form, "name"))
		return OPCIT_OK;
	status = check_known_head(checker, known, err);
	if (status != OPCIT_OK)
		return status;
	check_claims(checker->facts, record->text, cite, &claims);
	if (claims.title.len || !opcit_str_eq(opcit_record_lang(&manuscript->doc, record),
					      known->reading.entries[0].doc.lang))
		return OPCIT_OK;
	for (k = 0; k < known->n_titles; k++)
		if ((k == 0 || may_be_title(known->titles[k], &known->reading.entries[0].doc)) &&
		    check_title_shown(known->titles[k], beside(record->text, cite)))
			return OPCIT_OK;
	finding = check_add(checker, CHECK_NO_TITLE, i, cite->start, cite->end);
	finding->target = cite->target;
	finding->at = known->reading.entries[0].doc.id;
	finding->evidence = reference_title(known->reading.entries[0].doc.title);
	finding->reason = OPCIT_STR("mentioned first without its title");
	return OPCIT_OK;
}

opcit_status check_house_style(struct checker *checker, struct opcit_err *err)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	opcit_status status = OPCIT_OK;
	size_t i, k;

	for (i = 0; i < manuscript->n_records; i++) {
		const struct opcit_record *record = &manuscript->records[i];
		bool english = opcit_str_is(opcit_record_lang(&manuscript->doc, record), "en");

		for (k = 0; k < record->n_cites && status == OPCIT_OK; k++) {
			const struct opcit_citation *cite = &record->cites[k];

			if (!cite->target.len)
				continue;
			if (check_is_full(cite))
				status = check_mention(checker, i, cite, err);
			if (status == OPCIT_OK && english)
				status = check_form(checker, i, cite, err);
		}
	}
	return status;
}
