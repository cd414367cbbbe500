// search.cc: opening the index; documents and records by name and place.
#include <algorithm>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <set>
#include <sys/stat.h>

#include "open_index.hh"

using opcit::borrow;
using opcit::guard;

void opcit_index::load_langs()
{
	size_t skip = std::strlen(opcit::BY_LANG);

	langs.clear();
	for (auto it = db.allterms_begin(opcit::BY_LANG); it != db.allterms_end(opcit::BY_LANG);
	     ++it)
		langs.push_back((*it).substr(skip));
	if (langs.empty())
		langs.push_back("");
}

opcit_stemmer *opcit_index::stemmer(const std::string &lang)
{
	opcit_stemmer *&found = stemmers[lang];

	if (!found)
		found = opcit_stemmer_new(borrow(lang));
	return found;
}

opcit::Stems &opcit_index::stems_of(const std::string &lang)
{
	return stems.try_emplace(lang, stemmer(lang)).first->second;
}

bool opcit_index::load_entry(uint32_t number, opcit_arena *arena, opcit_entry &entry)
{
	std::string found = entry_of(number);
	opcit_str bytes;

	if (found.empty())
		return false;
	bytes = opcit_arena_dup(arena, borrow(found));
	entry.number = number;
	if (!opcit::bytes_number(found, 0, entry.first) ||
	    opcit_doc_decode(opcit_str_sub(bytes, 4, bytes.len), &entry.doc, nullptr) != OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a document's entry cannot be decoded");
	entry.first -= parts[number % parts.size()].shift;
	return true;
}

void opcit_index::load_record(Xapian::docid id, opcit_arena *arena, opcit_record &record,
			      uint32_t &number)
{
	std::string data = data_of(id);
	opcit_str bytes = opcit_arena_dup(arena, borrow(data));

	if (!opcit::bytes_number(data, 0, number) ||
	    opcit_record_decode(opcit_str_sub(bytes, 4, bytes.len), arena, &record, nullptr) !=
		    OPCIT_OK)
		throw Xapian::DatabaseCorruptError("a record cannot be decoded");
}

void opcit_index::load_hit(Xapian::docid id, double score, opcit_arena *arena,
			   std::unordered_map<uint32_t, const opcit_entry *> &entries, opcit_hit &hit)
{
	uint32_t number;

	load_record(id, arena, hit.record, number);
	const opcit_entry *&entry = entries[number];

	if (!entry) {
		auto *loaded = static_cast<opcit_entry *>(opcit_arena_alloc(arena, sizeof(opcit_entry)));

		if (!load_entry(number, arena, *loaded))
			throw Xapian::DatabaseCorruptError("a record belongs to no document");
		entry = loaded;
	}
	if (id != id_of(*entry, hit.record.seq) || hit.record.seq > entry->doc.n_records)
		throw Xapian::DatabaseCorruptError("a record stands in another document's place");
	hit.entry = entry;
	hit.score = score;
}

void opcit_index::load_hits(const opcit::Matches &found, opcit_arena *arena, opcit_results &results)
{
	std::unordered_map<uint32_t, const opcit_entry *> entries;

	results.total = found.total;
	results.n = 0;
	results.hits = static_cast<opcit_hit *>(opcit_arena_calloc(arena, found.all.size() * sizeof(opcit_hit)));
	for (const opcit::Match &match : found.all)
		load_hit(match.id, match.weight, arena, entries, results.hits[results.n++]);
}

extern "C" opcit_status opcit_index_open_with(const char *path, const struct opcit_open *how,
					      struct opcit_index **index, struct opcit_err *err)
{
	*index = nullptr;
	return guard(err, [&]() -> opcit_status {
		auto opened = std::make_unique<opcit_index>(path, opcit::parts_of(path, err));

		if (opened->parts.empty())
			return OPCIT_IO;
		if (how)
			opened->how = *how;
		opcit_status status = opened->open(err);

		if (status == OPCIT_OK)
			*index = opened.release();
		return status;
	}, path);
}

extern "C" opcit_status opcit_index_open(const char *path, struct opcit_index **index, struct opcit_err *err)
{
	return opcit_index_open_with(path, nullptr, index, err);
}

extern "C" bool opcit_index_is_shard(struct opcit_index *index)
{
	bool shard = false;

	index->read(nullptr, [&] {
		shard = index->alone && !index->db.get_metadata(opcit::META_SHARD).empty();
		return OPCIT_OK;
	});
	return shard;
}

extern "C" void opcit_index_close(struct opcit_index *index)
{
	delete index;
}

static bool by_number(const opcit_entry &a, const opcit_entry &b)
{
	return a.number < b.number;
}

static void add_entries(opcit_index &index, size_t part, opcit_arena *arena, std::vector<opcit_entry> &all)
{
	Xapian::Database &db = index.parts[part].db;
	auto end = db.metadata_keys_end(opcit::META_ENTRY);
	size_t skip = std::strlen(opcit::META_ENTRY);

	for (auto it = db.metadata_keys_begin(opcit::META_ENTRY); it != end; ++it) {
		opcit_entry entry;
		uint32_t number = static_cast<uint32_t>(std::strtoul((*it).c_str() + skip, nullptr, 16));

		if (!index.load_entry(index.number_in(part, number), arena, entry))
			throw Xapian::DatabaseCorruptError("a document's entry is empty");
		all.push_back(entry);
	}
}

extern "C" opcit_status opcit_index_entries(struct opcit_index *index, struct opcit_arena *arena,
					    struct opcit_entry **entries, size_t *n,
					    struct opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		std::vector<opcit_entry> all;
		uint64_t records = 0;

		for (size_t part = 0; part < index->parts.size(); part++)
			add_entries(*index, part, arena, all);
		if (!index->alone)
			std::sort(all.begin(), all.end(), by_number);
		for (const opcit_entry &entry : all)
			records += entry.doc.n_records;
		if (records != index->db.get_doccount())
			throw Xapian::DatabaseCorruptError("documents and records do not agree");
		*n = all.size();
		*entries = static_cast<opcit_entry *>(
			opcit_arena_alloc(arena, all.size() * sizeof(opcit_entry)));
		std::copy(all.begin(), all.end(), *entries);
		return OPCIT_OK;
	});
}

// The same in several parts: one question to all of them, whose answer says where
// the records stand.
static void entries_in_parts(opcit_index &index, const std::string &term, opcit_arena *arena,
			     std::vector<opcit_entry> &found)
{
	std::set<uint32_t> numbers;

	for (const opcit::Match &match : opcit::in_order(index, Xapian::Query(term), opcit::ALL).all)
		numbers.insert(index.file_of(match));
	for (uint32_t number : numbers) {
		opcit_entry entry;

		if (!index.load_entry(number, arena, entry))
			throw Xapian::DatabaseCorruptError("a record belongs to no document");
		found.push_back(entry);
	}
}

// The files whose records carry a term. One look at the posting list for each
// file: after its first record the list is skipped to the end of the file.
static void entries_with(opcit_index &index, const std::string &term, opcit_arena *arena,
			 std::vector<opcit_entry> &found)
{
	if (!index.alone)
		return entries_in_parts(index, term, arena, found);
	auto it = index.db.postlist_begin(term), end = index.db.postlist_end(term);

	while (it != end) {
		opcit_entry entry;
		uint32_t number;
		std::string data = index.data_of(*it);

		if (!opcit::bytes_number(data, 0, number) ||
		    !index.load_entry(number, arena, entry))
			throw Xapian::DatabaseCorruptError("a record belongs to no document");
		found.push_back(entry);
		it.skip_to(std::max<Xapian::docid>(*it + 1, entry.first + entry.doc.n_records));
	}
}

extern "C" opcit_status opcit_index_find(struct opcit_index *index, struct opcit_str name,
					 struct opcit_arena *arena, struct opcit_entry **entries,
					 size_t *n, struct opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		std::vector<opcit_entry> found;
		std::string term = opcit::key_term(opcit::BY_NAME, name);

		if (term != opcit::BY_NAME)
			entries_with(*index, term, arena, found);
		if (found.empty()) {
			std::string key = opcit::bounded(opcit::META_SOURCE, name.ptr, name.len);

			for (size_t part = 0; part < index->parts.size(); part++) {
				opcit_entry entry;
				uint32_t number;

				if (!opcit::bytes_number(index->parts[part].db.get_metadata(key), 0, number) ||
				    !index->load_entry(index->number_in(part, number), arena, entry))
					continue;
				if (!opcit_str_eq(entry.doc.source, name))
					throw Xapian::DatabaseCorruptError("a file has another's entry");
				found.push_back(entry);
			}
		}
		*n = found.size();
		*entries = static_cast<opcit_entry *>(
			opcit_arena_alloc(arena, found.size() * sizeof(opcit_entry)));
		std::copy(found.begin(), found.end(), *entries);
		return found.empty()
			       ? opcit_err_set(err, OPCIT_NOT_FOUND,
					       "no document '%.*s' in the index", OPCIT_FMT(name))
			       : OPCIT_OK;
	});
}

extern "C" opcit_status opcit_index_record(struct opcit_index *index,
					   const struct opcit_entry *entry, uint32_t seq,
					   struct opcit_arena *arena, struct opcit_record *record,
					   struct opcit_err *err)
{
	if (seq == 0 || seq > entry->doc.n_records)
		return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' has no record %lu",
				     OPCIT_FMT(entry->doc.id), (unsigned long)seq);
	return index->read(err, [&]() -> opcit_status {
		uint32_t number = entry->number + 1;
		opcit_entry now;

		try {
			index->load_record(index->id_of(*entry, seq), arena, *record, number);
		} catch (const Xapian::DocNotFoundError &) {
		}
		if (number == entry->number && record->seq == seq)
			return OPCIT_OK;
		// The file was indexed again since the entry was read.
		if (index->load_entry(entry->number, arena, now) && seq <= now.doc.n_records) {
			index->load_record(index->id_of(now, seq), arena, *record, number);
			if (number == entry->number && record->seq == seq)
				return OPCIT_OK;
			throw Xapian::DatabaseCorruptError("a record stands in another document's place");
		}
		return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' has left the index",
				     OPCIT_FMT(entry->doc.id));
	});
}

// In one list of its part alone: a file's records stand together there. Elsewhere the
// list stays, and the part is asked for what of it is the file's.
std::vector<uint32_t> opcit_index::seqs_of(const opcit_entry &entry, const std::string &term)
{
	opcit::IndexPart &part = parts[entry.number % parts.size()];
	std::vector<uint32_t> found;

	if (!part.remote()) {
		auto it = part.db.postlist_begin(term), end = part.db.postlist_end(term);

		for (it.skip_to(entry.first); it != end && *it - entry.first < entry.doc.n_records; ++it)
			found.push_back(*it - entry.first + 1);
		return found;
	}
	Xapian::Enquire enquire(part.db);
	Xapian::Query query(term);

	if (entry.doc.id.len)
		query = Xapian::Query(Xapian::Query::OP_FILTER, query,
				      Xapian::Query(opcit::key_term(opcit::BY_NAME, entry.doc.id)));
	enquire.set_query(query);
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	Xapian::MSet set = enquire.get_mset(0, part.db.get_doccount());

	for (auto it = set.begin(); it != set.end(); ++it)
		if (*it >= entry.first && *it - entry.first < entry.doc.n_records)
			found.push_back(*it - entry.first + 1);
	std::sort(found.begin(), found.end());
	return found;
}

// The same of a label, held against the records: the lists have no checksums, and whether
// a document has a place must not hang on one byte. Of parts elsewhere the list is taken.
static std::vector<uint32_t> labelled(opcit_index &index, const opcit_entry &entry, const std::string &term)
{
	std::vector<uint32_t> found = index.seqs_of(entry, term);
	opcit::Arena scratch;
	auto lacks = [&](uint32_t seq) {
		opcit_record record;
		uint32_t number;

		opcit_arena_reset(scratch);
		index.load_record(index.id_of(entry, seq), scratch, record, number);
		return opcit::key_term(opcit::BY_LABEL, record.label) != term;
	};

	if (index.parts[entry.number % index.parts.size()].remote())
		return found;
	found.erase(std::remove_if(found.begin(), found.end(), lacks), found.end());
	if (!found.empty())
		return found;
	for (uint32_t seq = 1; seq <= entry.doc.n_records; seq++)
		if (!lacks(seq))
			found.push_back(seq);
	return found;
}

// The seqs of a file's records that carry a term.
static opcit_status seqs_with(struct opcit_index *index, const struct opcit_entry *entry, const char *prefix,
			      struct opcit_str name, struct opcit_arena *arena, uint32_t **seqs, size_t *n,
			      struct opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		std::string term = opcit::key_term(prefix, name);
		opcit_entry now;

		*n = 0;
		*seqs = nullptr;
		if (!index->load_entry(entry->number, arena, now))
			return OPCIT_OK;
		std::vector<uint32_t> found = prefix == opcit::BY_LABEL ? labelled(*index, now, term)
									: index->seqs_of(now, term);

		*n = found.size();
		*seqs = static_cast<uint32_t *>(
			opcit_arena_alloc(arena, found.size() * sizeof(uint32_t)));
		std::copy(found.begin(), found.end(), *seqs);
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_index_label(struct opcit_index *index,
					  const struct opcit_entry *entry, struct opcit_str label,
					  struct opcit_arena *arena, uint32_t **seqs, size_t *n,
					  struct opcit_err *err)
{
	return seqs_with(index, entry, opcit::BY_LABEL, label, arena, seqs, n, err);
}

extern "C" opcit_status opcit_index_kind(struct opcit_index *index, const struct opcit_entry *entry,
					 enum opcit_kind kind, struct opcit_arena *arena, uint32_t **seqs,
					 size_t *n, struct opcit_err *err)
{
	return seqs_with(index, entry, opcit::BY_KIND, opcit_str_of(opcit_kind_name(kind)), arena, seqs, n,
			 err);
}

static uint64_t folder_bytes(const std::string &dir)
{
	uint64_t bytes = 0;
	DIR *folder = opendir(dir.c_str());
	struct stat st;

	if (!folder)
		return 0;
	while (struct dirent *item = readdir(folder))
		if (stat((dir + "/" + item->d_name).c_str(), &st) == 0 && S_ISREG(st.st_mode))
			bytes += static_cast<uint64_t>(st.st_size);
	closedir(folder);
	return bytes;
}

extern "C" opcit_status opcit_index_langs(struct opcit_index *index, struct opcit_arena *arena,
					  struct opcit_str **langs, size_t *n,
					  struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		*n = 0;
		*langs = static_cast<opcit_str *>(
			opcit_arena_alloc(arena, index->langs.size() * sizeof(opcit_str)));
		for (const std::string &lang : index->langs)
			if (!lang.empty())
				(*langs)[(*n)++] = opcit_arena_dup(arena, borrow(lang));
		return OPCIT_OK;
	});
}

static void list_shards(const opcit_index &index, opcit_arena *arena, opcit_stats &stats)
{
	stats.n_shards = 0;
	stats.shards = static_cast<opcit_shard *>(opcit_arena_calloc(arena, index.parts.size() * sizeof(opcit_shard)));
	if (index.alone)
		return;
	for (const opcit::IndexPart &part : index.parts)
		stats.shards[stats.n_shards++] = { opcit_arena_dup(arena, borrow(part.name)), part.db.get_doccount(),
						   part.remote(), opcit_arena_dup(arena, borrow(part.missing)) };
}

extern "C" opcit_status opcit_index_stats(struct opcit_index *index, struct opcit_arena *arena,
					  struct opcit_stats *stats, struct opcit_err *err)
{
	opcit_entry *entries;
	size_t n;
	opcit_status status = opcit_index_entries(index, arena, &entries, &n, err);

	if (status != OPCIT_OK)
		return status;
	return index->read(err, [&]() -> opcit_status {
		std::set<std::string> ids;

		for (size_t i = 0; i < n; i++)
			ids.insert(opcit::key_term("", entries[i].doc.id));
		stats->files = n;
		stats->documents = ids.size();
		stats->records = index->db.get_doccount();
		stats->bytes = 0;
		for (const opcit::IndexPart &part : index->parts)
			stats->bytes += part.remote() ? 0 : folder_bytes(opcit::IndexFolder(part.folder).current());
		list_shards(*index, arena, *stats);
		stats->schema = opcit::SCHEMA;
		return opcit_index_langs(index, arena, &stats->languages, &stats->n_languages, err);
	});
}
