/* The PDF reader: where a paragraph begins, by indent, gap, font and size; the
 * notes at the foot of a page; headings. */
#include "pdf_int.h"

#include "piece.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 200, PITCHES = 200, STYLES = 12 };

/* What is measured over the whole document. Sizes are in half points. */
struct measures {
	struct pdf_doc *doc;
	uint32_t pitch[SIZES][PITCHES]; /* how often lines of a size are so far apart, in quarter points */
	float usual[SIZES];             /* the most frequent of them, or 0 */
	uint32_t styles[2 * SIZES];     /* heading styles seen: half points, bold */
};

/* The block being built. */
struct block {
	const struct pdf_line *first, *last;
	uint32_t lines;
};

static unsigned size_key(float size)
{
	return size < 0 || size * 2 >= SIZES - 1 ? SIZES - 1 : (unsigned)lroundf(size * 2);
}

/* ---- measuring -------------------------------------------------------------- */

static void measure(struct measures *m)
{
	struct pdf_doc *doc = m->doc;
	size_t chars[SIZES] = { 0 }, i;
	unsigned key, q, best;

	for (i = 0; i < doc->n_lines; i++) {
		const struct pdf_line *a = i ? &doc->lines[i - 1] : NULL, *b = &doc->lines[i];
		float d = a ? b->base - a->base : 0;

		chars[size_key(b->size)] += b->text.len;
		if (!a || a->page != b->page || size_key(a->size) != size_key(b->size) || d < 0.8F * b->size ||
		    d > 2.0F * b->size || a->x2 < b->x1 || b->x2 < a->x1)
			continue;
		q = (unsigned)lroundf(d * 4);
		if (q < PITCHES)
			m->pitch[size_key(b->size)][q]++;
	}
	for (key = 0; key < SIZES; key++) {
		for (q = best = 0; q < PITCHES; q++)
			if (m->pitch[key][q] > m->pitch[key][best])
				best = q;
		m->usual[key] = m->pitch[key][best] ? (float)best / 4 : 0;
	}
	for (key = best = 0; key < SIZES; key++)
		if (chars[key] > chars[best])
			best = key;
	doc->body_size = (float)best / 2;
}

static float pitch_of(const struct measures *m, float size)
{
	float usual = m->usual[size_key(size)];

	return usual > 0 && usual < 1.5F * size ? usual : 1.22F * size;
}

/* ---- where a block begins --------------------------------------------------- */

static bool anchored(const struct pdf_line *line)
{
	return line->n_anchors && line->anchors[0].at == 0;
}

static bool is_full(const struct pdf_line *line)
{
	float width = line->right - line->left;

	return line->right - line->x2 < 0.12F * width && line->x1 - line->left < 0.35F * width;
}

/* The next line's first word would have gone on this line. */
static bool has_room(const struct pdf_line *line, const struct pdf_line *next)
{
	return line->x2 + next->first_word + 2.0F * line->size < line->right;
}

static bool both_centred(const struct pdf_line *a, const struct pdf_line *b)
{
	float middle = (a->left + a->right) / 2;

	return fabsf((a->x1 + a->x2) / 2 - (b->x1 + b->x2) / 2) < 0.6F * a->size && a->x1 > a->left + a->size &&
	       fabsf((a->x1 + a->x2) / 2 - middle) < 0.2F * (a->right - a->left);
}

static bool both_right(const struct pdf_line *a, const struct pdf_line *b)
{
	return fabsf(a->x2 - b->x2) < 1.5F && a->x1 > a->left + 0.4F * (a->right - a->left) &&
	       b->x1 > b->left + 0.4F * (b->right - b->left);
}

/* Whether a line at the head of a page or column goes on with the block that
 * was left at the foot of the one before. */
static bool crosses_page(const struct block *block, const struct pdf_line *line)
{
	const struct pdf_line *last = block->last;
	bool stop = opcit_ends_with_stop(last->text, false);
	float indent = line->x1 - line->left;

	if (line->designated || anchored(line) || fabsf(line->size - last->size) > 0.6F || line->bold != last->bold)
		return false;
	/* In a text whose paragraphs are indented, what is indented begins one. */
	if (indent >= 0.8F * line->size && block->lines > 1 && block->first->x1 > last->x1 + 0.8F * line->size &&
	    !is_full(last) && !opcit_starts_lower(line->text))
		return false;
	if (!stop)
		return last->text.len > 0 && (opcit_starts_lower(line->text) || is_full(last) || !line->bold);
	if (opcit_starts_lower(line->text))
		return true;
	/* After a stop: only where paragraphs are seen to begin otherwise. */
	return is_full(last) && indent < 0.8F * line->size &&
	       (block->first->designated || block->first->x1 > block->last->x1 + 0.8F * line->size) && block->lines > 1;
}

/* Whether a change of indent begins a block. */
static bool indent_begins(const struct block *block, const struct pdf_line *line)
{
	const struct pdf_line *last = block->last;
	float em = 0.9F * line->size, by = line->x1 - last->x1;
	bool first = block->lines == 1;

	if (fabsf(by) <= em)
		return false;
	if (both_centred(last, line) || both_right(last, line))
		return false;
	if (by > 0) {
		if (first && last->designated && fabsf(line->x1 - last->text_x) < em)
			return false;
		if (first && anchored(last))
			return false;
		return true;
	}
	return !(first && last->x1 > line->x1);
}

static bool begins_block(const struct measures *m, const struct block *block, const struct pdf_line *line)
{
	const struct pdf_line *last = block->last;
	float down;
	bool stop;

	if (!last || line->start == PDF_START_YES)
		return true;
	if (line->start == PDF_START_NO)
		return false;
	if (last->table || line->table)
		return true;
	if (line->page != last->page || line->base < last->base - 2 * line->size)
		return !crosses_page(block, line);
	down = line->base - last->base;
	stop = opcit_ends_with_stop(last->text, false);
	if (down < 0.5F * line->size || fabsf(line->size - last->size) > 0.6F ||
	    down > pitch_of(m, line->size) + 0.22F * line->size)
		return true;
	/* Body, session, dates, agenda item: each line says its own, but for one
	 * that is a single word. */
	if (line->letterhead && last->letterhead && !memchr(last->text.ptr, ' ', last->text.len) &&
	    memchr(last->text.ptr, '/', last->text.len))
		return true; /* the symbol stands alone */
	if (line->letterhead && last->letterhead && memchr(last->text.ptr, ' ', last->text.len) && line->x1 < line->left + 0.4F * (line->right - line->left) &&
	    has_room(last, line) && !opcit_starts_lower(line->text))
		return true;
	/* The lines of a heading, however they are set. */
	if (line->bold && last->bold && !line->designated && !stop &&
	    last->x2 - last->x1 > 0.5F * (last->right - last->left))
		return false;
	if ((line->bold != last->bold || line->italic != last->italic) && (!is_full(last) || stop))
		return true;
	if (anchored(line) || (line->designated && (stop || last->designated || !is_full(last) ||
	                                            fabsf(line->x1 - last->x1) > 1)))
		return true;
	if (indent_begins(block, line))
		return true;
	/* A number alone on its line ("28/111.") belongs to what follows. */
	return fabsf(line->x1 - last->x1) < 1 && stop && last->text.len > 12 && has_room(last, line);
}

/* ---- notes ------------------------------------------------------------------ */

/* A raised marker that opens a line of running text belongs to the word before
 * it, at the end of the line above. */
static void hang_over(struct pdf_doc *doc, size_t i)
{
	struct pdf_line *line = &doc->lines[i], *last = line - 1;
	struct opcit_anchor *more;

	if (i == 0 || line->size < doc->body_size - 0.4F || line->page != last->page || line->start == PDF_START_YES ||
	    anchored(last) || !is_full(last) || fabsf(line->size - last->size) > 0.6F || !line->text.len ||
	    line->base - last->base > 1.5F * line->size)
		return;
	more = opcit_arena_alloc(doc->arena, (last->n_anchors + 1) * sizeof *more);
	if (last->n_anchors)
		memcpy(more, last->anchors, last->n_anchors * sizeof *more);
	more[last->n_anchors] = line->anchors[0];
	more[last->n_anchors++].at = last->text.len;
	last->anchors = more;
	line->anchors++;
	line->n_anchors--;
}

/* "* The present document …": a note whose asterisk is not raised. */
static bool opens_with_asterisk(const struct pdf_line *line)
{
	size_t n = strspn(line->text.ptr, "*");

	return n && n <= 3 && n + 1 < line->text.len && (line->designated || line->text.ptr[n] == ' ');
}

static void raise_asterisk(struct pdf_doc *doc, struct pdf_line *line)
{
	size_t n = strspn(line->text.ptr, "*"), i;
	struct opcit_str rest = opcit_str_trim(opcit_str_sub(line->text, n, line->text.len));
	struct opcit_anchor *all = opcit_arena_alloc(doc->arena, (line->n_anchors + 1) * sizeof *all);
	size_t cut = line->text.len - rest.len;

	all[0] = (struct opcit_anchor){ 0, opcit_str_sub(line->text, 0, n) };
	for (i = 0; i < line->n_anchors; i++) {
		all[i + 1] = line->anchors[i];
		all[i + 1].at -= all[i + 1].at < cut ? all[i + 1].at : cut;
	}
	line->anchors = all;
	line->n_anchors++;
	line->text = rest;
}

/* Whether an asterisk marks something on the page. */
static bool has_asterisk(const struct pdf_doc *doc, size_t from, size_t to)
{
	uint32_t k;

	for (; from < to; from++)
		for (k = 0; k < doc->lines[from].n_anchors; k++)
			if (doc->lines[from].anchors[k].marker.ptr[0] == '*')
				return true;
	return false;
}

/* The small lines at the foot of a page, from the first that opens with a
 * marker, are its notes. */
static void mark_notes(struct pdf_doc *doc, size_t from, size_t to)
{
	size_t i, first = to;

	/* One as large as the text is known by the asterisk that it answers. */
	for (i = to; i > from && to - i < 6 && has_asterisk(doc, from, to); i--)
		if (opens_with_asterisk(&doc->lines[i - 1]) && !doc->lines[i - 1].table &&
		    doc->lines[i - 1].base > 0.6F * doc->pages[doc->lines[i - 1].page - 1].height)
			first = i - 1;
	i = to;

	while (i > from && !doc->lines[i - 1].table && doc->lines[i - 1].size < doc->body_size - 0.4F) {
		i--;
		if (anchored(&doc->lines[i]) || opens_with_asterisk(&doc->lines[i]))
			first = i;
	}
	for (i = first; i < to; i++) {
		doc->lines[i].note = true;
		if (opens_with_asterisk(&doc->lines[i]) && !anchored(&doc->lines[i]))
			raise_asterisk(doc, &doc->lines[i]);
	}
}

static void find_notes(struct pdf_doc *doc)
{
	size_t i, from;

	for (i = 0; i < doc->n_lines; i++)
		if (anchored(&doc->lines[i]))
			hang_over(doc, i);
	for (from = i = 0; i < doc->n_lines; i++) {
		if (i + 1 < doc->n_lines && doc->lines[i + 1].page == doc->lines[i].page)
			continue;
		mark_notes(doc, from, i + 1);
		from = i + 1;
	}
}

/* ---- headings --------------------------------------------------------------- */

/* A block that is bold or larger than the text throughout, is short and has no
 * stop. Returns the style's key, 0 when it is none. */
static unsigned heading_style(const struct pdf_doc *doc, const struct pdf_line *lines, size_t n)
{
	const struct pdf_line *last = &lines[n - 1];
	bool bold = true;
	size_t i, len = 0;

	if (n > 5 || lines->table || lines->note || lines->masthead || anchored(lines))
		return 0;
	for (i = 0; i < n; i++) {
		bold = bold && lines[i].bold;
		len += lines[i].text.len;
	}
	if (len < 2 || len > 250 || opcit_ends_with_stop(last->text, true) || opcit_starts_lower(lines->text))
		return 0;
	if (lines->size < doc->body_size - 0.4F || (!bold && lines->size < doc->body_size + 0.9F))
		return 0;
	return size_key(lines->size) * 2 + bold;
}

/* Larger is higher, bold above plain. */
static void set_levels(struct measures *m, struct opcit_line *out, size_t n, const unsigned *styles)
{
	uint8_t level[2 * SIZES] = { 0 }, next = 2;
	size_t i, s = 2 * SIZES;

	while (s-- > 1)
		if (m->styles[s])
			level[s] = next < 9 ? next++ : next;
	for (i = 0; i < n; i++)
		if (styles[i])
			out[i].heading_level = level[styles[i]];
}

/* ---- handing on ------------------------------------------------------------- */

/* The bullet that a line opens with, when white space sets it apart. */
static struct opcit_str bullet_of(struct opcit_str text)
{
	size_t n = opcit_pdf_bullet(text);

	return n && text.len > n + 1 && text.ptr[n] == ' ' ? opcit_str_sub(text, 0, n) : OPCIT_STR("");
}

static struct opcit_line handed_on(struct pdf_doc *doc, const struct pdf_line *line, bool starts)
{
	struct opcit_line out = { .text = line->text, .anchors = line->anchors, .n_anchors = line->n_anchors,
		                  .page = line->page, .confidence = line->confidence, .starts_block = starts, .blank_before = starts,
		                  .bullet = { "", 0 } };
	float indent = (line->x1 - line->left) / (0.5F * fmaxf(line->size, 1));
	uint32_t i;

	out.indent = indent > 0 && indent < 1000 ? (uint16_t)indent : 0;
	out.table_row = line->table;
	out.letterhead = line->letterhead;
	out.strong = line->opens_bold && !line->masthead && !line->table;
	out.emphatic = (line->opens_bold || line->opens_italic) && !line->table;
	out.bullet = bullet_of(line->text);
	if (out.bullet.len) {
		size_t cut = line->text.len;

		out.text = opcit_str_trim(opcit_str_sub(line->text, out.bullet.len, line->text.len));
		cut -= out.text.len;
		for (i = 0; i < out.n_anchors; i++)
			out.anchors[i].at -= out.anchors[i].at < cut ? out.anchors[i].at : cut;
		if (line->table) { /* a list inside a cell is the cell's text */
			opcit_drops_add(&doc->blocks->drops, OPCIT_DROP_BULLET, out.bullet);
			out.bullet.len = 0;
		}
	}
	return out;
}

struct emitter {
	struct measures *m;
	struct opcit_line *out;
	unsigned *styles;
	size_t n;
	struct block block;
	size_t block_from;        /* its first line in doc->lines, while it is one run there */
	size_t out_from;
	size_t *held, n_held, cap_held; /* notes that wait for the block's end */
};

static void end_block(struct emitter *e)
{
	unsigned style;

	if (!e->block.lines || !e->block.first)
		return;
	style = e->block.last - e->block.first + 1 == (ptrdiff_t)e->block.lines ?
	                heading_style(e->m->doc, e->block.first, e->block.lines) : 0;
	if (style) {
		e->m->styles[style]++;
		e->styles[e->out_from] = style;
	}
	e->block = (struct block){ NULL, NULL, 0 };
}

/* A line of underscores or dashes is drawn, not written. */
static bool is_rule(struct opcit_str s)
{
	return s.len >= 5 && strchr("_-=", s.ptr[0]) && strspn(s.ptr, "_-= ") >= s.len;
}

static void put(struct emitter *e, const struct pdf_line *line, bool starts)
{
	if (starts) {
		end_block(e);
		e->block.first = line;
		e->out_from = e->n;
	}
	e->block.last = line;
	e->block.lines++;
	e->out[e->n++] = handed_on(e->m->doc, line, starts);
}

/* The notes of the pages that a block of running text spans stand after it. */
static void put_notes(struct emitter *e)
{
	size_t i;

	if (!e->n_held)
		return;
	end_block(e);
	for (i = 0; i < e->n_held; i++) {
		const struct pdf_line *line = &e->m->doc->lines[e->held[i]];

		put(e, line, !e->block.last || begins_block(e->m, &e->block, line) || opens_with_asterisk(line));
	}
	end_block(e);
	e->n_held = 0;
}

/* A program that hyphenates does so at every twentieth line or so; where it is
 * one in fifty or fewer, these are compounds that a line end happened to meet. */
static bool hyphens_are_printed(const struct pdf_doc *doc)
{
	size_t i, lines = 0, hyphens = 0;

	for (i = 0; i < doc->n_lines; i++) {
		struct opcit_str s = doc->lines[i].text;

		if (s.len < 30)
			continue;
		lines++;
		hyphens += s.ptr[s.len - 1] == '-' && isalpha((unsigned char)s.ptr[s.len - 2]);
	}
	return hyphens * 50 <= lines;
}

void opcit_pdf_blocks(struct pdf_doc *doc)
{
	struct measures *m = opcit_xcalloc(1, sizeof *m);
	struct emitter e = { .m = m };
	size_t i;

	m->doc = doc;
	measure(m);
	find_notes(doc);
	e.out = opcit_arena_alloc(doc->arena, (doc->n_lines + 1) * sizeof *e.out);
	e.styles = opcit_xcalloc(doc->n_lines + 1, sizeof *e.styles);
	for (i = 0; i < doc->n_lines; i++) {
		const struct pdf_line *line = &doc->lines[i];
		bool starts;

		if (!line->text.len && !line->n_anchors)
			continue;
		if (is_rule(line->text)) {
			opcit_drops_add(&doc->blocks->drops, OPCIT_DROP_RULE, line->text);
			continue;
		}
		if (line->note) {
			OPCIT_GROW(e.held, e.n_held, e.cap_held);
			e.held[e.n_held++] = i;
			continue;
		}
		starts = begins_block(m, &e.block, line);
		if (starts)
			put_notes(&e);
		put(&e, line, starts);
	}
	put_notes(&e);
	end_block(&e);
	set_levels(m, e.out, e.n, e.styles);
	doc->blocks->hyphens_printed = hyphens_are_printed(doc);
	doc->blocks->lines = e.out;
	doc->blocks->n_lines = e.n;
	free(e.styles);
	free(e.held);
	free(m);
}
