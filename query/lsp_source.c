#include "lsp_source.h"

#include <string.h>

#include "../lib/file.h"

enum { LARGEST = 32 << 20, COMPARED = 40 };

void lsp_source_release(struct lsp_source *source)
{
	opcit_buf_release(&source->path);
	opcit_buf_release(&source->bytes);
	source->there = false;
}

static void load(struct lsp_source *source, struct opcit_str path)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str bytes;
	opcit_status status;

	if (source->path.len && opcit_str_eq(opcit_buf_str(&source->path), path))
		return;
	lsp_source_release(source);
	opcit_buf_add_str(&source->path, path);
	status = opcit_file_read(source->path.ptr ? source->path.ptr : "", LARGEST, &arena, &bytes, NULL);
	source->there = status == OPCIT_OK || status == OPCIT_LIMIT;
	/* what has zero bytes is no text */
	if (status == OPCIT_OK && !memchr(bytes.ptr, '\0', bytes.len))
		opcit_buf_add_str(&source->bytes, bytes);
	opcit_arena_release(&arena);
}

/* Do the first characters of `text` stand at p, whatever the blanks and the marks
 * of Markdown between them? */
static bool stands(const char *p, const char *end, struct opcit_str text)
{
	size_t i = 0, same = 0;

	while (i < text.len && same < COMPARED) {
		if (opcit_is_blank(text.ptr[i])) {
			i++;
		} else if (p < end && *p == text.ptr[i]) {
			p++, i++, same++;
		} else if (p < end && (opcit_is_blank(*p) || memchr("*_>#\\", *p, 5))) {
			p++;
		} else {
			return false;
		}
	}
	return same > 0;
}

/* Is the label, or its last letter, printed before it on its line? */
static bool labelled(const char *start, const char *at, struct opcit_str label)
{
	const char *line = at;

	while (line > start && line[-1] != '\n')
		line--;
	if (label.len > 2 && label.ptr[label.len - 1] == ')') {
		size_t from = label.len - 1;

		while (from && label.ptr[from - 1] != '(')
			from--;
		label = opcit_str_sub(label, from, label.len - 1);
	}
	return label.len == 0 || memmem(line, (size_t)(at - line), label.ptr, label.len);
}

enum lsp_source_result lsp_source_find(struct lsp_source *source, struct opcit_str path,
				       const struct opcit_record *record, size_t *line)
{
	const char *start, *end, *at, *found = NULL;
	struct opcit_str text = opcit_str_trim(record->text);

	load(source, path);
	if (!source->there)
		return LSP_SOURCE_NONE;
	if (!source->bytes.len)
		return LSP_SOURCE_OTHER;
	start = source->bytes.ptr;
	end = start + source->bytes.len;
	for (at = start; text.len && at && at < end; at++) {
		at = memchr(at, text.ptr[0], (size_t)(end - at));
		if (!at)
			break;
		if (!stands(at, end, text) || (found && !labelled(start, at, record->label)))
			continue;
		found = at;
		if (labelled(start, at, record->label))
			break;
	}
	if (!found)
		return LSP_SOURCE_OTHER;
	for (*line = 0, at = start; at < found; at++)
		*line += *at == '\n';
	return LSP_SOURCE_FOUND;
}
