/* xml.h: hostile XML, one element at a time.
 *
 * Nothing outside the document is ever opened. A document that declares
 * entities is refused: none that anybody sends needs them, and bombs are made
 * of them. Elements nested more than OPCIT_XML_DEPTH deep are refused too.
 */
#ifndef OPCIT_XML_H
#define OPCIT_XML_H

#include "../lib/status.h"
#include "../lib/str.h"

enum { OPCIT_XML_DEPTH = 250 };

/* An element that opens. Valid only during the call. */
struct opcit_element {
	const char *name;        /* without its prefix */
	const char *space;       /* the name space's address, "" where it has none */
	const void *attributes;
	int n_attributes;
	bool html;
};

/* The value of the attribute with that name, whatever its prefix; empty when
 * there is none. Borrowed as the element is. */
struct opcit_str opcit_attribute(const struct opcit_element *element, const char *name);
/* As a number from 0 to 1000000, `otherwise` when it is none. */
unsigned opcit_attribute_number(const struct opcit_element *element, const char *name,
                                unsigned otherwise);

/* What is called, with `data`, for each thing met. */
struct opcit_xml_handler {
	void (*open)(void *data, const struct opcit_element *element);
	void (*close)(void *data, const char *name);
	void (*text)(void *data, struct opcit_str text);
};

/* Go through an XML document. OPCIT_IO with the reason ("damaged XML at line
 * 3: …") or OPCIT_LIMIT. */
opcit_status opcit_xml_parse(struct opcit_str bytes, const struct opcit_xml_handler *handler,
                             void *data, struct opcit_err *err);

/* The same for HTML, which is UTF-8 here and never damaged. Names are in
 * lower case. */
opcit_status opcit_html_parse(struct opcit_str utf8, const struct opcit_xml_handler *handler,
                              void *data, struct opcit_err *err);

#endif
