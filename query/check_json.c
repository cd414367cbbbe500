/* check_json.c: the findings as JSON Lines (docs/json.md). */
#include "check_print.h"

#include "json.h"

static json_t *number_or_null(size_t n)
{
	return n ? json_integer((json_int_t)n) : json_null();
}

static json_t *json_place(const struct check_report *report, const struct finding *finding)
{
	const struct opcit_record *record = &report->manuscript->records[finding->record];
	struct opcit_place from, to;
	json_t *o = json_object();

	check_region(report, finding->record, finding->start, finding->end, &from, &to);
	json_object_set_new(o, "line", number_or_null(from.line));
	json_object_set_new(o, "column", number_or_null(from.column));
	json_object_set_new(o, "end_line", number_or_null(to.line));
	json_object_set_new(o, "end_column", number_or_null(to.column));
	json_object_set_new(o, "page", number_or_null(record->page));
	json_object_set_new(o, "label", json_text(record->label));
	json_object_set_new(o, "seq", json_integer(record->seq));
	return o;
}

void check_print_json(const struct check_report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++) {
		const struct finding *finding = &report->findings[i];
		json_t *o;

		if (!check_is_wanted(report, finding))
			continue;
		o = json_object();
		json_object_set_new(o, "v", json_integer(1));
		json_object_set_new(o, "place", json_place(report, finding));
		json_object_set_new(o, "kind", json_string(check_kind_name(finding->kind)));
		json_object_set_new(o, "raw", json_text(finding->raw));
		json_object_set_new(o, "target", json_text(finding->target));
		json_object_set_new(o, "pinpoints", json_texts(finding->pinpoints, finding->n_pinpoints));
		json_object_set_new(o, "verdict", json_string(check_verdict_name(finding->verdict)));
		json_object_set_new(o, "reason", json_text(finding->reason));
		json_object_set_new(o, "at", json_text(finding->at));
		json_object_set_new(o, "evidence", json_text(finding->evidence));
		json_object_set_new(o, "others", json_texts(finding->others, finding->n_others));
		json_object_set_new(o, "address", json_text(finding->address));
		json_object_set_new(o, "fix", json_text(finding->fix));
		json_object_set_new(o, "fix_of", json_text(check_fix_of(report, finding)));
		json_print(o, stdout);
	}
}
