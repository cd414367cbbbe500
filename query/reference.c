/* reference.c: see reference.h. */
#include "reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/cite.h"
#include "../lib/paths.h"
#include "../lib/tables.h"
#include "../lib/versions.h"
#include "pinpoint.h"
#include "ref.h"

/* ---- the tables ---------------------------------------------------------- */

static void report_row(void *data, const char *file, unsigned line, const char *message)
{
	(void)data;
	fprintf(stderr, "opcit: %s, line %u: %s\n", file, line, message);
}

opcit_status reference_reader_init(struct reference_reader *reader, struct opcit_index *index,
				   struct opcit_arena *arena, bool report, struct opcit_err *err)
{
	struct opcit_tables tables = OPCIT_TABLES_INIT;
	opcit_status status;

	*reader = (struct reference_reader){ .index = index, .arena = arena };
	status = opcit_tables_find(&tables, getenv, err);
	if (status == OPCIT_OK)
		status = opcit_tables_load(&tables, report ? report_row : NULL, NULL,
					   &reader->registry, err);
	opcit_tables_release(&tables);
	return status;
}

void reference_reader_release(struct reference_reader *reader)
{
	opcit_registry_free(reader->registry);
	reader->registry = NULL;
}

/* ---- public addresses ---------------------------------------------------- */

/* The first number at or after `from`, with at least `digits` digits. */
static void add_number(struct opcit_str symbol, size_t from, int digits, struct opcit_buf *out)
{
	unsigned long number = 0;

	while (from < symbol.len && (symbol.ptr[from] < '0' || symbol.ptr[from] > '9'))
		from++;
	for (; from < symbol.len && symbol.ptr[from] >= '0' && symbol.ptr[from] <= '9' &&
	       number < 1000000000;
	     from++)
		number = number * 10 + (unsigned long)(symbol.ptr[from] - '0');
	opcit_buf_printf(out, "%0*lu", digits, number);
}

static struct opcit_str series_url(const struct opcit_registry *registry, struct opcit_str symbol,
				   struct opcit_arena *arena)
{
	static const char *const marks[] = { "{symbol}", "{num}", "{num2}", "{num3}" };
	const struct opcit_series *row = opcit_registry_series(registry, symbol);
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str url = { NULL, 0 }, rest;
	size_t i;

	if (!row || row->url.len == 0)
		return url;
	for (rest = row->url; rest.len;) {
		for (i = 0; i < 4 && !opcit_str_starts(rest, marks[i]); i++)
			;
		if (i == 0)
			opcit_path_escape(symbol, "/-._~()", &buf);
		else if (i < 4)
			add_number(symbol, row->prefix.len, (int)i, &buf);
		else
			opcit_buf_putc(&buf, rest.ptr[0]);
		rest = opcit_str_sub(rest, i < 4 ? strlen(marks[i]) : 1, rest.len);
	}
	url = opcit_arena_dup(arena, opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return url;
}

struct opcit_str reference_url(const struct opcit_registry *registry, struct opcit_str target,
			       struct opcit_arena *arena)
{
	const struct opcit_instrument *row = opcit_registry_same(registry, target);
	struct opcit_str url = series_url(registry, target, arena);
	size_t i;

	for (i = 0; row && url.len == 0 && i < row->n_parallel; i++)
		url = series_url(registry, row->parallel[i], arena);
	if (row && url.len == 0)
		url = series_url(registry, row->series, arena);
	if (row && url.len == 0)
		url = series_url(registry, row->adopted_by, arena);
	return url;
}

/* ---- readings ------------------------------------------------------------ */

/* The target's own name first, then those of the same text. */
static void add_names(struct reference_reader *reader, struct reading *reading)
{
	const struct opcit_instrument *row = opcit_registry_same(reader->registry, reading->target);
	size_t i;

	reading->instrument = row;
	reading->names = opcit_arena_alloc(reader->arena, (2 + (row ? row->n_parallel : 0)) *
								  sizeof *reading->names);
	reading->names[reading->n_names++] = reading->target;
	if (row && !opcit_str_eq(row->id, reading->target))
		reading->names[reading->n_names++] = row->id;
	for (i = 0; row && i < row->n_parallel; i++)
		if (!opcit_str_eq(row->parallel[i], reading->target))
			reading->names[reading->n_names++] = row->parallel[i];
}

/* The files that hold it: under its own identifier, else under another. */
static opcit_status add_entries(struct reference_reader *reader, struct reading *reading,
				struct opcit_err *err)
{
	opcit_status status = OPCIT_NOT_FOUND;
	size_t i;

	for (i = 0; reader->index && status == OPCIT_NOT_FOUND && i < reading->n_names; i++)
		status = opcit_index_find(reader->index, reading->names[i], reader->arena,
					  &reading->entries, &reading->n_entries, err);
	if (status == OPCIT_NOT_FOUND && reader->index && reading->instrument)
		status = opcit_index_find(reader->index, reading->instrument->name, reader->arena,
					  &reading->entries, &reading->n_entries, err);
	reading->n_versions = reading->n_entries;
	if (status == OPCIT_OK) {
		reading->n_entries = opcit_versions_choose(reading->entries, reading->n_versions, OPCIT_STR(""));
		return OPCIT_OK;
	}
	reading->entries = NULL;
	reading->n_entries = reading->n_versions = 0;
	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

opcit_status reference_target(struct reference_reader *reader, struct opcit_str target,
			      struct reading *reading, struct opcit_err *err)
{
	opcit_status status;

	memset(reading, 0, sizeof *reading);
	reading->target = target;
	add_names(reader, reading);
	status = add_entries(reader, reading, err);
	if (reading->n_entries)
		reading->url = reading->entries[0].doc.url;
	if (reading->url.len == 0)
		reading->url = reference_url(reader->registry, target, reader->arena);
	return status;
}

/* Take the places of a typed pinpoint as "para:67(h)", "para:27-29". */
static void take_ranges(struct reference_reader *reader, const struct ref *ref,
			struct reading *reading)
{
	size_t i;

	reading->pinpoints =
		opcit_arena_alloc(reader->arena, (ref->n_ranges + 1) * sizeof *reading->pinpoints);
	for (i = 0; i < ref->n_ranges; i++) {
		const struct ref_range *range = &ref->ranges[i];

		reading->pinpoints[i] =
			opcit_str_eq(range->from, range->to)
				? opcit_arena_printf(reader->arena, "para:%.*s",
						     OPCIT_FMT(range->from))
				: opcit_arena_printf(reader->arena, "para:%.*s-%.*s",
						     OPCIT_FMT(range->from), OPCIT_FMT(range->to));
	}
	reading->n_pinpoints = ref->n_ranges;
}

/* What the index calls by that name, with a place in it. */
static opcit_status read_name(struct reference_reader *reader, struct opcit_str typed,
			      struct reference *reference, struct opcit_err *err)
{
	struct ref ref;
	opcit_status status = ref_find(reader->index, typed, reader->arena, &ref, err);

	if (status != OPCIT_OK)
		return status;
	memset(reference, 0, sizeof *reference);
	reference->raw = typed;
	reference->certain = true;
	reference->n_readings = 1;
	reference->readings = opcit_arena_alloc(reader->arena, sizeof *reference->readings);
	status = reference_target(reader, ref.entries[0].doc.id, reference->readings, err);
	take_ranges(reader, &ref, reference->readings);
	reference->readings->form = OPCIT_STR("name");
	return status;
}

/* "1991", where the symbol does not end in another year. */
static bool is_its_year(struct opcit_str rest, struct opcit_str target)
{
	struct opcit_str end = opcit_str_sub(target, target.len > 6 ? target.len - 6 : 0, target.len);

	return opcit_str_is_year(rest) && (!opcit_str_starts(end, "(") || opcit_str_eq(opcit_str_sub(end, 1, 5), rest));
}

/* "of 18 June 2008", "(2005)": a date, which adds nothing to a reference. Any
 * other number may be a place. */
static bool is_dated(struct opcit_str rest)
{
	size_t i = 0, numbers = 0, words = 0;
	bool year = false;

	while (i < rest.len) {
		unsigned long number = 0;
		size_t from = i;

		while (i < rest.len && rest.ptr[i] >= '0' && rest.ptr[i] <= '9' && i - from < 5)
			number = number * 10 + (unsigned long)(rest.ptr[i++] - '0');
		if (i > from) {
			if ((i - from > 2 || number > 31) && (number < 1800 || number > 2099))
				return false;
			year = number >= 1800;
			numbers++;
			continue;
		}
		while (i < rest.len && !strchr(" ,.()", rest.ptr[i]) &&
		       (rest.ptr[i] < '0' || rest.ptr[i] > '9'))
			i++;
		words += i > from;
		i += i == from;
	}
	/* "of June 2008", "du 18 juin 2008", "de 18 de junio de 2008" */
	return year && numbers <= 2 && words <= 4 && rest.len <= 40 && words >= 1 &&
	       (opcit_str_starts(rest, "of ") || opcit_str_starts(rest, "du ") ||
		opcit_str_starts(rest, "de ") || opcit_str_starts(rest, "del "));
}

/* A place that the citation grammar leaves out, such as "fn4", when nothing
 * else stands between it and the end or the next reference. Numbers that are
 * no such place are remembered as not understood. */
static void read_rest(struct reference_reader *reader, struct opcit_str rest,
		      struct reference *reference)
{
	struct ref ref;
	size_t i;

	while (rest.len && strchr(" ,;:.\t\n", rest.ptr[0]))
		rest = opcit_str_sub(rest, 1, rest.len);
	if (reference->readings[0].n_pinpoints || opcit_str_is_year(rest) ||
	    ref_pinpoint(rest, reader->arena, &ref, NULL) != OPCIT_OK) {
		for (i = 0; i < rest.len && (rest.ptr[i] < '0' || rest.ptr[i] > '9'); i++)
			;
		if (i < rest.len && !is_dated(rest) && !is_its_year(rest, reference->readings[0].target))
			reference->unread = opcit_str_trim(rest);
		return;
	}
	for (i = 0; i < reference->n_readings; i++)
		take_ranges(reader, &ref, &reference->readings[i]);
	reference->raw.len = (size_t)(rest.ptr + rest.len - reference->raw.ptr);
}

/* Those that the index holds are likelier, where nothing is certain. */
static void held_first(struct reference *reference)
{
	struct reading held;
	size_t i, to = 0;

	for (i = 0; i < reference->n_readings; i++) {
		if (reference->readings[i].n_entries == 0)
			continue;
		held = reference->readings[i];
		memmove(&reference->readings[to + 1], &reference->readings[to],
			(i - to) * sizeof held);
		reference->readings[to++] = held;
	}
}

/* The guesses that start at one place are readings of one reference. */
static opcit_status group(struct reference_reader *reader, struct opcit_str typed,
			  const struct opcit_cite_guess *guesses, size_t n,
			  struct reference **references, size_t *n_references,
			  struct opcit_err *err)
{
	struct reference *list = opcit_arena_calloc(reader->arena, (n + 1) * sizeof *list);
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		const struct opcit_citation *cite = &guesses[i].cite;
		struct reference *reference = k ? &list[k - 1] : NULL;
		struct reading *reading;
		opcit_status status;

		if (!reference || reference->raw.ptr != typed.ptr + cite->start) {
			reference = &list[k++];
			reference->raw = opcit_str_sub(typed, cite->start, cite->end);
			reference->certain = cite->resolved;
			reference->readings = opcit_arena_alloc(
				reader->arena, (n - i) * sizeof *reference->readings);
		}
		reading = &reference->readings[reference->n_readings++];
		status = reference_target(reader, cite->target, reading, err);
		if (status != OPCIT_OK)
			return status;
		reading->pinpoints = cite->pinpoints;
		reading->n_pinpoints = cite->n_pinpoints;
		reading->form = cite->form;
	}
	for (i = 0; i < k; i++) {
		size_t end = i + 1 < k ? (size_t)(list[i + 1].raw.ptr - typed.ptr) : typed.len;
		size_t from = (size_t)(list[i].raw.ptr + list[i].raw.len - typed.ptr);

		if (!list[i].certain)
			held_first(&list[i]);
		read_rest(reader, opcit_str_sub(typed, from, end), &list[i]);
	}
	*references = list;
	*n_references = k;
	return OPCIT_OK;
}

opcit_status reference_read(struct reference_reader *reader, struct opcit_str typed,
			    struct reference **references, size_t *n, struct opcit_err *err)
{
	struct opcit_cite_guess *guesses;
	size_t n_guesses;
	opcit_status status;

	*n = 0;
	*references = opcit_arena_calloc(reader->arena, sizeof **references);
	typed = opcit_str_trim(typed);
	if (typed.len == 0)
		return opcit_err_set(err, OPCIT_USAGE, "no reference is given");
	if (reader->index && typed.len <= REF_LONGEST) {
		struct opcit_entry *entries;
		size_t n_entries;

		/* its whole name; then what is a name with a place, if nothing better */
		status = opcit_index_find(reader->index, typed, reader->arena, &entries, &n_entries,
					  err);
		if (status == OPCIT_OK) {
			*n = 1;
			return read_name(reader, typed, *references, err);
		}
		if (status != OPCIT_NOT_FOUND)
			return status;
	}
	opcit_cite_parse(reader->registry, typed, reader->arena, &guesses, &n_guesses);
	if (reader->index && typed.len <= REF_LONGEST &&
	    (n_guesses == 0 || !guesses[0].cite.resolved)) {
		status = read_name(reader, typed, *references, NULL);
		if (status == OPCIT_OK) {
			*n = 1;
			return OPCIT_OK;
		}
		if (status != OPCIT_NOT_FOUND && status != OPCIT_USAGE)
			return read_name(reader, typed, *references, err);
	}
	return group(reader, typed, guesses, n_guesses, references, n, err);
}

/* ---- one reference ------------------------------------------------------- */

static opcit_status unclear(const struct reference *reference, struct opcit_err *err)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	size_t i;

	for (i = 0; i < reference->n_readings && i < 6; i++)
		opcit_buf_printf(&buf, "%s'%.*s'", i ? ", " : "",
				 OPCIT_FMT(reference->readings[i].target));
	opcit_err_set(err, OPCIT_USAGE, "'%.*s' may mean several things",
		      (int)(reference->raw.len < 200 ? reference->raw.len : 200),
		      reference->raw.ptr);
	opcit_err_hint(err, "give one of them: %s%s", buf.ptr,
		       i < reference->n_readings ? " ..." : "");
	opcit_buf_release(&buf);
	return OPCIT_USAGE;
}

opcit_status reference_read_one(struct reference_reader *reader, struct opcit_str typed,
				struct reference *reference, struct opcit_err *err)
{
	struct reference *list;
	size_t n;
	opcit_status status = reference_read(reader, typed, &list, &n, err);

	if (status != OPCIT_OK)
		return status;
	if (n == 0) {
		opcit_err_set(err, OPCIT_NOT_FOUND, "no reference is understood in '%.*s'",
			      (int)(typed.len < 200 ? typed.len : 200), typed.ptr);
		opcit_err_hint(err,
			       "for example: A/RES/64/166, 'GA res 64/166 op 8', 'CRC art 37(b)'; "
			       "`opcit list` names the documents of the index");
		return OPCIT_NOT_FOUND;
	}
	if (n > 1) {
		opcit_err_set(err, OPCIT_USAGE, "'%.*s' and '%.*s' are two references",
			      OPCIT_FMT(list[0].raw), OPCIT_FMT(list[1].raw));
		opcit_err_hint(err, "ask for one at a time");
		return OPCIT_USAGE;
	}
	*reference = list[0];
	if (reference->unread.len) {
		opcit_err_set(err, OPCIT_USAGE, "cannot read '%.*s' as a place in '%.*s'",
			      (int)(reference->unread.len < 200 ? reference->unread.len : 200),
			      reference->unread.ptr, OPCIT_FMT(reference->readings[0].target));
		opcit_err_hint(err,
			       "places look like: 27, para 67(h), paras. 27-29, art 37(b), fn4");
		return OPCIT_USAGE;
	}
	/* only one of the candidates is held: that one is meant */
	if (!reference->certain && reference->n_readings > 1 &&
	    !(reference->readings[0].n_entries && !reference->readings[1].n_entries))
		return unclear(reference, err);
	return OPCIT_OK;
}

/* The labels that pinpoints are, as ranges. */
static opcit_status as_ranges(const struct reading *reading, struct opcit_arena *arena,
			      struct ref *ref)
{
	struct ref more;
	size_t i;

	ref->entries = reading->entries;
	ref->n_entries = reading->n_versions;
	ref->n_ranges = 0;
	ref->ranges = opcit_arena_alloc(arena, (reading->n_pinpoints + 1) * sizeof *ref->ranges);
	for (i = 0; i < reading->n_pinpoints; i++) {
		struct opcit_str unit, value;

		pinpoint_split(reading->pinpoints[i], &unit, &value);
		if (ref_pinpoint(value, arena, &more, NULL) != OPCIT_OK || more.n_ranges == 0)
			return OPCIT_NOT_FOUND;
		ref->ranges[ref->n_ranges++] = more.ranges[0];
	}
	return OPCIT_OK;
}

opcit_status reference_find(struct opcit_index *index, struct opcit_str text,
			    struct opcit_arena *arena, struct ref *ref, struct opcit_err *err)
{
	struct opcit_err other = OPCIT_ERR_INIT;
	struct reference_reader reader;
	struct reference reference;
	opcit_status status = ref_find(index, text, arena, ref, err);

	if (status != OPCIT_NOT_FOUND)
		return status;
	/* the first failure stands, unless something better is found */
	if (reference_reader_init(&reader, index, arena, false, &other) == OPCIT_OK &&
	    reference_read_one(&reader, text, &reference, &other) == OPCIT_OK &&
	    reference.readings[0].n_entries)
		status = as_ranges(&reference.readings[0], arena, ref);
	reference_reader_release(&reader);
	return status;
}

struct opcit_str reference_name(const struct reading *reading)
{
	return reading->instrument ? reading->instrument->name : (struct opcit_str){ NULL, 0 };
}

/* ---- writing ------------------------------------------------------------- */

void reference_write(struct opcit_str target, const struct opcit_str *pinpoints, size_t n,
		     struct opcit_buf *out)
{
	opcit_buf_add_str(out, target);
	if (n) {
		opcit_buf_puts(out, ", ");
		pinpoint_list(pinpoints, n, &PINPOINT_UN, out);
	}
}

struct opcit_str reference_join(int n, char **argv, struct opcit_arena *arena)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	struct opcit_str joined;
	int i;

	for (i = 1; i <= n; i++)
		opcit_buf_printf(&buf, "%s%s", i > 1 ? " " : "", argv[i]);
	joined = opcit_str_trim(opcit_arena_dup(arena, opcit_buf_str(&buf)));
	opcit_buf_release(&buf);
	return joined;
}

struct opcit_str reference_title(struct opcit_str title)
{
	enum { LONGEST = 24 };
	size_t at = 0;

	while (at < title.len && at < LONGEST && memchr("0123456789/-S() ", title.ptr[at], 16))
		at++;
	return at && at + 2 < title.len && title.ptr[at] == '.' && title.ptr[at + 1] == ' '
		       ? opcit_str_trim(opcit_str_sub(title, at + 1, title.len))
		       : title;
}
