/* libFuzzer: one reader on arbitrary bytes, and the segmenter on what it gives.
 * Compiled once for each reader, which READER names. Besides not crashing, no
 * character may be lost on the way.
 *
 * A container of bytes changed at random is only a damaged container, which
 * leaves the reader itself untried. So what is no ZIP file is taken for the
 * parts of one, with form feeds between them, and what is no PDF file for what
 * is drawn on the page of one; its font /F is made of nothing, since looking
 * for a real one takes the most of a run. */
#include "../../indexer/conserve.h"
#include "../../indexer/reader.h"
#include "../../indexer/wire.h"

#include <assert.h>
#include <string.h>
#include <zip.h>

#ifndef READER
#define READER opcit_reader_text
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- parts into a container ---------------------------------------------------- */

static const char *const word_parts[] = { "word/document.xml",  "word/styles.xml",
	                                  "word/numbering.xml", "word/footnotes.xml",
	                                  "word/endnotes.xml",  "word/header1.xml",
	                                  "word/footer1.xml",   "word/_rels/document.xml.rels",
	                                  "word/settings.xml",  "_rels/.rels" };
static const char *const odf_parts[] = { "content.xml", "styles.xml", "META-INF/manifest.xml" };

static struct opcit_str contained(struct opcit_str bytes, const char *const *names, size_t n_names,
                                  struct opcit_arena *arena)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	zip_stat_t st;
	char *to;
	size_t i;

	assert(source && zip);
	zip_source_keep(source);
	for (i = 0; i < n_names && bytes.len; i++) {
		const char *end = memchr(bytes.ptr, '\f', bytes.len);
		size_t len = end ? (size_t)(end - bytes.ptr) : bytes.len;
		zip_source_t *part = zip_source_buffer(zip, bytes.ptr, len, 0);
		zip_int64_t at = zip_file_add(zip, names[i], part, ZIP_FL_OVERWRITE);

		assert(at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
		bytes = opcit_str_sub(bytes, len + 1, bytes.len);
	}
	assert(zip_close(zip) == 0 && zip_source_open(source) == 0 && zip_source_stat(source, &st) == 0);
	to = opcit_arena_alloc(arena, st.size + 1);
	assert(zip_source_read(source, to, st.size) == (zip_int64_t)st.size);
	zip_source_close(source);
	zip_source_free(source);
	return (struct opcit_str){ to, st.size };
}

/* ---- a page into a document ---------------------------------------------------- */

static struct opcit_str on_a_page(struct opcit_str content, struct opcit_arena *arena)
{
	static const char head[] =
		"%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
		"2 0 obj <</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>> endobj\n"
		"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
		"/Resources<</Font<</F 5 0 R/B 6 0 R/C 7 0 R>>>>>> endobj\n"
		"5 0 obj <</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.01 0 0 .01 0 0]/CharProcs<<>>"
		"/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255/Widths[%s]>> endobj\n"
		"6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Times-Bold>> endobj\n"
		"7 0 obj <</Type/Font/Subtype/Type1/BaseFont/Courier>> endobj\n"
		"4 0 obj <</Length ";
	struct opcit_buf pdf = OPCIT_BUF_INIT, widths = OPCIT_BUF_INIT;
	struct opcit_str whole;
	int i;

	for (i = 0; i < 256; i++)
		opcit_buf_printf(&widths, "%d ", i == 'i' || i == ' ' ? 25 : 50);
	opcit_buf_printf(&pdf, head, widths.ptr);
	opcit_buf_printf(&pdf, "%zu>> stream\n", content.len);
	opcit_buf_add_str(&pdf, content);
	opcit_buf_printf(&pdf, "\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n");
	whole = opcit_arena_dup(arena, opcit_buf_str(&pdf));
	opcit_buf_release(&pdf);
	opcit_buf_release(&widths);
	return whole;
}

static struct opcit_str completed(const struct opcit_reader *reader, struct opcit_str bytes,
                                  struct opcit_arena *arena)
{
	if (!bytes.len) /* libFuzzer begins with nothing, and libzip writes no empty container */
		return bytes;
	if (reader == &opcit_reader_docx && !opcit_str_starts(bytes, "PK"))
		return contained(bytes, word_parts, sizeof word_parts / sizeof *word_parts, arena);
	if (reader == &opcit_reader_odt && !opcit_str_starts(bytes, "PK"))
		return contained(bytes, odf_parts, sizeof odf_parts / sizeof *odf_parts, arena);
	if (reader == &opcit_reader_pdf && !opcit_str_starts(bytes, "%PDF"))
		return on_a_page(bytes, arena);
	return bytes;
}

/* ---- the way of a document ------------------------------------------------------- */

static void segment(struct opcit_blocks *blocks, struct opcit_arena *arena)
{
	struct opcit_document document;
	struct opcit_conserved conserved;

	opcit_segment(blocks, arena, &document);
	opcit_conserve(blocks, &document, arena, &conserved);
	assert(conserved.lost == 0);
}

/* As a worker does it: what the reader gives goes over the wire. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_buf message = OPCIT_BUF_INIT;
	struct opcit_blocks blocks = { .encoding = "" }, received;
	struct opcit_str bytes = completed(&READER, (struct opcit_str){ (const char *)data, size }, &arena);
	opcit_status status = READER.read(bytes, &arena, &blocks, &err);

	assert(status == OPCIT_OK || err.message[0]);
	if (status == OPCIT_OK) {
		opcit_wire_put_blocks(&blocks, &message);
		assert(opcit_wire_get(opcit_buf_str(&message), &arena, &received, &err) == OPCIT_OK);
		segment(&received, &arena);
		opcit_drops_release(&received.drops);
	}
	opcit_drops_release(&blocks.drops);
	opcit_buf_release(&message);
	opcit_arena_release(&arena);
	return 0;
}
