// part.cc: see part.h.
#include "part.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "entry.hh"
#include "guard.hh"
#include "shards.hh"
#include "unpacked.hh"

namespace fs = std::filesystem;

using opcit::guard;

namespace
{

// So many records at once, of all shards together, stay in the cache.
constexpr Xapian::doccount PIECE_RECORDS = 1000;

// Xapian cannot store a larger entry; far above any real paragraph.
constexpr size_t LARGEST_RECORD = 64u << 20;

opcit_status check_sizes(const opcit_record *records, size_t n, opcit_err *err)
{
	if (n > UINT32_MAX)
		return opcit_err_set(err, OPCIT_LIMIT, "more than %lu records", (unsigned long)UINT32_MAX);
	for (size_t i = 0; i < n; i++)
		if (records[i].text.len > LARGEST_RECORD)
			return opcit_err_set(err, OPCIT_LIMIT,
					     "a paragraph of %zu MB: the largest that the index takes is %zu MB",
					     records[i].text.len >> 20, LARGEST_RECORD >> 20);
	return OPCIT_OK;
}

// The records of one shard, in pieces.
class Slice
{
	std::string path;
	std::vector<std::string> pieces;
	std::unique_ptr<Xapian::WritableDatabase> db; // the piece at hand

	void join()
	{
		Xapian::Database all;

		for (const std::string &one : pieces)
			all.add_database(Xapian::Database(one));
		all.compact(path);
		for (const std::string &one : pieces)
			fs::remove_all(one);
	}

      public:
	explicit Slice(const std::string &folder) : path(folder)
	{
	}

	Xapian::WritableDatabase &piece()
	{
		// What is lost with the power is made again.
		constexpr int FLAGS = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC;

		if (!db) {
			pieces.push_back(path + "-" + std::to_string(pieces.size()));
			db = std::make_unique<Xapian::WritableDatabase>(pieces.back(), FLAGS);
		}
		return *db;
	}

	void end_piece()
	{
		if (db)
			db->commit();
		db.reset();
	}

	void finish()
	{
		end_piece();
		if (pieces.size() == 1)
			fs::rename(pieces[0], path);
		else if (!pieces.empty())
			join();
	}
};

} // namespace

std::string opcit::slice_path(const std::string &part, size_t shard)
{
	return part + "." + std::to_string(shard);
}

struct opcit_part {
	opcit::EntryMaker maker;
	std::vector<Slice> slices; // one a shard
	size_t held = 0;           // records in pieces at hand

	opcit_part(const std::string &path, size_t shards, const opcit_countries *countries) : maker(countries)
	{
		for (size_t i = 0; i < shards; i++)
			slices.emplace_back(opcit::slice_path(path, i));
	}
};

extern "C" struct opcit_part *opcit_part_new(const char *path, size_t shards, const struct opcit_countries *countries)
{
	return new opcit_part(path, shards, countries);
}

extern "C" opcit_status opcit_part_put(struct opcit_part *part, uint32_t number, const struct opcit_doc *doc,
				       const struct opcit_record *records, size_t n, struct opcit_err *err)
{
	opcit_status status = check_sizes(records, n, err);

	if (status != OPCIT_OK || n == 0)
		return status;
	return guard(err, [&] {
		opcit::Unpacked lists;
		Slice &slice = part->slices[opcit::shard_of(doc->source, part->slices.size())];

		part->maker.add(slice.piece(), number, *doc, records, n);
		part->held += n;
		if (part->held < PIECE_RECORDS)
			return OPCIT_OK;
		for (Slice &one : part->slices)
			one.end_piece();
		part->held = 0;
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_part_finish(struct opcit_part *part, struct opcit_err *err)
{
	return guard(err, [&] {
		opcit::Unpacked lists;

		for (Slice &one : part->slices)
			one.finish();
		return OPCIT_OK;
	});
}

extern "C" void opcit_part_free(struct opcit_part *part)
{
	delete part;
}
