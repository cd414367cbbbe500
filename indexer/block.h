/* block.h: what a reader hands to the segmenter.
 *
 * A reader turns the bytes of one format into lines of clean UTF-8 text,
 * grouped into blocks, with what the format knows about them. It knows
 * nothing of law. Whatever it does not hand on (emphasis marks, escapes,
 * field codes …) it records as dropped, so that `opcit doctor FILE` can
 * account for every character of the source.
 */
#ifndef OPCIT_BLOCK_H
#define OPCIT_BLOCK_H

#include "../lib/status.h"
#include "../lib/str.h"

/* Why a character of the source stands in no record. */
enum opcit_drop_reason {
	OPCIT_DROP_EMPHASIS,  /* * ** _ <i> <b> … */
	OPCIT_DROP_HEADING,   /* leading # */
	OPCIT_DROP_QUOTE,     /* leading > */
	OPCIT_DROP_SUP_TAG,   /* the tags of <sup>3</sup>, not what they enclose */
	OPCIT_DROP_ESCAPE,    /* a backslash that only escapes */
	OPCIT_DROP_FIELD,     /* Word field codes: HYPERLINK "…" */
	OPCIT_DROP_CONTROL,   /* control, zero-width and replacement characters */
	OPCIT_DROP_BULLET,    /* · • - at the start of a list item */
	OPCIT_DROP_HYPHEN,    /* a hyphen that only a line end put there */
	OPCIT_DROP_ANCHOR,    /* what is left of a lost note anchor */
	OPCIT_DROP_RULE,      /* a line of dashes, underscores or asterisks */
	OPCIT_DROP_FURNITURE, /* running symbol, page number, job number */
	OPCIT_DROP_UNREADABLE, /* characters of a font that does not tell which they are */
	OPCIT_DROP_COUNT
};

/* One dropped run; bytes is borrowed from the decoded text. */
struct opcit_drop {
	enum opcit_drop_reason reason;
	struct opcit_str bytes;
};

struct opcit_drops {
	struct opcit_drop *items; /* heap */
	size_t count, cap;
};

/* A superscript (or otherwise certain) note marker inside a line. */
struct opcit_anchor {
	size_t at;               /* byte offset into the line's text */
	struct opcit_str marker; /* as printed, superscript digits as plain ones: "3", "*" */
};

/* One printed line. */
struct opcit_line {
	struct opcit_str text;        /* trimmed; inner white-space runs as printed */
	struct opcit_anchor *anchors; /* sorted by at */
	uint32_t n_anchors;
	uint32_t page;                /* from 1; 0 where the format has none */
	uint8_t confidence;           /* of its recognition in an image, 1 … 100; 0: it was text */
	uint16_t indent;              /* columns of leading white space */
	uint8_t heading_level;        /* 1 … 255 from # or a style; 0 where unmarked */
	struct opcit_str bullet;      /* a list mark before the text, as printed; the segmenter
	                               * decides whether it is a bullet or a note's asterisk */
	bool strong;                  /* it opens in bold */
	bool emphatic;                /* it opens in italics or bold */
	bool table_row;               /* of a row of a table, its cells parted by "| " */
	bool letterhead;              /* of the block that stands over a first page */
	bool quoted;                  /* set off as a quotation: ">", <blockquote>, a style of that name */
	bool starts_block;            /* blank line, form feed or file start before it */
	uint8_t blank_before;         /* how many blank lines stand before it, at most 255 */
};

/* Words that the format links to a document: "decision X/20" and the citation
 * that the link's address stands for (../lib/cite_link.h). */
struct opcit_link {
	struct opcit_str text, citation;
};

/* A document as its reader sees it. All memory is the arena's but for drops. */
struct opcit_blocks {
	struct opcit_line *lines;
	size_t n_lines;
	struct opcit_str decoded;   /* the whole source as UTF-8, before anything was dropped */
	struct opcit_str lang;      /* its language as the source states it: "eng", "fr-CH"; or empty */
	const char *encoding;       /* what it was decoded from: "UTF-8", "windows-1252" … */
	bool hyphens_printed;       /* the layout does not hyphenate: a hyphen that ends a line is
	                             * the word's own */
	uint32_t n_image_pages;     /* pages without text that show something: scans */
	uint32_t image_page;        /* the first of them, from 1 */
	uint32_t n_unreadable_pages; /* those of them with text whose fonts do not tell the letters */
	uint32_t n_ocr_pages;       /* pages that were read from their image */
	uint32_t confidence;        /* of that reading, in per cent */
	size_t replaced;            /* malformed sequences that became U+FFFD */
	struct opcit_drops drops;
	struct opcit_link *links;   /* in reading order */
	size_t n_links;
};

void opcit_drops_add(struct opcit_drops *drops, enum opcit_drop_reason reason,
                     struct opcit_str bytes);
void opcit_drops_release(struct opcit_drops *drops);
const char *opcit_drop_name(enum opcit_drop_reason reason);

#endif
