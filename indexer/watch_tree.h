/* watch_tree.h: the folders of a watch, and what the kernel tells of them (inotify).
 *
 * It follows the rules of walk.h: hidden names and the index are passed over, links
 * followed. It says only that something changed, not what: the run that comes of it
 * looks at all files, which costs a stat each, and so misses nothing.
 */
#ifndef OPCIT_WATCH_TREE_H
#define OPCIT_WATCH_TREE_H

#include "../lib/status.h"
#include "../lib/str.h"

#include <sys/types.h>

struct opcit_watched; /* a folder */

enum opcit_change {
	OPCIT_CHANGE_NONE,
	OPCIT_CHANGE_DONE, /* a file was closed, moved, removed … */
	OPCIT_CHANGE_OPEN  /* a file is being written */
};

struct opcit_tree {
	int fd; /* to be polled; -1 where nothing can be watched */
	struct opcit_watched *folders; /* by watch descriptor */
	size_t n_folders, folders_cap;
	char **names; /* files that are watched for themselves, in folders that are not: absolute, by name */
	size_t n_names, names_cap;
	const char *db;
	int error;          /* why fd is -1 */
	bool full;          /* the limit of watches was reached: not all is watched */
	bool partial;       /* something else is not watched: a root that is not there, too many links */
	bool stale;         /* events were lost, or a root went: start anew */
	struct opcit_buf remote; /* a folder on a network file system, or empty */
};

/* Watch all folders at and below the paths, and the folders of single files and of
 * what these and `manifest` (or NULL) name; `db` is the index and need not be there. What cannot be
 * watched is left out, and said by full, partial, remote. Borrows db. Costs a
 * few system calls a folder. */
void opcit_tree_start(struct opcit_tree *tree, char *const *paths, size_t n_paths, const char *manifest,
		      const char *db);
void opcit_tree_release(struct opcit_tree *tree);

/* Take what the kernel has to tell, without waiting, and follow it: new folders are
 * watched, removed ones forgotten. */
enum opcit_change opcit_tree_read(struct opcit_tree *tree);

#endif
