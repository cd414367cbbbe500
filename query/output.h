/* output.h: what all commands print with: errors, colour, the pager, and text
 * that is safe on a terminal. */
#ifndef OPCIT_OUTPUT_H
#define OPCIT_OUTPUT_H

#include <stdio.h>

#include "../lib/search.h"
#include "options.h"

/* Print a failure and its hint on stderr; returns its exit code. */
int output_error(const struct opcit_err *err);
/* The same with the user's input and a caret under err->place. */
int output_error_at(const struct opcit_err *err, struct opcit_str input);

/* Flush stdout; `code`, or 3 with a message when it could not be written.
 * A reader that has gone (`| head`) is no failure. */
int output_finish(int code);

enum colour { PLAIN, STRONG, DIM, MARK, DELETED, INSERTED, ALARM };
/* Switch on the pager ($PAGER, else less) when stdout is a terminal, and find
 * out whether to colour. Call once, before the first output for a person. */
void output_start(void);
void output_colour(enum colour colour);
/* Whether output_colour does anything. */
bool output_coloured(void);
/* Width of the terminal in columns; 80 where there is none. */
int output_width(void);
/* Print text with control characters and malformed bytes made harmless. */
void output_text(struct opcit_str text);
/* The same on another stream. */
void output_text_on(FILE *out, struct opcit_str text);
/* Print text wrapped to the terminal, each line indented; `marks` (n pairs of
 * byte offsets into text, sorted) are shown marked. */
void output_wrapped(struct opcit_str text, int indent, const size_t (*marks)[2], size_t n);
/* The same, each mark in its own colour. */
void output_wrapped_in(struct opcit_str text, int indent, const size_t (*marks)[2],
		       const enum colour *colours, size_t n);

/* Open the index that --db or the environment names; reports what fails, and what
 * goes on without. NULL then, with *code the exit code. */
struct opcit_index *output_open_index(struct db_option option, int *code);
/* The same for who opens it himself: what is left out is said on stderr. */
struct opcit_open output_reading(struct db_option option);

#endif
