/* The piece cutter: page furniture and the table of contents. */
#include "cutter.h"

#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- page furniture --------------------------------------------------------- */

/* A line that holds a document symbol and nothing else. */
static bool is_symbol_line(struct opcit_str s)
{
	size_t i, slashes = 0;

	if (s.len < 4 || s.len > 48 || !isupper((unsigned char)s.ptr[0]))
		return false;
	for (i = 0; i < s.len; i++) {
		char ch = s.ptr[i];

		slashes += ch == '/';
		if (ch == ' ' && i + 1 < s.len && s.ptr[i + 1] == '(')
			continue;
		if (!isalnum((unsigned char)ch) && !strchr("/.-()", ch))
			return false;
	}
	return slashes > 0 && isdigit((unsigned char)s.ptr[s.len - 1 - (s.ptr[s.len - 1] == ')')]);
}

/* Job numbers that the United Nations prints at the foot of the first page:
 * "02-75941 (E)", "GE.09-17008", with the date codes that may follow. */
static bool is_job_number(struct opcit_str s)
{
	size_t i = opcit_str_starts(s, "GE.") ? 3 : 0, d = i;

	while (d < s.len && isdigit((unsigned char)s.ptr[d]))
		d++;
	if (d - i != 2 || d >= s.len || s.ptr[d] != '-')
		return false;
	i = ++d;
	while (d < s.len && isdigit((unsigned char)s.ptr[d]))
		d++;
	if (d - i != 5)
		return false;
	for (; d < s.len; d++)
		if (!strchr(" ()EFSRCA*/0123456789", s.ptr[d]))
			return false;
	return true;
}

/* "Page 3", "- 3 -", "/…" at the turn of a page. */
static bool is_page_line(struct opcit_str s)
{
	if (s.len > 12)
		return false;
	if (opcit_str_starts(s, "/\xE2\x80\xA6") || opcit_str_is(s, "/..."))
		return true;
	if (opcit_str_starts(s, "Page ") || opcit_str_starts(s, "page "))
		return opcit_cut_all_digits(opcit_str_trim(opcit_str_sub(s, 5, s.len)));
	if (s.len > 4 && s.ptr[0] == '-' && s.ptr[s.len - 1] == '-')
		return opcit_cut_all_digits(opcit_str_trim(opcit_str_sub(s, 1, s.len - 1)));
	return false;
}

/* "2/3" on a line of its own: which of how many pages, 0 when it is none. */
static unsigned pages_told(struct opcit_str s)
{
	const char *slash = s.len >= 3 && s.len <= 7 ? memchr(s.ptr, '/', s.len) : NULL;
	struct opcit_str page, pages;

	if (!slash)
		return 0;
	page = opcit_str_sub(s, 0, (size_t)(slash - s.ptr));
	pages = opcit_str_sub(s, page.len + 1, s.len);
	if (!opcit_cut_all_digits(page) || !opcit_cut_all_digits(pages) || atoi(page.ptr) > atoi(pages.ptr))
		return 0;
	return (unsigned)atoi(pages.ptr);
}

/* Whether line i tells the page: the nearest line of that shape must tell of as
 * many pages. "14/111" over a decision is its number. */
static bool is_page_of_pages(const struct cutter *c, size_t i)
{
	unsigned pages = pages_told(opcit_cut_line_at(c, i)->text);
	size_t j;

	for (j = i + 1; pages && j < c->blocks->n_lines; j++)
		if (pages_told(opcit_cut_line_at(c, j)->text))
			return pages_told(opcit_cut_line_at(c, j)->text) == pages;
	for (j = i; pages && j--;)
		if (pages_told(opcit_cut_line_at(c, j)->text))
			return pages_told(opcit_cut_line_at(c, j)->text) == pages;
	return false;
}

/* Count the lines that are symbols: one that recurs is a running head. Only
 * the first few distinct ones are watched, which bounds the work. */
void opcit_cut_survey_symbols(struct cutter *c)
{
	size_t i, j;

	for (i = 0; i < c->blocks->n_lines; i++) {
		struct opcit_str s = opcit_cut_line_at(c, i)->text;

		if (!is_symbol_line(s))
			continue;
		for (j = 0; j < c->n_symbols && !opcit_str_eq(c->symbols[j].text, s); j++)
			;
		if (j == SYMBOLS)
			continue;
		if (j == c->n_symbols) {
			c->n_symbols++;
			c->symbols[j].text = s;
		}
		c->symbols[j].count++;
	}
}

/* Whether the masthead, or what of it stands before line `end`, names that
 * symbol or title. */
static bool is_named_before(const struct cutter *c, struct opcit_str symbol, size_t end)
{
	size_t i;

	for (i = 0; i < c->blocks->n_lines && i < end; i++) {
		struct opcit_str s = opcit_cut_line_at(c, i)->text;

		if (s.len && memmem(s.ptr, s.len, symbol.ptr, symbol.len))
			return true;
	}
	return false;
}

static bool in_masthead(const struct cutter *c, struct opcit_str symbol)
{
	return is_named_before(c, symbol, MASTHEAD);
}

/* "A/69/512   Protection of seafarers", the title first on the facing page:
 * the document's symbol beside what the masthead printed as its title. */
static bool is_running_head(const struct cutter *c, size_t i, struct opcit_str s)
{
	size_t first = 0, last = s.len;
	struct opcit_str symbol, rest;

	while (first < s.len && s.ptr[first] != ' ')
		first++;
	while (last && s.ptr[last - 1] != ' ')
		last--;
	symbol = opcit_str_sub(s, 0, first);
	rest = opcit_str_trim(opcit_str_sub(s, first, s.len));
	if (!is_symbol_line(symbol)) {
		symbol = opcit_str_sub(s, last, s.len);
		rest = opcit_str_trim(opcit_str_sub(s, 0, last));
	}
	return rest.len >= 8 && is_symbol_line(symbol) && in_masthead(c, symbol) &&
	       is_named_before(c, rest, i < TITLE_LINES ? i : TITLE_LINES);
}

/* A bare figure beside a running head or job number is the page's number. */
static bool is_page_number(const struct cutter *c, const struct opcit_line *line)
{
	const struct opcit_line *end = c->blocks->lines + c->blocks->n_lines;

	if (line->text.len > 4 || !opcit_cut_all_digits(line->text))
		return false;
	return c->page_turned || (line + 1 == end && c->any_turned) ||
	       (line + 1 < end && (is_job_number(line[1].text) || (is_symbol_line(line[1].text) &&
	                                                           in_masthead(c, line[1].text))));
}

bool opcit_cut_is_furniture(struct cutter *c, const struct opcit_line *line)
{
	struct opcit_str s = line->text;
	size_t j, i = (size_t)(line - c->blocks->lines);

	if (s.len > 240)
		return false;
	if (c->body_started && is_running_head(c, i, s))
		return true;
	if (s.len > 48)
		return false;
	if (is_symbol_line(s)) {
		bool named = is_named_before(c, s, i < MASTHEAD ? i : MASTHEAD);

		for (j = 0; j < c->n_symbols; j++)
			if (opcit_str_eq(c->symbols[j].text, s) && c->symbols[j].count > 1)
				return c->symbols[j].seen++ > 0 || c->body_started || named;
		return named || (c->body_started && in_masthead(c, s));
	}
	return is_job_number(s) || (line->emphatic && s.len >= 6 && s.len <= 8 && opcit_cut_all_digits(s)) || /* *0364668* */
	       (c->page_turned && is_page_line(s)) ||
	       (c->body_started && (is_page_line(s) || is_page_number(c, line) || (line->starts_block && is_page_of_pages(c, i))));
}

/* ---- the table of contents -------------------------------------------------- */

bool opcit_is_toc_title(struct opcit_str s)
{
	static const char *const titles[] = { "contents", "table of contents", "table des matieres",
		                              "sommaire", "indice", "contenido", "tabla de contenido" };
	char folded[32] = "", word[16];
	struct opcit_words words = opcit_words_of(s);
	size_t i;

	if (s.len > 32)
		return false;
	while (opcit_word_next(&words, word, sizeof word) && strlen(folded) + strlen(word) + 2 < sizeof folded) {
		if (folded[0])
			strcat(folded, " ");
		strcat(folded, word);
	}
	for (i = 0; i < sizeof titles / sizeof *titles; i++)
		if (strcmp(folded, titles[i]) == 0)
			return true;
	return false;
}

/* A line is too long for a table of contents by its words, not by its leaders. */
static bool is_too_long(struct opcit_str s)
{
	size_t i, n = 0;

	if (s.len > 8 * TOC_LINE)
		return true;
	for (i = 0; i < s.len; i++)
		n += s.ptr[i] != '.';
	return n > TOC_LINE;
}

/* Where a contents line's page number begins; s.len when it has none. */
static size_t page_number_at(struct opcit_str s)
{
	size_t from = s.len;

	while (from && (isdigit((unsigned char)s.ptr[from - 1]) || s.ptr[from - 1] == '-' ||
	                (unsigned char)s.ptr[from - 1] == 0x93 || (unsigned char)s.ptr[from - 1] == 0x80 ||
	                (unsigned char)s.ptr[from - 1] == 0xE2))
		from--;
	if (from == s.len || s.len - from > 9 || (from && !strchr(" .\t", s.ptr[from - 1])))
		return s.len;
	return from;
}

/* An entry without its page number and the dots before it. */
static struct opcit_str toc_entry(struct opcit_str s)
{
	s = opcit_str_sub(s, 0, page_number_at(s));
	while (s.len && (s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == ' '))
		s.len--;
	return s;
}

/* Whether a line repeats an entry of the table, which ends in the number of
 * the page, or in the paragraphs and the page. */
static bool repeats_entry(struct opcit_str line, struct opcit_str entry)
{
	entry = toc_entry(entry);
	return opcit_str_ieq(entry, line) || opcit_str_ieq(toc_entry(entry), line);
}

static bool is_toc_line(struct opcit_str s)
{
	static const char *const heads[] = { "page", "pages", "paragraphs", "paragraphs page", "paragraphes",
		                             "pagina", "parrafos", "chapter", "annex", "annexes", NULL };
	char word[16];
	struct opcit_words words = opcit_words_of(s);
	size_t i;

	if (!is_too_long(s) && page_number_at(s) < s.len)
		return true;
	if (s.len > 24 || !opcit_word_next(&words, word, sizeof word))
		return false;
	for (i = 0; heads[i]; i++)
		if (strcmp(word, heads[i]) == 0)
			return true;
	return false;
}

/* Whether line i still belongs to the table of contents. */
bool opcit_cut_toc_goes_on(struct cutter *c, size_t i)
{
	struct opcit_str s = opcit_cut_line_at(c, i)->text;
	size_t j;

	if (is_toc_line(s))
		return true;
	if (is_too_long(s))
		return false;
	/* The body begins where the first heading of the table is repeated. */
	for (j = c->toc_from; j < c->out->count && j < c->toc_from + 4; j++)
		if (repeats_entry(s, c->out->items[j].whole))
			return false;
	/* An entry that is wrapped has its page number on a line soon after. */
	for (j = i + 1; j < c->blocks->n_lines && j <= i + 3; j++)
		if (is_toc_line(opcit_cut_line_at(c, j)->text) && !is_too_long(opcit_cut_line_at(c, j)->text))
			return true;
	return false;
}

