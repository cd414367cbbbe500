// parts.cc: the databases that an index is made of, as one. Each stays open by
// itself, too: Xapian reads metadata of the first alone.
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unordered_set>

#include "open_index.hh"

using opcit::IndexPart;

namespace
{

// Milliseconds. What is asked first is little; a query may take its time.
constexpr unsigned CONNECT = 5000, ANSWER = 30000;
constexpr size_t MOST_KNOWN = 32 << 20; // bytes of records and entries that are kept
constexpr size_t MOST_TERMS = 100000;   // whose frequency is

Xapian::Database empty()
{
	return Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY);
}

opcit_status check_schema(const IndexPart &part, const std::string &dir, opcit_err *err)
{
	std::string schema = part.db.get_metadata(opcit::META_SCHEMA);

	if (schema == opcit::SCHEMA)
		return OPCIT_OK;
	if (schema.empty() && part.db.get_lastdocid() != 0) {
		opcit_err_set(err, OPCIT_DAMAGED, "'%s' is a Xapian database of another program",
			      dir.c_str());
		opcit_err_hint(err, "name the folder that `opcit index` made with --db");
		return OPCIT_DAMAGED;
	}
	if (schema.empty())
		return OPCIT_OK;
	return opcit::refuse_schema(dir, schema, err);
}

} // namespace

// ---- opening -------------------------------------------------------------------

void opcit_index::say(const char *format, ...) const
{
	char message[1024];
	va_list args;

	if (!how.notice)
		return;
	va_start(args, format);
	std::vsnprintf(message, sizeof message, format, args);
	va_end(args);
	how.notice(how.to, message);
}

// The program is told, and an empty part stands for it, so that the others keep
// their places.
void opcit_index::leave_out(IndexPart &part, const char *why)
{
	part.missing = why;
	part.db = empty();
	say("the answer lacks a shard: %s", why);
}

// A shard in a folder: an index, and not itself divided.
static opcit_status check_folder(const opcit_index &index, const IndexPart &part, opcit_err *err)
{
	std::vector<IndexPart> found = opcit::parts_of(part.folder, err);

	if (found.size() == 1 && found[0].folder == part.folder)
		return OPCIT_OK;
	if (found.empty() && err->status == OPCIT_DAMAGED)
		return OPCIT_DAMAGED;
	opcit_err_set(err, OPCIT_IO, "there is no index in '%s', which '%s' names", part.folder.c_str(), index.dir.c_str());
	opcit_err_hint(err, "a file of shards has a line for each: a folder that `opcit index` made, or host:port");
	return OPCIT_IO;
}

static opcit_status open_part(const opcit_index &index, IndexPart &part, opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		opcit_status status = index.alone || part.remote() ? OPCIT_OK : check_folder(index, part, err);

		if (status != OPCIT_OK)
			return status;
		part.db = part.remote() ? Xapian::Remote::open(part.host, part.port, ANSWER, CONNECT)
					: opcit::open_current(part.folder, &part.blocks);
		opcit::bytes_number(part.db.get_metadata(opcit::META_SHIFT), 0, part.shift);
		return check_schema(part, part.name, err);
	}, part.remote() ? nullptr : part.folder.c_str());
}

// Open a part, or leave it out where that is wanted.
opcit_status opcit_index::open_part(IndexPart &part, opcit_err *err)
{
	opcit_err own = OPCIT_ERR_INIT;
	opcit_status status = ::open_part(*this, part, &own);

	if (status == OPCIT_OK)
		return status;
	if (how.partial && !alone) {
		leave_out(part, own.message);
		return OPCIT_OK;
	}
	if (err)
		*err = own;
	return status;
}

opcit_status opcit_index::check_parts(opcit_err *err)
{
	size_t missing = 0;

	for (size_t i = 0; i < parts.size(); i++) {
		missing += !parts[i].missing.empty();
		for (size_t k = 0; k < i && parts[i].missing.empty(); k++)
			if (parts[k].missing.empty() && parts[k].db.get_uuid() == parts[i].db.get_uuid()) {
				opcit_err_set(err, OPCIT_USAGE, "the shards '%s' and '%s' are one and the same index",
					      parts[k].name.c_str(), parts[i].name.c_str());
				opcit_err_hint(err, "each of its records would be found twice");
				return OPCIT_USAGE;
			}
	}
	if (missing < parts.size())
		return OPCIT_OK;
	return opcit_err_set(err, OPCIT_IO, "no shard of '%s' answers", dir.c_str());
}

void opcit_index::join()
{
	forget();
	if (alone) {
		db = parts[0].db;
		return;
	}
	db = Xapian::Database();
	for (const IndexPart &part : parts)
		db.add_database(part.db);
}

opcit_status opcit_index::open(opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		opcit_status status = OPCIT_OK;

		alone = parts.size() == 1 && parts[0].folder == dir;
		for (IndexPart &part : parts) {
			remote = remote || part.remote();
			if ((status = open_part(part, err)) != OPCIT_OK)
				return status;
		}
		if (!alone && (status = check_parts(err)) != OPCIT_OK)
			return status;
		join();
		load_langs();
		return OPCIT_OK;
	}, dir.c_str());
}

// ---- beginning anew ---------------------------------------------------------------

void opcit_index::forget()
{
	known_bodies.clear();
	known_terms.clear();
	known_entries.clear();
	known_data.clear();
	known_bytes = 0;
}

// Whether a part has another state now. A server has that of the connection.
static bool follow_part(IndexPart &part)
{
	std::string uuid = part.db.get_uuid();
	bool later = part.remote();
	auto revision = later ? 0 : part.db.get_revision();

	if (part.remote())
		part.db = Xapian::Remote::open(part.host, part.port, ANSWER, CONNECT);
	try {
		if (!part.remote())
			part.blocks = opcit::Blocks::watch(opcit::IndexFolder(part.folder).current(), false);
		later = later || (part.db.reopen() && part.db.get_revision() != revision);
	} catch (const Xapian::DatabaseError &) {
		// its folder has gone: there is another generation
	}
	if (!later) {
		part.db = opcit::open_current(part.folder, &part.blocks);
		later = part.db.get_uuid() != uuid;
	}
	opcit::bytes_number(part.db.get_metadata(opcit::META_SHIFT), 0, part.shift);
	return later;
}

void opcit_index::follow()
{
	bool later = false;

	for (IndexPart &part : parts)
		later = (part.missing.empty() && follow_part(part)) || later;
	if (!later)
		throw Xapian::DatabaseCorruptError("a block is newer than the index");
	join();
	load_langs();
}

// A server closes what has been idle for a while, and a shard may have come back:
// connect once more. What does not answer then is left out, or it is an error.
bool opcit_index::reconnect(const Xapian::NetworkError &error, int attempt)
{
	bool late = std::string(error.get_type()) == "NetworkTimeoutError", changed = false;
	std::string where = opcit::shard_of(error);
	opcit_err why = OPCIT_ERR_INIT;

	if (!remote || attempt > 2 || ((late || attempt == 2) && !how.partial))
		return false;
	for (IndexPart &part : parts) {
		if (!part.remote() || !part.missing.empty())
			continue;
		if ((late || attempt == 2) && where == part.host + ":" + std::to_string(part.port)) {
			opcit::explain(error, nullptr, &why);
			leave_out(part, why.message);
			changed = true;
			continue;
		}
		try {
			part.db = Xapian::Remote::open(part.host, part.port, ANSWER, CONNECT);
			opcit::bytes_number(part.db.get_metadata(opcit::META_SHIFT), 0, part.shift);
		} catch (const Xapian::Error &again) {
			if (!how.partial)
				throw;
			opcit::explain(again, nullptr, &why);
			leave_out(part, why.message);
		}
		changed = true;
	}
	if (!changed)
		return false;
	if (check_parts(nullptr) != OPCIT_OK)
		throw Xapian::NetworkError("no shard answers", error.get_context());
	join();
	load_langs();
	return true;
}

// ---- places ------------------------------------------------------------------------

Xapian::docid opcit_index::id_of(const opcit_entry &entry, uint32_t seq) const
{
	uint64_t n = parts.size(), local = static_cast<uint64_t>(entry.first) + seq - 1;
	uint64_t id = entry.first && seq ? (local - 1) * n + entry.number % n + 1 : 0;

	return id <= UINT32_MAX ? static_cast<Xapian::docid>(id) : 0;
}

Xapian::docid opcit_index::beside(Xapian::docid id, int step) const
{
	int64_t to = static_cast<int64_t>(id) + step * static_cast<int64_t>(parts.size());

	return to > 0 && to <= UINT32_MAX ? static_cast<Xapian::docid>(to) : 0;
}

size_t opcit_index::part_at(const Xapian::Database &sub) const
{
	size_t part = 0;

	if (alone)
		return 0;
	while (part < parts.size() && (parts[part].db.internal.empty() || sub.internal.empty() ||
				       parts[part].db.internal[0].get() != sub.internal[0].get()))
		part++;
	if (part == parts.size())
		throw Xapian::InvalidOperationError("a part of no index is searched");
	return part;
}

uint32_t opcit_index::number_in(size_t part, uint32_t number) const
{
	uint64_t all = static_cast<uint64_t>(number) * parts.size() + part;

	if (all > UINT32_MAX)
		throw Xapian::DatabaseCorruptError("a file's number is too large");
	return static_cast<uint32_t>(all);
}

uint32_t opcit_index::file_of(const opcit::Match &match) const
{
	uint32_t number;

	if (!opcit::bytes_number(match.place, 0, number))
		throw Xapian::DatabaseCorruptError("a record has no place");
	return number_in(part_of(match.id), number);
}

// ---- what is read of the parts --------------------------------------------------------

std::string opcit_index::data_of(Xapian::docid id)
{
	if (alone)
		return unsqueezer.stored(db.get_document(id, Xapian::DOC_ASSUME_VALID));
	if (id == 0)
		throw Xapian::DocNotFoundError("no such record");
	auto known = known_data.find(id);

	if (known != known_data.end())
		return known->second;
	std::string data = unsqueezer.stored(db.get_document(id, Xapian::DOC_ASSUME_VALID));
	uint32_t number;

	if (opcit::bytes_number(data, 0, number))
		data.replace(0, 4, opcit::number_bytes(number_in(part_of(id), number)));
	if (!parts[part_of(id)].remote())
		return data;
	if ((known_bytes += data.size()) > MOST_KNOWN)
		forget();
	return known_data[id] = data;
}

std::string opcit_index::entry_of(uint32_t number)
{
	uint32_t n = static_cast<uint32_t>(parts.size());
	IndexPart &part = parts[number % n];
	auto known = known_entries.find(number);

	if (known != known_entries.end())
		return known->second;
	std::string entry = part.db.get_metadata(opcit::entry_key(number / n));

	if (!part.remote())
		return entry;
	if ((known_bytes += entry.size()) > MOST_KNOWN)
		forget();
	return known_entries[number] = entry;
}

Xapian::doccount opcit_index::records_with(const std::string &term)
{
	auto known = known_terms.find(term);

	if (known != known_terms.end())
		return known->second;
	if (known_terms.size() > MOST_TERMS)
		known_terms.clear();
	return known_terms[term] = db.get_termfreq(term);
}

const std::vector<std::string> &opcit_index::bodies()
{
	size_t skip = std::strlen(opcit::BY_BODY);

	if (known_bodies.empty())
		for (auto it = db.allterms_begin(opcit::BY_BODY); it != db.allterms_end(opcit::BY_BODY); ++it)
			if ((*it).size() > skip)
				known_bodies.push_back((*it).substr(skip));
	return known_bodies;
}

// A query that asks for nothing else: its statistics come from all parts at once.
void opcit_index::ask_ahead(const std::vector<std::string> &terms)
{
	std::unordered_set<std::string> unknown;

	if (!remote)
		return;
	if (known_terms.size() > MOST_TERMS)
		known_terms.clear();
	for (const std::string &term : terms)
		if (!term.empty() && !known_terms.count(term))
			unknown.insert(term);
	if (unknown.size() < 2)
		return;
	Xapian::Enquire enquire(db);

	enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, unknown.begin(), unknown.end()));
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	Xapian::MSet found = enquire.get_mset(0, 0);

	for (const std::string &term : unknown)
		known_terms[term] = found.get_termfreq(term);
}
