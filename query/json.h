/* json.h: the JSON contract (docs/json.md): one object a line. */
#ifndef OPCIT_JSON_H
#define OPCIT_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "../lib/search.h"

/* A string; malformed UTF-8 becomes U+FFFD. Never NULL. */
json_t *json_text(struct opcit_str text);
/* An array of strings. */
json_t *json_texts(const struct opcit_str *texts, size_t n);
/* A record with its document's fields, in the contract's order. */
json_t *json_record(const struct opcit_doc *doc, const struct opcit_record *record);
/* The value of `cites`. */
json_t *json_cites(const struct opcit_record *record, bool resolved);
/* Print as one line and give up the reference. */
void json_print(json_t *object, FILE *out);

#endif
