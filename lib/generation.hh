// generation.hh: the folder of an index and the generations of its database.
//
// DIR/XAPIANDB names the folder of the present one (a stub file of Xapian's, so
// that its own programs open DIR as well). A commit makes the next one beside it, and
// replaces the stub in one rename; a small change of a large database is committed in
// that. docs/index-format.md describes the folder.
#ifndef OPCIT_GENERATION_HH
#define OPCIT_GENERATION_HH

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>

#include "blocks.hh"
#include "status.h"

namespace opcit
{

// What else stands in the folder of an index: what a run has not committed;
// shards, and their list, in the place of generations.
constexpr const char UNFINISHED_STUB[] = "XAPIANDB.new", BUILDING[] = "building", SHARD_LIST[] = "corpus.shards", SHARD_FOLDER[] = "shard-";

// Replace a file, on the disk, in one rename: of `written`, which is on the same disk. Throws.
void replace_file(const std::string &path, const std::string &bytes);
void replace_file(const std::string &path, const std::string &bytes, const std::string &written);

class IndexFolder
{
	std::string dir;

	uint32_t present() const;
	std::string path_of(uint32_t generation) const;

      public:
	explicit IndexFolder(const std::string &index) : dir(index)
	{
	}

	// Create it and its parents where they are missing. OPCIT_IO where that
	// fails, or where it holds files of others. `sharded`: it is to hold shards
	// rather than generations.
	opcit_status make(bool sharded, opcit_err *err) const;
	// Whether it is an index of before there were generations.
	bool is_old() const;
	// Where the database is; empty where there is none. Throws
	// DatabaseCorruptError where the stub is not one of ours.
	std::string current() const;
	// Where the next one is to be made: nothing is there.
	std::string next() const;
	// Make it the present one for whoever opens the index from now on, on the
	// disk first, and remove the one before.
	void publish(const std::string &path) const;
	// Another number after every commit; 0 where there is no index.
	uint64_t stamp() const;
	// Remove what a run left that was ended half way. Only for who writes.
	void sweep() const;
};

// Open the present database for reading. A writer may replace it meanwhile. What is read of a
// large one is checked for as long as the caller keeps *blocks (blocks.hh); nullptr where
// that is not wanted.
Xapian::Database open_current(const std::string &dir, std::shared_ptr<Blocks> *blocks);

} // namespace opcit
#endif
