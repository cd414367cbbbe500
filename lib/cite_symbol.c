/* cite_symbol.c: document symbols, and what "and Corr.1" adds to them. */
#include "cite_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the symbol begins whose first slash is at p; NULL when what stands
 * before the slash cannot be a head. */
static const char *head_of(const cite_ctx *ctx, const char *p)
{
	const char *q = p, *floor = p - ctx->text > 40 ? p - 40 : ctx->text;
	unsigned before;

	if (floor < ctx->pos)
		floor = ctx->pos;
	if (q > floor + 1 && q[-1] == ' ' && opcit_glyph_is_upper((unsigned char)q[-2]))
		q--; /* "S /1045" */
	while (q > floor && (opcit_glyph_is_word((unsigned char)q[-1]) || q[-1] == '.' ||
			     q[-1] == '-' || (unsigned char)q[-1] >= 0x80))
		q--;
	/* a dash, a quotation mark or the like in front is not part of it */
	while (q < p && !opcit_glyph_is_word(opcit_glyph_at(q, p)))
		q = opcit_glyph_next(q, p);
	if (q >= p)
		return NULL;
	before = q > ctx->text ? (unsigned char)q[-1] : ' ';
	if (before == '/' || before == '@' || before == '_' || before == '=' || before == '\\' ||
	    opcit_glyph_is_word(before))
		return NULL;
	return q;
}

static bool has_digit(const char *p, size_t len)
{
	while (len--)
		if (opcit_glyph_is_digit((unsigned char)*p++))
			return true;
	return false;
}

/* H1N1 is no part of a symbol: letters then digits come joined by a stop or
 * a hyphen, and 2200A ends in one letter. Nor is a word: Perth. */
static bool good_part(const char *p, size_t len)
{
	size_t i, small = 0;

	for (i = 0; i < len && p[i] != '.'; i++)
		small += p[i] >= 'a' && p[i] <= 'z';
	if (i == len && small > 2)
		return false;

	for (i = 1; i + 1 < len; i++)
		if (opcit_glyph_is_letter((unsigned char)p[i - 1]) &&
		    opcit_glyph_is_digit((unsigned char)p[i]) &&
		    opcit_glyph_is_letter((unsigned char)p[i + 1]))
			return false;
	return true;
}

/* A series that no table has is known by the marks of documents: IM/INF/512. */
static bool has_mark(const char *text, size_t head)
{
	static const char *const marks[] = { "INF", "RES", "DEC", "CONF", "PV",   "SR", "CRP", "GC",
					     "GT",  "CO",  "COP", "WG",   "doc.", "L.", "RES." };
	const char *p = text + head;
	size_t i, n;

	for (i = 0; i < head; i++)
		if (!opcit_glyph_is_upper((unsigned char)text[i]))
			return false;
	if (head < 2 || !strchr(p + 1, '/'))
		return false;
	for (; p; p = strchr(p + 1, '/'))
		for (i = 0; i < sizeof marks / sizeof *marks; i++) {
			n = strlen(marks[i]);
			if (!strncmp(p + 1, marks[i], n) &&
			    (p[1 + n] == '/' || opcit_glyph_is_digit((unsigned char)p[1 + n])))
				return true;
		}
	return false;
}

static bool is_body_part(const char *part)
{
	return !strncmp(part, "CN.", 3) || !strncmp(part, "AC.", 3) || !strncmp(part, "C.", 2) ||
	       !strncmp(part, "CONF.", 5) || !strncmp(part, "WG.", 3) || !strncmp(part, "Sub.", 4);
}

/* A word that the table has in a series: S/Agenda/2280. */
static bool is_series_part(const cite_ctx *ctx, const struct opcit_symbol *symbol, const char *end)
{
	struct opcit_str text = { symbol->text, symbol->len };
	const struct opcit_series *series = opcit_registry_series(ctx->registry, text);

	return *end == '/' && series && series->prefix.len == (size_t)(end + 1 - symbol->text);
}

/* Judge the parts of a symbol; drop wordy ones at its end ("A/65/48/French"). */
static bool good_symbol(const cite_ctx *ctx, struct opcit_symbol *symbol)
{
	const char *slash = strchr(symbol->text, '/'), *part;
	size_t head = slash ? (size_t)(slash - symbol->text) : 0, parts = 0, len, i;
	bool oas = symbol->shape == OPCIT_SHAPE_OAS;

	if (!head ||
	    (!opcit_registry_head(ctx->registry, (struct opcit_str){ symbol->text, head }) &&
	     !has_mark(symbol->text, head)))
		return false;
	if (oas || symbol->shape == OPCIT_SHAPE_SESSION)
		return true;
	for (;;) {
		part = strrchr(symbol->text, '/');
		len = symbol->len - (size_t)(part + 1 - symbol->text);
		if (has_digit(part + 1, len) || !strncmp(symbol->text, "OEA/", 4))
			break;
		if (part == slash)
			return false;
		for (i = 0; i < len + 1 && symbol->end > symbol->start; i++)
			symbol->end--;
		symbol->len = (size_t)(part - symbol->text);
		symbol->text[symbol->len] = '\0';
	}
	for (part = slash; part; part = strchr(part + 1, '/')) {
		len = strcspn(part + 1, "/");
		if (!len || (!good_part(part + 1, len) && !is_series_part(ctx, symbol, part + 1 + len)))
			return false;
		parts++;
	}
	len = strspn(slash + 1, "0123456789");
	if (parts == 1 && is_body_part(slash + 1))
		return false; /* E/CN.4 is a series, not a document */
	if (parts == 1 && slash[1 + len] == '\0')
		return len > 2 || (len == 2 && symbol->text[0] == 'S');
	return true;
}

static enum opcit_keyword next_is(const cite_ctx *ctx, const char *p, struct opcit_token *token)
{
	*token = cite_next(ctx, p);
	return opcit_keyword_class(cite_keyword(ctx, token));
}

/* Past a number of up to three figures, or NULL. */
static const char *cite_digits(const cite_ctx *ctx, const char *p, unsigned *value)
{
	unsigned n = 0, c;

	for (*value = 0; opcit_glyph_is_digit(c = opcit_glyph_at(p, ctx->end)); n++) {
		if (n == 3)
			return NULL;
		*value = *value * 10 + (c - '0');
		p = opcit_glyph_next(p, ctx->end);
	}
	return n ? p : NULL;
}

/* "Add.1", "Corr.2" at p: its canonical spelling, or NULL. */
static const char *extra_at(const cite_ctx *ctx, const char *p, const char **end, char extra[16])
{
	static const char *const words[] = { "Add", "Corr", "Rev", "Amend" };
	struct opcit_token token = opcit_token_at(p, ctx->end);
	unsigned value;
	size_t i;

	for (i = 0; i < 4; i++)
		if (token.hash && token.upper && token.hash == opcit_token_hash(words[i]))
			break;
	if (i == 4 || opcit_glyph_at(token.end, ctx->end) != '.')
		return NULL;
	p = cite_skip(ctx, token.end);
	*end = cite_digits(ctx, p, &value);
	if (!*end)
		return NULL;
	snprintf(extra, 16, "%s.%u", words[i], value);
	return words[i];
}

/* Numbers that go on after "Add.1": "-3", " and 2", ", 2 and 3". */
static const char *more_extras(cite_ctx *ctx, const char *p, const char *base, const char *word,
			       unsigned last, const char *start)
{
	struct opcit_token token;
	const char *q, *end = p, *past;
	bool range, comma;
	unsigned n, value;

	for (;;) {
		q = opcit_glyph_blank(p, ctx->end);
		range = opcit_glyph_at(q, ctx->end) == '-';
		comma = opcit_glyph_at(q, ctx->end) == ',';
		if (range || comma) {
			q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		} else {
			if (next_is(ctx, q, &token) != KW_CHAIN &&
			    token.hash != opcit_token_hash("to"))
				return end;
			range = token.hash == opcit_token_hash("to");
			q = opcit_glyph_blank(token.end, ctx->end);
		}
		past = cite_digits(ctx, q, &value);
		if (!past || ctx->n_cites == OPCIT_CITES_MAX || value <= last ||
		    value > last + 50 || (!range && value != last + 1) ||
		    opcit_glyph_is_word(opcit_glyph_at(past, ctx->end)) ||
		    opcit_glyph_at(past, ctx->end) == '/' ||
		    (opcit_glyph_at(past, ctx->end) == '.' &&
		     opcit_glyph_is_digit(
			     opcit_glyph_at(opcit_glyph_next(past, ctx->end), ctx->end))))
			return end;
		for (n = range ? last + 1 : value; n <= value; n++)
			cite_push(ctx, start, past, cite_string(ctx, "%s/%s.%u", base, word, n),
				  "symbol");
		last = value;
		p = end = past;
	}
}

/* "and Corr.1", "and Add.1-3" after a symbol. */
static const char *extras(cite_ctx *ctx, const struct opcit_symbol *symbol)
{
	const char *end = symbol->end, *p, *q, *word;
	struct opcit_token token;
	char extra[16], *tail, base[OPCIT_SYMBOL_MAX + 1];
	bool addendum = false; /* "Add.2 and Corr.1": what is corrected is the addendum */
	const char *of;
	int i;

	strcpy(base, symbol->text);
	tail = strrchr(base, '/');
	if (tail && (!strncmp(tail, "/Add.", 5) || !strncmp(tail, "/Corr.", 6))) {
		unsigned n = 0;

		word = tail[1] == 'A' ? "Add" : "Corr";
		if (sscanf(strchr(tail, '.') + 1, "%3u", &n) != 1)
			return end;
		*tail = '\0';
		end = more_extras(ctx, end, base, word, n, symbol->start);
		addendum = word[0] == 'A' && end == symbol->end;
	}
	for (i = 0; i < 20; i++) {
		p = opcit_glyph_blank(end, ctx->end);
		if (opcit_glyph_at(p, ctx->end) == ',' || opcit_glyph_at(p, ctx->end) == '&')
			p = opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end);
		if (next_is(ctx, p, &token) == KW_CHAIN)
			p = opcit_glyph_blank(token.end, ctx->end);
		if (p == end)
			break;
		word = extra_at(ctx, p, &q, extra);
		if (!word)
			break;
		of = addendum && word[0] == 'C' ? symbol->text : base;
		addendum = false;
		cite_push(ctx, symbol->start, q, cite_string(ctx, "%s/%s", of, extra), "symbol");
		end = more_extras(ctx, q, of, word,
				  (unsigned)strtoul(strchr(extra, '.') + 1, NULL, 10),
				  symbol->start);
	}
	return end;
}

/* Past the token that the slash at p stands in. */
static const char *token_end(const cite_ctx *ctx, const char *p)
{
	while (p < ctx->end && (unsigned char)*p > ' ' && *p != ')' && *p != ',' && *p != ';')
		p++;
	return p;
}

/* S/RES/1325 is S/RES/1325(2000), whose number has but one year. One that is not known here may be typed behind it,
 * without brackets; then it ends the symbol. */
static struct opcit_str canonical(cite_ctx *ctx, struct opcit_symbol *symbol)
{
	unsigned number = 0, year = 0;
	struct opcit_token typed;
	char rest;

	if (sscanf(symbol->text, "S/RES/%5u%c", &number, &rest) == 1) {
		typed = opcit_token_at(opcit_glyph_blank(symbol->end, ctx->end), ctx->end);
		year = cite_security_council_year(number);
		if (!year && ctx->typed && cite_is_year(&typed)) {
			year = typed.value;
			symbol->end = typed.end;
		}
	}
	if (year)
		return cite_string(ctx, "%s(%u)", symbol->text, year);
	return opcit_arena_dup(ctx->arena, (struct opcit_str){ symbol->text, symbol->len });
}

void cite_slash(cite_ctx *ctx, const char *p)
{
	struct opcit_symbol symbol;
	struct opcit_str target;
	const char *start, *end;
	size_t first = ctx->n_cites, i;

	if (p < ctx->dead)
		return;
	start = head_of(ctx, p);
	if (!start || !opcit_symbol_scan(start, ctx->end, ctx->typed, &symbol) || symbol.end <= p ||
	    opcit_glyph_is_word(opcit_glyph_at(symbol.end, ctx->end)) ||
	    ((symbol.shape == OPCIT_SHAPE_SYMBOL || symbol.shape == OPCIT_SHAPE_SESSION ||
	      symbol.shape == OPCIT_SHAPE_OAS) &&
	     !good_symbol(ctx, &symbol))) {
		ctx->dead = token_end(ctx, p + 1);
		return;
	}
	target = canonical(ctx, &symbol);
	cite_push(ctx, symbol.start, symbol.end, target, "symbol");
	end = symbol.shape == OPCIT_SHAPE_SYMBOL ? extras(ctx, &symbol) : symbol.end;
	for (i = first; i < ctx->n_cites; i++)
		ctx->cites[i].end = (size_t)(end - ctx->text);
	ctx->pos = end;
	cite_settle(ctx, first);
}
