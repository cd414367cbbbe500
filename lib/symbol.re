/* symbol.re: how document symbols are written. Read the definitions between
 * the re2c marks; the C around them only turns a match into canonical text.
 */
#include "symbol.h"

#include <string.h>
#include <strings.h>

struct cursor {
	const char *at, *mark, *end;
	bool typed;
};

static unsigned peek(const struct cursor *c)
{
	unsigned g = opcit_glyph_at(c->at, c->end);

	return c->typed && g - 'a' < 26 ? g - 32 : g;
}

/*!re2c
re2c:api = custom;
re2c:api:style = free-form;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYPEEK = "(unsigned char)peek(c)";
re2c:define:YYSKIP = "c->at = opcit_glyph_next(c->at, c->end);";
re2c:define:YYBACKUP = "c->mark = c->at;";
re2c:define:YYRESTORE = "c->at = c->mark;";
re2c:yyfill:enable = 0;

sp     = " ";
digit  = [0-9];
num    = digit+;
upper  = [A-Z];
alnum  = [A-Za-z0-9];
roman  = [IVXLC]+;
year   = ("19" | "20") digit{2};

// A symbol is a head and parts between slashes. A part is letters and
// digits, joined by full stops and hyphens: HRC, 13, Sub.2, WG.6, TM-24,
// S-10, Add.1; after "Add.", "Rev." and the like a printer's space is let in.
word   = alnum+;
part   = word ([.\-] word)*;
extra  = ("Add" | "Corr" | "Rev" | "Amend" | "ADD" | "CORR" | "REV" | "AMEND") "." sp? num;
next   = "/" part | "/" extra | "/" sp (digit word* ([.\-] word)* | extra) | sp "/" digit word* ([.\-] word)* | sp "/" upper upper+;
head   = upper alnum* ([.\-] word)*;
tail   = sp ("rev" | "corr" | "add" | "Rev" | "Corr" | "Add" | "REV" | "CORR" | "ADD") "." sp? num;

// Sessions in brackets after the number of a resolution.
letter  = upper;
session = "(" sp? ("S-" | "ES-" | "s-")? roman sp? ")";
regular = "(" sp? roman sp? "-" sp? [OE] sp? "/" sp? num sp? ")";
meeting = "(" sp? num "/" num sp? ")";
dated   = "(" sp? year sp? ")";
acts    = "RES" | "DEC" | "DECL";
*/

static enum opcit_shape symbol_shape(struct cursor *c)
{
	/*!re2c
	head next* "/" acts "/" sp? num sp? letter? sp? session (sp? letter)? { return OPCIT_SHAPE_SESSION; }
	head next* "/" acts "/" sp? num sp? dated { return OPCIT_SHAPE_SESSION; }
	head "/" acts "."? sp? num sp? (regular | meeting) tail* { return OPCIT_SHAPE_OAS; }
	head "/" acts "." sp? num "/" digit{2} (sp? regular)? tail* { return OPCIT_SHAPE_OAS; }
	"OC-" num "/" digit{2} { return OPCIT_SHAPE_OPINION; }
	"PRST/" num "/" num { return OPCIT_SHAPE_PRST; }
	head next+ tail* { return OPCIT_SHAPE_SYMBOL; }
	(year | digit{2}) "/" num "/" ("EC" | "EU" | "EEC" | "JHA" | "CFSP") { return OPCIT_SHAPE_EU; }
	num "/PRST/" num { return OPCIT_SHAPE_PRST; }
	* { return OPCIT_SHAPE_NONE; }
	*/
}

static enum opcit_shape number_shape(struct cursor *c)
{
	/*!re2c
	num sp? dated { return OPCIT_SHAPE_YEAR; }
	num sp letter sp? dated { return OPCIT_SHAPE_YEAR; }
	num sp? letter? sp? session { return OPCIT_SHAPE_ROMAN; }
	num sp? regular { return OPCIT_SHAPE_REGULAR; }
	num "/" sp? num { return OPCIT_SHAPE_SLASH; }
	"S-" num "/" sp? num { return OPCIT_SHAPE_SPECIAL; }
	"ES-" num "/" sp? num { return OPCIT_SHAPE_EMERGENCY; }
	num { return OPCIT_SHAPE_BARE; }
	* { return OPCIT_SHAPE_NONE; }
	*/
}

unsigned opcit_roman(const char *p, size_t len)
{
	static const char letters[] = "IVXLC";
	static const unsigned values[] = { 1, 5, 10, 50, 100 };
	unsigned total = 0, last = 0, value;
	const char *found;

	if (!len || len > 12)
		return 0;
	while (len--) {
		found = memchr(letters, p[len] & ~0x20, 5);
		if (!found)
			return 0;
		value = values[found - letters];
		total = value < last ? total - value : total + value;
		if (value > last)
			last = value;
	}
	return total;
}

/* The likeness of the text from p to symbol->end without spaces. */
static bool squeeze(const char *p, struct opcit_symbol *symbol)
{
	unsigned c;

	for (symbol->len = 0; p < symbol->end; p = opcit_glyph_next(p, symbol->end)) {
		c = opcit_glyph_at(p, symbol->end);
		if (c == ' ')
			continue;
		if (symbol->len == OPCIT_SYMBOL_MAX - 4)
			return false;
		symbol->text[symbol->len++] = (char)c;
	}
	symbol->text[symbol->len] = '\0';
	return true;
}

/* What a person typed gets the capitals of print. */
static void set_case(struct opcit_symbol *symbol)
{
	static const char *const mixed[] = { "/Add.", "/Rev.", "/Corr.", "/Sub.", "/doc.", "/Ser." };
	char *p = symbol->text;
	size_t i, n;

	for (; *p; p++)
		if (opcit_glyph_is_letter((unsigned char)*p))
			*p &= ~0x20;
	for (p = symbol->text; (p = strchr(p, '/')); p++)
		for (i = 0; i < sizeof mixed / sizeof *mixed; i++) {
			n = strlen(mixed[i]);
			if (!strncasecmp(p, mixed[i], n))
				memcpy(p, mixed[i], n);
		}
}

static void insert(struct opcit_symbol *symbol, size_t at, char c)
{
	memmove(symbol->text + at + 1, symbol->text + at, symbol->len + 1 - at);
	symbol->text[at] = c;
	symbol->len++;
}

static bool is_extra(const char *p)
{
	return !strncasecmp(p, "add.", 4) || !strncasecmp(p, "rev.", 4) ||
	       !strncasecmp(p, "corr.", 5);
}

/* "05rev.7" is printed "05 rev. 7" by the OAS, "5Rev.1" is "5/Rev.1" at the
 * United Nations: the small letter tells. */
static void set_tails(struct opcit_symbol *symbol)
{
	size_t i;

	for (i = 1; i < symbol->len && symbol->len + 3 < OPCIT_SYMBOL_MAX; i++) {
		if (symbol->text[i - 1] == '/' || symbol->text[i - 1] == ' ' ||
		    !(opcit_glyph_is_digit((unsigned char)symbol->text[i - 1]) ||
		      symbol->text[i - 1] == ')') ||
		    !is_extra(symbol->text + i))
			continue;
		if (symbol->text[i] >= 'a') {
			insert(symbol, i, ' ');
			insert(symbol, i + (symbol->text[i + 1] == 'c' ? 6 : 5), ' ');
			i += 5;
		} else {
			insert(symbol, i, '/');
		}
	}
}

static void set_oas(struct opcit_symbol *symbol)
{
	char *dot = strchr(symbol->text, '.'), *bracket;

	if (!dot) {
		dot = symbol->text + strcspn(symbol->text, "0123456789");
		insert(symbol, (size_t)(dot - symbol->text), '.');
	}
	insert(symbol, (size_t)(dot - symbol->text) + 1, ' ');
	bracket = strchr(symbol->text, '(');
	if (bracket)
		insert(symbol, (size_t)(bracket - symbol->text), ' ');
}

/* PRST/8/1 and 8/PRST/1 are the Human Rights Council's A/HRC/PRST/8/1. */
static void set_prst(struct opcit_symbol *symbol)
{
	char digits[40], *p = strstr(symbol->text, "/PRST/");
	size_t n;

	if (p) {
		n = (size_t)(p - symbol->text);
		memcpy(digits, symbol->text, n);
		strcpy(digits + n, p + 5);
	} else {
		strcpy(digits, symbol->text + 5);
	}
	strcpy(symbol->text, "A/HRC/PRST/");
	strcat(symbol->text, digits);
	symbol->len = strlen(symbol->text);
}

/* Take a final stop or hyphen away, and a letter after the session that
 * belongs to the next word. */
static void trim_end(struct opcit_symbol *symbol, const char *end)
{
	const char *p, *last = symbol->end;

	if (symbol->shape == OPCIT_SHAPE_SESSION &&
	    opcit_glyph_is_word(opcit_glyph_at(symbol->end, end))) {
		for (p = symbol->start; p < symbol->end; p = opcit_glyph_next(p, symbol->end))
			if (opcit_glyph_at(p, symbol->end) == ')')
				last = opcit_glyph_next(p, symbol->end);
		symbol->end = last;
	}
}

bool opcit_symbol_scan(const char *p, const char *end, bool typed, struct opcit_symbol *symbol)
{
	struct cursor c = { p, p, end - p > OPCIT_SYMBOL_SPAN ? p + OPCIT_SYMBOL_SPAN : end, typed };

	symbol->shape = symbol_shape(&c);
	symbol->start = p;
	symbol->end = c.at;
	if (symbol->shape == OPCIT_SHAPE_NONE)
		return false;
	trim_end(symbol, c.end);
	if (!squeeze(p, symbol))
		return false;
	if (typed)
		set_case(symbol);
	switch (symbol->shape) {
	case OPCIT_SHAPE_OAS: set_oas(symbol); /* fall through */
	case OPCIT_SHAPE_SYMBOL: set_tails(symbol); break;
	case OPCIT_SHAPE_PRST: set_prst(symbol); break;
	default: break;
	}
	return true;
}

/* The numbers of a number, and the letter after its session. */
static void read_numbers(struct opcit_symbol *n, const char *end)
{
	const char *p, *letter, *after;
	size_t digits = strcspn(n->text, "0123456789"), i, roman;
	unsigned c;

	for (i = digits; i < n->len && opcit_glyph_is_digit((unsigned char)n->text[i]); i++)
		n->first = n->first * 10 + (unsigned)(n->text[i] - '0');
	for (; i < n->len && !opcit_glyph_is_digit((unsigned char)n->text[i]); i++)
		;
	for (; i < n->len && opcit_glyph_is_digit((unsigned char)n->text[i]); i++)
		n->second = n->second * 10 + (unsigned)(n->text[i] - '0');
	if (n->shape == OPCIT_SHAPE_YEAR) { /* part A of 161 (1961) has its symbol */
		i = strcspn(n->text, "(");
		if (i && opcit_glyph_is_upper((unsigned char)n->text[i - 1])) {
			memmove(n->text + i - 1, n->text + i, n->len + 1 - i);
			n->len--;
		}
	}
	if (n->shape == OPCIT_SHAPE_ROMAN) {
		i = strcspn(n->text, "(") + 1;
		if (n->text[i] == 'S' || n->text[i] == 's')
			i += 2;
		else if (n->text[i] == 'E')
			i += 3;
		else {
			roman = strcspn(n->text + i, ")");
			n->second = opcit_roman(n->text + i, roman);
		}
	}
	if (n->shape != OPCIT_SHAPE_ROMAN && n->shape != OPCIT_SHAPE_SLASH)
		return;
	/* A letter after it: 217 (III) A, 49/60 A. Not the article of "A new …". */
	letter = opcit_glyph_blank(n->end, end);
	c = opcit_glyph_at(letter, end);
	p = opcit_glyph_next(letter, end);
	after = opcit_glyph_blank(p, end);
	if (!opcit_glyph_is_upper(c) || opcit_glyph_is_word(opcit_glyph_at(p, end)) ||
	    opcit_glyph_at(p, end) == '/' || opcit_glyph_at(p, end) == '-' ||
	    opcit_glyph_at(p, end) == '\'')
		return;
	if (after > p && opcit_glyph_is_upper(opcit_glyph_at(after, end)))
		return;
	if (n->shape == OPCIT_SHAPE_SLASH && letter > n->end && c == 'I')
		return;
	if (n->shape == OPCIT_SHAPE_ROMAN) {
		i = strcspn(n->text, "(");
		if (i && !opcit_glyph_is_digit((unsigned char)n->text[i - 1]))
			return;
		insert(n, i, (char)c);
	} else {
		n->text[n->len++] = (char)c;
		n->text[n->len] = '\0';
	}
	n->end = p;
}

bool opcit_number_scan(const char *p, const char *end, bool typed, struct opcit_symbol *number)
{
	struct cursor c = { p, p, end - p > OPCIT_SYMBOL_SPAN ? p + OPCIT_SYMBOL_SPAN : end, typed };
	unsigned after;

	number->first = number->second = 0;
	number->shape = number_shape(&c);
	number->start = p;
	number->end = c.at;
	if (number->shape == OPCIT_SHAPE_NONE || !squeeze(p, number))
		return false;
	after = opcit_glyph_at(number->end, c.end);
	if (number->text[number->len - 1] != ')' &&
	    (opcit_glyph_is_digit(after) || after == '/'))
		return false;
	if (typed)
		set_case(number);
	read_numbers(number, c.end);
	return true;
}
