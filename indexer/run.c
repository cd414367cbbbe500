#include "run.h"
#include "load.h"
#include "memo.h"
#include "plan.h"
#include "pool.h"
#include "rename.h"

#include "../lib/index.h"
#include "../lib/paths.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A commit may cost as much as copying the index: it is due when as much was
 * read as is in it, or now and then, so that an interrupted run keeps that, but
 * not so often that it takes more than a tenth of the time. */
enum { COMMIT_SECONDS = 60, COMMIT_PART = 10, COMMIT_BATCHES = 100 };
#define COMMIT_BYTES (UINT64_C(128) << 20)

/* What a process of a run may need, in bytes. */
#define JOB_MEMORY (UINT64_C(160) << 20)

struct run {
	const struct opcit_run_options *options;
	struct opcit_progress *progress;
	struct opcit_plan plan;
	struct opcit_writer *writer;
	struct opcit_registry *registry;
	struct opcit_countries *countries;
	struct opcit_buf table;  /* the last run's, then this one's */
	struct opcit_buf source; /* a path as UTF-8 */
	size_t *todo;            /* the jobs that read */
	uint32_t *numbers;       /* of the file of each job, in the index */
	uint64_t committed, uncommitted; /* bytes of files: before, since */
	size_t n_batches;                /* since */
	bool changed;                    /* anything since */
	time_t committed_at, commit_took; /* seconds */
};

static struct opcit_str source_of(struct run *run, struct opcit_str path)
{
	opcit_buf_clear(&run->source);
	opcit_path_utf8(path, &run->source);
	return opcit_buf_str(&run->source);
}

static opcit_status commit(struct run *run, struct opcit_err *err)
{
	time_t begun = time(NULL);
	opcit_status status;

	opcit_buf_clear(&run->table);
	opcit_state_encode(&run->plan.state, &run->table);
	status = opcit_writer_set_state(run->writer, OPCIT_STATE_KEY, opcit_buf_str(&run->table),
					err);
	opcit_buf_release(&run->table);
	if (status == OPCIT_OK)
		status = opcit_writer_commit(run->writer, err);
	malloc_trim(0); /* a commit takes the most memory, and is seldom */
	run->committed += run->uncommitted;
	run->uncommitted = run->n_batches = 0;
	run->changed = false;
	run->committed_at = time(NULL);
	run->commit_took = run->committed_at - begun;
	return status;
}

static bool commit_is_due(const struct run *run)
{
	time_t since = time(NULL) - run->committed_at;

	return (run->uncommitted >= COMMIT_BYTES && run->uncommitted >= run->committed) ||
	       run->n_batches >= COMMIT_BATCHES ||
	       (since >= COMMIT_SECONDS && since >= COMMIT_PART * run->commit_took);
}

/* ---- the books -------------------------------------------------------------------- */

/* Remove a file's records; that there are none is no fault. */
static opcit_status drop_records(struct run *run, struct opcit_str path, struct opcit_err *err)
{
	opcit_status status = opcit_writer_remove(run->writer, source_of(run, path), err);

	return status == OPCIT_NOT_FOUND ? OPCIT_OK : status;
}

static opcit_status remove_file(struct run *run, const struct opcit_job *job, struct opcit_err *err)
{
	opcit_status status = drop_records(run, job->path, err);

	if (status != OPCIT_OK)
		return status;
	opcit_state_find(&run->plan.state, job->path)->gone = true;
	run->progress->tally.removed++;
	if (run->progress->verbosity == OPCIT_VERBOSE)
		opcit_progress_line(run->progress, "removed %s",
				    opcit_progress_path(run->progress, job->path));
	return OPCIT_OK;
}

/* What the table knows of a file from now on. */
static struct opcit_file *enter(struct run *run, struct opcit_str path, const struct opcit_report *report)
{
	struct opcit_state *state = &run->plan.state;
	struct opcit_file *entry = opcit_state_find(state, path);

	entry->stamp = report->stamp;
	entry->overrides = opcit_manifests_hash(&run->plan.manifests, path);
	entry->reading = report->again ? ~run->options->reading : run->options->reading;
	entry->n_records = report->doc.n_records;
	entry->symbol = opcit_arena_dup(&state->arena, report->doc.symbol);
	entry->lang = opcit_state_keep(state, report->doc.lang);
	entry->gone = false;
	return entry;
}

/* Remember that a file is no document, and why, so that it is not read again. */
static opcit_status skip_file(struct run *run, const struct opcit_job *job, const struct opcit_report *report,
			      struct opcit_err *err)
{
	struct opcit_file *entry;

	if (job->action == OPCIT_UPDATE) {
		opcit_status status = drop_records(run, job->path, err);

		if (status != OPCIT_OK)
			return status;
	}
	entry = enter(run, job->path, report);
	entry->outcome = OPCIT_FILE_SKIPPED;
	entry->reason = opcit_state_keep(&run->plan.state, report->why);
	if (job->named)
		opcit_progress_failed(run->progress, job->path, report->why.ptr, NULL);
	else
		opcit_progress_skipped(run->progress, job->path, report->why.ptr, false);
	return OPCIT_OK;
}

/* Whether the document has no other name than its file's: then it depends on where it stands. */
static bool is_by_name(struct run *run, const struct opcit_job *job, const struct opcit_doc *doc)
{
	opcit_buf_clear(&run->source);
	opcit_load_name(job->path.ptr, &run->source);
	return opcit_str_eq(doc->id, opcit_buf_str(&run->source));
}

static void count_file(struct run *run, const struct opcit_job *job, const struct opcit_report *report)
{
	struct opcit_file *entry = enter(run, job->path, report);
	struct opcit_tally *tally = &run->progress->tally;
	bool added = job->action == OPCIT_ADD;

	entry->outcome = OPCIT_FILE_INDEXED;
	entry->by_name = is_by_name(run, job, &report->doc);
	entry->fresh = true;
	if (added)
		tally->added++;
	else
		tally->changed++;
	tally->records += report->doc.n_records;
	if (run->progress->verbosity == OPCIT_VERBOSE)
		opcit_progress_line(run->progress, "%s %s: %.*s, %zu records", added ? "added" : "changed",
				    opcit_progress_path(run->progress, job->path), OPCIT_FMT(report->doc.id),
				    (size_t)report->doc.n_records);
	if (report->why.len)
		opcit_progress_warn(run->progress, report->hint.ptr, "%s", report->why.ptr);
}

/* ---- reading ------------------------------------------------------------------------ */

static void step(void *data, size_t job)
{
	struct run *run = data;

	opcit_progress_step(run->progress, run->plan.jobs[job].size);
}

/* A batch that was read goes into the books, and is the writer's. */
static opcit_status take_batch(void *data, const struct opcit_report *reports, size_t n, const char *part,
			       struct opcit_err *err)
{
	struct run *run = data;
	struct opcit_placed *files = opcit_xcalloc(n, sizeof *files);
	opcit_status status = OPCIT_OK;
	size_t n_files = 0, i;

	for (i = 0; i < n && status == OPCIT_OK; i++) {
		const struct opcit_job *job = &run->plan.jobs[reports[i].job];

		if (reports[i].fate == OPCIT_FATE_FAILED) {
			opcit_progress_failed(run->progress, job->path, reports[i].why.ptr, reports[i].hint.ptr);
		} else if (reports[i].fate == OPCIT_FATE_SKIPPED) {
			status = skip_file(run, job, &reports[i], err);
		} else {
			count_file(run, job, &reports[i]);
			files[n_files].number = run->numbers[reports[i].job];
			files[n_files++].doc = reports[i].doc;
		}
		run->uncommitted += job->size;
	}
	if (status == OPCIT_OK)
		status = opcit_writer_take(run->writer, part, files, n_files, err);
	free(files);
	run->n_batches++;
	run->changed = true;
	return status == OPCIT_OK && commit_is_due(run) ? commit(run, err) : status;
}

static void report_row(void *data, const char *file, unsigned line, const char *message)
{
	struct run *run = data;

	opcit_progress_warn(run->progress, NULL, "%s:%u: %s", file, line, message);
}

static opcit_status load_tables(struct run *run, struct opcit_err *err)
{
	const struct opcit_tables *tables = run->options->tables;
	opcit_status status = opcit_tables_load(tables, report_row, run, &run->registry, err);

	return status == OPCIT_OK ? opcit_tables_countries(tables, report_row, run, &run->countries, err) : status;
}

/* The jobs that read, and the numbers of their files. */
static opcit_status list_jobs(struct run *run, size_t *n_todo, struct opcit_err *err)
{
	const struct opcit_plan *plan = &run->plan;
	opcit_status status = OPCIT_OK;
	size_t i;

	run->todo = opcit_xcalloc(plan->n_jobs, sizeof *run->todo);
	run->numbers = opcit_xcalloc(plan->n_jobs, sizeof *run->numbers);
	*n_todo = 0;
	for (i = 0; i < plan->n_jobs && status == OPCIT_OK; i++) {
		if (plan->jobs[i].action == OPCIT_REMOVE)
			continue;
		run->todo[(*n_todo)++] = i;
		status = opcit_writer_number(run->writer, source_of(run, plan->jobs[i].path), &run->numbers[i], err);
	}
	return status;
}

static size_t count_processes(const struct run *run)
{
	uint64_t most = run->options->memory / JOB_MEMORY, n = run->options->jobs;

	return n > most ? (most ? (size_t)most : 1) : (size_t)n;
}

static opcit_status read_files(struct run *run, struct opcit_err *err)
{
	struct opcit_reading reading = { .options = run->options, .plan = &run->plan };
	struct opcit_pool pool = { .reading = &reading, .stop = run->options->stop, .step = step, .done = take_batch,
				   .data = run };
	opcit_status status = list_jobs(run, &pool.n_todo, err);

	if (status != OPCIT_OK || !pool.n_todo)
		return status;
	status = load_tables(run, err);
	if (status != OPCIT_OK)
		return status;
	reading.numbers = run->numbers;
	reading.registry = run->registry;
	reading.countries = run->countries;
	reading.folder = opcit_writer_folder(run->writer);
	reading.shards = opcit_writer_shards(run->writer);
	pool.todo = run->todo;
	pool.jobs = count_processes(run);
	if (!run->progress->memo) /* which looks at all files in the end */
		opcit_plan_drop_files(&run->plan);
	opcit_progress_begin(run->progress, run->plan.work);
	status = opcit_pool_run(&pool, err);
	opcit_progress_end(run->progress);
	return status;
}

static bool stopped(const struct run *run)
{
	return run->options->stop && *run->options->stop;
}

static opcit_status do_jobs(struct run *run, struct opcit_err *err)
{
	const struct opcit_plan *plan = &run->plan;
	opcit_status status = opcit_renames_apply(plan, run->writer, run->progress, err);
	size_t i;

	run->changed = plan->stale;
	for (i = 0; i < plan->n_jobs && status == OPCIT_OK && !stopped(run); i++)
		if (plan->jobs[i].action == OPCIT_REMOVE) {
			status = remove_file(run, &plan->jobs[i], err);
			run->changed = true;
		}
	if (status == OPCIT_OK && !stopped(run))
		status = read_files(run, err);
	return status == OPCIT_OK && run->changed ? commit(run, err) : status;
}

/* ---- symbols that two files claim ---------------------------------------------- */

static int by_symbol(const void *a, const void *b)
{
	const struct opcit_file *x = *(struct opcit_file *const *)a;
	const struct opcit_file *y = *(struct opcit_file *const *)b;
	int order = opcit_str_cmp(x->symbol, y->symbol);

	return order ? order : opcit_str_cmp(x->path, y->path);
}

/* Two language versions of a document share its symbol by right. */
static bool is_clash(const struct opcit_file *a, const struct opcit_file *b)
{
	return !a->lang.len || !b->lang.len || opcit_str_eq(a->lang, b->lang);
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

/* Only clashes that this run brought about or met again: one of the files with that
 * symbol was read. */
static void report_clashes(struct run *run)
{
	struct opcit_state *state = &run->plan.state;
	struct opcit_file **sorted = opcit_xcalloc(state->count, sizeof *sorted);
	size_t i, end, k, n = 0;

	for (i = 0; i < state->count; i++)
		if (!state->entries[i].gone && state->entries[i].outcome == OPCIT_FILE_INDEXED &&
		    state->entries[i].symbol.len)
			sorted[n++] = &state->entries[i];
	if (n)
		qsort(sorted, n, sizeof *sorted, by_symbol);
	for (i = 0; i < n; i = end) {
		bool fresh = false;

		for (end = i; end < n && opcit_str_eq(sorted[i]->symbol, sorted[end]->symbol); end++)
			fresh |= sorted[end]->fresh;
		for (k = i + 1; fresh && k < end; k++)
			if (is_clash(sorted[k - 1], sorted[k]))
				report_clash(run->progress, sorted[k - 1], sorted[k]);
	}
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
	opcit_renames_print(&run->plan, run->progress);
	if (run->progress->verbosity == OPCIT_QUIET)
		return;
	opcit_buf_clear(&run->progress->line);
	if (run->plan.n_renames)
		opcit_buf_printf(&run->progress->line, "rename %zu, ", run->plan.n_renames);
	opcit_progress_line(run->progress, "would add %zu, update %zu, %sremove %zu; %zu unchanged",
			    counts[OPCIT_ADD], counts[OPCIT_UPDATE],
			    run->plan.n_renames ? run->progress->line.ptr : "", counts[OPCIT_REMOVE],
			    tally->unchanged);
}

/* Open the index for writing. Another run may have come between: then what is
 * to be done is found out anew from its table. */
static opcit_status open_writer(struct run *run, struct opcit_err *err)
{
	struct opcit_buf table = OPCIT_BUF_INIT;
	opcit_status status = opcit_writer_open(run->options->db, run->options->shards, &run->writer, err);

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

	if (tally->added + tally->changed + tally->unchanged + tally->renamed || !walk->n_roots ||
	    opcit_progress_is_update(run->progress))
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
	opcit_buf_release(&run->source);
	free(run->todo);
	free(run->numbers);
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
	if (run.plan.n_jobs || run.plan.stale || options->shards) {
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
	if (progress->memo)
		opcit_memo_settle(progress->memo, &run.plan.walk);
	opcit_progress_summary(progress);
out:
	release(&run);
	return status;
}
