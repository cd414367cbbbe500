#include "cite_link.h"

#include "cite_int.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 100, PLACES = 6 };

/* ---- addresses ------------------------------------------------------------- */

/* The next part of a path; the rest begins after its slash. */
static struct opcit_str next_part(struct opcit_str *path)
{
	const char *slash = path->len ? memchr(path->ptr, '/', path->len) : NULL;
	size_t n = slash ? (size_t)(slash - path->ptr) : path->len;
	struct opcit_str part = opcit_str_sub(*path, 0, n);

	*path = opcit_str_sub(*path, n + (slash != NULL), path->len);
	return part;
}

/* How many bytes at the start are figures. */
static size_t figures(struct opcit_str s)
{
	size_t n = 0;

	while (n < s.len && isdigit((unsigned char)s.ptr[n]))
		n++;
	return n;
}

static bool is_date(struct opcit_str s)
{
	return figures(s) == 4 && (s.len == 4 || (s.len == 10 && s.ptr[4] == '-' && s.ptr[7] == '-'));
}

/* What names the place: behind "~" (the naming convention) or "#" (an element's
 * identifier). */
static struct opcit_str place_of(struct opcit_str address)
{
	size_t i = address.len;

	while (i && address.ptr[i - 1] != '~' && address.ptr[i - 1] != '#' && address.ptr[i - 1] != '/')
		i--;
	return i && address.ptr[i - 1] != '/' ? opcit_str_sub(address, i, address.len) : OPCIT_STR("");
}

/* "dvs_A__para_4__point_b" as "para. 4 (b)": the kinds of element that lawyers
 * cite. Appends the word of the first only when `word`. */
static bool put_place(struct opcit_str place, bool plural, bool word, struct opcit_buf *out)
{
	static const struct {
		const char *kind, *word;
	} kinds[] = { { "para_", "para" }, { "art_", "art" }, { "annex_", "annex" }, { "chp_", "chap" } };
	static const char *const lettered[] = { "point_", "item_", "subpara_", "list_" };
	size_t i, steps;
	bool any = false;

	for (steps = 0; place.len && steps < PLACES; steps++) {
		const char *end = memmem(place.ptr, place.len, "__", 2);
		size_t n = end ? (size_t)(end - place.ptr) : place.len;
		struct opcit_str step = opcit_str_sub(place, 0, n);

		place = opcit_str_sub(place, n + 2, place.len);
		for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (opcit_str_starts(step, kinds[i].kind)) {
				step = opcit_str_sub(step, strlen(kinds[i].kind), step.len);
				if (word)
					opcit_buf_printf(out, ", %s%s. ", kinds[i].word, plural ? "s" : "");
				opcit_buf_add_str(out, step);
				any = true;
			}
		for (i = 0; any && i < 3; i++)
			if (opcit_str_starts(step, lettered[i]))
				opcit_buf_printf(out, " (%.*s)", (int)(step.len - strlen(lettered[i])),
						 step.ptr + strlen(lettered[i]));
	}
	return any;
}

/* "64-166" as 64/166 and "s-27-2" as S-27/2. */
static void put_number(struct opcit_str number, struct opcit_buf *out)
{
	const char *dash = memrchr(number.ptr, '-', number.len);
	size_t i;

	for (i = 0; i < number.len; i++)
		opcit_buf_putc(out, number.ptr + i == dash ? '/' : (char)toupper((unsigned char)number.ptr[i]));
}

/* /akn/un/statement/KIND/BODY/DATE/NUMBER/…, the AKN4UN naming convention of the
 * United Nations' High-level Committee on Management. */
static bool read_akn(struct opcit_str path, struct opcit_buf *out)
{
	static const struct {
		const char *body, *symbol;
	} bodies[] = { { "unga", "A/" }, { "unsc", "S/" }, { "unhrc", "A/HRC/" }, { "hrc", "A/HRC/" },
		       { "ecosoc", "E/" }, { "unecosoc", "E/" } };
	struct opcit_str kind = { NULL, 0 }, body = { NULL, 0 }, part = { NULL, 0 }, number;
	size_t i;

	while (path.len && !is_date(part)) {
		kind = body;
		body = part;
		part = next_part(&path);
	}
	number = next_part(&path);
	for (i = 0; i < number.len && (isalnum((unsigned char)number.ptr[i]) || number.ptr[i] == '-'); i++)
		;
	number.len = i;
	if (!is_date(part) || !number.len || number.len > PART)
		return false;
	for (i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		if (!opcit_str_is(body, bodies[i].body))
			continue;
		opcit_buf_printf(out, "%s%s/", bodies[i].symbol, opcit_str_is(kind, "decision") ? "DEC" : "RES");
		if (bodies[i].symbol[0] == 'S') /* those of the Security Council are counted through */
			opcit_buf_printf(out, "%.*s (%.4s)", (int)figures(number), number.ptr, part.ptr);
		else
			put_number(number, out);
		return true;
	}
	return false;
}

/* A symbol as it stands in an address, up to what is not of it. Symbols are of
 * printable ASCII: what decodes to other bytes is none, and they might be no
 * UTF-8. */
static bool put_symbol(struct opcit_str s, struct opcit_buf *out)
{
	size_t i = 0, from = out->len;

	while (i < s.len && i <= 3 * PART && !strchr("&?#~", s.ptr[i]))
		i++;
	opcit_path_unescape(opcit_str_sub(s, 0, i), out);
	if (out->len - from > PART)
		return false;
	for (i = from; i < out->len; i++)
		if (out->ptr[i] < ' ' || out->ptr[i] > '~')
			return false;
	return out->len > from && memchr(out->ptr + from, '/', out->len - from);
}

/* The sites at which the United Nations serves documents by their symbols. */
static bool read_web(struct opcit_str host, struct opcit_str path, struct opcit_buf *out)
{
	static const char *const queries[] = { "symbol=", "Symbol=", "DS=", "ds=" };
	static const char *const languages[] = { "en", "fr", "es", "ar", "ru", "zh" };
	struct opcit_str rest = path, part = next_part(&rest);
	size_t i;

	if (opcit_str_ends(host, "undocs.org") || opcit_str_is(host, "docs.un.org")) {
		for (i = 0; i < sizeof languages / sizeof *languages; i++)
			if (opcit_str_is(part, languages[i]))
				path = rest;
		return put_symbol(path, out);
	}
	for (i = 0; i < sizeof queries / sizeof *queries && opcit_str_ends(host, ".un.org"); i++) {
		const char *at = path.len ? memmem(path.ptr, path.len, queries[i], strlen(queries[i])) : NULL;

		if (at)
			return put_symbol(opcit_str_sub(path, (size_t)(at - path.ptr) + strlen(queries[i]), path.len), out);
	}
	return false;
}

bool opcit_link_read(struct opcit_str address, struct opcit_str up_to, struct opcit_buf *out)
{
	const char *scheme = address.len ? memmem(address.ptr, address.len, "://", 3) : NULL;
	struct opcit_str path = address, host = { NULL, 0 }, place = place_of(address), last = place_of(up_to);
	size_t from = out->len;
	bool read;

	if (scheme) {
		path = opcit_str_sub(address, (size_t)(scheme - address.ptr) + 3, address.len);
		host = next_part(&path);
	} else if (opcit_str_starts(path, "/")) {
		path = opcit_str_sub(path, 1, path.len);
	}
	read = opcit_str_starts(path, "akn/un/") ? read_akn(path, out) : read_web(host, path, out);
	if (!read) {
		out->len = from;
		return false;
	}
	if (put_place(place, last.len > 0, true, out) && last.len) {
		opcit_buf_putc(out, '-');
		put_place(last, false, false, out);
	}
	return true;
}

/* ---- citations ------------------------------------------------------------- */

/* Where the text stands alone, not inside a longer word. */
static const char *find_words(struct opcit_str in, struct opcit_str text)
{
	const char *p = in.ptr, *end = in.ptr + in.len;

	while (p && (p = memmem(p, (size_t)(end - p), text.ptr, text.len))) {
		bool joins_before = p > in.ptr && isalnum((unsigned char)p[-1]) && isalnum((unsigned char)*p);
		bool joins_after = p + text.len < end && isalnum((unsigned char)p[text.len]) &&
				   isalnum((unsigned char)p[text.len - 1]);

		if (!joins_before && !joins_after)
			return p;
		p++;
	}
	return NULL;
}

static int by_start(const void *a, const void *b)
{
	const struct opcit_citation *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

bool opcit_cite_link(struct opcit_cite_context *context, struct opcit_record *record,
		     struct opcit_str text, struct opcit_str citation)
{
	struct opcit_cite_context *reading;
	struct opcit_record words = { .seq = 1, .kind = OPCIT_KIND_PARAGRAPH, .text = citation };
	const char *at = text.len ? find_words(record->text, text) : NULL;
	struct opcit_citation *cites, *cite;
	size_t start, i, n = 0;

	if (!at)
		return false;
	start = (size_t)(at - record->text.ptr);
	for (i = 0; i < record->n_cites; i++)
		if (record->cites[i].resolved && record->cites[i].start < start + text.len && record->cites[i].end > start)
			return true;
	reading = opcit_cite_begin(context->registry, NULL, context->arena);
	opcit_cite_record(reading, &words);
	if (!words.n_cites || !words.cites[0].resolved || opcit_str_eq(words.cites[0].target, context->own) ||
	    record->n_cites == OPCIT_CITES_MAX)
		return true;
	cites = opcit_arena_alloc(context->arena, (record->n_cites + 1) * sizeof *cites);
	for (i = 0; i < record->n_cites; i++) /* an unresolved one that it explains goes */
		if (record->cites[i].start >= start + text.len || record->cites[i].end <= start)
			cites[n++] = record->cites[i];
	cite = &cites[n++];
	*cite = words.cites[0];
	cite->start = start;
	cite->end = start + text.len;
	cite->form = OPCIT_STR("link");
	for (i = 0; i < cite->n_pinpoints; i++)
		cite->spans[i] = (struct opcit_span){ cite->start, cite->end };
	qsort(cites, n, sizeof *cites, by_start);
	record->cites = cites;
	record->n_cites = n;
	return true;
}
