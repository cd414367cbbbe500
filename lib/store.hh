// store.hh: one database that is written: an index, or one shard of it.
//
// What is to change is told first, and all of it comes to be with one commit.
#ifndef OPCIT_STORE_HH
#define OPCIT_STORE_HH

#include <xapian.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "generation.hh"
#include "lock.h"
#include "record.h"

namespace opcit
{

// A file whose records wait for the commit.
struct Placed {
	uint32_t number, n_records;
	size_t len; // bytes of its encoded document
};

// Records that wait for the commit, in a database of their own.
struct Part {
	std::string path; // empty where it has no records
	std::vector<Placed> files;
	std::string docs; // of the files, one after the other, packed: there may be many
};

class Store
{
	// The records of one file, where they stand.
	struct Range {
		uint32_t first, n;
	};

	std::string dir;
	bool shard;
	IndexFolder folder;
	opcit_lock lock = OPCIT_LOCK_INIT;
	std::shared_ptr<Blocks> blocks; // of the present generation
	Xapian::WritableDatabase db;
	uint32_t shift = 0; // places are stored greater than they are by so much

	// What the commit is to do.
	std::vector<Part> parts;
	std::set<std::string> removed; // sources
	std::map<std::string, std::optional<uint32_t>> renamed; // sources: their numbers, none where another file was
	std::vector<uint32_t> lost;				// numbers of the files that renamed ones replace
	std::map<std::string, std::string> states;

	template <typename Use> void each_placed(Use use) const;
	void make_first() const;
	uint32_t number_at(const char *key) const;
	Range range_of(uint32_t number) const;
	uint64_t count_new() const;
	std::vector<Range> doomed() const;
	void write_changes(Xapian::WritableDatabase &to, const std::vector<Range> &gone, uint32_t pruned,
			   Xapian::docid first) const;
	void write_renamed(Xapian::WritableDatabase &to) const;
	void add_in_place();
	void merge();
	Xapian::docid compact(const std::string &path, bool keep) const;
	void remove_parts() const;

      public:
	uint32_t next = 0; // number of the next new file

	// `is_shard`: one of several that are written together.
	Store(const std::string &index, bool is_shard) : dir(index), shard(is_shard), folder(index)
	{
	}
	Store(const Store &) = delete;
	Store &operator=(const Store &) = delete;
	~Store();

	// As opcit_writer_open.
	opcit_status open(opcit_err *err);
	// The number of a file; false where it is not here, with all that is told so far.
	bool find_number(const std::string &source, uint32_t &number) const;
	std::string state(const std::string &key) const;

	void take(Part part);
	// False where it is not here, or is removed already.
	bool remove(const std::string &source);
	// The file `from`, which is here, is called `to` from now on.
	void rename(const std::string &from, const std::string &to);
	void set_state(const std::string &key, std::string blob);
	// Throws; the index is as it was then, and the store of no more use.
	void commit();
};

} // namespace opcit
#endif
