#include "encoding.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <utf8proc.h>

/* Length of the valid UTF-8 sequence at p, or 0. (RFC 3629: no surrogates, no
 * overlong forms, nothing above U+10FFFF.) */
static size_t utf8_len(const unsigned char *p, size_t left)
{
	unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c >= 0xC2 && c <= 0xDF)
		return left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
	if (c >= 0xE0 && c <= 0xEF) {
		if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			return 0;
		if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F))
			return 0;
		return 3;
	}
	if (c >= 0xF0 && c <= 0xF4) {
		if (left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 ||
		    (p[3] & 0xC0) != 0x80)
			return 0;
		if ((c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F))
			return 0;
		return 4;
	}
	return 0;
}

/* What a walk over the bytes as UTF-8 found. */
struct utf8_survey {
	size_t good;     /* valid multi-byte sequences */
	size_t bad;      /* malformed ones */
	bool combining;  /* may hold combining marks, so NFC may change it */
};

static struct utf8_survey survey(struct opcit_str bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr, *end = p + bytes.len;
	struct utf8_survey found = { 0, 0, false };

	while (p < end) {
		uint64_t word;
		size_t n;

		while (end - p >= 8 && (memcpy(&word, p, 8), !(word & 0x8080808080808080u)))
			p += 8;
		if (p == end)
			break;
		if (*p < 0x80) {
			p++;
			continue;
		}
		n = utf8_len(p, (size_t)(end - p));
		if (n == 0) {
			found.bad++;
			p++;
			continue;
		}
		found.good++;
		/* U+0300–U+036F begin with CC 80 … CD AF; marks of other scripts
		 * lie from U+0483 on, but only these compose in our languages. */
		if (*p == 0xCC || *p == 0xCD)
			found.combining = true;
		p += n;
	}
	return found;
}

/* Copy, with U+FFFD for each malformed byte. */
static struct opcit_str repair(struct opcit_str bytes, size_t bad, struct opcit_arena *arena)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr, *end = p + bytes.len;
	char *out = opcit_arena_alloc(arena, bytes.len + 2 * bad + 1), *q = out;

	while (p < end) {
		size_t n = utf8_len(p, (size_t)(end - p));

		if (n == 0) {
			memcpy(q, "\xEF\xBF\xBD", 3);
			q += 3;
			p++;
			continue;
		}
		memcpy(q, p, n);
		q += n;
		p += n;
	}
	*q = '\0';
	return (struct opcit_str){ out, (size_t)(q - out) };
}

static struct opcit_str compose(struct opcit_str text, struct opcit_arena *arena)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr,
	                                    (utf8proc_ssize_t)text.len, &out,
	                                    UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (len >= 0)
		text = opcit_arena_dup(arena, (struct opcit_str){ (char *)out, (size_t)len });
	free(out);
	return text;
}

static opcit_status convert(struct opcit_str bytes, const char *name, struct opcit_arena *arena,
                            struct opcit_str *text, struct opcit_err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t need;
	char *out;

	if (bytes.len > INT32_MAX / 4)
		return opcit_err_set(err, OPCIT_LIMIT, "too large for a text in %s", name);
	need = ucnv_convert("UTF-8", name, NULL, 0, bytes.ptr, (int32_t)bytes.len, &status);
	if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
		return opcit_err_set(err, OPCIT_IO, "cannot decode as %s: %s", name,
		                     u_errorName(status));
	out = opcit_arena_alloc(arena, (size_t)need + 1);
	status = U_ZERO_ERROR;
	ucnv_convert("UTF-8", name, out, need + 1, bytes.ptr, (int32_t)bytes.len, &status);
	if (U_FAILURE(status))
		return opcit_err_set(err, OPCIT_IO, "cannot decode as %s: %s", name,
		                     u_errorName(status));
	*text = (struct opcit_str){ out, (size_t)need };
	return OPCIT_OK;
}

/* UTF-16 without a mark: ASCII text has a zero in every other byte. */
static const char *guess_utf16(struct opcit_str bytes)
{
	size_t n = bytes.len < 4096 ? bytes.len & ~(size_t)1 : 4096, i, even = 0, odd = 0;

	for (i = 0; i < n; i += 2) {
		even += bytes.ptr[i] == 0;
		odd += bytes.ptr[i + 1] == 0;
	}
	if (n >= 4 && odd > n / 2 * 7 / 10 && even < n / 2 / 20)
		return "UTF-16LE";
	if (n >= 4 && even > n / 2 * 7 / 10 && odd < n / 2 / 20)
		return "UTF-16BE";
	return NULL;
}

/* What ICU makes of it. Single-byte Latin text is windows-1252 unless ICU is
 * sure of something else: bytes 0x80–0x9F are quotation marks in every file we
 * are given, never the C1 controls that ISO-8859-1 would make of them. */
static const char *detect(struct opcit_str bytes)
{
	static const char *const known[] = {
		"windows-1250", "windows-1251", "windows-1256", "ISO-8859-2", "ISO-8859-5",
		"ISO-8859-6",   "KOI8-R",       "GB18030",      "Big5",       "Shift_JIS",
		"EUC-JP",       "EUC-KR",       "ISO-2022-JP",  "UTF-32BE",   "UTF-32LE",
	};
	UErrorCode status = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&status);
	const UCharsetMatch *match;
	const char *name = NULL, *found = "windows-1252";
	int32_t sure = 0;
	size_t i;

	if (U_FAILURE(status))
		return found;
	ucsdet_setText(detector, bytes.ptr,
	               (int32_t)(bytes.len < 65536 ? bytes.len : 65536), &status);
	match = ucsdet_detect(detector, &status);
	if (U_SUCCESS(status) && match) {
		name = ucsdet_getName(match, &status);
		sure = ucsdet_getConfidence(match, &status);
	}
	for (i = 0; name && sure >= 40 && i < sizeof known / sizeof *known; i++)
		if (strcmp(name, known[i]) == 0)
			found = known[i];
	ucsdet_close(detector);
	return found;
}

static size_t count_replacements(struct opcit_str text)
{
	const char *p = text.ptr, *end = p + text.len;
	size_t n = 0;

	while ((p = memmem(p, (size_t)(end - p), "\xEF\xBF\xBD", 3))) {
		n++;
		p += 3;
	}
	return n;
}

opcit_status opcit_decode(struct opcit_str bytes, struct opcit_arena *arena,
                          struct opcit_str *text, const char **encoding, size_t *replaced,
                          struct opcit_err *err)
{
	struct utf8_survey utf8;
	const char *name = NULL;
	opcit_status status;

	*replaced = 0;
	if (opcit_str_starts(bytes, "\xEF\xBB\xBF"))
		bytes = opcit_str_sub(bytes, 3, bytes.len);
	else if (opcit_str_starts(bytes, "\xFF\xFE"))
		name = "UTF-16LE", bytes = opcit_str_sub(bytes, 2, bytes.len);
	else if (opcit_str_starts(bytes, "\xFE\xFF"))
		name = "UTF-16BE", bytes = opcit_str_sub(bytes, 2, bytes.len);
	else
		name = guess_utf16(bytes);

	if (!name) {
		utf8 = survey(bytes);
		if (utf8.bad == 0 || utf8.good > 9 * utf8.bad) {
			*encoding = "UTF-8";
			*replaced = utf8.bad;
			*text = utf8.bad ? repair(bytes, utf8.bad, arena) : bytes;
			if (utf8.combining)
				*text = compose(*text, arena);
			return OPCIT_OK;
		}
		name = detect(bytes);
	}
	*encoding = name;
	status = convert(bytes, name, arena, text, err);
	if (status != OPCIT_OK)
		return status;
	*replaced = count_replacements(*text);
	if (survey(*text).combining)
		*text = compose(*text, arena);
	return OPCIT_OK;
}

bool opcit_looks_binary(struct opcit_str head)
{
	size_t i, odd = 0;

	if (opcit_str_starts(head, "\xFF\xFE") || opcit_str_starts(head, "\xFE\xFF") ||
	    guess_utf16(head))
		return false;
	for (i = 0; i < head.len; i++) {
		unsigned char c = (unsigned char)head.ptr[i];

		odd += c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B &&
		       !(c >= 0x13 && c <= 0x15); /* Word's field marks */
	}
	return odd > 2 && odd * 100 > head.len;
}
