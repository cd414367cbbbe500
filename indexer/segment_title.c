/* The segmenter: what is found out before the walk, and the masthead. */
#include "segmenter.h"

#include "metadata.h"
#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

/* ---- before the walk -------------------------------------------------------- */

static void find_formula(struct segmenter *s)
{
	size_t i;

	s->formula = NONE;
	for (i = 0; i < s->pieces.count; i++) {
		const struct opcit_piece *piece = opcit_seg_piece(s, i), *next = opcit_seg_piece(s, i + 1);
		enum opcit_opening opening;

		if (piece->number.style || piece->toc || piece->bullet.len || piece->words >= 40)
			continue;
		if (!opcit_is_formula(piece->whole, false))
			continue;
		opening = next ? opcit_opener_of(next->text).opening : OPCIT_OPENS_OTHER;
		if (opcit_str_ends(piece->whole, ":") && opening != OPCIT_OPENS_PARTICIPLE)
			continue; /* "The Secretary-General:" leads a list in */
		if (!opcit_is_formula(piece->whole, true) &&
		    !(next && (opening == OPCIT_OPENS_PARTICIPLE || opening == OPCIT_OPENS_FINITE ||
		               next->number.style == OPCIT_NUM_ARABIC)))
			continue;
		s->formula = i;
		return;
	}
}

/* Whether nearly all prose after the first numbered paragraph is numbered. */
static bool is_numbered(const struct segmenter *s)
{
	size_t i, with = 0, without = 0;

	for (i = 0; i < s->pieces.count; i++) {
		const struct opcit_piece *piece = opcit_seg_piece(s, i);

		if (piece->toc || piece->bullet.len || piece->words < 8 || piece->number.style == OPCIT_NUM_NOTE)
			continue;
		if (piece->number.style == OPCIT_NUM_ARABIC || piece->number.style == OPCIT_NUM_DECIMAL)
			with++;
		else if (with && !piece->number.style && opcit_ends_with_stop(piece->text, false))
			without++;
	}
	return with >= 4 && without * 4 <= with;
}

void opcit_seg_prepare(struct segmenter *s)
{
	s->outline.arena = s->arena;
	s->open = NONE;
	opcit_seg_forget_parents(s);
	find_formula(s);
	s->enacts = s->formula != NONE;
	s->numbered = is_numbered(s);
	opcit_notes_survey(&s->pieces, &s->notes);
	s->tail_notes = opcit_notes_tail(&s->pieces, &s->notes, &s->tail_gathered);
}

/* ---- the masthead ----------------------------------------------------------- */

/* "Resolution 534 (1983)" and, in the next block, "of 15 June 1983". */
static bool continues_title(struct opcit_str text)
{
	struct opcit_words words = opcit_words_of(text);
	char word[16];

	if (!opcit_starts_lower(text) || !opcit_word_next(&words, word, sizeof word))
		return false;
	if (strcmp(word, "of") != 0 && strcmp(word, "du") != 0 && strcmp(word, "de") != 0 && strcmp(word, "ef") != 0)
		return false;
	return opcit_word_next(&words, word, sizeof word) && isdigit((unsigned char)word[0]);
}

/* Whether the masthead and title end before piece i. */
static bool ends_title(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);
	const struct opcit_piece *next;
	bool long_prose;

	if (piece->letterhead)
		return false;
	if (piece->toc || piece->table_row || i == s->formula || opcit_seg_is_summary_title(piece->whole))
		return true;
	if (piece->bullet.len)
		return piece->words >= 4 && !piece->certain_note && !opcit_str_is(piece->bullet, "*");
	if (s->formula != NONE && i < s->formula && piece->number.style == OPCIT_NUM_NONE)
		return piece->words >= 40; /* a clause on the conference before the formula */
	switch (piece->number.style) {
	case OPCIT_NUM_ARABIC:
	case OPCIT_NUM_DECIMAL:
	case OPCIT_NUM_ROMAN:
	case OPCIT_NUM_LETTER: return true;
	case OPCIT_NUM_NAMED: return i > 0;
	case OPCIT_NUM_NONE: break;
	default: return false;
	}
	/* Without formula and numbers, the first prose ends it. */
	next = opcit_seg_piece(s, i + 1);
	long_prose = piece->words >= 15 &&
	             (opcit_ends_with_stop(piece->text, true) ||
	              (next && !next->number.style && !next->bullet.len && opcit_starts_lower(next->whole) && !continues_title(next->whole))) &&
	             piece->text.len && strchr("([", piece->text.ptr[0]) == NULL;
	return long_prose || (s->formula == NONE && opcit_seg_is_enacting(piece->whole));
}

/* The masthead: each block a title record. Returns the first piece after it. */
size_t opcit_seg_take_title(struct segmenter *s)
{
	struct opcit_number number;
	size_t i;

	for (i = 0; i < s->pieces.count; i++) {
		const struct opcit_piece *piece = opcit_seg_piece(s, i);

		if (i >= s->tail_notes || ends_title(s, i))
			break;
		if (i && opcit_seg_is_note(s, i, &number)) {
			opcit_seg_note_record(s, piece, number);
			s->open = NONE;
			continue;
		}
		if (s->open != NONE && piece->number.style == OPCIT_NUM_NONE && continues_title(piece->whole)) {
			opcit_seg_go_on(s, piece);
			continue;
		}
		opcit_seg_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->open = s->out->n_records - 1;
	}
	/* A marked or bold line right before the first prose is its heading. */
	if (i > 1 && i < s->pieces.count && s->formula == NONE && !s->pieces.items[i].number.style &&
	    !opcit_seg_is_summary_title(opcit_seg_piece(s, i)->whole) && !opcit_seg_piece(s, i)->toc && s->out->n_records > 1) {
		const struct opcit_piece *last = opcit_seg_piece(s, i - 1);

		if (s->out->records[s->out->n_records - 1].text.ptr != last->whole.ptr)
			last = NULL; /* it went on with another block */
		if (last && (last->heading_level > 1 || (last->strong && last->lines == 1 && last->words < 12))) {
			s->out->n_records--;
			i--;
		}
	}
	s->open = NONE;
	return i;
}

/* A resolution or decision names itself in its title: what comes is clauses,
 * even where an old one does without the enacting formula or delays it. */
void opcit_seg_expect_clauses(struct segmenter *s)
{
	size_t i;

	for (i = 0; i < s->out->n_records; i++)
		if (opcit_is_act_title(s->out->records[i].text))
			s->enacts = true, s->part = PART_PREAMBLE;
}
