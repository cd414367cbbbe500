/* convert.h: formats that an installed program reads better than we would.
 *
 * The program is confined like a worker (sandbox.h): it reads the document,
 * writes to a pipe, and starts nothing else. LibreOffice, which cannot do
 * without, has a folder of its own to write in and nothing besides.
 */
#ifndef OPCIT_CONVERT_H
#define OPCIT_CONVERT_H

#include "../lib/status.h"
#include "../lib/str.h"

enum opcit_convertible { OPCIT_CONVERT_DOC, OPCIT_CONVERT_RTF };

/* Convert with the first program that is installed and succeeds. The output is
 * text or ODT. OPCIT_IO with the name of a package where none is installed. */
opcit_status opcit_convert(enum opcit_convertible what, struct opcit_str bytes,
                           struct opcit_arena *arena, struct opcit_str *converted,
                           struct opcit_err *err);

#endif
