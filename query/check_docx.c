/* check_docx.c: a copy of the draft with a comment at each finding. The program
 * that has the readers makes it (lib/annotation.h); here it becomes a file. */
#include "check_print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/annotation.h"
#include "../lib/file.h"
#include "draft.h"

/* ---- the comments ---------------------------------------------------------------- */

static void put_comments(const struct check_report *report, struct opcit_buf *out)
{
	const struct opcit_manuscript *manuscript = report->manuscript;
	struct opcit_annotations all = { .n_texts = manuscript->n_records };
	struct opcit_buf text = OPCIT_BUF_INIT, said = OPCIT_BUF_INIT;
	size_t i;

	all.texts = opcit_arena_alloc(report->arena, (all.n_texts + 1) * sizeof *all.texts);
	all.items = opcit_arena_alloc(report->arena, (report->n + 1) * sizeof *all.items);
	for (i = 0; i < all.n_texts; i++)
		all.texts[i] = manuscript->records[i].text;
	for (i = 0; i < report->n; i++) {
		const struct finding *finding = &report->findings[i];

		if (!check_is_wanted(report, finding))
			continue;
		opcit_buf_clear(&text);
		opcit_buf_clear(&said);
		check_explain(report, finding, &said);
		opcit_buf_puts(&text, check_verdict_words(finding->verdict));
		if (said.len)
			opcit_buf_printf(&text, "\n%s", said.ptr);
		all.items[all.n++] = (struct opcit_annotation){
			finding->record, finding->start, finding->end,
			opcit_arena_dup(report->arena, opcit_buf_str(&text)),
		};
	}
	opcit_annotations_encode(&all, out);
	opcit_buf_release(&text);
	opcit_buf_release(&said);
}

/* ---- the file ---------------------------------------------------------------------- */

static opcit_status cannot_write(const char *out, int why, struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot write '%.200s': %s", out,
			     why == EACCES ? "no permission" : why == ENOENT ? "there is no such folder" : strerror(why));
}

/* Never the draft itself, under whatever name, nor what is no plain file. */
static opcit_status look_before(const struct check_report *report, const char *out, struct opcit_err *err)
{
	struct stat draft, there;

	if (!opcit_str_is(report->manuscript->format, "DOCX")) {
		opcit_err_set(err, OPCIT_USAGE, "cannot put comments into '%.200s': it is not a DOCX", report->path);
		opcit_err_hint(err, "save it as DOCX first, or use --html, which any format has");
		return OPCIT_USAGE;
	}
	if (strcmp(report->path, "-") == 0) {
		opcit_err_set(err, OPCIT_USAGE, "cannot put comments into standard input");
		opcit_err_hint(err, "name the file: opcit check --docx checked.docx report.docx");
		return OPCIT_USAGE;
	}
	if (!*out) {
		opcit_err_set(err, OPCIT_USAGE, "--docx: the copy has no name");
		opcit_err_hint(err, "for example: opcit check --docx checked.docx report.docx");
		return OPCIT_USAGE;
	}
	if (stat(out, &there) != 0)
		return OPCIT_OK;
	if (stat(report->path, &draft) == 0 && draft.st_dev == there.st_dev && draft.st_ino == there.st_ino) {
		opcit_err_set(err, OPCIT_USAGE, "'%.200s' is the draft itself", out);
		opcit_err_hint(err, "give the copy another name: the draft stays as it is");
		return OPCIT_USAGE;
	}
	if (!S_ISREG(there.st_mode))
		return opcit_err_set(err, OPCIT_USAGE, "cannot write '%.200s': it is no file", out);
	return OPCIT_OK;
}

/* Beside its place and then into it, so that there is never half of it. */
static opcit_status write_file(const char *out, struct opcit_str bytes, struct opcit_err *err)
{
	struct opcit_buf path = OPCIT_BUF_INIT;
	mode_t mask = umask(0);
	int fd, why = 0;

	umask(mask);
	opcit_buf_printf(&path, "%s.XXXXXX", out);
	fd = mkstemp(path.ptr);
	if (fd < 0) {
		why = errno;
	} else {
		if (!opcit_file_write(fd, bytes) || fchmod(fd, 0666 & ~mask) != 0)
			why = errno;
		if (close(fd) != 0 && !why)
			why = errno;
		if (!why && rename(path.ptr, out) != 0)
			why = errno;
		if (why)
			unlink(path.ptr);
	}
	opcit_buf_release(&path);
	return why ? cannot_write(out, why, err) : OPCIT_OK;
}

opcit_status check_write_docx(const struct check_report *report, const char *out, size_t *placed,
			      size_t *astray, struct opcit_err *err)
{
	struct opcit_buf comments = OPCIT_BUF_INIT;
	struct draft_input input = { .annotate = report->path };
	struct draft_reading reading;
	struct opcit_annotated annotated = { { NULL, 0 }, 0, 0 };
	struct opcit_str answer = { NULL, 0 };
	struct opcit_err why = OPCIT_ERR_INIT;
	opcit_status status = look_before(report, out, err);

	if (status != OPCIT_OK)
		return status;
	put_comments(report, &comments);
	input.text = opcit_buf_str(&comments);
	status = draft_start(&input, &reading, &why);
	if (status == OPCIT_OK)
		status = draft_take(&reading, report->arena, &answer, &why);
	if (status == OPCIT_OK)
		status = opcit_annotated_decode(answer, &annotated, &why);
	opcit_buf_release(&comments);
	if (status != OPCIT_OK) {
		opcit_err_set(err, status, "cannot put comments into '%.200s': %s", report->path, why.message);
		if (why.hint[0])
			opcit_err_hint(err, "%s", why.hint);
		return status;
	}
	*placed = annotated.placed;
	*astray = annotated.astray;
	return write_file(out, annotated.file, err);
}
