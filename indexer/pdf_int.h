/* pdf_int.h: what the parts of the PDF reader (pdf_*.c, reader_pdf.c) share.
 *
 *   pdf_chars.c      a page's characters, from poppler, into fragments
 *   pdf_rows.c       fragments into rows; what is raised in them
 *   pdf_furniture.c  which fragments are running heads and page numbers
 *   pdf_region.c     rows into regions: tables, hanging lists, columns
 *   pdf_reading.c    regions into lines in reading order
 *   pdf_line.c       one line out of fragments, with its note markers
 *   pdf_listing.c    printed plain text, which has another way
 *   pdf_blocks.c     where a paragraph begins; headings; notes; the lines as
 *                    the segmenter wants them (block.h)
 *   pdf_ocr.c        pages that are only an image
 *
 * Lengths are points; y runs down the page. A baseline is estimated from the
 * character's box, which suffices to tell rows apart.
 */
#ifndef OPCIT_PDF_INT_H
#define OPCIT_PDF_INT_H

#include "block.h"

#include <poppler.h>

/* A further word of a fragment: where it begins, on the page and in the text,
 * and how far from the word before. */
struct pdf_word {
	float x1, gap;
	uint32_t at;
};

/* A run of characters of one font and size with no gap in it. */
struct pdf_frag {
	struct opcit_str text; /* inner spaces kept, none at the ends */
	struct pdf_word *words; /* but for the first */
	uint32_t n_words;
	float x1, x2, base, size;
	bool bold, italic, mono;
	bool space_after;      /* the text layer has a space between it and the next */
	bool raised;           /* a superscript of its row */
	uint8_t confidence;    /* of Tesseract in it, 1 … 100; 0: from the text layer */
	bool furniture;
};

/* What stands on one baseline, from left to right. */
struct pdf_row {
	struct pdf_frag **frags;
	uint32_t n, cap;
	float x1, x2, base, size; /* size of most of its characters */
};

struct pdf_page {
	struct pdf_frag *frags;
	uint32_t n_frags;
	struct pdf_row *rows;
	uint32_t n_rows;
	float width, height;
	bool read_by_ocr;
	bool has_text;
	bool unreadable; /* it has text, but its fonts do not tell which letters they show */
};

/* How a line relates to the one before it in reading order. */
enum pdf_start { PDF_START_AUTO, PDF_START_YES, PDF_START_NO };

/* A line in reading order. */
struct pdf_line {
	struct opcit_str text;
	struct opcit_anchor *anchors;
	uint32_t n_anchors;
	uint32_t page;            /* from 1 */
	uint8_t confidence;       /* of its least certain word, as in pdf_frag */
	float x1, x2, base, size;
	float left, right;        /* of the column it stands in */
	float text_x;             /* where the text after its number or bullet begins, or x1 */
	float first_word;         /* width of its first word */
	enum pdf_start start;
	bool designated;          /* it opens with a number, letter or bullet set apart */
	bool bold, italic;        /* all of it */
	bool opens_bold, opens_italic;
	bool table;               /* of a table's row */
	bool note;                /* of the notes at the foot of its page */
	bool letterhead;          /* of the block at the top of a first page */
	bool masthead;            /* on a first page with letterhead: size says nothing there */
	uint8_t heading_level;
};

struct pdf_doc {
	struct opcit_arena *arena;
	struct opcit_blocks *blocks;
	struct pdf_page *pages;
	uint32_t n_pages;
	struct opcit_buf decoded; /* the text layer, page after page */
	struct pdf_line *lines;   /* heap */
	size_t n_lines, cap_lines;
	float body_size;          /* of most characters */
};

/* The characters of a page into fragments, added to doc->decoded. */
void opcit_pdf_chars(struct pdf_doc *doc, PopplerPage *source, struct pdf_page *page);

void opcit_pdf_rows(struct pdf_doc *doc, struct pdf_page *page);
/* Add a fragment at the end of a row, whose list is the arena's. */
void opcit_pdf_row_add(struct opcit_arena *arena, struct pdf_row *row, struct pdf_frag *frag);

/* Whether a gap between two fragments of a row sets them apart. */
bool opcit_pdf_apart(const struct pdf_row *row, const struct pdf_frag *a, const struct pdf_frag *b);

/* Take running heads, page numbers and job numbers out of the rows, into drops. */
void opcit_pdf_furniture(struct pdf_doc *doc);

/* Add the page's lines to doc->lines in reading order. */
void opcit_pdf_lines(struct pdf_doc *doc, struct pdf_page *page, uint32_t number);

/* One line out of fragments; `before` stands before its text ("| " or ""). */
struct pdf_line *opcit_pdf_add_line(struct pdf_doc *doc, struct pdf_frag *const *frags, uint32_t n,
                                    const char *before);

/* How many bytes at the start of a text are a bullet; 0 when it opens with none. */
size_t opcit_pdf_bullet(struct opcit_str text);

/* A number, letter or bullet as it stands before an item: "12.", "(a)", "•". */
bool opcit_pdf_is_designator(struct opcit_str text);

/* A plain text that was printed, in one typewriter font; and reading it. */
bool opcit_pdf_is_listing(const struct pdf_doc *doc);
opcit_status opcit_pdf_read_listing(struct pdf_doc *doc, struct opcit_err *err);

/* Tesseract with the languages that are installed; NULL (and err) when there
 * are none. ocr_page fills an empty page with what it reads there. */
struct opcit_pdf_ocr *opcit_pdf_ocr_new(struct opcit_err *err);
void opcit_pdf_ocr_free(struct opcit_pdf_ocr *ocr);
void opcit_pdf_ocr_page(struct opcit_pdf_ocr *ocr, struct pdf_doc *doc, PopplerPage *source,
                        struct pdf_page *page);
unsigned opcit_pdf_ocr_confidence(const struct opcit_pdf_ocr *ocr); /* mean of its words, 0 … 100 */

/* doc->lines into blocks->lines. */
void opcit_pdf_blocks(struct pdf_doc *doc);

#endif
