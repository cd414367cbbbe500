#include "run.h"
#include "language.h"
#include "load.h"
#include "plan.h"

#include "../lib/index.h"
#include "../lib/paths.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* An interrupted run keeps what was committed, and each commit costs. */
enum { COMMIT_RECORDS = 10000, COMMIT_SECONDS = 60 };

struct run {
	const struct opcit_run_options *options;
	struct opcit_progress *progress;
	struct opcit_plan plan;
	struct opcit_writer *writer;
	struct opcit_registry *registry; /* loaded with the first document */
	struct opcit_countries *countries; /* likewise */
	struct opcit_buf table;          /* the last run's, then this one's */
	struct opcit_buf bytes;          /* the file that is read */
	struct opcit_buf source;         /* its path as UTF-8 */
	struct opcit_arena arena;        /* its document */
	size_t uncommitted;              /* records */
	time_t committed_at;
	struct opcit_str *fresh; /* symbols that this run read; borrowed from the table */
	size_t n_fresh, fresh_cap;
};

static struct opcit_str source_of(struct run *run, struct opcit_str path)
{
	opcit_buf_clear(&run->source);
	opcit_path_utf8(path, &run->source);
	return opcit_buf_str(&run->source);
}

static opcit_status commit(struct run *run, struct opcit_err *err)
{
	opcit_status status;

	opcit_buf_clear(&run->table);
	opcit_state_encode(&run->plan.state, &run->table);
	status = opcit_writer_set_state(run->writer, OPCIT_STATE_KEY, opcit_buf_str(&run->table),
					err);
	if (status == OPCIT_OK)
		status = opcit_writer_commit(run->writer, err);
	run->uncommitted = 0;
	run->committed_at = time(NULL);
	return status;
}

/* Remove a file's records; that there are none is no fault. */
static opcit_status drop_records(struct run *run, struct opcit_str path, struct opcit_err *err)
{
	opcit_status status = opcit_writer_remove(run->writer, source_of(run, path), err);

	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

static opcit_status remove_file(struct run *run, const struct opcit_job *job, struct opcit_err *err)
{
	opcit_status status = drop_records(run, job->path, err);
	struct opcit_file *entry = opcit_state_find(&run->plan.state, job->path);

	if (status != OPCIT_OK)
		return status;
	run->uncommitted += entry->n_records;
	entry->gone = true;
	run->progress->tally.removed++;
	if (run->progress->verbosity == OPCIT_VERBOSE)
		opcit_progress_line(run->progress, "removed %s",
				    opcit_progress_path(run->progress, job->path));
	return OPCIT_OK;
}

/* Remember that a file is no document, and why, so that it is not read again. */
static opcit_status skip_file(struct run *run, const struct opcit_job *job,
			      struct opcit_stamp stamp, const char *why, struct opcit_err *err)
{
	struct opcit_file *entry = opcit_state_find(&run->plan.state, job->path);

	if (job->action == OPCIT_UPDATE) {
		opcit_status status = drop_records(run, job->path, err);

		if (status != OPCIT_OK)
			return status;
	}
	entry->outcome = OPCIT_FILE_SKIPPED;
	entry->reason = opcit_arena_dup(&run->plan.state.arena, opcit_str_of(why));
	entry->symbol = entry->lang = (struct opcit_str){ NULL, 0 };
	entry->n_records = 0;
	entry->stamp = stamp;
	entry->overrides = opcit_manifests_hash(&run->plan.manifests, job->path);
	entry->reading = run->options->reading;
	entry->gone = false;
	if (job->named)
		opcit_progress_failed(run->progress, job->path, why, NULL);
	else
		opcit_progress_skipped(run->progress, job->path, why, false);
	return OPCIT_OK;
}

static void enter(struct run *run, const struct opcit_job *job, struct opcit_stamp stamp,
		  const struct opcit_document *document)
{
	struct opcit_state *state = &run->plan.state;
	struct opcit_file *entry = opcit_state_find(state, job->path);

	entry->outcome = OPCIT_FILE_INDEXED;
	entry->stamp = stamp;
	entry->overrides = opcit_manifests_hash(&run->plan.manifests, job->path);
	entry->reading = run->options->reading;
	entry->n_records = (uint32_t)document->n_records;
	entry->reason = (struct opcit_str){ NULL, 0 };
	entry->symbol = opcit_arena_dup(&state->arena, document->meta.symbol);
	entry->lang = opcit_arena_dup(&state->arena, document->meta.lang);
	entry->gone = false;
	if (entry->symbol.len) {
		OPCIT_GROW(run->fresh, run->n_fresh, run->fresh_cap);
		run->fresh[run->n_fresh++] = entry->symbol;
	}
}

static void count(struct run *run, const struct opcit_job *job,
		  const struct opcit_document *document)
{
	struct opcit_tally *tally = &run->progress->tally;
	bool added = job->action == OPCIT_ADD;

	if (added)
		tally->added++;
	else
		tally->changed++;
	tally->records += document->n_records;
	if (run->progress->verbosity == OPCIT_VERBOSE)
		opcit_progress_line(run->progress, "%s %s: %.*s, %zu records",
				    added ? "added" : "changed",
				    opcit_progress_path(run->progress, job->path),
				    OPCIT_FMT(document->meta.id), document->n_records);
}

static void report_row(void *data, const char *file, unsigned line, const char *message)
{
	struct run *run = data;

	opcit_progress_warn(run->progress, NULL, "%s:%u: %s", file, line, message);
}

/* What each record cites: the manifest has given the document its identity,
 * which the citations need. */
static opcit_status find_citations(struct run *run, struct opcit_loaded *loaded, struct opcit_err *err)
{
	opcit_status status;

	if (!run->registry) {
		status = opcit_tables_load(run->options->tables, report_row, run, &run->registry,
					   err);
		if (status == OPCIT_OK)
			status = opcit_tables_countries(run->options->tables, report_row, run,
							&run->countries, err);
		if (status != OPCIT_OK)
			return status;
		opcit_writer_set_countries(run->writer, run->countries);
	}
	opcit_loaded_cite(loaded, &loaded->document.meta, run->registry, &run->arena);
	return OPCIT_OK;
}

/* A document in memory goes into the index. */
static opcit_status store(struct run *run, const struct opcit_job *job, struct opcit_stamp stamp,
			  struct opcit_loaded *loaded, struct opcit_err *err)
{
	struct opcit_document *document = &loaded->document;
	struct opcit_str read_as = document->meta.lang;
	opcit_status status;

	opcit_manifests_apply(&run->plan.manifests, job->path, &document->meta);
	if (!opcit_str_eq(document->meta.lang, read_as))
		opcit_languages_find(document, document->meta.lang, &run->arena);
	document->meta.source = source_of(run, job->path);
	document->meta.n_records = (uint32_t)document->n_records;
	status = find_citations(run, loaded, err);
	if (status != OPCIT_OK)
		return status;
	status = opcit_writer_put(run->writer, &document->meta, document->records,
				  document->n_records, err);
	if (status == OPCIT_LIMIT) { /* this file's fault, not the index's */
		opcit_progress_failed(run->progress, job->path, err->message, err->hint);
		return OPCIT_OK;
	}
	if (status != OPCIT_OK)
		return status;
	run->uncommitted += document->n_records;
	enter(run, job, stamp, document);
	count(run, job, document);
	return OPCIT_OK;
}

/* A document of which some pages are only images is known for what its text
 * tells, and read again the next time: that may be with --ocr. */
static void report_images(struct run *run, const struct opcit_job *job, const struct opcit_blocks *blocks)
{
	struct opcit_file *entry = opcit_state_find(&run->plan.state, job->path);

	if (!blocks->n_image_pages)
		return;
	if (blocks->n_unreadable_pages)
		opcit_progress_warn(run->progress, "opcit index --ocr reads them from their image",
				    "%u pages of '%s' are left out, the first is page %u: their fonts do not tell "
				    "which letters they show",
				    (unsigned)blocks->n_image_pages, opcit_progress_path(run->progress, job->path),
				    (unsigned)blocks->image_page);
	else if (blocks->n_image_pages == 1)
		opcit_progress_warn(run->progress, "opcit index --ocr reads it", "page %u of '%s' is only an image",
				    (unsigned)blocks->image_page, opcit_progress_path(run->progress, job->path));
	else
		opcit_progress_warn(run->progress, "opcit index --ocr reads them",
				    "page %u and %u more of '%s' are only images", (unsigned)blocks->image_page,
				    (unsigned)blocks->n_image_pages - 1,
				    opcit_progress_path(run->progress, job->path));
	if (entry)
		entry->reading = ~run->options->reading;
}

/* Read one file and bring the index in line with it. What is wrong with the
 * file alone is reported, and its old records stay. */
static opcit_status read_file(struct run *run, const struct opcit_job *job, struct opcit_err *err)
{
	struct opcit_err why = OPCIT_ERR_INIT;
	struct opcit_loaded loaded;
	struct opcit_stamp stamp;
	opcit_status status = opcit_load_bytes(job->path.ptr, &run->bytes, &stamp, &why);

	if (status == OPCIT_NOT_FOUND) {
		opcit_err_set(&why, OPCIT_IO, "it went away meanwhile");
		opcit_err_hint(&why, "the next run removes its records if it does not come back");
		status = OPCIT_IO;
	} else if (status == OPCIT_OK) {
		status = opcit_load_document(job->path.ptr, opcit_buf_str(&run->bytes),
					     &run->options->load, &run->arena,
					     &loaded, &why);
		if (status == OPCIT_NOT_FOUND)
			return skip_file(run, job, stamp, why.message, err);
	}
	if (status != OPCIT_OK) {
		opcit_progress_failed(run->progress, job->path, why.message, why.hint);
		return OPCIT_OK;
	}
	status = store(run, job, stamp, &loaded, err);
	report_images(run, job, &loaded.blocks);
	opcit_loaded_release(&loaded);
	return status;
}

static bool stopped(const struct run *run)
{
	return run->options->stop && *run->options->stop;
}

static bool commit_is_due(const struct run *run)
{
	return run->uncommitted >= COMMIT_RECORDS ||
	       (run->uncommitted && time(NULL) - run->committed_at >= COMMIT_SECONDS);
}

static opcit_status do_jobs(struct run *run, struct opcit_err *err)
{
	const struct opcit_plan *plan = &run->plan;
	opcit_status status = OPCIT_OK;
	size_t i;

	for (i = 0; i < plan->n_jobs && status == OPCIT_OK && !stopped(run); i++)
		if (plan->jobs[i].action == OPCIT_REMOVE)
			status = remove_file(run, &plan->jobs[i], err);
	opcit_progress_begin(run->progress, plan->work);
	for (i = 0; i < plan->n_jobs && status == OPCIT_OK && !stopped(run); i++) {
		if (plan->jobs[i].action == OPCIT_REMOVE)
			continue;
		status = read_file(run, &plan->jobs[i], err);
		opcit_arena_reset(&run->arena);
		if (status == OPCIT_OK && commit_is_due(run))
			status = commit(run, err);
		opcit_progress_step(run->progress, plan->jobs[i].size);
	}
	if (status == OPCIT_OK)
		status = commit(run, err);
	opcit_progress_end(run->progress);
	return status;
}

/* ---- symbols that two files claim ---------------------------------------------- */

static int by_symbol(const void *a, const void *b)
{
	const struct opcit_file *x = *(struct opcit_file *const *)a;
	const struct opcit_file *y = *(struct opcit_file *const *)b;
	int order = opcit_str_cmp(x->symbol, y->symbol);

	return order ? order : opcit_str_cmp(x->path, y->path);
}

static int by_str(const void *a, const void *b)
{
	return opcit_str_cmp(*(const struct opcit_str *)a, *(const struct opcit_str *)b);
}

/* Two language versions of a document share its symbol by right. */
static bool is_clash(const struct opcit_file *a, const struct opcit_file *b)
{
	return opcit_str_eq(a->symbol, b->symbol) &&
	       (!a->lang.len || !b->lang.len || opcit_str_eq(a->lang, b->lang));
}

static void report_clash(struct opcit_progress *progress, const struct opcit_file *a,
			 const struct opcit_file *b)
{
	char *first = opcit_xstrdup(opcit_progress_path(progress, a->path));

	opcit_progress_warn(progress, "both can be found; a manifest.tsv can tell them apart",
			    "two files claim the symbol '%.*s': '%s' and '%s'",
			    OPCIT_FMT(a->symbol), first, opcit_progress_path(progress, b->path));
	free(first);
}

/* Only clashes that this run brought about or met again. */
static void report_clashes(struct run *run)
{
	struct opcit_state *state = &run->plan.state;
	struct opcit_file **sorted;
	size_t i, n = 0;

	if (!run->n_fresh)
		return;
	qsort(run->fresh, run->n_fresh, sizeof *run->fresh, by_str);
	sorted = opcit_xmalloc(state->count * sizeof *sorted);
	for (i = 0; i < state->count; i++)
		if (!state->entries[i].gone && state->entries[i].symbol.len)
			sorted[n++] = &state->entries[i];
	qsort(sorted, n, sizeof *sorted, by_symbol);
	for (i = 1; i < n; i++)
		if (is_clash(sorted[i - 1], sorted[i]) &&
		    bsearch(&sorted[i]->symbol, run->fresh, run->n_fresh, sizeof *run->fresh,
			    by_str))
			report_clash(run->progress, sorted[i - 1], sorted[i]);
	free(sorted);
}

/* ---- the run ------------------------------------------------------------------- */

static void print_plan(struct run *run)
{
	static const char *const verbs[] = { "add", "update", "remove" };
	struct opcit_tally *tally = &run->progress->tally;
	size_t counts[3] = { 0, 0, 0 }, i;

	for (i = 0; i < run->plan.n_jobs; i++) {
		const struct opcit_job *job = &run->plan.jobs[i];

		counts[job->action]++;
		opcit_progress_line(run->progress, "%s %s", verbs[job->action],
				    opcit_progress_path(run->progress, job->path));
	}
	if (run->progress->verbosity != OPCIT_QUIET)
		opcit_progress_line(run->progress,
				    "would add %zu, update %zu, remove %zu; "
				    "%zu unchanged",
				    counts[OPCIT_ADD], counts[OPCIT_UPDATE], counts[OPCIT_REMOVE],
				    tally->unchanged);
}

/* Open the index for writing. Another run may have come between: then what is
 * to be done is found out anew from its table. */
static opcit_status open_writer(struct run *run, struct opcit_err *err)
{
	struct opcit_buf table = OPCIT_BUF_INIT;
	opcit_status status = opcit_writer_open(run->options->db, &run->writer, err);

	if (status == OPCIT_OK)
		status = opcit_writer_get_state(run->writer, OPCIT_STATE_KEY, &table, err);
	if (status == OPCIT_OK && !opcit_str_eq(opcit_buf_str(&table), opcit_buf_str(&run->table)))
		status = opcit_plan_compare(&run->plan, opcit_buf_str(&table), err);
	opcit_buf_release(&table);
	return status;
}

static opcit_status make_plan(struct run *run, struct opcit_err *err)
{
	const struct opcit_run_options *options = run->options;
	opcit_status status;

	status = opcit_index_peek_state(options->db, OPCIT_STATE_KEY, &run->table, err);
	if (status != OPCIT_OK && status != OPCIT_NOT_FOUND)
		return status;
	status = opcit_plan_walk(&run->plan, options->paths, options->n_paths, options->db,
				 options->manifest, err);
	if (status == OPCIT_OK)
		status = opcit_plan_compare(&run->plan, opcit_buf_str(&run->table), err);
	return status;
}

/* A folder that gave nothing is most often the wrong folder. */
static void report_nothing(struct run *run)
{
	struct opcit_tally *tally = &run->progress->tally;
	const struct opcit_walk *walk = &run->plan.walk;

	if (tally->added + tally->changed + tally->unchanged || !walk->n_roots)
		return;
	tally->nothing = true;
	opcit_progress_warn(run->progress, "opcit reads PDF, DOCX, ODT, HTML, Akoma Ntoso, legacy Word, RTF, text and Markdown",
			    walk->n_roots == 1 ? "no readable files in '%s'"
					       : "no readable files in '%s' and the other folders",
			    opcit_progress_path(run->progress, walk->roots[0]));
}

static void release(struct run *run)
{
	opcit_registry_free(run->registry);
	opcit_writer_close(run->writer);
	opcit_countries_free(run->countries);
	opcit_plan_release(&run->plan);
	opcit_buf_release(&run->table);
	opcit_buf_release(&run->bytes);
	opcit_buf_release(&run->source);
	opcit_arena_release(&run->arena);
	free(run->fresh);
}

static bool has_reading(const struct opcit_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n_jobs; i++)
		if (plan->jobs[i].action != OPCIT_REMOVE)
			return true;
	return false;
}

opcit_status opcit_run(const struct opcit_run_options *options, struct opcit_progress *progress,
		       bool *interrupted, struct opcit_err *err)
{
	struct run run = { .options = options, .progress = progress };
	opcit_status status;

	*interrupted = false;
	opcit_plan_init(&run.plan, progress, options->reading, options->force);
	status = make_plan(&run, err);
	if (status != OPCIT_OK)
		goto out;
	if (options->dry_run) {
		print_plan(&run);
		goto out;
	}
	if (options->hand_over && has_reading(&run.plan)) {
		status = options->hand_over(options->hand_over_data, err);
		goto out;
	}
	if (run.plan.n_jobs || run.plan.stale) {
		run.committed_at = time(NULL);
		status = open_writer(&run, err);
		if (status == OPCIT_OK)
			status = do_jobs(&run, err);
		if (status != OPCIT_OK) {
			if (status == OPCIT_IO && err && !err->hint[0])
				opcit_err_hint(err, "the index stays as it was; run the command "
						    "again when there is room and right to write");
			goto out;
		}
		report_clashes(&run);
	}
	*interrupted = stopped(&run);
	if (!*interrupted)
		report_nothing(&run);
	opcit_progress_summary(progress);
out:
	release(&run);
	return status;
}
