/* opensearch.c: see opensearch.h. */
#include "opensearch.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST_ID = 512 }; /* bytes, as OpenSearch has it */

/* The same record has the same name in each export: what is sent again replaces it. */
static json_t *name_of(const struct opcit_doc *doc, const struct opcit_record *record)
{
	struct opcit_buf name = OPCIT_BUF_INIT;
	uint64_t hash = 14695981039346656037u;
	json_t *string;
	size_t i;

	for (i = 0; i < doc->source.len; i++)
		hash = (hash ^ (unsigned char)doc->source.ptr[i]) * 1099511628211u;
	opcit_buf_printf(&name, "%.*s#%lu", OPCIT_FMT(doc->source), (unsigned long)record->seq);
	if (name.len > LONGEST_ID) {
		opcit_buf_clear(&name);
		opcit_buf_printf(&name, "%016llx#%lu", (unsigned long long)hash, (unsigned long)record->seq);
	}
	string = json_text(opcit_buf_str(&name));
	opcit_buf_release(&name);
	return string;
}

void opensearch_print(const struct opcit_doc *doc, const struct opcit_record *record, json_t *object, FILE *out)
{
	json_print(json_pack("{s:{s:o}}", "index", "_id", name_of(doc, record)), out);
	/* an empty text is no date */
	if (doc->date.len == 0)
		json_object_set_new(object, "date", json_null());
	json_print(object, out);
}

/* ---- the mapping ------------------------------------------------------------------ */

static const char *analyzer_of(struct opcit_str lang)
{
	static const struct {
		const char *lang, *analyzer;
	} analyzers[] = {
		{ "ar", "arabic" },    { "bg", "bulgarian" }, { "bn", "bengali" },   { "ca", "catalan" },    { "cs", "czech" },
		{ "da", "danish" },    { "de", "german" },    { "el", "greek" },     { "en", "english" },    { "es", "spanish" },
		{ "et", "estonian" },  { "eu", "basque" },    { "fa", "persian" },   { "fi", "finnish" },    { "fr", "french" },
		{ "ga", "irish" },     { "gl", "galician" },  { "hi", "hindi" },     { "hu", "hungarian" },  { "hy", "armenian" },
		{ "id", "indonesian" }, { "it", "italian" },  { "ja", "cjk" },       { "ko", "cjk" },        { "lt", "lithuanian" },
		{ "lv", "latvian" },   { "nl", "dutch" },     { "no", "norwegian" }, { "pt", "portuguese" }, { "ro", "romanian" },
		{ "ru", "russian" },   { "sv", "swedish" },   { "th", "thai" },      { "tr", "turkish" },    { "zh", "cjk" },
	};
	size_t i;

	for (i = 0; i < sizeof analyzers / sizeof *analyzers; i++)
		if (opcit_str_is(lang, analyzers[i].lang))
			return analyzers[i].analyzer;
	return NULL;
}

/* Words as they are printed, and in all their forms in each language: text.en, text.fr. */
static json_t *words(const struct opcit_str *langs, size_t n, bool whole)
{
	json_t *fields = json_object();
	size_t i;

	for (i = 0; i < n; i++) {
		const char *analyzer = analyzer_of(langs[i]);

		if (analyzer)
			json_object_set_new_nocheck(fields, langs[i].ptr,
						    json_pack("{s:s, s:s}", "type", "text", "analyzer", analyzer));
	}
	if (whole)
		json_object_set_new(fields, "whole",
				    json_pack("{s:s, s:s, s:i}", "type", "keyword", "normalizer", "folded", "ignore_above", 512));
	return json_pack("{s:s, s:s, s:o}", "type", "text", "analyzer", "folded", "fields", fields);
}

static json_t *typed(const char *type)
{
	return json_pack("{s:s}", "type", type);
}

/* A name, whatever its case and accents. */
static json_t *name(void)
{
	return json_pack("{s:s, s:s, s:i}", "type", "keyword", "normalizer", "folded", "ignore_above", 512);
}

static json_t *unindexed(const char *type)
{
	return json_pack("{s:s, s:b}", "type", type, "index", 0);
}

static json_t *citations(void)
{
	return json_pack("{s:s, s:{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}}", "type", "nested", "properties", "raw",
			 json_pack("{s:s, s:s}", "type", "text", "analyzer", "folded"), "start", unindexed("integer"), "end",
			 unindexed("integer"), "target", name(), "pinpoints", name(), "spans", unindexed("integer"), "form",
			 typed("keyword"), "resolved", typed("boolean"));
}

static json_t *properties(const struct opcit_str *langs, size_t n)
{
	static const char *const keywords[] = { "lang", "kind", "act" };
	static const char *const names[] = { "doc", "body", "type", "label", "pinpoint", "notes" };
	static const char *const numbers[] = { "v", "seq", "page", "confidence" };
	json_t *o = json_object();
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		json_object_set_new(o, names[i], name());
	for (i = 0; i < sizeof keywords / sizeof *keywords; i++)
		json_object_set_new(o, keywords[i], typed("keyword"));
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
		json_object_set_new(o, numbers[i], typed("integer"));
	json_object_set_new(o, "date", json_pack("{s:s, s:s}", "type", "date", "format", "yyyy-MM-dd||yyyy-MM||yyyy"));
	json_object_set_new(o, "title", words(langs, n, true));
	json_object_set_new(o, "section", words(langs, n, true));
	json_object_set_new(o, "text", words(langs, n, false));
	json_object_set_new(o, "source", json_pack("{s:s, s:i}", "type", "keyword", "ignore_above", 4096));
	json_object_set_new(o, "url", json_pack("{s:s, s:b, s:b}", "type", "keyword", "index", 0, "doc_values", 0));
	json_object_set_new(o, "cites", citations());
	json_object_set_new(o, "unresolved", citations());
	return o;
}

void opensearch_print_mapping(const struct opcit_str *langs, size_t n, FILE *out)
{
	json_t *folded = json_pack("{s:s, s:s, s:[s, s]}", "type", "custom", "tokenizer", "standard", "filter", "lowercase",
				   "asciifolding");
	json_t *normal = json_pack("{s:s, s:[s, s]}", "type", "custom", "filter", "lowercase", "asciifolding");

	json_print(json_pack("{s:{s:{s:{s:o}, s:{s:o}}}, s:{s:b, s:o}}", "settings", "analysis", "analyzer", "folded", folded,
			     "normalizer", "folded", normal, "mappings", "dynamic", 0, "properties", properties(langs, n)),
		   out);
}
