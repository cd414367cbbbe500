/* package_write.h: a ZIP container with some of its parts replaced. */
#ifndef OPCIT_PACKAGE_WRITE_H
#define OPCIT_PACKAGE_WRITE_H

#include "../lib/status.h"
#include "../lib/str.h"

struct opcit_part {
	const char *name;
	struct opcit_str content;
};

/* Append to `out` the container in bytes with these parts put in the place of
 * those of the same name, or added. All others stay as they are, byte for
 * byte, and the same input gives the same output. OPCIT_IO, OPCIT_NOMEM. */
opcit_status opcit_package_rewrite(struct opcit_str bytes, const struct opcit_part *parts, size_t n,
				   struct opcit_buf *out, struct opcit_err *err);

#endif
