#include "rule.h"

#include <stdio.h>
#include <string.h>

enum mark { MARK_N, MARK_NUM, MARK_NUM2, MARK_SESSION, MARK_YEAR, MARK_YY, MARK_ROMAN, MARK_LETTER, MARK_COUNT };

static const char *const mark_names[MARK_COUNT] = {
	"{n}", "{num}", "{num2}", "{session}", "{year}", "{yy}", "{roman}", "{letter}",
};

/* What each mark stood for in a number. */
struct captures {
	struct opcit_str of[MARK_COUNT];
};

/* The mark that s starts with, MARK_COUNT for none. */
static enum mark mark_at(struct opcit_str s)
{
	enum mark mark = MARK_COUNT;

	if (s.len && s.ptr[0] == '{')
		for (mark = 0; mark < MARK_COUNT && !opcit_str_starts(s, mark_names[mark]); mark++)
			;
	return mark;
}

static size_t figures(const char *p)
{
	return strspn(p, "0123456789");
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* How many bytes of p the mark takes; SIZE_MAX when it does not fit. */
static size_t take(enum mark mark, const char *p)
{
	size_t n = figures(p), m;

	switch (mark) {
	case MARK_N:
		m = n && n <= 3 && p[n] == '/' ? figures(p + n + 1) : 0;
		return m && m <= 4 ? n + 1 + m : SIZE_MAX;
	case MARK_NUM:
	case MARK_NUM2:
	case MARK_SESSION: return n && n <= 5 ? n : SIZE_MAX;
	case MARK_YEAR:
		return n == 4 && (!strncmp(p, "19", 2) || !strncmp(p, "20", 2)) ? n : SIZE_MAX;
	case MARK_YY: return n == 2 ? n : SIZE_MAX;
	case MARK_ROMAN: n = strspn(p, "IVXLC"); return n ? n : SIZE_MAX;
	case MARK_LETTER: return is_capital(p[0]) && !is_capital(p[1]) ? 1 : 0;
	default: return SIZE_MAX;
	}
}

static bool fits(struct opcit_str pattern, const char *number, struct captures *captures)
{
	memset(captures, 0, sizeof *captures);
	while (pattern.len) {
		enum mark mark = mark_at(pattern);

		if (mark < MARK_COUNT) {
			size_t n = take(mark, number);

			if (n == SIZE_MAX)
				return false;
			captures->of[mark] = (struct opcit_str){ number, n };
			number += n;
			pattern = opcit_str_sub(pattern, strlen(mark_names[mark]), pattern.len);
			continue;
		}
		if (pattern.ptr[0] != ' ' && pattern.ptr[0] != *number++)
			return false;
		pattern = opcit_str_sub(pattern, 1, pattern.len);
	}
	return *number == '\0';
}

static bool put(struct opcit_str s, char *out, size_t size, size_t *len)
{
	if (*len + s.len >= size)
		return false;
	memcpy(out + *len, s.ptr, s.len);
	*len += s.len;
	out[*len] = '\0';
	return true;
}

static bool fill(struct opcit_str template, const struct captures *captures, char *out, size_t size)
{
	size_t len = 0;

	while (template.len) {
		enum mark mark = mark_at(template);
		bool fitted = mark < MARK_COUNT ? put(captures->of[mark], out, size, &len) :
		                                  put(opcit_str_sub(template, 0, 1), out, size, &len);

		if (!fitted)
			return false;
		template = opcit_str_sub(template, mark < MARK_COUNT ? strlen(mark_names[mark]) : 1, template.len);
	}
	return len > 0;
}

/* Take the first rule off: its two sides. False at the end. */
static bool next_rule(struct opcit_str *rules, struct opcit_str *pattern, struct opcit_str *template)
{
	const char *semicolon, *equals;
	size_t len;

	while (rules->len) {
		semicolon = memchr(rules->ptr, ';', rules->len);
		len = semicolon ? (size_t)(semicolon - rules->ptr) : rules->len;
		equals = memchr(rules->ptr, '=', len);
		if (equals) {
			*pattern = opcit_str_trim(opcit_str_sub(*rules, 0, (size_t)(equals - rules->ptr)));
			*template = opcit_str_trim(opcit_str_sub(*rules, (size_t)(equals - rules->ptr) + 1, len));
		}
		*rules = opcit_str_sub(*rules, len + 1, rules->len);
		if (equals)
			return true;
	}
	return false;
}

bool opcit_rule_symbol(struct opcit_str rules, const char *number, char *out, size_t size)
{
	struct opcit_str pattern, template;
	struct captures captures;

	while (next_rule(&rules, &pattern, &template))
		if (fits(pattern, number, &captures))
			return fill(template, &captures, out, size);
	return false;
}

bool opcit_rule_makes(struct opcit_str rules, const char *prefix)
{
	struct opcit_str pattern, template;

	while (next_rule(&rules, &pattern, &template))
		if (opcit_str_starts(template, prefix))
			return true;
	return false;
}

bool opcit_rule_fill(struct opcit_str template, const char *number, char *out, size_t size)
{
	struct captures captures;

	memset(&captures, 0, sizeof captures);
	captures.of[MARK_NUM] = opcit_str_of(number);
	return template.len && fill(template, &captures, out, size);
}
