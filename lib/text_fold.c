/* text_fold.c: what a character is, and what is left of it when it is folded. */
#include "text_int.h"

#include <string.h>

bool opcit_char_is_invisible(utf8proc_int32_t c)
{
	return c == 0xad || c == 0x640 || /* tatweel */
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f);
}

bool opcit_char_is_ideograph(utf8proc_int32_t c)
{
	return (c >= 0x2e80 && c <= 0x2fdf) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3400 && c <= 0x9fff) ||
	       (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_kana(utf8proc_int32_t c)
{
	return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x31ff) || (c >= 0xff66 && c <= 0xff9f);
}

/* Thai and Lao, Burmese, Khmer. */
static bool is_southeastern(utf8proc_int32_t c)
{
	return (c >= 0xe00 && c <= 0xeff) || (c >= 0x1000 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff);
}

bool opcit_char_is_spaceless(utf8proc_int32_t c)
{
	return c >= 0xe00 && (opcit_char_is_ideograph(c) || is_kana(c) || is_southeastern(c)) &&
	       opcit_char_is_word(c) && utf8proc_category(c) != UTF8PROC_CATEGORY_ND;
}

bool opcit_char_is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) || c == 0xff9e || c == 0xff9f;
}

bool opcit_char_is_word(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) ||
	       category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL;
}

/* A mark is an accent, which people leave out, but in the scripts of South and
 * South-East Asia a vowel, and in kana it makes another consonant. */
static bool keeps_marks(utf8proc_int32_t c)
{
	return (c >= 0x900 && c <= 0x1cff) || is_kana(c);
}

/* Letters that Unicode does not decompose but a keyboard does. */
static const char *spelt_out(utf8proc_int32_t c)
{
	switch (c) {
	case 0xe6: return "ae";
	case 0xf0:
	case 0x111: return "d";
	case 0xf8: return "o";
	case 0xfe: return "th";
	case 0x127: return "h";
	case 0x131: return "i";
	case 0x142: return "l";
	case 0x153: return "oe";
	case 0x671: return "\u0627"; /* alef with wasla */
	case 0x6a9: return "\u0643"; /* the Persian forms of kaf and yeh */
	case 0x6cc: return "\u064a";
	default: return NULL;
	}
}

/* Digits of other scripts are those of ours. */
static utf8proc_int32_t ascii_digit(utf8proc_int32_t c)
{
	/* Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese, Khmer */
	static const utf8proc_int32_t zeros[] = { 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0 };
	size_t i;

	for (i = 0; c >= 0x660 && i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return '0' + (c - zeros[i]);
	return c;
}

size_t opcit_fold(utf8proc_int32_t c, char *out, size_t room)
{
	utf8proc_int32_t folded[32];
	int boundary = 0, options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	utf8proc_ssize_t n, i;
	size_t len = 0;

	if (c == 0x419 || c == 0x439) { /* й is a letter, not и with an accent */
		folded[0] = 0x439;
		n = 1;
	} else {
		if (!keeps_marks(c))
			options |= UTF8PROC_STRIPMARK;
		n = utf8proc_decompose_char(c, folded, 32, (utf8proc_option_t)options, &boundary);
	}
	for (i = 0; i < n && i < 32; i++) {
		const char *letters = spelt_out(folded[i]);
		utf8proc_uint8_t bytes[4];
		size_t k = letters ? strlen(letters) :
				     (size_t)utf8proc_encode_char(ascii_digit(folded[i]), bytes);

		if (len + k > room)
			break;
		memcpy(out + len, letters ? (const void *)letters : bytes, k);
		len += k;
	}
	return len;
}

static bool is_shown(utf8proc_int32_t c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) &&
	       (c & 0xfffe) != 0xfffe;
}

const char *opcit_text_clean(struct opcit_str text, struct opcit_buf *buf)
{
	size_t at = 0;

	opcit_buf_clear(buf);
	opcit_buf_puts(buf, "");
	while (at < text.len) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
						      (utf8proc_ssize_t)(text.len - at), &c);

		if (n <= 0)
			opcit_buf_puts(buf, "\xef\xbf\xbd");
		else if (!is_shown(c))
			opcit_buf_putc(buf, ' ');
		else
			opcit_buf_add(buf, text.ptr + at, (size_t)n);
		at += n > 0 ? (size_t)n : 1;
	}
	return buf->ptr;
}
