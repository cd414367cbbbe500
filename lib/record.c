#include "record.h"

static const char *const kind_names[OPCIT_KIND_COUNT] = {
	"title", "heading", "preambular", "operative", "paragraph", "item", "footnote", "toc",
};

const char *opcit_kind_name(enum opcit_kind kind)
{
	return kind < OPCIT_KIND_COUNT ? kind_names[kind] : "";
}

enum opcit_kind opcit_kind_of(struct opcit_str name)
{
	enum opcit_kind kind;

	for (kind = 0; kind < OPCIT_KIND_COUNT; kind++)
		if (opcit_str_is(name, kind_names[kind]))
			break;
	return kind;
}
