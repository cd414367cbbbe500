/* rule.h: the rules by which a body's resolutions and decisions, cited by
 * number, get their symbols.
 *
 * A cell of bodies.tsv holds rules `as cited=symbol`, separated by ';' and
 * tried from left to right: `{num}({year})=S/RES/{num}({year})`. Its marks:
 *
 *   {n}        number/number, the first of at most three figures: 64/166
 *   {num} {num2} {session}   figures: 2200
 *   {year}     four figures, 1900 to 2099      {yy}  two figures: 05
 *   {roman}    a Roman numeral: XXI            {letter}  one capital, or nothing
 *
 * All else stands for itself; blanks before the '=' do not count.
 */
#ifndef OPCIT_RULE_H
#define OPCIT_RULE_H

#include "str.h"

/* Put the symbol of a number without blanks ("1325(2000)") into out,
 * NUL-terminated, by the first rule that it fits. False when none does or out
 * is too small. */
bool opcit_rule_symbol(struct opcit_str rules, const char *number, char *out, size_t size);

/* Whether a rule makes symbols that begin so. */
bool opcit_rule_makes(struct opcit_str rules, const char *prefix);

/* Put `number` where the template has its {num}: "CRC/C/GC/{num}". */
bool opcit_rule_fill(struct opcit_str template, const char *number, char *out, size_t size);

#endif
