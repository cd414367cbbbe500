/* check_newer.c: what has taken the place of a document, and whose number a
 * number is. All of it from the symbols of the index. */
#include "../lib/registry.h"
#include "../lib/rule.h"
#include "check_int.h"

#include <string.h>

static bool starts(struct opcit_str s, struct opcit_str prefix)
{
	return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

enum { OTHERS_MOST = 16 }; /* documents that one finding names */

/* "12" to the end; 0 for anything else. */
static unsigned whole_number(struct opcit_str s)
{
	return check_is_number(s) ? check_number(s) : 0;
}

/* ---- revisions and corrigenda ------------------------------------------------------ */

/* "a/93/288/rev.1" is revision 1 of "a/93/288". */
static unsigned take_revision(struct opcit_str *key)
{
	const char *rev = opcit_str_find(*key, "/rev.");
	unsigned n;

	if (!rev)
		return 0;
	n = whole_number(opcit_str_sub(*key, (size_t)(rev - key->ptr) + 5, key->len));
	if (n)
		key->len = (size_t)(rev - key->ptr);
	return n;
}

static void add_other(struct newer *newer, struct opcit_str symbol)
{
	if (newer->n_others < OTHERS_MOST &&
	    (!newer->n_others || !opcit_str_eq(newer->others[newer->n_others - 1], symbol)))
		newer->others[newer->n_others++] = symbol;
}

/* Symbols that are this key, the mark, and a number over `than`. */
static void add_marked(const struct shelf_row *rows, size_t n, struct opcit_str key, const char *mark, unsigned than,
		       struct opcit_arena *arena, struct newer *newer)
{
	struct opcit_str prefix = opcit_arena_printf(arena, "%.*s%s", OPCIT_FMT(key), mark);
	size_t i;

	for (i = check_shelf_at(rows, n, prefix); i < n && starts(rows[i].key, prefix); i++)
		if (whole_number(opcit_str_sub(rows[i].key, prefix.len, rows[i].key.len)) > than)
			add_other(newer, rows[i].entry->doc.symbol);
}

/* ---- drafts that were adopted ------------------------------------------------------ */

/* The number before "/l." in "a/c.3/92/l.44": the session. */
static struct opcit_str session_before(struct opcit_str key)
{
	const char *mark = opcit_str_find(key, "/l.");
	size_t end = mark ? (size_t)(mark - key.ptr) : 0, at = end;

	while (at > 0 && opcit_is_digit(key.ptr[at - 1]))
		at--;
	return at > 0 && key.ptr[at - 1] == '/' ? opcit_str_sub(key, at, end) : (struct opcit_str){ NULL, 0 };
}

/* Resolutions and decisions of that session and body with the draft's title. */
static void add_adopted(const struct shelf_row *rows, size_t n, const struct known *known, struct opcit_str key,
			struct opcit_arena *arena, struct newer *newer)
{
	static const char *const kinds[] = { "res", "dec" };
	struct opcit_str session = session_before(key), title, prefix;
	bool council = opcit_str_starts(key, "a/hrc/");
	size_t k, i;

	if (!session.len || !known->reading.n_entries || key.ptr[0] != 'a')
		return;
	title = check_key(reference_title(known->reading.entries[0].doc.title), arena);
	for (k = 0; k < 2 && title.len; k++) {
		prefix = opcit_arena_printf(arena, "a/%s%s/%.*s/", council ? "hrc/" : "", kinds[k], OPCIT_FMT(session));
		for (i = check_shelf_at(rows, n, prefix); i < n && starts(rows[i].key, prefix); i++)
			if (opcit_str_eq(check_key(reference_title(rows[i].entry->doc.title), arena), title))
				add_other(newer, rows[i].entry->doc.symbol);
	}
}

static void say(struct newer *newer, const char *what, struct opcit_arena *arena)
{
	if (newer->n_others)
		newer->reason = opcit_arena_printf(arena, "%s is in the index: %.*s", what,
						   OPCIT_FMT(newer->others[newer->n_others - 1]));
}

opcit_status check_newer(struct checker *checker, struct known *known, const struct newer **newer,
			 struct opcit_err *err)
{
	const struct shelf_row *rows;
	struct opcit_str key, base;
	opcit_status status;
	unsigned revision;
	size_t n;

	*newer = known->newer;
	if (known->newer)
		return OPCIT_OK;
	status = check_shelf(checker, &rows, &n, err);
	if (status != OPCIT_OK)
		return status;
	known->newer = opcit_arena_calloc(checker->arena, sizeof *known->newer);
	known->newer->others = opcit_arena_calloc(checker->arena, OTHERS_MOST * sizeof *known->newer->others);
	*newer = known->newer;
	key = base = check_key(known->reading.target, checker->arena);
	if (!memchr(key.ptr, '/', key.len))
		return OPCIT_OK;
	revision = take_revision(&base);
	add_marked(rows, n, base, "/rev.", revision, checker->arena, known->newer);
	say(known->newer, "a revision", checker->arena);
	if (!known->newer->n_others && opcit_str_find(key, "/l.")) {
		add_adopted(rows, n, known, base, checker->arena, known->newer);
		say(known->newer, "the text as adopted", checker->arena);
	}
	if (!known->newer->n_others) {
		add_marked(rows, n, key, "/corr.", 0, checker->arena, known->newer);
		known->newer->corrigendum = known->newer->n_others > 0;
		say(known->newer, "a corrigendum", checker->arena);
	}
	return OPCIT_OK;
}

/* ---- numbers ----------------------------------------------------------------------- */

opcit_status check_other_year(struct checker *checker, struct known *known, struct opcit_err *err)
{
	struct opcit_str key, found = { NULL, 0 };
	const struct shelf_row *rows;
	const char *bracket;
	opcit_status status;
	size_t n, i;

	if (known->year_asked || !opcit_str_starts(known->reading.target, "S/RES/"))
		return OPCIT_OK;
	known->year_asked = true;
	status = check_shelf(checker, &rows, &n, err);
	if (status != OPCIT_OK)
		return status;
	key = check_key(known->reading.target, checker->arena);
	bracket = memchr(key.ptr, '(', key.len);
	key = bracket ? opcit_str_sub(key, 0, (size_t)(bracket - key.ptr) + 1)
		      : opcit_arena_printf(checker->arena, "%.*s(", OPCIT_FMT(key));
	for (i = check_shelf_at(rows, n, key); i < n && starts(rows[i].key, key); i++) {
		/* a year that its own date is against is a misprint of the index's text */
		if (!opcit_str_eq(opcit_str_sub(rows[i].entry->doc.date, 0, 4),
				  opcit_str_sub(rows[i].key, key.len, key.len + 4)))
			return OPCIT_OK;
		if (found.len && !opcit_str_eq(found, rows[i].entry->doc.symbol))
			return OPCIT_OK; /* two of them: which is meant? */
		found = rows[i].entry->doc.symbol;
	}
	known->other_year = found;
	return OPCIT_OK;
}

/* What follows "/RES/" or "/DEC/". */
static struct opcit_str number_of(struct opcit_str target, bool *decision)
{
	const char *mark = opcit_str_find(target, "/RES/");

	*decision = !mark;
	if (!mark)
		mark = opcit_str_find(target, "/DEC/");
	return mark ? opcit_str_sub(target, (size_t)(mark - target.ptr) + 5, target.len) : (struct opcit_str){ NULL, 0 };
}

struct opcit_str check_impossible(struct checker *checker, struct opcit_str target)
{
	const struct opcit_registry *registry = checker->reader.registry;
	const struct opcit_series *series = opcit_registry_series(registry, target);
	const struct opcit_body *body = series ? opcit_registry_body(registry, series->body) : NULL;
	bool decision;
	struct opcit_str session = number_of(target, &decision), number;
	const char *slash = session.len ? memchr(session.ptr, '/', session.len) : NULL;

	if (!body || decision || !slash)
		return OPCIT_STR("");
	number = opcit_str_sub(session, (size_t)(slash + 1 - session.ptr), session.len);
	session.len = (size_t)(slash - session.ptr);
	if (!check_is_number(session) || !check_is_number(number))
		return OPCIT_STR("");
	if (body->session_from.len && check_number(session) < check_number(body->session_from))
		return opcit_arena_printf(checker->arena, "resolutions of the %.*s are numbered so only from session %.*s on",
					  OPCIT_FMT(body->name), OPCIT_FMT(body->session_from));
	if (body->number_to.len && check_number(number) > check_number(body->number_to))
		return opcit_arena_printf(checker->arena, "no resolution of the %.*s has a number above %.*s",
					  OPCIT_FMT(body->name), OPCIT_FMT(body->number_to));
	return OPCIT_STR("");
}

opcit_status check_other_bodies(struct checker *checker, struct known *known, struct opcit_err *err)
{
	const struct opcit_registry *registry = checker->reader.registry;
	struct opcit_str number;
	struct known *other;
	opcit_status status = OPCIT_OK;
	char symbol[200];
	bool decision;
	size_t i;

	if (known->bodies_asked)
		return OPCIT_OK;
	known->bodies_asked = true;
	known->other_bodies = opcit_arena_calloc(checker->arena, OTHERS_MOST * sizeof *known->other_bodies);
	number = number_of(known->reading.target, &decision);
	if (!number.len || number.len > 40)
		return OPCIT_OK;
	number = opcit_arena_dup(checker->arena, number);
	for (i = 0; i < registry->n_bodies && known->n_other_bodies < OTHERS_MOST && status == OPCIT_OK; i++) {
		const struct opcit_body *body = &registry->bodies[i];

		if (!opcit_rule_apply(decision ? body->decision : body->resolution, number.ptr, symbol, sizeof symbol) ||
		    opcit_str_is(known->reading.target, symbol))
			continue;
		status = check_known(checker, opcit_arena_dup(checker->arena, opcit_str_of(symbol)), &other, err);
		if (status == OPCIT_OK && other->reading.n_entries)
			known->other_bodies[known->n_other_bodies++] = other->reading.target;
	}
	return status;
}

/* Comments are numbered by each committee: "general comment No. 31". */
static bool is_comment(struct opcit_str raw)
{
	return opcit_str_find(raw, "omment") || opcit_str_find(raw, "bservation") ||
	       opcit_str_find(raw, "bservaci") || opcit_str_find(raw, "ecommendation");
}

/* "90/58" of "paragraph 2 of resolution 90/58", without blanks; in arena. */
static struct opcit_str cited_number(struct opcit_str raw, struct opcit_arena *arena)
{
	static const char *const words[] = { "esolution", "ésolution", "esolución", "ecision", "écision", "ecisión",
					     "omment",	  "bservation", "bservaci", "ecommendation" };
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str number = { NULL, 0 };
	const char *at = NULL, *p, *end = raw.ptr + raw.len;
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words && !at; i++)
		at = opcit_str_find(raw, words[i]);
	for (p = at; p && p < end && !opcit_is_digit(*p);)
		p++;
	for (; p && p < end && (opcit_is_digit(*p) || *p == '/'); p++)
		opcit_buf_putc(&buf, *p);
	if (p && p + 1 < end && *p == ' ' && p[1] == '(' && !is_comment(raw))
		for (p++; p < end && *p != ' '; p++)
			opcit_buf_putc(&buf, *p);
	if (buf.len && buf.len < 40)
		number = opcit_arena_dup(arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return number;
}

static bool symbol_of(const struct opcit_body *body, struct opcit_str number, struct opcit_str raw, char *symbol,
		      size_t size)
{
	bool decision = opcit_str_find(raw, "ecisi") || opcit_str_find(raw, "écisi");

	if (is_comment(raw))
		return opcit_rule_number(body->general_comment, whole_number(number), symbol, size);
	return opcit_rule_apply(decision ? body->decision : body->resolution, number.ptr, symbol, size);
}

opcit_status check_candidates(struct checker *checker, struct opcit_str raw, struct opcit_str **others, size_t *n,
			      size_t *held, struct opcit_err *err)
{
	const struct opcit_registry *registry = checker->reader.registry;
	struct opcit_str number = cited_number(raw, checker->arena), rest[OTHERS_MOST];
	struct known *known;
	opcit_status status = OPCIT_OK;
	char symbol[200];
	size_t i, n_rest = 0;

	*others = opcit_arena_calloc(checker->arena, 2 * OTHERS_MOST * sizeof **others);
	*n = *held = 0;
	for (i = 0; number.len && i < registry->n_bodies && *held < OTHERS_MOST && status == OPCIT_OK; i++) {
		struct opcit_str target;

		if (!symbol_of(&registry->bodies[i], number, raw, symbol, sizeof symbol))
			continue;
		target = opcit_arena_dup(checker->arena, opcit_str_of(symbol));
		status = check_known(checker, target, &known, err);
		if (status == OPCIT_OK && known->reading.n_entries)
			(*others)[(*held)++] = target;
		else if (n_rest < OTHERS_MOST)
			rest[n_rest++] = target;
	}
	for (*n = *held, i = 0; i < n_rest; i++)
		(*others)[(*n)++] = rest[i];
	return status;
}
