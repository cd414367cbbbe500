/* The segmenter proper: one walk over the pieces that gives each its role. The
 * rules it follows are written out in docs/segmenting.md; the order in which
 * they are asked is the order of take_piece(). */
#include "segmenter.h"

#include "language.h"
#include "metadata.h"
#include "opener.h"

#include <stdlib.h>
#include <string.h>

/* ---- notes ------------------------------------------------------------------ */

enum { NOTE_REACH = 64 }; /* records between a marker and its note */

/* Whether "1. …", which does not go on with the count of a resolution's
 * clauses, answers the raised marker that waits next: under the same heading,
 * in a text where no other note has that number. */
static bool answers_marker(const struct segmenter *s, unsigned value)
{
	size_t i, j;

	if (!s->enacts || s->open == NONE || value != s->last_note + 1 || value > s->last_arabic)
		return false;
	if (!opcit_note_set_is_open(&s->notes, value))
		return false;
	for (i = s->open + 1; i-- && s->open - i < NOTE_REACH;) {
		const struct opcit_record *record = &s->out->records[i];

		for (j = 0; j < record->n_notes; j++)
			if (record->kind != OPCIT_KIND_FOOTNOTE && (unsigned)strtoul(record->notes[j].ptr, NULL, 10) == value)
				return true;
	}
	return false;
}

/* Whether piece i is a footnote, and with which marker. */
bool opcit_seg_is_note(struct segmenter *s, size_t i, struct opcit_number *number)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);

	*number = piece->number;
	if (opcit_str_is(piece->bullet, "*") && opcit_note_set_has_star(&s->notes)) {
		*number = (struct opcit_number){ OPCIT_NUM_NOTE, 0, piece->bullet, piece->bullet };
		return true;
	}
	if (i >= s->tail_notes) {
		if (number->style == OPCIT_NUM_ARABIC || number->style == OPCIT_NUM_NOTE)
			return true;
		number->value = s->last_note + 1;
		number->label = opcit_arena_printf(s->arena, "%u", number->value);
		return number->style == OPCIT_NUM_LOST;
	}
	if (piece->number.style == OPCIT_NUM_ARABIC)
		return answers_marker(s, number->value);
	if (piece->number.style != OPCIT_NUM_NOTE)
		return false;
	if (piece->certain_note)
		return true;
	if (number->label.len && number->label.ptr[0] == '*')
		return opcit_note_set_has_star(&s->notes);
	/* A plain figure: a paragraph number that lost its stop, or a note? */
	if (s->enacts && s->part != PART_CLOSED && number->value == s->last_arabic + 1 &&
	    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
		return false;
	if (s->part == PART_CLOSED || (s->after_note_piece && number->value > s->last_note &&
	                               number->value <= s->last_note + 3))
		return true;
	return opcit_note_set_has(&s->notes, number->value);
}

void opcit_seg_note_record(struct segmenter *s, const struct opcit_piece *piece, struct opcit_number number)
{
	struct opcit_str label = opcit_arena_printf(s->arena, "fn%.*s", OPCIT_FMT(number.label));
	struct opcit_str printed = number.printed.len ? number.printed : number.label;
	struct opcit_str text = printed.ptr == piece->bullet.ptr ? piece->whole : piece->text;
	struct opcit_record *record;

	/* What looks like a heading among the notes is part of one of them. */
	if (s->outline.depth > 1 && opcit_seg_is_notes_title(s->outline.entries[0].text))
		opcit_outline_cut(&s->outline, 1);
	record = opcit_seg_record(s, OPCIT_KIND_FOOTNOTE, label, piece, text, printed);
	if (piece->certain_note && number.label.ptr == piece->notes[0].ptr) {
		record->notes++;
		record->n_notes--;
	}
	/* Notes gathered at the end, or after the closing line, stand under no
	 * heading but "Notes". */
	if (s->part == PART_CLOSED ||
	    (s->tail_gathered && piece >= &s->pieces.items[s->tail_notes])) {
		const struct opcit_outline_entry *top = opcit_outline_top(&s->outline);

		if (!(top && top->type == OPCIT_HEAD_PLAIN && !top->has_content))
			record->section = NULL, record->n_section = 0;
	}
	if (number.value)
		s->last_note = number.value;
	s->notes_between = true;
}

/* ---- the walk --------------------------------------------------------------- */

static size_t take_piece(struct segmenter *s, size_t i)
{
	struct opcit_piece *piece = &s->pieces.items[i];
	struct opcit_number number;

	if (piece->toc) {
		opcit_seg_record(s, OPCIT_KIND_TOC, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		opcit_outline_content(&s->outline);
		s->open = NONE;
		return 1;
	}
	if (piece->table_row) {
		opcit_seg_take_row(s, piece);
		s->after_note_piece = false;
		return 1;
	}
	if (opcit_seg_is_note(s, i, &number)) {
		opcit_seg_note_record(s, piece, number);
		s->after_note_piece = true;
		return 1;
	}
	s->after_note_piece = false;
	if (i == s->formula) {
		opcit_seg_heading(s, piece, OPCIT_HEAD_FORMULA);
		s->preambular = 0;
		s->part = PART_PREAMBLE;
		return 1;
	}
	switch (piece->number.style) {
	case OPCIT_NUM_NOTE: /* a paragraph number that lost its stop, or plain text */
		if (s->enacts && piece->number.value == s->last_arabic + 1 &&
		    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
			opcit_seg_take_numbered(s, i);
		else
			opcit_seg_take_plain(s, i);
		return 1;
	case OPCIT_NUM_ARABIC:
	case OPCIT_NUM_DECIMAL:
		opcit_seg_take_numbered(s, i);
		return 1;
	case OPCIT_NUM_ROMAN:
	case OPCIT_NUM_LETTER:
	case OPCIT_NUM_NAMED: return opcit_seg_take_designated(s, i);
	case OPCIT_NUM_PAREN_ARABIC:
	case OPCIT_NUM_PAREN_LETTER:
	case OPCIT_NUM_PAREN_ROMAN:
		opcit_seg_take_lettered(s, piece);
		return 1;
	default: break;
	}
	opcit_seg_take_plain(s, i);
	return 1;
}

void opcit_segment(struct opcit_blocks *blocks, struct opcit_arena *arena,
                   struct opcit_document *document)
{
	struct segmenter s = { .blocks = blocks, .arena = arena, .out = document };
	size_t i;

	memset(document, 0, sizeof *document);
	opcit_pieces_cut(blocks, arena, &s.pieces);
	opcit_seg_prepare(&s);
	s.body = opcit_seg_take_title(&s);
	opcit_seg_expect_clauses(&s);
	for (i = s.body; i < s.pieces.count;)
		i += take_piece(&s, i);
	opcit_notes_lift(document, &s.notes, &blocks->drops, arena);
	opcit_metadata_find(document, arena);
	opcit_languages_find(document, blocks->lang, arena);
	document->meta.n_records = (uint32_t)document->n_records;
}
