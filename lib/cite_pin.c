/* cite_pin.c: pinpoints, "paras. 105.13, 14 and 15", expanded one by one. */
#include "cite_int.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[STEM_PARA] = "para", [STEM_ART] = "art",   [STEM_CHAP] = "chap", [STEM_ANNEX] = "annex",
	[STEM_SECT] = "sect", [STEM_PART] = "sect", [STEM_PAGE] = "page", [STEM_SUBPARA] = "para",
};

void cite_pins_add(cite_ctx *ctx, struct cite_pins *pins, struct opcit_str pin, const char *from,
		   const char *to)
{
	struct opcit_str *list;
	struct opcit_span *spans;

	if (pins->n == OPCIT_PINS_MAX || !pin.len)
		return;
	if (pins->n == pins->cap) {
		pins->cap = pins->cap ? pins->cap * 4 : 4;
		list = opcit_arena_alloc(ctx->arena, pins->cap * sizeof *list);
		spans = opcit_arena_alloc(ctx->arena, pins->cap * sizeof *spans);
		if (pins->n) {
			memcpy(list, pins->list, pins->n * sizeof *list);
			memcpy(spans, pins->spans, pins->n * sizeof *spans);
		}
		pins->list = list;
		pins->spans = spans;
	}
	pins->spans[pins->n] =
		(struct opcit_span){ (size_t)(from - ctx->text), (size_t)(to - ctx->text) };
	pins->list[pins->n++] = pin;
}

/* The pinpoint i of others, with its place. */
static void add_again(cite_ctx *ctx, struct cite_pins *pins, const struct cite_pins *others,
		      size_t i)
{
	cite_pins_add(ctx, pins, others->list[i], ctx->text + others->spans[i].start,
		      ctx->text + others->spans[i].end);
}

enum joint { JOINT_NONE, JOINT_COMMA, JOINT_AND, JOINT_RANGE };

static bool word_is(const struct opcit_token *t, const char *list)
{
	char text[12];
	size_t n = 0;
	const char *p;

	if (!t->count || t->count > 8)
		return false;
	text[n++] = ' ';
	for (p = t->start; p < t->end && n < 10; p = opcit_glyph_next(p, t->end))
		text[n++] = (char)opcit_glyph_lower(p, t->end);
	text[n++] = ' ';
	text[n] = '\0';
	return strstr(list, text) != NULL;
}

/* What joins two items; *p moves past it. */
static enum joint read_joint(const cite_ctx *ctx, const char **p)
{
	const char *q = opcit_glyph_blank(*p, ctx->end);
	enum joint joint = JOINT_NONE;
	struct opcit_token word;
	unsigned c = opcit_glyph_at(q, ctx->end);

	if (c == '-') {
		*p = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		return JOINT_RANGE;
	}
	if (c == ',' || c == '&') {
		joint = c == ',' ? JOINT_COMMA : JOINT_AND;
		q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
	}
	word = opcit_token_at(q, ctx->end);
	if (word_is(&word, " and or et ou y e o u ")) {
		joint = JOINT_AND;
		q = word.end;
		if (opcit_glyph_at(q, ctx->end) == '/')
			q = opcit_token_at(opcit_glyph_next(q, ctx->end), ctx->end).end;
	} else if (joint == JOINT_NONE && word_is(&word, " to through a al au ")) {
		joint = JOINT_RANGE;
		q = word.end;
	}
	if (joint != JOINT_NONE)
		*p = opcit_glyph_blank(q, ctx->end);
	return joint;
}

/* A bare number after a dotted one shares its first part while it goes on
 * from it: 106.17, 18. The next whole number stands alone: 106.3 and 107. */
static void complete(struct cite_item *item, const struct cite_item *before)
{
	char tail[CITE_ITEM];
	const char *dot;

	if (item->number && !item->dotted && before->dotted) {
		dot = strrchr(before->base, '.');
		if (item->last > before->last &&
		    (item->last == before->last + 1 || item->last != before->first + 1) &&
		    (size_t)(dot - before->base) + strlen(item->base) + 2 < CITE_ITEM) {
			memcpy(tail, item->base, CITE_ITEM);
			memcpy(item->base, before->base, (size_t)(dot - before->base) + 1);
			strcpy(item->base + (dot - before->base) + 1, tail);
			item->first = before->first;
			item->dotted = true;
		}
	}
	if (!item->base[0]) { /* "(e)" alone */
		memcpy(item->base, before->base, CITE_ITEM);
		item->first = before->first;
		item->last = before->last;
		item->dotted = before->dotted;
		item->number = before->number;
		/* of several brackets only the last changes */
		dot = strrchr(before->subs, '(');
		if (dot && dot != before->subs &&
		    (size_t)(dot - before->subs) + strlen(item->subs) < CITE_ITEM) {
			memcpy(tail, item->subs, CITE_ITEM);
			memcpy(item->subs, before->subs, (size_t)(dot - before->subs));
			strcpy(item->subs + (dot - before->subs), tail);
		}
	}
}

/* "al. b)": without its stop it is the Spanish "to the". */
static bool is_alinea(const cite_ctx *ctx, const struct opcit_token *word)
{
	return word_is(word, " al ") && opcit_glyph_at(word->end, ctx->end) == '.';
}

/* ", paragraph 3 (e)" after article 14; ", subparagraph (d)" after paragraph
 * 6: the inner part as brackets, each one a pin. Returns where it ends. */
static const char *read_inner(cite_ctx *ctx, const char *p, const char *name,
			      const struct cite_item *outer, unsigned stem, struct cite_pins *pins)
{
	struct opcit_token word;
	const char *q = opcit_glyph_blank(p, ctx->end), *end;
	unsigned keyword, inner;
	struct cite_item item;
	enum joint joint;
	bool plural;

	if (opcit_glyph_at(q, ctx->end) == ',')
		q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
	word = opcit_token_at(q, ctx->end);
	keyword = is_alinea(ctx, &word) ? KW_PIN << 8 | STEM_SUBPARA : cite_keyword(ctx, &word);
	inner = opcit_keyword_stem(keyword);
	if (opcit_keyword_class(keyword) != KW_PIN ||
	    !((stem == STEM_ART && (inner == STEM_PARA || inner == STEM_SUBPARA)) ||
	      (stem == STEM_PARA && inner == STEM_SUBPARA)))
		return NULL;
	plural = word.plural;
	end = NULL;
	q = cite_skip(ctx, word.end);
	for (;;) {
		if (!cite_item_read(ctx, q, STEM_PARA, false, &item))
			return end;
		if (!end && pins->n)
			pins->n--; /* the bare article gives way */
		if (item.base[0])
			cite_pins_add(ctx, pins,
				      cite_string(ctx, "%s:%s%s(%s)%s", name, outer->base,
						  outer->subs, item.base, item.subs),
				      item.start, item.end);
		else
			cite_pins_add(ctx, pins,
				      cite_string(ctx, "%s:%s%s%s", name, outer->base, outer->subs,
						  item.subs),
				      item.start, item.end);
		end = q = item.end;
		joint = read_joint(ctx, &q);
		if (joint == JOINT_NONE || (!plural && item.base[0]))
			return end;
		if (joint == JOINT_RANGE)
			return end;
		if (joint == JOINT_AND) { /* the last one */
			if (cite_item_read(ctx, q, STEM_PARA, false, &item) &&
			    (item.base[0] || !plural)) {
				cite_pins_add(ctx, pins,
					      item.base[0] ? cite_string(ctx, "%s:%s%s(%s)%s", name,
									 outer->base, outer->subs,
									 item.base, item.subs)
							   : cite_string(ctx, "%s:%s%s%s", name,
									 outer->base, outer->subs,
									 item.subs),
					      item.start, item.end);
				end = item.end;
			}
			return end;
		}
	}
}

/* "para. 7, 8 and 9.": the plural was forgotten, but what rises and ends in "and"
 * before a stop is a list. */
static bool list_goes_on(const cite_ctx *ctx, const struct cite_item *before, const struct cite_item *at,
			 unsigned stem)
{
	struct cite_item one = *before, next = *at;
	enum joint joint = JOINT_COMMA;
	const char *q;
	unsigned c;

	for (;;) {
		if (!one.number || !next.number || next.dotted || next.last <= one.last)
			return false;
		q = next.end;
		if (joint == JOINT_AND) {
			c = opcit_glyph_at(opcit_glyph_blank(q, ctx->end), ctx->end);
			return c == OPCIT_GLYPH_END || (c < 128 && strchr(".,;:)", (int)c));
		}
		one = next;
		joint = read_joint(ctx, &q);
		if ((joint != JOINT_COMMA && joint != JOINT_AND) || !cite_item_read(ctx, q, stem, true, &next))
			return false;
	}
}

bool cite_pins_items(cite_ctx *ctx, const char *p, unsigned stem, bool plural,
		     struct cite_pins *pins)
{
	const char *name = names[stem], *q, *inner, *prefix = "";
	struct cite_item item, before, to;
	struct opcit_token word;
	enum joint joint;

	if (stem == STEM_PART && !opcit_glyph_is_upper(opcit_glyph_at(p, ctx->end)))
		return false;
	if (!cite_item_read(ctx, p, stem, true, &item) || (!item.base[0] && stem != STEM_SUBPARA))
		return false;
	word = cite_before(ctx, pins->start);
	if (stem == STEM_PARA && word.hash && word.hash == opcit_token_hash("preambular"))
		prefix = "pp";
	for (;;) {
		cite_pins_add(ctx, pins,
			      cite_string(ctx, "%s:%s%s%s", name, prefix, item.base, item.subs),
			      item.start, item.end);
		pins->end = item.end;
		inner = read_inner(ctx, item.end, name, &item, stem, pins);
		if (inner)
			pins->end = inner;
		before = item;
		q = pins->end;
		joint = read_joint(ctx, &q);
		if (joint == JOINT_RANGE) {
			if (!cite_item_read(ctx, q, stem, true, &to) || (inner && !to.base[0]))
				return true;
			if (to.number && before.number && !to.dotted && !before.dotted &&
			    to.last <= before.last && !to.subs[0])
				return true;
			pins->n--;
			cite_pins_add(ctx, pins,
				      cite_string(ctx, "%s:%s%s%s-%s%s", name, prefix, before.base,
						  before.subs, to.base, to.subs),
				      before.start, to.end);
			pins->end = to.end;
			if (to.base[0])
				before = to;
			q = pins->end;
			joint = read_joint(ctx, &q);
		}
		if (joint == JOINT_NONE || joint == JOINT_RANGE ||
		    !cite_item_read(ctx, q, stem, true, &item))
			return true;
		if (!plural && item.base[0] && joint == JOINT_COMMA && stem != STEM_PAGE &&
		    !before.dotted && !list_goes_on(ctx, &before, &item, stem))
			return true; /* "paragraph 5, 12 States" */
		complete(&item, &before);
	}
}

bool cite_pins_read(cite_ctx *ctx, const struct opcit_token *word, unsigned stem,
		    struct cite_pins *pins)
{
	const char *p = cite_skip(ctx, word->end);
	bool single = word->count == 1 || (word->count && word->count <= 2);

	if (!pins->n) {
		pins->start = word->start;
		pins->end = word->end;
	}
	/* a lone letter p needs its stop, and no capital */
	if (single && stem == STEM_PAGE &&
	    (word->upper || opcit_glyph_at(word->end, ctx->end) != '.') && !ctx->typed)
		return false;
	p = cite_skip_number_sign(ctx, p);
	pins->stem = stem;
	pins->plural = word->plural || !word->count || single || ctx->typed;
	if (word->count == 3 && word->plural)
		pins->plural = true;
	return cite_pins_items(ctx, p, stem, pins->plural, pins);
}

/* Whether the pinpoints that end here belong to what follows: "of the". */
static bool looks_ahead(const cite_ctx *ctx, const char *p)
{
	const char *q = opcit_glyph_blank(p, ctx->end);
	struct opcit_token word;

	if (opcit_glyph_at(q, ctx->end) == ',')
		q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
	word = opcit_token_at(q, ctx->end);
	if (word_is(&word, " of ")) { /* "articles 6 and 7 of which": what stands before */
		struct opcit_token next = cite_next(ctx, word.end);

		return !word_is(&next, " which whose ");
	}
	return word_is(&word, " du de del des d ");
}

/* Past "Part I)", which belongs to a symbol. */
static const char *after_part(const cite_ctx *ctx, const struct opcit_token *part)
{
	struct opcit_token number = cite_next(ctx, part->end);

	if (!part->upper || !number.count || number.count > 4 || (!number.caps && !number.digits) ||
	    opcit_glyph_at(number.end, ctx->end) != ')')
		return NULL;
	return opcit_glyph_next(number.end, ctx->end);
}

bool cite_pins_after(cite_ctx *ctx, const char *p, struct cite_pins *pins)
{
	struct cite_pins group;
	struct opcit_token word;
	const char *q;
	unsigned c, keyword, stem, i;
	enum opcit_keyword class;

	memset(pins, 0, sizeof *pins);
	for (i = 0; i < 4; i++) {
		bool bracket = false;

		q = opcit_glyph_blank(p, ctx->end);
		c = opcit_glyph_at(q, ctx->end);
		if (c == ')' || c == '"')
			q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		c = opcit_glyph_at(q, ctx->end);
		if (c == ',' || c == ':')
			q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		bracket = opcit_glyph_at(q, ctx->end) == '(';
		if (bracket)
			q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		if (opcit_glyph_at(q, ctx->end) == OPCIT_GLYPH_PILCROW) {
			word = (struct opcit_token){ .start = q };
			while (opcit_glyph_at(q, ctx->end) == OPCIT_GLYPH_PILCROW)
				q = opcit_glyph_next(q, ctx->end);
			word.end = q;
			keyword = KW_PIN << 8 | STEM_PARA;
		} else {
			word = opcit_token_at(q, ctx->end);
			keyword = cite_keyword(ctx, &word);
			while (opcit_keyword_class(keyword) == KW_LEAD ||
			       (opcit_keyword_class(keyword) == KW_FILLER &&
				word_is(&word, " in its en the "))) {
				word = cite_next(ctx, word.end);
				keyword = cite_keyword(ctx, &word);
			}
			if (word.hash == opcit_token_hash("preambular") ||
			    word.hash == opcit_token_hash("operative")) { /* "…, preambular para. 3" */
				word = cite_next(ctx, word.end);
				keyword = cite_keyword(ctx, &word);
				if (keyword != (KW_PIN << 8 | STEM_PARA))
					break;
			}
		}
		class = opcit_keyword_class(keyword);
		stem = opcit_keyword_stem(keyword);
		if (class == KW_OP && ctx->typed) {
			struct opcit_token para = cite_next(ctx, cite_skip(ctx, word.end));

			class = KW_PIN;
			stem = STEM_PARA;
			if (cite_keyword(ctx, &para) == (KW_PIN << 8 | STEM_PARA))
				word = para;
		}
		if (class == KW_PIN && stem == STEM_PART && bracket && i == 0) {
			q = after_part(ctx, &word); /* "A/CONF.157/24 (Part I), chap. III" */
			if (q) {
				p = q;
				continue;
			}
		}
		memset(&group, 0, sizeof group);
		if (class == KW_ORDINAL ? !cite_pins_read_ordinal(ctx, &word, stem, &group)
					: class != KW_PIN && !cite_pins_read_note(ctx, &word, &group))
			break;
		if (stem == STEM_PART && bracket)
			break;
		if (!group.n && !cite_pins_read(ctx, &word, stem, &group)) {
			if (stem != STEM_ANNEX || (word.upper && !ctx->typed) ||
			    looks_ahead(ctx, word.end))
				break;
			group.start = word.start; /* "annex", alone */
			group.end = word.end;
		}
		if (looks_ahead(ctx, group.end))
			break;
		if (!pins->start)
			pins->start = group.start;
		for (size_t j = 0; j < group.n; j++)
			add_again(ctx, pins, &group, j);
		p = pins->end = group.end;
	}
	return pins->start != NULL;
}

bool cite_pins_bare(cite_ctx *ctx, const char *p, struct opcit_str form, struct cite_pins *pins)
{
	const char *q = cite_past_comma(ctx, p), *digits;
	struct opcit_token word = opcit_token_at(q, ctx->end);
	char letters[3];

	memset(pins, 0, sizeof *pins);
	if (cite_is_year(&word)) { /* "S/RES/687 1991, op3" */
		q = cite_past_comma(ctx, word.end);
		word = opcit_token_at(q, ctx->end);
	}
	pins->start = q;
	if (word.count > 2 && word.count < 6) { /* "op8", "pp5" */
		letters[0] = (char)opcit_glyph_lower(q, ctx->end);
		digits = opcit_glyph_next(q, ctx->end);
		letters[1] = (char)opcit_glyph_lower(digits, ctx->end);
		letters[2] = '\0';
		digits = opcit_glyph_next(digits, ctx->end);
		word = opcit_token_at(digits, ctx->end);
		if ((!strcmp(letters, "op") || !strcmp(letters, "pp")) && word.digits) {
			cite_pins_add(ctx, pins,
				      cite_string(ctx, "para:%s%u", letters[0] == 'p' ? "pp" : "",
						  word.value),
				      q, word.end);
			pins->end = word.end;
			return true;
		}
	}
	return opcit_glyph_is_digit(opcit_glyph_at(q, ctx->end)) &&
	       cite_pins_items(ctx, q, opcit_str_is(form, "name") ? STEM_ART : STEM_PARA, true,
			       pins);
}

/* "paragraph 3 of article 14" is art:14(3), "subparagraph (b) of paragraph 4" para:4(b). */
static bool nest(cite_ctx *ctx, struct cite_pins *article)
{
	struct cite_pins *outer = &ctx->pending;
	struct cite_pins both = { .start = outer->start, .end = article->end, .stem = article->stem };
	const char *para, *bracket;
	size_t i;

	if (!outer->n || article->n != 1 ||
	    !(article->stem == STEM_ART ? outer->stem == STEM_PARA || outer->stem == STEM_SUBPARA
					: article->stem == STEM_PARA && outer->stem == STEM_SUBPARA) ||
	    !cite_only(ctx, outer->end, article->start, KW_FILLER, KW_FILLER))
		return false;
	for (i = 0; i < outer->n; i++) {
		para = strchr(outer->list[i].ptr, ':') + 1;
		bracket = strchr(para, '(');
		if (!bracket)
			bracket = para + strlen(para);
		cite_pins_add(ctx, &both,
			      bracket == para ? cite_string(ctx, "%s%s", article->list[0].ptr, bracket)
					      : cite_string(ctx, "%s(%.*s)%s", article->list[0].ptr,
							    (int)(bracket - para), para, bracket),
			      ctx->text + outer->spans[i].start, ctx->text + outer->spans[i].end);
	}
	*article = both;
	return true;
}

bool cite_pins_wait(cite_ctx *ctx, const struct opcit_token *word, unsigned stem)
{
	struct cite_pins pins = { 0 };
	size_t i;

	if (!cite_pins_read(ctx, word, stem, &pins)) {
		/* "the annex to resolution …" keeps what waits */
		return false;
	}
	if (!looks_ahead(ctx, pins.end) && cite_pins_belong(ctx, &pins))
		return true;
	if (ctx->pending.n && !nest(ctx, &pins) &&
	    (ctx->pending.stem == stem
		     ? cite_only(ctx, ctx->pending.end, pins.start, KW_CHAIN, KW_FILLER)
		     : cite_only(ctx, ctx->pending.end, pins.start, KW_NONE, KW_NONE))) {
		for (i = 0; i < pins.n; i++)
			add_again(ctx, &ctx->pending, &pins, i);
		ctx->pending.stem = stem;
		ctx->pending.end = pins.end;
	} else {
		ctx->pending = pins;
	}
	ctx->pos = pins.end;
	return true;
}

/* "fifth preambular paragraph" is para:pp5, "fourth operative paragraph" para:4. */
bool cite_pins_ordinal(cite_ctx *ctx, const struct opcit_token *word, unsigned count)
{
	struct cite_pins pins = { 0 };

	if (!cite_pins_read_ordinal(ctx, word, count, &pins))
		return false;
	ctx->pending = pins;
	ctx->pos = pins.end;
	return true;
}
