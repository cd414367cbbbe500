#include "ordinal.h"

enum { ROMAN_MAX = 3999, LETTERS = 26, REPEAT_MAX = 30 };

static void put_roman(unsigned n, bool lower, struct opcit_buf *buf)
{
	static const struct {
		unsigned value;
		const char *upper, *lower;
	} table[] = {
		{ 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" }, { 400, "CD", "cd" },
		{ 100, "C", "c" },  { 90, "XC", "xc" },  { 50, "L", "l" },  { 40, "XL", "xl" },
		{ 10, "X", "x" },   { 9, "IX", "ix" },   { 5, "V", "v" },   { 4, "IV", "iv" },
		{ 1, "I", "i" },
	};
	size_t i;

	for (i = 0; n && i < sizeof table / sizeof *table; i++)
		for (; n >= table[i].value; n -= table[i].value)
			opcit_buf_puts(buf, lower ? table[i].lower : table[i].upper);
}

void opcit_ordinal_put(enum opcit_ordinal style, unsigned n, struct opcit_buf *buf)
{
	bool lower = style == OPCIT_ORDINAL_LOWER_ROMAN || style == OPCIT_ORDINAL_LOWER_LETTER;
	unsigned i;

	switch (style) {
	case OPCIT_ORDINAL_NONE: return;
	case OPCIT_ORDINAL_BULLET: opcit_buf_puts(buf, "\xE2\x80\xA2"); return;
	case OPCIT_ORDINAL_DECIMAL_ZERO: opcit_buf_printf(buf, "%02u", n); return;
	case OPCIT_ORDINAL_UPPER_ROMAN:
	case OPCIT_ORDINAL_LOWER_ROMAN:
		if (!n || n > ROMAN_MAX)
			break;
		put_roman(n, lower, buf);
		return;
	case OPCIT_ORDINAL_UPPER_LETTER:
	case OPCIT_ORDINAL_LOWER_LETTER:
		if (!n || n > LETTERS * REPEAT_MAX)
			break;
		for (i = 0; i <= (n - 1) / LETTERS; i++)
			opcit_buf_putc(buf, (char)((lower ? 'a' : 'A') + (int)((n - 1) % LETTERS)));
		return;
	case OPCIT_ORDINAL_DECIMAL: break;
	}
	opcit_buf_printf(buf, "%u", n);
}

enum opcit_ordinal opcit_ordinal_of(struct opcit_str name)
{
	if (name.len != 1)
		return OPCIT_ORDINAL_NONE;
	switch (name.ptr[0]) {
	case '1': return OPCIT_ORDINAL_DECIMAL;
	case 'a': return OPCIT_ORDINAL_LOWER_LETTER;
	case 'A': return OPCIT_ORDINAL_UPPER_LETTER;
	case 'i': return OPCIT_ORDINAL_LOWER_ROMAN;
	case 'I': return OPCIT_ORDINAL_UPPER_ROMAN;
	}
	return OPCIT_ORDINAL_NONE;
}
