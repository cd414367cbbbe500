/* cite_tail.c: what may stand between a citation and its place, and places
 * that are named otherwise than by "para. 3". */
#include "cite_int.h"

#include <string.h>

/* ---- a date, where it is printed ---- */

enum { BRACKET = 160 }; /* bytes; longer brackets say something of their own */

static bool is_word(const struct opcit_token *word, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (word->hash && word->hash == opcit_token_hash(list[i]))
			return true;
	return false;
}

const char *cite_past_comma(const cite_ctx *ctx, const char *p)
{
	p = opcit_glyph_blank(p, ctx->end);
	return opcit_glyph_at(p, ctx->end) == ',' ? opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end) : p;
}

bool cite_is_year(const struct opcit_token *word)
{
	return word->digits && word->count == 4 && word->value > 1800 && word->value < 2200;
}

/* "(18 December 2009)", "(Oct. 31, 2000)", "(adopted 20 November 1989, entered into
 * force 2 September 1990)", "(n 4)"; NULL for any other bracket. */
static const char *past_bracket(const cite_ctx *ctx, const char *p)
{
	static const char *const acts[] = { "adopted", "opened", "signed", "done", "concluded", "entered" };
	static const char *const notes[] = { "n", "note" };
	const char *inside = opcit_glyph_next(p, ctx->end), *close;
	struct opcit_token word = cite_next(ctx, inside), next;
	bool year = cite_is_year(&word);

	if (!word.count || !(cite_is_month(&word) || word.digits || is_word(&word, acts, 6) ||
			     is_word(&word, notes, 2)))
		return NULL;
	for (close = inside; close < ctx->end && close - p < BRACKET && *close != ')'; close++)
		if (*close == '(' || *close == '/')
			return NULL;
	if (close >= ctx->end || *close != ')')
		return NULL;
	next = cite_next(ctx, cite_skip(ctx, word.end));
	if (is_word(&word, notes, 2))
		return next.digits && next.end == close ? close + 1 : NULL;
	if (word.digits && !year && !cite_is_month(&next))
		return NULL;
	while (next.count && next.end <= close && !year) {
		const char *q = next.end;

		year = cite_is_year(&next);
		while (q < close && !opcit_glyph_is_word(opcit_glyph_at(q, close)))
			q = opcit_glyph_next(q, close);
		next = opcit_token_at(q, close);
	}
	return year ? close + 1 : NULL;
}

/* "20 November 1989", "Nov. 20, 1989" */
static const char *past_date(const cite_ctx *ctx, const char *p)
{
	struct opcit_token one = opcit_token_at(p, ctx->end), two, year;
	const char *q;

	if (!one.count)
		return NULL;
	two = cite_next(ctx, cite_skip(ctx, one.end));
	if (!(one.digits && one.count <= 2 && cite_is_month(&two)) &&
	    !(cite_is_month(&one) && one.upper && two.digits && two.count <= 2))
		return NULL;
	q = opcit_glyph_blank(two.end, ctx->end);
	if (opcit_glyph_at(q, ctx->end) == ',' || opcit_glyph_at(q, ctx->end) == '.')
		q = opcit_glyph_next(q, ctx->end);
	year = cite_next(ctx, q);
	return cite_is_year(&year) ? year.end : NULL;
}

/* "1577 UNTS 3", "999 U.N.T.S. 171" */
static const char *past_series(const cite_ctx *ctx, const char *p)
{
	static const char unts[] = "UNTS";
	struct opcit_token number = opcit_token_at(p, ctx->end);
	size_t n = 0;

	if (!number.digits || !number.count)
		return NULL;
	p = opcit_glyph_blank(number.end, ctx->end);
	while (n < 4 && (opcit_glyph_at(p, ctx->end) == (unsigned char)unts[n] || (n && *p == '.'))) {
		n += opcit_glyph_at(p, ctx->end) == (unsigned char)unts[n];
		p = opcit_glyph_next(p, ctx->end);
		if (p >= ctx->end)
			return NULL;
	}
	number = cite_next(ctx, cite_skip(ctx, p));
	return n == 4 && number.digits && number.count ? number.end : NULL;
}

static const char *past_one(const cite_ctx *ctx, const char *p)
{
	const char *q = cite_skip_date(ctx, p);
	struct opcit_token year;

	if (q > p)
		return q;
	q = cite_past_comma(ctx, p);
	year = opcit_token_at(q, ctx->end);
	if (ctx->typed && cite_is_year(&year)) /* "S/RES/687 1991" */
		return year.end;
	if (opcit_glyph_at(q, ctx->end) == '(')
		return past_bracket(ctx, q);
	p = past_date(ctx, q);
	return p ? p : past_series(ctx, q);
}

bool cite_pins_later(cite_ctx *ctx, const char *p, struct cite_pins *pins)
{
	int i;

	for (i = 0; i < 3 && p; i++) {
		p = past_one(ctx, p);
		if (p && cite_pins_after(ctx, p, pins))
			return true;
	}
	memset(pins, 0, sizeof *pins);
	return false;
}

bool cite_quote_ends(const cite_ctx *ctx, const char *start, const char *from, const char *to)
{
	const char *p = from, *before = start;
	bool mark = false;

	for (; p < to; p = opcit_glyph_next(p, ctx->end))
		mark = mark || opcit_glyph_at(p, ctx->end) == '"';
	if (!mark)
		return false;
	while (before > ctx->text && (before == start || ((unsigned char)*before & 0xC0) == 0x80))
		before--;
	return before == start || opcit_glyph_at(before, ctx->end) != '"';
}

/* ---- places in other words ---- */

bool cite_pins_read_ordinal(cite_ctx *ctx, const struct opcit_token *word, unsigned count,
			    struct cite_pins *pins)
{
	static const char *const preambles[] = { "preamble", "preambule", "preambulo" };
	struct opcit_token next = cite_next(ctx, word->end), of, preamble;
	const char *prefix = "", *end;
	bool preambular = next.hash == opcit_token_hash("preambular");

	if (preambular || next.hash == opcit_token_hash("operative"))
		next = cite_next(ctx, next.end);
	else
		prefix = NULL;
	if (cite_keyword(ctx, &next) != (KW_PIN << 8 | STEM_PARA) &&
	    !(preambular && next.hash == opcit_token_hash("recital")))
		return false;
	end = next.end;
	if (preambular)
		prefix = "pp";
	if (!prefix) { /* "fourth paragraph of the preamble" */
		of = cite_next(ctx, end);
		preamble = cite_next(ctx, of.end);
		if (cite_is_filler(ctx, &preamble))
			preamble = cite_next(ctx, preamble.end);
		if (!cite_is_filler(ctx, &of) || !is_word(&preamble, preambles, 3))
			return false;
		prefix = "pp";
		end = preamble.end;
	}
	memset(pins, 0, sizeof *pins);
	pins->start = word->start;
	pins->end = end;
	pins->stem = STEM_PARA;
	cite_pins_add(ctx, pins, cite_string(ctx, "para:%s%u", prefix, count), word->start, end);
	return true;
}

bool cite_pins_read_note(cite_ctx *ctx, const struct opcit_token *word, struct cite_pins *pins)
{
	static const char *const notes[] = { "footnote", "fn" };
	struct opcit_token number = cite_next(ctx, cite_skip(ctx, word->end));

	if (!is_word(word, notes, 2) || !number.digits || !number.count || number.count > 4)
		return false;
	memset(pins, 0, sizeof *pins);
	pins->start = word->start;
	pins->end = number.end;
	pins->stem = STEM_PARA;
	cite_pins_add(ctx, pins, cite_string(ctx, "para:fn%u", number.value), number.start, number.end);
	return true;
}
