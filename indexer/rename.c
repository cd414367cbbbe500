#include "rename.h"
#include "load.h"

#include "../lib/paths.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* So many of the same size and content are looked at for a file. */
enum { ALIKE_MAX = 1000 };

/* A document whose content may have moved, and where it was. */
struct source {
	struct opcit_file *entry;
	size_t job;
	bool taken; /* it is still there, or it was found */
};

/* A file of a job: what it holds now. */
struct target {
	struct opcit_stamp stamp; /* content is 0 where it was not read */
	struct source *source;    /* what it is; NULL for something new */
	bool done;                /* no job any more */
};

struct search {
	struct opcit_plan *plan;
	struct source *sources; /* by size, content, name */
	size_t n_sources;
	struct target *targets; /* one a job */
};

static struct opcit_str name_of(struct opcit_str path)
{
	size_t at = path.len;

	while (at && path.ptr[at - 1] != '/')
		at--;
	return opcit_str_sub(path, at, path.len);
}

/* Only the part behind the last dot decides how a file is read. */
static bool same_suffix(struct opcit_str a, struct opcit_str b)
{
	const char *x = strrchr(name_of(a).ptr, '.'), *y = strrchr(name_of(b).ptr, '.');

	return x && y ? strcasecmp(x, y) == 0 : x == y;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_content(const void *a, const void *b)
{
	const struct opcit_file *x = ((const struct source *)a)->entry, *y = ((const struct source *)b)->entry;
	int order = compare(x->stamp.size, y->stamp.size);

	if (!order)
		order = compare(x->stamp.content, y->stamp.content);
	if (!order)
		order = opcit_str_cmp(name_of(x->path), name_of(y->path));
	return order ? order : opcit_str_cmp(x->path, y->path);
}

/* The first source that is not before these; a content of 0 is before all of that size. */
static struct source *first_source(struct search *search, uint64_t size, uint64_t content, struct opcit_str name)
{
	size_t low = 0, high = search->n_sources;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct opcit_file *entry = search->sources[middle].entry;
		int order = compare(entry->stamp.size, size);

		if (!order)
			order = compare(entry->stamp.content, content);
		if (!order)
			order = opcit_str_cmp(name_of(entry->path), name);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return &search->sources[low];
}

static void collect(struct search *search)
{
	struct opcit_plan *plan = search->plan;
	size_t i;

	for (i = 0; i < plan->n_jobs; i++) {
		struct opcit_file *entry = opcit_state_find(&plan->state, plan->jobs[i].path);

		if (entry && plan->jobs[i].action != OPCIT_ADD && entry->outcome == OPCIT_FILE_INDEXED &&
		    entry->stamp.content && entry->reading == plan->reading)
			search->sources[search->n_sources++] = (struct source){ entry, i, false };
	}
	qsort(search->sources, search->n_sources, sizeof *search->sources, by_content);
}

/* Hash the files that may be one of the sources. */
static void look(struct search *search)
{
	const struct opcit_str none = { NULL, 0 };
	const struct opcit_plan *plan = search->plan;
	const struct source *end = search->sources + search->n_sources, *source;
	struct opcit_buf bytes = OPCIT_BUF_INIT;
	size_t i;

	for (i = 0; i < plan->n_jobs; i++) {
		const struct opcit_job *job = &plan->jobs[i];

		if (job->action == OPCIT_REMOVE)
			continue;
		source = first_source(search, job->size, 0, none);
		if (source < end && source->entry->stamp.size == job->size &&
		    opcit_load_bytes(job->path.ptr, &bytes, &search->targets[i].stamp, NULL) != OPCIT_OK)
			search->targets[i].stamp.content = 0;
	}
	opcit_buf_release(&bytes);
}

/* What a file held may have moved only where it holds something else now. */
static void keep_in_place(struct search *search)
{
	struct opcit_plan *plan = search->plan;
	size_t i;

	for (i = 0; i < search->n_sources; i++) {
		struct source *source = &search->sources[i];
		const struct opcit_job *job = &plan->jobs[source->job];
		struct target *target = &search->targets[source->job];

		if (job->action != OPCIT_UPDATE || job->size != source->entry->stamp.size)
			continue;
		source->taken = !target->stamp.content || target->stamp.content == source->entry->stamp.content;
		if (!source->taken || !target->stamp.content ||
		    (opcit_manifests_hash(&plan->manifests, job->path) != source->entry->overrides &&
		     opcit_plan_overrides_known(plan, job->path)))
			continue;
		source->entry->stamp = target->stamp;
		target->done = plan->stale = true;
		plan->progress->tally.unchanged++;
		plan->progress->tally.records += source->entry->n_records;
	}
}

static bool may_be(const struct search *search, const struct source *source, const struct opcit_job *job,
		   uint64_t overrides)
{
	struct opcit_str was = source->entry->path;

	return !source->taken && source->entry->overrides == overrides && same_suffix(was, job->path) &&
	       (!source->entry->by_name || opcit_str_eq(name_of(was), name_of(job->path))) &&
	       &search->plan->jobs[source->job] != job;
}

/* The document that a file is now, if it is one: by its name, or by any. */
static void match(struct search *search, size_t i, bool named)
{
	struct opcit_plan *plan = search->plan;
	const struct opcit_job *job = &plan->jobs[i];
	struct target *target = &search->targets[i];
	struct opcit_str name = named ? name_of(job->path) : (struct opcit_str){ NULL, 0 };
	struct source *source = first_source(search, target->stamp.size, target->stamp.content, name);
	struct source *end = search->sources + search->n_sources;
	uint64_t overrides = opcit_manifests_hash(&plan->manifests, job->path);
	size_t seen;

	if (!opcit_plan_overrides_known(plan, job->path))
		return;
	for (seen = 0; seen < ALIKE_MAX && source < end; seen++, source++) {
		const struct opcit_file *entry = source->entry;

		if (entry->stamp.size != target->stamp.size || entry->stamp.content != target->stamp.content ||
		    (named && !opcit_str_eq(name_of(entry->path), name)))
			return;
		if (!may_be(search, source, job, overrides))
			continue;
		source->taken = target->done = true;
		target->source = source;
		return;
	}
}

/* Of files with one content each keeps its name where it can. */
static void match_all(struct search *search)
{
	int named;
	size_t i;

	for (named = 1; named >= 0; named--)
		for (i = 0; i < search->plan->n_jobs; i++)
			if (search->targets[i].stamp.content && !search->targets[i].done)
				match(search, i, named);
}

/* A document leaves its place. What stands there now is new, and in the table
 * once it has been read. */
static void leave(struct search *search, const struct source *source)
{
	struct opcit_job *job = &search->plan->jobs[source->job];

	source->entry->gone = true;
	if (job->action == OPCIT_REMOVE)
		search->targets[source->job].done = true;
	else
		job->action = OPCIT_ADD;
}

/* Enter in the table who moved where. All leave before any arrives: a file may
 * stand where another has just left. */
static void move(struct search *search)
{
	struct opcit_plan *plan = search->plan;
	struct opcit_file *moved = opcit_xcalloc(plan->n_jobs, sizeof *moved);
	size_t i;

	for (i = 0; i < plan->n_jobs; i++) {
		const struct opcit_job *job = &plan->jobs[i];

		if (!search->targets[i].source)
			continue;
		moved[i] = *search->targets[i].source->entry;
		OPCIT_GROW(plan->renames, plan->n_renames, plan->renames_cap);
		plan->renames[plan->n_renames++] = (struct opcit_rename){
			moved[i].path, job->path, moved[i].n_records, job->action == OPCIT_UPDATE
		};
	}
	for (i = 0; i < plan->n_jobs; i++)
		if (search->targets[i].source)
			leave(search, search->targets[i].source);
	for (i = 0; i < plan->n_jobs; i++) {
		struct opcit_file *entry;

		if (!search->targets[i].source)
			continue;
		entry = opcit_state_find(&plan->state, plan->jobs[i].path);
		moved[i].path = entry->path;
		moved[i].next = entry->next;
		moved[i].stamp = search->targets[i].stamp;
		moved[i].seen = true;
		*entry = moved[i];
	}
	free(moved);
}

/* Who was found has no job any more. */
static void drop_jobs(struct search *search)
{
	struct opcit_plan *plan = search->plan;
	size_t i, n = 0;

	plan->work = 0;
	for (i = 0; i < plan->n_jobs; i++) {
		if (search->targets[i].done)
			continue;
		plan->work += plan->jobs[i].size;
		plan->jobs[n++] = plan->jobs[i];
	}
	plan->n_jobs = n;
	plan->stale |= plan->n_renames > 0;
}

void opcit_renames_find(struct opcit_plan *plan)
{
	struct search search = { .plan = plan };

	if (plan->force || !plan->n_jobs)
		return;
	search.sources = opcit_xcalloc(plan->n_jobs, sizeof *search.sources);
	search.targets = opcit_xcalloc(plan->n_jobs, sizeof *search.targets);
	collect(&search);
	if (search.n_sources) {
		look(&search);
		keep_in_place(&search);
		match_all(&search);
		move(&search);
		drop_jobs(&search);
	}
	free(search.sources);
	free(search.targets);
}

/* ---- in the index -------------------------------------------------------------- */

/* No file has such a path: all of them are absolute. */
static void wait_at(size_t i, struct opcit_buf *path)
{
	opcit_buf_clear(path);
	opcit_buf_printf(path, "renamed %zu", i);
}

static void source_of(struct opcit_str path, struct opcit_buf *source)
{
	opcit_buf_clear(source);
	opcit_path_utf8(path, source);
}

/* Who takes another document's place waits aside until that one has left it:
 * two files that were swapped wait for one another. */
static opcit_status rename_all(const struct opcit_plan *plan, struct opcit_writer *writer, struct opcit_err *err)
{
	enum { ASIDE, FREE, BACK, STEPS };
	struct opcit_buf from = OPCIT_BUF_INIT, to = OPCIT_BUF_INIT;
	opcit_status status = OPCIT_OK;
	size_t i;
	int step;

	for (step = ASIDE; step < STEPS; step++)
		for (i = 0; i < plan->n_renames && status == OPCIT_OK; i++) {
			const struct opcit_rename *rename = &plan->renames[i];

			if (rename->replaces == (step == FREE))
				continue;
			source_of(rename->from, &from);
			source_of(rename->to, &to);
			if (step == BACK)
				wait_at(i, &from);
			else if (step == ASIDE)
				wait_at(i, &to);
			status = opcit_writer_rename(writer, opcit_buf_str(&from), opcit_buf_str(&to), err);
		}
	opcit_buf_release(&from);
	opcit_buf_release(&to);
	return status;
}

static void report(struct opcit_progress *progress, const char *verb, const struct opcit_rename *rename)
{
	char *from = opcit_xstrdup(opcit_progress_path(progress, rename->from));

	opcit_progress_line(progress, "%s %s to %s", verb, from, opcit_progress_path(progress, rename->to));
	free(from);
}

void opcit_renames_print(const struct opcit_plan *plan, struct opcit_progress *progress)
{
	size_t i;

	for (i = 0; i < plan->n_renames; i++)
		report(progress, "rename", &plan->renames[i]);
}

opcit_status opcit_renames_apply(const struct opcit_plan *plan, struct opcit_writer *writer,
				 struct opcit_progress *progress, struct opcit_err *err)
{
	opcit_status status = rename_all(plan, writer, err);
	size_t i;

	if (status != OPCIT_OK)
		return status;
	for (i = 0; i < plan->n_renames; i++) {
		progress->tally.renamed++;
		progress->tally.records += plan->renames[i].n_records;
		if (progress->verbosity == OPCIT_VERBOSE)
			report(progress, "renamed", &plan->renames[i]);
	}
	return OPCIT_OK;
}
