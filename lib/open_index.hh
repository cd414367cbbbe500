// open_index.hh: the open index, shared by the .cc files of the reading half.
#ifndef OPCIT_OPEN_INDEX_HH
#define OPCIT_OPEN_INDEX_HH

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "generation.hh"
#include "arena.hh"
#include "found.hh"
#include "guard.hh"
#include "halves.hh"
#include "schema.hh"
#include "search.h"
#include "squeeze.hh"
#include "stems.hh"
#include "text.h"

namespace opcit
{

// One of the databases that an index is made of: its own folder, or a shard.
struct IndexPart {
	std::string name; // as in the file of shards
	std::string folder; // empty where it is elsewhere
	std::string host;
	unsigned port = 0;
	Xapian::Database db;
	std::shared_ptr<Blocks> blocks; // of one in a folder
	uint32_t shift = 0; // what entries tell of places is greater by this
	std::string missing; // why it is left out; empty where it is there

	bool remote() const
	{
		return folder.empty();
	}
};

// The parts that a path names: a folder, a file of shards, or the folder of one.
// None, with err, where it names nothing that can be read.
std::vector<IndexPart> parts_of(const std::string &path, opcit_err *err);

} // namespace opcit

struct opcit_index {
	std::string dir;
	std::vector<opcit::IndexPart> parts;
	opcit_open how = {};
	Xapian::Database db;            // all parts as one; an entry's number there tells its part
	bool alone = true;              // one part, in its own folder
	bool remote = false;            // some part is elsewhere: each question to it is a journey
	opcit::Halves halves;
	opcit::Unsqueezer unsqueezer;
	std::vector<std::string> langs; // of the records in it
	std::string spoken;             // that of the question (opcit_index_listen), or empty
	std::map<std::string, opcit_stemmer *> stemmers;
	std::map<std::string, opcit::Stems> stems;

	opcit_index(const char *path, std::vector<opcit::IndexPart> found) : dir(path), parts(std::move(found))
	{
	}
	opcit_index(const opcit_index &) = delete;
	opcit_index &operator=(const opcit_index &) = delete;
	~opcit_index()
	{
		for (auto &pair : stemmers)
			opcit_stemmer_free(pair.second);
	}

	// ---- parts.cc -----------------------------------------------------------

	opcit_status open(opcit_err *err);
	// Go on with the state that is present now. Throws where that is the one that
	// was read: only what a writer has left behind can change.
	void follow();
	// Go on after a connection's end. Throws what still is wrong, the shard's name with
	// it; false where there is no more to try.
	bool reconnect(const Xapian::NetworkError &error, int attempt);
	void say(const char *format, ...) const __attribute__((format(printf, 2, 3)));

	// Entries of all parts are numbered by turns, as Xapian does: that of record
	// `seq` of a file, and of the record `step` further on in its part. 0 for none.
	Xapian::docid id_of(const opcit_entry &entry, uint32_t seq) const;
	Xapian::docid beside(Xapian::docid id, int step) const;
	// Which part an entry is in.
	size_t part_of(Xapian::docid id) const
	{
		return (id - 1) % parts.size();
	}
	bool is_remote(Xapian::docid id) const
	{
		return remote && parts[part_of(id)].remote();
	}
	// The seqs of a file's records that carry a term.
	std::vector<uint32_t> seqs_of(const opcit_entry &entry, const std::string &term);
	// Which part a database is that Xapian matches.
	size_t part_at(const Xapian::Database &sub) const;
	// The same of files: the number of a file in the index for that in its part.
	uint32_t number_in(size_t part, uint32_t number) const;
	// That of what was found in several parts.
	uint32_t file_of(const opcit::Match &match) const;
	// A record as stored: its file's number in the index (4 bytes), then the record.
	std::string data_of(Xapian::docid id);
	// What a file's entry says, as stored; empty where there is none.
	std::string entry_of(uint32_t number);
	// How many records hold a term. Many that will be asked for are asked for at
	// once: of parts elsewhere each question is a journey.
	Xapian::doccount records_with(const std::string &term);
	bool holds(const std::string &term)
	{
		return records_with(term) > 0;
	}
	void ask_ahead(const std::vector<std::string> &terms);
	// The keys of all bodies that documents are of.
	const std::vector<std::string> &bodies();

	// ---- search.cc ----------------------------------------------------------

	void load_langs();
	opcit_stemmer *stemmer(const std::string &lang);
	// The words of a language that texts were found to have.
	opcit::Stems &stems_of(const std::string &lang);
	// Read a file's entry into the arena; false when there is none of that number.
	bool load_entry(uint32_t number, opcit_arena *arena, opcit_entry &entry);
	// Read a record into the arena, and the number of its file. Throws on damage.
	void load_record(Xapian::docid id, opcit_arena *arena, opcit_record &record,
			 uint32_t &number);
	// Read a record and the entry of its file, which `entries` has if it was read before.
	void load_hit(Xapian::docid id, double score, opcit_arena *arena,
		      std::unordered_map<uint32_t, const opcit_entry *> &entries, opcit_hit &hit);
	// All that were found, into the arena.
	void load_hits(const opcit::Matches &found, opcit_arena *arena, opcit_results &results);

	// Run a reading body; when a writer's commits have overtaken us, or a
	// connection ended, begin anew and run it again from its start.
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
				} catch (const Xapian::NetworkError &error) {
					if (!reconnect(error, attempt))
						throw;
				}
			}
		}, dir.c_str());
	}

      private:
	std::vector<std::string> known_bodies;
	std::unordered_map<std::string, Xapian::doccount> known_terms;
	std::unordered_map<uint32_t, std::string> known_entries;
	std::unordered_map<Xapian::docid, std::string> known_data;
	size_t known_bytes = 0;

	void join();
	void forget();
	opcit_status open_part(opcit::IndexPart &part, opcit_err *err);
	opcit_status check_parts(opcit_err *err);
	void leave_out(opcit::IndexPart &part, const char *why);
};

namespace opcit
{

// ask_ahead.cc: how frequent the words of a query are, asked of all parts at once.
void ask_ahead(opcit_index &index, const opcit_query &query);

// query_build.cc: is a word of a name in a language, or of what was typed where lang is empty,
// too common to be looked for?
bool is_ignored(opcit_index &index, opcit_str word, opcit_str lang);

// The query tree as Xapian's.
Xapian::Query build_query(opcit_index &index, const opcit_query &query);
// Where parts elsewhere have no tests of texts: what a query finds before any, which is
// more. Empty where it asks none.
Xapian::Query build_loosely(opcit_index &index, const opcit_query &query);

} // namespace opcit
#endif
