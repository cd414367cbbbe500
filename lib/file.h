/* file.h: the small files that a person keeps: tables, a thesaurus, searches. */
#ifndef OPCIT_FILE_H
#define OPCIT_FILE_H

#include "status.h"
#include "str.h"

/* Read a file of at most `most` bytes into the arena. OPCIT_NOT_FOUND, without a
 * message, when it is not there; OPCIT_IO when it cannot be read or is no file:
 * a folder, or a pipe, which is not waited for; OPCIT_LIMIT when it is larger. */
opcit_status opcit_file_read(const char *path, size_t most, struct opcit_arena *arena, struct opcit_str *bytes,
			     struct opcit_err *err);

/* Write all bytes to an open file or pipe, in as many calls as it takes. False, with
 * errno, when that failed; some of them may be written then. */
bool opcit_file_write(int fd, struct opcit_str bytes);

#endif
