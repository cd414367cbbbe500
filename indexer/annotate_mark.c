/* annotate_mark.c: the marks of comments, put among the runs of a DOCX. */
#include "annotate_int.h"

#include <stdlib.h>
#include <string.h>

/* One end of a comment's range, at a byte of a piece. */
struct event {
	size_t piece, at;
	unsigned id;
	bool end;
};

xmlNode *annotate_element(xmlNode *root, const char *name)
{
	return xmlNewDocNode(root->doc, root->ns, X(name), NULL);
}

/* An attribute has the element's name space only by a prefix. */
void annotate_attribute(xmlNode *root, xmlNode *element, const char *name, const char *value)
{
	xmlNs *ns = root->ns;

	if (ns && !ns->prefix)
		for (ns = root->nsDef; ns && !(ns->prefix && xmlStrEqual(ns->href, root->ns->href));)
			ns = ns->next;
	if (!ns && root->ns)
		ns = xmlNewNs(root, root->ns->href, X("w"));
	xmlNewNsProp(element, ns, X(name), X(value));
}

/* ---- marks --------------------------------------------------------------------- */

static xmlNode *mark(xmlNode *near, const char *name, unsigned id)
{
	xmlNode *root = xmlDocGetRootElement(near->doc), *element = annotate_element(root, name);
	char value[16];

	snprintf(value, sizeof value, "%u", id);
	annotate_attribute(root, element, "id", value);
	return element;
}

static xmlNode *reference(xmlNode *near, unsigned id)
{
	xmlNode *run = annotate_element(xmlDocGetRootElement(near->doc), "r");

	xmlAddChild(run, mark(near, "commentReference", id));
	return run;
}

/* The outermost thing around a node that stands in a paragraph's line: NULL
 * where there is no paragraph. */
static xmlNode *in_line(xmlNode *node)
{
	xmlNode *found = NULL;

	for (; node && node->parent && node->type == XML_ELEMENT_NODE; node = node->parent)
		if (annotate_is(node->parent, "p"))
			found = node;
	return found;
}

/* ---- dividing runs --------------------------------------------------------------- */

static xmlNode *next_element(xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

static bool has_before(const xmlNode *run, const xmlNode *node)
{
	const xmlNode *child;

	for (child = run->children; child && child != node; child = child->next)
		if (child->type == XML_ELEMENT_NODE && !annotate_is(child, "rPr"))
			return true;
	return false;
}

/* Put a copy, with what belongs to it, behind a node. The library declares the
 * name spaces of a copy anew: they are known where it now stands. */
static void put_copy(xmlNode *behind, xmlNode *copy)
{
	enum { REMOVE_REDUNDANT = 1 };

	xmlAddNextSibling(behind, copy);
	xmlDOMWrapReconcileNamespaces(NULL, copy, REMOVE_REDUNDANT);
}

/* Divide a text at a byte, with all its blanks kept; returns the second half. */
static xmlNode *divide_text(xmlNode *text, size_t at)
{
	xmlChar *content = xmlNodeGetContent(text);
	xmlNode *second = xmlDocCopyNode(text, text->doc, 2), *halves[2] = { text, second }, *child, *next;
	size_t ends[3] = { 0, at, strlen((const char *)content) };
	int i;

	for (child = text->children; child; child = next) {
		next = child->next;
		xmlUnlinkNode(child);
		xmlFreeNode(child);
	}
	for (i = 0; i < 2; i++) {
		xmlAddChild(halves[i], xmlNewDocTextLen(text->doc, content + ends[i], (int)(ends[i + 1] - ends[i])));
		xmlNodeSetSpacePreserve(halves[i], 1);
	}
	put_copy(text, second);
	xmlFree(content);
	return second;
}

/* Divide the run of a text at a byte of it. What follows goes into a run of its
 * own with the same properties. Returns the run before which marks go, else
 * *after, behind which. */
static xmlNode *divide(xmlNode *text, size_t at, size_t len, xmlNode **after)
{
	xmlNode *run = text->parent, *from = text, *properties, *second, *next;

	*after = NULL;
	if (at == len)
		from = next_element(text->next);
	else if (at)
		from = divide_text(text, at);
	if (!from) {
		*after = run;
		return NULL;
	}
	if (!has_before(run, from))
		return run;
	second = xmlDocCopyNode(run, run->doc, 2);
	properties = next_element(run->children);
	if (properties && annotate_is(properties, "rPr"))
		xmlAddChild(second, xmlDocCopyNode(properties, run->doc, 1));
	for (; from; from = next) {
		next = from->next;
		xmlUnlinkNode(from);
		xmlAddChild(second, from);
	}
	put_copy(run, second);
	*after = run;
	return NULL;
}

/* From the end of the text to its beginning, so that what is divided was not
 * divided before; at one place what ends comes before what begins. */
static int last_first(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->piece != y->piece)
		return x->piece > y->piece ? -1 : 1;
	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	if (x->end != y->end)
		return x->end ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static void add(xmlNode *node, xmlNode *before, xmlNode **after)
{
	if (before) {
		xmlAddPrevSibling(before, node);
	} else {
		xmlAddNextSibling(*after, node);
		*after = node;
	}
}

/* The marks of events [0, n), which are all at one place. */
static void put_events(const struct annotate_text *text, const struct event *events, size_t n)
{
	const struct annotate_piece *piece = &text->pieces[events->piece];
	xmlNode *after, *before = divide(piece->text, events->at, piece->len, &after), *run;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct event *event = &events[i];

		add(mark(piece->text, event->end ? "commentRangeEnd" : "commentRangeStart", event->id), before, &after);
		if (!event->end)
			continue;
		run = reference(piece->text, event->id);
		if (annotate_is(piece->text->parent->parent, "p"))
			add(run, before, &after);
		else /* beside a link or an insertion, not in it */
			xmlAddNextSibling(in_line(piece->text), run);
	}
}

/* ---- what cannot be divided --------------------------------------------------------- */

static void put_first(xmlNode *paragraph, unsigned id)
{
	xmlNode *child = next_element(paragraph->children);
	xmlNode *run = reference(paragraph, id);

	if (child && annotate_is(child, "pPr"))
		xmlAddNextSibling(child, run);
	else if (paragraph->children)
		xmlAddPrevSibling(paragraph->children, run);
	else
		xmlAddChild(paragraph, run);
}

static void put_around(const struct annotate_text *text, xmlNode *anchor, unsigned id)
{
	xmlNode *line = in_line(anchor);

	if (!line) { /* in no paragraph */
		put_first(text->first, id);
		return;
	}
	xmlAddPrevSibling(line, mark(line, "commentRangeStart", id));
	xmlAddNextSibling(line, reference(line, id));
	xmlAddNextSibling(line, mark(line, "commentRangeEnd", id));
}

/* The piece that has a byte, or the next one; n where there is none. */
static size_t piece_at(const struct annotate_text *text, size_t at)
{
	size_t low = 0, high = text->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text->pieces[middle].start + text->pieces[middle].len <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t clamp(size_t at, const struct annotate_text *text, const struct annotate_piece *piece)
{
	size_t in = at < piece->start ? 0 : at - piece->start;

	if (in >= piece->len)
		return piece->len;
	while (in && ((unsigned char)text->source.ptr[piece->start + in] & 0xC0) == 0x80)
		in--;
	return in;
}

void annotate_mark(struct annotate_text *text, const size_t (*ranges)[2], const unsigned *ids, size_t n)
{
	struct event *events = opcit_xmalloc((2 * n + 1) * sizeof *events);
	size_t *around = opcit_xmalloc((n + 1) * sizeof *around), n_events = 0, n_around = 0, i, k;

	for (i = 0; i < n; i++) {
		size_t from = piece_at(text, ranges[i][0]), to = from;

		if (ranges[i][0] >= ranges[i][1] || from == text->n) {
			put_first(text->first, ids[i]);
			continue;
		}
		if (text->pieces[from].anchor) {
			around[n_around++] = i;
			continue;
		}
		/* as far as the text goes that can be divided: a note within it is passed over */
		for (k = from; k < text->n && text->pieces[k].start < ranges[i][1]; k++)
			if (!text->pieces[k].anchor)
				to = k;
		events[n_events] = (struct event){ from, clamp(ranges[i][0], text, &text->pieces[from]), ids[i], false };
		events[n_events + 1] = (struct event){ to, clamp(ranges[i][1], text, &text->pieces[to]), ids[i], true };
		if (from == to && events[n_events].at >= events[n_events + 1].at)
			around[n_around++] = i;
		else
			n_events += 2;
	}
	qsort(events, n_events, sizeof *events, last_first);
	for (i = 0; i < n_events; i = k) {
		for (k = i + 1; k < n_events && events[k].piece == events[i].piece && events[k].at == events[i].at;)
			k++;
		put_events(text, events + i, k - i);
	}
	for (i = 0; i < n_around; i++) {
		const struct annotate_piece *piece = &text->pieces[piece_at(text, ranges[around[i]][0])];

		put_around(text, piece->anchor ? piece->anchor : piece->text, ids[around[i]]);
	}
	free(events);
	free(around);
}
