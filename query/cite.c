/* cite.c: `opcit cite`. */
#include <stdlib.h>
#include <string.h>

#include "../lib/cite.h"
#include "../lib/paths.h"
#include "clipboard.h"
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "pinpoint.h"
#include "place.h"
#include "style.h"

static const char about[] =
	"Say what a citation means: the document and the place in it, what else it could\n"
	"be, other identifiers of the same text, its public address, the paragraph itself\n"
	"where the index holds it, and the reference ready to paste. TEXT is what a person\n"
	"types, or a sentence with several references.\n"
	"\n"
	"With --style only the reference is printed, in that style. Without an index the\n"
	"answer comes from the tables alone.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit cite 'GA res 64/166 op 8'\n"
	"  opcit cite 'CRC art 37(b)'\n"
	"  opcit cite --styles a/hrc/13/5 105.13\n"
	"  opcit cite --style bibtex A/RES/64/166 >>references.bib\n"
	"\n"
	"Exit codes: 0 understood, 1 nothing understood or the document has no such place,\n"
	"2 wrong usage, 3 the index or the tables cannot be read, 4 the index is damaged.\n";

enum { LONGEST_TEXT = 4096 };

struct cite {
	struct db_option db;
	const char *style_name;
	bool json, all_styles, copy;
	struct opcit_buf copied; /* what --copy is to copy */
	const struct style *style; /* never NULL */
	struct opcit_index *index; /* NULL without one */
	struct opcit_arena arena;
	struct reference_reader reader;
	struct opcit_err err;
};

/* A record that a reading points to. */
struct pointed {
	const struct opcit_entry *entry;
	struct opcit_record record;
};

enum holding { HELD, NO_SUCH_PLACE, NOT_HELD };

static const char *const status_names[] = { "held", "place-missing", "not-held" };

/* The records that a reading points to, and whether all of its places are
 * there. A document without a place in it gives no records. */
static opcit_status point(struct cite *c, const struct reading *reading, struct pointed **list,
			  size_t *n, enum holding *holding)
{
	size_t cap = 0, i, k, m;

	*n = 0;
	*list = NULL;
	*holding = reading->n_entries ? HELD : NOT_HELD;
	for (i = 0; i < reading->n_entries; i++) {
		const struct opcit_entry *entry = &reading->entries[i];

		for (k = 0; k < reading->n_pinpoints; k++) {
			struct place place;
			opcit_status status = place_find(c->index, entry, reading->pinpoints[k],
							 &c->arena, &place, &c->err);

			if (status != OPCIT_OK)
				return status;
			if (i == 0 && (place.n == 0 || !place.exact))
				*holding = NO_SUCH_PLACE;
			for (m = 0; m < place.n; m++) {
				OPCIT_GROW(*list, *n, cap);
				(*list)[*n].entry = entry;
				status =
					opcit_index_record(c->index, entry, place.seqs[m],
							   &c->arena, &(*list)[*n].record, &c->err);
				if (status != OPCIT_OK)
					return status;
				(*n)++;
			}
		}
	}
	return OPCIT_OK;
}

static void write_styled(struct cite *c, const struct style *style, const struct reading *reading,
			 struct opcit_buf *out)
{
	struct cited cited;

	style_cited(&c->reader, reading, &cited);
	style->write(&cited, out);
}

/* ---- JSON ---------------------------------------------------------------- */

static void json_one(struct cite *c, const struct reference *reference, const struct pointed *list,
		     size_t n, enum holding holding)
{
	const struct reading *reading = &reference->readings[0];
	json_t *o = json_object(), *records = json_array(), *others = json_array();
	json_t *references = json_object();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(records, json_record(&list[i].entry->doc, &list[i].record));
	for (i = 1; i < reference->n_readings; i++)
		json_array_append_new(others, json_text(reference->readings[i].target));
	for (i = 0; i < N_STYLES; i++) {
		struct opcit_buf buf = OPCIT_BUF_INIT;

		if (!c->all_styles && &styles[i] != c->style)
			continue;
		write_styled(c, &styles[i], reading, &buf);
		json_object_set_new(references, styles[i].name, json_text(opcit_buf_str(&buf)));
		opcit_buf_release(&buf);
	}
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "raw", json_text(reference->raw));
	json_object_set_new(o, "target", json_text(reading->target));
	json_object_set_new(o, "pinpoints", json_texts(reading->pinpoints, reading->n_pinpoints));
	json_object_set_new(o, "certain", json_boolean(reference->certain));
	json_object_set_new(o, "status", json_string(status_names[holding]));
	json_object_set_new(o, "name",
			    json_text(reading->instrument ? reading->instrument->name
							  : (struct opcit_str){ NULL, 0 }));
	json_object_set_new(o, "also", json_texts(reading->names + 1, reading->n_names - 1));
	json_object_set_new(o, "others", others);
	json_object_set_new(o, "unread", json_text(reference->unread));
	json_object_set_new(o, "url", json_text(reading->url));
	json_object_set_new(o, "styles", references);
	json_object_set_new(o, "records", records);
	json_print(o, stdout);
}

/* ---- for a person -------------------------------------------------------- */

static void field(const char *name)
{
	output_colour(DIM);
	printf("  %-10s ", name);
	output_colour(PLAIN);
}

static void print_others(struct cite *c, const struct reference *reference)
{
	enum { SHOWN = 12 };
	size_t i;

	if (reference->certain || reference->n_readings < 2)
		return;
	for (i = 1; i < reference->n_readings && i <= SHOWN; i++) {
		const struct reading *reading = &reference->readings[i];
		const struct opcit_series *series =
			opcit_registry_series(c->reader.registry, reading->target);
		const struct opcit_body *body =
			series ? opcit_registry_body(c->reader.registry, series->body) : NULL;
		struct opcit_str of = reading->instrument ? reading->instrument->name
				      : body              ? body->name
							  : (struct opcit_str){ NULL, 0 };

		field(i == 1 ? "or else" : "");
		output_text(reading->target);
		if (of.len && !opcit_str_eq(of, reading->target)) {
			fputs(", ", stdout);
			output_text(of);
		}
		fputs(reading->n_entries ? " (in the index)\n" : "\n", stdout);
	}
	if (i < reference->n_readings) {
		field("");
		printf("and %zu more\n", reference->n_readings - i);
	}
}

static void print_meaning(struct cite *c, const struct reference *reference)
{
	const struct reading *reading = &reference->readings[0];
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i;

	field(reference->certain ? "means" : "perhaps");
	reference_write(reading->target, reading->pinpoints, reading->n_pinpoints, &buf);
	output_text(opcit_buf_str(&buf));
	putchar('\n');
	print_others(c, reference);
	if (reference->unread.len) {
		field("not read");
		output_text(reference->unread);
		putchar('\n');
	}
	for (i = 1; i < reading->n_names; i++) {
		field(i == 1 ? "also" : "");
		output_text(reading->names[i]);
		putchar('\n');
	}
	opcit_buf_release(&buf);
}

static void print_holding(struct cite *c, const struct reading *reading, enum holding holding)
{
	size_t i;

	if (holding == NOT_HELD) {
		field("index");
		puts(c->index ? "not in it" : "there is none");
	}
	for (i = 0; i < reading->n_entries; i++) {
		const struct opcit_doc *doc = &reading->entries[i].doc;

		field(i ? "" : "index");
		output_text(doc->title.len ? doc->title : doc->id);
		if (doc->date.len)
			printf(", %.*s", OPCIT_FMT(doc->date));
		putchar('\n');
	}
	if (holding == NO_SUCH_PLACE) {
		field("");
		puts("but it has no such place");
	}
	if (reading->url.len) {
		field("address");
		output_text(reading->url);
		putchar('\n');
	}
}

static void print_records(const struct pointed *list, size_t n)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i, mark[1][2] = { { 0, 0 } };

	for (i = 0; i < n; i++) {
		const struct opcit_record *record = &list[i].record;

		putchar('\n');
		opcit_buf_clear(&buf);
		mark[0][1] = record->label.len;
		if (record->label.len)
			opcit_buf_printf(&buf, "%.*s  ", OPCIT_FMT(record->label));
		opcit_buf_add_str(&buf, record->text);
		output_wrapped(opcit_buf_str(&buf), 4, (const size_t(*)[2])mark,
			       record->label.len > 0);
	}
	opcit_buf_release(&buf);
}

static void print_styles(struct cite *c, const struct reading *reading)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i, at, end;

	for (i = 0; i < N_STYLES; i++) {
		opcit_buf_clear(&buf);
		write_styled(c, &styles[i], reading, &buf);
		output_colour(DIM);
		printf("\n%s (%s)\n", styles[i].name, styles[i].about);
		output_colour(PLAIN);
		for (at = 0; at < buf.len; at = end + 1) {
			for (end = at; end < buf.len && buf.ptr[end] != '\n';)
				end++;
			output_text(opcit_str_sub(opcit_buf_str(&buf), at, end));
			putchar('\n');
		}
	}
	opcit_buf_release(&buf);
}

static void print_one(struct cite *c, const struct reference *reference, const struct pointed *list,
		      size_t n, enum holding holding)
{
	const struct reading *reading = &reference->readings[0];
	struct opcit_buf buf = OPCIT_BUF_INIT;

	write_styled(c, c->style, reading, &buf);
	output_colour(STRONG);
	output_text(opcit_buf_str(&buf));
	output_colour(PLAIN);
	putchar('\n');
	print_meaning(c, reference);
	print_holding(c, reading, holding);
	print_records(list, n);
	if (c->all_styles)
		print_styles(c, reading);
	opcit_buf_release(&buf);
}

/* The reference alone, ready to paste; a doubt is said beside it. */
static void print_pasted(struct cite *c, const struct reference *reference, enum holding holding)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	write_styled(c, c->style, &reference->readings[0], &buf);
	printf("%s\n", buf.ptr);
	if (!reference->certain && reference->n_readings > 1)
		fprintf(stderr,
			"opcit: '%.*s' may mean something else: see `opcit cite` without --style\n",
			OPCIT_FMT(reference->raw));
	if (reference->unread.len)
		fprintf(stderr, "opcit: not understood: '%.*s'\n", OPCIT_FMT(reference->unread));
	if (holding == NO_SUCH_PLACE)
		fprintf(stderr, "opcit: '%.*s' is in the index, but has no such place\n",
			OPCIT_FMT(reference->readings[0].target));
	opcit_buf_release(&buf);
}

/* ---- the command --------------------------------------------------------- */

static int answer(struct cite *c, const struct reference *reference, bool first)
{
	struct pointed *list;
	enum holding holding;
	size_t n;
	int code = EXIT_DONE;

	if (point(c, &reference->readings[0], &list, &n, &holding) != OPCIT_OK) {
		code = output_error(&c->err);
	} else {
		if (c->json) {
			json_one(c, reference, list, n, holding);
		} else if (c->style_name && !c->all_styles) {
			print_pasted(c, reference, holding);
		} else {
			if (!first)
				putchar('\n');
			print_one(c, reference, list, n, holding);
		}
		code = holding == NO_SUCH_PLACE ? EXIT_NOTHING : EXIT_DONE;
		if (c->copy) {
			opcit_buf_puts(&c->copied, c->copied.len ? "\n" : "");
			write_styled(c, c->style, &reference->readings[0], &c->copied);
		}
	}
	free(list);
	return code;
}

static int cite(struct cite *c, struct opcit_str text)
{
	struct reference *references;
	size_t n, i;
	int code = EXIT_DONE;

	if (reference_read(&c->reader, text, &references, &n, &c->err) != OPCIT_OK)
		return output_error(&c->err);
	if (n == 0) {
		opcit_err_set(&c->err, OPCIT_NOT_FOUND, "no reference is understood in '%.*s'",
			      (int)(text.len < 200 ? text.len : 200), text.ptr);
		opcit_err_hint(&c->err, "for example: 'GA res 64/166 op 8', 'CRC art 37(b)', "
					"'A/HRC/13/5 105.13'");
		return output_error(&c->err);
	}
	if (!c->json)
		output_start();
	for (i = 0; i < n; i++) {
		int one = answer(c, &references[i], i == 0);

		if (one > code)
			code = one;
	}
	return clipboard_finish(&c->copied, code);
}

/* An index is a help here, no necessity, unless one was named. */
static bool open_index(struct cite *c, int *code)
{
	struct opcit_open how = output_reading(c->db);
	struct opcit_buf path = OPCIT_BUF_INIT;
	opcit_status status;

	if (c->db.path) {
		c->index = output_open_index(c->db, code);
		return c->index != NULL;
	}
	status = opcit_path_db(NULL, getenv, &path, &c->err);
	if (status == OPCIT_OK)
		status = opcit_index_open_with(path.ptr, &how, &c->index, &c->err);
	opcit_buf_release(&path);
	if (status == OPCIT_OK || status == OPCIT_IO || status == OPCIT_USAGE) {
		c->err = (struct opcit_err)OPCIT_ERR_INIT;
		return true;
	}
	*code = output_error(&c->err);
	return false;
}

static int check(struct cite *c, struct opcit_str text)
{
	c->style = c->style_name ? style_named(c->style_name) : &styles[0];
	if (!c->style) {
		opcit_err_set(&c->err, OPCIT_USAGE, "there is no style '%.40s'", c->style_name);
		opcit_err_hint(&c->err,
			       "styles: un oscola bluebook mcgill iachr bibtex ris csl-json");
		return output_error(&c->err);
	}
	if (text.len == 0 || text.len > LONGEST_TEXT) {
		opcit_err_set(&c->err, OPCIT_USAGE,
			      text.len ? "the text is longer than %d bytes" : "no text is given",
			      LONGEST_TEXT);
		opcit_err_hint(&c->err, "for example: opcit cite 'CRC art 37(b)'");
		return output_error(&c->err);
	}
	return EXIT_DONE;
}

int cmd_cite(int argc, char **argv)
{
	struct cite c = { .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "style", 0, OPTION_TEXT, &c.style_name, "STYLE",
		  "un, oscola, bluebook, mcgill, iachr, bibtex, ris, csl-json" },
		{ "styles", 0, OPTION_FLAG, &c.all_styles, NULL, "in all eight styles" },
		{ "copy", 0, OPTION_FLAG, &c.copy, NULL, "copy the reference to the clipboard, too" },
		{ "json", 0, OPTION_FLAG, &c.json, NULL, "one JSON object for each reference" },
		OPTION_ROW_DB(&c.db),
	};
	const struct usage usage = { "opcit cite [OPTIONS] TEXT...", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	text = reference_join(n, argv, &c.arena);
	code = check(&c, text);
	if (code == EXIT_DONE && open_index(&c, &code)) {
		if (reference_reader_init(&c.reader, c.index, &c.arena, true, &c.err) == OPCIT_OK)
			code = cite(&c, text);
		else
			code = output_error(&c.err);
		reference_reader_release(&c.reader);
	}
	opcit_index_close(c.index);
	opcit_arena_release(&c.arena);
	return code;
}
