/* graph_build.c: collecting nodes and edges from the index. */
#include <stdlib.h>
#include <string.h>

#include "../lib/cite.h"
#include "../lib/versions.h"
#include "citing.h"
#include "graph.h"
#include "parse.h"
#include "pinpoint.h"

enum { MOST_HITS = 100000 };

/* ---- a hash table of nodes by identifier and place, and of edges by ends --- */

struct graph_slot {
	uint64_t hash;
	uint32_t from, to; /* of an edge; of a node `to` is NODE */
	uint32_t at;       /* index + 1; 0 for a free slot */
	struct opcit_str target, pinpoint;
};

#define NODE UINT32_MAX /* no end of an edge */

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ p[i]) * 1099511628211u;
	return (hash ^ 0xff) * 1099511628211u;
}

static bool same_slot(const struct graph_slot *a, const struct graph_slot *b)
{
	return a->hash == b->hash && a->from == b->from && a->to == b->to &&
	       opcit_str_eq(a->target, b->target) && opcit_str_eq(a->pinpoint, b->pinpoint);
}

static struct graph_slot *find_slot(struct graph *graph, const struct graph_slot *wanted)
{
	size_t i = (size_t)wanted->hash & (graph->n_slots - 1);

	while (graph->slots[i].at && !same_slot(&graph->slots[i], wanted))
		i = (i + 1) & (graph->n_slots - 1);
	return &graph->slots[i];
}

static void grow_slots(struct graph *graph)
{
	struct graph_slot *old = graph->slots;
	size_t n = graph->n_slots, i;

	if (graph->n_used * 2 < n)
		return;
	graph->n_slots = n ? n * 2 : 1024;
	graph->slots = opcit_xcalloc(graph->n_slots, sizeof *graph->slots);
	for (i = 0; i < n; i++)
		if (old[i].at)
			*find_slot(graph, &old[i]) = old[i];
	free(old);
}

/* ---- nodes and edges ------------------------------------------------------ */

static void fill_node(struct graph_builder *b, struct graph_node *node,
		      const struct reading *reading)
{
	struct opcit_buf name = OPCIT_BUF_INIT;

	reference_write(node->target, &node->pinpoint, node->pinpoint.len > 0, &name);
	node->name = opcit_arena_dup(b->reader->arena, opcit_buf_str(&name));
	node->title = reference_name(reading);
	node->url = reading->url;
	node->held = reading->n_entries > 0;
	if (node->held) {
		const struct opcit_doc *doc = &reading->entries[0].doc;

		node->title = doc->title;
		node->date = doc->date;
		node->type = doc->type;
		node->body = doc->body;
	}
	opcit_buf_release(&name);
}

/* The node of an identifier and a place, made where there is none. Identifiers
 * of one text are one node. */
static opcit_status node_of(struct graph_builder *b, struct opcit_str target,
			    struct opcit_str pinpoint, uint32_t *at, struct opcit_err *err)
{
	struct graph_slot key = {
		.from = NODE, .to = NODE, .target = target, .pinpoint = pinpoint
	};
	struct opcit_arena *arena = b->reader->arena;
	const struct opcit_instrument *row;
	struct graph_slot *slot;
	struct graph_node node = { .held = false };
	struct reading reading;
	opcit_status status;

	grow_slots(&b->graph);
	key.hash = hash_bytes(14695981039346656037u, target.ptr, target.len);
	key.hash = hash_bytes(key.hash, pinpoint.ptr, pinpoint.len);
	slot = find_slot(&b->graph, &key);
	if (slot->at) {
		*at = slot->at - 1;
		return OPCIT_OK;
	}
	key.target = opcit_arena_dup(arena, target);
	key.pinpoint = opcit_arena_dup(arena, pinpoint);
	row = opcit_registry_same(b->reader->registry, target);
	if (row && !opcit_str_eq(row->id, target)) {
		status = node_of(b, row->id, pinpoint, at, err);
		if (status != OPCIT_OK)
			return status;
	} else {
		status = reference_target(b->reader, key.target, &reading, err);
		if (status != OPCIT_OK)
			return status;
		node.target = key.target;
		node.pinpoint = key.pinpoint;
		fill_node(b, &node, &reading);
		OPCIT_GROW(b->graph.nodes, b->graph.n_nodes, b->graph.cap_nodes);
		*at = (uint32_t)b->graph.n_nodes;
		b->graph.nodes[b->graph.n_nodes++] = node;
	}
	key.at = *at + 1;
	*find_slot(&b->graph, &key) = key;
	b->graph.n_used++;
	return OPCIT_OK;
}

static void add_edge(struct graph_builder *b, uint32_t from, uint32_t to, struct opcit_str act)
{
	struct graph_slot key = { .from = from, .to = to }, *slot;
	struct graph_edge *edge;
	struct graph_act *one;

	grow_slots(&b->graph);
	key.hash =
		hash_bytes(hash_bytes(14695981039346656037u, &from, sizeof from), &to, sizeof to);
	slot = find_slot(&b->graph, &key);
	if (!slot->at) {
		OPCIT_GROW(b->graph.edges, b->graph.n_edges, b->graph.cap_edges);
		b->graph.edges[b->graph.n_edges] = (struct graph_edge){ from, to, 0, NULL };
		key.at = (uint32_t)++b->graph.n_edges;
		*slot = key;
		b->graph.n_used++;
	}
	edge = &b->graph.edges[slot->at - 1];
	edge->count++;
	if (act.len == 0)
		return;
	for (one = edge->acts; one && !opcit_str_eq(one->act, act);)
		one = one->next;
	if (!one) {
		one = opcit_arena_calloc(b->reader->arena, sizeof *one);
		one->act = opcit_arena_dup(b->reader->arena, act);
		one->next = edge->acts;
		edge->acts = one;
	}
	one->count++;
}

/* ---- records -------------------------------------------------------------- */

/* The place that cites: for a note the paragraph that carries it. */
static struct opcit_str place_of(struct graph_builder *b, const struct opcit_entry *entry,
				 const struct opcit_record *record, struct opcit_arena *arena)
{
	struct opcit_record carrier;
	uint32_t seq = place_of_marker(&b->file, entry, record);
	struct opcit_str label = record->label;

	if (seq && opcit_index_record(b->index, entry, seq, arena, &carrier, NULL) == OPCIT_OK &&
	    carrier.label.len)
		label = carrier.label;
	return label.len ? opcit_arena_printf(arena, "para:%.*s", OPCIT_FMT(label)) : label;
}

/* Has the record been counted for that edge? A record counts once for each
 * thing it cites, and is met again from the other end of the edge. */
static bool is_counted(struct graph_builder *b, const struct opcit_entry *entry, uint32_t seq,
		       uint32_t from, uint32_t to)
{
	uint32_t numbers[2] = { entry->number, seq };
	struct opcit_str bytes = { (const char *)numbers, sizeof numbers };
	struct graph_slot key = { .from = from, .to = to, .at = 1, .target = bytes }, *slot;

	grow_slots(&b->graph);
	key.hash = hash_bytes(14695981039346656037u, numbers, sizeof numbers);
	key.hash = hash_bytes(hash_bytes(key.hash, &from, sizeof from), &to, sizeof to);
	slot = find_slot(&b->graph, &key);
	if (slot->at)
		return true;
	*slot = key;
	slot->target = opcit_arena_dup(b->reader->arena, bytes);
	b->graph.n_used++;
	return false;
}

/* Edges for a record's citations; where `only` is given, for those of it. */
static opcit_status add_record(struct graph_builder *b, const struct opcit_entry *entry,
			       const struct opcit_record *record, const struct reading *only,
			       struct opcit_arena *arena, struct opcit_err *err)
{
	struct opcit_str none = { NULL, 0 }, place = none;
	uint32_t from, to;
	size_t i, k;
	opcit_status status;

	if (record->n_cites == 0)
		return OPCIT_OK;
	if (b->paragraphs)
		place = place_of(b, entry, record, arena);
	status = node_of(b, entry->doc.id, place, &from, err);
	for (i = 0; i < record->n_cites && status == OPCIT_OK; i++) {
		const struct opcit_citation *cite = &record->cites[i];
		size_t n = b->paragraphs && cite->n_pinpoints ? cite->n_pinpoints : 1;

		if (cite->target.len == 0 || (only && !citing_is(only, cite)))
			continue;
		for (k = 0; k < n && status == OPCIT_OK; k++) {
			struct opcit_str pinpoint = none;

			if (b->paragraphs && cite->n_pinpoints)
				pinpoint = cite->pinpoints[k];
			/* "paras. 44-46" cites the paragraph 45 that is asked for */
			if (only && only->n_pinpoints) {
				if (!citing_asks(only, pinpoint))
					continue;
				pinpoint = only->pinpoints[0];
			}
			status = node_of(b, cite->target, pinpoint, &to, err);
			if (status == OPCIT_OK && from != to &&
			    !is_counted(b, entry, record->seq, from, to))
				add_edge(b, from, to, record->act);
		}
	}
	return status;
}

/* The records of a file, or those marked in `wanted`. */
static opcit_status add_file(struct graph_builder *b, const struct opcit_entry *entry,
			     const bool *wanted, struct opcit_err *err)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_record record;
	opcit_status status = OPCIT_OK;
	uint32_t seq;

	for (seq = 1; seq <= entry->doc.n_records && status == OPCIT_OK; seq++) {
		if (wanted && !wanted[seq])
			continue;
		opcit_arena_reset(&arena);
		status = opcit_index_record(b->index, entry, seq, &arena, &record, err);
		if (status == OPCIT_OK)
			status = add_record(b, entry, &record, NULL, &arena, err);
	}
	opcit_arena_release(&arena);
	return status;
}

opcit_status graph_build_all(struct graph_builder *b, struct opcit_err *err)
{
	struct opcit_entry *entries;
	size_t n, i;
	uint32_t at;
	opcit_status status = opcit_index_entries(b->index, b->reader->arena, &entries, &n, err);

	if (status == OPCIT_OK)
		n = opcit_versions_choose(entries, n, OPCIT_STR(""));
	for (i = 0; i < n && status == OPCIT_OK && !b->paragraphs; i++)
		status = node_of(b, entries[i].doc.id, (struct opcit_str){ NULL, 0 }, &at, err);
	for (i = 0; i < n && status == OPCIT_OK; i++)
		status = add_file(b, &entries[i], NULL, err);
	return status;
}

/* ---- a neighbourhood ------------------------------------------------------ */

/* Language versions of a document cite the same: one of them counts. */
static bool is_left_out(struct graph_builder *b, const struct opcit_entry *entry)
{
	if (b->looked_at != entry->number + 1) {
		b->looked_at = entry->number + 1;
		b->left_out = !opcit_versions_is_first(b->index, entry, OPCIT_STR(""));
	}
	return b->left_out;
}

static opcit_status add_citing(struct graph_builder *b, const struct reading *reading,
			       struct opcit_err *err)
{
	struct opcit_results results;
	struct opcit_query *query;
	opcit_status status = citing_query(b->reader, reading, &query, err);
	size_t i;

	if (status == OPCIT_OK)
		status = opcit_index_search(b->index, query, OPCIT_ORDER_NEWEST, MOST_HITS,
					    b->reader->arena, &results, err);
	for (i = 0; status == OPCIT_OK && i < results.n; i++)
		if (!is_left_out(b, results.hits[i].entry))
			status = add_record(b, results.hits[i].entry, &results.hits[i].record, reading,
					    b->reader->arena, err);
	return status;
}

static opcit_status add_cited(struct graph_builder *b, const struct reading *reading,
			      struct opcit_err *err)
{
	struct opcit_arena *arena = b->reader->arena;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < reading->n_entries && status == OPCIT_OK; i++) {
		const struct opcit_entry *entry = &reading->entries[i];
		struct place place;
		bool *wanted = NULL;

		if (reading->n_pinpoints) {
			wanted = opcit_arena_calloc(arena, entry->doc.n_records + 1);
			status = place_find(b->index, entry, reading->pinpoints[0], arena, &place,
					    err);
			if (status == OPCIT_OK)
				status = place_mark(&b->file, entry, &place, wanted, err);
		}
		if (status == OPCIT_OK)
			status = add_file(b, entry, wanted, err);
	}
	return status;
}

/* Everything one citation away from a node. */
static opcit_status expand(struct graph_builder *b, uint32_t at, struct opcit_err *err)
{
	struct opcit_str pinpoint = b->graph.nodes[at].pinpoint;
	struct reading reading;
	opcit_status status = reference_target(b->reader, b->graph.nodes[at].target, &reading, err);

	reading.pinpoints = &pinpoint;
	reading.n_pinpoints = pinpoint.len > 0;
	if (status == OPCIT_OK)
		status = add_cited(b, &reading, err);
	if (status == OPCIT_OK)
		status = add_citing(b, &reading, err);
	return status;
}

opcit_status graph_build_around(struct graph_builder *b, const struct reading *reading,
				size_t depth, struct opcit_err *err)
{
	struct opcit_str none = { NULL, 0 };
	size_t i, from = 0, to, step;
	uint32_t at;
	opcit_status status = node_of(
		b, reading->target,
		b->paragraphs && reading->n_pinpoints ? reading->pinpoints[0] : none, &at, err);

	if (status != OPCIT_OK)
		return status;
	b->graph.nodes[at].asked = true;
	for (step = 0; step < depth && status == OPCIT_OK; step++) {
		to = b->graph.n_nodes;
		for (i = from; i < to && status == OPCIT_OK; i++)
			status = expand(b, (uint32_t)i, err);
		from = to;
	}
	return status;
}

void graph_builder_release(struct graph_builder *b)
{
	place_file_release(&b->file);
	free(b->graph.nodes);
	free(b->graph.edges);
	free(b->graph.slots);
	memset(&b->graph, 0, sizeof b->graph);
}
