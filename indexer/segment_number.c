/* The segmenter: pieces that open with a number or letter. */
#include "segmenter.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

/* ---- labels ----------------------------------------------------------------- */

/* "(h)" or "h)" as it joins a parent's label. */
static struct opcit_str item_label(struct segmenter *s, struct opcit_str parent, struct opcit_number number)
{
	struct opcit_str inner = number.label;

	if (inner.len && inner.ptr[0] == '(')
		inner = opcit_str_sub(inner, 1, inner.len);
	if (parent.len == 0 && number.printed.len && number.printed.ptr[0] != '(' &&
	    number.style == OPCIT_NUM_PAREN_ARABIC)
		return inner; /* "1) To …" stands by itself */
	return opcit_arena_printf(s->arena, "%.*s(%.*s)", OPCIT_FMT(parent), OPCIT_FMT(inner));
}

/* "(a)", "(ii)", "(3)", "1)": an item of the list of the paragraph above. */
void opcit_seg_take_lettered(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_str label;
	enum opcit_kind kind = s->parent_kind;

	if (s->parent.len == 0 && s->part == PART_OPERATIVE)
		kind = OPCIT_KIND_OPERATIVE;
	else if (s->parent.len == 0 && s->part == PART_PREAMBLE)
		kind = OPCIT_KIND_PREAMBULAR;
	if (piece->number.style == OPCIT_NUM_PAREN_ROMAN) {
		label = item_label(s, s->letter.len ? s->letter : s->parent, piece->number);
	} else {
		label = item_label(s, s->parent, piece->number);
		s->letter = label;
	}
	opcit_seg_body_record(s, kind, label, piece, piece->text, piece->number.printed);
	s->completing = false;
}


/* ---- numbered pieces -------------------------------------------------------- */

/* Whether a short arabic-numbered line is a heading ("1. Member States") and
 * not a clause or a short item of a list. */
static bool is_arabic_heading(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i), *next = opcit_seg_piece(s, i + 1), *before = i ? opcit_seg_piece(s, i - 1) : NULL;

	if (!opcit_seg_is_heading_like(piece) || piece->words > (piece->heading_level ? 30 : 15))
		return false;
	if (piece->heading_level || opcit_seg_is_upper_case(piece->text))
		return true;
	if (s->enacts && s->part != PART_ANNEX && s->part != PART_BODY)
		return false;
	if (opcit_seg_is_cut(s, i))
		return false;
	if (next && next->number.style == piece->number.style && next->number.value == piece->number.value + 1)
		return false;
	if (before && before->number.style == piece->number.style &&
	    before->number.value + 1 == piece->number.value)
		return false;
	return !(s->numbered && piece->number.value == s->last_arabic + 1 && s->last_arabic > 1);
}

/* "Promotion of …", "Attention to …", "Strengthening of …": what is aimed at,
 * named and not ordered. */
static bool opens_with_action_noun(struct opcit_str text)
{
	static const char *const endings[] = { "tion", "sion", "ment", "ance", "ence", "ity", "ing", "cion", "dad", "miento" };
	struct opcit_words words = opcit_words_of(text);
	char word[32];
	size_t i, n;

	if (!opcit_word_next(&words, word, sizeof word))
		return false;
	n = strlen(word);
	for (i = 0; i < sizeof endings / sizeof *endings; i++)
		if (n > strlen(endings[i]) + 2 && strcmp(word + n - strlen(endings[i]), endings[i]) == 0)
			return true;
	return false;
}

/* Whether the numbered list that piece i belongs to states objectives rather
 * than actions: its heading says so, or most items open with a noun. */
static bool is_list_of_objectives(struct segmenter *s, size_t i)
{
	size_t n_path, j, items = 0, nouns = 0;
	struct opcit_str *path = opcit_outline_path(&s->outline, &n_path);
	char word[24];

	if (n_path) {
		struct opcit_words words = opcit_words_of(path[n_path - 1]);

		while (opcit_word_next(&words, word, sizeof word))
			if (strncmp(word, "objecti", 7) == 0 || strncmp(word, "objeti", 6) == 0 ||
			    strcmp(word, "goals") == 0)
				return true;
	}
	for (j = i; j < s->pieces.count && items < 12; j++) {
		const struct opcit_piece *piece = opcit_seg_piece(s, j);

		if (piece->number.style != OPCIT_NUM_ARABIC || piece->words < 3)
			continue;
		if (items && piece->number.value == 1)
			break;
		items++;
		nouns += opens_with_action_noun(piece->text);
	}
	return nouns * 2 > items;
}

static enum opcit_kind kind_of_numbered(struct segmenter *s, size_t i)
{
	enum opcit_opening opening = opcit_opener_of(opcit_seg_piece(s, i)->text).opening;

	switch (s->part) {
	case PART_BODY: return OPCIT_KIND_PARAGRAPH;
	case PART_PREAMBLE:
		if (opening == OPCIT_OPENS_PARTICIPLE)
			return OPCIT_KIND_PREAMBULAR;
		s->part = PART_OPERATIVE;
		return OPCIT_KIND_OPERATIVE;
	case PART_OPERATIVE: return OPCIT_KIND_OPERATIVE;
	default: break;
	}
	if (!s->run_known || opcit_seg_piece(s, i)->number.value == 1)
		s->run_kind = is_list_of_objectives(s, i) ? OPCIT_KIND_PARAGRAPH : OPCIT_KIND_OPERATIVE;
	s->run_known = true;
	return s->run_kind;
}

/* "10. (a) …", followed by "(b) …": the paragraph is 10(a). */
static bool takes_first_letter(struct segmenter *s, size_t i, struct opcit_number *number)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i), *next = opcit_seg_piece(s, i + 1);
	bool alone;
	struct opcit_number inner = opcit_number_of(piece->text, &alone);

	if (inner.style != OPCIT_NUM_PAREN_LETTER || inner.value != 1 || !next ||
	    next->number.style != OPCIT_NUM_PAREN_LETTER || next->number.value != 2)
		return false;
	number->printed = opcit_str_sub(piece->whole, 0, (size_t)(inner.printed.ptr - piece->whole.ptr) +
	                                                         inner.printed.len);
	number->label = item_label(s, s->parent, inner);
	return true;
}

void opcit_seg_take_numbered(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);
	struct opcit_number number = piece->number;
	enum opcit_kind kind;

	if (is_arabic_heading(s, i)) {
		opcit_seg_heading(s, piece, OPCIT_HEAD_NUMBERED);
		return;
	}
	opcit_seg_end_quotation(s);
	kind = kind_of_numbered(s, i);
	opcit_outline_end_leadin(&s->outline);
	s->parent = piece->number.label;
	if (takes_first_letter(s, i, &number))
		opcit_seg_body_record(s, kind, number.label, piece,
		            opcit_str_trim(opcit_str_sub(piece->whole, number.printed.len, piece->whole.len)),
		            number.printed);
	else
		opcit_seg_body_record(s, kind, number.label, piece, piece->text, number.printed);
	s->letter = (struct opcit_str){ "", 0 };
	s->parent_kind = kind;
	if (number.style == OPCIT_NUM_ARABIC)
		s->last_arabic = number.value;
	s->completing = false;
}

/* Whether "A. …" is a paragraph and not a heading: long prose, or a clause
 * whose number OCR misread ("Z. Demands"). */
static bool is_lettered_paragraph(const struct segmenter *s, const struct opcit_piece *piece)
{
	if (!opcit_ends_with_stop(piece->text, false))
		return false;
	if (opcit_seg_is_clause_part(s) && piece->words > 3 &&
	    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
		return true;
	return piece->words > 12 && !opcit_str_ends(piece->text, ":");
}

/* "I. …", "A. …", "Annex": a heading, unless it is a long paragraph. Returns
 * how many pieces were used: a designator alone takes the next as its title. */
size_t opcit_seg_take_designated(struct segmenter *s, size_t i)
{
	struct opcit_piece *piece = &s->pieces.items[i];
	const struct opcit_piece *next = opcit_seg_piece(s, i + 1);
	bool annex = piece->number.style == OPCIT_NUM_NAMED &&
	             strchr("Aa\xC3" "E", piece->number.printed.ptr[0]) != NULL &&
	             !opcit_str_starts(piece->number.printed, "Art") &&
	             !opcit_str_starts(piece->number.printed, "ART");
	size_t used = 1;

	if (is_lettered_paragraph(s, piece) && !annex) {
		enum opcit_kind kind = kind_of_numbered(s, i);

		opcit_seg_body_record(s, kind, piece->number.label, piece, piece->text, piece->number.printed);
		s->parent = piece->number.label;
		s->parent_kind = kind;
		return 1;
	}
	if (piece->text.len == 0 && next && next->starts_block && !next->number.style && opcit_seg_is_heading_like(next) &&
	    !next->toc && opcit_opener_of(next->text).opening != OPCIT_OPENS_FINITE) {
		struct opcit_str whole = opcit_arena_printf(s->arena, "%.*s %.*s", OPCIT_FMT(piece->whole),
		                                            OPCIT_FMT(next->whole));

		piece->whole = whole;
		piece->notes = opcit_seg_notes_join(s, piece->notes, piece->n_notes, next);
		piece->n_notes += next->n_notes;
		used = 2;
	}
	if (annex) {
		opcit_seg_heading(s, piece, OPCIT_HEAD_ANNEX);
		if (s->enacts)
			s->part = PART_ANNEX;
	} else {
		opcit_seg_heading(s, piece, OPCIT_HEAD_NUMBERED);
	}
	return used;
}
