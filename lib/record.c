/* record.c: names of kinds, and the compact encoding of a record and of a
 * document. docs/index-format.md describes the bytes; keep the two in step. */
#include "record.h"
#include "checksum.h"
#include "pack.h"

#include <string.h>

static const char *const kind_names[OPCIT_KIND_COUNT] = {
	"title", "heading", "preambular", "operative", "paragraph", "item", "footnote", "toc",
};

const char *opcit_kind_name(enum opcit_kind kind)
{
	return kind < OPCIT_KIND_COUNT ? kind_names[kind] : "";
}

enum opcit_kind opcit_kind_of(struct opcit_str name)
{
	enum opcit_kind kind;

	for (kind = 0; kind < OPCIT_KIND_COUNT; kind++)
		if (opcit_str_is(name, kind_names[kind]))
			break;
	return kind;
}

/* ---- encoding ------------------------------------------------------------ */

static void put_cite(struct opcit_buf *buf, const struct opcit_citation *cite)
{
	opcit_pack_number(buf, cite->start);
	opcit_pack_number(buf, cite->end - cite->start);
	opcit_pack_number(buf, cite->resolved);
	opcit_pack_str(buf, cite->target);
	opcit_pack_str(buf, cite->form);
	opcit_pack_strs(buf, cite->pinpoints, cite->n_pinpoints);
	for (size_t i = 0; i < cite->n_pinpoints; i++) {
		struct opcit_span span = { cite->start, cite->end };

		if (cite->spans)
			span = cite->spans[i];
		opcit_pack_number(buf, span.start);
		opcit_pack_number(buf, span.end - span.start);
	}
}

void opcit_record_pack(const struct opcit_record *record, struct opcit_buf *buf)
{
	size_t i;

	opcit_pack_number(buf, record->seq);
	opcit_pack_number(buf, record->kind);
	opcit_pack_number(buf, record->page);
	opcit_pack_number(buf, record->confidence);
	/* The text stands early, so that verifying a phrase need not decode the rest. */
	opcit_pack_str(buf, record->text);
	opcit_pack_str(buf, record->lang);
	opcit_pack_str(buf, record->label);
	opcit_pack_str(buf, record->act);
	opcit_pack_strs(buf, record->section, record->n_section);
	opcit_pack_strs(buf, record->notes, record->n_notes);
	opcit_pack_number(buf, record->n_cites);
	for (i = 0; i < record->n_cites; i++)
		put_cite(buf, &record->cites[i]);
}

void opcit_doc_pack(const struct opcit_doc *doc, struct opcit_buf *buf)
{
	opcit_pack_str(buf, doc->id);
	opcit_pack_str(buf, doc->symbol);
	opcit_pack_str(buf, doc->title);
	opcit_pack_str(buf, doc->body);
	opcit_pack_str(buf, doc->type);
	opcit_pack_str(buf, doc->date);
	opcit_pack_str(buf, doc->session);
	opcit_pack_str(buf, doc->lang);
	opcit_pack_str(buf, doc->source);
	opcit_pack_str(buf, doc->url);
	opcit_pack_number(buf, doc->n_records);
}

/* ---- with a checksum ------------------------------------------------------- */

enum { SUM_BYTES = 4 };

static size_t begin_sum(struct opcit_buf *buf)
{
	opcit_buf_add(buf, "\0\0\0\0", SUM_BYTES);
	return buf->len;
}

/* Before the bytes from `at` on stands their sum, most significant byte first. */
static void end_sum(struct opcit_buf *buf, size_t at)
{
	uint32_t sum = opcit_checksum(opcit_str_sub(opcit_buf_str(buf), at, buf->len));
	int i;

	for (i = 1; i <= SUM_BYTES; i++, sum >>= 8)
		buf->ptr[at - i] = (char)(sum & 0xff);
}

static bool is_sound(struct opcit_str bytes)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < SUM_BYTES && i < bytes.len; i++)
		sum = sum << 8 | (unsigned char)bytes.ptr[i];
	return bytes.len >= SUM_BYTES && sum == opcit_checksum(opcit_str_sub(bytes, SUM_BYTES, bytes.len));
}

bool opcit_record_sound(struct opcit_str bytes)
{
	return is_sound(bytes);
}

void opcit_record_encode(const struct opcit_record *record, struct opcit_buf *buf)
{
	size_t at = begin_sum(buf);

	opcit_record_pack(record, buf);
	end_sum(buf, at);
}

void opcit_doc_encode(const struct opcit_doc *doc, struct opcit_buf *buf)
{
	size_t at = begin_sum(buf);

	opcit_doc_pack(doc, buf);
	end_sum(buf, at);
}

opcit_status opcit_record_decode(struct opcit_str bytes, struct opcit_arena *arena, struct opcit_record *record,
				 struct opcit_err *err)
{
	/* What is not sound is as good as nothing, which does not unpack either. */
	return opcit_record_unpack(opcit_str_sub(bytes, is_sound(bytes) ? SUM_BYTES : bytes.len, bytes.len), arena,
				   record, err);
}

opcit_status opcit_doc_decode(struct opcit_str bytes, struct opcit_doc *doc, struct opcit_err *err)
{
	return opcit_doc_unpack(opcit_str_sub(bytes, is_sound(bytes) ? SUM_BYTES : bytes.len, bytes.len), doc, err);
}

/* ---- decoding ------------------------------------------------------------ */

static void get_cite(struct opcit_unpack *in, struct opcit_arena *arena, size_t text_len,
		     struct opcit_citation *cite)
{
	cite->start = opcit_unpack_number(in, text_len);
	cite->end = cite->start + opcit_unpack_number(in, text_len - cite->start);
	cite->resolved = opcit_unpack_number(in, 1);
	cite->target = opcit_unpack_str(in);
	cite->form = opcit_unpack_str(in);
	cite->pinpoints = opcit_unpack_strs(in, arena, &cite->n_pinpoints);
	cite->spans = opcit_arena_alloc(arena, cite->n_pinpoints * sizeof *cite->spans);
	for (size_t i = 0; i < cite->n_pinpoints; i++) {
		cite->spans[i].start = opcit_unpack_number(in, text_len);
		cite->spans[i].end = cite->spans[i].start + opcit_unpack_number(in, text_len - cite->spans[i].start);
	}
}

static void get_cites(struct opcit_unpack *in, struct opcit_arena *arena, struct opcit_record *record)
{
	enum { SMALLEST_CITE = 6 };
	size_t count = opcit_unpack_count(in, SMALLEST_CITE), i;

	if (in->bad || count == 0)
		return;
	record->cites = opcit_arena_calloc(arena, count * sizeof *record->cites);
	for (i = 0; i < count && !in->bad; i++)
		get_cite(in, arena, record->text.len, &record->cites[i]);
	record->n_cites = in->bad ? 0 : count;
}

opcit_status opcit_record_unpack(struct opcit_str bytes, struct opcit_arena *arena,
				 struct opcit_record *record, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(bytes);

	memset(record, 0, sizeof *record);
	record->seq = (uint32_t)opcit_unpack_number(&in, UINT32_MAX);
	record->kind = (enum opcit_kind)opcit_unpack_number(&in, OPCIT_KIND_COUNT - 1);
	record->page = (uint32_t)opcit_unpack_number(&in, UINT32_MAX);
	record->confidence = (uint32_t)opcit_unpack_number(&in, 100);
	record->text = opcit_unpack_str(&in);
	record->lang = opcit_unpack_str(&in);
	record->label = opcit_unpack_str(&in);
	record->act = opcit_unpack_str(&in);
	record->section = opcit_unpack_strs(&in, arena, &record->n_section);
	record->notes = opcit_unpack_strs(&in, arena, &record->n_notes);
	get_cites(&in, arena, record);
	if (opcit_unpack_ended(&in))
		return OPCIT_OK;
	memset(record, 0, sizeof *record);
	return opcit_err_set(err, OPCIT_DAMAGED, "a record in the index is damaged");
}

enum opcit_kind opcit_record_peek_kind(struct opcit_str bytes)
{
	struct opcit_unpack in = opcit_unpack_begin(opcit_str_sub(bytes, SUM_BYTES, bytes.len));
	uint32_t kind;

	opcit_unpack_number(&in, UINT32_MAX);
	kind = (uint32_t)opcit_unpack_number(&in, OPCIT_KIND_COUNT - 1);
	return in.bad ? OPCIT_KIND_COUNT : (enum opcit_kind)kind;
}

static struct opcit_unpack before_text(struct opcit_str bytes)
{
	struct opcit_unpack in = opcit_unpack_begin(opcit_str_sub(bytes, SUM_BYTES, bytes.len));

	opcit_unpack_number(&in, UINT32_MAX);
	opcit_unpack_number(&in, OPCIT_KIND_COUNT - 1);
	opcit_unpack_number(&in, UINT32_MAX);
	opcit_unpack_number(&in, 100);
	return in;
}

struct opcit_str opcit_record_peek_text(struct opcit_str bytes)
{
	struct opcit_unpack in = before_text(bytes);

	return opcit_unpack_str(&in);
}

struct opcit_str opcit_record_peek_label(struct opcit_str bytes)
{
	struct opcit_unpack in = before_text(bytes);

	opcit_unpack_str(&in);
	opcit_unpack_str(&in);
	return opcit_unpack_str(&in);
}

opcit_status opcit_doc_unpack(struct opcit_str bytes, struct opcit_doc *doc, struct opcit_err *err)
{
	struct opcit_unpack in = opcit_unpack_begin(bytes);

	memset(doc, 0, sizeof *doc);
	doc->id = opcit_unpack_str(&in);
	doc->symbol = opcit_unpack_str(&in);
	doc->title = opcit_unpack_str(&in);
	doc->body = opcit_unpack_str(&in);
	doc->type = opcit_unpack_str(&in);
	doc->date = opcit_unpack_str(&in);
	doc->session = opcit_unpack_str(&in);
	doc->lang = opcit_unpack_str(&in);
	doc->source = opcit_unpack_str(&in);
	doc->url = opcit_unpack_str(&in);
	doc->n_records = (uint32_t)opcit_unpack_number(&in, UINT32_MAX);
	if (opcit_unpack_ended(&in))
		return OPCIT_OK;
	memset(doc, 0, sizeof *doc);
	return opcit_err_set(err, OPCIT_DAMAGED, "a document's entry in the index is damaged");
}
