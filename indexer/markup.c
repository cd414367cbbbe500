#include "markup.h"

#include <stdlib.h>
#include <string.h>

static struct markup_frame *top(struct markup *m)
{
	return &m->frames[m->depth];
}

static struct opcit_draft *draft_for(struct markup *m, struct opcit_str text)
{
	struct opcit_draft *draft = &top(m)->draft;

	if (m->prefix.len) {
		opcit_draft_add(draft, opcit_buf_str(&m->prefix));
		opcit_buf_clear(&m->prefix);
	}
	if (!draft->first_seen && opcit_str_trim(text).len) {
		draft->first_seen = true;
		draft->strong = m->bold;
		draft->emphatic = m->bold || m->italic;
	}
	return draft;
}

/* Each line of preformatted text is a paragraph; a blank one ends its block. */
static void put_lines(struct markup *m, struct opcit_str text)
{
	size_t from, to;

	for (from = 0; from < text.len; from = to + 1) {
		struct opcit_draft *draft = draft_for(m, text);
		size_t at = draft->text.len;

		for (to = from; to < text.len && text.ptr[to] != '\n'; to++)
			;
		opcit_draft_add(draft, opcit_str_sub(text, from, to));
		if (m->raised)
			opcit_draft_raise(draft, at);
		if (to < text.len) {
			draft->preformatted = true;
			if (top(m)->queue || m->tables || m->furniture)
				markup_break(m);
			else
				opcit_compose_add(&m->composer, draft);
		}
	}
}

void markup_text(struct markup *m, struct opcit_str text)
{
	struct opcit_draft *draft;
	size_t from;

	if (m->preformatted) {
		put_lines(m, text);
		return;
	}
	if (m->prefix.len && !opcit_str_trim(text).len)
		return;
	draft = draft_for(m, text);
	from = draft->text.len;
	opcit_draft_fold(draft, text);
	if (m->raised)
		opcit_draft_raise(draft, from);
}

void markup_literal(struct markup *m, struct opcit_str text)
{
	struct opcit_draft *draft = draft_for(m, text);
	size_t from = draft->text.len;

	opcit_draft_add(draft, text);
	if (m->raised)
		opcit_draft_raise(draft, from);
}

static void put_queue(struct markup *m, struct markup_queue *queue)
{
	size_t i;

	for (i = 0; i < queue->count; i++) {
		opcit_compose_add(&m->composer, &queue->items[i]);
		opcit_draft_release(&queue->items[i]);
	}
	queue->count = 0;
}

void markup_break(struct markup *m)
{
	struct markup_frame *frame = top(m);
	struct opcit_draft *draft = &frame->draft;

	if (opcit_draft_is_blank(draft)) {
		opcit_draft_clear(draft);
		return;
	}
	if (m->furniture) {
		opcit_compose_drop(&m->composer, draft, OPCIT_DROP_FURNITURE);
	} else if (frame->queue) {
		draft->same_block = frame->opened;
		frame->opened = true;
		OPCIT_GROW(frame->queue->items, frame->queue->count, frame->queue->cap);
		frame->queue->items[frame->queue->count++] = *draft;
		*draft = (struct opcit_draft){ .heading_level = 0 };
	} else if (m->tables) {
		opcit_row_add(&m->row, draft);
	} else {
		draft->heading_level = m->heading_level;
		draft->quoted |= m->quoted > 0;
		opcit_compose_add(&m->composer, draft);
		if (!m->depth)
			put_queue(m, &m->waiting);
	}
}

static bool push(struct markup *m, struct markup_queue *queue)
{
	if (m->depth + 1 == MARKUP_NESTED)
		return false;
	m->depth++;
	opcit_draft_clear(&top(m)->draft);
	top(m)->queue = queue;
	top(m)->opened = false;
	return true;
}

bool markup_note_open(struct markup *m, struct opcit_str mark, bool at_end)
{
	struct opcit_draft *draft = draft_for(m, mark);
	size_t from = draft->text.len;

	opcit_draft_add(draft, mark);
	opcit_draft_raise(draft, from);
	if (!push(m, at_end ? &m->at_end : &m->waiting))
		return false;
	draft = &top(m)->draft;
	opcit_draft_add(draft, mark);
	opcit_draft_raise(draft, 0);
	opcit_draft_add(draft, OPCIT_STR(" "));
	return true;
}

bool markup_box_open(struct markup *m)
{
	return push(m, top(m)->queue);
}

void markup_frame_close(struct markup *m)
{
	markup_break(m);
	if (m->depth)
		m->depth--;
}

/* ---- links --------------------------------------------------------------------- */

void markup_link_open(struct markup *m, struct opcit_str address, struct opcit_str up_to)
{
	opcit_link_open(&m->link, &top(m)->draft, m->depth, address, up_to);
}

void markup_link_close(struct markup *m)
{
	opcit_link_close(&m->link, &m->composer, &top(m)->draft, m->depth);
}

/* ---- tables -------------------------------------------------------------------- */

void markup_table_open(struct markup *m)
{
	markup_break(m);
	if (m->tables++ == 0)
		opcit_row_begin_table(&m->row, !opcit_str_trim(opcit_buf_str(&m->composer.text)).len);
}

void markup_cell_close(struct markup *m)
{
	markup_break(m);
	if (m->tables == 1)
		m->row.cell++;
}

void markup_row_close(struct markup *m)
{
	markup_break(m);
	if (m->tables != 1)
		return;
	opcit_row_end(&m->row, &m->composer);
	put_queue(m, &m->waiting);
}

void markup_table_close(struct markup *m)
{
	if (m->tables == 1)
		markup_row_close(m);
	else
		markup_break(m);
	if (m->tables)
		m->tables--;
}

/* ---- the end ------------------------------------------------------------------- */

opcit_status markup_finish(struct markup *m, const char *encoding, struct opcit_arena *arena,
                           struct opcit_blocks *blocks, struct opcit_err *err)
{
	while (m->depth)
		markup_frame_close(m);
	while (m->tables)
		markup_table_close(m);
	markup_break(m);
	put_queue(m, &m->waiting);
	put_queue(m, &m->at_end);
	return opcit_compose_finish(&m->composer, encoding, arena, blocks, err);
}

static void release_queue(struct markup_queue *queue)
{
	size_t i;

	for (i = 0; i < queue->count; i++)
		opcit_draft_release(&queue->items[i]);
	free(queue->items);
}

void markup_release(struct markup *m)
{
	unsigned i;

	for (i = 0; i < MARKUP_NESTED; i++)
		opcit_draft_release(&m->frames[i].draft);
	release_queue(&m->waiting);
	release_queue(&m->at_end);
	opcit_row_release(&m->row);
	opcit_buf_release(&m->prefix);
	opcit_buf_release(&m->link.citation);
	opcit_compose_release(&m->composer);
}
