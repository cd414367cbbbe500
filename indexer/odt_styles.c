#include "compose.h"
#include "odt.h"

#include <stdlib.h>
#include <string.h>

static struct opcit_str keep(struct odt_styles *s, const struct opcit_element *element, const char *name)
{
	return opcit_arena_dup(s->arena, opcit_attribute(element, name));
}

static void open_named_style(struct odt_styles *s, const struct opcit_element *element)
{
	struct opcit_str shown = opcit_attribute(element, "display-name");

	OPCIT_GROW(s->items, s->count, s->cap);
	s->style = &s->items[s->count++];
	*s->style = (struct odt_style){
		.name = keep(s, element, "name"),
		.parent = keep(s, element, "parent-style-name"),
		.bold = -1, .italic = -1, .raised = -1, .hidden = -1,
	};
	s->style->preformatted = opcit_str_ieq(shown, OPCIT_STR("Preformatted Text")) ||
	                         opcit_str_ieq(s->style->name, OPCIT_STR("Preformatted_20_Text"));
	s->style->quoted = opcit_is_quotation_style(s->style->name);
}

static void text_properties(struct odt_style *style, const struct opcit_element *element)
{
	struct opcit_str weight = opcit_attribute(element, "font-weight");
	struct opcit_str slant = opcit_attribute(element, "font-style");
	struct opcit_str position = opcit_attribute(element, "text-position");
	struct opcit_str display = opcit_attribute(element, "display");

	if (weight.len)
		style->bold = opcit_str_is(weight, "bold") || (weight.ptr[0] >= '6' && weight.ptr[0] <= '9');
	if (slant.len)
		style->italic = !opcit_str_is(slant, "normal");
	if (position.len)
		style->raised = opcit_str_starts(position, "super") ||
		                (position.ptr[0] >= '1' && position.ptr[0] <= '9');
	if (display.len)
		style->hidden = opcit_str_is(display, "none");
}

static void open_level(struct odt_styles *s, const struct opcit_element *element)
{
	unsigned n = opcit_attribute_number(element, "level", 1);
	struct odt_level *level;

	if (!s->list || n < 1 || n > ODT_LEVELS)
		return;
	level = &s->list->levels[n - 1];
	*level = (struct odt_level){
		.style = strcmp(element->name, "list-level-style-bullet") == 0 ? OPCIT_ORDINAL_BULLET :
		         opcit_ordinal_of(opcit_attribute(element, "num-format")),
		.prefix = keep(s, element, "num-prefix"),
		.suffix = keep(s, element, "num-suffix"),
		.format = keep(s, element, "num-list-format"),
		.start = opcit_attribute_number(element, "start-value", 1),
		.shown = opcit_attribute_number(element, "display-levels", 1),
	};
}

void odt_style_open(struct odt_styles *s, const struct opcit_element *element)
{
	const char *name = element->name;

	if (strcmp(name, "style") == 0) {
		open_named_style(s, element);
	} else if (strcmp(name, "text-properties") == 0 && s->style) {
		text_properties(s->style, element);
	} else if (strcmp(name, "list-style") == 0) {
		OPCIT_GROW(s->lists, s->n_lists, s->cap_lists);
		s->list = &s->lists[s->n_lists++];
		memset(s->list, 0, sizeof *s->list);
		s->list->name = keep(s, element, "name");
	} else if (strcmp(name, "outline-style") == 0) {
		s->list = &s->outline;
	} else if (strncmp(name, "list-level-style-", 17) == 0 || strcmp(name, "outline-level-style") == 0) {
		open_level(s, element);
	}
}

void odt_style_close(struct odt_styles *s, const char *name)
{
	if (strcmp(name, "style") == 0)
		s->style = NULL;
	else if (strcmp(name, "list-style") == 0 || strcmp(name, "outline-style") == 0)
		s->list = NULL;
}

static int by_name(const void *a, const void *b)
{
	return opcit_str_cmp(((const struct odt_style *)a)->name, ((const struct odt_style *)b)->name);
}

const struct odt_style *odt_style_find(const struct odt_styles *s, struct opcit_str name)
{
	struct odt_style key = { .name = name };

	return name.len && s->count ? bsearch(&key, s->items, s->count, sizeof key, by_name) : NULL;
}

void odt_styles_settle(struct odt_styles *s)
{
	size_t i;
	unsigned depth;

	if (s->count)
		qsort(s->items, s->count, sizeof *s->items, by_name);
	for (i = 0; i < s->count; i++) {
		struct odt_style *style = &s->items[i];
		const struct odt_style *base = odt_style_find(s, style->parent);

		for (depth = 0; base && depth < 16; depth++) {
			if (style->bold < 0)
				style->bold = base->bold;
			if (style->italic < 0)
				style->italic = base->italic;
			if (style->raised < 0)
				style->raised = base->raised;
			if (style->hidden < 0)
				style->hidden = base->hidden;
			style->preformatted |= base->preformatted;
			style->quoted |= base->quoted;
			base = odt_style_find(s, base->parent);
		}
	}
}

struct odt_list *odt_list_find(struct odt_styles *s, struct opcit_str name)
{
	size_t i;

	for (i = 0; i < s->n_lists; i++)
		if (opcit_str_eq(s->lists[i].name, name))
			return &s->lists[i];
	return NULL;
}

static void put_level(const struct odt_list *list, unsigned level, struct opcit_buf *buf)
{
	const struct odt_level *l = &list->levels[level];

	opcit_ordinal_put(l->style, list->counted[level] ? list->counters[level] : l->start, buf);
}

void odt_number(struct odt_list *list, unsigned level, unsigned start, struct opcit_buf *buf)
{
	const struct odt_level *l;
	size_t before = buf->len, i;
	unsigned k;

	if (level >= ODT_LEVELS)
		return;
	l = &list->levels[level];
	list->counters[level] = start ? start : list->counted[level] ? list->counters[level] + 1 : l->start;
	list->counted[level] = true;
	for (k = level + 1; k < ODT_LEVELS; k++)
		list->counted[k] = false;
	if (l->style == OPCIT_ORDINAL_NONE)
		return;
	if (l->format.len && l->style != OPCIT_ORDINAL_BULLET) {
		for (i = 0; i < l->format.len; i++) {
			char n = i + 2 < l->format.len ? l->format.ptr[i + 1] : '\0';

			if (l->format.ptr[i] == '%' && n >= '1' && n <= '9' && l->format.ptr[i + 2] == '%') {
				put_level(list, (unsigned)(n - '1'), buf);
				i += 2;
			} else {
				opcit_buf_putc(buf, l->format.ptr[i]);
			}
		}
	} else {
		opcit_buf_add_str(buf, l->prefix);
		for (k = l->shown && l->shown <= level + 1 ? level + 1 - l->shown : level; k < level; k++) {
			put_level(list, k, buf);
			opcit_buf_putc(buf, '.');
		}
		put_level(list, level, buf);
		if (l->style != OPCIT_ORDINAL_BULLET)
			opcit_buf_add_str(buf, l->suffix);
	}
	if (buf->len > before)
		opcit_buf_putc(buf, ' ');
}

void odt_styles_release(struct odt_styles *s)
{
	free(s->items);
	free(s->lists);
}
