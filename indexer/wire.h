/* wire.h: blocks as bytes, so that a worker process can hand them to the one
 * that started it.
 *
 * Both ends are the same program, so numbers are as the machine keeps them.
 * The sender reads hostile files and may have been taken over by one: the
 * receiver believes nothing. Every length is checked, all text must be UTF-8,
 * anchors must be sorted and inside their line.
 */
#ifndef OPCIT_WIRE_H
#define OPCIT_WIRE_H

#include "block.h"

/* No message is longer, in bytes. */
#define OPCIT_WIRE_MAX (UINT64_C(1) << 30)

/* Append the blocks, or a failure (status, message and hint of err). */
void opcit_wire_put_blocks(const struct opcit_blocks *blocks, struct opcit_buf *out);
void opcit_wire_put_failure(const struct opcit_err *err, struct opcit_buf *out);

/* Read what either of them wrote. Returns the sender's failure as its own.
 * OPCIT_BUG when the message is malformed. All text is borrowed from message;
 * lines and anchors are the arena's; drops are the caller's to release, on
 * success only. */
opcit_status opcit_wire_get(struct opcit_str message, struct opcit_arena *arena,
                            struct opcit_blocks *blocks, struct opcit_err *err);

#endif
