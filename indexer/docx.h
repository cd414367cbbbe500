/* docx.h: what the DOCX reader knows of a document besides its text: styles,
 * numbering, and which part is which. */
#ifndef OPCIT_DOCX_H
#define OPCIT_DOCX_H

#include "ordinal.h"
#include "package.h"
#include "xml.h"

enum { DOCX_LEVELS = 9, DOCX_UNSET = 1000001 };

/* ---- styles -------------------------------------------------------------------- */

struct docx_style {
	struct opcit_str id, based_on;
	unsigned outline;      /* 0 … 8; DOCX_UNSET */
	unsigned num_id, level; /* DOCX_UNSET */
	signed char bold, italic, raised; /* -1: not said */
	bool preformatted, quoted;
};

struct docx_styles {
	struct docx_style *items; /* heap; sorted by id, inheritance resolved */
	size_t count, cap;
};

/* ---- numbering ----------------------------------------------------------------- */

struct docx_level {
	enum opcit_ordinal style;
	unsigned start;
	unsigned restart;       /* after which level, from 1; 0: never; DOCX_UNSET: any above */
	struct opcit_str text;  /* "%1.%2" */
	struct opcit_str paragraph_style;
	bool legal;             /* all its numbers in Arabic figures */
	bool tight;             /* nothing between the number and the text */
};

/* A scheme of numbering and its counters, which all lists of it share. */
struct docx_scheme {
	unsigned id;
	struct opcit_str link; /* the style whose numbering it stands for */
	struct docx_level levels[DOCX_LEVELS];
	unsigned counters[DOCX_LEVELS];
	bool counted[DOCX_LEVELS];
};

struct docx_override {
	bool start_given, level_given, used;
	unsigned start;
	struct docx_level level;
};

struct docx_list {
	unsigned id, scheme_id;
	struct docx_override overrides[DOCX_LEVELS];
};

struct docx_numbering {
	struct docx_scheme *schemes; /* heap */
	size_t n_schemes, cap_schemes;
	struct docx_list *lists; /* heap */
	size_t n_lists, cap_lists;
};

opcit_status docx_read_styles(struct opcit_str part, struct opcit_arena *arena,
                              struct docx_styles *styles, struct opcit_err *err);
const struct docx_style *docx_style_find(const struct docx_styles *styles, struct opcit_str id);
opcit_status docx_read_numbering(struct opcit_str part, struct opcit_arena *arena,
                                 struct docx_numbering *numbering, struct opcit_err *err);
/* Count one paragraph of list num_id at a level and append what Word prints
 * before it, with the space after. */
void docx_number(struct docx_numbering *numbering, const struct docx_styles *styles,
                 unsigned num_id, unsigned level, struct opcit_buf *buf);
/* The level at which a style is numbered in the list, 0 where none names it. */
unsigned docx_level_of_style(const struct docx_numbering *numbering, unsigned num_id,
                             struct opcit_str style);
enum opcit_ordinal docx_ordinal(struct opcit_str format);
/* The value of an on/off property: "b" alone is on. */
bool docx_is_on(const struct opcit_element *element);

/* ---- relations ----------------------------------------------------------------- */

/* An address outside the package, by the identifier that the text has for it. */
struct docx_address {
	struct opcit_str id, target;
};

struct docx_parts {
	struct opcit_str document, styles, numbering, footnotes, endnotes, settings;
	struct opcit_str comments; /* empty where there are none */
	struct opcit_str *headers, *footers; /* heap */
	size_t n_headers, cap_headers, n_footers, cap_footers;
	struct docx_address *addresses; /* of the document's links; heap */
	size_t n_addresses, cap_addresses;
};

/* Find the parts by the relations that the package tells, else by their usual
 * names. All names are the arena's, NUL-terminated. */
opcit_status docx_find_parts(struct opcit_package *package, struct opcit_arena *arena,
                             struct docx_parts *parts, struct opcit_err *err);

#endif
