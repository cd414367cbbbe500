/* checker.h: a draft held against the index, finding by finding.
 *
 *   manuscript ─ check_citations ─┐
 *              ─ check_quotations ┼▶ findings, in the draft's order ─▶ check_print_…
 *              ─ check_habits ────┘
 *
 * A finding states facts with their evidence. What cannot be known is said to
 * be so: a false "resolved" or a false "mismatch" is worse than silence.
 */
#ifndef OPCIT_CHECKER_H
#define OPCIT_CHECKER_H

#include "../lib/manuscript.h"
#include "../lib/map.h"
#include "reference.h"

enum check_kind { CHECK_CITATION, CHECK_QUOTATION, CHECK_HABIT };
/* "citation", "quotation", "habit" */
const char *check_kind_name(enum check_kind kind);

/* The order is that of the table of names and weights in checker.c. */
enum check_verdict {
	/* of a citation */
	CHECK_RESOLVED,     /* document and place are in the index */
	CHECK_MISMATCH,     /* what is stated is not so */
	CHECK_SUPERSEDED,   /* a revision, corrigendum or adopted text is in the index */
	CHECK_AMBIGUOUS,    /* it may mean several documents */
	CHECK_NOT_IN_INDEX, /* cannot tell: the document is not there */
	CHECK_UNREADABLE,   /* cannot tell: it points to nothing that is known */
	/* of a quotation */
	CHECK_EXACT,
	CHECK_EXACT_BUT,       /* for changes that are usual, and said in the reason */
	CHECK_DIFFERS,         /* evidence shows word by word how */
	CHECK_FOUND_ELSEWHERE, /* not where the citation says */
	CHECK_NOT_FOUND,
	CHECK_UNATTRIBUTED,    /* without a citation; `at` is its likely source */
	/* habits of drafting */
	CHECK_TWO_FORMS, /* one document cited in two forms */
	CHECK_NO_TITLE,  /* a first mention without the full title */
	CHECK_IBID,      /* an "ibid." that now points elsewhere */
	CHECK_NO_NOTE,   /* a note that is cited and absent */
	CHECK_STYLE,     /* not as the house style asked for has it */
	CHECK_VERDICTS
};

/* How much a verdict matters: a fault or warning makes the exit code 1. */
enum check_weight { CHECK_FINE, CHECK_NOTE, CHECK_WARNING, CHECK_FAULT };

/* "resolved", "exact-but". */
const char *check_verdict_name(enum check_verdict verdict);
enum check_weight check_verdict_weight(enum check_verdict verdict);
enum check_kind check_verdict_kind(enum check_verdict verdict);

/* All strings are borrowed from the arena or the manuscript. */
struct finding {
	enum check_kind kind;
	enum check_verdict verdict;
	size_t record;              /* index into the manuscript's records */
	size_t start, end;          /* bytes of that record's text */
	struct opcit_str raw;       /* what stands there */
	struct opcit_str target;    /* what it was understood as; or empty */
	struct opcit_str *pinpoints;
	size_t n_pinpoints;
	struct opcit_str reason;    /* why, in a sentence without capital and stop; or empty */
	struct opcit_str at;        /* where the evidence stands, ready to cite; or empty */
	struct opcit_str evidence;  /* its first words, or a word diff: [-old-] {+new+} */
	struct opcit_str *others;   /* identifiers that it may mean, or that have it */
	size_t n_others;
	struct opcit_str address;   /* public address of what is not in the index; or empty */
	struct opcit_str fix;       /* what to write in the place of [fix_start, fix_end); or empty */
	size_t fix_start, fix_end;
};

enum check_style { CHECK_STYLE_NONE, CHECK_STYLE_UN };

struct checker {
	const struct opcit_manuscript *manuscript;
	struct reference_reader reader; /* the caller's; reader.index is never NULL */
	struct opcit_arena *arena;      /* of the findings */
	enum check_style style;
	struct finding *findings; /* heap */
	size_t n, cap;
	struct opcit_map targets;      /* what identifiers mean: struct reading */
	struct check_facts *facts;     /* what is known of them (check_int.h) */
};

/* Begin with an index and a registry that the caller keeps. check_release ends
 * it; the findings' strings stay the arena's. */
void check_init(struct checker *checker, const struct reference_reader *reader, struct opcit_arena *arena);
void check_release(struct checker *checker);

/* Check all of the manuscript: `findings` are then in its order. */
opcit_status check_run(struct checker *checker, const struct opcit_manuscript *manuscript,
		       struct opcit_err *err);

/* ---- for the rooms behind it ---------------------------------------------- */

/* A new finding on bytes [start, end) of a record; `kind` and `raw` are filled.
 * Borrowed until the next one is added. */
struct finding *check_add(struct checker *checker, enum check_verdict verdict, size_t record, size_t start,
			  size_t end);

/* What an identifier means and which files hold it, found once for each: it and the
 * reading stay until check_release. */
opcit_status check_target(struct checker *checker, struct opcit_str target, const struct reading **reading,
			  struct opcit_err *err);

/* What a citation of that record means: its target, unless check_citations has settled it otherwise. */
struct opcit_str check_meant(const struct check_facts *facts, size_t record, const struct opcit_citation *cite);

/* The first words of a text, at most some 120 bytes, "…" at its end where it is cut. */
struct opcit_str check_first_words(struct opcit_str text, struct opcit_arena *arena);

/* Each adds its findings. */
opcit_status check_citations(struct checker *checker, struct opcit_err *err);
opcit_status check_quotations(struct checker *checker, struct opcit_err *err);
opcit_status check_habits(struct checker *checker, struct opcit_err *err);

#endif
