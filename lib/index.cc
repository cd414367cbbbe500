// index.cc: the writing half of the index (index.h).
#include "index.h"

#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "generation.hh"
#include "guard.hh"
#include "lock.h"
#include "schema.hh"
#include "part.h"

namespace fs = std::filesystem;

using opcit::guard;

namespace
{

// Fewer new records than that, or than this part of what is there, are added in
// place: merging costs as much as copying the whole.
constexpr uint64_t FEW = 1000, SMALL_PART = 8;

// The records of one file, where they stand.
struct Range {
	uint32_t first, n;
};

// A file whose records wait for the commit.
struct Placed {
	uint32_t number, n_records;
	std::string source, bytes; // the document, encoded
};

struct Part {
	std::string path; // empty where it has no records
	std::vector<Placed> files;
};

// A place in the database that is being written, for one that was told before.
uint32_t moved(uint32_t place, uint32_t by)
{
	return place - by;
}

} // namespace

struct opcit_writer {
	opcit::IndexFolder folder;
	opcit_lock lock = OPCIT_LOCK_INIT;
	Xapian::WritableDatabase db;
	uint32_t shift = 0; // places are stored greater than they are by so much
	uint32_t next = 0;  // number of the next new file
	std::string folder_of_parts;

	// What the commit is to do.
	std::vector<Part> parts;
	std::set<std::string> removed; // sources
	std::map<std::string, std::optional<uint32_t>> renamed; // sources: their numbers, none where another file was
	std::vector<uint32_t> lost;				// numbers of the files that renamed ones replace
	std::map<std::string, std::string> states;
	opcit_part *own = nullptr; // of opcit_writer_put
	std::vector<Placed> own_files;
	unsigned n_own = 0;
	bool broken = false;

	explicit opcit_writer(const std::string &dir) : folder(dir), folder_of_parts(folder.building())
	{
	}
	opcit_writer(const opcit_writer &) = delete;
	opcit_writer &operator=(const opcit_writer &) = delete;
	~opcit_writer()
	{
		opcit_part_free(own);
		opcit_lock_release(&lock);
	}

	void open();
	void make_first();
	opcit_status check_schema(const char *dir, opcit_err *err);
	bool find_number(opcit_str source, uint32_t &number);
	void find_range(uint32_t number, Range &range);
	bool find_range(const std::string &source, Range &range);
	void end_own_part();
	uint64_t count_new() const;
	std::vector<Range> doomed();
	void write_changes(Xapian::WritableDatabase &to, const std::vector<Range> &gone, uint32_t pruned,
			   Xapian::docid first);
	void write_renamed(Xapian::WritableDatabase &to);
	void add_in_place();
	void merge();
	Xapian::docid compact(const std::string &path, bool keep);
};

// ---- opening -------------------------------------------------------------------

void opcit_writer::make_first()
{
	std::string path = folder.next();

	{
		Xapian::WritableDatabase made(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);

		made.set_metadata(opcit::META_SCHEMA, opcit::SCHEMA);
		made.set_metadata(opcit::META_FEATURES, opcit::FEATURES);
		made.commit();
	}
	folder.publish(path);
}

void opcit_writer::open()
{
	if (folder.current().empty())
		make_first();
	db = Xapian::WritableDatabase(folder.current(), Xapian::DB_OPEN);
	opcit::bytes_number(db.get_metadata(opcit::META_NEXT), 0, next);
	opcit::bytes_number(db.get_metadata(opcit::META_SHIFT), 0, shift);
}

opcit_status opcit_writer::check_schema(const char *dir, opcit_err *err)
{
	std::string schema = db.get_metadata(opcit::META_SCHEMA);

	return schema == opcit::SCHEMA ? OPCIT_OK : opcit::refuse_schema(dir, schema, err);
}

extern "C" opcit_status opcit_writer_open(const char *dir, struct opcit_writer **writer,
					  struct opcit_err *err)
{
	*writer = nullptr;
	return guard(err, [&]() -> opcit_status {
		auto opened = std::make_unique<opcit_writer>(dir);
		opcit_status status = opened->folder.is_old() ? opcit::refuse_schema(dir, opcit::OLD_SCHEMA, err)
							      : opened->folder.make(err);

		if (status == OPCIT_OK)
			status = opcit_lock_take(dir, &opened->lock, err);
		if (status != OPCIT_OK)
			return status;
		opened->open();
		status = opened->check_schema(dir, err);
		if (status != OPCIT_OK)
			return status;
		opened->folder.sweep();
		fs::create_directory(opened->folder_of_parts);
		*writer = opened.release();
		return OPCIT_OK;
	}, dir);
}

extern "C" const char *opcit_writer_folder(const struct opcit_writer *writer)
{
	return writer->folder_of_parts.c_str();
}

extern "C" void opcit_writer_close(struct opcit_writer *writer)
{
	if (!writer)
		return;
	guard(nullptr, [&] {
		fs::remove_all(writer->folder_of_parts);
		writer->db.close();
		return OPCIT_OK;
	});
	delete writer;
}

// ---- what the index knows of a file ---------------------------------------------

bool opcit_writer::find_number(opcit_str source, uint32_t &number)
{
	auto known = renamed.find(std::string(source.ptr, source.len));

	if (known != renamed.end()) {
		number = known->second.value_or(0);
		return known->second.has_value();
	}
	std::string found = db.get_metadata(opcit::bounded(opcit::META_SOURCE, source.ptr, source.len));

	return opcit::bytes_number(found, 0, number);
}

void opcit_writer::find_range(uint32_t number, Range &range)
{
	opcit_doc doc;
	std::string entry = db.get_metadata(opcit::entry_key(number));

	if (!opcit::bytes_number(entry, 0, range.first) ||
	    opcit_doc_decode(opcit_str{ entry.data() + 4, entry.size() - 4 }, &doc, nullptr) != OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a document's entry is missing");
	range = { moved(range.first, shift), doc.n_records };
}

bool opcit_writer::find_range(const std::string &source, Range &range)
{
	uint32_t number;

	if (!find_number(opcit_str{ source.data(), source.size() }, number))
		return false;
	find_range(number, range);
	return true;
}

extern "C" opcit_status opcit_writer_number(struct opcit_writer *writer, struct opcit_str source,
					    uint32_t *number, struct opcit_err *err)
{
	return guard(err, [&] {
		if (!writer->find_number(source, *number))
			*number = writer->next++;
		return OPCIT_OK;
	});
}

// ---- what the next commit is to do -----------------------------------------------

static Placed placed(uint32_t number, const opcit_doc &doc)
{
	opcit_buf buf = OPCIT_BUF_INIT;

	opcit_doc_encode(&doc, &buf);
	Placed file{ number, doc.n_records, std::string(doc.source.ptr, doc.source.len), std::string(buf.ptr, buf.len) };
	opcit_buf_release(&buf);
	return file;
}

extern "C" opcit_status opcit_writer_take(struct opcit_writer *writer, const char *path,
					  const struct opcit_placed *files, size_t n, struct opcit_err *err)
{
	return guard(err, [&] {
		Part part{ path ? path : "", {} };

		for (size_t i = 0; i < n; i++)
			part.files.push_back(placed(files[i].number, files[i].doc));
		writer->parts.push_back(std::move(part));
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_put(struct opcit_writer *writer, const struct opcit_doc *doc,
					 const struct opcit_record *records, size_t n_records,
					 struct opcit_err *err)
{
	uint32_t number;
	opcit_status status = opcit_writer_number(writer, doc->source, &number, err);

	if (status != OPCIT_OK)
		return status;
	return guard(err, [&] {
		std::string path = writer->folder_of_parts + "/own-" + std::to_string(writer->n_own);
		opcit_doc copy = *doc;

		if (!writer->own)
			writer->own = opcit_part_new(path.c_str(), nullptr);
		status = opcit_part_put(writer->own, number, doc, records, n_records, err);
		copy.n_records = static_cast<uint32_t>(n_records);
		if (status == OPCIT_OK)
			writer->own_files.push_back(placed(number, copy));
		return status;
	});
}

extern "C" opcit_status opcit_writer_remove(struct opcit_writer *writer, struct opcit_str source,
					    struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		uint32_t number;

		if (!writer->find_number(source, number) ||
		    !writer->removed.emplace(source.ptr, source.len).second)
			return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' is not in the index", OPCIT_FMT(source));
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_rename(struct opcit_writer *writer, struct opcit_str from,
					    struct opcit_str to, struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		std::string source(to.ptr, to.len);
		uint32_t number, old;

		if (!writer->find_number(from, number))
			return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' is not in the index", OPCIT_FMT(from));
		if (opcit_str_eq(from, to))
			return OPCIT_OK;
		if (writer->find_number(to, old))
			writer->lost.push_back(old);
		writer->removed.erase(source);
		writer->renamed[std::string(from.ptr, from.len)] = std::nullopt;
		writer->renamed[source] = number;
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_get_state(struct opcit_writer *writer, const char *key,
					       struct opcit_buf *buf, struct opcit_err *err)
{
	return guard(err, [&] {
		std::string blob = writer->db.get_metadata(std::string(opcit::META_STATE) + key);

		opcit_buf_add(buf, blob.data(), blob.size());
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_set_state(struct opcit_writer *writer, const char *key,
					       struct opcit_str blob, struct opcit_err *err)
{
	return guard(err, [&] {
		writer->states[key].assign(blob.ptr ? blob.ptr : "", blob.len);
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_index_peek_state(const char *dir, const char *key,
					       struct opcit_buf *buf, struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		opcit::IndexFolder folder(dir);

		if (folder.is_old())
			return opcit::refuse_schema(dir, opcit::OLD_SCHEMA, err);
		if (folder.current().empty())
			return opcit_err_set(err, OPCIT_NOT_FOUND, "there is no index in '%s'", dir);
		Xapian::Database db = opcit::open_current(dir);
		std::string schema = db.get_metadata(opcit::META_SCHEMA);

		// Where nothing changed no writer is opened, and nobody else would tell.
		if (schema != opcit::SCHEMA)
			return opcit::refuse_schema(dir, schema, err);
		std::string blob = db.get_metadata(std::string(opcit::META_STATE) + key);

		opcit_buf_add(buf, blob.data(), blob.size());
		return OPCIT_OK;
	}, dir);
}

// ---- the commit --------------------------------------------------------------------

void opcit_writer::end_own_part()
{
	opcit_err err = OPCIT_ERR_INIT;
	std::string path = folder_of_parts + "/own-" + std::to_string(n_own);

	if (!own)
		return;
	if (opcit_part_finish(own, &err) != OPCIT_OK)
		throw Xapian::DatabaseError(err.message, EIO);
	opcit_part_free(own);
	own = nullptr;
	n_own++;
	parts.push_back({ fs::exists(path) ? path : "", std::move(own_files) });
	own_files.clear();
}

uint64_t opcit_writer::count_new() const
{
	uint64_t n = 0;

	for (const Part &part : parts)
		for (const Placed &file : part.files)
			n += file.n_records;
	return n;
}

// The records that are removed or replaced.
std::vector<Range> opcit_writer::doomed()
{
	std::vector<Range> ranges;
	Range range;

	for (uint32_t number : lost) {
		find_range(number, range);
		ranges.push_back(range);
	}
	for (const std::string &source : removed)
		if (find_range(source, range))
			ranges.push_back(range);
	for (const Part &part : parts)
		for (const Placed &file : part.files)
			if (find_range(file.source, range))
				ranges.push_back(range);
	return ranges;
}

// Records know their file by its number, so that only its entry has its path.
void opcit_writer::write_renamed(Xapian::WritableDatabase &to)
{
	opcit_buf buf = OPCIT_BUF_INIT;

	for (uint32_t number : lost)
		to.set_metadata(opcit::entry_key(number), "");
	for (const auto &place : renamed) {
		const std::string &source = place.first;
		std::string key = opcit::bounded(opcit::META_SOURCE, source.data(), source.size());

		to.set_metadata(key, place.second ? opcit::number_bytes(*place.second) : "");
		if (!place.second)
			continue;
		std::string entry = db.get_metadata(opcit::entry_key(*place.second));
		opcit_doc doc;

		opcit_doc_decode(opcit_str{ entry.data() + 4, entry.size() - 4 }, &doc, nullptr);
		doc.source = opcit_str{ source.data(), source.size() };
		opcit_buf_clear(&buf);
		opcit_doc_encode(&doc, &buf);
		to.set_metadata(opcit::entry_key(*place.second), entry.substr(0, 4).append(buf.ptr, buf.len));
	}
	opcit_buf_release(&buf);
}

// All but the new records themselves, of which the first has the id `first`. The
// old ones stand `pruned` places before where they stood.
void opcit_writer::write_changes(Xapian::WritableDatabase &to, const std::vector<Range> &gone, uint32_t pruned,
				 Xapian::docid first)
{
	auto source_key = [](const std::string &source) {
		return opcit::bounded(opcit::META_SOURCE, source.data(), source.size());
	};

	for (const Range &range : gone)
		for (uint32_t i = 0; i < range.n; i++)
			to.delete_document(moved(range.first + i, pruned));
	write_renamed(to);
	for (const std::string &source : removed) {
		uint32_t number;

		if (!find_number(opcit_str{ source.data(), source.size() }, number))
			continue;
		to.set_metadata(opcit::entry_key(number), "");
		to.set_metadata(source_key(source), "");
	}
	for (const Part &part : parts)
		for (const Placed &file : part.files) {
			uint32_t stored = first + shift + pruned;

			to.set_metadata(opcit::entry_key(file.number), opcit::number_bytes(stored) + file.bytes);
			to.set_metadata(source_key(file.source), opcit::number_bytes(file.number));
			first += file.n_records;
		}
	for (const auto &state : states)
		to.set_metadata(opcit::META_STATE + state.first, state.second);
	to.set_metadata(opcit::META_NEXT, opcit::number_bytes(next));
	to.set_metadata(opcit::META_SHIFT, opcit::number_bytes(shift + pruned));
}

void opcit_writer::add_in_place()
{
	std::vector<Range> gone = doomed();

	db.begin_transaction();
	try {
		Xapian::docid first = db.get_lastdocid() + 1;

		for (const Part &part : parts) {
			if (part.path.empty())
				continue;
			Xapian::Database from(part.path);

			for (auto it = from.postlist_begin(""); it != from.postlist_end(""); ++it)
				db.add_document(from.get_document(*it, Xapian::DOC_ASSUME_VALID));
		}
		write_changes(db, gone, 0, first);
		db.commit_transaction();
	} catch (...) {
		db.close();
		throw;
	}
}

// The parts as one database, with what is there unless nothing of it is to be
// kept. Returns how many places the old records have moved: Xapian leaves out
// those before the first one.
Xapian::docid opcit_writer::compact(const std::string &path, bool keep)
{
	Xapian::Database all;
	Xapian::docid pruned = 0;

	if (keep) {
		pruned = *db.postlist_begin("") - 1;
		all.add_database(Xapian::Database(folder.current()));
	}
	for (const Part &part : parts)
		if (!part.path.empty())
			all.add_database(Xapian::Database(part.path));
	all.compact(path);
	if (!keep) {
		Xapian::WritableDatabase to(path, Xapian::DB_OPEN);

		for (auto key = db.metadata_keys_begin(); key != db.metadata_keys_end(); ++key)
			to.set_metadata(*key, db.get_metadata(*key));
		to.commit();
	}
	return pruned;
}

void opcit_writer::merge()
{
	std::vector<Range> gone = doomed();
	uint64_t n_gone = 0;
	std::string path = folder.next();

	for (const Range &range : gone)
		n_gone += range.n;
	bool keep = n_gone < db.get_doccount();
	uint32_t pruned = compact(path, keep);
	Xapian::WritableDatabase to(path, Xapian::DB_OPEN);
	Xapian::docid last = to.get_lastdocid();

	if (!keep)
		gone.clear();
	to.begin_transaction();
	write_changes(to, gone, pruned, last + 1 - static_cast<Xapian::docid>(count_new()));
	to.commit_transaction();
	folder.publish(path);
	db.close();
	db = to;
	shift += pruned;
}

extern "C" opcit_status opcit_writer_commit(struct opcit_writer *writer, struct opcit_err *err)
{
	if (writer->broken)
		return opcit_err_set(err, OPCIT_IO, "an earlier change to the index failed");
	opcit_status status = guard(err, [&] {
		writer->end_own_part();
		uint64_t n = writer->count_new();

		if (n < FEW || n * SMALL_PART < writer->db.get_doccount())
			writer->add_in_place();
		else
			writer->merge();
		for (const Part &part : writer->parts)
			if (!part.path.empty())
				fs::remove_all(part.path);
		writer->parts.clear();
		writer->removed.clear();
		writer->renamed.clear();
		writer->lost.clear();
		writer->states.clear();
		return OPCIT_OK;
	});

	writer->broken = status != OPCIT_OK;
	return status;
}
