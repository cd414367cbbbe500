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

/* ---- bodies ---- */

static bool contains(struct opcit_str whole, const char *start, const char *end)
{
	size_t n = (size_t)(end - start), i;

	for (i = 0; i + n <= whole.len; i++)
		if (strncasecmp(whole.ptr + i, start, n) == 0)
			return true;
	return false;
}

/* In a document of the OAS, "the General Assembly" is its own. */
uint32_t cite_body_map(const cite_ctx *ctx, uint32_t body, const char *start, const char *end)
{
	const struct opcit_body *own;

	if (ctx->own_body == OPCIT_NAME_NONE || body == OPCIT_NAME_NONE || body == ctx->own_body)
		return body;
	own = &ctx->registry->bodies[ctx->own_body];
	if (own->organ && own->organ == ctx->registry->bodies[body].organ &&
	    contains(own->name, start, end))
		return ctx->own_body;
	return body;
}

void cite_mention(cite_ctx *ctx, uint32_t body, const char *start, const char *end)
{
	uint64_t organ;
	const struct opcit_body *row = body == OPCIT_NAME_NONE ? NULL : &ctx->registry->bodies[body];

	/* "the United Nations" has no resolutions of its own */
	if (row && !row->resolution.len && !row->decision.len && !row->general_comment.len)
		return;
	ctx->body = body;
	ctx->body_start = start;
	ctx->body_end = end;
	if (!row)
		return;
	organ = row->organ;
	if (organ < CITE_ORGANS)
		ctx->organ[organ] = body;
}

/* The first body whose resolutions have symbols that begin so. */
static uint32_t that_makes(const cite_ctx *ctx, const char *prefix)
{
	size_t i;

	for (i = 0; i < ctx->registry->n_bodies; i++)
		if (opcit_rule_makes(ctx->registry->bodies[i].resolution, prefix))
			return (uint32_t)i;
	return OPCIT_NAME_NONE;
}

/* "the Council", "the Assembly": the document's own one, else the last that
 * was named, else the only principal organ it can be. */
static uint32_t body_of_organ(const cite_ctx *ctx, unsigned stem)
{
	uint32_t body = ctx->own_body;

	if (body != OPCIT_NAME_NONE && ctx->registry->bodies[body].organ == stem)
		return body;
	if (ctx->organ[stem] != OPCIT_NAME_NONE)
		return ctx->organ[stem];
	return stem == STEM_ASSEMBLY ? that_makes(ctx, "A/RES/") : OPCIT_NAME_NONE;
}

bool cite_organ(cite_ctx *ctx, const struct opcit_token *word, unsigned stem)
{
	if (word->upper && !word->plural)
		cite_mention(ctx, body_of_organ(ctx, stem), word->start, word->end);
	return false;
}

uint32_t cite_body_at(const cite_ctx *ctx, const char *p, const char **end)
{
	struct opcit_token word = opcit_token_at(p, ctx->end);
	struct opcit_name_hit hit;
	unsigned keyword;

	if (!word.hash)
		return OPCIT_NAME_NONE;
	if (opcit_names_match(&ctx->registry->names, &word, ctx->end, &hit)) {
		*end = hit.end;
		return cite_body_map(ctx, hit.index[OPCIT_NAME_BODY], hit.start, hit.end);
	}
	keyword = cite_keyword(ctx, &word);
	if (opcit_keyword_class(keyword) != KW_ORGAN || !word.upper)
		return OPCIT_NAME_NONE;
	*end = word.end;
	return body_of_organ(ctx, opcit_keyword_stem(keyword));
}

/* Whether the last body named stands right before p: "Council resolution". */
static bool adjacent(const cite_ctx *ctx, const char *p)
{
	const char *q = ctx->body_end;
	unsigned c;

	if (!q || q > p || p - q > 12)
		return false;
	for (; q < p; q = opcit_glyph_next(q, p)) {
		c = opcit_glyph_at(q, p);
		if (c != ' ' && c != '\'' && c != 's' && c != '(' && c != ')' && c != ',')
			return false;
	}
	return true;
}

/* "… of the General Assembly" after the number. */
static uint32_t body_after(const cite_ctx *ctx, const char *p, const char **end)
{
	struct opcit_token word;
	uint32_t body;
	int i;

	p = opcit_glyph_blank(p, ctx->end);
	if (opcit_glyph_at(p, ctx->end) == ',')
		p = opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end);
	word = opcit_token_at(p, ctx->end);
	if (opcit_keyword_class(cite_keyword(ctx, &word)) != KW_OF)
		return OPCIT_NAME_NONE;
	for (i = 0; i < 4; i++) {
		if (!cite_is_filler(ctx, &word))
			break;
		p = opcit_glyph_blank(word.end, ctx->end);
		if (opcit_glyph_at(p, ctx->end) == '\'')
			p = opcit_glyph_next(p, ctx->end);
		body = cite_body_at(ctx, p, end);
		if (body != OPCIT_NAME_NONE)
			return body;
		word = opcit_token_at(p, ctx->end);
	}
	return OPCIT_NAME_NONE;
}

/* Whether a full stop ends a sentence between the two places, which must lie
 * within 400 bytes of one another. */
bool cite_sentence_between(const cite_ctx *ctx, const char *from, const char *to)
{
	const char *p;

	if (to - from > 400)
		return true;
	for (p = from; p + 2 < to; p++)
		if ((*p == '.' || *p == ';') && p[1] == ' ' &&
		    (*p == ';' || (opcit_glyph_is_upper((unsigned char)p[2]) && p > ctx->text + 3 &&
		                   opcit_glyph_is_letter((unsigned char)p[-2]))))
			return true;
	return false;
}

/* "In its resolution 11/9, the Human Rights Council decided": the first body
 * within 120 bytes and the sentence. */
static uint32_t body_ahead(const cite_ctx *ctx, const char *p)
{
	const char *limit = ctx->end - p > 120 ? p + 120 : ctx->end, *end;
	struct opcit_token word;
	uint32_t body;

	while (p < limit) {
		if (!opcit_glyph_is_word(opcit_glyph_at(p, ctx->end))) {
			if (*p == ';' || (*p == '.' && p + 1 < limit && p[1] == ' '))
				return OPCIT_NAME_NONE;
			p = opcit_glyph_next(p, ctx->end);
			continue;
		}
		word = opcit_token_at(p, ctx->end);
		if (word.upper && opcit_names_first(&ctx->registry->names, word.hash).state +
		                          opcit_names_first(&ctx->registry->names, word.hash).keyword) {
			body = cite_body_at(ctx, p, &end);
			if (body != OPCIT_NAME_NONE)
				return body;
		}
		p = word.end;
	}
	return OPCIT_NAME_NONE;
}

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
	uint32_t ga = that_makes(ctx, "A/RES/"), hrc;

	switch (n->shape) {
	case OPCIT_SHAPE_YEAR:
		return n->second >= 1946 ? that_makes(ctx, "S/RES/") : OPCIT_NAME_NONE;
	case OPCIT_SHAPE_REGULAR: return that_makes(ctx, "AG/RES.");
	case OPCIT_SHAPE_EMERGENCY: return ga;
	case OPCIT_SHAPE_ROMAN:
		return (n->second && n->second <= 30) || strchr(n->text, '-') ? ga :
		                                                                OPCIT_NAME_NONE;
	case OPCIT_SHAPE_SLASH:
		hrc = that_makes(ctx, "A/HRC/");
		return cite_body_fits(ctx, ga, n, false) && !cite_body_fits(ctx, hrc, n, false) ? ga : OPCIT_NAME_NONE;
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
		ahead = body_ahead(ctx, n->end);
		if (cite_body_fits(ctx, ahead, n, decision))
			return ahead;
	}
	if (cite_body_fits(ctx, ctx->own_body, n, decision))
		return ctx->own_body;
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
		year = opcit_rule_makes(ctx->registry->bodies[at].resolution, "S/RES/") ?
		               cite_security_council_year(n->first) :
		               0;
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
static const char *skip_date(const cite_ctx *ctx, const char *p)
{
	struct opcit_token word = cite_next(ctx, p);
	unsigned words;

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
static const char *next_number(const cite_ctx *ctx, const char *p)
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

/* After the list broke off at words: the next bare "N (YYYY)" of the sentence
 * that follows a comma or "and", as in "1373 (2001) on terrorism and 1540
 * (2004)". NULL when there is none before another keyword. */
static const char *later_number(const cite_ctx *ctx, const char *p, struct opcit_symbol *number)
{
	const char *limit = ctx->end - p > 600 ? p + 600 : ctx->end, *q;
	struct opcit_token word;
	unsigned class;

	while (p < limit) {
		if (*p == '.' && p + 2 < limit && p[1] == ' ' &&
		    opcit_glyph_is_upper((unsigned char)p[2]))
			return NULL;
		q = *p == '.' ? opcit_glyph_blank(p + 1, ctx->end) : next_number(ctx, p);
		if (q && opcit_glyph_is_digit(opcit_glyph_at(q, ctx->end)) &&
		    opcit_number_scan(q, ctx->end, ctx->typed, number) && year_number(number))
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

	/* "res" and "dec" alone are words of other languages, unless typed */
	if (word->count <= 3 && !ctx->typed && opcit_glyph_at(word->end, ctx->end) != '.')
		return false;
	if (!first_number(ctx, word, &number))
		return false;
	if (adjacent(ctx, word->start)) {
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
		p = skip_date(ctx, number.end);
		source.after = source.near == OPCIT_NAME_NONE ? body_after(ctx, p, &q) :
		                                                OPCIT_NAME_NONE;
		target = cite_body_symbol(ctx, body_for(ctx, &number, &source, decision), &number, decision);
		if (!target.len && number.shape == OPCIT_SHAPE_YEAR)
			target = cite_body_symbol(ctx, by_shape(ctx, &number), &number, decision);
		if (target.len || (number.shape != OPCIT_SHAPE_BARE && !decision &&
		                   number.second < 1900)) {
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
		q = next_number(ctx, p);
		if (!q || !opcit_glyph_is_word(opcit_glyph_at(q, ctx->end)) ||
		    !opcit_number_scan(q, ctx->end, ctx->typed, &number) || number.shape == OPCIT_SHAPE_BARE) {
			if (!word->plural || !any || ctx->n_cites == from ||
			    !later_number(ctx, p, &number))
				break;
			q = number.start;
		}
		start = source.at = q;
	}
	if (any && end > ctx->pos)
		ctx->pos = end;
	return any;
}

/* ---- general comments ---- */

static bool comment_word(const cite_ctx *ctx, const struct opcit_token *word)
{
	(void)ctx;
	return word->hash == opcit_token_hash("comment") ||
	       word->hash == opcit_token_hash("recommendation") ||
	       word->hash == opcit_token_hash("observation");
}

/* An arabic or Roman number; 0 when there is none. */
static unsigned read_count(const cite_ctx *ctx, const char *p, const char **end)
{
	struct opcit_token word = opcit_token_at(p, ctx->end);

	*end = word.end;
	if (word.digits && word.count && word.count < 4)
		return word.value;
	return word.caps && word.count ? opcit_roman(word.start, (size_t)(word.end - word.start)) : 0;
}

static const char *skip_year(const cite_ctx *ctx, const char *p)
{
	const char *q = opcit_glyph_blank(p, ctx->end);
	struct opcit_token word;

	if (opcit_glyph_at(q, ctx->end) != '(')
		return p;
	word = opcit_token_at(opcit_glyph_next(q, ctx->end), ctx->end);
	if (!word.digits || word.count != 4 || opcit_glyph_at(word.end, ctx->end) != ')')
		return p;
	return opcit_glyph_next(word.end, ctx->end);
}

bool cite_comment(cite_ctx *ctx, const struct opcit_token *word, bool french)
{
	struct opcit_token next = cite_next(ctx, word->end);
	uint32_t body = OPCIT_NAME_NONE, after;
	const char *p, *q, *end, *start = word->start;
	size_t first;
	char symbol[OPCIT_SYMBOL_MAX];
	struct opcit_str target;
	unsigned n;

	if (french ? next.hash != opcit_token_hash("generale") &&
	                     next.hash != opcit_token_hash("general") :
	             !comment_word(ctx, &next))
		return false;
	p = cite_skip_number_sign(ctx, cite_skip(ctx, next.end));
	n = read_count(ctx, p, &end);
	if (!n)
		return false;
	if (adjacent(ctx, word->start)) {
		body = ctx->body;
		start = ctx->body_start;
	}
	for (;;) {
		p = skip_year(ctx, end);
		after = body_after(ctx, p, &q);
		if (after != OPCIT_NAME_NONE && ctx->registry->bodies[after].general_comment.len)
			end = q;
		else
			after = body != OPCIT_NAME_NONE ? body : ctx->own_body;
		if ((after == OPCIT_NAME_NONE || !ctx->registry->bodies[after].general_comment.len) &&
		    ctx->body != OPCIT_NAME_NONE)
			after = ctx->body;
		target = (struct opcit_str){ NULL, 0 };
		if (after != OPCIT_NAME_NONE &&
		    opcit_rule_number(ctx->registry->bodies[after].general_comment, n, symbol,
		                      sizeof symbol))
			target = opcit_arena_dup(ctx->arena, opcit_str_of(symbol));
		first = ctx->n_cites;
		cite_push(ctx, start, end > p ? end : p, target, "words");
		cite_settle(ctx, first);
		p = ctx->pos > p ? ctx->pos : p;
		q = next_number(ctx, p);
		if (!q || !next.plural)
			return true;
		n = read_count(ctx, q, &end);
		if (!n)
			return true;
		start = q;
	}
}
