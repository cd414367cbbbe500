/* record.c: names of kinds, and the compact encoding of a record and of a
 * document. docs/index-format.md describes the bytes; keep the two in step. */
#include "record.h"

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

static void put_number(struct opcit_buf *buf, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		opcit_buf_putc(buf, (char)(n & 0x7f) | (char)0x80);
	opcit_buf_putc(buf, (char)n);
}

static void put_str(struct opcit_buf *buf, struct opcit_str s)
{
	put_number(buf, s.len);
	opcit_buf_add_str(buf, s);
}

static void put_strs(struct opcit_buf *buf, const struct opcit_str *s, size_t n)
{
	size_t i;

	put_number(buf, n);
	for (i = 0; i < n; i++)
		put_str(buf, s[i]);
}

static void put_cite(struct opcit_buf *buf, const struct opcit_citation *cite)
{
	put_number(buf, cite->start);
	put_number(buf, cite->end - cite->start);
	put_number(buf, cite->resolved);
	put_str(buf, cite->target);
	put_str(buf, cite->form);
	put_strs(buf, cite->pinpoints, cite->n_pinpoints);
	for (size_t i = 0; i < cite->n_pinpoints; i++) {
		struct opcit_span span = { cite->start, cite->end };

		if (cite->spans)
			span = cite->spans[i];
		put_number(buf, span.start);
		put_number(buf, span.end - span.start);
	}
}

void opcit_record_encode(const struct opcit_record *record, struct opcit_buf *buf)
{
	size_t i;

	put_number(buf, record->seq);
	put_number(buf, record->kind);
	put_number(buf, record->page);
	put_number(buf, record->confidence);
	/* The text stands early, so that verifying a phrase need not decode the rest. */
	put_str(buf, record->text);
	put_str(buf, record->lang);
	put_str(buf, record->label);
	put_str(buf, record->act);
	put_strs(buf, record->section, record->n_section);
	put_strs(buf, record->notes, record->n_notes);
	put_number(buf, record->n_cites);
	for (i = 0; i < record->n_cites; i++)
		put_cite(buf, &record->cites[i]);
}

void opcit_doc_encode(const struct opcit_doc *doc, struct opcit_buf *buf)
{
	put_str(buf, doc->id);
	put_str(buf, doc->symbol);
	put_str(buf, doc->title);
	put_str(buf, doc->body);
	put_str(buf, doc->type);
	put_str(buf, doc->date);
	put_str(buf, doc->session);
	put_str(buf, doc->lang);
	put_str(buf, doc->source);
	put_str(buf, doc->url);
	put_number(buf, doc->n_records);
}

/* ---- decoding ------------------------------------------------------------ */

/* What is left to decode. Once bad, every get gives nothing and stays bad,
 * so callers check once, at the end. */
struct input {
	const unsigned char *at, *end;
	bool bad;
};

static struct input input_of(struct opcit_str bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;

	return (struct input){ at, at ? at + bytes.len : at, false };
}

static uint64_t get_number(struct input *in, uint64_t max)
{
	uint64_t n = 0;
	unsigned shift = 0;

	for (; !in->bad; shift += 7) {
		unsigned char c;

		if (in->at == in->end || shift > 56)
			break;
		c = *in->at++;
		n |= (uint64_t)(c & 0x7f) << shift;
		if (c & 0x80)
			continue;
		if (n <= max)
			return n;
		break;
	}
	in->bad = true;
	return 0;
}

static size_t left(const struct input *in)
{
	return (size_t)(in->end - in->at);
}

static struct opcit_str get_str(struct input *in)
{
	size_t len = get_number(in, left(in));
	struct opcit_str s = { NULL, 0 };

	if (in->bad || len > left(in)) {
		in->bad = true;
		return s;
	}
	s = (struct opcit_str){ (const char *)in->at, len };
	in->at += len;
	return s;
}

/* A count of things of at least `smallest` bytes each: what cannot be there
 * is refused before memory is asked for it. */
static size_t get_count(struct input *in, size_t smallest)
{
	return get_number(in, left(in) / smallest);
}

static struct opcit_str *get_strs(struct input *in, struct opcit_arena *arena, size_t *n)
{
	size_t count = get_count(in, 1), i;
	struct opcit_str *s;

	*n = 0;
	if (in->bad || count == 0)
		return NULL;
	s = opcit_arena_alloc(arena, count * sizeof *s);
	for (i = 0; i < count && !in->bad; i++)
		s[i] = get_str(in);
	*n = in->bad ? 0 : count;
	return s;
}

static void get_cite(struct input *in, struct opcit_arena *arena, size_t text_len,
		     struct opcit_citation *cite)
{
	cite->start = get_number(in, text_len);
	cite->end = cite->start + get_number(in, text_len - cite->start);
	cite->resolved = get_number(in, 1);
	cite->target = get_str(in);
	cite->form = get_str(in);
	cite->pinpoints = get_strs(in, arena, &cite->n_pinpoints);
	cite->spans = opcit_arena_alloc(arena, cite->n_pinpoints * sizeof *cite->spans);
	for (size_t i = 0; i < cite->n_pinpoints; i++) {
		cite->spans[i].start = get_number(in, text_len);
		cite->spans[i].end = cite->spans[i].start + get_number(in, text_len - cite->spans[i].start);
	}
}

static void get_cites(struct input *in, struct opcit_arena *arena, struct opcit_record *record)
{
	enum { SMALLEST_CITE = 6 };
	size_t count = get_count(in, SMALLEST_CITE), i;

	if (in->bad || count == 0)
		return;
	record->cites = opcit_arena_calloc(arena, count * sizeof *record->cites);
	for (i = 0; i < count && !in->bad; i++)
		get_cite(in, arena, record->text.len, &record->cites[i]);
	record->n_cites = in->bad ? 0 : count;
}

opcit_status opcit_record_decode(struct opcit_str bytes, struct opcit_arena *arena,
				 struct opcit_record *record, struct opcit_err *err)
{
	struct input in = input_of(bytes);

	memset(record, 0, sizeof *record);
	record->seq = (uint32_t)get_number(&in, UINT32_MAX);
	record->kind = (enum opcit_kind)get_number(&in, OPCIT_KIND_COUNT - 1);
	record->page = (uint32_t)get_number(&in, UINT32_MAX);
	record->confidence = (uint32_t)get_number(&in, 100);
	record->text = get_str(&in);
	record->lang = get_str(&in);
	record->label = get_str(&in);
	record->act = get_str(&in);
	record->section = get_strs(&in, arena, &record->n_section);
	record->notes = get_strs(&in, arena, &record->n_notes);
	get_cites(&in, arena, record);
	if (!in.bad && in.at == in.end)
		return OPCIT_OK;
	memset(record, 0, sizeof *record);
	return opcit_err_set(err, OPCIT_DAMAGED, "a record in the index is damaged");
}

enum opcit_kind opcit_record_peek_kind(struct opcit_str bytes)
{
	struct input in = input_of(bytes);
	uint32_t kind;

	get_number(&in, UINT32_MAX);
	kind = (uint32_t)get_number(&in, OPCIT_KIND_COUNT - 1);
	return in.bad ? OPCIT_KIND_COUNT : (enum opcit_kind)kind;
}

struct opcit_str opcit_record_peek_text(struct opcit_str bytes)
{
	struct input in = input_of(bytes);

	get_number(&in, UINT32_MAX);
	get_number(&in, OPCIT_KIND_COUNT - 1);
	get_number(&in, UINT32_MAX);
	get_number(&in, 100);
	return get_str(&in);
}

opcit_status opcit_doc_decode(struct opcit_str bytes, struct opcit_doc *doc, struct opcit_err *err)
{
	struct input in = input_of(bytes);

	memset(doc, 0, sizeof *doc);
	doc->id = get_str(&in);
	doc->symbol = get_str(&in);
	doc->title = get_str(&in);
	doc->body = get_str(&in);
	doc->type = get_str(&in);
	doc->date = get_str(&in);
	doc->session = get_str(&in);
	doc->lang = get_str(&in);
	doc->source = get_str(&in);
	doc->url = get_str(&in);
	doc->n_records = (uint32_t)get_number(&in, UINT32_MAX);
	if (!in.bad && in.at == in.end)
		return OPCIT_OK;
	memset(doc, 0, sizeof *doc);
	return opcit_err_set(err, OPCIT_DAMAGED, "a document's entry in the index is damaged");
}
