/* annotate_gather.c: the text of a DOCX, with the place of each piece. */
#include "annotate_int.h"

#include <stdlib.h>
#include <string.h>

struct note {
	const xmlChar *id;
	xmlNode *element;
	size_t order;
};

struct notes {
	struct note *items; /* heap; by id */
	size_t n, cap;
};

/* A reference that was met, whose note is still to come. */
struct waiting {
	xmlNode **references; /* heap */
	size_t n, cap;
};

struct gather {
	struct annotate_text *text;
	struct notes footnotes, endnotes;
	struct waiting waiting, at_end;
	unsigned paragraphs, tables; /* open ones */
	xmlNode *anchor;
};

bool annotate_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* ---- notes --------------------------------------------------------------------- */

/* The value of an attribute, whatever its prefix; borrowed from the tree. */
static const xmlChar *attribute_of(const xmlNode *node, const char *name)
{
	const xmlAttr *a;

	for (a = node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0 && a->children)
			return a->children->content;
	return NULL;
}

static int by_id(const void *a, const void *b)
{
	const struct note *x = a, *y = b;
	int order = strcmp((const char *)x->id, (const char *)y->id);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void find_notes(xmlDoc *part, const char *name, struct notes *notes)
{
	xmlNode *root = part ? xmlDocGetRootElement(part) : NULL, *node;

	for (node = root ? root->children : NULL; node; node = node->next)
		if (annotate_is(node, name) && attribute_of(node, "id")) {
			OPCIT_GROW(notes->items, notes->n, notes->cap);
			notes->items[notes->n] = (struct note){ attribute_of(node, "id"), node, notes->n };
			notes->n++;
		}
	if (notes->n)
		qsort(notes->items, notes->n, sizeof *notes->items, by_id);
}

static xmlNode *note_of(const struct notes *notes, const xmlNode *reference)
{
	const xmlChar *id = attribute_of(reference, "id");
	size_t low = 0, high = notes->n;

	while (id && low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp((const char *)notes->items[middle].id, (const char *)id);

		if (order == 0)
			return notes->items[middle].element;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* ---- the walk -------------------------------------------------------------------- */

static void walk(struct gather *g, xmlNode *node);

static void walk_children(struct gather *g, xmlNode *node)
{
	for (node = node->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			walk(g, node);
}

static void wait_for(struct waiting *waiting, xmlNode *reference)
{
	OPCIT_GROW(waiting->references, waiting->n, waiting->cap);
	waiting->references[waiting->n++] = reference;
}

/* The notes whose time has come: a comment on one stands at its reference. */
static void put_notes(struct gather *g, struct waiting *waiting, const struct notes *notes)
{
	struct waiting now = *waiting;
	size_t i;

	*waiting = (struct waiting){ NULL, 0, 0 }; /* a note that refers to notes makes no round */
	for (i = 0; i < now.n; i++) {
		xmlNode *note = note_of(notes, now.references[i]);

		g->anchor = now.references[i];
		if (note)
			walk_children(g, note);
		g->anchor = NULL;
	}
	free(now.references);
}

/* Whether marks may stand beside this run, so that its text can be divided. */
static bool is_divisible(const xmlNode *text)
{
	static const char *const around[] = { "p", "hyperlink", "ins", "moveTo", "smartTag", "customXml" };
	const xmlNode *run = text->parent, *node, *root = xmlDocGetRootElement(text->doc);
	size_t i;

	if (!run || !annotate_is(run, "r") || !run->ns || !root->ns || !xmlStrEqual(run->ns->href, root->ns->href))
		return false; /* of a drawing */
	for (node = text->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			return false;
	for (node = run->parent; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
		for (i = 0; i < sizeof around / sizeof *around && !annotate_is(node, around[i]);)
			i++;
		if (i == 0)
			return true;
		if (i == sizeof around / sizeof *around)
			return false;
	}
	return false;
}

static void put_piece(struct gather *g, xmlNode *node)
{
	struct annotate_text *text = g->text;
	xmlChar *content = xmlNodeGetContent(node);
	size_t len = content ? strlen((const char *)content) : 0;
	xmlNode *anchor = g->anchor ? g->anchor : is_divisible(node) ? NULL : node;

	if (len) {
		OPCIT_GROW(text->pieces, text->n, text->cap);
		text->pieces[text->n++] = (struct annotate_piece){ node, anchor, text->source.len, len };
		opcit_buf_add(&text->source, content, len);
	}
	xmlFree(content);
}

/* What has no text that is read: properties, what was deleted, what is there
 * for programs that know less. */
static bool is_left_out(const xmlNode *node)
{
	const char *name = (const char *)node->name;
	size_t len = strlen(name);

	return (len >= 3 && strcmp(name + len - 2, "Pr") == 0) || strcmp(name, "del") == 0 ||
	       strcmp(name, "moveFrom") == 0 || strcmp(name, "Fallback") == 0;
}

static void walk_paragraph(struct gather *g, xmlNode *node)
{
	if (!g->text->first && !g->anchor)
		g->text->first = node;
	g->paragraphs++;
	walk_children(g, node);
	g->paragraphs--;
	opcit_buf_putc(&g->text->source, '\n');
	if (!g->paragraphs && !g->tables && !g->anchor)
		put_notes(g, &g->waiting, &g->footnotes);
}

static void walk_row(struct gather *g, xmlNode *node)
{
	walk_children(g, node);
	if (g->tables == 1 && !g->paragraphs && !g->anchor)
		put_notes(g, &g->waiting, &g->footnotes);
}

static void walk(struct gather *g, xmlNode *node)
{
	xmlNode *before = g->anchor;

	if (is_left_out(node))
		return;
	if (annotate_is(node, "t")) {
		put_piece(g, node);
	} else if (annotate_is(node, "p")) {
		walk_paragraph(g, node);
	} else if (annotate_is(node, "footnoteReference") && !g->anchor) {
		wait_for(&g->waiting, node);
	} else if (annotate_is(node, "endnoteReference") && !g->anchor) {
		wait_for(&g->at_end, node);
	} else if (annotate_is(node, "tbl")) {
		g->tables++;
		walk_children(g, node);
		g->tables--;
	} else if (annotate_is(node, "tr")) {
		walk_row(g, node);
	} else if (annotate_is(node, "txbxContent")) {
		g->anchor = before ? before : node;
		walk_children(g, node);
		g->anchor = before;
	} else {
		walk_children(g, node);
	}
}

void annotate_gather(xmlDoc *document, xmlDoc *footnotes, xmlDoc *endnotes, struct annotate_text *text)
{
	struct gather g = { .text = text };
	xmlNode *root = xmlDocGetRootElement(document);

	find_notes(footnotes, "footnote", &g.footnotes);
	find_notes(endnotes, "endnote", &g.endnotes);
	if (root)
		walk_children(&g, root);
	put_notes(&g, &g.waiting, &g.footnotes);
	put_notes(&g, &g.at_end, &g.endnotes);
	free(g.footnotes.items);
	free(g.endnotes.items);
	free(g.waiting.references);
	free(g.at_end.references);
}

void annotate_text_release(struct annotate_text *text)
{
	opcit_buf_release(&text->source);
	free(text->pieces);
}
