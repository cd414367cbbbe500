/* style.c: the ways of citing that are prose. Each is a function over what is
 * known; what is not known is left out rather than guessed. */
#include "style.h"

#include <string.h>

#include "pinpoint.h"

enum month_form { MONTH_FULL, MONTH_BLUEBOOK };

static const char *const months[2][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
	  "October", "November", "December" },
	{ "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
	  "Dec." },
};

void style_date_write(struct style_date date, struct opcit_buf *out)
{
	if (date.day)
		opcit_buf_printf(out, "%d ", date.day);
	if (date.month >= 1 && date.month <= 12)
		opcit_buf_printf(out, "%s ", months[MONTH_FULL][date.month - 1]);
	opcit_buf_printf(out, "%d", date.year);
}

/* "Dec. 18, 2009", "December 18, 2009". */
static void month_first(struct opcit_str iso, enum month_form form, struct opcit_buf *out)
{
	struct style_date date = style_date(iso);

	if (date.month)
		opcit_buf_printf(out, "%s ", months[form][date.month - 1]);
	if (date.day)
		opcit_buf_printf(out, "%d, ", date.day);
	opcit_buf_printf(out, "%d", date.year);
}

/* "UNTS vol. 1577, p. 3" as "1577 UNTS 3"; another shape as it is. */
static void volume_first(struct opcit_str series, const char *dotted, struct opcit_buf *out)
{
	const char *vol = memmem(series.ptr, series.len, " vol. ", 6);
	const char *page = memmem(series.ptr, series.len, ", p. ", 5);

	if (!vol || !page || page < vol) {
		opcit_buf_add_str(out, series);
		return;
	}
	opcit_buf_add(out, vol + 6, (size_t)(page - vol - 6));
	opcit_buf_putc(out, ' ');
	if (dotted && opcit_str_starts(series, "UNTS "))
		opcit_buf_puts(out, dotted);
	else
		opcit_buf_add(out, series.ptr, (size_t)(vol - series.ptr));
	opcit_buf_putc(out, ' ');
	opcit_buf_add(out, page + 5, (size_t)(series.ptr + series.len - page - 5));
}

static bool is_un(const struct cited *cited)
{
	return opcit_str_is(cited->family, "UN");
}

static bool has_title(const struct cited *cited)
{
	return cited->title.len > 0;
}

/* The number without the year that a Security Council symbol carries. */
static struct opcit_str short_number(const struct cited *cited)
{
	const char *open =
		cited->number.len ? memchr(cited->number.ptr, '(', cited->number.len) : NULL;

	if (!opcit_str_is(cited->body, "SC") || !open)
		return cited->number;
	return opcit_str_trim(opcit_str_sub(cited->number, 0, (size_t)(open - cited->number.ptr)));
}

static void comma(struct opcit_buf *out)
{
	if (out->len)
		opcit_buf_puts(out, ", ");
}

static void places(const struct cited *cited, const char *before,
		   const struct pinpoint_style *style, struct opcit_buf *out)
{
	if (cited->n_pinpoints == 0)
		return;
	opcit_buf_puts(out, before);
	pinpoint_list(cited->pinpoints, cited->n_pinpoints, style, out);
}

/* A text without symbol of its own: title, else identifier. */
static struct opcit_str name_of(const struct cited *cited)
{
	return has_title(cited) ? cited->title : cited->id;
}

/* ---- United Nations editorial form --------------------------------------- */

static void write_un(const struct cited *cited, struct opcit_buf *out)
{
	bool spoken = is_un(cited) && cited->number.len && cited->issuer.len &&
		      (cited->resolution || opcit_str_ends(cited->body, "GA") ||
		       opcit_str_is(cited->body, "HRC") || opcit_str_is(cited->body, "ECOSOC"));

	if (cited->instrument || (cited->symbol.len == 0 && has_title(cited)))
		opcit_buf_add_str(out, name_of(cited));
	else if (spoken && !memmem(cited->symbol.ptr, cited->symbol.len, "/PRST/", 6))
		opcit_buf_printf(out, "%.*s %s %.*s", OPCIT_FMT(cited->issuer),
				 cited->decision ? "decision" : "resolution",
				 OPCIT_FMT(cited->number));
	else
		opcit_buf_add_str(out, cited->id);
	places(cited, ", ", &PINPOINT_UN, out);
}

/* ---- OSCOLA --------------------------------------------------------------- */

static const struct pinpoint_style oscola_places = {
	{ { "para ", "paras " },
	  { "art ", "arts " },
	  { "ch ", "chs " },
	  { "annex ", "annexes " },
	  { "p ", "pp " },
	  { "s ", "ss " } },
	"preambular ",
	"fn ",
	"–",
	" and ",
	false,
};

static const char *oscola_body(const struct cited *cited)
{
	return opcit_str_is(cited->body, "GA")       ? "UNGA"
	       : opcit_str_is(cited->body, "SC")     ? "UNSC"
	       : opcit_str_is(cited->body, "HRC")    ? "UNHRC"
	       : opcit_str_is(cited->body, "ECOSOC") ? "ECOSOC"
						     : NULL;
}

/* " (18 December 2009)", with a word before the date. */
static void dated(const struct cited *cited, const char *word, struct opcit_buf *out)
{
	if (cited->date.len == 0)
		return;
	opcit_buf_printf(out, " (%s", word);
	style_date_write(style_date(cited->date), out);
	opcit_buf_putc(out, ')');
}

static void write_oscola(const struct cited *cited, struct opcit_buf *out)
{
	const char *body = oscola_body(cited);
	struct opcit_str symbol = cited->symbol;

	if (cited->instrument || symbol.len == 0) {
		opcit_buf_add_str(out, name_of(cited));
		dated(cited, "adopted ", out);
		if (cited->series.len) {
			opcit_buf_putc(out, ' ');
			volume_first(cited->series, NULL, out);
		}
		places(cited, cited->series.len || cited->date.len ? " " : ", ", &oscola_places,
		       out);
		return;
	}
	if (body && cited->number.len) {
		struct opcit_str number = short_number(cited);

		opcit_buf_printf(out, "%s %s %.*s", body, cited->decision ? "Dec" : "Res",
				 OPCIT_FMT(number));
	} else {
		if (body)
			opcit_buf_puts(out, body);
		else
			opcit_buf_add_str(out, cited->issuer);
		if (has_title(cited)) {
			comma(out);
			opcit_buf_printf(out, "‘%.*s’", OPCIT_FMT(cited->title));
		}
	}
	dated(cited, "", out);
	if (out->len)
		opcit_buf_puts(out, cited->date.len || cited->number.len ? " " : ", ");
	opcit_buf_printf(out, "%s%.*s", is_un(cited) ? "UN Doc " : "", OPCIT_FMT(symbol));
	places(cited, ", ", &oscola_places, out);
}

/* ---- Bluebook -------------------------------------------------------------- */

static const struct pinpoint_style bluebook_places = {
	{ { "¶ ", "¶¶ " },
	  { "art. ", "arts. " },
	  { "ch. ", "chs. " },
	  { "annex ", "annexes " },
	  { "at ", "at " },
	  { "§ ", "§§ " } },
	"pmbl. ",
	"n.",
	"–",
	", ",
	false,
};

static void write_bluebook(const struct cited *cited, struct opcit_buf *out)
{
	const char *body = opcit_str_is(cited->body, "GA")       ? "G.A."
			   : opcit_str_is(cited->body, "SC")     ? "S.C."
			   : opcit_str_is(cited->body, "ECOSOC") ? "E.S.C."
								 : NULL;

	if (cited->instrument || cited->symbol.len == 0) {
		opcit_buf_add_str(out, name_of(cited));
		places(cited, " ", &bluebook_places, out);
		if (cited->date.len) {
			opcit_buf_puts(out, ", ");
			month_first(cited->date, MONTH_BLUEBOOK, out);
		}
		if (cited->series.len) {
			opcit_buf_puts(out, ", ");
			volume_first(cited->series, "U.N.T.S.", out);
		}
		return;
	}
	if (cited->number.len && cited->issuer.len) {
		struct opcit_str number = short_number(cited);

		opcit_buf_printf(out, "%.*s %s %.*s",
				 body ? (int)strlen(body) : (int)cited->issuer.len,
				 body ? body : cited->issuer.ptr, cited->decision ? "Dec." : "Res.",
				 OPCIT_FMT(number));
	} else {
		opcit_buf_add_str(out, cited->issuer);
		if (has_title(cited)) {
			comma(out);
			opcit_buf_add_str(out, cited->title);
		}
	}
	places(cited, out->len ? ", " : "", &bluebook_places, out);
	comma(out);
	opcit_buf_printf(out, "%s%.*s", is_un(cited) ? "U.N. Doc. " : "", OPCIT_FMT(cited->symbol));
	if (cited->date.len) {
		opcit_buf_puts(out, " (");
		month_first(cited->date, MONTH_BLUEBOOK, out);
		opcit_buf_putc(out, ')');
	}
}

/* ---- McGill ---------------------------------------------------------------- */

static const struct pinpoint_style mcgill_places = {
	{ { "at para ", "at paras " },
	  { "art ", "arts " },
	  { "ch ", "chs " },
	  { "Annex ", "Annexes " },
	  { "at ", "at " },
	  { "s ", "ss " } },
	"at preambular ",
	"at note ",
	"–",
	", ",
	false,
};

static void write_mcgill(const struct cited *cited, struct opcit_buf *out)
{
	const char *records = opcit_str_is(cited->body, "GA")       ? "UNGAOR"
			      : opcit_str_is(cited->body, "SC")     ? "UNSCOR"
			      : opcit_str_is(cited->body, "ECOSOC") ? "UNESCOR"
								    : NULL;
	struct style_date date = style_date(cited->date);

	if (cited->instrument || cited->symbol.len == 0) {
		opcit_buf_add_str(out, name_of(cited));
		if (cited->date.len) {
			opcit_buf_puts(out, ", ");
			style_date_write(style_date(cited->date), out);
		}
		if (cited->series.len) {
			opcit_buf_puts(out, ", ");
			volume_first(cited->series, NULL, out);
		}
		places(cited, ", ", &mcgill_places, out);
		return;
	}
	if (has_title(cited))
		opcit_buf_add_str(out, cited->title);
	if (cited->number.len && records) {
		struct opcit_str number = short_number(cited);

		comma(out);
		opcit_buf_printf(out, "%.*s %s %.*s, %s",
				 opcit_str_is(cited->body, "ECOSOC") ? 3 : 2,
				 opcit_str_is(cited->body, "ECOSOC") ? "ESC" : cited->body.ptr,
				 cited->decision ? "Dec" : "Res", OPCIT_FMT(number), records);
	} else if (cited->issuer.len) {
		comma(out);
		opcit_buf_add_str(out, cited->issuer);
	}
	comma(out);
	opcit_buf_printf(out, "%s%.*s", is_un(cited) ? "UN Doc " : "", OPCIT_FMT(cited->symbol));
	if (date.year)
		opcit_buf_printf(out, " (%d)", date.year);
	places(cited, " ", &mcgill_places, out);
}

/* ---- Inter-American Commission and Court ---------------------------------- */

static const struct pinpoint_style iachr_places = {
	{ { "para. ", "paras. " },
	  { "Article ", "Articles " },
	  { "chapter ", "chapters " },
	  { "Annex ", "Annexes " },
	  { "p. ", "pp. " },
	  { "section ", "sections " } },
	"preambular ",
	"footnote ",
	"-",
	" and ",
	false,
};

static void write_iachr(const struct cited *cited, struct opcit_buf *out)
{
	if (cited->instrument || cited->symbol.len == 0) {
		opcit_buf_add_str(out, name_of(cited));
		if (cited->date.len) {
			opcit_buf_puts(out, ", adopted on ");
			month_first(cited->date, MONTH_FULL, out);
		}
		places(cited, ", ", &iachr_places, out);
		return;
	}
	if (cited->family.len && cited->issuer.len >= cited->family.len &&
	    memcmp(cited->issuer.ptr, cited->family.ptr, cited->family.len) != 0)
		opcit_buf_add_str(out, cited->family);
	if (cited->issuer.len) {
		comma(out);
		opcit_buf_add_str(out, cited->issuer);
	}
	if (has_title(cited)) {
		comma(out);
		opcit_buf_add_str(out, cited->title);
	}
	comma(out);
	opcit_buf_printf(out, "%s%.*s",
			 !is_un(cited)       ? ""
			 : cited->resolution ? "Resolution "
			 : cited->decision   ? "Decision "
					     : "UN Doc. ",
			 OPCIT_FMT(cited->symbol));
	if (cited->date.len) {
		opcit_buf_puts(out, ", ");
		month_first(cited->date, MONTH_FULL, out);
	}
	places(cited, ", ", &iachr_places, out);
}

/* ---- the table -------------------------------------------------------------- */

const struct style styles[N_STYLES] = {
	{ "un", "United Nations editorial form", write_un },
	{ "oscola", "OSCOLA (Oxford)", write_oscola },
	{ "bluebook", "The Bluebook", write_bluebook },
	{ "mcgill", "McGill Guide", write_mcgill },
	{ "iachr", "Inter-American Commission and Court", write_iachr },
	{ "bibtex", "BibTeX entry", style_bibtex },
	{ "ris", "RIS record", style_ris },
	{ "csl-json", "CSL-JSON item", style_csl },
};

const struct style *style_named(const char *name)
{
	size_t i;

	for (i = 0; i < N_STYLES; i++)
		if (strcmp(styles[i].name, name) == 0)
			return &styles[i];
	return NULL;
}
