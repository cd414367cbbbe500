/* check_print.h: what the checker found, in each form of output. */
#ifndef OPCIT_CHECK_PRINT_H
#define OPCIT_CHECK_PRINT_H

#include "checker.h"

/* What is printed: the findings of a draft, of those only the ones that were asked for. */
struct check_report {
	const char *path; /* of the draft, as typed */
	const struct opcit_manuscript *manuscript;
	const struct finding *findings; /* all of them, for the summary */
	size_t n;
	bool wanted[CHECK_VERDICTS];
	struct opcit_lines lines; /* of the manuscript's source */
};

/* Where a finding stands: line and column where the draft has lines; else 0. */
struct opcit_place check_place(struct check_report *report, const struct finding *finding);

void check_print_text(struct check_report *report);
void check_print_json(struct check_report *report);

#endif
