#include "piece.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_LIMIT = 40, TOC_LINE = 240, SYMBOLS = 8, SEARCH_BUDGET = 32 * 1024 * 1024 };

/* What the cutter knows while it goes down the lines. */
struct cutter {
	struct opcit_blocks *blocks;
	struct opcit_arena *arena;
	struct opcit_pieces *out;
	size_t cap;
	struct opcit_buf joined;     /* the piece being built */
	unsigned arabic, roman, letter, paren_letter, paren_roman, paren_arabic, note; /* last values */
	bool body_started;           /* past the masthead */
	bool toc;                    /* inside the table of contents */
	bool page_turned;            /* the line before was page furniture */
	size_t toc_from;             /* its first piece */
	struct { struct opcit_str text; size_t count, seen; } symbols[SYMBOLS];
	size_t n_symbols;
	size_t search_budget;        /* bytes that may still be searched for compounds */
};

static const struct opcit_line *line_at(const struct cutter *c, size_t i)
{
	return &c->blocks->lines[i];
}

static bool all_digits(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

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
		return all_digits(opcit_str_trim(opcit_str_sub(s, 5, s.len)));
	if (s.len > 4 && s.ptr[0] == '-' && s.ptr[s.len - 1] == '-')
		return all_digits(opcit_str_trim(opcit_str_sub(s, 1, s.len - 1)));
	return false;
}

/* Count the lines that are symbols: one that recurs is a running head. Only
 * the first few distinct ones are watched, which bounds the work. */
static void survey_symbols(struct cutter *c)
{
	size_t i, j;

	for (i = 0; i < c->blocks->n_lines; i++) {
		struct opcit_str s = line_at(c, i)->text;

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

/* Whether the masthead names that symbol, beside other words. */
static bool in_masthead(const struct cutter *c, struct opcit_str symbol)
{
	size_t i;

	for (i = 0; i < c->blocks->n_lines && i < 12; i++) {
		struct opcit_str s = line_at(c, i)->text;

		if (s.len && memmem(s.ptr, s.len, symbol.ptr, symbol.len))
			return true;
	}
	return false;
}

/* A bare figure beside a running head or job number is the page's number. */
static bool is_page_number(const struct cutter *c, const struct opcit_line *line)
{
	const struct opcit_line *end = c->blocks->lines + c->blocks->n_lines;

	if (line->text.len > 4 || !all_digits(line->text))
		return false;
	return c->page_turned ||
	       (line + 1 < end && (is_job_number(line[1].text) || (is_symbol_line(line[1].text) &&
	                                                           in_masthead(c, line[1].text))));
}

static bool is_furniture(struct cutter *c, const struct opcit_line *line)
{
	struct opcit_str s = line->text;
	size_t j;

	if (s.len > 48)
		return false;
	if (is_symbol_line(s)) {
		for (j = 0; j < c->n_symbols; j++)
			if (opcit_str_eq(c->symbols[j].text, s) && c->symbols[j].count > 1)
				return c->symbols[j].seen++ > 0 || c->body_started;
		return c->body_started && in_masthead(c, s);
	}
	return is_job_number(s) || (line->emphatic && s.len >= 6 && s.len <= 8 && all_digits(s)) || /* *0364668* */
	       (c->body_started && (is_page_line(s) || is_page_number(c, line)));
}

/* ---- joining lines ---------------------------------------------------------- */

/* Compounds whose hyphen is printed, by their first and by their last part. */
static bool keeps_hyphen(struct opcit_str left, struct opcit_str right)
{
	static const char *const firsts[] = {
		"above", "cease", "co", "non", "self", "so", "ex", "peace", "long", "short", "well",
		"half", "full", "high", "low", "large", "small", "cross", "follow", "fact", "far",
		"decision", "policy", "rights", "gender", "age", "child", "confidence", "capacity",
		"military", "state", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
		"ninety", "one", "two", "three", "four", "five", "six", "day", "year", "open", "post",
		"pre", "anti", "vice", "semi", "quasi", "man", "land", "sea", "time", "world", "law", NULL
	};
	static const char *const lasts[] = {
		"keeping", "fire", "building", "making", "based", "called", "mentioned", "owned", "term",
		"being", "wide", "related", "level", "scale", "up", "off", "day", "year", "old", "aged",
		"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
		"agency", "ministerial", "general", "elect", "sur", "ci", "dire", "vous", "il", "elle", NULL
	};
	struct opcit_words words;
	char word[24] = "";
	size_t i;

	if (right.len == 0 || isupper((unsigned char)right.ptr[0]) ||
	    isdigit((unsigned char)right.ptr[0]))
		return true;
	words = opcit_words_of(left);
	while (opcit_word_next(&words, word, sizeof word))
		;
	for (i = 0; firsts[i]; i++)
		if (strcmp(word, firsts[i]) == 0)
			return true;
	words = opcit_words_of(right);
	if (!opcit_word_next(&words, word, sizeof word))
		return true;
	for (i = 0; lasts[i]; i++)
		if (strcmp(word, lasts[i]) == 0)
			return true;
	return false;
}

/* Whether the document prints the compound elsewhere inside a line. The bytes
 * that may be searched for this are bounded for the whole document. */
static bool prints_compound(struct cutter *c, struct opcit_str left, struct opcit_str right)
{
	struct opcit_str text = c->blocks->decoded;
	char compound[64];
	size_t n = 0;

	while (n < right.len && isalpha((unsigned char)right.ptr[n]))
		n++;
	if (left.len + n + 1 > sizeof compound || text.len > c->search_budget)
		return false;
	c->search_budget -= text.len;
	memcpy(compound, left.ptr, left.len);
	compound[left.len] = '-';
	memcpy(compound + left.len + 1, right.ptr, n);
	return memmem(text.ptr, text.len, compound, left.len + 1 + n) != NULL;
}

/* The last word of a text, for the hyphen's sake. */
static struct opcit_str last_word(struct opcit_str s)
{
	size_t from = s.len;

	while (from && s.ptr[from - 1] != ' ' && s.len - from < 40)
		from--;
	return opcit_str_sub(s, from, s.len);
}

/* Append a further line to the piece being built. */
static void join_line(struct cutter *c, struct opcit_str text)
{
	struct opcit_str before = opcit_buf_str(&c->joined);
	size_t n = before.len;

	if (n > 1 && before.ptr[n - 1] == '-' && isalpha((unsigned char)before.ptr[n - 2]) &&
	    text.len && isalpha((unsigned char)text.ptr[0])) {
		struct opcit_str left = last_word(opcit_str_sub(before, 0, n - 1));

		if (!keeps_hyphen(left, text) && !prints_compound(c, left, text)) {
			opcit_drops_add(&c->blocks->drops, OPCIT_DROP_HYPHEN, OPCIT_STR("-"));
			c->joined.len--;
		}
	} else if (n > 3 && memcmp(before.ptr + n - 3, "\xE2\x80\x93", 3) == 0 &&
	           before.ptr[n - 4] != ' ') {
		/* an en dash ends the line inside a range or compound */
	} else if (n) {
		opcit_buf_putc(&c->joined, ' ');
	}
	opcit_buf_add_str(&c->joined, text);
}

/* ---- where a piece begins --------------------------------------------------- */

/* A footnote that opens with a plain figure, no stop: "22 Ibid., p. 4", or in
 * the older style "1/ S/25046". */
static struct opcit_number plain_note(struct opcit_str s)
{
	struct opcit_number none = { 0 };
	size_t i = 0, gap, after;
	bool slash;

	while (i < s.len && i < 4 && isdigit((unsigned char)s.ptr[i]))
		i++;
	if (i == 0 || i > 3 || i >= s.len)
		return none;
	slash = s.ptr[i] == '/';
	gap = i + slash;
	/* "17See Official Records": the space was lost. */
	if (!slash && i + 2 < s.len && isupper((unsigned char)s.ptr[i]) && islower((unsigned char)s.ptr[i + 1]) &&
	    islower((unsigned char)s.ptr[i + 2]))
		return (struct opcit_number){ OPCIT_NUM_NOTE, (unsigned)atoi(s.ptr), opcit_str_sub(s, 0, i),
			                      opcit_str_sub(s, 0, i) };
	if (gap >= s.len || s.ptr[gap] != ' ')
		return none;
	after = gap + 1;
	if (after >= s.len || !(isupper((unsigned char)s.ptr[after]) || strchr("[\"(", s.ptr[after]) ||
	                        (unsigned char)s.ptr[after] == 0xE2 ||
	                        (unsigned char)s.ptr[after] == 0xC3 ||
	                        (slash && isalpha((unsigned char)s.ptr[after])) ||
	                        opcit_str_starts(opcit_str_sub(s, after, s.len), "fbid") ||
	                        opcit_str_starts(opcit_str_sub(s, after, s.len), "ibid")))
		return none;
	return (struct opcit_number){ OPCIT_NUM_NOTE, (unsigned)atoi(s.ptr), opcit_str_sub(s, 0, gap),
		                      opcit_str_sub(s, 0, i) };
}

/* "2, Requests": a paragraph number whose stop OCR took for a comma, where it
 * is the next one due. */
static struct opcit_number comma_number(struct opcit_str s, unsigned due)
{
	struct opcit_number none = { 0 };
	size_t i = 0;

	while (i < s.len && i < 3 && isdigit((unsigned char)s.ptr[i]))
		i++;
	if (i == 0 || i + 3 >= s.len || s.ptr[i] != ',' || s.ptr[i + 1] != ' ' ||
	    !isupper((unsigned char)s.ptr[i + 2]) || (unsigned)atoi(s.ptr) != due)
		return none;
	return (struct opcit_number){ OPCIT_NUM_ARABIC, due, opcit_str_sub(s, 0, i + 1),
		                      opcit_str_sub(s, 0, i) };
}

static struct opcit_number anchor_note(const struct opcit_line *line)
{
	struct opcit_str marker = line->anchors[0].marker;

	return (struct opcit_number){ OPCIT_NUM_NOTE, all_digits(marker) ? (unsigned)atoi(marker.ptr) : 0,
		                      { "", 0 }, marker };
}

static bool anchored_at_start(const struct opcit_line *line)
{
	return line->n_anchors && line->anchors[0].at == 0;
}

/* The number that a line opens with, whatever the count. */
static struct opcit_number number_of(const struct cutter *c, const struct opcit_line *line, bool *alone)
{
	struct opcit_number number;

	*alone = false;
	if (anchored_at_start(line))
		return anchor_note(line);
	number = opcit_number_of(line->text, alone);
	if (number.style == OPCIT_NUM_ARABIC && number.value > 999 && number.value != c->arabic + 1)
		number.style = OPCIT_NUM_NONE; /* a year that ends a sentence */
	if (number.style == OPCIT_NUM_NONE && c->body_started)
		number = comma_number(line->text, c->arabic + 1);
	if (number.style == OPCIT_NUM_NONE && !line->bullet.len)
		number = plain_note(line->text);
	if (number.style == OPCIT_NUM_NONE && opcit_str_starts(line->text, ". "))
		number = (struct opcit_number){ OPCIT_NUM_LOST, 0, opcit_str_sub(line->text, 0, 1),
			                        { "", 0 } };
	/* "(i)" after "(h)" is a letter; elsewhere it is a Roman numeral. */
	if (number.style == OPCIT_NUM_PAREN_LETTER && number.value != c->paren_letter + 1 &&
	    strchr("ivx", number.label.ptr[number.label.len - 1 - (number.label.ptr[number.label.len - 1] == ')')])) {
		struct opcit_str inner = number.label;
		char letter;

		if (inner.ptr[0] == '(')
			inner = opcit_str_sub(inner, 1, inner.len);
		letter = inner.ptr[0];
		number.style = OPCIT_NUM_PAREN_ROMAN;
		number.value = letter == 'i' ? 1 : letter == 'v' ? 5 : 10;
	}
	return number;
}

static unsigned *count_of(struct cutter *c, enum opcit_numbering style)
{
	switch (style) {
	case OPCIT_NUM_ARABIC: return &c->arabic;
	case OPCIT_NUM_ROMAN: return &c->roman;
	case OPCIT_NUM_LETTER: return &c->letter;
	case OPCIT_NUM_PAREN_LETTER: return &c->paren_letter;
	case OPCIT_NUM_PAREN_ROMAN: return &c->paren_roman;
	case OPCIT_NUM_PAREN_ARABIC: return &c->paren_arabic;
	case OPCIT_NUM_NOTE: return &c->note;
	default: return NULL;
	}
}

static void count(struct cutter *c, struct opcit_number number)
{
	unsigned *last = count_of(c, number.style);

	if (last)
		*last = number.value;
	if (number.style == OPCIT_NUM_ARABIC || number.style == OPCIT_NUM_ROMAN ||
	    number.style == OPCIT_NUM_LETTER || number.style == OPCIT_NUM_DECIMAL)
		c->paren_letter = c->paren_roman = c->paren_arabic = 0;
	if (number.style == OPCIT_NUM_PAREN_LETTER)
		c->paren_roman = 0;
	if (number.style == OPCIT_NUM_ROMAN)
		c->letter = 0;
}

/* Whether, inside a block, a line with that number begins a new piece: the
 * number must go on with its count, or open one after a stop. */
static bool goes_on(struct cutter *c, struct opcit_number number, bool alone, bool after_stop,
                    bool in_note)
{
	unsigned *last = count_of(c, number.style);

	switch (number.style) {
	case OPCIT_NUM_NONE:
	case OPCIT_NUM_LOST: return false;
	case OPCIT_NUM_NOTE:
		return in_note && number.value > c->note && number.value <= c->note + 3;
	case OPCIT_NUM_DECIMAL: return after_stop;
	case OPCIT_NUM_NAMED: return alone && after_stop;
	case OPCIT_NUM_ROMAN:
	case OPCIT_NUM_LETTER:
		if (!opcit_str_ends(number.printed, "."))
			return false;
		if (number.value == 1) /* a new series */
			return after_stop && (alone || !c->out->wrapped);
		return number.value == *last + 1;
	default:
		return number.value == *last + 1 && (number.value > 1 || after_stop || alone);
	}
}

/* A dash may also stand inside a sentence; round marks and asterisks may not. */
static bool is_dash(struct opcit_str bullet)
{
	return opcit_str_is(bullet, "-") || opcit_str_is(bullet, "\xE2\x80\x93") ||
	       opcit_str_is(bullet, "\xE2\x80\x94");
}

/* Whether line i, which does not start a block, starts a piece. `previous` is
 * the line before it, `piece` the piece that line belongs to. */
static bool starts_piece(struct cutter *c, size_t i, const struct opcit_line *previous,
                         const struct opcit_piece *piece)
{
	const struct opcit_line *line = line_at(c, i);
	bool in_note = piece->number.style == OPCIT_NUM_NOTE;
	bool alone, after_stop = opcit_ends_with_stop(previous->text, true);
	struct opcit_number number;

	if (line->bullet.len) {
		if (in_note && opcit_str_is(line->bullet, "*"))
			return true;
		return piece->bullet.len || after_stop || !c->out->wrapped || !is_dash(line->bullet);
	}
	number = number_of(c, line, &alone);
	if (anchored_at_start(line) && (in_note || after_stop))
		return true;
	if (goes_on(c, number, alone, after_stop, in_note))
		return true;
	/* The enacting formula, with no blank line before it or before its first
	 * clause. */
	if (!c->body_started && opcit_is_formula(line->text, false))
		return true;
	if (piece->lines == 1 && opcit_is_formula(previous->text, false) &&
	    (number.style || opcit_opener_of(line->text).opening != OPCIT_OPENS_OTHER))
		return true;
	/* "B" alone, followed at once by the first clause of part B. */
	if (piece->lines == 1 && piece->number_alone && !opcit_str_ends(piece->number.printed, ".") &&
	    opcit_opener_of(line->text).opening != OPCIT_OPENS_OTHER)
		return true;
	if (c->out->wrapped || !c->body_started || !piece->lines || in_note)
		return false;
	/* A line split off so is a whole paragraph: the next line is another. */
	return piece->bullet.len || opcit_str_ends(previous->text, ":") ||
	       (!piece->starts_block && !piece->number.style);
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

static struct opcit_str toc_entry(struct opcit_str s)
{
	s = opcit_str_sub(s, 0, page_number_at(s));
	while (s.len && (s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == ' '))
		s.len--;
	return s;
}

static bool is_toc_line(struct opcit_str s)
{
	static const char *const heads[] = { "page", "pages", "paragraphs", "paragraphs page", "paragraphes",
		                             "pagina", "parrafos", "chapter", "annex", "annexes", NULL };
	char word[16];
	struct opcit_words words = opcit_words_of(s);
	size_t i;

	if (s.len <= TOC_LINE && page_number_at(s) < s.len)
		return true;
	if (s.len > 24 || !opcit_word_next(&words, word, sizeof word))
		return false;
	for (i = 0; heads[i]; i++)
		if (strcmp(word, heads[i]) == 0)
			return true;
	return false;
}

/* Whether line i still belongs to the table of contents. */
static bool toc_goes_on(struct cutter *c, size_t i)
{
	struct opcit_str s = line_at(c, i)->text;
	size_t j;

	if (is_toc_line(s))
		return true;
	if (s.len > TOC_LINE)
		return false;
	/* The body begins where the first heading of the table is repeated. */
	for (j = c->toc_from; j < c->out->count && j < c->toc_from + 4; j++)
		if (opcit_str_ieq(toc_entry(c->out->items[j].whole), s))
			return false;
	/* An entry that is wrapped has its page number on a line soon after. */
	for (j = i + 1; j < c->blocks->n_lines && j <= i + 2; j++)
		if (is_toc_line(line_at(c, j)->text) && line_at(c, j)->text.len <= TOC_LINE)
			return true;
	return false;
}

/* ---- building --------------------------------------------------------------- */

static struct opcit_piece *new_piece(struct cutter *c)
{
	struct opcit_pieces *out = c->out;

	if (out->count == c->cap) {
		struct opcit_piece *more;

		c->cap = c->cap ? c->cap * 2 : 64;
		more = opcit_arena_alloc(c->arena, c->cap * sizeof *more);
		if (out->count)
			memcpy(more, out->items, out->count * sizeof *more);
		out->items = more;
	}
	memset(&out->items[out->count], 0, sizeof *out->items);
	return &out->items[out->count++];
}

static void add_note(struct cutter *c, struct opcit_piece *piece, struct opcit_str marker)
{
	struct opcit_str *more;

	if ((piece->n_notes & (piece->n_notes - 1)) == 0) {
		more = opcit_arena_alloc(c->arena, (piece->n_notes ? piece->n_notes * 2 : 1) * sizeof *more);
		if (piece->n_notes)
			memcpy(more, piece->notes, piece->n_notes * sizeof *more);
		piece->notes = more;
	}
	piece->notes[piece->n_notes++] = marker;
}

/* Take a line into the piece: its text, its anchors, a lost anchor at its
 * start. `skip_anchor` is set where the first anchor is the note's own. */
static void take_line(struct cutter *c, struct opcit_piece *piece, const struct opcit_line *line,
                      bool skip_anchor)
{
	struct opcit_str text = line->text;
	uint32_t i;

	if (opcit_str_starts(text, "/ ") && text.len > 2) {
		opcit_drops_add(&c->blocks->drops, OPCIT_DROP_ANCHOR, opcit_str_sub(text, 0, 1));
		text = opcit_str_trim(opcit_str_sub(text, 1, text.len));
		piece->lost_anchor = piece->lines == 0;
		add_note(c, piece, opcit_arena_printf(c->arena, "%u", ++c->out->lost_anchors));
	}
	for (i = skip_anchor; i < line->n_anchors; i++)
		add_note(c, piece, line->anchors[i].marker);
	if (piece->lines == 0)
		piece->whole = text;
	if (piece->lines == 1) {
		opcit_buf_clear(&c->joined);
		opcit_buf_add_str(&c->joined, piece->whole);
	}
	if (piece->lines >= 1 && line->bullet.len)
		join_line(c, line->bullet); /* a dash inside a sentence, not a bullet */
	if (piece->lines >= 1)
		join_line(c, text);
	if (piece->lines < UINT8_MAX)
		piece->lines++;
}

static void begin_piece(struct cutter *c, size_t i, bool starts_block)
{
	const struct opcit_line *line = line_at(c, i);
	struct opcit_piece *piece = new_piece(c);
	bool alone;

	piece->starts_block = starts_block;
	piece->page = line->page;
	piece->heading_level = line->heading_level;
	piece->strong = line->strong;
	piece->emphatic = line->emphatic;
	piece->bullet = line->bullet;
	piece->toc = c->toc;
	if (!c->toc) {
		piece->number = number_of(c, line, &alone);
		piece->number_alone = alone;
		piece->certain_note = anchored_at_start(line);
		count(c, piece->number);
	}
	take_line(c, piece, line, piece->certain_note);
}

/* The last piece has all its lines. */
static void end_piece(struct cutter *c)
{
	struct opcit_piece *piece;
	struct opcit_str number;

	if (c->out->count == 0)
		return;
	piece = &c->out->items[c->out->count - 1];
	if (piece->text.ptr)
		return;
	if (piece->lines > 1)
		piece->whole = opcit_arena_dup(c->arena, opcit_buf_str(&c->joined));
	number = piece->number.printed;
	piece->text = opcit_str_trim(opcit_str_sub(piece->whole, number.len, piece->whole.len));
	if (!piece->text.ptr)
		piece->text = OPCIT_STR("");
	piece->words = (uint32_t)opcit_word_count(piece->text, WORD_LIMIT);
	if (!c->body_started && !piece->toc)
		c->body_started = (piece->number.style && piece->number.style != OPCIT_NUM_NOTE &&
		                   piece->number.style != OPCIT_NUM_NAMED) ||
		                  opcit_is_formula(piece->whole, false) || opcit_is_toc_title(piece->whole);
}

/* Paragraphs are wrapped where line ends fall inside sentences more often than
 * paragraphs stand on one long line. */
static bool is_wrapped(const struct opcit_blocks *blocks)
{
	size_t i, inside = 0, long_lines = 0;

	for (i = 0; i < blocks->n_lines; i++) {
		const struct opcit_line *line = &blocks->lines[i];

		long_lines += line->text.len > 110;
		inside += i + 1 < blocks->n_lines && !line[1].starts_block && line->text.len > 30 &&
		          opcit_starts_lower(line[1].text);
	}
	return inside * 2 > long_lines;
}

void opcit_pieces_cut(struct opcit_blocks *blocks, struct opcit_arena *arena,
                      struct opcit_pieces *pieces)
{
	struct cutter c = { .blocks = blocks, .arena = arena, .out = pieces,
		            .search_budget = SEARCH_BUDGET };
	const struct opcit_line *previous = NULL;
	size_t i;

	*pieces = (struct opcit_pieces){ .wrapped = is_wrapped(blocks) };
	survey_symbols(&c);
	for (i = 0; i < blocks->n_lines; i++) {
		const struct opcit_line *line = line_at(&c, i);
		bool starts_block = line->starts_block || c.page_turned || !previous;

		if (is_furniture(&c, line)) {
			opcit_drops_add(&blocks->drops, OPCIT_DROP_FURNITURE, line->text);
			c.page_turned = true;
			continue;
		}
		if (starts_block || c.toc)
			end_piece(&c);
		if (c.toc && !toc_goes_on(&c, i))
			c.toc = false;
		if (starts_block || c.toc || starts_piece(&c, i, previous, &pieces->items[pieces->count - 1])) {
			end_piece(&c);
			begin_piece(&c, i, starts_block);
		} else {
			take_line(&c, &pieces->items[pieces->count - 1], line, false);
		}
		if (!c.toc && starts_block && opcit_is_toc_title(line->text)) {
			c.toc = true;
			c.toc_from = pieces->count;
		}
		previous = line;
		c.page_turned = false;
	}
	end_piece(&c);
	opcit_buf_release(&c.joined);
}
