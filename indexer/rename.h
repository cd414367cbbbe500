/* rename.h: files that only moved. One whose size and content are those of a
 * document that is gone from its place is that document: its records stay, and
 * it is not read again.
 *
 * Not where reading it could give something else than before: the document is
 * called by the file's name and that is another one, the name's suffix is, or what
 * manifests say. A copy, whose original is still there, is a new document.
 */
#ifndef OPCIT_RENAME_H
#define OPCIT_RENAME_H

#include "plan.h"

#include "../lib/index.h"

/* Find them among the plan's jobs, which they leave for plan->renames, and enter them
 * in its table; so do files that were written but hold what they held before, which
 * are unchanged. A file is read for that only where something of its size is gone, or
 * where it was written and has kept its size. The manifests must be loaded. */
void opcit_renames_find(struct opcit_plan *plan);

/* Print what would be done: a line for each. */
void opcit_renames_print(const struct opcit_plan *plan, struct opcit_progress *progress);

/* Do them in the index, count and report them. Fails as opcit_writer_rename does. */
opcit_status opcit_renames_apply(const struct opcit_plan *plan, struct opcit_writer *writer,
				 struct opcit_progress *progress, struct opcit_err *err);

#endif
