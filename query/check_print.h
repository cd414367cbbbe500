/* check_print.h: what the checker found, in each form of output. */
#ifndef OPCIT_CHECK_PRINT_H
#define OPCIT_CHECK_PRINT_H

#include "checker.h"

/* What is printed: the findings of a draft, of those only the ones that were asked for. */
struct check_report {
	const char *path; /* of the draft, as typed */
	const char *name; /* what standard input is to be called; or NULL */
	const struct opcit_manuscript *manuscript;
	const struct finding *findings; /* all of them, for the summary */
	size_t n;
	bool wanted[CHECK_VERDICTS];
	struct opcit_arena *arena; /* for what printing needs */
	struct opcit_lines *lines; /* of the manuscript's source */
};

/* Where a finding stands: line and column where the draft has lines; else 0. */
struct opcit_place check_place(const struct check_report *report, const struct finding *finding);

/* Where bytes [start, end) of a record's text stand in the lines of the draft,
 * the end beyond the last character. False where it has none. */
bool check_region(const struct check_report *report, size_t record, size_t start, size_t end,
		  struct opcit_place *from, struct opcit_place *to);

/* The words of the draft in whose place the fix goes; empty without one. */
struct opcit_str check_fix_of(const struct check_report *report, const struct finding *finding);

/* Whether that is a small part of what was found, so that it must be said which. */
bool check_fix_is_part(const struct finding *finding);

/* Append a record's place in words, for a draft without lines: "page 3, para. 12 (b)". */
void check_place_words(const struct opcit_record *record, struct opcit_buf *out);
/* "draft.docx", "standard input" or the name it was given. */
struct opcit_str check_draft_name(const struct check_report *report);

/* A verdict in words: "not in the index"; and what it means, in a sentence. */
const char *check_verdict_words(enum check_verdict verdict);
const char *check_verdict_help(enum check_verdict verdict);

/* Append "12 citations: 10 resolved, 2 not in the index; 1 quotation: …", of all findings. */
void check_summary(const struct check_report *report, struct opcit_buf *out);
/* Whether a finding is to be printed. */
bool check_is_wanted(const struct check_report *report, const struct finding *finding);
/* How many findings weigh as much: of all, or of those that are to be printed. */
size_t check_count(const struct check_report *report, enum check_weight weight, bool wanted);

/* What a finding says besides its place and its words, a line each: reason, the
 * evidence with where it stands, what else it may mean, address, what to write. */
void check_explain(const struct check_report *report, const struct finding *finding, struct opcit_buf *out);

/* A piece of evidence in which [-old-] and {+new+} mark what differs. */
enum check_piece { CHECK_KEPT, CHECK_DELETED, CHECK_INSERTED };
/* Whether its evidence is marked so. */
bool check_has_diff(const struct finding *finding);
/* The next piece of `rest`, which is moved behind it; false at the end. */
bool check_diff_next(struct opcit_str *rest, enum check_piece *what, struct opcit_str *piece);

void check_print_text(const struct check_report *report);
void check_print_json(const struct check_report *report);
void check_print_sarif(const struct check_report *report);
opcit_status check_print_html(const struct check_report *report, struct opcit_err *err);

/* Write a copy of the draft, a DOCX, with a comment at each finding, to the
 * file `out`, which appears as a whole or not at all; the draft itself is never written over.
 * *placed are the comments that stand at their words, *astray those at the head
 * of the text because their words could not be found. */
opcit_status check_write_docx(const struct check_report *report, const char *out, size_t *placed,
			      size_t *astray, struct opcit_err *err);

#endif
