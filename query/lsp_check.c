/* lsp_check.c: `opcit check` behind an editor. It runs in a process of its own,
 * so that nothing waits for it; what it found comes back as JSON. */
#include "lsp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "json.h"
#include "pinpoint.h"

/* ---- places --------------------------------------------------------------------------------- */

/* Past a tag; past the text where it is none. */
static size_t tag_end(struct opcit_str text, size_t at)
{
	enum { LONGEST = 1000 };
	const char *end = memchr(text.ptr + at, '>', text.len - at < LONGEST ? text.len - at : LONGEST);

	return end ? (size_t)(end + 1 - text.ptr) : text.len;
}

/* Where `raw` stands at or after `from`, whatever the blanks and tags in it. */
static bool search(struct opcit_str text, struct opcit_str raw, size_t from, size_t *start, size_t *end)
{
	size_t at, i, k;

	raw = opcit_str_trim(raw);
	for (at = from; raw.len && at + raw.len <= text.len + raw.len / 2; at++) {
		if (at >= text.len || text.ptr[at] != raw.ptr[0])
			continue;
		for (i = at, k = 0; i < text.len && k < raw.len;) {
			if (opcit_is_blank(text.ptr[i]) && opcit_is_blank(raw.ptr[k])) {
				while (i < text.len && opcit_is_blank(text.ptr[i]))
					i++;
				while (k < raw.len && opcit_is_blank(raw.ptr[k]))
					k++;
			} else if (text.ptr[i] == '<' && raw.ptr[k] != '<') {
				i = tag_end(text, i);
			} else if (text.ptr[i++] != raw.ptr[k++]) {
				break;
			} else if (k == raw.len) {
				*start = at;
				*end = i;
				return true;
			}
		}
	}
	return false;
}

bool lsp_check_place(const struct opcit_manuscript *manuscript, struct opcit_str text, size_t record,
		     size_t *start, size_t *end, size_t *from)
{
	struct opcit_str raw = opcit_str_sub(manuscript->records[record].text, *start, *end);
	size_t last = *end > *start ? *end - 1 : *end;

	/* the end of a span is where its last byte stands: between them a line may end */
	if (manuscript->source.len == text.len && opcit_manuscript_offset(manuscript, record, *start, start) &&
	    opcit_manuscript_offset(manuscript, record, last, end)) {
		*end += raw.len > 0;
		return *end <= text.len && *start <= *end;
	}
	if (!search(text, raw, *from, start, end))
		return false;
	*from = *end;
	return true;
}

/* ---- findings -------------------------------------------------------------------------------- */

/* What is said of it, for one who has only this. */
static json_t *message_of(const struct finding *finding)
{
	struct opcit_buf buf = OPCIT_BUF_INIT;
	json_t *message;
	size_t i;

	if (finding->reason.len) {
		opcit_buf_add_str(&buf, finding->reason);
	} else if (finding->verdict == CHECK_NOT_IN_INDEX) {
		reference_write(finding->target, finding->pinpoints, finding->n_pinpoints, &buf);
		opcit_buf_puts(&buf, " is not in the index");
	} else if (finding->verdict == CHECK_UNREADABLE) {
		opcit_buf_puts(&buf, "it cannot be told what this points to");
	} else {
		opcit_buf_puts(&buf, check_verdict_name(finding->verdict));
	}
	if (finding->evidence.len && check_verdict_weight(finding->verdict) > CHECK_FINE)
		opcit_buf_printf(&buf, "\n%.*s%s%.*s", OPCIT_FMT(finding->at), finding->at.len ? ": " : "",
				 OPCIT_FMT(finding->evidence));
	for (i = 0; i < finding->n_others; i++)
		opcit_buf_printf(&buf, "%s%.*s", i ? ", " : "\nIt may be: ", OPCIT_FMT(finding->others[i]));
	if (finding->address.len)
		opcit_buf_printf(&buf, "\n%.*s", OPCIT_FMT(finding->address));
	message = json_text(opcit_buf_str(&buf));
	opcit_buf_release(&buf);
	return message;
}

static json_t *finding_json(const struct finding *finding, size_t start, size_t end)
{
	/* 4 is a hint, which editors show softly; 5 is none of theirs and not shown */
	static const int severities[] = { [CHECK_FINE] = 5, [CHECK_NOTE] = 3, [CHECK_WARNING] = 2, [CHECK_FAULT] = 1 };
	enum check_weight weight = check_verdict_weight(finding->verdict);
	json_t *o = json_pack("{s:I, s:I, s:i, s:s, s:o}", "start", (json_int_t)start, "end", (json_int_t)end,
			      "severity", finding->verdict == CHECK_NOT_IN_INDEX ? 4 : severities[weight], "code",
			      check_verdict_name(finding->verdict), "message", message_of(finding));

	if (finding->target.len)
		json_object_set_new(o, "target", json_text(finding->target));
	if (lsp_is_web(finding->address))
		json_object_set_new(o, "address", json_text(finding->address));
	return o;
}

static json_t *findings_json(const struct checker *checker, struct opcit_str text)
{
	const struct opcit_manuscript *manuscript = checker->manuscript;
	json_t *all = json_array();
	size_t i, from = 0;

	for (i = 0; i < checker->n; i++) {
		const struct finding *finding = &checker->findings[i];
		size_t start = finding->start, end = finding->end, at = from;
		size_t fix_start = finding->fix_start, fix_end = finding->fix_end;
		json_t *o;

		if (check_verdict_weight(finding->verdict) == CHECK_FINE && !finding->fix.len)
			continue;
		if (!lsp_check_place(manuscript, text, finding->record, &start, &end, &from))
			continue;
		o = finding_json(finding, start, end);
		if (finding->fix.len &&
		    lsp_check_place(manuscript, text, finding->record, &fix_start, &fix_end, &at)) {
			json_object_set_new(o, "fix", json_text(finding->fix));
			json_object_set_new(o, "fix_start", json_integer((json_int_t)fix_start));
			json_object_set_new(o, "fix_end", json_integer((json_int_t)fix_end));
		}
		json_array_append_new(all, o);
	}
	return all;
}

/* ---- the process ------------------------------------------------------------------------------- */

/* What a check may use, which is over in a second unless a draft is made to do harm. */
enum { CHECK_SECONDS = 60, CHECK_WALL_SECONDS = 180, CHECK_MEMORY_MB = 1024 };

/* AddressSanitizer reserves terabytes of addresses. */
#ifdef __SANITIZE_ADDRESS__
enum { BOUND_ADDRESSES = 0 };
#else
enum { BOUND_ADDRESSES = 1 };
#endif

static void bound(int what, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(what, &limit) == 0 && limit.rlim_max > most) {
		limit.rlim_cur = limit.rlim_max = most;
		setrlimit(what, &limit);
	}
}

/* Nobody waits for it: so it ends by itself, and leaves no image of the draft. */
static void keep_within_bounds(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	bound(RLIMIT_CORE, 0);
	bound(RLIMIT_CPU, CHECK_SECONDS);
	if (BOUND_ADDRESSES)
		bound(RLIMIT_AS, (rlim_t)CHECK_MEMORY_MB << 20);
	signal(SIGXCPU, SIG_DFL);
	signal(SIGALRM, SIG_DFL);
	alarm(CHECK_WALL_SECONDS);
}

static int write_all(const char *bytes, size_t len, void *data)
{
	int fd = *(int *)data;

	while (len) {
		ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes += put;
		len -= (size_t)put;
	}
	return 0;
}

/* In the new process: an index of its own, because an open one is no two
 * processes'. Nothing that is the parent's is released. */
static void check_and_tell(struct lsp *lsp, const struct opcit_manuscript *manuscript, struct opcit_str text,
			   int fd)
{
	struct opcit_arena arena = OPCIT_ARENA_INIT;
	struct reference_reader reader = lsp->reader;
	struct checker checker;
	const struct opcit_open how = { .partial = lsp->partial };
	struct opcit_err err = OPCIT_ERR_INIT;
	json_t *findings = NULL;

	reader.arena = &arena;
	if (opcit_index_open_with(lsp->path.ptr, &how, &reader.index, &err) == OPCIT_OK) {
		check_init(&checker, &reader, &arena);
		if (check_run(&checker, manuscript, &err) == OPCIT_OK)
			findings = findings_json(&checker, text);
	}
	if (!findings)
		findings = json_pack("{s:s}", "failed", err.message);
	json_dump_callback(findings, write_all, &fd, JSON_COMPACT);
}

void lsp_check_start(struct lsp *lsp, struct lsp_doc *doc, const struct opcit_manuscript *manuscript)
{
	struct opcit_str text = doc->n_edits ? manuscript->source : lsp_text_str(&doc->text);
	pid_t parent = getpid();
	int pipes[2];

	if (!lsp_index_ready(lsp) || pipe2(pipes, O_CLOEXEC) != 0)
		return;
	doc->check_pid = fork();
	if (doc->check_pid == 0) {
		keep_within_bounds(parent);
		check_and_tell(lsp, manuscript, text, pipes[1]);
		_exit(0);
	}
	close(pipes[1]);
	if (doc->check_pid < 0) {
		close(pipes[0]);
		return;
	}
	doc->check_fd = pipes[0];
	doc->job = LSP_CHECKING;
	opcit_buf_clear(&doc->answer);
}

static int end_check(struct lsp_doc *doc)
{
	int status = 0;

	while (waitpid(doc->check_pid, &status, 0) < 0 && errno == EINTR)
		;
	close(doc->check_fd);
	doc->check_fd = -1;
	doc->job = LSP_IDLE;
	return status;
}

void lsp_check_abandon(struct lsp_doc *doc)
{
	kill(doc->check_pid, SIGKILL);
	end_check(doc);
}

static const char *why_ended(int status)
{
	enum { NO_MEMORY = 70 }; /* of opcit_xmalloc */
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (number == SIGXCPU || number == SIGALRM || number == SIGKILL)
		return "it takes too long";
	if (number)
		return "the check crashed";
	return WEXITSTATUS(status) == NO_MEMORY ? "it needs too much memory" : "the check ended early";
}

void lsp_check_end(struct lsp *lsp, struct lsp_doc *doc)
{
	enum { CHUNK = 1 << 16 };
	json_t *findings;
	ssize_t got;
	int ended;

	opcit_buf_grow(&doc->answer, CHUNK);
	got = read(doc->check_fd, doc->answer.ptr + doc->answer.len, CHUNK);
	if (got > 0)
		doc->answer.len += (size_t)got;
	if (got > 0 || (got < 0 && errno == EINTR))
		return;
	if (got < 0)
		kill(doc->check_pid, SIGKILL);
	ended = end_check(doc);
	findings = json_loadb(doc->answer.ptr, doc->answer.len, JSON_ALLOW_NUL, NULL);
	opcit_buf_release(&doc->answer);
	if (json_is_array(findings)) {
		json_decref(doc->findings);
		doc->findings = findings;
		return;
	}
	lsp_log(lsp, LSP_LOG_ERROR,
		opcit_arena_printf(&lsp->scratch, "opcit: the draft is not checked: %s",
				   findings ? json_string_value(json_object_get(findings, "failed"))
					    : why_ended(ended)));
	json_decref(findings);
}

/* ---- diagnostics ---------------------------------------------------------------------------------- */

json_t *lsp_check_diagnostic(const struct lsp_doc *doc, json_t *finding)
{
	size_t start = (size_t)json_integer_value(json_object_get(finding, "start"));
	size_t end = (size_t)json_integer_value(json_object_get(finding, "end"));
	json_t *address = json_object_get(finding, "address");
	json_t *o = json_pack("{s:o, s:O, s:O, s:s, s:O}", "range", lsp_text_range_json(&doc->text, start, end),
			      "severity", json_object_get(finding, "severity"), "code",
			      json_object_get(finding, "code"), "source", "opcit", "message",
			      json_object_get(finding, "message"));

	if (address)
		json_object_set_new(o, "codeDescription", json_pack("{s:O}", "href", address));
	return o;
}

/* What needs no remark is kept for its fix, and not shown. */
void lsp_check_publish(struct lsp *lsp, struct lsp_doc *doc)
{
	json_t *all = json_array(), *finding;
	size_t i;

	if (!doc->findings) {
		json_decref(all);
		return;
	}
	for (i = 0; (finding = json_array_get(doc->findings, i)); i++)
		if (json_integer_value(json_object_get(finding, "severity")) <= 4)
			json_array_append_new(all, lsp_check_diagnostic(doc, finding));
	lsp_notify(lsp, "textDocument/publishDiagnostics",
		   json_pack("{s:s, s:o}", "uri", doc->uri, "diagnostics", all));
}
