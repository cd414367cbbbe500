/* check_place.c: whether a place is in a document.
 *
 * A place that is not found is absent only where the numbers say so: beyond
 * the last paragraph, letter or article. A gap in the count may be a fault in
 * the reading of the document, and then it cannot be told.
 */
#include "../lib/registry.h"
#include "check_int.h"
#include "pinpoint.h"
#include "place.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers -------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool digits_only(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	return s.len > 0 && s.len < 7;
}

static unsigned number_of(struct opcit_str s)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < s.len && i < 7 && is_digit(s.ptr[i]); i++)
		n = n * 10 + (unsigned)(s.ptr[i] - '0');
	return n;
}

static unsigned roman_of(struct opcit_str s)
{
	static const char letters[] = "ivxlc";
	static const unsigned values[] = { 1, 5, 10, 50, 100 };
	unsigned sum = 0, last = 0, value;
	const char *letter;
	size_t i;

	for (i = s.len; i-- > 0;) {
		letter = strchr(letters, s.ptr[i] | 0x20);
		if (!letter || !*letter)
			return 0;
		value = values[letter - letters];
		sum = value < last ? sum - value : sum + value;
		last = value > last ? value : last;
	}
	return sum;
}

/* How the parts of a paragraph are counted. */
enum count { COUNT_LETTERS, COUNT_ROMAN, COUNT_DIGITS, COUNT_NONE };

static unsigned ordinal_of(struct opcit_str s, enum count count)
{
	if (count == COUNT_DIGITS)
		return digits_only(s) ? number_of(s) : 0;
	if (count == COUNT_ROMAN)
		return roman_of(s);
	if (count == COUNT_LETTERS && s.len == 1 && (s.ptr[0] | 0x20) >= 'a' && (s.ptr[0] | 0x20) <= 'z')
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

/* "67(h)(ii)" is "ii" of "67(h)". */
static bool take_part(struct opcit_str label, struct opcit_str *parent, struct opcit_str *part)
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

		if (!opcit_str_starts(label, prefix) || !digits_only(rest))
			continue;
		number = number_of(rest);
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
		if (!take_part(file->records[i].label, &above, &part) || !opcit_str_ieq(above, parent))
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

	if (!digits_only(rest) || !run.whole || number_of(rest) <= run.last)
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
			      number_of(opcit_str_sub(label, 2, label.len)), opcit_str_sub(label, 2, label.len),
			      reason);
	if (opcit_str_starts(label, "fn"))
		return beyond(file, run_of(file, "fn"), "footnotes", "footnote",
			      number_of(opcit_str_sub(label, 2, label.len)), opcit_str_sub(label, 2, label.len),
			      reason);
	if (labelled(file, label) || has_below(file, label))
		return HELD;
	if (take_part(label, &parent, &part)) {
		enum held held = absent_para(file, parent, reason);

		return held == HELD ? absent_part(file, label, parent, part, reason) : held;
	}
	if (dot)
		return absent_dotted(file, label, (size_t)(dot - label.ptr), reason);
	if (!digits_only(top))
		return unsure(file, reason, "para.", label);
	run = run_of(file, "");
	if (!run.n) {
		*reason = opcit_arena_printf(file->checker->arena,
					     "para. %.*s could not be checked: the index knows no numbered paragraphs of %.*s",
					     OPCIT_FMT(label), OPCIT_FMT(file->name));
		return UNSURE;
	}
	return beyond(file, run, "paragraphs", "para.", number_of(label), label, reason);
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
		if (number_of(opcit_str_sub(text, 8, text.len)) == last + 1)
			last++;
	}
	return last;
}

static enum held absent_article(struct file *file, struct opcit_str value, struct opcit_str *reason)
{
	unsigned number = number_of(value), last = last_article(file);

	if (last < 2 || !number || number <= last)
		return unsure(file, reason, "art.", value);
	*reason = opcit_arena_printf(file->checker->arena, "%.*s has %u articles, no art. %u", OPCIT_FMT(file->name),
				     last, number);
	return ABSENT;
}

static enum held absent(struct file *file, struct opcit_str unit, struct opcit_str value, struct opcit_str *reason)
{
	struct opcit_buf shown = OPCIT_BUF_INIT;
	struct opcit_str pinpoint;

	if (opcit_str_is(unit, "para"))
		return absent_para(file, value, reason);
	if (opcit_str_is(unit, "art"))
		return absent_article(file, value, reason);
	pinpoint = opcit_arena_printf(file->checker->arena, "%.*s:%.*s", OPCIT_FMT(unit), OPCIT_FMT(value));
	pinpoint_one(pinpoint, &PINPOINT_UN, &shown);
	*reason = opcit_arena_printf(file->checker->arena, "%s is not checked", shown.ptr);
	opcit_buf_release(&shown);
	return UNSURE;
}

/* ---- all files ------------------------------------------------------------------- */

/* The place in one version: found, or what its numbers say. */
static opcit_status ask(struct checker *checker, struct known *known, size_t version, struct opcit_str pinpoint,
			struct place_answer *answer, struct opcit_err *err)
{
	const struct opcit_entry *entry = &known->reading.entries[version];
	struct file file = { checker, entry, NULL, check_name(known, checker->arena) };
	struct opcit_str unit, value;
	struct opcit_record record;
	struct opcit_buf at = OPCIT_BUF_INIT;
	struct place place;
	opcit_status status = place_find(checker->reader.index, entry, pinpoint, checker->arena, &place, err);

	if (status == OPCIT_OK && place.n) {
		status = opcit_index_record(checker->reader.index, entry, place.seqs[0], checker->arena, &record, err);
		if (status == OPCIT_OK) {
			pinpoint_write(&entry->doc, &record, &at);
			answer->at = opcit_arena_dup(checker->arena, opcit_buf_str(&at));
			answer->evidence = check_first_words(record.text, checker->arena);
			opcit_buf_release(&at);
		}
	}
	if (status != OPCIT_OK)
		return status;
	answer->held = HELD;
	if (place.n && place.exact)
		return OPCIT_OK;
	pinpoint_split(pinpoint, &unit, &value);
	status = check_known_records(checker, known, version, &file.records, err);
	if (status == OPCIT_OK)
		answer->held = absent(&file, unit, value, &answer->reason);
	return status;
}

/* Both ends of a range: "14-16", "4(a)-4(c)", "67(h)-(j)". */
static bool split_range(struct opcit_str pinpoint, struct opcit_arena *arena, struct opcit_str ends[2])
{
	struct opcit_str unit, value, parent, part, to;
	const char *dash;
	size_t at;

	pinpoint_split(pinpoint, &unit, &value);
	dash = value.len > 1 ? memchr(value.ptr + 1, '-', value.len - 1) : NULL;
	at = dash ? (size_t)(dash - value.ptr) : 0;
	if (!dash || at + 1 >= value.len)
		return false;
	ends[0] = opcit_arena_printf(arena, "%.*s:%.*s", OPCIT_FMT(unit), (int)at, value.ptr);
	to = opcit_str_sub(value, at + 1, value.len);
	parent = (struct opcit_str){ value.ptr, 0 };
	if (to.ptr[0] == '(' && !take_part(opcit_str_sub(value, 0, at), &parent, &part))
		parent = opcit_str_sub(value, 0, at);
	ends[1] = opcit_arena_printf(arena, "%.*s:%.*s%.*s", OPCIT_FMT(unit), OPCIT_FMT(parent), OPCIT_FMT(to));
	return true;
}

/* An article that the table says a treaty does not have. */
static bool beyond_articles(struct checker *checker, const struct known *known, struct opcit_str pinpoint,
			    struct place_answer *answer)
{
	const struct opcit_instrument *row = known->reading.instrument;
	struct opcit_str unit, value;
	unsigned number;

	pinpoint_split(pinpoint, &unit, &value);
	number = number_of(value);
	if (!row || !digits_only(row->articles) || !opcit_str_is(unit, "art") || number <= number_of(row->articles))
		return false;
	answer->held = ABSENT;
	answer->reason = opcit_arena_printf(checker->arena, "the %.*s has %.*s articles, no art. %u",
					    OPCIT_FMT(row->name), OPCIT_FMT(row->articles), number);
	return true;
}

bool check_other_treaty(const struct check_facts *facts, const struct opcit_instrument *row, struct opcit_str pinpoint,
			const struct opcit_instrument **other)
{
	struct opcit_str unit, value;
	size_t i;

	pinpoint_split(pinpoint, &unit, &value);
	for (i = facts->n_treaties; i-- > 0;) {
		*other = facts->treaties[i];
		if (*other != row && (*other)->genre == row->genre &&
		    (!digits_only((*other)->articles) || number_of((*other)->articles) >= number_of(value)))
			return true;
	}
	return false;
}

/* Where any version has it, it is there; where any cannot tell, nobody can. */
static opcit_status find_one(struct checker *checker, struct known *known, struct opcit_str pinpoint,
			     struct place_answer *answer, struct opcit_err *err)
{
	struct place_answer this;
	struct opcit_str unit, value;
	opcit_status status = OPCIT_OK;
	size_t i;

	pinpoint_split(pinpoint, &unit, &value);
	if (beyond_articles(checker, known, pinpoint, answer))
		return OPCIT_OK;
	if (!known->reading.n_versions || opcit_str_is(unit, "page")) {
		answer->held = UNSURE;
		answer->reason = known->reading.n_versions ? OPCIT_STR("the page is not checked") : answer->reason;
		return OPCIT_OK;
	}
	for (i = 0; i < known->reading.n_versions && status == OPCIT_OK; i++) {
		this = (struct place_answer){ .key = answer->key };
		status = ask(checker, known, i, pinpoint, &this, err);
		if (i == 0 || this.held == HELD || (this.held == UNSURE && answer->held == ABSENT))
			*answer = this;
		if (answer->held == HELD)
			break;
	}
	return status;
}

static opcit_status find(struct checker *checker, struct known *known, struct opcit_str pinpoint,
			 struct place_answer *answer, struct opcit_err *err)
{
	struct place_answer last = { .key = answer->key };
	struct opcit_str ends[2];
	opcit_status status;

	if (!split_range(pinpoint, checker->arena, ends))
		return find_one(checker, known, pinpoint, answer, err);
	status = find_one(checker, known, ends[0], answer, err);
	if (status == OPCIT_OK && answer->held != ABSENT) {
		status = find_one(checker, known, ends[1], &last, err);
		if (last.held == ABSENT || answer->held == HELD) {
			answer->held = last.held;
			answer->reason = last.reason;
		}
	}
	return status;
}

/* ---- remembered ------------------------------------------------------------------ */

static struct place_answer **answer_slot(struct place_answer **table, size_t cap, struct opcit_str key)
{
	size_t i = check_hash(key) & (cap - 1);

	while (table[i] && !opcit_str_eq(table[i]->key, key))
		i = (i + 1) & (cap - 1);
	return &table[i];
}

static void grow(struct check_facts *facts)
{
	size_t cap = facts->cap_answers ? facts->cap_answers * 2 : 256, i;
	struct place_answer **bigger = opcit_xcalloc(cap, sizeof *bigger);

	for (i = 0; i < facts->cap_answers; i++)
		if (facts->answers[i])
			*answer_slot(bigger, cap, facts->answers[i]->key) = facts->answers[i];
	free(facts->answers);
	facts->answers = bigger;
	facts->cap_answers = cap;
}

opcit_status check_place_in(struct checker *checker, struct known *known, struct opcit_str pinpoint,
			    const struct place_answer **answer, struct opcit_err *err)
{
	struct check_facts *facts = checker->facts;
	struct opcit_str key = opcit_arena_printf(checker->arena, "%.*s\n%.*s", OPCIT_FMT(known->reading.target),
						  OPCIT_FMT(pinpoint));
	struct place_answer **slot;
	opcit_status status = OPCIT_OK;

	if (facts->n_answers * 2 >= facts->cap_answers)
		grow(facts);
	slot = answer_slot(facts->answers, facts->cap_answers, key);
	if (!*slot) {
		*slot = opcit_arena_calloc(checker->arena, sizeof **slot);
		(*slot)->key = key;
		facts->n_answers++;
		status = find(checker, known, pinpoint, *slot, err);
	}
	*answer = *slot;
	return status;
}
