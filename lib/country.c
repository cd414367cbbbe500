/* country.c: see country.h. */
#include "country.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/ustring.h>

#include "names.h"
#include "tsv.h"

/* The automaton of the registry's names, used for others: names that are sure,
 * and those that people and places bear too. */
#define SURE OPCIT_NAME_BODY
#define SHARED OPCIT_NAME_INSTRUMENT

struct opcit_countries {
	struct opcit_arena arena;
	struct opcit_country items[OPCIT_COUNTRIES_MOST]; /* the first for names of none */
	size_t n;
	struct opcit_names names;
};

struct loading {
	struct opcit_countries *countries;
	opcit_countries_report report;
	void *data;
};

/* ---- looking up ---------------------------------------------------------- */

/* The whole of `name` as one: its index, or OPCIT_NAME_NONE. */
static uint32_t whole(const struct opcit_countries *countries, struct opcit_str name)
{
	const char *p = name.ptr, *end = name.ptr + name.len;
	struct opcit_name_hit hit;
	struct opcit_token first;

	while (p < end && !opcit_glyph_is_word(opcit_glyph_at(p, end)))
		p = opcit_glyph_next(p, end);
	first = opcit_token_at(p, end);
	if (first.hash == countries->names.the && (p = opcit_name_gap(first.end, end)) != NULL)
		first = opcit_token_at(p, end);
	first.caps = true; /* "uk" is asked for in small letters */
	if (!first.hash || !opcit_names_match(&countries->names, &first, end, &hit))
		return OPCIT_NAME_NONE;
	for (p = hit.end; p < end; p = opcit_glyph_next(p, end))
		if (opcit_glyph_is_word(opcit_glyph_at(p, end)))
			return OPCIT_NAME_NONE;
	return hit.index[SURE] != OPCIT_NAME_NONE ? hit.index[SURE] : hit.index[SHARED];
}

const struct opcit_country *opcit_country_of(const struct opcit_countries *countries,
					     struct opcit_str name)
{
	uint32_t found;
	size_t i;

	name = opcit_str_trim(name);
	for (i = 1; i < countries->n; i++)
		if (opcit_str_ieq(countries->items[i].code, name))
			return &countries->items[i];
	found = whole(countries, name);
	return found == OPCIT_NAME_NONE || found == 0 ? NULL : &countries->items[found];
}

const struct opcit_country *opcit_country_next(const struct opcit_countries *countries,
					       const struct opcit_country_set *set, size_t *at)
{
	size_t i;

	for (i = *at + 1; i < countries->n; i++)
		if (set->bits[i / 64] >> (i % 64) & 1) {
			*at = i;
			return &countries->items[i];
		}
	return NULL;
}

/* ---- loading ------------------------------------------------------------- */

/* "Guinea-Bissau" is one word to the automaton, "Guinea Bissau" two. */
static struct opcit_str spaced(struct opcit_countries *countries, struct opcit_str name)
{
	struct opcit_str copy = opcit_arena_dup(&countries->arena, name);
	char *p;

	for (p = (char *)copy.ptr; p && *p; p++)
		if (*p == '-')
			*p = ' ';
	return copy;
}

static void add_name(struct loading *load, const struct opcit_tsv *tsv, struct opcit_str name,
		     size_t index)
{
	struct opcit_countries *countries = load->countries;
	bool shared = opcit_str_starts(name, "~");
	uint32_t was;
	char message[200];

	name = opcit_str_trim(opcit_str_sub(name, shared ? 1 : 0, name.len));
	was = name.len && countries->names.n_states ? whole(countries, name) : OPCIT_NAME_NONE;
	if (was != OPCIT_NAME_NONE && was != index && tsv && load->report) {
		snprintf(message, sizeof message, "the name '%.100s' already means '%.10s'",
			 opcit_arena_dup(&countries->arena, name).ptr,
			 countries->items[was].code.ptr);
		load->report(load->data, tsv->path, tsv->line, message);
	}
	if (was == OPCIT_NAME_NONE) {
		opcit_names_add(&countries->names, name, shared ? SHARED : SURE, (uint32_t)index,
				false);
		opcit_names_add(&countries->names, spaced(countries, name), shared ? SHARED : SURE,
				(uint32_t)index, false);
	}
	if (countries->items[index].name.len == 0)
		countries->items[index].name = name;
}

/* The row of a code, made where there is none; 0 for the names of none. */
static size_t row_of(struct opcit_countries *countries, struct opcit_str code)
{
	size_t i;

	if (opcit_str_is(code, "-"))
		return 0;
	for (i = 1; i < countries->n; i++)
		if (opcit_str_eq(countries->items[i].code, code))
			return i;
	if (countries->n < OPCIT_COUNTRIES_MOST)
		countries->items[countries->n++].code = opcit_arena_dup(&countries->arena, code);
	return i;
}

static bool is_code(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len == 2 || s.len == 4;
}

static void add_row(struct loading *load, const struct opcit_tsv *tsv)
{
	struct opcit_str code = opcit_tsv_get(tsv, "code"), rest = opcit_tsv_get(tsv, "names");
	const char *fault = tsv->fault;
	size_t row = 0;

	if (!fault && !opcit_str_is(code, "-") && !is_code(code))
		fault = "a code is two or four capitals, or '-'";
	if (!fault && (row = row_of(load->countries, code)) == OPCIT_COUNTRIES_MOST)
		fault = "too many countries";
	if (fault) {
		if (load->report)
			load->report(load->data, tsv->path, tsv->line, fault);
		return;
	}
	while (rest.len) {
		const char *semicolon = memchr(rest.ptr, ';', rest.len);
		size_t n = semicolon ? (size_t)(semicolon - rest.ptr) : rest.len;

		add_name(load, tsv, opcit_str_trim(opcit_str_sub(rest, 0, n)), row);
		rest = opcit_str_sub(rest, n + 1, rest.len);
	}
}

static opcit_status load_table(struct loading *load, const char *folder, struct opcit_err *err)
{
	struct opcit_tsv tsv;
	opcit_status status = opcit_tsv_open(&tsv, folder, "countries.tsv", &load->countries->arena,
					     err);

	if (status == OPCIT_NOT_FOUND)
		return OPCIT_OK;
	while (status == OPCIT_OK && opcit_tsv_next(&tsv))
		add_row(load, &tsv);
	return status;
}

/* Unicode's names of all rows, English first: it is the one that is shown. */
static void add_unicode(struct loading *load, const char *lang)
{
	struct opcit_countries *countries = load->countries;
	UErrorCode error = U_ZERO_ERROR;
	ULocaleDisplayNames *names = uldn_open(lang, ULDN_STANDARD_NAMES, &error);
	size_t i;

	for (i = 1; i < countries->n && U_SUCCESS(error); i++) {
		struct opcit_str code = countries->items[i].code, name;
		UErrorCode failed = U_ZERO_ERROR;
		UChar wide[128];
		char utf8[512];
		int32_t len;

		if (code.len != 2)
			continue;
		uldn_regionDisplayName(names, code.ptr, wide, 128, &failed);
		u_strToUTF8(utf8, sizeof utf8, &len, wide, -1, &failed);
		if (U_FAILURE(failed) || failed == U_STRING_NOT_TERMINATED_WARNING)
			continue;
		name = opcit_arena_dup(&countries->arena, (struct opcit_str){ utf8, (size_t)len });
		if (!opcit_str_eq(name, code)) /* ICU's way of not knowing it */
			add_name(load, NULL, name, i);
	}
	if (U_SUCCESS(error))
		uldn_close(names);
}

opcit_status opcit_countries_load(const char *const *folders, size_t n_folders,
				  opcit_countries_report report, void *data,
				  struct opcit_countries **countries, struct opcit_err *err)
{
	struct loading load = { .report = report, .data = data };
	opcit_status status = OPCIT_OK;
	size_t i;

	*countries = NULL;
	load.countries = opcit_xcalloc(1, sizeof *load.countries);
	load.countries->n = 1;
	for (i = 0; i < n_folders && status == OPCIT_OK; i++)
		status = load_table(&load, folders[i], err);
	if (status != OPCIT_OK) {
		opcit_countries_free(load.countries);
		return status;
	}
	add_unicode(&load, "en");
	add_unicode(&load, "fr");
	add_unicode(&load, "es");
	*countries = load.countries;
	return OPCIT_OK;
}

void opcit_countries_free(struct opcit_countries *countries)
{
	if (!countries)
		return;
	opcit_names_release(&countries->names);
	opcit_arena_release(&countries->arena);
	free(countries);
}

/* ---- finding ------------------------------------------------------------- */

/* A word with a capital that is no small word at the head of a sentence. */
static bool is_name_part(struct opcit_str word)
{
	static const char *const small[] = {
		"a",	  "al",	   "and",  "as",     "at",    "au",    "aux",  "avec",	"between", "both",
		"but",	  "by",	   "con",  "dans",   "de",    "del",   "desde", "du",	"el",	   "en",
		"entre",  "et",	   "for",  "from",   "if",    "in",    "la",   "le",	"of",	   "on",
		"or",	  "para",  "par",  "por",    "pour",  "since", "sur",  "that",	"the",	   "to",
		"when",	  "where", "while", "with",  "within", "y",
	};
	const char *p = word.ptr, *end = word.ptr + word.len;
	size_t i;

	while (p < end && !opcit_glyph_is_word(opcit_glyph_at(p, end)))
		p = opcit_glyph_next(p, end);
	if (!opcit_glyph_is_upper(opcit_glyph_at(p, end)))
		return false;
	word = (struct opcit_str){ p, (size_t)(end - p) };
	for (i = 0; i < sizeof small / sizeof *small; i++)
		if (opcit_str_ieq(word, opcit_str_of(small[i])))
			return false;
	return true;
}

/* "Michael Jordan", "Mr. Jordan", "Jordan Valley": a name that others bear is
 * the country's only where it stands by itself. In a line of capitals nothing
 * tells, and it counts, and so it does after a hyphen. */
static bool stands_alone(struct opcit_str text, const struct opcit_name_hit *hit)
{
	enum { LONGEST_WORD = 64, ABBREVIATION = 4 }; /* "Mme." and shorter */
	const char *begin = text.ptr, *end = text.ptr + text.len, *from, *to;
	struct opcit_token own = opcit_token_at(hit->start, end);

	if (own.caps && own.count > 2)
		return true;
	if (hit->start > begin && hit->start[-1] == '-') /* "Israel-Jordan" */
		return true;
	if (hit->start > begin && hit->start[-1] == ' ') {
		to = hit->start - 1;
		for (from = to; from > begin && from[-1] != ' ' && to - from < LONGEST_WORD;)
			from--;
		if (from < to && to[-1] == '.' && to - from <= ABBREVIATION)
			to--;
		if (from < to && !strchr(".,;:!?)", to[-1]) &&
		    is_name_part((struct opcit_str){ from, (size_t)(to - from) }))
			return false;
	}
	if (hit->end >= end || *hit->end != ' ')
		return true;
	for (from = to = hit->end + 1; to < end && *to != ' ' && to - from < LONGEST_WORD;)
		to++;
	return from == to || !opcit_glyph_is_upper(opcit_glyph_at(from, end)) ||
	       !is_name_part((struct opcit_str){ from, (size_t)(to - from) });
}

/* The longest name at p; of "Iran-Iraq" the first. False when there is none. */
static bool name_at(const struct opcit_countries *countries, const char *p, const char *end,
		    struct opcit_token *word, struct opcit_name_hit *hit)
{
	const char *hyphen;

	*word = opcit_token_at(p, end);
	if (opcit_names_match(&countries->names, word, end, hit))
		return true;
	hyphen = memchr(p, '-', (size_t)(word->end - p));
	if (!hyphen)
		return false;
	*word = opcit_token_at(p, hyphen);
	return opcit_names_match(&countries->names, word, hyphen, hit);
}

/* Does a name that others bear mean the country here? */
static bool is_meant(const struct opcit_countries *countries, struct opcit_str text,
		     const struct opcit_name_hit *hit, bool typed)
{
	struct opcit_str words = { hit->start, (size_t)(hit->end - hit->start) };

	if (hit->index[SURE] != OPCIT_NAME_NONE)
		return hit->index[SURE] != 0;
	if (typed && opcit_str_ieq(words, countries->items[hit->index[SHARED]].name))
		return true;
	return opcit_glyph_is_upper(opcit_glyph_at(hit->start, hit->end)) && stands_alone(text, hit);
}

static size_t find(const struct opcit_countries *countries, struct opcit_str text, bool typed,
		   struct opcit_country_set *set)
{
	const char *p = text.ptr, *end = text.ptr + text.len;
	bool inside = false; /* a word */
	size_t n = 0;

	while (countries && p < end) {
		unsigned glyph = opcit_glyph_at(p, end);
		struct opcit_name_hit hit;
		struct opcit_token word;

		if (inside ||
		    !(typed ? opcit_glyph_is_letter(glyph) : opcit_glyph_is_upper(glyph))) {
			inside = opcit_glyph_is_word(glyph);
			p = opcit_glyph_next(p, end);
			continue;
		}
		if (name_at(countries, p, end, &word, &hit)) {
			uint32_t index = hit.index[SURE] != OPCIT_NAME_NONE ? hit.index[SURE]
									    : hit.index[SHARED];

			if (is_meant(countries, text, &hit, typed)) {
				set->bits[index / 64] |= 1ull << (index % 64);
				n++;
			}
			word.end = hit.end;
		}
		p = word.end > p ? word.end : opcit_glyph_next(p, end);
	}
	return n;
}

size_t opcit_country_find(const struct opcit_countries *countries, struct opcit_str text,
			  struct opcit_country_set *set)
{
	return find(countries, text, false, set);
}

size_t opcit_country_find_typed(const struct opcit_countries *countries, struct opcit_str text,
				struct opcit_country_set *set)
{
	return find(countries, text, true, set);
}
