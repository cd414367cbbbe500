// open_index.hh: the open index, shared by the .cc files of the reading half.
#ifndef OPCIT_OPEN_INDEX_HH
#define OPCIT_OPEN_INDEX_HH

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "generation.hh"
#include "guard.hh"
#include "schema.hh"
#include "search.h"
#include "text.h"

struct opcit_index {
	std::string dir;
	Xapian::Database db;
	uint32_t shift = 0; // what entries tell of places is greater by this
	std::vector<std::string> langs; // of the records in it
	std::string spoken;             // that of the question (opcit_index_listen), or empty
	std::map<std::string, opcit_stemmer *> stemmers;

	explicit opcit_index(const char *path) : dir(path), db(opcit::open_current(path))
	{
		opcit::bytes_number(db.get_metadata(opcit::META_SHIFT), 0, shift);
	}
	opcit_index(const opcit_index &) = delete;
	opcit_index &operator=(const opcit_index &) = delete;
	~opcit_index()
	{
		for (auto &pair : stemmers)
			opcit_stemmer_free(pair.second);
	}

	void load_langs();
	// Go on with the state that is present now. Throws where that is the one that
	// was read: only what a writer has left behind can change.
	void follow();
	opcit_stemmer *stemmer(const std::string &lang);
	// Read a file's entry into the arena; false when there is none of that number.
	bool load_entry(uint32_t number, opcit_arena *arena, opcit_entry &entry);
	// Read a record into the arena, and the number of its file. Throws on damage.
	void load_record(Xapian::docid id, opcit_arena *arena, opcit_record &record,
			 uint32_t &number);
	// Read a record and the entry of its file, which `entries` has if it was read before.
	void load_hit(Xapian::docid id, double score, opcit_arena *arena,
		      std::unordered_map<uint32_t, const opcit_entry *> &entries, opcit_hit &hit);
	// All that were found, into the arena.
	void load_hits(const Xapian::MSet &found, opcit_arena *arena, opcit_results &results);

	// Run a reading body; when a writer's commits have overtaken us, reopen
	// and run it again from its start.
	template <typename Body> opcit_status read(opcit_err *err, Body body)
	{
		return opcit::guard(err, [&]() -> opcit_status {
			constexpr int ATTEMPTS = 5;

			for (int attempt = 1;; attempt++) {
				try {
					return body();
				} catch (const Xapian::DatabaseModifiedError &) {
					if (attempt == ATTEMPTS)
						throw;
					follow();
				}
			}
		}, dir.c_str());
	}
};

namespace opcit
{

// An arena that goes whatever is thrown.
struct Arena {
	opcit_arena memory = OPCIT_ARENA_INIT;

	Arena() = default;
	Arena(const Arena &) = delete;
	Arena &operator=(const Arena &) = delete;
	~Arena()
	{
		opcit_arena_release(&memory);
	}
	operator opcit_arena *()
	{
		return &memory;
	}
};

inline opcit_str borrow(const std::string &s)
{
	return opcit_str{ s.data(), s.size() };
}

// query_build.cc: the query tree as Xapian's.
Xapian::Query build_query(opcit_index &index, const opcit_query &query);

} // namespace opcit
#endif
