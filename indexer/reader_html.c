/* The reader for HTML. What a browser shows as text, in its order: headings by
 * their rank, list items with the numbers that the browser makes, tables row
 * by row; navigation and scripts left out. */
#include "encoding.h"
#include "markup.h"
#include "ordinal.h"
#include "reader.h"
#include "xml.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS = 16 };

struct list {
	enum opcit_ordinal style;
	unsigned next;
	bool down;
};

struct html {
	struct markup m;
	struct opcit_arena *arena;
	struct opcit_str lang;
	struct list lists[LISTS];
	unsigned n_lists; /* may exceed LISTS: what lies deeper has no numbers */
	unsigned skip;
	struct opcit_buf open_links; /* for each link that is open, whether it raises: '1', '0' */
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* What holds no text of the document. */
static const char *const unread[] = { "head", "script", "style", "template", "noscript", "object",
	                              "iframe", "select", "textarea", "svg", "button", "del", NULL };
static const char *const furniture[] = { "nav", "menu", NULL };
static const char *const blocks_of_text[] = {
	"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
	"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
	"hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "tbody", "thead", "tfoot", "title",
	"ul", NULL
};

static void open_list(struct html *h, const struct opcit_element *element, bool ordered)
{
	struct opcit_str type = opcit_attribute(element, "type");
	struct list *list;

	if (h->n_lists++ >= LISTS)
		return;
	list = &h->lists[h->n_lists - 1];
	list->style = !ordered ? OPCIT_ORDINAL_BULLET : OPCIT_ORDINAL_DECIMAL;
	if (ordered && opcit_ordinal_of(type) != OPCIT_ORDINAL_NONE)
		list->style = opcit_ordinal_of(type);
	list->next = opcit_attribute_number(element, "start", 1);
	list->down = opcit_attribute(element, "reversed").ptr != NULL;
}

static bool is_small(enum opcit_ordinal style)
{
	return style == OPCIT_ORDINAL_LOWER_LETTER || style == OPCIT_ORDINAL_LOWER_ROMAN;
}

static void open_item(struct html *h, const struct opcit_element *element)
{
	struct list *list = h->n_lists && h->n_lists <= LISTS ? &h->lists[h->n_lists - 1] : NULL;
	struct opcit_buf *prefix = &h->m.prefix;

	opcit_buf_clear(prefix);
	if (!list)
		return;
	list->next = opcit_attribute_number(element, "value", list->next);
	/* Browsers print "a."; what is cited is (a). */
	if (is_small(list->style))
		opcit_buf_putc(prefix, '(');
	opcit_ordinal_put(list->style, list->next, prefix);
	opcit_buf_puts(prefix, is_small(list->style) ? ") " :
	                       list->style == OPCIT_ORDINAL_BULLET ? " " : ". ");
	if (!list->down)
		list->next++;
	else if (list->next)
		list->next--;
}

/* A link to or from a note, as word processors and wikis write it. */
static bool is_note_link(const struct opcit_element *element)
{
	struct opcit_str class = opcit_attribute(element, "class");

	return opcit_str_starts(class, "sdfootnotesym") || opcit_str_starts(class, "sdendnotesym") ||
	       opcit_str_is(class, "footnote-backref") || opcit_str_is(class, "footnote-ref");
}

static void open_inline(struct html *h, const char *name, const struct opcit_element *element)
{
	struct markup *m = &h->m;

	if (strcmp(name, "b") == 0 || strcmp(name, "strong") == 0) {
		m->bold++;
	} else if (strcmp(name, "i") == 0 || strcmp(name, "em") == 0) {
		m->italic++;
	} else if (strcmp(name, "sup") == 0) {
		m->raised++;
	} else if (strcmp(name, "br") == 0) {
		if (m->preformatted)
			markup_text(m, OPCIT_STR("\n"));
		else
			markup_literal(m, OPCIT_STR("\n"));
	} else if (strcmp(name, "a") == 0) {
		bool raises = is_note_link(element);

		opcit_buf_putc(&h->open_links, raises ? '1' : '0');
		m->raised += raises;
		markup_link_open(m, opcit_attribute(element, "href"), OPCIT_STR(""));
	}
}

static bool is_hidden(const struct opcit_element *element)
{
	struct opcit_str style = opcit_attribute(element, "style");

	return opcit_attribute(element, "hidden").ptr || opcit_str_is(style, "display: none") ||
	       opcit_str_is(style, "display:none");
}

static void on_open(void *data, const struct opcit_element *element)
{
	struct html *h = data;
	struct markup *m = &h->m;
	const char *name = element->name;

	if (h->skip || is_one_of(name, unread) || is_hidden(element)) {
		h->skip++;
		return;
	}
	if (strcmp(name, "html") == 0)
		h->lang = opcit_arena_dup(h->arena, opcit_attribute(element, "lang"));
	if (strcmp(name, "table") == 0) {
		markup_table_open(m);
	} else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0 || strcmp(name, "tr") == 0) {
		markup_break(m);
	} else if (is_one_of(name, furniture)) {
		markup_break(m);
		m->furniture++;
	} else if (is_one_of(name, blocks_of_text)) {
		markup_break(m);
		if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2])
			m->heading_level = (uint8_t)(name[1] - '0');
		else if (strcmp(name, "ol") == 0 || strcmp(name, "ul") == 0)
			open_list(h, element, name[0] == 'o');
		else if (strcmp(name, "li") == 0)
			open_item(h, element);
		else if (strcmp(name, "pre") == 0)
			m->preformatted = true;
		else if (strcmp(name, "blockquote") == 0)
			m->quoted++;
	} else {
		open_inline(h, name, element);
	}
}

static void close_inline(struct html *h, const char *name)
{
	struct markup *m = &h->m;

	if ((strcmp(name, "b") == 0 || strcmp(name, "strong") == 0) && m->bold) {
		m->bold--;
	} else if ((strcmp(name, "i") == 0 || strcmp(name, "em") == 0) && m->italic) {
		m->italic--;
	} else if (strcmp(name, "sup") == 0 && m->raised) {
		m->raised--;
	} else if (strcmp(name, "a") == 0 && h->open_links.len) {
		markup_link_close(m);
		if (h->open_links.ptr[--h->open_links.len] == '1' && m->raised)
			m->raised--;
	}
}

static void on_close(void *data, const char *name)
{
	struct html *h = data;
	struct markup *m = &h->m;

	if (h->skip) {
		h->skip--;
		return;
	}
	if (strcmp(name, "table") == 0) {
		markup_table_close(m);
	} else if (strcmp(name, "tr") == 0) {
		markup_row_close(m);
	} else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0) {
		markup_cell_close(m);
	} else if (is_one_of(name, furniture)) {
		markup_break(m);
		m->furniture -= m->furniture > 0;
	} else if (is_one_of(name, blocks_of_text)) {
		if (strcmp(name, "pre") == 0) {
			m->frames[m->depth].draft.preformatted = true;
			markup_break(m);
			m->preformatted = false;
		} else {
			markup_break(m);
		}
		if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
			m->heading_level = 0;
		if ((strcmp(name, "ol") == 0 || strcmp(name, "ul") == 0) && h->n_lists)
			h->n_lists--;
		if (strcmp(name, "li") == 0)
			opcit_buf_clear(&m->prefix); /* of an item without text */
		if (strcmp(name, "blockquote") == 0 && m->quoted)
			m->quoted--;
	} else {
		close_inline(h, name);
	}
}

static void on_text(void *data, struct opcit_str text)
{
	struct html *h = data;

	if (!h->skip)
		markup_text(&h->m, text);
}

static opcit_status html_read(struct opcit_str bytes, struct opcit_arena *arena,
                              struct opcit_blocks *blocks, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { on_open, on_close, on_text };
	struct html *h = opcit_xcalloc(1, sizeof *h);
	const char *encoding;
	struct opcit_str text;
	size_t replaced = 0;
	opcit_status status = opcit_decode(bytes, arena, &text, &encoding, &replaced, err);

	h->arena = arena;

	if (status == OPCIT_OK)
		status = opcit_html_parse(text, &handler, h, err);
	if (status == OPCIT_OK)
		status = markup_finish(&h->m, encoding, arena, blocks, err);
	if (status == OPCIT_OK) {
		blocks->replaced = replaced;
		blocks->lang = h->lang;
	}
	markup_release(&h->m);
	opcit_buf_release(&h->open_links);
	free(h);
	return status;
}

/* The file opens with a tag of HTML, a declaration or comments before it. */
static int html_sniff(struct opcit_str head)
{
	static const char *const openers[] = { "<!doctype html", "<html", "<head", "<body" };
	size_t i, at;

	if (opcit_str_starts(head, "\xEF\xBB\xBF"))
		head = opcit_str_sub(head, 3, head.len);
	head = opcit_str_trim(head);
	if (!head.len || head.ptr[0] != '<')
		return 0;
	for (at = 0; at + 14 < head.len; at++)
		for (i = 0; head.ptr[at] == '<' && i < sizeof openers / sizeof *openers; i++)
			if (strncasecmp(head.ptr + at, openers[i], strlen(openers[i])) == 0)
				return at == 0 ? 95 : 60;
	return 0;
}

static const char *const suffixes[] = { "html", "htm", "xhtml", NULL };

const struct opcit_reader opcit_reader_html = {
	.name = "HTML",
	.suffixes = suffixes,
	.sniff = html_sniff,
	.read = html_read,
	.worker = true,
};
