/* The segmenter proper: one walk over the pieces that gives each its role.
 * The rules it follows are written out in docs/segmenting.md; the order in
 * which they are asked is the order of take_piece(). */
#include "segment.h"

#include "metadata.h"
#include "notes.h"
#include "opener.h"
#include "outline.h"
#include "piece.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

/* Which part of a resolution or declaration a clause belongs to. */
enum part {
	PART_BODY,      /* a report, or before the enacting formula */
	PART_PREAMBLE,
	PART_OPERATIVE,
	PART_ANNEX,     /* an annexed programme or declaration, guidelines after the operative part */
	PART_CLOSED     /* after "Adopted at the 4683rd meeting" */
};

struct segmenter {
	struct opcit_blocks *blocks;
	struct opcit_arena *arena;
	struct opcit_pieces pieces;
	struct opcit_document *out;
	size_t cap;
	struct opcit_outline outline;

	/* Found before the walk. */
	size_t body;         /* the first piece after the masthead */
	size_t formula;      /* the piece that is the enacting formula, or SIZE_MAX */
	size_t tail_notes;   /* the piece from which all are notes, or count */
	bool tail_gathered;  /* those notes are all the notes there are */
	bool enacts;         /* a resolution, decision or declaration */
	bool numbered;       /* its paragraphs are numbered throughout */
	struct opcit_note_set notes;

	/* The walk. */
	enum part part;
	bool toc_done;
	unsigned preambular;      /* unnumbered preambular paragraphs so far */
	unsigned last_note, last_arabic;
	bool after_note_piece;    /* the piece before was a note */
	struct opcit_str parent;  /* label of the numbered paragraph above: "67" */
	struct opcit_str letter;  /* label of the lettered item above: "67(h)" */
	enum opcit_kind parent_kind;
	size_t open;              /* the record that a next block may go on with, or SIZE_MAX */
	bool notes_between;       /* notes stood between it and the piece at hand */
	bool completing;          /* unmarked blocks complete a lead-in's sentence */
	enum opcit_kind run_kind; /* of the numbered list in an annex */
	bool run_known;
};

#define NONE SIZE_MAX

static const struct opcit_piece *piece_at(const struct segmenter *s, size_t i)
{
	return i < s->pieces.count ? &s->pieces.items[i] : NULL;
}

/* ---- making records --------------------------------------------------------- */

static struct opcit_record *new_record(struct segmenter *s, enum opcit_kind kind,
                                       struct opcit_str label, const struct opcit_piece *piece,
                                       struct opcit_str text, struct opcit_str printed)
{
	struct opcit_document *out = s->out;
	struct opcit_record *record;

	if (out->n_records == s->cap) {
		struct opcit_record *records;
		struct opcit_str *all_printed;

		s->cap = s->cap ? s->cap * 2 : 64;
		records = opcit_arena_alloc(s->arena, s->cap * sizeof *records);
		all_printed = opcit_arena_alloc(s->arena, s->cap * sizeof *all_printed);
		if (out->n_records) {
			memcpy(records, out->records, out->n_records * sizeof *records);
			memcpy(all_printed, out->printed, out->n_records * sizeof *all_printed);
		}
		out->records = records;
		out->printed = all_printed;
	}
	out->printed[out->n_records] = printed;
	record = &out->records[out->n_records++];
	*record = (struct opcit_record){
		.seq = (uint32_t)out->n_records,
		.kind = kind,
		.act = OPCIT_STR(""),
		.label = label,
		.text = text,
		.notes = piece->notes,
		.n_notes = piece->n_notes,
		.page = piece->page,
	};
	if (kind != OPCIT_KIND_TITLE)
		record->section = opcit_outline_path(&s->outline, &record->n_section);
	return record;
}

static void drop_bullet(struct segmenter *s, const struct opcit_piece *piece)
{
	if (piece->bullet.len)
		opcit_drops_add(&s->blocks->drops, OPCIT_DROP_BULLET, piece->bullet);
}

static const char *act_of(enum opcit_kind kind, struct opcit_str text)
{
	struct opcit_opener opener;

	if (kind == OPCIT_KIND_TITLE || kind == OPCIT_KIND_HEADING || kind == OPCIT_KIND_TOC ||
	    kind == OPCIT_KIND_FOOTNOTE)
		return "";
	opener = opcit_opener_of(text);
	if (opener.act[0])
		return opener.act;
	return opcit_opener_act_of_sentence(text);
}

/* A record of the body: it has an act, it stands under the headings, and the
 * next block may turn out to be its second half. */
static struct opcit_record *body_record(struct segmenter *s, enum opcit_kind kind,
                                        struct opcit_str label, const struct opcit_piece *piece,
                                        struct opcit_str text, struct opcit_str printed)
{
	struct opcit_record *record = new_record(s, kind, label, piece, text, printed);

	record->act = opcit_str_of(act_of(kind, text));
	opcit_outline_content(&s->outline);
	s->open = s->out->n_records - 1;
	s->notes_between = false;
	return record;
}

static void forget_parents(struct segmenter *s)
{
	s->parent = s->letter = (struct opcit_str){ "", 0 };
	s->parent_kind = OPCIT_KIND_PARAGRAPH;
}

/* "Notes", "Endnotes": the notes of the whole document, under no other heading. */
static bool is_notes_title(struct opcit_str text)
{
	static const char *const titles[] = { "notes", "endnotes", "footnotes", "notas", NULL };
	struct opcit_words words = opcit_words_of(text);
	char word[16];
	size_t i;

	if (!opcit_word_next(&words, word, sizeof word) || words.at + 1 < text.len)
		return false;
	for (i = 0; titles[i]; i++)
		if (strcmp(word, titles[i]) == 0)
			return true;
	return false;
}

static void heading(struct segmenter *s, const struct opcit_piece *piece, enum opcit_heading type)
{
	struct opcit_outline_entry entry = {
		.type = type, .text = piece->whole, .number = piece->number, .level = piece->heading_level,
	};

	if (type != OPCIT_HEAD_NUMBERED && type != OPCIT_HEAD_ANNEX)
		entry.number = (struct opcit_number){ 0 };
	drop_bullet(s, piece);
	if (type == OPCIT_HEAD_PLAIN && is_notes_title(piece->whole))
		opcit_outline_clear(&s->outline);
	opcit_outline_place(&s->outline, &entry);
	new_record(s, OPCIT_KIND_HEADING, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
	opcit_outline_push(&s->outline, &entry);
	forget_parents(s);
	s->open = NONE;
	s->completing = false;
	s->run_known = s->run_known && type == OPCIT_HEAD_PLAIN;
}

/* Append the second half of a paragraph that was cut. */
static void go_on(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_record *record = &s->out->records[s->open];
	struct opcit_str a = record->text, b = piece->whole;
	bool hyphen = a.len > 1 && a.ptr[a.len - 1] == '-' && a.ptr[a.len - 2] != ' ';
	char *joined = opcit_arena_alloc(s->arena, a.len + b.len + 2);
	struct opcit_str *notes;

	memcpy(joined, a.ptr, a.len);
	if (!hyphen)
		joined[a.len++] = ' ';
	memcpy(joined + a.len, b.ptr, b.len);
	joined[a.len + b.len] = '\0';
	record->text = (struct opcit_str){ joined, a.len + b.len };
	drop_bullet(s, piece);
	if (piece->n_notes) {
		notes = opcit_arena_alloc(s->arena, (record->n_notes + piece->n_notes) * sizeof *notes);
		if (record->n_notes)
			memcpy(notes, record->notes, record->n_notes * sizeof *notes);
		memcpy(notes + record->n_notes, piece->notes, piece->n_notes * sizeof *notes);
		record->notes = notes;
		record->n_notes += piece->n_notes;
	}
	s->notes_between = false;
}

/* ---- what a piece looks like ------------------------------------------------ */

static bool has_letter(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (isalpha((unsigned char)text.ptr[i]) || (unsigned char)text.ptr[i] >= 0xC3)
			return true;
	return false;
}

static bool is_heading_like(const struct opcit_piece *piece)
{
	return piece->text.len && has_letter(piece->text) && piece->words <= 22 && piece->text.len <= 220 && !piece->bullet.len &&
	       !opcit_ends_with_stop(piece->text, true) && !opcit_ends_with_stop(piece->whole, true) &&
	       !opcit_starts_lower(piece->text);
}

static bool is_upper_case(struct opcit_str text)
{
	size_t i, upper = 0;

	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] >= 'a' && text.ptr[i] <= 'z')
			return false;
		upper += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
	}
	return upper > 3;
}

/* "Adopted at the 4683rd meeting", "Adopted in Port Almar", "[Adopted without
 * a vote.]", "85th plenary meeting": the line that closes a resolution. */
static bool is_closing(const struct opcit_piece *piece)
{
	static const char *const firsts[] = { "adopted", "adapted", "adoptee", "adopte", "aprobada",
		                              "aprobado", "adoptada", "done", NULL };
	struct opcit_words words = opcit_words_of(piece->whole);
	char word[24];
	size_t i;

	if (piece->number.style == OPCIT_NUM_ARABIC || piece->words > 39 || !opcit_word_next(&words, word, sizeof word))
		return false;
	for (i = 0; firsts[i]; i++)
		if (strcmp(word, firsts[i]) == 0)
			return opcit_word_next(&words, word, sizeof word) && strcmp(word, "the") != 0 &&
			       strcmp(word, "to") != 0;
	if (!isdigit((unsigned char)word[0]) || piece->words > 16)
		return false;
	for (i = 0; i < 3 && opcit_word_next(&words, word, sizeof word); i++)
		if (strcmp(word, "meeting") == 0 || strcmp(word, "seance") == 0 || strcmp(word, "sesion") == 0)
			return true;
	return false;
}

static bool is_summary_title(struct opcit_str text)
{
	static const char *const titles[] = { "summary", "contents", "introduction", "foreword", "preface",
		                              "preamble", "abstract", "resume", "resumen", "preambule",
		                              "preambulo", "introduccion", "sommaire", "indice", NULL };
	struct opcit_words words = opcit_words_of(text);
	char word[24];
	size_t i;

	if (text.len > 40 || !opcit_word_next(&words, word, sizeof word) || words.at != text.len)
		return false;
	for (i = 0; titles[i]; i++)
		if (strcmp(word, titles[i]) == 0)
			return true;
	return false;
}

static struct opcit_str without_colon(struct opcit_str text)
{
	while (text.len && (text.ptr[text.len - 1] == ':' || text.ptr[text.len - 1] == ' '))
		text.len--;
	return text;
}

/* "Declares that:", "RESOLVES:", or "…, the Conference hereby agrees:". */
static bool is_enacting(struct opcit_str text)
{
	struct opcit_str lead = without_colon(text);
	struct opcit_opener opener = opcit_opener_of(lead);
	struct opcit_words words;
	char next[32], word[32] = "", before[32] = "";

	if (lead.len == text.len || opcit_word_count(lead, 30) > 28)
		return false;
	if (opener.opening == OPCIT_OPENS_FINITE && opcit_opener_is_bare(lead))
		return true;
	words = opcit_words_of(lead);
	while (opcit_word_next(&words, next, sizeof next)) {
		memcpy(before, word, sizeof before);
		memcpy(word, next, sizeof word);
	}
	if (strcmp(word, "that") == 0 || strcmp(word, "que") == 0 || strcmp(word, "follows") == 0)
		return strcmp(before, "hereby") == 0;
	return strcmp(before, "hereby") == 0 || strcmp(before, "solemnly") == 0 ||
	       opcit_opener_of(opcit_str_of(word)).opening == OPCIT_OPENS_FINITE;
}

/* ---- before the walk -------------------------------------------------------- */

static void find_formula(struct segmenter *s)
{
	size_t i;

	s->formula = NONE;
	for (i = 0; i < s->pieces.count; i++) {
		const struct opcit_piece *piece = piece_at(s, i), *next = piece_at(s, i + 1);
		enum opcit_opening opening;

		if (piece->number.style || piece->toc || piece->bullet.len || piece->words > 24)
			continue;
		if (!opcit_is_formula(piece->whole, false))
			continue;
		opening = next ? opcit_opener_of(next->text).opening : OPCIT_OPENS_OTHER;
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
		const struct opcit_piece *piece = piece_at(s, i);

		if (piece->toc || piece->bullet.len || piece->words < 8 || piece->number.style == OPCIT_NUM_NOTE)
			continue;
		if (piece->number.style == OPCIT_NUM_ARABIC || piece->number.style == OPCIT_NUM_DECIMAL)
			with++;
		else if (with && !piece->number.style && opcit_ends_with_stop(piece->text, false))
			without++;
	}
	return with >= 4 && without * 4 <= with;
}

static void prepare(struct segmenter *s)
{
	s->outline.arena = s->arena;
	s->open = NONE;
	forget_parents(s);
	find_formula(s);
	s->enacts = s->formula != NONE;
	s->numbered = is_numbered(s);
	opcit_notes_survey(&s->pieces, &s->notes);
	s->tail_notes = opcit_notes_tail(&s->pieces, &s->notes, &s->tail_gathered);
}

/* ---- the masthead ----------------------------------------------------------- */

/* Whether the masthead and title end before piece i. */
static bool ends_title(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = piece_at(s, i);
	bool long_prose;

	if (piece->toc || i == s->formula || is_summary_title(piece->whole))
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
	long_prose = piece->words >= 15 && opcit_ends_with_stop(piece->text, true) &&
	             piece->text.len && strchr("([", piece->text.ptr[0]) == NULL;
	return long_prose || (s->formula == NONE && is_enacting(piece->whole));
}

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

static void note_record(struct segmenter *s, const struct opcit_piece *piece, struct opcit_number number);
static bool is_note(struct segmenter *s, size_t i, struct opcit_number *number);

/* The masthead: each block a title record. Returns the first piece after it. */
static size_t take_title(struct segmenter *s)
{
	struct opcit_number number;
	size_t i;

	for (i = 0; i < s->pieces.count; i++) {
		const struct opcit_piece *piece = piece_at(s, i);

		if (i >= s->tail_notes || ends_title(s, i))
			break;
		if (i && is_note(s, i, &number)) {
			note_record(s, piece, number);
			s->open = NONE;
			continue;
		}
		if (s->open != NONE && piece->number.style == OPCIT_NUM_NONE && continues_title(piece->whole)) {
			go_on(s, piece);
			continue;
		}
		drop_bullet(s, piece);
		new_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->open = s->out->n_records - 1;
	}
	/* A marked or bold line right before the first prose is its heading. */
	if (i > 1 && i < s->pieces.count && s->formula == NONE && !s->pieces.items[i].number.style &&
	    !is_summary_title(piece_at(s, i)->whole) && !piece_at(s, i)->toc && s->out->n_records > 1) {
		const struct opcit_piece *last = piece_at(s, i - 1);

		if (last->heading_level > 1 || (last->strong && last->lines == 1 && last->words < 12)) {
			s->out->n_records--;
			i--;
		}
	}
	s->open = NONE;
	return i;
}

/* A resolution or decision names itself in its title: what comes is clauses,
 * even where an old one does without the enacting formula or delays it. */
static void expect_clauses(struct segmenter *s)
{
	size_t i;

	for (i = 0; i < s->out->n_records; i++)
		if (opcit_is_act_title(s->out->records[i].text))
			s->enacts = true, s->part = PART_PREAMBLE;
}

/* ---- notes ------------------------------------------------------------------ */

/* Whether piece i is a footnote, and with which marker. */
static bool is_note(struct segmenter *s, size_t i, struct opcit_number *number)
{
	const struct opcit_piece *piece = piece_at(s, i);

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
	if (piece->number.style != OPCIT_NUM_NOTE)
		return false;
	if (piece->certain_note)
		return true;
	/* A plain figure: a paragraph number that lost its stop, or a note? */
	if (s->enacts && s->part != PART_CLOSED && number->value == s->last_arabic + 1 &&
	    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
		return false;
	if (s->part == PART_CLOSED || (s->after_note_piece && number->value > s->last_note &&
	                               number->value <= s->last_note + 3))
		return true;
	return opcit_note_set_has(&s->notes, number->value);
}

static void note_record(struct segmenter *s, const struct opcit_piece *piece, struct opcit_number number)
{
	struct opcit_str label = opcit_arena_printf(s->arena, "fn%.*s", OPCIT_FMT(number.label));
	struct opcit_str printed = number.printed.len ? number.printed : number.label;
	struct opcit_record *record = new_record(s, OPCIT_KIND_FOOTNOTE, label, piece, piece->text, printed);

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
static void take_lettered(struct segmenter *s, const struct opcit_piece *piece)
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
	drop_bullet(s, piece);
	body_record(s, kind, label, piece, piece->text, piece->number.printed);
	s->completing = false;
}

static bool is_clause_part(const struct segmenter *s)
{
	return s->part == PART_PREAMBLE || s->part == PART_OPERATIVE;
}

/* ---- numbered pieces -------------------------------------------------------- */

/* Whether a short arabic-numbered line is a heading ("1. Member States") and
 * not a clause or a short item of a list. */
static bool is_arabic_heading(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = piece_at(s, i), *next = piece_at(s, i + 1), *before = i ? piece_at(s, i - 1) : NULL;

	if (!is_heading_like(piece) || piece->words > 15)
		return false;
	if (piece->heading_level || is_upper_case(piece->text))
		return true;
	if (s->enacts && s->part != PART_ANNEX && s->part != PART_BODY)
		return false;
	if (next && !next->number.style && opcit_starts_lower(next->whole))
		return false; /* a paragraph that a page break cut */
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
		const struct opcit_piece *piece = piece_at(s, j);

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
	enum opcit_opening opening = opcit_opener_of(piece_at(s, i)->text).opening;

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
	if (!s->run_known || piece_at(s, i)->number.value == 1)
		s->run_kind = is_list_of_objectives(s, i) ? OPCIT_KIND_PARAGRAPH : OPCIT_KIND_OPERATIVE;
	s->run_known = true;
	return s->run_kind;
}

/* "10. (a) …", followed by "(b) …": the paragraph is 10(a). */
static bool takes_first_letter(struct segmenter *s, size_t i, struct opcit_number *number)
{
	const struct opcit_piece *piece = piece_at(s, i), *next = piece_at(s, i + 1);
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

static void take_numbered(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = piece_at(s, i);
	struct opcit_number number = piece->number;
	enum opcit_kind kind;

	if (is_arabic_heading(s, i)) {
		heading(s, piece, OPCIT_HEAD_NUMBERED);
		return;
	}
	kind = kind_of_numbered(s, i);
	opcit_outline_end_leadin(&s->outline);
	drop_bullet(s, piece);
	s->parent = piece->number.label;
	if (takes_first_letter(s, i, &number))
		body_record(s, kind, number.label, piece,
		            opcit_str_trim(opcit_str_sub(piece->whole, number.printed.len, piece->whole.len)),
		            number.printed);
	else
		body_record(s, kind, number.label, piece, piece->text, number.printed);
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
	if (is_clause_part(s) && piece->words > 3 &&
	    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
		return true;
	return piece->words > 12 && !opcit_str_ends(piece->text, ":");
}

/* "I. …", "A. …", "Annex": a heading, unless it is a long paragraph. Returns
 * how many pieces were used: a designator alone takes the next as its title. */
static size_t take_designated(struct segmenter *s, size_t i)
{
	struct opcit_piece *piece = &s->pieces.items[i];
	const struct opcit_piece *next = piece_at(s, i + 1);
	bool annex = piece->number.style == OPCIT_NUM_NAMED &&
	             strchr("Aa\xC3" "E", piece->number.printed.ptr[0]) != NULL &&
	             !opcit_str_starts(piece->number.printed, "Art") &&
	             !opcit_str_starts(piece->number.printed, "ART");
	size_t used = 1;

	if (is_lettered_paragraph(s, piece) && !annex) {
		enum opcit_kind kind = kind_of_numbered(s, i);

		body_record(s, kind, piece->number.label, piece, piece->text, piece->number.printed);
		s->parent = piece->number.label;
		s->parent_kind = kind;
		return 1;
	}
	if (piece->text.len == 0 && next && next->starts_block && !next->number.style && is_heading_like(next) &&
	    !next->toc && opcit_opener_of(next->text).opening != OPCIT_OPENS_FINITE) {
		struct opcit_str whole = opcit_arena_printf(s->arena, "%.*s %.*s", OPCIT_FMT(piece->whole),
		                                            OPCIT_FMT(next->whole));

		piece->whole = whole;
		if (next->n_notes && !piece->n_notes) {
			piece->notes = next->notes;
			piece->n_notes = next->n_notes;
		}
		used = 2;
	}
	if (annex) {
		heading(s, piece, OPCIT_HEAD_ANNEX);
		if (s->enacts)
			s->part = PART_ANNEX;
	} else {
		heading(s, piece, OPCIT_HEAD_NUMBERED);
	}
	return used;
}

/* ---- pieces without number -------------------------------------------------- */

static void preambular_record(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_str label = opcit_arena_printf(s->arena, "pp%u", ++s->preambular);

	body_record(s, OPCIT_KIND_PREAMBULAR, label, piece, piece->whole, OPCIT_STR(""));
	forget_parents(s);
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
		body_record(s, OPCIT_KIND_OPERATIVE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		forget_parents(s);
		s->parent_kind = OPCIT_KIND_OPERATIVE;
	} else {
		preambular_record(s, piece);
	}
}

/* A lead-in that ends in a colon. False when it is no heading. */
static bool take_leadin(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_str lead = without_colon(piece->whole);
	struct opcit_opener opener = opcit_opener_of(lead);

	if (lead.len == piece->whole.len)
		return false;
	if (s->enacts && is_clause_part(s)) {
		if (opener.opening == OPCIT_OPENS_PARTICIPLE) {
			if (!opcit_opener_is_bare(lead))
				return false;
			heading(s, piece, OPCIT_HEAD_LEADIN);
			return true;
		}
		if (is_enacting(piece->whole)) {
			heading(s, piece, OPCIT_HEAD_ENACTING);
			s->part = PART_OPERATIVE;
			return true;
		}
		if (opener.opening != OPCIT_OPENS_OTHER)
			return false;
	}
	if (opcit_opener_is_sentence(lead) || opcit_starts_lower(lead))
		return false;
	heading(s, piece, OPCIT_HEAD_PLAIN);
	return true;
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
	if (is_clause_part(s) && !opcit_starts_lower(piece->whole)) {
		struct opcit_opener opener = opcit_opener_of(piece->whole);

		if (opener.opening == OPCIT_OPENS_PARTICIPLE || opener.opening == OPCIT_OPENS_FINITE)
			return false;
	}
	clause_stop = is_clause_part(s) && !(s->notes_between && s->numbered);
	if (opcit_starts_lower(piece->whole))
		return !in_list || !opcit_ends_with_stop(record->text, true);
	if (!opcit_ends_with_stop(record->text, clause_stop))
		return !in_list && !is_heading_like(piece);
	return s->numbered && s->notes_between && !is_heading_like(piece) && !opcit_str_ends(piece->whole, ":");
}

/* The title of an annex: what stands after the operative part, in capitals,
 * bold, or worded like the document's own title. */
static bool is_annex_title(const struct segmenter *s, const struct opcit_piece *piece)
{
	size_t i;

	if (s->part != PART_OPERATIVE || piece->words < 2)
		return false;
	if (is_upper_case(piece->whole) || piece->strong)
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

	while (from > s->body && is_heading_like(piece_at(s, from - 1)) && !piece_at(s, from - 1)->number.style &&
	       !piece_at(s, from - 1)->heading_level && !piece_at(s, from - 1)->strong && i - from < 3)
		from--;
	while (to < s->pieces.count && is_heading_like(piece_at(s, to)) && !piece_at(s, to)->number.style &&
	       !piece_at(s, to)->heading_level && !piece_at(s, to)->strong && to - i < 3)
		to++;
	return to - from >= 3;
}

/* Whether an unmarked block without number is a heading. */
static bool is_plain_heading(const struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = piece_at(s, i);

	if (!is_heading_like(piece))
		return false;
	if (is_clause_part(s) && opcit_opener_of(piece->whole).opening != OPCIT_OPENS_OTHER)
		return false;
	return piece->strong || piece->emphatic || is_summary_title(piece->whole) ||
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
	drop_bullet(s, piece);
	body_record(s, OPCIT_KIND_ITEM, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
}

static void take_paragraph(struct segmenter *s, const struct opcit_piece *piece)
{
	body_record(s, OPCIT_KIND_PARAGRAPH, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
	forget_parents(s);
	s->completing = opens_completion(piece->whole);
}

static void take_plain(struct segmenter *s, size_t i)
{
	const struct opcit_piece *piece = piece_at(s, i);

	if (s->enacts && s->part != PART_CLOSED && s->part != PART_BODY && is_closing(piece)) {
		new_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		s->part = PART_CLOSED;
		s->open = NONE;
		return;
	}
	if (s->part == PART_CLOSED) {
		/* Place and date may stand in blocks of their own. */
		if (is_closing(piece) || (is_heading_like(piece) && piece->words <= 12)) {
			new_record(s, OPCIT_KIND_TITLE, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
			s->open = NONE;
			return;
		}
		opcit_outline_clear(&s->outline);
		s->part = PART_ANNEX;
	}
	if (piece->heading_level) {
		heading(s, piece, OPCIT_HEAD_MARKED);
		if (s->part == PART_OPERATIVE)
			s->part = PART_ANNEX;
		return;
	}
	if (opcit_is_formula(piece->whole, true) && s->enacts && piece->words <= 24) {
		heading(s, piece, OPCIT_HEAD_FORMULA);
		s->part = PART_PREAMBLE;
		return;
	}
	if (continues(s, piece)) {
		go_on(s, piece);
		return;
	}
	if (s->completing && !opcit_opener_has_subject(piece->whole)) {
		take_item(s, piece);
		return;
	}
	if (take_leadin(s, piece))
		return;
	if (ends_like_items(s, piece)) {
		take_item(s, piece);
		return;
	}
	if (is_plain_heading(s, i)) {
		if (is_annex_title(s, piece)) {
			heading(s, piece, OPCIT_HEAD_ANNEX);
			s->part = PART_ANNEX;
		} else {
			heading(s, piece, OPCIT_HEAD_PLAIN);
		}
		return;
	}
	if (s->enacts && is_clause_part(s)) {
		take_clause(s, piece);
		return;
	}
	if (is_heading_like(piece) && in_run_of_short_blocks(s, i)) {
		take_item(s, piece);
		return;
	}
	take_paragraph(s, piece);
}

/* ---- the walk --------------------------------------------------------------- */

static size_t take_piece(struct segmenter *s, size_t i)
{
	struct opcit_piece *piece = &s->pieces.items[i];
	struct opcit_number number;

	if (piece->toc) {
		new_record(s, OPCIT_KIND_TOC, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
		drop_bullet(s, piece);
		opcit_outline_content(&s->outline);
		s->open = NONE;
		return 1;
	}
	if (is_note(s, i, &number)) {
		note_record(s, piece, number);
		s->after_note_piece = true;
		return 1;
	}
	s->after_note_piece = false;
	if (i == s->formula) {
		heading(s, piece, OPCIT_HEAD_FORMULA);
		s->part = PART_PREAMBLE;
		return 1;
	}
	switch (piece->number.style) {
	case OPCIT_NUM_NOTE: /* a paragraph number that lost its stop, or plain text */
		if (s->enacts && piece->number.value == s->last_arabic + 1 &&
		    opcit_opener_of(piece->text).opening == OPCIT_OPENS_FINITE)
			take_numbered(s, i);
		else
			take_plain(s, i);
		return 1;
	case OPCIT_NUM_ARABIC:
	case OPCIT_NUM_DECIMAL:
		take_numbered(s, i);
		return 1;
	case OPCIT_NUM_ROMAN:
	case OPCIT_NUM_LETTER:
	case OPCIT_NUM_NAMED: return take_designated(s, i);
	case OPCIT_NUM_PAREN_ARABIC:
	case OPCIT_NUM_PAREN_LETTER:
	case OPCIT_NUM_PAREN_ROMAN:
		take_lettered(s, piece);
		return 1;
	default: break;
	}
	if (piece->bullet.len)
		take_item(s, piece);
	else
		take_plain(s, i);
	return 1;
}

void opcit_segment(struct opcit_blocks *blocks, struct opcit_arena *arena,
                   struct opcit_document *document)
{
	struct segmenter s = { .blocks = blocks, .arena = arena, .out = document };
	size_t i;

	memset(document, 0, sizeof *document);
	opcit_pieces_cut(blocks, arena, &s.pieces);
	prepare(&s);
	s.body = take_title(&s);
	expect_clauses(&s);
	for (i = s.body; i < s.pieces.count;)
		i += take_piece(&s, i);
	opcit_notes_lift(document, &s.notes, &blocks->drops, arena);
	opcit_metadata_find(document, arena);
	document->meta.n_records = (uint32_t)document->n_records;
}
