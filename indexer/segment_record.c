/* The segmenter: making records and headings. */
#include "segmenter.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <string.h>

const struct opcit_piece *opcit_seg_piece(const struct segmenter *s, size_t i)
{
	return i < s->pieces.count ? &s->pieces.items[i] : NULL;
}

static void drop_bullet(struct segmenter *s, const struct opcit_piece *piece)
{
	if (piece->bullet.len)
		opcit_drops_add(&s->blocks->drops, OPCIT_DROP_BULLET, piece->bullet);
}

struct opcit_record *opcit_seg_record(struct segmenter *s, enum opcit_kind kind,
                                       struct opcit_str label, const struct opcit_piece *piece,
                                       struct opcit_str text, struct opcit_str printed)
{
	struct opcit_document *out = s->out;
	struct opcit_record *record;

	if (out->n_records == s->cap) {
		struct opcit_record *records;
		struct opcit_str *all_printed;
		bool *all_quoted;

		s->cap = s->cap ? s->cap * 2 : 64;
		records = opcit_arena_alloc(s->arena, s->cap * sizeof *records);
		all_printed = opcit_arena_alloc(s->arena, s->cap * sizeof *all_printed);
		all_quoted = opcit_arena_alloc(s->arena, s->cap * sizeof *all_quoted);
		if (out->n_records) {
			memcpy(records, out->records, out->n_records * sizeof *records);
			memcpy(all_printed, out->printed, out->n_records * sizeof *all_printed);
			memcpy(all_quoted, out->quoted, out->n_records * sizeof *all_quoted);
		}
		out->records = records;
		out->printed = all_printed;
		out->quoted = all_quoted;
	}
	if (printed.ptr != piece->bullet.ptr) /* an asterisk may be a note's marker */
		drop_bullet(s, piece);
	out->printed[out->n_records] = printed;
	out->quoted[out->n_records] = piece->quoted;
	record = &out->records[out->n_records++];
	*record = (struct opcit_record){
		.seq = (uint32_t)out->n_records,
		.kind = kind,
		.act = OPCIT_STR(""),
		.label = label,
		.text = text,
		.notes = piece->notes,
		.n_notes = piece->n_notes,
		.page = piece->page,
		.confidence = piece->confidence,
	};
	if (kind != OPCIT_KIND_TITLE)
		record->section = opcit_outline_path(&s->outline, &record->n_section);
	return record;
}

static const char *act_of(enum opcit_kind kind, struct opcit_str text)
{
	struct opcit_opener opener;

	if (kind == OPCIT_KIND_TITLE || kind == OPCIT_KIND_HEADING || kind == OPCIT_KIND_TOC ||
	    kind == OPCIT_KIND_FOOTNOTE)
		return "";
	opener = opcit_opener_of(text);
	if (opener.act[0])
		return opener.act;
	return opcit_opener_act_of_sentence(text);
}

/* A record of the body: it has an act, it stands under the headings, and the
 * next block may turn out to be its second half. */
struct opcit_record *opcit_seg_body_record(struct segmenter *s, enum opcit_kind kind,
                                        struct opcit_str label, const struct opcit_piece *piece,
                                        struct opcit_str text, struct opcit_str printed)
{
	struct opcit_record *record = opcit_seg_record(s, kind, label, piece, text, printed);

	record->act = opcit_str_of(act_of(kind, text));
	opcit_outline_content(&s->outline);
	s->open = s->out->n_records - 1;
	s->notes_between = false;
	return record;
}

void opcit_seg_forget_parents(struct segmenter *s)
{
	s->parent = s->letter = (struct opcit_str){ "", 0 };
	s->parent_kind = OPCIT_KIND_PARAGRAPH;
}

/* "Part Two": of a report whose first part had the texts of resolutions. */
static bool opens_part(struct opcit_str text)
{
	static const char *const words[] = { "part", "partie", "parte", NULL };
	size_t i;

	for (i = 0; words[i]; i++)
		if (text.len > strlen(words[i]) && strncasecmp(text.ptr, words[i], strlen(words[i])) == 0 &&
		    text.ptr[strlen(words[i])] == ' ')
			return true;
	return false;
}

void opcit_seg_heading(struct segmenter *s, const struct opcit_piece *piece, enum opcit_heading type)
{
	struct opcit_outline_entry entry = {
		.type = type, .text = piece->whole, .number = piece->number, .level = type == OPCIT_HEAD_PLAIN ? 0 : piece->heading_level,
	};

	if (type != OPCIT_HEAD_NUMBERED && type != OPCIT_HEAD_ANNEX)
		entry.number = (struct opcit_number){ 0 };
	if (s->part == PART_CLOSED && opens_part(piece->whole))
		s->part = PART_BODY;
	if (type == OPCIT_HEAD_PLAIN && opcit_seg_is_notes_title(piece->whole))
		opcit_outline_clear(&s->outline);
	opcit_outline_place(&s->outline, &entry);
	opcit_seg_record(s, OPCIT_KIND_HEADING, OPCIT_STR(""), piece, piece->whole, OPCIT_STR(""));
	opcit_outline_push(&s->outline, &entry);
	opcit_seg_forget_parents(s);
	s->open = NONE;
	s->completing = false;
	s->run_known = s->run_known && type == OPCIT_HEAD_PLAIN;
}

struct opcit_str *opcit_seg_notes_join(struct segmenter *s, const struct opcit_str *notes,
                                       size_t n_notes, const struct opcit_piece *piece)
{
	struct opcit_str *all = opcit_arena_alloc(s->arena, (n_notes + piece->n_notes) * sizeof *all);

	if (n_notes)
		memcpy(all, notes, n_notes * sizeof *all);
	if (piece->n_notes)
		memcpy(all + n_notes, piece->notes, piece->n_notes * sizeof *all);
	return all;
}

/* Room for `more` bytes behind the open record's text. It doubles, since a
 * paragraph may go on for thousands of blocks. */
static char *make_room(struct segmenter *s, struct opcit_record *record, size_t more)
{
	size_t need = record->text.len + more;

	if (record->text.ptr != s->grown || need > s->grown_cap) {
		s->grown_cap = need * 2;
		s->grown = opcit_arena_alloc(s->arena, s->grown_cap);
		memcpy(s->grown, record->text.ptr, record->text.len);
		record->text.ptr = s->grown;
	}
	return s->grown + record->text.len;
}

/* The same for its notes. */
static void add_notes(struct segmenter *s, struct opcit_record *record, const struct opcit_piece *piece)
{
	size_t need = record->n_notes + piece->n_notes;

	if (!piece->n_notes)
		return;
	if (record->notes != s->grown_notes || need > s->grown_notes_cap) {
		s->grown_notes_cap = need * 2;
		s->grown_notes = opcit_arena_alloc(s->arena, s->grown_notes_cap * sizeof *s->grown_notes);
		if (record->n_notes)
			memcpy(s->grown_notes, record->notes, record->n_notes * sizeof *record->notes);
		record->notes = s->grown_notes;
	}
	memcpy(record->notes + record->n_notes, piece->notes, piece->n_notes * sizeof *piece->notes);
	record->n_notes = need;
}

/* Append the second half of a paragraph that was cut. */
void opcit_seg_go_on(struct segmenter *s, const struct opcit_piece *piece)
{
	struct opcit_record *record = &s->out->records[s->open];
	struct opcit_str a = record->text, b = piece->whole;
	bool hyphen = a.len > 1 && a.ptr[a.len - 1] == '-' && a.ptr[a.len - 2] != ' ';
	char *end = make_room(s, record, b.len + 2);

	if (!hyphen)
		*end++ = ' ';
	memcpy(end, b.ptr, b.len);
	end[b.len] = '\0';
	record->text.len = (size_t)(end + b.len - record->text.ptr);
	if (piece->confidence && piece->confidence < record->confidence)
		record->confidence = piece->confidence;
	drop_bullet(s, piece);
	add_notes(s, record, piece);
	s->notes_between = false;
}
