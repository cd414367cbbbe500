#include "batch.h"
#include "language.h"
#include "load.h"

#include "../lib/file.h"
#include "../lib/pack.h"
#include "../lib/paths.h"
#include "../lib/part.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_ORPHAN = 72 };

/* One process' own. */
struct work {
	const struct opcit_reading *reading;
	int answers;
	struct opcit_part *part;
	struct opcit_buf bytes;   /* the file that is read */
	struct opcit_buf source;  /* its path as UTF-8 */
	struct opcit_buf message;
	struct opcit_arena arena; /* its document */
};

/* ---- what is told ---------------------------------------------------------------- */

static void say(struct work *work, struct opcit_batch_word word)
{
	struct opcit_str header = { (const char *)&word, sizeof word };

	word.len = (uint32_t)work->message.len;
	if (!opcit_file_write(work->answers, header) ||
	    !opcit_file_write(work->answers, opcit_buf_str(&work->message)))
		_exit(EXIT_ORPHAN); /* nobody listens any more */
	opcit_buf_clear(&work->message);
}

static void tell(struct work *work, const struct opcit_report *report)
{
	opcit_report_encode(report, &work->message);
	say(work, (struct opcit_batch_word){ .kind = OPCIT_WORD_REPORT });
}

static void explain(struct opcit_report *report, enum opcit_fate fate, const struct opcit_err *why)
{
	report->fate = fate;
	report->why = opcit_str_of(why->message);
	report->hint = opcit_str_of(why->hint);
}

/* ---- one file ---------------------------------------------------------------------- */

/* A document of which some pages are only images is known for what its text
 * tells, and read again the next time: that may be with --ocr. */
static void warn_of_images(struct work *work, struct opcit_str path, const struct opcit_blocks *blocks,
			   struct opcit_report *report)
{
	const char *shown = opcit_progress_path(work->reading->plan->progress, path);
	unsigned n = blocks->n_image_pages, page = blocks->image_page;

	if (!n)
		return;
	report->again = true;
	report->hint = n == 1 ? OPCIT_STR("opcit index --ocr reads it") : OPCIT_STR("opcit index --ocr reads them");
	if (blocks->n_unreadable_pages) {
		report->why = opcit_arena_printf(&work->arena,
						  "%u pages of '%s' are left out, the first is page %u: their fonts do "
						  "not tell which letters they show",
						  n, shown, page);
		report->hint = OPCIT_STR("opcit index --ocr reads them from their image");
	} else if (n == 1) {
		report->why = opcit_arena_printf(&work->arena, "page %u of '%s' is only an image", page, shown);
	} else {
		report->why = opcit_arena_printf(&work->arena, "page %u and %u more of '%s' are only images", page,
						  n - 1, shown);
	}
}

/* A document in memory goes into the part. The manifest gives it its identity,
 * which the citations need. */
static opcit_status store(struct work *work, size_t job, struct opcit_loaded *loaded, struct opcit_report *report,
			  struct opcit_err *err)
{
	const struct opcit_reading *reading = work->reading;
	struct opcit_document *document = &loaded->document;
	struct opcit_str read_as = document->meta.lang, path = reading->plan->jobs[job].path;

	opcit_manifests_apply(&reading->plan->manifests, path, &document->meta);
	if (!opcit_str_eq(document->meta.lang, read_as))
		opcit_languages_find(document, document->meta.lang, &work->arena);
	opcit_buf_clear(&work->source);
	opcit_path_utf8(path, &work->source);
	document->meta.source = opcit_buf_str(&work->source);
	document->meta.n_records = (uint32_t)document->n_records;
	opcit_loaded_cite(loaded, &document->meta, reading->registry, &work->arena);
	report->fate = OPCIT_FATE_READ;
	report->doc = document->meta;
	return opcit_part_put(work->part, reading->numbers[job], &document->meta, document->records,
				 document->n_records, err);
}

/* Read one file. What is wrong with it alone is its report. */
static opcit_status read_file(struct work *work, size_t job, struct opcit_report *report, struct opcit_err *why)
{
	const struct opcit_reading *reading = work->reading;
	struct opcit_str path = reading->plan->jobs[job].path;
	struct opcit_loaded loaded;
	opcit_status status = opcit_load_bytes(path.ptr, &work->bytes, &report->stamp, why);

	if (status == OPCIT_NOT_FOUND) {
		opcit_err_set(why, OPCIT_IO, "it went away meanwhile");
		opcit_err_hint(why, "the next run removes its records if it does not come back");
		status = OPCIT_IO;
	} else if (status == OPCIT_OK) {
		status = opcit_load_document(path.ptr, opcit_buf_str(&work->bytes), &reading->options->load,
					     &work->arena, &loaded, why);
	}
	if (status != OPCIT_OK) {
		explain(report, status == OPCIT_NOT_FOUND ? OPCIT_FATE_SKIPPED : OPCIT_FATE_FAILED, why);
		return OPCIT_OK;
	}
	status = store(work, job, &loaded, report, why);
	if (status == OPCIT_OK) {
		warn_of_images(work, path, &loaded.blocks, report);
	} else if (status == OPCIT_LIMIT) { /* the file's fault, not the index's */
		explain(report, OPCIT_FATE_FAILED, why);
		status = OPCIT_OK;
	}
	opcit_loaded_release(&loaded);
	return status;
}

static opcit_status do_job(struct work *work, size_t job, struct opcit_err *err)
{
	struct opcit_report report = { .job = job };
	struct opcit_err why = OPCIT_ERR_INIT;
	int crashed = work->reading->shared->crashed[job];
	opcit_status status = OPCIT_OK;

	if (crashed) {
		opcit_err_set(&why, OPCIT_IO, "reading it ended by a crash (%s)", strsignal(crashed));
		opcit_err_hint(&why, "the file is damaged, or opcit has a fault: please report it");
		explain(&report, OPCIT_FATE_FAILED, &why);
	} else {
		status = read_file(work, job, &report, &why);
	}
	if (status == OPCIT_OK)
		tell(work, &report);
	else
		*err = why;
	opcit_arena_reset(&work->arena);
	return status;
}

/* ---- a batch ------------------------------------------------------------------------ */

void opcit_batch_path(const struct opcit_reading *reading, size_t batch, struct opcit_buf *path)
{
	opcit_buf_clear(path);
	opcit_buf_printf(path, "%s/%zu", reading->folder, batch);
}

static void do_batch(struct work *work, const size_t *todo, const struct opcit_batch_order *order)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	struct opcit_err err = OPCIT_ERR_INIT;
	opcit_status status = OPCIT_OK;
	size_t i;

	opcit_batch_path(work->reading, order->batch, &path);
	work->part = opcit_part_new(path.ptr, work->reading->shards, work->reading->countries);
	for (i = order->from; i < order->to && status == OPCIT_OK && !work->reading->shared->stop; i++)
		status = do_job(work, todo[i], &err);
	if (status == OPCIT_OK)
		status = opcit_part_finish(work->part, &err);
	opcit_part_free(work->part);
	malloc_trim(0); /* what it took is not kept while another one does more */
	opcit_buf_release(&path);
	if (status != OPCIT_OK)
		opcit_pack_failure(&work->message, &err);
	say(work, (struct opcit_batch_word){ .kind = status == OPCIT_OK ? OPCIT_WORD_DONE : OPCIT_WORD_FAILED });
}

_Noreturn void opcit_batch_work(const struct opcit_reading *reading, const size_t *todo, int orders, int answers)
{
	struct work work = { .reading = reading, .answers = answers };
	struct opcit_batch_order order;

	opcit_plan_keep_jobs(reading->plan);
	while (read(orders, &order, sizeof order) == (ssize_t)sizeof order)
		do_batch(&work, todo, &order);
	opcit_buf_release(&work.bytes);
	opcit_buf_release(&work.source);
	opcit_buf_release(&work.message);
	opcit_arena_release(&work.arena);
	_exit(0);
}
