/* The segmenter: what a block looks like, whatever stands around it. */
#include "segmenter.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

enum { NOTES_OF_A_PAGE = 24 };

static bool has_letter(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (isalpha((unsigned char)text.ptr[i]) || (unsigned char)text.ptr[i] >= 0xC3)
			return true;
	return false;
}

bool opcit_seg_is_heading_like(const struct opcit_piece *piece)
{
	return piece->text.len && has_letter(piece->text) && piece->words <= 22 && piece->text.len <= 220 && !piece->bullet.len &&
	       !opcit_ends_with_stop(piece->text, true) && !opcit_ends_with_stop(piece->whole, true) &&
	       !opcit_starts_lower(piece->text);
}

bool opcit_seg_is_upper_case(struct opcit_str text)
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
bool opcit_seg_is_closing(const struct opcit_piece *piece)
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

bool opcit_seg_is_summary_title(struct opcit_str text)
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

struct opcit_str opcit_seg_without_colon(struct opcit_str text)
{
	while (text.len && (text.ptr[text.len - 1] == ':' || text.ptr[text.len - 1] == ' '))
		text.len--;
	return text;
}

/* "Declares that:", "RESOLVES:", or "…, the Conference hereby agrees:". */
bool opcit_seg_is_enacting(struct opcit_str text)
{
	struct opcit_str lead = opcit_seg_without_colon(text);
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

bool opcit_seg_is_cut(const struct segmenter *s, size_t i)
{
	const struct opcit_piece *next;
	size_t last = i + 1 + NOTES_OF_A_PAGE;

	for (i++; i < last && i < s->pieces.count; i++) {
		next = &s->pieces.items[i];
		if (next->number.style == OPCIT_NUM_NOTE && next->certain_note)
			continue;
		return !next->number.style && !next->bullet.len && !next->toc && !next->heading_level &&
		       opcit_starts_lower(next->whole);
	}
	return false;
}

/* "Notes", "Endnotes": the notes of the whole document, under no other heading. */
bool opcit_seg_is_notes_title(struct opcit_str text)
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
