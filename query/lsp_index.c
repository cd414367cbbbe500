/* lsp_index.c: the index of a server that runs for days: it is made, changed,
 * damaged and deleted meanwhile. */
#include "lsp.h"

#include <string.h>
#include <time.h>

int64_t lsp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void forget_targets(struct lsp *lsp)
{
	check_release(&lsp->targets);
	opcit_arena_reset(&lsp->target_arena);
	check_init(&lsp->targets, &lsp->reader, &lsp->target_arena);
}

void lsp_index_close(struct lsp *lsp)
{
	opcit_index_close(lsp->index);
	lsp->index = lsp->reader.index = NULL;
	forget_targets(lsp);
}

/* What is wrong is said when it begins, not with every question; before the eyes
 * of the person where it lasts: a draft without findings is not one without faults. */
static void complain(struct lsp *lsp, int type, bool lasts, struct opcit_str message)
{
	if (opcit_str_eq(message, lsp->complained))
		return;
	opcit_arena_reset(&lsp->complaint);
	lsp->complained = opcit_arena_dup(&lsp->complaint, message);
	if (lasts)
		lsp_warn(lsp, type, message);
	else
		lsp_log(lsp, type, message);
}

void lsp_index_failed(struct lsp *lsp, const struct opcit_err *err)
{
	complain(lsp, LSP_LOG_ERROR, err->status != OPCIT_LOCKED,
		 opcit_arena_printf(&lsp->scratch, "opcit: %s%s%s%s", err->message, err->hint[0] ? " (" : "",
				    err->hint, err->hint[0] ? ")" : ""));
	lsp_index_close(lsp);
	if (err->status == OPCIT_LOCKED)
		lsp->stamp = 0;
}

/* Said once, when the index is opened; a draft is then checked against less. */
static void warn_of(void *to, const char *message)
{
	struct lsp *lsp = to;

	lsp_warn(lsp, LSP_LOG_WARNING, opcit_arena_printf(&lsp->scratch, "opcit: %s", message));
}

static void open_index(struct lsp *lsp)
{
	const struct opcit_open how = { .partial = lsp->partial, .notice = warn_of, .to = lsp };
	struct opcit_err err = OPCIT_ERR_INIT;

	lsp_index_close(lsp);
	if (opcit_index_open_with(lsp->path.ptr ? lsp->path.ptr : "", &how, &lsp->index, &err) != OPCIT_OK) {
		lsp->index = NULL;
		lsp_index_failed(lsp, &err);
		return;
	}
	lsp->reader.index = lsp->index;
	forget_targets(lsp);
	if (lsp->complained.len)
		complain(lsp, LSP_LOG_INFO, true,
			 opcit_arena_printf(&lsp->scratch, "opcit: the index '%s' is open again", lsp->path.ptr));
	lsp->complained.len = 0;
}

bool lsp_index_ready(struct lsp *lsp)
{
	enum { EVERY = 200 };
	int64_t now = lsp_now();
	uint64_t stamp;

	if (lsp->looked && now - lsp->looked < EVERY)
		return lsp->index != NULL;
	stamp = lsp->path.len ? opcit_index_stamp(lsp->path.ptr) : 0;
	if (!lsp->looked || stamp != lsp->stamp) {
		lsp->changed = lsp->looked ? now : 0;
		open_index(lsp);
		lsp->stamp = stamp;
	}
	lsp->looked = now;
	return lsp->index != NULL;
}

const struct reading *lsp_target(struct lsp *lsp, struct opcit_str target)
{
	enum { MOST = 16 << 20 };
	struct opcit_err err = OPCIT_ERR_INIT;
	const struct reading *reading = NULL;

	if (!lsp_index_ready(lsp))
		return NULL;
	if (lsp->target_arena.total > MOST)
		forget_targets(lsp);
	if (check_target(&lsp->targets, opcit_arena_dup(&lsp->target_arena, target), &reading, &err) == OPCIT_OK)
		return reading;
	lsp_index_failed(lsp, &err);
	return NULL;
}
