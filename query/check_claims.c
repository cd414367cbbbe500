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
#include "../lib/glyph.h"
#include "check_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WINDOW_BEFORE = 400, /* bytes */
	WINDOW_AFTER = 400,
	MOST_WORDS = 80,
	LONGEST_TITLE = 400,
	ORDINALS = 200,
	LANGUAGES = 3
};

/* ---- words that are known --------------------------------------------------------- */

struct words_table {
	uint64_t months[LANGUAGES][12];
	uint64_t ordinals[ORDINALS], ordinals_fr[100];
	uint64_t tens_es[11], units_es[10];
};

static const char *const months[LANGUAGES][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	  "November", "December" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
	  "décembre" },
	{ "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
	  "noviembre", "diciembre" },
};

static const char *const english[] = { "",	     "first",	   "second",	 "third",     "fourth",
				       "fifth",	     "sixth",	   "seventh",	 "eighth",    "ninth",
				       "tenth",	     "eleventh",   "twelfth",	 "thirteenth", "fourteenth",
				       "fifteenth",  "sixteenth",  "seventeenth", "eighteenth", "nineteenth" };
static const char *const english_tens[] = { "", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet" };
static const char *const french[] = { "",	  "unième",   "deuxième",  "troisième", "quatrième", "cinquième", "sixième",
				      "septième", "huitième", "neuvième",  "dixième",	"onzième",   "douzième",  "treizième",
				      "quatorzième", "quinzième", "seizième" };
static const char *const french_tens[] = { "",	      "",	   "vingt",    "trente",       "quarante",
					   "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt" };
static const char *const spanish_tens[] = { "",		  "décimo",	"vigésimo",	"trigésimo",	 "cuadragésimo", "quincuagésimo",
					    "sexagésimo", "septuagésimo", "octogésimo", "nonagésimo", "centésimo" };
static const char *const spanish[] = { "",	 "primer", "segundo", "tercer", "cuarto", "quinto",
				       "sexto", "séptimo", "octavo",  "noveno" };

static void add_english(struct words_table *table)
{
	char word[64];
	unsigned i;

	for (i = 1; i < 100; i++) {
		if (i < 20)
			snprintf(word, sizeof word, "%s", english[i]);
		else if (i % 10 == 0)
			snprintf(word, sizeof word, "%sieth", english_tens[i / 10]);
		else
			snprintf(word, sizeof word, "%sy-%s", english_tens[i / 10], english[i % 10]);
		table->ordinals[i] = opcit_token_hash(word);
	}
}

static void add_french(struct words_table *table)
{
	char word[64];
	unsigned i, unit;

	for (i = 2; i < 100; i++) {
		bool from_ten = i / 10 == 7 || i / 10 == 9;

		unit = from_ten ? i % 10 + 10 : i % 10;
		if (i < 17)
			snprintf(word, sizeof word, "%s", french[i]);
		else if (i < 20)
			snprintf(word, sizeof word, "dix-%s", french[i - 10]);
		else if (unit == 0)
			snprintf(word, sizeof word, "%.*sième", (int)strlen(french_tens[i / 10]) - (i / 10 != 2 && i / 10 != 8),
				 french_tens[i / 10]);
		else if (unit > 16)
			snprintf(word, sizeof word, "%s-dix-%s", french_tens[i / 10], french[unit - 10]);
		else
			snprintf(word, sizeof word, "%s-%s", french_tens[i / 10], french[unit]);
		table->ordinals_fr[i] = opcit_token_hash(word);
	}
}

static const struct words_table *table_of(struct check_facts *facts)
{
	struct words_table *table = facts->words;
	unsigned i, k;

	if (table)
		return table;
	facts->words = table = opcit_xcalloc(1, sizeof *table);
	for (i = 0; i < LANGUAGES; i++)
		for (k = 0; k < 12; k++)
			table->months[i][k] = opcit_token_hash(months[i][k]);
	add_english(table);
	add_french(table);
	for (i = 1; i < 11; i++)
		table->tens_es[i] = opcit_token_hash(spanish_tens[i]);
	for (i = 1; i < 10; i++)
		table->units_es[i] = opcit_token_hash(spanish[i]);
	return table;
}

void check_words_free(struct words_table *words)
{
	free(words);
}

/* ---- a stretch of text as words ---------------------------------------------------- */

struct stretch {
	const char *start, *end;
	struct opcit_token words[MOST_WORDS];
	size_t n;
};

static bool begins_char(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* The words of text[from, to): the last ones where there are too many and `last`. */
static void split(struct opcit_str text, size_t from, size_t to, bool last, struct stretch *s)
{
	const char *p;

	while (from < to && !begins_char(text.ptr[from]))
		from++;
	s->start = text.ptr + from;
	s->end = text.ptr + to;
	s->n = 0;
	for (p = opcit_glyph_settle(s->start, s->end); p < s->end;) {
		struct opcit_token word = opcit_token_at(p, s->end);

		if (!word.count || word.end <= p) {
			p = opcit_glyph_next(p, s->end);
			continue;
		}
		if (s->n == MOST_WORDS) {
			if (!last)
				return;
			memmove(s->words, s->words + 1, (MOST_WORDS - 1) * sizeof *s->words);
			s->n--;
		}
		s->words[s->n++] = word;
		p = word.end;
	}
}

/* Is it one of these? What begins with another letter is not even looked at. */
static bool is_one(const struct opcit_token *word, const char *list)
{
	unsigned first = opcit_glyph_lower(word->start, word->end);
	const char *end = list + strlen(list);
	char buf[32];
	size_t len;

	for (; *list; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (opcit_glyph_lower(list, end) != first || !word->hash)
			continue;
		snprintf(buf, sizeof buf, "%.*s", (int)len, list);
		if (word->hash == opcit_token_hash(buf))
			return true;
	}
	return false;
}

/* May [p, end) stand between two words that belong together: blanks and `marks`? */
static bool is_gap(const char *p, const char *end, const char *marks)
{
	unsigned c;

	for (; p < end; p = opcit_glyph_next(p, end)) {
		c = opcit_glyph_at(p, end);
		if (c != ' ' && c != OPCIT_GLYPH_SKIP && c != OPCIT_GLYPH_END && (c > 126 || !strchr(marks, (int)c)))
			return false;
	}
	return true;
}

/* ---- dates ------------------------------------------------------------------------- */

static int month_of(const struct words_table *table, const struct opcit_token *word)
{
	int i, k;

	for (i = 0; i < LANGUAGES; i++)
		for (k = 0; k < 12; k++)
			if (word->hash && word->hash == table->months[i][k])
				return k + 1;
	return 0;
}

static bool is_year(const struct opcit_token *word)
{
	return word->digits && word->count == 4 && word->value >= 1800 && word->value < 2200;
}

static bool is_of(const struct opcit_token *word)
{
	return word->count <= 3 && !word->digits && is_one(word, "of de del du");
}

/* "18", "1er", "2nd" */
static int day_of(const struct opcit_token *word)
{
	int day = 0;
	const char *p;

	for (p = word->start; p < word->end && *p >= '0' && *p <= '9' && day < 100; p++)
		day = day * 10 + (*p - '0');
	return day >= 1 && day <= 31 && word->count <= 4 && (word->digits ? word->count <= 2 : word->end - p >= 2) ? day : 0;
}

/* A date whose first word is words[i]: "18 December 2009", "18 de diciembre de
 * 2009", "December 18, 2009", "December 2009". Returns how many words it takes. */
static size_t date_at(const struct words_table *table, const struct stretch *s, size_t i, struct style_date *date)
{
	size_t at = i;
	struct style_date found = { 0 };

	if (at < s->n && (found.day = day_of(&s->words[at])) != 0)
		at++;
	if (found.day && at < s->n && is_of(&s->words[at]))
		at++;
	if (at >= s->n || !(found.month = month_of(table, &s->words[at])))
		return 0;
	at++;
	if (!found.day && at + 1 < s->n && s->words[at].digits && (found.day = day_of(&s->words[at])) != 0)
		at++;
	else if (at < s->n && is_of(&s->words[at]))
		at++;
	if (at >= s->n || !is_year(&s->words[at]) || !is_gap(s->words[i].end, s->words[i].end, "") ||
	    s->words[at].end - s->words[i].start > 48)
		return 0;
	found.year = (int)s->words[at].value;
	*date = found;
	return at + 1 - i;
}

bool check_date_in(struct check_facts *facts, struct opcit_str text, size_t *at, struct style_date *date)
{
	const struct words_table *table = table_of(facts);
	struct stretch s;
	size_t i, n;

	split(text, *at, text.len < 2000 ? text.len : 2000, false, &s);
	for (i = 0; i < s.n; i++) {
		n = date_at(table, &s, i, date);
		if (n) {
			*at = (size_t)(s.words[i + n - 1].end - text.ptr);
			return true;
		}
	}
	return false;
}

/* ---- sessions ------------------------------------------------------------------------ */

/* The ordinal that ends with words[end - 1]; *first gets its first word. */
static unsigned ordinal_before(const struct words_table *table, const struct stretch *s, size_t end, size_t *first)
{
	const struct opcit_token *word = end ? &s->words[end - 1] : NULL;
	unsigned i, value = 0;
	const char *p;

	if (!word || !word->hash)
		return 0;
	*first = end - 1;
	for (p = word->start; p < word->end && *p >= '0' && *p <= '9' && value < 1000; p++)
		value = value * 10 + (unsigned)(*p - '0');
	if (value) /* 92nd, 92e, 92º */
		return word->end - p >= 1 || (unsigned char)*word->end >= 0x80 || *word->end == '.' ? value : 0;
	for (i = 1; i < 100 && !value; i++)
		if (word->hash == table->ordinals[i] || word->hash == table->ordinals_fr[i])
			value = i;
	if (value) {
		if (end >= 4 && is_one(&s->words[end - 2], "and") && is_one(&s->words[end - 3], "hundred") &&
		    is_one(&s->words[end - 4], "one")) {
			*first = end - 4;
			value += 100;
		} else if (end >= 2 && is_one(&s->words[end - 2], "and hundred et")) {
			return 0;
		}
		return value;
	}
	for (i = 1; i < 10 && !value; i++)
		if (word->hash == table->units_es[i])
			value = i;
	for (i = 1; i < 11; i++) {
		if (word->hash == table->tens_es[i] && !value)
			return i * 10;
		if (value && end >= 2 && s->words[end - 2].hash == table->tens_es[i]) {
			*first = end - 2;
			return i * 10 + value;
		}
	}
	return value;
}

/* Words after which a session is one to come: "requests a report at its …". */
static const char forward[] = "request requests requested decide decides decided invite invites invited ask asks asked submit "
			      "submits report reports consider considers considered consideration convene present continue "
			      "continues hold review examine prie prié demander présenter examiner pide pidió presentar examinar";

static bool looks_forward(const struct stretch *s, size_t end)
{
	size_t i;

	for (i = end; i-- > 0;) {
		if (i + 1 < s->n && !is_gap(s->words[i].end, s->words[i + 1].start, ",()'\"-:"))
			return false; /* another sentence */
		if (is_one(&s->words[i], forward))
			return true;
	}
	return false;
}

static void take_session(struct stretch *s, size_t first, size_t end, unsigned number, struct claims *claims)
{
	claims->session = number;
	claims->session_raw = (struct opcit_str){ s->words[first].start,
						  (size_t)(s->words[end].end - s->words[first].start) };
}

static const char between[] = "of the in by through its it adopted General Assembly Human Rights Council Security "
			      "de la en el su por l Asamblea Consejo Derechos Humanos aprobó Assemblée générale Conseil des droits "
			      "homme sa dans par a adopté elle il";

/* "at its ninety-first session, in [General Assembly resolution 91/204]" */
static void session_before(const struct words_table *table, struct stretch *s, struct claims *claims)
{
	size_t i, k, first, end;
	unsigned number;
	bool adopted = false;

	for (i = s->n; i-- > 0;) {
		const char *next = i + 1 < s->n ? s->words[i + 1].start : s->end;

		if (!is_gap(s->words[i].end, next, ",'"))
			return;
		if (is_one(&s->words[i], "session"))
			break;
		if (is_one(&s->words[i], "sesiones") && i >= 2 && is_one(&s->words[i - 2], "período"))
			break;
		if (!is_one(&s->words[i], between))
			return;
		adopted = adopted || is_one(&s->words[i], "adopted adopté aprobó");
	}
	if (i >= s->n)
		return;
	end = i;
	k = is_one(&s->words[i], "sesiones") ? i - 2 : i;
	number = ordinal_before(table, s, k, &first);
	if (!number || !first || !is_one(&s->words[first - 1], "its the su sa el la le"))
		return;
	if (!adopted && looks_forward(s, first))
		return;
	take_session(s, first, end, number, claims);
}

/* "[resolution 91/204], adopted by the Assembly at its ninety-first session" */
static void session_after(const struct words_table *table, struct stretch *s, struct claims *claims)
{
	size_t i, first;
	bool adopted = false;
	unsigned number;

	for (i = 0; i < s->n && i < 14; i++) {
		const char *before = i ? s->words[i - 1].end : s->start;

		if (!is_gap(before, s->words[i].start, ",()'"))
			return;
		adopted = adopted || is_one(&s->words[i], "adopted adoptée adoptado aprobada");
		if (!adopted)
			return;
		if (is_one(&s->words[i], "session") && (number = ordinal_before(table, s, i, &first)) != 0) {
			take_session(s, first, i, number, claims);
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

static const char *skip_back(const char *start, const char *p, const char *marks)
{
	while (p > start && (p[-1] == ' ' || strchr(marks, p[-1])))
		p--;
	return p;
}

/* A run of words in title case that ends here and begins after a comma: "…, Walls
 * Without Children: Lessons from the Border". */
static bool title_case_to(const struct stretch *s, struct opcit_str *title)
{
	size_t i, capitals = 0, small = 0;

	for (i = s->n; i-- > 0;) {
		const char *next = i + 1 < s->n ? s->words[i + 1].start : s->end;

		if (i + 1 < s->n && !is_gap(s->words[i].end, next, ":'-/"))
			break;
		if (!s->words[i].upper && s->words[i].count > 4)
			break;
		capitals += s->words[i].upper && !s->words[i].caps;
		small += !s->words[i].upper;
	}
	i++;
	while (i < s->n && !s->words[i].upper) /* its first word has a capital */
		i++;
	if (i >= s->n || i == 0 || capitals < 4 || small > capitals ||
	    is_gap(s->words[i - 1].end, s->words[i].start, "") ||
	    !is_gap(s->words[i - 1].end, s->words[i].start, ",:"))
		return false;
	*title = (struct opcit_str){ s->words[i].start, (size_t)(s->words[s->n - 1].end - s->words[i].start) };
	return true;
}

static void title_before(struct opcit_str text, const struct opcit_citation *cite, const struct stretch *s,
			 struct claims *claims)
{
	const char *p = text.ptr + cite->start, *opens;
	struct stretch before;
	struct opcit_str title;
	size_t i;

	if (cite->n_pinpoints || p == text.ptr || p[-1] != '(')
		return;
	p = skip_back(text.ptr, p - 1, ",");
	if (quoted_to(s->start, p, &title, &opens)) {
		split(text, (size_t)(s->start - text.ptr), (size_t)(opens - text.ptr), true, &before);
		if (!before.n)
			return;
		claims->entitled = is_one(&before.words[before.n - 1], says_title);
		for (i = before.n; i-- > 0 && i + 10 > before.n;)
			if (claims->entitled || is_one(&before.words[i], says_document)) {
				claims->title = title;
				return;
			}
		return;
	}
	split(text, (size_t)(s->start - text.ptr), (size_t)(p - text.ptr), true, &before);
	if (title_case_to(&before, &title))
		claims->title = title;
}

/* ---- around a citation ------------------------------------------------------------------ */

static const char leads_date[] = "was of du de del dated le el adopted adoptée aprobada on en date fecha issued";

/* In "the report of the Secretary-General pursuant to resolution 721 (1991) of 11
 * December 1991" the date is the report's. */
static bool is_within_another(const struct stretch *before)
{
	const char *next = before->end;
	size_t i;

	for (i = before->n; i-- > 0; next = before->words[i].start) {
		if (!is_gap(before->words[i].end, next, "-'"))
			return false;
		if (is_one(&before->words[i], "report letter note statement message communication rapport lettre informe "
					      "carta nota"))
			return true;
	}
	return false;
}

/* Behind it: a date, then a title. */
static void claims_after(const struct words_table *table, struct stretch *s, struct claims *claims, bool within)
{
	struct style_date date;
	size_t i = 0, n;
	const char *at = s->start, *after;

	while (i < s->n && i < 5 && is_gap(at, s->words[i].start, ",") && is_one(&s->words[i], leads_date)) {
		at = s->words[i].end;
		i++;
	}
	/* "on 3 May the Council …" says when something was done */
	if (i < s->n && is_gap(at, s->words[i].start, i ? "" : "(") &&
	    !(i == 1 && is_one(&s->words[0], "on le el en")) &&
	    (n = date_at(table, s, i, &date)) != 0) {
		if (!within)
			claims->date = date;
		at = s->words[i + n - 1].end;
		i += n;
	} else if (i < s->n && is_year(&s->words[i]) && is_gap(at, s->words[i].start, "(") &&
		   (i == 0 || (i == 1 && is_one(&s->words[0], "of de"))) &&
		   (i == 1 || s->words[i].start[-1] == '(')) {
		claims->date.year = (int)s->words[i].value;
		at = s->words[i].end;
		i++;
	} else {
		at = s->start;
		i = 0;
	}
	if (i < s->n && is_gap(at, s->words[i].start, ",)") && is_one(&s->words[i], says_title)) {
		at = s->words[i].end;
		while (at < s->end && (opcit_glyph_at(at, s->end) == ' ' || *at == ','))
			at = opcit_glyph_next(at, s->end);
		claims->entitled = quoted_from(at, s->end, &claims->title, &after);
	}
}

/* "the report of 11 January 2029 (", "report of the Special Rapporteur of 3 May 2001 (" */
static void date_before(const struct words_table *table, const struct stretch *s, struct claims *claims)
{
	struct style_date date;
	size_t i, k;

	if (s->n < 3 || s->end == s->start || s->end[-1] != '(' ||
	    !is_gap(s->words[s->n - 1].end, s->end, "("))
		return;
	for (i = s->n > 6 ? s->n - 6 : 0; i < s->n; i++)
		if (i + date_at(table, s, i, &date) == s->n && date_at(table, s, i, &date))
			break;
	if (i >= s->n || i < 2 || !is_one(&s->words[i - 1], "of dated du de del"))
		return;
	for (k = i - 1; k-- > 0 && k + 14 > i;) {
		if (!is_gap(s->words[k].end, s->words[k + 1].start, "-'"))
			return;
		if (is_one(&s->words[k], says_document) || is_one(&s->words[k], "letter statement lettre carta")) {
			claims->date = date;
			return;
		}
		if (!s->words[k].upper && !is_one(&s->words[k], "of the du de la le des del el on"))
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
	const struct words_table *table = table_of(facts);
	struct stretch s;
	bool within;

	memset(claims, 0, sizeof *claims);
	split(text, cite->start > WINDOW_BEFORE ? cite->start - WINDOW_BEFORE : 0, cite->start, true, &s);
	title_before(text, cite, &s, claims);
	date_before(table, &s, claims);
	session_before(table, &s, claims);
	within = is_within_another(&s);
	split(text, cite->end, text.len - cite->end > WINDOW_AFTER ? cite->end + WINDOW_AFTER : text.len, false, &s);
	claims_after(table, &s, claims, within);
	if (!claims->session)
		session_after(table, &s, claims);
	if (!claims->date.year)
		year_inside(opcit_str_sub(text, cite->start, cite->end), cite, claims);
}
