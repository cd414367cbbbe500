/* graph_write.c: a graph as GraphML, JSON, DOT, and as a picture. */
#include <errno.h>
#include <libxml/xmlwriter.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph.h"
#include "../lib/text.h"
#include "json.h"

static opcit_status cannot_write(struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot write the graph: %s", strerror(errno));
}

/* "recalls 3, urges 1" */
static void write_acts(const struct graph_edge *edge, struct opcit_buf *out)
{
	const struct graph_act *one;

	opcit_buf_clear(out);
	opcit_buf_puts(out, "");
	for (one = edge->acts; one; one = one->next)
		opcit_buf_printf(out, "%s%.*s %zu", one == edge->acts ? "" : ", ",
				 OPCIT_FMT(one->act), one->count);
}

/* ---- GraphML ---------------------------------------------------------------- */

#define X(text) ((const xmlChar *)(text))

struct field {
	const char *id, *of, *type;
};

static const struct field fields[] = {
	{ "label", "node", "string" }, { "title", "node", "string" }, { "date", "node", "string" },
	{ "type", "node", "string" },  { "body", "node", "string" },  { "url", "node", "string" },
	{ "held", "node", "boolean" }, { "weight", "edge", "int" },   { "acts", "edge", "string" },
};

static void xml_data(xmlTextWriterPtr xml, const char *key, const char *value)
{
	if (!*value)
		return;
	xmlTextWriterStartElement(xml, X("data"));
	xmlTextWriterWriteAttribute(xml, X("key"), X(key));
	xmlTextWriterWriteString(xml, X(value));
	xmlTextWriterEndElement(xml);
}

static void xml_node(xmlTextWriterPtr xml, const struct graph_node *node, size_t at,
		     struct opcit_buf *buf)
{
	xmlTextWriterStartElement(xml, X("node"));
	xmlTextWriterWriteFormatAttribute(xml, X("id"), "n%zu", at);
	xml_data(xml, "label", opcit_text_clean(node->name, buf));
	xml_data(xml, "title", opcit_text_clean(node->title, buf));
	xml_data(xml, "date", opcit_text_clean(node->date, buf));
	xml_data(xml, "type", opcit_text_clean(node->type, buf));
	xml_data(xml, "body", opcit_text_clean(node->body, buf));
	xml_data(xml, "url", opcit_text_clean(node->url, buf));
	xml_data(xml, "held", node->held ? "true" : "false");
	xmlTextWriterEndElement(xml);
}

static void xml_edge(xmlTextWriterPtr xml, const struct graph_edge *edge, struct opcit_buf *buf)
{
	char count[32];

	snprintf(count, sizeof count, "%zu", edge->count);
	xmlTextWriterStartElement(xml, X("edge"));
	xmlTextWriterWriteFormatAttribute(xml, X("source"), "n%lu", (unsigned long)edge->from);
	xmlTextWriterWriteFormatAttribute(xml, X("target"), "n%lu", (unsigned long)edge->to);
	xml_data(xml, "weight", count);
	write_acts(edge, buf);
	xml_data(xml, "acts", buf->ptr);
	xmlTextWriterEndElement(xml);
}

opcit_status graph_write_graphml(const struct graph *graph, FILE *out, struct opcit_err *err)
{
	/* not straight into the file: the library would print what fails */
	xmlBufferPtr text = xmlBufferCreate();
	xmlTextWriterPtr xml = text ? xmlNewTextWriterMemory(text, 0) : NULL;
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i, len;
	bool failed;

	if (!xml) {
		xmlBufferFree(text);
		return opcit_err_set(err, OPCIT_NOMEM, "out of memory");
	}
	xmlTextWriterSetIndent(xml, 1);
	xmlTextWriterStartDocument(xml, NULL, "UTF-8", NULL);
	xmlTextWriterStartElement(xml, X("graphml"));
	xmlTextWriterWriteAttribute(xml, X("xmlns"), X("http://graphml.graphdrawing.org/xmlns"));
	for (i = 0; i < sizeof fields / sizeof *fields; i++) {
		xmlTextWriterStartElement(xml, X("key"));
		xmlTextWriterWriteAttribute(xml, X("id"), X(fields[i].id));
		xmlTextWriterWriteAttribute(xml, X("for"), X(fields[i].of));
		xmlTextWriterWriteAttribute(xml, X("attr.name"), X(fields[i].id));
		xmlTextWriterWriteAttribute(xml, X("attr.type"), X(fields[i].type));
		xmlTextWriterEndElement(xml);
	}
	xmlTextWriterStartElement(xml, X("graph"));
	xmlTextWriterWriteAttribute(xml, X("edgedefault"), X("directed"));
	for (i = 0; i < graph->n_nodes; i++)
		xml_node(xml, &graph->nodes[i], i, &buf);
	for (i = 0; i < graph->n_edges; i++)
		xml_edge(xml, &graph->edges[i], &buf);
	failed = xmlTextWriterEndDocument(xml) < 0;
	xmlFreeTextWriter(xml);
	len = (size_t)xmlBufferLength(text);
	failed |= fwrite(xmlBufferContent(text), 1, len, out) != len;
	xmlBufferFree(text);
	opcit_buf_release(&buf);
	return failed ? cannot_write(err) : OPCIT_OK;
}

/* ---- JSON ------------------------------------------------------------------- */

static json_t *json_node(const struct graph_node *node)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", json_text(node->name));
	json_object_set_new(o, "target", json_text(node->target));
	json_object_set_new(o, "pinpoint", json_text(node->pinpoint));
	json_object_set_new(o, "title", json_text(node->title));
	json_object_set_new(o, "date", json_text(node->date));
	json_object_set_new(o, "type", json_text(node->type));
	json_object_set_new(o, "body", json_text(node->body));
	json_object_set_new(o, "url", json_text(node->url));
	json_object_set_new(o, "held", json_boolean(node->held));
	return o;
}

static json_t *json_edge(const struct graph *graph, const struct graph_edge *edge)
{
	json_t *o = json_object(), *acts = json_object();
	const struct graph_act *one;
	struct opcit_buf act = OPCIT_BUF_INIT;

	for (one = edge->acts; one; one = one->next)
		json_object_set_new(acts, opcit_text_clean(one->act, &act),
				    json_integer((json_int_t)one->count));
	json_object_set_new(o, "from", json_text(graph->nodes[edge->from].name));
	json_object_set_new(o, "to", json_text(graph->nodes[edge->to].name));
	json_object_set_new(o, "records", json_integer((json_int_t)edge->count));
	json_object_set_new(o, "acts", acts);
	opcit_buf_release(&act);
	return o;
}

opcit_status graph_write_json(const struct graph *graph, FILE *out, struct opcit_err *err)
{
	json_t *o = json_object(), *nodes = json_array(), *edges = json_array();
	size_t i;

	for (i = 0; i < graph->n_nodes; i++)
		json_array_append_new(nodes, json_node(&graph->nodes[i]));
	for (i = 0; i < graph->n_edges; i++)
		json_array_append_new(edges, json_edge(graph, &graph->edges[i]));
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "nodes", nodes);
	json_object_set_new(o, "edges", edges);
	json_print(o, out);
	return ferror(out) ? cannot_write(err) : OPCIT_OK;
}

/* ---- DOT -------------------------------------------------------------------- */

static void dot_text(struct opcit_str text, struct opcit_buf *out)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	const char *p;

	opcit_buf_putc(out, '"');
	for (p = opcit_text_clean(text, &buf); *p; p++) {
		if (*p == '"' || *p == '\\')
			opcit_buf_putc(out, '\\');
		opcit_buf_putc(out, *p);
	}
	opcit_buf_putc(out, '"');
	opcit_buf_release(&buf);
}

static void dot(const struct graph *graph, struct opcit_buf *out)
{
	struct opcit_buf acts = OPCIT_BUF_INIT;
	size_t i;

	opcit_buf_puts(out, "digraph opcit {\n\trankdir=LR;\n\tnode [shape=box, "
			    "fontname=\"sans-serif\", fontsize=10];\n"
			    "\tedge [fontname=\"sans-serif\", fontsize=8];\n");
	for (i = 0; i < graph->n_nodes; i++) {
		const struct graph_node *node = &graph->nodes[i];

		opcit_buf_printf(out, "\tn%zu [label=", i);
		dot_text(node->name, out);
		opcit_buf_puts(out, ", tooltip=");
		dot_text(node->title.len ? node->title : node->name, out);
		if (node->url.len) {
			opcit_buf_puts(out, ", URL=");
			dot_text(node->url, out);
		}
		opcit_buf_puts(out, node->asked  ? ", style=\"filled,bold\", fillcolor=\"#ffe9a8\""
				    : node->held ? ", style=filled, fillcolor=\"#eeeeee\""
						 : ", style=dashed");
		opcit_buf_puts(out, "];\n");
	}
	for (i = 0; i < graph->n_edges; i++) {
		const struct graph_edge *edge = &graph->edges[i];

		opcit_buf_printf(out, "\tn%lu -> n%lu [weight=%zu", (unsigned long)edge->from,
				 (unsigned long)edge->to, edge->count);
		if (edge->count > 1)
			opcit_buf_printf(out, ", label=\"%zu\"", edge->count);
		write_acts(edge, &acts);
		if (acts.len) {
			opcit_buf_puts(out, ", tooltip=");
			dot_text(opcit_buf_str(&acts), out);
		}
		opcit_buf_puts(out, "];\n");
	}
	opcit_buf_puts(out, "}\n");
	opcit_buf_release(&acts);
}

opcit_status graph_write_dot(const struct graph *graph, FILE *out, struct opcit_err *err)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	bool failed;

	dot(graph, &buf);
	failed = fwrite(buf.ptr, 1, buf.len, out) != buf.len;
	opcit_buf_release(&buf);
	return failed ? cannot_write(err) : OPCIT_OK;
}

/* ---- a picture ---------------------------------------------------------------- */

enum { NO_PROGRAM = 127 };

static void run_graphviz(const int ends[2], int out)
{
	signal(SIGPIPE, SIG_DFL);
	if (dup2(ends[0], STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(1);
	close(ends[0]);
	close(ends[1]);
	execlp("dot", "dot", "-Tsvg", (char *)NULL);
	_exit(NO_PROGRAM);
}

/* All of it, unless the reader goes away: its exit code tells why. */
static void feed(int pipe_end, const struct opcit_buf *buf)
{
	size_t at = 0;

	while (at < buf->len) {
		ssize_t n = write(pipe_end, buf->ptr + at, buf->len - at);

		if (n < 0 && errno != EINTR)
			return;
		at += n > 0 ? (size_t)n : 0;
	}
}

opcit_status graph_write_svg(const struct graph *graph, FILE *out, struct opcit_err *err)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	int ends[2], how = 0;
	pid_t pid;

	fflush(out);
	if (pipe(ends) != 0)
		return opcit_err_set(err, OPCIT_IO, "cannot run 'dot': %s", strerror(errno));
	pid = fork();
	if (pid == 0)
		run_graphviz(ends, fileno(out));
	close(ends[0]);
	if (pid > 0) {
		dot(graph, &buf);
		feed(ends[1], &buf);
	}
	close(ends[1]);
	opcit_buf_release(&buf);
	if (pid < 0)
		return opcit_err_set(err, OPCIT_IO, "cannot run 'dot': %s", strerror(errno));
	while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
		return OPCIT_OK;
	if (WIFEXITED(how) && WEXITSTATUS(how) == NO_PROGRAM) {
		opcit_err_set(err, OPCIT_IO, "cannot run 'dot': it is not installed");
		opcit_err_hint(err, "install the package graphviz, or use --format dot");
		return OPCIT_IO;
	}
	return opcit_err_set(err, OPCIT_IO, "'dot' could not draw the graph");
}
