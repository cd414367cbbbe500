#include "cite_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct opcit_str cite_string(cite_ctx *ctx, const char *format, ...)
{
	char text[512];
	va_list ap;
	int len;

	va_start(ap, format);
	len = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	if (len < 0 || (size_t)len >= sizeof text)
		return (struct opcit_str){ NULL, 0 };
	return opcit_arena_dup(ctx->arena, (struct opcit_str){ text, (size_t)len });
}

unsigned cite_keyword(const cite_ctx *ctx, const struct opcit_token *token)
{
	return opcit_names_first(&ctx->registry->names, token->hash).keyword;
}

struct opcit_token cite_next(const cite_ctx *ctx, const char *p)
{
	return opcit_token_at(opcit_glyph_blank(p, ctx->end), ctx->end);
}

const char *cite_skip(const cite_ctx *ctx, const char *p)
{
	if (opcit_glyph_at(p, ctx->end) == '.')
		p = opcit_glyph_next(p, ctx->end);
	return opcit_glyph_blank(p, ctx->end);
}

const char *cite_skip_number_sign(const cite_ctx *ctx, const char *p)
{
	struct opcit_token token = opcit_token_at(p, ctx->end);

	if (opcit_keyword_class(cite_keyword(ctx, &token)) == KW_NUMBER)
		return cite_skip(ctx, token.end);
	return p;
}

struct opcit_token cite_before(const cite_ctx *ctx, const char *p)
{
	const char *q = p, *floor = p - ctx->text > 40 ? p - 40 : ctx->text;

	while (q > floor && !opcit_glyph_is_word((unsigned char)q[-1]) &&
	       ((unsigned char)q[-1] >= 0x80 || strchr(" \t\n'", q[-1])))
		q--;
	p = q;
	while (q > floor && (opcit_glyph_is_word((unsigned char)q[-1]) ||
			     (unsigned char)q[-1] >= 0x80 || q[-1] == '-'))
		q--;
	while (q < p && !opcit_glyph_is_word(opcit_glyph_at(q, p)))
		q = opcit_glyph_next(q, p);
	return opcit_token_at(q, p);
}

bool cite_is_filler(const cite_ctx *ctx, const struct opcit_token *token)
{
	enum opcit_keyword class = opcit_keyword_class(cite_keyword(ctx, token));

	return class == KW_FILLER || class == KW_OF;
}

bool cite_only(const cite_ctx *ctx, const char *from, const char *to, enum opcit_keyword a,
	       enum opcit_keyword b)
{
	struct opcit_token token;
	enum opcit_keyword class;
	unsigned c, words = 0;

	if (to < from || to - from > 120)
		return false;
	while (from < to) {
		c = opcit_glyph_at(from, to);
		if (c == ' ' || c == ',' || c == '\'' || c == '"' || c == '(') {
			from = opcit_glyph_next(from, to);
			continue;
		}
		token = opcit_token_at(from, to);
		class = opcit_keyword_class(cite_keyword(ctx, &token));
		if (!token.count || ++words > 12)
			return false;
		if ((class == KW_OF || class == KW_REPORTS) && a == KW_FILLER)
			class = KW_FILLER;
		if (class != a && class != b && !(token.digits && token.count == 4))
			return false;
		from = token.end;
	}
	return true;
}

struct opcit_citation *cite_push(cite_ctx *ctx, const char *start, const char *end,
				 struct opcit_str target, const char *form)
{
	struct opcit_citation *cite;

	if (ctx->n_cites == ctx->cap_cites) {
		size_t cap = ctx->cap_cites ? ctx->cap_cites * 2 : 8;

		cite = opcit_arena_alloc(ctx->arena, cap * sizeof *cite);
		if (ctx->n_cites)
			memcpy(cite, ctx->cites, ctx->n_cites * sizeof *cite);
		ctx->cites = cite;
		ctx->cap_cites = cap;
	}
	cite = &ctx->cites[ctx->n_cites];
	if (ctx->n_cites < OPCIT_CITES_MAX)
		ctx->n_cites++;
	memset(cite, 0, sizeof *cite);
	cite->start = (size_t)(start - ctx->text);
	cite->end = (size_t)(end - ctx->text);
	cite->target = target;
	cite->form = opcit_str_of(form);
	cite->resolved = target.len > 0;
	return cite;
}

static void join(cite_ctx *ctx, struct opcit_citation *cite, const struct cite_pins *pins)
{
	struct opcit_str *list =
		opcit_arena_alloc(ctx->arena, (cite->n_pinpoints + pins->n + 1) * sizeof *list);
	struct opcit_span *spans =
		opcit_arena_alloc(ctx->arena, (cite->n_pinpoints + pins->n + 1) * sizeof *spans);

	if (cite->n_pinpoints) {
		memcpy(list, cite->pinpoints, cite->n_pinpoints * sizeof *list);
		memcpy(spans, cite->spans, cite->n_pinpoints * sizeof *spans);
	}
	if (pins->n) {
		memcpy(list + cite->n_pinpoints, pins->list, pins->n * sizeof *list);
		memcpy(spans + cite->n_pinpoints, pins->spans, pins->n * sizeof *spans);
	}
	cite->pinpoints = list;
	cite->spans = spans;
	cite->n_pinpoints += pins->n;
	if ((size_t)(pins->start - ctx->text) < cite->start)
		cite->start = (size_t)(pins->start - ctx->text);
	if ((size_t)(pins->end - ctx->text) > cite->end)
		cite->end = (size_t)(pins->end - ctx->text);
}

/* Citations of one run of text ("A/HRC/8/22 and Corr.1") share pinpoints. */
static bool one_run(const struct opcit_citation *a, const struct opcit_citation *b)
{
	return a->start == b->start && a->end == b->end;
}

/* The document's own symbol, in its own text, is no citation. */
static void drop_own(cite_ctx *ctx, size_t first)
{
	size_t i, kept = first;

	if (!ctx->own.len)
		return;
	for (i = first; i < ctx->n_cites; i++)
		if (!opcit_str_ieq(ctx->cites[i].target, ctx->own))
			ctx->cites[kept++] = ctx->cites[i];
	ctx->n_cites = kept;
}

/* Whether pinpoints that end at `from` are of the document whose name begins at
 * `to`: "of", "of resolution", "of the report of the Special Rapporteur on
 * slavery (". */
static bool are_of(const cite_ctx *ctx, const char *from, const char *to, size_t first)
{
	struct opcit_token word = cite_next(ctx, from);
	const char *p = to;
	bool filler = false;

	if (cite_only(ctx, from, to, KW_FILLER, KW_FILLER) ||
	    cite_only(ctx, from, to, KW_FILLER, KW_RESOLUTION) ||
	    cite_only(ctx, from, to, KW_FILLER, KW_DECISION))
		return true;
	while (p > from && p[-1] == ' ')
		p--;
	if (p == from || p[-1] != '(' || to - from > 240 || cite_sentence_between(ctx, from, to) ||
	    (first && ctx->text + ctx->cites[first - 1].end > from))
		return false;
	while (word.count && cite_is_filler(ctx, &word) &&
	       opcit_keyword_class(cite_keyword(ctx, &word)) != KW_REPORTS) {
		filler = true;
		word = cite_next(ctx, word.end);
	}
	return filler && !word.plural &&
	       opcit_keyword_class(cite_keyword(ctx, &word)) == KW_REPORTS;
}

/* "of the report of the Secretary-General of 17 August 1993 (" stands between a
 * pinpoint and the symbol of the report that it is in. */
static bool names_report(const cite_ctx *ctx, const char *from, const char *to)
{
	struct opcit_token word = cite_next(ctx, from);
	unsigned words;
	const char *p;

	if (to <= from || to - from > 160 || to[-1] != '(')
		return false;
	for (p = from; p < to - 1; p++)
		if (strchr(";:().", *p))
			return false;
	if (opcit_keyword_class(cite_keyword(ctx, &word)) != KW_OF && word.hash != opcit_token_hash("to"))
		return false;
	for (words = 0; words < 6; words++) {
		for (p = word.end; p < to && !opcit_glyph_is_word(opcit_glyph_at(p, to));
		     p = opcit_glyph_next(p, to))
			if (*p == ',')
				return false;
		word = opcit_token_at(p, to);
		if (!word.count)
			return false;
		if (opcit_keyword_class(cite_keyword(ctx, &word)) == KW_REPORTS)
			return true;
		if (opcit_keyword_class(cite_keyword(ctx, &word)) == KW_OF || word.hash == opcit_token_hash("in"))
			return false;
	}
	return false;
}

/* In "… of article 37 (b)” (CRC/C/GC/31, para. 16)" the place ends what is quoted, and
 * the brackets tell where that is from; in "a report prepared in accordance with
 * paragraph 15 (a) (A/HRC/WG.6/7/SVN/1)" they give its symbol. */
static bool is_other(const cite_ctx *ctx, const char *p, const char *to)
{
	p = opcit_glyph_blank(p, ctx->end);
	while (opcit_glyph_at(p, ctx->end) == '.' || opcit_glyph_at(p, ctx->end) == ',')
		p = opcit_glyph_next(p, ctx->end);
	if (opcit_glyph_at(p, ctx->end) == '"')
		p = opcit_glyph_next(p, ctx->end);
	p = opcit_glyph_blank(p, ctx->end);
	return opcit_glyph_at(p, ctx->end) == '(' && opcit_glyph_next(p, ctx->end) == to;
}

void cite_settle(cite_ctx *ctx, size_t first)
{
	struct opcit_citation *cites = ctx->cites, run;
	struct cite_pins after = { 0 };
	size_t i, last = ctx->n_cites - 1;
	const char *end;

	if (first >= ctx->n_cites)
		return;
	run = cites[first];
	if (ctx->pending.n && !is_other(ctx, ctx->pending.end, ctx->text + run.start) &&
	    (are_of(ctx, ctx->pending.end, ctx->text + run.start, first) ||
	     names_report(ctx, ctx->pending.end, ctx->text + run.start)))
		for (i = first; i <= last && one_run(&cites[i], &run); i++)
			join(ctx, &cites[i], &ctx->pending);
	ctx->pending.n = 0;
	run = cites[last];
	end = ctx->text + run.end;
	end = cite_define(ctx, end, &run);
	if ((cite_pins_after(ctx, end, &after) || cite_pins_later(ctx, end, &after)) &&
	    !cite_quote_ends(ctx, ctx->text + run.start, end, after.start)) {
		end = after.end;
		for (i = last + 1; i-- > first && cites[i].end == run.end;)
			join(ctx, &cites[i], &after);
	}
	if (ctx->typed && end == ctx->text + run.end &&
	    cite_pins_bare(ctx, end, run.form, &after)) {
		end = after.end;
		join(ctx, &cites[last], &after);
	}
	if (end > ctx->pos)
		ctx->pos = end;
	drop_own(ctx, first);
}

/* ---- words ---- */

void cite_word(cite_ctx *ctx, const char *p)
{
	struct opcit_token word;
	struct opcit_names_first first;
	unsigned stem;
	bool done;

	if (p < ctx->pos)
		return;
	if (opcit_glyph_at(p, ctx->end) == OPCIT_GLYPH_PILCROW) {
		while (opcit_glyph_at(p, ctx->end) == OPCIT_GLYPH_PILCROW)
			p = opcit_glyph_next(p, ctx->end);
		word = (struct opcit_token){ .start = p, .end = p };
		cite_pins_wait(ctx, &word, STEM_PARA);
		return;
	}
	word = opcit_token_at(p, ctx->end);
	/* the rest of a word that an accent or a hyphen cut in two is none */
	if (!word.hash || (p > ctx->text && (unsigned char)p[-1] >= 0x80 &&
			   cite_before(ctx, p).start < p && cite_before(ctx, p).end == p &&
			   opcit_glyph_is_letter(opcit_glyph_at(cite_before(ctx, p).start, p))))
		return;
	first = opcit_names_first(&ctx->registry->names, word.hash);
	if (ctx->n_shorts && cite_short_form(ctx, &word))
		return;
	if (first.state && cite_name(ctx, &word, first.state))
		return;
	stem = opcit_keyword_stem(first.keyword);
	switch (opcit_keyword_class(first.keyword)) {
	case KW_RESOLUTION: done = cite_resolution(ctx, &word, false); break;
	case KW_DECISION: done = cite_resolution(ctx, &word, true); break;
	case KW_GENERAL: done = cite_comment(ctx, &word, false); break;
	case KW_COMMENT: done = cite_comment(ctx, &word, true); break;
	case KW_PIN: done = cite_pins_wait(ctx, &word, stem); break;
	case KW_ORDINAL: done = cite_pins_ordinal(ctx, &word, stem); break;
	case KW_GENRE: done = cite_genre(ctx, &word, stem); break;
	case KW_ORGAN: done = cite_organ(ctx, &word, stem); break;
	case KW_IBID: done = cite_ibid(ctx, &word); break;
	case KW_SUPRA: done = cite_supra(ctx, &word); break;
	case KW_OP: done = cite_op_cit(ctx, &word); break;
	case KW_REPORTS: done = cite_reports(ctx, &word); break;
	case KW_JOURNAL: done = cite_journal(ctx, &word); break;
	case KW_APPLICATION: done = cite_application(ctx, &word); break;
	case KW_ILO:
		ctx->ilo = true;
		done = true;
		break;
	default: done = false; break;
	}
	(void)done;
}

/* ---- documents and records ---- */

static unsigned year_of(struct opcit_str date)
{
	unsigned year = 0, i;

	for (i = 0; i < 4 && i < date.len && opcit_glyph_is_digit((unsigned char)date.ptr[i]); i++)
		year = year * 10 + (unsigned)(date.ptr[i] - '0');
	return i == 4 ? year : 0;
}

/* The body, or the nearest above it, that has numbers of its own: the General
 * Assembly for its Third Committee. */
static const struct opcit_body *that_decides(const struct opcit_registry *registry,
					     const struct opcit_body *body)
{
	int steps;

	for (steps = 0; body && steps < 16; steps++) {
		if (body->resolution.len || body->decision.len || body->general_comment.len)
			return body;
		body = body->parent.len ? opcit_registry_body(registry, body->parent) : NULL;
	}
	return NULL;
}

struct opcit_cite_context *opcit_cite_begin(const struct opcit_registry *registry,
					    const struct opcit_doc *doc, struct opcit_arena *arena)
{
	struct opcit_cite_context *ctx = opcit_arena_calloc(arena, sizeof *ctx);
	const struct opcit_body *body;
	const struct opcit_series *series;
	unsigned organ;

	ctx->registry = registry;
	ctx->arena = arena;
	ctx->filter = registry->names.filter;
	ctx->own_body = ctx->body = OPCIT_NAME_NONE;
	for (organ = 0; organ < CITE_ORGANS; organ++)
		ctx->organ[organ] = OPCIT_NAME_NONE;
	if (!doc)
		return ctx;
	ctx->own = doc->symbol.len ? doc->symbol : doc->id;
	ctx->year = year_of(doc->date);
	/* The symbol knows whose "General Assembly" it is; the name does not. */
	series = ctx->own.len ? opcit_registry_series(registry, ctx->own) : NULL;
	body = series ? that_decides(registry, opcit_registry_body(registry, series->body)) : NULL;
	if (!body && doc->body.len)
		body = that_decides(registry, opcit_registry_body(registry, doc->body));
	if (body)
		ctx->own_body = (uint32_t)(body - registry->bodies);
	return ctx;
}

void opcit_cite_record(struct opcit_cite_context *ctx, struct opcit_record *record)
{
	ctx->record = record;
	ctx->text = ctx->pos = ctx->dead = record->text.ptr;
	ctx->end = ctx->text + record->text.len;
	ctx->cites = NULL;
	ctx->n_cites = ctx->cap_cites = 0;
	ctx->body = OPCIT_NAME_NONE;
	ctx->body_start = ctx->body_end = NULL;
	ctx->ilo = false;
	memset(&ctx->pending, 0, sizeof ctx->pending);
	if (record->kind != OPCIT_KIND_TOC && record->text.len)
		cite_scan(ctx);
	if (record->kind == OPCIT_KIND_FOOTNOTE)
		cite_note_end(ctx);
	else
		cite_text_end(ctx);
	record->cites = ctx->cites;
	record->n_cites = ctx->n_cites;
}
