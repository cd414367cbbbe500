/* The piece cutter: one pass down the lines. */
#include "cutter.h"

#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct opcit_line *opcit_cut_line_at(const struct cutter *c, size_t i)
{
	return &c->blocks->lines[i];
}

bool opcit_cut_all_digits(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

static struct opcit_piece *new_piece(struct cutter *c)
{
	struct opcit_pieces *out = c->out;

	if (out->count == c->cap) {
		struct opcit_piece *more;

		c->cap = c->cap ? c->cap * 2 : 64;
		more = opcit_arena_alloc(c->arena, c->cap * sizeof *more);
		if (out->count)
			memcpy(more, out->items, out->count * sizeof *more);
		out->items = more;
	}
	memset(&out->items[out->count], 0, sizeof *out->items);
	return &out->items[out->count++];
}

static void add_note(struct cutter *c, struct opcit_piece *piece, struct opcit_str marker)
{
	struct opcit_str *more;

	if ((piece->n_notes & (piece->n_notes - 1)) == 0) {
		more = opcit_arena_alloc(c->arena, (piece->n_notes ? piece->n_notes * 2 : 1) * sizeof *more);
		if (piece->n_notes)
			memcpy(more, piece->notes, piece->n_notes * sizeof *more);
		piece->notes = more;
	}
	piece->notes[piece->n_notes++] = marker;
}

/* Take a line into the piece: its text, its anchors, a lost anchor at its
 * start. */
static void take_line(struct cutter *c, struct opcit_piece *piece, const struct opcit_line *line)
{
	struct opcit_str text = line->text;
	uint32_t i;

	if (line->confidence && (!piece->confidence || line->confidence < piece->confidence))
		piece->confidence = line->confidence;
	if (opcit_str_starts(text, "/ ") && text.len > 2) {
		opcit_drops_add(&c->blocks->drops, OPCIT_DROP_ANCHOR, opcit_str_sub(text, 0, 1));
		text = opcit_str_trim(opcit_str_sub(text, 1, text.len));
		piece->lost_anchor = piece->lines == 0;
		add_note(c, piece, opcit_arena_printf(c->arena, "%u", ++c->out->lost_anchors));
	}
	for (i = 0; i < line->n_anchors; i++)
		add_note(c, piece, line->anchors[i].marker);
	if (piece->lines == 0)
		piece->whole = text;
	if (piece->lines == 1) {
		opcit_buf_clear(&c->joined);
		opcit_buf_add_str(&c->joined, piece->whole);
	}
	if (piece->lines >= 1 && line->bullet.len)
		opcit_cut_join_line(c, line->bullet); /* a dash inside a sentence, not a bullet */
	if (piece->lines >= 1)
		opcit_cut_join_line(c, text);
	if (piece->lines < UINT8_MAX)
		piece->lines++;
}

static void begin_piece(struct cutter *c, size_t i, bool starts_block)
{
	const struct opcit_line *line = opcit_cut_line_at(c, i);
	struct opcit_piece *piece = new_piece(c);
	bool alone;

	piece->starts_block = starts_block;
	piece->page = line->page;
	piece->heading_level = line->heading_level;
	piece->strong = line->strong;
	piece->emphatic = line->emphatic;
	piece->bullet = line->bullet;
	piece->toc = c->toc;
	piece->table_row = line->table_row;
	piece->letterhead = line->letterhead;
	piece->quoted = line->quoted;
	if (!c->toc && !line->table_row && !line->letterhead) {
		piece->number = opcit_cut_number_of(c, line, &alone);
		piece->number_alone = alone;
		piece->certain_note = opcit_cut_anchored_at_start(line);
		opcit_cut_count(c, piece->number);
	}
	take_line(c, piece, line);
}

/* The last piece has all its lines. */
static void end_piece(struct cutter *c)
{
	struct opcit_piece *piece;
	struct opcit_str number;

	if (c->out->count == 0)
		return;
	piece = &c->out->items[c->out->count - 1];
	if (piece->text.ptr)
		return;
	if (piece->lines > 1)
		piece->whole = opcit_arena_dup(c->arena, opcit_buf_str(&c->joined));
	number = piece->number.printed;
	piece->text = opcit_str_trim(opcit_str_sub(piece->whole, number.len, piece->whole.len));
	if (!piece->text.ptr)
		piece->text = OPCIT_STR("");
	piece->words = (uint32_t)opcit_word_count(piece->text, WORD_LIMIT);
	if (!c->body_started && !piece->toc)
		c->body_started = (piece->number.style && piece->number.style != OPCIT_NUM_NOTE &&
		                   piece->number.style != OPCIT_NUM_NAMED) ||
		                  opcit_is_formula(piece->whole, false) || opcit_is_toc_title(piece->whole);
}

/* Paragraphs are wrapped where line ends fall inside sentences more often than
 * paragraphs stand on one long line. */
static bool is_wrapped(const struct opcit_blocks *blocks)
{
	size_t i, inside = 0, long_lines = 0;

	for (i = 0; i < blocks->n_lines; i++) {
		const struct opcit_line *line = &blocks->lines[i];

		long_lines += line->text.len > 110;
		inside += i + 1 < blocks->n_lines && !line[1].starts_block && line->text.len > 30 &&
		          opcit_starts_lower(line[1].text);
	}
	return inside * 2 > long_lines;
}

/* Furniture goes as a whole, with what the reader took out of it. */
static void drop_line(struct opcit_blocks *blocks, const struct opcit_line *line)
{
	uint32_t i;

	opcit_drops_add(&blocks->drops, OPCIT_DROP_FURNITURE, line->text);
	opcit_drops_add(&blocks->drops, OPCIT_DROP_BULLET, line->bullet);
	for (i = 0; i < line->n_anchors; i++)
		opcit_drops_add(&blocks->drops, OPCIT_DROP_ANCHOR, line->anchors[i].marker);
}

void opcit_pieces_cut(struct opcit_blocks *blocks, struct opcit_arena *arena,
                      struct opcit_pieces *pieces)
{
	struct cutter c = { .blocks = blocks, .arena = arena, .out = pieces,
		            .search_budget = SEARCH_BUDGET };
	const struct opcit_line *previous = NULL;
	size_t i;

	*pieces = (struct opcit_pieces){ .wrapped = is_wrapped(blocks) };
	opcit_cut_survey_symbols(&c);
	for (i = 0; i < blocks->n_lines; i++) {
		const struct opcit_line *line = opcit_cut_line_at(&c, i);
		bool starts_block = line->starts_block || c.page_turned || !previous;

		if (opcit_cut_is_furniture(&c, line)) {
			drop_line(blocks, line);
			c.page_turned = c.any_turned = true;
			continue;
		}
		if (c.toc) { /* each of its lines is a piece, and so is what follows it */
			starts_block = true;
			c.toc = opcit_cut_toc_goes_on(&c, i);
		}
		if (starts_block)
			end_piece(&c);
		if (starts_block || (!line->table_row && opcit_cut_starts_piece(&c, i, previous, &pieces->items[pieces->count - 1]))) {
			end_piece(&c);
			begin_piece(&c, i, starts_block);
		} else {
			take_line(&c, &pieces->items[pieces->count - 1], line);
		}
		if (!c.toc && starts_block && opcit_is_toc_title(line->text)) {
			c.toc = true;
			c.toc_from = pieces->count;
		}
		previous = line;
		c.page_turned = false;
	}
	end_piece(&c);
	opcit_buf_release(&c.joined);
}
