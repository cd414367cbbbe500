#include "watch_tree.h"
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
	DEPTH_MAX = 200,  /* as walk.c has it */
	NAMES_MAX = 1000, /* links to files; beyond that the folders are looked at now and then */
	EVENTS = 1 << 16,
	MASK = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE |
	       IN_DELETE_SELF | IN_MOVE_SELF | IN_EXCL_UNLINK | IN_ONLYDIR
};

struct opcit_watched {
	int wd;
	char *path; /* heap */
	dev_t dev;
	bool all;  /* everything in it counts, not only names that are watched for themselves */
	bool root; /* nothing above it tells when it goes */
};

static bool is_hidden(const char *name)
{
	return name[0] == '.' || (name[0] == '~' && name[1] == '$');
}

/* ---- the table of folders ---------------------------------------------------- */

/* Where wd is, or would be. Descriptors ascend, so a new one mostly goes to the end. */
static size_t place_of(const struct opcit_tree *tree, int wd)
{
	size_t low = 0, high = tree->n_folders;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tree->folders[middle].wd < wd)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct opcit_watched *find(const struct opcit_tree *tree, int wd)
{
	size_t at = place_of(tree, wd);

	return at < tree->n_folders && tree->folders[at].wd == wd ? &tree->folders[at] : NULL;
}

static struct opcit_watched *insert(struct opcit_tree *tree, int wd, const char *path)
{
	size_t at = place_of(tree, wd);

	OPCIT_GROW(tree->folders, tree->n_folders, tree->folders_cap);
	memmove(tree->folders + at + 1, tree->folders + at, (tree->n_folders - at) * sizeof *tree->folders);
	tree->n_folders++;
	tree->folders[at] = (struct opcit_watched){ .wd = wd, .path = opcit_xstrdup(path) };
	return &tree->folders[at];
}

static void forget(struct opcit_tree *tree, struct opcit_watched *folder)
{
	size_t at = (size_t)(folder - tree->folders);

	free(folder->path);
	tree->n_folders--;
	memmove(folder, folder + 1, (tree->n_folders - at) * sizeof *folder);
}

/* A folder went elsewhere, with all that is below it: it is watched anew where it
 * comes to, if that is in the tree. */
static void forget_below(struct opcit_tree *tree, const char *path)
{
	size_t i, n = 0;

	for (i = 0; i < tree->n_folders; i++) {
		struct opcit_watched *folder = &tree->folders[i];

		if (opcit_path_below(opcit_str_of(folder->path), opcit_str_of(path))) {
			inotify_rm_watch(tree->fd, folder->wd);
			tree->stale |= folder->root;
			free(folder->path);
		} else {
			tree->folders[n++] = *folder;
		}
	}
	tree->n_folders = n;
}

/* ---- what is to be watched ----------------------------------------------------- */

/* What such a file system tells is what this machine does to it. */
static bool is_remote(const char *path)
{
	static const unsigned long types[] = {
		0x6969 /* NFS */,         0x517B /* SMB */,      0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,
		0x65735546 /* FUSE */,    0x5346414F /* AFS */,  0x73757245 /* Coda */, 0x01021997 /* 9P */,
		0x00C36400 /* Ceph */,    0x786F4256 /* vbox */, 0x0BD00BD0 /* Lustre */,
	};
	struct statfs fs;
	size_t i;

	if (statfs(path, &fs) != 0)
		return false;
	for (i = 0; i < sizeof types / sizeof *types; i++)
		if (((unsigned long)fs.f_type & 0xFFFFFFFF) == types[i])
			return true;
	return false;
}

/* The folder's entry, new (*added) or old; NULL where it cannot be watched. */
static struct opcit_watched *watch(struct opcit_tree *tree, const char *path, bool *added)
{
	int wd = tree->fd < 0 ? -1 : inotify_add_watch(tree->fd, path, MASK);
	struct opcit_watched *folder;

	*added = false;
	if (wd < 0) {
		tree->full |= tree->fd >= 0 && (errno == ENOSPC || errno == ENOMEM);
		return NULL; /* the run says what cannot be read */
	}
	folder = find(tree, wd);
	if (folder)
		return folder;
	*added = true;
	return insert(tree, wd, path);
}

static bool is_watched_name(const struct opcit_tree *tree, const char *path)
{
	size_t low = 0, high = tree->n_names;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(tree->names[middle], path);

		if (!order)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void add_name(struct opcit_tree *tree, const char *path)
{
	size_t at;

	OPCIT_GROW(tree->names, tree->n_names, tree->names_cap);
	for (at = tree->n_names++; at && strcmp(tree->names[at - 1], path) > 0; at--)
		tree->names[at] = tree->names[at - 1];
	tree->names[at] = opcit_xstrdup(path);
}

/* A single file, by its absolute path, is watched by way of its folder: one that
 * is replaced by renaming another over it is a new file each time. */
static void add_file(struct opcit_tree *tree, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct opcit_watched *folder;
	char *parent;
	bool added;

	if (!slash || is_watched_name(tree, path))
		return;
	if (tree->n_names >= NAMES_MAX) {
		tree->partial = true;
		return;
	}
	parent = slash == path ? opcit_xstrdup("/") : strndup(path, (size_t)(slash - path));
	folder = parent ? watch(tree, parent, &added) : NULL;
	if (folder) {
		folder->root |= added;
		add_name(tree, path);
	} else {
		tree->partial = true;
	}
	free(parent);
}

static void add_folder(struct opcit_tree *tree, const char *path, dev_t above, int depth);

static void add_link(struct opcit_tree *tree, const char *path, int depth)
{
	struct stat st;
	char *real;

	if (stat(path, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		add_folder(tree, path, 0, depth);
	} else if (S_ISREG(st.st_mode) && (real = realpath(path, NULL))) {
		add_file(tree, real);
		free(real);
	}
}

static void add_items(struct opcit_tree *tree, const char *path, dev_t dev, int depth)
{
	struct opcit_buf item = OPCIT_BUF_INIT;
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;
	size_t base;

	if (!dir)
		return;
	opcit_buf_puts(&item, path);
	if (item.ptr[item.len - 1] != '/')
		opcit_buf_putc(&item, '/');
	base = item.len;
	while ((entry = readdir(dir))) {
		unsigned type = entry->d_type;

		if (is_hidden(entry->d_name) || type == DT_REG)
			continue;
		item.len = base;
		opcit_buf_puts(&item, entry->d_name);
		if (type == DT_UNKNOWN && lstat(item.ptr, &st) == 0)
			type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISLNK(st.st_mode) ? DT_LNK : DT_REG;
		if (type == DT_DIR)
			add_folder(tree, item.ptr, dev, depth);
		else if (type == DT_LNK)
			add_link(tree, item.ptr, depth);
	}
	closedir(dir);
	opcit_buf_release(&item);
}

/* The watch comes before the look: what is made in between is seen twice at most. */
static void add_folder(struct opcit_tree *tree, const char *path, dev_t above, int depth)
{
	struct opcit_watched *folder;
	struct stat st, index;
	bool added;

	if (depth > DEPTH_MAX || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return;
	if (stat(tree->db, &index) == 0 && index.st_ino == st.st_ino && index.st_dev == st.st_dev)
		return;
	if (st.st_dev != above && !tree->remote.len && is_remote(path))
		opcit_buf_puts(&tree->remote, path);
	folder = watch(tree, path, &added);
	if (!folder || (!added && folder->all))
		return;
	folder->all = true;
	folder->dev = st.st_dev;
	add_items(tree, path, st.st_dev, depth + 1);
}

/* What the user named. */
static void add_root(struct opcit_tree *tree, const char *path)
{
	struct opcit_buf beside = OPCIT_BUF_INIT;
	struct stat st;
	char *real = realpath(path, NULL), *folder, *copy;
	size_t i;

	if (!real || stat(real, &st) != 0) {
		tree->partial = true;
	} else if (S_ISDIR(st.st_mode)) {
		add_folder(tree, real, 0, 0);
		for (i = 0; i < tree->n_folders; i++)
			tree->folders[i].root |= strcmp(tree->folders[i].path, real) == 0;
	} else {
		add_file(tree, real);
		copy = opcit_xstrdup(path); /* as it was named: it may be a link */
		if (strrchr(copy, '/'))
			strrchr(copy, '/')[1] = '\0';
		folder = realpath(strrchr(copy, '/') ? copy : ".", NULL);
		if (folder) {
			const char *name = strrchr(path, '/');

			opcit_buf_printf(&beside, "%s/%s", strcmp(folder, "/") ? folder : "",
					 name ? name + 1 : path);
			add_file(tree, beside.ptr);
			opcit_buf_clear(&beside);
			opcit_buf_printf(&beside, "%s/manifest.tsv", strcmp(folder, "/") ? folder : "");
			add_file(tree, beside.ptr);
		}
		free(folder);
		free(copy);
	}
	free(real);
	opcit_buf_release(&beside);
}

void opcit_tree_release(struct opcit_tree *tree)
{
	size_t i;

	if (tree->fd >= 0)
		close(tree->fd);
	for (i = 0; i < tree->n_folders; i++)
		free(tree->folders[i].path);
	for (i = 0; i < tree->n_names; i++)
		free(tree->names[i]);
	free(tree->folders);
	free(tree->names);
	opcit_buf_release(&tree->remote);
	*tree = (struct opcit_tree){ .fd = -1 };
}

void opcit_tree_start(struct opcit_tree *tree, char *const *paths, size_t n_paths, const char *manifest,
		      const char *db)
{
	char *real;
	size_t i;

	*tree = (struct opcit_tree){ .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), .db = db };
	tree->error = tree->fd < 0 ? errno : 0;
	for (i = 0; i < n_paths; i++)
		add_root(tree, paths[i]);
	real = manifest ? realpath(manifest, NULL) : NULL;
	if (real)
		add_file(tree, real);
	free(real);
}

/* ---- what the kernel tells --------------------------------------------------------- */

static bool is_index(const struct opcit_tree *tree, const char *path)
{
	struct stat st, index;

	return stat(path, &st) == 0 && stat(tree->db, &index) == 0 && index.st_ino == st.st_ino &&
	       index.st_dev == st.st_dev;
}

static void follow_folder(struct opcit_tree *tree, uint32_t mask, const char *path, dev_t dev)
{
	if (mask & IN_MOVED_FROM)
		forget_below(tree, path);
	else if (mask & (IN_CREATE | IN_MOVED_TO | IN_ATTRIB)) /* the last: it can be read by now */
		add_folder(tree, path, dev, 0);
}

static enum opcit_change take(struct opcit_tree *tree, const struct opcit_watched *folder, uint32_t mask,
			      const char *path)
{
	struct stat st;

	if ((!folder->all || is_hidden(strrchr(path, '/') + 1)) && !is_watched_name(tree, path))
		return OPCIT_CHANGE_NONE;
	if (mask & IN_ISDIR) {
		if (is_index(tree, path))
			return OPCIT_CHANGE_NONE;
		if (folder->all)
			follow_folder(tree, mask, path, folder->dev);
		return OPCIT_CHANGE_DONE;
	}
	if (mask & (IN_CREATE | IN_MOVED_TO) && lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
		add_link(tree, path, 0);
		return OPCIT_CHANGE_DONE;
	}
	return mask & (IN_CREATE | IN_MODIFY) ? OPCIT_CHANGE_OPEN : OPCIT_CHANGE_DONE;
}

static enum opcit_change on_event(struct opcit_tree *tree, const struct inotify_event *event)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_watched *folder;
	enum opcit_change change;

	if (event->mask & IN_Q_OVERFLOW) {
		tree->stale = true;
		return OPCIT_CHANGE_DONE;
	}
	folder = find(tree, event->wd);
	if (!folder)
		return OPCIT_CHANGE_NONE;
	if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) {
		if (!folder->root && !(event->mask & (IN_IGNORED | IN_UNMOUNT)))
			return OPCIT_CHANGE_NONE; /* the folder above tells it, too */
		tree->stale |= folder->root || event->mask & IN_UNMOUNT;
		if (event->mask & IN_IGNORED)
			forget(tree, folder);
		return OPCIT_CHANGE_DONE;
	}
	if (!event->len)
		return OPCIT_CHANGE_NONE;
	opcit_buf_printf(&path, "%s/%s", strcmp(folder->path, "/") ? folder->path : "", event->name);
	change = take(tree, folder, event->mask, path.ptr);
	opcit_buf_release(&path);
	return change;
}

/* One buffer full: who makes events faster than they are read is waited for, so
 * that signals are felt. */
enum opcit_change opcit_tree_read(struct opcit_tree *tree)
{
	char *bytes = opcit_xmalloc(EVENTS);
	enum opcit_change change = OPCIT_CHANGE_NONE, one;
	const struct inotify_event *event;
	ssize_t len = read(tree->fd, bytes, EVENTS), at;

	for (at = 0; at < len; at += (ssize_t)(sizeof *event + event->len)) {
		event = (const void *)(bytes + at);
		one = on_event(tree, event);
		change = one > change ? one : change;
	}
	free(bytes);
	return change;
}
