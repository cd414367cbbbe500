/* score.c: hold an export of the index against records and references that a
 * person annotated. README.md beside this file describes the annotations.
 *
 *   score records GOLD EXPORT              a line a document: name, records F1, kind, section
 *   score citations GOLD EXPORT [NAMES...] a line a document: name, citations F1
 *
 * The last line is called "all". -v before the rest adds what differs. The
 * two agree on a record when its label and its text are equal.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct counts {
	size_t gold, found, equal; /* records or references */
	size_t kind, section;      /* of the equal ones */
};

static bool verbose;

static void die(const char *what, const char *subject)
{
	fprintf(stderr, "score: %s '%s'\n", what, subject);
	exit(2);
}

/* ---- text ------------------------------------------------------------------ */

static bool is_space(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return (c >= '\t' && c <= '\r') || category == UTF8PROC_CATEGORY_ZS ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/* A normal form: composed, each run of white space replaced by `gap`. */
static char *normal(const char *text, int options, const char *gap)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
					  UTF8PROC_NULLTERM | UTF8PROC_STABLE |
						  UTF8PROC_COMPOSE | options);
	utf8proc_ssize_t at = 0;
	char *out, *end;
	bool wide = false;

	if (n < 0)
		die("not UTF-8:", text);
	out = end = malloc((size_t)n * 2 + 1);
	while (at < n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len = utf8proc_iterate(mapped + at, n - at, &c);

		if (is_space(c)) {
			wide = end != out;
		} else {
			if (wide)
				end = stpcpy(end, gap);
			wide = false;
			end = (char *)memcpy(end, mapped + at, (size_t)len) + len;
		}
		at += len;
	}
	*end = '\0';
	free(mapped);
	return out;
}

static char *squashed(const char *text)
{
	return normal(text, 0, " ");
}

/* How two spellings of an identifier are compared. */
static char *folded(const char *name)
{
	return normal(name, UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, "");
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Several strings as one key of a JSON object, which serves as a hash table. */
static char *key_of(const char *a, const char *b, const char *c)
{
	char *key;

	if (asprintf(&key, "%s\x1f%s\x1f%s", a, b, c) < 0)
		abort();
	return key;
}

/* ---- files ------------------------------------------------------------------ */

/* The objects of a JSON Lines file, as an array. */
static json_t *read_lines(const char *path)
{
	FILE *f = fopen(path, "r");
	json_t *all = json_array();
	char *line = NULL;
	size_t cap = 0;

	if (!f)
		die("cannot read", path);
	while (getline(&line, &cap, f) > 0) {
		json_t *o;

		if (line[strspn(line, " \t\r\n")] == '\0')
			continue;
		o = json_loads(line, 0, NULL);
		if (!o)
			die("a line is not JSON in", path);
		json_array_append_new(all, o);
	}
	free(line);
	fclose(f);
	return all;
}

static json_t *read_gold(const char *folder, const char *name, const char *what)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s.%s.jsonl", folder, name, what);
	return read_lines(path);
}

/* The export's records by document: its source's base name up to the first dot. */
static json_t *by_document(const char *path)
{
	json_t *lines = read_lines(path), *documents = json_object(), *o;
	size_t i;

	json_array_foreach(lines, i, o) {
		const char *source = text_of(o, "source"), *slash = strrchr(source, '/');
		char *name = strdup(slash ? slash + 1 : source);
		json_t *records;

		name[strcspn(name, ".")] = '\0';
		records = json_object_get(documents, name);
		if (!records) {
			records = json_array();
			json_object_set_new(documents, name, records);
		}
		json_array_append(records, o);
		free(name);
	}
	json_decref(lines);
	return documents;
}

static int is_records_file(const struct dirent *entry)
{
	const char *dot = strchr(entry->d_name, '.');

	return dot && strcmp(dot, ".paragraphs.jsonl") == 0;
}

/* ---- records ------------------------------------------------------------------ */

/* For each gold record the index of the equal record of the export, or -1;
 * the first come is the first served. The caller frees it. */
static long *align(const json_t *gold, const json_t *found)
{
	long *pairs = malloc((json_array_size(gold) + 1) * sizeof *pairs);
	json_t *pool = json_object(), *o;
	size_t i;

	json_array_foreach(found, i, o) {
		char *text = squashed(text_of(o, "text"));
		char *key = key_of(text_of(o, "label"), text, "");
		json_t *queue = json_object_get(pool, key);

		if (!queue) {
			queue = json_array();
			json_object_set_new(pool, key, queue);
		}
		json_array_append_new(queue, json_integer((json_int_t)i));
		free(text);
		free(key);
	}
	json_array_foreach(gold, i, o) {
		char *text = squashed(text_of(o, "text"));
		char *key = key_of(text_of(o, "label"), text, "");
		json_t *queue = json_object_get(pool, key);

		pairs[i] = -1;
		if (json_array_size(queue)) {
			pairs[i] = (long)json_integer_value(json_array_get(queue, 0));
			json_array_remove(queue, 0);
		} else if (verbose) {
			printf("  missing %s [%s] %.100s\n", text_of(o, "kind"),
			       text_of(o, "label"), text_of(o, "text"));
		}
		free(text);
		free(key);
	}
	json_decref(pool);
	return pairs;
}

static bool same_section(const json_t *a, const json_t *b)
{
	size_t i, n = json_array_size(a);
	bool same = json_array_size(b) == n;

	for (i = 0; i < n && same; i++) {
		char *x = squashed(json_string_value(json_array_get(a, i)));
		char *y = squashed(json_string_value(json_array_get(b, i)));

		same = strcmp(x, y) == 0;
		free(x);
		free(y);
	}
	return same;
}

static void show_extra(const json_t *found, const long *pairs, size_t n)
{
	json_t *o;
	size_t i, j;

	json_array_foreach(found, j, o) {
		for (i = 0; i < n && pairs[i] != (long)j; i++)
			;
		if (i == n)
			printf("  extra   %s [%s] %.100s\n", text_of(o, "kind"),
			       text_of(o, "label"), text_of(o, "text"));
	}
}

static struct counts score_records(const char *folder, const char *name, const json_t *found)
{
	json_t *gold = read_gold(folder, name, "paragraphs"), *g;
	struct counts c = { json_array_size(gold), json_array_size(found), 0, 0, 0 };
	long *pairs = align(gold, found);
	size_t i;

	json_array_foreach(gold, i, g) {
		const json_t *f = pairs[i] < 0 ? NULL : json_array_get(found, (size_t)pairs[i]);
		bool kind, section;

		if (!f)
			continue;
		kind = strcmp(text_of(g, "kind"), text_of(f, "kind")) == 0;
		section = same_section(json_object_get(g, "section"), json_object_get(f, "section"));
		c.equal++;
		c.kind += kind;
		c.section += section;
		if (verbose && (!kind || !section))
			printf("  %s %s, not %s [%s] %.80s\n", kind ? "section of" : "kind",
			       text_of(f, "kind"), text_of(g, "kind"), text_of(g, "label"),
			       text_of(g, "text"));
	}
	if (verbose)
		show_extra(found, pairs, c.gold);
	free(pairs);
	json_decref(gold);
	return c;
}

/* ---- citations ------------------------------------------------------------------ */

/* Names of named instruments to their identifier, both folded. A table's row
 * is identifier, full name, other names between semicolons ("fr:" before a
 * name tells its language). Where two tables differ the first is right. */
static void read_names(json_t *names, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0;

	if (!f)
		die("cannot read", path);
	while (getline(&line, &cap, f) > 0) {
		char *id, *rest = line, *name;
		const char *known;
		size_t column = 0;

		line[strcspn(line, "\r\n")] = '\0';
		if (*line == '#' || !*line)
			continue;
		id = folded(strsep(&rest, "\t"));
		known = json_string_value(json_object_get(names, id));
		if (known) {
			free(id);
			id = strdup(known);
		}
		json_object_set_new(names, id, json_string(id));
		while (rest && column++ < 2) {
			char *cell = strsep(&rest, "\t");

			while ((name = strsep(&cell, ";"))) {
				bool tagged = strlen(name) > 3 && name[2] == ':';
				char *key = folded(name + (tagged ? 3 : 0));

				if (*key && !json_object_get(names, key))
					json_object_set_new(names, key, json_string(id));
				free(key);
			}
		}
		free(id);
	}
	free(line);
	fclose(f);
}

struct references {
	json_t *names;
	json_t *need;     /* record, target, pinpoint: must be found; once found it is false */
	json_t *free;     /* record, target: either way is right */
	json_t *pinned;   /* record, target: some pinpoint of it must be found */
};

static char *target_of(const struct references *r, const json_t *cite)
{
	char *key = folded(text_of(cite, "target"));
	const char *id = json_string_value(json_object_get(r->names, key));

	if (id) {
		free(key);
		key = strdup(id);
	}
	return key;
}

static void want(struct references *r, json_t *cite)
{
	const json_t *pinpoints = json_object_get(cite, "pinpoints");
	bool required = json_is_true(json_object_get(cite, "required"));
	char *target = target_of(r, cite), seq[32], *mention;
	size_t i, n = json_array_size(pinpoints);

	snprintf(seq, sizeof seq, "%lld", (long long)json_integer_value(json_object_get(cite, "seq")));
	mention = key_of(seq, target, "");
	if (!required)
		json_object_set_new(r->free, mention, json_true());
	else if (n)
		json_object_set_new(r->pinned, mention, json_true());
	for (i = 0; required && i < (n ? n : 1); i++) {
		char *key = n ? key_of(seq, target, json_string_value(json_array_get(pinpoints, i))) :
				strdup(mention);

		json_object_set(r->need, key, cite);
		free(key);
	}
	free(mention);
	free(target);
}

/* One reference with one pinpoint ("" for none) that the program found. */
static void judge(struct references *r, json_t *seen, const char *seq, const json_t *cite,
                  const char *pinpoint, struct counts *c)
{
	char *target = target_of(r, cite);
	char *mention = key_of(seq, target, ""), *key = key_of(seq, target, pinpoint);

	if (!json_object_get(seen, key)) {
		json_object_set_new(seen, key, json_true());
		if (json_object_get(r->need, key)) {
			c->equal++;
			c->found++;
		} else if (!json_object_get(r->free, mention) &&
			   (*pinpoint || !json_object_get(r->pinned, mention))) {
			c->found++;
			if (verbose)
				printf("  wrong   record %s: %s %s <- %s\n", seq,
				       text_of(cite, "target"), pinpoint, text_of(cite, "raw"));
		}
	}
	free(key);
	free(mention);
	free(target);
}

static void judge_record(struct references *r, json_t *seen, const char *seq,
                         const json_t *record, struct counts *c)
{
	const json_t *cite;
	size_t i, j;

	json_array_foreach(json_object_get(record, "cites"), i, cite) {
		const json_t *pinpoints = json_object_get(cite, "pinpoints");

		if (!json_array_size(pinpoints))
			judge(r, seen, seq, cite, "", c);
		for (j = 0; j < json_array_size(pinpoints); j++)
			judge(r, seen, seq, cite, json_string_value(json_array_get(pinpoints, j)), c);
	}
}

static struct counts score_citations(const char *folder, const char *name, const json_t *found,
                                     json_t *names)
{
	struct references r = { names, json_object(), json_object(), json_object() };
	json_t *gold = read_gold(folder, name, "paragraphs"), *seen = json_object(), *o;
	json_t *cites = read_gold(folder, name, "citations");
	struct counts c = { 0, 0, 0, 0, 0 };
	bool loud = verbose;
	long *pairs, *seq_of;
	const char *key;
	size_t i;

	verbose = false; /* that records differ is the other command's to say */
	pairs = align(gold, found);
	verbose = loud;
	json_array_foreach(cites, i, o)
		want(&r, o);
	c.gold = json_object_size(r.need);
	seq_of = calloc(json_array_size(found) + 1, sizeof *seq_of);
	json_array_foreach(gold, i, o)
		if (pairs[i] >= 0)
			seq_of[pairs[i]] = (long)json_integer_value(json_object_get(o, "seq"));
	json_array_foreach(found, i, o) {
		char seq[32];

		/* a record that is in no gold has a number of its own */
		snprintf(seq, sizeof seq, "%ld", seq_of[i] ? seq_of[i] : -1 - (long)i);
		judge_record(&r, seen, seq, o, &c);
	}
	json_object_foreach(r.need, key, o)
		if (verbose && !json_object_get(seen, key))
			printf("  missing record %lld: %s <- %s\n",
			       (long long)json_integer_value(json_object_get(o, "seq")),
			       text_of(o, "target"), text_of(o, "raw"));
	free(pairs);
	free(seq_of);
	json_decref(gold);
	json_decref(cites);
	json_decref(seen);
	json_decref(r.need);
	json_decref(r.free);
	json_decref(r.pinned);
	return c;
}

/* ---- the whole -------------------------------------------------------------------- */

/* A part of a whole; nothing expected and nothing found is right. */
static double part(size_t some, size_t all)
{
	return all ? (double)some / (double)all : 1.0;
}

static void print_counts(const char *name, const struct counts *c, bool records)
{
	double f1 = part(2 * c->equal, c->gold + c->found);

	if (records)
		printf("%s %.4f %.4f %.4f\n", name, f1, part(c->kind, c->equal),
		       part(c->section, c->equal));
	else
		printf("%s %.4f\n", name, f1);
}

int main(int argc, char **argv)
{
	struct counts all = { 0, 0, 0, 0, 0 };
	json_t *documents, *names = json_object(), *empty = json_array();
	struct dirent **files;
	bool records;
	int i, n;

	if (argc > 1 && strcmp(argv[1], "-v") == 0) {
		verbose = true;
		argv++;
		argc--;
	}
	if (argc < 4 || (strcmp(argv[1], "records") && strcmp(argv[1], "citations"))) {
		fputs("usage: score [-v] records|citations GOLD EXPORT [NAMES...]\n", stderr);
		return 2;
	}
	records = strcmp(argv[1], "records") == 0;
	documents = by_document(argv[3]);
	for (i = 4; i < argc; i++)
		read_names(names, argv[i]);
	n = scandir(argv[2], &files, is_records_file, alphasort);
	if (n <= 0)
		die("no *.paragraphs.jsonl in", argv[2]);
	for (i = 0; i < n; i++) {
		char *name = files[i]->d_name;
		const json_t *found;
		struct counts c;

		name[strcspn(name, ".")] = '\0';
		found = json_object_get(documents, name);
		c = records ? score_records(argv[2], name, found ? found : empty) :
			      score_citations(argv[2], name, found ? found : empty, names);
		print_counts(name, &c, records);
		all.gold += c.gold;
		all.found += c.found;
		all.equal += c.equal;
		all.kind += c.kind;
		all.section += c.section;
		free(files[i]);
	}
	free(files);
	print_counts("all", &all, records);
	json_decref(documents);
	json_decref(names);
	json_decref(empty);
	return 0;
}
