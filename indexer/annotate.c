#include "annotate_int.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/text.h"
#include "docx.h"
#include "package_write.h"
#include "worker.h"

enum { ID_MOST = 1000000000 };

/* A copy in the making. */
struct copy {
	struct opcit_arena *arena;
	struct opcit_package *package;
	struct docx_parts parts;
	struct opcit_str folder;  /* of the document: "word/" */
	xmlDoc *document, *footnotes, *endnotes, *comments, *relations, *types;
	struct opcit_part changed[4];
	size_t n_changed;
	bool strict; /* the name spaces of ISO 29500 Strict */
};

/* ---- reading parts ----------------------------------------------------------------- */

static void ignore_open(void *data, const struct opcit_element *element)
{
	(void)data, (void)element;
}

static void ignore_close(void *data, const char *name)
{
	(void)data, (void)name;
}

static void ignore_text(void *data, struct opcit_str text)
{
	(void)data, (void)text;
}

/* A part as a tree; NULL where it is absent. The reader's parser goes first: it
 * refuses entities and what is nested too deep. */
static opcit_status read_tree(struct copy *c, struct opcit_str name, xmlDoc **tree, struct opcit_err *err)
{
	static const struct opcit_xml_handler nothing = { ignore_open, ignore_close, ignore_text };
	struct opcit_str part;
	opcit_status status;

	*tree = NULL;
	if (!name.len)
		return OPCIT_OK;
	status = opcit_package_read(c->package, name.ptr, c->arena, &part, err);
	if (status == OPCIT_NOT_FOUND)
		return OPCIT_OK;
	if (status == OPCIT_OK)
		status = opcit_xml_parse(part, &nothing, NULL, err);
	if (status != OPCIT_OK)
		return status;
	*tree = xmlReadMemory(part.ptr, (int)part.len, NULL, NULL,
			      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	if (!*tree || !xmlDocGetRootElement(*tree))
		return opcit_err_set(err, OPCIT_IO, "its part %s is damaged", name.ptr);
	return OPCIT_OK;
}

/* The part that tells a part's relations: "word/_rels/document.xml.rels". */
static struct opcit_str relations_of(const struct copy *c)
{
	return opcit_arena_printf(c->arena, "%.*s_rels/%s.rels", OPCIT_FMT(c->folder),
				  c->parts.document.ptr + c->folder.len);
}

static opcit_status read_parts(struct copy *c, struct opcit_err *err)
{
	opcit_status status = docx_find_parts(c->package, c->arena, &c->parts, err);
	const char *slash;

	if (status != OPCIT_OK)
		return status;
	slash = memrchr(c->parts.document.ptr, '/', c->parts.document.len);
	c->folder = opcit_str_sub(c->parts.document, 0, slash ? (size_t)(slash + 1 - c->parts.document.ptr) : 0);
	status = read_tree(c, c->parts.document, &c->document, err);
	if (status == OPCIT_OK)
		status = read_tree(c, c->parts.footnotes, &c->footnotes, err);
	if (status == OPCIT_OK)
		status = read_tree(c, c->parts.endnotes, &c->endnotes, err);
	if (status == OPCIT_OK)
		status = read_tree(c, c->parts.comments, &c->comments, err);
	if (status == OPCIT_OK)
		status = read_tree(c, relations_of(c), &c->relations, err);
	if (status == OPCIT_OK)
		status = read_tree(c, OPCIT_STR("[Content_Types].xml"), &c->types, err);
	if (status == OPCIT_OK && (!c->document || !xmlDocGetRootElement(c->document)->ns || !c->types))
		status = opcit_err_set(err, OPCIT_IO, "a Word file without its %s", c->types ? "text" : "list of parts");
	/* what is there and is no list of comments is not for writing over */
	if (status == OPCIT_OK && c->comments && !annotate_is(xmlDocGetRootElement(c->comments), "comments"))
		status = opcit_err_set(err, OPCIT_IO, "its part %s is damaged", c->parts.comments.ptr);
	if (status == OPCIT_OK)
		c->strict = opcit_str_starts(opcit_str_of((const char *)xmlDocGetRootElement(c->document)->ns->href),
					     "http://purl.oclc.org/");
	return status;
}

/* ---- where comments go -------------------------------------------------------------- */

/* What is between two characters, like the mark of a note that is none, is
 * commented on at the one before it. */
static struct opcit_annotation widened(struct opcit_annotation one, struct opcit_str text)
{
	if (one.start < one.end || !text.len)
		return one;
	if (!one.start)
		one.end++;
	else
		do
			one.start--;
		while (one.start && ((unsigned char)text.ptr[one.start] & 0xC0) == 0x80);
	return one;
}

/* The bytes of all the text that a comment is on. False where they are not known. */
static bool find_range(const struct opcit_align *align, const struct opcit_manuscript *like,
		       const struct opcit_annotation *annotation, size_t range[2])
{
	struct opcit_str text = like->records[0].text;
	struct opcit_annotation one = widened(*annotation, text);
	size_t last;

	if (one.start >= one.end || !opcit_manuscript_offset(like, 0, one.start, &range[0]) ||
	    !opcit_manuscript_offset(like, 0, one.end - 1, &last))
		return false;
	range[1] = last + 1;
	return opcit_align_find(align, opcit_str_sub(text, one.start, one.end), range[0], &range[0], &range[1]) ||
	       (range[0] < range[1] && range[1] - range[0] < 4 * (one.end - one.start) + 64);
}

static void find_ranges(const struct annotate_text *text, const struct opcit_annotations *annotations,
			struct opcit_arena *arena, size_t (*ranges)[2])
{
	struct opcit_align align;
	size_t i, k = 0;

	opcit_align_begin(&align, opcit_buf_str(&text->source));
	for (i = 0; i < annotations->n_texts; i++) {
		struct opcit_stretches stretches;
		struct opcit_record record = { .text = annotations->texts[i] };
		struct opcit_manuscript like = { .source = opcit_buf_str(&text->source), .records = &record,
						 .stretches = &stretches, .n_records = 1 };

		opcit_align_next(&align, record.text, arena, &stretches);
		for (; k < annotations->n && annotations->items[k].record == i; k++)
			if (!find_range(&align, &like, &annotations->items[k], ranges[k]))
				ranges[k][0] = ranges[k][1] = 0;
	}
	opcit_align_release(&align);
}

/* ---- the part with the comments -------------------------------------------------------- */

/* The greatest number that a comment has, here or in the text. */
static unsigned greatest_id(const xmlNode *node, unsigned greatest)
{
	const xmlAttr *a;

	for (node = node->children; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (strncmp((const char *)node->name, "comment", 7) == 0)
			for (a = node->properties; a; a = a->next)
				if (xmlStrEqual(a->name, X("id")) && a->children && a->children->content) {
					unsigned long id = strtoul((const char *)a->children->content, NULL, 10);

					greatest = id <= ID_MOST && id > greatest ? (unsigned)id : greatest;
				}
		greatest = greatest_id(node, greatest);
	}
	return greatest;
}

static void add_paragraph(xmlNode *root, xmlNode *comment, struct opcit_str line, bool first)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	xmlNode *paragraph = annotate_element(root, "p"), *run, *text;

	if (first) {
		run = annotate_element(root, "r");
		xmlAddChild(run, annotate_element(root, "annotationRef"));
		xmlAddChild(paragraph, run);
	}
	run = annotate_element(root, "r");
	text = annotate_element(root, "t");
	xmlAddChild(text, xmlNewDocText(root->doc, X(opcit_text_clean(line, &buf))));
	xmlNodeSetSpacePreserve(text, 1);
	xmlAddChild(run, text);
	xmlAddChild(paragraph, run);
	xmlAddChild(comment, paragraph);
	opcit_buf_release(&buf);
}

static void add_comment(xmlNode *root, unsigned id, struct opcit_str text)
{
	xmlNode *comment = annotate_element(root, "comment");
	char value[16];
	size_t from = 0, end;

	snprintf(value, sizeof value, "%u", id);
	annotate_attribute(root, comment, "id", value);
	annotate_attribute(root, comment, "author", "opcit");
	annotate_attribute(root, comment, "initials", "op");
	xmlAddChild(root, comment);
	do {
		for (end = from; end < text.len && text.ptr[end] != '\n';)
			end++;
		add_paragraph(root, comment, opcit_str_sub(text, from, end), from == 0);
		from = end + 1;
	} while (end < text.len);
}

static void new_comments(struct copy *c)
{
	xmlNode *root;

	c->comments = xmlNewDoc(X("1.0"));
	c->comments->standalone = 1;
	root = xmlNewDocNode(c->comments, NULL, X("comments"), NULL);
	xmlDocSetRootElement(c->comments, root);
	xmlSetNs(root, xmlNewNs(root, xmlDocGetRootElement(c->document)->ns->href, X("w")));
}

/* ---- telling of the new part -------------------------------------------------------------- */

static bool has_part(const struct copy *c, struct opcit_str name)
{
	return opcit_package_has(c->package, name.ptr);
}

/* The element of a list that has the attribute with that value. */
static xmlNode *listed(xmlDoc *list, const char *attribute, const char *value)
{
	xmlNode *node;

	for (node = xmlDocGetRootElement(list)->children; node; node = node->next) {
		xmlChar *has = node->type == XML_ELEMENT_NODE ? xmlGetNoNsProp(node, X(attribute)) : NULL;
		bool same = has && strcasecmp((const char *)has, value) == 0;

		xmlFree(has);
		if (same)
			return node;
	}
	return NULL;
}

static void tell_relation(struct copy *c)
{
	static const char space[] = "http://schemas.openxmlformats.org/package/2006/relationships";
	char id[32] = "rIdOpcit";
	xmlNode *root, *one;
	unsigned i;

	if (!c->relations) {
		c->relations = xmlNewDoc(X("1.0"));
		root = xmlNewDocNode(c->relations, NULL, X("Relationships"), NULL);
		xmlDocSetRootElement(c->relations, root);
		xmlSetNs(root, xmlNewNs(root, X(space), NULL));
	}
	for (i = 1; listed(c->relations, "Id", id); i++)
		snprintf(id, sizeof id, "rIdOpcit%u", i);
	one = annotate_element(xmlDocGetRootElement(c->relations), "Relationship");
	xmlNewProp(one, X("Id"), X(id));
	xmlNewProp(one, X("Type"),
		   c->strict ? X("http://purl.oclc.org/ooxml/officeDocument/relationships/comments") :
			       X("http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"));
	xmlNewProp(one, X("Target"), X(c->parts.comments.ptr + c->folder.len));
	xmlAddChild(xmlDocGetRootElement(c->relations), one);
}

static bool tell_type(struct copy *c)
{
	struct opcit_str name = opcit_arena_printf(c->arena, "/%s", c->parts.comments.ptr);
	xmlNode *one;

	if (listed(c->types, "PartName", name.ptr))
		return false;
	one = annotate_element(xmlDocGetRootElement(c->types), "Override");
	xmlNewProp(one, X("PartName"), X(name.ptr));
	xmlNewProp(one, X("ContentType"),
		   X("application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"));
	xmlAddChild(xmlDocGetRootElement(c->types), one);
	return true;
}

/* ---- the copy -------------------------------------------------------------------------------- */

static void change(struct copy *c, struct opcit_str name, xmlDoc *tree)
{
	xmlChar *bytes = NULL;
	int len = 0;

	xmlDocDumpMemoryEnc(tree, &bytes, &len, "UTF-8");
	c->changed[c->n_changed++] =
		(struct opcit_part){ name.ptr, opcit_arena_dup(c->arena, (struct opcit_str){ (char *)bytes, (size_t)len }) };
	xmlFree(bytes);
}

static void write_comments(struct copy *c, const struct opcit_annotations *annotations, const size_t (*ranges)[2],
			   const unsigned *ids)
{
	bool is_new = !c->parts.comments.len;
	xmlNode *root;
	size_t i;

	if (is_new)
		c->parts.comments = opcit_arena_printf(c->arena, "%.*scomments.xml", OPCIT_FMT(c->folder));
	if (is_new && has_part(c, c->parts.comments)) /* one that nothing refers to */
		c->parts.comments = opcit_arena_printf(c->arena, "%.*scomments-opcit.xml", OPCIT_FMT(c->folder));
	if (!c->comments)
		new_comments(c);
	root = xmlDocGetRootElement(c->comments);
	for (i = 0; i < annotations->n; i++) {
		const struct opcit_annotation *one = &annotations->items[i];
		struct opcit_str text = one->text;

		if (ranges[i][0] >= ranges[i][1]) /* its words are not there to be seen */
			text = opcit_arena_printf(c->arena, "%.*s\n%.*s",
						  OPCIT_FMT(opcit_str_sub(annotations->texts[one->record], one->start, one->end)),
						  OPCIT_FMT(text));
		add_comment(root, ids[i], text);
	}
	change(c, c->parts.comments, c->comments);
	if (is_new) {
		tell_relation(c);
		change(c, relations_of(c), c->relations);
	}
	if (tell_type(c))
		change(c, OPCIT_STR("[Content_Types].xml"), c->types);
}

static opcit_status annotate(struct copy *c, const struct opcit_annotations *annotations,
			     struct opcit_annotated *annotated, struct opcit_err *err)
{
	struct annotate_text text = { .source = OPCIT_BUF_INIT };
	size_t (*ranges)[2] = opcit_arena_calloc(c->arena, (annotations->n + 1) * sizeof *ranges), i;
	unsigned *ids = opcit_arena_calloc(c->arena, (annotations->n + 1) * sizeof *ids);
	unsigned next = greatest_id(xmlDocGetRootElement(c->document), 0);

	if (c->comments)
		next = greatest_id(xmlDocGetRootElement(c->comments), next);
	annotate_gather(c->document, c->footnotes, c->endnotes, &text);
	if (annotations->n && !text.first) {
		annotate_text_release(&text);
		return opcit_err_set(err, OPCIT_IO, "it has no paragraph that a comment could stand in");
	}
	find_ranges(&text, annotations, c->arena, ranges);
	for (i = 0; i < annotations->n; i++) {
		bool placed = ranges[i][0] < ranges[i][1];

		annotated->placed += placed;
		annotated->astray += !placed;
		ids[i] = next + 1 + (unsigned)i;
	}
	if (annotations->n) {
		annotate_mark(&text, (const size_t(*)[2])ranges, ids, annotations->n);
		change(c, c->parts.document, c->document);
		write_comments(c, annotations, (const size_t(*)[2])ranges, ids);
	}
	annotate_text_release(&text);
	return OPCIT_OK;
}

static void release(struct copy *c)
{
	xmlFreeDoc(c->document);
	xmlFreeDoc(c->footnotes);
	xmlFreeDoc(c->endnotes);
	xmlFreeDoc(c->comments);
	xmlFreeDoc(c->relations);
	xmlFreeDoc(c->types);
	free(c->parts.headers);
	free(c->parts.footers);
	free(c->parts.addresses);
	opcit_package_close(c->package);
}

void annotate_here(struct opcit_str bytes, const struct opcit_annotations *annotations, struct opcit_buf *answer)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct copy c = { .arena = &arena };
	struct opcit_annotated annotated = { { NULL, 0 }, 0, 0 };
	struct opcit_buf file = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = opcit_package_open(bytes, &c.package, &err);

	if (status == OPCIT_OK)
		status = read_parts(&c, &err);
	if (status == OPCIT_OK)
		status = annotate(&c, annotations, &annotated, &err);
	if (status == OPCIT_OK)
		status = opcit_package_rewrite(bytes, c.changed, c.n_changed, &file, &err);
	release(&c);
	if (status == OPCIT_OK) {
		annotated.file = opcit_buf_str(&file);
		opcit_annotated_encode(&annotated, answer);
	} else {
		err.status = status == OPCIT_NOT_FOUND ? OPCIT_IO : status;
		opcit_annotated_encode_failure(&err, answer);
	}
	opcit_buf_release(&file);
	opcit_arena_release(&arena);
}

struct task {
	struct opcit_str bytes;
	const struct opcit_annotations *annotations;
};

static void run(void *data, struct opcit_buf *answer)
{
	const struct task *task = data;

	annotate_here(task->bytes, task->annotations, answer);
}

opcit_status opcit_annotate(struct opcit_str bytes, const struct opcit_annotations *annotations,
			    struct opcit_buf *out, struct opcit_err *err)
{
	struct task task = { bytes, annotations };
	const struct opcit_worker_job job = { .run = run, .data = &task };

	return opcit_worker_run(&job, out, err);
}
