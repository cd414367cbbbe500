/* plan.h: what an indexing run has to do: the files on disk held against the
 * table of the last run.
 */
#ifndef OPCIT_PLAN_H
#define OPCIT_PLAN_H

#include "manifest.h"
#include "progress.h"
#include "state.h"
#include "walk.h"

enum opcit_action { OPCIT_ADD, OPCIT_UPDATE, OPCIT_REMOVE };

struct opcit_job {
	struct opcit_str path; /* NUL-terminated, borrowed from the plan */
	uint64_t size;         /* bytes to read */
	enum opcit_action action;
	bool named; /* given by the user, not found in a folder */
};

/* A document that only moved (rename.h). */
struct opcit_rename {
	struct opcit_str from, to; /* borrowed from the plan */
	uint32_t n_records;
	bool replaces; /* the last run knew another document of the new path */
};

/* A manifest that speaks for this run's files. */
struct opcit_manifest_file {
	struct opcit_str path;
	struct opcit_stamp stamp;
	bool given;  /* by --manifest: it is read last, so it wins */
	bool unread; /* it is there, but cannot be read */
};

struct opcit_plan {
	struct opcit_walk walk;
	struct opcit_state state;
	struct opcit_manifests manifests;
	struct opcit_manifest_file *sources;
	size_t n_sources, sources_cap;
	struct opcit_job *jobs; /* in the order of the walk, most removals last */
	size_t n_jobs, jobs_cap;
	struct opcit_rename *renames; /* no jobs, but to be done before them */
	size_t n_renames, renames_cap;
	uint64_t work;    /* bytes to read */
	bool loaded;      /* the manifests have been read */
	bool stale;       /* the table must be stored even if no job does it */
	uint64_t reading; /* hash of what reads; another one makes every file changed */
	bool force;       /* take every file as changed */
	struct opcit_progress *progress;
	struct opcit_tally walked; /* what the walk alone counted */
};

/* Start a plan. Nothing is owned by it but what it makes. */
void opcit_plan_init(struct opcit_plan *plan, struct opcit_progress *progress, uint64_t reading,
		     bool force);
void opcit_plan_release(struct opcit_plan *plan);

/* Look at all files at and below the paths, the index folder excepted (it may
 * be missing). `manifest` is the argument of --manifest, or NULL. Files that
 * cannot be read are reported. OPCIT_IO when the manifest cannot be read. */
opcit_status opcit_plan_walk(struct opcit_plan *plan, char *const *paths, size_t n_paths,
			     const char *db, const char *manifest, struct opcit_err *err);

/* Make the jobs from the encoded table of the last run (empty for none). May
 * be called again with another table. OPCIT_DAMAGED when it is unreadable. */
opcit_status opcit_plan_compare(struct opcit_plan *plan, struct opcit_str table,
				struct opcit_err *err);

/* Let go of the list of files that the walk met, when all that they mean has been
 * found out: nothing is compared any more. */
void opcit_plan_drop_files(struct opcit_plan *plan);

/* Let go of all but the jobs and the manifests, in a process that only reads: what
 * the other one changes of the rest would be held twice. */
void opcit_plan_keep_jobs(struct opcit_plan *plan);

/* Whether all manifests that speak for the file at a path could be read. */
bool opcit_plan_overrides_known(const struct opcit_plan *plan, struct opcit_str path);

#endif
