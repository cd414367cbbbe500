#include "language.h"

#include "../lib/lang.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* What says too little in bytes of text, and in bytes of running words: a
 * person would not call its language either. */
enum { SHORT = 40, FEW_WORDS = 45, LANGUAGES = 16 };

/* So many short records may stand between two of one language and be in it; more
 * are a list of names. */
enum { REACH = 8 };

/* Whether a mark stands in the text whose first character is rare in prose,
 * for which memmem takes several times as long. */
static bool holds(struct opcit_str text, const char *mark)
{
	const char *at = text.ptr, *end = text.ptr + text.len;
	size_t n = strlen(mark);

	for (; at && (size_t)(end - at) >= n; at++) {
		at = memchr(at, mark[0], (size_t)(end - at) - (n - 1));
		if (!at)
			break;
		if (memcmp(at, mark, n) == 0)
			return true;
	}
	return false;
}

/* A row of a table, a line of contents or leaders are no sentences. */
static bool is_prose(const struct opcit_record *record)
{
	return record->kind != OPCIT_KIND_TOC && record->text.len >= SHORT && !holds(record->text, "| ") &&
	       !holds(record->text, "....");
}

/* ---- the document ------------------------------------------------------------ */

/* How many bytes of the text are in each language. */
struct tally {
	struct {
		struct opcit_str lang;
		size_t bytes;
	} items[LANGUAGES];
	size_t n;
};

static void count(struct tally *tally, struct opcit_str lang, size_t bytes)
{
	size_t i = 0;

	while (i < tally->n && !opcit_str_eq(tally->items[i].lang, lang))
		i++;
	if (i == LANGUAGES || !lang.len)
		return;
	tally->items[i].lang = lang;
	tally->items[i].bytes += bytes;
	tally->n += i == tally->n;
}

static struct opcit_str most_used(const struct tally *tally)
{
	size_t i, best = 0;

	for (i = 1; i < tally->n; i++)
		if (tally->items[i].bytes > tally->items[best].bytes)
			best = i;
	return tally->n ? tally->items[best].lang : OPCIT_STR("");
}

/* A document of short lines only tells its language by all of them together. */
static struct opcit_str of_all_lines(const struct opcit_document *document)
{
	struct opcit_buf all = OPCIT_BUF_INIT;
	struct opcit_str lang;
	size_t i;

	for (i = 0; i < document->n_records && all.len < OPCIT_LANG_LOOK; i++) {
		opcit_buf_add_str(&all, document->records[i].text);
		opcit_buf_putc(&all, '\n');
	}
	lang = opcit_lang_detect(opcit_buf_str(&all), OPCIT_STR(""));
	opcit_buf_release(&all);
	return lang;
}

/* ---- its records ------------------------------------------------------------- */

/* Of a script without capitals and, mostly, without spaces: above U+0800, but
 * for General Punctuation. */
static bool is_east(unsigned char c)
{
	return c >= 0xe0 && c != 0xe2;
}

/* The running words of a text: no names, symbols and numbers, which are the
 * same in every language. */
static void running_words(struct opcit_str text, struct opcit_buf *words)
{
	size_t at = 0, end;

	for (opcit_buf_clear(words); at < text.len && words->len < OPCIT_LANG_LOOK; at = end + 1) {
		utf8proc_int32_t first = 0;
		bool plain = true, east = false;

		for (end = at; end < text.len && text.ptr[end] != ' '; end++) {
			east = east || is_east((unsigned char)text.ptr[end]);
			plain = plain && text.ptr[end] != '/' && !(text.ptr[end] >= '0' && text.ptr[end] <= '9');
		}
		utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at, (utf8proc_ssize_t)(end - at), &first);
		if (end == at || (!plain && !east) || utf8proc_isupper(first))
			continue;
		opcit_buf_add_str(words, opcit_str_sub(text, at, end));
		opcit_buf_putc(words, ' ');
	}
}

/* The language of a record: the detector is asked where its commonest words do
 * not tell. */
static struct opcit_str guess_of(const struct opcit_record *record, struct opcit_str own)
{
	struct opcit_str lang = opcit_lang_by_words(record->text);

	return lang.len ? lang : opcit_lang_detect(record->text, own);
}

/* Whether a record that looks foreign is: its running words say the same,
 * though the document's own language is given every chance. */
static bool is_foreign(const struct opcit_record *record, struct opcit_str guess, struct opcit_str own,
                       struct opcit_buf *words)
{
	running_words(record->text, words);
	return words->len >= FEW_WORDS && opcit_str_eq(opcit_lang_detect(opcit_buf_str(words), own), guess);
}

/* A short record between two of one language is in it. */
static void settle_short_ones(struct opcit_document *document, const bool *sure)
{
	size_t i, before = SIZE_MAX;

	for (i = 0; i < document->n_records; i++) {
		struct opcit_str lang = document->records[i].lang;

		if (!sure[i])
			continue;
		if (before != SIZE_MAX && lang.len && i - before <= REACH && opcit_str_eq(document->records[before].lang, lang))
			for (before++; before < i; before++)
				if (!holds(document->records[before].text, "| "))
					document->records[before].lang = lang;
		before = i;
	}
}

void opcit_languages_find(struct opcit_document *document, struct opcit_str stated,
                          struct opcit_arena *arena)
{
	struct opcit_str *guesses = opcit_xcalloc(document->n_records + 1, sizeof *guesses);
	bool *sure = opcit_xcalloc(document->n_records + 1, sizeof *sure);
	struct opcit_buf words = OPCIT_BUF_INIT;
	struct opcit_str own = opcit_lang_code(stated, arena);
	struct tally tally = { .n = 0 };
	size_t i;

	for (i = 0; i < document->n_records; i++) {
		document->records[i].lang = OPCIT_STR("");
		if (!is_prose(&document->records[i]))
			continue;
		guesses[i] = guess_of(&document->records[i], own);
		count(&tally, guesses[i], document->records[i].text.len);
	}
	if (!own.len)
		own = tally.n ? most_used(&tally) : of_all_lines(document);
	for (i = 0; i < document->n_records; i++) {
		sure[i] = opcit_str_eq(guesses[i], own);
		if (!guesses[i].len || sure[i] || !is_foreign(&document->records[i], guesses[i], own, &words))
			continue;
		document->records[i].lang = guesses[i];
		sure[i] = true;
	}
	settle_short_ones(document, sure);
	document->meta.lang = own;
	opcit_buf_release(&words);
	free(guesses);
	free(sure);
}
