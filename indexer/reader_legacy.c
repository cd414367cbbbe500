/* The readers for Word's binary format and for RTF: an installed program
 * converts them (convert.h), and what it gives is read as the text or ODT that
 * it is. A file of another format under such a name never comes here: content
 * goes before the name. */
#include "convert.h"
#include "reader.h"

#include <string.h>

static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/* Whether the bytes hold a name as compound files write it, in UTF-16. */
static bool has_stream(struct opcit_str bytes, const char *name)
{
	char wide[64];
	size_t n = strlen(name), i;

	for (i = 0; i < n && 2 * i + 1 < sizeof wide; i++) {
		wide[2 * i] = name[i];
		wide[2 * i + 1] = '\0';
	}
	return memmem(bytes.ptr, bytes.len, wide, 2 * i) != NULL;
}

static opcit_status convert_doc(struct opcit_str bytes, struct opcit_arena *arena,
                                struct opcit_str *converted, struct opcit_err *err)
{
	if (has_stream(bytes, "EncryptedPackage")) {
		opcit_err_set(err, OPCIT_IO, "protected by a password");
		opcit_err_hint(err, "save it without one");
		return OPCIT_IO;
	}
	if (!has_stream(bytes, "WordDocument"))
		return opcit_err_set(err, OPCIT_NOT_FOUND, "an office file, but no text document");
	return opcit_convert(OPCIT_CONVERT_DOC, bytes, arena, converted, err);
}

static opcit_status convert_rtf(struct opcit_str bytes, struct opcit_arena *arena,
                                struct opcit_str *converted, struct opcit_err *err)
{
	return opcit_convert(OPCIT_CONVERT_RTF, bytes, arena, converted, err);
}

static opcit_status read_converted(struct opcit_str bytes, struct opcit_arena *arena,
                                   struct opcit_blocks *blocks, struct opcit_err *err)
{
	if (opcit_str_starts(bytes, "PK\3\4"))
		return opcit_reader_odt.read(bytes, arena, blocks, err);
	return opcit_reader_text.read(bytes, arena, blocks, err);
}

static int doc_sniff(struct opcit_str head)
{
	return head.len >= 8 && memcmp(head.ptr, compound, 8) == 0 ? 90 : 0;
}

static int rtf_sniff(struct opcit_str head)
{
	return opcit_str_starts(head, "{\\rtf") ? 95 : 0;
}

static const char *const doc_suffixes[] = { "doc", "dot", NULL };
static const char *const rtf_suffixes[] = { "rtf", NULL };

const struct opcit_reader opcit_reader_doc = {
	.name = "legacy Word",
	.suffixes = doc_suffixes,
	.sniff = doc_sniff,
	.read = read_converted,
	.worker = true,
	.convert = convert_doc,
};

const struct opcit_reader opcit_reader_rtf = {
	.name = "RTF",
	.suffixes = rtf_suffixes,
	.sniff = rtf_sniff,
	.read = read_converted,
	.worker = true,
	.convert = convert_rtf,
};
