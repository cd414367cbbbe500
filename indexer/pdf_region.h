/* pdf_region.h: rows that white runs through, and what they are. */
#ifndef OPCIT_PDF_REGION_H
#define OPCIT_PDF_REGION_H

#include "pdf_int.h"

enum { PDF_MAX_STRIPS = 15 };

/* White between two columns. */
struct pdf_strip {
	float x1, x2;
	uint32_t aligned; /* rows of which something begins where it ends */
};

struct pdf_region {
	uint32_t from, to;                       /* rows [from, to) */
	struct pdf_strip strips[PDF_MAX_STRIPS]; /* from left to right */
	uint32_t n_strips;
};

enum pdf_shape { PDF_SHAPE_PLAIN, PDF_SHAPE_LIST, PDF_SHAPE_LOOSE, PDF_SHAPE_COLUMNS, PDF_SHAPE_TABLE };

/* The rows from `from` on that share strips of white. Rows whose cells stand
 * very close may be cut at a column found before. */
struct pdf_region opcit_pdf_region_at(struct pdf_doc *doc, const struct pdf_page *page, uint32_t from);

/* With the strips that only all of its rows show, and without what stands alone
 * at its end. */
struct pdf_region opcit_pdf_region_settled(const struct pdf_page *page, struct pdf_region region);

/* What it is, on page `number` (from 1). */
enum pdf_shape opcit_pdf_region_shape(struct pdf_doc *doc, const struct pdf_page *page,
                                      const struct pdf_region *region, uint32_t number);

/* Whether a row has something in a column (from 0), and in how many. */
bool opcit_pdf_region_has_ink(const struct pdf_row *row, const struct pdf_region *region, uint32_t column);
uint32_t opcit_pdf_region_inked(const struct pdf_row *row, const struct pdf_region *region);

/* The dots of a table of contents. */
bool opcit_pdf_row_has_leaders(const struct pdf_row *row);

/* The text of a row's first column, in the arena. */
struct opcit_str opcit_pdf_row_first_cell(struct pdf_doc *doc, const struct pdf_row *row,
                                          const struct pdf_region *region);

#endif
