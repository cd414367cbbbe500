/* check_claims.c: what a draft says of a document right beside its citation:
 *
 *   resolution 92/117 of 18 December 2037, entitled "…"
 *   in its report of 11 January 2029 (A/HRC/61/42)
 *   at its ninety-first session, in General Assembly resolution 91/204
 *   the note "…" (E/2031/77)
 *
 * Only what can hardly be meant otherwise counts. A date or a session that
 * stands further off may be anything's.
 */
#include "check_words.h"

#include <string.h>

enum {
	WINDOW_BEFORE = 400, /* bytes */
	WINDOW_AFTER = 400,
	LONGEST_TITLE = 400
};

/* ---- sessions ------------------------------------------------------------------------ */

/* Words after which a session is one to come: "requests a report at its …". */
static const char forward[] = "request requests requested decide decides decided invite invites invited ask asks asked submit "
			      "submits report reports consider considers considered consideration convene present continue "
			      "continues hold review examine prie prié demander présenter examiner pide pidió presentar examinar";

static bool looks_forward(const struct words *s, size_t end)
{
	size_t i;

	for (i = end; i-- > 0;) {
		if (i + 1 < s->n && !words_gap(s->words[i].end, s->words[i + 1].start, ",()'\"-:"))
			return false; /* another sentence */
		if (words_is(&s->words[i], forward))
			return true;
	}
	return false;
}

static const char between[] = "of the in by through its it adopted General Assembly Human Rights Council Security "
			      "de la en el su por l Asamblea Consejo Derechos Humanos aprobó Assemblée générale Conseil des droits "
			      "homme sa dans par a adopté elle il";

/* "at its ninety-first session, in [General Assembly resolution 91/204]" */
static void session_before(const struct words_table *table, struct words *s, struct claims *claims)
{
	size_t i, k, first;
	unsigned number;
	bool adopted = false;

	for (i = s->n; i-- > 0;) {
		const char *next = i + 1 < s->n ? s->words[i + 1].start : s->end;

		if (!words_gap(s->words[i].end, next, ",'"))
			return;
		if (words_is(&s->words[i], "session"))
			break;
		if (words_is(&s->words[i], "sesiones") && i >= 2 && words_is(&s->words[i - 2], "período"))
			break;
		if (!words_is(&s->words[i], between))
			return;
		adopted = adopted || words_is(&s->words[i], "adopted adopté aprobó");
	}
	if (i >= s->n)
		return;
	k = words_is(&s->words[i], "sesiones") ? i - 2 : i;
	number = words_ordinal(table, s, k, &first);
	if (!number || !first || !words_is(&s->words[first - 1], "its the su sa el la le"))
		return;
	if (!adopted && looks_forward(s, first))
		return;
	claims->session = number;
}

/* "[resolution 91/204], adopted by the Assembly at its ninety-first session" */
static void session_after(const struct words_table *table, struct words *s, struct claims *claims)
{
	size_t i, first;
	bool adopted = false;
	unsigned number;

	for (i = 0; i < s->n && i < 14; i++) {
		const char *before = i ? s->words[i - 1].end : s->start;

		if (!words_gap(before, s->words[i].start, ",()'"))
			return;
		adopted = adopted || words_is(&s->words[i], "adopted adoptée adoptado aprobada");
		if (!adopted)
			return;
		if (words_is(&s->words[i], "session") && (number = words_ordinal(table, s, i, &first)) != 0) {
			claims->session = number;
			return;
		}
	}
}

/* ---- titles -------------------------------------------------------------------------- */

static const struct {
	const char *open, *close;
} quotes[] = { { "“", "”" }, { "«", "»" }, { "„", "“" }, { "‘", "’" }, { "\"", "\"" } };

/* What stands between quotation marks from p on. */
static bool quoted_from(const char *p, const char *end, struct opcit_str *title, const char **after)
{
	const char *q;
	size_t i, open, close;

	for (i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		open = strlen(quotes[i].open);
		close = strlen(quotes[i].close);
		if ((size_t)(end - p) < open || memcmp(p, quotes[i].open, open) != 0)
			continue;
		for (q = p + open; q + close <= end && q - p < LONGEST_TITLE; q++)
			if (memcmp(q, quotes[i].close, close) == 0) {
				*title = opcit_str_trim((struct opcit_str){ p + open, (size_t)(q - p) - open });
				*after = q + close;
				return title->len > 0;
			}
	}
	return false;
}

/* What stands in quotation marks right before `to`, and where these open. */
static bool quoted_to(const char *start, const char *to, struct opcit_str *title, const char **opens)
{
	size_t i, open, close;
	const char *p;

	for (i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		open = strlen(quotes[i].open);
		close = strlen(quotes[i].close);
		if ((size_t)(to - start) < open + close || memcmp(to - close, quotes[i].close, close) != 0)
			continue;
		for (p = to - close; p-- > start;)
			if ((size_t)(to - close - p) >= open && memcmp(p, quotes[i].open, open) == 0) {
				*title = opcit_str_trim((struct opcit_str){ p + open, (size_t)(to - close - p) - open });
				*opens = p;
				return title->len > 0;
			}
	}
	return false;
}

static const char says_title[] = "entitled titled intitulé intitulée intitulada intitulado titulada titulado";
static const char says_document[] = "report note paper study document resolution decision comment publication guide handbook "
				    "rapport étude résolution informe nota estudio resolución";

/* What else may be entitled, in or about a document. */
static const char has_title[] = "conference mission visit hearing round item subitem chapter section part annex panel discussion event meeting workshop seminar project "
				"programme heading agenda table question topic theme point chapitre tema capítulo";
/* Words in the names of those who write reports. */
static const char writes[] = "Rapporteur Committee Council Office Group Secretary Commissioner Commission Expert Assembly Report "
			     "Mechanism Board Working Nations";

static const char *skip_back(const char *start, const char *p, const char *marks)
{
	while (p > start && (p[-1] == ' ' || strchr(marks, p[-1])))
		p--;
	return p;
}

/* A run of words in title case that ends here and begins after a comma: "…, Walls
 * Without Children: Lessons from the Border". */
static bool title_case_to(const struct words *s, struct opcit_str *title)
{
	size_t i, capitals = 0, small = 0;

	for (i = s->n; i-- > 0;) {
		const char *next = i + 1 < s->n ? s->words[i + 1].start : s->end;

		if (i + 1 < s->n && !words_gap(s->words[i].end, next, ":'-/"))
			break;
		if (words_is(&s->words[i], writes))
			return false;
		if (!s->words[i].upper && s->words[i].count > 4)
			break;
		capitals += s->words[i].upper && !s->words[i].caps;
		small += !s->words[i].upper;
	}
	i++;
	while (i < s->n && !s->words[i].upper) /* its first word has a capital */
		i++;
	if (i >= s->n || i == 0 || capitals < 4 || small > capitals ||
	    words_gap(s->words[i - 1].end, s->words[i].start, "") ||
	    !words_gap(s->words[i - 1].end, s->words[i].start, ",:"))
		return false;
	*title = (struct opcit_str){ s->words[i].start, (size_t)(s->words[s->n - 1].end - s->words[i].start) };
	return true;
}

static void title_before(struct opcit_str text, const struct opcit_citation *cite, const struct words *s,
			 struct claims *claims)
{
	const char *p = text.ptr + cite->start, *opens;
	struct words before;
	struct opcit_str title;
	size_t i;

	if (cite->n_pinpoints || p == text.ptr || p[-1] != '(')
		return;
	p = skip_back(text.ptr, p - 1, ",");
	if (quoted_to(s->start, p, &title, &opens)) {
		words_split(text, (size_t)(s->start - text.ptr), (size_t)(opens - text.ptr), true, &before);
		if (!before.n)
			return;
		claims->entitled = words_is(&before.words[before.n - 1], says_title);
		if (claims->entitled && before.n > 1 && words_is(&before.words[before.n - 2], has_title)) {
			claims->entitled = false;
			return;
		}
		for (i = before.n; i-- > 0 && i + 10 > before.n;)
			if (claims->entitled || words_is(&before.words[i], says_document)) {
				claims->title = title;
				return;
			}
		return;
	}
	words_split(text, (size_t)(s->start - text.ptr), (size_t)(p - text.ptr), true, &before);
	if (title_case_to(&before, &title))
		claims->title = title;
}

/* ---- names ----------------------------------------------------------------------------- */

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* A byte of a letter with an accent; not of "’". */
static bool is_accented(char c)
{
	return (unsigned char)c == 0xC3 || (unsigned char)c == 0xC5 || ((unsigned char)c & 0xC0) == 0x80;
}

/* Does it begin, or is it, what citations abbreviate? */
static bool is_abbreviation(struct opcit_str word)
{
	static const char *const common[] = { "art", "res", "rés", "dec", "déc", "no", "nos" };
	enum { BEGIN = 5 };
	size_t k, len;

	for (k = 0; k < sizeof common / sizeof *common; k++) {
		len = strlen(common[k]);
		if ((k < BEGIN ? word.len >= len : word.len == len) && strncasecmp(word.ptr, common[k], len) == 0)
			return true;
	}
	return false;
}

size_t check_names_in(struct opcit_str raw)
{
	size_t i, from, n = 0;

	for (i = 0; i < raw.len;) {
		for (from = i; i < raw.len && (is_letter(raw.ptr[i]) || (i > from && is_accented(raw.ptr[i])));)
			i++;
		n += i - from >= 2 && raw.ptr[from] >= 'A' && raw.ptr[from] <= 'Z' &&
		     !is_abbreviation(opcit_str_sub(raw, from, i));
		i += i == from;
	}
	return n;
}

/* ---- around a citation ------------------------------------------------------------------ */

static const char leads_date[] = "was of du de del dated le el adopted adoptée aprobada on en date fecha issued";

/* In "the report of the Secretary-General pursuant to resolution 721 (1991) of 11
 * December 1991" the date is the report's. */
static bool is_within_another(const struct words *before)
{
	const char *next = before->end;
	size_t i;

	for (i = before->n; i-- > 0; next = before->words[i].start) {
		if (!words_gap(before->words[i].end, next, "-'"))
			return false;
		if (words_is(&before->words[i], "report letter note statement message communication rapport lettre informe "
					      "carta nota"))
			return i + 1 < before->n; /* "the report A/88/341 of …" is the one cited */
	}
	return false;
}

/* Behind it: a date, then a title. */
static void claims_after(const struct words_table *table, struct words *s, struct claims *claims, bool within)
{
	struct style_date date;
	size_t i = 0, n;
	const char *at = s->start, *after;

	while (i < s->n && i < 5 && words_gap(at, s->words[i].start, ",") && words_is(&s->words[i], leads_date)) {
		at = s->words[i].end;
		i++;
	}
	/* "on 3 May the Council …" says when something was done */
	if (i < s->n && words_gap(at, s->words[i].start, i ? "" : "(") &&
	    !(i == 1 && words_is(&s->words[0], "on le el en")) &&
	    (n = words_date(table, s, i, &date)) != 0) {
		if (!within)
			claims->date = date;
		at = s->words[i + n - 1].end;
		i += n;
	} else if (i < s->n && words_is_year(&s->words[i]) && words_gap(at, s->words[i].start, "(") &&
		   (i == 0 || (i == 1 && words_is(&s->words[0], "of de"))) &&
		   (i == 1 || (s->words[i].start[-1] == '(' && opcit_glyph_at(s->words[i].end, s->end) == ')'))) {
		claims->date.year = (int)s->words[i].value;
		at = s->words[i].end;
		i++;
	} else {
		at = s->start;
		i = 0;
	}
	if (i < s->n && words_gap(at, s->words[i].start, ",)") && words_is(&s->words[i], says_title)) {
		at = s->words[i].end;
		while (at < s->end && (opcit_glyph_at(at, s->end) == ' ' || *at == ','))
			at = opcit_glyph_next(at, s->end);
		claims->entitled = quoted_from(at, s->end, &claims->title, &after);
	}
}

/* "the report of 11 January 2029 (", "report of the Special Rapporteur of 3 May 2001 (" */
static void date_before(const struct words_table *table, const struct words *s, struct claims *claims)
{
	struct style_date date;
	size_t i, k;

	if (s->n < 3 || s->end == s->start || s->end[-1] != '(' ||
	    !words_gap(s->words[s->n - 1].end, s->end, "("))
		return;
	for (i = s->n > 6 ? s->n - 6 : 0; i < s->n; i++)
		if (i + words_date(table, s, i, &date) == s->n && words_date(table, s, i, &date))
			break;
	if (i >= s->n || i < 2 || !words_is(&s->words[i - 1], "of dated du de del"))
		return;
	for (k = i - 1; k-- > 0 && k + 14 > i;) {
		if (!words_gap(s->words[k].end, s->words[k + 1].start, "-'"))
			return;
		if (words_is(&s->words[k], says_document) || words_is(&s->words[k], "letter statement lettre carta")) {
			claims->date = date;
			return;
		}
		if (words_is(&s->words[k], has_title)) /* "report of the Meeting of 12 June 2030 (" */
			return;
		if (!s->words[k].upper && !words_is(&s->words[k], "of the du de la le des del el on"))
			return;
	}
}

/* "general comment No. 31 (2030)": a year that the identifier does not have. */
static void year_inside(struct opcit_str raw, const struct opcit_citation *cite, struct claims *claims)
{
	size_t i, k;
	int year;

	for (i = 0; i + 5 < raw.len; i++) {
		if (raw.ptr[i] != '(' || raw.ptr[i + 5] != ')')
			continue;
		for (k = 1, year = 0; k < 5 && raw.ptr[i + k] >= '0' && raw.ptr[i + k] <= '9'; k++)
			year = year * 10 + (raw.ptr[i + k] - '0');
		if (k == 5 && year >= 1800 && year < 2200 && !memchr(cite->target.ptr, '(', cite->target.len))
			claims->date.year = year;
	}
}

void check_claims(struct check_facts *facts, struct opcit_str text, const struct opcit_citation *cite,
		  struct claims *claims)
{
	const struct words_table *table = words_table_of(facts);
	struct words s;
	size_t at = 0;
	bool within;

	memset(claims, 0, sizeof *claims);
	words_split(text, cite->start > WINDOW_BEFORE ? cite->start - WINDOW_BEFORE : 0, cite->start, true, &s);
	title_before(text, cite, &s, claims);
	date_before(table, &s, claims);
	session_before(table, &s, claims);
	within = is_within_another(&s);
	words_split(text, cite->end, text.len - cite->end > WINDOW_AFTER ? cite->end + WINDOW_AFTER : text.len, false, &s);
	claims_after(table, &s, claims, within);
	if (!claims->session)
		session_after(table, &s, claims);
	/* "resolution 91/88 of 9 December 2036 of the General Assembly", "S/RES/3142 (June 4, 2033), ¶ 5" */
	if (!claims->date.year && !within)
		check_date_in(facts, opcit_str_sub(text, cite->start, cite->end), &at, &claims->date);
	if (!claims->date.year)
		year_inside(opcit_str_sub(text, cite->start, cite->end), cite, claims);
}
