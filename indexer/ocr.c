#include "ocr.h"

#include "wire.h"
#include "worker.h"

#include <glib.h>
#include <stdlib.h>

/* Raise it when the messages of wire.h or the reader change. */
enum { CACHE_REVISION = 6 };

/* Where a file's blocks are kept; the caller frees. */
static char *cache_path(struct opcit_str bytes, const char *cache)
{
	gchar *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes.ptr, bytes.len);
	struct opcit_buf path = OPCIT_BUF_INIT;

	opcit_buf_printf(&path, "%s/%s.%d", cache, hash, CACHE_REVISION);
	g_free(hash);
	return path.ptr;
}

static bool take_cached(const char *path, struct opcit_arena *arena, struct opcit_blocks *blocks)
{
	gchar *content = NULL;
	gsize n = 0;
	bool taken = false;

	if (g_file_get_contents(path, &content, &n, NULL) && n && n <= OPCIT_WIRE_MAX)
		taken = opcit_wire_get(opcit_arena_dup(arena, (struct opcit_str){ content, n }), arena, blocks,
		                       NULL) == OPCIT_OK;
	g_free(content);
	return taken;
}

/* That nothing can be kept is no fault: it costs time only. */
static void keep(const char *path, const char *cache, const struct opcit_blocks *blocks)
{
	struct opcit_buf message = OPCIT_BUF_INIT;

	opcit_wire_put_blocks(blocks, &message);
	if (g_mkdir_with_parents(cache, 0700) == 0)
		g_file_set_contents(path, message.ptr, (gssize)message.len, NULL);
	opcit_buf_release(&message);
}

opcit_status opcit_ocr_read(struct opcit_str bytes, const char *cache, struct opcit_arena *arena,
                            struct opcit_blocks *blocks, struct opcit_err *err)
{
	char *path = cache ? cache_path(bytes, cache) : NULL;
	opcit_status status = OPCIT_OK;

	if (!path || !take_cached(path, arena, blocks)) {
		status = opcit_worker_read(&opcit_reader_pdf_ocr, bytes, arena, blocks, err);
		if (status == OPCIT_OK && path)
			keep(path, cache, blocks);
	}
	free(path);
	return status;
}
