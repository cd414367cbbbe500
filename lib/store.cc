// store.cc: see store.hh.
#include "store.hh"

#include <filesystem>
#include <future>

#include "arena.hh"
#include "schema.hh"
#include "seal.hh"
#include "squeeze.hh"
#include "unpacked.hh"

namespace fs = std::filesystem;

namespace opcit
{

namespace
{

// Fewer new records than that, or than this part of what is there, are added in
// place: merging costs as much as copying the whole.
constexpr uint64_t FEW = 1000, SMALL_PART = 8;

// The parts of so many are removed by a thread of their own: giving back their memory takes as long
// as the rest of a commit.
constexpr uint64_t MANY = 20000;

// A place in the database that is being written, for one that was told before.
uint32_t moved(uint32_t place, uint32_t by)
{
	return place - by;
}

} // namespace

// ---- opening -------------------------------------------------------------------

Store::~Store()
{
	opcit_lock_release(&lock);
}

void Store::make_first() const
{
	std::string path = folder.next();

	{
		Xapian::WritableDatabase made(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);

		made.set_metadata(META_SCHEMA, SCHEMA);
		made.set_metadata(META_FEATURES, FEATURES);
		made.set_metadata(META_SHARD, shard ? "1" : "");
		made.commit();
	}
	folder.publish(path);
}

// 0 where it was never set.
uint32_t Store::number_at(const char *key) const
{
	std::string bytes = db.get_metadata(key);
	uint32_t number = 0;

	if (!bytes.empty() && !bytes_number(bytes, 0, number))
		throw Xapian::DatabaseCorruptError("a number that is counted on is not one");
	return number;
}

opcit_status Store::open(opcit_err *err)
{
	opcit_status status = folder.is_old() ? refuse_schema(dir, OLD_SCHEMA, err) : folder.make(false, err);

	if (status == OPCIT_OK)
		status = opcit_lock_take(dir.c_str(), &lock, err);
	if (status != OPCIT_OK)
		return status;
	if (folder.current().empty())
		make_first();
	check_seal(folder.current()); // what is spoiled is not carried on under a new seal
	blocks = Blocks::watch(folder.current(), true);
	db = Xapian::WritableDatabase(folder.current(), Xapian::DB_OPEN);
	std::string schema = db.get_metadata(META_SCHEMA);

	if (schema != SCHEMA)
		return refuse_schema(dir, schema, err);
	if (!shard && !db.get_metadata(META_SHARD).empty()) {
		opcit_err_set(err, OPCIT_USAGE, "'%s' is one shard of an index", dir.c_str());
		opcit_err_hint(err, "name the folder of the whole index, which knows the files of all shards");
		return OPCIT_USAGE;
	}
	next = number_at(META_NEXT);
	shift = number_at(META_SHIFT);
	folder.sweep();
	return OPCIT_OK;
}

// ---- what there is of a file -----------------------------------------------------

bool Store::find_number(const std::string &source, uint32_t &number) const
{
	auto known = renamed.find(source);

	if (known != renamed.end()) {
		number = known->second.value_or(0);
		return known->second.has_value();
	}
	return bytes_number(db.get_metadata(bounded(META_SOURCE, source.data(), source.size())), 0, number);
}

Store::Range Store::range_of(uint32_t number) const
{
	std::string entry = db.get_metadata(entry_key(number));
	uint32_t first;
	opcit_doc doc;

	if (!bytes_number(entry, 0, first) ||
	    opcit_doc_decode(opcit_str{ entry.data() + 4, entry.size() - 4 }, &doc, nullptr) != OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a document's entry is missing");
	return { moved(first, shift), doc.n_records };
}

std::string Store::state(const std::string &key) const
{
	return db.get_metadata(META_STATE + key);
}

// Each file that waits, with its encoded document and the path that this has.
template <typename Use> void Store::each_placed(Use use) const
{
	Unsqueezer unsqueezer;

	for (const Part &part : parts) {
		std::string docs;
		size_t at = 0;

		if (!part.files.empty())
			unsqueezer.unpack(borrow(part.docs), docs);
		for (const Placed &file : part.files) {
			std::string encoded(docs, at, file.len);
			opcit_doc doc;

			opcit_doc_decode(borrow(encoded), &doc, nullptr);
			use(file, encoded, std::string(doc.source.ptr, doc.source.len));
			at += file.len;
		}
	}
}

// ---- what the next commit is to do -----------------------------------------------

void Store::take(Part part)
{
	parts.push_back(std::move(part));
}

bool Store::remove(const std::string &source)
{
	uint32_t number;

	return find_number(source, number) && removed.insert(source).second;
}

void Store::rename(const std::string &from, const std::string &to)
{
	uint32_t number, old;

	if (from == to || !find_number(from, number))
		return;
	if (find_number(to, old))
		lost.push_back(old);
	removed.erase(to);
	renamed[from] = std::nullopt;
	renamed[to] = number;
}

void Store::set_state(const std::string &key, std::string blob)
{
	states[key] = std::move(blob);
}

// ---- the commit --------------------------------------------------------------------

uint64_t Store::count_new() const
{
	uint64_t n = 0;

	for (const Part &part : parts)
		for (const Placed &file : part.files)
			n += file.n_records;
	return n;
}

// The records that are removed or replaced.
std::vector<Store::Range> Store::doomed() const
{
	std::set<uint32_t> numbers(lost.begin(), lost.end());
	std::vector<Range> ranges;
	uint32_t number;

	for (const std::string &source : removed)
		if (find_number(source, number))
			numbers.insert(number);
	each_placed([&](const Placed &, const std::string &, const std::string &source) {
		if (find_number(source, number))
			numbers.insert(number);
	});
	for (uint32_t one : numbers)
		ranges.push_back(range_of(one));
	return ranges;
}

// Records know their file by its number, so that only its entry has its path.
void Store::write_renamed(Xapian::WritableDatabase &to) const
{
	opcit_buf buf = OPCIT_BUF_INIT;

	for (uint32_t number : lost)
		to.set_metadata(entry_key(number), "");
	for (const auto &place : renamed) {
		const std::string &source = place.first;
		std::string key = bounded(META_SOURCE, source.data(), source.size());

		to.set_metadata(key, place.second ? number_bytes(*place.second) : "");
		if (!place.second)
			continue;
		std::string entry = db.get_metadata(entry_key(*place.second));
		opcit_doc doc;

		opcit_doc_decode(opcit_str{ entry.data() + 4, entry.size() - 4 }, &doc, nullptr);
		doc.source = opcit_str{ source.data(), source.size() };
		opcit_buf_clear(&buf);
		opcit_doc_encode(&doc, &buf);
		to.set_metadata(entry_key(*place.second), entry.substr(0, 4).append(buf.ptr, buf.len));
	}
	opcit_buf_release(&buf);
}

// All but the new records themselves, of which the first has the id `first`. The
// old ones stand `pruned` places before where they stood.
void Store::write_changes(Xapian::WritableDatabase &to, const std::vector<Range> &gone, uint32_t pruned,
			  Xapian::docid first) const
{
	auto source_key = [](const std::string &source) {
		return bounded(META_SOURCE, source.data(), source.size());
	};

	for (const Range &range : gone)
		for (uint32_t i = 0; i < range.n; i++)
			to.delete_document(moved(range.first + i, pruned));
	write_renamed(to);
	for (const std::string &source : removed) {
		uint32_t number;

		if (!find_number(source, number))
			continue;
		to.set_metadata(entry_key(number), "");
		to.set_metadata(source_key(source), "");
	}
	each_placed([&](const Placed &file, const std::string &doc, const std::string &source) {
		uint32_t stored = first + shift + pruned;

		to.set_metadata(entry_key(file.number), number_bytes(stored) + doc);
		to.set_metadata(source_key(source), number_bytes(file.number));
		first += file.n_records;
	});
	for (const auto &state : states)
		to.set_metadata(META_STATE + state.first, state.second);
	to.set_metadata(META_NEXT, number_bytes(next));
	to.set_metadata(META_SHIFT, number_bytes(shift + pruned));
}

void Store::add_in_place()
{
	std::vector<Range> gone = doomed();

	if (blocks)
		blocks->begin();
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
		if (blocks)
			blocks->save();
	} catch (...) {
		db.close();
		throw;
	}
}

// The parts as one database, with what is there unless nothing of it is to be
// kept. Returns how many places the old records have moved: Xapian leaves out
// those before the first one.
Xapian::docid Store::compact(const std::string &path, bool keep) const
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
	if (all.size())
		all.compact(path);
	if (!keep) {
		Xapian::WritableDatabase to(path, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);

		for (auto key = db.metadata_keys_begin(); key != db.metadata_keys_end(); ++key)
			to.set_metadata(*key, db.get_metadata(*key));
		to.commit();
	}
	return pruned;
}

void Store::merge()
{
	std::vector<Range> gone = doomed();
	uint64_t n_gone = 0;
	std::string path = folder.next();

	for (const Range &range : gone)
		n_gone += range.n;
	bool keep = n_gone < db.get_doccount();
	uint32_t pruned = compact(path, keep);
	std::future<void> removing; // should the rest fail, the next run makes them again

	if (count_new() >= MANY)
		removing = std::async(std::launch::async, [this] { remove_parts(); });
	Xapian::WritableDatabase to(path, Xapian::DB_OPEN);
	Xapian::docid last = to.get_lastdocid();

	if (!keep)
		gone.clear();
	to.begin_transaction();
	write_changes(to, gone, pruned, last + 1 - static_cast<Xapian::docid>(count_new()));
	to.commit_transaction();
	folder.publish(path);
	db.close();
	blocks = Blocks::watch(path, true);
	db = to;
	shift += pruned;
}

void Store::remove_parts() const
{
	std::error_code ignored; // the next run sweeps

	for (const Part &part : parts)
		if (!part.path.empty())
			fs::remove_all(part.path, ignored);
}

void Store::commit()
{
	Unpacked lists;
	uint64_t n = count_new();

	if (!is_sealed(folder.current()) && (n < FEW || n * SMALL_PART < db.get_doccount()))
		add_in_place();
	else
		merge();
	remove_parts();
	parts.clear();
	removed.clear();
	renamed.clear();
	lost.clear();
	states.clear();
}

} // namespace opcit
