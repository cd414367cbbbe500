#include "map.h"

#include <stdlib.h>

static struct opcit_map_slot *slot_of(const struct opcit_map *map, struct opcit_str key)
{
	size_t i = opcit_str_hash(key) & (map->cap - 1);

	while (map->slots[i].key.ptr && !opcit_str_eq(map->slots[i].key, key))
		i = (i + 1) & (map->cap - 1);
	return &map->slots[i];
}

static void grow(struct opcit_map *map)
{
	struct opcit_map bigger = { NULL, map->n, map->cap ? map->cap * 2 : 64 };
	size_t i;

	bigger.slots = opcit_xcalloc(bigger.cap, sizeof *bigger.slots);
	for (i = 0; i < map->cap; i++)
		if (map->slots[i].key.ptr)
			*slot_of(&bigger, map->slots[i].key) = map->slots[i];
	free(map->slots);
	*map = bigger;
}

void **opcit_map_at(struct opcit_map *map, struct opcit_str key)
{
	struct opcit_map_slot *slot;

	if (!key.ptr)
		key.ptr = "";
	if (map->n * 2 >= map->cap)
		grow(map);
	slot = slot_of(map, key);
	if (!slot->key.ptr) {
		slot->key = key;
		map->n++;
	}
	return &slot->value;
}

void opcit_map_release(struct opcit_map *map)
{
	free(map->slots);
	*map = (struct opcit_map)OPCIT_MAP_INIT;
}
