/* tsv.h: tables as text: UTF-8, tabs between columns, a header row that
 * names them, # before a comment. */
#ifndef OPCIT_TSV_H
#define OPCIT_TSV_H

#include "status.h"
#include "str.h"

enum { OPCIT_TSV_COLUMNS = 24 };

struct opcit_tsv {
	char *path;        /* for messages; in the arena */
	unsigned line;     /* of the current row, from 1 */
	const char *fault; /* what is wrong with the current row, or NULL */
	struct opcit_str rest;
	struct opcit_str header[OPCIT_TSV_COLUMNS], cell[OPCIT_TSV_COLUMNS];
	size_t n_header, n_cells;
};

/* Open folder/name and read its header; the file's bytes are kept in arena.
 * OPCIT_NOT_FOUND when there is no such file, OPCIT_IO when it cannot be
 * read, OPCIT_LIMIT over 64 MB. */
opcit_status opcit_tsv_open(struct opcit_tsv *tsv, const char *folder, const char *name,
			    struct opcit_arena *arena, struct opcit_err *err);

/* The next row; false at the end. A row that is no UTF-8 or has more cells
 * than the header comes with `fault` set. */
bool opcit_tsv_next(struct opcit_tsv *tsv);

/* The cell of that column, trimmed; empty where row or header lack it. */
struct opcit_str opcit_tsv_get(const struct opcit_tsv *tsv, const char *column);

#endif
