#include "wire.h"

#include <string.h>
#include <unicode/utf8.h>

enum { TAG_BLOCKS = 'B', TAG_FAILURE = 'F', MARK_STRONG = 1, MARK_EMPHATIC = 2, MARK_BLOCK = 4, MARK_ROW = 8,
       MARK_LETTERHEAD = 16, MARK_QUOTED = 32 };

/* The least that a line, an anchor and a drop need: a count that the rest of
 * the message cannot hold is refused before memory is taken for it. */
enum { LINE_MIN = 24, ANCHOR_MIN = 8, DROP_MIN = 8, LINK_MIN = 8, ENCODING_MAX = 64 };

/* ---- sending ------------------------------------------------------------------- */

static void put_u32(struct opcit_buf *out, uint32_t n)
{
	opcit_buf_add(out, &n, sizeof n);
}

static void put_str(struct opcit_buf *out, struct opcit_str s)
{
	put_u32(out, (uint32_t)s.len);
	opcit_buf_add_str(out, s);
}

static void put_line(struct opcit_buf *out, const struct opcit_line *line)
{
	uint32_t i;

	put_str(out, line->text);
	put_str(out, line->bullet);
	put_u32(out, line->page);
	put_u32(out, line->indent);
	opcit_buf_putc(out, (char)line->heading_level);
	opcit_buf_putc(out, (char)line->blank_before);
	opcit_buf_putc(out, (char)((line->strong ? MARK_STRONG : 0) | (line->emphatic ? MARK_EMPHATIC : 0) |
	                           (line->starts_block ? MARK_BLOCK : 0) | (line->table_row ? MARK_ROW : 0) |
	                           (line->letterhead ? MARK_LETTERHEAD : 0) | (line->quoted ? MARK_QUOTED : 0)));
	opcit_buf_putc(out, (char)line->confidence);
	put_u32(out, line->n_anchors);
	for (i = 0; i < line->n_anchors; i++) {
		put_u32(out, (uint32_t)line->anchors[i].at);
		put_str(out, line->anchors[i].marker);
	}
}

void opcit_wire_put_blocks(const struct opcit_blocks *blocks, struct opcit_buf *out)
{
	size_t i;

	opcit_buf_putc(out, TAG_BLOCKS);
	put_str(out, opcit_str_of(blocks->encoding));
	put_u32(out, (uint32_t)blocks->replaced);
	put_u32(out, blocks->n_image_pages);
	put_u32(out, blocks->image_page);
	put_u32(out, blocks->n_unreadable_pages);
	put_u32(out, blocks->n_ocr_pages);
	put_u32(out, blocks->confidence);
	opcit_buf_putc(out, blocks->hyphens_printed);
	put_str(out, blocks->lang);
	put_str(out, blocks->decoded);
	put_u32(out, (uint32_t)blocks->n_lines);
	for (i = 0; i < blocks->n_lines; i++)
		put_line(out, &blocks->lines[i]);
	put_u32(out, (uint32_t)blocks->drops.count);
	for (i = 0; i < blocks->drops.count; i++) {
		put_u32(out, blocks->drops.items[i].reason);
		put_str(out, blocks->drops.items[i].bytes);
	}
	put_u32(out, (uint32_t)blocks->n_links);
	for (i = 0; i < blocks->n_links; i++) {
		put_str(out, blocks->links[i].text);
		put_str(out, blocks->links[i].citation);
	}
}

void opcit_wire_put_failure(const struct opcit_err *err, struct opcit_buf *out)
{
	opcit_buf_putc(out, TAG_FAILURE);
	put_u32(out, err->status);
	put_str(out, opcit_str_of(err->message));
	put_str(out, opcit_str_of(err->hint));
}

/* ---- receiving ----------------------------------------------------------------- */

/* What is left of the message. Once it is bad all reads give nothing. */
struct wire {
	struct opcit_str rest;
	bool bad;
};

static const char *take(struct wire *wire, size_t len)
{
	const char *at = wire->rest.ptr;

	if (wire->bad || wire->rest.len < len) {
		wire->bad = true;
		return NULL;
	}
	wire->rest.ptr += len;
	wire->rest.len -= len;
	return at;
}

static uint8_t get_u8(struct wire *wire)
{
	const char *at = take(wire, 1);

	return at ? (uint8_t)*at : 0;
}

static uint32_t get_u32(struct wire *wire)
{
	const char *at = take(wire, sizeof(uint32_t));
	uint32_t n = 0;

	if (at)
		memcpy(&n, at, sizeof n);
	return n;
}

/* A number of things of which each needs at least `least` bytes. */
static uint32_t get_count(struct wire *wire, size_t least)
{
	uint32_t n = get_u32(wire);

	if (n > wire->rest.len / least)
		wire->bad = true;
	return wire->bad ? 0 : n;
}

static bool is_utf8(struct opcit_str s)
{
	size_t i = 0;
	UChar32 c = 0;

	while (i < s.len && c >= 0) {
		if ((unsigned char)s.ptr[i] < 0x80)
			i++;
		else
			U8_NEXT(s.ptr, i, s.len, c);
	}
	return c >= 0;
}

static struct opcit_str get_bytes(struct wire *wire)
{
	uint32_t len = get_u32(wire);
	struct opcit_str s = { take(wire, len), len };

	return s.ptr ? s : (struct opcit_str){ NULL, 0 };
}

static struct opcit_str get_str(struct wire *wire)
{
	struct opcit_str s = get_bytes(wire);

	if (!wire->bad && !is_utf8(s))
		wire->bad = true;
	return wire->bad ? (struct opcit_str){ NULL, 0 } : s;
}

static void get_line(struct wire *wire, struct opcit_arena *arena, struct opcit_line *line)
{
	struct opcit_anchor *anchors;
	size_t last = 0;
	uint32_t i, indent;
	uint8_t marks;

	line->text = get_str(wire);
	line->bullet = get_str(wire);
	line->page = get_u32(wire);
	indent = get_u32(wire);
	line->indent = indent < UINT16_MAX ? (uint16_t)indent : UINT16_MAX;
	line->heading_level = get_u8(wire);
	line->blank_before = get_u8(wire);
	marks = get_u8(wire);
	line->confidence = get_u8(wire);
	wire->bad = wire->bad || line->confidence > 100;
	line->strong = marks & MARK_STRONG;
	line->emphatic = marks & MARK_EMPHATIC;
	line->starts_block = marks & MARK_BLOCK;
	line->table_row = marks & MARK_ROW;
	line->letterhead = marks & MARK_LETTERHEAD;
	line->quoted = marks & MARK_QUOTED;
	line->n_anchors = get_count(wire, ANCHOR_MIN);
	if (!line->n_anchors)
		return;
	line->anchors = anchors = opcit_arena_alloc(arena, line->n_anchors * sizeof *anchors);
	for (i = 0; i < line->n_anchors; i++) {
		anchors[i].at = get_u32(wire);
		anchors[i].marker = get_str(wire);
		if (anchors[i].at < last || anchors[i].at > line->text.len)
			wire->bad = true;
		last = anchors[i].at;
	}
}

static opcit_status get_blocks(struct wire *wire, struct opcit_arena *arena,
                               struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct opcit_str encoding = get_str(wire);
	size_t i;
	uint32_t n;

	if (encoding.len > ENCODING_MAX || (encoding.len && memchr(encoding.ptr, '\0', encoding.len)))
		wire->bad = true;
	blocks->replaced = get_u32(wire);
	blocks->n_image_pages = get_u32(wire);
	blocks->image_page = get_u32(wire);
	blocks->n_unreadable_pages = get_u32(wire);
	blocks->n_ocr_pages = get_u32(wire);
	blocks->confidence = get_u32(wire);
	blocks->hyphens_printed = get_u8(wire);
	blocks->lang = get_str(wire);
	blocks->decoded = get_str(wire);
	n = get_count(wire, LINE_MIN);
	blocks->lines = opcit_arena_calloc(arena, (n + (size_t)1) * sizeof *blocks->lines);
	for (blocks->n_lines = 0; blocks->n_lines < n && !wire->bad; blocks->n_lines++)
		get_line(wire, arena, &blocks->lines[blocks->n_lines]);
	n = get_count(wire, DROP_MIN);
	for (i = 0; i < n && !wire->bad; i++) {
		uint32_t reason = get_u32(wire);

		if (reason >= OPCIT_DROP_COUNT)
			wire->bad = true;
		else
			opcit_drops_add(&blocks->drops, (enum opcit_drop_reason)reason, get_str(wire));
	}
	n = get_count(wire, LINK_MIN);
	blocks->links = opcit_arena_calloc(arena, (n + (size_t)1) * sizeof *blocks->links);
	for (blocks->n_links = 0; blocks->n_links < n && !wire->bad; blocks->n_links++) {
		blocks->links[blocks->n_links].text = get_str(wire);
		blocks->links[blocks->n_links].citation = get_str(wire);
	}
	if (wire->bad || wire->rest.len) {
		opcit_drops_release(&blocks->drops);
		return opcit_err_set(err, OPCIT_BUG, "its reader gave a malformed answer");
	}
	blocks->encoding = opcit_arena_dup(arena, encoding).ptr;
	return OPCIT_OK;
}

/* A message may quote bytes of the file, and may be cut inside a character. */
static void make_printable(char *text)
{
	bool utf8 = is_utf8(opcit_str_of(text));

	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			*text = ' ';
		else if (!utf8 && (unsigned char)*text >= 0x80)
			*text = '?';
}

/* What a worker says of its failure goes to a terminal, and its status decides
 * what becomes of the run: both are held to what a reader may say. */
static opcit_status get_failure(struct wire *wire, struct opcit_err *err)
{
	uint32_t status = get_u32(wire);
	struct opcit_str message = get_bytes(wire), hint = get_bytes(wire);

	if (wire->bad || wire->rest.len || !message.len || !message.ptr[0] ||
	    (status != OPCIT_NOT_FOUND && status != OPCIT_IO && status != OPCIT_LIMIT))
		return opcit_err_set(err, OPCIT_BUG, "its reader gave a malformed answer");
	opcit_err_set(err, (opcit_status)status, "%.*s", OPCIT_FMT(message));
	if (hint.len)
		opcit_err_hint(err, "%.*s", OPCIT_FMT(hint));
	if (err) {
		make_printable(err->message);
		make_printable(err->hint);
	}
	return (opcit_status)status;
}

opcit_status opcit_wire_get(struct opcit_str message, struct opcit_arena *arena,
                            struct opcit_blocks *blocks, struct opcit_err *err)
{
	struct wire wire = { message, false };

	*blocks = (struct opcit_blocks){ .encoding = "" };
	switch (get_u8(&wire)) {
	case TAG_BLOCKS: return get_blocks(&wire, arena, blocks, err);
	case TAG_FAILURE: return get_failure(&wire, err);
	}
	return opcit_err_set(err, OPCIT_BUG, "its reader gave a malformed answer");
}
