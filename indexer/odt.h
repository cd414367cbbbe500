/* odt.h: the styles of an ODT document: what of them makes text. */
#ifndef OPCIT_ODT_H
#define OPCIT_ODT_H

#include "ordinal.h"
#include "xml.h"

enum { ODT_LEVELS = 10 };

struct odt_style {
	struct opcit_str name, parent;
	signed char bold, italic, raised, hidden; /* -1: not said */
	bool preformatted, quoted;
};

struct odt_level {
	enum opcit_ordinal style;
	struct opcit_str prefix, suffix, format; /* format: "%1%.%2%.", over all others */
	unsigned start, shown; /* how many levels the number shows */
};

/* A list style and the counters of the lists that go on with one another. */
struct odt_list {
	struct opcit_str name;
	struct odt_level levels[ODT_LEVELS];
	unsigned counters[ODT_LEVELS];
	bool counted[ODT_LEVELS];
};

/* Zero-initialise but for arena. */
struct odt_styles {
	struct opcit_arena *arena;
	struct odt_style *items; /* heap */
	size_t count, cap;
	struct odt_list *lists; /* heap */
	size_t n_lists, cap_lists;
	struct odt_list outline; /* of headings */
	struct odt_style *style; /* the one being read */
	struct odt_list *list;
	struct odt_level *level;
};

/* Take one element of the styles. */
void odt_style_open(struct odt_styles *styles, const struct opcit_element *element);
void odt_style_close(struct odt_styles *styles, const char *name);
/* All styles were taken: what one does not say it has of its parent. */
void odt_styles_settle(struct odt_styles *styles);
const struct odt_style *odt_style_find(const struct odt_styles *styles, struct opcit_str name);
struct odt_list *odt_list_find(struct odt_styles *styles, struct opcit_str name);
/* Count on at a level, from `start` if that is not 0, and append the number with
 * the space after. */
void odt_number(struct odt_list *list, unsigned level, unsigned start, struct opcit_buf *buf);
void odt_styles_release(struct odt_styles *styles);

#endif
