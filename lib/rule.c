#include "rule.h"

#include <stdio.h>
#include <string.h>

enum { MARKS = 8 };

/* What a mark of the rule stands for in the number at hand. */
struct bound {
	struct opcit_str mark, value;
};

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* How many bytes at p the mark takes; SIZE_MAX where it cannot stand. */
static size_t take(struct opcit_str mark, const char *p)
{
	size_t n = digits(p), m;

	if (opcit_str_is(mark, "n")) {
		if (!n || n > 3 || p[n] != '/')
			return SIZE_MAX;
		m = digits(p + n + 1);
		return m && m < 6 ? n + 1 + m : SIZE_MAX;
	}
	if (opcit_str_is(mark, "year"))
		return n == 4 && (p[0] == '1' || p[0] == '2') ? 4 : SIZE_MAX;
	if (opcit_str_is(mark, "yy"))
		return n == 2 ? 2 : SIZE_MAX;
	if (opcit_str_is(mark, "roman")) {
		n = strspn(p, "IVXLC");
		return n ? n : SIZE_MAX;
	}
	if (opcit_str_is(mark, "letter"))
		return *p >= 'A' && *p <= 'Z' && !(p[1] >= 'A' && p[1] <= 'z');
	return n && n < 6 ? n : SIZE_MAX; /* num, num2, session */
}

static bool fits(struct opcit_str pattern, const char *p, struct bound *bound, size_t *n)
{
	const char *close;
	struct opcit_str mark;
	size_t len;

	for (*n = 0; pattern.len; pattern = opcit_str_sub(pattern, 1, pattern.len)) {
		if (pattern.ptr[0] == ' ')
			continue;
		if (pattern.ptr[0] != '{') {
			if (*p++ != pattern.ptr[0])
				return false;
			continue;
		}
		close = memchr(pattern.ptr, '}', pattern.len);
		if (!close || *n == MARKS)
			return false;
		mark = opcit_str_sub(pattern, 1, (size_t)(close - pattern.ptr));
		len = take(mark, p);
		if (len == SIZE_MAX)
			return false;
		bound[(*n)++] = (struct bound){ mark, { p, len } };
		p += len;
		pattern = opcit_str_sub(pattern, mark.len + 1, pattern.len);
	}
	return *p == '\0';
}

static bool put(char *out, size_t size, size_t *at, struct opcit_str s)
{
	if (*at + s.len + 1 > size)
		return false;
	if (s.len)
		memcpy(out + *at, s.ptr, s.len);
	*at += s.len;
	out[*at] = '\0';
	return true;
}

static bool write_symbol(struct opcit_str form, const struct bound *bound, size_t n, char *out,
			 size_t size)
{
	const char *close;
	struct opcit_str mark;
	size_t at = 0, i;

	for (; form.len; form = opcit_str_sub(form, 1, form.len)) {
		if (form.ptr[0] != '{') {
			if (!put(out, size, &at, opcit_str_sub(form, 0, 1)))
				return false;
			continue;
		}
		close = memchr(form.ptr, '}', form.len);
		if (!close)
			return false;
		mark = opcit_str_sub(form, 1, (size_t)(close - form.ptr));
		for (i = 0; i < n && !opcit_str_eq(bound[i].mark, mark); i++)
			;
		if (i == n || !put(out, size, &at, bound[i].value))
			return false;
		form = opcit_str_sub(form, mark.len + 1, form.len);
	}
	return at > 0;
}

static bool next_rule(struct opcit_str *rules, struct opcit_str *pattern, struct opcit_str *form)
{
	const char *semicolon, *equals;
	struct opcit_str rule;

	while (rules->len) {
		semicolon = memchr(rules->ptr, ';', rules->len);
		rule = opcit_str_sub(*rules, 0,
				     semicolon ? (size_t)(semicolon - rules->ptr) : rules->len);
		*rules = opcit_str_sub(*rules, rule.len + 1, rules->len);
		equals = rule.len ? memchr(rule.ptr, '=', rule.len) : NULL;
		if (!equals)
			continue;
		*pattern = opcit_str_trim(opcit_str_sub(rule, 0, (size_t)(equals - rule.ptr)));
		*form = opcit_str_trim(
			opcit_str_sub(rule, (size_t)(equals + 1 - rule.ptr), rule.len));
		return true;
	}
	return false;
}

bool opcit_rule_apply(struct opcit_str rules, const char *number, char *out, size_t size)
{
	struct opcit_str pattern, form;
	struct bound bound[MARKS];
	size_t n;

	while (next_rule(&rules, &pattern, &form))
		if (fits(pattern, number, bound, &n))
			return write_symbol(form, bound, n, out, size);
	return false;
}

bool opcit_rule_makes(struct opcit_str rules, const char *prefix)
{
	struct opcit_str pattern, form;

	while (next_rule(&rules, &pattern, &form))
		if (opcit_str_starts(form, prefix))
			return true;
	return false;
}

bool opcit_rule_number(struct opcit_str template, unsigned number, char *out, size_t size)
{
	char text[12];
	struct bound bound = { OPCIT_STR("num"), { text, 0 } };

	bound.value.len = (size_t)snprintf(text, sizeof text, "%u", number);
	return template.len && write_symbol(template, &bound, 1, out, size);
}
