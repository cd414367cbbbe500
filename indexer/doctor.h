/* doctor.h: `opcit doctor`: what a file was read as, and whether every
 * character of it is accounted for; or whether an index is sound.
 */
#ifndef OPCIT_DOCTOR_H
#define OPCIT_DOCTOR_H

#include "../lib/status.h"
#include "load.h"

#include <stdbool.h>
#include <stdio.h>

/* Print the account of one file, read as options say (NULL: no OCR), to out, as
 * text or as one JSON object on a line. *sound is false when a character was lost; more characters than the
 * file has are shown but are no fault, for numbers that the print lost are
 * counted on. OPCIT_NOT_FOUND when the file is no document, OPCIT_IO or
 * OPCIT_LIMIT when it cannot be read; err names its path. */
opcit_status opcit_doctor_file(const char *path, const struct opcit_load_options *options, bool json,
			       FILE *out, bool *sound, struct opcit_err *err);

/* Hold the index in folder db against itself (lib/verify.h) and against the table of
 * files, and print how many files and records there are, and which files are no longer
 * as they were read. OPCIT_DAMAGED where anything does not agree. On a terminal,
 * standard error shows how far it is. */
opcit_status opcit_doctor_index(const char *db, bool json, FILE *out, struct opcit_err *err);

/* Append a string as JSON has it. */
void opcit_doctor_json(struct opcit_buf *buf, struct opcit_str s);

#endif
