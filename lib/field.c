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

bool opcit_word_asks_directives(struct opcit_str word)
{
	static const char *const roots[] = { "recommend", "recommand", "recomend" };
	size_t i;

	for (i = 0; i < sizeof roots / sizeof *roots; i++)
		if (opcit_str_ieq(opcit_str_sub(word, 0, strlen(roots[i])), opcit_str_of(roots[i])))
			return true;
	return false;
}
