// shards.hh: an index of several databases in one folder: DIR/shard-0, shard-1 …
// and DIR/corpus.shards, which lists them for who reads (docs/scaling.md).
#ifndef OPCIT_SHARDS_HH
#define OPCIT_SHARDS_HH

#include <string>

#include "status.h"
#include "str.h"

namespace opcit
{

std::string shard_path(const std::string &dir, size_t shard);

// Of how many shards the index in a folder is; 1 where it has no such list, or
// is no index yet. OPCIT_USAGE where the list names other things than the
// shards of this folder: those cannot be written from here.
opcit_status count_shards(const std::string &dir, size_t &n, opcit_err *err);

// OPCIT_DAMAGED where one of the n shards of an index is not in its folder.
opcit_status find_shards(const std::string &dir, size_t n, opcit_err *err);

// Make the list. Throws where it cannot be written.
void list_shards(const std::string &dir, size_t n);

// The shard of n that a file belongs to: the same on every machine and day.
size_t shard_of(opcit_str source, size_t n);

// Where a part (part.h) at a path has the records of one shard; nothing is there
// where it has none.
std::string slice_path(const std::string &part, size_t shard);

} // namespace opcit
#endif
