/* reader.h: the table of readers. One file and one row make a new format. */
#ifndef OPCIT_READER_H
#define OPCIT_READER_H

#include "block.h"

/* One format. A reader is chosen by content first (sniff), by name second. */
struct opcit_reader {
	const char *name;              /* "text" */
	const char *const *suffixes;   /* { "txt", "md", NULL } */
	/* How sure the content is of this format, 0 (no) to 100 (certain), from
	 * the file's first bytes (up to OPCIT_SNIFF bytes). */
	int (*sniff)(struct opcit_str head);
	/* Turn a whole file into blocks. `bytes` is borrowed until return; the
	 * blocks live in arena. OPCIT_IO with a reason when it cannot be read as
	 * this format, OPCIT_LIMIT when a bound is exceeded. */
	opcit_status (*read)(struct opcit_str bytes, struct opcit_arena *arena,
	                     struct opcit_blocks *blocks, struct opcit_err *err);
	/* Whether it runs in a process of its own, bounded and cut off (worker.h):
	 * every reader that rests on a library for hostile formats. */
	bool worker;
	/* NULL, or what hands the file to an installed program and gives read() that
	 * program's output (convert.h). It runs in the worker before that is cut
	 * off, so it only moves bytes; the program is cut off itself. */
	opcit_status (*convert)(struct opcit_str bytes, struct opcit_arena *arena,
	                        struct opcit_str *converted, struct opcit_err *err);
	unsigned seconds; /* of processor time for a worker; 0: OPCIT_WORKER_SECONDS */
};

enum { OPCIT_SNIFF = 4096 };

/* The table, ended by NULL, and the program beside this one that has all of it
 * (NULL where this one has): readers.c or readers_plan.c. */
extern const struct opcit_reader *const opcit_readers[];
extern const char *const opcit_reading_program;

/* The reader for a file with that content and name (path may be NULL), or
 * NULL when it is of no known format; then *why (borrowed, static) says what
 * it seems to be: "a binary file", "a PDF file" … */
const struct opcit_reader *opcit_reader_for(struct opcit_str bytes, const char *path,
                                            const char **why);

extern const struct opcit_reader opcit_reader_text, opcit_reader_pdf, opcit_reader_docx,
	opcit_reader_html, opcit_reader_akn, opcit_reader_odt, opcit_reader_doc, opcit_reader_rtf;

#endif
