// part.cc: see part.h.
#include "part.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "entry.hh"
#include "guard.hh"

namespace fs = std::filesystem;

using opcit::guard;

namespace
{

// So many records at once stay in the cache.
constexpr Xapian::doccount PIECE_RECORDS = 2000;

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

} // namespace

struct opcit_part {
	std::string path;
	opcit::EntryMaker maker;
	std::vector<std::string> pieces;
	std::unique_ptr<Xapian::WritableDatabase> db; // the piece at hand

	opcit_part(const char *folder, const opcit_countries *countries) : path(folder), maker(countries)
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

	void join()
	{
		Xapian::Database all;

		for (const std::string &one : pieces)
			all.add_database(Xapian::Database(one));
		all.compact(path);
		for (const std::string &one : pieces)
			fs::remove_all(one);
	}
};

extern "C" struct opcit_part *opcit_part_new(const char *path, const struct opcit_countries *countries)
{
	return new opcit_part(path, countries);
}

extern "C" opcit_status opcit_part_put(struct opcit_part *part, uint32_t number,
					  const struct opcit_doc *doc, const struct opcit_record *records, size_t n,
					  struct opcit_err *err)
{
	opcit_status status = check_sizes(records, n, err);

	if (status != OPCIT_OK || n == 0)
		return status;
	return guard(err, [&] {
		part->maker.add(part->piece(), number, *doc, records, n);
		if (part->db->get_doccount() >= PIECE_RECORDS)
			part->end_piece();
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_part_finish(struct opcit_part *part, struct opcit_err *err)
{
	return guard(err, [&] {
		part->end_piece();
		if (part->pieces.size() == 1)
			fs::rename(part->pieces[0], part->path);
		else if (!part->pieces.empty())
			part->join();
		return OPCIT_OK;
	});
}

extern "C" void opcit_part_free(struct opcit_part *part)
{
	delete part;
}
