/* lsp_source.h: where a record stands in the file that it was indexed from. */
#ifndef OPCIT_LSP_SOURCE_H
#define OPCIT_LSP_SOURCE_H

#include "../lib/record.h"

/* The last file that was looked at; zero-initialised. */
struct lsp_source {
	struct opcit_buf path, bytes;
	bool there;
};
void lsp_source_release(struct lsp_source *source);

enum lsp_source_result {
	LSP_SOURCE_FOUND, /* *line, from 0, is where it begins */
	LSP_SOURCE_OTHER, /* the file is there, and no text that holds it */
	LSP_SOURCE_NONE   /* there is no such file any more */
};
/* Linear in the size of the file, which is read once for several records in turn. */
enum lsp_source_result lsp_source_find(struct lsp_source *source, struct opcit_str path,
				       const struct opcit_record *record, size_t *line);

#endif
