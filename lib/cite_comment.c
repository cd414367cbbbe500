/* cite_comment.c: general comments, recommendations and observations. */
#include "cite_int.h"
#include "rule.h"

#include <string.h>

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
	return word.caps && word.count ? opcit_roman(word.start, (size_t)(word.end - word.start))
				       : 0;
}

static const char *skip_year(const cite_ctx *ctx, const char *p)
{
	const char *q = opcit_glyph_blank(p, ctx->end);
	struct opcit_token word;

	if (opcit_glyph_at(q, ctx->end) == '[') { /* "No. 31 [80]": counted anew */
		word = opcit_token_at(opcit_glyph_next(q, ctx->end), ctx->end);
		return word.digits && word.count && opcit_glyph_at(word.end, ctx->end) == ']'
			       ? opcit_glyph_next(word.end, ctx->end)
			       : p;
	}
	if (opcit_glyph_at(q, ctx->end) != '(')
		return p;
	word = opcit_token_at(opcit_glyph_next(q, ctx->end), ctx->end);
	if (!word.digits || word.count != 4 || opcit_glyph_at(word.end, ctx->end) != ')')
		return p;
	return opcit_glyph_next(word.end, ctx->end);
}

/* Whether the body makes general comments, and calls them by this word: two
 * committees have recommendations ("CERD GR 30"), the others comments. NULL
 * for any word. */
static bool comments(const cite_ctx *ctx, uint32_t body, const struct opcit_token *word)
{
	struct opcit_str form;

	if (body == OPCIT_NAME_NONE)
		return false;
	form = ctx->registry->bodies[body].general_comment;
	if (!word || !form.len || opcit_glyph_lower(word->start, ctx->end) != 'r')
		return form.len > 0;
	return memmem(form.ptr, form.len, " GR ", 4) != NULL;
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
			     next.hash != opcit_token_hash("general")
		   : !comment_word(ctx, &next))
		return false;
	p = cite_skip_number_sign(ctx, cite_skip(ctx, next.end));
	n = read_count(ctx, p, &end);
	if (!n)
		return false;
	if (cite_body_adjacent(ctx, word->start)) {
		body = ctx->body;
		start = ctx->body_start;
	}
	for (;;) {
		p = skip_year(ctx, end);
		after = cite_body_after(ctx, p, &q);
		if (comments(ctx, after, NULL))
			end = q;
		else
			after = comments(ctx, body, NULL)             ? body
				: comments(ctx, ctx->own_body, &next) ? ctx->own_body
				: comments(ctx, ctx->body, &next)     ? ctx->body
								      : OPCIT_NAME_NONE;
		if (after == OPCIT_NAME_NONE) {
			after = cite_body_ahead(ctx, p);
			if (!comments(ctx, after, &next))
				after = OPCIT_NAME_NONE;
		}
		target = (struct opcit_str){ NULL, 0 };
		if (after != OPCIT_NAME_NONE &&
		    opcit_rule_number(ctx->registry->bodies[after].general_comment, n, symbol,
				      sizeof symbol))
			target = opcit_arena_dup(ctx->arena, opcit_str_of(symbol));
		first = ctx->n_cites;
		cite_push(ctx, start, end > p ? end : p, target, "words");
		cite_settle(ctx, first);
		p = ctx->pos > p ? ctx->pos : p;
		q = cite_next_number(ctx, p);
		if (!q)
			return true;
		if (!next.plural) { /* "joint general comment No. 3 of … and No. 22 of …" */
			end = cite_skip_number_sign(ctx, q);
			if (end == q || !read_count(ctx, end, &end) ||
			    cite_body_after(ctx, end, &end) == OPCIT_NAME_NONE)
				return true;
		}
		start = q;
		q = cite_skip_number_sign(ctx, q);
		n = read_count(ctx, q, &end);
		if (!n)
			return true;
	}
}
