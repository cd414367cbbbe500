#include "outline.h"

#include "word.h"

#include <string.h>

static void cut(struct opcit_outline *outline, size_t depth)
{
	if (depth < outline->depth) {
		outline->depth = depth;
		outline->path = NULL;
	}
}

const struct opcit_outline_entry *opcit_outline_top(const struct opcit_outline *outline)
{
	return outline->depth ? &outline->entries[outline->depth - 1] : NULL;
}

static bool top_is(const struct opcit_outline *outline, enum opcit_heading type)
{
	return outline->depth && outline->entries[outline->depth - 1].type == type;
}

/* What makes two numbers members of one series: their style, and for "Annex
 * II" the word. */
static bool one_series(const struct opcit_number *a, const struct opcit_number *b)
{
	char first[16], second[16];
	struct opcit_words words;

	if (a->style != b->style || !a->style)
		return false;
	if (a->style != OPCIT_NUM_NAMED)
		return true;
	words = opcit_words_of(a->printed);
	opcit_word_next(&words, first, sizeof first);
	words = opcit_words_of(b->printed);
	opcit_word_next(&words, second, sizeof second);
	return strcmp(first, second) == 0;
}

/* How high a series stands where nothing else tells: I, A, 1. */
static int rank(const struct opcit_number *number)
{
	switch (number->style) {
	case OPCIT_NUM_NAMED: return 0;
	case OPCIT_NUM_ROMAN: return 1;
	case OPCIT_NUM_LETTER: return 2;
	case OPCIT_NUM_ARABIC:
	case OPCIT_NUM_DECIMAL: return 3;
	default: return 4;
	}
}

static void place_numbered(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	size_t i = outline->depth;

	while (i--) {
		const struct opcit_outline_entry *entry = &outline->entries[i];

		if (entry->type == OPCIT_HEAD_NUMBERED && one_series(&entry->number, &heading->number)) {
			cut(outline, i);
			return;
		}
	}
	/* A first member opens a series below what stands now, unnumbered
	 * headings that have had their text aside; a later one, whose series was
	 * not seen, finds its place by rank. */
	while (outline->depth) {
		const struct opcit_outline_entry *top = opcit_outline_top(outline);

		if (top->type == OPCIT_HEAD_PLAIN && (top->has_content || heading->number.value > 1))
			cut(outline, outline->depth - 1);
		else if (top->type == OPCIT_HEAD_MARKED && heading->level && top->level >= heading->level)
			cut(outline, outline->depth - 1);
		else if (top->type == OPCIT_HEAD_NUMBERED && heading->number.value > 1 &&
		         rank(&top->number) >= rank(&heading->number))
			cut(outline, outline->depth - 1);
		else if (top->type == OPCIT_HEAD_LEADIN)
			cut(outline, outline->depth - 1);
		else
			break;
	}
}

/* The clause machinery of a resolution ends where a marked heading or an annex
 * begins. */
static size_t below_clauses(const struct opcit_outline *outline)
{
	size_t i;

	for (i = 0; i < outline->depth; i++)
		if (outline->entries[i].type <= OPCIT_HEAD_ENACTING)
			break;
	return i;
}

static void place_marked(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	cut(outline, below_clauses(outline));
	while (outline->depth) {
		const struct opcit_outline_entry *top = opcit_outline_top(outline);

		if (top->type != OPCIT_HEAD_PLAIN && !(top->level && top->level >= heading->level))
			break;
		cut(outline, outline->depth - 1);
	}
}

/* Two headings of one wording: both end in a colon, or in the same noun
 * ("Universal Instruments", "Regional Instrument"). */
static bool alike(struct opcit_str a, struct opcit_str b)
{
	struct opcit_words words = opcit_words_of(a);
	char first[32] = "", second[32] = "";
	size_t n;

	if (opcit_str_ends(a, ":") || opcit_str_ends(b, ":"))
		return opcit_str_ends(a, ":") && opcit_str_ends(b, ":");
	while (opcit_word_next(&words, first, sizeof first))
		;
	words = opcit_words_of(b);
	while (opcit_word_next(&words, second, sizeof second))
		;
	n = strlen(first);
	if (n > 1 && first[n - 1] == 's')
		first[n - 1] = '\0';
	n = strlen(second);
	if (n > 1 && second[n - 1] == 's')
		second[n - 1] = '\0';
	return first[0] && strcmp(first, second) == 0;
}

static void place_plain(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	const struct opcit_outline_entry *top;

	if (top_is(outline, OPCIT_HEAD_LEADIN))
		cut(outline, outline->depth - 1);
	top = opcit_outline_top(outline);
	if (!top || top->type != OPCIT_HEAD_PLAIN || !top->has_content)
		return;
	if (alike(top->text, heading->text)) {
		cut(outline, outline->depth - 1);
		return;
	}
	while (top_is(outline, OPCIT_HEAD_PLAIN))
		cut(outline, outline->depth - 1);
}

/* Annexes stand outermost; an appendix stands within an annex that has a title
 * instead of a number. */
static void place_annex(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	char word[16] = "";
	struct opcit_words words = opcit_words_of(heading->number.printed);

	opcit_word_next(&words, word, sizeof word);
	if (strncmp(word, "appendi", 7) == 0 && outline->depth &&
	    outline->entries[0].type == OPCIT_HEAD_ANNEX && !one_series(&outline->entries[0].number, &heading->number)) {
		cut(outline, 1);
		return;
	}
	cut(outline, 0);
}

/* A formula starts a resolution afresh, below its annex, or below the letter of
 * its part when that stands right before it ("A", "The Council,"). */
static void place_formula(struct opcit_outline *outline)
{
	const struct opcit_outline_entry *top = opcit_outline_top(outline);

	if (top && top->type == OPCIT_HEAD_NUMBERED && !top->has_content &&
	    top->text.len == top->number.printed.len && below_clauses(outline) == outline->depth)
		return;
	while (outline->depth && !top_is(outline, OPCIT_HEAD_ANNEX))
		cut(outline, outline->depth - 1);
}

bool opcit_outline_is_in_part(const struct opcit_outline *outline)
{
	return outline->depth > 1 && top_is(outline, OPCIT_HEAD_FORMULA) &&
	       outline->entries[outline->depth - 2].type == OPCIT_HEAD_NUMBERED;
}

void opcit_outline_place(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	switch (heading->type) {
	case OPCIT_HEAD_FORMULA: place_formula(outline); break;
	case OPCIT_HEAD_LEADIN:
		opcit_outline_end_leadin(outline);
		break;
	case OPCIT_HEAD_ENACTING: cut(outline, below_clauses(outline)); break;
	case OPCIT_HEAD_ANNEX: place_annex(outline, heading); break;
	case OPCIT_HEAD_NUMBERED: place_numbered(outline, heading); break;
	case OPCIT_HEAD_MARKED: place_marked(outline, heading); break;
	case OPCIT_HEAD_PLAIN: place_plain(outline, heading); break;
	}
}

void opcit_outline_push(struct opcit_outline *outline, const struct opcit_outline_entry *heading)
{
	if (outline->depth == OPCIT_OUTLINE_DEPTH)
		return; /* deeper than any document; the path stops growing */
	outline->entries[outline->depth++] = *heading;
	outline->path = NULL;
}

struct opcit_str *opcit_outline_path(struct opcit_outline *outline, size_t *n)
{
	size_t i;

	*n = outline->depth;
	if (!outline->path && outline->depth) {
		outline->path = opcit_arena_alloc(outline->arena, outline->depth * sizeof *outline->path);
		for (i = 0; i < outline->depth; i++)
			outline->path[i] = outline->entries[i].text;
	}
	return outline->path;
}

void opcit_outline_content(struct opcit_outline *outline)
{
	size_t i = outline->depth;

	while (i-- && !outline->entries[i].has_content)
		outline->entries[i].has_content = true;
}

void opcit_outline_cut(struct opcit_outline *outline, size_t depth)
{
	cut(outline, depth);
}

void opcit_outline_clear(struct opcit_outline *outline)
{
	cut(outline, 0);
}

void opcit_outline_end_leadin(struct opcit_outline *outline)
{
	if (top_is(outline, OPCIT_HEAD_LEADIN))
		cut(outline, outline->depth - 1);
}
