// verify.cc: see verify.h. What is wrong is thrown, as damage that a reader meets is.
#include "verify.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <unordered_map>

#include "checksum.h"
#include "generation.hh"
#include "open_index.hh"

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
	opcit_entry entry;
	uint32_t n;
};

class Verifier
{
	opcit_index &index;
	Xapian::Database &db;
	opcit_verify_progress *progress;
	void *data;
	uint64_t done = 0;
	opcit::Arena files, scratch;
	std::unordered_map<uint32_t, Met> met; // by file number
	Fingerprint by_record, by_word;
	uint64_t length = 0; // of all records, in words
	Column dates, places, kinds;

	void step()
	{
		if (progress && ++done % 512 == 0)
			progress(data, done, 2 * static_cast<uint64_t>(db.get_doccount()));
	}
	void check_entries(const opcit_entry *entries, size_t n);
	void check_place(Xapian::docid id, uint32_t number, const opcit_record &record);
	void check_terms(Xapian::docid id, const opcit_record &record, const opcit_doc &doc);
	void check_values(Xapian::docid id, uint32_t number, const opcit_record &record, const opcit_doc &doc);
	void check_records();
	void check_words();

      public:
	Verifier(opcit_index &opened, opcit_verify_progress *told, void *whom)
	    : index(opened), db(opened.db), progress(told), data(whom), dates(db, opcit::SLOT_DATE),
	      places(db, opcit::SLOT_PLACE), kinds(db, opcit::SLOT_KIND)
	{
	}
	void run(const opcit_entry *entries, size_t n);
};

// ---- files ---------------------------------------------------------------------

void Verifier::check_entries(const opcit_entry *entries, size_t n)
{
	size_t sources = 0;
	uint32_t next = 0;

	opcit::bytes_number(db.get_metadata(opcit::META_NEXT), 0, next);
	for (size_t i = 0; i < n; i++) {
		const opcit_doc &doc = entries[i].doc;
		std::string found = db.get_metadata(opcit::bounded(opcit::META_SOURCE, doc.source.ptr, doc.source.len));
		uint32_t number;

		if (!opcit::bytes_number(found, 0, number) || number != entries[i].number || number >= next)
			damaged("a file is not found by its path");
		met[number] = { entries[i], 0 };
	}
	for (auto it = db.metadata_keys_begin(opcit::META_SOURCE); it != db.metadata_keys_end(opcit::META_SOURCE); ++it)
		sources++;
	if (sources != n)
		damaged("a path leads to no file");
}

// ---- records -------------------------------------------------------------------

void Verifier::check_place(Xapian::docid id, uint32_t number, const opcit_record &record)
{
	auto file = met.find(number);

	if (file == met.end())
		damaged("a record belongs to no document");
	if (id - file->second.entry.first != record.seq - 1 || record.seq > file->second.entry.doc.n_records)
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
		index.load_record(*it, scratch, record, number);
		check_place(*it, number, record);
		check_terms(*it, record, met[number].entry.doc);
		check_values(*it, number, record, met[number].entry.doc);
		opcit_arena_reset(scratch);
		step();
	}
	dates.finish();
	places.finish();
	kinds.finish();
	for (const auto &file : met)
		if (file.second.n != file.second.entry.doc.n_records)
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

void Verifier::run(const opcit_entry *entries, size_t n)
{
	check_entries(entries, n);
	check_records();
	check_words();
}

// As Xapian itself checks its files. A commit meanwhile looks like damage.
void check_files(const std::string &dir)
{
	opcit::IndexFolder folder(dir);
	uint64_t before = folder.stamp();
	size_t faults = Xapian::Database::check(folder.current());

	if (faults && folder.stamp() != before)
		throw Xapian::DatabaseModifiedError("committed while it was checked");
	if (faults)
		damaged("its files do not agree with themselves");
}

opcit_status verify(opcit_index *index, opcit_verify_progress *progress, void *data, opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		opcit::Arena arena;
		opcit_entry *entries;
		size_t n;
		opcit_status status = opcit_index_entries(index, arena, &entries, &n, err);

		if (status != OPCIT_OK)
			return status;
		Verifier(*index, progress, data).run(entries, n);
		check_files(index->dir);
		return OPCIT_OK;
	});
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
extern "C" opcit_status opcit_index_verify(struct opcit_index *index, opcit_verify_progress *progress, void *data,
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
			said.status = verify(index, progress, data, &said);
			answer.give(said);
		}
		if (!answer.wait(child, said))
			damaged("it cannot be read to its end");
		if (said.status != OPCIT_OK && err)
			*err = said;
		return said.status;
	}, index->dir.c_str());
}

extern "C" opcit_status opcit_index_state(struct opcit_index *index, const char *key, struct opcit_buf *buf,
					  struct opcit_err *err)
{
	return index->read(err, [&] {
		std::string blob = index->db.get_metadata(std::string(opcit::META_STATE) + key);

		opcit_buf_add(buf, blob.data(), blob.size());
		return OPCIT_OK;
	});
}
