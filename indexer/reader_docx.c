/* The reader for DOCX (Office Open XML). What Word would print: numbers that
 * it makes are put before their paragraphs, tracked changes are accepted,
 * fields show their results, hidden text does not show. */
#include "docx_text.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

/* A part that the document may lack. */
static opcit_status read_optional(struct opcit_package *package, struct opcit_str name,
                                  struct opcit_arena *arena, struct opcit_str *part,
                                  struct opcit_err *err)
{
	opcit_status status = opcit_package_read(package, name.ptr, arena, part, err);

	if (status != OPCIT_NOT_FOUND)
		return status;
	*part = (struct opcit_str){ NULL, 0 };
	return OPCIT_OK;
}

/* How notes are numbered stands in the settings, or in the properties of a
 * section, which come after its text: so it is looked for beforehand. */
static void find_note_format(struct opcit_str part, const char *properties, struct docx_notes *notes)
{
	const char *at = part.len ? memmem(part.ptr, part.len, properties, strlen(properties)) : NULL;
	const char *end, *format;
	size_t window;

	if (!at)
		return;
	end = part.ptr + part.len;
	window = (size_t)(end - at) < 300 ? (size_t)(end - at) : 300;
	end = memmem(at + 1, window - 1, "notePr>", 7);
	if (end)
		window = (size_t)(end - at);
	format = memmem(at, window, "numFmt w:val=\"", 14);
	if (format && (end = memchr(format + 14, '"', window - (size_t)(format + 14 - at))))
		notes->style = docx_ordinal((struct opcit_str){ format + 14, (size_t)(end - format - 14) });
}

static opcit_status read_sides(struct docx *d, struct opcit_package *package,
                               const struct docx_parts *parts, struct opcit_str document,
                               struct opcit_err *err)
{
	struct opcit_str part;
	opcit_status status = read_optional(package, parts->styles, d->arena, &part, err);

	if (status == OPCIT_OK && part.len)
		status = docx_read_styles(part, d->arena, &d->styles, err);
	if (status == OPCIT_OK)
		status = read_optional(package, parts->numbering, d->arena, &part, err);
	if (status == OPCIT_OK && part.len)
		status = docx_read_numbering(part, d->arena, &d->numbering, err);
	if (status == OPCIT_OK)
		status = read_optional(package, parts->settings, d->arena, &part, err);
	if (status != OPCIT_OK)
		return status;
	d->footnotes.style = OPCIT_ORDINAL_DECIMAL;
	d->endnotes.style = OPCIT_ORDINAL_LOWER_ROMAN;
	find_note_format(part, "<w:footnotePr>", &d->footnotes);
	find_note_format(part, "<w:endnotePr>", &d->endnotes);
	find_note_format(document, "<w:footnotePr>", &d->footnotes);
	find_note_format(document, "<w:endnotePr>", &d->endnotes);
	status = read_optional(package, parts->footnotes, d->arena, &part, err);
	if (status == OPCIT_OK && part.len)
		status = docx_read_part(d, part, DOCX_NOTES, &d->footnotes, err);
	if (status == OPCIT_OK)
		status = read_optional(package, parts->endnotes, d->arena, &part, err);
	if (status == OPCIT_OK && part.len)
		status = docx_read_part(d, part, DOCX_NOTES, &d->endnotes, err);
	return status;
}

static opcit_status read_margins(struct docx *d, struct opcit_package *package,
                                 const struct opcit_str *names, size_t n, struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	struct opcit_str part;
	size_t i;

	for (i = 0; i < n && status == OPCIT_OK; i++) {
		status = read_optional(package, names[i], d->arena, &part, err);
		if (status == OPCIT_OK && part.len)
			status = docx_read_part(d, part, DOCX_MARGIN, NULL, err);
	}
	return status;
}

/* What stands only in a header (a symbol, a date) opens the document; what the
 * text says as well, and all of the footers, is page furniture. */
static void put_margins(struct docx *d, struct opcit_composer *all, size_t n_headers)
{
	size_t i;

	for (i = 0; i < d->margin.count; i++) {
		struct opcit_draft *draft = &d->margin.items[i];
		struct opcit_str text = opcit_buf_str(&draft->text);

		if (i >= n_headers || draft->furniture || opcit_compose_has(&d->body, text) || opcit_compose_has(all, text))
			opcit_compose_drop(all, draft, OPCIT_DROP_FURNITURE);
		else
			opcit_compose_add(all, draft);
	}
}

static opcit_status read_all(struct docx *d, struct opcit_package *package,
                             struct opcit_composer *all, struct opcit_err *err)
{
	struct docx_parts parts = { .n_headers = 0 };
	struct opcit_str document;
	size_t n_headers = 0;
	opcit_status status = docx_find_parts(package, d->arena, &parts, err);

	if (status == OPCIT_OK) {
		status = opcit_package_read(package, parts.document.ptr, d->arena, &document, err);
		if (status == OPCIT_NOT_FOUND)
			status = opcit_err_set(err, OPCIT_IO, "a Word file without its text (%.200s)",
			                       parts.document.ptr);
	}
	if (status == OPCIT_OK)
		status = read_sides(d, package, &parts, document, err);
	d->addresses = parts.addresses;
	d->n_addresses = parts.n_addresses;
	if (status == OPCIT_OK)
		status = docx_read_part(d, document, DOCX_BODY, NULL, err);
	if (status == OPCIT_OK) {
		docx_put_endnotes(d);
		status = read_margins(d, package, parts.headers, parts.n_headers, err);
		n_headers = d->margin.count;
	}
	if (status == OPCIT_OK)
		status = read_margins(d, package, parts.footers, parts.n_footers, err);
	if (status == OPCIT_OK) {
		put_margins(d, all, n_headers);
		opcit_compose_append(all, &d->body);
	}
	free(parts.headers);
	free(parts.footers);
	free(parts.addresses);
	return status;
}

static opcit_status docx_read(struct opcit_str bytes, struct opcit_arena *arena,
                              struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct docx *d = opcit_xcalloc(1, sizeof *d);
	struct opcit_composer all = { .text = OPCIT_BUF_INIT };
	struct opcit_package *package = NULL;
	opcit_status status = opcit_package_open(bytes, &package, err);

	d->arena = arena;
	if (status == OPCIT_OK)
		status = read_all(d, package, &all, err);
	if (status == OPCIT_OK)
		status = opcit_compose_finish(&all, "UTF-8", arena, blocks, err);
	opcit_package_close(package);
	opcit_compose_release(&all);
	docx_release(d);
	free(d);
	return status;
}

static int docx_sniff(struct opcit_str head)
{
	if (!opcit_str_starts(head, "PK\3\4"))
		return 0;
	return memmem(head.ptr, head.len, "word/", 5) ? 90 :
	       memmem(head.ptr, head.len, "[Content_Types].xml", 19) ? 80 : 20;
}

static const char *const suffixes[] = { "docx", "docm", "dotx", NULL };

const struct opcit_reader opcit_reader_docx = {
	.name = "DOCX",
	.suffixes = suffixes,
	.sniff = docx_sniff,
	.read = docx_read,
	.worker = true,
};
