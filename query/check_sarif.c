/* check_sarif.c: the findings as SARIF 2.1.0, for editors and for what reviews
 * changes. */
#include "check_print.h"

#include <stdlib.h>

#include "../lib/paths.h"
#include "../lib/version.h"
#include "json.h"

static json_t *message(const char *text)
{
	return json_pack("{s:s}", "text", text);
}

static const char *level_of(enum check_verdict verdict)
{
	static const char *const levels[] = { [CHECK_FINE] = "none", [CHECK_NOTE] = "note",
					      [CHECK_WARNING] = "warning", [CHECK_FAULT] = "error" };

	return levels[check_verdict_weight(verdict)];
}

static json_t *rules(void)
{
	json_t *all = json_array();
	unsigned i;

	for (i = 0; i < CHECK_VERDICTS; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "id", json_string(check_verdict_name(i)));
		json_object_set_new(o, "shortDescription", message(check_verdict_words(i)));
		json_object_set_new(o, "fullDescription", message(check_verdict_help(i)));
		json_object_set_new(o, "help", message(check_verdict_help(i)));
		json_object_set_new(o, "defaultConfiguration", json_pack("{s:s}", "level", level_of(i)));
		json_object_set_new(o, "properties", json_pack("{s:[s]}", "tags", check_kind_name(check_verdict_kind(i))));
		json_array_append_new(all, o);
	}
	return all;
}

/* ---- places -------------------------------------------------------------------- */

/* A path as an address. */
static void put_uri(const char *path, struct opcit_buf *out)
{
	if (path[0] == '/')
		opcit_buf_puts(out, "file://");
	opcit_path_escape(opcit_str_of(path), "/-._~", out);
}

static json_t *artifact(const struct check_report *report)
{
	bool input = report->path[0] == '-' && !report->path[1];
	struct opcit_buf uri = OPCIT_BUF_INIT;
	json_t *o = json_object();

	if (input && !report->name) {
		json_object_set_new(o, "description", message("standard input"));
		return o;
	}
	put_uri(input ? report->name : report->path, &uri);
	json_object_set_new(o, "uri", json_text(opcit_buf_str(&uri)));
	opcit_buf_release(&uri);
	return o;
}

static json_t *region(const struct opcit_place *from, const struct opcit_place *to)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)from->line, "startColumn",
			 (json_int_t)from->column, "endLine", (json_int_t)to->line, "endColumn", (json_int_t)to->column);
}

/* Where the draft has lines they tell; else the paragraph does. */
static json_t *location(const struct check_report *report, const struct finding *finding)
{
	json_t *o = json_object(), *physical = json_object();
	struct opcit_buf words = OPCIT_BUF_INIT;
	struct opcit_place from, to;

	json_object_set_new(physical, "artifactLocation", artifact(report));
	if (check_region(report, finding->record, finding->start, finding->end, &from, &to))
		json_object_set_new(physical, "region", region(&from, &to));
	json_object_set_new(o, "physicalLocation", physical);
	check_place_words(&report->manuscript->records[finding->record], &words);
	json_object_set_new(o, "logicalLocations", json_array());
	json_array_append_new(json_object_get(o, "logicalLocations"), json_object());
	json_object_set_new(json_array_get(json_object_get(o, "logicalLocations"), 0), "fullyQualifiedName",
			    json_text(opcit_buf_str(&words)));
	opcit_buf_release(&words);
	return o;
}

/* ---- results ------------------------------------------------------------------- */

/* Only lines can be edited. */
static void add_fix(const struct check_report *report, const struct finding *finding, json_t *result)
{
	struct opcit_place from, to;
	json_t *replacement;

	if (!finding->fix.len ||
	    !check_region(report, finding->record, finding->fix_start, finding->fix_end, &from, &to))
		return;
	replacement = json_object();
	json_object_set_new(replacement, "deletedRegion", region(&from, &to));
	json_object_set_new(replacement, "insertedContent", json_object());
	json_object_set_new(json_object_get(replacement, "insertedContent"), "text", json_text(finding->fix));
	json_object_set_new(result, "fixes",
			    json_pack("[{s:o, s:[{s:o, s:[o]}]}]", "description", message("Write it so"),
				      "artifactChanges", "artifactLocation", artifact(report), "replacements", replacement));
}

static json_t *result_message(const struct check_report *report, const struct finding *finding)
{
	struct opcit_buf said = OPCIT_BUF_INIT, text = OPCIT_BUF_INIT;
	json_t *o = json_object();

	check_explain(report, finding, &said);
	opcit_buf_printf(&text, "%s: %.*s", check_verdict_words(finding->verdict),
			 OPCIT_FMT(check_first_words(finding->raw, report->arena)));
	if (said.len)
		opcit_buf_printf(&text, "\n%s", said.ptr);
	json_object_set_new(o, "text", json_text(opcit_buf_str(&text)));
	opcit_buf_release(&said);
	opcit_buf_release(&text);
	return o;
}

static json_t *result(const struct check_report *report, const struct finding *finding, uint64_t print, size_t again)
{
	bool fine = check_verdict_weight(finding->verdict) == CHECK_FINE;
	json_t *o = json_object();
	char id[48];

	snprintf(id, sizeof id, "%016llx:%zu", (unsigned long long)print, again);
	json_object_set_new(o, "ruleId", json_string(check_verdict_name(finding->verdict)));
	json_object_set_new(o, "ruleIndex", json_integer(finding->verdict));
	json_object_set_new(o, "kind", json_string(fine ? "pass" : "fail"));
	json_object_set_new(o, "level", json_string(level_of(finding->verdict)));
	json_object_set_new(o, "message", result_message(report, finding));
	json_object_set_new(o, "locations", json_array());
	json_array_append_new(json_object_get(o, "locations"), location(report, finding));
	json_object_set_new(o, "partialFingerprints", json_pack("{s:s}", "opcitFinding/v1", id));
	add_fix(report, finding, o);
	return o;
}

/* ---- fingerprints ---------------------------------------------------------------- */

/* By what a finding is known again after the draft was edited elsewhere: its
 * verdict and its words, and which of those that are alike it is. */
struct print {
	uint64_t hash;
	size_t finding, again;
};

static uint64_t add_hash(uint64_t hash, struct opcit_str s)
{
	size_t i;

	for (i = 0; i <= s.len; i++) /* and an end, so that "ab", "c" is not "a", "bc" */
		hash = (hash ^ (i < s.len ? (unsigned char)s.ptr[i] : 0xFFu)) * 0x100000001B3u;
	return hash;
}

static int by_hash(const void *a, const void *b)
{
	const struct print *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->finding < y->finding ? -1 : x->finding > y->finding;
}

static int by_finding(const void *a, const void *b)
{
	const struct print *x = a, *y = b;

	return x->finding < y->finding ? -1 : x->finding > y->finding;
}

static struct print *fingerprints(const struct check_report *report)
{
	struct print *prints = opcit_xmalloc((report->n + 1) * sizeof *prints);
	size_t i;

	for (i = 0; i < report->n; i++) {
		const struct finding *f = &report->findings[i];
		uint64_t hash = add_hash(0xCBF29CE484222325u, opcit_str_of(check_verdict_name(f->verdict)));

		prints[i] = (struct print){ add_hash(add_hash(hash, f->raw), f->target), i, 1 };
	}
	qsort(prints, report->n, sizeof *prints, by_hash);
	for (i = 1; i < report->n; i++)
		if (prints[i].hash == prints[i - 1].hash)
			prints[i].again = prints[i - 1].again + 1;
	qsort(prints, report->n, sizeof *prints, by_finding);
	return prints;
}

void check_print_sarif(const struct check_report *report)
{
	json_t *results = json_array(), *driver = json_object();
	struct print *prints = fingerprints(report);
	size_t i;

	for (i = 0; i < report->n; i++)
		if (check_is_wanted(report, &report->findings[i]))
			json_array_append_new(results,
					      result(report, &report->findings[i], prints[i].hash, prints[i].again));
	json_object_set_new(driver, "name", json_string("opcit"));
	json_object_set_new(driver, "version", json_string(OPCIT_VERSION));
	json_object_set_new(driver, "rules", rules());
	json_print(json_pack("{s:s, s:s, s:[{s:{s:o}, s:s, s:o}]}", "$schema",
			     "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs", "tool", "driver",
			     driver, "columnKind", "unicodeCodePoints", "results", results),
		   stdout);
	free(prints);
}
