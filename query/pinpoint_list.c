/* pinpoint_list.c: pinpoints of citations, "para:67(h)": written, compared. */
#include <string.h>
#include <strings.h>

#include "pinpoint.h"

enum { UNITS = 6, UNIT_PREAMBULAR = UNITS, UNIT_NOTE, UNIT_OTHER };

static const char *const unit_names[UNITS] = { "para", "art", "chap", "annex", "page", "sect" };

const struct pinpoint_style PINPOINT_UN = {
	{ { "para. ", "paras. " },
	  { "art. ", "arts. " },
	  { "chap. ", "chaps. " },
	  { "annex ", "annexes " },
	  { "p. ", "pp. " },
	  { "sect. ", "sects. " } },
	"preambular ",
	"footnote ",
	"–",
	" and ",
	true,
};

const struct pinpoint_style PINPOINT_PLAIN = {
	{ { "para ", "paras " },
	  { "art ", "arts " },
	  { "chap ", "chaps " },
	  { "annex ", "annexes " },
	  { "page ", "pages " },
	  { "sect ", "sects " } },
	"pp",
	"fn",
	"-",
	" and ",
	false,
};

void pinpoint_split(struct opcit_str pinpoint, struct opcit_str *unit, struct opcit_str *value)
{
	const char *colon = pinpoint.len ? memchr(pinpoint.ptr, ':', pinpoint.len) : NULL;
	size_t at = colon ? (size_t)(colon - pinpoint.ptr) : 0;

	*unit = opcit_str_sub(pinpoint, 0, at);
	*value = opcit_str_sub(pinpoint, colon ? at + 1 : 0, pinpoint.len);
}

/* Which unit it is; the value without "pp" or "fn". */
static int unit_of(struct opcit_str pinpoint, struct opcit_str *value)
{
	struct opcit_str unit;
	int i;

	pinpoint_split(pinpoint, &unit, value);
	if (value->len > 2 && opcit_str_starts(*value, "pp") && opcit_is_digit(value->ptr[2])) {
		*value = opcit_str_sub(*value, 2, value->len);
		return UNIT_PREAMBULAR;
	}
	if (value->len > 2 && opcit_str_starts(*value, "fn")) {
		*value = opcit_str_sub(*value, 2, value->len);
		return UNIT_NOTE;
	}
	for (i = 0; i < UNITS; i++)
		if (opcit_str_is(unit, unit_names[i]))
			return i;
	return UNIT_OTHER;
}

static bool is_range(struct opcit_str value)
{
	return value.len > 1 && memchr(value.ptr + 1, '-', value.len - 1) != NULL;
}

static void write_unit(int unit, bool many, const struct pinpoint_style *style,
		       struct opcit_buf *out)
{
	if (unit == UNIT_PREAMBULAR)
		opcit_buf_puts(out, style->preambular);
	if (unit == UNIT_PREAMBULAR && strcmp(style->preambular, "pp") != 0)
		unit = 0;
	if (unit == UNIT_NOTE)
		opcit_buf_puts(out, style->note);
	if (unit < UNITS)
		opcit_buf_puts(out, style->units[unit][many]);
}

static void write_value(struct opcit_str value, const struct pinpoint_style *style,
			struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (c == '(' && i > 0 && style->spaced && value.ptr[i - 1] != ' ')
			opcit_buf_putc(out, ' ');
		if (c == '-' && i > 0)
			opcit_buf_puts(out, style->dash);
		else
			opcit_buf_putc(out, c);
	}
}

void pinpoint_list(const struct opcit_str *pinpoints, size_t n, const struct pinpoint_style *style,
		   struct opcit_buf *out)
{
	size_t i, end, k;

	for (i = 0; i < n; i = end) {
		struct opcit_str value;
		int unit = unit_of(pinpoints[i], &value);

		for (end = i + 1; end < n && unit_of(pinpoints[end], &value) == unit;)
			end++;
		unit_of(pinpoints[i], &value);
		if (i)
			opcit_buf_puts(out, ", ");
		write_unit(unit, end - i > 1 || is_range(value), style, out);
		for (k = i; k < end; k++) {
			if (k > i)
				opcit_buf_puts(out, k + 1 == end ? style->and : ", ");
			unit_of(pinpoints[k], &value);
			write_value(value, style, out);
		}
	}
}

void pinpoint_one(struct opcit_str pinpoint, const struct pinpoint_style *style,
		  struct opcit_buf *out)
{
	pinpoint_list(&pinpoint, 1, style, out);
}

/* ---- comparing ----------------------------------------------------------- */

/* Is value `inner` the place `outer`, or a part of it: 37(b) of 37? */
static bool is_part(struct opcit_str inner, struct opcit_str outer)
{
	return inner.len >= outer.len && strncasecmp(inner.ptr, outer.ptr, outer.len) == 0 &&
	       (inner.len == outer.len || inner.ptr[outer.len] == '(');
}

/* The number at the end of "105.13", and what stands before it. */
static bool read_number(struct opcit_str value, struct opcit_str *before, unsigned long *number)
{
	size_t at = value.len, i;

	while (at > 0 && opcit_is_digit(value.ptr[at - 1]))
		at--;
	if (at == value.len || value.len - at > 9)
		return false;
	for (*number = 0, i = at; i < value.len; i++)
		*number = *number * 10 + (unsigned long)(value.ptr[i] - '0');
	*before = opcit_str_sub(value, 0, at);
	return true;
}

/* Does the range "14-16" hold the number? */
static bool range_holds(struct opcit_str range, struct opcit_str value)
{
	const char *dash = range.len > 1 ? memchr(range.ptr + 1, '-', range.len - 1) : NULL;
	const char *letter = value.len ? memchr(value.ptr, '(', value.len) : NULL;
	struct opcit_str before[3];
	unsigned long from, to, number;
	size_t at;

	if (!dash)
		return false;
	at = (size_t)(dash - range.ptr);
	/* a range of paragraphs holds the letters below each */
	if (letter)
		value = opcit_str_sub(value, 0, (size_t)(letter - value.ptr));
	return read_number(opcit_str_sub(range, 0, at), &before[0], &from) &&
	       read_number(opcit_str_sub(range, at + 1, range.len), &before[1], &to) &&
	       read_number(value, &before[2], &number) && opcit_str_ieq(before[0], before[2]) &&
	       (before[1].len == 0 || opcit_str_ieq(before[1], before[2])) && from <= number &&
	       number <= to;
}

bool pinpoint_covers(struct opcit_str asked, struct opcit_str cited)
{
	struct opcit_str unit[2], value[2];

	pinpoint_split(asked, &unit[0], &value[0]);
	pinpoint_split(cited, &unit[1], &value[1]);
	if (!opcit_str_ieq(unit[0], unit[1]) || value[0].len == 0)
		return false;
	return is_part(value[1], value[0]) || range_holds(value[1], value[0]) ||
	       range_holds(value[0], value[1]);
}
