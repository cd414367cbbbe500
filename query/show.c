/* show.c: `opcit show`. What is to be printed is marked record by record and
 * then printed in the document's order, so that a paragraph stands between
 * its chapeau and its notes as in print. */
#include <stdlib.h>
#include <string.h>

#include "clipboard.h"
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "pinpoint.h"
#include "ref.h"
#include "reference.h"
#include "../lib/versions.h"

static const char about[] =
	"Print a document, a paragraph of it, or a range. A paragraph comes with the words\n"
	"that introduce it (its chapeau), its lettered items and its notes.\n"
	"\n"
	"REF is a symbol or title, and a place in it as a lawyer writes it:\n"
	"\n"
	"  A/65/156                    the whole document\n"
	"  A/65/156 para 67(h)         also 67 (h), 67h, paragraph 67 (h), ¶ 67(h)\n"
	"  A/65/156 27-29              a range; also paras. 27, 29 and 31\n"
	"  A/65/156 fn4                a note; also footnote 4, note 4\n"
	"  A/65/156 pp3                the third preambular paragraph\n"
	"  A/65/156 '#12'              the twelfth record, for those that have no number\n";

static const char examples[] =
	"Examples:\n"
	"  opcit show 'A/65/156 para 67(h)'\n"
	"  opcit show A/65/156 27-29\n"
	"  opcit show --context 2 A/65/156 pp3\n"
	"\n"
	"Exit codes: 0 shown, 1 no such document or place, 2 wrong usage, 3 no readable\n"
	"index, 4 the index is damaged.\n";

/* Why a record is shown; the greater wins where there are two reasons. */
enum role { HIDDEN, CONTEXT, CHAPEAU, NOTE, PART, MATCH };

static const char *const role_names[] = { "", "context", "chapeau", "note", "part", "match" };

struct show {
	struct db_option db;
	const char *lang;
	size_t context;
	bool json, copy;
	struct opcit_buf copied; /* what --copy is to copy */
	struct opcit_index *index;
	struct opcit_arena arena;
	struct opcit_err err;
	/* of the file at hand */
	const struct opcit_entry *entry;
	unsigned char *roles;         /* by seq, from 1 */
	struct opcit_record *records; /* by seq, loaded when looked at */
	size_t repeated; /* how often the label asked for occurs, where more than once */
	struct opcit_str repeated_label;
};

/* A record of the file, or NULL with s->err set. */
static const struct opcit_record *record_at(struct show *s, uint32_t seq)
{
	struct opcit_record *record = &s->records[seq];

	if (record->seq == 0 &&
	    opcit_index_record(s->index, s->entry, seq, &s->arena, record, &s->err) != OPCIT_OK)
		return NULL;
	return record;
}

static void mark(struct show *s, uint32_t seq, enum role role)
{
	if (seq >= 1 && seq <= s->entry->doc.n_records && s->roles[seq] < role)
		s->roles[seq] = (unsigned char)role;
}

static void places_of(struct show *s, struct opcit_str label, uint32_t **seqs, size_t *n)
{
	if (opcit_index_label(s->index, s->entry, label, &s->arena, seqs, n, &s->err) != OPCIT_OK)
		*n = 0;
}

/* Is `label` that of a part of `whole`: "67(h)" of "67"? */
static bool is_part(struct opcit_str label, struct opcit_str whole)
{
	return label.len > whole.len && label.ptr[whole.len] == '(' &&
	       opcit_str_eq(opcit_str_sub(label, 0, whole.len), whole);
}

/* The records that introduce this one: the nearest before it that bear its
 * label without the last letter, and so on upwards. */
static void mark_chapeau(struct show *s, uint32_t seq, struct opcit_str label)
{
	struct opcit_str parent;

	for (parent = pinpoint_parent(label); parent.len; parent = pinpoint_parent(parent)) {
		uint32_t *seqs, nearest = 0;
		size_t n, i;

		places_of(s, parent, &seqs, &n);
		for (i = 0; i < n && seqs[i] < seq; i++)
			nearest = seqs[i];
		mark(s, nearest, CHAPEAU);
	}
}

/* The notes whose markers stand in a record: the first of that number after
 * it, or the last before it where notes precede. */
static void mark_notes(struct show *s, uint32_t seq)
{
	const struct opcit_record *record = record_at(s, seq);
	size_t i, k, n;

	for (i = 0; record && i < record->n_notes; i++) {
		struct opcit_str label =
			opcit_arena_printf(&s->arena, "fn%.*s", OPCIT_FMT(record->notes[i]));
		uint32_t *seqs, nearest = 0;

		places_of(s, label, &seqs, &n);
		for (k = 0; k < n; k++) {
			nearest = seqs[k];
			if (nearest > seq)
				break;
		}
		mark(s, nearest, NOTE);
	}
}

/* Mark [from, to] and the parts of what stands at `to`. */
static void mark_range(struct show *s, uint32_t from, uint32_t to)
{
	const struct opcit_record *first = record_at(s, from), *last = record_at(s, to), *next;
	uint32_t seq, end = to;

	if (!first || !last)
		return;
	mark_chapeau(s, from, first->label);
	for (seq = to + 1; seq <= s->entry->doc.n_records && last->label.len; seq++) {
		next = record_at(s, seq);
		if (!next || (!is_part(next->label, last->label) &&
			      next->kind != OPCIT_KIND_FOOTNOTE && next->kind != OPCIT_KIND_ITEM))
			break;
		if (is_part(next->label, last->label))
			end = seq;
	}
	for (seq = from; seq <= end; seq++) {
		next = record_at(s, seq);
		/* notes come with what they belong to, below */
		if (!next || (next->kind == OPCIT_KIND_FOOTNOTE && seq != from && seq != to))
			continue;
		mark(s, seq, seq <= to ? MATCH : PART);
		mark_notes(s, seq);
	}
	for (seq = 1; seq <= s->context; seq++) {
		if (seq < from)
			mark(s, from - seq, CONTEXT);
		mark(s, end + seq, CONTEXT);
	}
}

/* Mark what a range of labels names; false when nothing does. */
static bool mark_labels(struct show *s, const struct ref_range *range)
{
	uint32_t *from, *to;
	size_t n_from, n_to, i, k;
	bool found = false;

	if (range->seq) {
		if (range->seq > s->entry->doc.n_records)
			return false;
		mark_range(s, range->seq, range->seq);
		return true;
	}
	places_of(s, range->from, &from, &n_from);
	places_of(s, range->to, &to, &n_to);
	for (i = 0; i < n_from; i++) {
		/* the first end after this beginning, if no other beginning lies between */
		for (k = 0; k < n_to && to[k] < from[i];)
			k++;
		if (k == n_to || (i + 1 < n_from && to[k] > from[i + 1]))
			continue;
		mark_range(s, from[i], to[k]);
		found = true;
	}
	if (n_from > 1) {
		s->repeated = n_from;
		s->repeated_label = range->from;
	}
	return found;
}

/* ---- printing ------------------------------------------------------------ */

static void print_head(const struct opcit_doc *doc)
{
	output_colour(STRONG);
	output_text(doc->id);
	output_colour(PLAIN);
	putchar('\n');
	if (doc->title.len && !opcit_str_eq(doc->title, doc->id))
		output_wrapped(doc->title, 0, NULL, 0);
	output_colour(DIM);
	printf("%.*s%s%.*s%s%.*s%s", OPCIT_FMT(doc->body), doc->body.len ? ", " : "",
	       OPCIT_FMT(doc->type), doc->type.len ? ", " : "", OPCIT_FMT(doc->date),
	       doc->date.len ? ", " : "");
	output_text(doc->source);
	output_colour(PLAIN);
	putchar('\n');
}

static bool same_section(const struct opcit_record *a, const struct opcit_record *b)
{
	size_t i;

	if (!a || a->n_section != b->n_section)
		return false;
	for (i = 0; i < a->n_section; i++)
		if (!opcit_str_eq(a->section[i], b->section[i]))
			return false;
	return true;
}

static void print_section(const struct opcit_record *record)
{
	size_t i;

	output_colour(DIM);
	for (i = 0; i < record->n_section; i++) {
		fputs(i ? " › " : "", stdout);
		output_text(record->section[i]);
	}
	output_colour(PLAIN);
	fputs(record->n_section ? "\n\n" : "", stdout);
}

static void print_record(struct show *s, const struct opcit_record *record, enum role role)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	bool heading = record->kind == OPCIT_KIND_HEADING || record->kind == OPCIT_KIND_TITLE;
	size_t i, mark[1][2] = { { 0, 0 } };
	int indent = role == NOTE || record->kind == OPCIT_KIND_ITEM ? 8 : 4;

	(void)s;
	if (record->label.len) {
		opcit_buf_printf(&buf, "%.*s  ", OPCIT_FMT(record->label));
		mark[0][1] = record->label.len;
	}
	opcit_buf_add_str(&buf, record->text);
	for (i = 0; i < record->n_notes; i++)
		opcit_buf_printf(&buf, "%s%.*s%s", i ? ", " : " [", OPCIT_FMT(record->notes[i]),
				 i + 1 == record->n_notes ? "]" : "");
	if (heading)
		output_colour(STRONG);
	else if (role == CONTEXT || role == CHAPEAU)
		output_colour(DIM);
	output_wrapped(opcit_buf_str(&buf), heading ? 0 : indent,
		       role == MATCH ? (const size_t(*)[2])mark : NULL,
		       role == MATCH && mark[0][1]);
	if (record->confidence && role != CONTEXT && role != CHAPEAU) {
		output_colour(DIM);
		printf("%*s(recognised on a scanned page, %u %% sure)\n", heading ? 0 : indent, "", (unsigned)record->confidence);
	}
	output_colour(PLAIN);
	putchar('\n');
	opcit_buf_release(&buf);
}

static void print_json_record(struct show *s, const struct opcit_record *record, enum role role)
{
	json_t *o = json_record(&s->entry->doc, record);

	json_object_set_new(o, "role", json_string(role_names[role]));
	json_object_set_new(o, "cites", json_cites(record, true));
	json_print(o, stdout);
}

/* Print what is marked; a whole document needs no section paths, because its
 * headings are among what is printed. */
static int print_marked(struct show *s, bool whole)
{
	const struct opcit_record *before = NULL, *record;
	uint32_t seq, last = 0;

	if (!s->json)
		print_head(&s->entry->doc);
	if (!s->json && s->repeated)
		printf("'%.*s' occurs %zu times in this document; every one is shown\n",
		       OPCIT_FMT(s->repeated_label), s->repeated);
	if (!s->json)
		putchar('\n');
	for (seq = 1; seq <= s->entry->doc.n_records && !ferror(stdout); seq++) {
		if (s->roles[seq] == HIDDEN)
			continue;
		record = record_at(s, seq);
		if (!record)
			return output_error(&s->err);
		if (s->json) {
			print_json_record(s, record, s->roles[seq]);
			continue;
		}
		if (!whole && !same_section(before, record) && s->roles[seq] != NOTE)
			print_section(record);
		else if (!whole && last && seq > last + 1 && s->roles[seq] != NOTE)
			fputs("    …\n\n", stdout);
		print_record(s, record, whole ? HIDDEN : s->roles[seq]);
		if (s->roles[seq] != NOTE)
			before = record;
		last = seq;
	}
	return EXIT_DONE;
}

static void copy_place(struct show *s, const struct opcit_record *match)
{
	opcit_buf_puts(&s->copied, " (");
	pinpoint_write(&s->entry->doc, match, &s->copied);
	opcit_buf_putc(&s->copied, ')');
}

/* The text of what was asked for, each paragraph or the whole with its place. */
static void copy_marked(struct show *s, bool whole)
{
	const struct opcit_record *record, *match = NULL;
	uint32_t seq;
	size_t label;

	for (seq = 1; seq <= s->entry->doc.n_records; seq++) {
		if (s->roles[seq] < PART)
			continue;
		if (match && s->roles[seq] == MATCH)
			copy_place(s, match);
		record = record_at(s, seq);
		/* of 67 (h) below 67 the letter; of what stands by itself its place says it */
		label = whole ? 0 : s->roles[seq] == PART && match ? match->label.len : record->label.len;
		opcit_buf_printf(&s->copied, "%s%.*s%s%.*s", s->copied.len ? "\n" : "",
				 OPCIT_FMT(opcit_str_sub(record->label, label, record->label.len)),
				 label < record->label.len ? " " : "", OPCIT_FMT(record->text));
		match = s->roles[seq] == MATCH && !whole ? record : match;
	}
	if (whole)
		opcit_buf_printf(&s->copied, "\n(%.*s)", OPCIT_FMT(s->entry->doc.id));
	else if (match)
		copy_place(s, match);
}

/* ---- the command --------------------------------------------------------- */

static void say_missing(struct show *s, const struct ref_range *range)
{
	struct opcit_str first = { NULL, 0 }, last = { NULL, 0 };
	const struct opcit_record *record;
	struct opcit_err err;
	uint32_t seq;

	for (seq = 1; seq <= s->entry->doc.n_records; seq++) {
		record = record_at(s, seq);
		if (!record || record->label.len == 0 || record->kind == OPCIT_KIND_FOOTNOTE)
			continue;
		if (first.len == 0)
			first = record->label;
		last = record->label;
	}
	opcit_err_set(&err, OPCIT_NOT_FOUND, "'%.*s' has no '%.*s%s%.*s'",
		      OPCIT_FMT(s->entry->doc.id), OPCIT_FMT(range->from),
		      opcit_str_eq(range->from, range->to) ? "" : "-",
		      opcit_str_eq(range->from, range->to) ? 0 : (int)range->to.len, range->to.ptr);
	if (first.len)
		opcit_err_hint(&err, "its labels go from '%.*s' to '%.*s', without the notes",
			       OPCIT_FMT(first), OPCIT_FMT(last));
	else
		opcit_err_hint(&err, "its paragraphs have no numbers");
	output_error(&err);
}

static int show_entry(struct show *s, const struct ref *ref)
{
	size_t n = s->entry->doc.n_records, i;
	int code = EXIT_DONE;

	s->roles = opcit_xcalloc(n + 1, sizeof *s->roles);
	s->records = opcit_xcalloc(n + 1, sizeof *s->records);
	s->repeated = 0;
	if (ref->n_ranges == 0)
		memset(s->roles, MATCH, n + 1);
	for (i = 0; i < ref->n_ranges; i++)
		if (!mark_labels(s, &ref->ranges[i])) {
			if (s->err.status != OPCIT_OK && s->err.status != OPCIT_NOT_FOUND)
				output_error(&s->err);
			else
				say_missing(s, &ref->ranges[i]);
			code = EXIT_NOTHING;
		}
	if (memchr(s->roles + 1, MATCH, n)) {
		code = print_marked(s, ref->n_ranges == 0) ? opcit_exit_code(s->err.status) : code;
		if (s->copy)
			copy_marked(s, ref->n_ranges == 0);
	}
	free(s->roles);
	free(s->records);
	return code;
}

static struct opcit_str lower_case(struct opcit_str text, struct opcit_arena *arena)
{
	struct opcit_str copy = opcit_arena_dup(arena, text);
	size_t i;

	for (i = 0; i < copy.len; i++)
		((char *)copy.ptr)[i] |= copy.ptr[i] >= 'A' && copy.ptr[i] <= 'Z' ? 0x20 : 0;
	return copy;
}

/* Of a document in several languages one is shown, and that there are others is
 * said. False when it is not there in the language asked for. */
static bool choose_version(struct show *s, struct ref *ref)
{
	struct opcit_str lang = lower_case(opcit_str_of(s->lang), &s->arena);
	size_t n = opcit_versions_choose(ref->entries, ref->n_entries, lang);
	struct opcit_buf langs = OPCIT_BUF_INIT;
	bool there = !lang.len || !ref->entries[0].doc.lang.len || opcit_str_eq(ref->entries[0].doc.lang, lang);

	if (!there) {
		opcit_versions_langs(ref->entries, ref->n_entries, &langs);
		opcit_err_set(&s->err, OPCIT_NOT_FOUND, "the index does not hold '%.*s' in '%.20s'",
			      OPCIT_FMT(ref->entries[0].doc.id), s->lang);
		opcit_err_hint(&s->err, "it holds it in: %s", langs.ptr);
	} else if (n < ref->n_entries) {
		opcit_versions_langs(ref->entries + n, ref->n_entries - n, &langs);
		fprintf(stderr, "opcit: the index holds '%.*s' also in: %s\n  choose with --lang\n",
			OPCIT_FMT(ref->entries[0].doc.id), langs.ptr);
	}
	ref->n_entries = n;
	opcit_buf_release(&langs);
	return there;
}

static int show(struct show *s, struct opcit_str text)
{
	struct ref ref;
	size_t i;
	int code = EXIT_DONE;
	opcit_status status = reference_find(s->index, text, &s->arena, &ref, &s->err);

	if (status != OPCIT_OK) {
		s->err.place = -1;
		return output_error(&s->err);
	}
	if (!choose_version(s, &ref))
		return output_error(&s->err);
	if (ref.n_entries > 1)
		fprintf(stderr, "opcit: %zu files claim '%.*s'; each is shown\n", ref.n_entries,
			OPCIT_FMT(ref.entries[0].doc.id));
	if (!s->json)
		output_start();
	for (i = 0; i < ref.n_entries; i++) {
		int one;

		s->entry = &ref.entries[i];
		s->err = (struct opcit_err)OPCIT_ERR_INIT;
		one = show_entry(s, &ref);
		if (one > code)
			code = one;
	}
	return clipboard_finish(&s->copied, code);
}

int cmd_show(int argc, char **argv)
{
	struct show s = { .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "context", 'C', OPTION_NUMBER, &s.context, "N",
		  "also N records before and after" },
		{ "lang", 0, OPTION_TEXT, &s.lang, "LANG",
		  "in this language: en, fr, ar (default en, else the first)" },
		{ "copy", 0, OPTION_FLAG, &s.copy, NULL, "copy text and place to the clipboard, too" },
		{ "json", 0, OPTION_FLAG, &s.json, NULL,
		  "one JSON object a line, with the role of each" },
		OPTION_ROW_DB(&s.db),
	};
	const struct usage usage = { "opcit show [OPTIONS] REF", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_buf text = OPCIT_BUF_INIT;
	int i, code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	for (i = 1; i <= n; i++)
		opcit_buf_printf(&text, "%s%s", i > 1 ? " " : "", argv[i]);
	if (text.len == 0) {
		opcit_err_set(&s.err, OPCIT_USAGE, "no document is named");
		opcit_err_hint(&s.err, "for example: opcit show 'A/65/156 para 67(h)'");
		opcit_buf_release(&text);
		return output_error(&s.err);
	}
	s.index = output_open_index(s.db, &code);
	if (s.index)
		code = show(&s, opcit_buf_str(&text));
	opcit_index_close(s.index);
	opcit_arena_release(&s.arena);
	opcit_buf_release(&text);
	return code;
}
