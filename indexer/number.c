/* Numbers and other designators as they are printed before a paragraph. */
#include "piece.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

static bool digit(struct opcit_str s, size_t i)
{
	return i < s.len && isdigit((unsigned char)s.ptr[i]);
}

static bool lower(struct opcit_str s, size_t i)
{
	return i < s.len && s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
}

static bool upper(struct opcit_str s, size_t i)
{
	return i < s.len && s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
}

static bool at_gap(struct opcit_str s, size_t i)
{
	return i >= s.len || s.ptr[i] == ' ';
}

static unsigned decimal_value(struct opcit_str s)
{
	unsigned value = 0;
	size_t i;

	for (i = 0; i < s.len && value < 100000; i++)
		value = value * 10 + (unsigned)(s.ptr[i] - '0');
	return value;
}

static struct opcit_number make(enum opcit_numbering style, unsigned value, struct opcit_str text,
                                size_t printed, size_t from, size_t to)
{
	return (struct opcit_number){ style, value, opcit_str_sub(text, 0, printed),
		                      opcit_str_sub(text, from, to) };
}

/* "12." and "12.3", "12.3."; a year at a line's start is told from a paragraph
 * number by the count, not here. */
static struct opcit_number arabic(struct opcit_str s)
{
	struct opcit_number none = { 0 };
	size_t i = 0, parts = 0, start = 0;

	for (;;) {
		start = i;
		while (digit(s, i))
			i++;
		if (i == start || i - start > 4)
			return none;
		parts++;
		if (i < s.len && s.ptr[i] == '.' && digit(s, i + 1) && parts < 5)
			i++;
		else
			break;
	}
	if (i < s.len && s.ptr[i] == '.') {
		/* "12.One" is what OCR leaves of "12. One". */
		if (!at_gap(s, i + 1) && !(upper(s, i + 1) && lower(s, i + 2)))
			return none;
		return make(parts > 1 ? OPCIT_NUM_DECIMAL : OPCIT_NUM_ARABIC,
		            decimal_value(opcit_str_sub(s, start, i)), s, i + 1, 0, i);
	}
	if (parts > 1 && at_gap(s, i) && i < s.len && upper(s, i + 1))
		return make(OPCIT_NUM_DECIMAL, decimal_value(opcit_str_sub(s, start, i)), s, i, 0, i);
	return none;
}

static unsigned lower_roman(struct opcit_str s)
{
	char capital[8];
	size_t i;

	if (s.len == 0 || s.len >= sizeof capital)
		return 0;
	for (i = 0; i < s.len; i++)
		capital[i] = (char)toupper((unsigned char)s.ptr[i]);
	return opcit_roman_value((struct opcit_str){ capital, s.len });
}

/* "(a)", "a)", "(iv)", "(12)", "12)". A letter that is also a Roman numeral is
 * a letter here; the segmenter, which knows the count, may read it otherwise. */
static struct opcit_number bracketed(struct opcit_str s)
{
	struct opcit_number none = { 0 };
	size_t open = s.len && s.ptr[0] == '(', i = open, close;
	bool brace;
	struct opcit_str inner;
	unsigned value;

	while (i < s.len && i - open < 6 && (digit(s, i) || lower(s, i)))
		i++;
	inner = opcit_str_sub(s, open, i);
	if (inner.len == 0 || i >= s.len)
		return none;
	brace = open && s.ptr[i] == '}'; /* OCR: "(c}", "(c})" */
	close = i + (brace && i + 1 < s.len && s.ptr[i + 1] == ')');
	if ((s.ptr[i] != ')' && !brace) || !at_gap(s, close + 1))
		return none;
	close++;
	if (digit(inner, 0)) {
		if (inner.len > 3)
			return none;
		for (i = 0; i < inner.len; i++)
			if (!digit(inner, i))
				return none;
		return make(OPCIT_NUM_PAREN_ARABIC, decimal_value(inner), s, close,
		            open, open + inner.len);
	}
	for (i = 0; i < inner.len; i++)
		if (!lower(inner, i))
			return none;
	if (inner.len == 1 || (inner.len == 2 && inner.ptr[0] == inner.ptr[1] && inner.ptr[0] != 'i' &&
	                       inner.ptr[0] != 'x'))
		return make(OPCIT_NUM_PAREN_LETTER,
		            (unsigned)(inner.ptr[0] - 'a' + 1) + (inner.len == 2 ? 26 : 0), s,
		            close, open, open + inner.len);
	value = lower_roman(inner);
	if (!value)
		return none;
	return make(OPCIT_NUM_PAREN_ROMAN, value, s, close, open, open + inner.len);
}

/* "IV." and "B.", or alone on the line "IV" and "B". */
static struct opcit_number capital(struct opcit_str s)
{
	struct opcit_number none = { 0 };
	size_t i = 0, printed;
	struct opcit_str letters;
	unsigned value;

	while (i < 8 && upper(s, i))
		i++;
	letters = opcit_str_sub(s, 0, i);
	printed = i;
	if (i < s.len && s.ptr[i] == '.')
		printed = i + 1;
	else if (i < s.len)
		return none;
	if (letters.len == 0 || !at_gap(s, printed))
		return none;
	value = opcit_roman_value(letters);
	if (value && value < 90)
		return make(OPCIT_NUM_ROMAN, value, s, printed, 0, letters.len);
	if (letters.len == 1)
		return make(OPCIT_NUM_LETTER, (unsigned)(letters.ptr[0] - 'A' + 1), s, printed, 0, 1);
	return none;
}

/* "Annex I", "APPENDIX II", "Article 5", "Anexo", "Partie III" alone on the
 * line, or before a full stop, colon or dash. */
static struct opcit_number named(struct opcit_str s)
{
	static const char *const names[] = { "annex",    "appendix", "annexe",   "anexo",   "apendice",
		                             "appendice", "enclosure", "article",
		                             "articulo", "chapter",  "chapitre", "capitulo", "part",
		                             "partie",   "parte",    "section",  "seccion",  "title",
		                             "principle", "principe", "principio", "rule", "guideline",
		                             "schedule" };
	struct opcit_number none = { 0 };
	struct opcit_words words = opcit_words_of(s);
	char word[16];
	size_t i, end, known = 0;
	unsigned value = 0;

	if (!opcit_word_next(&words, word, sizeof word))
		return none;
	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(word, names[i]) == 0)
			known = i + 1;
	if (!known || !s.len || (!upper(s, 0) && s.ptr[0] != '\xC3'))
		return none;
	end = words.at;
	if (end < s.len && s.ptr[end] == ' ') {
		size_t from = end + 1, to = from;

		while (to < s.len && to - from < 6 && isalnum((unsigned char)s.ptr[to]))
			to++;
		if (digit(s, from))
			value = decimal_value(opcit_str_sub(s, from, to));
		else
			value = opcit_roman_value(opcit_str_sub(s, from, to));
		if (!value && to == from + 1 && upper(s, from))
			value = (unsigned)(s.ptr[from] - 'A' + 1);
		if (!value || (digit(s, from) && !digit(s, to - 1)))
			return none;
		end = to;
	} else if (end < s.len || known > 7) {
		return none; /* only an annex stands without a number */
	}
	if (end < s.len && (s.ptr[end] == '.' || s.ptr[end] == ':'))
		end++;
	if (!at_gap(s, end))
		return none;
	/* "Article 5 of the Covenant requires" is a sentence. */
	if (end < s.len && !(upper(s, end + 1) || s.ptr[end - 1] == '.' || s.ptr[end - 1] == ':'))
		return none;
	return make(OPCIT_NUM_NAMED, value, s, end, 0, end);
}

struct opcit_number opcit_number_of(struct opcit_str text, bool *alone)
{
	struct opcit_number number = { 0 };

	*alone = false;
	if (text.len == 0)
		return number;
	if (digit(text, 0)) {
		number = arabic(text);
		if (!number.style)
			number = bracketed(text);
	} else if (text.ptr[0] == '(' || lower(text, 0)) {
		number = bracketed(text);
	} else if (upper(text, 0) || text.ptr[0] == '\xC3') {
		number = capital(text);
		if (!number.style)
			number = named(text);
	}
	*alone = number.style && number.printed.len == text.len;
	return number;
}

bool opcit_starts_lower(struct opcit_str text)
{
	size_t i = 0;

	while (i < text.len && (text.ptr[i] == '"' || text.ptr[i] == '(' || text.ptr[i] == '['))
		i++;
	if (i + 1 < text.len && (unsigned char)text.ptr[i] == 0xC3)
		return (unsigned char)text.ptr[i + 1] >= 0xA0;
	return lower(text, i);
}

/* "…; and" and "…, or" end a clause of a list as its stop alone would. */
static size_t without_conjunction(struct opcit_str text, size_t end)
{
	static const char *const tails[] = { " and", " or", " et", " ou", " y", " o", " e" };
	size_t i;

	for (i = 0; i < sizeof tails / sizeof *tails; i++) {
		size_t n = strlen(tails[i]);

		if (end > n && memcmp(text.ptr + end - n, tails[i], n) == 0 &&
		    strchr(";,", text.ptr[end - n - 1]))
			return end - n;
	}
	return end;
}

/* A plain figure after the stop is what is left of a note marker. */
static size_t without_marker(struct opcit_str text, size_t end)
{
	size_t from = end;

	while (from && end - from < 4 && digit(text, from - 1))
		from--;
	if (from < end && from > 1 && text.ptr[from - 1] == ' ' && strchr(".;:,", text.ptr[from - 2]))
		return from - 1;
	return end;
}

bool opcit_ends_with_stop(struct opcit_str text, bool comma_stops)
{
	size_t end = without_marker(text, text.len), conjunction = without_conjunction(text, end);

	if (conjunction < end)
		return true;
	for (;;) {
		if (end >= 3 && (memcmp(text.ptr + end - 3, "\xE2\x80\x9D", 3) == 0 ||
		                 memcmp(text.ptr + end - 3, "\xE2\x80\x99", 3) == 0))
			end -= 3;
		else if (end >= 2 && memcmp(text.ptr + end - 2, "\xC2\xBB", 2) == 0)
			end -= 2;
		else if (end && strchr("\"')] ", text.ptr[end - 1]))
			end--;
		else
			break;
	}
	if (end == 0)
		return false;
	if (end >= 3 && memcmp(text.ptr + end - 3, "\xE2\x80\xA6", 3) == 0)
		return true;
	return strchr(".;:!?", text.ptr[end - 1]) || (comma_stops && text.ptr[end - 1] == ',');
}

/* "L'Assemblée" and "le Conseil" leave all but the first noun in lower case. */
static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

bool opcit_is_formula(struct opcit_str text, bool strict)
{
	static const char *const english[] = { "the", "we", NULL };
	static const char *const romance[] = { "le", "la", "l", "les", "el", "los", "las", "nous", "nosotros", NULL };
	static const char *const small[] = { "participants", "representatives", "delegates", "members", "undersigned", "of", "the", "on", "for", "and", "to", "in", "with", "at", "by", NULL };
	struct opcit_words words = opcit_words_of(text);
	size_t n = 0, capitals = 0;
	static const char *const met[] = { "gathered", "assembled", "meeting", "met", "convened", "reunidos", "reunidas", "reunis", "reunies", NULL };
	static const char *const organs[] = { "council", "assembly", "conference", "commission",
		                              "committee", "congress", "securite", "generale",
		                              "seguridad", "general", NULL };
	bool is_romance;
	char word[32];

	if (text.len == 0 || text.len > 400 || opcit_starts_lower(text))
		return false;
	if (text.ptr[text.len - 1] != ',' && (strict || opcit_ends_with_stop(text, false)) &&
	    (strict || !strchr(".:", text.ptr[text.len - 1])))
		return false;
	if (!opcit_word_next(&words, word, sizeof word))
		return false;
	if (strcmp(word, "therefore") == 0 || strcmp(word, "accordingly") == 0 || strcmp(word, "now") == 0)
		opcit_word_next(&words, word, sizeof word);
	is_romance = one_of(word, romance);
	if (!is_romance && !one_of(word, english))
		return false;
	while (opcit_word_next(&words, word, sizeof word)) {
		n++;
		if (n > 3 && text.ptr[text.len - 1] == ',' && one_of(word, met) && text.ptr[words.start - 2] == ',')
			return capitals >= 1; /* "We, the Ministers of Labor, gathered in …," */
		if (!opcit_starts_lower(opcit_str_sub(text, words.start, text.len)))
			capitals++;
		else if (is_romance ? n > 14 : !one_of(word, small))
			return false;
	}
	if (!strchr(",:", text.ptr[text.len - 1]) && !one_of(word, organs))
		return false;
	return capitals >= 1 && n >= 1 && n <= 24;
}
