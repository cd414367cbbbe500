#include "row.h"

#include <stdlib.h>

/* A letterhead has neither that many columns nor that many rows. */
enum { COLUMNS = 4, ROWS = 8 };

struct opcit_cell_paragraph {
	struct opcit_draft draft;
	unsigned cell;
};

void opcit_row_add(struct opcit_row *row, struct opcit_draft *draft)
{
	if (opcit_draft_is_blank(draft)) {
		opcit_draft_clear(draft);
		return;
	}
	OPCIT_GROW(row->items, row->count, row->cap);
	row->items[row->count++] = (struct opcit_cell_paragraph){ *draft, row->cell };
	*draft = (struct opcit_draft){ .heading_level = 0 };
}

/* A row is one line: breaks inside its cells are spaces. */
static void join(struct opcit_draft *line, const struct opcit_draft *part, const char *between)
{
	size_t i;

	if (line->text.len)
		opcit_draft_add(line, opcit_str_of(between));
	i = line->text.len;
	opcit_draft_append(line, part);
	for (; i < line->text.len; i++)
		if (line->text.ptr[i] == '\n')
			line->text.ptr[i] = ' ';
}

void opcit_row_begin_table(struct opcit_row *row, bool before_text)
{
	row->rows = row->cell = 0;
	row->arranges = before_text;
}

void opcit_row_end(struct opcit_row *row, struct opcit_composer *composer)
{
	struct opcit_draft line = { .heading_level = 0 };
	size_t i;

	if (row->cell >= COLUMNS || ++row->rows > ROWS)
		row->arranges = false;
	if (row->arranges || (row->count && row->items[0].cell == row->items[row->count - 1].cell)) {
		for (i = 0; i < row->count; i++)
			opcit_compose_add(composer, &row->items[i].draft);
	} else {
		for (i = 0; i < row->count; i++)
			join(&line, &row->items[i].draft,
			     i && row->items[i].cell == row->items[i - 1].cell ? " " : " | ");
		if (row->count) {
			line.table_row = true;
			line.strong = row->items[0].draft.strong;
			line.emphatic = row->items[0].draft.emphatic;
			opcit_compose_add(composer, &line);
		}
	}
	opcit_draft_release(&line);
	for (i = 0; i < row->count; i++)
		opcit_draft_release(&row->items[i].draft);
	row->count = 0;
	row->cell = 0;
}

void opcit_row_release(struct opcit_row *row)
{
	size_t i;

	for (i = 0; i < row->count; i++)
		opcit_draft_release(&row->items[i].draft);
	free(row->items);
	*row = (struct opcit_row){ .items = NULL };
}
