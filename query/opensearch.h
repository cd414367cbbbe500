/* opensearch.h: records as OpenSearch's bulk interface takes them (docs/scaling.md). */
#ifndef OPCIT_OPENSEARCH_H
#define OPCIT_OPENSEARCH_H

#include "json.h"

/* Print the two lines of a record: what to do, and `object`, the record as it is
 * exported, whose reference is given up. */
void opensearch_print(const struct opcit_doc *doc, const struct opcit_record *record, json_t *object, FILE *out);

/* Print the settings and the mapping of an index for such records, in which texts are
 * found by the words of these languages (ISO 639-1). One JSON object. */
void opensearch_print_mapping(const struct opcit_str *langs, size_t n, FILE *out);

#endif
