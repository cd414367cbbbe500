/* package.h: the ZIP containers that DOCX and ODT are.
 *
 * Parts are found by their exact names and read into memory; nothing is ever
 * unpacked, so that a name such as "../x" means nothing. What they may swell
 * to is bounded, each and together.
 */
#ifndef OPCIT_PACKAGE_H
#define OPCIT_PACKAGE_H

#include "../lib/status.h"
#include "../lib/str.h"

/* Bounds on what is unpacked: of one document in bytes, and how many times the
 * packed size a part of more than a megabyte may have. */
#define OPCIT_PACKAGE_MAX (UINT64_C(512) << 20)
enum { OPCIT_PACKAGE_RATIO = 300 };

struct opcit_package;

/* Open the container in bytes, which are borrowed until it is closed. OPCIT_IO
 * "a damaged ZIP container: …". */
opcit_status opcit_package_open(struct opcit_str bytes, struct opcit_package **package,
                                struct opcit_err *err);
/* Read the part with that name into the arena. OPCIT_NOT_FOUND when there is
 * none, OPCIT_LIMIT when it swells beyond the bounds, OPCIT_IO when it is
 * damaged or encrypted. */
opcit_status opcit_package_read(struct opcit_package *package, const char *name,
                                struct opcit_arena *arena, struct opcit_str *part,
                                struct opcit_err *err);
/* Whether there is a part whose name begins so. */
bool opcit_package_has(struct opcit_package *package, const char *prefix);
void opcit_package_close(struct opcit_package *package); /* NULL is allowed */

#endif
