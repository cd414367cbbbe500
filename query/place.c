/* place.c: see place.h. */
#include "place.h"

#include <string.h>
#include <strings.h>

#include "pinpoint.h"

/* ---- from a pinpoint ----------------------------------------------------- */

static void add(struct place *place, uint32_t seq)
{
	if (place->n < PLACE_MOST)
		place->seqs[place->n++] = seq;
}

static opcit_status by_label(struct opcit_index *index, const struct opcit_entry *entry,
			     struct opcit_str label, struct opcit_arena *arena, struct place *place,
			     struct opcit_err *err)
{
	uint32_t *seqs;
	size_t n, i;
	opcit_status status = opcit_index_label(index, entry, label, arena, &seqs, &n, err);

	for (i = 0; status == OPCIT_OK && i < n; i++)
		add(place, seqs[i]);
	return status;
}

static bool is_word(char c)
{
	return opcit_is_digit(c) || opcit_is_letter(c);
}

/* "Article 37", "Annex I", "B." at the beginning of a heading? */
static bool heads(struct opcit_str heading, struct opcit_str unit, struct opcit_str value)
{
	size_t at = 0;

	if (heading.len > unit.len && strncasecmp(heading.ptr, unit.ptr, unit.len) == 0) {
		for (at = unit.len; at < heading.len && is_word(heading.ptr[at]);)
			at++;
		while (at < heading.len && strchr(" .", heading.ptr[at]))
			at++;
	} else if (!opcit_str_is(unit, "sect") && !opcit_str_is(unit, "chap")) {
		return false;
	}
	return heading.len - at >= value.len &&
	       strncasecmp(heading.ptr + at, value.ptr, value.len) == 0 &&
	       (heading.len - at == value.len || !is_word(heading.ptr[at + value.len]));
}

/* What stands from one heading up to the next, without notes. */
static opcit_status add_section(struct opcit_index *index, const struct opcit_entry *entry, uint32_t from,
				uint32_t to, struct opcit_arena *arena, struct place *place,
				struct opcit_err *err)
{
	struct opcit_record record;
	opcit_status status = OPCIT_OK;
	uint32_t seq;

	for (seq = from; seq < to && place->n < PLACE_MOST && status == OPCIT_OK; seq++) {
		status = opcit_index_record(index, entry, seq, arena, &record, err);
		if (status == OPCIT_OK && record.kind != OPCIT_KIND_FOOTNOTE)
			add(place, seq);
	}
	return status;
}

/* The heading that names an article, annex, chapter or section, and what
 * follows up to the next heading. */
static opcit_status by_heading(struct opcit_index *index, const struct opcit_entry *entry,
			       struct opcit_str unit, struct opcit_str value,
			       struct opcit_arena *arena, struct place *place,
			       struct opcit_err *err)
{
	struct opcit_record record;
	uint32_t *headings;
	size_t n = 0, i;
	opcit_status status = opcit_index_kind(index, entry, OPCIT_KIND_HEADING, arena, &headings, &n, err);

	for (i = 0; i < n && status == OPCIT_OK && !place->n; i++) {
		status = opcit_index_record(index, entry, headings[i], arena, &record, err);
		if (status == OPCIT_OK && heads(record.text, unit, value))
			status = add_section(index, entry, headings[i],
					     i + 1 < n ? headings[i + 1] : entry->doc.n_records + 1, arena,
					     place, err);
	}
	return status;
}

/* From the first record of one label to the first after it of another. */
static opcit_status by_range(struct opcit_index *index, const struct opcit_entry *entry,
			     struct opcit_str from, struct opcit_str to, struct opcit_arena *arena,
			     struct place *place, struct opcit_err *err)
{
	uint32_t *first, *last, seq;
	size_t n_first, n_last = 0, i = 0;
	opcit_status status = opcit_index_label(index, entry, from, arena, &first, &n_first, err);

	if (status == OPCIT_OK)
		status = opcit_index_label(index, entry, to, arena, &last, &n_last, err);
	if (status != OPCIT_OK || n_first == 0 || n_last == 0)
		return status;
	while (i + 1 < n_last && last[i] < first[0])
		i++;
	for (seq = first[0]; seq <= last[i]; seq++)
		add(place, seq);
	return OPCIT_OK;
}

opcit_status place_find(struct opcit_index *index, const struct opcit_entry *entry,
			struct opcit_str pinpoint, struct opcit_arena *arena, struct place *place,
			struct opcit_err *err)
{
	struct opcit_str unit, value, label;
	opcit_status status;
	const char *dash;

	place->seqs = opcit_arena_alloc(arena, PLACE_MOST * sizeof *place->seqs);
	place->n = 0;
	place->exact = true;
	pinpoint_split(pinpoint, &unit, &value);
	if (value.len == 0 || opcit_str_is(unit, "page"))
		return OPCIT_OK;
	dash = value.len > 1 ? memchr(value.ptr + 1, '-', value.len - 1) : NULL;
	if (dash) {
		size_t at = (size_t)(dash - value.ptr);

		status = by_range(index, entry, opcit_str_sub(value, 0, at),
				  opcit_str_sub(value, at + 1, value.len), arena, place, err);
		if (status != OPCIT_OK || place->n)
			return status;
	}
	if (!opcit_str_is(unit, "para"))
		return by_heading(index, entry, unit, value, arena, place, err);
	for (label = value; label.len; label = pinpoint_parent(label)) {
		status = by_label(index, entry, label, arena, place, err);
		if (status != OPCIT_OK || place->n)
			return status;
		place->exact = false;
	}
	return OPCIT_OK;
}

/* ---- from a note --------------------------------------------------------- */

void place_file_release(struct place_file *file)
{
	opcit_arena_release(&file->arena);
	file->number = 0;
	file->records = NULL;
}

static const struct opcit_record *record_at(struct place_file *file,
					    const struct opcit_entry *entry, uint32_t seq)
{
	struct opcit_record *record;

	if (file->number != entry->number + 1) {
		opcit_arena_reset(&file->arena);
		file->records = opcit_arena_calloc(&file->arena, (entry->doc.n_records + 1) *
									 sizeof *file->records);
		file->number = entry->number + 1;
	}
	if (seq == 0 || seq > entry->doc.n_records)
		return NULL;
	record = &file->records[seq];
	if (record->seq == 0 &&
	    opcit_index_record(file->index, entry, seq, &file->arena, record, NULL) != OPCIT_OK)
		return NULL;
	return record;
}

static bool carries(const struct opcit_record *record, struct opcit_str marker)
{
	size_t i;

	for (i = 0; record && i < record->n_notes; i++)
		if (opcit_str_eq(record->notes[i], marker))
			return true;
	return false;
}

uint32_t place_of_marker(struct place_file *file, const struct opcit_entry *entry,
			 const struct opcit_record *note)
{
	struct opcit_str marker = opcit_str_sub(note->label, 2, note->label.len);
	uint32_t seq;

	if (note->kind != OPCIT_KIND_FOOTNOTE || !opcit_str_starts(note->label, "fn"))
		return 0;
	for (seq = note->seq - 1; seq >= 1; seq--)
		if (carries(record_at(file, entry, seq), marker))
			return seq;
	for (seq = note->seq + 1; seq <= entry->doc.n_records; seq++)
		if (carries(record_at(file, entry, seq), marker))
			return seq;
	return 0;
}

/* The note of that marker: the first after the record, else the last before. */
static opcit_status mark_note(struct place_file *file, const struct opcit_entry *entry,
			      uint32_t seq, struct opcit_str marker, bool *wanted,
			      struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	uint32_t *seqs, nearest = 0;
	size_t n, i;
	opcit_status status = opcit_index_label(
		file->index, entry, opcit_arena_printf(&arena, "fn%.*s", OPCIT_FMT(marker)), &arena,
		&seqs, &n, err);

	for (i = 0; status == OPCIT_OK && i < n && nearest <= seq; i++)
		nearest = seqs[i];
	if (nearest && nearest <= entry->doc.n_records)
		wanted[nearest] = true;
	opcit_arena_release(&arena);
	return status;
}

opcit_status place_mark(struct place_file *file, const struct opcit_entry *entry,
			const struct place *place, bool *wanted, struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t i, k;
	uint32_t seq;

	for (i = 0; i < place->n && status == OPCIT_OK; i++) {
		const struct opcit_record *whole = record_at(file, entry, place->seqs[i]);

		for (seq = place->seqs[i]; whole && seq <= entry->doc.n_records; seq++) {
			const struct opcit_record *record = record_at(file, entry, seq);
			bool part =
				record && whole->label.len &&
				record->label.len > whole->label.len &&
				record->label.ptr[whole->label.len] == '(' &&
				memcmp(record->label.ptr, whole->label.ptr, whole->label.len) == 0;

			if (!record ||
			    (record != whole && !part && record->kind != OPCIT_KIND_FOOTNOTE &&
			     record->kind != OPCIT_KIND_ITEM))
				break;
			if (record != whole && !part)
				continue;
			wanted[seq] = true;
			for (k = 0; k < record->n_notes && status == OPCIT_OK; k++)
				status = mark_note(file, entry, seq, record->notes[k], wanted, err);
		}
	}
	return status;
}

void place_write(struct place_file *file, const struct opcit_entry *entry,
		 const struct opcit_record *record, const struct opcit_record **carrier,
		 struct opcit_buf *out)
{
	uint32_t seq = place_of_marker(file, entry, record);
	const struct opcit_record *found = seq ? record_at(file, entry, seq) : NULL;

	if (carrier)
		*carrier = found;
	if (found && found->label.len && found->kind != OPCIT_KIND_FOOTNOTE) {
		pinpoint_write(&entry->doc, found, out);
		opcit_buf_puts(out, ", ");
		pinpoint_label(record->label, out);
		return;
	}
	pinpoint_write(&entry->doc, record, out);
}
