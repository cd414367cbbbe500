/* walk.h: which files there are. Folders are read depth first in the order of
 * their names' bytes, so that two runs see one order. Hidden files and
 * folders (`.x`) and editors' lock files (`~$x`) are passed over; links to
 * files are followed; links to folders too, after all else, each folder once.
 */
#ifndef OPCIT_WALK_H
#define OPCIT_WALK_H

#include "state.h"

#include <sys/stat.h>

struct opcit_walk_file {
	size_t path; /* where its absolute path starts in walk.paths; NUL-terminated */
	size_t path_len;
	struct opcit_stamp stamp;
	bool manifest; /* it is called manifest.tsv */
	bool named;    /* given by the caller, not found in a folder */
};

/* What the walk has to say about a path. Neither ends it. */
enum opcit_walk_problem {
	OPCIT_WALK_FAILED,  /* a file or folder that cannot be read */
	OPCIT_WALK_SKIPPED, /* nothing to read: a device, a link back to a folder above */
};
typedef void opcit_walk_report_fn(void *context, enum opcit_walk_problem problem,
				  struct opcit_str path, const char *why);

struct opcit_walk {
	struct opcit_buf paths; /* all paths, one after the other */
	struct opcit_walk_file *files;
	size_t n_files, files_cap;
	struct opcit_str *roots; /* the folders given, absolute */
	size_t n_roots, roots_cap;
	struct opcit_str *unread; /* files and folders that could not be looked at */
	size_t n_unread, unread_cap;
	dev_t skip_dev; /* a folder to pass over: the index itself; */
	ino_t skip_ino; /* both 0 for none */
	opcit_walk_report_fn *report;
	void *context;
	struct opcit_arena arena;
	/* private */
	struct opcit_walk_folder *visited, *links;
	size_t n_visited, visited_cap, n_links, links_cap;
	uint32_t *buckets;
	size_t n_buckets;
};

/* Start a walk; report may not be NULL. */
void opcit_walk_init(struct opcit_walk *walk, opcit_walk_report_fn *report, void *context);
void opcit_walk_release(struct opcit_walk *walk);

/* Add a file, or a folder with all that is below it. What cannot be read is
 * reported, and then nothing is added. */
void opcit_walk_add(struct opcit_walk *walk, const char *path);

/* Follow the links to folders that were met. To be called once, at the end. */
void opcit_walk_finish(struct opcit_walk *walk);

/* Whether a file that the walk did not meet is known to be gone: it lies
 * below a given folder and below nothing that could not be looked at. */
bool opcit_walk_gone(const struct opcit_walk *walk, struct opcit_str path);

/* Whether path is folder or below it. */
bool opcit_path_below(struct opcit_str path, struct opcit_str folder);

struct opcit_str opcit_walk_path(const struct opcit_walk *walk, const struct opcit_walk_file *file);
struct opcit_stamp opcit_stamp_of(const struct stat *st);
bool opcit_stamp_eq(struct opcit_stamp a, struct opcit_stamp b);

#endif
