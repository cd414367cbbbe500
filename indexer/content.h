/* content.h: what a file holds, as one number: how a moved file is known again. */
#ifndef OPCIT_CONTENT_H
#define OPCIT_CONTENT_H

#include "../lib/str.h"

/* A hash of the bytes, never 0, so that 0 can stand for "not known". Several
 * gigabytes a second. It guards against accidents, not against who makes two
 * files of one hash on purpose: that costs him only his own file's records. */
uint64_t opcit_content_hash(struct opcit_str bytes);

#endif
