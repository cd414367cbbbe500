/* diff.h: how the words of two texts differ, for a person and for a program. */
#ifndef OPCIT_DIFF_H
#define OPCIT_DIFF_H

#include <jansson.h>

#include "../lib/wdiff.h"

/* Print b, wrapped and indented, with the words of a that it lacks: in
 * colours where the screen has them, else as [-lacks-] and {+has+}. */
void diff_print(const struct opcit_wdiff *diff, struct opcit_str a, struct opcit_str b, int indent);

/* An array of { "op": "kept" | "deleted" | "inserted", "text" }. */
json_t *diff_json(const struct opcit_wdiff *diff, struct opcit_str a, struct opcit_str b);

#endif
