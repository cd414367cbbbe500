/* cite_item.c: one item of a list of pinpoints: "105.13", "6 (d)", "IV". */
#include "cite_int.h"

#include <string.h>

/* "(d)", "(1)", "(iv)" after optional spaces, up to four of them. */
static const char *read_subs(const cite_ctx *ctx, const char *p, char subs[CITE_ITEM])
{
	size_t len = strlen(subs), n, i;
	const char *q, *end = p;
	unsigned c;
	bool letters, digits;

	for (i = 0; i < 4; i++) {
		q = opcit_glyph_blank(end, ctx->end);
		if (i == 0 && opcit_glyph_at(q, ctx->end) - 'a' < 26 &&
		    opcit_glyph_at(opcit_glyph_next(q, ctx->end), ctx->end) == ')') {
			/* "31 a)" as French and Spanish have it */
			subs[len++] = '(';
			subs[len++] = (char)opcit_glyph_at(q, ctx->end);
			subs[len++] = ')';
			end = opcit_glyph_next(opcit_glyph_next(q, ctx->end), ctx->end);
			continue;
		}
		if (ctx->typed && opcit_glyph_at(q, ctx->end) - 'a' < 26 &&
		    opcit_token_at(q, ctx->end).count == 1) {
			/* "67 h", "67h": nobody types brackets */
			subs[len++] = '(';
			subs[len++] = (char)opcit_glyph_at(q, ctx->end);
			subs[len++] = ')';
			end = opcit_glyph_next(q, ctx->end);
			continue;
		}
		if (opcit_glyph_at(q, ctx->end) != '(' || len + 10 > CITE_ITEM)
			break;
		subs[len] = '(';
		n = 1;
		letters = digits = false;
		q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		for (; n < 7 && opcit_glyph_is_word(c = opcit_glyph_at(q, ctx->end));
		     q = opcit_glyph_next(q, ctx->end)) {
			subs[len + n++] = (char)c;
			letters |= opcit_glyph_is_letter(c);
			digits |= opcit_glyph_is_digit(c);
		}
		q = opcit_glyph_blank(q, ctx->end);
		if (n == 1 || (digits && n > 4) || (digits && letters) || (letters && n > 5) ||
		    opcit_glyph_at(q, ctx->end) != ')')
			break;
		subs[len + n] = ')';
		len += n + 1;
		end = opcit_glyph_next(q, ctx->end);
	}
	subs[len] = '\0';
	return end;
}

bool cite_is_month(const struct opcit_token *t)
{
	static const char *const months =
		" jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic fev avr mai aou "
		"jan fév déc ";
	char key[6] = " ...";
	const char *p = t->start;
	int i;

	if (t->count < 3)
		return false;
	for (i = 1; i < 4; i++, p = opcit_glyph_next(p, t->end))
		key[i] = (char)opcit_glyph_lower(p, t->end);
	key[4] = ' ';
	if (!strstr(months, key) && strcmp(key, " jui ") != 0)
		return false;
	return t->count < 10;
}

static bool read_number(const cite_ctx *ctx, const char *p, bool loose, struct cite_item *item)
{
	struct opcit_token word;
	const char *q, *r;
	size_t len = 0;
	unsigned c, value = 0, groups = 0;

	for (;;) {
		size_t from = len;

		for (value = 0;
		     opcit_glyph_is_digit(c = opcit_glyph_at(p, ctx->end)) && len - from < 6;
		     p = opcit_glyph_next(p, ctx->end)) {
			item->base[len++] = (char)c;
			value = value * 10 + (c - '0');
		}
		if (len == from || opcit_glyph_is_digit(c))
			return false;
		item->first = groups ? item->first : value;
		item->last = value;
		if (c != '.' || ++groups == 4)
			break;
		q = opcit_glyph_next(p, ctx->end);
		r = opcit_glyph_at(q, ctx->end) == ' ' ? opcit_glyph_blank(q, ctx->end) : q;
		if (!opcit_glyph_is_digit(opcit_glyph_at(r, ctx->end)))
			break;
		if (r > q) { /* "115. 23" is one number where the list goes on or ends */
			word = opcit_token_at(r, ctx->end);
			c = opcit_glyph_at(word.end, ctx->end);
			if (!loose || word.count > 3 || !(c == ',' || c == ')' || c == ';'))
				break;
		}
		item->base[len++] = '.';
		p = r;
	}
	item->base[len] = '\0';
	item->dotted = strchr(item->base, '.') != NULL;
	item->number = true;
	/* bis, ter; one letter */
	word = opcit_token_at(opcit_glyph_blank(p, ctx->end), ctx->end);
	if (word.hash && !word.upper &&
	    (word.hash == opcit_token_hash("bis") || word.hash == opcit_token_hash("ter"))) {
		memcpy(item->base + len, word.hash == opcit_token_hash("bis") ? "bis" : "ter", 4);
		p = word.end;
	} else if (opcit_glyph_is_letter(opcit_glyph_at(p, ctx->end))) {
		word = opcit_token_at(p, ctx->end);
		if (word.count != 1)
			return false;
		if (ctx->typed && opcit_glyph_at(p, ctx->end) - 'a' < 26) {
			item->end = p;
			return true;
		}
		item->base[len++] = (char)opcit_glyph_at(p, ctx->end);
		item->base[len] = '\0';
		p = word.end;
	}
	c = opcit_glyph_at(p, ctx->end);
	if (c == '/' || c == '%')
		return false;
	if (c == '.') { /* "Article 3.l" of the Charter of the OAS is 3(l) */
		q = opcit_glyph_next(p, ctx->end);
		word = opcit_token_at(q, ctx->end);
		if (opcit_glyph_at(q, ctx->end) - 'a' < 26 && word.count == 1 &&
		    opcit_glyph_at(word.end, ctx->end) != '.') {
			item->subs[0] = '(';
			item->subs[1] = *q;
			item->subs[2] = ')';
			p = word.end;
		}
	}
	item->end = p;
	return true;
}

/* A Roman numeral or a capital for chapters, annexes, sections and parts. */
static bool read_designator(const cite_ctx *ctx, const char *p, unsigned stem,
			    struct cite_item *item)
{
	struct opcit_token word = opcit_token_at(p, ctx->end);
	char text[16];
	size_t len = 0;
	const char *q;
	unsigned c;

	if (stem == STEM_PAGE || stem == STEM_SUBPARA || !word.caps || !word.count ||
	    word.count > 9 || word.digits)
		return false;
	for (q = word.start; q < word.end; q = opcit_glyph_next(q, word.end))
		text[len++] = (char)opcit_glyph_at(q, word.end);
	text[len] = '\0';
	if (!opcit_roman(text, len) && (len != 1 || stem == STEM_PARA || stem == STEM_ART))
		return false;
	if (stem == STEM_PARA)
		return false;
	c = opcit_glyph_at(word.end, ctx->end);
	if (c == '/' || c == '\'' || opcit_glyph_is_word(c))
		return false;
	memcpy(item->base, text, len + 1);
	item->end = word.end;
	/* "V.B.1" */
	while (c == '.' && len + 6 < CITE_ITEM) {
		q = opcit_glyph_next(item->end, ctx->end);
		word = opcit_token_at(q, ctx->end);
		if (!word.count || word.count > 3 || !word.caps)
			break;
		item->base[len++] = '.';
		for (; q < word.end; q = opcit_glyph_next(q, word.end))
			item->base[len++] = (char)opcit_glyph_at(q, word.end);
		item->base[len] = '\0';
		item->end = word.end;
		c = opcit_glyph_at(item->end, ctx->end);
	}
	return true;
}

/* "b)", as French and Spanish have it. */
static bool is_letter_alone(const cite_ctx *ctx, const char *p)
{
	return opcit_glyph_at(p, ctx->end) - 'a' < 26 &&
	       opcit_glyph_at(opcit_glyph_next(p, ctx->end), ctx->end) == ')';
}

bool cite_item_read(const cite_ctx *ctx, const char *p, unsigned stem, bool loose,
		    struct cite_item *item)
{
	struct opcit_token word;
	const char *q;
	unsigned c;

	memset(item, 0, sizeof *item);
	item->start = p;
	c = opcit_glyph_at(p, ctx->end);
	if (c == '(' || is_letter_alone(ctx, p)) {
		item->end = read_subs(ctx, p, item->subs);
		return item->subs[0] != '\0';
	}
	if (opcit_glyph_is_digit(c) ? !read_number(ctx, p, loose, item)
				    : !read_designator(ctx, p, stem, item))
		return false;
	/* "12 March", "713 (1991)" are no items */
	q = opcit_glyph_blank(item->end, ctx->end);
	word = opcit_token_at(q, ctx->end);
	if (item->number && q > item->end && cite_is_month(&word))
		return false;
	item->end = read_subs(ctx, item->end, item->subs);
	q = opcit_glyph_blank(item->end, ctx->end);
	if (item->number && opcit_glyph_at(q, ctx->end) == '(') {
		word = opcit_token_at(opcit_glyph_next(q, ctx->end), ctx->end);
		if (word.digits && word.count == 4)
			return false;
	}
	return true;
}
