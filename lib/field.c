/* field.c: the names that a query's language has: fields, and words with a
 * meaning beside their letters. */
#include "search.h"

#include <string.h>

static const char *const names[OPCIT_FIELD_COUNT] = {
	"doc",  "body",  "type",    "kind",  "act",   "lang",
	"year", "label", "section", "cites", "since", "until",
};

const char *opcit_field_name(enum opcit_field field)
{
	return field < OPCIT_FIELD_COUNT ? names[field] : "";
}

enum opcit_field opcit_field_of(struct opcit_str name)
{
	enum opcit_field field;

	for (field = 0; field < OPCIT_FIELD_COUNT; field++)
		if (opcit_str_is(name, names[field]))
			break;
	return field;
}

const char *const *opcit_word_asks_acts(struct opcit_str word)
{
	static const char *const directives[] = { "recommends", "urges",   "calls upon", "calls on", "requests",
		                                  "encourages", "invites", "asks",       "appeals",  "exhorts",
		                                  "advises",    "suggests", NULL };
	static const char *const decisions[] = { "decides", "resolves", NULL };
	static const char *const requests[] = { "requests", "asks", NULL };
	static const char *const condemnations[] = { "condemns", "deplores", "denounces", NULL };
	static const struct {
		const char *root;
		const char *const *acts;
	} asked[] = {
		{ "recommend", directives }, { "recommand", directives }, { "recomend", directives },
		{ "decision", decisions },   { "decisi\xC3\xB3n", decisions },
		{ "d\xC3\xA9" "cision", decisions }, { "requests", requests },
		{ "condemnation", condemnations }, { "condamnation", condemnations }, { "condena", condemnations },
	};
	size_t i;

	for (i = 0; i < sizeof asked / sizeof *asked; i++)
		if (opcit_str_ieq(opcit_str_sub(word, 0, strlen(asked[i].root)), opcit_str_of(asked[i].root)))
			return asked[i].acts;
	return NULL;
}
