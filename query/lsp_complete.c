/* lsp_complete.c: what may be meant by what was begun: a symbol, a title, a
 * place in the document that was just named. */
#include "lsp.h"

#include <ctype.h>
#include <string.h>

#include "../lib/complete.h"
#include "json.h"
#include "pinpoint.h"
#include "place.h"

enum { ITEMS_MOST = 200, TITLE_WORDS = 8, TITLE_LEAST = 4, RECORDS_MOST = 3000, DETAIL = 100 };

/* The kinds of items that the protocol knows. */
enum { KIND_REFERENCE = 18, KIND_CONSTANT = 21 };

/* What stands before the cursor on its line. */
struct before {
	struct lsp *lsp;
	struct lsp_doc *doc;
	struct opcit_str line; /* up to the cursor */
	size_t start;          /* where it begins in the document */
	json_t *items;
	bool more;
};

static json_t *add(struct before *b, size_t from, struct opcit_str label, struct opcit_str text,
		   struct opcit_str detail, int kind)
{
	/* many lists are sorted by the alphabet, where 10 stands before 9 */
	char order[16];
	json_t *item;

	snprintf(order, sizeof order, "%04zu", json_array_size(b->items));
	/* without a filterText: Neovim takes it for the word's beginning */
	item = json_pack("{s:o, s:i, s:o, s:s, s:{s:o, s:o}}", "label", json_text(label), "kind", kind,
			 "detail", json_text(detail), "sortText", order, "textEdit", "range",
			 lsp_text_range_json(&b->doc->text, b->start + from, b->start + b->line.len), "newText",
			 json_text(text));
	json_array_append_new(b->items, item);
	return item;
}

/* ---- symbols and titles --------------------------------------------------------------------- */

static bool is_symbol_char(char c)
{
	return isalnum((unsigned char)c) || memchr("/.()-_", c, 6);
}

/* Where the word at the cursor begins that may be the beginning of a symbol. */
static size_t symbol_start(struct opcit_str line)
{
	size_t from = line.len;

	while (from && is_symbol_char(line.ptr[from - 1]))
		from--;
	while (from < line.len && !isalnum((unsigned char)line.ptr[from]))
		from++;
	return from;
}

/* Documents whose name begins with what stands from there on. */
static bool add_documents(struct before *b, size_t from, bool titles)
{
	struct opcit_str prefix = opcit_str_sub(b->line, from, b->line.len);
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_completion *list;
	size_t n, i, added = 0;

	if (opcit_index_complete(b->lsp->index, prefix, ITEMS_MOST, &b->lsp->scratch, &list, &n, &b->more,
				 &err) != OPCIT_OK) {
		lsp_index_failed(b->lsp, &err);
		return true;
	}
	for (i = 0; i < n; i++) {
		const struct opcit_doc *doc = &list[i].entry.doc;
		json_t *item;

		if (list[i].by_title != titles)
			continue;
		added++;
		item = titles ? add(b, from, doc->title, doc->title, doc->id, KIND_REFERENCE)
			      : add(b, from, doc->id, doc->id, lsp_cut(doc->title, DETAIL, &b->lsp->scratch),
				    KIND_REFERENCE);
		json_object_set_new(item, "data", json_pack("{s:o}", "target", json_text(doc->id)));
	}
	return added > 0;
}

/* A title may have begun some words ago: the longest that is one. */
static void add_titles(struct before *b)
{
	size_t starts[TITLE_WORDS], n = 0, at = b->line.len, i;

	while (at && n < TITLE_WORDS) {
		while (at && b->line.ptr[at - 1] == ' ')
			at--;
		while (at && b->line.ptr[at - 1] != ' ' && !memchr("([\"", b->line.ptr[at - 1], 3))
			at--;
		if (at < b->line.len && isupper((unsigned char)b->line.ptr[at]))
			starts[n++] = at;
		if (at && b->line.ptr[at - 1] != ' ')
			break;
	}
	for (i = n; i-- > 0;)
		if (b->line.len - starts[i] >= TITLE_LEAST && add_documents(b, starts[i], true))
			return;
}

/* ---- places in a document -------------------------------------------------------------------- */

/* "para.", "paras", "article": what a place is called; empty for another word. */
static const char *unit_of(struct opcit_str word)
{
	static const struct {
		const char *word, *unit;
	} units[] = { { "para", "para" },	 { "paras", "para" },	  { "paragraph", "para" },
		      { "paragraphs", "para" },	 { "par", "para" },	  { "op", "para" },
		      { "paragraphe", "para" },	 { "paragraphes", "para" }, { "párr", "para" },
		      { "párrafo", "para" },	 { "párrafos", "para" },  { "art", "art" },
		      { "arts", "art" },	 { "article", "art" },	  { "articles", "art" },
		      { "artículo", "art" },	 { "footnote", "fn" },	  { "note", "fn" } };
	size_t i;

	while (word.len && word.ptr[word.len - 1] == '.')
		word.len--;
	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (opcit_str_ieq(word, opcit_str_of(units[i].word)))
			return units[i].unit;
	return NULL;
}

/* The document named last before `end`, if hardly anything stands between. */
static bool named_before(struct before *b, size_t end, struct lsp_cite *cite)
{
	enum { BETWEEN = 3 };
	struct lsp_cite *cites;
	size_t n = lsp_line_cites(b->lsp, opcit_str_sub(b->line, 0, end), &cites), i;

	for (i = n; i-- > 0;)
		if (cites[i].target.len) {
			*cite = cites[i];
			return true;
		}
	/* over the end of a line */
	for (i = b->doc->n_cites; i-- > 0;)
		if (b->doc->cites[i].end <= b->start + end && b->doc->cites[i].target.len) {
			*cite = b->doc->cites[i];
			return b->start + end - cite->end <= BETWEEN;
		}
	return false;
}

static void add_label(struct before *b, size_t from, const struct opcit_record *record, struct opcit_str label,
		      const struct opcit_entry *entry)
{
	struct opcit_buf spaced = OPCIT_BUF_INIT;
	struct opcit_str pinpoint = opcit_arena_printf(&b->lsp->scratch, "para:%.*s", OPCIT_FMT(label));
	struct opcit_str text;
	json_t *item;

	pinpoint_one(pinpoint, &PINPOINT_UN, &spaced);
	text = opcit_buf_str(&spaced);
	if (opcit_str_starts(text, "para. "))
		text = opcit_str_sub(text, 6, text.len);
	item = add(b, from, text, text, lsp_cut(record->text, DETAIL, &b->lsp->scratch), KIND_CONSTANT);
	json_object_set_new(item, "data",
			    json_pack("{s:o, s:I}", "target", json_text(entry->doc.id), "seq",
				      (json_int_t)record->seq));
	opcit_buf_release(&spaced);
}

/* "Article 37" of a heading: its number; empty for another heading. */
static struct opcit_str article_of(const struct opcit_record *record)
{
	struct opcit_str text = record->text;
	size_t from = 0, to;

	if (record->kind != OPCIT_KIND_HEADING || !opcit_str_ieq(opcit_str_sub(text, 0, 3), OPCIT_STR("art")))
		return (struct opcit_str){ NULL, 0 };
	while (from < text.len && text.ptr[from] != ' ')
		from++;
	for (from++, to = from; to < text.len && isalnum((unsigned char)text.ptr[to]);)
		to++;
	return from < to ? opcit_str_sub(text, from, to) : (struct opcit_str){ NULL, 0 };
}

static void add_places(struct before *b, const struct opcit_entry *entry, const char *unit, size_t from)
{
	struct opcit_str typed = opcit_str_sub(b->line, from, b->line.len);
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_record record;
	uint32_t seq;

	for (seq = 1; seq <= entry->doc.n_records; seq++) {
		struct opcit_str label;

		b->more = seq > RECORDS_MOST || json_array_size(b->items) >= ITEMS_MOST;
		opcit_arena_reset(&arena);
		if (b->more || opcit_index_record(b->lsp->index, entry, seq, &arena, &record, NULL) != OPCIT_OK)
			break;
		label = strcmp(unit, "art") == 0 ? article_of(&record) : record.label;
		if (strcmp(unit, "para") == 0 && label.len && !isdigit((unsigned char)label.ptr[0]))
			label.len = 0;
		if (strcmp(unit, "fn") == 0 || strcmp(unit, "pp") == 0)
			label = opcit_str_starts(label, unit) ? opcit_str_sub(label, 2, label.len)
							      : (struct opcit_str){ NULL, 0 };
		if (label.len && label.len >= typed.len && opcit_str_ieq(opcit_str_sub(label, 0, typed.len), typed))
			add_label(b, from, &record, label, entry);
	}
	opcit_arena_release(&arena);
}

/* Is the cursor where a place is to follow, "A/RES/64/166, para. 1"? */
static bool complete_place(struct before *b)
{
	struct opcit_str line = b->line;
	const struct reading *reading;
	struct lsp_cite cite;
	size_t from = line.len, word, end;
	const char *unit;

	while (from && (isalnum((unsigned char)line.ptr[from - 1]) || memchr("().", line.ptr[from - 1], 3)))
		from--;
	for (end = from; end && line.ptr[end - 1] == ' ';)
		end--;
	for (word = end; word && line.ptr[word - 1] != ' ' && !memchr(",;(", line.ptr[word - 1], 3);)
		word--;
	unit = from > end ? unit_of(opcit_str_sub(line, word, end)) : NULL;
	if (unit && word > 11 && opcit_str_ieq(opcit_str_sub(line, word - 11, word), OPCIT_STR("preambular "))) {
		word -= 11;
		unit = "pp";
	}
	if (!unit || !named_before(b, word, &cite))
		return false;
	reading = lsp_target(b->lsp, cite.target);
	if (reading && reading->n_entries)
		add_places(b, &reading->entries[0], unit, from);
	return true;
}

/* ---- the requests ------------------------------------------------------------------------------- */

json_t *lsp_completion(struct lsp *lsp, struct lsp_doc *doc, json_t *params)
{
	struct before b = { .lsp = lsp, .doc = doc };
	const char *trigger = json_string_value(
		json_object_get(json_object_get(params, "context"), "triggerCharacter"));
	size_t at, end, from;

	if (!lsp_text_offset(&doc->text, json_object_get(params, "position"), &at) || !lsp_index_ready(lsp))
		return NULL;
	lsp_text_line_span(&doc->text, lsp_text_line(&doc->text, at), &b.start, &end);
	b.line = opcit_str_sub(lsp_text_str(&doc->text), b.start, at);
	b.items = json_array();
	from = symbol_start(b.line);
	if (!complete_place(&b) && lsp->index) {
		if (memchr(b.line.ptr + from, '/', b.line.len - from) ||
		    (b.line.len - from >= 2 && isupper((unsigned char)b.line.ptr[from])))
			add_documents(&b, from, false);
		/* a blank is typed often, and begins nothing */
		if (!json_array_size(b.items) && lsp->index && (!trigger || strcmp(trigger, " ") != 0))
			add_titles(&b);
	}
	return json_pack("{s:b, s:o}", "isIncomplete", b.more, "items", b.items);
}

/* The text of what an item stands for, for who looks at it. */
json_t *lsp_resolve(struct lsp *lsp, json_t *item)
{
	json_t *data = json_object_get(item, "data"), *target = json_object_get(data, "target");
	json_t *seq = json_object_get(data, "seq");
	struct opcit_buf out = OPCIT_BUF_INIT;
	struct opcit_record record;
	struct lsp_cite none = { .n_pinpoints = 0 };
	const struct reading *reading;

	if (!json_is_object(item))
		return NULL;
	reading = json_is_string(target) ? lsp_target(lsp, opcit_str_of(json_string_value(target))) : NULL;
	if (!reading || !reading->n_entries)
		return json_incref(item);
	if (json_is_integer(seq) && json_integer_value(seq) > 0 && json_integer_value(seq) <= UINT32_MAX) {
		if (opcit_index_record(lsp->index, &reading->entries[0], (uint32_t)json_integer_value(seq),
				       &lsp->scratch, &record, NULL) == OPCIT_OK)
			lsp_markdown(record.text, &out);
	} else {
		const struct opcit_doc *doc = &reading->entries[0].doc;

		opcit_buf_puts(&out, "**");
		lsp_markdown(doc->title.len ? doc->title : doc->id, &out);
		opcit_buf_printf(&out, "**\n\n%.*s%s%.*s", OPCIT_FMT(doc->body), doc->body.len && doc->date.len ? ", " : "",
				 OPCIT_FMT(doc->date));
		if (lsp_pointed(lsp, reading, &none, &record)) {
			opcit_buf_puts(&out, "\n\n");
			lsp_markdown(lsp_cut(record.text, 400, &lsp->scratch), &out);
		}
	}
	json_object_set_new(item, "documentation",
			    json_pack("{s:s, s:o}", "kind", "markdown", "value", json_text(opcit_buf_str(&out))));
	opcit_buf_release(&out);
	return json_incref(item);
}
