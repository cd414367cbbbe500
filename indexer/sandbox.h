/* sandbox.h: what a process gives up before it reads a hostile file. */
#ifndef OPCIT_SANDBOX_H
#define OPCIT_SANDBOX_H

#include <stdbool.h>

/* Bound this process: memory in megabytes, processor time in seconds, the size
 * that a file it writes may reach in megabytes. For memory and time 0 leaves
 * the bound as it is. */
bool opcit_sandbox_limits(unsigned memory_mb, unsigned seconds, unsigned file_mb);

/* From here on: no network, no new program, no writing but to the file
 * descriptor `pipe` and to standard error. Cannot be undone. False where the
 * system does not support it. `program`: NULL, or the one that execve may be
 * given, by this very pointer, before all this holds for it as well. */
bool opcit_sandbox_enter(int pipe, const char *program);

/* The same for a program that cannot work without a folder to write in:
 * everything outside the folder is read-only. */
bool opcit_sandbox_enter_folder(const char *folder, const char *program);

#endif
