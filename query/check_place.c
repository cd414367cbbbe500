/* check_place.c: whether a place is in what an identifier means: asked of every
 * version, both ends of a range, and only once. */
#include "../lib/registry.h"
#include "check_int.h"
#include "pinpoint.h"
#include "place.h"

#include <string.h>

/* ---- all files ------------------------------------------------------------------- */

/* The place in one version: found, or what its numbers say. */
static opcit_status ask(struct checker *checker, struct known *known, size_t version, struct opcit_str pinpoint,
			struct place_answer *answer, struct opcit_err *err)
{
	const struct opcit_entry *entry = &known->reading.entries[version];
	struct opcit_record record, *records;
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
	status = check_known_records(checker, known, version, &records, err);
	if (status == OPCIT_OK)
		answer->held = check_absent(checker, known, version, records, pinpoint, &answer->reason);
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
	if (to.ptr[0] == '(' && !check_part(opcit_str_sub(value, 0, at), &parent, &part))
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
	number = check_number(value);
	if (!row || !check_is_number(row->articles) || !opcit_str_is(unit, "art") || number <= check_number(row->articles))
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
		    (!check_is_number((*other)->articles) || check_number((*other)->articles) >= check_number(value)))
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
		this = (struct place_answer){ .held = HELD };
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
	struct place_answer last = { .held = HELD };
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

opcit_status check_place_in(struct checker *checker, struct known *known, struct opcit_str pinpoint,
			    const struct place_answer **answer, struct opcit_err *err)
{
	struct opcit_str key = opcit_arena_printf(checker->arena, "%.*s\n%.*s", OPCIT_FMT(known->reading.target),
						  OPCIT_FMT(pinpoint));
	void **place = opcit_map_at(&checker->facts->answers, key);
	struct place_answer *found = *place;
	opcit_status status = OPCIT_OK;

	if (!found) {
		*place = found = opcit_arena_calloc(checker->arena, sizeof *found);
		status = find(checker, known, pinpoint, found, err);
	}
	*answer = found;
	return status;
}
