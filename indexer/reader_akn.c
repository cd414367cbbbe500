/* The reader for Akoma Ntoso (AKN4UN) XML: numbers and headings where they
 * stand, preamble and body, notes, and what its references point to. */
#include "markup.h"
#include "reader.h"
#include "xml.h"

#include "../lib/cite_link.h"

#include <stdlib.h>
#include <string.h>

struct akn {
	struct markup m;
	struct opcit_arena *arena;
	struct opcit_buf num;     /* of the element that is open, until its first words */
	struct opcit_str symbol, lang; /* as the metadata tell them */
	unsigned skip, levels;    /* divisions open */
	unsigned frames;          /* notes that could be opened */
	bool in_num, in_heading, num_is_title;
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Divisions, which have titles; and what else begins a block. */
static const char *const divisions[] = {
	"part", "chapter", "title", "book", "tome", "section", "subsection", "division", "subdivision",
	"subchapter", "subtitle", "subpart", "article", "hcontainer", "component", "attachment",
	"transitional", NULL
};
static const char *const blocks_of_text[] = {
	"p", "li", "tocItem", "listIntroduction", "listWrapUp", "longTitle", "crossHeading", "subheading",
	"citation", "recital", "formula", "container", "block", "blockList", "item", "paragraph",
	"subparagraph", "point", "indent", "alinea", "list", "sublist", "clause", "subclause", "rule",
	"proviso", "intro", "wrapUp", "wrap", "content", "preface", "preamble", "mainBody", "body",
	"conclusions", "attachments", "coverPage", "toc", "recitals", "citations", "quotedStructure",
	"speech", "speechGroup", "question", "answer", "address", "debateSection", "summary", "ul", "ol",
	"signature", "caption", "blockContainer", NULL
};

/* A division that has a number and no heading: the number is the heading. */
static void title_by_number(struct akn *a)
{
	if (!a->num_is_title || !a->num.len)
		return;
	markup_break(&a->m);
	a->m.heading_level = (uint8_t)(a->levels < 9 ? a->levels : 9);
	markup_text(&a->m, opcit_buf_str(&a->num));
	markup_break(&a->m);
	a->m.heading_level = 0;
	opcit_buf_clear(&a->num);
	a->num_is_title = false;
}

static void begin_heading(struct akn *a)
{
	markup_break(&a->m);
	a->in_heading = true;
	a->m.heading_level = (uint8_t)(a->levels == 0 ? 1 : a->levels < 9 ? a->levels : 9);
	if (a->num.len) {
		markup_text(&a->m, opcit_buf_str(&a->num));
		markup_literal(&a->m, OPCIT_STR(" "));
		opcit_buf_clear(&a->num);
		a->num_is_title = false;
	}
}

/* The number of what is no division stands before its first words. */
static void number_to_prefix(struct akn *a)
{
	if (a->num.len && !a->num_is_title) {
		opcit_buf_clear(&a->m.prefix);
		opcit_buf_add_str(&a->m.prefix, opcit_str_trim(opcit_buf_str(&a->num)));
		opcit_buf_putc(&a->m.prefix, ' ');
		opcit_buf_clear(&a->num);
	}
}

static void open_note(struct akn *a, const struct opcit_element *element)
{
	struct opcit_str mark = opcit_attribute(element, "marker");

	a->frames += markup_note_open(&a->m, mark,
	                              opcit_str_starts(opcit_attribute(element, "placement"), "end"));
}

/* Who the document is: the number of the work, if that is a symbol, else what
 * its address stands for. */
static void find_identity(struct akn *a, const struct opcit_element *element)
{
	struct opcit_str value = opcit_attribute(element, "value");
	struct opcit_buf symbol = OPCIT_BUF_INIT;

	if (strcmp(element->name, "FRBRnumber") == 0 && value.len && memchr(value.ptr, '/', value.len))
		a->symbol = opcit_arena_dup(a->arena, value);
	else if (strcmp(element->name, "FRBRuri") == 0 && !a->symbol.len &&
	         opcit_link_read(value, OPCIT_STR(""), &symbol))
		a->symbol = opcit_arena_dup(a->arena, opcit_buf_str(&symbol));
	opcit_buf_release(&symbol);
}

static void on_open(void *data, const struct opcit_element *element)
{
	struct akn *a = data;
	struct markup *m = &a->m;
	const char *name = element->name;

	find_identity(a, element);
	if (strcmp(name, "FRBRlanguage") == 0 && !a->lang.len)
		a->lang = opcit_arena_dup(a->arena, opcit_attribute(element, "language"));
	if (a->skip || strcmp(name, "meta") == 0) {
		a->skip++;
		return;
	}
	if (strcmp(name, "num") == 0) {
		markup_break(m);
		opcit_buf_clear(&a->num);
		a->in_num = true;
		return;
	}
	if (strcmp(name, "heading") == 0) {
		begin_heading(a);
		return;
	}
	if (is_one_of(name, divisions)) {
		title_by_number(a);
		markup_break(m);
		a->levels++;
		a->num_is_title = true;
	} else if (is_one_of(name, blocks_of_text)) {
		title_by_number(a);
		if (!a->in_heading)
			markup_break(m);
		a->num_is_title = false;
	} else if (strcmp(name, "table") == 0) {
		title_by_number(a);
		markup_table_open(m);
	} else if (strcmp(name, "authorialNote") == 0) {
		open_note(a, element);
	} else if (strcmp(name, "ref") == 0) {
		markup_link_open(m, opcit_attribute(element, "href"), OPCIT_STR(""));
	} else if (strcmp(name, "rref") == 0) {
		markup_link_open(m, opcit_attribute(element, "from"), opcit_attribute(element, "upTo"));
	} else if (strcmp(name, "b") == 0) {
		m->bold++;
	} else if (strcmp(name, "i") == 0) {
		m->italic++;
	} else if (strcmp(name, "sup") == 0) {
		m->raised++;
	} else if (strcmp(name, "eol") == 0 || strcmp(name, "br") == 0) {
		markup_literal(m, OPCIT_STR("\n"));
	}
}

static void on_close(void *data, const char *name)
{
	struct akn *a = data;
	struct markup *m = &a->m;

	if (a->skip) {
		a->skip--;
	} else if (strcmp(name, "num") == 0) {
		a->in_num = false;
		number_to_prefix(a);
	} else if (strcmp(name, "heading") == 0) {
		markup_break(m);
		a->in_heading = false;
		m->heading_level = 0;
	} else if (is_one_of(name, divisions)) {
		title_by_number(a);
		markup_break(m);
		a->levels -= a->levels > 0;
		a->num_is_title = false;
	} else if (is_one_of(name, blocks_of_text)) {
		if (!a->in_heading)
			markup_break(m);
	} else if (strcmp(name, "table") == 0) {
		markup_table_close(m);
	} else if (strcmp(name, "tr") == 0) {
		markup_row_close(m);
	} else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0) {
		markup_cell_close(m);
	} else if (strcmp(name, "authorialNote") == 0 && a->frames) {
		markup_frame_close(m);
		a->frames--;
	} else if (strcmp(name, "ref") == 0 || strcmp(name, "rref") == 0) {
		markup_link_close(m);
	} else if (strcmp(name, "b") == 0) {
		m->bold -= m->bold > 0;
	} else if (strcmp(name, "i") == 0) {
		m->italic -= m->italic > 0;
	} else if (strcmp(name, "sup") == 0) {
		m->raised -= m->raised > 0;
	}
}

static void on_text(void *data, struct opcit_str text)
{
	struct akn *a = data;

	if (a->skip)
		return;
	if (a->in_num)
		opcit_buf_add_str(&a->num, text);
	else
		markup_text(&a->m, text);
}

/* A symbol that only the metadata tell opens the text. */
static void put_symbol(struct akn *a)
{
	struct opcit_draft draft = { .heading_level = 0 };
	struct opcit_composer text = a->m.composer;

	if (!memchr(a->symbol.ptr ? a->symbol.ptr : "", '/', a->symbol.len) ||
	    opcit_compose_has(&text, a->symbol))
		return;
	a->m.composer = (struct opcit_composer){ .text = OPCIT_BUF_INIT };
	opcit_draft_add(&draft, a->symbol);
	opcit_compose_add(&a->m.composer, &draft);
	opcit_compose_append(&a->m.composer, &text);
	opcit_compose_release(&text);
	opcit_draft_release(&draft);
}

static opcit_status akn_read(struct opcit_str bytes, struct opcit_arena *arena,
                             struct opcit_blocks *blocks, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { on_open, on_close, on_text };
	struct akn *a = opcit_xcalloc(1, sizeof *a);
	opcit_status status;

	a->arena = arena;
	status = opcit_xml_parse(bytes, &handler, a, err);
	if (status == OPCIT_OK) {
		put_symbol(a);
		status = markup_finish(&a->m, "XML", arena, blocks, err);
	}
	if (status == OPCIT_OK)
		blocks->lang = a->lang;
	markup_release(&a->m);
	opcit_buf_release(&a->num);
	free(a);
	return status;
}

static int akn_sniff(struct opcit_str head)
{
	return memmem(head.ptr, head.len, "<akomaNtoso", 11) ||
	       (memmem(head.ptr, head.len, ":akomaNtoso", 11) &&
	        memmem(head.ptr, head.len, "akn", 3)) ? 98 : 0;
}

static const char *const suffixes[] = { "xml", "akn", NULL };

const struct opcit_reader opcit_reader_akn = {
	.name = "Akoma Ntoso",
	.suffixes = suffixes,
	.sniff = akn_sniff,
	.read = akn_read,
	.worker = true,
};
