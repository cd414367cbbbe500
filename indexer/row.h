/* row.h: the row of a table that is being read. */
#ifndef OPCIT_ROW_H
#define OPCIT_ROW_H

#include "compose.h"

/* Zero-initialise. */
struct opcit_row {
	struct opcit_cell_paragraph *items; /* heap */
	size_t count, cap;
	unsigned cell; /* the one being filled, from 0 */
	unsigned rows; /* of this table, ended */
	bool arranges; /* the table only arranges text: a letterhead */
};

/* A table begins; what stands before all text may be a letterhead, unless it
 * turns out to have the columns or the rows of a table. */
void opcit_row_begin_table(struct opcit_row *row, bool before_text);
/* A paragraph of the cell that is being filled; clears the draft. Blank ones
 * are dropped: they are no blank lines. */
void opcit_row_add(struct opcit_row *row, struct opcit_draft *draft);
/* The row is complete: one paragraph, its cells joined by " | ". In a
 * letterhead, or where one cell alone has text, its paragraphs stay as they are. Empties the row. */
void opcit_row_end(struct opcit_row *row, struct opcit_composer *composer);
void opcit_row_release(struct opcit_row *row);

#endif
