#include "manuscript.h"
#include "pack.h"

#include <string.h>

enum { TAG_TEXT = 'M', TAG_FAILURE = 'F' };

/* The least that a record (an empty string, no stretch, not quoted) and a stretch need. */
enum { RECORD_MIN = 3, STRETCH_MIN = 2 };

/* ---- sending ------------------------------------------------------------- */

static void put_stretches(const struct opcit_stretches *stretches, struct opcit_buf *buf)
{
	size_t i;

	opcit_pack_number(buf, stretches->n);
	for (i = 0; i < stretches->n; i++) {
		opcit_pack_number(buf, stretches->items[i].text);
		opcit_pack_number(buf, stretches->items[i].source);
	}
}

void opcit_manuscript_encode(const struct opcit_manuscript *manuscript, struct opcit_buf *buf)
{
	struct opcit_buf one = OPCIT_BUF_INIT;
	size_t i;

	opcit_buf_putc(buf, TAG_TEXT);
	opcit_pack_str(buf, manuscript->format);
	opcit_pack_str(buf, manuscript->source);
	opcit_doc_pack(&manuscript->doc, &one);
	opcit_pack_str(buf, opcit_buf_str(&one));
	opcit_pack_number(buf, manuscript->n_records);
	for (i = 0; i < manuscript->n_records; i++) {
		opcit_buf_clear(&one);
		opcit_record_pack(&manuscript->records[i], &one);
		opcit_pack_str(buf, opcit_buf_str(&one));
		put_stretches(&manuscript->stretches[i], buf);
		opcit_pack_number(buf, manuscript->quoted[i]);
	}
	opcit_buf_release(&one);
}

void opcit_manuscript_encode_failure(const struct opcit_err *err, struct opcit_buf *buf)
{
	opcit_buf_putc(buf, TAG_FAILURE);
	opcit_pack_failure(buf, err);
}

/* ---- receiving ----------------------------------------------------------- */

static void get_stretches(struct opcit_unpack *in, struct opcit_arena *arena, size_t text_len,
			  size_t source_len, struct opcit_stretches *stretches)
{
	size_t n = opcit_unpack_count(in, STRETCH_MIN), i;

	stretches->n = 0;
	stretches->items = opcit_arena_alloc(arena, (n + 1) * sizeof *stretches->items);
	for (i = 0; i < n && !in->bad; i++) {
		struct opcit_stretch *s = &stretches->items[i];

		s->text = opcit_unpack_number(in, text_len);
		s->source = opcit_unpack_number(in, source_len);
		if (i ? s->text <= s[-1].text : s->text != 0)
			in->bad = true;
	}
	stretches->n = in->bad ? 0 : n;
}

static void get_manuscript(struct opcit_unpack *in, struct opcit_arena *arena,
			   struct opcit_manuscript *manuscript)
{
	size_t n, i;

	manuscript->format = opcit_unpack_str(in);
	manuscript->source = opcit_unpack_str(in);
	if (opcit_doc_unpack(opcit_unpack_str(in), &manuscript->doc, NULL) != OPCIT_OK)
		in->bad = true;
	n = opcit_unpack_count(in, RECORD_MIN);
	manuscript->records = opcit_arena_calloc(arena, (n + 1) * sizeof *manuscript->records);
	manuscript->stretches = opcit_arena_calloc(arena, (n + 1) * sizeof *manuscript->stretches);
	manuscript->quoted = opcit_arena_calloc(arena, n + 1);
	for (i = 0; i < n && !in->bad; i++) {
		struct opcit_record *record = &manuscript->records[i];

		if (opcit_record_unpack(opcit_unpack_str(in), arena, record, NULL) != OPCIT_OK)
			in->bad = true;
		get_stretches(in, arena, record->text.len, manuscript->source.len, &manuscript->stretches[i]);
		manuscript->quoted[i] = opcit_unpack_number(in, 1);
	}
	manuscript->n_records = n;
}

opcit_status opcit_manuscript_decode(struct opcit_str bytes, struct opcit_arena *arena,
				     struct opcit_manuscript *manuscript, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(opcit_str_sub(bytes, 1, bytes.len));
	opcit_status failure = OPCIT_OK;

	memset(manuscript, 0, sizeof *manuscript);
	if (bytes.len && bytes.ptr[0] == TAG_FAILURE)
		failure = opcit_unpack_failure(&in, err);
	if (bytes.len && bytes.ptr[0] == TAG_TEXT) {
		get_manuscript(&in, arena, manuscript);
		if (opcit_unpack_ended(&in))
			return OPCIT_OK;
	}
	memset(manuscript, 0, sizeof *manuscript);
	return failure != OPCIT_OK ? failure :
				     opcit_err_set(err, OPCIT_BUG, "the reading program gave a malformed answer");
}

/* ---- places -------------------------------------------------------------- */

bool opcit_manuscript_offset(const struct opcit_manuscript *manuscript, size_t i, size_t at,
			     size_t *offset)
{
	const struct opcit_stretches *stretches = &manuscript->stretches[i];
	size_t low = 0, high = stretches->n;

	if (!stretches->n)
		return false;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (stretches->items[middle].text <= at)
			low = middle;
		else
			high = middle;
	}
	*offset = stretches->items[low].source + (at - stretches->items[low].text);
	if (*offset > manuscript->source.len)
		*offset = manuscript->source.len;
	return true;
}

void opcit_lines_find(struct opcit_str source, struct opcit_arena *arena, struct opcit_lines *lines)
{
	const char *end = source.ptr + source.len, *p;
	size_t n = 1;

	for (p = source.ptr; source.len && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	lines->starts = opcit_arena_alloc(arena, n * sizeof *lines->starts);
	lines->starts[0] = 0;
	lines->last = (struct opcit_place){ 0 };
	lines->n = 1;
	for (p = source.ptr; source.len && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines->starts[lines->n++] = (size_t)(p + 1 - source.ptr);
}

struct opcit_place opcit_lines_place(struct opcit_lines *lines, struct opcit_str source, size_t offset)
{
	struct opcit_place place = lines->last;
	size_t low = 0, high = lines->n, i;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lines->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	if (place.line != low + 1 || place.offset > offset)
		place = (struct opcit_place){ low + 1, 1, lines->starts[low] };
	for (i = place.offset; i < offset && i < source.len; i++)
		place.column += ((unsigned char)source.ptr[i] & 0xC0) != 0x80;
	place.offset = offset;
	lines->last = place;
	return place;
}
