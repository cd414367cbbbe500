#include "notes.h"

#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_NOTE = 999 };

/* One token of a text, between spaces. */
struct token {
	size_t from, to;
};

static bool next_token(struct opcit_str text, struct token *t)
{
	size_t i = t->to;

	while (i < text.len && text.ptr[i] == ' ')
		i++;
	if (i >= text.len)
		return false;
	t->from = i;
	while (i < text.len && text.ptr[i] != ' ')
		i++;
	t->to = i;
	return true;
}

static bool is_digit(struct opcit_str s, size_t i)
{
	return i < s.len && isdigit((unsigned char)s.ptr[i]);
}

/* The figure that a token consists of, one closing stop or the older style's
 * slash aside; 0 when it is no such token. *len: bytes of the marker. */
static unsigned marker_figure(struct opcit_str token, size_t *len)
{
	size_t i = 0;

	while (i < 4 && is_digit(token, i))
		i++;
	if (i == 0 || i > 3 || token.ptr[0] == '0')
		return 0;
	*len = i;
	if (i < token.len && token.ptr[i] == '/')
		*len = ++i;
	if (i < token.len && (i + 1 < token.len || !strchr(".,;:)", token.ptr[i])))
		return 0;
	return (unsigned)atoi(token.ptr);
}

/* Words after which a figure is a number, not a marker. */
static bool takes_number(const char *word)
{
	static const char *const list[] = {
		"article", "articles", "paragraph", "paragraphs", "resolution", "resolutions", "chapter",
		"chapters", "section", "sections", "rule", "rules", "annex", "annexes", "no", "nos", "p", "pp",
		"para", "paras", "page", "pages", "and", "or", "to", "of", "by", "at", "in", "from", "with",
		"between", "than", "about", "some", "only", "the", "all", "for", "on", "over", "least", "most",
		"supplement", "item", "items", "part", "parts", "regulation", "principle", "principles",
		"meeting", "within", "under", "after", "every", "approximately", "nearly", "until", "before",
		"these", "those", "its", "their", "phase", "stage", "zone", "group", "list", "volume", "vol",
		"operative", "subparagraph", "note", "footnote", "through", "until", "since", "version",
		"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december", "decision", "decisions", "figure", "table", "appendix",
		"a", "an", "another", "first", "last", "next", "other", "exceed", "article", "unscr", "form",
		"age", "aged", "total", "additional", "further", "recommendation", "recommendations", NULL
	};
	size_t i;

	for (i = 0; list[i]; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

/* Words that are cut short with a stop, before a number. */
static bool is_abbreviation(const char *word)
{
	static const char *const abbreviations[] = { "corr", "add", "rev", "amend", "no", "nos", "art", "arts",
		                                     "para", "paras", "p", "pp", "vol", "chap", "sect", "res", "doc",
		                                     "ser", "sub", "cn", "c", "wg", "conf", "inf", "fn", "par", "num", NULL };
	size_t i;

	for (i = 0; abbreviations[i]; i++)
		if (strcmp(word, abbreviations[i]) == 0)
			return true;
	return false;
}

static void fold_token(struct opcit_str token, char *word, size_t size)
{
	struct opcit_words words = opcit_words_of(token);

	word[0] = '\0';
	while (opcit_word_next(&words, word, size))
		;
}

/* "1992", with what may close it: the year of a date. */
static bool is_year(struct opcit_str token)
{
	size_t i;

	for (i = 0; i < 4; i++)
		if (!is_digit(token, i))
			return false;
	if (token.ptr[0] != '1' && token.ptr[0] != '2')
		return false;
	return token.len == 4 || (token.len == 5 && strchr(".,;:", token.ptr[4]));
}

static bool ends_with_mark(struct opcit_str token)
{
	return token.len && (strchr(",;:.)]\"", token.ptr[token.len - 1]) ||
	                     opcit_str_ends(token, "\xE2\x80\x9D"));
}

/* How much a place says that the figure there is a note marker. */
enum place {
	PLACE_NONE,    /* a number */
	PLACE_POSSIBLE, /* a marker if a note answers it */
	PLACE_LIKELY,   /* also if the markers run on from it to a sure one */
	PLACE_SURE     /* a marker whatever the notes */
};

static enum place judge(struct opcit_str before2, struct opcit_str before, struct opcit_str after, bool last)
{
	char word[24], next[24], month[24];

	if (before.len == 0)
		return PLACE_NONE;
	fold_token(before, word, sizeof word);
	fold_token(after, next, sizeof next);
	if (after.len && (after.ptr[0] == '(' && is_digit(after, 1)))
		return PLACE_NONE; /* "54 (1948)" */
	if (opcit_month_of(next) || strcmp(next, "votes") == 0 || strcmp(next, "vote") == 0 ||
	    strcmp(next, "per") == 0 || strcmp(next, "million") == 0 || strcmp(next, "cent") == 0)
		return PLACE_NONE;
	if (is_year(before)) {
		fold_token(before2, month, sizeof month);
		if (!opcit_month_of(month))
			return PLACE_POSSIBLE;
		return before.len == 4 || last ? PLACE_SURE : PLACE_LIKELY; /* "1949, 105 the" */
	}
	if (isdigit((unsigned char)before.ptr[0]) && !strchr(before.ptr[0] == '(' ? "" : "/", '/'))
		return PLACE_NONE;
	if (opcit_str_ends(before, ".") && is_abbreviation(word))
		return PLACE_NONE; /* "paras. 4 and 5", "No. 31" */
	if (ends_with_mark(before)) {
		if (isdigit((unsigned char)word[0]) && before.ptr[0] != '(' && before.ptr[0] != '[' &&
		    !memchr(before.ptr, '/', before.len) && !memchr(before.ptr, ')', before.len))
			return PLACE_NONE; /* "paragraphs 4, 5" */
		return last ? PLACE_SURE : PLACE_POSSIBLE;
	}
	if (takes_number(word) || isdigit((unsigned char)word[0]) || word[0] == '\0')
		return PLACE_NONE;
	return after.len == 0 || islower((unsigned char)after.ptr[0]) || isdigit((unsigned char)after.ptr[0]) ?
	               PLACE_POSSIBLE : PLACE_NONE;
}

/* A figure run on to the stop of a word: "Council,28", "(E/2030/24).1", not
 * "Corr.1" and not "3.14". Returns its length, and its place in *at. */
static size_t run_on_figure(struct opcit_str token, size_t *at)
{
	size_t i = token.len, start;
	char word[16];

	while (i && is_digit(token, i - 1))
		i--;
	if (i < 3 || i == token.len || token.len - i > 3 || token.ptr[i] == '0' || !strchr(".,;:", token.ptr[i - 1]))
		return 0;
	if (!islower((unsigned char)token.ptr[i - 2]) && !strchr(")\"]", token.ptr[i - 2]) &&
	    !(i > 4 && memcmp(token.ptr + i - 4, "\xE2\x80\x9D", 3) == 0))
		return 0;
	if (token.ptr[i - 2] != ')' && memchr(token.ptr, '/', i))
		return 0;
	for (start = i - 1; start && isalpha((unsigned char)token.ptr[start - 1]); start--)
		;
	fold_token(opcit_str_sub(token, start, i - 1), word, sizeof word);
	if (is_abbreviation(word))
		return 0;
	*at = i;
	return token.len - i;
}

/* ---- the survey ------------------------------------------------------------- */

static void survey_text(struct opcit_str text, struct opcit_note_set *set)
{
	struct token t = { 0, 0 };
	struct opcit_str before = { NULL, 0 }, before2 = { NULL, 0 };

	/* Figures are rare in running text: look only where one stands. */
	while (next_token(text, &t)) {
		struct opcit_str token = opcit_str_sub(text, t.from, t.to);
		size_t len;
		unsigned figure = is_digit(token, 0) ? marker_figure(token, &len) : 0;

		if (figure && before.len) {
			struct token n = t;
			struct opcit_str after = { NULL, 0 };

			if (next_token(text, &n))
				after = opcit_str_sub(text, n.from, n.to);
			if (judge(before2, before, after, after.len == 0) != PLACE_NONE)
				set->plain[figure] = true;
		}
		if (token.len == 1 && token.ptr[0] == '*')
			set->star = true;
		if (is_digit(token, token.len - 1) && run_on_figure(token, &len))
			set->plain[atoi(token.ptr + len)] = true;
		if (token.len > 4 && is_digit(token, 4) && is_digit(token, 0)) {
			/* "198359": a year with its marker run together. */
			unsigned tail = (unsigned)atoi(token.ptr + 4);

			if (tail <= LARGEST_NOTE)
				set->plain[tail] = true;
		}
		before2 = before;
		before = token;
	}
}

void opcit_notes_survey(const struct opcit_pieces *pieces, struct opcit_note_set *set)
{
	size_t i, j;
	bool plain_notes = false;

	memset(set, 0, sizeof *set);
	set->highest = pieces->lost_anchors;
	for (i = 0; i < pieces->count; i++) {
		const struct opcit_piece *piece = &pieces->items[i];

		plain_notes = plain_notes || (piece->number.style == OPCIT_NUM_NOTE && piece->number.value && !piece->certain_note);
		if (piece->number.style == OPCIT_NUM_NOTE && piece->number.value <= LARGEST_NOTE)
			set->answered[piece->number.value] = true;
		for (j = 0; j < piece->n_notes; j++) {
			unsigned value = (unsigned)strtoul(piece->notes[j].ptr, NULL, 10);

			if (piece->notes[j].ptr[0] == '*')
				set->star = true;
			if (value && value <= LARGEST_NOTE) {
				set->raised[value] = set->any_raised = true;
				if (value > set->highest)
					set->highest = value;
			}
		}
	}
	for (i = 0; i < pieces->count && (plain_notes || pieces->wrapped); i++)
		if (pieces->items[i].number.style != OPCIT_NUM_NOTE)
			survey_text(pieces->items[i].whole, set);
}

bool opcit_note_set_has(const struct opcit_note_set *set, unsigned number)
{
	return number && number <= LARGEST_NOTE && (set->plain[number] || set->raised[number]);
}

bool opcit_note_set_is_open(const struct opcit_note_set *set, unsigned number)
{
	return number && number <= LARGEST_NOTE && set->raised[number] && !set->answered[number];
}

bool opcit_note_set_has_star(const struct opcit_note_set *set)
{
	return set->star;
}

/* "DECLARE:", not "Notes:". */
static bool leads_in(const struct opcit_piece *piece)
{
	char word[16];

	fold_token(piece->whole, word, sizeof word);
	return opcit_str_ends(piece->whole, ":") && strcmp(word, "notes") != 0 && strcmp(word, "endnotes") != 0 &&
	       strcmp(word, "notas") != 0;
}

size_t opcit_notes_tail(const struct opcit_pieces *pieces, const struct opcit_note_set *set,
                        bool *gathered)
{
	size_t i = pieces->count, from = pieces->count, before;
	unsigned notes = 0;

	*gathered = false;
	while (i) {
		const struct opcit_piece *piece = &pieces->items[i - 1];
		enum opcit_numbering style = piece->number.style;

		if (piece->toc || piece->heading_level ||
		    (style != OPCIT_NUM_ARABIC && style != OPCIT_NUM_NOTE && style != OPCIT_NUM_LOST))
			break;
		i--;
		notes++;
		if (piece->number.value <= 1 && style != OPCIT_NUM_LOST) {
			from = i;
			break;
		}
	}
	if (from == pieces->count) {
		/* Notes that go on from others: gathered when those stand there too. */
		for (from = pieces->count; from && pieces->items[from - 1].number.style == OPCIT_NUM_NOTE; from--)
			;
	} else if (pieces->items[from].number.style == OPCIT_NUM_ARABIC &&
	           (notes != set->highest || (from && leads_in(&pieces->items[from - 1])))) {
		return pieces->count; /* a numbered list at the end, not notes */
	}
	for (before = 0; before < from; before++)
		if (pieces->items[before].number.style == OPCIT_NUM_NOTE && pieces->items[before].certain_note &&
		    pieces->items[before].number.value)
			break;
	*gathered = before == from;
	return *gathered && from < pieces->count && pieces->items[from].number.style == OPCIT_NUM_ARABIC ?
	               from : (*gathered ? from : pieces->count);
}

/* ---- lifting plain markers -------------------------------------------------- */

struct lifter {
	struct opcit_arena *arena;
	const struct opcit_note_set *set;
	struct opcit_drops *drops;
	bool labels[LARGEST_NOTE + 1]; /* notes that the document has */
	bool leads[LARGEST_NOTE + 2];  /* figures from which the markers run on to a sure one */
	bool has_notes;
	unsigned last, highest; /* the marker last lifted, and the highest so far */
	struct opcit_buf text;
};

static bool is_marker(const struct lifter *l, unsigned figure, enum place place)
{
	if (place == PLACE_NONE)
		return false;
	if (l->labels[figure])
		return true;
	if (place == PLACE_SURE || (place == PLACE_LIKELY && l->leads[figure]))
		return true;
	/* Markers run in order; the notes of this page may be missing. */
	return l->last && (figure == l->last || figure == l->last + 1 || figure == l->highest + 1);
}

static bool carries_markers(enum opcit_kind kind)
{
	return kind != OPCIT_KIND_FOOTNOTE && kind != OPCIT_KIND_TOC && kind != OPCIT_KIND_HEADING;
}

/* Signs that OCR makes of raised figures. Returns the sign's length at the end
 * of the token, before one closing stop; *at is where it stands. */
static size_t sign_at_end(struct opcit_str token, size_t *at)
{
	static const char *const signs[] = { "\xC2\xB0", "\xC2\xAE", "\xE2\x84\xA2", "\xC2\xA5", "*", "\xC2\xBA" };
	size_t end = token.len, i;

	if (end && strchr(".,;:", token.ptr[end - 1]))
		end--;
	for (i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);

		if (end < n || memcmp(token.ptr + end - n, signs[i], n) != 0)
			continue;
		*at = end - n;
		return n;
	}
	return 0;
}

static void add_marker(struct lifter *l, struct opcit_record *record, struct opcit_str marker)
{
	struct opcit_str *notes = opcit_arena_alloc(l->arena, (record->n_notes + 1) * sizeof *notes);

	if (record->n_notes)
		memcpy(notes, record->notes, record->n_notes * sizeof *notes);
	notes[record->n_notes++] = marker;
	record->notes = notes;
}

/* The marker that a token holds besides its word: "198359", "1992°", "Nations,1".
 * Returns its length and place. */
static size_t attached_marker(const struct lifter *l, struct opcit_str before, struct opcit_str token, size_t *at)
{
	char month[24];
	size_t n, i;

	fold_token(before, month, sizeof month);
	if (token.len > 4 && is_year(opcit_str_sub(token, 0, 4)) && opcit_month_of(month)) {
		for (i = 4; i < 7 && is_digit(token, i); i++)
			;
		if (i > 4 && !is_digit(token, i)) {
			*at = 4;
			return i - 4;
		}
	}
	n = sign_at_end(token, at);
	if (n && *at > 0) {
		bool year = *at >= 4 && is_year(opcit_str_sub(token, *at - 4, *at)) && opcit_month_of(month);

		return year || strchr(",;.)", token.ptr[*at - 1]) ? n : 0;
	}
	n = run_on_figure(token, at);
	return n && l->labels[atoi(token.ptr + *at)] ? n : 0;
}

/* Which figures of a text stand in a place of this kind. */
static void find_places(struct opcit_str text, enum place wanted, bool *figures)
{
	struct opcit_str before = { NULL, 0 }, before2 = { NULL, 0 };
	struct token t = { 0, 0 };

	while (next_token(text, &t)) {
		struct opcit_str token = opcit_str_sub(text, t.from, t.to), after = { NULL, 0 };
		struct token n = t;
		size_t len;
		unsigned figure = is_digit(token, 0) ? marker_figure(token, &len) : 0;

		if (figure && before.len) {
			if (next_token(text, &n))
				after = opcit_str_sub(text, n.from, n.to);
			if (judge(before2, before, after, after.len == 0) == wanted)
				figures[figure] = true;
		}
		before2 = before;
		before = token;
	}
}

/* Markers run in order: "… 1949, 105 … 1961, 106 … 1963 107" are all three
 * markers when the last one is, even where this page's notes are missing. */
static void find_leads(struct lifter *l, const struct opcit_document *document)
{
	bool likely[LARGEST_NOTE + 1] = { false };
	size_t i;
	unsigned figure;

	for (i = 0; i < document->n_records; i++) {
		if (!carries_markers(document->records[i].kind))
			continue;
		find_places(document->records[i].text, PLACE_SURE, l->leads);
		find_places(document->records[i].text, PLACE_LIKELY, likely);
	}
	for (figure = LARGEST_NOTE; figure; figure--)
		l->leads[figure] = l->leads[figure] || (likely[figure] && l->leads[figure + 1]);
}

static void lift_record(struct lifter *l, struct opcit_record *record)
{
	struct opcit_str text = record->text, before = { NULL, 0 }, before2 = { NULL, 0 };
	struct token t = { 0, 0 }, n;
	size_t kept = 0, len, at;
	bool changed = false;

	opcit_buf_clear(&l->text);
	while (next_token(text, &t)) {
		struct opcit_str token = opcit_str_sub(text, t.from, t.to), after = { NULL, 0 };
		size_t from = 0, to = 0;

		n = t;
		if (next_token(text, &n))
			after = opcit_str_sub(text, n.from, n.to);
		if (is_digit(token, 0)) {
			unsigned figure = marker_figure(token, &len);

			if (figure && is_marker(l, figure, judge(before2, before, after, after.len == 0))) {
				from = t.from, to = t.from + len;
				l->last = figure;
				l->highest = figure > l->highest ? figure : l->highest;
			}
		}
		if (token.len == 1 && token.ptr[0] == '*' && l->set->star && before.len)
			from = t.from, to = t.to;
		if (to == 0) {
			len = attached_marker(l, before, token, &at);
			if (len) {
				from = t.from + at;
				to = from + len;
			}
		}
		if (to) {
			struct opcit_str marker = opcit_str_sub(text, from, to);

			if (opcit_str_ends(marker, "/")) {
				opcit_drops_add(l->drops, OPCIT_DROP_ANCHOR, opcit_str_sub(text, to - 1, to));
				marker.len--;
			}
			add_marker(l, record, marker);
			/* The space before the marker goes with it. */
			opcit_buf_add(&l->text, text.ptr + kept, (from && text.ptr[from - 1] == ' ' ? from - 1 : from) - kept);
			kept = to;
			changed = true;
			continue;
		}
		before2 = before;
		before = token;
	}
	if (!changed)
		return;
	opcit_buf_add(&l->text, text.ptr + kept, text.len - kept);
	record->text = opcit_str_trim(opcit_arena_dup(l->arena, opcit_buf_str(&l->text)));
}

void opcit_notes_lift(struct opcit_document *document, const struct opcit_note_set *set,
                      struct opcit_drops *drops, struct opcit_arena *arena)
{
	struct lifter *l;
	bool clauses = false;
	size_t i;

	if (set->any_raised)
		return;
	l = opcit_xcalloc(1, sizeof *l);
	l->arena = arena;
	l->set = set;
	l->drops = drops;
	for (i = 0; i < document->n_records; i++) {
		const struct opcit_record *record = &document->records[i];

		clauses = clauses || record->kind == OPCIT_KIND_PREAMBULAR || record->kind == OPCIT_KIND_OPERATIVE;
		if (record->kind == OPCIT_KIND_FOOTNOTE && record->label.len > 2) {
			unsigned value = (unsigned)strtoul(record->label.ptr + 2, NULL, 10);

			if (value && value <= LARGEST_NOTE)
				l->labels[value] = l->has_notes = true;
		}
	}
	if (clauses)
		find_leads(l, document);
	for (i = 0; i < document->n_records && (clauses || l->has_notes || set->star); i++)
		if (carries_markers(document->records[i].kind))
			lift_record(l, &document->records[i]);
	opcit_buf_release(&l->text);
	free(l);
}
