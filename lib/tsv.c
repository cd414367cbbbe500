#include "tsv.h"

#include <string.h>
#include <utf8proc.h>

#include "file.h"

enum { LARGEST = 64 * 1024 * 1024 };

/* The next line that is neither blank nor a comment, without its end. */
static bool next_line(struct opcit_tsv *tsv, struct opcit_str *line)
{
	const char *newline;
	size_t len;

	while (tsv->rest.len) {
		newline = memchr(tsv->rest.ptr, '\n', tsv->rest.len);
		len = newline ? (size_t)(newline - tsv->rest.ptr) : tsv->rest.len;
		*line = opcit_str_sub(tsv->rest, 0, len);
		tsv->rest = opcit_str_sub(tsv->rest, len + (newline ? 1 : 0), tsv->rest.len);
		tsv->line++;
		if (line->len && line->ptr[line->len - 1] == '\r')
			line->len--;
		if (opcit_str_trim(*line).len && line->ptr[0] != '#')
			return true;
	}
	return false;
}

/* Cut at tabs; the number of cells, OPCIT_TSV_COLUMNS + 1 when too many. */
static size_t cut(struct opcit_str line, struct opcit_str *cell)
{
	const char *tab;
	size_t n = 0, len;

	for (;;) {
		tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
		len = tab ? (size_t)(tab - line.ptr) : line.len;
		if (n == OPCIT_TSV_COLUMNS)
			return n + 1;
		cell[n++] = opcit_str_trim(opcit_str_sub(line, 0, len));
		if (!tab)
			return n;
		line = opcit_str_sub(line, len + 1, line.len);
	}
}

static bool is_utf8(struct opcit_str line)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)line.ptr;
	utf8proc_ssize_t left = (utf8proc_ssize_t)line.len, n;
	utf8proc_int32_t code;

	for (; left > 0; p += n, left -= n) {
		n = *p < 0x80 ? 1 : utf8proc_iterate(p, left, &code);
		if (n <= 0)
			return false;
	}
	return true;
}

opcit_status opcit_tsv_open(struct opcit_tsv *tsv, const char *folder, const char *name,
			    struct opcit_arena *arena, struct opcit_err *err)
{
	struct opcit_str line;
	opcit_status status;

	memset(tsv, 0, sizeof *tsv);
	tsv->path = (char *)opcit_arena_printf(arena, "%s/%s", folder, name).ptr;
	status = opcit_file_read(tsv->path, LARGEST, arena, &tsv->rest, err);
	if (status != OPCIT_OK)
		return status;
	if (opcit_str_starts(tsv->rest, "\xEF\xBB\xBF"))
		tsv->rest = opcit_str_sub(tsv->rest, 3, tsv->rest.len);
	if (next_line(tsv, &line))
		tsv->n_header = cut(line, tsv->header);
	if (tsv->n_header > OPCIT_TSV_COLUMNS)
		return opcit_err_set(err, OPCIT_LIMIT, "cannot read '%s': more than %d columns",
				     tsv->path, OPCIT_TSV_COLUMNS);
	return OPCIT_OK;
}

bool opcit_tsv_next(struct opcit_tsv *tsv)
{
	struct opcit_str line;

	tsv->fault = NULL;
	if (!next_line(tsv, &line))
		return false;
	tsv->n_cells = cut(line, tsv->cell);
	if (!is_utf8(line))
		tsv->fault = "not UTF-8";
	else if (tsv->n_cells > tsv->n_header)
		tsv->fault = "more cells than the header has columns";
	return true;
}

struct opcit_str opcit_tsv_get(const struct opcit_tsv *tsv, const char *column)
{
	size_t i;

	for (i = 0; i < tsv->n_header && i < tsv->n_cells; i++)
		if (opcit_str_is(tsv->header[i], column))
			return tsv->cell[i];
	return (struct opcit_str){ NULL, 0 };
}
