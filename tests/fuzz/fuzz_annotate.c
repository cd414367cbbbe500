/* libFuzzer: the parts of a DOCX, with form feeds between them, and comments on
 * what is read in it. The copy is read as the document was, word for word; its
 * parts are sound, and each comment is there once. */
#include "../../indexer/annotate_int.h"
#include "../../indexer/docx.h"
#include "../../indexer/package_write.h"
#include "../../indexer/reader.h"
#include "../../indexer/segment.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const parts_of[] = { "word/document.xml", "word/footnotes.xml", "word/endnotes.xml",
					"word/comments.xml", "word/_rels/document.xml.rels", "_rels/.rels",
					"[Content_Types].xml" };

static struct opcit_str make(struct opcit_str rest, struct opcit_arena *arena)
{
	static const char empty[22] = "PK\5\6";
	struct opcit_part parts[7];
	struct opcit_buf file = OPCIT_BUF_INIT;
	struct opcit_str docx;
	size_t n = 0;

	while (n < sizeof parts / sizeof *parts && rest.len) {
		const char *end = memchr(rest.ptr, '\f', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;

		parts[n] = (struct opcit_part){ parts_of[n], opcit_str_sub(rest, 0, len) };
		rest = opcit_str_sub(rest, len + 1, rest.len);
		n++;
	}
	if (n < 7) /* without it nothing is written */
		parts[n++] = (struct opcit_part){ parts_of[6], OPCIT_STR("<Types/>") };
	if (opcit_package_rewrite((struct opcit_str){ empty, sizeof empty }, parts, n, &file, NULL) != OPCIT_OK)
		abort();
	docx = opcit_arena_dup(arena, opcit_buf_str(&file));
	opcit_buf_release(&file);
	return docx;
}

/* Comments on the records, at places that the bytes decide. */
static void comment(const struct opcit_document *document, struct opcit_str bytes, struct opcit_arena *arena,
		    struct opcit_annotations *all)
{
	uint64_t dice = 1;
	size_t i;

	*all = (struct opcit_annotations){ .n_texts = document->n_records };
	all->texts = opcit_arena_calloc(arena, (document->n_records + 1) * sizeof *all->texts);
	all->items = opcit_arena_calloc(arena, MOST * sizeof *all->items);
	for (i = 0; i < bytes.len; i++)
		dice = dice * 31 + (unsigned char)bytes.ptr[i];
	for (i = 0; i < document->n_records; i++) {
		struct opcit_str text = all->texts[i] = document->records[i].text;
		int k;

		for (k = 0; k < 2 && all->n < MOST; k++) {
			struct opcit_annotation *one = &all->items[all->n++];

			dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407;
			one->record = i;
			one->start = (dice >> 20) % (text.len + 1);
			one->end = one->start + (dice >> 40) % (text.len + 1 - one->start);
			one->text = OPCIT_STR("a comment\nof two lines");
		}
	}
}

static bool read_lines(struct opcit_str docx, struct opcit_arena *arena, struct opcit_blocks *blocks)
{
	*blocks = (struct opcit_blocks){ .encoding = "" };
	return opcit_reader_docx.read(docx, arena, blocks, NULL) == OPCIT_OK;
}

static void check_same(struct opcit_str docx, struct opcit_str copy, struct opcit_arena *arena)
{
	struct opcit_blocks was, is;
	size_t i;

	if (!read_lines(docx, arena, &was) || !read_lines(copy, arena, &is) || was.n_lines != is.n_lines)
		abort();
	for (i = 0; i < was.n_lines; i++)
		if (!opcit_str_eq(was.lines[i].text, is.lines[i].text) || was.lines[i].n_anchors != is.lines[i].n_anchors)
			abort();
	opcit_drops_release(&was.drops);
	opcit_drops_release(&is.drops);
}

static size_t count(const xmlNode *node, const char *name)
{
	size_t n = 0;

	for (node = node->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			n += annotate_is(node, name) + count(node, name);
	return n;
}

/* How often there is such an element in a part; 0 where there is no such part.
 * A part that is no XML was not written. */
static size_t count_in(struct opcit_package *package, struct opcit_str part, const char *name, struct opcit_arena *arena)
{
	struct opcit_str bytes;
	size_t n;
	xmlDoc *tree;

	if (!part.len || opcit_package_read(package, part.ptr, arena, &bytes, NULL) != OPCIT_OK)
		return 0;
	tree = xmlReadMemory(bytes.ptr, (int)bytes.len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	if (!tree)
		abort();
	n = count((const xmlNode *)tree, name);
	xmlFreeDoc(tree);
	return n;
}

static void count_marks(struct opcit_str docx, size_t counts[2], struct opcit_arena *arena)
{
	struct opcit_package *package;
	struct docx_parts parts = { 0 };

	if (opcit_package_open(docx, &package, NULL) != OPCIT_OK || docx_find_parts(package, arena, &parts, NULL) != OPCIT_OK)
		abort();
	counts[0] = count_in(package, parts.document, "commentReference", arena);
	counts[1] = count_in(package, parts.comments, "comment", arena);
	count_in(package, OPCIT_STR("[Content_Types].xml"), "Override", arena);
	free(parts.headers);
	free(parts.footers);
	free(parts.addresses);
	opcit_package_close(package);
}

static void check(struct opcit_str docx, const struct opcit_annotations *all, struct opcit_arena *arena)
{
	struct opcit_buf answer = OPCIT_BUF_INIT;
	struct opcit_annotated annotated;
	struct opcit_err err = OPCIT_ERR_INIT;
	size_t was[2], is[2];

	annotate_here(docx, all, &answer);
	if (opcit_annotated_decode(opcit_buf_str(&answer), &annotated, &err) == OPCIT_OK) {
		check_same(docx, annotated.file, arena);
		count_marks(docx, was, arena);
		count_marks(annotated.file, is, arena);
		if (annotated.placed + annotated.astray != all->n || is[0] != was[0] + all->n || is[1] != was[1] + all->n)
			abort();
	} else if (err.status == OPCIT_BUG || !err.message[0]) {
		abort();
	}
	opcit_buf_release(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_str bytes = { (const char *)data, size }, docx;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_blocks blocks;
	struct opcit_document document;
	struct opcit_annotations all;

	if (!size)
		return 0;
	docx = make(bytes, &arena);
	if (read_lines(docx, &arena, &blocks)) {
		opcit_segment(&blocks, &arena, &document);
		comment(&document, bytes, &arena, &all);
		check(docx, &all, &arena);
	}
	opcit_drops_release(&blocks.drops);
	opcit_arena_release(&arena);
	return 0;
}
