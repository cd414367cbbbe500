/* manifest.h: what a manifest.tsv says of the documents beside it.
 *
 * Cells separated by tabs, a header row, any of these columns in any order:
 * path (needed), symbol, title, date, body, type, lang, url. A path is
 * relative to the manifest's folder. What a row says replaces what was found
 * in the text; an empty cell says nothing. Later manifests win.
 */
#ifndef OPCIT_MANIFEST_H
#define OPCIT_MANIFEST_H

#include "../lib/record.h"

enum opcit_column {
	OPCIT_COLUMN_PATH,
	OPCIT_COLUMN_SYMBOL,
	OPCIT_COLUMN_TITLE,
	OPCIT_COLUMN_DATE,
	OPCIT_COLUMN_BODY,
	OPCIT_COLUMN_TYPE,
	OPCIT_COLUMN_LANG,
	OPCIT_COLUMN_URL,
	OPCIT_COLUMN_COUNT
};

struct opcit_manifest_row {
	struct opcit_str cells[OPCIT_COLUMN_COUNT];
	struct opcit_str path;     /* absolute */
	struct opcit_str manifest; /* the file that it stands in */
	size_t line;               /* from 1 */
	bool used;                 /* a file of this run has it */
	uint32_t next;             /* hash chain: index + 1 */
};

/* One fault of a manifest: `line` is 0 where it concerns the whole file. */
typedef void opcit_manifest_report_fn(void *context, struct opcit_str manifest, size_t line,
				      const char *what);

struct opcit_manifests {
	struct opcit_manifest_row *rows;
	size_t count, cap;
	uint32_t *buckets;
	size_t n_buckets;
	struct opcit_arena arena;
	opcit_manifest_report_fn *report;
	void *context;
};

void opcit_manifests_init(struct opcit_manifests *manifests, opcit_manifest_report_fn *report,
			  void *context);
void opcit_manifests_release(struct opcit_manifests *manifests);

/* Add the rows of the manifest at the absolute path `path` with the content
 * `bytes` (copied). Faulty rows are reported and left out. */
void opcit_manifests_add(struct opcit_manifests *manifests, struct opcit_str path,
			 struct opcit_str bytes);

/* A hash of all that is said of the file at an absolute path; 0 when nothing
 * is. Marks its rows as used. */
uint64_t opcit_manifests_hash(struct opcit_manifests *manifests, struct opcit_str path);

/* Put what is said of the file at `path` into doc; the strings are borrowed
 * from the manifests. A symbol becomes the document's identifier as well. */
void opcit_manifests_apply(const struct opcit_manifests *manifests, struct opcit_str path,
			   struct opcit_doc *doc);

#endif
