/* The piece cutter: where, inside a block, a piece begins. */
#include "cutter.h"

#include "opener.h"
#include "word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "4 February 2040", and nothing else: the line of a date is no note 4. */
static bool is_date_line(struct opcit_str s)
{
	struct opcit_words words = opcit_words_of(s);
	char day[4], month[16], year[8], rest[4];

	return opcit_word_next(&words, day, sizeof day) && opcit_word_next(&words, month, sizeof month) &&
	       opcit_month_of(month) && opcit_word_next(&words, year, sizeof year) && strlen(year) == 4 &&
	       strspn(year, "0123456789") == 4 && !opcit_word_next(&words, rest, sizeof rest);
}

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
	                        opcit_str_starts(opcit_str_sub(s, after, s.len), "ibid")) ||
	    is_date_line(s))
		return none;
	return (struct opcit_number){ OPCIT_NUM_NOTE, (unsigned)atoi(s.ptr), opcit_str_sub(s, 0, gap),
		                      opcit_str_sub(s, 0, i) };
}

/* "* A/65/150.": an asterisk that an escape kept from being a bullet. */
static struct opcit_number star_note(struct opcit_str s)
{
	struct opcit_number none = { 0 };
	size_t n = 0;

	while (n < s.len && n < 3 && s.ptr[n] == '*')
		n++;
	if (n == 0 || n + 1 >= s.len || s.ptr[n] != ' ')
		return none;
	return (struct opcit_number){ OPCIT_NUM_NOTE, 0, opcit_str_sub(s, 0, n), opcit_str_sub(s, 0, n) };
}

/* "a. The States", "ii.": what the Organization of American States prints for
 * "(a)", where it is the next one due. */
static struct opcit_number dotted_letter(const struct cutter *c, struct opcit_str s, bool *alone)
{
	struct opcit_number none = { 0 };
	size_t i = 0;
	char bracketed[8];
	struct opcit_number number;

	while (i < s.len && i < 5 && s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
		i++;
	if (i == 0 || i > 4 || i >= s.len || s.ptr[i] != '.' || (i + 1 < s.len && s.ptr[i + 1] != ' '))
		return none;
	memcpy(bracketed, s.ptr, i);
	bracketed[i] = ')';
	number = opcit_number_of((struct opcit_str){ bracketed, i + 1 }, alone);
	if (number.style == OPCIT_NUM_PAREN_LETTER && number.value != c->paren_letter + 1 && strchr("iv", s.ptr[0]) && i == 1) {
		number.style = OPCIT_NUM_PAREN_ROMAN;
		number.value = s.ptr[0] == 'i' ? 1 : 5;
	}
	*alone = i + 1 == s.len;
	if (!(number.style == OPCIT_NUM_PAREN_LETTER && number.value == c->paren_letter + 1) &&
	    !(number.style == OPCIT_NUM_PAREN_ROMAN && number.value == c->paren_roman + 1 && c->paren_letter))
		return none;
	number.printed = opcit_str_sub(s, 0, i + 1);
	number.label = opcit_str_sub(s, 0, i);
	return number;
}

static struct opcit_number anchor_note(const struct opcit_line *line)
{
	struct opcit_str marker = line->anchors[0].marker;

	return (struct opcit_number){ OPCIT_NUM_NOTE, opcit_cut_all_digits(marker) ? (unsigned)atoi(marker.ptr) : 0,
		                      { "", 0 }, marker };
}

bool opcit_cut_anchored_at_start(const struct opcit_line *line)
{
	return line->n_anchors && line->anchors[0].at == 0;
}

/* The number that a line opens with, whatever the count. */
struct opcit_number opcit_cut_number_of(const struct cutter *c, const struct opcit_line *line, bool *alone)
{
	struct opcit_number number;

	*alone = false;
	if (opcit_cut_anchored_at_start(line))
		return anchor_note(line);
	number = opcit_number_of(line->text, alone);
	if (number.style == OPCIT_NUM_ARABIC && number.value > 999 && number.value != c->arabic + 1)
		number.style = OPCIT_NUM_NONE; /* a year that ends a sentence */
	if (number.style == OPCIT_NUM_NONE && c->body_started && !line->bullet.len)
		number = dotted_letter(c, line->text, alone);
	number = opcit_cut_misread(c, line->text, number);
	if (number.style == OPCIT_NUM_NONE && !line->bullet.len)
		number = plain_note(line->text);
	if (number.style == OPCIT_NUM_NONE && !line->bullet.len)
		number = star_note(line->text);
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

void opcit_cut_count(struct cutter *c, struct opcit_number number)
{
	unsigned *last = count_of(c, number.style);

	if (last)
		*last = number.value;
	if (number.style == OPCIT_NUM_ARABIC || number.style == OPCIT_NUM_ROMAN ||
	    number.style == OPCIT_NUM_LETTER || number.style == OPCIT_NUM_DECIMAL)
		c->paren_letter = c->paren_roman = c->paren_arabic = 0; /* NOLINT(*-core.NullDereference) */
	if (number.style == OPCIT_NUM_PAREN_LETTER)
		c->paren_roman = 0; /* NOLINT(*-core.NullDereference): c is never NULL */
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

/* "… of the conflict," / "Deploring also …": one preambular clause after
 * another, without a blank line between. */
static bool opens_clause(const struct opcit_line *previous, const struct opcit_line *line,
                         const struct opcit_piece *piece)
{
	struct opcit_opener opener;

	if (piece->number.style || piece->bullet.len || !opcit_str_ends(previous->text, ",") ||
	    !isupper((unsigned char)line->text.ptr[0]) ||
	    opcit_opener_of(piece->whole).opening != OPCIT_OPENS_PARTICIPLE)
		return false;
	opener = opcit_opener_of(line->text);
	/* Only a verb or adjective that is known: "Beijing" ends in -ing, too. */
	return opener.opening == OPCIT_OPENS_PARTICIPLE && opener.known;
}

/* Whether line i, which does not start a block, starts a piece. `previous` is
 * the line before it, `piece` the piece that line belongs to. */
bool opcit_cut_starts_piece(struct cutter *c, size_t i, const struct opcit_line *previous,
                         const struct opcit_piece *piece)
{
	const struct opcit_line *line = opcit_cut_line_at(c, i);
	bool in_note = piece->number.style == OPCIT_NUM_NOTE;
	bool alone, after_stop = opcit_ends_with_stop(previous->text, true);
	struct opcit_number number;

	if (line->bullet.len) {
		if (in_note && opcit_str_is(line->bullet, "*"))
			return true;
		return piece->bullet.len || after_stop || !c->out->wrapped || !is_dash(line->bullet);
	}
	number = opcit_cut_number_of(c, line, &alone);
	if (opcit_cut_anchored_at_start(line) && (in_note || after_stop))
		return true;
	if (goes_on(c, number, alone, after_stop, in_note))
		return true;
	/* The enacting formula, with no blank line before it or before its first
	 * clause. */
	if (!c->body_started && opcit_is_formula(line->text, false))
		return true;
	if (piece->lines == 1 && opcit_is_formula(previous->text, false) &&
	    ((number.style && !opcit_str_ends(previous->text, ":")) || opcit_opener_of(line->text).opening != OPCIT_OPENS_OTHER))
		return true;
	/* "B" alone, followed at once by the first clause of part B. */
	if (piece->lines == 1 && piece->number_alone && !opcit_str_ends(piece->number.printed, ".") &&
	    opcit_opener_of(line->text).opening != OPCIT_OPENS_OTHER)
		return true;
	if (!c->body_started || !piece->lines || in_note)
		return false;
	if (c->out->wrapped)
		return opens_clause(previous, line, piece);
	/* A line split off so is a whole paragraph: the next line is another. */
	return piece->bullet.len || opcit_str_ends(previous->text, ":") ||
	       (!piece->starts_block && !piece->number.style);
}

