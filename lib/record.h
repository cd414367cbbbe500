/* record.h: the paragraph-level record, the unit of search, citation and
 * display, and the document it belongs to.
 *
 * All strings are UTF-8 slices borrowed from the arena that the record was
 * built or decoded in. Spans are half-open byte offsets into the text.
 */
#ifndef OPCIT_RECORD_H
#define OPCIT_RECORD_H

#include "status.h"
#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a record is in its document. The names (opcit_kind_name) are those of
 * the JSON contract. */
enum opcit_kind {
	OPCIT_KIND_TITLE,      /* masthead, the document's own title, date and place lines */
	OPCIT_KIND_HEADING,
	OPCIT_KIND_PREAMBULAR, /* a clause before the operative part */
	OPCIT_KIND_OPERATIVE,  /* a clause that decides, requests, recommends … */
	OPCIT_KIND_PARAGRAPH,
	OPCIT_KIND_ITEM,       /* a list item without number or letter of its own */
	OPCIT_KIND_FOOTNOTE,
	OPCIT_KIND_TOC,        /* a line of the table of contents */
	OPCIT_KIND_COUNT
};

struct opcit_span {
	size_t start, end; /* bytes, half-open */
};

/* One reference found in a record's text. raw is text[start, end). */
struct opcit_citation {
	size_t start, end;           /* bytes into the record's text */
	struct opcit_str target;     /* canonical identifier; empty when unresolved */
	struct opcit_str *pinpoints; /* "para:67(h)", "art:37(b)" … */
	struct opcit_span *spans;    /* where in the text each pinpoint is printed */
	size_t n_pinpoints;
	struct opcit_str form;       /* "symbol", "words", "name", "short", "ibid" … */
	bool resolved;               /* the target is known for certain */
};

struct opcit_record {
	uint32_t seq;              /* 1-based order in the document */
	enum opcit_kind kind;
	struct opcit_str act;      /* "recommends", "urges" …, lower case English; or empty */
	struct opcit_str lang;     /* ISO 639-1, where it is not the document's; else empty */
	struct opcit_str label;    /* "67(h)", "pp3", "fn4"; or empty */
	struct opcit_str text;     /* as printed, without label, marks and note markers */
	struct opcit_str *section; /* headings above, outermost first */
	size_t n_section;
	struct opcit_str *notes;   /* note markers that stand in it, in order: "3", "*" */
	size_t n_notes;
	uint32_t page;             /* from 1; 0 where the format has no pages */
	uint32_t confidence;       /* of its recognition in an image, 1 … 100; 0: it was text */
	struct opcit_citation *cites;
	size_t n_cites;
};

/* What is known of a whole document. A field that is not known is empty. */
struct opcit_doc {
	struct opcit_str id;      /* canonical identifier: the symbol, else a short name */
	struct opcit_str symbol;
	struct opcit_str title;
	struct opcit_str body;    /* "General Assembly", "Human Rights Council" … */
	struct opcit_str type;    /* declaration, resolution, decision, report, note, treaty, judgment, other */
	struct opcit_str date;    /* ISO 8601: 2010-07-21, 2010-07 or 2010 */
	struct opcit_str session; /* "sixty-fifth session", as printed */
	struct opcit_str lang;    /* ISO 639-1: en, fr, es …; that of most of its records */
	struct opcit_str source;  /* the path as indexed */
	struct opcit_str url;
	uint32_t n_records;
};

/* The language that a record of this document is in. */
static inline struct opcit_str opcit_record_lang(const struct opcit_doc *doc, const struct opcit_record *record)
{
	return record->lang.len ? record->lang : doc->lang;
}

/* The contract's name of a kind ("paragraph"), and the kind of a name.
 * opcit_kind_of returns OPCIT_KIND_COUNT for an unknown name. */
const char *opcit_kind_name(enum opcit_kind kind);
enum opcit_kind opcit_kind_of(struct opcit_str name);

/* The compact encoding in which a record and a document are stored, with a
 * checksum before them: see docs/index-format.md. Encoding appends to buf. Decoding
 * borrows all slices from `bytes` and allocates arrays in arena; any malformed input,
 * however hostile, gives OPCIT_DAMAGED and touches no byte outside `bytes`. */
void opcit_record_encode(const struct opcit_record *record, struct opcit_buf *buf);
opcit_status opcit_record_decode(struct opcit_str bytes, struct opcit_arena *arena,
                                 struct opcit_record *record, struct opcit_err *err);
/* Whether an encoded record is as it was stored, by its checksum: to be asked before
 * a peek is believed. */
bool opcit_record_sound(struct opcit_str bytes);
/* The text of an encoded record without decoding the rest: what a search does
 * to many candidates. Borrowed from bytes; empty when they are malformed. */
struct opcit_str opcit_record_peek_text(struct opcit_str bytes);
/* The same of its label. */
struct opcit_str opcit_record_peek_label(struct opcit_str bytes);
/* Its kind likewise; OPCIT_KIND_COUNT where that is damaged. */
enum opcit_kind opcit_record_peek_kind(struct opcit_str bytes);
void opcit_doc_encode(const struct opcit_doc *doc, struct opcit_buf *buf);
opcit_status opcit_doc_decode(struct opcit_str bytes, struct opcit_doc *doc,
                              struct opcit_err *err);

/* The same without checksums, for what only goes through a pipe. */
void opcit_record_pack(const struct opcit_record *record, struct opcit_buf *buf);
opcit_status opcit_record_unpack(struct opcit_str bytes, struct opcit_arena *arena,
                                 struct opcit_record *record, struct opcit_err *err);
void opcit_doc_pack(const struct opcit_doc *doc, struct opcit_buf *buf);
opcit_status opcit_doc_unpack(struct opcit_str bytes, struct opcit_doc *doc,
                              struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
