/* manuscript.h: reading a draft for the program that checks it. */
#ifndef OPCIT_INDEXER_MANUSCRIPT_H
#define OPCIT_INDEXER_MANUSCRIPT_H

#include "load.h"

#include "../lib/manuscript.h"
#include "../lib/tables.h"

/* Read the file at `path`, or standard input where path is "-", as `opcit
 * index` would, and append it or the failure to `out` (lib/manuscript.h).
 * `name` tells the format of standard input by its suffix, and what to call it
 * in messages; NULL: nothing is known. Returns the failure as well. Text is read
 * by this very process: it bounds itself, and can from then on write to nothing
 * but standard output and standard error. */
opcit_status opcit_manuscript_read(const char *path, const char *name,
				   const struct opcit_load_options *options,
				   const struct opcit_tables *tables, struct opcit_buf *out);

/* Put the comments that standard input holds into a copy of the DOCX at `path`, and
 * append that or the failure to `out` (lib/annotation.h). Returns the failure as well. */
opcit_status opcit_manuscript_annotate(const char *path, struct opcit_buf *out);

#endif
