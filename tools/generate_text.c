/* generate_text.c: sentences and citations, word by word. */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes ----------------------------------------------------------------------- */

void put(struct text *text, const char *bytes, size_t len)
{
	if (text->len + len > text->cap) {
		text->cap = 2 * (text->len + len) + 65536;
		text->bytes = realloc(text->bytes, text->cap);
		if (!text->bytes) {
			fputs("generate: no memory\n", stderr);
			exit(70);
		}
	}
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

void put_string(struct text *text, const char *string)
{
	put(text, string, strlen(string));
}

void put_number(struct text *text, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	put(text, digits + at, sizeof digits - at);
}

void put_anchor(struct text *text, uint32_t number)
{
	static const char *const superior[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

	if (number >= 10)
		put_anchor(text, number / 10);
	put_string(text, superior[number % 10]);
}

static void put_word(struct text *text, struct word word)
{
	put(text, word.bytes, word.len);
	for (uint32_t i = 0; i < word.len; i++)
		text->words += word.bytes[i] == ' ';
}

/* A blank, or the end of a line that is full. */
static void put_blank(struct text *text)
{
	if (text->wrap && text->len - text->line > 62) {
		put(text, "\n", 1);
		text->line = text->len;
	} else {
		put(text, " ", 1);
	}
	text->words++;
}

uint32_t quantile_draw(const uint32_t table[QUANTILES], struct chance *chance)
{
	static const uint32_t at[QUANTILES] = { 0, 50, 100, 250, 500, 750, 900, 950, 990, 1000 };
	uint32_t u = chance_below(chance, 1000), i = 1;

	while (u >= at[i])
		i++;
	return table[i - 1] + (table[i] - table[i - 1]) * (u - at[i - 1]) / (at[i] - at[i - 1]);
}

/* ---- words ----------------------------------------------------------------------- */

/* A word of the long tail; one in two is one that this document has had before, because what a text
 * is about comes back in it. */
static void put_tail(struct document *doc, bool name)
{
	uint32_t slot = chance_below(&doc->chance, REMEMBERED);
	char word[TAIL_WORD];
	uint64_t rank;
	uint32_t len;

	if (doc->remembered[slot] && chance_percent(&doc->chance, 50))
		rank = doc->remembered[slot];
	else
		doc->remembered[slot] = rank = tail_rank(&doc->chance);
	len = tail_word(rank, name, word);
	put(&doc->text, word, len);
}

enum { TAIL_PERCENT = 38, TOPIC_PERCENT = 9, REPEAT_PERCENT = 35 };

/* The longer a record, the oftener one of its own words comes back. */
static bool put_again(struct document *doc)
{
	uint32_t which = chance_below(&doc->chance, RECENT);
	char word[TAIL_WORD];

	if (which >= doc->n_recent || !chance_percent(&doc->chance, REPEAT_PERCENT))
		return false;
	memcpy(word, doc->text.bytes + doc->recent[which].at, doc->recent[which].len);
	put(&doc->text, word, doc->recent[which].len);
	return true;
}

static void put_content(struct document *doc, enum word_class class)
{
	bool thing = class == WORDS_NOUN || class == WORDS_PLURAL;
	size_t from = doc->text.len;
	uint32_t u;

	if (put_again(doc))
		return;
	u = chance_below(&doc->chance, 100);
	if (u < TAIL_PERCENT)
		put_tail(doc, false);
	else if (thing && u < TAIL_PERCENT + TOPIC_PERCENT)
		put_word(&doc->text,
			 word_of_topic(chance_percent(&doc->chance, 80) ? doc->topic
									: doc->other_topic,
				       &doc->chance));
	else
		put_word(&doc->text, word_draw(class, &doc->chance));
	if (doc->n_recent < RECENT && doc->text.len - from <= TAIL_WORD) {
		doc->recent[doc->n_recent].at = from;
		doc->recent[doc->n_recent++].len = (uint32_t)(doc->text.len - from);
	}
}

void put_date(struct document *doc, uint32_t year)
{
	put_number(&doc->text, 1 + chance_below(&doc->chance, 28));
	put_blank(&doc->text);
	put_word(&doc->text, word_draw(WORDS_MONTH, &doc->chance));
	put_blank(&doc->text);
	put_number(&doc->text, year);
}

/* ---- other documents --------------------------------------------------------------- */

enum { YEARS = 48, FIRST_YEAR = 1992 };

uint32_t document_year(uint64_t number)
{
	return FIRST_YEAR + (uint32_t)(number % YEARS);
}

enum document_kind document_kind(uint64_t seed, uint64_t number)
{
	struct chance chance = chance_of(seed, 1, number);
	uint32_t u = chance_below(&chance, 100);

	return u < 15   ? KIND_COUNCIL
	       : u < 45 ? KIND_ASSEMBLY
	       : u < 75 ? KIND_DECISION
	       : u < 90 ? KIND_REPORT
			: KIND_NOTICE;
}

uint32_t document_symbol(enum document_kind kind, uint64_t number, char out[64])
{
	uint32_t year = document_year(number), session = year - 1945;
	unsigned long long unique = number + 1, of_session = number / YEARS + 1;

	switch (kind) {
	case KIND_COUNCIL: return (uint32_t)snprintf(out, 64, "S/RES/%llu (%u)", unique, year);
	case KIND_ASSEMBLY:
		return (uint32_t)snprintf(out, 64, "A/RES/%u/%llu", session, of_session);
	case KIND_REPORT: return (uint32_t)snprintf(out, 64, "A/%u/%llu", session, of_session);
	default:
		return (uint32_t)snprintf(out, 64, "CCPR/C/%u/D/%llu/%u", 3 * session - 90, unique,
					  year);
	}
}

/* An earlier document, the earlier ones oftener, or none in the very first; a resolution cites
 * mostly resolutions, and those are cited in words. */
static void put_document(struct document *doc)
{
	struct text *text = &doc->text;
	uint32_t blocks = (uint32_t)(doc->number / YEARS + 1),
		 tries = doc->kind <= KIND_ASSEMBLY ? 4 : 1;
	enum document_kind kind;
	uint64_t number;
	char symbol[64];
	uint32_t len;

	do {
		number = chance_below(&doc->chance, chance_below(&doc->chance, blocks) + 1);
		number = number * YEARS +
			 chance_below(&doc->chance, (uint32_t)(doc->number % YEARS) + 1);
		kind = document_kind(doc->seed, number);
	} while (kind > KIND_ASSEMBLY && --tries);
	if (number >= doc->number) {
		put_string(text, "the Charter of the United Nations");
		return;
	}
	len = document_symbol(kind, number, symbol);
	if (kind <= KIND_ASSEMBLY && chance_percent(&doc->chance, 85)) {
		put_string(text,
			   kind == KIND_COUNCIL ? "resolution " : "General Assembly resolution ");
		put(text, symbol + 6, len - 6); /* S/RES/, A/RES/ */
	} else {
		put_string(text, "document ");
		put(text, symbol, len);
	}
	if (chance_percent(&doc->chance, 15)) {
		put_string(text, ", para. ");
		put_number(text, 1 + chance_below(&doc->chance, 8));
	}
	text->words += 2;
}

static const char *const instruments[] = {
	"the International Covenant on Civil and Political Rights",
	"the Charter of the United Nations",
	"the Convention on the Rights of the Child",
	"the Universal Declaration of Human Rights",
	"the International Covenant on Economic, Social and Cultural Rights",
	"the Convention on the Elimination of All Forms of Discrimination against Women",
	"the Vienna Convention on Consular Relations",
	"the International Convention on the Elimination of All Forms of Racial Discrimination",
	"the European Convention on Human Rights",
	"the International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families",
	"the United Nations Convention against Transnational Organized Crime",
	"the Convention on the Rights of Persons with Disabilities",
};
enum { INSTRUMENTS = sizeof instruments / sizeof *instruments };

static void put_article(struct document *doc)
{
	static const char *const of[] = { "of the Covenant", "of the Convention",
					  "of the Optional Protocol", "of the Charter" };
	struct text *text = &doc->text;
	uint32_t form = chance_below(&doc->chance, 10);

	put_string(text, form == 0 ? "articles " : "article ");
	put_number(text, 1 + chance_below(&doc->chance, 1 + chance_below(&doc->chance, 30)));
	if (form == 0) {
		put_string(text, " and ");
		put_number(text, 31 + chance_below(&doc->chance, 10));
	} else if (form < 4) {
		put_string(text, " (");
		put_number(text, 1 + chance_below(&doc->chance, 5));
		put_string(text, ")");
	} else if (form < 6) {
		put_string(text, ", paragraph ");
		put_number(text, 1 + chance_below(&doc->chance, 5));
		put_string(text, ",");
	}
	put_string(text, " ");
	if (doc->kind == KIND_DECISION || doc->kind == KIND_NOTICE ||
	    chance_percent(&doc->chance, 20))
		put_string(text, of[chance_below(&doc->chance, 2 + chance_below(&doc->chance, 3))]);
	else {
		put_string(text, "of ");
		put_string(text, instruments[chance_below(&doc->chance, INSTRUMENTS)]);
	}
	text->words += 4;
}

/* ---- patterns and sentences ------------------------------------------------------------ */

static void put_mark(struct document *doc, char mark)
{
	struct text *text = &doc->text;
	struct chance *chance = &doc->chance;

	switch (mark) {
	case 'a': put_content(doc, WORDS_ADJECTIVE); break;
	case 'n': put_content(doc, WORDS_NOUN); break;
	case 's': put_content(doc, WORDS_PLURAL); break;
	case 'v': put_word(text, word_draw(WORDS_VERB, chance)); break;
	case 'i': put_word(text, word_draw(WORDS_INFINITIVE, chance)); break;
	case 'd': put_word(text, word_draw(WORDS_DETERMINER, chance)); break;
	case 'p': put_word(text, word_draw(WORDS_PREPOSITION, chance)); break;
	case 'c': put_word(text, word_draw(WORDS_CONJUNCTION, chance)); break;
	case 'r': put_word(text, word_draw(WORDS_ADVERB, chance)); break;
	case 'C': put_word(text, word_draw(WORDS_COUNTRY, chance)); break;
	case 't': put_word(text, word_of_topic(doc->topic, chance)); break;
	case 'T': put_word(text, word_name_of_topic(doc->topic)); break;
	case 'o': put_word(text, word_name_of_topic(doc->other_topic)); break;
	case 'N': put_tail(doc, true); break;
	case 'D': put_document(doc); break;
	case 'A': put_article(doc); break;
	case 'I': put_string(text, instruments[chance_below(chance, INSTRUMENTS)]); break;
	case 'Y': put_date(doc, doc->year - chance_below(chance, 4)); break;
	case 'y': put_number(text, doc->year - chance_below(chance, 9)); break;
	case 'm': put_number(text, 2 + chance_below(chance, 1 + chance_below(chance, 400))); break;
	default: put(text, &mark, 1); break;
	}
}

/* Marks are a percent sign and a letter of put_mark. */
void put_pattern(struct document *doc, const char *pattern)
{
	for (; *pattern; pattern++)
		if (*pattern == '%')
			put_mark(doc, *++pattern);
		else if (*pattern == ' ')
			put_blank(&doc->text);
		else
			put(&doc->text, pattern, 1);
}

static const char *const subjects[] = {
	"The %n",
	"The State party",
	"The %a %n",
	"%d %s",
	"The Committee",
	"The author",
	"The %n of the %n",
	"The Government of %C",
	"%C",
	"It",
	"In %y, the %n",
	"On %Y, the %n",
	"Mr. %N %N",
	"Most %s",
	"The %s of %C",
	"He",
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

/* The first ones are the frequent ones. */
static const char *const phrases[] = {
	" %p %d %n",
	" of %a %s",
	" %p the %a %n",
	" to %i %d %n",
	" of %s",
	" that %d %n %v %a",
	" and %a %s",
	" and to %i %s",
	" %p %s and %s",
	" %c %s %v %r",
	" the %n of %a %s",
	", and %d %n %v,",
	" %p %d %s of %n",
	" as %a %n",
	" of %n in %n",
	" by %d %a %n",
	" which %v not %a",
	" for %s of %d %n",
	" in %C",
	" of %t",
	" on %n of %n and %n",
	" and %v %p the %n",
	" or %a %n",
	", in particular %s,",
	" who %v %p %n",
	" %r %a",
	" on %Y",
	" the %n of %N",
	" not to %i %d %s",
	" of %N %N",
	" %m %s",
	" within %m days",
	" no %n",
	" because he %v %r",
	" %p her %n",
};
enum { PHRASES = sizeof phrases / sizeof *phrases };

static const char *const citations[] = {
	" under %A",
	" in accordance with %D",
	" within the meaning of %A",
	" set out in %D",
	" of %I",
	" as provided for in %A",
	" (see %A)",
	" recalled in %D",
	" read in conjunction with %A",
	" pursuant to %D",
};
enum { CITATIONS = sizeof citations / sizeof *citations };

void put_sentences(struct document *doc, uint32_t words, bool inside, const char *stop)
{
	bool one = doc->kind <= KIND_ASSEMBLY; /* a clause of a resolution has no full stop */
	struct text *text = &doc->text;
	struct chance *chance = &doc->chance;

	for (;;) {
		uint32_t end =
			text->words + 12 + chance_below(chance, 13) + chance_below(chance, 13);

		end = one || end + 12 > words ? words : end;
		if (!inside) {
			size_t at = text->len;

			put_pattern(doc, subjects[chance_below(chance, SUBJECTS)]);
			if (text->bytes[at] >= 'a' && text->bytes[at] <= 'z')
				text->bytes[at] = (char)(text->bytes[at] - 'a' + 'A');
			put_pattern(doc, " %v");
		}
		do {
			const char *phrase = phrases[chance_below(
				chance, 8 + chance_below(chance, PHRASES - 7))];

			text->len -= text->bytes[text->len - 1] == ',' && *phrase == ',';
			put_pattern(doc, phrase);
		} while (text->words + 3 < end);
		if (chance_percent(chance, one ? 35 : 14))
			put_pattern(doc, citations[chance_below(chance, CITATIONS)]);
		text->len -= text->bytes[text->len - 1] == ',';
		if (text->words + 4 >= words)
			break;
		put_string(text, ".");
		put_blank(text);
		inside = false;
	}
	put_string(text, stop);
}
