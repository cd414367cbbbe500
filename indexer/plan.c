#include "plan.h"
#include "load.h"
#include "memo.h"
#include "rename.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void report_walk(void *context, enum opcit_walk_problem problem, struct opcit_str path,
			const char *why)
{
	struct opcit_progress *progress = ((struct opcit_plan *)context)->progress;
	bool update = opcit_progress_is_update(progress);

	if (problem == OPCIT_WALK_SKIPPED)
		opcit_progress_skipped(progress, path, why, update);
	else if (!update || !opcit_memo_knows(progress->memo, path, NULL, why))
		opcit_progress_failed(progress, path, why, NULL);
}

static void report_manifest(void *context, struct opcit_str manifest, size_t line, const char *what)
{
	struct opcit_progress *progress = ((struct opcit_plan *)context)->progress;

	if (line)
		opcit_progress_warn(progress, NULL, "'%s' line %zu: %s",
				    opcit_progress_path(progress, manifest), line, what);
	else
		opcit_progress_warn(progress, NULL, "'%s': %s",
				    opcit_progress_path(progress, manifest), what);
}

void opcit_plan_init(struct opcit_plan *plan, struct opcit_progress *progress, uint64_t reading,
		     bool force)
{
	memset(plan, 0, sizeof *plan);
	plan->progress = progress;
	plan->reading = reading;
	plan->force = force;
	opcit_walk_init(&plan->walk, report_walk, plan);
	opcit_manifests_init(&plan->manifests, report_manifest, plan);
}

void opcit_plan_release(struct opcit_plan *plan)
{
	opcit_walk_release(&plan->walk);
	opcit_state_release(&plan->state);
	opcit_manifests_release(&plan->manifests);
	free(plan->sources);
	free(plan->jobs);
	free(plan->renames);
}

void opcit_plan_drop_files(struct opcit_plan *plan)
{
	free(plan->walk.files);
	plan->walk.files = NULL;
	plan->walk.n_files = plan->walk.files_cap = 0;
}

void opcit_plan_keep_jobs(struct opcit_plan *plan)
{
	opcit_state_release(&plan->state);
	opcit_plan_drop_files(plan);
}

/* ---- which manifests there are ----------------------------------------------- */

static void add_source(struct opcit_plan *plan, struct opcit_str path, struct opcit_stamp stamp,
		       bool given)
{
	struct opcit_manifest_file source = { path, stamp, given, false };

	OPCIT_GROW(plan->sources, plan->n_sources, plan->sources_cap);
	plan->sources[plan->n_sources++] = source;
}

static struct opcit_manifest_file *find_source(struct opcit_plan *plan, struct opcit_str path)
{
	size_t i;

	for (i = 0; i < plan->n_sources; i++)
		if (opcit_str_eq(plan->sources[i].path, path))
			return &plan->sources[i];
	return NULL;
}

/* A file that is given alone still has the manifest beside it. */
static void add_beside(struct opcit_plan *plan, struct opcit_str path)
{
	struct opcit_buf beside = OPCIT_BUF_INIT;
	struct stat st;

	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	opcit_buf_add_str(&beside, path);
	opcit_buf_puts(&beside, "manifest.tsv");
	if (stat(beside.ptr, &st) == 0 && S_ISREG(st.st_mode) &&
	    !find_source(plan, opcit_buf_str(&beside)))
		add_source(plan, opcit_arena_dup(&plan->walk.arena, opcit_buf_str(&beside)),
			   opcit_stamp_of(&st), false);
	opcit_buf_release(&beside);
}

static opcit_status add_given(struct opcit_plan *plan, const char *manifest, struct opcit_err *err)
{
	struct stat st;
	char *real = realpath(manifest, NULL);
	opcit_status status = OPCIT_OK;

	if (!real || stat(real, &st) != 0)
		status = opcit_err_set(err, OPCIT_IO, "cannot read '%s': %s", manifest,
				       strerror(errno));
	else if (!S_ISREG(st.st_mode))
		status = opcit_err_set(err, OPCIT_IO, "cannot read '%s': not a regular file",
				       manifest);
	else
		add_source(plan, opcit_arena_dup(&plan->walk.arena, opcit_str_of(real)),
			   opcit_stamp_of(&st), true);
	free(real);
	return status;
}

opcit_status opcit_plan_walk(struct opcit_plan *plan, char *const *paths, size_t n_paths,
			     const char *db, const char *manifest, struct opcit_err *err)
{
	opcit_status status;
	struct stat st;
	size_t i;

	if (stat(db, &st) == 0) {
		plan->walk.skip_dev = st.st_dev;
		plan->walk.skip_ino = st.st_ino;
	}
	if (manifest && (status = add_given(plan, manifest, err)) != OPCIT_OK)
		return status;
	for (i = 0; i < n_paths; i++)
		opcit_walk_add(&plan->walk, paths[i]);
	opcit_walk_finish(&plan->walk);
	plan->walked = plan->progress->tally;
	for (i = 0; i < plan->walk.n_files; i++) {
		const struct opcit_walk_file *file = &plan->walk.files[i];

		if (file->manifest && !find_source(plan, opcit_walk_path(&plan->walk, file)))
			add_source(plan, opcit_walk_path(&plan->walk, file), file->stamp, false);
	}
	for (i = 0; i < plan->walk.n_files; i++)
		if (plan->walk.files[i].named)
			add_beside(plan, opcit_walk_path(&plan->walk, &plan->walk.files[i]));
	return OPCIT_OK;
}

static void add_job(struct opcit_plan *plan, enum opcit_action action, struct opcit_str path,
		    uint64_t size, bool named)
{
	struct opcit_job job = { path, size, action, named };

	OPCIT_GROW(plan->jobs, plan->n_jobs, plan->jobs_cap);
	plan->jobs[plan->n_jobs++] = job;
	plan->work += size;
}

/* ---- what they say ------------------------------------------------------------- */

/* Manifests that an earlier run read speak for their files still, whichever
 * of these files this run was given. */
static bool add_remembered(struct opcit_plan *plan)
{
	bool changed = false;
	struct stat st;
	size_t i;

	for (i = 0; i < plan->state.count; i++) {
		struct opcit_file *entry = &plan->state.entries[i];

		if (entry->outcome != OPCIT_FILE_MANIFEST || find_source(plan, entry->path))
			continue;
		if (stat(entry->path.ptr, &st) == 0)
			add_source(plan, opcit_arena_dup(&plan->walk.arena, entry->path),
				   opcit_stamp_of(&st), entry->n_records != 0);
		else if (errno == ENOENT || errno == ENOTDIR)
			entry->gone = changed = true;
	}
	return changed;
}

/* Enter the manifests in the table; whether one of them is new or changed. A
 * manifest's n_records says that it was given by --manifest. */
static bool enter_sources(struct opcit_plan *plan)
{
	bool changed = add_remembered(plan);
	size_t i;

	for (i = 0; i < plan->n_sources; i++) {
		struct opcit_manifest_file *source = &plan->sources[i];
		struct opcit_file *entry = opcit_state_find(&plan->state, source->path);

		if (entry && entry->outcome == OPCIT_FILE_MANIFEST)
			source->given |= entry->n_records != 0;
		if (entry && entry->outcome == OPCIT_FILE_MANIFEST &&
		    opcit_stamp_eq(entry->stamp, source->stamp) &&
		    entry->n_records == source->given) {
			entry->seen = true;
			continue;
		}
		changed = true;
		if (!entry)
			entry = opcit_state_enter(&plan->state, source->path);
		entry->seen = true;
		if (entry->outcome == OPCIT_FILE_INDEXED && entry->n_records) {
			add_job(plan, OPCIT_REMOVE, source->path, 0, false); /* was a document */
			continue;
		}
		entry->outcome = OPCIT_FILE_MANIFEST;
		entry->stamp = source->stamp;
		entry->n_records = source->given;
	}
	return changed;
}

static int by_precedence(const void *a, const void *b)
{
	const struct opcit_manifest_file *x = a, *y = b;

	if (x->given != y->given)
		return x->given - y->given;
	if (x->path.len != y->path.len)
		return x->path.len < y->path.len ? -1 : 1;
	return opcit_str_cmp(x->path, y->path);
}

static void load_manifests(struct opcit_plan *plan)
{
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	struct opcit_stamp stamp;
	size_t i;

	plan->loaded = true;
	if (plan->n_sources)
		qsort(plan->sources, plan->n_sources, sizeof *plan->sources, by_precedence);
	for (i = 0; i < plan->n_sources; i++) {
		struct opcit_manifest_file *source = &plan->sources[i];

		if (opcit_load_bytes(source->path.ptr, &bytes, &stamp, &err) == OPCIT_OK) {
			opcit_manifests_add(&plan->manifests, source->path, opcit_buf_str(&bytes));
			continue;
		}
		source->unread = true;
		opcit_progress_failed(plan->progress, source->path, err.message, err.hint);
	}
	opcit_buf_release(&bytes);
}

bool opcit_plan_overrides_known(const struct opcit_plan *plan, struct opcit_str path)
{
	size_t i;

	for (i = 0; i < plan->n_sources; i++) {
		struct opcit_str folder = plan->sources[i].path;

		if (!plan->sources[i].unread)
			continue;
		while (folder.len > 1 && folder.ptr[folder.len - 1] != '/')
			folder.len--;
		if (opcit_path_below(path, opcit_str_sub(folder, 0, folder.len - 1)))
			return false;
	}
	return true;
}

/* A row for a file that is not there is most often a slip of the pen. */
static void report_unused(struct opcit_plan *plan)
{
	struct stat st;
	size_t i;

	for (i = 0; i < plan->manifests.count; i++) {
		const struct opcit_manifest_row *row = &plan->manifests.rows[i];

		if (row->used || stat(row->path.ptr, &st) == 0 || errno != ENOENT)
			continue;
		opcit_progress_path(plan->progress, row->cells[OPCIT_COLUMN_PATH]);
		opcit_buf_clear(&plan->progress->line);
		opcit_buf_printf(&plan->progress->line, "no file '%s'", plan->progress->shown.ptr);
		report_manifest(plan, row->manifest, row->line, plan->progress->line.ptr);
	}
}

/* ---- the jobs ------------------------------------------------------------------ */

/* Whether an earlier run of the same watch could not read the file as it is. */
static bool known_failure(const struct opcit_plan *plan, const struct opcit_walk_file *file, struct opcit_str path)
{
	return opcit_progress_is_update(plan->progress) &&
	       opcit_memo_knows(plan->progress->memo, path, &file->stamp, NULL);
}

/* What is read each time, for want of OCR, is not read for each update. */
static bool read_by_this(const struct opcit_plan *plan, const struct opcit_file *entry)
{
	return entry->reading == plan->reading ||
	       (entry->reading == ~plan->reading && opcit_progress_is_update(plan->progress));
}

static bool unchanged(struct opcit_plan *plan, const struct opcit_file *entry,
		      const struct opcit_walk_file *file, struct opcit_str path)
{
	uint64_t overrides;

	if (plan->loaded) {
		overrides = opcit_manifests_hash(&plan->manifests, path);
		if (overrides != entry->overrides && opcit_plan_overrides_known(plan, path))
			return false;
	}
	return !plan->force && opcit_stamp_eq(entry->stamp, file->stamp) && read_by_this(plan, entry);
}

/* A file that is new to the table enters it as gone, until it was read. */
static void compare_file(struct opcit_plan *plan, const struct opcit_walk_file *file)
{
	struct opcit_str path = opcit_walk_path(&plan->walk, file);
	struct opcit_file *entry = opcit_state_find(&plan->state, path);
	struct opcit_tally *tally = &plan->progress->tally;

	if (file->manifest || (entry && entry->seen)) /* the latter: met under two roots */
		return;
	if (!entry && known_failure(plan, file, path))
		return;
	if (!entry) {
		entry = opcit_state_enter(&plan->state, path);
		entry->seen = entry->gone = true;
		if (plan->loaded)
			opcit_manifests_hash(&plan->manifests, path);
		add_job(plan, OPCIT_ADD, path, file->stamp.size, file->named);
		return;
	}
	entry->seen = true;
	if (!unchanged(plan, entry, file, path)) {
		if (known_failure(plan, file, path))
			return;
		add_job(plan, entry->outcome == OPCIT_FILE_INDEXED ? OPCIT_UPDATE : OPCIT_ADD, path,
			file->stamp.size, file->named);
	} else if (entry->outcome == OPCIT_FILE_INDEXED) {
		tally->unchanged++;
		tally->records += entry->n_records;
	} else if (file->named && !known_failure(plan, file, path)) {
		opcit_progress_failed(plan->progress, path, entry->reason.ptr, NULL);
	} else {
		opcit_progress_skipped(plan->progress, path, entry->reason.ptr, true);
	}
}

static void compare_gone(struct opcit_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->state.count; i++) {
		struct opcit_file *entry = &plan->state.entries[i];

		if (entry->seen || entry->gone || entry->outcome == OPCIT_FILE_MANIFEST ||
		    !opcit_walk_gone(&plan->walk, entry->path))
			continue;
		if (entry->outcome == OPCIT_FILE_INDEXED)
			add_job(plan, OPCIT_REMOVE, entry->path, 0, false);
		else
			entry->gone = plan->stale = true;
	}
}

/* Back to what the walk left. */
static void forget(struct opcit_plan *plan)
{
	opcit_state_release(&plan->state);
	opcit_manifests_release(&plan->manifests);
	plan->n_jobs = plan->n_renames = 0;
	plan->work = 0;
	plan->loaded = plan->stale = false;
	plan->progress->tally = plan->walked;
}

opcit_status opcit_plan_compare(struct opcit_plan *plan, struct opcit_str table,
				struct opcit_err *err)
{
	opcit_status status;
	size_t i;

	forget(plan);
	status = opcit_state_decode(table, &plan->state, err);
	if (status != OPCIT_OK)
		return status;
	if (enter_sources(plan)) {
		plan->stale = true;
		load_manifests(plan);
	}
	for (i = 0; i < plan->walk.n_files; i++)
		compare_file(plan, &plan->walk.files[i]);
	compare_gone(plan);
	if (plan->loaded)
		report_unused(plan);
	else if (plan->n_jobs)
		load_manifests(plan);
	opcit_renames_find(plan);
	return OPCIT_OK;
}
