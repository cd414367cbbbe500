/* cite_name.c: instruments cited by name, the short forms that a document
 * defines for them, and what no table has. */
#include "cite_int.h"

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
			cite_seen_add(
				ctx,
				ctx->registry->instruments[hit.index[OPCIT_NAME_INSTRUMENT]].id,
				hit.index[OPCIT_NAME_INSTRUMENT]);
			return;
		}
	}
}

struct opcit_str cite_instrument(cite_ctx *ctx, const char *start, const char *end, uint32_t at,
				 const char *form)
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
	if (!(quoted || announced) &&
	    !(def.n == 1 && lone.caps && lone.count >= 3 && !lone.digits &&
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
static bool inside_longer(const cite_ctx *ctx, const char *p, const char **start)
{
	struct opcit_token word = cite_before(ctx, p);
	int i;

	for (i = 0; i < 4 && word.hash; i++) {
		*start = word.start;
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

	for (i = 0; i < 4 && i < date->len && opcit_glyph_is_digit((unsigned char)date->ptr[i]);
	     i++)
		year = year * 10 + (unsigned)(date->ptr[i] - '0');
	return ctx->year && i == 4 && year > ctx->year;
}

bool cite_name(cite_ctx *ctx, const struct opcit_token *word, uint32_t state)
{
	struct opcit_name_hit hit;
	struct opcit_token first = *word;
	const char *start;
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
		if (!hit.acronym && inside_longer(ctx, hit.start, &start)) {
			cite_open_protocol(ctx, start, hit.end);
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
bool cite_ilo_numbers(cite_ctx *ctx, const struct opcit_token *word)
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
bool cite_ilo_bracket(cite_ctx *ctx, const struct opcit_token *word)
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
		"joint",  "ministerial", "political",    "final",          "draft",   "universal",
		"solemn", "special",     "independence", "principles",     "intent",  "commitment",
		"human",  "rights",      "new",          "general",        "customs", "tax",
		"states", "ministers",   "heads",        "policy",         "legal",   "income",
		"common", "united",      "nations",      "interpretative",
	};
	size_t i;

	if (!word->hash || !word->upper || word->caps || word->count < 3 || cite_keyword(ctx, word))
		return false;
	for (i = 0; i < sizeof common / sizeof *common; i++)
		if (word->hash == opcit_token_hash(common[i]))
			return false;
	return true;
}

static bool is_declared(const cite_ctx *ctx, struct opcit_str name)
{
	size_t i;

	for (i = 0; i < ctx->n_declared; i++)
		if (opcit_str_ieq(ctx->declared[i], name))
			return true;
	return false;
}

/* "the Mirrenport Declaration", "Declaration of Nuevo León": a declaration is
 * called after its place, and cited so before any table has it; once it has been
 * named, without "the", too. */
bool cite_unknown_declaration(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_token near = cite_before(ctx, word->start), next = cite_next(ctx, word->end);
	const char *start = word->start, *end = word->end;
	struct opcit_str name;
	size_t n, first = ctx->n_cites;
	struct cite_pins pins;

	if (!word->upper || word->caps)
		return false;
	for (n = 0; n < 4 && is_proper(ctx, &near); n++) {
		start = near.start;
		near = cite_before(ctx, start);
	}
	name = (struct opcit_str){ start, (size_t)(end - start) };
	/* without "the" only where it was named before, or in the short way of notes:
	 * "(Mirador Declaration, para. 3)" */
	if (n && !cite_is_filler(ctx, &near) && !is_declared(ctx, name) &&
	    (near.hash || !cite_pins_after(ctx, end, &pins)))
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
	name = opcit_arena_dup(ctx->arena, (struct opcit_str){ start, (size_t)(end - start) });
	if (ctx->n_declared < CITE_DECLARED && !is_declared(ctx, name))
		ctx->declared[ctx->n_declared++] = name;
	cite_push(ctx, start, end, name, "name");
	cite_settle(ctx, first);
	if (ctx->pos < end)
		ctx->pos = end;
	return true;
}
