/* known.h: the tables that a question is understood with. Each is read when it
 * is first needed, and kept for the questions that follow in the same process.
 */
#ifndef OPCIT_QUERY_KNOWN_H
#define OPCIT_QUERY_KNOWN_H

#include "../lib/status.h"

struct opcit_countries;
struct opcit_registry;
struct opcit_thesaurus;

struct known {
	struct opcit_thesaurus *thesaurus;
	struct opcit_registry *registry;
	struct opcit_countries *countries;
};
#define KNOWN_INIT { NULL, NULL, NULL }

/* Make sure that known->thesaurus (registry, countries) is there; on failure it
 * stays NULL. */
opcit_status known_thesaurus(struct known *known, struct opcit_err *err);
opcit_status known_registry(struct known *known, struct opcit_err *err);
opcit_status known_countries(struct known *known, struct opcit_err *err);

/* Queries that were understood with them borrow from them. */
void known_release(struct known *known);

#endif
