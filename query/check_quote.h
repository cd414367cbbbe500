/* check_quote.h: the quotations of a draft, as check_quote*.c hand them on:
 *
 *   passages of the draft ─ whose are they ─ where do they stand ─▶ findings
 */
#ifndef OPCIT_CHECK_QUOTE_H
#define OPCIT_CHECK_QUOTE_H

#include "../lib/quote.h"
#include "checker.h"
#include "place.h"

/* How surely a quotation belongs to a citation. */
enum closeness {
	CLOSE_MAYBE,   /* it stands near; the words may be another's */
	CLOSE_SURE,    /* in the same sentence, or in its note */
	CLOSE_DIRECT   /* right behind it: "…" (A/65/156, para. 3) */
};

struct cited {
	const struct opcit_citation *cite;
	size_t record; /* in which it stands */
	enum closeness closeness;
};

enum { QUOTE_CITED_MOST = 8 };

/* A quoted passage of the draft. */
struct quotation {
	size_t record, start, end; /* where it begins, with its marks; the end of that part */
	size_t inner_start, inner_end; /* of that part, without marks */
	size_t last, last_end;     /* the record in which it ends, and where */
	struct opcit_str text;     /* all of it, in the arena or the record */
	struct opcit_str lang;     /* of the draft there, or empty */
	bool block;                /* without marks: a paragraph that is set off */
	bool perhaps;              /* such a one after a colon; it may as well be the draft's own words */
	bool open;                 /* nothing closes it */
	bool name;                 /* "entitled “…”": it names something */
	bool unread;               /* a citation beside it is not understood */
	struct cited cited[QUOTE_CITED_MOST]; /* the likeliest first */
	size_t n_cited;
};

/* All passages of a record, and which of its citations stand in one: those are no
 * one's source. */
struct passages {
	struct opcit_passage *items;
	size_t n;
	bool *quoted; /* one for each citation */
	enum { BLOCK_NONE, BLOCK_PERHAPS, BLOCK_MARKED } block; /* the record is a quotation itself */
};

/* check_quote_cited.c: whose words they are. Zeroed but for the first four, it
 * goes from one quotation to the next. */
struct attributing {
	const struct opcit_manuscript *manuscript;
	const struct check_facts *facts;
	struct passages *passages; /* one item for each record */
	struct opcit_arena *arena;
	size_t of;                       /* the record + 1 whose notes' citations these are */
	struct cited notes[QUOTE_CITED_MOST];
	size_t n_notes;
};
void quotation_attribute(struct attributing *a, struct quotation *quotation);

/* Mark the records that are quotations as a whole: check_quote_block.c. */
void quotation_blocks(const struct opcit_manuscript *manuscript, struct passages *passages);
/* The text of such a record without the source that closes it: "… (A/65/156, para. 3)". */
struct opcit_str quotation_block_text(const struct opcit_record *record);

/* Where words of the index stand that are the quotation's, or nearly. */
struct quote_place {
	const struct opcit_entry *entry;
	struct opcit_record record; /* in which the stretch begins */
	struct opcit_str source;    /* the text that was compared */
	struct opcit_quote_match match;
};

/* What is looked up for one quotation after the other. */
struct quote_finder {
	struct checker *checker;
	struct place_file file;
	struct opcit_arena arena; /* of one quotation: what a finding keeps is the checker's */
	struct opcit_str around; /* the draft's paragraph in which the quotation stands; empty where it is all of it */
	bool cut;                /* not all of the index that may say it was looked at */
	uint32_t own;            /* the number + 1 of the file of the index that is the draft itself */
};

/* check_quote_find.c. First, whether the draft itself is in the index. */
opcit_status quote_find_draft(struct quote_finder *finder, struct opcit_err *err);
/* Each of these leaves a better place than *best there. */
/* In the places that the citation names; in the title, where it names none. */
opcit_status quote_find_cited(struct quote_finder *finder, const struct opcit_quote *quote,
			      const struct opcit_citation *cite, const struct reading *reading,
			      struct quote_place *best, struct opcit_err *err);
/* In a document, or in the whole index (NULL). Not nearly: word for word. *others (may be
 * NULL) get the identifiers of other documents that have it too. */
opcit_status quote_find_anywhere(struct quote_finder *finder, const struct opcit_quote *quote,
				 const struct reading *document, bool nearly, struct quote_place *best,
				 struct finding *others, struct opcit_err *err);

/* Does the source itself quote these words? Then they are not its own. */
bool quote_place_is_quoted(const struct quote_place *place);

/* The word diff in one line: "… and [-shall-] {+should+} act …". In arena. */
struct opcit_str quote_diff(const struct opcit_wdiff *diff, struct opcit_str source, struct opcit_str quote,
			    struct opcit_arena *arena);

/* One quotation that is being checked. */
struct checking {
	struct checker *checker;
	struct quote_finder finder;
	struct quotation *q;
	struct opcit_quote *quote;
	size_t taken; /* the record in which the last one ended */
};

static inline bool quote_is_exact(const struct quote_place *place)
{
	return place->entry && place->match.verdict >= OPCIT_QUOTE_EXACT_BUT;
}

static inline bool quote_is_near(const struct quote_place *place)
{
	return place->entry && place->match.verdict == OPCIT_QUOTE_DIFFERS;
}

/* check_quote_report.c: a finding for each. `cited` is the citation that it belongs to (or
 * is blamed for), `place` where the words stand. */
void quote_report_exact(struct checking *c, const struct cited *cited, const struct quote_place *place);
void quote_report_differs(struct checking *c, const struct cited *cited, const struct quote_place *place);
/* In the cited document (`same`) or another; `there` is what the cited place says, which is
 * shown where it is alike. others (may be NULL) has the documents that say it, too. */
void quote_report_elsewhere(struct checking *c, const struct cited *cited, const struct quote_place *place, bool same,
			    const struct quote_place *there, const struct finding *others);
void quote_report_missing(struct checking *c, const struct cited *cited, const struct quote_place *there);
/* Nobody can tell: the document is not in the index, or only in another language. The
 * words may stand elsewhere. */
void quote_report_unknown(struct checking *c, const struct cited *cited, const struct reading *reading,
			  const struct quote_place *place);
/* It has no citation. */
void quote_report_source(struct checking *c, const struct quote_place *place, const struct finding *others);

#endif
