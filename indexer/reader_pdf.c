/* The reader for PDF, through poppler-glib. The way from characters to blocks
 * is told in pdf_int.h. */
#include "ocr.h"

#include "pdf_int.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAGES = 20000, MAX_TEXT = 256 * 1024 * 1024 };

static opcit_status fail(struct opcit_err *err, const GError *error)
{
	if (error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)) {
		opcit_err_set(err, OPCIT_IO, "encrypted: it opens only with a password");
		opcit_err_hint(err, "save a copy without the password and index that");
		return OPCIT_IO;
	}
	opcit_err_set(err, OPCIT_IO, "a damaged PDF file");
	opcit_err_hint(err, "fetch it again, or repair it with: qpdf IN.pdf OUT.pdf");
	return OPCIT_IO;
}

/* poppler builds a page's colour profiles anew for each page that it reads the
 * text of, which takes as long as the text. Where no colour is wanted, a copy
 * of the file names its profiles as something that nobody knows. */
static struct opcit_str without_profiles(struct opcit_str bytes, struct opcit_arena *arena)
{
	static const char name[] = "/ICCBased ";
	char *copy, *p;

	if (!bytes.len || !memmem(bytes.ptr, bytes.len, name, sizeof name - 1))
		return bytes;
	copy = (char *)opcit_arena_dup(arena, bytes).ptr;
	for (p = copy; (p = memmem(p, (size_t)(copy + bytes.len - p), name, sizeof name - 1)); p += sizeof name - 1)
		if (p[sizeof name - 1] >= '0' && p[sizeof name - 1] <= '9')
			memcpy(p, "/Not", 4);
	return (struct opcit_str){ copy, bytes.len };
}

/* A document that opens and has pages, or NULL. */
static PopplerDocument *open_bytes(struct opcit_str bytes, GError **error)
{
	GBytes *all = g_bytes_new_static(bytes.ptr, bytes.len);
	PopplerDocument *document = poppler_document_new_from_bytes(all, NULL, error);

	g_bytes_unref(all);
	if (document && poppler_document_get_n_pages(document) <= 0) {
		g_object_unref(document);
		document = NULL;
	}
	return document;
}

/* The length that a linearized file states for itself, 0 when it does not. */
static size_t stated_length(struct opcit_str bytes)
{
	struct opcit_str head = opcit_str_sub(bytes, 0, 1024), tail;
	const char *mark = head.len ? memmem(head.ptr, head.len, "/Linearized", 11) : NULL;
	const char *length = mark ? memmem(mark, (size_t)(head.ptr + head.len - mark), "/L ", 3) : NULL;
	size_t n = 0, i;

	if (!length)
		return 0;
	tail = opcit_str_sub(head, (size_t)(length + 3 - head.ptr), head.len);
	for (i = 0; i < tail.len && i < 10 && tail.ptr[i] >= '0' && tail.ptr[i] <= '9'; i++)
		n = n * 10 + (size_t)(tail.ptr[i] - '0');
	return n;
}

/* What was written over a longer file still ends with that file's tail, which
 * a PDF is read from: try the file at the length that it states, then without
 * what follows earlier ends of file. */
static PopplerDocument *open_document(struct opcit_str bytes, struct opcit_err *err)
{
	GError *error = NULL;
	PopplerDocument *document = open_bytes(bytes, &error);
	size_t cut = stated_length(bytes);
	int tries;

	if (document || (error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))) {
		if (!document)
			fail(err, error);
		g_clear_error(&error);
		return document;
	}
	if (cut > 1024 && cut < bytes.len)
		document = open_bytes(opcit_str_sub(bytes, 0, cut), NULL);
	for (tries = 0, cut = bytes.len; !document && tries < 4; tries++) {
		const char *end;

		for (cut = cut < 16 ? 0 : cut - 16; cut && memcmp(bytes.ptr + cut, "%%EOF", 5) != 0; cut--)
			;
		if (!cut)
			break;
		end = bytes.ptr + cut + 5;
		if (end < bytes.ptr + bytes.len)
			document = open_bytes(opcit_str_sub(bytes, 0, cut + 5), NULL);
	}
	if (!document)
		fail(err, error);
	g_clear_error(&error);
	return document;
}

static bool shows_image(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	bool any = images != NULL;

	poppler_page_free_image_mapping(images);
	return any;
}

/* All pages' fragments and rows. */
static opcit_status take_pages(struct pdf_doc *doc, PopplerDocument *document, struct opcit_pdf_ocr *ocr,
                               struct opcit_err *err)
{
	uint32_t i, found = 0;

	for (i = 0; i < doc->n_pages; i++) {
		PopplerPage *page = poppler_document_get_page(document, (int)i);

		if (!page)
			continue; /* a page that is not there: the others may be */
		found++;
		opcit_pdf_chars(doc, page, &doc->pages[i]);
		if (doc->pages[i].unreadable || (!doc->pages[i].has_text && shows_image(page))) {
			if (ocr)
				opcit_pdf_ocr_page(ocr, doc, page, &doc->pages[i]);
			doc->blocks->n_ocr_pages += ocr != NULL;
			if (!ocr && !doc->blocks->n_image_pages++)
				doc->blocks->image_page = i + 1;
			doc->blocks->n_unreadable_pages += !ocr && doc->pages[i].unreadable;
		}
		g_object_unref(page);
		opcit_pdf_rows(doc, &doc->pages[i]);
		if (doc->decoded.len > MAX_TEXT)
			return opcit_err_set(err, OPCIT_LIMIT, "more than %d MB of text", MAX_TEXT >> 20);
	}
	return found ? OPCIT_OK : fail(err, NULL);
}

static opcit_status read_pdf(struct opcit_str bytes, struct opcit_arena *arena, struct opcit_blocks *blocks,
                             struct opcit_pdf_ocr *ocr, struct opcit_err *err)
{
	struct pdf_doc doc = { .arena = arena, .blocks = blocks, .decoded = OPCIT_BUF_INIT };
	PopplerDocument *document;
	opcit_status status;
	int n_pages;
	uint32_t i;

	*blocks = (struct opcit_blocks){ .encoding = "PDF" };
	if (bytes.len > INT_MAX)
		return opcit_err_set(err, OPCIT_LIMIT, "larger than 2 GB");
	document = open_document(ocr ? bytes : without_profiles(bytes, arena), err);
	if (!document)
		return OPCIT_IO;
	n_pages = poppler_document_get_n_pages(document);
	if (n_pages <= 0 || n_pages > MAX_PAGES) {
		g_object_unref(document);
		return n_pages <= 0 ? fail(err, NULL) : opcit_err_set(err, OPCIT_LIMIT, "more than %d pages", MAX_PAGES);
	}
	doc.n_pages = (uint32_t)n_pages;
	doc.pages = opcit_arena_calloc(arena, doc.n_pages * sizeof *doc.pages);
	status = take_pages(&doc, document, ocr, err);
	if (status == OPCIT_OK && opcit_pdf_is_listing(&doc)) {
		status = opcit_pdf_read_listing(&doc, err);
	} else if (status == OPCIT_OK) {
		opcit_pdf_furniture(&doc);
		for (i = 0; i < doc.n_pages; i++)
			opcit_pdf_lines(&doc, &doc.pages[i], i + 1);
		opcit_pdf_blocks(&doc);
		blocks->decoded = opcit_arena_dup(arena, opcit_buf_str(&doc.decoded));
	}
	free(doc.lines);
	opcit_buf_release(&doc.decoded);
	g_object_unref(document);
	return status;
}

static opcit_status pdf_read(struct opcit_str bytes, struct opcit_arena *arena, struct opcit_blocks *blocks,
                             struct opcit_err *err)
{
	return read_pdf(bytes, arena, blocks, NULL, err);
}

static opcit_status pdf_ocr_read(struct opcit_str bytes, struct opcit_arena *arena, struct opcit_blocks *blocks,
                                 struct opcit_err *err)
{
	struct opcit_pdf_ocr *ocr = opcit_pdf_ocr_new(err);
	opcit_status status;

	if (!ocr)
		return OPCIT_IO;
	status = read_pdf(bytes, arena, blocks, ocr, err);
	blocks->confidence = opcit_pdf_ocr_confidence(ocr);
	opcit_pdf_ocr_free(ocr);
	return status;
}

/* The header may follow some other bytes, by custom within the first 1024. */
static int pdf_sniff(struct opcit_str head)
{
	size_t n = head.len < 1024 ? head.len : 1024;

	return n && memmem(head.ptr, n, "%PDF-", 5) ? (opcit_str_starts(head, "%PDF-") ? 100 : 60) : 0;
}

static const char *const suffixes[] = { "pdf", NULL };

const struct opcit_reader opcit_reader_pdf = {
	.name = "PDF",
	.suffixes = suffixes,
	.sniff = pdf_sniff,
	.read = pdf_read,
	.worker = true,
};

const struct opcit_reader opcit_reader_pdf_ocr = {
	.name = "PDF",
	.suffixes = suffixes,
	.sniff = pdf_sniff,
	.read = pdf_ocr_read,
	.worker = true,
	.seconds = 3600,
};
