/* cite_word.c: resolutions and decisions cited in words, general comments,
 * and the bodies that they belong to.
 *
 * "Resolution 64/166" names its body only by what stands around it. The body
 * is taken from the words next to it, else from the sentence, else from the
 * record, else from the document, and always only where that body numbers
 * its resolutions in this manner. Where none fits there is no target.
 */
#include "cite_int.h"
#include "rule.h"

#include <stdio.h>
#include <string.h>

/* ---- which body numbers like this ---- */

static bool symbol_of(const cite_ctx *ctx, uint32_t at, const char *number, bool decision,
		      char out[OPCIT_SYMBOL_MAX])
{
	const struct opcit_body *body = &ctx->registry->bodies[at];

	return opcit_rule_apply(decision ? body->decision : body->resolution, number, out,
				OPCIT_SYMBOL_MAX);
}

/* Whether that body can have a resolution of that number by the document's
 * date: sessions of the General Assembly are yearly and have had a slash
 * since the thirty-first; the Human Rights Council has three a year. */
bool cite_body_fits(const cite_ctx *ctx, uint32_t at, const struct opcit_symbol *n, bool decision)
{
	unsigned year = ctx->year ? ctx->year : 2030;
	char symbol[OPCIT_SYMBOL_MAX];

	if (at == OPCIT_NAME_NONE || !symbol_of(ctx, at, n->text, decision, symbol))
		return false;
	if (n->shape == OPCIT_SHAPE_SLASH && n->first < 1900 && n->second >= 1900)
		return false;
	if (!strncmp(symbol, "A/RES/", 6) || !strncmp(symbol, "A/DEC/", 6)) {
		if (n->shape == OPCIT_SHAPE_SLASH)
			return n->first >= 31 && n->first <= year - 1944;
		return n->shape != OPCIT_SHAPE_ROMAN || n->second <= 30;
	}
	if (!strncmp(symbol, "A/HRC/", 6) && n->shape == OPCIT_SHAPE_SLASH)
		return year >= 2006 && n->first && n->first <= 3 * (year - 2006) + 3;
	return true;
}

/* What only the shape tells, once nothing around it does. */
static uint32_t by_shape(const cite_ctx *ctx, const struct opcit_symbol *n)
{
	uint32_t ga = cite_body_making(ctx, "A/RES/"), hrc;

	switch (n->shape) {
	case OPCIT_SHAPE_YEAR:
		return n->second >= 1946 ? cite_body_making(ctx, "S/RES/") : OPCIT_NAME_NONE;
	case OPCIT_SHAPE_REGULAR: return cite_body_making(ctx, "AG/RES.");
	case OPCIT_SHAPE_EMERGENCY: return ga;
	case OPCIT_SHAPE_ROMAN:
		return (n->second && n->second <= 30) || strchr(n->text, '-') ? ga
									      : OPCIT_NAME_NONE;
	case OPCIT_SHAPE_SLASH:
		hrc = cite_body_making(ctx, "A/HRC/");
		return cite_body_fits(ctx, ga, n, false) && !cite_body_fits(ctx, hrc, n, false)
			       ? ga
			       : OPCIT_NAME_NONE;
	case OPCIT_SHAPE_BARE: /* only the Security Council counts through */
		return ctx->typed ? cite_body_making(ctx, "S/RES/") : OPCIT_NAME_NONE;
	default: return OPCIT_NAME_NONE;
	}
}

struct source {
	uint32_t near, after; /* bodies named beside it, or OPCIT_NAME_NONE */
	bool its;             /* "its resolution" */
	const char *at;
};

static uint32_t body_for(const cite_ctx *ctx, const struct opcit_symbol *n,
			 const struct source *source, bool decision)
{
	uint32_t ahead;
	bool sentence = ctx->body_end && !cite_sentence_between(ctx, ctx->body_end, source->at);

	if (source->near != OPCIT_NAME_NONE)
		return source->near;
	if (source->after != OPCIT_NAME_NONE)
		return source->after;
	if (sentence && cite_body_fits(ctx, ctx->body, n, decision))
		return ctx->body;
	if (source->its && !sentence) {
		ahead = cite_body_ahead(ctx, n->end);
		if (cite_body_fits(ctx, ahead, n, decision))
			return ahead;
	}
	if (cite_body_fits(ctx, ctx->own_body, n, decision))
		return ctx->own_body;
	if (!sentence) { /* "In resolution 10/13, the Human Rights Council urged" */
		ahead = cite_body_ahead(ctx, n->end);
		if (cite_body_fits(ctx, ahead, n, decision))
			return ahead;
	}
	if (cite_body_fits(ctx, ctx->body, n, decision))
		return ctx->body;
	return by_shape(ctx, n);
}

/* ---- symbols from numbers ---- */

/* The last Security Council resolution of each year from 1946. */
static const unsigned short last_of_year[] = {
	15,   37,   66,   78,   89,   96,   98,   103,  106,  110,  121,  126,  131,  132,  160,
	170,  177,  185,  199,  219,  232,  244,  262,  275,  291,  307,  324,  344,  366,  384,
	402,  422,  443,  461,  484,  499,  528,  545,  559,  580,  593,  606,  626,  646,  683,
	725,  799,  892,  969,  1035, 1092, 1146, 1219, 1284, 1334, 1386, 1451, 1521, 1580, 1651,
	1738, 1794, 1859, 1907, 1966, 2032, 2085, 2132, 2195, 2259, 2336, 2397, 2449, 2506,
};

unsigned cite_security_council_year(unsigned number)
{
	size_t i;

	for (i = 0; i < sizeof last_of_year / sizeof *last_of_year; i++)
		if (number && number <= last_of_year[i])
			return 1946 + (unsigned)i;
	return 0;
}

struct opcit_str cite_body_symbol(cite_ctx *ctx, uint32_t at, const struct opcit_symbol *n,
				  bool decision)
{
	char number[OPCIT_SYMBOL_MAX + 16], symbol[OPCIT_SYMBOL_MAX];
	unsigned year;

	if (at == OPCIT_NAME_NONE)
		return (struct opcit_str){ NULL, 0 };
	snprintf(number, sizeof number, "%s", n->text);
	if (n->shape == OPCIT_SHAPE_BARE) {
		year = opcit_rule_makes(ctx->registry->bodies[at].resolution, "S/RES/")
			       ? cite_security_council_year(n->first)
			       : 0;
		if (!year)
			return (struct opcit_str){ NULL, 0 };
		snprintf(number, sizeof number, "%s(%u)", n->text, year);
	}
	if (!symbol_of(ctx, at, number, decision, symbol))
		return (struct opcit_str){ NULL, 0 };
	return opcit_arena_dup(ctx->arena, opcit_str_of(symbol));
}

/* ---- resolutions and decisions ---- */

/* Past " of 25 September 1991", in three languages. */
const char *cite_skip_date(const cite_ctx *ctx, const char *p)
{
	struct opcit_token word, day;
	const char *comma = opcit_glyph_blank(p, ctx->end);
	unsigned words;

	if (opcit_glyph_at(comma, ctx->end) == ',') { /* "60/251, de 15 de marzo de 2006," */
		word = cite_next(ctx, opcit_glyph_next(comma, ctx->end));
		day = cite_next(ctx, word.end);
		if (!day.digits || !day.count || day.count > 2)
			return p;
	} else {
		word = cite_next(ctx, p);
	}
	if (opcit_keyword_class(cite_keyword(ctx, &word)) != KW_OF &&
	    word.hash != opcit_token_hash("dated"))
		return p;
	for (words = 0; words < 7; words++) {
		word = cite_next(ctx, word.end);
		if (word.digits && word.count == 4 && word.value > 1900 && word.value < 2200)
			return word.end;
		if (!word.count || word.end - p > 40 || (word.digits && word.count > 2))
			return p;
	}
	return p;
}

static bool year_number(const struct opcit_symbol *n)
{
	return n->shape == OPCIT_SHAPE_YEAR && n->first && n->first < 10000 && n->second >= 1946;
}

/* The place of the next number of an enumeration: past commas and "and". */
const char *cite_next_number(const cite_ctx *ctx, const char *p)
{
	const char *q = opcit_glyph_blank(p, ctx->end);
	struct opcit_token word;
	unsigned c = opcit_glyph_at(q, ctx->end);
	bool joined = false;
	int i;

	if (c == ',' || c == ';' || c == '&') {
		q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		joined = true;
	}
	for (i = 0; i < 4; i++) {
		word = opcit_token_at(q, ctx->end);
		if (word.digits || opcit_keyword_class(cite_keyword(ctx, &word)) != KW_CHAIN)
			break;
		q = opcit_glyph_blank(word.end, ctx->end);
		joined = true;
	}
	return joined ? q : NULL;
}

/* "and 5/2 on …" after "resolutions 5/1 on …"; not "and 2/3 of". */
static bool is_like(const cite_ctx *ctx, const char *p, const struct opcit_symbol *number)
{
	struct opcit_token next = cite_next(ctx, number->end), joint;
	unsigned c;

	p = opcit_glyph_blank(p, ctx->end);
	c = opcit_glyph_at(p, ctx->end);
	joint = cite_next(ctx, c == ',' ? opcit_glyph_next(p, ctx->end) : p);
	c = opcit_glyph_at(number->end, ctx->end);
	return number->shape == OPCIT_SHAPE_SLASH && number->first != number->second &&
	       opcit_keyword_class(cite_keyword(ctx, &joint)) == KW_CHAIN &&
	       (c == ',' || c == '.' || c == ';' ||
		opcit_keyword_class(cite_keyword(ctx, &next)) != KW_OF ||
		cite_skip_date(ctx, number->end) > number->end);
}

/* After the list broke off at words: the next bare "N (YYYY)" of the sentence
 * that follows a comma or "and", as in "1373 (2001) on terrorism and 1540
 * (2004)". NULL when there is none before another keyword. */
static const char *later_number(const cite_ctx *ctx, const char *p, struct opcit_symbol *number,
				enum opcit_shape shape)
{
	const char *limit = ctx->end - p > 600 ? p + 600 : ctx->end, *q;
	struct opcit_token word;
	unsigned class;

	while (p < limit) {
		if (*p == '.' && p + 2 < limit && p[1] == ' ' &&
		    opcit_glyph_is_upper((unsigned char)p[2]))
			return NULL;
		q = *p == '.' ? opcit_glyph_blank(p + 1, ctx->end) : cite_next_number(ctx, p);
		if (q && opcit_glyph_is_digit(opcit_glyph_at(q, ctx->end)) &&
		    opcit_number_scan(q, ctx->end, ctx->typed, number) &&
		    (year_number(number) ||
		     (shape == OPCIT_SHAPE_SLASH && is_like(ctx, p, number))))
			return q;
		p = opcit_glyph_next(p, ctx->end);
		if (!opcit_glyph_is_letter(opcit_glyph_at(p, ctx->end)))
			continue;
		word = opcit_token_at(p, ctx->end);
		class = opcit_keyword_class(cite_keyword(ctx, &word));
		if (class == KW_RESOLUTION || class == KW_DECISION || class == KW_GENRE ||
		    class == KW_PIN || class == KW_REPORTS)
			return NULL;
		p = word.end;
	}
	return NULL;
}

static const char *first_number(const cite_ctx *ctx, const struct opcit_token *word,
				struct opcit_symbol *number)
{
	const char *p = cite_skip(ctx, word->end);

	p = cite_skip_number_sign(ctx, p);
	return opcit_number_scan(p, ctx->end, ctx->typed, number) ? p : NULL;
}

bool cite_resolution(cite_ctx *ctx, const struct opcit_token *word, bool decision)
{
	struct source source = { OPCIT_NAME_NONE, OPCIT_NAME_NONE, false, word->start };
	const char *start = word->start, *p, *q, *end = word->end;
	struct opcit_symbol number;
	struct opcit_token before;
	struct opcit_str target;
	size_t first, from = ctx->n_cites;
	bool any = false;

	uint32_t abbreviated = decision ? OPCIT_NAME_NONE
					: cite_body_abbreviated(ctx, word->start, &start);

	if (word->hash == opcit_token_hash("scr") || word->hash == opcit_token_hash("unscr"))
		abbreviated = cite_body_making(ctx, "S/RES/");
	/* "res" and "dec" alone are words of other languages, unless typed */
	if (word->count <= 3 && !ctx->typed && opcit_glyph_at(word->end, ctx->end) != '.' &&
	    abbreviated == OPCIT_NAME_NONE && !(word->upper && cite_body_adjacent(ctx, word->start)))
		return false;
	if (!first_number(ctx, word, &number)) { /* "resoluciones de la Asamblea General 60/251" */
		source.near = cite_body_after(ctx, word->end, &q);
		if (source.near == OPCIT_NAME_NONE ||
		    !opcit_number_scan(opcit_glyph_blank(q, ctx->end), ctx->end, ctx->typed,
				       &number) ||
		    number.shape == OPCIT_SHAPE_BARE)
			return false;
	} else if (abbreviated != OPCIT_NAME_NONE) {
		source.near = abbreviated;
	} else if (cite_body_adjacent(ctx, word->start)) {
		source.near = ctx->body;
		start = ctx->body_start;
	} else {
		before = cite_before(ctx, word->start);
		source.its = before.hash && (before.hash == opcit_token_hash("its") ||
					     before.hash == opcit_token_hash("sa") ||
					     before.hash == opcit_token_hash("ses") ||
					     before.hash == opcit_token_hash("su") ||
					     before.hash == opcit_token_hash("sus"));
	}
	for (;;) {
		enum opcit_shape shape = number.shape;

		p = cite_skip_date(ctx, number.end);
		source.after = source.near == OPCIT_NAME_NONE ? cite_body_after(ctx, p, &q)
							      : OPCIT_NAME_NONE;
		target = cite_body_symbol(ctx, body_for(ctx, &number, &source, decision), &number,
					  decision);
		if (!target.len &&
		    (number.shape == OPCIT_SHAPE_YEAR || number.shape == OPCIT_SHAPE_BARE))
			target = cite_body_symbol(ctx, by_shape(ctx, &number), &number, decision);
		if (!target.len && number.shape == OPCIT_SHAPE_BARE && !ctx->typed &&
		    source.near != OPCIT_NAME_NONE && source.near == cite_body_making(ctx, "S/RES/") &&
		    number.first < 10000 && strlen(number.text) >= 2 && !decision)
			target = cite_string(ctx, "S/RES/%s", number.text); /* of a year that is not known here */
		if (target.len ||
		    (number.shape != OPCIT_SHAPE_BARE && !decision && number.second < 1900)) {
			first = ctx->n_cites;
			end = source.after != OPCIT_NAME_NONE && target.len ? q : number.end;
			cite_push(ctx, start, end, target, "words");
			any = true;
			cite_settle(ctx, first);
			if (ctx->pos > end)
				p = ctx->pos; /* its own pinpoints follow */
			if (p < end)
				p = end;
		}
		q = cite_next_number(ctx, p);
		if (!q || !opcit_glyph_is_word(opcit_glyph_at(q, ctx->end)) ||
		    !opcit_number_scan(q, ctx->end, ctx->typed, &number) ||
		    number.shape == OPCIT_SHAPE_BARE) {
			if (!word->plural || !any || ctx->n_cites == from ||
			    !later_number(ctx, p, &number, shape))
				break;
			q = number.start;
		}
		start = source.at = q;
	}
	if (any && end > ctx->pos)
		ctx->pos = end;
	return any;
}
