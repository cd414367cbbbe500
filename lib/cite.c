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
	struct opcit_str *list = opcit_arena_alloc(ctx->arena,
	                                           (cite->n_pinpoints + pins->n + 1) * sizeof *list);

	if (cite->n_pinpoints)
		memcpy(list, cite->pinpoints, cite->n_pinpoints * sizeof *list);
	if (pins->n)
		memcpy(list + cite->n_pinpoints, pins->list, pins->n * sizeof *list);
	cite->pinpoints = list;
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

void cite_settle(cite_ctx *ctx, size_t first)
{
	struct opcit_citation *cites = ctx->cites, run;
	struct cite_pins after = { 0 };
	size_t i, last = ctx->n_cites - 1;
	const char *end;

	if (first >= ctx->n_cites)
		return;
	run = cites[first];
	if (ctx->pending.n && cite_only(ctx, ctx->pending.end, ctx->text + run.start, KW_FILLER,
	                                KW_FILLER))
		for (i = first; i <= last && one_run(&cites[i], &run); i++)
			join(ctx, &cites[i], &ctx->pending);
	ctx->pending.n = 0;
	run = cites[last];
	end = ctx->text + run.end;
	end = cite_define(ctx, end, &run);
	if (cite_pins_after(ctx, end, &after)) {
		end = after.end;
		for (i = last + 1; i-- > first && cites[i].end == run.end;)
			join(ctx, &cites[i], &after);
	}
	if (ctx->typed && end == ctx->text + run.end && cite_pins_bare(ctx, end, run.form, &after)) {
		end = after.end;
		join(ctx, &cites[last], &after);
	}
	if (end > ctx->pos)
		ctx->pos = end;
	drop_own(ctx, first);
}

/* ---- symbols ---- */

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
	static const char *const marks[] = { "INF", "RES", "DEC", "CONF", "PV", "SR", "CRP", "GC",
		                             "GT", "CO", "COP", "WG", "doc.", "L.", "RES." };
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

/* Judge the parts of a symbol; drop wordy ones at its end ("A/65/48/French"). */
static bool good_symbol(const cite_ctx *ctx, struct opcit_symbol *symbol)
{
	const char *slash = strchr(symbol->text, '/'), *part;
	size_t head = slash ? (size_t)(slash - symbol->text) : 0, parts = 0, len, i;
	bool oas = symbol->shape == OPCIT_SHAPE_OAS;

	if (!head || (!opcit_registry_head(ctx->registry,
	                                   (struct opcit_str){ symbol->text, head }) &&
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
		if (!good_part(part + 1, len) || !len)
			return false;
		parts++;
	}
	len = strspn(slash + 1, "0123456789");
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
			if (next_is(ctx, q, &token) != KW_CHAIN && token.hash != opcit_token_hash("to"))
				return end;
			range = token.hash == opcit_token_hash("to");
			q = opcit_glyph_blank(token.end, ctx->end);
		}
		past = cite_digits(ctx, q, &value);
		if (!past || value <= last || value > last + 50 || (!range && value != last + 1) ||
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
		cite_push(ctx, symbol->start, q, cite_string(ctx, "%s/%s", base, extra), "symbol");
		end = more_extras(ctx, q, base, word, (unsigned)strtoul(strchr(extra, '.') + 1, NULL, 10),
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

/* S/RES/1325 is S/RES/1325(2000), whose number has but one year. */
static struct opcit_str canonical(cite_ctx *ctx, const struct opcit_symbol *symbol)
{
	unsigned number = 0, year = 0;
	char rest;

	if (sscanf(symbol->text, "S/RES/%5u%c", &number, &rest) == 1)
		year = cite_security_council_year(number);
	if (year)
		return cite_string(ctx, "%s(%u)", symbol->text, year);
	return opcit_arena_dup(ctx->arena, (struct opcit_str){ symbol->text, symbol->len });
}

void cite_slash(cite_ctx *ctx, const char *p)
{
	struct opcit_symbol symbol;
	const char *start, *end;
	size_t first = ctx->n_cites, i;

	if (p < ctx->dead)
		return;
	start = head_of(ctx, p);
	if (!start || !opcit_symbol_scan(start, ctx->end, ctx->typed, &symbol) ||
	    symbol.end <= p || opcit_glyph_is_word(opcit_glyph_at(symbol.end, ctx->end)) ||
	    ((symbol.shape == OPCIT_SHAPE_SYMBOL || symbol.shape == OPCIT_SHAPE_SESSION ||
	      symbol.shape == OPCIT_SHAPE_OAS) &&
	     !good_symbol(ctx, &symbol))) {
		ctx->dead = token_end(ctx, p + 1);
		return;
	}
	cite_push(ctx, symbol.start, symbol.end, canonical(ctx, &symbol), "symbol");
	end = symbol.shape == OPCIT_SHAPE_SYMBOL ? extras(ctx, &symbol) : symbol.end;
	for (i = first; i < ctx->n_cites; i++)
		ctx->cites[i].end = (size_t)(end - ctx->text);
	ctx->pos = end;
	cite_settle(ctx, first);
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
	case KW_ILO: ctx->ilo = true; done = true; break;
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
                                            const struct opcit_doc *doc,
                                            struct opcit_arena *arena)
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
	record->cites = ctx->cites;
	record->n_cites = ctx->n_cites;
}
