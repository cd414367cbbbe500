#include "rule.h"

#include <stdio.h>
#include <string.h>

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

static size_t romans(const char *p)
{
	return strspn(p, "IVXLC");
}

static bool is_year(const char *p, size_t n)
{
	return n == 4 && (!strncmp(p, "19", 2) || !strncmp(p, "20", 2));
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Whether the capital at p, which follows figures, is a resolution's letter
 * and not the beginning of a word or numeral. */
static bool is_letter(const char *p)
{
	return is_capital(*p) && !is_capital(p[1]);
}

static bool fits_one(const char *example, const char *number)
{
	const char *start = example;
	size_t e, n;
	bool year;

	while (*example) {
		e = digits(example);
		if (e) {
			n = digits(number);
			if (!n || n > 5)
				return false;
			year = is_year(example, e) && (example[e] == '/' || example[e] == ')');
			if (year && !is_year(number, n))
				return false;
			if (!year && example == start && example[e] == '/' && n > 3)
				return false;
			example += e;
			number += n;
			if (is_letter(example))
				example++;
			if (is_letter(number))
				number++;
			continue;
		}
		e = romans(example);
		if (e && !is_capital(example[e])) {
			n = romans(number);
			if (!n)
				return false;
			example += e;
			number += n;
			continue;
		}
		if (*example++ != *number++)
			return false;
	}
	return *number == '\0';
}

bool opcit_rule_fits(struct opcit_str examples, const char *number)
{
	char one[64];
	const char *semicolon;
	size_t len;

	while (examples.len) {
		semicolon = memchr(examples.ptr, ';', examples.len);
		len = semicolon ? (size_t)(semicolon - examples.ptr) : examples.len;
		if (len < sizeof one) {
			memcpy(one, examples.ptr, len);
			one[len] = '\0';
			if (fits_one(one, number))
				return true;
		}
		examples = opcit_str_sub(examples, len + 1, examples.len);
	}
	return false;
}

bool opcit_rule_fill(struct opcit_str template, const char *number, char *out, size_t size)
{
	const char *open = template.len ? memchr(template.ptr, '{', template.len) : NULL, *close;
	const char *bracket = strchr(number, '(');
	size_t head, tail, cut;
	bool apart;
	int len;

	if (!open)
		return false;
	head = (size_t)(open - template.ptr);
	close = memchr(open, '}', template.len - head);
	if (!close)
		return false;
	tail = template.len - (size_t)(close + 1 - template.ptr);
	apart = head && open[-1] == ' ' && bracket && bracket > number;
	cut = apart ? (size_t)(bracket - number) : strlen(number);
	len = snprintf(out, size, "%.*s%.*s%s%s%.*s", (int)head, template.ptr, (int)cut, number,
	               apart ? " " : "", number + cut, (int)tail, close + 1);
	return len > 0 && (size_t)len < size;
}
