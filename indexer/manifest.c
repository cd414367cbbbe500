#include "manifest.h"
#include "state.h"

#include "../lib/paths.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 64, FIRST_BUCKETS = 256 };

static const char *const column_names[OPCIT_COLUMN_COUNT] = {
	"path", "symbol", "title", "date", "body", "type", "lang", "url",
};
static const char *const types[] = {
	"declaration", "resolution", "decision", "report", "note", "treaty", "judgment", "other",
};

/* One manifest while it is read. */
struct source {
	struct opcit_manifests *to;
	struct opcit_str path, folder; /* in the arena */
	size_t first;                  /* its first row */
	size_t line;
	enum opcit_column columns[CELLS_MAX]; /* what each cell is; COUNT: unknown */
	size_t n_columns;
};

void opcit_manifests_init(struct opcit_manifests *manifests, opcit_manifest_report_fn *report,
			  void *context)
{
	memset(manifests, 0, sizeof *manifests);
	manifests->report = report;
	manifests->context = context;
}

void opcit_manifests_release(struct opcit_manifests *manifests)
{
	free(manifests->rows);
	free(manifests->buckets);
	opcit_arena_release(&manifests->arena);
	manifests->rows = NULL;
	manifests->buckets = NULL;
	manifests->count = manifests->cap = manifests->n_buckets = 0;
}

static void fault(const struct source *in, size_t line, const char *what)
{
	in->to->report(in->to->context, in->path, line, what);
}

/* ---- the table of rows ------------------------------------------------------- */

static uint32_t *bucket_of(const struct opcit_manifests *m, struct opcit_str path)
{
	uint64_t hash = opcit_hash(OPCIT_HASH_INIT, path.ptr, path.len);

	return &m->buckets[(hash ^ hash >> 32) & (m->n_buckets - 1)];
}

/* Chains are kept in the order of the rows, so that later ones win. */
static void chain(struct opcit_manifests *m, size_t index)
{
	uint32_t *at = bucket_of(m, m->rows[index].path);

	while (*at)
		at = &m->rows[*at - 1].next;
	*at = (uint32_t)index + 1;
	m->rows[index].next = 0;
}

static void add_row(struct opcit_manifests *m, const struct opcit_manifest_row *row)
{
	size_t i;

	OPCIT_GROW(m->rows, m->count, m->cap);
	m->rows[m->count++] = *row;
	if (m->count <= m->n_buckets) {
		chain(m, m->count - 1);
		return;
	}
	free(m->buckets);
	m->n_buckets = m->n_buckets ? m->n_buckets * 4 : FIRST_BUCKETS;
	m->buckets = opcit_xcalloc(m->n_buckets, sizeof *m->buckets);
	for (i = 0; i < m->count; i++)
		chain(m, i);
}

/* The row for path at or after the chain's element `at` (index + 1), or NULL. */
static struct opcit_manifest_row *next_row(const struct opcit_manifests *m, uint32_t at,
					   struct opcit_str path)
{
	for (; at; at = m->rows[at - 1].next)
		if (opcit_str_eq(m->rows[at - 1].path, path))
			return &m->rows[at - 1];
	return NULL;
}

static struct opcit_manifest_row *first_row(const struct opcit_manifests *m, struct opcit_str path)
{
	return m->n_buckets ? next_row(m, *bucket_of(m, path), path) : NULL;
}

uint64_t opcit_manifests_hash(struct opcit_manifests *m, struct opcit_str path)
{
	struct opcit_manifest_row *row = first_row(m, path);
	uint64_t hash = row ? OPCIT_HASH_INIT : 0;
	int c;

	for (; row; row = next_row(m, row->next, path)) {
		row->used = true;
		for (c = OPCIT_COLUMN_PATH + 1; c < OPCIT_COLUMN_COUNT; c++) {
			hash = opcit_hash(hash, row->cells[c].ptr, row->cells[c].len);
			hash = opcit_hash(hash, "\t", 1);
		}
	}
	return hash;
}

void opcit_manifests_apply(const struct opcit_manifests *m, struct opcit_str path,
			   struct opcit_doc *doc)
{
	struct opcit_str *fields[OPCIT_COLUMN_COUNT] = {
		NULL,       &doc->symbol, &doc->title, &doc->date,
		&doc->body, &doc->type,   &doc->lang,  &doc->url,
	};
	const struct opcit_manifest_row *row;
	int c;

	for (row = first_row(m, path); row; row = next_row(m, row->next, path)) {
		for (c = OPCIT_COLUMN_PATH + 1; c < OPCIT_COLUMN_COUNT; c++)
			if (row->cells[c].len)
				*fields[c] = row->cells[c];
		if (row->cells[OPCIT_COLUMN_SYMBOL].len)
			doc->id = row->cells[OPCIT_COLUMN_SYMBOL];
	}
}

/* ---- cells ------------------------------------------------------------------- */

/* The content of a cell that stands wholly in quotes, as spreadsheets write
 * one; a cell that only opens with a quoted word is taken as it is. */
static struct opcit_str unquote(struct opcit_str cell, struct opcit_arena *arena)
{
	struct opcit_buf plain = OPCIT_BUF_INIT;
	struct opcit_str result = cell;
	size_t i;

	if (cell.len < 2 || cell.ptr[0] != '"' || cell.ptr[cell.len - 1] != '"')
		return cell;
	for (i = 1; i < cell.len - 1; i++) {
		if (cell.ptr[i] == '"' && (i + 1 == cell.len - 1 || cell.ptr[++i] != '"'))
			break;
		opcit_buf_putc(&plain, cell.ptr[i]);
	}
	if (i == cell.len - 1)
		result = opcit_arena_dup(arena, opcit_str_trim(opcit_buf_str(&plain)));
	opcit_buf_release(&plain);
	return result;
}

/* The cells of a line, trimmed and without quotes. Returns how many there
 * are, which may exceed CELLS_MAX; no more than that are stored. */
static size_t split(struct opcit_str line, struct opcit_arena *arena, struct opcit_str *cells)
{
	size_t n = 0, at = 0, end;

	for (;; at = end + 1) {
		for (end = at; end < line.len && line.ptr[end] != '\t';)
			end++;
		if (n < CELLS_MAX)
			cells[n] = unquote(opcit_str_trim(opcit_str_sub(line, at, end)), arena);
		n++;
		if (end >= line.len)
			return n;
	}
}

static bool read_header(struct source *in, struct opcit_str line)
{
	struct opcit_str cells[CELLS_MAX];
	struct opcit_buf what = OPCIT_BUF_INIT;
	size_t n = split(line, &in->to->arena, cells), i;
	bool has_path = false;
	int c;

	in->n_columns = n < CELLS_MAX ? n : CELLS_MAX;
	for (i = 0; i < in->n_columns; i++) {
		for (c = 0; c < OPCIT_COLUMN_COUNT; c++)
			if (opcit_str_ieq(cells[i], opcit_str_of(column_names[c])))
				break;
		in->columns[i] = (enum opcit_column)c;
		has_path |= c == OPCIT_COLUMN_PATH;
		if (c == OPCIT_COLUMN_COUNT && cells[i].len && n > 1) {
			opcit_buf_clear(&what);
			opcit_buf_puts(&what, "unknown column '");
			opcit_path_shown(cells[i], &what);
			opcit_buf_puts(&what, "', passed over");
			fault(in, in->line, what.ptr);
		}
	}
	if (!has_path)
		fault(in, in->line,
		      n == 1 && memchr(line.ptr, ',', line.len)
			      ? "no column 'path'; cells are separated by tabs, not commas"
			      : "no column 'path' in the header row");
	opcit_buf_release(&what);
	return has_path;
}

/* ---- rows -------------------------------------------------------------------- */

static bool all_digits(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

static int number_of(struct opcit_str s)
{
	return (s.ptr[0] - '0') * 10 + (s.ptr[1] - '0');
}

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(struct opcit_str s)
{
	struct opcit_str month = opcit_str_sub(s, 5, 7), day = opcit_str_sub(s, 8, 10);

	if (s.len != 4 && s.len != 7 && s.len != 10)
		return false;
	if (!all_digits(opcit_str_sub(s, 0, 4)))
		return false;
	if (s.len >= 7 && (s.ptr[4] != '-' || !all_digits(month) || number_of(month) < 1 ||
			   number_of(month) > 12))
		return false;
	return s.len < 10 ||
	       (s.ptr[7] == '-' && all_digits(day) && number_of(day) >= 1 && number_of(day) <= 31);
}

static bool is_type(struct opcit_str s)
{
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		if (opcit_str_is(s, types[i]))
			return true;
	return false;
}

static bool is_lang(struct opcit_str s)
{
	return s.len == 2 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z' && s.ptr[1] >= 'a' &&
	       s.ptr[1] <= 'z';
}

static bool is_utf8(struct opcit_str s)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	bool same;

	opcit_path_utf8(s, &buf);
	same = buf.len == s.len;
	opcit_buf_release(&buf);
	return same;
}

/* What is wrong with a row, or NULL. */
static const char *row_fault(const struct opcit_str *cells)
{
	if (!cells[OPCIT_COLUMN_PATH].len)
		return "no path";
	if (cells[OPCIT_COLUMN_DATE].len && !is_date(cells[OPCIT_COLUMN_DATE]))
		return "the date is not written as 2010-07-21, 2010-07 or 2010";
	if (cells[OPCIT_COLUMN_TYPE].len && !is_type(cells[OPCIT_COLUMN_TYPE]))
		return "the type is none of declaration, resolution, decision, report, note, "
		       "treaty, judgment, other";
	if (cells[OPCIT_COLUMN_LANG].len && !is_lang(cells[OPCIT_COLUMN_LANG]))
		return "the language is not a two-letter code like en";
	return NULL;
}

static void read_row(struct source *in, struct opcit_str line)
{
	struct opcit_manifest_row row = { .manifest = in->path, .line = in->line }, *same;
	struct opcit_str cells[CELLS_MAX];
	struct opcit_buf path = OPCIT_BUF_INIT;
	size_t n, i;
	const char *what;

	if (memchr(line.ptr, '\0', line.len) || !is_utf8(line)) {
		fault(in, in->line, "the row is not UTF-8, left out");
		return;
	}
	n = split(line, &in->to->arena, cells);
	for (i = 0; i < n && i < in->n_columns; i++)
		if (in->columns[i] < OPCIT_COLUMN_COUNT)
			row.cells[in->columns[i]] = cells[i];
	while (i < n && i < CELLS_MAX && !cells[i].len) /* a spreadsheet's empty columns */
		i++;
	what = i < n ? "more cells than the header has columns" : row_fault(row.cells);
	if (!what) {
		opcit_path_absolute(in->folder, row.cells[OPCIT_COLUMN_PATH], &path);
		same = first_row(in->to, opcit_buf_str(&path));
		while (same && (size_t)(same - in->to->rows) < in->first)
			same = next_row(in->to, same->next, opcit_buf_str(&path));
		if (same)
			what = "the file was named in an earlier row";
	}
	if (what) {
		opcit_buf_clear(&path);
		opcit_buf_printf(&path, "%s, row left out", what);
		fault(in, in->line, path.ptr);
	} else {
		row.path = opcit_arena_dup(&in->to->arena, opcit_buf_str(&path));
		add_row(in->to, &row);
	}
	opcit_buf_release(&path);
}

void opcit_manifests_add(struct opcit_manifests *m, struct opcit_str path, struct opcit_str bytes)
{
	struct source in = { .to = m, .first = m->count };
	struct opcit_str line;
	bool header = false;
	size_t at, end;

	in.path = in.folder = opcit_arena_dup(&m->arena, path);
	while (in.folder.len && in.folder.ptr[in.folder.len - 1] != '/')
		in.folder.len--;
	bytes = opcit_arena_dup(&m->arena, bytes);
	if (opcit_str_starts(bytes, "\xFF\xFE") || opcit_str_starts(bytes, "\xFE\xFF")) {
		fault(&in, 0, "it is UTF-16; save it as UTF-8");
		return;
	}
	at = opcit_str_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
	for (; at < bytes.len; at = end + 1) {
		const char *newline = memchr(bytes.ptr + at, '\n', bytes.len - at);

		end = newline ? (size_t)(newline - bytes.ptr) : bytes.len;
		line = opcit_str_sub(bytes, at, end);
		if (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		in.line++;
		if (!opcit_str_trim(line).len)
			continue;
		if (header)
			read_row(&in, line);
		else if (!(header = read_header(&in, line)))
			return;
	}
	if (!header)
		fault(&in, 0, "it is empty");
}
