/* sweep.h: what a run that was killed has left in the folder of an index.
 */
#ifndef OPCIT_SWEEP_H
#define OPCIT_SWEEP_H

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Remove it, unless another process writes; who writes next does so anyway, but there
 * may be nothing to write for long. OPCIT_OK where there is nothing, and no index. Cost
 * without leftovers: a look into the folder. */
opcit_status opcit_index_sweep(const char *dir, struct opcit_err *err);

#ifdef __cplusplus
}
#endif
#endif
