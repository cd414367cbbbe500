/* check_text.c: the findings for a person at a terminal. */
#include "check_print.h"

#include "output.h"

struct opcit_place check_place(struct check_report *report, const struct finding *finding)
{
	const struct opcit_manuscript *manuscript = report->manuscript;
	size_t offset;

	if (!manuscript->source.len ||
	    !opcit_manuscript_offset(manuscript, finding->record, finding->start, &offset))
		return (struct opcit_place){ 0 };
	return opcit_lines_place(&report->lines, manuscript->source, offset);
}

static void print_place(struct check_report *report, const struct finding *finding)
{
	const struct opcit_record *record = &report->manuscript->records[finding->record];
	struct opcit_place place = check_place(report, finding);

	output_text(report->path[0] == '-' && !report->path[1] ? OPCIT_STR("standard input") : opcit_str_of(report->path));
	if (place.line)
		printf(":%zu:%zu", place.line, place.column);
	else if (record->page)
		printf(", page %u", (unsigned)record->page);
	if (!place.line)
		printf(", paragraph %u", (unsigned)record->seq);
}

static void print_line(struct opcit_str text)
{
	if (text.len)
		output_wrapped(text, 4, NULL, 0);
}

static void print_finding(struct check_report *report, const struct finding *finding)
{
	print_place(report, finding);
	printf("  %s\n", check_verdict_name(finding->verdict));
	print_line(finding->raw);
	print_line(finding->reason);
	print_line(finding->evidence);
	print_line(finding->address);
}

void check_print_text(struct check_report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++)
		if (report->wanted[report->findings[i].verdict])
			print_finding(report, &report->findings[i]);
}
