/* terminate.h: the one failure of the index that no status can tell. When a disk
 * fails or fills up at certain moments of a commit, Xapian 1.4 throws where C++ allows no
 * exception, and the process ends. What was committed stays as it was.
 */
#ifndef OPCIT_TERMINATE_H
#define OPCIT_TERMINATE_H

#ifdef __cplusplus
extern "C" {
#endif

/* Have `handler` called instead of ending with abort(): errno is then most often that of the
 * call that failed. It says so, and does not return. For main() to call, once. */
void opcit_terminate_with(void (*handler)(void));

#ifdef __cplusplus
}
#endif
#endif
