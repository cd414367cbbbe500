/* annotate.h: a copy of a DOCX with comments in it. */
#ifndef OPCIT_ANNOTATE_H
#define OPCIT_ANNOTATE_H

#include "../lib/annotation.h"

/* Make a copy of the DOCX in bytes, with a comment at each place, and append the
 * answer or the failure to `out` (lib/annotation.h). The text and all that is
 * not a comment stay as they are. Done in a worker (worker.h). Returns the
 * failure as well, without the path. */
opcit_status opcit_annotate(struct opcit_str bytes, const struct opcit_annotations *annotations,
			    struct opcit_buf *out, struct opcit_err *err);

#endif
