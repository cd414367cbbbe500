/* filter.c: fields of a query. */
#include <stdio.h>
#include <string.h>

#include "../lib/text.h"
#include "parse.h"

/* Two digits of a date, from 1 to `most`. */
static bool is_part(const char *p, int most)
{
	int number = 10 * (p[0] - '0') + p[1] - '0';

	return number >= 1 && number <= most;
}

static bool is_date(struct opcit_str s)
{
	static const char shape[] = "dddd-dd-dd";
	static const char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	size_t i;

	if (s.len != 4 && s.len != 7 && s.len != 10)
		return false;
	for (i = 0; i < s.len; i++)
		if (shape[i] == 'd' ? s.ptr[i] < '0' || s.ptr[i] > '9' : s.ptr[i] != '-')
			return false;
	if (s.len == 4)
		return true;
	return is_part(s.ptr + 5, 12) &&
	       (s.len == 7 || is_part(s.ptr + 8, days[10 * (s.ptr[5] - '0') + s.ptr[6] - '0' - 1]));
}

static opcit_status refuse(struct opcit_err *err, struct opcit_arena *arena, const char *format,
			   struct opcit_str value, const char *hint)
{
	char quoted[64];

	snprintf(quoted, sizeof quoted, "%.40s", opcit_arena_dup(arena, value).ptr);
	opcit_err_set(err, OPCIT_USAGE, format, quoted);
	opcit_err_hint(err, "%s", hint);
	return OPCIT_USAGE;
}

static struct opcit_query *field_node(struct opcit_arena *arena, enum opcit_field field,
				      struct opcit_str value)
{
	struct opcit_query *node = parse_node(arena, OPCIT_QUERY_FIELD, 0);

	node->field = field;
	node->text = value;
	return node;
}

static bool is_year(struct opcit_str s)
{
	return s.len == 4 && is_date(s);
}

/* "2004", "2004..2010", "2004..", "..2010" */
static opcit_status parse_years(struct opcit_str value, struct opcit_arena *arena,
				struct opcit_query **query, struct opcit_err *err)
{
	static const char hint[] = "write year:2010, year:2004..2010, year:2004.. or year:..2010";
	const char *dots = memmem(value.ptr, value.len, "..", 2);
	size_t at = dots ? (size_t)(dots - value.ptr) : value.len;
	struct opcit_str from = opcit_str_trim(opcit_str_sub(value, 0, at)),
			 to = opcit_str_trim(opcit_str_sub(value, at + 2, value.len));

	if ((from.len && !is_year(from)) || (to.len && !is_year(to)) || (!from.len && !to.len))
		return refuse(err, arena,
			      dots ? "'%s' is not a range of years" : "'%s' is not a year", value, hint);
	if (!dots) {
		*query = field_node(arena, OPCIT_FIELD_YEAR, from);
		return OPCIT_OK;
	}
	if (from.len && to.len && opcit_str_cmp(from, to) > 0) {
		refuse(err, arena, "the range of years '%s' is turned round", value, "");
		opcit_err_hint(err, "write year:%.*s..%.*s", OPCIT_FMT(to), OPCIT_FMT(from));
		return OPCIT_USAGE;
	}
	*query = parse_node(arena, OPCIT_QUERY_AND, 2);
	if (from.len)
		(*query)->subs[(*query)->n_subs++] = field_node(arena, OPCIT_FIELD_SINCE, from);
	if (to.len)
		(*query)->subs[(*query)->n_subs++] = field_node(arena, OPCIT_FIELD_UNTIL, to);
	if ((*query)->n_subs == 1)
		*query = (*query)->subs[0];
	return OPCIT_OK;
}

static bool has_word(struct opcit_str text)
{
	struct opcit_tokens tokens;
	struct opcit_token token;

	opcit_tokens_init(&tokens, text);
	return opcit_tokens_next(&tokens, &token);
}

static opcit_status parse_value(enum opcit_field field, struct opcit_str value,
				struct opcit_arena *arena, struct opcit_query **query,
				struct opcit_err *err)
{
	if (field == OPCIT_FIELD_YEAR)
		return parse_years(value, arena, query, err);
	if (field == OPCIT_FIELD_KIND && opcit_kind_of(value) == OPCIT_KIND_COUNT)
		return refuse(err, arena, "there is no kind '%s'", value,
			      "kinds: title heading preambular operative paragraph item footnote toc");
	if ((field == OPCIT_FIELD_SINCE || field == OPCIT_FIELD_UNTIL) && !is_date(value))
		return refuse(err, arena, "'%s' is not a date", value,
			      memmem(value.ptr, value.len, "..", 2)
				      ? "write since:2004 until:2010, or year:2004..2010"
				      : "write 2010, 2010-07 or 2010-07-21");
	if (field == OPCIT_FIELD_NOTE && !has_word(value))
		return refuse(err, arena, "there is no word in '%s'", value,
			      "write a word of the note: note:Rapporteur");
	*query = field_node(arena, field, value);
	return OPCIT_OK;
}

/* Whose values may stand side by side: "type:resolution,decision". In the name
 * of a document or a body a comma may also be its own. */
static bool takes_several(enum opcit_field field)
{
	return field <= OPCIT_FIELD_LABEL;
}

static bool has_commas(enum opcit_field field)
{
	return field == OPCIT_FIELD_DOC || field == OPCIT_FIELD_BODY;
}

static opcit_status parse_any(enum opcit_field field, struct opcit_str value,
			      struct opcit_arena *arena, struct opcit_query **query,
			      struct opcit_err *err)
{
	size_t at, end, n = 2;
	struct opcit_query *any;

	for (at = 0; at < value.len; at++)
		n += value.ptr[at] == ',';
	if (n - 1 > PARSE_MOST_VALUES)
		return opcit_err_set(err, OPCIT_USAGE, "the field '%s' has more than %d values",
				     opcit_field_name(field), PARSE_MOST_VALUES);
	any = parse_node(arena, OPCIT_QUERY_OR, n);
	if (has_commas(field))
		any->subs[any->n_subs++] = field_node(arena, field, value);
	for (at = 0; at <= value.len; at = end + 1) {
		const char *comma = at < value.len ? memchr(value.ptr + at, ',', value.len - at) : NULL;
		struct opcit_str one;
		opcit_status status;

		end = comma ? (size_t)(comma - value.ptr) : value.len;
		one = opcit_str_trim(opcit_str_sub(value, at, end));
		if (one.len == 0 && has_commas(field))
			continue;
		if (one.len == 0)
			return refuse(err, arena, "a value is missing beside a comma in '%s'", value,
				      "leave the comma out, or write the next value: type:resolution,decision");
		status = parse_value(field, one, arena, &any->subs[any->n_subs], err);
		if (status != OPCIT_OK)
			return status;
		any->n_subs++;
	}
	*query = any;
	return OPCIT_OK;
}

opcit_status parse_field(enum opcit_field field, struct opcit_str value, struct opcit_arena *arena,
			 struct opcit_query **query, struct opcit_err *err)
{
	value = opcit_str_trim(value);
	if (value.len == 0)
		return opcit_err_set(err, OPCIT_USAGE, "the filter '%s' has no value",
				     opcit_field_name(field));
	if (takes_several(field) && memchr(value.ptr, ',', value.len))
		return parse_any(field, value, arena, query, err);
	return parse_value(field, value, arena, query, err);
}

/* A filter, or the first of several any of which is enough: "type:a", "type:a,b". */
static const struct opcit_query *first_of(const struct opcit_query *filter)
{
	while (filter->op == OPCIT_QUERY_OR)
		filter = filter->subs[0];
	return filter;
}

static bool has_one(enum opcit_field field)
{
	return field == OPCIT_FIELD_DOC || field == OPCIT_FIELD_BODY || field == OPCIT_FIELD_TYPE ||
	       field == OPCIT_FIELD_KIND || field == OPCIT_FIELD_ACT || field == OPCIT_FIELD_LANG ||
	       field == OPCIT_FIELD_YEAR || field == OPCIT_FIELD_LABEL;
}

size_t parse_join_fields(struct opcit_query **fields, size_t n, struct opcit_arena *arena)
{
	size_t kept = 0, i, k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < kept; k++) {
			const struct opcit_query *a = first_of(fields[k]), *b = first_of(fields[i]);

			if (a->op == OPCIT_QUERY_FIELD && b->op == OPCIT_QUERY_FIELD && a->field == b->field && has_one(a->field))
				break;
		}
		if (k == kept) {
			fields[kept++] = fields[i];
		} else {
			struct opcit_query *any = parse_node(arena, OPCIT_QUERY_OR, 2);

			any->subs[any->n_subs++] = fields[k];
			any->subs[any->n_subs++] = fields[i];
			fields[k] = any;
		}
	}
	return kept;
}

opcit_status parse_filters(const struct filter_list *filters, struct opcit_arena *arena, struct opcit_query *all,
			   struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t before = all->n_subs, i;

	for (i = 0; i < filters->n && status == OPCIT_OK; i++)
		status = parse_field(opcit_field_of(opcit_str_of(filters->items[i].name)),
				     opcit_str_of(filters->items[i].value), arena, &all->subs[all->n_subs++], err);
	if (status == OPCIT_OK)
		all->n_subs = before + parse_join_fields(all->subs + before, filters->n, arena);
	return status;
}

opcit_status parse_check_notes(struct opcit_index *index, const struct opcit_query *query,
			       struct opcit_err *err)
{
	opcit_status status = OPCIT_OK;
	size_t i;

	if (query->op == OPCIT_QUERY_FIELD && query->field == OPCIT_FIELD_NOTE &&
	    opcit_index_ignores(index, query->text)) {
		opcit_err_set(err, OPCIT_USAGE, "every word of 'note:%.*s' is too common to search for",
			      (int)(query->text.len < 40 ? query->text.len : 40), query->text.ptr);
		opcit_err_hint(err, "name a word of the footnote: note:Rapporteur");
		return OPCIT_USAGE;
	}
	for (i = 0; status == OPCIT_OK && i < query->n_subs; i++)
		status = parse_check_notes(index, query->subs[i], err);
	return status;
}
