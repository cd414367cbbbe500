/* resolve.c: see resolve.h. */
#include "resolve.h"

#include <string.h>
#include <strings.h>

#include "citing.h"
#include "parse.h"

enum { LONGEST = 400 }; /* a longer query names nothing */

/* ---- is there anything to resolve? --------------------------------------- */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A digit, a slash or an acronym: without one of them nothing is a reference
 * that the index does not know by its name. */
static bool may_refer(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if ((text.ptr[i] >= '0' && text.ptr[i] <= '9') || text.ptr[i] == '/' ||
		    (i && is_upper(text.ptr[i]) && is_upper(text.ptr[i - 1])))
			return true;
	return false;
}

/* Does a field name a document that the index does not know by just that name? */
static bool has_reference(struct opcit_index *index, const struct opcit_query *query)
{
	size_t i;

	if (query->op == OPCIT_QUERY_FIELD)
		return query->field == OPCIT_FIELD_CITES ||
		       (query->field == OPCIT_FIELD_DOC && !opcit_index_names(index, query->text));
	for (i = 0; i < query->n_subs; i++)
		if (has_reference(index, query->subs[i]))
			return true;
	return false;
}

/* Operators: such a query is no reference as a whole. */
static bool is_plain(struct opcit_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (memchr("*~", text.ptr[i], 2) || opcit_str_starts(opcit_str_sub(text, i, text.len), " NEAR") ||
		    opcit_str_starts(opcit_str_sub(text, i, text.len), " AND "))
			return false;
	return true;
}

/* ---- cites: -------------------------------------------------------------- */

static opcit_status resolve_field(struct reference_reader *reader, struct opcit_query **query,
				  struct opcit_err *err)
{
	struct opcit_str text = (*query)->text;
	struct reference *list;
	struct opcit_query *all;
	size_t n, i;
	opcit_status status;

	/* exactly as the index has it: "CRC;art:37" */
	if (memchr(text.ptr, ';', text.len))
		return OPCIT_OK;
	status = reference_read(reader, text, &list, &n, err);
	if (status != OPCIT_OK || n == 0)
		return status;
	for (i = 0; i < n; i++)
		if (list[i].unread.len)
			return opcit_err_set(
				err, OPCIT_USAGE, "cannot read '%.*s' as a place in '%.*s'",
				OPCIT_FMT(list[i].unread), OPCIT_FMT(list[i].readings[0].target));
	all = parse_node(reader->arena, OPCIT_QUERY_AND, n);
	for (i = 0; i < n && status == OPCIT_OK; i++) {
		struct opcit_query *any =
			parse_node(reader->arena, OPCIT_QUERY_OR, list[i].n_readings);
		size_t k, readings = list[i].certain ? 1 : list[i].n_readings;

		for (k = 0; k < readings && status == OPCIT_OK; k++)
			status = citing_query(reader, &list[i].readings[k],
					      &any->subs[any->n_subs++], err);
		all->subs[all->n_subs++] = any->n_subs == 1 ? any->subs[0] : any;
	}
	*query = n == 1 ? all->subs[0] : all;
	return status;
}

/* ---- doc: ---------------------------------------------------------------- */

/* "resolution 242", by the name under which the index has it. */
static opcit_status resolve_doc(struct reference_reader *reader, struct opcit_query *query, struct opcit_err *err)
{
	struct reference *list;
	size_t n, i;
	opcit_status status;

	if (opcit_index_names(reader->index, query->text))
		return OPCIT_OK;
	status = reference_read(reader, query->text, &list, &n, err);
	if (status != OPCIT_OK || n != 1 || list[0].unread.len || list[0].readings[0].n_pinpoints)
		return status;
	for (i = 0; i < list[0].n_readings; i++)
		if (list[0].readings[i].n_entries) {
			query->text = opcit_arena_dup(reader->arena, list[0].readings[i].entries[0].doc.id);
			break;
		}
	return OPCIT_OK;
}

/* ---- the document that is named ------------------------------------------ */

/* The document by each of its identifiers, then what the query finds. */
static struct opcit_query *put_first(struct reference_reader *reader, const struct reading *reading,
				     struct opcit_query *query)
{
	size_t i;

	for (i = reading->n_names; i > 0; i--) {
		struct opcit_query *first = parse_node(reader->arena, OPCIT_QUERY_FIRST, 1);

		/* what comes from the tables goes with them */
		first->text = opcit_arena_dup(reader->arena, reading->names[i - 1]);
		if (reading->n_pinpoints == 1)
			first->pinpoint = opcit_arena_dup(reader->arena, reading->pinpoints[0]);
		first->subs[0] = query;
		first->n_subs = query != NULL;
		query = first;
	}
	return query;
}

static opcit_status resolve_node(struct reference_reader *reader, struct opcit_query **query,
				 struct opcit_err *err)
{
	struct opcit_query *node = *query;
	opcit_status status = OPCIT_OK;
	struct reading reading;
	size_t i;

	if (node->op == OPCIT_QUERY_FIELD && node->field == OPCIT_FIELD_CITES)
		return resolve_field(reader, query, err);
	if (node->op == OPCIT_QUERY_FIELD && node->field == OPCIT_FIELD_DOC)
		return resolve_doc(reader, node, err);
	for (i = 0; i < node->n_subs && status == OPCIT_OK; i++)
		status = resolve_node(reader, &node->subs[i], err);
	if (status == OPCIT_OK && node->op == OPCIT_QUERY_FIRST) {
		status = reference_target(reader, node->text, &reading, err);
		if (status == OPCIT_OK && reading.n_names > 1)
			*query = put_first(reader, &reading, node->n_subs ? node->subs[0] : NULL);
	}
	return status;
}

/* "Security Council 1992": without the word for what it numbers, a number may be a year. */
static bool may_be_year(struct opcit_str raw)
{
	size_t at = raw.len, i;

	while (at > 0 && opcit_is_digit(raw.ptr[at - 1]))
		at--;
	for (i = 0; i < at; i++) /* resolution, résolution, resolución, RES */
		if (strncasecmp(raw.ptr + i, "res", 3) == 0 || opcit_str_starts(opcit_str_sub(raw, i, at), "rés"))
			return false;
	return opcit_str_is_year(opcit_str_sub(raw, at, raw.len));
}

static bool is_filter(const struct opcit_query *query)
{
	size_t i;

	for (i = 0; i < query->n_subs; i++)
		if (!is_filter(query->subs[i]))
			return false;
	return query->n_subs || query->op == OPCIT_QUERY_FIELD;
}

/* What is asked for beside filters, which hold for a document that is named, too. */
static struct opcit_query **beside_filters(struct opcit_query **query)
{
	struct opcit_query **found = query;
	size_t i, n = 0;

	for (i = 0; *query && (*query)->op == OPCIT_QUERY_AND && i < (*query)->n_subs; i++)
		if (!is_filter((*query)->subs[i])) {
			found = &(*query)->subs[i];
			n++;
		}
	return n == 1 && (*query)->n_subs > 1 ? found : query;
}

/* Is it among the documents that stand first already? Then they get its place. */
static bool stands_first(const struct reading *reading, struct opcit_query *query, struct opcit_arena *arena)
{
	bool found = false;
	size_t i;

	for (; query && query->op == OPCIT_QUERY_FIRST; query = query->n_subs ? query->subs[0] : NULL)
		for (i = 0; i < reading->n_names; i++) {
			if (!citing_same(query->text, reading->names[i]))
				continue;
			found = true;
			if (reading->n_pinpoints == 1)
				query->pinpoint = opcit_arena_dup(arena, reading->pinpoints[0]);
		}
	return found;
}

/* What a plain query refers to. A name counts only as the whole of it: "CRC"
 * asks for the Convention, "detention under the CRC" for paragraphs. */
static opcit_status resolve_text(struct reference_reader *reader, struct opcit_str text,
				 struct opcit_query **query, struct opcit_err *err)
{
	struct reference *list;
	size_t n, i;
	opcit_status status = reference_read(reader, text, &list, &n, err);

	query = beside_filters(query);
	for (i = n; status == OPCIT_OK && i > 0; i--) {
		const struct reference *reference = &list[i - 1];
		const struct reading *reading = &reference->readings[0];
		bool whole = n == 1 && reference->raw.len == text.len;

		if (!reference->certain || (!whole && !opcit_str_is(reading->form, "words") &&
					    !opcit_str_is(reading->form, "symbol")) ||
		    (!whole && may_be_year(reference->raw)))
			continue;
		if (!stands_first(reading, *query, reader->arena))
			*query = put_first(reader, reading, *query);
	}
	return status;
}

opcit_status resolve_references(struct opcit_index *index, struct opcit_str text,
				struct opcit_arena *arena, struct opcit_query **query,
				struct opcit_err *err)
{
	struct reference_reader reader;
	bool fields = *query && has_reference(index, *query);
	bool words = text.len && text.len <= LONGEST && may_refer(text);
	opcit_status status;

	if (!fields && !words)
		return OPCIT_OK;
	status = reference_reader_init(&reader, index, arena, false, err);
	if (status == OPCIT_OK && *query)
		status = resolve_node(&reader, query, err);
	if (status == OPCIT_OK && words && is_plain(text))
		status = resolve_text(&reader, text, query, err);
	reference_reader_release(&reader);
	return status;
}
