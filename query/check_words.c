/* check_words.c: see check_words.h. */
#include "check_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDINALS = 100, LANGUAGES = 5 }; /* the last two are English in short */

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
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec" },
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
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

const struct words_table *words_table_of(struct check_facts *facts)
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

static bool begins_char(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

void words_split(struct opcit_str text, size_t from, size_t to, bool last, struct words *s)
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
		if (s->n == WORDS_MOST) {
			if (!last)
				return;
			memmove(s->words, s->words + 1, (WORDS_MOST - 1) * sizeof *s->words);
			s->n--;
		}
		s->words[s->n++] = word;
		p = word.end;
	}
}

/* Is it one of these? What begins with another letter is not even looked at. */
bool words_is(const struct opcit_token *word, const char *list)
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

bool words_gap(const char *p, const char *end, const char *marks)
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

bool words_is_year(const struct opcit_token *word)
{
	return word->digits && word->count == 4 && word->value >= 1800 && word->value < 2200;
}

static bool is_of(const struct opcit_token *word)
{
	return word->count <= 3 && !word->digits && words_is(word, "of de del du");
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

size_t words_date(const struct words_table *table, const struct words *s, size_t i, struct style_date *date)
{
	size_t at = i, k;
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
	if (at >= s->n || !words_is_year(&s->words[at]))
		return 0;
	for (k = i; k < at; k++)
		if (!words_gap(s->words[k].end, s->words[k + 1].start, month_of(table, &s->words[k]) ? ",." : ","))
			return 0;
	found.year = (int)s->words[at].value;
	*date = found;
	return at + 1 - i;
}

bool check_date_in(struct check_facts *facts, struct opcit_str text, size_t *at, struct style_date *date)
{
	const struct words_table *table = words_table_of(facts);
	struct words s;
	size_t i, n;

	words_split(text, *at, text.len < 2000 ? text.len : 2000, false, &s);
	for (i = 0; i < s.n; i++) {
		n = words_date(table, &s, i, date);
		if (n) {
			*at = (size_t)(s.words[i + n - 1].end - text.ptr);
			return true;
		}
	}
	return false;
}

/* ---- sessions ------------------------------------------------------------------------ */

unsigned words_ordinal(const struct words_table *table, const struct words *s, size_t end, size_t *first)
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
		if (end >= 4 && words_is(&s->words[end - 2], "and") && words_is(&s->words[end - 3], "hundred") &&
		    words_is(&s->words[end - 4], "one")) {
			*first = end - 4;
			value += 100;
		} else if (end >= 2 && words_is(&s->words[end - 2], "and hundred et")) {
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
