/* versions.c: see versions.h. */
#include "versions.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/* A file while they are grouped. */
struct file {
	struct opcit_str key; /* of its identifier */
	struct opcit_entry *entry;
	size_t at;            /* its place among the files */
	bool first;
};

static int by_document(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	int order = opcit_str_cmp(x->key, y->key);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static int by_turn(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	return x->first != y->first ? (x->first ? -1 : 1) : (x->at > y->at) - (x->at < y->at);
}

/* The language in which the files of one document are to be seen. */
static struct opcit_str best_lang(const struct file *files, size_t n, struct opcit_str lang)
{
	struct opcit_str best = { NULL, 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		struct opcit_str own = files[i].entry->doc.lang;

		if (lang.len && opcit_str_eq(own, lang))
			return lang;
		if (!best.len || opcit_str_is(own, "en"))
			best = own;
	}
	return best;
}

static void choose_of_one(struct file *files, size_t n, struct opcit_str lang)
{
	struct opcit_str best = best_lang(files, n, lang);
	size_t i;

	for (i = 0; i < n; i++)
		files[i].first = !files[i].entry->doc.lang.len || opcit_str_eq(files[i].entry->doc.lang, best);
}

size_t opcit_versions_choose(struct opcit_entry *entries, size_t n, struct opcit_str lang)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_entry *copy;
	struct file *files;
	size_t i, end, first = 0;

	if (n < 2)
		return n;
	files = opcit_arena_alloc(&arena, n * sizeof *files);
	copy = opcit_arena_alloc(&arena, n * sizeof *copy);
	memcpy(copy, entries, n * sizeof *copy);
	for (i = 0; i < n; i++)
		files[i] = (struct file){ opcit_text_key_in(copy[i].doc.id, &arena), &copy[i], i, true };
	qsort(files, n, sizeof *files, by_document);
	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n && opcit_str_eq(files[end].key, files[i].key);)
			end++;
		choose_of_one(files + i, end - i, lang);
	}
	qsort(files, n, sizeof *files, by_turn);
	for (i = 0; i < n; i++) {
		entries[i] = *files[i].entry;
		first += files[i].first;
	}
	opcit_arena_release(&arena);
	return first;
}

/* All files of the entry's document, whatever their language. */
static opcit_status find_all(struct opcit_index *index, const struct opcit_entry *entry, struct opcit_arena *arena,
			     struct opcit_entry **entries, size_t *n, struct opcit_err *err)
{
	opcit_status status = opcit_index_find(index, entry->doc.id, arena, entries, n, err);
	struct opcit_str key = opcit_text_key_in(entry->doc.id, arena);
	size_t i, kept = 0;

	if (status != OPCIT_OK)
		*n = 0;
	for (i = 0; i < *n; i++) /* the name may be another document's title */
		if (opcit_str_eq(opcit_text_key_in((*entries)[i].doc.id, arena), key))
			(*entries)[kept++] = (*entries)[i];
	*n = kept;
	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

opcit_status opcit_versions_others(struct opcit_index *index, const struct opcit_entry *entry,
				   struct opcit_arena *arena, struct opcit_entry **others, size_t *n,
				   struct opcit_err *err)
{
	opcit_status status = find_all(index, entry, arena, others, n, err);
	size_t i, kept = 0;

	for (i = 0; i < *n; i++) {
		struct opcit_str lang = (*others)[i].doc.lang;

		if (lang.len && entry->doc.lang.len && !opcit_str_eq(lang, entry->doc.lang))
			(*others)[kept++] = (*others)[i];
	}
	*n = kept;
	return status;
}

bool opcit_versions_is_first(struct opcit_index *index, const struct opcit_entry *entry, struct opcit_str lang)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_entry *entries;
	size_t n, i, first;
	bool found = true;

	if (find_all(index, entry, &arena, &entries, &n, NULL) == OPCIT_OK && n > 1) {
		first = opcit_versions_choose(entries, n, lang);
		for (i = first; i < n; i++)
			found = found && entries[i].number != entry->number;
	}
	opcit_arena_release(&arena);
	return found;
}

void opcit_versions_langs(const struct opcit_entry *entries, size_t n, struct opcit_buf *out)
{
	size_t i, k, named = 0;

	for (i = 0; i < n; i++) {
		for (k = 0; k < i && !opcit_str_eq(entries[k].doc.lang, entries[i].doc.lang);)
			k++;
		if (k == i && entries[i].doc.lang.len)
			opcit_buf_printf(out, "%s%.*s", named++ ? ", " : "", OPCIT_FMT(entries[i].doc.lang));
	}
}
