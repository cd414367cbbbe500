/* cite.h: the citation finder. What it recognises is in docs/citations.md.
 *
 * A document's records are fed in order, because what "the Convention",
 * "ibid." or "the Council" means depends on what came before. The same
 * grammar reads what a person types.
 */
#ifndef OPCIT_CITE_H
#define OPCIT_CITE_H

#include "record.h"
#include "registry.h"

enum {
	OPCIT_PINS_MAX = 1000,  /* pinpoints of one citation; the rest of a list is not kept */
	OPCIT_CITES_MAX = 65535 /* citations of one record */
};

struct opcit_cite_context;

/* Begin a document. Of doc the fields symbol, id, body and date are used
 * where they are known; doc may be NULL. The context, and everything that
 * opcit_cite_record fills in, lives in arena and needs no other release; registry
 * must outlive it. One context is used by one thread. */
struct opcit_cite_context *opcit_cite_begin(const struct opcit_registry *registry,
					    const struct opcit_doc *doc, struct opcit_arena *arena);

/* Find the citations of the document's next record and set record->cites and
 * n_cites, sorted by start. The document's own symbol and lines of the table
 * of contents are left out. What certainly refers to something but cannot be
 * resolved ("ibid." after something unknown, an article of "the Convention"
 * where two are meant) has resolved = false and an empty target. Linear in
 * the length of the text; a record's citations beyond OPCIT_CITES_MAX are
 * not kept. */
void opcit_cite_record(struct opcit_cite_context *context, struct opcit_record *record);

/* What a typed reference may mean. */
struct opcit_cite_guess {
	struct opcit_citation cite; /* start and end are offsets into the typed text */
	struct opcit_str name;      /* of the instrument, or empty */
};

/* Read what a person typed, small letters, bare pinpoints and short forms
 * included: "a/hrc/13/5 105.13", "GA res 64/166 op 8", "CRC art 37(b)".
 * *guesses (in arena) gets what it may mean, the likeliest first; *n_guesses
 * is 0 when nothing was understood. Only the first 4,096 bytes count. */
void opcit_cite_parse(const struct opcit_registry *registry, struct opcit_str typed,
		      struct opcit_arena *arena, struct opcit_cite_guess **guesses,
		      size_t *n_guesses);

#endif
