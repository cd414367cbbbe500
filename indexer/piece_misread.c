/* The piece cutter: numbers that OCR misread, told by the count. */
#include "cutter.h"

#include "opener.h"

#include <ctype.h>
#include <string.h>

/* The figure that a character of a misread number stands for, or -1. */
static int figure_of(char ch)
{
	static const char letters[] = "lIiOoSZB", figures[] = "11100528";
	const char *at;

	if (isdigit((unsigned char)ch))
		return ch - '0';
	at = ch ? strchr(letters, ch) : NULL;
	return at ? figures[at - letters] - '0' : -1;
}

/* "2, Requests", "ll. Urges", "i9. Calls upon": the next paragraph number, its
 * stop taken for a comma or its figures for letters. With letters in it only an
 * operative verb tells it from an initial. */
static struct opcit_number misread_arabic(const struct cutter *c, struct opcit_str s)
{
	struct opcit_number none = { 0 };
	unsigned value = 0;
	bool letters = false;
	size_t i;

	for (i = 0; i < s.len && i < 3 && figure_of(s.ptr[i]) >= 0; i++) {
		value = value * 10 + (unsigned)figure_of(s.ptr[i]);
		letters = letters || !isdigit((unsigned char)s.ptr[i]);
	}
	if (i == 0 || i + 3 >= s.len || !strchr(letters ? ".," : ",", s.ptr[i]) || s.ptr[i + 1] != ' ' ||
	    !isupper((unsigned char)s.ptr[i + 2]) || value != c->arabic + 1)
		return none;
	if (letters && opcit_opener_of(opcit_str_sub(s, i + 2, s.len)).opening != OPCIT_OPENS_FINITE)
		return none;
	/* "I. Calls upon …" may open a series of Roman numbers. */
	if (letters && value == 1 && s.ptr[0] == 'I')
		return none;
	return (struct opcit_number){ OPCIT_NUM_ARABIC, value, opcit_str_sub(s, 0, i + 1),
		                      letters ? opcit_arena_printf(c->arena, "%u", value) : opcit_str_sub(s, 0, i) };
}

/* "(6)" or "(2)" right after "(a)", no "(5)" or "(1)" before it: "(b)". */
static bool is_misread_b(const struct cutter *c, struct opcit_number number)
{
	return number.style == OPCIT_NUM_PAREN_ARABIC && c->paren_letter == 1 && number.printed.len == 3 &&
	       strchr("24568", number.printed.ptr[1]) && number.value != c->paren_arabic + 1;
}

struct opcit_number opcit_cut_misread(const struct cutter *c, struct opcit_str text, struct opcit_number number)
{
	if (is_misread_b(c, number))
		return (struct opcit_number){ OPCIT_NUM_PAREN_LETTER, 2, number.printed, OPCIT_STR("b") };
	if (c->body_started && (number.style == OPCIT_NUM_NONE || number.style == OPCIT_NUM_LETTER ||
	                        number.style == OPCIT_NUM_ROMAN || opcit_str_is(number.printed, "i."))) {
		struct opcit_number due = misread_arabic(c, text);

		if (due.style)
			return due;
	}
	return number;
}
