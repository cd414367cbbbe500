/* knowledge.h: the tables that a question is understood with. Each is read when it
 * is first needed, and kept for the questions that follow in the same process.
 */
#ifndef OPCIT_QUERY_KNOWLEDGE_H
#define OPCIT_QUERY_KNOWLEDGE_H

#include "../lib/status.h"

struct opcit_countries;
struct opcit_registry;
struct opcit_thesaurus;

struct knowledge {
	struct opcit_thesaurus *thesaurus;
	struct opcit_registry *registry;
	struct opcit_countries *countries;
};
#define KNOWLEDGE_INIT { NULL, NULL, NULL }

/* Make sure that known->thesaurus (registry, countries) is there; on failure it
 * stays NULL. */
opcit_status knowledge_thesaurus(struct knowledge *known, struct opcit_err *err);
opcit_status knowledge_registry(struct knowledge *known, struct opcit_err *err);
opcit_status knowledge_countries(struct knowledge *known, struct opcit_err *err);

/* Queries that were understood with them borrow from them. */
void knowledge_release(struct knowledge *known);

#endif
