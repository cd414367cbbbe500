/* saved_store.c: the files of saved searches; see saved.h. */
#include "saved.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/paths.h"
#include "../lib/text.h"

/* ---- names and places ---------------------------------------------------- */

opcit_status saved_check(const char *name, struct opcit_err *err)
{
	const char *fault = NULL;
	const char *p;

	if (!*name)
		fault = "the name of a search is empty";
	else if (*name == '.' || *name == '-')
		fault = "the name of a search may not begin with a dot or a dash";
	else if (strchr(name, '/'))
		fault = "the name of a search is no path: it may not hold a slash";
	else if (strlen(name) > SAVED_LONGEST_NAME)
		fault = "the name of a search has at most 64 bytes";
	for (p = name; !fault && *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			fault = "the name of a search may not hold control characters";
	return fault ? opcit_err_set(err, OPCIT_USAGE, "%s", fault) : OPCIT_OK;
}

typedef opcit_status path_fn(opcit_getenv_fn *env, struct opcit_buf *path);

/* Append the folder of searches below what `base` gives. */
static opcit_status folder_path(path_fn *base, struct opcit_buf *path, struct opcit_err *err)
{
	if (base(getenv, path) != OPCIT_OK) {
		opcit_err_set(err, OPCIT_USAGE, "there is no place for saved searches: HOME is not set");
		opcit_err_hint(err, "set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME");
		return OPCIT_USAGE;
	}
	opcit_buf_puts(path, "/searches");
	return OPCIT_OK;
}

static opcit_status file_path(path_fn *base, const char *name, struct opcit_buf *path,
			      struct opcit_err *err)
{
	opcit_status status = saved_check(name, err);

	if (status == OPCIT_OK)
		status = folder_path(base, path, err);
	if (status == OPCIT_OK)
		opcit_buf_printf(path, "/%s", name);
	return status;
}

static opcit_status cannot(const char *what, const char *path, struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

/* Make the folders above a file; only their owner may look into them. Returns
 * why the first could not be made, or 0; it shows when the file is made. */
static int make_folders(char *path)
{
	char *slash;
	int denied = 0;

	for (slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST && !denied)
			denied = errno;
		*slash = '/';
	}
	return denied;
}

/* Put bytes into a file in one step: under another name, then renamed. */
static opcit_status replace(struct opcit_buf *path, struct opcit_str bytes, struct opcit_err *err)
{
	struct opcit_buf other = OPCIT_BUF_INIT;
	char *slash = strrchr(path->ptr, '/');
	opcit_status status = OPCIT_OK;
	int fd, denied;

	denied = make_folders(path->ptr);
	opcit_buf_printf(&other, "%.*s/.%s.XXXXXX", (int)(slash - path->ptr), path->ptr, slash + 1);
	fd = mkstemp(other.ptr);
	if (fd < 0 && errno == ENOENT) {
		errno = denied; /* what the missing folder is due to */
		*slash = '\0';
		status = cannot("make the folder", path->ptr, err);
		*slash = '/';
	} else if (fd < 0) {
		status = cannot("write", path->ptr, err);
	} else {
		bool good = opcit_file_write(fd, bytes) && fsync(fd) == 0;

		good = close(fd) == 0 && good;
		if (!good || rename(other.ptr, path->ptr) != 0) {
			status = cannot("write", path->ptr, err);
			unlink(other.ptr);
		}
	}
	opcit_buf_release(&other);
	return status;
}

/* ---- searches ------------------------------------------------------------ */

const char *saved_name(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--saved") == 0)
			return i + 1 < argc ? argv[i + 1] : NULL;
		if (strncmp(argv[i], "--saved=", 8) == 0)
			return argv[i] + 8;
	}
	return NULL;
}

static opcit_status not_saved(const char *name, struct opcit_err *err)
{
	opcit_err_set(err, OPCIT_NOT_FOUND, "no search is saved as '%s'", name);
	opcit_err_hint(err, "`opcit saved` lists those that are");
	return OPCIT_NOT_FOUND;
}

static opcit_status split(const char *name, struct opcit_str rest, struct opcit_arena *arena,
			  int *argc, char ***argv, struct opcit_err *err)
{
	char **all = opcit_arena_calloc(arena, (SAVED_MOST_ARGUMENTS + 2) * sizeof *all);
	bool options = true; /* until "--" */
	int n = 0;

	all[n++] = (char *)opcit_arena_dup(arena, OPCIT_STR("search")).ptr;
	while (rest.len) {
		const char *end = memchr(rest.ptr, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
		struct opcit_str line = opcit_str_trim(opcit_str_sub(rest, 0, len));

		rest = opcit_str_sub(rest, len + 1, rest.len);
		options = options && !opcit_str_is(line, "--");
		if (options && (opcit_str_starts(line, "--save") || opcit_str_is(line, "--new")))
			return opcit_err_set(err, OPCIT_DAMAGED,
					     "the saved search '%s' may not hold '%.*s'", name,
					     (int)(line.len < 80 ? line.len : 80), line.ptr);
		if (n > SAVED_MOST_ARGUMENTS || (line.len && memchr(line.ptr, '\0', line.len)))
			return opcit_err_set(err, OPCIT_DAMAGED,
					     "the saved search '%s' is no list of arguments", name);
		if (line.len)
			all[n++] = (char *)opcit_arena_dup(arena, line).ptr;
	}
	*argc = n;
	*argv = all;
	return OPCIT_OK;
}

opcit_status saved_read(const char *name, struct opcit_arena *arena, int *argc, char ***argv,
			struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_str text;
	opcit_status status = file_path(opcit_path_config, name, &path, err);

	if (status == OPCIT_OK)
		status = opcit_file_read(path.ptr, SAVED_LARGEST, arena, &text, err);
	if (status == OPCIT_OK)
		status = split(name, text, arena, argc, argv, err);
	else if (status == OPCIT_NOT_FOUND)
		not_saved(name, err);
	if (status == OPCIT_DAMAGED || status == OPCIT_LIMIT)
		opcit_err_hint(err, "mend '%s', or `opcit saved --delete '%s'`", path.ptr, name);
	opcit_buf_release(&path);
	return status;
}

opcit_status saved_is_free(const char *name, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	opcit_status status = file_path(opcit_path_config, name, &path, err);

	if (status == OPCIT_OK && access(path.ptr, F_OK) == 0) {
		status = opcit_err_set(err, OPCIT_USAGE, "a search is saved as '%s' already", name);
		opcit_err_hint(err, "choose another name, or `opcit saved --delete '%s'` first", name);
	}
	opcit_buf_release(&path);
	return status;
}

/* One argument a line; a line break inside one is a blank. */
static void add_line(struct opcit_buf *buf, struct opcit_str line)
{
	size_t i;

	for (i = 0; i < line.len; i++)
		opcit_buf_putc(buf, line.ptr[i] == '\n' || line.ptr[i] == '\r' ? ' ' : line.ptr[i]);
	opcit_buf_putc(buf, '\n');
}

opcit_status saved_write(const struct saved_question *question, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT, buf = OPCIT_BUF_INIT, absolute = OPCIT_BUF_INIT;
	opcit_status status = file_path(opcit_path_config, question->name, &path, err);
	char *cwd = question->db && question->db[0] != '/' ? getcwd(NULL, 0) : NULL;
	size_t i;

	if (question->db) {
		opcit_path_absolute(opcit_str_of(cwd ? cwd : "/"), opcit_str_of(question->db),
				    &absolute);
		opcit_buf_puts(&buf, "--db\n");
		add_line(&buf, opcit_buf_str(&absolute));
	}
	for (i = 0; i < question->filters->n; i++) {
		opcit_buf_printf(&buf, "--%s\n", question->filters->items[i].name);
		add_line(&buf, opcit_str_of(question->filters->items[i].value));
	}
	if (question->literal)
		opcit_buf_puts(&buf, "--literal\n");
	if (opcit_str_starts(question->text, "-"))
		opcit_buf_puts(&buf, "--\n");
	if (question->text.len)
		add_line(&buf, question->text);
	if (status == OPCIT_OK && buf.len > SAVED_LARGEST)
		status = opcit_err_set(err, OPCIT_LIMIT, "the search is too long to be saved");
	if (status == OPCIT_OK)
		status = replace(&path, opcit_buf_str(&buf), err);
	free(cwd);
	opcit_buf_release(&path);
	opcit_buf_release(&buf);
	opcit_buf_release(&absolute);
	return status;
}

opcit_status saved_delete(const char *name, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT, seen = OPCIT_BUF_INIT;
	opcit_status status = file_path(opcit_path_config, name, &path, err);

	if (status == OPCIT_OK)
		status = file_path(opcit_path_state, name, &seen, err);
	if (status == OPCIT_OK && unlink(path.ptr) != 0)
		status = errno == ENOENT || errno == ENOTDIR ? not_saved(name, err)
							     : cannot("delete", path.ptr, err);
	if (status == OPCIT_OK && unlink(seen.ptr) != 0 && errno != ENOENT && errno != ENOTDIR)
		status = cannot("delete", seen.ptr, err);
	opcit_buf_release(&path);
	opcit_buf_release(&seen);
	return status;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

opcit_status saved_names(struct opcit_arena *arena, char ***names, size_t *n, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	opcit_status status = folder_path(opcit_path_config, &path, err);
	char **all = NULL;
	size_t cap = 0;
	struct dirent *item;
	DIR *folder;

	*n = 0;
	*names = NULL;
	folder = status == OPCIT_OK ? opendir(path.ptr) : NULL;
	if (status == OPCIT_OK && !folder && errno != ENOENT && errno != ENOTDIR)
		status = cannot("read", path.ptr, err);
	while (folder && (item = readdir(folder)) != NULL) {
		if (saved_check(item->d_name, NULL) != OPCIT_OK)
			continue;
		OPCIT_GROW(all, *n, cap);
		all[(*n)++] = (char *)opcit_arena_dup(arena, opcit_str_of(item->d_name)).ptr;
	}
	if (folder)
		closedir(folder);
	if (*n) {
		qsort(all, *n, sizeof *all, by_name);
		*names = opcit_arena_alloc(arena, *n * sizeof *all);
		memcpy(*names, all, *n * sizeof *all);
	}
	free(all);
	opcit_buf_release(&path);
	return status;
}

/* ---- what was seen ------------------------------------------------------- */

static const char magic[] = "opcit-seen 1\n";
enum { SEEN_LARGEST = 512 << 20, DIGITS = 16 };

void saved_seen_release(struct saved_seen *seen)
{
	free(seen->items);
	memset(seen, 0, sizeof *seen);
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void sort(struct saved_seen *seen)
{
	size_t i, kept = 0;

	if (seen->n)
		qsort(seen->items, seen->n, sizeof *seen->items, by_number);
	for (i = 0; i < seen->n; i++)
		if (!kept || seen->items[i] != seen->items[kept - 1])
			seen->items[kept++] = seen->items[i];
	seen->n = seen->n_sorted = kept;
}

static void add(struct saved_seen *seen, uint64_t number)
{
	OPCIT_GROW(seen->items, seen->n, seen->cap);
	seen->items[seen->n++] = number;
}

static uint64_t mix(uint64_t hash, struct opcit_str text, struct opcit_buf *scratch)
{
	size_t i;

	opcit_buf_clear(scratch);
	opcit_text_key(text, scratch);
	for (i = 0; i < scratch->len; i++)
		hash = (hash ^ (unsigned char)scratch->ptr[i]) * 0x100000001B3u;
	return (hash ^ 0xff) * 0x100000001B3u; /* where it ends counts */
}

/* What a record is, wherever it stands. Its place in the file is left out:
 * one paragraph more before it would make all that follow new. */
static uint64_t identity(const struct opcit_hit *hit, struct opcit_buf *scratch)
{
	uint64_t hash = mix(0xCBF29CE484222325u, hit->entry->doc.id, scratch);

	hash = mix(hash, hit->record.label, scratch);
	return mix(hash, hit->record.text, scratch);
}

static bool read_number(const char *p, uint64_t *number)
{
	int i;

	*number = 0;
	for (i = 0; i < DIGITS; i++) {
		char c = p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		*number = *number << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return p[DIGITS] == '\n';
}

opcit_status saved_seen_read(const char *name, struct saved_seen *seen, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct opcit_str text;
	opcit_status status = file_path(opcit_path_state, name, &path, err);
	size_t at = sizeof magic - 1;
	uint64_t number;

	memset(seen, 0, sizeof *seen);
	if (status == OPCIT_OK)
		status = opcit_file_read(path.ptr, SEEN_LARGEST, &arena, &text, err);
	if (status == OPCIT_OK) {
		bool good = text.len >= at && memcmp(text.ptr, magic, at) == 0 &&
			    (text.len - at) % (DIGITS + 1) == 0;

		for (; good && at < text.len; at += DIGITS + 1) {
			good = read_number(text.ptr + at, &number);
			add(seen, number);
		}
		if (!good) {
			status = opcit_err_set(err, OPCIT_DAMAGED, "'%s' is damaged", path.ptr);
			opcit_err_hint(err, "delete it: then all that the search finds is new once more");
		}
	}
	sort(seen);
	opcit_buf_release(&path);
	opcit_arena_release(&arena);
	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

void saved_only_new(const struct saved_seen *seen, struct opcit_results *results, size_t limit)
{
	struct opcit_buf scratch = OPCIT_BUF_INIT;
	size_t i, kept = 0;

	for (i = 0; i < results->n && kept < limit; i++) {
		uint64_t number = identity(&results->hits[i], &scratch);

		if (!seen->n_sorted || !bsearch(&number, seen->items, seen->n_sorted,
						sizeof *seen->items, by_number))
			results->hits[kept++] = results->hits[i];
	}
	results->n = kept;
	opcit_buf_release(&scratch);
}

void saved_seen_add(struct saved_seen *seen, const struct opcit_results *results)
{
	struct opcit_buf scratch = OPCIT_BUF_INIT;
	size_t i;

	for (i = 0; i < results->n; i++)
		add(seen, identity(&results->hits[i], &scratch));
	opcit_buf_release(&scratch);
}

opcit_status saved_seen_write(const char *name, struct saved_seen *seen, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT, buf = OPCIT_BUF_INIT;
	opcit_status status = file_path(opcit_path_state, name, &path, err);
	size_t i;

	sort(seen);
	opcit_buf_puts(&buf, magic);
	for (i = 0; i < seen->n; i++)
		opcit_buf_printf(&buf, "%016llx\n", (unsigned long long)seen->items[i]);
	if (status == OPCIT_OK)
		status = replace(&path, opcit_buf_str(&buf), err);
	opcit_buf_release(&path);
	opcit_buf_release(&buf);
	return status;
}
