/* json.c: see json.h. */
#include "json.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "pinpoint.h"

/* The slow way, for text that is not UTF-8. */
static json_t *repaired(struct opcit_str text)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t at = 0;
	json_t *string;

	while (at < text.len) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
						      (utf8proc_ssize_t)(text.len - at), &c);

		if (n > 0)
			opcit_buf_add(&buf, text.ptr + at, (size_t)n);
		else
			opcit_buf_puts(&buf, "\xef\xbf\xbd");
		at += n > 0 ? (size_t)n : 1;
	}
	string = json_stringn(buf.ptr ? buf.ptr : "", buf.len);
	opcit_buf_release(&buf);
	return string;
}

json_t *json_text(struct opcit_str text)
{
	json_t *string = json_stringn(text.ptr ? text.ptr : "", text.len);

	return string ? string : repaired(text);
}

json_t *json_texts(const struct opcit_str *texts, size_t n)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(array, json_text(texts[i]));
	return array;
}

json_t *json_record(const struct opcit_doc *doc, const struct opcit_record *record)
{
	struct opcit_buf pinpoint = OPCIT_BUF_INIT;
	json_t *o = json_object();

	pinpoint_write(doc, record, &pinpoint);
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "doc", json_text(doc->id));
	json_object_set_new(o, "title", json_text(doc->title));
	json_object_set_new(o, "body", json_text(doc->body));
	json_object_set_new(o, "type", json_text(doc->type));
	json_object_set_new(o, "date", json_text(doc->date));
	json_object_set_new(o, "lang", json_text(opcit_record_lang(doc, record)));
	json_object_set_new(o, "source", json_text(doc->source));
	json_object_set_new(o, "seq", json_integer(record->seq));
	json_object_set_new(o, "label", json_text(record->label));
	json_object_set_new(o, "pinpoint", json_text(opcit_buf_str(&pinpoint)));
	json_object_set_new(o, "kind", json_string(opcit_kind_name(record->kind)));
	json_object_set_new(o, "act", json_text(record->act));
	json_object_set_new(o, "section", json_texts(record->section, record->n_section));
	json_object_set_new(o, "page", record->page ? json_integer(record->page) : json_null());
	if (record->confidence)
		json_object_set_new(o, "confidence", json_integer(record->confidence));
	json_object_set_new(o, "text", json_text(record->text));
	json_object_set_new(o, "notes", json_texts(record->notes, record->n_notes));
	json_object_set_new(o, "url", json_text(doc->url));
	opcit_buf_release(&pinpoint);
	return o;
}

static json_t *json_spans(const struct opcit_citation *cite)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < cite->n_pinpoints; i++)
		json_array_append_new(array, json_pack("[II]", (json_int_t)cite->spans[i].start,
						       (json_int_t)cite->spans[i].end));
	return array;
}

json_t *json_cites(const struct opcit_record *record, bool resolved)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < record->n_cites; i++) {
		const struct opcit_citation *cite = &record->cites[i];
		json_t *o;

		if (cite->resolved != resolved)
			continue;
		o = json_object();
		json_object_set_new(o, "raw",
				    json_text(opcit_str_sub(record->text, cite->start, cite->end)));
		json_object_set_new(o, "start", json_integer((json_int_t)cite->start));
		json_object_set_new(o, "end", json_integer((json_int_t)cite->end));
		json_object_set_new(o, "target", json_text(cite->target));
		json_object_set_new(o, "pinpoints", json_texts(cite->pinpoints, cite->n_pinpoints));
		json_object_set_new(o, "spans", json_spans(cite));
		json_object_set_new(o, "form", json_text(cite->form));
		json_object_set_new(o, "resolved", json_boolean(cite->resolved));
		json_array_append_new(array, o);
	}
	return array;
}

void json_print(json_t *object, FILE *out)
{
	json_dumpf(object, out, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
	putc('\n', out);
	json_decref(object);
}
