/* What opcit-index has in place of readers.c: it plans the run, and leaves the
 * reading to the program that has the readers. */
#include "annotate.h"
#include "ocr.h"
#include "reader.h"

const struct opcit_reader *const opcit_readers[] = { &opcit_reader_text, NULL };

const char *const opcit_reading_program = "opcit-read";

/* Never called: a document with pages to recognise is read elsewhere. */
opcit_status opcit_ocr_read(struct opcit_str bytes, const char *cache, struct opcit_arena *arena,
			    struct opcit_blocks *blocks, struct opcit_err *err)
{
	(void)bytes, (void)cache, (void)arena, (void)blocks;
	return opcit_err_set(err, OPCIT_BUG, "this program has no readers");
}

/* Nor this: comments are written there as well. */
opcit_status opcit_annotate(struct opcit_str bytes, const struct opcit_annotations *annotations,
			    struct opcit_buf *out, struct opcit_err *err)
{
	(void)bytes, (void)annotations, (void)out;
	return opcit_err_set(err, OPCIT_BUG, "this program has no readers");
}
