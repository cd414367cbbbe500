/* The PDF reader: from poppler's characters to fragments. */
#include "pdf_int.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

enum { MAX_CHARS = 4 * 1000 * 1000 }; /* of one page */

/* How a page's text runs. */
enum turn { TURN_NONE, TURN_UP, TURN_DOWN };

struct taker {
	struct pdf_doc *doc;
	struct pdf_frag *frags; /* heap while the page is read */
	size_t n, cap;
	struct opcit_buf text;  /* of the fragment being built */
	struct pdf_word *words; /* and its words, heap */
	size_t n_words, cap_words;
	struct pdf_frag frag;
	bool open, space;       /* a fragment is being built; a space came after it */
	enum turn turn;
	const PopplerTextAttributes *font; /* the one that these were read from its name: */
	bool bold, italic, mono;
	double width, height;
	size_t shown, odd;      /* characters; those of them that are none of any script */
	size_t letters, ae, capitals; /* of ASCII; a and e */
};

/* Font names tell weight and slope: "TimesNewRomanPS-BoldItalicMT". */
static bool named(const char *font, const char *const *words)
{
	for (; font && *words; words++)
		if (strcasestr(font, *words))
			return true;
	return false;
}

static bool is_bold(const char *font)
{
	static const char *const words[] = { "bold", "black", "heavy", "demi", NULL };

	return named(font, words);
}

static bool is_italic(const char *font)
{
	static const char *const words[] = { "italic", "oblique", "slanted", NULL };

	return named(font, words);
}

static bool is_mono(const char *font)
{
	static const char *const words[] = { "mono", "courier", "consolas", "typewriter", "fixed", NULL };

	return named(font, words);
}

static void end_frag(struct taker *t)
{
	if (!t->open)
		return;
	t->frag.text = opcit_arena_dup(t->doc->arena, opcit_buf_str(&t->text));
	t->frag.space_after = t->space;
	t->frag.n_words = (uint32_t)t->n_words;
	t->frag.words = opcit_arena_alloc(t->doc->arena, (t->n_words + 1) * sizeof *t->words);
	if (t->n_words)
		memcpy(t->frag.words, t->words, t->n_words * sizeof *t->words);
	t->n_words = 0;
	OPCIT_GROW(t->frags, t->n, t->cap);
	t->frags[t->n++] = t->frag;
	opcit_buf_clear(&t->text);
	t->open = t->space = false;
}

/* Most pages set a table sideways with its text running up or down the page. */
static enum turn turn_of(const gchar *text, const PopplerRectangle *at, guint n)
{
	size_t across = 0, up = 0, down = 0;
	guint i;

	for (i = 1; i < n && *text; i++) {
		const gchar *next = g_utf8_next_char(text);
		double dx = at[i].x1 - at[i - 1].x1, dy = at[i].y1 - at[i - 1].y1;

		if (*text != '\n' && *next != '\n') {
			across += fabs(dx) > fabs(dy);
			up += fabs(dy) > fabs(dx) && dy < 0;
			down += fabs(dy) > fabs(dx) && dy > 0;
		}
		text = next;
	}
	if (up > across && up > down)
		return TURN_UP;
	return down > across ? TURN_DOWN : TURN_NONE;
}

static PopplerRectangle turned(const struct taker *t, PopplerRectangle r)
{
	switch (t->turn) {
	case TURN_UP: return (PopplerRectangle){ t->height - r.y2, r.x1, t->height - r.y1, r.x2 };
	case TURN_DOWN: return (PopplerRectangle){ r.y1, t->width - r.x2, r.y2, t->width - r.x1 };
	default: return r;
	}
}

/* The letters of a typographic ligature; NULL for other characters. */
static const char *ligature(gunichar c)
{
	static const char *const letters[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

	return c >= 0xFB00 && c <= 0xFB06 ? letters[c - 0xFB00] : NULL;
}

static bool is_blank(gunichar c)
{
	return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : g_unichar_isspace(c) || u_isUWhiteSpace((UChar32)c);
}

/* Characters that show nothing. */
static bool is_invisible(gunichar c)
{
	if (c < 0x80)
		return c < 0x20 || c == 0x7F;
	return g_unichar_iscntrl(c) || c == 0xAD || c == 0xFFFD || (c >= 0x200B && c <= 0x200F) ||
	       c == 0x2060 || c == 0xFEFF || !g_unichar_validate(c);
}

static void add_char(struct taker *t, gunichar c, PopplerRectangle r, const PopplerTextAttributes *a)
{
	double height = r.y2 - r.y1, size = a && a->font_size > 0.1 ? a->font_size : height;
	bool bold, italic;
	float base;
	char utf8[8];

	if (a && a != t->font) {
		t->font = a;
		t->bold = is_bold(a->font_name);
		t->italic = is_italic(a->font_name);
		t->mono = is_mono(a->font_name);
	}
	bold = t->bold, italic = t->italic;
	if (height > 0.1 && (size > 3 * height || size < height / 3))
		size = height / 0.9; /* a font whose own unit is not a point */
	base = (float)(r.y2 - 0.21 * size);
	if (t->open && (fabs(t->frag.size - size) > 0.1 || t->frag.bold != bold || t->frag.italic != italic ||
	                r.x1 - t->frag.x2 > 0.9 * size || r.x1 < t->frag.x1 - 0.5 * size ||
	                fabsf(base - t->frag.base) > 0.15 * size))
		end_frag(t);
	if (!t->open) {
		t->frag = (struct pdf_frag){ .x1 = (float)r.x1, .x2 = (float)r.x2, .base = base,
			                     .size = (float)size, .bold = bold, .italic = italic,
			                     .mono = t->mono };
		t->open = true;
	} else if (t->space) {
		opcit_buf_putc(&t->text, ' ');
		OPCIT_GROW(t->words, t->n_words, t->cap_words);
		t->words[t->n_words++] = (struct pdf_word){ (float)r.x1, (float)r.x1 - t->frag.x2, (uint32_t)t->text.len };
	}
	t->space = false;
	opcit_buf_add(&t->text, utf8, (size_t)g_unichar_to_utf8(c, utf8));
	if (r.x2 > t->frag.x2)
		t->frag.x2 = (float)r.x2;
}

/* What is_unreadable() judges by. */
static void count_char(struct taker *t, gunichar c)
{
	bool capital = c >= 'A' && c <= 'Z';

	t->shown++;
	t->odd += is_invisible(c) || (c >= 0x80 && (!u_isdefined((UChar32)c) || u_charType((UChar32)c) == U_PRIVATE_USE_CHAR));
	if (!capital && !(c >= 'a' && c <= 'z'))
		return;
	t->letters++;
	t->capitals += capital;
	t->ae += c == 'a' || c == 'e' || c == 'A' || c == 'E';
}

/* A font that does not tell which letters its glyphs are (it has no ToUnicode
 * and no usual encoding) leaves their numbers: control characters, or "7KH"
 * for "The", which has hardly an a or e: of any language in Latin letters, they
 * are more than a tenth. */
static bool is_unreadable(const struct taker *t)
{
	enum { FEW_SHOWN = 8, FEW_LETTERS = 60 };

	return (t->shown >= FEW_SHOWN && t->odd * 3 > t->shown) ||
	       (t->letters >= FEW_LETTERS && t->letters * 3 > t->shown && t->ae * 20 < t->letters &&
	        t->capitals * 2 > t->letters);
}

/* Its characters are accounted for, and no text. */
static void drop_frags(struct taker *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		opcit_drops_add(&t->doc->blocks->drops, OPCIT_DROP_UNREADABLE, t->frags[i].text);
	t->n = 0;
}

/* One character of the text layer: into the account, and into a fragment
 * unless it shows nothing. */
static void take_char(struct taker *t, gunichar c, bool ends_line, PopplerRectangle r,
                      const PopplerTextAttributes *a)
{
	const char *letters = ligature(c);
	char utf8[8];
	struct opcit_str bytes;

	if (c == '\n') {
		opcit_buf_putc(&t->doc->decoded, '\n');
		t->space = t->open;
		end_frag(t);
		return;
	}
	if (c == 0xAD && ends_line)
		c = '-';
	if (letters) {
		opcit_buf_puts(&t->doc->decoded, letters);
		for (; *letters; letters++)
			add_char(t, (gunichar)*letters, r, a);
		return;
	}
	bytes = (struct opcit_str){ utf8, (size_t)g_unichar_to_utf8(c, utf8) };
	opcit_buf_add_str(&t->doc->decoded, bytes);
	count_char(t, c);
	if (is_blank(c))
		t->space = t->open;
	else if (is_invisible(c))
		opcit_drops_add(&t->doc->blocks->drops, OPCIT_DROP_CONTROL, opcit_arena_dup(t->doc->arena, bytes));
	else
		add_char(t, c, r, a);
}

void opcit_pdf_chars(struct pdf_doc *doc, PopplerPage *source, struct pdf_page *page)
{
	struct taker t = { .doc = doc, .text = OPCIT_BUF_INIT };
	PopplerRectangle area, *at = NULL;
	gchar *text;
	GList *attributes = NULL, *a;
	guint n = 0, i;
	const gchar *p;

	poppler_page_get_size(source, &t.width, &t.height);
	/* Of the page's own area, poppler leaves out what follows a line that runs
	 * over its edge. */
	area = (PopplerRectangle){ -t.width, -t.height, 2 * t.width, 2 * t.height };
	text = poppler_page_get_text_for_area(source, &area);
	if (text && *text && g_utf8_validate(text, -1, NULL) && poppler_page_get_text_layout_for_area(source, &area, &at, &n) &&
	    n <= MAX_CHARS) {
		attributes = poppler_page_get_text_attributes_for_area(source, &area);
		t.turn = turn_of(text, at, n);
		for (p = text, a = attributes, i = 0; *p && i < n; p = g_utf8_next_char(p), i++) {
			const gchar *next = g_utf8_next_char(p);

			while (a && a->next && (guint)((PopplerTextAttributes *)a->data)->end_index < i)
				a = a->next;
			take_char(&t, g_utf8_get_char(p), !*next || *next == '\n', turned(&t, at[i]), a ? a->data : NULL);
		}
		end_frag(&t);
		opcit_buf_putc(&doc->decoded, '\n');
	}
	page->unreadable = is_unreadable(&t);
	if (page->unreadable)
		drop_frags(&t);
	page->has_text = t.n > 0;
	page->width = (float)(t.turn ? t.height : t.width);
	page->height = (float)(t.turn ? t.width : t.height);
	page->n_frags = (uint32_t)t.n;
	page->frags = opcit_arena_alloc(doc->arena, (t.n ? t.n : 1) * sizeof *t.frags);
	if (t.n)
		memcpy(page->frags, t.frags, t.n * sizeof *t.frags);
	free(t.frags);
	free(t.words);
	opcit_buf_release(&t.text);
	poppler_page_free_text_attributes(attributes);
	g_free(at);
	g_free(text);
}
