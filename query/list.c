/* list.c: `opcit list`. */
#include <stdlib.h>
#include <string.h>

#include "../lib/text.h"
#include "../lib/versions.h"
#include "advise.h"
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"

static const char about[] =
	"List the documents in the index: identifier, date, type, body, number of\n"
	"records and title, sorted by identifier. With words, only the documents whose\n"
	"identifier, title, body or path holds each of them. Files that hold one document\n"
	"in several languages are one of the list.\n";

static const char examples[] =
	"Examples:\n"
	"  opcit list\n"
	"  opcit list --type resolution security council\n"
	"  opcit list --json\n"
	"\n"
	"Exit codes: 0 done, 1 no such document, 3 no readable index, 4 it is damaged.\n";

struct list {
	struct db_option db;
	const char *type;
	bool json;
};

static int by_id(const void *a, const void *b)
{
	const struct opcit_entry *x = a, *y = b;
	int order = opcit_str_cmp(x->doc.id, y->doc.id);

	return order ? order : opcit_str_cmp(x->doc.source, y->doc.source);
}

/* A document, and the files that hold it in other languages. */
struct listed {
	const struct opcit_doc *doc;
	const struct opcit_entry *others;
	size_t n_others;
};

static json_t *languages_of(const struct listed *item)
{
	json_t *languages = json_array();
	size_t i, k;

	if (item->doc->lang.len)
		json_array_append_new(languages, json_text(item->doc->lang));
	for (i = 0; i < item->n_others; i++) {
		for (k = 0; k < i && !opcit_str_eq(item->others[k].doc.lang, item->others[i].doc.lang);)
			k++;
		if (k == i)
			json_array_append_new(languages, json_text(item->others[i].doc.lang));
	}
	return languages;
}

static json_t *versions_of(const struct listed *item)
{
	json_t *versions = json_array();
	size_t i;

	for (i = 0; i < item->n_others; i++) {
		const struct opcit_doc *doc = &item->others[i].doc;
		json_t *o = json_object();

		json_object_set_new(o, "lang", json_text(doc->lang));
		json_object_set_new(o, "title", json_text(doc->title));
		json_object_set_new(o, "source", json_text(doc->source));
		json_object_set_new(o, "url", json_text(doc->url));
		json_object_set_new(o, "records", json_integer(doc->n_records));
		json_array_append_new(versions, o);
	}
	return versions;
}

static void print_json(const struct listed *item)
{
	const struct opcit_doc *doc = item->doc;
	json_t *o = json_object();

	json_object_set_new(o, "v", json_integer(1));
	json_object_set_new(o, "doc", json_text(doc->id));
	json_object_set_new(o, "symbol", json_text(doc->symbol));
	json_object_set_new(o, "title", json_text(doc->title));
	json_object_set_new(o, "body", json_text(doc->body));
	json_object_set_new(o, "type", json_text(doc->type));
	json_object_set_new(o, "date", json_text(doc->date));
	json_object_set_new(o, "session", json_text(doc->session));
	json_object_set_new(o, "lang", json_text(doc->lang));
	json_object_set_new(o, "source", json_text(doc->source));
	json_object_set_new(o, "url", json_text(doc->url));
	json_object_set_new(o, "records", json_integer(doc->n_records));
	json_object_set_new(o, "languages", languages_of(item));
	json_object_set_new(o, "versions", versions_of(item));
	json_print(o, stdout);
}

static void print_line(const struct listed *item)
{
	const struct opcit_doc *doc = item->doc;
	struct opcit_buf others = OPCIT_BUF_INIT;

	opcit_versions_langs(item->others, item->n_others, &others);
	output_colour(STRONG);
	output_text(doc->id);
	output_colour(PLAIN);
	fputs("\n    ", stdout);
	output_colour(DIM);
	printf("%.*s%s%.*s%s%.*s%s%lu records", OPCIT_FMT(doc->date), doc->date.len ? ", " : "",
	       OPCIT_FMT(doc->type), doc->type.len ? ", " : "", OPCIT_FMT(doc->body),
	       doc->body.len ? ", " : "", (unsigned long)doc->n_records);
	if (others.len)
		printf(", in %.*s, also in %s", OPCIT_FMT(doc->lang), others.ptr);
	output_colour(PLAIN);
	putchar('\n');
	if (doc->title.len && !opcit_str_eq(doc->title, doc->id))
		output_wrapped(doc->title, 4, NULL, 0);
	opcit_buf_release(&others);
}

static bool holds(struct opcit_str haystack, struct opcit_str key)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	bool found;

	opcit_text_key(haystack, &buf);
	found = buf.len && memmem(buf.ptr, buf.len, key.ptr, key.len) != NULL;
	opcit_buf_release(&buf);
	return found;
}

static bool is_wanted(const struct list *list, const struct opcit_doc *doc, int argc, char **argv)
{
	int i;

	if (list->type && !opcit_str_ieq(doc->type, opcit_str_of(list->type)))
		return false;
	for (i = 1; i <= argc; i++) {
		struct opcit_buf key = OPCIT_BUF_INIT;
		struct opcit_str word;
		bool found;

		opcit_text_key(opcit_str_of(argv[i]), &key);
		word = opcit_buf_str(&key);
		found = word.len == 0 || holds(doc->id, word) || holds(doc->title, word) ||
			holds(doc->body, word) || holds(doc->source, word);
		opcit_buf_release(&key);
		if (!found)
			return false;
	}
	return true;
}

/* Whether a version of the document in any language is wanted. */
static bool is_any_wanted(const struct list *list, const struct listed *item, int argc, char **argv)
{
	size_t i;

	for (i = 0; i < item->n_others; i++)
		if (is_wanted(list, &item->others[i].doc, argc, argv))
			return true;
	return is_wanted(list, item->doc, argc, argv);
}

static int print_list(const struct list *list, struct opcit_index *index, struct opcit_arena *arena,
		      int argc, char **argv)
{
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_entry *entries;
	size_t i, n, first, at, shown = 0;

	if (opcit_index_entries(index, arena, &entries, &n, &err) != OPCIT_OK)
		return output_error(&err);
	first = opcit_versions_choose(entries, n, OPCIT_STR(""));
	if (n) {
		qsort(entries, first, sizeof *entries, by_id);
		qsort(entries + first, n - first, sizeof *entries, by_id);
	}
	if (!list->json)
		output_start();
	for (i = 0, at = first; i < first; i++) {
		struct listed item = { &entries[i].doc, NULL, 0 };

		while (at < n && opcit_str_cmp(entries[at].doc.id, item.doc->id) < 0)
			at++;
		item.others = entries + at;
		while (at + item.n_others < n && opcit_str_eq(entries[at + item.n_others].doc.id, item.doc->id))
			item.n_others++;
		if (!is_any_wanted(list, &item, argc, argv))
			continue;
		shown++;
		if (list->json)
			print_json(&item);
		else
			print_line(&item);
	}
	if (shown == 0 && n && list->type)
		advise_filters(index, &(struct filter_list){ { { "type", list->type } }, 1 }, arena);
	if (shown == 0)
		fputs(n ? "opcit: no such document in the index\n" : "opcit: the index is empty\n",
		      stderr);
	return output_finish(shown || (n == 0 && argc == 0) ? EXIT_DONE : EXIT_NOTHING);
}

int cmd_list(int argc, char **argv)
{
	struct list list = { .json = false };
	const struct option options[] = {
		{ "type", 0, OPTION_TEXT, &list.type, "TYPE", "only documents of this type" },
		{ "json", 0, OPTION_FLAG, &list.json, NULL, "one JSON object a line" },
		OPTION_ROW_DB(&list.db),
	};
	const struct usage usage = { "opcit list [OPTIONS] [WORD...]", about, examples, options,
				     sizeof options / sizeof *options };
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_index *index;
	int code, n = options_parse(&usage, argc, argv, &code);

	if (n < 0)
		return code;
	index = output_open_index(list.db, &code);
	if (!index)
		return code;
	code = print_list(&list, index, &arena, n, argv);
	opcit_arena_release(&arena);
	opcit_index_close(index);
	return code;
}
