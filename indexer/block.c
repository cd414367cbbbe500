#include "block.h"

#include <stdlib.h>

void opcit_drops_add(struct opcit_drops *drops, enum opcit_drop_reason reason,
                     struct opcit_str bytes)
{
	if (bytes.len == 0)
		return;
	OPCIT_GROW(drops->items, drops->count, drops->cap);
	drops->items[drops->count++] = (struct opcit_drop){ reason, bytes };
}

void opcit_drops_release(struct opcit_drops *drops)
{
	free(drops->items);
	*drops = (struct opcit_drops){ NULL, 0, 0 };
}

const char *opcit_drop_name(enum opcit_drop_reason reason)
{
	static const char *const names[OPCIT_DROP_COUNT] = {
		"emphasis marks",     "heading marks",   "quotation marks of mail",
		"superscript tags",   "escapes",         "field codes",
		"control characters", "bullets",         "line-end hyphens",
		"lost note anchors",  "rules",           "page furniture",
		"unreadable characters",
	};

	return reason < OPCIT_DROP_COUNT ? names[reason] : "";
}
