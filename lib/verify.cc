// verify.cc: see verify.h. What is wrong is thrown, as damage that a reader meets is.
#include "verify.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "arena.hh"
#include "checksum.h"
#include "generation.hh"
#include "guard.hh"
#include "schema.hh"
#include "squeeze.hh"
#include "shards.hh"
#include "record.h"

using opcit::Arena;
using opcit::borrow;

namespace
{

[[noreturn]] void damaged(const std::string &what)
{
	throw Xapian::DatabaseCorruptError(what);
}

// One number for all that lists of words say, in whatever order it is read: a sum,
// of which each part is as good as random.
class Fingerprint
{
	uint64_t sum = 0;

	static uint64_t mixed(uint64_t n)
	{
		n = (n ^ n >> 31) * 0xbf58476d1ce4e5b9u;
		n = (n ^ n >> 29) * 0x94d049bb133111ebu;
		return n ^ n >> 32;
	}

      public:
	void add(uint64_t term, Xapian::docid id, Xapian::termcount wdf)
	{
		sum += mixed(term ^ mixed(static_cast<uint64_t>(id) << 32 | wdf));
	}
	bool operator!=(const Fingerprint &other) const
	{
		return sum != other.sum;
	}
	static uint64_t of(const std::string &term)
	{
		return mixed(static_cast<uint64_t>(opcit_checksum(borrow(term))) << 32 | term.size());
	}
};

// A column of values, read beside the records.
class Column
{
	Xapian::ValueIterator at, end;
	Xapian::doccount met = 0, n;
	std::string least, most;

      public:
	Column(const Xapian::Database &db, opcit::Slot slot)
	    : at(db.valuestream_begin(slot)), end(db.valuestream_end(slot)), n(db.get_value_freq(slot)),
	      least(db.get_value_lower_bound(slot)), most(db.get_value_upper_bound(slot))
	{
	}

	// What stands there for a record; nothing has been passed over.
	void expect(Xapian::docid id, const std::string &value)
	{
		if (value.empty())
			return;
		if (at == end || at.get_docid() != id || *at != value || value < least || value > most)
			damaged("a record is sorted by what it is not");
		++at;
		met++;
	}
	void finish() const
	{
		if (at != end || met != n)
			damaged("the values do not agree with the records");
	}
};

// The records of one file, as far as they were met.
struct Met {
	uint32_t first; // where they begin
	opcit_doc doc;
	uint32_t n;
};

class Verifier
{
	Xapian::Database db;
	uint32_t shift = 0; // what entries tell of places is greater by this
	opcit_verify_progress *progress;
	void *data;
	uint64_t done = 0;
	Arena files, scratch;
	std::unordered_map<uint32_t, Met> met; // by file number
	Fingerprint by_record, by_word;
	uint64_t length = 0; // of all records, in words
	Column dates, places, kinds;
	opcit::Unsqueezer unsqueezer;

	void step()
	{
		if (progress && ++done % 512 == 0)
			progress(data, done, 2 * static_cast<uint64_t>(db.get_doccount()));
	}
	void check_entries();
	void check_place(Xapian::docid id, uint32_t number, const opcit_record &record);
	void check_terms(Xapian::docid id, const opcit_record &record, const opcit_doc &doc);
	void check_values(Xapian::docid id, uint32_t number, const opcit_record &record, const opcit_doc &doc);
	void check_records();
	void check_words();

      public:
	Verifier(const Xapian::Database &opened, opcit_verify_progress *told, void *whom)
	    : db(opened), progress(told), data(whom), dates(db, opcit::SLOT_DATE), places(db, opcit::SLOT_PLACE),
	      kinds(db, opcit::SLOT_KIND)
	{
		opcit::bytes_number(db.get_metadata(opcit::META_SHIFT), 0, shift);
	}
	void run();
};

// ---- files ---------------------------------------------------------------------

void Verifier::check_entries()
{
	size_t sources = 0, skip = std::strlen(opcit::META_ENTRY);
	uint64_t records = 0;
	uint32_t next = 0;

	opcit::bytes_number(db.get_metadata(opcit::META_NEXT), 0, next);
	for (auto it = db.metadata_keys_begin(opcit::META_ENTRY); it != db.metadata_keys_end(opcit::META_ENTRY); ++it) {
		uint32_t number = static_cast<uint32_t>(std::strtoul((*it).c_str() + skip, nullptr, 16)), found;
		std::string stored = db.get_metadata(*it);
		Met file{};

		if (!opcit::bytes_number(stored, 0, file.first) ||
		    opcit_doc_decode(opcit_arena_dup(files, opcit_str_sub(borrow(stored), 4, stored.size())), &file.doc,
				     nullptr) != OPCIT_OK)
			damaged("a document's entry cannot be decoded");
		const opcit_str &source = file.doc.source;

		if (!opcit::bytes_number(db.get_metadata(opcit::bounded(opcit::META_SOURCE, source.ptr, source.len)), 0,
					 found) ||
		    found != number || number >= next)
			damaged("a file is not found by its path");
		file.first -= shift;
		records += file.doc.n_records;
		met[number] = file;
	}
	for (auto it = db.metadata_keys_begin(opcit::META_SOURCE); it != db.metadata_keys_end(opcit::META_SOURCE); ++it)
		sources++;
	if (sources != met.size())
		damaged("a path leads to no file");
	if (records != db.get_doccount())
		damaged("documents and records do not agree");
}

// ---- records -------------------------------------------------------------------

void Verifier::check_place(Xapian::docid id, uint32_t number, const opcit_record &record)
{
	auto file = met.find(number);

	if (file == met.end())
		damaged("a record belongs to no document");
	if (id - file->second.first != record.seq - 1 || record.seq > file->second.doc.n_records)
		damaged("a record stands in another document's place");
	file->second.n++;
}

// All its words, for the fingerprint, and whether it is entered under what it is
// and what it cites.
void Verifier::check_terms(Xapian::docid id, const opcit_record &record, const opcit_doc &doc)
{
	std::vector<std::string> wanted = { opcit::key_term(opcit::BY_LANG, opcit_record_lang(&doc, &record)),
					    opcit::key_term(opcit::BY_KIND, opcit_str_of(opcit_kind_name(record.kind))) };
	uint64_t words = 0;
	auto want = [&](const char *prefix, opcit_str name) {
		if (name.len)
			wanted.push_back(opcit::key_term(prefix, name));
	};

	want(opcit::BY_NAME, doc.id);
	want(opcit::BY_LABEL, record.label);
	want(opcit::BY_ACT, record.act);
	for (size_t i = 0; i < record.n_cites; i++) {
		const opcit_citation &cite = record.cites[i];

		want(opcit::BY_CITED, cite.target);
		for (size_t k = 0; cite.target.len && k < cite.n_pinpoints; k++)
			wanted.push_back(opcit::pinpoint_term(cite.target, cite.pinpoints[k]));
	}
	std::sort(wanted.begin(), wanted.end());
	wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
	auto next = wanted.begin();
	for (auto it = db.termlist_begin(id); it != db.termlist_end(id); ++it) {
		const std::string term = *it;

		by_record.add(Fingerprint::of(term), id, it.get_wdf());
		words += it.get_wdf();
		if (next != wanted.end() && *next == term)
			++next;
	}
	if (next != wanted.end())
		damaged("a record is not found by '" + *next + "'");
	if (words != db.get_doclength(id))
		damaged("a record is not as long as its words");
	length += words;
}

void Verifier::check_values(Xapian::docid id, uint32_t number, const opcit_record &record, const opcit_doc &doc)
{
	dates.expect(id, std::string(doc.date.ptr ? doc.date.ptr : "", doc.date.len));
	places.expect(id, opcit::number_bytes(number) + opcit::number_bytes(record.seq));
	kinds.expect(id, std::string(1, static_cast<char>('0' + record.kind)));
}

void Verifier::check_records()
{
	auto end = db.postlist_end("");
	opcit_record record;
	uint32_t number;

	for (auto it = db.postlist_begin(""); it != end; ++it) {
		std::string stored = unsqueezer.stored(db.get_document(*it, Xapian::DOC_ASSUME_VALID));

		if (opcit_record_decode(opcit::stored_record(stored, number), scratch, &record, nullptr) != OPCIT_OK)
			damaged("a record cannot be decoded");
		check_place(*it, number, record);
		check_terms(*it, record, met[number].doc);
		check_values(*it, number, record, met[number].doc);
		opcit_arena_reset(scratch);
		step();
	}
	dates.finish();
	places.finish();
	kinds.finish();
	for (const auto &file : met)
		if (file.second.n != file.second.doc.n_records)
			damaged("a document lacks a record");
	if (length != db.get_total_length())
		damaged("the length of all records is not their sum");
}

// ---- words ---------------------------------------------------------------------

void Verifier::check_words()
{
	for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
		uint64_t hash = Fingerprint::of(*term), wdf = 0;
		Xapian::doccount n = 0;

		for (auto it = db.postlist_begin(*term); it != db.postlist_end(*term); ++it, n++) {
			by_word.add(hash, *it, it.get_wdf());
			wdf += it.get_wdf();
		}
		if (n != term.get_termfreq() || wdf != db.get_collection_freq(*term))
			damaged("the records of '" + *term + "' are not as many as it says");
		step();
	}
	if (by_word != by_record)
		damaged("the lists of words do not agree with the records");
}

void Verifier::run()
{
	check_entries();
	check_records();
	check_words();
}

// As Xapian itself checks its files. A commit meanwhile looks like damage.
void check_files(const std::string &dir)
{
	opcit::IndexFolder folder(dir);
	uint64_t before = folder.stamp();
	auto blocks = opcit::Blocks::watch(folder.current(), false);
	size_t faults = Xapian::Database::check(folder.current());

	if (faults && folder.stamp() != before)
		throw Xapian::DatabaseModifiedError("committed while it was checked");
	if (faults)
		damaged("its files do not agree with themselves");
}

// One database; commits that go over it meanwhile make it begin anew.
void verify(const std::string &dir, opcit_verify_progress *progress, void *data)
{
	constexpr int ATTEMPTS = 5;

	for (int attempt = 1;; attempt++) {
		uint64_t before = opcit::IndexFolder(dir).stamp();

		try {
			Verifier(opcit::open_current(dir, nullptr), progress, data).run();
			check_files(dir);
			return;
		} catch (const Xapian::DatabaseModifiedError &) {
			if (opcit::IndexFolder(dir).stamp() == before)
				damaged("a block is newer than the index");
			if (attempt == ATTEMPTS)
				throw;
		}
	}
}

opcit_status verify_all(const std::string &dir, opcit_verify_progress *progress, void *data, opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		struct stat st;
		size_t n;

		if (stat(dir.c_str(), &st) == 0 && S_ISREG(st.st_mode)) {
			opcit_err_set(err, OPCIT_USAGE, "'%s' lists shards, which are verified one by one", dir.c_str());
			opcit_err_hint(err, "name the folder of each with --db");
			return OPCIT_USAGE;
		}
		opcit_status status = opcit::count_shards(dir, n, err);

		for (size_t i = 0; status == OPCIT_OK && i < n; i++)
			verify(n == 1 ? dir : opcit::shard_path(dir, i), progress, data);
		return status;
	}, dir.c_str());
}

// What the process that reads it says, and nothing where it fell.
class Answer
{
	int ends[2];

      public:
	Answer()
	{
		if (pipe2(ends, O_CLOEXEC) != 0)
			throw std::system_error(errno, std::generic_category(), "pipe");
	}
	Answer(const Answer &) = delete;
	Answer &operator=(const Answer &) = delete;
	~Answer()
	{
		close(ends[0]);
		close(ends[1]);
	}
	[[noreturn]] void give(const opcit_err &err) const
	{
		_exit(write(ends[1], &err, sizeof err) != static_cast<ssize_t>(sizeof err));
	}
	bool wait(pid_t child, opcit_err &err)
	{
		int status = 0;

		while (waitpid(child, &status, 0) < 0)
			if (errno != EINTR)
				throw std::system_error(errno, std::generic_category(), "wait");
		return status == 0 && read(ends[0], &err, sizeof err) == static_cast<ssize_t>(sizeof err);
	}
};

} // namespace

// Xapian reads what it finds without caution, and may well fall over damage: so in
// a process of its own.
extern "C" opcit_status opcit_index_verify(const char *dir, opcit_verify_progress *progress, void *data,
					   struct opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		opcit_err said = OPCIT_ERR_INIT;
		Answer answer;
		pid_t child = fork();

		if (child < 0)
			throw std::system_error(errno, std::generic_category(), "fork");
		if (child == 0) {
			const struct rlimit none = { 0, 0 };

			setrlimit(RLIMIT_CORE, &none);
			said.status = verify_all(dir, progress, data, &said);
			answer.give(said);
		}
		if (!answer.wait(child, said))
			damaged("it cannot be read to its end");
		if (said.status != OPCIT_OK && err)
			*err = said;
		return said.status;
	}, dir);
}
