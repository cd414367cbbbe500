/* style_data.c: the ways of citing that programs read: BibTeX, RIS, CSL-JSON. */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "pinpoint.h"
#include "style.h"

static struct opcit_str title_of(const struct cited *cited)
{
	return cited->title.len ? cited->title : cited->id;
}

static void places(const struct cited *cited, struct opcit_buf *out)
{
	pinpoint_list(cited->pinpoints, cited->n_pinpoints, &PINPOINT_UN, out);
}

/* ---- BibTeX ---------------------------------------------------------------- */

/* Letters and digits of the identifier: what no BibTeX program stumbles over. */
static void bibtex_key(struct opcit_str id, struct opcit_buf *out)
{
	bool dash = false;
	size_t i;

	for (i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];

		if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
			if (dash && out->len && out->ptr[out->len - 1] != '{')
				opcit_buf_putc(out, '-');
			opcit_buf_putc(out, (char)c);
			dash = false;
		} else {
			dash = true;
		}
	}
}

static void bibtex_text(struct opcit_str text, struct opcit_buf *out)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (strchr("#$%&_", text.ptr[i]) && text.ptr[i])
			opcit_buf_putc(out, '\\');
		if (text.ptr[i] == '\\')
			opcit_buf_puts(out, "\\textbackslash ");
		else if (!strchr("{}~^", text.ptr[i]) || !text.ptr[i])
			opcit_buf_putc(out, text.ptr[i]);
		else
			opcit_buf_printf(out, "\\%c%s", text.ptr[i],
					 strchr("~^", text.ptr[i]) ? "{}" : "");
	}
}

static void bibtex_field(const char *name, struct opcit_str value, bool name_of_body,
			 struct opcit_buf *out)
{
	if (value.len == 0)
		return;
	opcit_buf_printf(out, ",\n  %s = {%s", name, name_of_body ? "{" : "");
	bibtex_text(value, out);
	opcit_buf_puts(out, name_of_body ? "}}" : "}");
}

void style_bibtex(const struct cited *cited, struct opcit_buf *out)
{
	struct opcit_buf note = OPCIT_BUF_INIT;
	struct opcit_str year = opcit_str_sub(cited->date, 0, 4);

	opcit_buf_puts(out, "@misc{");
	bibtex_key(cited->id, out);
	bibtex_field("title", title_of(cited), true, out);
	bibtex_field("author", cited->issuer, true, out);
	bibtex_field("number", cited->symbol, false, out);
	bibtex_field("howpublished", cited->series, false, out);
	bibtex_field("year", year, false, out);
	bibtex_field("date", cited->date, false, out);
	if (cited->url.len) /* no escapes within \url's field */
		opcit_buf_printf(out, ",\n  url = {%.*s}", OPCIT_FMT(cited->url));
	places(cited, &note);
	bibtex_field("note", opcit_buf_str(&note), false, out);
	opcit_buf_puts(out, "\n}");
	opcit_buf_release(&note);
}

/* ---- RIS ------------------------------------------------------------------- */

static void ris_field(const char *tag, struct opcit_str value, struct opcit_buf *out)
{
	size_t i;

	if (value.len == 0)
		return;
	opcit_buf_printf(out, "\n%s  - ", tag);
	for (i = 0; i < value.len; i++)
		opcit_buf_putc(out,
			       value.ptr[i] == '\n' || value.ptr[i] == '\r' ? ' ' : value.ptr[i]);
}

void style_ris(const struct cited *cited, struct opcit_buf *out)
{
	struct style_date date = style_date(cited->date);
	struct opcit_buf buf = OPCIT_BUF_INIT;

	opcit_buf_puts(out, opcit_str_is(cited->type, "report")      ? "TY  - RPRT"
			    : cited->instrument || cited->resolution ? "TY  - STAT"
								     : "TY  - GOVDOC");
	ris_field("TI", title_of(cited), out);
	ris_field("AU", cited->issuer, out);
	ris_field("M1", cited->symbol, out);
	ris_field("PB", cited->series, out);
	ris_field("PY", opcit_str_sub(cited->date, 0, 4), out);
	if (date.month) {
		opcit_buf_printf(&buf, "%04d/%02d/", date.year, date.month);
		if (date.day)
			opcit_buf_printf(&buf, "%02d", date.day);
		ris_field("DA", opcit_buf_str(&buf), out);
		opcit_buf_clear(&buf);
	}
	ris_field("UR", cited->url, out);
	places(cited, &buf);
	ris_field("N1", opcit_buf_str(&buf), out);
	opcit_buf_puts(out, "\nER  - ");
	opcit_buf_release(&buf);
}

/* ---- CSL-JSON -------------------------------------------------------------- */

static void csl_field(json_t *item, const char *name, struct opcit_str value)
{
	if (value.len)
		json_object_set_new(item, name, json_text(value));
}

void style_csl(const struct cited *cited, struct opcit_buf *out)
{
	struct style_date date = style_date(cited->date);
	struct opcit_buf note = OPCIT_BUF_INIT;
	json_t *item = json_object(), *parts = json_array();
	char *text;

	csl_field(item, "id", cited->id);
	json_object_set_new(item, "type",
			    json_string(opcit_str_is(cited->type, "report") ? "report"
					: cited->instrument                 ? "treaty"
					: cited->number.len                 ? "legislation"
									    : "document"));
	csl_field(item, "title", title_of(cited));
	csl_field(item, "authority", cited->issuer);
	csl_field(item, "number", cited->symbol);
	csl_field(item, "container-title", cited->series);
	if (date.year) {
		json_array_append_new(parts, json_integer(date.year));
		if (date.month)
			json_array_append_new(parts, json_integer(date.month));
		if (date.month && date.day)
			json_array_append_new(parts, json_integer(date.day));
		json_object_set_new(item, "issued",
				    json_pack("{s:[o]}", "date-parts", json_incref(parts)));
	}
	csl_field(item, "URL", cited->url);
	places(cited, &note);
	csl_field(item, "note", opcit_buf_str(&note));
	text = json_dumps(item, JSON_COMPACT | JSON_PRESERVE_ORDER);
	opcit_buf_printf(out, "[%s]", text ? text : "{}");
	free(text);
	json_decref(parts);
	json_decref(item);
	opcit_buf_release(&note);
}
