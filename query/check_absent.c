/* check_absent.c: whether the numbers of a document show that it lacks a place.
 *
 * A place that is not found is absent only where the numbers say so: beyond
 * the last paragraph, letter or article. A gap in the count may be a fault in
 * the reading of the document, and then it cannot be told.
 */
#include "../lib/symbol.h"
#include "check_int.h"
#include "pinpoint.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers -------------------------------------------------------------------- */

bool check_is_number(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!opcit_is_digit(s.ptr[i]))
			return false;
	return s.len > 0 && s.len < 7;
}

unsigned check_number(struct opcit_str s)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < s.len && i < 7 && opcit_is_digit(s.ptr[i]); i++)
		n = n * 10 + (unsigned)(s.ptr[i] - '0');
	return n;
}

/* How the parts of a paragraph are counted. */
enum count { COUNT_LETTERS, COUNT_ROMAN, COUNT_DIGITS, COUNT_NONE };

static unsigned ordinal_of(struct opcit_str s, enum count count)
{
	if (count == COUNT_DIGITS)
		return check_is_number(s) ? check_number(s) : 0;
	if (count == COUNT_ROMAN)
		return opcit_roman(s.ptr, s.len);
	if (count == COUNT_LETTERS && s.len == 1 && opcit_is_letter(s.ptr[0]))
		return (unsigned)((s.ptr[0] | 0x20) - 'a') + 1;
	return 0;
}

/* What the first part tells: (a), (i), (1). */
static enum count count_of(struct opcit_str first)
{
	if (opcit_str_ieq(first, OPCIT_STR("a")))
		return COUNT_LETTERS;
	if (opcit_str_ieq(first, OPCIT_STR("i")))
		return COUNT_ROMAN;
	return opcit_str_is(first, "1") ? COUNT_DIGITS : COUNT_NONE;
}

bool check_part(struct opcit_str label, struct opcit_str *parent, struct opcit_str *part)
{
	size_t at = label.len;

	*parent = pinpoint_parent(label);
	if (!parent->len)
		return false;
	while (at > 0 && label.ptr[at - 1] != '(')
		at--;
	*part = opcit_str_sub(label, at, label.len - 1);
	return part->len > 0;
}

/* ---- one file -------------------------------------------------------------------- */

struct file {
	struct checker *checker;
	const struct opcit_entry *entry;
	struct opcit_record *records;
	struct opcit_str name; /* of the document, as the reason calls it */
};

static enum held unsure(struct file *file, struct opcit_str *reason, const char *what, struct opcit_str value)
{
	*reason = opcit_arena_printf(file->checker->arena, "%s %.*s of %.*s could not be checked: it was not found, "
				     "but nothing shows that it is not there",
				     what, OPCIT_FMT(value), OPCIT_FMT(file->name));
	return UNSURE;
}

/* Labels that are `prefix` and a number: the first, the last, and whether all
 * between them are there. */
struct run {
	unsigned first, last, n;
	bool whole; /* it counts from 1 without a gap */
};

static struct run run_of(const struct file *file, const char *prefix)
{
	size_t len = strlen(prefix);
	struct run run = { 0 };
	unsigned number, i;
	unsigned char *seen = NULL;
	size_t cap = 0;

	for (i = 0; i < file->entry->doc.n_records; i++) {
		struct opcit_str label = file->records[i].label, rest = opcit_str_sub(label, len, label.len);

		if (!opcit_str_starts(label, prefix) || !check_is_number(rest))
			continue;
		number = check_number(rest);
		if (number >= cap) {
			size_t bigger = number + 64;

			seen = opcit_xrealloc(seen, bigger);
			memset(seen + cap, 0, bigger - cap);
			cap = bigger;
		}
		run.n += !seen[number];
		seen[number] = 1;
		run.last = number > run.last ? number : run.last;
		run.first = !run.first || number < run.first ? number : run.first;
	}
	run.whole = run.n && run.first == 1 && run.n == run.last;
	free(seen);
	return run;
}

/* "4.1" is a part of paragraph 4. */
static bool has_below(const struct file *file, struct opcit_str label)
{
	uint32_t i;

	for (i = 0; i < file->entry->doc.n_records; i++) {
		struct opcit_str below = file->records[i].label;

		if (below.len > label.len + 1 && memcmp(below.ptr, label.ptr, label.len) == 0 &&
		    below.ptr[label.len] == '.')
			return true;
	}
	return false;
}

static const struct opcit_record *labelled(const struct file *file, struct opcit_str label)
{
	uint32_t i;

	for (i = 0; i < file->entry->doc.n_records; i++)
		if (opcit_str_ieq(file->records[i].label, label))
			return &file->records[i];
	return NULL;
}

/* Does "(c)" or "c)" stand in the text of the paragraph itself? */
static bool has_inline(struct opcit_str text, struct opcit_str part)
{
	size_t i;

	for (i = 0; i + part.len + 1 <= text.len; i++)
		if (opcit_str_ieq(opcit_str_sub(text, i, i + part.len), part) && text.ptr[i + part.len] == ')' &&
		    (i == 0 || strchr(" (", text.ptr[i - 1])))
			return true;
	return false;
}

/* The parts below a label. */
struct parts {
	unsigned n, last;
	enum count count;
	bool whole;
	struct opcit_str last_part;
};

static struct parts parts_below(const struct file *file, struct opcit_str parent)
{
	struct parts parts = { .count = COUNT_NONE, .whole = true };
	struct opcit_str above, part;
	unsigned ordinal;
	uint32_t i;

	for (i = 0; i < file->entry->doc.n_records; i++) {
		if (!check_part(file->records[i].label, &above, &part) || !opcit_str_ieq(above, parent))
			continue;
		if (!parts.n)
			parts.count = count_of(part);
		ordinal = ordinal_of(part, parts.count);
		parts.whole = parts.whole && ordinal == parts.n + 1;
		parts.n++;
		parts.last = ordinal;
		parts.last_part = part;
	}
	parts.whole = parts.whole && parts.n;
	return parts;
}

/* Is there anything between this record and the next one with a number that
 * may be a part of it whose letter was lost? */
static bool has_loose_parts(const struct file *file, const struct opcit_record *record)
{
	const struct opcit_record *end = file->records + file->entry->doc.n_records, *p;

	for (p = record + 1; p < end; p++) {
		if (p->kind == OPCIT_KIND_FOOTNOTE)
			continue;
		return !p->label.len && (p->kind == OPCIT_KIND_ITEM || p->kind == OPCIT_KIND_PARAGRAPH ||
					 p->kind == OPCIT_KIND_OPERATIVE || p->kind == OPCIT_KIND_PREAMBULAR);
	}
	return false;
}

static enum held absent_part(struct file *file, struct opcit_str label, struct opcit_str parent,
			     struct opcit_str part, struct opcit_str *reason)
{
	const struct opcit_record *record = labelled(file, parent);
	struct parts parts = parts_below(file, parent);
	struct opcit_buf above = OPCIT_BUF_INIT;

	if (!record)
		return unsure(file, reason, "para.", label);
	if (has_inline(record->text, part))
		return HELD;
	pinpoint_label(parent, &above);
	if (parts.whole && ordinal_of(part, parts.count) > parts.last) {
		*reason = parts.n == 1
				  ? opcit_arena_printf(file->checker->arena, "%s of %.*s has one part, (%.*s), and no (%.*s)",
						       above.ptr, OPCIT_FMT(file->name), OPCIT_FMT(parts.last_part),
						       OPCIT_FMT(part))
				  : opcit_arena_printf(file->checker->arena, "%s of %.*s has parts (%s) to (%.*s), no (%.*s)",
						       above.ptr, OPCIT_FMT(file->name),
						       parts.count == COUNT_LETTERS ? "a"
						       : parts.count == COUNT_ROMAN ? "i"
										    : "1",
						       OPCIT_FMT(parts.last_part), OPCIT_FMT(part));
		opcit_buf_release(&above);
		return ABSENT;
	}
	if (!parts.n && !has_loose_parts(file, record) && !has_inline(record->text, OPCIT_STR("a")) &&
	    !has_inline(record->text, OPCIT_STR("i")) && !has_inline(record->text, OPCIT_STR("1")) &&
	    ordinal_of(part, COUNT_LETTERS)) {
		*reason = opcit_arena_printf(file->checker->arena, "%s of %.*s has no lettered parts, so no (%.*s)",
					     above.ptr, OPCIT_FMT(file->name), OPCIT_FMT(part));
		opcit_buf_release(&above);
		return ABSENT;
	}
	opcit_buf_release(&above);
	return unsure(file, reason, "para.", label);
}

static enum held beyond(struct file *file, struct run run, const char *several, const char *one, unsigned number,
			struct opcit_str shown, struct opcit_str *reason)
{
	/* a single numbered paragraph may be all that was recognised */
	if (run.n < 2 || !run.whole || number <= run.last)
		return unsure(file, reason, one, shown);
	*reason = opcit_arena_printf(file->checker->arena, "%.*s has %s 1 to %u, no %s %.*s", OPCIT_FMT(file->name),
				     several, run.last, one, OPCIT_FMT(shown));
	return ABSENT;
}

/* "105.13": the numbers behind "105.". */
static enum held absent_dotted(struct file *file, struct opcit_str label, size_t dot, struct opcit_str *reason)
{
	struct opcit_str prefix = opcit_arena_dup(file->checker->arena, opcit_str_sub(label, 0, dot + 1));
	struct opcit_str rest = opcit_str_sub(label, dot + 1, label.len);
	struct run run = run_of(file, prefix.ptr);

	if (!check_is_number(rest) || !run.whole || check_number(rest) <= run.last)
		return unsure(file, reason, "para.", label);
	*reason = opcit_arena_printf(file->checker->arena, "%.*s has paragraphs %s1 to %s%u, no para. %.*s",
				     OPCIT_FMT(file->name), prefix.ptr, prefix.ptr, run.last, OPCIT_FMT(label));
	return ABSENT;
}

static enum held absent_para(struct file *file, struct opcit_str label, struct opcit_str *reason)
{
	struct opcit_str parent, part, top = label;
	const char *dot = memchr(label.ptr, '.', label.len);
	struct run run;

	if (opcit_str_starts(label, "pp"))
		return beyond(file, run_of(file, "pp"), "preambular paragraphs", "preambular para.",
			      check_number(opcit_str_sub(label, 2, label.len)), opcit_str_sub(label, 2, label.len),
			      reason);
	if (opcit_str_starts(label, "fn"))
		return beyond(file, run_of(file, "fn"), "footnotes", "footnote",
			      check_number(opcit_str_sub(label, 2, label.len)), opcit_str_sub(label, 2, label.len),
			      reason);
	if (labelled(file, label) || has_below(file, label))
		return HELD;
	if (check_part(label, &parent, &part)) {
		enum held held = absent_para(file, parent, reason);

		return held == HELD ? absent_part(file, label, parent, part, reason) : held;
	}
	if (dot)
		return absent_dotted(file, label, (size_t)(dot - label.ptr), reason);
	if (!check_is_number(top))
		return unsure(file, reason, "para.", label);
	run = run_of(file, "");
	if (!run.n) {
		*reason = opcit_arena_printf(file->checker->arena,
					     "para. %.*s could not be checked: the index knows no numbered paragraphs of %.*s",
					     OPCIT_FMT(label), OPCIT_FMT(file->name));
		return UNSURE;
	}
	return beyond(file, run, "paragraphs", "para.", check_number(label), label, reason);
}

/* The number of the last heading "Article N", where there are all from 1 on. */
static unsigned last_article(const struct file *file)
{
	unsigned last = 0;
	uint32_t i;

	for (i = 0; i < file->entry->doc.n_records; i++) {
		struct opcit_str text = file->records[i].text;

		if (file->records[i].kind != OPCIT_KIND_HEADING || text.len < 9 ||
		    !opcit_str_ieq(opcit_str_sub(text, 0, 8), OPCIT_STR("article ")))
			continue;
		if (check_number(opcit_str_sub(text, 8, text.len)) == last + 1)
			last++;
	}
	return last;
}

static enum held absent_article(struct file *file, struct opcit_str value, struct opcit_str *reason)
{
	unsigned number = check_number(value), last = last_article(file);

	if (last < 2 || !number || number <= last)
		return unsure(file, reason, "art.", value);
	*reason = opcit_arena_printf(file->checker->arena, "%.*s has %u articles, no art. %u", OPCIT_FMT(file->name),
				     last, number);
	return ABSENT;
}

enum held check_absent(struct checker *checker, const struct known *known, size_t version,
		       struct opcit_record *records, struct opcit_str wanted, struct opcit_str *reason)
{
	struct file file = { checker, &known->reading.entries[version], records, check_name(known, checker->arena) };
	struct opcit_buf shown = OPCIT_BUF_INIT;
	struct opcit_str pinpoint, unit, value;

	pinpoint_split(wanted, &unit, &value);
	if (opcit_str_is(unit, "para"))
		return absent_para(&file, value, reason);
	if (opcit_str_is(unit, "art"))
		return absent_article(&file, value, reason);
	pinpoint = opcit_arena_printf(checker->arena, "%.*s:%.*s", OPCIT_FMT(unit), OPCIT_FMT(value));
	pinpoint_one(pinpoint, &PINPOINT_UN, &shown);
	*reason = opcit_arena_printf(checker->arena, "%s is not checked", shown.ptr);
	opcit_buf_release(&shown);
	return UNSURE;
}
