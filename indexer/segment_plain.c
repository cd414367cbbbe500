/* The segmenter: blocks without a number. */
#include "segmenter.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

bool opcit_seg_is_clause_part(const struct segmenter *s)
{
	return s->part == PART_PREAMBLE || s->part == PART_OPERATIVE;
}

static void preambular_record(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_str label = opcit_arena_printf(s->arena, "pp%u", ++s->preambular);

	opcit_seg_body_record(s, OPCIT_KIND_PREAMBULAR, label, piece, piece->whole, OPCIT_STR(""));
	opcit_seg_forget_parents(s);
}

/* A clause of a resolution that has no number: the opening verb tells on which
 * side of the operative part it stands. */
static void take_clause(struct segmenter *s, const struct opcit_piece *piece)
{
	enum opcit_opening opening = opcit_opener_of(piece->whole).opening;

	if (opening == OPCIT_OPENS_PARTICIPLE) {
		opcit_outline_end_leadin(&s->outline);
		preambular_record(s, piece);
	} else if (opening == OPCIT_OPENS_FINITE || opening == OPCIT_OPENS_INFINITIVE ||
	           s->part == PART_OPERATIVE) {
		s->part = PART_OPERATIVE;
		opcit_seg_body_record(s, OPCIT_KIND_OPERATIVE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		opcit_seg_forget_parents(s);
		s->parent_kind = OPCIT_KIND_OPERATIVE;
	} else {
		preambular_record(s, piece);
	}
}

/* A lead-in that ends in a colon. False when it is no heading. */
static bool take_leadin(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i), *next = opcit_seg_piece(s, i + 1);
	struct opcit_str lead = opcit_seg_without_colon(piece->whole);
	struct opcit_opener opener = opcit_opener_of(lead);

	if (lead.len == piece->whole.len)
		return false;
	if (s->enacts && opcit_seg_is_clause_part(s)) {
		if (opener.opening == OPCIT_OPENS_PARTICIPLE) {
			/* "Noting with concern that:", "(a) …": one clause and its items. */
			if (!opcit_opener_is_bare(lead) || (next && next->number.style == OPCIT_NUM_PAREN_LETTER))
				return false;
			opcit_seg_heading(s, piece, OPCIT_HEAD_LEADIN);
			return true;
		}
		if (opcit_seg_is_enacting(piece->whole)) {
			opcit_seg_heading(s, piece, OPCIT_HEAD_ENACTING);
			s->part = PART_OPERATIVE;
			return true;
		}
		if (opener.opening != OPCIT_OPENS_OTHER)
			return false;
	}
	if (opcit_opener_is_sentence(lead) || opcit_starts_lower(lead))
		return false;
	opcit_seg_heading(s, piece, OPCIT_HEAD_PLAIN);
	return true;
}

/* "(c) … 1950;" and then "provided that …": the words that close a numbered
 * clause go on with the clause that holds the list, not with its last item. */
static bool is_closing_words(const struct segmenter *s, const struct opcit_piece *piece)
{
	return s->part == PART_OPERATIVE && s->open != NONE && s->letter.len && !piece->number.style &&
	       opcit_starts_lower(piece->whole) && opcit_str_ends(s->out->records[s->open].text, ";");
}

/* Whether a block is the second half of the record that is open. */
static bool continues(const struct segmenter *s, const struct opcit_piece *piece)
{
	const struct opcit_record *record;
	bool in_list, clause_stop;

	if (s->open == NONE || piece->heading_level || piece->bullet.len)
		return false;
	record = &s->out->records[s->open];
	in_list = record->kind == OPCIT_KIND_ITEM;
	if (piece->lost_anchor)
		return true;
	/* A resolution's next clause announces itself. */
	if (opcit_seg_is_clause_part(s) && !opcit_starts_lower(piece->whole)) {
		struct opcit_opener opener = opcit_opener_of(piece->whole);

		if (opener.opening == OPCIT_OPENS_PARTICIPLE || opener.opening == OPCIT_OPENS_FINITE)
			return false;
	}
	clause_stop = opcit_seg_is_clause_part(s) && !(s->notes_between && s->numbered);
	if (opcit_starts_lower(piece->whole))
		return !in_list || !opcit_ends_with_stop(record->text, true);
	if (!opcit_ends_with_stop(record->text, clause_stop))
		return !in_list && !opcit_seg_is_heading_like(piece);
	return s->numbered && s->notes_between && !opcit_seg_is_heading_like(piece) && !opcit_str_ends(piece->whole, ":");
}

/* The title of an annex: what stands after the operative part, in capitals,
 * bold, or worded like the document's own title. */
static bool is_annex_title(const struct segmenter *s, const struct opcit_piece *piece)
{
	size_t i;

	if (s->part != PART_OPERATIVE || piece->words < 2)
		return false;
	if (opcit_seg_is_upper_case(piece->whole) || piece->strong)
		return true;
	for (i = 0; i < s->out->n_records && s->out->records[i].kind == OPCIT_KIND_TITLE; i++)
		if (opcit_str_ieq(s->out->records[i].text, piece->whole))
			return true;
	return false;
}

/* Three or more short blocks in a row are a list, not headings. */
static bool in_run_of_short_blocks(const struct segmenter *s, size_t i)
{
	size_t from = i, to = i + 1;

	while (from > s->body && opcit_seg_is_heading_like(opcit_seg_piece(s, from - 1)) && !opcit_seg_piece(s, from - 1)->number.style &&
	       !opcit_seg_piece(s, from - 1)->heading_level && !opcit_seg_piece(s, from - 1)->strong && i - from < 3)
		from--;
	while (to < s->pieces.count && opcit_seg_is_heading_like(opcit_seg_piece(s, to)) && !opcit_seg_piece(s, to)->number.style &&
	       !opcit_seg_piece(s, to)->heading_level && !opcit_seg_piece(s, to)->strong && to - i < 3)
		to++;
	return to - from >= 3;
}

/* Whether an unmarked block without number is a heading. */
static bool is_plain_heading(const struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);

	if (!opcit_seg_is_heading_like(piece))
		return false;
	if (!piece->strong && !piece->emphatic && opcit_seg_is_cut(s, i))
		return false;
	if (opcit_seg_is_clause_part(s) && opcit_opener_of(piece->whole).opening != OPCIT_OPENS_OTHER)
		return false;
	if (opcit_outline_top(&s->outline) && opcit_outline_top(&s->outline)->type == OPCIT_HEAD_ANNEX &&
	    !opcit_outline_top(&s->outline)->has_content && opcit_outline_top(&s->outline)->number.style)
		return true; /* "Annex" "[English only]", and then its title */
	return piece->strong || piece->emphatic || opcit_seg_is_summary_title(piece->whole) ||
	       opcit_is_toc_title(piece->whole) || !in_run_of_short_blocks(s, i);
}

static bool opens_completion(struct opcit_str text)
{
	static const char *const modals[] = { "would", "to", "should", "shall", "must", "will", "may",
		                              "can", "could", NULL };
	struct opcit_words words = opcit_words_of(text);
	char word[24] = "";
	size_t i;

	if (!opcit_str_ends(text, ":"))
		return false;
	while (opcit_word_next(&words, word, sizeof word))
		;
	for (i = 0; modals[i]; i++)
		if (strcmp(word, modals[i]) == 0)
			return true;
	return false;
}

/* Within a block after bulleted items, in a text whose paragraphs are single
 * lines: an item that lost its bullet ends as the items do, a heading does not. */
static bool ends_like_items(const struct segmenter *s, const struct opcit_piece *piece)
{
	const struct opcit_record *last;
	char a, b;

	if (s->open == NONE || piece->starts_block)
		return false;
	last = &s->out->records[s->open];
	if (last->kind != OPCIT_KIND_ITEM || !last->text.len || !piece->whole.len)
		return false;
	a = last->text.ptr[last->text.len - 1];
	b = piece->whole.ptr[piece->whole.len - 1];
	return !isalpha((unsigned char)b) && (a == b || (isdigit((unsigned char)a) || a == ')') == (isdigit((unsigned char)b) || b == ')'));
}

static void take_item(struct segmenter *s, const struct opcit_piece *piece)
{
	opcit_seg_body_record(s, OPCIT_KIND_ITEM, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
}

static void take_paragraph(struct segmenter *s, const struct opcit_piece *piece)
{
	opcit_seg_body_record(s, OPCIT_KIND_PARAGRAPH, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
	opcit_seg_forget_parents(s);
	s->completing = opens_completion(piece->whole);
}

/* "Port Almar, 24 October 2030" below the last clause, with no more than notes
 * after it: where and when a declaration was made. */
static bool is_place_and_date(const struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);
	struct opcit_words words = opcit_words_of(piece->whole);
	char word[24] = "", before[24] = "";
	bool month = false, place = piece->whole.len && isupper((unsigned char)piece->whole.ptr[0]);

	if (piece->words > 12 || !opcit_seg_is_heading_like(piece))
		return false;
	for (i++; i < s->pieces.count; i++)
		if (opcit_seg_piece(s, i)->number.style != OPCIT_NUM_NOTE)
			return false;
	while (opcit_word_next(&words, word, sizeof word)) {
		month = month || opcit_month_of(before);
		memcpy(before, word, sizeof before);
	}
	return place && month && strlen(word) == 4 && isdigit((unsigned char)word[0]);
}

/* "5., 6., 7." or "118.1": the numbers of the recommendations that a row of a
 * table answers, as a label: stops and white space as a list has them. Empty
 * when the cell is something else. */
static struct opcit_str row_label(struct segmenter *s, struct opcit_str cell)
{
	char *label = opcit_arena_alloc(s->arena, cell.len * 2 + 1);
	size_t i, n = 0, digits = 0;

	for (i = 0; i < cell.len; i++) {
		char c = cell.ptr[i];
		bool last = i + 1 >= cell.len || !isdigit((unsigned char)cell.ptr[i + 1]);

		if (isdigit((unsigned char)c)) {
			digits++;
			label[n++] = c;
		} else if (c == ',' || c == ';') {
			label[n++] = ',';
			label[n++] = ' ';
		} else if (c == '.' && !last && i && isdigit((unsigned char)cell.ptr[i - 1])) {
			label[n++] = '.';
		} else if (c != ' ' && c != '.') {
			return (struct opcit_str){ "", 0 };
		}
	}
	while (n && strchr(", ", label[n - 1]))
		n--;
	label[n] = '\0';
	return digits ? (struct opcit_str){ label, n } : (struct opcit_str){ "", 0 };
}

/* "115.1 Take steps …": the bytes of the number of a recommendation that opens
 * a cell, 0 when there is none. */
static size_t row_number(struct opcit_str cell)
{
	size_t i = 0, dots = 0;

	while (i < cell.len && (isdigit((unsigned char)cell.ptr[i]) || (i && cell.ptr[i] == '.')))
		dots += cell.ptr[i++] == '.' && i < cell.len && isdigit((unsigned char)cell.ptr[i]);
	return dots && i < cell.len && cell.ptr[i] == ' ' ? i : 0;
}

/* A row of a table: one item, labelled with the number in its first cell. */
void opcit_seg_take_row(struct segmenter *s, const struct opcit_piece *piece)
{
	const char *bar = piece->whole.len ? memmem(piece->whole.ptr, piece->whole.len, " | ", 3) : NULL;
	size_t cell = bar ? (size_t)(bar - piece->whole.ptr) : 0;
	struct opcit_str label = row_label(s, opcit_str_sub(piece->whole, 0, cell));
	size_t number = label.len ? 0 : row_number(opcit_str_sub(piece->whole, 0, cell));
	size_t cut = label.len ? cell + 3 : 0;

	if (number) {
		label = opcit_str_sub(piece->whole, 0, number);
		if (opcit_str_ends(label, "."))
			label.len--;
		cut = number;
	}

	opcit_outline_end_leadin(&s->outline);
	opcit_seg_body_record(s, OPCIT_KIND_ITEM, label, piece,
	                      opcit_str_trim(opcit_str_sub(piece->whole, cut, piece->whole.len)),
	                      opcit_str_sub(piece->whole, 0, cut));
	s->open = NONE;
	s->completing = false;
}

/* "Table 1", "Figure II", "Tableau 3", "Cuadro 2". */
static bool numbers_table(struct opcit_str text)
{
	static const char *const names[] = { "table", "figure", "chart", "box", "tableau", "graphique", "cuadro", "grafico", NULL };
	struct opcit_words words = opcit_words_of(text);
	char word[16];
	size_t i;

	if (text.len > 120 || !opcit_word_next(&words, word, sizeof word))
		return false;
	for (i = 0; names[i]; i++)
		if (strcmp(word, names[i]) == 0)
			return opcit_word_next(&words, word, sizeof word) &&
			       (isdigit((unsigned char)word[0]) || strspn(word, "ivx") == strlen(word));
	return false;
}

/* A table's number, or its title below that: it stands under the headings there
 * are and ends none of them, however large its letters. */
static bool is_caption(const struct segmenter *s, size_t i)
{
	const struct opcit_piece *next = opcit_seg_piece(s, i + 1);

	return numbers_table(opcit_seg_piece(s, i)->whole) ||
	       (i && next && next->table_row && numbers_table(opcit_seg_piece(s, i - 1)->whole));
}

void opcit_seg_take_plain(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = opcit_seg_piece(s, i);

	if (piece->bullet.len) {
		take_item(s, piece);
		return;
	}
	if (s->enacts && s->part != PART_CLOSED && s->part != PART_BODY && opcit_seg_is_closing(piece)) {
		opcit_seg_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->part = PART_CLOSED;
		s->open = NONE;
		return;
	}
	if (s->enacts && s->part >= PART_OPERATIVE && s->part != PART_CLOSED && is_place_and_date(s, i)) {
		opcit_seg_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->part = PART_CLOSED;
		s->open = NONE;
		return;
	}
	if (s->part == PART_CLOSED) {
		/* Place and date may stand in blocks of their own, and so may who
		 * voted how. */
		if (s->voting || opcit_seg_is_closing(piece) || (opcit_seg_is_heading_like(piece) && piece->words <= 12 && !piece->heading_level)) {
			opcit_seg_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
			s->voting = (s->voting || opcit_str_starts(piece->whole, "[")) && !opcit_str_ends(piece->whole, "]");
			s->open = NONE;
			return;
		}
		opcit_outline_clear(&s->outline);
		s->part = PART_ANNEX;
	}
	if (piece->heading_level) {
		opcit_seg_heading(s, piece, is_caption(s, i) ? OPCIT_HEAD_PLAIN : OPCIT_HEAD_MARKED);
		if (s->part == PART_OPERATIVE)
			s->part = PART_ANNEX;
		return;
	}
	if (opcit_is_formula(piece->whole, true) && s->enacts && piece->words < 40) {
		opcit_seg_heading(s, piece, OPCIT_HEAD_FORMULA);
		/* an annexed declaration, part B, and the next resolution of a report
		 * count their own */
		if (s->part != PART_PREAMBLE || opcit_outline_is_in_part(&s->outline))
			s->preambular = 0;
		s->part = PART_PREAMBLE;
		return;
	}
	if (is_closing_words(s, piece)) {
		opcit_seg_body_record(s, s->parent_kind, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->letter = (struct opcit_str){ "", 0 };
		return;
	}
	if (continues(s, piece)) {
		opcit_seg_go_on(s, piece);
		return;
	}
	if (opcit_seg_take_quoted(s, i, is_plain_heading(s, i)))
		return;
	if (s->completing && !opcit_opener_has_subject(piece->whole)) {
		take_item(s, piece);
		return;
	}
	if (take_leadin(s, i))
		return;
	if (ends_like_items(s, piece)) {
		take_item(s, piece);
		return;
	}
	if (is_plain_heading(s, i)) {
		if (is_annex_title(s, piece)) {
			opcit_seg_heading(s, piece, OPCIT_HEAD_ANNEX);
			s->part = PART_ANNEX;
		} else {
			opcit_seg_heading(s, piece, OPCIT_HEAD_PLAIN);
		}
		return;
	}
	if (s->enacts && opcit_seg_is_clause_part(s)) {
		take_clause(s, piece);
		return;
	}
	if (opcit_seg_is_heading_like(piece) && in_run_of_short_blocks(s, i)) {
		take_item(s, piece);
		return;
	}
	take_paragraph(s, piece);
}
