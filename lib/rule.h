/* rule.h: how a body numbers its resolutions, and the symbols they get. */
#ifndef OPCIT_RULE_H
#define OPCIT_RULE_H

#include "str.h"

/* Whether a number without blanks ("1325(2000)") is of the form of one of
 * the examples, which semicolons separate. In an example a run of figures
 * stands for figures and a Roman numeral for Roman numerals; a year before a
 * slash or in brackets for a year, and other figures before a slash for no
 * year; a capital after figures may be absent. */
bool opcit_rule_fits(struct opcit_str examples, const char *number);

/* Put the number where the template has {n} or {num}. A template with a
 * blank before it ("AG/RES. {n}") keeps one before the number's bracket too.
 * false when the template has no mark or out, NUL-terminated, is too small. */
bool opcit_rule_fill(struct opcit_str template, const char *number, char *out, size_t size);

#endif
