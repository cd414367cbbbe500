/* The DOCX reader's numbering: what Word prints before a paragraph. */
#include "docx.h"

#include <stdlib.h>
#include <string.h>

enum ordinal_limit { LEVEL_TEXT_MAX = 64 };

enum opcit_ordinal docx_ordinal(struct opcit_str format)
{
	static const struct {
		const char *name;
		enum opcit_ordinal style;
	} table[] = {
		{ "decimal", OPCIT_ORDINAL_DECIMAL },
		{ "bullet", OPCIT_ORDINAL_BULLET },
		{ "lowerLetter", OPCIT_ORDINAL_LOWER_LETTER },
		{ "upperLetter", OPCIT_ORDINAL_UPPER_LETTER },
		{ "lowerRoman", OPCIT_ORDINAL_LOWER_ROMAN },
		{ "upperRoman", OPCIT_ORDINAL_UPPER_ROMAN },
		{ "decimalZero", OPCIT_ORDINAL_DECIMAL_ZERO },
		{ "none", OPCIT_ORDINAL_NONE },
	};
	size_t i;

	for (i = 0; i < sizeof table / sizeof *table; i++)
		if (opcit_str_is(format, table[i].name))
			return table[i].style;
	return OPCIT_ORDINAL_DECIMAL;
}

struct number_walk {
	struct opcit_arena *arena;
	struct docx_numbering *numbering;
	struct docx_scheme *scheme;
	struct docx_list *list;
	struct docx_override *override;
	struct docx_level *level;
};

static struct docx_level *level_of(struct docx_level *levels, const struct opcit_element *element)
{
	unsigned n = opcit_attribute_number(element, "ilvl", 0);
	struct docx_level *level = &levels[n < DOCX_LEVELS ? n : DOCX_LEVELS - 1];

	*level = (struct docx_level){ .style = OPCIT_ORDINAL_DECIMAL, .start = 0, .restart = DOCX_UNSET };
	return level;
}

static void open_level_property(struct number_walk *w, const struct opcit_element *element)
{
	struct docx_level *level = w->level;
	const char *name = element->name;
	struct opcit_str value = opcit_attribute(element, "val");

	if (strcmp(name, "start") == 0)
		level->start = opcit_attribute_number(element, "val", 0);
	else if (strcmp(name, "numFmt") == 0)
		level->style = docx_ordinal(value);
	else if (strcmp(name, "lvlText") == 0)
		level->text = opcit_arena_dup(w->arena, opcit_str_sub(value, 0, LEVEL_TEXT_MAX));
	else if (strcmp(name, "lvlRestart") == 0)
		level->restart = opcit_attribute_number(element, "val", DOCX_UNSET);
	else if (strcmp(name, "isLgl") == 0)
		level->legal = docx_is_on(element);
	else if (strcmp(name, "suff") == 0)
		level->tight = opcit_str_is(value, "nothing");
	else if (strcmp(name, "pStyle") == 0)
		level->paragraph_style = opcit_arena_dup(w->arena, value);
}

static void open_number(void *data, const struct opcit_element *element)
{
	struct number_walk *w = data;
	struct docx_numbering *n = w->numbering;
	const char *name = element->name;

	if (w->level) {
		open_level_property(w, element);
	} else if (strcmp(name, "abstractNum") == 0) {
		OPCIT_GROW(n->schemes, n->n_schemes, n->cap_schemes);
		w->scheme = &n->schemes[n->n_schemes++];
		memset(w->scheme, 0, sizeof *w->scheme);
		w->scheme->id = opcit_attribute_number(element, "abstractNumId", DOCX_UNSET);
	} else if (strcmp(name, "num") == 0) {
		OPCIT_GROW(n->lists, n->n_lists, n->cap_lists);
		w->list = &n->lists[n->n_lists++];
		memset(w->list, 0, sizeof *w->list);
		w->list->id = opcit_attribute_number(element, "numId", DOCX_UNSET);
		w->list->scheme_id = DOCX_UNSET;
	} else if (strcmp(name, "abstractNumId") == 0 && w->list) {
		w->list->scheme_id = opcit_attribute_number(element, "val", DOCX_UNSET);
	} else if (strcmp(name, "lvlOverride") == 0 && w->list) {
		unsigned level = opcit_attribute_number(element, "ilvl", 0);

		w->override = &w->list->overrides[level < DOCX_LEVELS ? level : DOCX_LEVELS - 1];
	} else if (strcmp(name, "startOverride") == 0 && w->override) {
		w->override->start_given = true;
		w->override->start = opcit_attribute_number(element, "val", 1);
	} else if (strcmp(name, "lvl") == 0 && w->override) {
		w->override->level_given = true;
		w->level = &w->override->level;
		*w->level = (struct docx_level){ .style = OPCIT_ORDINAL_DECIMAL, .restart = DOCX_UNSET };
	} else if (strcmp(name, "lvl") == 0 && w->scheme) {
		w->level = level_of(w->scheme->levels, element);
	} else if (strcmp(name, "numStyleLink") == 0 && w->scheme) {
		w->scheme->link = opcit_arena_dup(w->arena, opcit_attribute(element, "val"));
	}
}

static void close_number(void *data, const char *name)
{
	struct number_walk *w = data;

	if (strcmp(name, "lvl") == 0)
		w->level = NULL;
	else if (strcmp(name, "lvlOverride") == 0)
		w->override = NULL;
	else if (strcmp(name, "abstractNum") == 0)
		w->scheme = NULL;
	else if (strcmp(name, "num") == 0)
		w->list = NULL;
}

static void ignore_text(void *data, struct opcit_str text)
{
	(void)data, (void)text;
}

opcit_status docx_read_numbering(struct opcit_str part, struct opcit_arena *arena,
                                 struct docx_numbering *numbering, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { open_number, close_number, ignore_text };
	struct number_walk walk = { .arena = arena, .numbering = numbering };

	return opcit_xml_parse(part, &handler, &walk, err);
}

/* ---- counting ------------------------------------------------------------------ */

static struct docx_list *find_list(const struct docx_numbering *numbering, unsigned id)
{
	size_t i;

	for (i = 0; i < numbering->n_lists; i++)
		if (numbering->lists[i].id == id)
			return &numbering->lists[i];
	return NULL;
}

/* The scheme of a list; one that only stands for a style's numbering leads on
 * to that style's list. */
static struct docx_scheme *find_scheme(const struct docx_numbering *numbering,
                                       const struct docx_styles *styles,
                                       const struct docx_list *list)
{
	unsigned hops;
	size_t i;

	for (hops = 0; list && hops < 4; hops++) {
		struct docx_scheme *scheme = NULL;
		const struct docx_style *style;

		for (i = 0; i < numbering->n_schemes; i++)
			if (numbering->schemes[i].id == list->scheme_id)
				scheme = &numbering->schemes[i];
		if (!scheme || !scheme->link.len)
			return scheme;
		style = docx_style_find(styles, scheme->link);
		list = style ? find_list(numbering, style->num_id) : NULL;
	}
	return NULL;
}

static const struct docx_level *level_at(const struct docx_list *list,
                                         const struct docx_scheme *scheme, unsigned level)
{
	return list->overrides[level].level_given ? &list->overrides[level].level :
	                                            &scheme->levels[level];
}

static void count(struct docx_list *list, struct docx_scheme *scheme, unsigned level)
{
	struct docx_override *override = &list->overrides[level];
	unsigned below;

	if (override->start_given && !override->used) {
		scheme->counters[level] = override->start;
		scheme->counted[level] = true;
	} else if (!scheme->counted[level]) {
		scheme->counters[level] = level_at(list, scheme, level)->start;
		scheme->counted[level] = true;
	} else {
		scheme->counters[level]++;
	}
	override->used = true;
	for (below = level + 1; below < DOCX_LEVELS; below++) {
		unsigned restart = level_at(list, scheme, below)->restart;

		if (restart == DOCX_UNSET || (restart && level < restart))
			scheme->counted[below] = false;
	}
}

static void put_level_number(const struct docx_list *list, const struct docx_scheme *scheme,
                             unsigned level, bool legal, struct opcit_buf *buf)
{
	const struct docx_level *l = level_at(list, scheme, level);
	enum opcit_ordinal style = legal && l->style != OPCIT_ORDINAL_NONE ? OPCIT_ORDINAL_DECIMAL : l->style;

	opcit_ordinal_put(style, scheme->counted[level] ? scheme->counters[level] : l->start, buf);
}

void docx_number(struct docx_numbering *numbering, const struct docx_styles *styles,
                 unsigned num_id, unsigned level, struct opcit_buf *buf)
{
	struct docx_list *list = find_list(numbering, num_id);
	struct docx_scheme *scheme = find_scheme(numbering, styles, list);
	const struct docx_level *l;
	size_t i, before = buf->len;

	if (!scheme || level >= DOCX_LEVELS)
		return;
	l = level_at(list, scheme, level);
	count(list, scheme, level);
	if (l->style == OPCIT_ORDINAL_BULLET) {
		opcit_ordinal_put(l->style, 1, buf);
		opcit_buf_putc(buf, ' ');
		return;
	}
	for (i = 0; i < l->text.len; i++) {
		char next = i + 1 < l->text.len ? l->text.ptr[i + 1] : '\0';

		if (l->text.ptr[i] == '%' && next >= '1' && next <= '9') {
			put_level_number(list, scheme, (unsigned)(next - '1'), l->legal, buf);
			i++;
		} else {
			opcit_buf_putc(buf, l->text.ptr[i]);
		}
	}
	if (buf->len > before && !l->tight)
		opcit_buf_putc(buf, ' ');
}

unsigned docx_level_of_style(const struct docx_numbering *numbering, unsigned num_id,
                             struct opcit_str style)
{
	const struct docx_list *list = find_list(numbering, num_id);
	size_t i;
	unsigned level;

	for (i = 0; list && i < numbering->n_schemes; i++)
		for (level = 0; numbering->schemes[i].id == list->scheme_id && level < DOCX_LEVELS; level++)
			if (style.len && opcit_str_eq(numbering->schemes[i].levels[level].paragraph_style, style))
				return level;
	return 0;
}
