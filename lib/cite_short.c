/* cite_short.c: "the Convention", "its 1967 Protocol", "in its article 16". */
#include "cite_int.h"
#include "rule.h"

#include <string.h>

/* The treaty that a treaty body means by its genre's bare name. */
static const struct {
	const char *symbol, *instrument;
} own_treaties[] = {
	{ "CCPR", "ICCPR" },     { "E/C.12", "ICESCR" },    { "CERD", "ICERD" },
	{ "CEDAW", "CEDAW" },    { "CAT", "CAT" },          { "CRC", "CRC" },
	{ "CMW", "ICRMW" },      { "CRPD", "CRPD" },        { "CED", "ICPPED" },
	{ "CCPR", "ICCPR-OP1" }, { "E/C.12", "ICESCR-OP" }, { "CEDAW", "CEDAW-OP" },
	{ "CRPD", "CRPD-OP" },
};

static uint32_t instrument_index(const cite_ctx *ctx, const char *id)
{
	size_t i;

	for (i = 0; i < ctx->registry->n_instruments; i++)
		if (opcit_str_is(ctx->registry->instruments[i].id, id))
			return (uint32_t)i;
	return OPCIT_NAME_NONE;
}

/* The treaty of the body whose symbols begin like this one. */
static struct opcit_str treaty_of(const cite_ctx *ctx, struct opcit_str symbol, unsigned genre)
{
	const struct opcit_instrument *row;
	uint32_t at;
	size_t i;

	for (i = 0; i < sizeof own_treaties / sizeof *own_treaties; i++) {
		size_t n = strlen(own_treaties[i].symbol);

		if (!opcit_str_starts(symbol, own_treaties[i].symbol) || symbol.len <= n ||
		    (symbol.ptr[n] != '/' && symbol.ptr[n] != ' '))
			continue;
		at = instrument_index(ctx, own_treaties[i].instrument);
		row = at == OPCIT_NAME_NONE ? NULL : &ctx->registry->instruments[at];
		if (row && row->genre == genre)
			return row->id;
	}
	return (struct opcit_str){ NULL, 0 };
}

/* The Charter of an organ of the United Nations, or of the OAS. */
static struct opcit_str own_charter(const cite_ctx *ctx)
{
	const struct opcit_str *form;
	uint32_t at;

	if (ctx->own_body == OPCIT_NAME_NONE)
		return (struct opcit_str){ NULL, 0 };
	form = &ctx->registry->bodies[ctx->own_body].resolution;
	if (opcit_rule_makes(*form, "A/") || opcit_rule_makes(*form, "S/") ||
	    opcit_rule_makes(*form, "E/"))
		at = instrument_index(ctx, "UN Charter");
	else if (opcit_rule_makes(*form, "AG/") || opcit_rule_makes(*form, "CP/"))
		at = instrument_index(ctx, "OAS Charter");
	else
		return (struct opcit_str){ NULL, 0 };
	return at == OPCIT_NAME_NONE ? (struct opcit_str){ NULL, 0 }
				     : ctx->registry->instruments[at].id;
}

/* The only instrument of that genre that the record, else the document, has
 * cited; empty where there are none or two. */
static struct opcit_str only_seen(const cite_ctx *ctx, unsigned genre)
{
	struct opcit_str in_record = { NULL, 0 }, in_document = { NULL, 0 }, of_body;
	size_t i, record = 0, document = 0;

	for (i = 0; i < ctx->n_seen; i++) {
		if (ctx->seen[i].genre != genre)
			continue;
		document++;
		in_document = ctx->seen[i].target;
		if (ctx->seen[i].seq == ctx->record->seq) {
			record++;
			in_record = ctx->seen[i].target;
		}
	}
	if (record)
		return record == 1 ? in_record : (struct opcit_str){ NULL, 0 };
	if (ctx->body != OPCIT_NAME_NONE) {
		of_body = treaty_of(ctx, ctx->registry->bodies[ctx->body].general_comment, genre);
		if (of_body.len)
			return of_body;
	}
	return document == 1 ? in_document : (struct opcit_str){ NULL, 0 };
}

/* How many words of four letters or more two names share, genre words aside. */
static unsigned shared_words(struct opcit_str a, struct opcit_str b, const cite_ctx *ctx)
{
	const char *p = a.ptr, *q;
	struct opcit_token x, y;
	unsigned shared = 0;

	while (p < a.ptr + a.len) {
		x = opcit_token_at(p, a.ptr + a.len);
		p = x.count ? x.end : opcit_glyph_next(p, a.ptr + a.len);
		if (x.count < 4 || cite_keyword(ctx, &x))
			continue;
		for (q = b.ptr; q < b.ptr + b.len;) {
			y = opcit_token_at(q, b.ptr + b.len);
			q = y.count ? y.end : opcit_glyph_next(q, b.ptr + b.len);
			shared += y.hash && y.hash == x.hash;
		}
	}
	return shared;
}

/* "its 1967 Protocol": of that year and genre, and akin by its name to
 * something that the document has cited already. */
static uint32_t of_year(const cite_ctx *ctx, unsigned genre, struct opcit_str year)
{
	uint32_t found = OPCIT_NAME_NONE;
	unsigned best = 0, score, ties = 0;
	size_t i, j;

	for (i = 0; i < ctx->registry->n_instruments; i++) {
		const struct opcit_instrument *row = &ctx->registry->instruments[i];

		if (row->genre != genre || row->date.len < 4 ||
		    !opcit_str_eq(opcit_str_sub(row->date, 0, 4), year))
			continue;
		score = 0;
		for (j = 0; j < ctx->n_seen; j++) {
			unsigned s = opcit_str_eq(ctx->seen[j].target, row->id) ? 100 : 0;

			if (ctx->seen[j].instrument != OPCIT_NAME_NONE)
				s += shared_words(
					row->name,
					ctx->registry->instruments[ctx->seen[j].instrument].name,
					ctx);
			if (s > score)
				score = s;
		}
		ties = score == best ? ties + 1 : score > best ? 0 : ties;
		if (score > best) {
			best = score;
			found = (uint32_t)i;
		}
	}
	return best && !ties ? found : OPCIT_NAME_NONE;
}

bool cite_pins_belong(cite_ctx *ctx, const struct cite_pins *pins)
{
	struct opcit_token before = cite_before(ctx, pins->start);
	const struct opcit_citation *cite, *last = NULL;
	unsigned open = pins->start > ctx->text ? (unsigned char)pins->start[-1] : ' ';
	struct opcit_str target;
	struct opcit_token after = cite_next(ctx, pins->end);
	size_t i;

	if (pins->stem != STEM_ART || !ctx->n_cites)
		return false;
	if (!(after.hash && after.hash == opcit_token_hash("thereof")) &&
	    !(open == '(' && opcit_glyph_at(pins->end, ctx->end) == ')') &&
	    !(before.hash &&
	      (before.hash == opcit_token_hash("its") ||
	       opcit_keyword_class(cite_keyword(ctx, &before)) == KW_LEAD ||
	       before.hash == opcit_token_hash("son") || before.hash == opcit_token_hash("ses") ||
	       before.hash == opcit_token_hash("su") || before.hash == opcit_token_hash("sus"))))
		return false;
	for (i = ctx->n_cites; i-- > 0;) {
		cite = &ctx->cites[i];
		if (cite_sentence_between(ctx, ctx->text + cite->end, pins->start))
			break;
		if (!opcit_str_is(cite->form, "name") && !opcit_str_is(cite->form, "short"))
			continue;
		if (last && !opcit_str_eq(last->target, cite->target)) {
			if (open == '(')
				return false;
			break; /* "its" is the nearest one's */
		}
		last = last ? last : cite;
	}
	if (!last || !last->target.len)
		return false;
	target = last->target;
	i = ctx->n_cites;
	cite_push(ctx, pins->start, pins->end, target, "short");
	ctx->pending = *pins;
	ctx->cites[i].pinpoints = pins->list;
	ctx->cites[i].spans = pins->spans;
	ctx->cites[i].n_pinpoints = pins->n;
	ctx->pending.n = 0;
	ctx->pos = pins->end;
	return true;
}

void cite_open_protocol(cite_ctx *ctx, const char *start, const char *end)
{
	static const char *const which[] = { "optional", "first", "second", "third", "additional" };
	struct opcit_str nothing = { NULL, 0 };
	struct opcit_token before = cite_before(ctx, start);
	struct cite_pins after;
	size_t i, first = ctx->n_cites;

	for (i = 0; i < sizeof which / sizeof *which; i++)
		if (before.hash && before.hash == opcit_token_hash(which[i]))
			start = before.start;
	ctx->pos = end;
	if (!(ctx->pending.n && cite_only(ctx, ctx->pending.end, start, KW_FILLER, KW_FILLER)) &&
	    !(cite_pins_after(ctx, end, &after) && after.n && opcit_str_starts(after.list[0], "art")))
		return;
	cite_push(ctx, start, end, nothing, "short");
	cite_settle(ctx, first);
}

/* "the Programme of Action" is still a bare name. */
static bool of_action(const cite_ctx *ctx, const struct opcit_token *of)
{
	return cite_next(ctx, of->end).hash == opcit_token_hash("action");
}

bool cite_genre(cite_ctx *ctx, const struct opcit_token *word, unsigned stem)
{
	struct opcit_token before, next;
	struct cite_pins after;
	struct opcit_str target;
	const char *start = word->start, *p;
	bool pinned;
	size_t first;
	uint32_t at;

	if (stem == STEM_CONVENTION && (cite_ilo_numbers(ctx, word) || cite_ilo_bracket(ctx, word)))
		return true;
	if (stem == STEM_DECLARATION && cite_unknown_declaration(ctx, word))
		return true;
	if (word->plural && stem != STEM_PRINCIPLES && stem != STEM_RULES &&
	    stem != STEM_GUIDELINES)
		return false;
	next = cite_next(ctx, word->end);
	before = cite_before(ctx, word->start);
	p = opcit_glyph_blank(word->end, ctx->end);
	if (next.start == p && (opcit_keyword_class(cite_keyword(ctx, &next)) == KW_LINK ||
				(next.hash == opcit_token_hash("of") && !of_action(ctx, &next)) ||
				(next.hash == opcit_token_hash("to") && stem == STEM_PROTOCOL)))
		return false; /* a full name that no table has */
	if (word->upper && before.digits && before.count == 4 && before.value > 1850 &&
	    before.value < 2100) {
		at = of_year(ctx, stem, (struct opcit_str){ before.start, 4 });
		if (at == OPCIT_NAME_NONE)
			return false;
		cite_instrument(ctx, before.start, word->end, at, "short");
		return true;
	}
	if (before.hash && before.hash == opcit_token_hash("optional")) {
		start = before.start;
		before = cite_before(ctx, start);
	}
	if (!cite_is_filler(ctx, &before) || before.hash == opcit_token_hash("of"))
		return false;
	pinned = ctx->pending.n && cite_only(ctx, ctx->pending.end, start, KW_FILLER, KW_FILLER);
	if (!pinned &&
	    !(cite_pins_after(ctx, word->end, &after) && after.n && after.stem != STEM_PAGE))
		return false;
	target = treaty_of(ctx, ctx->own, stem);
	if (!target.len)
		target = only_seen(ctx, stem);
	if (!target.len && stem == STEM_CHARTER)
		target = own_charter(ctx);
	first = ctx->n_cites;
	cite_push(ctx, start, word->end, target, "short");
	cite_settle(ctx, first);
	return true;
}
