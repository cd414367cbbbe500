/* refs.c: `opcit refs`. */
#include <string.h>

#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "pinpoint.h"
#include "place.h"
#include "reference.h"

static const char about[] =
	"List what a document, a paragraph of it or a range cites, in order: where, what,\n"
	"which places in it, and whether the index holds it. A paragraph counts with its\n"
	"lettered items and its notes.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit refs A/65/156\n"
	"  opcit refs A/65/156 paras. 27-29\n"
	"  opcit refs --json A/65/156\n"
	"\n"
	"Exit codes: 0 done, 1 it cites nothing or is not in the index, 2 wrong usage, 3 no\n"
	"readable index, 4 the index is damaged.\n";

struct refs {
	struct db_option db;
	bool json, explain;
	struct opcit_index *index;
	struct opcit_arena arena;
	struct reference_reader reader;
	struct place_file file;
	struct opcit_err err;
	size_t shown;
};

static void print_json(struct refs *r, const struct opcit_entry *entry,
		       const struct opcit_record *record, const struct opcit_citation *cite,
		       const struct reading *reading, struct opcit_str place)
{
	json_t *o = json_object();

	(void)r;
	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "doc", json_text(entry->doc.id));
	json_object_set_new(o, "seq", json_integer(record->seq));
	json_object_set_new(o, "label", json_text(record->label));
	json_object_set_new(o, "place", json_text(place));
	json_object_set_new(o, "act", json_text(record->act));
	json_object_set_new(o, "raw",
			    json_text(opcit_str_sub(record->text, cite->start, cite->end)));
	json_object_set_new(o, "target", json_text(cite->target));
	json_object_set_new(o, "pinpoints", json_texts(cite->pinpoints, cite->n_pinpoints));
	json_object_set_new(o, "form", json_text(cite->form));
	json_object_set_new(o, "resolved", json_boolean(cite->resolved));
	json_object_set_new(o, "held", json_boolean(reading->n_entries > 0));
	json_object_set_new(
		o, "also",
		json_texts(reading->names + 1, reading->n_names ? reading->n_names - 1 : 0));
	json_object_set_new(o, "url", json_text(reading->url));
	json_print(o, stdout);
}

static void print_text(const struct opcit_record *record, const struct opcit_citation *cite,
		       const struct reading *reading)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;

	if (cite->target.len) {
		reference_write(cite->target, cite->pinpoints, cite->n_pinpoints, &buf);
	} else {
		opcit_buf_printf(&buf, "“%.*s”",
				 OPCIT_FMT(opcit_str_sub(record->text, cite->start, cite->end)));
	}
	fputs("    ", stdout);
	output_text(opcit_buf_str(&buf));
	output_colour(DIM);
	fputs(cite->target.len == 0 ? "  (it is not certain what is meant)\n"
	      : reading->n_entries  ? "  (in the index)\n"
				    : "\n",
	      stdout);
	output_colour(PLAIN);
	opcit_buf_release(&buf);
}

static bool is_back_reference(const struct opcit_citation *cite)
{
	return opcit_str_is(cite->form, "short") || opcit_str_is(cite->form, "ibid") ||
	       opcit_str_is(cite->form, "supra") || opcit_str_is(cite->form, "op cit");
}

/* What a short form was taken from: the nearest citation of the same target
 * before it that says its name or symbol in full. */
static void print_chain(struct refs *r, const struct opcit_entry *entry,
			const struct opcit_record *record, const struct opcit_citation *cite)
{
	struct opcit_buf place = OPCIT_BUF_INIT;
	struct opcit_record before;
	uint32_t seq = record->seq;
	size_t i;

	printf("        “%.*s” (%.*s)", OPCIT_FMT(opcit_str_sub(record->text, cite->start, cite->end)),
	       OPCIT_FMT(cite->form));
	if (!cite->target.len) {
		puts(": nothing before it, or more than one thing, can be meant");
		return;
	}
	for (; seq > 0; seq--) {
		if (opcit_index_record(r->index, entry, seq, &r->arena, &before, NULL) != OPCIT_OK)
			break;
		for (i = before.n_cites; i-- > 0;) {
			const struct opcit_citation *full = &before.cites[i];

			if (!opcit_str_eq(full->target, cite->target) || is_back_reference(full) ||
			    (seq == record->seq && full->start >= cite->start))
				continue;
			place_write(&r->file, entry, &before, NULL, &place);
			printf(" goes back to “%.*s” in %s\n",
			       OPCIT_FMT(opcit_str_sub(before.text, full->start, full->end)), place.ptr);
			opcit_buf_release(&place);
			return;
		}
	}
	puts(" is what the document or its body means by it");
}

/* The citations of one record, under its place. */
static int print_record(struct refs *r, const struct opcit_entry *entry,
			const struct opcit_record *record)
{
	struct opcit_buf place = OPCIT_BUF_INIT;
	size_t i;
	int code = EXIT_DONE;

	place_write(&r->file, entry, record, NULL, &place);
	if (!r->json && record->n_cites) {
		output_colour(STRONG);
		output_text(opcit_buf_str(&place));
		output_colour(PLAIN);
		putchar('\n');
	}
	for (i = 0; i < record->n_cites && code == EXIT_DONE; i++) {
		const struct opcit_citation *cite = &record->cites[i];
		struct reading reading = { .n_names = 0 };

		if (cite->target.len &&
		    reference_target(&r->reader, cite->target, &reading, &r->err) != OPCIT_OK)
			code = output_error(&r->err);
		else if (r->json)
			print_json(r, entry, record, cite, &reading, opcit_buf_str(&place));
		else
			print_text(record, cite, &reading);
		if (code == EXIT_DONE && r->explain && !r->json && is_back_reference(cite))
			print_chain(r, entry, record, cite);
		r->shown++;
	}
	opcit_buf_release(&place);
	return code;
}

static int no_such_place(struct refs *r, const struct opcit_entry *entry, struct opcit_str pinpoint)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	int code;

	pinpoint_one(pinpoint, &PINPOINT_UN, &buf);
	opcit_err_set(&r->err, OPCIT_NOT_FOUND, "'%.*s' has no '%s'", OPCIT_FMT(entry->doc.id),
		      buf.ptr);
	code = output_error(&r->err);
	opcit_buf_release(&buf);
	return code;
}

static int print_entry(struct refs *r, const struct opcit_entry *entry,
		       const struct reading *reading)
{
	bool *wanted = opcit_arena_calloc(&r->arena, entry->doc.n_records + 1);
	struct opcit_record record;
	uint32_t seq;
	size_t i;
	int code = EXIT_DONE;

	memset(wanted, reading->n_pinpoints == 0, entry->doc.n_records + 1);
	for (i = 0; i < reading->n_pinpoints; i++) {
		struct place place;

		if (place_find(r->index, entry, reading->pinpoints[i], &r->arena, &place,
			       &r->err) != OPCIT_OK ||
		    place_mark(&r->file, entry, &place, wanted, &r->err) != OPCIT_OK)
			return output_error(&r->err);
		if (place.n && place.exact)
			continue;
		return no_such_place(r, entry, reading->pinpoints[i]);
	}
	for (seq = 1; seq <= entry->doc.n_records && code == EXIT_DONE && !ferror(stdout); seq++) {
		if (!wanted[seq])
			continue;
		if (opcit_index_record(r->index, entry, seq, &r->arena, &record, &r->err) !=
		    OPCIT_OK)
			return output_error(&r->err);
		if (record.n_cites)
			code = print_record(r, entry, &record);
	}
	return code;
}

static int refs(struct refs *r, struct opcit_str text)
{
	struct reference reference;
	const struct reading *reading;
	size_t i;
	int code = EXIT_DONE;

	if (reference_read_one(&r->reader, text, &reference, &r->err) != OPCIT_OK)
		return output_error(&r->err);
	reading = &reference.readings[0];
	if (reading->n_entries == 0) {
		opcit_err_set(&r->err, OPCIT_NOT_FOUND, "'%.*s' is not in the index",
			      OPCIT_FMT(reading->target));
		opcit_err_hint(&r->err,
			       reading->url.len ? "it is at %.*s" : "`opcit list` names what is",
			       OPCIT_FMT(reading->url));
		return output_error(&r->err);
	}
	if (!r->json)
		output_start();
	for (i = 0; i < reading->n_entries && code == EXIT_DONE; i++)
		code = print_entry(r, &reading->entries[i], reading);
	if (code == EXIT_DONE && r->shown == 0) {
		fprintf(stderr, "opcit: nothing is cited in '%.*s'\n",
			(int)(text.len < 200 ? text.len : 200), text.ptr);
		code = EXIT_NOTHING;
	}
	return output_finish(code);
}

int cmd_refs(int argc, char **argv)
{
	struct refs r = { .arena = OPCIT_ARENA_INIT, .err = OPCIT_ERR_INIT };
	const struct option options[] = {
		{ "json", 0, OPTION_FLAG, &r.json, NULL, "one JSON object for each citation" },
		{ "explain", 0, OPTION_FLAG, &r.explain, NULL, "show what short forms, ibid. and supra go back to" },
		OPTION_ROW_DB(&r.db),
	};
	const struct usage usage = { "opcit refs [OPTIONS] REF", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_str text;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	text = reference_join(n, argv, &r.arena);
	if (text.len == 0) {
		opcit_err_set(&r.err, OPCIT_USAGE, "no document is named");
		opcit_err_hint(&r.err, "for example: opcit refs 'A/65/156 para 67(h)'");
		code = output_error(&r.err);
	} else if ((r.index = output_open_index(r.db, &code))) {
		r.file.index = r.index;
		if (reference_reader_init(&r.reader, r.index, &r.arena, false, &r.err) == OPCIT_OK)
			code = refs(&r, text);
		else
			code = output_error(&r.err);
		reference_reader_release(&r.reader);
	}
	place_file_release(&r.file);
	opcit_index_close(r.index);
	opcit_arena_release(&r.arena);
	return code;
}
