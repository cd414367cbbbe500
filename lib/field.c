/* field.c: the fields that a query may name. */
#include "search.h"

static const char *const names[OPCIT_FIELD_COUNT] = {
	"doc",  "body",  "type",    "kind",  "act",   "lang",
	"year", "label", "section", "cites", "since", "until",
	"note", "country",
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
