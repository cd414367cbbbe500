/* graph.c: `opcit graph`. */
#include "graph.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"Write documents and the citations between them as a graph: an arrow from what\n"
	"cites to what is cited, with the number of citing paragraphs and what they do\n"
	"(recalls, urges ...). With REF only what it cites and what cites it; --depth 2\n"
	"goes one step further. Identifiers of one text are one node; what is cited and\n"
	"not in the index is marked.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit graph -o all.graphml\n"
	"  opcit graph --format svg -o picture.svg A/65/156\n"
	"  opcit graph --format dot --paragraphs A/65/156 para 55\n"
	"\n"
	"Exit codes: 0 done, 1 there is nothing to show, 2 wrong usage, 3 the index or\n"
	"the file cannot be used, 4 the index is damaged.\n";

enum { MOST_DRAWN = 500, DEEPEST = 10 };

struct format {
	const char *name;
	opcit_status (*write)(const struct graph *graph, FILE *out, struct opcit_err *err);
};

static const struct format formats[] = {
	{ "graphml", graph_write_graphml },
	{ "dot", graph_write_dot },
	{ "json", graph_write_json },
	{ "svg", graph_write_svg },
};

struct graph_command {
	struct db_option db;
	const char *format_name, *path;
	size_t depth;
	bool paragraphs;
	const struct format *format;
	struct opcit_arena arena;
	struct reference_reader reader;
	struct graph_builder builder;
	struct opcit_err err;
};

/* To the file, which is left only when it is complete. */
static opcit_status write_file(struct graph_command *c)
{
	FILE *out = fopen(c->path, "w");
	opcit_status status;

	if (!out)
		return opcit_err_set(&c->err, OPCIT_IO, "cannot write '%.200s': %s", c->path,
				     strerror(errno));
	status = c->format->write(&c->builder.graph, out, &c->err);
	if (fclose(out) != 0 && status == OPCIT_OK)
		status = opcit_err_set(&c->err, OPCIT_IO, "cannot write '%.200s': %s", c->path,
				       strerror(errno));
	if (status != OPCIT_OK)
		unlink(c->path);
	return status;
}

static opcit_status build(struct graph_command *c, struct opcit_str text)
{
	struct reference reference;
	opcit_status status;

	if (text.len == 0)
		return graph_build_all(&c->builder, &c->err);
	status = reference_read_one(&c->reader, text, &reference, &c->err);
	if (status != OPCIT_OK)
		return status;
	if (reference.readings[0].n_pinpoints > 1)
		return opcit_err_set(&c->err, OPCIT_USAGE, "the graph is of one place at a time");
	if (reference.readings[0].n_pinpoints && !c->paragraphs) {
		opcit_err_set(&c->err, OPCIT_USAGE,
			      "a place in a document needs a graph of paragraphs");
		opcit_err_hint(&c->err, "add --paragraphs, or leave out the place");
		return OPCIT_USAGE;
	}
	return graph_build_around(&c->builder, &reference.readings[0], c->depth, &c->err);
}

static int graph(struct graph_command *c, struct opcit_str text)
{
	const struct graph *built = &c->builder.graph;
	opcit_status status = build(c, text);

	if (status != OPCIT_OK)
		return output_error(&c->err);
	if (built->n_edges == 0) {
		fprintf(stderr, "opcit: no citation %s\n",
			text.len ? "leads there or away from it" : "in the index");
		return EXIT_NOTHING;
	}
	if (c->format->write == graph_write_svg && built->n_nodes > MOST_DRAWN) {
		opcit_err_set(&c->err, OPCIT_LIMIT, "%zu nodes are too many for a picture",
			      built->n_nodes);
		opcit_err_hint(&c->err,
			       "name one document, a smaller --depth, or --format graphml");
		output_error(&c->err);
		return EXIT_USAGE;
	}
	status = c->path ? write_file(c) : c->format->write(built, stdout, &c->err);
	/* a failing standard output is output_finish's to report */
	return status == OPCIT_OK || (!c->path && ferror(stdout)) ? output_finish(EXIT_DONE)
								  : output_error(&c->err);
}

static int check(struct graph_command *c)
{
	size_t i, n = sizeof formats / sizeof *formats;

	for (i = 0; i < n && strcmp(formats[i].name, c->format_name) != 0; i++)
		;
	if (i == n) {
		opcit_err_set(&c->err, OPCIT_USAGE, "there is no format '%.40s'", c->format_name);
		opcit_err_hint(&c->err, "formats: graphml dot json svg");
		return output_error(&c->err);
	}
	if (c->depth == 0 || c->depth > DEEPEST) {
		opcit_err_set(&c->err, OPCIT_USAGE, "the depth is from 1 to %d", DEEPEST);
		return output_error(&c->err);
	}
	c->format = &formats[i];
	return EXIT_DONE;
}

int cmd_graph(int argc, char **argv)
{
	struct graph_command c = { .format_name = "graphml",
				   .depth = 1,
				   .arena = OPCIT_ARENA_INIT,
				   .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "format", 0, OPTION_TEXT, &c.format_name, "FORMAT",
		  "default graphml; formats: graphml, dot, json, svg" },
		{ "paragraphs", 0, OPTION_FLAG, &c.paragraphs, NULL,
		  "paragraphs and articles instead of documents" },
		{ "depth", 0, OPTION_NUMBER, &c.depth, "N",
		  "how many citations away from REF (default 1)" },
		{ "output", 'o', OPTION_TEXT, &c.path, "FILE", "write to a file" },
		OPTION_ROW_DB(&c.db),
	};
	const struct usage usage = { "opcit graph [OPTIONS] [REF]", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_index *index = NULL;
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	text = reference_join(n, argv, &c.arena);
	code = check(&c);
	if (code == EXIT_DONE && (index = output_open_index(c.db, &code))) {
		c.builder = (struct graph_builder){ .index = index,
						    .reader = &c.reader,
						    .file = { .index = index },
						    .paragraphs = c.paragraphs };
		if (reference_reader_init(&c.reader, index, &c.arena, false, &c.err) == OPCIT_OK)
			code = graph(&c, text);
		else
			code = output_error(&c.err);
		graph_builder_release(&c.builder);
		reference_reader_release(&c.reader);
	}
	opcit_index_close(index);
	opcit_arena_release(&c.arena);
	return code;
}
