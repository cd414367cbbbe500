#include "compose.h"

#include "encoding.h"
#include "../lib/cite_link.h"
#include "reader_text.h"

#include <stdlib.h>
#include <string.h>

struct opcit_paragraph {
	size_t from, to;
	enum opcit_drop_reason reason;
	uint8_t heading_level;
	bool strong, emphatic, preformatted, same_block, quoted, table_row, dropped;
};

/* ---- drafts -------------------------------------------------------------------- */

void opcit_draft_add(struct opcit_draft *draft, struct opcit_str text)
{
	opcit_buf_add_str(&draft->text, text);
}

bool opcit_is_quotation_style(struct opcit_str name)
{
	static const char *const names[] = { "Quote", "Intense Quote", "Block Text", "Block Quotation", "Quotations", "Quotation", NULL };
	size_t i;

	for (i = 0; names[i]; i++)
		if (opcit_str_ieq(name, opcit_str_of(names[i])))
			return true;
	return false;
}

void opcit_draft_fold(struct opcit_draft *draft, struct opcit_str text)
{
	size_t i, from;

	for (i = 0; i < text.len; i++) {
		if (opcit_is_blank(text.ptr[i])) {
			if (draft->text.len && !opcit_is_blank(draft->text.ptr[draft->text.len - 1]))
				opcit_buf_putc(&draft->text, ' ');
			continue;
		}
		for (from = i; i < text.len && !opcit_is_blank(text.ptr[i]); i++)
			;
		opcit_buf_add(&draft->text, text.ptr + from, i - from);
		i--;
	}
}

static void add_span(struct opcit_spans *spans, size_t from, size_t to)
{
	if (from >= to)
		return;
	if (spans->count && spans->items[spans->count - 1].to == from) {
		spans->items[spans->count - 1].to = to;
		return;
	}
	OPCIT_GROW(spans->items, spans->count, spans->cap);
	spans->items[spans->count].from = from;
	spans->items[spans->count++].to = to;
}

void opcit_draft_raise(struct opcit_draft *draft, size_t from)
{
	add_span(&draft->raised, from, draft->text.len);
}

void opcit_draft_append(struct opcit_draft *draft, const struct opcit_draft *other)
{
	size_t base = draft->text.len, i;

	opcit_buf_add_str(&draft->text, opcit_buf_str(&other->text));
	for (i = 0; i < other->raised.count; i++)
		add_span(&draft->raised, base + other->raised.items[i].from,
		         base + other->raised.items[i].to);
}

bool opcit_draft_is_blank(const struct opcit_draft *draft)
{
	return opcit_str_trim(opcit_buf_str(&draft->text)).len == 0;
}

void opcit_draft_clear(struct opcit_draft *draft)
{
	struct opcit_draft empty = { .text = draft->text, .raised = draft->raised };

	*draft = empty;
	opcit_buf_clear(&draft->text);
	draft->raised.count = 0;
}

void opcit_draft_release(struct opcit_draft *draft)
{
	opcit_buf_release(&draft->text);
	free(draft->raised.items);
	*draft = (struct opcit_draft){ .heading_level = 0 };
}

/* ---- links --------------------------------------------------------------------- */

static char *copy_of(struct opcit_str s)
{
	char *copy = opcit_xmalloc(s.len + 1);

	memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

void opcit_compose_link(struct opcit_composer *composer, struct opcit_str text, struct opcit_str citation)
{
	struct opcit_links *links = &composer->links;

	if (!text.len || links->count == OPCIT_LINKS_MAX)
		return;
	OPCIT_GROW(links->items, links->count, links->cap);
	links->items[links->count++] = (struct opcit_link){ { copy_of(text), text.len },
		                                            { copy_of(citation), citation.len } };
}

void opcit_link_open(struct opcit_open_link *link, const struct opcit_draft *draft, unsigned depth,
                     struct opcit_str address, struct opcit_str up_to)
{
	opcit_buf_clear(&link->citation);
	opcit_link_read(address, up_to, &link->citation);
	link->from = draft->text.len;
	link->depth = depth;
}

void opcit_link_close(struct opcit_open_link *link, struct opcit_composer *composer,
                      const struct opcit_draft *draft, unsigned depth)
{
	struct opcit_str text = opcit_buf_str(&draft->text);

	if (link->citation.len && link->depth == depth && text.len > link->from)
		opcit_compose_link(composer, opcit_str_trim(opcit_str_sub(text, link->from, text.len)),
		                   opcit_buf_str(&link->citation));
	opcit_buf_clear(&link->citation);
}

static void put_links(const struct opcit_links *links, struct opcit_arena *arena, struct opcit_blocks *blocks)
{
	size_t i;

	blocks->links = opcit_arena_alloc(arena, (links->count + 1) * sizeof *blocks->links);
	for (i = 0; i < links->count; i++)
		blocks->links[i] = (struct opcit_link){ opcit_arena_dup(arena, links->items[i].text),
			                                opcit_arena_dup(arena, links->items[i].citation) };
	blocks->n_links = links->count;
}

/* ---- the composer -------------------------------------------------------------- */

static struct opcit_paragraph *add(struct opcit_composer *composer, struct opcit_draft *draft)
{
	struct opcit_paragraphs *all = &composer->paragraphs;
	size_t base = composer->text.len, i;

	OPCIT_GROW(all->items, all->count, all->cap);
	opcit_buf_add_str(&composer->text, opcit_buf_str(&draft->text));
	for (i = 0; i < draft->raised.count; i++)
		add_span(&composer->raised, base + draft->raised.items[i].from,
		         base + draft->raised.items[i].to);
	all->items[all->count] = (struct opcit_paragraph){
		.from = base,
		.to = composer->text.len,
		.heading_level = draft->heading_level,
		.strong = draft->strong,
		.emphatic = draft->emphatic,
		.preformatted = draft->preformatted,
		.same_block = draft->same_block,
		.quoted = draft->quoted,
		.table_row = draft->table_row,
	};
	opcit_buf_putc(&composer->text, '\n');
	opcit_draft_clear(draft);
	return &all->items[all->count++];
}

void opcit_compose_add(struct opcit_composer *composer, struct opcit_draft *draft)
{
	add(composer, draft);
}

void opcit_compose_drop(struct opcit_composer *composer, struct opcit_draft *draft,
                        enum opcit_drop_reason reason)
{
	struct opcit_paragraph *paragraph = add(composer, draft);

	paragraph->dropped = true;
	paragraph->reason = reason;
}

void opcit_compose_append(struct opcit_composer *composer, const struct opcit_composer *more)
{
	struct opcit_paragraphs *all = &composer->paragraphs;
	size_t base = composer->text.len, i;

	opcit_buf_add_str(&composer->text, opcit_buf_str(&more->text));
	for (i = 0; i < more->raised.count; i++)
		add_span(&composer->raised, base + more->raised.items[i].from,
		         base + more->raised.items[i].to);
	for (i = 0; i < more->paragraphs.count; i++) {
		OPCIT_GROW(all->items, all->count, all->cap);
		all->items[all->count] = more->paragraphs.items[i];
		all->items[all->count].from += base;
		all->items[all->count++].to += base;
	}
	for (i = 0; i < more->links.count; i++)
		opcit_compose_link(composer, more->links.items[i].text, more->links.items[i].citation);
}

static struct opcit_str text_of(const struct opcit_composer *composer,
                                const struct opcit_paragraph *paragraph)
{
	return opcit_str_sub(opcit_buf_str(&composer->text), paragraph->from, paragraph->to);
}

bool opcit_compose_has(const struct opcit_composer *composer, struct opcit_str text)
{
	size_t i;

	text = opcit_str_trim(text);
	for (i = 0; i < composer->paragraphs.count; i++) {
		struct opcit_str s = opcit_str_trim(text_of(composer, &composer->paragraphs.items[i]));

		/* In a masthead the symbol may stand beside other words. */
		if (opcit_str_eq(s, text) ||
		    (text.len && s.len < 200 && memmem(s.ptr, s.len, text.ptr, text.len)))
			return true;
	}
	return false;
}

/* One paragraph through the text reader, line by line. */
static void read_paragraph(struct text_reader *reader, const struct opcit_paragraph *paragraph,
                           struct opcit_str text)
{
	size_t from, to, first = reader->blocks->n_lines;

	if (paragraph->dropped) {
		opcit_drops_add(&reader->blocks->drops, paragraph->reason, text);
		return;
	}
	if (!paragraph->preformatted && !paragraph->same_block)
		opcit_text_end_block(reader);
	reader->level = paragraph->heading_level;
	reader->strong = paragraph->strong;
	reader->emphatic = paragraph->emphatic;
	reader->quoted = paragraph->quoted;
	for (from = 0; from <= text.len; from = to + 1) {
		for (to = from; to < text.len && text.ptr[to] != '\n'; to++)
			;
		opcit_text_take_line(reader, opcit_str_sub(text, from, to));
		reader->strong = reader->emphatic = false;
	}
	if (paragraph->table_row && reader->blocks->n_lines > first)
		reader->blocks->lines[first].table_row = true;
}

/* Text is composed to NFC; that moves what comes after, so it is done before
 * anything points into it, and seldom. */
static opcit_status settle_text(struct opcit_composer *composer, struct opcit_arena *arena,
                                struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct opcit_str all = opcit_buf_str(&composer->text), part;
	struct opcit_buf out = OPCIT_BUF_INIT;
	const char *encoding;
	size_t i, next = 0;
	opcit_status status = opcit_decode(all, arena, &part, &encoding, &blocks->replaced, err);

	if (status != OPCIT_OK || part.ptr == all.ptr) {
		blocks->decoded = opcit_arena_dup(arena, all);
		return status;
	}
	for (i = 0; i < composer->paragraphs.count && status == OPCIT_OK; i++) {
		struct opcit_paragraph *p = &composer->paragraphs.items[i];
		size_t at = p->from, base = out.len;

		/* The pieces between the edges of what is raised. */
		while (at < p->to) {
			bool in = next < composer->raised.count && composer->raised.items[next].from <= at;
			size_t end = next >= composer->raised.count ? p->to :
			             in ? composer->raised.items[next].to : composer->raised.items[next].from;
			size_t start = out.len;

			if (end > p->to)
				end = p->to;
			status = opcit_decode(opcit_str_sub(all, at, end), arena, &part, &encoding,
			                      &blocks->replaced, err);
			if (status != OPCIT_OK)
				break;
			opcit_buf_add_str(&out, part);
			if (in) {
				composer->raised.items[next].from = start;
				composer->raised.items[next++].to = out.len;
			}
			at = end;
		}
		p->from = base;
		p->to = out.len;
		opcit_buf_putc(&out, '\n');
	}
	blocks->decoded = opcit_arena_dup(arena, opcit_buf_str(&out));
	opcit_buf_release(&out);
	return status;
}

opcit_status opcit_compose_finish(struct opcit_composer *composer, const char *encoding,
                                  struct opcit_arena *arena, struct opcit_blocks *blocks,
                                  struct opcit_err *err)
{
	struct text_reader reader = { .blocks = blocks, .arena = arena };
	struct text_raised *raised;
	size_t i, lines = 1;
	opcit_status status;

	*blocks = (struct opcit_blocks){ .encoding = encoding };
	if (!opcit_str_trim(opcit_buf_str(&composer->text)).len)
		return opcit_err_set(err, OPCIT_NOT_FOUND, "without any text");
	status = settle_text(composer, arena, blocks, err);
	if (status != OPCIT_OK)
		return status;
	for (i = 0; i < blocks->decoded.len; i++)
		lines += blocks->decoded.ptr[i] == '\n';
	blocks->lines = opcit_arena_alloc(arena, (lines + 1) * sizeof *blocks->lines);
	raised = opcit_arena_alloc(arena, (composer->raised.count + 1) * sizeof *raised);
	for (i = 0; i < composer->raised.count; i++)
		raised[i] = (struct text_raised){ blocks->decoded.ptr + composer->raised.items[i].from,
			                          blocks->decoded.ptr + composer->raised.items[i].to };
	reader.raised = raised;
	reader.raised_end = raised + composer->raised.count;
	reader.fields = memmem(blocks->decoded.ptr, blocks->decoded.len, "HYPERLINK ", 10) ||
	                memmem(blocks->decoded.ptr, blocks->decoded.len, "PAGEREF ", 8);
	for (i = 0; i < composer->paragraphs.count; i++) {
		const struct opcit_paragraph *p = &composer->paragraphs.items[i];

		read_paragraph(&reader, p, opcit_str_sub(blocks->decoded, p->from, p->to));
	}
	opcit_text_end_block(&reader);
	put_links(&composer->links, arena, blocks);
	return OPCIT_OK;
}

void opcit_compose_release(struct opcit_composer *composer)
{
	size_t i;

	for (i = 0; i < composer->links.count; i++) {
		free((char *)composer->links.items[i].text.ptr);
		free((char *)composer->links.items[i].citation.ptr);
	}
	free(composer->links.items);
	opcit_buf_release(&composer->text);
	free(composer->raised.items);
	free(composer->paragraphs.items);
	*composer = (struct opcit_composer){ .text = OPCIT_BUF_INIT };
}
