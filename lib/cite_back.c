/* cite_back.c: ibid., supra note, op. cit., and the few series of reports
 * and journals that are cited by words. */
#include "cite_int.h"

#include <stdio.h>
#include <string.h>

/* ---- notes ---- */

enum { LITTLE = 24 }; /* bytes: "See also", brackets */

/* "UNGA, 'Title' (21 July 2010) UN Doc A/65/1, para 3": what stands before the
 * symbol are its author, title and date. */
static bool is_full_form(const cite_ctx *ctx)
{
	static const char *const others[] = { "citing", "quoted", "quoting", "cited", "also", "cf", "reprinted" };
	const char *start = ctx->text + ctx->cites[0].start, *p = ctx->text;
	struct opcit_token word;
	size_t i;

	if (memchr(ctx->text, ';', ctx->record->text.len) || ctx->cites[0].start < 6 ||
	    ctx->end - (ctx->text + ctx->cites[ctx->n_cites - 1].end) > 3)
		return false;
	for (; p < start; p = word.count ? word.end : opcit_glyph_next(p, ctx->end)) {
		word = opcit_token_at(p, ctx->end);
		for (i = 0; i < sizeof others / sizeof *others; i++)
			if (word.count && word.hash == opcit_token_hash(others[i]))
				return false;
	}
	while (start > ctx->text && (start[-1] == ' ' || start[-1] == '.'))
		start--;
	word = cite_before(ctx, start);
	return word.hash && word.upper && word.hash == opcit_token_hash("doc");
}

/* A note stands for its citation only when it holds one thing and little
 * else: what an "ibid." after "Smith, Travels, p. 4; A/65/1" means is not
 * known. */
void cite_note_end(cite_ctx *ctx)
{
	struct cite_note note = { .label = ctx->record->label };
	size_t i, inside = 0, at = 0;
	bool one = ctx->n_cites > 0;

	for (i = 0; i < ctx->n_cites; i++) {
		one = one && opcit_str_eq(ctx->cites[i].target, ctx->cites[0].target);
		if (ctx->cites[i].end > at) {
			inside += ctx->cites[i].end -
				  (ctx->cites[i].start > at ? ctx->cites[i].start : at);
			at = ctx->cites[i].end;
		}
	}
	if (one && (ctx->record->text.len - inside <= LITTLE || is_full_form(ctx)))
		note.target = ctx->cites[0].target;
	ctx->last_note = note.target;
	if (ctx->n_notes == ctx->cap_notes) {
		size_t cap = ctx->cap_notes ? ctx->cap_notes * 2 : 64;
		struct cite_note *notes = opcit_arena_alloc(ctx->arena, cap * sizeof *notes);

		if (ctx->n_notes)
			memcpy(notes, ctx->notes, ctx->n_notes * sizeof *notes);
		ctx->notes = notes;
		ctx->cap_notes = cap;
	}
	ctx->notes[ctx->n_notes++] = note;
}

/* In running text "ibid." goes on with the text before: with the one document
 * that its last paragraph cites, or with the citation that it ends with. */
void cite_text_end(cite_ctx *ctx)
{
	const struct opcit_citation *last = ctx->n_cites ? &ctx->cites[ctx->n_cites - 1] : NULL;
	bool one = true;
	size_t i;

	for (i = 1; i < ctx->n_cites; i++)
		one = one && opcit_str_eq(ctx->cites[i].target, ctx->cites[0].target);
	ctx->last_text = (struct opcit_str){ NULL, 0 };
	if (last && (one || ctx->record->text.len - last->end <= LITTLE))
		ctx->last_text = last->target;
}

/* The note of that number; the latest one where numbers start again. */
static struct opcit_str note_target(const cite_ctx *ctx, const struct opcit_token *number)
{
	struct opcit_str label;
	size_t i;

	for (i = ctx->n_notes; i-- > 0;) {
		label = ctx->notes[i].label;
		if (opcit_str_starts(label, "fn"))
			label = opcit_str_sub(label, 2, label.len);
		if (opcit_str_eq(label,
				 (struct opcit_str){ number->start,
						     (size_t)(number->end - number->start) }))
			return ctx->notes[i].target;
	}
	return (struct opcit_str){ NULL, 0 };
}

static bool ends_here(const cite_ctx *ctx, const char *p)
{
	unsigned c = opcit_glyph_at(p, ctx->end);

	if (c == '.')
		p = opcit_glyph_next(p, ctx->end);
	p = opcit_glyph_blank(p, ctx->end);
	c = opcit_glyph_at(p, ctx->end);
	return c == OPCIT_GLYPH_END || c == ';' || c == ')';
}

/* What stands before it: notes go on with notes, the text with the text. */
static struct opcit_str cited_before(const cite_ctx *ctx)
{
	if (ctx->n_cites)
		return ctx->cites[ctx->n_cites - 1].target;
	return ctx->record->kind == OPCIT_KIND_FOOTNOTE ? ctx->last_note : ctx->last_text;
}

bool cite_ibid(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_str target = cited_before(ctx);
	struct cite_pins after;
	const char *end = word->end;
	size_t first = ctx->n_cites;

	if (opcit_glyph_at(end, ctx->end) == '.')
		end = opcit_glyph_next(end, ctx->end);
	/* "Id. ¶ 9"; an "id" or "ID." may be a card */
	if (word->count == 2 && (end == word->end || word->caps ||
				 !(word->start == ctx->text || cite_pins_after(ctx, end, &after))))
		return false;
	/* "Ibid., Twenty-ninth Year, …" goes on to name its own document */
	if (!ends_here(ctx, end) && !(cite_pins_after(ctx, end, &after) && after.n))
		return false;
	cite_push(ctx, word->start, end, target, "ibid");
	cite_settle(ctx, first);
	return true;
}

bool cite_supra(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_token note = cite_next(ctx, word->end), number;
	size_t first = ctx->n_cites;

	if (note.hash != opcit_token_hash("note") && note.hash != opcit_token_hash("n"))
		return false;
	number = cite_next(ctx, cite_skip(ctx, note.end));
	if (!number.digits || !number.count)
		return false;
	cite_push(ctx, word->start, number.end, note_target(ctx, &number), "supra");
	cite_settle(ctx, first);
	if (ctx->pos < number.end)
		ctx->pos = number.end;
	return true;
}

/* Whose work is meant only the reader knows. */
bool cite_op_cit(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_token cit = cite_next(ctx, cite_skip(ctx, word->end));
	struct opcit_str nothing = { NULL, 0 };

	if (cit.hash != opcit_token_hash("cit") || opcit_glyph_at(word->end, ctx->end) != '.')
		return false;
	cite_push(ctx, word->start, cit.end, nothing, "op cit");
	ctx->pos = cit.end;
	return true;
}

/* ---- I.C.J. Reports 1971, p. 16 ---- */

/* Scanners read I as L, l or 1; what is certain is "C.J." before "Reports". */
static bool is_icj(const cite_ctx *ctx, const char *p, const char **start)
{
	const char *q = p, *floor = p - ctx->text > 9 ? p - 9 : ctx->text;
	unsigned letters = 0, cj = 0;

	while (q > floor && q[-1] == ' ')
		q--;
	while (q > floor && q[-1] != ' ' && q[-1] != ',' && q[-1] != '(') {
		q--;
		letters += opcit_glyph_is_word((unsigned char)*q);
		cj += *q == 'C' || *q == 'J';
	}
	*start = q;
	return cj == 2 && letters >= 3 && letters <= 4;
}

bool cite_reports(cite_ctx *ctx, const struct opcit_token *word)
{
	struct opcit_token year, page;
	const char *start, *p;
	size_t first = ctx->n_cites;

	if (!word->plural || !word->upper || !is_icj(ctx, word->start, &start))
		return false;
	year = cite_next(ctx, word->end);
	p = opcit_glyph_blank(year.end, ctx->end);
	if (!year.digits || year.count != 4 || opcit_glyph_at(p, ctx->end) != ',')
		return false;
	page = cite_next(ctx, opcit_glyph_next(p, ctx->end));
	if (page.hash != opcit_token_hash("p") && page.hash != opcit_token_hash("pp"))
		return false;
	page = cite_next(ctx, cite_skip(ctx, page.end));
	if (!page.count || !opcit_glyph_is_digit(opcit_glyph_at(page.start, ctx->end)))
		return false;
	cite_push(ctx, start, page.end,
		  cite_string(ctx, "ICJ Reports %u, p. %.*s", year.value,
			      (int)(page.end - page.start), page.start),
		  "words");
	ctx->pos = page.end;
	cite_settle(ctx, first);
	return true;
}

/* ---- Official Journal of the European Union L 348, 24.12.2008 ---- */

static const char *read_date(const cite_ctx *ctx, const char *p, char *date, size_t size)
{
	size_t n = 0, dots = 0;
	unsigned c;

	for (; n + 1 < size; p = opcit_glyph_next(p, ctx->end)) {
		c = opcit_glyph_at(p, ctx->end);
		if (c == '.' &&
		    opcit_glyph_is_digit(opcit_glyph_at(opcit_glyph_next(p, ctx->end), ctx->end)))
			dots++;
		else if (!opcit_glyph_is_digit(c))
			break;
		date[n++] = (char)c;
	}
	date[n] = '\0';
	return dots == 2 && n >= 8 ? p : NULL;
}

bool cite_journal(cite_ctx *ctx, const struct opcit_token *word)
{
	static const char *const skip[] = { "journal",  "official", "of",          "the",
					    "european", "union",    "communities", "community",
					    "no",       "oficial",  "officiel",    "de",
					    "la",       "union" };
	struct opcit_token next = *word, number;
	const char *p, *end;
	char date[16];
	size_t first = ctx->n_cites, i, words;
	bool journal = false;

	for (words = 0; words < 10; words++) {
		if (next.hash == opcit_token_hash("journal") ||
		    next.hash == opcit_token_hash("oj") || next.hash == opcit_token_hash("diario"))
			journal = true;
		p = opcit_glyph_blank(next.end, ctx->end);
		if (opcit_glyph_at(p, ctx->end) == ',' || opcit_glyph_at(p, ctx->end) == '.')
			p = opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end);
		next = opcit_token_at(p, ctx->end);
		for (i = 0; i < sizeof skip / sizeof *skip; i++)
			if (next.hash && next.hash == opcit_token_hash(skip[i]))
				break;
		if (i == sizeof skip / sizeof *skip)
			break;
		if (words == 0 && !journal && next.hash != opcit_token_hash("journal"))
			return false;
	}
	if (!journal || next.count != 1 || (*next.start != 'L' && *next.start != 'C'))
		return false;
	number = cite_next(ctx, next.end);
	if (!number.digits || !number.count)
		return false;
	p = opcit_glyph_blank(number.end, ctx->end);
	if (opcit_glyph_at(p, ctx->end) == ',')
		p = opcit_glyph_blank(opcit_glyph_next(p, ctx->end), ctx->end);
	end = read_date(ctx, p, date, sizeof date);
	if (!end)
		return false;
	cite_push(ctx, word->start, end,
		  cite_string(ctx, "OJ %c %u, %s", *next.start, number.value, date), "words");
	ctx->pos = end;
	cite_settle(ctx, first);
	return true;
}

/* ---- application No. 27021/08 of the European Court of Human Rights ---- */

bool cite_application(cite_ctx *ctx, const struct opcit_token *word)
{
	const char *p = opcit_glyph_blank(word->end, ctx->end), *q = cite_skip_number_sign(ctx, p);
	const char *start = word->start;
	struct opcit_symbol number;
	struct opcit_token next;
	size_t first;
	bool any = false;

	if (q == p)
		return false;
	for (;;) {
		next = opcit_token_at(q, ctx->end);
		if (!next.digits || !next.count || next.count > 5 ||
		    !opcit_number_scan(q, ctx->end, ctx->typed, &number) ||
		    number.shape != OPCIT_SHAPE_SLASH || number.second > 99 ||
		    number.end - next.end != 3)
			return any;
		first = ctx->n_cites;
		cite_push(ctx, start, number.end, cite_string(ctx, "ECHR %s", number.text),
			  "words");
		ctx->pos = number.end;
		cite_settle(ctx, first);
		any = true;
		q = opcit_glyph_blank(ctx->pos, ctx->end);
		if (opcit_glyph_at(q, ctx->end) == ',')
			q = opcit_glyph_blank(opcit_glyph_next(q, ctx->end), ctx->end);
		next = opcit_token_at(q, ctx->end);
		if (opcit_keyword_class(cite_keyword(ctx, &next)) == KW_CHAIN)
			q = opcit_glyph_blank(next.end, ctx->end);
		if (q == ctx->pos || !word->plural)
			return true;
		start = q;
	}
}
