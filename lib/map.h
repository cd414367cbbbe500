/* map.h: what is kept under a string. */
#ifndef OPCIT_MAP_H
#define OPCIT_MAP_H

#include "str.h"

struct opcit_map {
	struct opcit_map_slot {
		struct opcit_str key;
		void *value;
	} *slots; /* open addressing */
	size_t n, cap;
};
#define OPCIT_MAP_INIT { NULL, 0, 0 }

/* Where the value of `key` is kept: NULL stands there until it is set. The place is
 * borrowed until the next call, the key by the map for good. Constant time. */
void **opcit_map_at(struct opcit_map *map, struct opcit_str key);
/* Forget all. The values are the caller's. */
void opcit_map_release(struct opcit_map *map);

#endif
