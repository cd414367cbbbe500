/* registry.h: the tables that know bodies, symbol series and named
 * instruments. docs/citations.md describes their columns.
 *
 * A registry is loaded once and then only read: any number of threads may
 * share it. It owns all its strings.
 */
#ifndef OPCIT_REGISTRY_H
#define OPCIT_REGISTRY_H

#include "names.h"
#include "status.h"

/* Who issues documents. */
struct opcit_body {
	struct opcit_str id, name, parent;     /* parent: an id or empty */
	struct opcit_str resolution, decision; /* rules: rule.h; or empty */
	struct opcit_str general_comment;      /* "CCPR/C/GC/{num}" or empty */
	struct opcit_str session_from, number_to; /* numbers, or empty: docs/registry.md */
	struct opcit_str from, until;          /* years or dates, or empty */
	uint64_t organ; /* folded word for what it is: "council"; 0 if none */
};

/* A series of symbols that share a beginning. */
struct opcit_series {
	struct opcit_str prefix, body, parts, url;
};

/* A treaty, declaration or other instrument with a name. */
struct opcit_instrument {
	struct opcit_str id, name;
	struct opcit_str *parallel; /* other identifiers of the same text */
	size_t n_parallel;
	struct opcit_str date, adopted_by, series, articles;
	uint64_t genre; /* folded word for what it is: "convention"; 0 if none */
};

struct opcit_registry {
	struct opcit_arena arena;
	struct opcit_body *bodies;
	struct opcit_series *series;
	struct opcit_instrument *instruments;
	size_t n_bodies, n_series, n_instruments;
	size_t cap_bodies, cap_series, cap_instruments;
	uint64_t *heads; /* hashes of what stands before a symbol's first slash; open addressing */
	size_t n_heads;
	struct opcit_names names;
};

/* Called for each row that was skipped and each name that two rows claim. */
typedef void (*opcit_registry_report)(void *data, const char *file, unsigned line,
				      const char *message);

/* Load bodies.tsv, series.tsv and instruments.tsv from each folder in turn.
 * A later folder adds rows, replaces rows of the same identifier and wins
 * where both claim a name. A table that is absent is empty; a faulty row is
 * reported (report may be NULL) and skipped. OPCIT_IO when a table exists
 * and cannot be read, OPCIT_LIMIT when one exceeds 64 MB. The caller frees
 * *registry. A few milliseconds for a thousand rows. */
opcit_status opcit_registry_load(const char *const *folders, size_t n_folders,
				 opcit_registry_report report, void *data,
				 struct opcit_registry **registry, struct opcit_err *err);
void opcit_registry_free(struct opcit_registry *registry); /* NULL is allowed */

/* The row of an identifier or of any of its names, whatever their case; NULL
 * when there is none. Borrowed until the registry is freed. */
const struct opcit_instrument *opcit_registry_instrument(const struct opcit_registry *registry,
							 struct opcit_str name);
const struct opcit_body *opcit_registry_body(const struct opcit_registry *registry,
					     struct opcit_str name);

/* The instrument that has `target` as its identifier or among its parallel
 * ones (A/RES/44/25 gives the Convention on the Rights of the Child); NULL
 * when there is none. Linear in the number of instruments. */
const struct opcit_instrument *opcit_registry_same(const struct opcit_registry *registry,
						   struct opcit_str target);

/* The series with the longest prefix of that symbol, NULL when none. */
const struct opcit_series *opcit_registry_series(const struct opcit_registry *registry,
						 struct opcit_str symbol);

/* Whether some series starts with these letters before its first slash. */
bool opcit_registry_head(const struct opcit_registry *registry, struct opcit_str head);

#endif
