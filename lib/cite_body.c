/* cite_body.c: the bodies that a text names, and whose "the Council" is. */
#include "cite_int.h"
#include "rule.h"

#include <string.h>

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
	const struct opcit_body *row =
		body == OPCIT_NAME_NONE ? NULL : &ctx->registry->bodies[body];

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
uint32_t cite_body_making(const cite_ctx *ctx, const char *prefix)
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
	return stem == STEM_ASSEMBLY ? cite_body_making(ctx, "A/RES/") : OPCIT_NAME_NONE;
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

uint32_t cite_body_abbreviated(const cite_ctx *ctx, const char *p, const char **start)
{
	static const struct {
		const char *letters, *symbols;
	} known[] = {
		{ "SC", "S/RES/" },	 { "UNSC", "S/RES/" },	 { "GA", "A/RES/" },   { "UNGA", "A/RES/" },
		{ "HRC", "A/HRC/RES/" }, { "UNHRC", "A/HRC/RES/" },
	};
	const char *floor = p - ctx->text > 16 ? p - 16 : ctx->text, *q = p, *from;
	char letters[8] = "";
	size_t i, n = 0;

	while (q > floor && (q[-1] == ' ' || (unsigned char)q[-1] == 0xA0 || (unsigned char)q[-1] == 0xC2))
		q--;
	if (q == p)
		return OPCIT_NAME_NONE;
	p = q;
	while (q > floor && (opcit_glyph_is_upper((unsigned char)q[-1]) || q[-1] == '.'))
		q--;
	if (q > ctx->text && opcit_glyph_is_word((unsigned char)q[-1]))
		return OPCIT_NAME_NONE;
	from = q;
	for (; q < p && n + 1 < sizeof letters; q++)
		if (*q != '.')
			letters[n++] = *q;
	for (i = 0; q == p && i < sizeof known / sizeof *known; i++)
		if (strcmp(letters, known[i].letters) == 0) {
			*start = from;
			return cite_body_making(ctx, known[i].symbols);
		}
	return OPCIT_NAME_NONE;
}

/* Whether the last body named stands right before p: "Council resolution". */
bool cite_body_adjacent(const cite_ctx *ctx, const char *p)
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
uint32_t cite_body_after(const cite_ctx *ctx, const char *p, const char **end)
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
uint32_t cite_body_ahead(const cite_ctx *ctx, const char *p)
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
		if (word.upper &&
		    opcit_names_first(&ctx->registry->names, word.hash).state +
			    opcit_names_first(&ctx->registry->names, word.hash).keyword) {
			body = cite_body_at(ctx, p, &end);
			if (body != OPCIT_NAME_NONE)
				return body;
		}
		p = word.end;
	}
	return OPCIT_NAME_NONE;
}
