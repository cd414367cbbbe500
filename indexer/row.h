/* row.h: the row of a table that is being read. */
#ifndef OPCIT_ROW_H
#define OPCIT_ROW_H

#include "compose.h"

/* Zero-initialise. */
struct opcit_row {
	struct opcit_cell_paragraph *items; /* heap */
	size_t count, cap;
	unsigned cell; /* the one being filled, from 0 */
};

/* A paragraph of the cell that is being filled; clears the draft. Blank ones
 * are dropped: they are no blank lines. */
void opcit_row_add(struct opcit_row *row, struct opcit_draft *draft);
/* The row is complete: one paragraph, its cells joined by " | ". Where the table
 * only arranges text (a letterhead), or one cell alone has text, its paragraphs
 * stay as they are. Empties the row. */
void opcit_row_end(struct opcit_row *row, struct opcit_composer *composer, bool arranges);
void opcit_row_release(struct opcit_row *row);

#endif
