#include "metadata_int.h"

#include "piece.h"
#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_NAME = 80 };

bool opcit_meta_contains(struct opcit_str text, const char *needle)
{
	size_t i, n = strlen(needle);
	int first = tolower((unsigned char)needle[0]);

	for (i = 0; i + n <= text.len; i++)
		if (tolower((unsigned char)text.ptr[i]) == first && strncasecmp(text.ptr + i, needle, n) == 0)
			return true;
	return false;
}

/* Whether the folded words of text include this one. */
bool opcit_meta_has_word(struct opcit_str text, const char *wanted)
{
	struct opcit_words words = opcit_words_of(text);
	char word[24];

	while (opcit_word_next(&words, word, sizeof word))
		if (strcmp(word, wanted) == 0)
			return true;
	return false;
}

bool opcit_meta_is_title(const struct opcit_document *d, size_t i)
{
	return i < d->n_records && d->records[i].kind == OPCIT_KIND_TITLE;
}

/* ---- dates ------------------------------------------------------------------ */

/* The last date in a text, as ISO 8601: "21 July 2010", "June 7, 2005", "13-15
 * October 2004", "octobre 2004". Empty when there is none. */
static struct opcit_str date_in(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_words words = opcit_words_of(text);
	struct opcit_str found = { "", 0 };
	char word[24], before[24] = "", before2[24] = "";
	int month = 0, day = 0;

	while (opcit_word_next(&words, word, sizeof word)) {
		int here = opcit_month_of(word);
		int number = isdigit((unsigned char)word[0]) ? atoi(strrchr(word, '-') ? strrchr(word, '-') + 1 : word) : 0;

		if (here) {
			const char *d = strcmp(before, "de") == 0 ? before2 : before;

			month = here;
			day = isdigit((unsigned char)d[0]) ? atoi(strrchr(d, '-') ? strrchr(d, '-') + 1 : d) : 0;
			if (day < 1 || day > 31)
				day = 0;
		} else if (month && number > 1800 && number < 2200) {
			found = day ? opcit_arena_printf(arena, "%04d-%02d-%02d", number, month, day)
			            : opcit_arena_printf(arena, "%04d-%02d", number, month);
			month = day = 0;
		} else if (month && !day && number >= 1 && number <= 31) {
			day = number;
		} else if (strcmp(word, "de") != 0 && strcmp(word, "du") != 0 && strcmp(word, "del") != 0) {
			month = day = 0;
		}
		memcpy(before2, before, sizeof before2);
		memcpy(before, word, sizeof before);
	}
	return found;
}

static void find_date(struct opcit_document *d, struct opcit_arena *arena)
{
	struct opcit_str date, first = { "", 0 };
	struct opcit_act_number number;
	size_t i;

	for (i = 0; i < d->n_records; i++) {
		if (d->records[i].kind != OPCIT_KIND_TITLE)
			continue;
		date = date_in(d->records[i].text, arena);
		if (date.len && opcit_meta_contains(d->records[i].text, "distr")) {
			first = date; /* the date of distribution is the document's */
			break;
		}
		if (date.len > first.len && !(first.len && i > 12))
			first = date;
	}
	for (i = 0; !first.len && opcit_meta_is_title(d, i); i++)
		if (opcit_meta_act_number(d->records[i].text, &number) && number.year)
			first = opcit_arena_printf(arena, "%u", number.second);
	d->meta.date = first;
}

/* ---- title, session, type --------------------------------------------------- */

/* Masthead lines that are not the title: places, dates, sessions, agenda items. */
static bool is_masthead(struct opcit_str text)
{
	static const char *const starts[] = { "distr", "original", "agenda item", "item ", "united nations", "point ",
		                              "tema ", "general assembly", "security council", "a/", "s/", "e/",
		                              "[", "(adopted", "adopted", "resolution adopted", "english", "nations unies",
		                              "résolution adoptée", "décision adoptée", "resolución aprobada",
		                              "decisión aprobada", "decisión adoptada",
		                              "naciones unidas", "human rights council", "economic and social council",
		                              "assembl", "asamblea general", "conseil", "consejo", "commission on", NULL };
	size_t i;

	for (i = 0; starts[i]; i++)
		if (text.len >= strlen(starts[i]) && strncasecmp(text.ptr, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* "Vice-President and Rapporteur: Ms. N. N. (Country)": who answers for it. */
static bool names_officer(struct opcit_str text)
{
	static const char *const offices[] = { "rapporteur", "chair", "president", "secretary", "author", "expert",
		                               "coordinator", "relator", "ponente", "secretario", NULL };
	const char *colon = memchr(text.ptr, ':', text.len < 60 ? text.len : 60);
	size_t i;

	for (i = 0; colon && offices[i]; i++)
		if (opcit_meta_contains(opcit_str_sub(text, 0, (size_t)(colon - text.ptr)), offices[i]))
			return true;
	return false;
}

/* "The Santa Cruz Declaration", "Déclaration de Port-Calvert": a line that names
 * the declaration that the document is. */
static bool is_declaration_name(struct opcit_str text)
{
	return text.len < 90 && (opcit_meta_has_word(text, "declaration") || opcit_meta_has_word(text, "declaracion")) &&
	       !opcit_meta_has_word(text, "report") && !opcit_meta_has_word(text, "implementation");
}

static bool is_session(struct opcit_str text)
{
	return text.len < 60 && (opcit_meta_contains(text, "session") || opcit_meta_contains(text, "per\xC3\xADodo de sesiones"));
}

/* "Ninety-first session" out of "Ninety-first session Agenda item 69 (b)". */
static struct opcit_str session_in(struct opcit_str text)
{
	struct opcit_words words = opcit_words_of(text);
	size_t before = 0, start = 0;
	char word[24];

	while (opcit_word_next(&words, word, sizeof word)) {
		if (strcmp(word, "session") == 0)
			return opcit_str_sub(text, before, words.at);
		if (strcmp(word, "sesiones") == 0)
			return opcit_str_sub(text, start, words.at);
		if (strcmp(word, "periodo") == 0)
			start = before;
		before = words.start;
	}
	return text;
}

/* The title: the longest line of the masthead that is none of its fixed parts,
 * the last such when several are as long as a title may be. */
static void find_title(struct opcit_document *d)
{
	struct opcit_str best = { "", 0 };
	size_t i;

	for (i = 0; opcit_meta_is_title(d, i); i++) {
		struct opcit_str text = d->records[i].text;

		if (is_session(text) && !d->meta.session.len)
			d->meta.session = session_in(text);
		if (is_masthead(text) || is_session(text) || text.len < 4 || opcit_meta_is_symbol_start(text) ||
		    names_officer(text))
			continue;
		if (is_declaration_name(text)) {
			best = text;
			break;
		}
		if (text.len >= best.len || (text.len > 40 && i > 4))
			best = text;
	}
	if (!best.len && d->n_records && d->records[0].kind == OPCIT_KIND_TITLE)
		best = d->records[0].text;
	if (!best.len && d->n_records && d->records[0].kind == OPCIT_KIND_HEADING)
		best = d->records[0].text;
	d->meta.title = best;
}

/* "Convention on …", "Optional Protocol to …": the title of a treaty's text. */
static bool is_treaty_name(struct opcit_str title)
{
	static const char *const firsts[] = { "convention", "covenant", "protocol", "treaty", "charter", "statute",
		                              "agreement", "pact", "convenio", "convencion", "pacto", "tratado",
		                              "traite", "pacte", "protocole", "protocolo", NULL };
	struct opcit_words words = opcit_words_of(title);
	char word[24];
	size_t i, n;

	for (n = 0; n < 3 && opcit_word_next(&words, word, sizeof word); n++)
		for (i = 0; firsts[i]; i++)
			if (strcmp(word, firsts[i]) == 0)
				return true;
	return false;
}

/* "The present report is a compilation of …": what a document that does not
 * say it in its title says of itself where it begins. */
static const char *type_by_own_words(const struct opcit_document *d)
{
	static const struct {
		const char *words, *type;
	} selves[] = {
		{ "the present report", "report" },   { "le pr\xC3\xA9sent rapport", "report" },
		{ "el presente informe", "report" },  { "the present note", "note" },
		{ "la pr\xC3\xA9sente note", "note" }, { "la presente nota", "note" },
	};
	size_t i, j, texts = 0;

	for (i = 0; i < d->n_records && texts < 4; i++) {
		const struct opcit_record *record = &d->records[i];

		if (record->kind == OPCIT_KIND_TITLE || record->kind == OPCIT_KIND_HEADING || record->kind == OPCIT_KIND_TOC)
			continue;
		texts++;
		for (j = 0; j < sizeof selves / sizeof *selves; j++)
			if (opcit_meta_contains(record->text, selves[j].words))
				return selves[j].type;
	}
	return "other";
}

static void find_type(struct opcit_document *d, bool enacts)
{
	static const struct {
		const char *word, *type;
	} words[] = {
		{ "general comment", "other" },   { "observation g", "other" },    { "observaci\xC3\xB3n general", "other" },
		{ "declaration", "declaration" }, { "declaracion", "declaration" }, { "decision", "decision" },
		{ "report", "report" },           { "rapport", "report" },          { "informe", "report" },
		{ "note by", "note" },            { "note verbale", "note" },       { "nota de", "note" },
		{ "note du", "note" },            { "judgment", "judgment" },       { "views adopted", "judgment" },
		{ "communication no", "judgment" }, { "prepared by the office", "report" },
		{ "prepared by the secretariat", "report" },
	};
	struct opcit_str symbol = d->meta.symbol;
	const char *type = "";
	size_t i, j;

	if (opcit_meta_contains(symbol, "/RES") || opcit_meta_contains(symbol, "RES."))
		type = "resolution";
	else if (opcit_meta_contains(symbol, "/DEC"))
		type = "decision";
	else if (opcit_meta_contains(symbol, "/D/"))
		type = "judgment";
	for (i = 0; !type[0] && opcit_meta_is_title(d, i); i++) {
		struct opcit_act_number number;

		if (opcit_meta_act_number(d->records[i].text, &number))
			type = number.decision ? "decision" : "resolution";
	}
	for (j = 0; !type[0] && j < sizeof words / sizeof *words; j++)
		for (i = 0; opcit_meta_is_title(d, i); i++)
			if (opcit_meta_contains(d->records[i].text, words[j].word) || opcit_meta_has_word(d->records[i].text, words[j].word)) {
				type = words[j].type;
				break;
			}
	if (!type[0] && is_treaty_name(d->meta.title))
		type = "treaty";
	if (!type[0])
		type = enacts ? "resolution" : type_by_own_words(d);
	d->meta.type = opcit_str_of(type);
}

/* ---- putting it together ---------------------------------------------------- */

/* A short name for a document without symbol: its title without article, up to
 * the first date or a length that can still be typed. */
static struct opcit_str short_name(struct opcit_str title, struct opcit_arena *arena)
{
	struct opcit_words words;
	char word[24];
	size_t end = 0;

	title = opcit_meta_without_article(title);
	words = opcit_words_of(title);
	while (opcit_word_next(&words, word, sizeof word) && words.at <= SHORT_NAME) {
		if (end > 12 && isdigit((unsigned char)word[0]) && title.ptr[words.start - 1] != '.') /* "Add.1" */
			break;
		end = words.at;
	}
	return opcit_arena_dup(arena, opcit_str_trim(opcit_str_sub(title, 0, end ? end : title.len)));
}

void opcit_metadata_find(struct opcit_document *document, struct opcit_arena *arena)
{
	struct opcit_doc *meta = &document->meta;
	struct opcit_str formula = { "", 0 };
	size_t i;

	*meta = (struct opcit_doc){ .source = OPCIT_STR(""), .url = OPCIT_STR(""), .session = OPCIT_STR(""),
	                          .lang = OPCIT_STR("") };
	for (i = 0; i < document->n_records && !formula.len; i++)
		if (document->records[i].kind == OPCIT_KIND_HEADING && opcit_is_formula(document->records[i].text, false))
			formula = document->records[i].text;
	opcit_meta_find_symbol(document, formula, arena);
	find_title(document);
	find_type(document, formula.len > 0);
	find_date(document, arena);
	meta->id = meta->symbol.len ? meta->symbol : short_name(meta->title, arena);
}
