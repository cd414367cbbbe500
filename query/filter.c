/* filter.c: fields of a query, and saying what a query was understood as. */
#include <string.h>

#include "../lib/intent.h"
#include "parse.h"

static bool is_date(struct opcit_str s)
{
	static const char shape[] = "dddd-dd-dd";
	size_t i;

	if (s.len != 4 && s.len != 7 && s.len != 10)
		return false;
	for (i = 0; i < s.len; i++)
		if (shape[i] == 'd' ? s.ptr[i] < '0' || s.ptr[i] > '9' : s.ptr[i] != '-')
			return false;
	return true;
}

opcit_status parse_field(enum opcit_field field, struct opcit_str value, struct opcit_arena *arena,
			 struct opcit_query **query, struct opcit_err *err)
{
	struct opcit_query *node;

	value = opcit_str_trim(value);
	if (value.len == 0)
		return opcit_err_set(err, OPCIT_USAGE, "the filter '%s' has no value",
				     opcit_field_name(field));
	if (field == OPCIT_FIELD_KIND && opcit_kind_of(value) == OPCIT_KIND_COUNT) {
		opcit_err_set(err, OPCIT_USAGE, "there is no kind '%.40s'",
			      opcit_arena_dup(arena, value).ptr);
		opcit_err_hint(
			err,
			"kinds: title heading preambular operative paragraph item footnote toc");
		return OPCIT_USAGE;
	}
	if ((field == OPCIT_FIELD_SINCE || field == OPCIT_FIELD_UNTIL) && !is_date(value)) {
		opcit_err_set(err, OPCIT_USAGE, "'%.40s' is not a date",
			      opcit_arena_dup(arena, value).ptr);
		opcit_err_hint(err, "write 2010, 2010-07 or 2010-07-21");
		return OPCIT_USAGE;
	}
	node = parse_node(arena, OPCIT_QUERY_FIELD, 0);
	node->field = field;
	node->text = value;
	*query = node;
	return OPCIT_OK;
}

/* ---- explaining ---------------------------------------------------------- */

static void explain(struct opcit_index *index, const struct opcit_query *query,
		    struct opcit_buf *out);

/* The kind of statement that a loose word also asks for. */
static void explain_intent(const struct opcit_query *word, struct opcit_buf *out)
{
	const struct opcit_intent *intent = word->op == OPCIT_QUERY_WORD ? opcit_intent_of(word->text) : NULL;

	if (intent)
		opcit_buf_printf(out, " (preferred: %s)", intent->name);
}

static void join(struct opcit_index *index, const struct opcit_query *query, size_t from,
		 const char *between, struct opcit_buf *out)
{
	size_t i;

	for (i = from; i < query->n_subs; i++) {
		const struct opcit_query *sub = query->subs[i];

		if (i > from)
			opcit_buf_puts(out, between);
		explain(index, sub, out);
		if (query->op != OPCIT_QUERY_AND && query->op != OPCIT_QUERY_NOT)
			explain_intent(sub->op == OPCIT_QUERY_CONCEPT ? sub->subs[0] : sub, out);
	}
}

/* What else a thing is called: the first few names. */
static void explain_names(const struct opcit_query *query, struct opcit_buf *out)
{
	enum { SHOWN = 6 };
	size_t i;

	for (i = 1; i < query->n_subs && i <= SHOWN; i++)
		opcit_buf_printf(out, "%s%.*s", i > 1 ? ", " : " (also: ", OPCIT_FMT(query->subs[i]->text));
	if (query->n_subs > SHOWN + 1)
		opcit_buf_printf(out, " and %zu more", query->n_subs - SHOWN - 1);
	opcit_buf_puts(out, query->n_subs > 1 ? ")" : "");
}

static void explain_first(struct opcit_index *index, const struct opcit_query *query,
			  struct opcit_buf *out)
{
	opcit_buf_printf(out, "first document '%.*s'%s%.*s%s, then what cites or names it",
			 OPCIT_FMT(query->text), query->pinpoint.len ? " and in it '" : "",
			 OPCIT_FMT(query->pinpoint), query->pinpoint.len ? "'" : "");
	if (query->n_subs) {
		opcit_buf_puts(out, ", then ");
		explain(index, query->subs[0], out);
	}
}

static void explain(struct opcit_index *index, const struct opcit_query *query,
		    struct opcit_buf *out)
{
	switch (query->op) {
	case OPCIT_QUERY_WORD:
		opcit_buf_printf(out, "%.*s%s", OPCIT_FMT(query->text),
				 opcit_index_ignores(index, query->text) ? " (ignored: too common)"
									 : "");
		return;
	case OPCIT_QUERY_PHRASE: opcit_buf_printf(out, "\"%.*s\"", OPCIT_FMT(query->text)); return;
	case OPCIT_QUERY_FIELD:
		opcit_buf_printf(out, "%s is '%.*s'", opcit_field_name(query->field),
				 OPCIT_FMT(query->text));
		return;
	case OPCIT_QUERY_AND:
	case OPCIT_QUERY_OR:
		opcit_buf_putc(out, '(');
		join(index, query, 0, query->op == OPCIT_QUERY_AND ? " and " : " or ", out);
		opcit_buf_putc(out, ')');
		return;
	case OPCIT_QUERY_NOT:
		opcit_buf_putc(out, '(');
		join(index, query, 0, " but not ", out);
		opcit_buf_putc(out, ')');
		return;
	case OPCIT_QUERY_CONCEPT:
		if (query->n_subs > 1 && query->subs[1]->op == OPCIT_QUERY_FIELD) {
			opcit_buf_printf(out, "what cites the %.*s", OPCIT_FMT(query->text));
			return;
		}
		explain(index, query->subs[0], out);
		explain_names(query, out);
		return;
	case OPCIT_QUERY_RANK:
		explain(index, query->subs[0], out);
		opcit_buf_puts(out, ", better with ");
		join(index, query, 1, ", ", out);
		return;
	case OPCIT_QUERY_FIRST: explain_first(index, query, out); return;
	case OPCIT_QUERY_ALL: opcit_buf_puts(out, "every record"); return;
	}
}

void parse_explain(struct opcit_index *index, const struct opcit_query *query,
		   struct opcit_buf *out)
{
	explain(index, query, out);
}
