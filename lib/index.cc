// index.cc: the writing half of the index (index.h). All changes since the
// last commit are one Xapian transaction: without it Xapian would make the
// first ten thousand records of a run visible on its own.
#include "index.h"

#include <sys/stat.h>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "country.h"
#include "guard.hh"
#include "notes.hh"
#include "schema.hh"
#include "text.h"
#include "weights.h"

using opcit::guard;

namespace
{

// Xapian cannot store a larger entry; far above any real paragraph.
constexpr size_t LARGEST_RECORD = 64u << 20;
opcit_str borrow(const std::string &s)
{
	return opcit_str{ s.data(), s.size() };
}

opcit_status make_folders(const std::string &dir, opcit_err *err)
{
	for (size_t at = 1; at <= dir.size(); at++) {
		if (at < dir.size() && dir[at] != '/')
			continue;
		std::string part = dir.substr(0, at);

		if (mkdir(part.c_str(), 0777) != 0 && errno != EEXIST)
			return opcit_err_set(err, OPCIT_IO,
					     "cannot create the index folder '%s': %s",
					     part.c_str(), std::strerror(errno));
	}
	return OPCIT_OK;
}

// An index may be made in an empty folder, or opened where one is.
opcit_status check_folder(const std::string &dir, opcit_err *err)
{
	struct stat st;
	DIR *folder = opendir(dir.c_str());
	bool foreign = false;

	if (!folder)
		return opcit_err_set(err, OPCIT_IO, "cannot open the index folder '%s': %s",
				     dir.c_str(), std::strerror(errno));
	while (struct dirent *item = readdir(folder))
		if (std::strcmp(item->d_name, ".") && std::strcmp(item->d_name, ".."))
			foreign = true;
	closedir(folder);
	if (!foreign || stat((dir + "/iamglass").c_str(), &st) == 0)
		return OPCIT_OK;
	opcit_err_set(err, OPCIT_IO, "'%s' is not an index: it holds other files", dir.c_str());
	opcit_err_hint(err, "name an empty or a new folder with --db");
	return OPCIT_IO;
}

} // namespace

struct opcit_writer {
	Xapian::WritableDatabase db;
	std::map<std::string, opcit_stemmer *> stemmers;
	const opcit_countries *countries = nullptr;
	std::unordered_map<std::string, opcit_country_set> named; // of the document at hand: by its headings
	opcit_buf buf = OPCIT_BUF_INIT;
	bool broken = false; // a change failed half way and was taken back

	explicit opcit_writer(const std::string &dir)
	    : db(dir, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS)
	{
	}
	opcit_writer(const opcit_writer &) = delete;
	opcit_writer &operator=(const opcit_writer &) = delete;
	~opcit_writer()
	{
		for (auto &pair : stemmers)
			opcit_stemmer_free(pair.second);
		opcit_buf_release(&buf);
	}

	opcit_stemmer *stemmer(opcit_str lang)
	{
		opcit_stemmer *&found = stemmers[std::string(lang.ptr ? lang.ptr : "", lang.len)];

		if (!found)
			found = opcit_stemmer_new(lang);
		return found;
	}

	opcit_status check_schema(const char *dir, opcit_err *err);
	bool find_entry(opcit_str source, uint32_t &number, uint32_t &first, uint32_t &n);
	void remove_records(uint32_t first, uint32_t n);
	void add_words(Xapian::Document &entry, const char *prefix, opcit_str text, opcit_str lang,
		       unsigned weight);
	void add_countries(Xapian::Document &entry, const opcit_doc &doc, const opcit_record &record);
	void add_notes(Xapian::Document &entry, const opcit::Notes &notes, const opcit_record &record,
		       opcit_str lang);
	void add_fields(Xapian::Document &entry, const opcit_doc &doc, const opcit_record &record);
	Xapian::docid add_record(const opcit_doc &doc, const opcit_record *records,
				 const opcit::Notes &notes, const opcit_record &record, uint32_t number);
	template <typename Body> opcit_status change(opcit_err *err, Body body);
};

opcit_status opcit_writer::check_schema(const char *dir, opcit_err *err)
{
	std::string schema = db.get_metadata(opcit::META_SCHEMA);

	if (schema == opcit::SCHEMA)
		return OPCIT_OK;
	if (!schema.empty())
		return opcit::refuse_schema(dir, schema, err);
	if (db.get_lastdocid() != 0)
		return opcit_err_set(err, OPCIT_IO, "'%s' is a Xapian database of another program",
				     dir);
	db.set_metadata(opcit::META_SCHEMA, opcit::SCHEMA);
	db.set_metadata(opcit::META_FEATURES, opcit::FEATURES);
	db.commit();
	return OPCIT_OK;
}

// Run a change; when it fails half way, take back all since the last commit,
// so that a later commit cannot make a torn document visible.
template <typename Body> opcit_status opcit_writer::change(opcit_err *err, Body body)
{
	if (broken)
		return opcit_err_set(err, OPCIT_IO, "an earlier change to the index failed");
	opcit_status status = guard(err, [&]() -> opcit_status {
		body();
		return OPCIT_OK;
	});
	if (status == OPCIT_OK)
		return status;
	broken = true;
	guard(nullptr, [&] {
		db.cancel_transaction();
		return OPCIT_OK;
	});
	return status;
}

bool opcit_writer::find_entry(opcit_str source, uint32_t &number, uint32_t &first, uint32_t &n)
{
	std::string found =
		db.get_metadata(opcit::bounded(opcit::META_SOURCE, source.ptr, source.len));
	opcit_doc doc;

	if (!opcit::bytes_number(found, 0, number))
		return false;
	std::string entry = db.get_metadata(opcit::entry_key(number));

	if (!opcit::bytes_number(entry, 0, first) ||
	    opcit_doc_decode(opcit_str_sub(borrow(entry), 4, entry.size()), &doc, nullptr) !=
		    OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a document's entry is missing");
	n = doc.n_records;
	return true;
}

void opcit_writer::remove_records(uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		db.delete_document(first + i);
}

void opcit_writer::add_words(Xapian::Document &entry, const char *prefix, opcit_str text,
			     opcit_str lang, unsigned weight)
{
	opcit_stemmer *stems = stemmer(lang);
	opcit_tokens tokens;
	opcit_token token;
	std::string term;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.bound)
			continue;
		opcit_str stem = opcit_stem_unless_stop(stems, token.word);

		if (stem.len == 0)
			continue;
		term.assign(prefix).append(stem.ptr, stem.len);
		entry.add_term(term, weight);
	}
}

void opcit_writer::add_fields(Xapian::Document &entry, const opcit_doc &doc,
			      const opcit_record &record)
{
	auto add = [&](const char *prefix, opcit_str name) {
		if (name.len)
			entry.add_boolean_term(opcit::key_term(prefix, name));
	};

	add(opcit::BY_NAME, doc.id);
	add(opcit::BY_NAME, doc.symbol);
	add(opcit::BY_NAME, doc.title);
	add(opcit::BY_BODY, doc.body);
	add(opcit::BY_TYPE, doc.type);
	// Also where it is unknown: the languages of an index are read off its terms.
	entry.add_boolean_term(opcit::key_term(opcit::BY_LANG, opcit_record_lang(&doc, &record)));
	add(opcit::BY_YEAR, opcit_str_sub(doc.date, 0, 4));
	add(opcit::BY_KIND, opcit_str_of(opcit_kind_name(record.kind)));
	add(opcit::BY_ACT, record.act);
	add(opcit::BY_LABEL, record.label);
	for (size_t i = 0; i < record.n_section; i++)
		add(opcit::BY_SECTION, record.section[i]);
	for (size_t i = 0; i < record.n_cites; i++) {
		const opcit_citation &cite = record.cites[i];

		add(opcit::BY_CITED, cite.target);
		for (size_t k = 0; cite.target.len && k < cite.n_pinpoints; k++)
			entry.add_boolean_term(
				opcit::pinpoint_term(cite.target, cite.pinpoints[k]));
	}
	if (doc.date.len)
		entry.add_value(opcit::SLOT_DATE, std::string(doc.date.ptr, doc.date.len));
	entry.add_value(opcit::SLOT_SEQ, opcit::number_bytes(record.seq));
	entry.add_value(opcit::SLOT_KIND, std::string(1, static_cast<char>('0' + record.kind)));
}

// What the record, the headings above it and the document's title name.
// Headings come again with every record below them.
void opcit_writer::add_countries(Xapian::Document &entry, const opcit_doc &doc,
				 const opcit_record &record)
{
	opcit_country_set all = OPCIT_COUNTRY_SET_INIT;
	const opcit_country *country;
	size_t at = 0;
	auto add = [&](opcit_str heading) {
		auto known = named.emplace(std::string(heading.ptr, heading.len),
					   opcit_country_set OPCIT_COUNTRY_SET_INIT);
		opcit_country_set &set = known.first->second;

		if (known.second)
			opcit_country_find(countries, heading, &set);
		for (size_t i = 0; i < OPCIT_COUNTRIES_MOST / 64; i++)
			all.bits[i] |= set.bits[i];
	};

	if (!countries)
		return;
	opcit_country_find(countries, record.text, &all);
	if (doc.title.len)
		add(doc.title);
	for (size_t i = 0; i < record.n_section; i++)
		if (record.section[i].len)
			add(record.section[i]);
	while ((country = opcit_country_next(countries, &all, &at)))
		entry.add_boolean_term(opcit::key_term(opcit::BY_COUNTRY, country->code));
}

// The record that introduces a lettered item: "67" of "67(h)", "3(a)" of
// "3(a)(i)"; the nearest before it. NULL for what no other introduces.
static const opcit_record *chapeau_of(const opcit_record *records, const opcit_record *item)
{
	constexpr ptrdiff_t FARTHEST = 100;
	opcit_str parent = item->label;

	while (parent.len && parent.ptr[parent.len - 1] != '(')
		parent.len--;
	if (parent.len < 2)
		return nullptr;
	parent.len--;
	for (const opcit_record *at = item; at-- > records && item - at < FARTHEST;)
		if (opcit_str_eq(at->label, parent))
			return at;
	return nullptr;
}

// What the notes of a record say, and what a note says itself. No weight: a
// paragraph is not longer for its notes.
void opcit_writer::add_notes(Xapian::Document &entry, const opcit::Notes &notes,
			     const opcit_record &record, opcit_str lang)
{
	std::set<const opcit_record *> all;

	if (record.kind == OPCIT_KIND_FOOTNOTE)
		add_words(entry, opcit::IN_NOTE, record.text, lang, 0);
	for (size_t i = 0; i < record.n_notes; i++)
		if (const opcit_record *note = opcit::note_of(notes, &record, record.notes[i]))
			all.insert(note);
	for (const opcit_record *note : all)
		add_words(entry, opcit::IN_NOTE, opcit_str_sub(note->text, 0, opcit::LONGEST_NOTE), lang, 0);
}

Xapian::docid opcit_writer::add_record(const opcit_doc &doc, const opcit_record *records,
				       const opcit::Notes &notes, const opcit_record &record,
				       uint32_t number)
{
	Xapian::Document entry;

	opcit_str lang = opcit_record_lang(&doc, &record);

	add_words(entry, "", record.text, lang, OPCIT_WDF_TEXT);
	// An item says what it says in its chapeau's sentence, under its headings.
	for (const opcit_record *at = &record; (at = chapeau_of(records, at));)
		add_words(entry, opcit::IN_SECTION, at->text, opcit_record_lang(&doc, at), OPCIT_WDF_SECTION);
	for (size_t i = 0; i < record.n_section; i++)
		add_words(entry, opcit::IN_SECTION, record.section[i], lang, OPCIT_WDF_SECTION);
	add_words(entry, opcit::IN_TITLE, doc.title, doc.lang, OPCIT_WDF_TITLE);
	add_notes(entry, notes, record, doc.lang);
	add_fields(entry, doc, record);
	add_countries(entry, doc, record);
	opcit_buf_clear(&buf);
	opcit_record_encode(&record, &buf);
	entry.set_data(opcit::number_bytes(number).append(buf.ptr, buf.len));
	return db.add_document(entry);
}

extern "C" opcit_status opcit_writer_open(const char *dir, struct opcit_writer **writer,
					  struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		std::string path = dir;
		opcit_status status = make_folders(path, err);

		*writer = nullptr;
		if (status != OPCIT_OK || (status = check_folder(path, err)) != OPCIT_OK)
			return status;
		auto opened = std::make_unique<opcit_writer>(path);

		status = opened->check_schema(dir, err);
		if (status != OPCIT_OK)
			return status;
		opened->db.begin_transaction();
		*writer = opened.release();
		return OPCIT_OK;
	}, dir);
}

extern "C" void opcit_writer_set_countries(struct opcit_writer *writer,
					   const struct opcit_countries *countries)
{
	writer->countries = countries;
}

static opcit_status check_sizes(const struct opcit_record *records, size_t n, opcit_err *err)
{
	if (n > UINT32_MAX)
		return opcit_err_set(err, OPCIT_LIMIT, "more than %lu records",
				     (unsigned long)UINT32_MAX);
	for (size_t i = 0; i < n; i++)
		if (records[i].text.len > LARGEST_RECORD)
			return opcit_err_set(
				err, OPCIT_LIMIT,
				"a paragraph of %zu MB: the largest that the index takes is %zu MB",
				records[i].text.len >> 20, LARGEST_RECORD >> 20);
	return OPCIT_OK;
}

extern "C" opcit_status opcit_writer_put(struct opcit_writer *writer, const struct opcit_doc *doc,
					 const struct opcit_record *records, size_t n_records,
					 struct opcit_err *err)
{
	opcit_status status = check_sizes(records, n_records, err);

	if (status != OPCIT_OK)
		return status;
	return writer->change(err, [&] {
		auto &db = writer->db;
		uint32_t number = 0, first = 0, n = 0;
		opcit_doc copy = *doc;

		if (writer->find_entry(doc->source, number, first, n)) {
			writer->remove_records(first, n);
		} else {
			opcit::bytes_number(db.get_metadata(opcit::META_NEXT), 0, number);
			db.set_metadata(opcit::META_NEXT, opcit::number_bytes(number + 1));
			db.set_metadata(opcit::bounded(opcit::META_SOURCE, doc->source.ptr,
						       doc->source.len),
					opcit::number_bytes(number));
		}
		// Ids are given in order: one document's records are neighbours.
		first = db.get_lastdocid() + 1;
		writer->named.clear();
		opcit::Notes notes = opcit::notes_of(records, n_records);

		for (size_t i = 0; i < n_records; i++)
			writer->add_record(copy, records, notes, records[i], number);
		copy.n_records = static_cast<uint32_t>(n_records);
		opcit_buf_clear(&writer->buf);
		opcit_doc_encode(&copy, &writer->buf);
		db.set_metadata(
			opcit::entry_key(number),
			opcit::number_bytes(first).append(writer->buf.ptr, writer->buf.len));
	});
}

extern "C" opcit_status opcit_writer_remove(struct opcit_writer *writer, struct opcit_str source,
					    struct opcit_err *err)
{
	bool found = false;
	opcit_status status = writer->change(err, [&] {
		uint32_t number, first, n;

		found = writer->find_entry(source, number, first, n);
		if (!found)
			return;
		writer->remove_records(first, n);
		writer->db.set_metadata(opcit::entry_key(number), "");
		writer->db.set_metadata(opcit::bounded(opcit::META_SOURCE, source.ptr, source.len),
					"");
	});

	if (status != OPCIT_OK || found)
		return status;
	return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' is not in the index", OPCIT_FMT(source));
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
	return writer->change(err, [&] {
		writer->db.set_metadata(std::string(opcit::META_STATE) + key,
					std::string(blob.ptr ? blob.ptr : "", blob.len));
	});
}

extern "C" opcit_status opcit_index_peek_state(const char *dir, const char *key,
					       struct opcit_buf *buf, struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		struct stat st;

		if (stat((std::string(dir) + "/iamglass").c_str(), &st) != 0)
			return opcit_err_set(err, OPCIT_NOT_FOUND, "there is no index in '%s'",
					     dir);
		Xapian::Database db(dir);
		std::string schema = db.get_metadata(opcit::META_SCHEMA);

		// Where nothing changed no writer is opened, and nobody else would tell.
		if (!schema.empty() && schema != opcit::SCHEMA)
			return opcit::refuse_schema(dir, schema, err);
		std::string blob = db.get_metadata(std::string(opcit::META_STATE) + key);

		opcit_buf_add(buf, blob.data(), blob.size());
		return OPCIT_OK;
	}, dir);
}

extern "C" opcit_status opcit_writer_commit(struct opcit_writer *writer, struct opcit_err *err)
{
	return writer->change(err, [&] {
		writer->db.commit_transaction();
		writer->db.begin_transaction();
	});
}

extern "C" void opcit_writer_close(struct opcit_writer *writer)
{
	if (!writer)
		return;
	guard(nullptr, [&] {
		if (!writer->broken)
			writer->db.cancel_transaction();
		writer->db.close();
		return OPCIT_OK;
	});
	delete writer;
}
