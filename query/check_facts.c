/* check_facts.c: what is claimed of a document, held against what it says of
 * itself. A report is often dated some weeks before it is distributed; a
 * resolution has one date on which it was adopted. */
#include "check_int.h"

#include "../lib/registry.h"

#include <stdio.h>
#include <string.h>

enum { WEEKS = 183 }; /* days that a report may lie before it is distributed */

/* As far as both are known. */
static bool agree(struct style_date a, struct style_date b)
{
	return a.year == b.year && (!a.month || !b.month || a.month == b.month) &&
	       (!a.day || !b.day || a.day == b.day);
}

/* Days from the first of the year 0, near enough to tell weeks from years. */
static int days(struct style_date date, bool last)
{
	int month = date.month ? date.month : last ? 12 : 1, day = date.day ? date.day : last ? 30 : 1;

	return date.year * 365 + (month - 1) * 30 + day;
}

/* How far apart the two are at the least. */
static int apart(struct style_date a, struct style_date b)
{
	if (days(a, true) < days(b, false))
		return days(b, false) - days(a, true);
	return days(b, true) < days(a, false) ? days(a, false) - days(b, true) : 0;
}

static bool has_title_year(const struct known *known, int year)
{
	char digits[16];
	size_t i;

	snprintf(digits, sizeof digits, "%d", year);
	for (i = 0; i < known->n_titles; i++)
		if (opcit_str_find(known->titles[i], digits))
			return true;
	return false;
}

static bool agrees_with_any(const struct known *known, struct style_date date)
{
	size_t i;

	for (i = 0; i < known->n_dates; i++)
		if (agree(known->dates[i], date))
			return true;
	return false;
}

static struct opcit_str date_reason(struct checker *checker, const struct known *known, const char *verb,
				    struct style_date real, struct style_date claimed)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str name = check_name(known, checker->arena), reason;

	opcit_buf_printf(&buf, "%.*s %s ", OPCIT_FMT(name), verb);
	style_date_write(real, &buf);
	opcit_buf_puts(&buf, ", not ");
	style_date_write(claimed, &buf);
	reason = opcit_arena_dup(checker->arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return reason;
}

static struct opcit_str against_date(struct checker *checker, const struct known *known, struct style_date date)
{
	static const struct opcit_str nothing = { NULL, 0 };
	const struct opcit_instrument *row = known->reading.instrument;
	bool declared = known->reading.n_entries && opcit_str_is(known->reading.entries[0].doc.type, "declaration");
	struct style_date own = { 0 };
	size_t i;

	/* of a treaty one may give adoption, signature or entry into force */
	if (!date.year || (row && !declared) || !known->n_dates || agrees_with_any(known, date) ||
	    (!date.month && has_title_year(known, date.year)))
		return nothing;
	/* a declaration has one date, on which it was made */
	if (declared) {
		own = style_date(row && row->date.len ? row->date : known->reading.entries[0].doc.date);
		return own.year && !agree(own, date) ? date_reason(checker, known, "is dated", own, date) : nothing;
	}
	if (known->adopted.year) {
		own = known->adopted;
		own.month = date.month ? own.month : 0;
		own.day = date.day ? own.day : 0;
		return date_reason(checker, known, date.day ? "was adopted on" : "was adopted in", own, date);
	}
	if (check_is_resolution(known->reading.target))
		return nothing; /* its own date may be that of its distribution */
	for (i = 0; i < known->n_dates; i++)
		if (apart(known->dates[i], date) <= WEEKS)
			return nothing;
	own = style_date(known->reading.entries[0].doc.date);
	return own.year ? date_reason(checker, known, "is dated", own, date) : nothing;
}

/* The session in "A/RES/92/117", "A/HRC/DEC/88/103". */
static unsigned session_of(struct opcit_str target)
{
	static const char *const series[] = { "A/RES/", "A/DEC/", "A/HRC/RES/", "A/HRC/DEC/" };
	size_t i, at;
	unsigned session;

	for (i = 0; i < sizeof series / sizeof *series; i++) {
		if (!opcit_str_starts(target, series[i]))
			continue;
		for (at = strlen(series[i]), session = 0;
		     at < target.len && target.ptr[at] >= '0' && target.ptr[at] <= '9' && session < 1000; at++)
			session = session * 10 + (unsigned)(target.ptr[at] - '0');
		return at < target.len && target.ptr[at] == '/' ? session : 0;
	}
	return 0;
}

static const char *suffix(unsigned n)
{
	if (n % 100 >= 11 && n % 100 <= 13)
		return "th";
	return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

static struct opcit_str against_session(struct checker *checker, const struct known *known, unsigned claimed)
{
	unsigned session = session_of(known->reading.target);

	if (!claimed || !session || session == claimed)
		return (struct opcit_str){ NULL, 0 };
	return opcit_arena_printf(checker->arena, "%.*s is of the %u%s session, not the %u%s",
				  OPCIT_FMT(known->reading.target), session, suffix(session), claimed, suffix(claimed));
}

static struct opcit_str against_title(struct checker *checker, const struct known *known, const struct claims *claims)
{
	size_t nearest;

	if (!claims->title.len || !known->n_titles || known->reading.instrument ||
	    check_title(known->titles, known->title_langs, known->n_titles, claims->title, claims->entitled,
			&nearest) != TITLE_OTHER)
		return (struct opcit_str){ NULL, 0 };
	return opcit_arena_printf(checker->arena, "the title of %.*s is “%.*s”, not “%.*s”",
				  OPCIT_FMT(known->reading.target), OPCIT_FMT(known->titles[nearest]),
				  OPCIT_FMT(claims->title));
}

opcit_status check_contradiction(struct checker *checker, struct known *known, const struct claims *claims,
				 struct opcit_str *reason, struct opcit_err *err)
{
	opcit_status status = check_known_head(checker, known, err);

	if (status != OPCIT_OK)
		return status;
	*reason = against_session(checker, known, claims->session);
	if (!reason->len)
		*reason = against_date(checker, known, claims->date);
	if (!reason->len)
		*reason = against_title(checker, known, claims);
	return OPCIT_OK;
}

opcit_status check_confirms(struct checker *checker, struct known *known, const struct claims *claims,
			    bool *confirms, struct opcit_err *err)
{
	struct opcit_str reason;
	size_t nearest;
	opcit_status status = check_contradiction(checker, known, claims, &reason, err);

	*confirms = status == OPCIT_OK && !reason.len &&
		    ((claims->date.day && agrees_with_any(known, claims->date)) ||
		     (claims->title.len && known->n_titles &&
		      check_title(known->titles, known->title_langs, known->n_titles, claims->title, claims->entitled,
				  &nearest) == TITLE_SAME));
	return status;
}
