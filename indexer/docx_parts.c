/* The DOCX reader's side parts: relations, styles. */
#include "compose.h"
#include "docx.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool docx_is_on(const struct opcit_element *element)
{
	struct opcit_str value = opcit_attribute(element, "val");

	return !opcit_str_is(value, "0") && !opcit_str_is(value, "false") &&
	       !opcit_str_is(value, "off") && !opcit_str_is(value, "none");
}

/* ---- relations ----------------------------------------------------------------- */

struct relations {
	struct opcit_arena *arena;
	struct docx_parts *parts;
	struct opcit_str folder; /* of the part whose relations these are */
};

/* A target as a part's name: relative to its folder, without "..". */
static struct opcit_str resolve(struct relations *r, struct opcit_str target)
{
	struct opcit_str folder = r->folder;

	if (opcit_str_starts(target, "/"))
		return opcit_arena_dup(r->arena, opcit_str_sub(target, 1, target.len));
	while (opcit_str_starts(target, "../")) {
		target = opcit_str_sub(target, 3, target.len);
		if (folder.len)
			folder.len--;
		while (folder.len && folder.ptr[folder.len - 1] != '/')
			folder.len--;
	}
	return opcit_arena_printf(r->arena, "%.*s%.*s", OPCIT_FMT(folder), OPCIT_FMT(target));
}

static void add_address(struct relations *r, const struct opcit_element *element)
{
	struct docx_parts *parts = r->parts;

	OPCIT_GROW(parts->addresses, parts->n_addresses, parts->cap_addresses);
	parts->addresses[parts->n_addresses++] =
		(struct docx_address){ opcit_arena_dup(r->arena, opcit_attribute(element, "Id")),
			               opcit_arena_dup(r->arena, opcit_attribute(element, "Target")) };
}

static void open_relation(void *data, const struct opcit_element *element)
{
	struct relations *r = data;
	struct docx_parts *parts = r->parts;
	struct opcit_str type = opcit_attribute(element, "Type"), target;

	if (strcmp(element->name, "Relationship") != 0)
		return;
	if (opcit_str_is(opcit_attribute(element, "TargetMode"), "External")) {
		if (opcit_str_ends(type, "/hyperlink"))
			add_address(r, element);
		return;
	}
	target = resolve(r, opcit_attribute(element, "Target"));
	if (opcit_str_ends(type, "/officeDocument"))
		parts->document = target;
	else if (opcit_str_ends(type, "/styles"))
		parts->styles = target;
	else if (opcit_str_ends(type, "/numbering"))
		parts->numbering = target;
	else if (opcit_str_ends(type, "/footnotes"))
		parts->footnotes = target;
	else if (opcit_str_ends(type, "/endnotes"))
		parts->endnotes = target;
	else if (opcit_str_ends(type, "/settings"))
		parts->settings = target;
	else if (opcit_str_ends(type, "/comments"))
		parts->comments = target;
	else if (opcit_str_ends(type, "/header")) {
		OPCIT_GROW(parts->headers, parts->n_headers, parts->cap_headers);
		parts->headers[parts->n_headers++] = target;
	} else if (opcit_str_ends(type, "/footer")) {
		OPCIT_GROW(parts->footers, parts->n_footers, parts->cap_footers);
		parts->footers[parts->n_footers++] = target;
	}
}

static void ignore_close(void *data, const char *name)
{
	(void)data, (void)name;
}

static void ignore_text(void *data, struct opcit_str text)
{
	(void)data, (void)text;
}

static opcit_status read_relations(struct opcit_package *package, const char *name,
                                   struct relations *r, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { open_relation, ignore_close, ignore_text };
	struct opcit_str part;
	opcit_status status = opcit_package_read(package, name, r->arena, &part, err);

	if (status == OPCIT_NOT_FOUND)
		return OPCIT_OK;
	return status == OPCIT_OK ? opcit_xml_parse(part, &handler, r, err) : status;
}

opcit_status docx_find_parts(struct opcit_package *package, struct opcit_arena *arena,
                             struct docx_parts *parts, struct opcit_err *err)
{
	struct relations r = { arena, parts, { NULL, 0 } };
	const char *slash;
	opcit_status status;

	parts->document = OPCIT_STR("word/document.xml");
	parts->styles = OPCIT_STR("word/styles.xml");
	parts->numbering = OPCIT_STR("word/numbering.xml");
	parts->footnotes = OPCIT_STR("word/footnotes.xml");
	parts->endnotes = OPCIT_STR("word/endnotes.xml");
	parts->settings = OPCIT_STR("word/settings.xml");
	status = read_relations(package, "_rels/.rels", &r, err);
	if (status != OPCIT_OK)
		return status;
	slash = memrchr(parts->document.ptr, '/', parts->document.len);
	r.folder = (struct opcit_str){ parts->document.ptr,
		                       slash ? (size_t)(slash - parts->document.ptr) + 1 : 0 };
	return read_relations(package,
	                      opcit_arena_printf(arena, "%.*s_rels/%s.rels", OPCIT_FMT(r.folder),
	                                         parts->document.ptr + r.folder.len).ptr,
	                      &r, err);
}

/* ---- styles -------------------------------------------------------------------- */

struct style_walk {
	struct opcit_arena *arena;
	struct docx_styles *styles;
	struct docx_style *style; /* the one that is open */
	unsigned skip;            /* inside a record of how it was before a change */
};

/* The United Nations' templates name their heading styles and give them no
 * level of outline: "_ H _Ch_G", "_ H_1_G", "_ H_2/3_G". */
static unsigned outline_of_name(struct opcit_str name)
{
	char folded[24] = "";
	size_t i, n = 0;

	for (i = 0; i < name.len && n + 1 < sizeof folded; i++)
		if (isalnum((unsigned char)name.ptr[i]))
			folded[n++] = (char)tolower((unsigned char)name.ptr[i]);
	folded[n] = '\0';
	if (strncmp(folded, "heading", 7) == 0 && folded[7] >= '1' && folded[7] <= '9' && !folded[8])
		return (unsigned)(folded[7] - '1');
	if (strcmp(folded, "hchg") == 0 || strcmp(folded, "hmg") == 0)
		return 0;
	if (folded[0] == 'h' && isdigit((unsigned char)folded[1]) && strchr(folded, 'g'))
		return (unsigned)(folded[1] - '0');
	return DOCX_UNSET;
}

static void open_style(void *data, const struct opcit_element *element)
{
	struct style_walk *w = data;
	const char *name = element->name;
	struct docx_style *s = w->style;
	size_t len = strlen(name);

	if (w->skip || (len > 6 && strcmp(name + len - 6, "Change") == 0) ||
	    strcmp(name, "tblStylePr") == 0) {
		w->skip++;
		return;
	}
	if (strcmp(name, "style") == 0) {
		OPCIT_GROW(w->styles->items, w->styles->count, w->styles->cap);
		w->style = &w->styles->items[w->styles->count++];
		*w->style = (struct docx_style){
			.id = opcit_arena_dup(w->arena, opcit_attribute(element, "styleId")),
			.outline = DOCX_UNSET, .num_id = DOCX_UNSET, .level = DOCX_UNSET,
			.bold = -1, .italic = -1, .raised = -1,
		};
	} else if (!s) {
		return;
	} else if (strcmp(name, "name") == 0) {
		struct opcit_str value = opcit_attribute(element, "val");

		s->preformatted = opcit_str_ieq(value, OPCIT_STR("Preformatted Text")) ||
		                  opcit_str_ieq(value, OPCIT_STR("HTML Preformatted"));
		s->quoted = opcit_is_quotation_style(value);
		s->outline = outline_of_name(value);
	} else if (strcmp(name, "basedOn") == 0) {
		s->based_on = opcit_arena_dup(w->arena, opcit_attribute(element, "val"));
	} else if (strcmp(name, "outlineLvl") == 0) {
		s->outline = opcit_attribute_number(element, "val", DOCX_UNSET);
	} else if (strcmp(name, "numId") == 0) {
		s->num_id = opcit_attribute_number(element, "val", DOCX_UNSET);
	} else if (strcmp(name, "ilvl") == 0) {
		s->level = opcit_attribute_number(element, "val", DOCX_UNSET);
	} else if (strcmp(name, "b") == 0) {
		s->bold = docx_is_on(element);
	} else if (strcmp(name, "i") == 0) {
		s->italic = docx_is_on(element);
	} else if (strcmp(name, "vertAlign") == 0) {
		s->raised = opcit_str_is(opcit_attribute(element, "val"), "superscript");
	}
}

static void close_style(void *data, const char *name)
{
	struct style_walk *w = data;

	if (w->skip)
		w->skip--;
	else if (strcmp(name, "style") == 0)
		w->style = NULL;
}

static int by_id(const void *a, const void *b)
{
	return opcit_str_cmp(((const struct docx_style *)a)->id, ((const struct docx_style *)b)->id);
}

const struct docx_style *docx_style_find(const struct docx_styles *styles, struct opcit_str id)
{
	struct docx_style key = { .id = id };

	return id.len && styles->count ?
	               bsearch(&key, styles->items, styles->count, sizeof key, by_id) : NULL;
}

/* What a style does not say it has of the one it is based on. */
static void inherit(const struct docx_styles *styles, struct docx_style *style)
{
	const struct docx_style *base = docx_style_find(styles, style->based_on);
	unsigned depth;

	for (depth = 0; base && depth < 16; depth++) {
		if (style->outline == DOCX_UNSET)
			style->outline = base->outline;
		if (style->num_id == DOCX_UNSET) {
			style->num_id = base->num_id;
			if (style->level == DOCX_UNSET)
				style->level = base->level;
		}
		if (style->bold < 0)
			style->bold = base->bold;
		if (style->italic < 0)
			style->italic = base->italic;
		if (style->raised < 0)
			style->raised = base->raised;
		style->preformatted |= base->preformatted;
			style->quoted |= base->quoted;
		base = docx_style_find(styles, base->based_on);
	}
}

opcit_status docx_read_styles(struct opcit_str part, struct opcit_arena *arena,
                              struct docx_styles *styles, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { open_style, close_style, ignore_text };
	struct style_walk walk = { .arena = arena, .styles = styles };
	opcit_status status = opcit_xml_parse(part, &handler, &walk, err);
	size_t i;

	if (styles->count)
		qsort(styles->items, styles->count, sizeof *styles->items, by_id);
	for (i = 0; i < styles->count; i++)
		inherit(styles, &styles->items[i]);
	return status;
}
