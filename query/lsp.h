/* lsp.h: what the parts of `opcit lsp` share. One thread and one loop (lsp.c):
 *
 *   bytes ─ lsp_wire ─▶ messages ─ lsp_rpc ─▶ documents (lsp_doc), features (lsp_hover …)
 *
 * Reading a draft and checking it are other processes; the loop looks after
 * them, so that an answer never waits for either.
 */
#ifndef OPCIT_LSP_H
#define OPCIT_LSP_H

#include "checker.h"
#include "draft.h"
#include "lsp_source.h"
#include "lsp_text.h"
#include "lsp_wire.h"
#include "options.h"
#include "style.h"

/* A citation of an open document. */
struct lsp_cite {
	size_t start, end; /* bytes of its text */
	struct opcit_str target;
	struct opcit_str *pinpoints;
	size_t n_pinpoints;
};

enum lsp_job { LSP_IDLE, LSP_READING, LSP_CHECKING };

struct lsp_doc {
	struct lsp_doc *next;
	char *uri, *name; /* name: its suffix tells the format to who reads it */
	bool tex;         /* "~" is a blank */
	struct lsp_text text;
	struct lsp_cite *cites; /* in order; shifted through what was typed since */
	size_t n_cites;
	bool read;           /* cites are of a reading of the whole */
	json_t *findings;    /* array: lsp_check.c; shifted likewise; or NULL */
	struct opcit_arena arena; /* of cites */
	int64_t due;         /* ms: when to read it again; 0: not */
	bool check;          /* and to check it then */
	enum lsp_job job;
	bool job_checks;     /* the reading that runs is for a check */
	struct draft_reading reading;
	pid_t check_pid;
	int check_fd;
	struct opcit_buf answer; /* of the check */
	struct lsp_edit *edits;  /* since the job began */
	size_t n_edits, cap_edits;
};

struct lsp {
	struct lsp_wire wire;
	enum { LSP_NEW, LSP_RUNNING, LSP_SHUT, LSP_OVER } state;
	bool clean;     /* it was shut down before its end */
	pid_t client;   /* or 0 */
	bool utf8;      /* how positions are counted (lsp_text.h) */
	bool markdown;  /* hover may use it */
	bool can_show;  /* window/showDocument */
	bool virtual_documents; /* the client opens opcit: addresses by opcit/show */
	int64_t next_id;        /* of our own requests */
	const struct style *style;
	struct lsp_doc *docs;
	struct opcit_buf path;       /* of the index */
	bool partial;                /* go on without a shard that does not answer */
	struct opcit_index *index;   /* NULL while there is none that can be read */
	uint64_t stamp;              /* of its files, 0 for none */
	int64_t looked, changed;     /* ms: when last looked at; when it last was another */
	struct opcit_str complained; /* what was last said of it */
	struct opcit_arena complaint, target_arena;
	struct reference_reader reader; /* its arena is `scratch` */
	struct checker targets;         /* what identifiers mean, until the index changes */
	struct opcit_arena scratch;     /* of one message */
	struct lsp_source source;       /* the file in which records were last looked for */
};

/* ---- lsp.c: a server without its streams ------------------------------------------- */

/* The tables are loaded; the index, which `db` or the environment names, is looked
 * for when it is needed. */
opcit_status lsp_init(struct lsp *lsp, struct db_option db, struct opcit_err *err);
void lsp_release(struct lsp *lsp);

/* ---- lsp_rpc.c ------------------------------------------------------------------ */

/* Take what has been read, answer it into wire.out. */
void lsp_take(struct lsp *lsp);
/* Tell the client, without an answer. */
void lsp_notify(struct lsp *lsp, const char *method, json_t *params);
void lsp_request(struct lsp *lsp, const char *method, json_t *params);
enum { LSP_LOG_ERROR = 1, LSP_LOG_WARNING, LSP_LOG_INFO };
void lsp_log(struct lsp *lsp, int type, struct opcit_str message);
/* Likewise, but shown to the person. */
void lsp_warn(struct lsp *lsp, int type, struct opcit_str message);

/* ---- lsp_index.c ---------------------------------------------------------------- */

int64_t lsp_now(void); /* ms, from some start */
/* Have the index open and as it is now; false where there is none, which is
 * said once. Looks at the disk at most five times a second. */
bool lsp_index_ready(struct lsp *lsp);
void lsp_index_close(struct lsp *lsp);
/* A question failed: say so once, and open the index anew before the next. */
void lsp_index_failed(struct lsp *lsp, const struct opcit_err *err);
/* What an identifier means; NULL where the index fails. Borrowed until the next
 * message. */
const struct reading *lsp_target(struct lsp *lsp, struct opcit_str target);

/* ---- lsp_doc.c ------------------------------------------------------------------ */

struct lsp_doc *lsp_doc_find(const struct lsp *lsp, json_t *params); /* of params.textDocument.uri */
void lsp_doc_open(struct lsp *lsp, json_t *params);
void lsp_doc_change(struct lsp *lsp, json_t *params);
void lsp_doc_save(struct lsp *lsp, json_t *params);
void lsp_doc_close(struct lsp *lsp, json_t *params);
void lsp_doc_free(struct lsp_doc *doc);
/* Read it after so many ms, and check it then. */
void lsp_doc_plan(struct lsp_doc *doc, int delay, bool check);
/* Start what is due. */
void lsp_doc_start(struct lsp *lsp, struct lsp_doc *doc);
/* The file to poll for its job, or -1; and what to do when there is something. */
int lsp_doc_fd(const struct lsp_doc *doc);
void lsp_doc_receive(struct lsp *lsp, struct lsp_doc *doc);

/* The citation at a byte of the document; false where there is none. */
bool lsp_doc_cite(struct lsp *lsp, struct lsp_doc *doc, size_t at, struct lsp_cite *cite);
/* The citations of a line or a part of it, found on the spot; start and end are
 * bytes of `text`. In lsp->scratch. */
size_t lsp_line_cites(struct lsp *lsp, struct opcit_str text, struct lsp_cite **cites);

/* ---- lsp_check.c ---------------------------------------------------------------- */

/* Begin to check a manuscript of the document in a process of its own. */
void lsp_check_start(struct lsp *lsp, struct lsp_doc *doc, const struct opcit_manuscript *manuscript);
/* Its end: take the findings, and publish them. */
void lsp_check_end(struct lsp *lsp, struct lsp_doc *doc);
void lsp_check_abandon(struct lsp_doc *doc);
/* Publish what is known of the document; nothing where it was never checked. */
void lsp_check_publish(struct lsp *lsp, struct lsp_doc *doc);
/* A finding as the protocol's diagnostic. */
json_t *lsp_check_diagnostic(const struct lsp_doc *doc, json_t *finding);
/* Where something of the manuscript stands in the document; `from` is where to
 * look for it if that is not known, and is moved on. */
bool lsp_check_place(const struct opcit_manuscript *manuscript, struct opcit_str text, size_t record,
		     size_t *start, size_t *end, size_t *from);

/* ---- features: each gives the result, or NULL for none ---------------------------- */

json_t *lsp_hover(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_definition(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_references(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_links(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_hints(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_actions(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_completion(struct lsp *lsp, struct lsp_doc *doc, json_t *params);
json_t *lsp_resolve(struct lsp *lsp, json_t *item);
json_t *lsp_show(struct lsp *lsp, json_t *params); /* opcit/show */

/* ---- shared by the features -------------------------------------------------------- */

/* The citation at params.position. */
bool lsp_cite_at(struct lsp *lsp, struct lsp_doc *doc, json_t *params, struct lsp_cite *cite);
/* The first record that a citation points to: its place, or the document's first.
 * False where the document or the place is not there. */
bool lsp_pointed(struct lsp *lsp, const struct reading *reading, const struct lsp_cite *cite,
		 struct opcit_record *record);
/* Append text so that Markdown shows it as it is. */
void lsp_markdown(struct opcit_str text, struct opcit_buf *out);
/* A document's title, else its name in the tables; or empty. */
struct opcit_str lsp_title(const struct reading *reading);
/* Is it an address that an editor may open? What documents say of themselves may be
 * any: a command, a file. */
bool lsp_is_web(struct opcit_str url);
/* Text cut to so many bytes at a word, with "…". */
struct opcit_str lsp_cut(struct opcit_str text, size_t most, struct opcit_arena *arena);
/* Where a record stands, as the client can open it; NULL where it cannot. */
json_t *lsp_location(struct lsp *lsp, const struct opcit_entry *entry, const struct opcit_record *record);

#endif
