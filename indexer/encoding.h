/* encoding.h: bytes of any encoding to clean UTF-8. */
#ifndef OPCIT_ENCODING_H
#define OPCIT_ENCODING_H

#include "../lib/status.h"
#include "../lib/str.h"

/* Decode a whole file to NFC UTF-8 in *text (borrowed from bytes when they are
 * that already, else from arena). A byte-order mark decides; else valid UTF-8
 * is UTF-8; else UTF-16 by its zero bytes; else mostly valid UTF-8 is repaired
 * with U+FFFD; else what ICU detects, windows-1252 where it is not sure.
 *
 * encoding: set to the name of what was found (static). replaced: set to the
 * number of malformed sequences. Never fails on content; OPCIT_IO when ICU has
 * no converter. */
opcit_status opcit_decode(struct opcit_str bytes, struct opcit_arena *arena,
                          struct opcit_str *text, const char **encoding, size_t *replaced,
                          struct opcit_err *err);

/* Whether the bytes look like something other than text: more than two NUL or
 * control bytes, and more than one in a hundred, UTF-16 excepted. */
bool opcit_looks_binary(struct opcit_str head);

#endif
