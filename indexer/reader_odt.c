/* The reader for ODT (OpenDocument text). */
#include "markup.h"
#include "odt.h"
#include "package.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS = 16, SPANS = 64 };

struct odt {
	struct opcit_arena *arena;
	struct markup m;
	struct markup margin;     /* headers */
	struct markup_queue headers;
	struct odt_styles styles;
	unsigned skip;
	bool in_body, in_header, in_mark;

	struct odt_list *lists[LISTS];
	unsigned n_lists;         /* open; may exceed LISTS */
	bool item_numbered;       /* the open item has its number */
	unsigned item_start;      /* … or is to begin the count anew */

	struct { bool bold, italic, raised, hidden; } spans[SPANS];
	unsigned n_spans, hidden;

	struct opcit_buf mark;    /* of the note that opens */
	bool note_at_end;
	bool notes_open[MARKUP_NESTED];
	unsigned n_notes;
};

static struct markup *place(struct odt *o)
{
	return o->in_body ? &o->m : &o->margin;
}

/* ---- character styles ---------------------------------------------------------- */

static void apply(struct odt *o, const struct odt_style *style, int sign)
{
	struct markup *m = place(o);
	unsigned at = o->n_spans;

	if (sign > 0) {
		if (at < SPANS) {
			o->spans[at].bold = style && style->bold > 0;
			o->spans[at].italic = style && style->italic > 0;
			o->spans[at].raised = style && style->raised > 0;
			o->spans[at].hidden = style && style->hidden > 0;
		}
		o->n_spans++;
	} else {
		if (!o->n_spans)
			return;
		at = --o->n_spans;
	}
	if (at >= SPANS)
		return;
	m->bold += (unsigned)(sign * o->spans[at].bold);
	m->italic += (unsigned)(sign * o->spans[at].italic);
	m->raised += (unsigned)(sign * o->spans[at].raised);
	o->hidden += (unsigned)(sign * o->spans[at].hidden);
}

/* ---- lists --------------------------------------------------------------------- */

static void open_list(struct odt *o, const struct opcit_element *element)
{
	struct opcit_str name = opcit_attribute(element, "style-name");
	struct odt_list *list = odt_list_find(&o->styles, name);
	bool goes_on = opcit_str_is(opcit_attribute(element, "continue-numbering"), "true") ||
	               opcit_attribute(element, "continue-list").len;

	if (!list && o->n_lists && o->n_lists <= LISTS)
		list = o->lists[o->n_lists - 1];
	if (list && o->n_lists < LISTS) {
		unsigned level;

		/* A list in an item without text only leads down to its level. */
		if (o->n_lists && !o->item_numbered)
			goes_on = true;
		for (level = o->n_lists; !goes_on && level < ODT_LEVELS; level++)
			list->counted[level] = false;
	}
	if (o->n_lists < LISTS)
		o->lists[o->n_lists] = list;
	o->n_lists++;
	o->item_numbered = true;
}

/* The first paragraph of a list's item, or a heading of the outline. */
static void number_paragraph(struct odt *o, const struct opcit_element *element, bool heading)
{
	struct opcit_buf *prefix = &o->m.prefix;
	unsigned level = opcit_attribute_number(element, "outline-level", 1);

	opcit_buf_clear(prefix);
	if (o->n_lists) {
		if (!o->item_numbered && o->n_lists <= LISTS && o->lists[o->n_lists - 1])
			odt_number(o->lists[o->n_lists - 1], o->n_lists - 1, o->item_start, prefix);
		o->item_numbered = true;
	} else if (heading && level >= 1 &&
	           !opcit_str_is(opcit_attribute(element, "is-list-header"), "true")) {
		odt_number(&o->styles.outline, level - 1,
		           opcit_attribute_number(element, "start-value", 0), prefix);
	}
}

/* ---- paragraphs ---------------------------------------------------------------- */

static void open_paragraph(struct odt *o, const struct opcit_element *element)
{
	struct markup *m = place(o);
	bool heading = element->name[0] == 'h';
	const struct odt_style *style = odt_style_find(&o->styles, opcit_attribute(element, "style-name"));
	unsigned level = opcit_attribute_number(element, "outline-level", 1);

	markup_break(m);
	if (o->in_body && !m->depth) {
		number_paragraph(o, element, heading);
		m->heading_level = heading ? (uint8_t)(level >= 1 && level < 10 ? level : 9) : 0;
	}
	apply(o, style, 1);
	m->frames[m->depth].draft.preformatted = style && style->preformatted;
	m->frames[m->depth].draft.quoted = style && style->quoted;
}

static void close_paragraph(struct odt *o)
{
	struct markup *m = place(o);
	struct opcit_draft *draft = &m->frames[m->depth].draft;

	apply(o, NULL, -1);
	if (m == &o->m && !m->depth && !m->tables && opcit_draft_is_blank(draft) && !m->prefix.len)
		opcit_compose_add(&m->composer, draft); /* a blank line */
	else
		markup_break(m);
	opcit_buf_clear(&m->prefix);
	if (!m->depth)
		m->heading_level = 0;
}

static void put_spaces(struct odt *o, unsigned n)
{
	for (; n && n <= 1000; n--)
		markup_literal(place(o), OPCIT_STR(" "));
}

/* ---- elements ------------------------------------------------------------------ */

static bool is_unread(const struct opcit_element *element)
{
	const char *name = element->name;
	static const char *const unread[] = { "tracked-changes", "annotation", "annotation-end", "ruby-text",
		                              "sequence-decls", "forms", "script", "event-listeners",
		                              "footer", "footer-left", "footer-first",
		                              "page-number", "page-count", NULL };
	size_t i;

	for (i = 0; unread[i]; i++)
		if (strcmp(name, unread[i]) == 0)
			return true;
	/* What pictures are called is for those who cannot see them. */
	return strstr(element->space, ":svg-") && (strcmp(name, "title") == 0 || strcmp(name, "desc") == 0);
}

static void open_text(struct odt *o, const struct opcit_element *element)
{
	struct markup *m = place(o);
	const char *name = element->name;

	if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
		open_paragraph(o, element);
	} else if (strcmp(name, "span") == 0) {
		apply(o, odt_style_find(&o->styles, opcit_attribute(element, "style-name")), 1);
	} else if (strcmp(name, "s") == 0) {
		put_spaces(o, opcit_attribute_number(element, "c", 1));
	} else if (strcmp(name, "tab") == 0) {
		markup_literal(m, OPCIT_STR("\t"));
	} else if (strcmp(name, "line-break") == 0) {
		markup_literal(m, OPCIT_STR("\n"));
	} else if (strcmp(name, "list") == 0) {
		open_list(o, element);
	} else if (strcmp(name, "list-item") == 0) {
		o->item_numbered = false;
		o->item_start = opcit_attribute_number(element, "start-value", 0);
	} else if (strcmp(name, "note") == 0) {
		o->note_at_end = opcit_str_is(opcit_attribute(element, "note-class"), "endnote");
	} else if (strcmp(name, "note-citation") == 0) {
		opcit_buf_clear(&o->mark);
		o->in_mark = true;
	} else if (strcmp(name, "note-body") == 0 || strcmp(name, "text-box") == 0) {
		bool opened = name[0] == 'n' ? markup_note_open(m, opcit_buf_str(&o->mark), o->note_at_end) :
		                               markup_box_open(m);

		if (o->n_notes < MARKUP_NESTED)
			o->notes_open[o->n_notes] = opened;
		o->n_notes++;
	} else if (strcmp(name, "table") == 0) {
		markup_table_open(m);
	}
}

static void on_open(void *data, const struct opcit_element *element)
{
	struct odt *o = data;
	const char *name = element->name;

	if (o->in_header && !o->skip && strncmp(name, "page-", 5) == 0)
		o->margin.frames[0].draft.furniture = true; /* "Page 3" */
	if (o->skip || is_unread(element)) {
		o->skip++;
		return;
	}
	if (strcmp(name, "header") == 0 || strcmp(name, "header-first") == 0)
		o->in_header = true;
	else if (strcmp(name, "text") == 0 && strstr(element->space, ":office:"))
		o->in_body = true, odt_styles_settle(&o->styles);
	else if (!o->in_body && !o->in_header)
		odt_style_open(&o->styles, element);
	else
		open_text(o, element);
}

static void on_close(void *data, const char *name)
{
	struct odt *o = data;
	struct markup *m = place(o);

	if (o->skip) {
		o->skip--;
	} else if (!o->in_body && !o->in_header) {
		odt_style_close(&o->styles, name);
	} else if (strcmp(name, "header") == 0 || strcmp(name, "header-first") == 0) {
		o->in_header = false;
	} else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
		close_paragraph(o);
	} else if (strcmp(name, "span") == 0) {
		apply(o, NULL, -1);
	} else if (strcmp(name, "list") == 0) {
		o->n_lists -= o->n_lists > 0;
		o->item_numbered = true;
	} else if (strcmp(name, "note-citation") == 0) {
		o->in_mark = false;
	} else if ((strcmp(name, "note-body") == 0 || strcmp(name, "text-box") == 0) && o->n_notes) {
		if (--o->n_notes < MARKUP_NESTED && o->notes_open[o->n_notes])
			markup_frame_close(m);
	} else if (strcmp(name, "table-cell") == 0) {
		markup_cell_close(m);
	} else if (strcmp(name, "table-row") == 0) {
		markup_row_close(m);
	} else if (strcmp(name, "table") == 0) {
		markup_table_close(m);
	}
}

static void on_text(void *data, struct opcit_str text)
{
	struct odt *o = data;

	if (o->skip || o->hidden || (!o->in_body && !o->in_header) || !o->n_spans)
		return;
	if (o->in_mark)
		opcit_buf_add_str(&o->mark, text);
	else
		markup_text(place(o), text);
}

/* ---- the document -------------------------------------------------------------- */

/* What stands only in a header opens the document, the rest is furniture. */
static void put_headers(struct odt *o, struct opcit_composer *all)
{
	size_t i;

	for (i = 0; i < o->headers.count; i++) {
		struct opcit_draft *draft = &o->headers.items[i];
		struct opcit_str text = opcit_buf_str(&draft->text);

		draft->same_block = false;
		if (draft->furniture || opcit_compose_has(&o->m.composer, text) || opcit_compose_has(all, text))
			opcit_compose_drop(all, draft, OPCIT_DROP_FURNITURE);
		else
			opcit_compose_add(all, draft);
		opcit_draft_release(draft);
	}
	free(o->headers.items);
}

static opcit_status read_part(struct odt *o, struct opcit_package *package, const char *name,
                              struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { on_open, on_close, on_text };
	struct opcit_str part;
	opcit_status status = opcit_package_read(package, name, o->arena, &part, err);

	return status == OPCIT_OK ? opcit_xml_parse(part, &handler, o, err) : status;
}

/* An encrypted ODT is a sound container of parts that are noise. */
static bool is_encrypted(struct opcit_package *package, struct opcit_arena *arena)
{
	struct opcit_str manifest;

	return opcit_package_read(package, "META-INF/manifest.xml", arena, &manifest, NULL) == OPCIT_OK &&
	       memmem(manifest.ptr, manifest.len, "encryption-data", 15);
}

static opcit_status read_all(struct odt *o, struct opcit_package *package,
                             struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct opcit_composer all = { .text = OPCIT_BUF_INIT };
	opcit_status status;

	if (is_encrypted(package, o->arena)) {
		opcit_err_set(err, OPCIT_IO, "protected by a password");
		opcit_err_hint(err, "save it without one");
		return OPCIT_IO;
	}
	o->margin.frames[0].queue = &o->headers;
	status = read_part(o, package, "styles.xml", err);
	o->in_body = o->in_header = false;
	o->n_spans = 0;
	if (status == OPCIT_OK || status == OPCIT_NOT_FOUND)
		status = read_part(o, package, "content.xml", err);
	markup_break(&o->margin);
	put_headers(o, &all);
	if (status == OPCIT_NOT_FOUND)
		status = opcit_err_set(err, OPCIT_IO, "an ODT file without its text (content.xml)");
	if (status != OPCIT_OK) {
		opcit_compose_release(&all);
		return status;
	}
	opcit_compose_append(&all, &o->m.composer);
	opcit_compose_release(&o->m.composer);
	o->m.composer = all;
	return markup_finish(&o->m, "UTF-8", o->arena, blocks, err);
}

static opcit_status odt_read(struct opcit_str bytes, struct opcit_arena *arena,
                             struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct odt *o = opcit_xcalloc(1, sizeof *o);
	struct opcit_package *package = NULL;
	opcit_status status = opcit_package_open(bytes, &package, err);

	o->arena = o->styles.arena = arena;
	if (status == OPCIT_OK)
		status = read_all(o, package, blocks, err);
	opcit_package_close(package);
	markup_release(&o->m);
	markup_release(&o->margin);
	odt_styles_release(&o->styles);
	opcit_buf_release(&o->mark);
	free(o);
	return status;
}

/* The container's first part tells what it holds. */
static int odt_sniff(struct opcit_str head)
{
	if (!opcit_str_starts(head, "PK\3\4"))
		return 0;
	return memmem(head.ptr, head.len, "application/vnd.oasis.opendocument.text", 39) ? 98 :
	       memmem(head.ptr, head.len, "application/vnd.oasis.opendocument", 34) ? 0 : 20;
}

static const char *const suffixes[] = { "odt", "ott", NULL };

const struct opcit_reader opcit_reader_odt = {
	.name = "ODT",
	.suffixes = suffixes,
	.sniff = odt_sniff,
	.read = odt_read,
	.worker = true,
};
