/* check_known.c: what cited identifiers mean, and what the index holds of
 * each, found once for a draft. */
#include "check_int.h"
#include "../lib/glyph.h"
#include "../lib/registry.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 40, /* records from the first on that may be of the head */
	TAIL = 12
};

void check_facts_free(struct check_facts *facts)
{
	if (!facts)
		return;
	check_words_free(facts->words);
	opcit_map_release(&facts->known);
	opcit_map_release(&facts->answers);
	free(facts->treaties);
	free(facts->shelf);
	free(facts->settled);
	free(facts);
}

opcit_status check_known(struct checker *checker, struct opcit_str target, struct known **known,
			 struct opcit_err *err)
{
	void **place = opcit_map_at(&checker->facts->known, target);
	const struct reading *reading;
	opcit_status status;

	if (!*place) {
		status = check_target(checker, target, &reading, err);
		if (status != OPCIT_OK)
			return status;
		*known = *place = opcit_arena_calloc(checker->arena, sizeof **known);
		(*known)->reading = *reading;
	}
	*known = *place;
	return OPCIT_OK;
}

/* ---- head and end -------------------------------------------------------------- */

static void add_date(struct known *known, struct style_date date)
{
	size_t i;

	for (i = 0; i < known->n_dates; i++)
		if (memcmp(&known->dates[i], &date, sizeof date) == 0)
			return;
	if (date.year && known->n_dates < KNOWN_DATES)
		known->dates[known->n_dates++] = date;
}

/* "Resolution adopted by the General Assembly on 18 December 2037",
 * "71st plenary meeting 18 December 2037", "Resolution 599 (1987) of 31 July 1987". */
static bool tells_adoption(struct opcit_str text, struct opcit_str target)
{
	static const char *const words[] = { "dopted", "doptée", "probada", "meeting", "séance", "sesión" };
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (opcit_str_find(text, words[i]))
			return true;
	return opcit_str_starts(target, "S/RES/") &&
	       (opcit_str_find(text, "esolution") || opcit_str_find(text, "ésolution") ||
		opcit_str_find(text, "esolución"));
}

static void take_dates(struct checker *checker, struct known *known, const struct opcit_record *record)
{
	bool adoption = check_is_resolution(known->reading.target) &&
			tells_adoption(record->text, known->reading.target);
	struct style_date date;
	size_t at = 0;

	while (check_date_in(checker->facts, record->text, &at, &date)) {
		add_date(known, date);
		if (adoption && date.day && !known->adopted.year)
			known->adopted = date;
	}
}

static void add_title(struct known *known, struct opcit_str title, struct opcit_str lang)
{
	if (title.len && known->n_titles < KNOWN_TITLES) {
		known->title_langs[known->n_titles] = lang;
		known->titles[known->n_titles++] = reference_title(title);
	}
}

/* "Resolution 599 (1987) of 31 July 1987" is the name of one that has no title. */
static bool is_designation(struct opcit_str title)
{
	const char *end = title.ptr + title.len, *close = memchr(title.ptr, ')', title.len);
	struct opcit_token word = opcit_token_at(title.ptr, end);
	size_t words;

	if (!close || (word.hash != opcit_token_hash("resolution") && word.hash != opcit_token_hash("resolucion")))
		return false;
	word = opcit_token_at(opcit_glyph_blank(word.end, end), end);
	if (!word.digits || word.end > close)
		return false;
	word = opcit_token_at(opcit_glyph_blank(close + 1, end), end);
	for (words = 0; word.count && words < 6; words++) { /* of 31 July 1987, del 31 de julio de 1987 */
		if (word.digits && word.count == 4)
			return true;
		word = opcit_token_at(opcit_glyph_blank(word.end, end), end);
	}
	return !words && opcit_glyph_blank(close + 1, end) == end;
}

static opcit_status read_head(struct checker *checker, struct known *known, const struct opcit_entry *entry,
			      struct opcit_err *err)
{
	struct opcit_record record;
	uint32_t seq, n = entry->doc.n_records;
	opcit_status status;
	bool titled;

	add_date(known, style_date(entry->doc.date));
	titled = !is_designation(entry->doc.title);
	if (titled)
		add_title(known, entry->doc.title, entry->doc.lang);
	for (seq = 1; seq <= n; seq++) {
		if (seq > HEAD && seq + TAIL <= n)
			seq = n - TAIL + 1;
		status = opcit_index_record(checker->reader.index, entry, seq, checker->arena, &record, err);
		if (status != OPCIT_OK)
			return status;
		if (record.kind != OPCIT_KIND_TITLE && !(record.kind == OPCIT_KIND_HEADING && seq <= TAIL))
			continue;
		take_dates(checker, known, &record);
		if (titled && seq <= HEAD)
			add_title(known, record.text, opcit_record_lang(&entry->doc, &record));
	}
	return OPCIT_OK;
}

opcit_status check_known_head(struct checker *checker, struct known *known, struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t i;

	if (known->head_read)
		return OPCIT_OK;
	known->head_read = true;
	for (i = 0; i < known->reading.n_versions && status == OPCIT_OK; i++)
		status = read_head(checker, known, &known->reading.entries[i], err);
	/* the Council's resolutions are issued as they are adopted */
	if (!known->adopted.year && known->reading.n_entries && opcit_str_starts(known->reading.target, "S/RES/"))
		known->adopted = style_date(known->reading.entries[0].doc.date);
	return status;
}

opcit_status check_known_records(struct checker *checker, struct known *known, size_t version,
				 struct opcit_record **records, struct opcit_err *err)
{
	const struct opcit_entry *entry = &known->reading.entries[version];
	opcit_status status = OPCIT_OK;
	uint32_t i;

	if (!known->records)
		known->records = opcit_arena_calloc(checker->arena,
						    known->reading.n_versions * sizeof *known->records);
	*records = known->records[version];
	if (*records)
		return OPCIT_OK;
	*records = opcit_arena_calloc(checker->arena, (entry->doc.n_records + 1) * sizeof **records);
	for (i = 0; i < entry->doc.n_records && status == OPCIT_OK; i++)
		status = opcit_index_record(checker->reader.index, entry, i + 1, checker->arena, &(*records)[i],
					    err);
	if (status == OPCIT_OK)
		known->records[version] = *records;
	return status;
}

/* ---- all that have a symbol ------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
	const struct shelf_row *x = a, *y = b;
	int order = opcit_str_cmp(x->key, y->key);

	return order ? order : (x->entry->number > y->entry->number) - (x->entry->number < y->entry->number);
}

opcit_status check_shelf(struct checker *checker, const struct shelf_row **rows, size_t *n, struct opcit_err *err)
{
	struct check_facts *facts = checker->facts;
	struct opcit_entry *entries;
	opcit_status status;
	size_t count, i;

	if (!facts->shelf) {
		status = opcit_index_entries(checker->reader.index, checker->arena, &entries, &count, err);
		if (status != OPCIT_OK)
			return status;
		facts->shelf = opcit_xcalloc(count + 1, sizeof *facts->shelf);
		for (i = 0; i < count; i++)
			if (entries[i].doc.symbol.len)
				facts->shelf[facts->n_shelf++] = (struct shelf_row){
					check_key(entries[i].doc.symbol, checker->arena), &entries[i]
				};
		qsort(facts->shelf, facts->n_shelf, sizeof *facts->shelf, by_key);
	}
	*rows = facts->shelf;
	*n = facts->n_shelf;
	return OPCIT_OK;
}

size_t check_shelf_at(const struct shelf_row *rows, size_t n, struct opcit_str key)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (opcit_str_cmp(rows[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* ---- names ----------------------------------------------------------------------- */

struct opcit_str check_name(const struct known *known, struct opcit_arena *arena)
{
	const struct reading *reading = &known->reading;

	if (reading->instrument && opcit_str_eq(reading->instrument->id, reading->target))
		return opcit_arena_printf(arena, "the %.*s", OPCIT_FMT(reading->instrument->name));
	return reading->target;
}

bool check_is_resolution(struct opcit_str target)
{
	return opcit_str_find(target, "/RES/") || opcit_str_find(target, "/DEC/");
}
