/* cite_parse.c: what a person types to `opcit cite`, and what it may mean.
 *
 * The finder does the reading, with leave to take small letters and bare
 * numbers. What it does not find is guessed at here: a number that several
 * bodies have, and a name that is only in part the table's.
 */
#include "cite_int.h"
#include "rule.h"

#include <string.h>

enum { TYPED_MAX = 4096, GUESSES_MAX = 64, NAME_GUESSES = 8, TYPED_WORDS = 24 };

struct guesses {
	struct opcit_cite_guess *list;
	size_t n;
};

static void add(cite_ctx *ctx, struct guesses *guesses, const struct opcit_citation *cite)
{
	const struct opcit_instrument *row;
	struct opcit_cite_guess *guess;
	size_t i;

	if (guesses->n == GUESSES_MAX)
		return;
	for (i = 0; i < guesses->n; i++)
		if (guesses->list[i].cite.start == cite->start &&
		    opcit_str_eq(guesses->list[i].cite.target, cite->target))
			return;
	guess = &guesses->list[guesses->n++];
	guess->cite = *cite;
	row = opcit_registry_same(ctx->registry, cite->target);
	guess->name = row ? row->name : (struct opcit_str){ NULL, 0 };
}

/* Every body that can have the number, as a resolution. */
static void add_bodies(cite_ctx *ctx, struct guesses *guesses, const struct opcit_symbol *number,
		       const struct opcit_citation *model)
{
	struct opcit_citation cite = *model;
	size_t i;

	for (i = 0; i < ctx->registry->n_bodies; i++) {
		if (!cite_body_fits(ctx, (uint32_t)i, number, false))
			continue;
		cite.target = cite_body_symbol(ctx, (uint32_t)i, number, false);
		cite.resolved = false;
		if (cite.target.len)
			add(ctx, guesses, &cite);
	}
}

/* The first number of the typed text. */
static bool find_number(const cite_ctx *ctx, const char *p, const char *end,
			struct opcit_symbol *number)
{
	for (; p < end; p = opcit_glyph_next(p, end))
		if (opcit_glyph_is_word(opcit_glyph_at(p, end))) {
			if (opcit_number_scan(p, end, ctx->typed, number) &&
			    number->shape != OPCIT_SHAPE_BARE)
				return true;
			p = opcit_token_at(p, end).end;
			if (p >= end)
				break;
		}
	return false;
}

/* ---- general comments ---- */

/* The treaty body of that name or acronym, by the letters of its symbols too. */
static uint32_t commenting_body(const cite_ctx *ctx, struct opcit_str name)
{
	const struct opcit_body *row = opcit_registry_body(ctx->registry, name);
	size_t i;

	if (row && row->general_comment.len)
		return (uint32_t)(row - ctx->registry->bodies);
	for (i = 0; i < ctx->registry->n_bodies && name.len > 2; i++) {
		struct opcit_str made = ctx->registry->bodies[i].general_comment;

		if (made.len > name.len && made.ptr[name.len] == '/' &&
		    opcit_str_ieq(opcit_str_sub(made, 0, name.len), name))
			return (uint32_t)i;
	}
	return OPCIT_NAME_NONE;
}

/* The number of a general comment that is typed: "general comment 6", "CRC GC 6";
 * 0 when none is. *body: the treaty body that is named, or OPCIT_NAME_NONE;
 * *end: after the number. */
static unsigned comment_number(const cite_ctx *ctx, uint32_t *body, const char **end)
{
	const char *p = ctx->text;
	struct opcit_token word;
	bool comment = false;

	*body = OPCIT_NAME_NONE;
	while (p < ctx->end) {
		word = opcit_token_at(p, ctx->end);
		if (!word.count) {
			p = opcit_glyph_next(p, ctx->end);
			continue;
		}
		if (comment && word.digits && word.count < 4) {
			*end = word.end;
			return word.value;
		}
		comment = comment || opcit_keyword_class(cite_keyword(ctx, &word)) == KW_COMMENT ||
			  word.hash == opcit_token_hash("comment") ||
			  word.hash == opcit_token_hash("gc") || word.hash == opcit_token_hash("gr");
		if (*body == OPCIT_NAME_NONE)
			*body = commenting_body(ctx, (struct opcit_str){ word.start, (size_t)(word.end - word.start) });
		p = word.end;
	}
	return 0;
}

/* Whether the finder has understood the comment by itself. */
static bool found_comment(const struct opcit_record *record)
{
	size_t i;

	for (i = 0; i < record->n_cites; i++) {
		struct opcit_str target = record->cites[i].target;

		if (target.len && (memmem(target.ptr, target.len, "/GC/", 4) ||
				   memmem(target.ptr, target.len, " GR ", 4)))
			return true;
	}
	return false;
}

/* Every treaty body's general comment of that number, or the named one's. */
static void add_comments(cite_ctx *ctx, struct guesses *guesses, unsigned number, uint32_t body,
			 const char *end)
{
	char symbol[OPCIT_SYMBOL_MAX];
	struct opcit_citation cite;
	size_t i, first;

	for (i = 0; i < ctx->registry->n_bodies; i++) {
		if (body != OPCIT_NAME_NONE && i != body)
			continue;
		if (!opcit_rule_number(ctx->registry->bodies[i].general_comment, number, symbol,
				       sizeof symbol))
			continue;
		first = ctx->n_cites = 0;
		ctx->pending.n = 0;
		cite_push(ctx, ctx->text, end, opcit_arena_dup(ctx->arena, opcit_str_of(symbol)), "words");
		cite_settle(ctx, first);
		cite = ctx->cites[first];
		cite.resolved = body != OPCIT_NAME_NONE;
		add(ctx, guesses, &cite);
	}
}

/* ---- names known in part ---- */

static bool has_word(const struct opcit_instrument *row, uint64_t hash)
{
	const char *p = row->name.ptr, *end = p + row->name.len;
	struct opcit_token word;

	while (p < end) {
		word = opcit_token_at(p, end);
		if (word.hash == hash)
			return true;
		p = word.count ? word.end : opcit_glyph_next(p, end);
	}
	return false;
}

/* The words before the first pinpoint or number; where they end. */
static const char *name_words(const cite_ctx *ctx, uint64_t *hash, size_t *n)
{
	const char *p = ctx->text, *last = p;
	struct opcit_token word;
	enum opcit_keyword class;

	for (*n = 0; p < ctx->end && *n < TYPED_WORDS;) {
		word = opcit_token_at(p, ctx->end);
		if (!word.count) {
			p = opcit_glyph_next(p, ctx->end);
			continue;
		}
		class = opcit_keyword_class(cite_keyword(ctx, &word));
		if ((class == KW_PIN || class == KW_OP || word.digits) && *n)
			break;
		/* "a child" is no name for having an "a" in common with one */
		if (class != KW_FILLER && class != KW_CHAIN && class != KW_LINK && word.hash &&
		    class != KW_PIN && word.count > 1)
			hash[(*n)++] = word.hash;
		p = last = word.end;
	}
	return last;
}

/* Instruments whose name has every typed word, those with the shortest names
 * first. */
static void add_names(cite_ctx *ctx, struct guesses *guesses)
{
	uint64_t hash[TYPED_WORDS];
	const struct opcit_instrument *row;
	struct opcit_citation cite;
	const char *end;
	size_t n, i, j, best, rank[NAME_GUESSES], ranks = 0;

	end = name_words(ctx, hash, &n);
	if (!n)
		return;
	for (i = 0; i < ctx->registry->n_instruments; i++) {
		row = &ctx->registry->instruments[i];
		for (j = 0; j < n && has_word(row, hash[j]); j++)
			;
		if (j < n)
			continue;
		for (best = ranks; best > 0 && ctx->registry->instruments[rank[best - 1]].name.len >
						       row->name.len;
		     best--)
			if (best < NAME_GUESSES)
				rank[best] = rank[best - 1];
		if (best < NAME_GUESSES)
			rank[best] = i;
		if (ranks < NAME_GUESSES)
			ranks++;
	}
	for (i = 0; i < ranks; i++) {
		size_t first = ctx->n_cites = 0;

		ctx->pending.n = 0;
		cite_push(ctx, ctx->text, end, ctx->registry->instruments[rank[i]].id, "name");
		cite_settle(ctx, first);
		cite = ctx->cites[first];
		cite.resolved = ranks == 1;
		add(ctx, guesses, &cite);
	}
}

void opcit_cite_parse(const struct opcit_registry *registry, struct opcit_str typed,
		      struct opcit_arena *arena, struct opcit_cite_guess **list, size_t *n_guesses)
{
	struct opcit_cite_context *ctx = opcit_cite_begin(registry, NULL, arena);
	struct opcit_record record = { .seq = 1, .kind = OPCIT_KIND_PARAGRAPH };
	struct guesses guesses = { .n = 0 };
	struct opcit_citation whole = { 0 };
	unsigned char *all = opcit_arena_alloc(arena, OPCIT_NAMES_FILTER / 8);
	struct opcit_symbol number;
	const char *end = NULL;
	unsigned comment;
	bool commented;
	uint32_t body;
	size_t i;

	guesses.list = opcit_arena_calloc(arena, GUESSES_MAX * sizeof *guesses.list);
	memset(all, 0xFF, OPCIT_NAMES_FILTER / 8);
	ctx->filter = all;
	ctx->typed = true;
	record.text = opcit_str_sub(typed, 0, TYPED_MAX);
	if (!record.text.ptr)
		record.text = OPCIT_STR("");
	opcit_cite_record(ctx, &record);
	whole.end = record.text.len;
	whole.form = OPCIT_STR("words");
	comment = comment_number(ctx, &body, &end);
	if (comment && !found_comment(&record))
		add_comments(ctx, &guesses, comment, body, end);
	commented = guesses.n > 0;
	for (i = 0; !commented && i < record.n_cites; i++) {
		if (record.cites[i].resolved)
			add(ctx, &guesses, &record.cites[i]);
		else if (find_number(ctx, ctx->text + record.cites[i].start, ctx->end, &number))
			add_bodies(ctx, &guesses, &number, &record.cites[i]);
	}
	if (!guesses.n && find_number(ctx, ctx->text, ctx->end, &number))
		add_bodies(ctx, &guesses, &number, &whole);
	if (!guesses.n)
		add_names(ctx, &guesses);
	*list = guesses.list;
	*n_guesses = guesses.n;
}
