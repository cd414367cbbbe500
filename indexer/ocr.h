/* ocr.h: reading scanned pages, which takes seconds each and so is done once. */
#ifndef OPCIT_OCR_H
#define OPCIT_OCR_H

#include "reader.h"

/* The PDF reader that also reads pages which are only images. */
extern const struct opcit_reader opcit_reader_pdf_ocr;

/* Read a PDF so, in a worker. What comes out is kept in the folder `cache`
 * (made when it is not there; NULL keeps nothing) under the hash of the
 * content, and taken from there the next time. Statuses as reader->read. */
opcit_status opcit_ocr_read(struct opcit_str bytes, const char *cache, struct opcit_arena *arena,
                            struct opcit_blocks *blocks, struct opcit_err *err);

#endif
