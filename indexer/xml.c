#include "xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16, NUMBER_MAX = 1000000 };

struct walk {
	const struct opcit_xml_handler *handler;
	void *data;
	xmlParserCtxtPtr parser;
	unsigned depth;
	bool too_deep, entities;
};

/* ---- attributes ---------------------------------------------------------------- */

struct opcit_str opcit_attribute(const struct opcit_element *element, const char *name)
{
	const xmlChar *const *a = element->attributes;
	int i;

	if (element->html) {
		for (; a && a[0]; a += 2)
			if (strcmp((const char *)a[0], name) == 0)
				return opcit_str_of((const char *)a[1]);
		return (struct opcit_str){ NULL, 0 };
	}
	for (i = 0; i < element->n_attributes; i++, a += 5)
		if (strcmp((const char *)a[0], name) == 0)
			return (struct opcit_str){ (const char *)a[3], (size_t)(a[4] - a[3]) };
	return (struct opcit_str){ NULL, 0 };
}

unsigned opcit_attribute_number(const struct opcit_element *element, const char *name,
                                unsigned otherwise)
{
	struct opcit_str value = opcit_attribute(element, name);
	unsigned n = 0;
	size_t i;

	for (i = 0; i < value.len && value.ptr[i] >= '0' && value.ptr[i] <= '9'; i++)
		if (n <= NUMBER_MAX)
			n = n * 10 + (unsigned)(value.ptr[i] - '0');
	return i == 0 || i < value.len || n > NUMBER_MAX ? otherwise : n;
}

/* ---- what libxml2 calls -------------------------------------------------------- */

static void halt(struct walk *walk)
{
	walk->handler = NULL;
	xmlStopParser(walk->parser);
}

static void on_open(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                    int n_namespaces, const xmlChar **namespaces, int n_attributes,
                    int n_defaulted, const xmlChar **attributes)
{
	struct walk *walk = ctx;
	struct opcit_element element = { (const char *)name, uri ? (const char *)uri : "",
		                         attributes, n_attributes, false };

	(void)prefix, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
	if (!walk->handler)
		return;
	if (++walk->depth > OPCIT_XML_DEPTH) {
		walk->too_deep = true;
		halt(walk);
		return;
	}
	walk->handler->open(walk->data, &element);
}

static void on_close(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct walk *walk = ctx;

	(void)prefix, (void)uri;
	if (!walk->handler)
		return;
	walk->depth--;
	walk->handler->close(walk->data, (const char *)name);
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
	struct walk *walk = ctx;

	if (walk->handler)
		walk->handler->text(walk->data, (struct opcit_str){ (const char *)text, (size_t)len });
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
	struct walk *walk = ctx;

	(void)name, (void)type, (void)public_id, (void)system_id, (void)content;
	walk->entities = true;
	halt(walk);
}

static void on_subset(void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	(void)ctx, (void)name, (void)id, (void)system;
}

static xmlEntityPtr no_entity(void *ctx, const xmlChar *name)
{
	(void)ctx;
	return xmlGetPredefinedEntity(name);
}

static void be_quiet(void *ctx, const char *message, ...)
{
	(void)ctx, (void)message;
}

/* ---- XML ----------------------------------------------------------------------- */

static opcit_status xml_failure(const struct walk *walk, struct opcit_err *err)
{
	const xmlError *error = walk->parser ? xmlCtxtGetLastError(walk->parser) : NULL;
	struct opcit_str message;

	if (walk->too_deep) {
		opcit_err_set(err, OPCIT_LIMIT, "its XML nests elements more than %d deep",
		              OPCIT_XML_DEPTH);
		return OPCIT_LIMIT;
	}
	if (walk->entities) {
		opcit_err_set(err, OPCIT_IO, "its XML declares entities, which opcit does not expand");
		opcit_err_hint(err, "such files are often made to do harm; save it anew with the "
		                    "program that wrote it");
		return OPCIT_IO;
	}
	if (!error)
		return opcit_err_set(err, OPCIT_IO, "damaged XML");
	if (error->code == XML_ERR_DOCUMENT_END || error->code == XML_ERR_DOCUMENT_EMPTY)
		return opcit_err_set(err, OPCIT_IO, "damaged XML: it ends too early");
	message = opcit_str_trim(opcit_str_of(error->message));
	return opcit_err_set(err, OPCIT_IO, "damaged XML at line %d: %.*s", error->line,
	                     OPCIT_FMT(opcit_str_sub(message, 0, 80)));
}

opcit_status opcit_xml_parse(struct opcit_str bytes, const struct opcit_xml_handler *handler,
                             void *data, struct opcit_err *err)
{
	struct walk walk = { .handler = handler, .data = data };
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_open,
		.endElementNs = on_close,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.entityDecl = on_entity,
		.getEntity = no_entity,
		.internalSubset = on_subset,
		.error = be_quiet,
		.warning = be_quiet,
		.fatalError = be_quiet,
	};
	opcit_status status = OPCIT_OK;
	size_t at;

	walk.parser = xmlCreatePushParserCtxt(&sax, &walk, NULL, 0, NULL);
	if (!walk.parser)
		return opcit_err_set(err, OPCIT_LIMIT, "no memory for its XML");
	xmlCtxtUseOptions(walk.parser, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_HUGE);
	for (at = 0; at < bytes.len && walk.handler; at += CHUNK) {
		struct opcit_str part = opcit_str_sub(bytes, at, at + CHUNK);

		if (xmlParseChunk(walk.parser, part.ptr, (int)part.len, 0) != 0)
			break;
	}
	if (walk.handler)
		xmlParseChunk(walk.parser, NULL, 0, 1);
	if (!walk.handler || !walk.parser->wellFormed)
		status = xml_failure(&walk, err);
	xmlFreeParserCtxt(walk.parser);
	return status;
}

/* ---- HTML ---------------------------------------------------------------------- */

static void on_html_open(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	struct walk *walk = ctx;
	struct opcit_element element = { (const char *)name, "", attributes, 0, true };

	if (walk->handler)
		walk->handler->open(walk->data, &element);
}

static void on_html_close(void *ctx, const xmlChar *name)
{
	struct walk *walk = ctx;

	if (walk->handler)
		walk->handler->close(walk->data, (const char *)name);
}

opcit_status opcit_html_parse(struct opcit_str utf8, const struct opcit_xml_handler *handler,
                              void *data, struct opcit_err *err)
{
	struct walk walk = { .handler = handler, .data = data };
	xmlSAXHandler sax = {
		.startElement = on_html_open,
		.endElement = on_html_close,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.error = be_quiet,
		.warning = be_quiet,
		.fatalError = be_quiet,
	};
	size_t at;

	walk.parser = htmlCreatePushParserCtxt(&sax, &walk, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (!walk.parser)
		return opcit_err_set(err, OPCIT_LIMIT, "no memory for its HTML");
	htmlCtxtUseOptions(walk.parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC |
	                                        HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	for (at = 0; at < utf8.len; at += CHUNK) {
		struct opcit_str part = opcit_str_sub(utf8, at, at + CHUNK);

		htmlParseChunk(walk.parser, part.ptr, (int)part.len, 0);
	}
	htmlParseChunk(walk.parser, NULL, 0, 1);
	htmlFreeParserCtxt(walk.parser);
	return OPCIT_OK;
}
