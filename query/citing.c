/* citing.c: see citing.h. */
#include "citing.h"

#include <string.h>

#include "../lib/text.h"
#include "parse.h"
#include "pinpoint.h"

bool citing_same(struct opcit_str a, struct opcit_str b)
{
	struct opcit_buf keys[2] = { OPCIT_BUF_INIT, OPCIT_BUF_INIT };
	bool same;

	if (opcit_str_eq(a, b))
		return true;
	opcit_text_key(a, &keys[0]);
	opcit_text_key(b, &keys[1]);
	same = opcit_str_eq(opcit_buf_str(&keys[0]), opcit_buf_str(&keys[1]));
	opcit_buf_release(&keys[0]);
	opcit_buf_release(&keys[1]);
	return same;
}

void citing_write(struct opcit_str cited, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < cited.len; i++)
		opcit_buf_putc(out, cited.ptr[i] == ':' || cited.ptr[i] == ';' ? ' ' : cited.ptr[i]);
}

static struct opcit_query *cites(struct opcit_arena *arena, struct opcit_str what)
{
	struct opcit_query *node = parse_node(arena, OPCIT_QUERY_FIELD, 0);

	node->field = OPCIT_FIELD_CITES;
	node->text = what;
	return node;
}

bool citing_asks(const struct reading *reading, struct opcit_str pinpoint)
{
	size_t i;

	for (i = 0; i < reading->n_pinpoints; i++)
		if (pinpoint_covers(reading->pinpoints[i], pinpoint))
			return true;
	return reading->n_pinpoints == 0;
}

/* The pinpoints under which the index has the name, as far as they are asked for. */
static opcit_status add_pinpoints(struct reference_reader *reader, const struct reading *reading,
				  struct opcit_str name, struct opcit_query **all,
				  struct opcit_err *err)
{
	struct opcit_str *pinpoints;
	size_t n, i;
	opcit_status status =
		opcit_index_pinpoints(reader->index, name, reader->arena, &pinpoints, &n, err);
	struct opcit_query *node;

	if (status != OPCIT_OK)
		return status;
	node = parse_node(reader->arena, OPCIT_QUERY_OR, (*all)->n_subs + n);
	for (i = 0; i < (*all)->n_subs; i++)
		node->subs[node->n_subs++] = (*all)->subs[i];
	for (i = 0; i < n; i++)
		if (citing_asks(reading, pinpoints[i]))
			node->subs[node->n_subs++] =
				cites(reader->arena,
				      opcit_arena_printf(reader->arena, "%.*s;%.*s",
							 OPCIT_FMT(name), OPCIT_FMT(pinpoints[i])));
	*all = node;
	return OPCIT_OK;
}

opcit_status citing_query(struct reference_reader *reader, const struct reading *reading,
			  struct opcit_query **query, struct opcit_err *err)
{
	struct opcit_query *all = parse_node(reader->arena, OPCIT_QUERY_OR, reading->n_names);
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < reading->n_names && status == OPCIT_OK; i++) {
		if (reading->n_pinpoints)
			status = add_pinpoints(reader, reading, reading->names[i], &all, err);
		else
			all->subs[all->n_subs++] = cites(
				reader->arena, opcit_arena_dup(reader->arena, reading->names[i]));
	}
	if (status == OPCIT_OK && all->n_subs == 0) /* such a place is cited nowhere: to be said as it was asked */
		*query = cites(reader->arena, opcit_arena_printf(reader->arena, "%.*s;%.*s", OPCIT_FMT(reading->names[0]),
								 OPCIT_FMT(reading->pinpoints[0])));
	else
		*query = all->n_subs == 1 ? all->subs[0] : all;
	return status;
}

bool citing_is(const struct reading *reading, const struct opcit_citation *cite)
{
	size_t i, k;

	for (i = 0; i < reading->n_names; i++)
		if (citing_same(reading->names[i], cite->target))
			break;
	if (i == reading->n_names)
		return false;
	for (k = 0; k < cite->n_pinpoints; k++)
		if (citing_asks(reading, cite->pinpoints[k]))
			return true;
	return reading->n_pinpoints == 0;
}
