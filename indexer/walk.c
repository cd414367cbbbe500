#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder holds one descriptor while what is below it is walked, so the
 * depth is bounded well below the usual 1,024. */
enum { DEPTH_MAX = 200 };

struct opcit_walk_folder {
	dev_t dev;
	ino_t ino;
	uint32_t next;         /* hash chain of the visited ones: index + 1 */
	struct opcit_str path; /* of a link */
};

struct opcit_stamp opcit_stamp_of(const struct stat *st)
{
	return (struct opcit_stamp){
		.size = (uint64_t)st->st_size,
		.mtime_ns = st->st_mtim.tv_sec * INT64_C(1000000000) + st->st_mtim.tv_nsec,
		.ctime_ns = st->st_ctim.tv_sec * INT64_C(1000000000) + st->st_ctim.tv_nsec,
	};
}

bool opcit_stamp_eq(struct opcit_stamp a, struct opcit_stamp b)
{
	return a.size == b.size && a.mtime_ns == b.mtime_ns && a.ctime_ns == b.ctime_ns;
}

struct opcit_str opcit_walk_path(const struct opcit_walk *walk, const struct opcit_walk_file *file)
{
	return (struct opcit_str){ walk->paths.ptr + file->path, file->path_len };
}

bool opcit_path_below(struct opcit_str path, struct opcit_str folder)
{
	if (folder.len == 1 && folder.ptr[0] == '/')
		return true;
	return path.len >= folder.len && memcmp(path.ptr, folder.ptr, folder.len) == 0 &&
	       (path.len == folder.len || path.ptr[folder.len] == '/');
}

bool opcit_walk_gone(const struct opcit_walk *walk, struct opcit_str path)
{
	bool given = false;
	size_t i;

	for (i = 0; i < walk->n_unread; i++)
		if (opcit_path_below(path, walk->unread[i]))
			return false;
	for (i = 0; i < walk->n_roots && !given; i++)
		given = opcit_path_below(path, walk->roots[i]);
	return given;
}

void opcit_walk_init(struct opcit_walk *walk, opcit_walk_report_fn *report, void *context)
{
	memset(walk, 0, sizeof *walk);
	walk->report = report;
	walk->context = context;
}

void opcit_walk_release(struct opcit_walk *walk)
{
	opcit_buf_release(&walk->paths);
	free(walk->files);
	free(walk->roots);
	free(walk->unread);
	free(walk->visited);
	free(walk->buckets);
	free(walk->links);
	opcit_arena_release(&walk->arena);
}

static void add_unread(struct opcit_walk *walk, struct opcit_str path)
{
	OPCIT_GROW(walk->unread, walk->n_unread, walk->unread_cap);
	walk->unread[walk->n_unread++] = opcit_arena_dup(&walk->arena, path);
}

static void fail(struct opcit_walk *walk, struct opcit_str path, int error)
{
	const char *why = strerror(error);

	switch (error) {
	case EACCES: why = "no permission"; break;
	case ENOENT: why = "no such file or folder"; break;
	case ELOOP: why = "a loop of symbolic links"; break;
	case ENAMETOOLONG: why = "the path is too long"; break;
	}
	if (error != ENOENT)
		add_unread(walk, path);
	walk->report(walk->context, OPCIT_WALK_FAILED, path, why);
}

/* ---- folders that were visited --------------------------------------------- */

static uint32_t *bucket_of(struct opcit_walk *walk, dev_t dev, ino_t ino)
{
	uint64_t hash = ((uint64_t)ino + (uint64_t)dev * 31) * UINT64_C(0x9E3779B97F4A7C15);

	return &walk->buckets[(hash >> 32) & (walk->n_buckets - 1)];
}

static bool visited(struct opcit_walk *walk, dev_t dev, ino_t ino)
{
	uint32_t at;

	if (!walk->n_buckets)
		return false;
	for (at = *bucket_of(walk, dev, ino); at; at = walk->visited[at - 1].next)
		if (walk->visited[at - 1].ino == ino && walk->visited[at - 1].dev == dev)
			return true;
	return false;
}

static void chain(struct opcit_walk *walk, size_t index)
{
	struct opcit_walk_folder *folder = &walk->visited[index];
	uint32_t *bucket = bucket_of(walk, folder->dev, folder->ino);

	folder->next = *bucket;
	*bucket = (uint32_t)index + 1;
}

static void visit(struct opcit_walk *walk, const struct stat *st)
{
	struct opcit_walk_folder folder = { st->st_dev, st->st_ino, 0, { NULL, 0 } };
	size_t i;

	OPCIT_GROW(walk->visited, walk->n_visited, walk->visited_cap);
	walk->visited[walk->n_visited++] = folder;
	if (walk->n_visited <= walk->n_buckets) {
		chain(walk, walk->n_visited - 1);
		return;
	}
	free(walk->buckets);
	walk->n_buckets = walk->n_buckets ? walk->n_buckets * 2 : 64;
	walk->buckets = opcit_xcalloc(walk->n_buckets, sizeof *walk->buckets);
	for (i = 0; i < walk->n_visited; i++)
		chain(walk, i);
}

/* A link to a folder waits until all else has been walked: most point to a
 * place that is in the walk under its own name. */
static void postpone(struct opcit_walk *walk, struct opcit_str path, const struct stat *st)
{
	struct opcit_walk_folder folder = { st->st_dev, st->st_ino, 0, { NULL, 0 } };
	char *target = realpath(path.ptr, NULL);

	if (!target) {
		fail(walk, path, errno);
	} else if (opcit_path_below(path, opcit_str_of(target))) {
		walk->report(walk->context, OPCIT_WALK_SKIPPED, path,
			     "a symbolic link back to a folder that holds it");
	} else if (!visited(walk, st->st_dev, st->st_ino)) {
		folder.path = opcit_arena_dup(&walk->arena, path);
		OPCIT_GROW(walk->links, walk->n_links, walk->links_cap);
		walk->links[walk->n_links++] = folder;
	}
	free(target);
}

/* ---- one folder -------------------------------------------------------------- */

/* qsort has no context, and the names' buffer moves while it grows: sorting
 * an array of pointers made afterwards needs neither. */
static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names sorted; each is preceded by the byte of its type. */
static int read_names(DIR *dir, struct opcit_buf *bytes, char ***sorted, size_t *count)
{
	size_t cap = 0, n = 0, at, i;
	size_t *starts = NULL;
	struct dirent *item;

	while (errno = 0, (item = readdir(dir))) {
		if (item->d_name[0] == '.' || (item->d_name[0] == '~' && item->d_name[1] == '$'))
			continue;
		OPCIT_GROW(starts, n, cap);
		opcit_buf_putc(bytes, (char)item->d_type);
		starts[n++] = bytes->len;
		at = strlen(item->d_name);
		opcit_buf_add(bytes, item->d_name, at + 1);
	}
	if (errno) {
		free(starts);
		return errno;
	}
	*sorted = opcit_xmalloc(n * sizeof **sorted);
	for (i = 0; i < n; i++)
		(*sorted)[i] = bytes->ptr + starts[i];
	if (n)
		qsort(*sorted, n, sizeof **sorted, by_name);
	*count = n;
	free(starts);
	return 0;
}

static void add_file(struct opcit_walk *walk, struct opcit_str path, const char *name,
		     const struct stat *st, bool named)
{
	struct opcit_walk_file *file;

	OPCIT_GROW(walk->files, walk->n_files, walk->files_cap);
	file = &walk->files[walk->n_files++];
	file->path = walk->paths.len;
	file->path_len = path.len;
	file->stamp = opcit_stamp_of(st);
	file->manifest = strcmp(name, "manifest.tsv") == 0;
	file->named = named;
	opcit_buf_add(&walk->paths, path.ptr, path.len + 1);
}

static void walk_folder(struct opcit_walk *walk, int fd, struct opcit_buf *path, int depth);

static void enter(struct opcit_walk *walk, int parent, const char *name, struct opcit_buf *path,
		  int depth)
{
	int fd;

	if (depth >= DEPTH_MAX) {
		add_unread(walk, opcit_buf_str(path));
		walk->report(walk->context, OPCIT_WALK_FAILED, opcit_buf_str(path),
			     "more than 200 folders deep");
		return;
	}
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		fail(walk, opcit_buf_str(path), errno);
	else
		walk_folder(walk, fd, path, depth);
}

/* One name of a folder; `path` is its absolute path. Only a regular file and
 * what d_type leaves open cost a stat. */
static void take(struct opcit_walk *walk, int parent, const char *name, unsigned char type,
		 struct opcit_buf *path, int depth)
{
	struct stat st;
	bool link = type == DT_LNK;

	if (type == DT_DIR) {
		enter(walk, parent, name, path, depth);
		return;
	}
	if (type == DT_UNKNOWN && fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		link = S_ISLNK(st.st_mode);
	if (fstatat(parent, name, &st, 0) != 0) {
		if (link && errno == ENOENT)
			walk->report(walk->context, OPCIT_WALK_FAILED, opcit_buf_str(path),
				     "a symbolic link to nothing");
		else if (errno != ENOENT) /* else it went since the folder was read */
			fail(walk, opcit_buf_str(path), errno);
	} else if (S_ISREG(st.st_mode)) {
		add_file(walk, opcit_buf_str(path), name, &st, false);
	} else if (S_ISDIR(st.st_mode) && link) {
		postpone(walk, opcit_buf_str(path), &st);
	} else if (S_ISDIR(st.st_mode)) {
		enter(walk, parent, name, path, depth);
	} else {
		walk->report(walk->context, OPCIT_WALK_SKIPPED, opcit_buf_str(path),
			     "not a regular file");
	}
}

/* Walk an open folder, and close it. `path` is its path, restored at the end. */
static void walk_folder(struct opcit_walk *walk, int fd, struct opcit_buf *path, int depth)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	size_t base = path->len, count = 0, i;
	char **names = NULL;
	struct stat st;
	DIR *dir = fdopendir(fd);
	int error = 0;

	if (!dir || fstat(fd, &st) != 0) {
		error = errno;
		fail(walk, opcit_buf_str(path), error);
		if (dir)
			closedir(dir);
		else
			close(fd);
		return;
	}
	if ((walk->skip_ino == st.st_ino && walk->skip_dev == st.st_dev) ||
	    visited(walk, st.st_dev, st.st_ino)) {
		closedir(dir);
		return;
	}
	visit(walk, &st);
	error = read_names(dir, &bytes, &names, &count);
	if (error)
		fail(walk, opcit_buf_str(path), error);
	for (i = 0; i < count; i++) {
		if (base > 1)
			opcit_buf_putc(path, '/');
		opcit_buf_puts(path, names[i]);
		take(walk, fd, names[i], (unsigned char)names[i][-1], path, depth + 1);
		path->len = base;
		path->ptr[base] = '\0';
	}
	free(names);
	opcit_buf_release(&bytes);
	closedir(dir);
}

/* ---- what the caller gives --------------------------------------------------- */

static void add_root(struct opcit_walk *walk, const char *real)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	int fd = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	opcit_buf_puts(&path, real);
	if (fd < 0) {
		fail(walk, opcit_buf_str(&path), errno);
	} else {
		OPCIT_GROW(walk->roots, walk->n_roots, walk->roots_cap);
		walk->roots[walk->n_roots++] = opcit_arena_dup(&walk->arena, opcit_buf_str(&path));
		walk_folder(walk, fd, &path, 0);
	}
	opcit_buf_release(&path);
}

/* A file keeps its own name where it is a link; its folder's is resolved. */
static void add_named(struct opcit_walk *walk, const char *given, const struct stat *st)
{
	const char *slash = strrchr(given, '/');
	const char *name = slash ? slash + 1 : given;
	struct opcit_buf folder = OPCIT_BUF_INIT;
	char *real;

	opcit_buf_add(&folder, given, slash ? (size_t)(slash - given) + 1 : 0);
	real = realpath(folder.len ? folder.ptr : ".", NULL);
	if (!real) {
		fail(walk, opcit_str_of(given), errno);
	} else {
		opcit_buf_clear(&folder);
		opcit_buf_printf(&folder, "%s/%s", strcmp(real, "/") ? real : "", name);
		add_file(walk, opcit_buf_str(&folder), name, st, true);
	}
	free(real);
	opcit_buf_release(&folder);
}

void opcit_walk_add(struct opcit_walk *walk, const char *path)
{
	struct stat st;
	char *real;

	if (!path[0] || stat(path, &st) != 0) {
		fail(walk, opcit_str_of(path), path[0] ? errno : ENOENT);
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		real = realpath(path, NULL);
		if (real)
			add_root(walk, real);
		else
			fail(walk, opcit_str_of(path), errno);
		free(real);
	} else if (S_ISREG(st.st_mode)) {
		add_named(walk, path, &st);
	} else {
		walk->report(walk->context, OPCIT_WALK_FAILED, opcit_str_of(path),
			     "not a regular file");
	}
}

void opcit_walk_finish(struct opcit_walk *walk)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	size_t i;
	int fd;

	for (i = 0; i < walk->n_links; i++) { /* grows while links are followed */
		opcit_buf_clear(&path);
		opcit_buf_add_str(&path, walk->links[i].path);
		if (visited(walk, walk->links[i].dev, walk->links[i].ino))
			continue;
		fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			fail(walk, opcit_buf_str(&path), errno);
		else
			walk_folder(walk, fd, &path, 1);
	}
	opcit_buf_release(&path);
}
