#include "progress.h"
#include "memo.h"

#include "../lib/paths.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NAMED_MAX = 10, BAR_WIDTH = 30, REDRAW_NS = 100000000 };

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

void opcit_progress_init(struct opcit_progress *p, FILE *out, FILE *log,
			 enum opcit_verbosity verbosity, struct opcit_str cwd)
{
	memset(p, 0, sizeof *p);
	p->out = out;
	p->log = log;
	p->verbosity = verbosity;
	p->cwd = cwd;
	p->bar = verbosity != OPCIT_QUIET && isatty(fileno(log));
	p->started = now();
}

void opcit_progress_release(struct opcit_progress *p)
{
	opcit_buf_release(&p->shown);
	opcit_buf_release(&p->line);
}

static void wipe(struct opcit_progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", p->log);
	p->drawn = false;
}

const char *opcit_progress_path(struct opcit_progress *p, struct opcit_str path)
{
	if (p->cwd.len > 1 && path.len > p->cwd.len + 1 && path.ptr[p->cwd.len] == '/' &&
	    memcmp(path.ptr, p->cwd.ptr, p->cwd.len) == 0)
		path = opcit_str_sub(path, p->cwd.len + 1, path.len);
	opcit_buf_clear(&p->shown);
	opcit_buf_puts(&p->shown, "");
	opcit_path_shown(path, &p->shown);
	return p->shown.ptr;
}

/* ---- messages ---------------------------------------------------------------- */

void opcit_progress_warn(struct opcit_progress *p, const char *hint, const char *format, ...)
{
	va_list ap;

	wipe(p);
	fflush(p->out); /* so that both streams on one terminal keep their order */
	fputs("opcit: ", p->log);
	va_start(ap, format);
	vfprintf(p->log, format, ap);
	va_end(ap);
	fputc('\n', p->log);
	if (hint && hint[0])
		fprintf(p->log, "  %s\n", hint);
}

void opcit_progress_line(struct opcit_progress *p, const char *format, ...)
{
	va_list ap;

	wipe(p);
	va_start(ap, format);
	vfprintf(p->out, format, ap);
	va_end(ap);
	fputc('\n', p->out);
}

void opcit_progress_failed(struct opcit_progress *p, struct opcit_str path, const char *why,
			   const char *hint)
{
	p->tally.failed++;
	if (p->memo)
		opcit_memo_failed(p->memo, path, why);
	opcit_progress_warn(p, hint, "cannot read '%s': %s", opcit_progress_path(p, path), why);
}

static void count_reason(struct opcit_tally *tally, const char *why)
{
	size_t i;

	for (i = 0; i < tally->n_reasons; i++)
		if (strncmp(tally->reasons[i].what, why, sizeof tally->reasons[i].what - 1) == 0)
			break;
	if (i == OPCIT_REASONS_MAX)
		i--;
	if (i == tally->n_reasons) {
		snprintf(tally->reasons[i].what, sizeof tally->reasons[i].what, "%s", why);
		tally->n_reasons++;
	}
	tally->reasons[i].count++;
}

void opcit_progress_skipped(struct opcit_progress *p, struct opcit_str path, const char *why,
			    bool again)
{
	if (again && opcit_progress_is_update(p))
		return;
	p->tally.skipped++;
	count_reason(&p->tally, why);
	if (p->verbosity != OPCIT_VERBOSE &&
	    (again || p->verbosity == OPCIT_QUIET || p->named > NAMED_MAX))
		return;
	if (p->verbosity != OPCIT_VERBOSE && p->named++ == NAMED_MAX)
		opcit_progress_warn(p, NULL, "more files skipped; --verbose names them all");
	else
		opcit_progress_warn(p, NULL, "skipped '%s': %s", opcit_progress_path(p, path), why);
}

/* ---- the bar ----------------------------------------------------------------- */

void opcit_progress_begin(struct opcit_progress *p, uint64_t work)
{
	p->work = work ? work : 1;
	p->done = 0;
	p->work_started = p->drawn_at = now();
}

void opcit_progress_step(struct opcit_progress *p, uint64_t bytes)
{
	char bar[BAR_WIDTH + 1];
	double passed, rate;
	int64_t at;
	size_t full;
	long left;

	p->done += bytes;
	if (!p->bar || (at = now()) - p->drawn_at < REDRAW_NS)
		return;
	p->drawn_at = at;
	passed = (double)(at - p->work_started) / 1e9;
	rate = (double)p->done / passed;
	left = rate > 0 && p->done < p->work ? (long)((double)(p->work - p->done) / rate) : 0;
	full = p->done < p->work ? (size_t)(p->done * BAR_WIDTH / p->work) : BAR_WIDTH;
	memset(bar, '.', BAR_WIDTH);
	memset(bar, '#', full);
	bar[BAR_WIDTH] = '\0';
	fprintf(p->log, "\r[%s] %3d %%  %zu files  %.1f MB/s  %ld:%02ld left\033[K", bar,
		(int)(full * 100 / BAR_WIDTH), p->tally.added + p->tally.changed, rate / 1e6,
		left / 60, left % 60);
	fflush(p->log);
	p->drawn = true;
}

void opcit_progress_end(struct opcit_progress *p)
{
	wipe(p);
	fflush(p->log);
}

/* ---- the summary ------------------------------------------------------------- */

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

bool opcit_progress_is_update(const struct opcit_progress *p)
{
	return p->memo && !p->memo->first;
}

/* "14:05:09 2 added, 1 removed in 0.12 seconds"; nothing where nothing happened. */
static void print_update(struct opcit_progress *p)
{
	const struct opcit_tally *t = &p->tally;
	const struct {
		size_t n;
		const char *what;
	} parts[] = { { t->added, "added" },     { t->changed, "changed" }, { t->renamed, "renamed" },
		      { t->removed, "removed" }, { t->skipped, "skipped" }, { t->failed, "could not be read" } };
	char clock[16] = "";
	time_t at = time(NULL);
	struct tm local;
	size_t i;

	opcit_buf_clear(&p->line);
	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].n)
			opcit_buf_printf(&p->line, "%s%zu %s", p->line.len ? ", " : "", parts[i].n, parts[i].what);
	if (!p->line.len)
		return;
	if (localtime_r(&at, &local))
		strftime(clock, sizeof clock, "%H:%M:%S ", &local);
	opcit_progress_line(p, "%s%s in %.2f seconds", clock, p->line.ptr, t->seconds);
}

void opcit_progress_summary(struct opcit_progress *p)
{
	struct opcit_tally *t = &p->tally;
	size_t files = t->added + t->changed + t->unchanged + t->renamed, i;
	char renamed[40] = "";

	t->seconds = (double)(now() - p->started) / 1e9;
	if (p->verbosity == OPCIT_QUIET)
		return;
	if (opcit_progress_is_update(p)) {
		print_update(p);
		return;
	}
	if (t->renamed)
		snprintf(renamed, sizeof renamed, " %zu renamed,", t->renamed);
	opcit_progress_line(p, "%zu file%s: %zu added, %zu changed, %zu unchanged,%s %zu removed", files,
			    plural(files), t->added, t->changed, t->unchanged, renamed, t->removed);
	if (t->skipped) {
		opcit_buf_clear(&p->line);
		for (i = 0; i < t->n_reasons; i++)
			opcit_buf_printf(&p->line, "%s%s (%zu)", i ? ", " : "", t->reasons[i].what,
					 t->reasons[i].count);
		opcit_progress_line(p, "%zu skipped: %s", t->skipped, p->line.ptr);
	}
	if (t->failed)
		opcit_progress_line(p, "%zu could not be read", t->failed);
	opcit_progress_line(p, "%llu record%s in %.2f seconds", (unsigned long long)t->records,
			    plural(t->records), t->seconds);
}
