/* explain.c: saying what a query was understood as. */
#include <string.h>

#include "../lib/intent.h"
#include "citing.h"
#include "country.h"
#include "parse.h"

struct explainer {
	struct opcit_index *index;
	struct opcit_countries *countries; /* loaded for the first country */
	struct opcit_buf *out;
	struct opcit_buf ignored; /* "of, the" */
	struct opcit_buf more;	  /* lines on what else is looked for */
};

static void explain(struct explainer *e, const struct opcit_query *query, bool inside);

static bool is_ignored(const struct explainer *e, const struct opcit_query *query)
{
	return query->op == OPCIT_QUERY_WORD && opcit_index_ignores(e->index, query->text);
}

static bool stands_in(struct opcit_buf *buf, struct opcit_str line)
{
	return buf->len && memmem(buf->ptr, buf->len, line.ptr, line.len);
}

/* ", of", once */
static void add_ignored(struct explainer *e, struct opcit_str word)
{
	struct opcit_buf item = OPCIT_BUF_INIT;

	opcit_buf_printf(&item, " %.*s,", OPCIT_FMT(word));
	if (!stands_in(&e->ignored, opcit_buf_str(&item)))
		opcit_buf_add_str(&e->ignored, opcit_buf_str(&item));
	opcit_buf_release(&item);
}

/* A line below, once. */
static void add_more(struct explainer *e, struct opcit_buf *line)
{
	opcit_buf_putc(line, '\n');
	if (!stands_in(&e->more, opcit_buf_str(line)))
		opcit_buf_add_str(&e->more, opcit_buf_str(line));
	opcit_buf_release(line);
}

/* The kind of statement that a loose word also asks for. */
static void explain_intent(struct explainer *e, const struct opcit_query *word)
{
	const struct opcit_intent *intent = word->op == OPCIT_QUERY_WORD ? opcit_intent_of(word->text) : NULL;
	struct opcit_buf line = OPCIT_BUF_INIT;

	if (!intent)
		return;
	opcit_buf_printf(&line, "  %.*s: %s before others", OPCIT_FMT(word->text), intent->name);
	add_more(e, &line);
}

static bool is_loose(const struct opcit_query *query)
{
	return query->op == OPCIT_QUERY_OR || query->op == OPCIT_QUERY_RANK;
}

/* Of another operator than what it stands in? Then it needs parentheses. */
static bool is_other(const struct opcit_query *sub, const struct opcit_query *query)
{
	if (sub->op == OPCIT_QUERY_CONCEPT)
		sub = sub->subs[0];
	return sub->op != query->op && query->op != OPCIT_QUERY_RANK;
}

/* Is it named apart: a loose word that is not looked for, what all of them mean? */
static bool is_apart(const struct explainer *e, const struct opcit_query *sub)
{
	return is_ignored(e, sub) || sub->op == OPCIT_QUERY_MEANING;
}

/* How many subs are looked for by themselves. */
static size_t shown(const struct explainer *e, const struct opcit_query *query)
{
	size_t i, n = 0;

	for (i = 0; i < query->n_subs; i++)
		n += !is_loose(query) || !is_apart(e, query->subs[i]);
	return n;
}

/* A line with the concepts by which that is also found. */
static void explain_meaning(struct explainer *e, const struct opcit_query *query)
{
	struct opcit_buf line = OPCIT_BUF_INIT;
	size_t i;

	for (i = 0; i < query->n_subs; i++)
		opcit_buf_printf(&line, "%s%.*s", i ? ", " : "  together: about ", OPCIT_FMT(query->subs[i]->text));
	if (query->n_subs)
		add_more(e, &line);
}

/* Subs from `from` on. One that is left alone stands `inside` of what the query stands in. */
static void join(struct explainer *e, const struct opcit_query *query, size_t from, const char *between,
		 bool inside)
{
	size_t i, n = shown(e, query);
	bool any = false;

	for (i = from; i < query->n_subs; i++) {
		const struct opcit_query *sub = query->subs[i];

		if (n && is_loose(query) && is_ignored(e, sub)) {
			add_ignored(e, sub->text);
			continue;
		}
		if (sub->op == OPCIT_QUERY_MEANING) {
			explain_meaning(e, sub);
			continue;
		}
		if (any)
			opcit_buf_puts(e->out, between);
		any = true;
		explain(e, sub, n == 1 ? inside : is_other(sub, query));
		if (query->op != OPCIT_QUERY_AND && query->op != OPCIT_QUERY_NOT)
			explain_intent(e, sub->op == OPCIT_QUERY_CONCEPT ? sub->subs[0] : sub);
	}
}

/* The words of a thing as they were typed, a blank before each. */
static void put_typed(const struct opcit_query *query, struct opcit_buf *out)
{
	size_t i, n = query->op == OPCIT_QUERY_CONCEPT ? 1 : query->n_subs;

	if (query->op == OPCIT_QUERY_WORD)
		opcit_buf_printf(out, " %.*s", OPCIT_FMT(query->text));
	for (i = 0; i < n; i++)
		put_typed(query->subs[i], out);
}

/* A line with the first few other names of a thing. */
static void explain_names(struct explainer *e, const struct opcit_query *query)
{
	enum { SHOWN = 6 };
	struct opcit_buf line = OPCIT_BUF_INIT;
	size_t i;

	if (query->n_subs < 2)
		return;
	opcit_buf_putc(&line, ' ');
	put_typed(query->subs[0], &line);
	opcit_buf_puts(&line, query->guessed ? ": perhaps " : ": also ");
	for (i = 1; i < query->n_subs && i <= SHOWN; i++)
		opcit_buf_printf(&line, "%s%.*s", i > 1 ? ", " : "", OPCIT_FMT(query->subs[i]->text));
	if (query->n_subs > SHOWN + 1)
		opcit_buf_printf(&line, " and %zu more", query->n_subs - SHOWN - 1);
	add_more(e, &line);
}

/* What carries the thing of that name. */
static const char *explain_carrying(enum opcit_field field)
{
	return field == OPCIT_FIELD_CITES     ? "what cites the"
	       : field == OPCIT_FIELD_COUNTRY ? "what names"
	       : field == OPCIT_FIELD_BODY    ? "documents of the"
					      : "documents of";
}

static void explain_concept(struct explainer *e, const struct opcit_query *query, bool inside)
{
	if (query->n_subs > 1 && query->subs[1]->op == OPCIT_QUERY_FIELD) {
		opcit_buf_printf(e->out, "%s %.*s", explain_carrying(query->subs[1]->field),
				 OPCIT_FMT(query->text));
		return;
	}
	explain_names(e, query); /* the whole before its parts */
	explain(e, query->subs[0], inside);
}

static void explain_field(struct explainer *e, const struct opcit_query *query)
{
	bool words = query->field == OPCIT_FIELD_SECTION || query->field == OPCIT_FIELD_NOTE;
	const struct opcit_country *country = NULL;

	if (query->field == OPCIT_FIELD_COUNTRY &&
	    (e->countries || country_load(&e->countries, NULL) == OPCIT_OK))
		country = opcit_country_of(e->countries, query->text);
	opcit_buf_printf(e->out, "%s %s '", opcit_field_name(query->field), words ? "has" : "is");
	if (query->field == OPCIT_FIELD_CITES)
		citing_write(query->text, e->out);
	else
		opcit_buf_add_str(e->out, country ? country->name : query->text);
	opcit_buf_putc(e->out, '\'');
}

static void explain_first(struct explainer *e, const struct opcit_query *query)
{
	opcit_buf_printf(e->out, "first document '%.*s'", OPCIT_FMT(query->text));
	if (query->pinpoint.len) {
		opcit_buf_puts(e->out, " and in it '");
		citing_write(query->pinpoint, e->out);
		opcit_buf_putc(e->out, '\'');
	}
	opcit_buf_puts(e->out, ", then what cites or names it");
	if (query->n_subs) {
		opcit_buf_puts(e->out, ", then ");
		explain(e, query->subs[0], false);
	}
}

static void explain_near(struct explainer *e, const struct opcit_query *query)
{
	size_t i;

	for (i = 0; i < query->n_subs; i++) {
		if (i)
			opcit_buf_printf(e->out, " within %u word%s of ", query->subs[i]->distance,
					 query->subs[i]->distance == 1 ? "" : "s");
		explain(e, query->subs[i], true);
	}
}

/* What has parts stands in parentheses inside of something else. */
static void explain_group(struct explainer *e, const struct opcit_query *query, bool inside)
{
	bool parted = inside && shown(e, query) != 1;

	if (parted)
		opcit_buf_putc(e->out, '(');
	if (query->op == OPCIT_QUERY_NEAR)
		explain_near(e, query);
	else
		join(e, query, 0,
		     query->op == OPCIT_QUERY_AND   ? " and "
		     : query->op == OPCIT_QUERY_NOT ? " but not "
						    : " or ",
		     inside);
	if (parted)
		opcit_buf_putc(e->out, ')');
}

static void explain(struct explainer *e, const struct opcit_query *query, bool inside)
{
	switch (query->op) {
	case OPCIT_QUERY_WORD:
		opcit_buf_printf(e->out, "%.*s", OPCIT_FMT(query->text));
		if (is_ignored(e, query))
			add_ignored(e, query->text);
		return;
	case OPCIT_QUERY_PHRASE: opcit_buf_printf(e->out, "\"%.*s\"", OPCIT_FMT(query->text)); return;
	case OPCIT_QUERY_FIELD: explain_field(e, query); return;
	case OPCIT_QUERY_AND:
	case OPCIT_QUERY_OR:
	case OPCIT_QUERY_NOT:
	case OPCIT_QUERY_NEAR: explain_group(e, query, inside); return;
	case OPCIT_QUERY_CONCEPT: explain_concept(e, query, inside); return;
	case OPCIT_QUERY_RANK:
		explain(e, query->subs[0], false);
		opcit_buf_puts(e->out, ", better with ");
		join(e, query, 1, ", ", false);
		return;
	case OPCIT_QUERY_FIRST: explain_first(e, query); return;
	case OPCIT_QUERY_MEANING: return; /* in join() */
	case OPCIT_QUERY_ALL: opcit_buf_puts(e->out, "every record"); return;
	case OPCIT_QUERY_WILD:
		opcit_buf_printf(e->out, "%.*s (as printed)", OPCIT_FMT(query->text));
		return;
	}
}

void parse_explain(struct opcit_index *index, const struct opcit_query *query, struct opcit_buf *out)
{
	struct explainer e = { .index = index, .out = out };

	explain(&e, query, false);
	opcit_buf_putc(out, '\n');
	if (e.ignored.len) {
		opcit_buf_puts(out, "  too common to search for:");
		opcit_buf_add(out, e.ignored.ptr, e.ignored.len - 1);
		opcit_buf_putc(out, '\n');
	}
	opcit_buf_add_str(out, opcit_buf_str(&e.more));
	opcit_countries_free(e.countries);
	opcit_buf_release(&e.ignored);
	opcit_buf_release(&e.more);
}
