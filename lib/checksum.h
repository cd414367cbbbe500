/* checksum.h: whether bytes are still those that were stored. Against a disk
 * that forgets, not against a person who lies.
 */
#ifndef OPCIT_CHECKSUM_H
#define OPCIT_CHECKSUM_H

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A sum of 32 bits, the same on every machine (docs/index-format.md): damage is
 * missed by a chance of 1 in 2^32. Some 0.2 ns a byte. */
uint32_t opcit_checksum(struct opcit_str bytes);

#ifdef __cplusplus
}
#endif
#endif
