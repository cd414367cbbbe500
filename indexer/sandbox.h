/* sandbox.h: what a process gives up before it reads a hostile file. */
#ifndef OPCIT_SANDBOX_H
#define OPCIT_SANDBOX_H

#include <stdbool.h>

/* Bound this process: memory in megabytes, processor time in seconds, no file
 * that it writes may grow. 0 leaves a bound as it is. */
bool opcit_sandbox_limits(unsigned memory_mb, unsigned seconds);

/* From here on: no network, no new program, no writing but to the file
 * descriptor `pipe` and to standard error. Cannot be undone. False where the
 * system does not support it. */
bool opcit_sandbox_enter(int pipe);

#endif
