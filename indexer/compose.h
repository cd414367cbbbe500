/* compose.h: from the paragraphs of a structured format to blocks.
 *
 * A reader of DOCX, ODT, HTML … writes each paragraph into a draft and adds it
 * to the composer. The composer gathers the document's text (what `opcit
 * doctor` accounts for) and sends every line of it through the text reader, so
 * that a document converted from text, with the marks of Markdown in it, is
 * read alike whatever it came in.
 */
#ifndef OPCIT_COMPOSE_H
#define OPCIT_COMPOSE_H

#include "block.h"

/* A paragraph being written. Zero-initialise. */
struct opcit_draft {
	struct opcit_buf text;      /* UTF-8; "\n" is a line break inside the paragraph */
	struct opcit_spans {
		struct { size_t from, to; } *items; /* heap */
		size_t count, cap;
	} raised;                   /* superscript runs of text */
	uint8_t heading_level;      /* 0: no heading */
	bool strong, emphatic;      /* its first words are bold; italic or bold */
	bool first_seen;            /* … and were seen */
	bool preformatted;          /* a line of a text: only an empty one ends its block */
	bool same_block;            /* it goes on with the block of the one before */
	bool quoted;                /* set off as a quotation */
	bool table_row;             /* its cells are joined by " | " */
	bool furniture;             /* part of a header that tells the page */
};

/* Is it what Word or LibreOffice calls a style for quotations set off: "Quote",
 * "Intense Quote", "Block Text", "Quotations"? */
bool opcit_is_quotation_style(struct opcit_str name);

/* Append text as it is, or with white-space runs folded into one space. */
void opcit_draft_add(struct opcit_draft *draft, struct opcit_str text);
void opcit_draft_fold(struct opcit_draft *draft, struct opcit_str text);
/* The text since byte `from` is raised. */
void opcit_draft_raise(struct opcit_draft *draft, size_t from);
/* Append another draft's text, and what is raised in it. */
void opcit_draft_append(struct opcit_draft *draft, const struct opcit_draft *other);
bool opcit_draft_is_blank(const struct opcit_draft *draft);
void opcit_draft_clear(struct opcit_draft *draft);
void opcit_draft_release(struct opcit_draft *draft);

/* Zero-initialise; release in any case. */
struct opcit_composer {
	struct opcit_buf text;
	struct opcit_spans raised;
	struct opcit_links {
		struct opcit_link *items; /* heap; the text in them as well */
		size_t count, cap;
	} links;
	struct opcit_paragraphs {
		struct opcit_paragraph *items; /* heap */
		size_t count, cap;
	} paragraphs;
};

/* Take the draft as the next paragraph, an empty one as a blank line, and
 * clear it. */
void opcit_compose_add(struct opcit_composer *composer, struct opcit_draft *draft);
/* Text of the document that stands in no record; clears the draft. */
void opcit_compose_drop(struct opcit_composer *composer, struct opcit_draft *draft,
                        enum opcit_drop_reason reason);
/* The words are linked to what the citation says; both are copied. No more
 * than OPCIT_LINKS_MAX are kept. */
enum { OPCIT_LINKS_MAX = 10000 };
void opcit_compose_link(struct opcit_composer *composer, struct opcit_str text, struct opcit_str citation);
/* A link whose words are being written into a draft. Zero-initialise; release
 * the citation. Links within links are none. */
struct opcit_open_link {
	struct opcit_buf citation; /* empty while none is open */
	size_t from;               /* where its words begin in the draft */
	unsigned depth;            /* of the draft among those that are open */
};

/* What follows in the draft is linked to that address (up_to as in
 * opcit_link_read), unless it is none of a document. */
void opcit_link_open(struct opcit_open_link *link, const struct opcit_draft *draft, unsigned depth,
                     struct opcit_str address, struct opcit_str up_to);
void opcit_link_close(struct opcit_open_link *link, struct opcit_composer *composer,
                      const struct opcit_draft *draft, unsigned depth);
/* Take over all that another composer was given. */
void opcit_compose_append(struct opcit_composer *composer, const struct opcit_composer *more);
/* Whether a paragraph already added has this text, blanks at its ends aside. */
bool opcit_compose_has(const struct opcit_composer *composer, struct opcit_str text);
/* Make blocks of all that was added. OPCIT_NOT_FOUND "without any text". */
opcit_status opcit_compose_finish(struct opcit_composer *composer, const char *encoding,
                                  struct opcit_arena *arena, struct opcit_blocks *blocks,
                                  struct opcit_err *err);
void opcit_compose_release(struct opcit_composer *composer);

#endif
