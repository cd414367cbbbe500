#include "docx_text.h"

#include "docx_tag.h"

#include <stdlib.h>
#include <string.h>

static struct docx_paragraph *top(struct docx *d)
{
	return d->depth ? &d->open[d->depth - 1] : NULL;
}

/* ---- text ---------------------------------------------------------------------- */

static bool is_shown(const struct docx *d)
{
	return d->depth && !d->codes && !d->page_fields && !d->hidden && !d->skip;
}

static void put_text(struct docx *d, struct opcit_str text)
{
	struct docx_paragraph *p = top(d);
	size_t from;

	if (!is_shown(d) || !text.len)
		return;
	if (!p->draft.first_seen && opcit_str_trim(text).len) {
		p->draft.first_seen = true;
		p->draft.strong = d->bold;
		p->draft.emphatic = d->bold || d->italic;
	}
	from = p->draft.text.len;
	opcit_draft_add(&p->draft, text);
	if (d->raised || d->mark_follows)
		opcit_draft_raise(&p->draft, from);
	d->mark_follows = false;
}

/* What stands in the XML: its line ends are not the text's, wherever the parser
 * parts what it hands on. */
static void put_words(struct docx *d, struct opcit_str text)
{
	struct docx_paragraph *p = top(d);
	size_t i = p ? p->draft.text.len : 0;

	put_text(d, text);
	for (; p && i < p->draft.text.len; i++)
		if (p->draft.text.ptr[i] == '\n')
			p->draft.text.ptr[i] = ' ';
}

/* A character of a symbol font: its code point, unless that means nothing
 * without the font. */
static void put_symbol(struct docx *d, struct opcit_str code)
{
	unsigned long c = strtoul(opcit_arena_dup(d->arena, code).ptr, NULL, 16) & 0xFFFF;
	char bytes[3] = { (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F)) };

	if (c >= 0xF000 && c <= 0xF0FF)
		put_text(d, OPCIT_STR("\xE2\x80\xA2"));
	else if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF))
		put_text(d, (struct opcit_str){ bytes, 3 });
}

/* ---- notes --------------------------------------------------------------------- */

static struct docx_story *find_note(const struct docx_notes *notes, unsigned id)
{
	size_t i;

	for (i = 0; i < notes->count; i++)
		if (notes->items[i].id == id)
			return &notes->items[i];
	return NULL;
}

static void refer(struct docx *d, struct docx_notes *notes, const struct opcit_element *element)
{
	unsigned id = opcit_attribute_number(element, "id", DOCX_UNSET);
	struct docx_story *note = find_note(notes, id);
	struct opcit_buf mark = OPCIT_BUF_INIT;
	bool own = opcit_attribute(element, "customMarkFollows").len && docx_is_on(element);

	if (!is_shown(d) || !note || d->place != DOCX_BODY)
		return;
	if (own) {
		d->mark_follows = true;
	} else {
		opcit_ordinal_put(notes->style, ++notes->number, &mark);
		opcit_draft_add(&top(d)->draft, opcit_buf_str(&mark));
		opcit_draft_raise(&top(d)->draft, top(d)->draft.text.len - mark.len);
	}
	note->own_mark = own;
	if (notes == &d->footnotes) {
		OPCIT_GROW(d->waiting, d->n_waiting, d->cap_waiting);
		OPCIT_GROW(d->marks, d->n_marks, d->cap_marks);
		d->waiting[d->n_waiting++] = id;
		d->marks[d->n_marks++] = opcit_arena_dup(d->arena, opcit_buf_str(&mark));
	} else {
		OPCIT_GROW(d->at_end, d->n_at_end, d->cap_at_end);
		OPCIT_GROW(d->end_marks, d->n_end_marks, d->cap_end_marks);
		d->at_end[d->n_at_end++] = id;
		d->end_marks[d->n_end_marks++] = opcit_arena_dup(d->arena, opcit_buf_str(&mark));
	}
	opcit_buf_release(&mark);
}

/* A note's own mark is the sign that its text opens with. */
static void raise_own_mark(struct opcit_draft *draft)
{
	size_t i = 0;

	if (draft->raised.count)
		return;
	while (i < draft->text.len && i < 3 && draft->text.ptr[i] == '*')
		i++;
	if (i) {
		OPCIT_GROW(draft->raised.items, draft->raised.count, draft->raised.cap);
		draft->raised.items[draft->raised.count].from = 0;
		draft->raised.items[draft->raised.count++].to = i;
	}
}

static void put_note(struct docx *d, struct docx_story *note, struct opcit_str mark)
{
	struct opcit_draft line = { .heading_level = 0 };
	size_t i;

	for (i = 0; i < note->count; i++) {
		if (i == 0 && mark.len) {
			opcit_draft_add(&line, mark);
			opcit_draft_raise(&line, 0);
			opcit_draft_add(&line, OPCIT_STR(" "));
		}
		opcit_draft_append(&line, &note->items[i]);
		if (i == 0 && !mark.len)
			raise_own_mark(&line);
		/* What a note goes on with is no paragraph of the text's. */
		line.same_block = i > 0;
		opcit_compose_add(&d->body, &line);
	}
	opcit_draft_release(&line);
}

static void put_waiting(struct docx *d)
{
	size_t i;

	for (i = 0; i < d->n_waiting; i++)
		put_note(d, find_note(&d->footnotes, d->waiting[i]), d->marks[i]);
	d->n_waiting = d->n_marks = 0;
}

void docx_put_endnotes(struct docx *d)
{
	size_t i;

	for (i = 0; i < d->n_at_end; i++)
		put_note(d, find_note(&d->endnotes, d->at_end[i]), d->end_marks[i]);
	d->n_at_end = d->n_end_marks = 0;
}

/* ---- paragraphs ---------------------------------------------------------------- */

static void open_paragraph(struct docx *d)
{
	struct docx_paragraph *p;

	if (d->depth == DOCX_NESTED) {
		d->skip++;
		return;
	}
	p = &d->open[d->depth++];
	if (!p->mark_deleted)
		opcit_draft_clear(&p->draft);
	p->style = NULL;
	p->num_id = p->level = p->outline = DOCX_UNSET;
	p->mark_deleted = p->style_bold = p->style_italic = false;
	p->draft.preformatted = false;
	d->bold = d->italic = d->raised = d->hidden = false;
}

/* Its properties are known: number it. */
static void number_paragraph(struct docx *d, struct docx_paragraph *p)
{
	unsigned id = p->num_id, level = p->level;

	if (p->style) {
		p->style_bold = p->style->bold > 0;
		p->style_italic = p->style->italic > 0;
		if (p->outline == DOCX_UNSET)
			p->outline = p->style->outline;
		if (id == DOCX_UNSET && p->style->num_id != DOCX_UNSET) {
			id = p->style->num_id;
			if (level == DOCX_UNSET)
				level = p->style->level != DOCX_UNSET ? p->style->level :
				        docx_level_of_style(&d->numbering, id, p->style->id);
		}
		p->draft.preformatted = p->style->preformatted;
		p->draft.quoted = p->style->quoted;
	}
	d->bold = p->style_bold;
	d->italic = p->style_italic;
	if (id == DOCX_UNSET || id == 0 || p->mark_deleted || p->draft.text.len)
		return;
	docx_number(&d->numbering, &d->styles, id, level == DOCX_UNSET ? 0 : level, &p->draft.text);
}

/* A paragraph of a note, or a part of a header. */
static void put_story(struct docx *d, struct opcit_draft *draft)
{
	struct docx_story *story = d->place == DOCX_NOTES ? d->story : &d->margin;

	if (story && !opcit_draft_is_blank(draft)) {
		draft->heading_level = 0;
		OPCIT_GROW(story->items, story->count, story->cap);
		story->items[story->count++] = *draft;
		*draft = (struct opcit_draft){ .heading_level = 0 };
	}
	opcit_draft_clear(draft);
}

static void close_paragraph(struct docx *d)
{
	struct docx_paragraph *p = top(d);
	struct opcit_draft *draft = &p->draft;

	d->depth--;
	if (p->mark_deleted)
		return; /* its text waits for the paragraph that it was joined to */
	if (p->outline < DOCX_LEVELS && !opcit_draft_is_blank(draft))
		draft->heading_level = (uint8_t)(p->outline + 1);
	if (d->place != DOCX_BODY) {
		put_story(d, draft);
	} else if (d->tables) {
		opcit_row_add(&d->row, draft);
	} else {
		opcit_compose_add(&d->body, draft);
		put_waiting(d);
	}
}

/* ---- fields -------------------------------------------------------------------- */

static bool tells_page(struct opcit_str code)
{
	code = opcit_str_trim(code);
	return opcit_str_starts(code, "PAGE") || opcit_str_starts(code, "NUMPAGES") ||
	       opcit_str_starts(code, "SECTIONPAGES");
}

static void field_char(struct docx *d, struct opcit_str type)
{
	unsigned at = d->fields ? d->fields - 1 : 0;

	if (opcit_str_is(type, "begin")) {
		if (d->fields < DOCX_FIELDS) {
			d->field_in_code[d->fields] = true;
			d->field_is_page[d->fields] = false;
			d->codes++;
		}
		d->fields++;
		return;
	}
	if (!d->fields)
		return;
	if (at < DOCX_FIELDS && d->field_in_code[at]) { /* separate, or the end of one without result */
		d->field_in_code[at] = false;
		d->codes--;
		d->page_fields += d->field_is_page[at];
		if (opcit_str_is(type, "separate"))
			return;
	}
	if (opcit_str_is(type, "end")) {
		if (at < DOCX_FIELDS && d->field_is_page[at])
			d->page_fields--;
		d->fields--;
	}
}

static void field_code(struct docx *d, struct opcit_str code)
{
	if (d->depth && d->fields && d->fields <= DOCX_FIELDS && d->place == DOCX_MARGIN && tells_page(code))
		d->field_is_page[d->fields - 1] = top(d)->draft.furniture = true;
}

/* ---- tables -------------------------------------------------------------------- */

static void open_table(struct docx *d)
{
	if (d->tables++ == 0)
		opcit_row_begin_table(&d->row, !opcit_str_trim(opcit_buf_str(&d->body.text)).len);
}

static void end_row(struct docx *d)
{
	if (d->tables != 1)
		return;
	opcit_row_end(&d->row, &d->body);
	put_waiting(d);
}

/* ---- elements ------------------------------------------------------------------ */

static void open_run_property(struct docx *d, enum docx_tag tag, const struct opcit_element *element)
{
	const struct docx_style *style;

	switch (tag) {
	case T_B: d->bold = docx_is_on(element); break;
	case T_I: d->italic = docx_is_on(element); break;
	case T_VANISH: d->hidden = docx_is_on(element); break;
	case T_VERT_ALIGN: d->raised = opcit_str_is(opcit_attribute(element, "val"), "superscript"); break;
	case T_RSTYLE:
		style = docx_style_find(&d->styles, opcit_attribute(element, "val"));
		if (style) {
			d->bold = style->bold >= 0 ? style->bold : d->bold;
			d->italic = style->italic >= 0 ? style->italic : d->italic;
			d->raised = style->raised >= 0 ? style->raised : d->raised;
		}
		break;
	default: break;
	}
}

static void open_paragraph_property(struct docx *d, enum docx_tag tag, const struct opcit_element *element)
{
	struct docx_paragraph *p = top(d);

	switch (tag) {
	case T_PSTYLE: p->style = docx_style_find(&d->styles, opcit_attribute(element, "val")); break;
	case T_NUM_ID: p->num_id = opcit_attribute_number(element, "val", DOCX_UNSET); break;
	case T_ILVL: p->level = opcit_attribute_number(element, "val", 0); break;
	case T_OUTLINE: p->outline = opcit_attribute_number(element, "val", DOCX_UNSET); break;
	case T_DEL: p->mark_deleted = true; break;
	default: break;
	}
}

static void open_note(struct docx *d, const struct opcit_element *element)
{
	struct opcit_str type = opcit_attribute(element, "type");

	d->story = NULL;
	if (!d->notes || (type.len && !opcit_str_is(type, "normal")))
		return; /* the line between text and notes */
	OPCIT_GROW(d->notes->items, d->notes->count, d->notes->cap);
	d->story = &d->notes->items[d->notes->count++];
	*d->story = (struct docx_story){ .id = opcit_attribute_number(element, "id", DOCX_UNSET) };
}

/* What the text links to stands among the relations of its part. */
static void open_link(struct docx *d, const struct opcit_element *element)
{
	struct opcit_str id = opcit_attribute(element, "id");
	size_t i;

	for (i = 0; d->place == DOCX_BODY && d->depth && i < d->n_addresses; i++)
		if (opcit_str_eq(d->addresses[i].id, id))
			opcit_link_open(&d->link, &top(d)->draft, d->depth, d->addresses[i].target, OPCIT_STR(""));
}

static void open_content(struct docx *d, enum docx_tag tag, const struct opcit_element *element)
{
	switch (tag) {
	case T_T: d->in_text = true; break;
	case T_TAB:
		if (d->place == DOCX_MARGIN && d->depth) /* left, middle, right: three things */
			put_story(d, &top(d)->draft);
		else
			put_text(d, OPCIT_STR("\t"));
		break;
	case T_BR:
	case T_CR: put_text(d, OPCIT_STR("\n")); break;
	case T_NO_BREAK_HYPHEN: put_text(d, OPCIT_STR("-")); break;
	case T_SYM: put_symbol(d, opcit_attribute(element, "char")); break;
	case T_FLD_CHAR: field_char(d, opcit_attribute(element, "fldCharType")); break;
	case T_INSTR: d->in_code = true; break;
	case T_HYPERLINK: open_link(d, element); break;
	case T_FOOTNOTE_REFERENCE: refer(d, &d->footnotes, element); break;
	case T_ENDNOTE_REFERENCE: refer(d, &d->endnotes, element); break;
	case T_R: {
		const struct docx_paragraph *p = top(d);

		d->bold = p && p->style_bold;
		d->italic = p && p->style_italic;
		d->raised = d->hidden = false;
		break;
	}
	default: break;
	}
}

static void on_open(void *data, const struct opcit_element *element)
{
	struct docx *d = data;
	enum docx_tag tag = docx_tag_of(element->name);
	size_t len = strlen(element->name);

	if (tag == T_FLD_SIMPLE && d->place == DOCX_MARGIN && d->depth && !d->skip)
		top(d)->draft.furniture |= tells_page(opcit_attribute(element, "instr"));
	if (d->skip || tag == T_FALLBACK || tag == T_MOVE_FROM ||
	    (tag == T_DEL && !d->in_properties) ||
	    (tag == T_FLD_SIMPLE && d->place == DOCX_MARGIN &&
	     tells_page(opcit_attribute(element, "instr"))) ||
	    (len > 6 && strcmp(element->name + len - 6, "Change") == 0)) {
		d->skip++;
		return;
	}
	if (tag == T_P)
		open_paragraph(d);
	else if (tag == T_PPR && d->depth)
		d->in_properties = true;
	else if (d->in_properties)
		open_paragraph_property(d, tag, element);
	else if (tag == T_RPR)
		d->in_run_properties = true;
	else if (d->in_run_properties)
		open_run_property(d, tag, element);
	else if (tag == T_FOOTNOTE || tag == T_ENDNOTE)
		open_note(d, element);
	else if (tag == T_TBL && d->place == DOCX_BODY)
		open_table(d);
	else
		open_content(d, tag, element);
}

static void on_close(void *data, const char *name)
{
	struct docx *d = data;
	enum docx_tag tag;

	if (d->skip) {
		d->skip--;
		return;
	}
	tag = docx_tag_of(name);
	switch (tag) {
	case T_P:
		if (d->depth)
			close_paragraph(d);
		break;
	case T_PPR:
		if (d->depth && d->in_properties)
			number_paragraph(d, top(d));
		d->in_properties = false;
		break;
	case T_RPR: d->in_run_properties = false; break;
	case T_T: d->in_text = false; break;
	case T_INSTR: d->in_code = false; break;
	case T_HYPERLINK:
		if (d->depth)
			opcit_link_close(&d->link, &d->body, &top(d)->draft, d->depth);
		break;
	case T_TC:
		if (d->tables == 1)
			d->row.cell++;
		break;
	case T_TR: end_row(d); break;
	case T_TBL:
		if (d->tables)
			d->tables--;
		break;
	case T_FOOTNOTE:
	case T_ENDNOTE: d->story = NULL; break;
	default: break;
	}
}

static void on_text(void *data, struct opcit_str text)
{
	struct docx *d = data;

	if (d->skip)
		return;
	if (d->in_code)
		field_code(d, text);
	else if (d->in_text)
		put_words(d, text);
}

opcit_status docx_read_part(struct docx *d, struct opcit_str part, enum docx_place place,
                            struct docx_notes *notes, struct opcit_err *err)
{
	static const struct opcit_xml_handler handler = { on_open, on_close, on_text };
	opcit_status status;

	d->place = place;
	d->notes = notes;
	d->story = NULL;
	status = opcit_xml_parse(part, &handler, d, err);
	if (d->open[0].mark_deleted && place == DOCX_BODY) /* the last one had none to join */
		opcit_compose_add(&d->body, &d->open[0].draft);
	d->open[0].mark_deleted = false;
	d->depth = d->fields = d->codes = d->page_fields = 0;
	return status;
}

static void release_story(struct docx_story *story)
{
	size_t i;

	for (i = 0; i < story->count; i++)
		opcit_draft_release(&story->items[i]);
	free(story->items);
}

void docx_release(struct docx *d)
{
	size_t i;

	for (i = 0; i < d->footnotes.count; i++)
		release_story(&d->footnotes.items[i]);
	for (i = 0; i < d->endnotes.count; i++)
		release_story(&d->endnotes.items[i]);
	for (i = 0; i < DOCX_NESTED; i++)
		opcit_draft_release(&d->open[i].draft);
	release_story(&d->margin);
	opcit_row_release(&d->row);
	opcit_compose_release(&d->body);
	opcit_buf_release(&d->link.citation);
	free(d->footnotes.items);
	free(d->endnotes.items);
	free(d->styles.items);
	free(d->numbering.schemes);
	free(d->numbering.lists);
	free(d->waiting);
	free(d->marks);
	free(d->at_end);
	free(d->end_marks);
}
