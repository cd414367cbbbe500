/* graph.h: documents or paragraphs and the citations between them. */
#ifndef OPCIT_GRAPH_H
#define OPCIT_GRAPH_H

#include <stdio.h>

#include "place.h"
#include "reference.h"

struct graph_node {
	struct opcit_str name;     /* "A/65/156" or "A/65/156, para. 55" */
	struct opcit_str target;   /* identifier of the document */
	struct opcit_str pinpoint; /* "para:55", or empty for the document */
	struct opcit_str title, date, type, body, url;
	bool held;
	bool asked; /* the graph is about this one */
};

struct graph_act {
	struct opcit_str act;
	size_t count;
	struct graph_act *next;
};

struct graph_edge {
	uint32_t from, to; /* indices of nodes */
	size_t count;      /* citing records */
	struct graph_act *acts;
};

struct graph {
	struct graph_node *nodes; /* heap */
	size_t n_nodes, cap_nodes;
	struct graph_edge *edges; /* heap */
	size_t n_edges, cap_edges;
	struct graph_slot *slots; /* heap: open addressing over names and pairs */
	size_t n_slots, n_used;
};

struct graph_builder {
	struct opcit_index *index;
	struct reference_reader *reader; /* its arena keeps the graph's strings */
	struct place_file file;
	bool paragraphs;
	uint32_t looked_at;     /* the number of the file last looked at + 1, and whether */
	bool left_out;          /* it is another version of what is in the graph */
	struct graph graph;
};

/* All documents of the index and what they cite. */
opcit_status graph_build_all(struct graph_builder *builder, struct opcit_err *err);
/* What is no more than `depth` citations away from the reading, either way. */
opcit_status graph_build_around(struct graph_builder *builder, const struct reading *reading,
				size_t depth, struct opcit_err *err);
void graph_builder_release(struct graph_builder *builder);

/* Write the graph; text that XML, JSON or DOT cannot hold is made harmless.
 * OPCIT_IO when it cannot be written. */
opcit_status graph_write_graphml(const struct graph *graph, FILE *out, struct opcit_err *err);
opcit_status graph_write_json(const struct graph *graph, FILE *out, struct opcit_err *err);
opcit_status graph_write_dot(const struct graph *graph, FILE *out, struct opcit_err *err);
/* Through Graphviz. OPCIT_IO with a hint where that is not installed. */
opcit_status graph_write_svg(const struct graph *graph, FILE *out, struct opcit_err *err);

#endif
