/* style_cited.c: what the index and the tables know of a cited document. */
#include <stdlib.h>
#include <string.h>

#include "../lib/cite.h"
#include "style.h"

struct style_date style_date(struct opcit_str iso)
{
	struct style_date date = { 0, 0, 0 };
	int *const parts[] = { &date.year, &date.month, &date.day };
	size_t part = 0, i;

	for (i = 0; i < iso.len && part < 3; i++) {
		if (iso.ptr[i] == '-')
			part++;
		else if (iso.ptr[i] >= '0' && iso.ptr[i] <= '9' && *parts[part] < 10000)
			*parts[part] = *parts[part] * 10 + (iso.ptr[i] - '0');
	}
	if (date.month > 12)
		date.month = date.day = 0;
	return date;
}

/* Where the number of a resolution begins: after "/RES/", "AG/RES. " … */
static size_t number_at(struct opcit_str symbol, bool *decision)
{
	static const struct {
		const char *mark;
		bool decision;
	} marks[] = { { "/RES/", false }, { "/DEC/", true },  { "/RES. ", false },
		      { "/Res.", false }, { "/DEC. ", true }, { "/PRST/", true } };
	size_t i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *found = symbol.len ? memmem(symbol.ptr, symbol.len, marks[i].mark,
							strlen(marks[i].mark))
					       : NULL;

		if (!found)
			continue;
		*decision = marks[i].decision;
		return (size_t)(found - symbol.ptr) + strlen(marks[i].mark);
	}
	return 0;
}

/* "2200A(XXI)" is written "2200 A (XXI)", "1325(2000)" "1325 (2000)". */
static struct opcit_str spoken(struct opcit_str number, struct opcit_arena *arena)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str result;
	size_t i;

	for (i = 0; i < number.len; i++) {
		char c = number.ptr[i], before = i ? number.ptr[i - 1] : ' ';
		bool letter = c >= 'A' && c <= 'Z' && before >= '0' && before <= '9';

		if ((c == '(' || letter) && before != ' ')
			opcit_buf_putc(&buf, ' ');
		opcit_buf_putc(&buf, c);
	}
	result = opcit_arena_dup(arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return result;
}

/* The body that issues such symbols, and the organisation above it. */
static void find_issuer(const struct opcit_registry *registry, struct cited *cited)
{
	const struct opcit_series *series = opcit_registry_series(registry, cited->id);
	const struct opcit_body *body = series ? opcit_registry_body(registry, series->body) : NULL;
	int steps;

	if (!body && cited->issuer.len)
		body = opcit_registry_body(registry, cited->issuer);
	if (!body)
		return;
	cited->body = body->id;
	if (cited->issuer.len == 0)
		cited->issuer = body->name;
	for (steps = 0; body && steps < 32; steps++) {
		cited->family = body->id;
		body = body->parent.len ? opcit_registry_body(registry, body->parent) : NULL;
	}
}

/* A title that begins with the number, "64/166. Protection of migrants",
 * without it. */
static struct opcit_str bare_title(struct opcit_str title, struct opcit_str number)
{
	if (number.len && title.len > number.len &&
	    memcmp(title.ptr, number.ptr, number.len) == 0 && title.ptr[number.len] == '.')
		return opcit_str_trim(opcit_str_sub(title, number.len + 1, title.len));
	return title;
}

static bool has_symbol(const struct opcit_registry *registry, struct opcit_str id)
{
	return id.len && memchr(id.ptr, '/', id.len) && opcit_registry_series(registry, id);
}

void style_cited(struct reference_reader *reader, const struct reading *reading,
		 struct cited *cited)
{
	const struct opcit_instrument *row = reading->instrument;
	const struct opcit_doc *doc = reading->n_entries ? &reading->entries[0].doc : NULL;
	size_t at;

	memset(cited, 0, sizeof *cited);
	cited->id = reading->target;
	cited->url = reading->url;
	cited->pinpoints = reading->pinpoints;
	cited->n_pinpoints = reading->n_pinpoints;
	/* asked for by its name: cited as the instrument it is; an opinion is
	 * cited by its number */
	cited->instrument = row && opcit_str_eq(row->id, reading->target) &&
			    !has_symbol(reader->registry, row->id);
	if (has_symbol(reader->registry, reading->target))
		cited->symbol = reading->target;
	if (doc) {
		cited->title = doc->title;
		cited->issuer = doc->body;
		cited->type = doc->type;
		cited->date = doc->date;
	}
	if (row && (cited->instrument || cited->title.len == 0))
		cited->title = row->name;
	if (row && (cited->instrument || cited->date.len == 0))
		cited->date = row->date;
	if (row)
		cited->series = row->series;
	at = number_at(cited->symbol, &cited->decision);
	if (at) {
		cited->resolution = !cited->decision;
		cited->number =
			spoken(opcit_str_sub(cited->symbol, at, cited->symbol.len), reader->arena);
	}
	cited->title = bare_title(cited->title, cited->number);
	if (opcit_str_starts(cited->title, "The "))
		cited->title = opcit_str_sub(cited->title, 4, cited->title.len);
	if (opcit_str_eq(cited->title, cited->id))
		cited->title.len = 0;
	if (cited->type.len == 0 && at)
		cited->type = opcit_str_of(cited->decision ? "decision" : "resolution");
	find_issuer(reader->registry, cited);
	/* the conventions of the ILO are known by their numbers */
	if (cited->instrument && opcit_str_is(cited->body, "ILO") &&
	    opcit_str_starts(cited->id, "ILO ") && cited->id.len > 5)
		cited->title = opcit_arena_printf(
			reader->arena, "%.*s (No. %lu)", OPCIT_FMT(cited->title),
			strtoul(opcit_arena_dup(reader->arena, cited->id).ptr + 5, NULL, 10));
}
