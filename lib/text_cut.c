/* text_cut.c: words of scripts that put no space between them, with ICU's
 * dictionaries. A stretch of text is cut at once and only the places are kept,
 * so that an iterator owns nothing: to open a BreakIterator takes 3 µs, to cut
 * a hundred characters 20 to 100. */
#include "text_int.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

enum {
	STRETCH = 480, /* bytes cut at once */
	GAP = 12       /* bytes of other text that end a stretch */
};

/* Where the stretch that begins at tokens->at ends; *whole unless it was cut
 * short, perhaps within a word. */
static size_t stretch_end(const struct opcit_tokens *t, bool *whole)
{
	size_t last = t->at, at, size;

	for (at = last; at < t->text.len && at - last <= GAP; at += size) {
		utf8proc_int32_t c = opcit_char_at(t->text, at, &size);

		if (c < 0)
			break;
		if (!opcit_char_is_spaceless(c))
			continue;
		if (at + size - t->at > STRETCH) {
			*whole = false;
			return last;
		}
		last = at + size;
	}
	*whole = true;
	return last;
}

/* Cut the stretch at tokens->at. Without ICU's data each character is a word. */
static void cut_stretch(struct opcit_tokens *t)
{
	UErrorCode status = U_ZERO_ERROR;
	UText text = UTEXT_INITIALIZER;
	UBreakIterator *words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
	bool whole;
	int32_t at;

	t->cut_from = t->at;
	t->cut_to = stretch_end(t, &whole);
	t->n_cuts = t->next_cut = 0;
	utext_openUTF8(&text, t->text.ptr + t->cut_from, (int64_t)(t->cut_to - t->cut_from), &status);
	ubrk_setUText(words, &text, &status);
	while (U_SUCCESS(status) && t->n_cuts < OPCIT_TOKENS_CUTS && (at = ubrk_next(words)) != UBRK_DONE)
		t->cuts[t->n_cuts++] = (uint16_t)at;
	if (!whole && t->n_cuts > 1)
		t->n_cuts--;
	if (t->n_cuts)
		t->cut_to = t->cut_from + t->cuts[t->n_cuts - 1];
	utext_close(&text);
	ubrk_close(words);
}

/* Where the word at tokens->at ends. */
static size_t word_end(struct opcit_tokens *t)
{
	if (t->at < t->cut_from || t->at >= t->cut_to)
		cut_stretch(t);
	while (t->next_cut < t->n_cuts && t->cut_from + t->cuts[t->next_cut] <= t->at)
		t->next_cut++;
	return t->next_cut < t->n_cuts ? t->cut_from + t->cuts[t->next_cut] : t->at + 1;
}

bool opcit_tokens_cut(struct opcit_tokens *t)
{
	size_t end = word_end(t), size;

	t->used = 0;
	t->n_parts = t->next_part = 0;
	t->spaceless = true;
	t->by_parts = false;
	while (t->at < end) {
		utf8proc_int32_t c = opcit_char_at(t->text, t->at, &size);
		bool goes_on = t->n_parts && (opcit_char_is_mark(c) || opcit_char_is_invisible(c));
		uint16_t from = t->used;

		if (!goes_on && (c < 0 || !opcit_char_is_spaceless(c) || t->n_parts == OPCIT_TOKEN_PARTS))
			break;
		if (!opcit_char_is_invisible(c))
			t->used = (uint16_t)(t->used + opcit_fold(c, t->folded + t->used, sizeof t->folded - t->used));
		if (!goes_on && t->used > from) {
			t->parts[t->n_parts].start = t->at;
			t->parts[t->n_parts].from = from;
			t->parts[t->n_parts].bound = !opcit_char_is_ideograph(c);
			t->by_parts = t->by_parts || opcit_char_is_ideograph(c);
			t->n_parts++;
		}
		t->at += size;
		if (t->n_parts) {
			t->parts[t->n_parts - 1].end = t->at;
			t->parts[t->n_parts - 1].to = t->used;
		}
	}
	return t->n_parts > 0;
}
