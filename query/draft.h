/* draft.h: having a draft read. The program that has the readers does it
 * (lib/manuscript.h says what comes back); no copy of the draft is left
 * anywhere. */
#ifndef OPCIT_DRAFT_H
#define OPCIT_DRAFT_H

#include <sys/types.h>

#include "../lib/manuscript.h"

struct draft_input {
	const char *path;      /* a file; "-" is standard input; NULL: `text` is the draft */
	const char *name;      /* of what is no file: its suffix tells the format; or NULL */
	struct opcit_str text; /* where path is NULL */
	bool ocr;              /* read scanned pages from their images */
	const char *annotate;  /* path of a DOCX that gets the comments in `text`; or NULL */
};

/* A draft that is being read. */
struct draft_reading {
	pid_t pid;
	int fd; /* to poll for reading; -1 when it is over */
	struct opcit_buf answer;
};

/* Start to read. The caller ends it by draft_finish or draft_abandon. */
opcit_status draft_start(const struct draft_input *input, struct draft_reading *reading, struct opcit_err *err);
/* Take what is there, waiting for it if need be: one read. False at the end. */
bool draft_receive(struct draft_reading *reading);
/* Wait for the end. The manuscript's strings are copied into the arena. */
opcit_status draft_finish(struct draft_reading *reading, struct opcit_arena *arena,
			  struct opcit_manuscript *manuscript, struct opcit_err *err);
/* The same for an answer that is none: its bytes, in the arena. */
opcit_status draft_take(struct draft_reading *reading, struct opcit_arena *arena, struct opcit_str *answer,
			struct opcit_err *err);
/* Stop the reading program; nothing comes of it. */
void draft_abandon(struct draft_reading *reading);

/* All of it at once. */
opcit_status draft_read(const struct draft_input *input, struct opcit_arena *arena,
			struct opcit_manuscript *manuscript, struct opcit_err *err);

#endif
