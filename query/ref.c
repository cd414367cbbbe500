/* ref.c: see ref.h. */
#include "ref.h"

#include <string.h>
#include <strings.h>

#include "pinpoint.h"

/* ---- pinpoints ----------------------------------------------------------- */

/* Words before a number that say of what it is the number. */
static const struct {
	const char *word;
	const char *prefix; /* of the label */
} units[] = {
	{ "preambular", "pp" },
	{ "preamble", "pp" },
	{ "preamb", "pp" },
	{ "pp", "pp" },
	{ "footnotes", "fn" },
	{ "footnote", "fn" },
	{ "notes", "fn" },
	{ "note", "fn" },
	{ "fn", "fn" },
	{ "operative", "" },
	{ "op", "" },
	{ "paragraphs", NULL },
	{ "paragraph", NULL },
	{ "paras", NULL },
	{ "para", NULL },
	{ "paragraphes", NULL },
	{ "paragraphe", NULL },
	{ "párrafos", NULL },
	{ "párrafo", NULL },
	{ "parrafos", NULL },
	{ "parrafo", NULL },
	{ "párrs", NULL },
	{ "párr", NULL },
	{ "¶", NULL },
	{ "§", NULL },
	{ "recommendations", "" },
	{ "recommendation", "" },
	{ "rec", "" },
	{ "item", "" },
	{ "record", "#" },
	{ "#", "#" },
};

struct reader {
	struct opcit_str text;
	size_t at;
	const char *prefix; /* of the labels to come */
};

/* What a pinpoint's parts are set apart by; "and" only before blanks. */
static void skip_separators(struct reader *r)
{
	static const char *const words[] = { "and", "et", "y" };
	size_t i;
	bool more = true;

	while (more) {
		more = false;
		while (r->at < r->text.len && strchr(" \t\n,;&.:", r->text.ptr[r->at]))
			r->at++;
		for (i = 0; i < sizeof words / sizeof *words; i++) {
			size_t len = strlen(words[i]);
			struct opcit_str rest = opcit_str_sub(r->text, r->at, r->text.len);

			if (rest.len > len && rest.ptr[len] == ' ' &&
			    opcit_str_ieq(opcit_str_sub(rest, 0, len), opcit_str_of(words[i]))) {
				r->at += len;
				more = true;
			}
		}
	}
}

/* Step over "paras.", "footnote" …, remembering what they mean. */
static void read_units(struct reader *r)
{
	size_t i = 0, n = sizeof units / sizeof *units;

	while (i < n) {
		size_t len = strlen(units[i].word);
		struct opcit_str rest = opcit_str_sub(r->text, r->at, r->text.len);

		if (rest.len < len || strncasecmp(rest.ptr, units[i].word, len) != 0 ||
		    (rest.len > len && opcit_is_letter(units[i].word[0]) && opcit_is_letter(rest.ptr[len]))) {
			i++;
			continue;
		}
		r->at += len;
		/* "preambular paragraph 3": the second word adds nothing */
		if (units[i].prefix)
			r->prefix = units[i].prefix;
		while (r->at < r->text.len && strchr(" .\t", r->text.ptr[r->at]))
			r->at++;
		i = 0;
	}
}

/* One label without its prefix: "67 (h)" is "67(h)", "67h" too; a lone "(i)"
 * belongs to the number before it. */
static struct opcit_str read_label(struct reader *r, struct opcit_str before,
				   struct opcit_arena *arena)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str label = { NULL, 0 }, parent;
	size_t from = r->at;

	opcit_buf_puts(&buf, r->prefix);
	if (r->at < r->text.len && r->text.ptr[r->at] == '*')
		opcit_buf_putc(&buf, r->text.ptr[r->at++]);
	while (r->at < r->text.len &&
	       (opcit_is_digit(r->text.ptr[r->at]) ||
		(r->text.ptr[r->at] == '.' && r->at > from && r->at + 1 < r->text.len &&
		 opcit_is_digit(r->text.ptr[r->at + 1]))))
		opcit_buf_putc(&buf, r->text.ptr[r->at++]);
	if (r->at == from) {
		parent = pinpoint_parent(before);
		opcit_buf_add_str(&buf, parent);
		if (parent.len == 0 && r->at < r->text.len && r->text.ptr[r->at] == '(')
			goto out;
	} else if (r->at < r->text.len && opcit_is_letter(r->text.ptr[r->at]) &&
		   (r->at + 1 == r->text.len || !opcit_is_letter(r->text.ptr[r->at + 1]))) {
		opcit_buf_printf(&buf, "(%c)", r->text.ptr[r->at++] | 0x20);
	}
	for (;;) {
		size_t open = r->at, close;

		while (open < r->text.len && r->text.ptr[open] == ' ')
			open++;
		if (open == r->text.len || r->text.ptr[open] != '(')
			break;
		for (close = open; close < r->text.len && r->text.ptr[close] != ')';)
			close++;
		if (close == r->text.len || close - open > 8)
			break;
		for (; open <= close; open++)
			if (r->text.ptr[open] != ' ')
				opcit_buf_putc(&buf, r->text.ptr[open]);
		r->at = close + 1;
	}
	if (r->at > from)
		label = opcit_arena_dup(arena, opcit_buf_str(&buf));
out:
	opcit_buf_release(&buf);
	return label;
}

/* A dash of any kind, or "to", between the ends of a range. */
static bool read_dash(struct reader *r)
{
	static const char *const dashes[] = { "-", "–", "—", "‑", "to ", "à ", "a " };
	size_t at = r->at, i;

	while (at < r->text.len && r->text.ptr[at] == ' ')
		at++;
	for (i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		if (!opcit_str_starts(opcit_str_sub(r->text, at, r->text.len), dashes[i]))
			continue;
		r->at = at + strlen(dashes[i]);
		while (r->at < r->text.len && r->text.ptr[r->at] == ' ')
			r->at++;
		return true;
	}
	return false;
}

static opcit_status unreadable(const struct reader *r, struct opcit_err *err)
{
	opcit_err_set(err, OPCIT_USAGE, "cannot read '%.*s' as a place in the document",
		      (int)(r->text.len < 80 ? r->text.len : 80), r->text.ptr);
	opcit_err_hint(err, "places look like: 27, 67(h), paras. 27-29, pp3, fn4, #12");
	if (err)
		err->place = (long)r->at;
	return OPCIT_USAGE;
}

static uint32_t number_of(struct opcit_str digits)
{
	uint64_t n = 0;
	size_t i;

	for (i = 1; i < digits.len && n < UINT32_MAX; i++)
		if (opcit_is_digit(digits.ptr[i]))
			n = n * 10 + (uint64_t)(digits.ptr[i] - '0');
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

opcit_status ref_pinpoint(struct opcit_str text, struct opcit_arena *arena, struct ref *ref,
			  struct opcit_err *err)
{
	struct reader r = { text, 0, "" };
	struct opcit_str before = { NULL, 0 };

	ref->ranges = opcit_arena_calloc(arena, REF_MOST_RANGES * sizeof *ref->ranges);
	ref->n_ranges = 0;
	for (;;) {
		struct ref_range *range = &ref->ranges[ref->n_ranges];

		skip_separators(&r);
		if (r.at == text.len)
			return ref->n_ranges ? OPCIT_OK : unreadable(&r, err);
		if (ref->n_ranges == REF_MOST_RANGES)
			return opcit_err_set(err, OPCIT_USAGE, "more than %d places",
					     REF_MOST_RANGES);
		read_units(&r);
		range->from = range->to = read_label(&r, before, arena);
		if (range->from.len == 0)
			return unreadable(&r, err);
		if (read_dash(&r)) {
			read_units(&r);
			range->to = read_label(&r, range->from, arena);
			if (range->to.len == 0)
				return unreadable(&r, err);
		}
		if (range->from.ptr[0] == '#')
			range->seq = number_of(range->from);
		before = range->to;
		ref->n_ranges++;
	}
}

/* ---- documents ----------------------------------------------------------- */

static bool may_end_name(struct opcit_str text, size_t at)
{
	return at == text.len || strchr(" ,;:#\t\n", text.ptr[at]) != NULL ||
	       opcit_str_starts(opcit_str_sub(text, at, text.len), "¶");
}

opcit_status ref_find(struct opcit_index *index, struct opcit_str text, struct opcit_arena *arena,
		      struct ref *ref, struct opcit_err *err)
{
	size_t end;

	memset(ref, 0, sizeof *ref);
	text = opcit_str_trim(text);
	if (text.len == 0)
		return opcit_err_set(err, OPCIT_USAGE, "no document is named");
	if (text.len > REF_LONGEST)
		return opcit_err_set(err, OPCIT_USAGE, "the reference is too long: %zu bytes",
				     text.len);
	for (end = text.len; end > 0; end--) {
		struct opcit_str name = opcit_str_sub(text, 0, end), rest;
		opcit_status status;

		if (!may_end_name(text, end) || may_end_name(text, end - 1))
			continue;
		status = opcit_index_find(index, name, arena, &ref->entries, &ref->n_entries, err);
		if (status == OPCIT_NOT_FOUND)
			continue;
		rest = opcit_str_sub(text, end, text.len);
		while (rest.len && strchr(" ,;:\t\n", rest.ptr[0]))
			rest = opcit_str_sub(rest, 1, rest.len);
		if (status != OPCIT_OK || rest.len == 0)
			return status;
		return ref_pinpoint(rest, arena, ref, err);
	}
	opcit_err_set(err, OPCIT_NOT_FOUND, "no document of the index is called '%.200s'",
		      opcit_arena_dup(arena, text).ptr);
	opcit_err_hint(err, "`opcit list` names them all, `opcit list WORD` those with a word");
	return OPCIT_NOT_FOUND;
}
