/* parse_lex.c: a query cut into words, phrases, fields and operators. */
#include "parse_int.h"

#include <string.h>

#include "../lib/wildcard.h"

void parse_fail(struct parser *p, size_t place, const char *message, const char *hint)
{
	if (p->failed)
		return;
	p->failed = true;
	opcit_err_set(p->err, OPCIT_USAGE, "%s", message);
	if (hint)
		opcit_err_hint(p->err, "%s", hint);
	if (p->err)
		p->err->place = (long)place;
}

/* ---- lexemes ------------------------------------------------------------- */

/* The length of a quotation mark at `at`, of any shape, or 0. */
static size_t quote_at(struct opcit_str s, size_t at)
{
	static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»", "‟" };
	size_t i;

	for (i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (opcit_str_starts(opcit_str_sub(s, at, s.len), quotes[i]))
			return strlen(quotes[i]);
	return 0;
}

/* What stands between the quotation mark at p->at and the next one. */
static struct opcit_str read_quoted(struct parser *p)
{
	size_t open = p->at, from = open + quote_at(p->input, open), at = from;

	while (at < p->input.len && !quote_at(p->input, at))
		at++;
	if (at == p->input.len) {
		parse_fail(p, open, "a quotation mark is never closed",
			   "write \"best interests\", with a mark at both ends");
		p->at = at;
		return (struct opcit_str){ NULL, 0 };
	}
	p->at = at + quote_at(p->input, at);
	return opcit_str_sub(p->input, from, at);
}

/* A run of text without blanks. A parenthesis inside belongs to it, as in
 * 67(h) or 1325(2000). */
static struct opcit_str read_word(struct parser *p)
{
	size_t from = p->at;
	int open = 0;

	for (; p->at < p->input.len && !opcit_is_blank(p->input.ptr[p->at]); p->at++) {
		char c = p->input.ptr[p->at];

		if (quote_at(p->input, p->at))
			break;
		if (c == '(')
			open++;
		if (c == ')' && open-- == 0)
			break;
	}
	return opcit_str_sub(p->input, from, p->at);
}

/* "cites:CRC art 37(b)", as it comes from a shell that took the quotation
 * marks away: the place belongs to the value. Where it ends. */
static size_t place_end(const struct parser *p)
{
	static const char *const units[] = { "art",  "arts",       "article", "articles",
					     "para", "paras",      "op",      "paragraph",
					     "pp",   "paragraphs", "fn" };
	size_t at = p->at, word, i;

	while (at < p->input.len && p->input.ptr[at] == ' ')
		at++;
	for (word = at; at < p->input.len && opcit_is_letter(p->input.ptr[at]);)
		at++;
	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (opcit_str_ieq(opcit_str_sub(p->input, word, at), opcit_str_of(units[i])))
			break;
	while (at < p->input.len && strchr(". ", p->input.ptr[at]))
		at++;
	if (i == sizeof units / sizeof *units || at == p->input.len || p->input.ptr[at] < '0' ||
	    p->input.ptr[at] > '9')
		return p->at;
	while (at < p->input.len && !strchr(" \"", p->input.ptr[at]))
		at++;
	return at;
}

/* Where a star would be taken for a letter that is not there. */
static void refuse_star(struct parser *p, struct opcit_str text, const char *message,
			const char *hint)
{
	const char *star = text.len ? memchr(text.ptr, '*', text.len) : NULL;

	if (star)
		parse_fail(p, (size_t)(star - p->input.ptr), message, hint);
}

/* "Human Rights Council","Security Council",x: as one value with commas. */
static struct opcit_str read_values(struct parser *p)
{
	struct opcit_buf all = OPCIT_BUF_INIT;
	struct opcit_str value;
	bool more = true;

	while (more && !p->failed) {
		value = quote_at(p->input, p->at) ? read_quoted(p) : read_word(p);
		opcit_buf_add_str(&all, value);
		more = p->at < p->input.len && quote_at(p->input, p->at) && value.len && value.ptr[value.len - 1] == ',';
		if (!more && p->at + 1 < p->input.len && p->input.ptr[p->at] == ',' && !opcit_is_blank(p->input.ptr[p->at + 1])) {
			opcit_buf_putc(&all, ',');
			p->at++;
			more = true;
		}
	}
	value = opcit_arena_dup(p->arena, opcit_buf_str(&all));
	opcit_buf_release(&all);
	return value;
}

static void read_field(struct parser *p, size_t colon)
{
	size_t from;
	char name[16];
	size_t i, len = colon - p->at;

	for (i = 0; i < len && i < sizeof name - 1; i++)
		name[i] = (char)(p->input.ptr[p->at + i] | 0x20);
	p->next.kind = FIELD;
	p->next.field = opcit_field_of((struct opcit_str){ name, len < sizeof name ? len : 0 });
	if (p->next.field == OPCIT_FIELD_COUNT)
		parse_fail(p, p->at, "there is no such field",
		     "fields: doc body type kind act lang year label section note country cites since until; "
		     "quote the words to search for them");
	p->at = colon + 1;
	from = p->at;
	p->next.text = read_values(p);
	if (p->next.field == OPCIT_FIELD_CITES && from < p->at && !quote_at(p->input, from)) {
		p->at = place_end(p);
		p->next.text = opcit_str_sub(p->input, from, p->at);
	}
	if (p->next.text.len == 0)
		parse_fail(p, p->at, "the field has no value",
			   "write it without a blank: kind:operative, body:\"Human Rights Council\"");
	refuse_star(p, opcit_str_sub(p->input, from, p->at), "wildcards stand in words, not in fields",
		    "leave the star out, or look for the words: detain* kind:operative");
}

/* Is this the start of name:value? Gives the place of the colon. With a blank behind it, it
 * is one where the name is a field's: "year: 2010", but not "what: this". */
static bool field_here(const struct parser *p, size_t *colon)
{
	size_t at = p->at;

	while (at < p->input.len && opcit_is_letter(p->input.ptr[at]))
		at++;
	*colon = at;
	if (at == p->at || at == p->input.len || p->input.ptr[at] != ':')
		return false;
	return (at + 1 < p->input.len && !opcit_is_blank(p->input.ptr[at + 1])) ||
	       opcit_field_of(opcit_str_sub(p->input, p->at, at)) != OPCIT_FIELD_COUNT;
}

static void read_phrase(struct parser *p)
{
	p->next.kind = PHRASE;
	p->next.text = read_quoted(p);
	refuse_star(p, p->next.text, "a wildcard does not work inside quotation marks",
		    "write words near each other: detain* NEAR/2 children");
}

/* "~minors", ~"undocumented migrants" */
static void read_concept(struct parser *p)
{
	struct opcit_str rest = opcit_str_sub(p->input, ++p->at, p->input.len);

	if (rest.len && quote_at(rest, 0))
		p->next.text = read_quoted(p);
	else if (!opcit_str_starts(rest, "("))
		p->next.text = read_word(p);
	p->next.kind = CONCEPT;
	refuse_star(p, p->next.text, "a wildcard does not work after '~'",
		    "write ~minors, or minor* without it");
}

/* "NEAR", "NEAR/5": the number. False when the word is none of these. */
static bool read_near(struct parser *p)
{
	struct opcit_str text = p->next.text;
	uint32_t n = 0;
	size_t i;

	if (opcit_str_is(text, "NEAR")) {
		p->next.distance = PARSE_NEAR;
		return true;
	}
	if (!opcit_str_starts(text, "NEAR/"))
		return false;
	for (i = 5; i < text.len && n <= PARSE_FARTHEST; i++)
		n = text.ptr[i] >= '0' && text.ptr[i] <= '9' ? n * 10 + (uint32_t)(text.ptr[i] - '0')
							     : PARSE_FARTHEST + 1;
	if (n == 0 || n > PARSE_FARTHEST)
		parse_fail(p, p->next.place, "NEAR/ wants a number from 1 to 500",
			   "write detention NEAR/5 children; NEAR alone is NEAR/10");
	p->next.distance = n;
	return true;
}

static void read_plain(struct parser *p)
{
	p->next.text = read_word(p);
	p->next.kind = opcit_str_is(p->next.text, "AND")   ? AND
		       : opcit_str_is(p->next.text, "OR")  ? OR
		       : opcit_str_is(p->next.text, "NOT") ? NOT
		       : read_near(p)                      ? NEAR
		       : p->next.text.len && memchr(p->next.text.ptr, '*', p->next.text.len) ? WILD
										   : WORD;
}

static void advance(struct parser *p)
{
	size_t colon;
	char c;

	while (p->at < p->input.len && opcit_is_blank(p->input.ptr[p->at]))
		p->at++;
	p->next = (struct lexeme){ .kind = END, .place = p->at };
	if (p->at == p->input.len || p->failed)
		return;
	c = p->input.ptr[p->at];
	if (c == '(' || c == ')') {
		p->next.kind = c == '(' ? OPEN : CLOSE;
		p->at++;
	} else if (quote_at(p->input, p->at)) {
		read_phrase(p);
	} else if (c == '~') {
		read_concept(p);
	} else if (field_here(p, &colon)) {
		read_field(p, colon);
	} else {
		if (c == '-' && p->at + 1 < p->input.len && opcit_is_letter(p->input.ptr[p->at + 1]))
			parse_fail(p, p->at, "a minus sign does not leave a word out",
				   "write NOT before it: detention NOT criminal");
		read_plain(p);
	}
}

void parse_advance(struct parser *p)
{
	advance(p);
	p->next.end = p->at;
}
