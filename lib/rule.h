/* rule.h: how a body's numbers become symbols: "{num}({year})=S/RES/{num}({year})". */
#ifndef OPCIT_RULE_H
#define OPCIT_RULE_H

#include "str.h"

/* Try the rules, separated by semicolons, from left to right on a number
 * without blanks ("1325(2000)") and write the symbol of the first that fits
 * into out, NUL-terminated. false when none fits or out is too small. The
 * marks in braces are explained in docs/registry.md. */
bool opcit_rule_apply(struct opcit_str rules, const char *number, char *out, size_t size);

/* Whether some rule makes symbols that begin so. */
bool opcit_rule_makes(struct opcit_str rules, const char *prefix);

/* Put a number in the place of {num} in "CCPR/C/GC/{num}"; false when out is
 * too small or the template is empty. */
bool opcit_rule_number(struct opcit_str template, unsigned number, char *out, size_t size);

#endif
