/* cite_name.c: instruments cited by name, and the short forms that stand for
 * them: "the Convention", "its 1967 Protocol", "(hereinafter …)". */
#include "cite_int.h"
#include "rule.h"

#include <stdio.h>
#include <string.h>

/* ---- what the document has cited ---- */

void cite_seen_add(cite_ctx *ctx, struct opcit_str target, uint32_t instrument)
{
	size_t i;

	for (i = 0; i < ctx->n_seen; i++)
		if (opcit_str_eq(ctx->seen[i].target, target)) {
			ctx->seen[i].seq = ctx->record->seq;
			return;
		}
	if (ctx->n_seen == CITE_SEEN)
		return;
	ctx->seen[ctx->n_seen++] = (struct cite_seen){
		target,
		instrument == OPCIT_NAME_NONE ? 0 : ctx->registry->instruments[instrument].genre,
		instrument,
		ctx->record->seq,
	};
}

/* A protocol's name has its parent's in it: whoever names the one may mean the
 * other by "the Convention". */
static void see_parent(cite_ctx *ctx, const struct opcit_instrument *row)
{
	const char *p = row->name.ptr, *end = p + row->name.len;
	struct opcit_token word;
	struct opcit_name_hit hit;

	if (row->genre != STEM_PROTOCOL)
		return;
	for (word = opcit_token_at(p, end); p < end;) {
		p = word.count ? word.end : opcit_glyph_next(p, end);
		word = opcit_token_at(p, end);
		if (word.hash && opcit_names_match(&ctx->registry->names, &word, end, &hit) &&
		    hit.index[OPCIT_NAME_INSTRUMENT] != OPCIT_NAME_NONE) {
			cite_seen_add(ctx,
			              ctx->registry->instruments[hit.index[OPCIT_NAME_INSTRUMENT]].id,
			              hit.index[OPCIT_NAME_INSTRUMENT]);
			return;
		}
	}
}

static struct opcit_str cite_instrument(cite_ctx *ctx, const char *start, const char *end,
                                        uint32_t at, const char *form)
{
	struct opcit_str target = ctx->registry->instruments[at].id;
	size_t first = ctx->n_cites;

	cite_push(ctx, start, end, target, form);
	cite_seen_add(ctx, target, at);
	see_parent(ctx, &ctx->registry->instruments[at]);
	cite_settle(ctx, first);
	if (ctx->pos < end)
		ctx->pos = end;
	return target;
}

/* ---- definitions ---- */

static void add_short(cite_ctx *ctx, const struct cite_short *def, const char *first)
{
	unsigned char *copy;
	size_t i;

	for (i = 0; i < ctx->n_shorts; i++)
		if (ctx->shorts[i].n == def->n &&
		    !memcmp(ctx->shorts[i].word, def->word, def->n * sizeof def->word[0])) {
			ctx->shorts[i].target = def->target;
			return;
		}
	if (ctx->n_shorts == CITE_SHORTS)
		return;
	if (ctx->filter == ctx->registry->names.filter) {
		copy = opcit_arena_alloc(ctx->arena, OPCIT_NAMES_FILTER / 8);
		memcpy(copy, ctx->filter, OPCIT_NAMES_FILTER / 8);
		ctx->filter = copy;
	}
	opcit_filter_add((unsigned char *)ctx->filter, first, ctx->end, true);
	ctx->shorts[ctx->n_shorts++] = *def;
}

/* A short form in brackets or quotes right behind a citation that ends at p:
 * “(hereinafter 'the Guidelines')”, “(“the Convention”)”, “(ICRMW)”.
 * Returns the end of the definition, or p. */
const char *cite_define(cite_ctx *ctx, const char *p, const struct opcit_citation *cite)
{
	struct cite_short def = { .target = cite->target };
	struct opcit_token word = { 0 }, lone = { 0 };
	const char *q = opcit_glyph_blank(p, ctx->end), *first = NULL;
	bool quoted = false, announced = false, genre = false;
	enum opcit_keyword class;
	unsigned c, words;

	if (!cite->target.len || opcit_glyph_at(q, ctx->end) != '(')
		return p;
	q = opcit_glyph_next(q, ctx->end);
	for (words = 0; words < 12;) {
		c = opcit_glyph_at(q, ctx->end);
		if (c == ')')
			break;
		if (c == '"' || c == '\'')
			quoted = true;
		if (!opcit_glyph_is_word(c)) {
			if (c != ' ' && c != '"' && c != '\'' && c != ',' && c != ':')
				return p;
			q = opcit_glyph_next(q, ctx->end);
			continue;
		}
		word = opcit_token_at(q, ctx->end);
		q = word.end;
		words++;
		if (word.hash == opcit_token_hash("hereinafter") ||
		    word.hash == opcit_token_hash("hereafter") ||
		    word.hash == opcit_token_hash("henceforth")) {
			announced = true;
			continue;
		}
		if (announced && !def.n && !word.upper)
			continue; /* "referred to as the" */
		if (word.hash == opcit_token_hash("the") && !def.n)
			continue;
		if (def.n == 6 || !word.hash)
			return p;
		if (!def.n)
			first = word.start;
		def.word[def.n++] = word.hash;
		lone = word;
		class = opcit_keyword_class(cite_keyword(ctx, &word));
		genre |= class == KW_GENRE || class == KW_RESOLUTION;
		if (class == KW_ORGAN)
			return p; /* the Committee that the resolution established */
	}
	if (opcit_glyph_at(q, ctx->end) != ')' || !def.n || (unsigned char)first[0] >= 0x80)
		return p;
	if (!(quoted || announced) && !(def.n == 1 && lone.caps && lone.count >= 3 && !lone.digits &&
	                                !opcit_roman(lone.start, (size_t)(lone.end - lone.start))))
		return p;
	if (lone.digits || (!genre && !opcit_str_is(cite->form, "name")))
		return p;
	add_short(ctx, &def, first);
	return opcit_glyph_next(q, ctx->end);
}

bool cite_short_form(cite_ctx *ctx, const struct opcit_token *word)
{
	const struct cite_short *def, *best = NULL;
	const char *end = NULL, *p;
	struct opcit_token next;
	struct opcit_name_hit hit;
	size_t i, first;
	unsigned n;

	if (!word->upper)
		return false;
	for (i = 0; i < ctx->n_shorts; i++) {
		def = &ctx->shorts[i];
		next = *word;
		for (n = 0; def->word[n] == next.hash && ++n < def->n;) {
			p = opcit_name_gap(next.end, ctx->end);
			if (!p)
				break;
			next = opcit_token_at(p, ctx->end);
		}
		if (n == def->n && (!end || next.end > end)) {
			best = def;
			end = next.end;
		}
	}
	if (!best)
		return false;
	if (opcit_names_match(&ctx->registry->names, word, ctx->end, &hit) && hit.end >= end &&
	    hit.words > 1)
		return false; /* a full name begins with it */
	next = cite_next(ctx, end);
	if (best->n == 1 && opcit_keyword_class(cite_keyword(ctx, word)) == KW_GENRE &&
	    (opcit_keyword_class(cite_keyword(ctx, &next)) == KW_LINK || !word->upper))
		return false; /* the beginning of another one's full name */
	next = cite_before(ctx, word->start);
	if (opcit_keyword_class(cite_keyword(ctx, word)) == KW_GENRE && best->n == 1 &&
	    !cite_is_filler(ctx, &next))
		return false; /* "Framework Convention" */
	first = ctx->n_cites;
	cite_push(ctx, word->start, end, best->target, "short");
	cite_settle(ctx, first);
	if (ctx->pos < end)
		ctx->pos = end;
	return true;
}

/* ---- names ---- */

/* Whether the parent treaty of a protocol or a committee's task stands here:
 * "Optional Protocol to the Convention on …". */
static bool inside_longer(const cite_ctx *ctx, const char *p)
{
	struct opcit_token word = cite_before(ctx, p);
	int i;

	for (i = 0; i < 4 && word.hash; i++) {
		if (cite_keyword(ctx, &word) == (KW_GENRE << 8 | STEM_PROTOCOL))
			return i > 1 || !word.plural;
		if (word.hash == opcit_token_hash("supplementing"))
			return true;
		if (!cite_is_filler(ctx, &word))
			return false;
		word = cite_before(ctx, word.start);
	}
	return false;
}

/* "Copenhagen and Seoul Declarations": from the first word's state on to the
 * shared last word. */
static bool shared_genre(cite_ctx *ctx, const struct opcit_token *word, uint32_t state)
{
	struct opcit_token next = cite_next(ctx, word->end), last;
	uint32_t other, at;
	int i;

	if (!word->upper || opcit_keyword_class(cite_keyword(ctx, &next)) != KW_CHAIN)
		return false;
	for (i = 0; i < 3; i++) {
		next = cite_next(ctx, next.end);
		if (!next.upper)
			return false;
		last = cite_next(ctx, next.end);
		if (opcit_keyword_class(cite_keyword(ctx, &last)) == KW_GENRE)
			break;
	}
	if (i == 3 || !last.plural)
		return false;
	other = opcit_names_first(&ctx->registry->names, next.hash).state;
	at = opcit_names_accepts(&ctx->registry->names,
	                         opcit_names_step(&ctx->registry->names, state, last.hash),
	                         OPCIT_NAME_INSTRUMENT);
	if (at == OPCIT_NAME_NONE || !other)
		return false;
	cite_instrument(ctx, word->start, last.end, at, "name");
	at = opcit_names_accepts(&ctx->registry->names,
	                         opcit_names_step(&ctx->registry->names, other, last.hash),
	                         OPCIT_NAME_INSTRUMENT);
	if (at != OPCIT_NAME_NONE)
		cite_instrument(ctx, next.start, last.end, at, "name");
	return true;
}

/* An acronym in running text may be the treaty or its committee. It counts
 * where it has a pinpoint, and where no body has it too and it is long. */
static bool acronym_counts(cite_ctx *ctx, const struct opcit_name_hit *hit)
{
	struct cite_pins after;
	size_t i;

	if (ctx->typed)
		return true;
	if (ctx->pending.n && cite_only(ctx, ctx->pending.end, hit->start, KW_FILLER, KW_FILLER))
		return true;
	if (cite_pins_after(ctx, hit->end, &after) && after.n && after.stem != STEM_PAGE)
		return true;
	if (hit->index[OPCIT_NAME_BODY] != OPCIT_NAME_NONE)
		return false;
	for (i = 0; i < ctx->n_seen; i++)
		if (ctx->seen[i].instrument == hit->index[OPCIT_NAME_INSTRUMENT])
			return true;
	return hit->end - hit->start >= 5;
}

/* Whether the instrument is younger than the document, which then means
 * something else by that name. */
static bool later(const cite_ctx *ctx, uint32_t at)
{
	const struct opcit_str *date = &ctx->registry->instruments[at].date;
	unsigned year = 0, i;

	for (i = 0; i < 4 && i < date->len && opcit_glyph_is_digit((unsigned char)date->ptr[i]); i++)
		year = year * 10 + (unsigned)(date->ptr[i] - '0');
	return ctx->year && i == 4 && year > ctx->year;
}

bool cite_name(cite_ctx *ctx, const struct opcit_token *word, uint32_t state)
{
	struct opcit_name_hit hit;
	struct opcit_token first = *word;
	uint32_t body, at;

	if (ctx->typed)
		first.caps = true;
	if (!opcit_names_match(&ctx->registry->names, &first, ctx->end, &hit))
		return shared_genre(ctx, word, state);
	if ((hit.words < OPCIT_NAME_LONG || word->count <= 3) && !word->upper && !word->digits &&
	    !ctx->typed)
		return false;
	if (opcit_glyph_at(hit.end, ctx->end) == '/')
		return false; /* CMW/C/LKA/CO/1 */
	at = hit.index[OPCIT_NAME_INSTRUMENT];
	body = cite_body_map(ctx, hit.index[OPCIT_NAME_BODY], hit.start, hit.end);
	if (at != OPCIT_NAME_NONE && later(ctx, at))
		at = OPCIT_NAME_NONE;
	if (at != OPCIT_NAME_NONE && (!hit.acronym || acronym_counts(ctx, &hit))) {
		if (!hit.acronym && inside_longer(ctx, hit.start) && !ctx->pending.n) {
			ctx->pos = hit.end;
			return true;
		}
		if (hit.words == 1 && !hit.acronym && !word->upper)
			return false;
		cite_instrument(ctx, hit.start, hit.end, at, "name");
		return true;
	}
	if (body == OPCIT_NAME_NONE)
		return false;
	if (opcit_keyword_class(cite_keyword(ctx, word)) == KW_ILO)
		ctx->ilo = true;
	cite_mention(ctx, body, hit.start, hit.end);
	ctx->pos = hit.end;
	if (ctx->typed) { /* "UNSC 1325" */
		first = (struct opcit_token){ .start = hit.end, .end = hit.end, .count = 99 };
		cite_resolution(ctx, &first, false);
	}
	return true;
}

/* ---- conventions of the ILO by number ---- */

static bool ilo_target(cite_ctx *ctx, const char *start, const char *end, unsigned number)
{
	char id[16];
	size_t first = ctx->n_cites;
	struct opcit_str target;

	if (!number || number > 250)
		return false;
	snprintf(id, sizeof id, "ILO C%03u", number);
	target = opcit_arena_dup(ctx->arena, opcit_str_of(id));
	cite_push(ctx, start, end, target, "name");
	cite_seen_add(ctx, target, OPCIT_NAME_NONE);
	cite_settle(ctx, first);
	if (ctx->pos < end)
		ctx->pos = end;
	return true;
}

/* "ILO Conventions Nos. 29 and 105". */
static bool ilo_numbers(cite_ctx *ctx, const struct opcit_token *word)
{
	const char *p = opcit_glyph_blank(word->end, ctx->end), *q, *start = word->start;
	struct opcit_token n, before = cite_before(ctx, word->start);
	bool any = false, ilo = opcit_keyword_class(cite_keyword(ctx, &before)) == KW_ILO;

	q = cite_skip_number_sign(ctx, p);
	if (!ilo && (q == p || !ctx->ilo))
		return false;
	if (ilo)
		start = before.start;
	for (;;) {
		n = opcit_token_at(q, ctx->end);
		if (!n.digits || !n.count || n.count > 3 || !ilo_target(ctx, start, n.end, n.value))
			return any;
		any = true;
		p = opcit_glyph_blank(ctx->pos, ctx->end);
		if (opcit_glyph_at(p, ctx->end) == ',')
			p = opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end);
		n = opcit_token_at(p, ctx->end);
		if (opcit_keyword_class(cite_keyword(ctx, &n)) == KW_CHAIN)
			p = opcit_glyph_blank(n.end, ctx->end);
		if (!word->plural || p == ctx->pos)
			return true;
		start = q = cite_skip_number_sign(ctx, p);
	}
}

/* A convention that no row names, but with its number: "Convention on …
 * (No. 174)". */
static bool ilo_bracket(cite_ctx *ctx, const struct opcit_token *word)
{
	const char *p = word->end, *limit = ctx->end - p > 120 ? p + 120 : ctx->end, *q;
	struct opcit_token n;

	for (; p < limit; p = opcit_glyph_next(p, ctx->end)) {
		if (*p == ';' || (*p == '.' && p + 1 < limit && p[1] == ' '))
			return false;
		if (*p != '(')
			continue;
		n = cite_next(ctx, p + 1);
		if (opcit_keyword_class(cite_keyword(ctx, &n)) != KW_NUMBER)
			continue;
		q = cite_skip_number_sign(ctx, n.start);
		n = opcit_token_at(q, ctx->end);
		if (!n.digits || !n.count || opcit_glyph_at(n.end, ctx->end) != ')')
			return false;
		return ilo_target(ctx, word->start, opcit_glyph_next(n.end, ctx->end), n.value);
	}
	return false;
}

/* ---- declarations that no table has ---- */

static bool is_proper(const cite_ctx *ctx, const struct opcit_token *word)
{
	static const char *const common[] = {
		"joint",  "ministerial", "political",    "final",      "draft",   "universal",
		"solemn", "special",     "independence", "principles", "intent",  "commitment",
		"human",  "rights",      "new",          "general",    "customs", "tax",
		"states", "ministers",   "heads",        "policy",     "legal",   "income",
		"common", "united",      "nations",      "interpretative",
	};
	size_t i;

	if (!word->hash || !word->upper || word->caps || word->count < 3 ||
	    cite_keyword(ctx, word))
		return false;
	for (i = 0; i < sizeof common / sizeof *common; i++)
		if (word->hash == opcit_token_hash(common[i]))
			return false;
	return true;
}

/* "the Mirrenport Declaration", "Declaration of Nuevo León": a declaration is
 * called after its place, and cited so before any table has it. */
static bool unknown_declaration(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_token near = cite_before(ctx, word->start), next = cite_next(ctx, word->end);
	const char *start = word->start, *end = word->end;
	size_t n, first = ctx->n_cites;

	if (!word->upper || word->caps)
		return false;
	for (n = 0; n < 4 && is_proper(ctx, &near); n++) {
		start = near.start;
		near = cite_before(ctx, start);
	}
	if (n && !cite_is_filler(ctx, &near))
		return false;
	if (!n && opcit_keyword_class(cite_keyword(ctx, &next)) == KW_OF) {
		for (; n < 4; n++) {
			next = cite_next(ctx, next.end);
			if (!is_proper(ctx, &next))
				break;
			end = next.end;
		}
		if (opcit_keyword_class(cite_keyword(ctx, &next)) == KW_OF)
			return false;
	}
	if (!n || n == 4)
		return false;
	cite_push(ctx, start, end,
	          opcit_arena_dup(ctx->arena, (struct opcit_str){ start, (size_t)(end - start) }),
	          "name");
	cite_settle(ctx, first);
	if (ctx->pos < end)
		ctx->pos = end;
	return true;
}

/* ---- "the Convention" ---- */

/* The treaty that a treaty body means by its genre's bare name. */
static const struct {
	const char *symbol, *instrument;
} own_treaties[] = {
	{ "CCPR", "ICCPR" }, { "E/C.12", "ICESCR" }, { "CERD", "ICERD" }, { "CEDAW", "CEDAW" },
	{ "CAT", "CAT" },    { "CRC", "CRC" },       { "CMW", "ICRMW" },  { "CRPD", "CRPD" },
	{ "CED", "ICPPED" },  { "CCPR", "ICCPR-OP1" }, { "E/C.12", "ICESCR-OP" },
	{ "CEDAW", "CEDAW-OP" }, { "CRPD", "CRPD-OP" },
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
	return at == OPCIT_NAME_NONE ? (struct opcit_str){ NULL, 0 } :
	                               ctx->registry->instruments[at].id;
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
					ctx->registry->instruments[ctx->seen[j].instrument].name, ctx);
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
	size_t i;

	if (pins->stem != STEM_ART || !ctx->n_cites)
		return false;
	if (!(open == '(' && opcit_glyph_at(pins->end, ctx->end) == ')') &&
	    !(before.hash && (before.hash == opcit_token_hash("its") ||
	                      opcit_keyword_class(cite_keyword(ctx, &before)) == KW_LEAD ||
	                      before.hash == opcit_token_hash("son") ||
	                      before.hash == opcit_token_hash("ses") ||
	                      before.hash == opcit_token_hash("su") ||
	                      before.hash == opcit_token_hash("sus"))))
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
	ctx->cites[i].n_pinpoints = pins->n;
	ctx->pending.n = 0;
	ctx->pos = pins->end;
	return true;
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

	if (stem == STEM_CONVENTION && (ilo_numbers(ctx, word) || ilo_bracket(ctx, word)))
		return true;
	if (stem == STEM_DECLARATION && unknown_declaration(ctx, word))
		return true;
	if (word->plural && stem != STEM_PRINCIPLES && stem != STEM_RULES && stem != STEM_GUIDELINES)
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
	if (!pinned && !(cite_pins_after(ctx, word->end, &after) && after.n &&
	                 after.stem != STEM_PAGE))
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
