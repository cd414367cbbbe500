// index.cc: the writing half of the index (index.h), which may be of several
// shards, each a database (store.hh).
#include "index.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "arena.hh"
#include "guard.hh"
#include "schema.hh"
#include "shards.hh"
#include "squeeze.hh"
#include "store.hh"

namespace fs = std::filesystem;

using opcit::guard;
using opcit::Store;

struct opcit_writer {
	std::string building;
	opcit_lock lock = OPCIT_LOCK_INIT; // of the folder of shards
	std::vector<std::unique_ptr<Store>> shards;
	uint32_t next = 0; // number of the next new file, of all shards
	bool broken = false;

	opcit_writer() = default;
	opcit_writer(const opcit_writer &) = delete;
	opcit_writer &operator=(const opcit_writer &) = delete;
	~opcit_writer()
	{
		opcit_lock_release(&lock);
	}

	opcit_status open_shards(const std::string &dir, size_t n, opcit_err *err);
	opcit_status open(const std::string &dir, size_t n, opcit_err *err);
	Store *find(const std::string &source, uint32_t &number);
	void take(const std::string &path, const struct opcit_placed *files, size_t n);
};

static std::string string_of(opcit_str s)
{
	return std::string(s.ptr ? s.ptr : "", s.len);
}

// ---- opening -------------------------------------------------------------------

opcit_status opcit_writer::open_shards(const std::string &dir, size_t n, opcit_err *err)
{
	opcit_status status = opcit::IndexFolder(dir).make(true, err);

	if (status == OPCIT_OK)
		status = opcit_lock_take(dir.c_str(), &lock, err);
	for (size_t i = 0; i < n && status == OPCIT_OK; i++) {
		shards.push_back(std::make_unique<Store>(opcit::shard_path(dir, i), true));
		status = shards.back()->open(err);
	}
	if (status == OPCIT_OK)
		opcit::list_shards(dir, n);
	return status;
}

opcit_status opcit_writer::open(const std::string &dir, size_t n, opcit_err *err)
{
	size_t present;
	opcit_status status = opcit::count_shards(dir, present, err);
	bool is_new = present == 1 && opcit::IndexFolder(dir).current().empty();

	if (status != OPCIT_OK)
		return status;
	if (n && n != present && !is_new) {
		opcit_err_set(err, OPCIT_USAGE, "the index '%s' is of %zu shard%s, not of %zu", dir.c_str(), present,
			      present == 1 ? "" : "s", n);
		opcit_err_hint(err, "name another folder with --db, and index everything again");
		return OPCIT_USAGE;
	}
	status = opcit::find_shards(dir, present, err);
	if (status != OPCIT_OK)
		return status;
	n = n && is_new ? n : present;
	if (n == 1) {
		shards.push_back(std::make_unique<Store>(dir, false));
		status = shards[0]->open(err);
	} else {
		status = open_shards(dir, n, err);
	}
	if (status != OPCIT_OK)
		return status;
	for (const auto &shard : shards)
		next = std::max(next, shard->next);
	building = dir + "/" + opcit::BUILDING;
	fs::remove_all(building);
	fs::create_directory(building);
	return OPCIT_OK;
}

extern "C" opcit_status opcit_writer_open(const char *dir, size_t shards, struct opcit_writer **writer,
					  struct opcit_err *err)
{
	*writer = nullptr;
	return guard(err, [&]() -> opcit_status {
		auto opened = std::make_unique<opcit_writer>();
		opcit_status status = opened->open(dir, shards, err);

		if (status == OPCIT_OK)
			*writer = opened.release();
		return status;
	}, dir);
}

extern "C" size_t opcit_writer_shards(const struct opcit_writer *writer)
{
	return writer->shards.size();
}

extern "C" const char *opcit_writer_folder(const struct opcit_writer *writer)
{
	return writer->building.c_str();
}

extern "C" void opcit_writer_close(struct opcit_writer *writer)
{
	if (!writer)
		return;
	guard(nullptr, [&] {
		fs::remove_all(writer->building);
		return OPCIT_OK;
	});
	delete writer;
}

// ---- what the next commit is to do -----------------------------------------------

// The shard that has a file, or NULL. (A file that moved stays where it was.)
Store *opcit_writer::find(const std::string &source, uint32_t &number)
{
	for (const auto &shard : shards)
		if (shard->find_number(source, number))
			return shard.get();
	return nullptr;
}

extern "C" opcit_status opcit_writer_number(struct opcit_writer *writer, struct opcit_str source,
					    uint32_t *number, struct opcit_err *err)
{
	return guard(err, [&] {
		if (!writer->find(string_of(source), *number))
			*number = writer->next++;
		return OPCIT_OK;
	});
}

void opcit_writer::take(const std::string &path, const struct opcit_placed *files, size_t n)
{
	std::vector<opcit::Part> parts(shards.size());
	std::vector<opcit::Buf> docs(shards.size());
	uint32_t number;

	for (size_t i = 0; i < n; i++) {
		size_t shard = opcit::shard_of(files[i].doc.source, shards.size()), before = docs[shard]->len;
		std::string source = string_of(files[i].doc.source);
		Store *held = find(source, number);

		if (held && held != shards[shard].get())
			held->remove(source);
		opcit_doc_encode(&files[i].doc, docs[shard]);
		parts[shard].files.push_back({ files[i].number, files[i].doc.n_records, docs[shard]->len - before });
	}
	for (size_t i = 0; i < shards.size(); i++) {
		std::string slice = opcit::slice_path(path, i);

		parts[i].path = fs::exists(slice) ? slice : "";
		opcit::Squeezer().pack(opcit_buf_str(docs[i]), parts[i].docs);
		parts[i].docs.shrink_to_fit();
		shards[i]->take(std::move(parts[i]));
	}
}

extern "C" opcit_status opcit_writer_take(struct opcit_writer *writer, const char *path,
					  const struct opcit_placed *files, size_t n, struct opcit_err *err)
{
	return guard(err, [&] {
		writer->take(path, files, n);
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_remove(struct opcit_writer *writer, struct opcit_str source,
					    struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		uint32_t number;
		Store *shard = writer->find(string_of(source), number);

		if (!shard || !shard->remove(string_of(source)))
			return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' is not in the index", OPCIT_FMT(source));
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_rename(struct opcit_writer *writer, struct opcit_str from,
					    struct opcit_str to, struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		uint32_t number;
		Store *shard = writer->find(string_of(from), number), *other = writer->find(string_of(to), number);

		if (!shard)
			return opcit_err_set(err, OPCIT_NOT_FOUND, "'%.*s' is not in the index", OPCIT_FMT(from));
		if (other && other != shard)
			other->remove(string_of(to));
		shard->rename(string_of(from), string_of(to));
		return OPCIT_OK;
	});
}

// ---- what the run remembers: in the first shard ------------------------------------

extern "C" opcit_status opcit_writer_get_state(struct opcit_writer *writer, const char *key,
					       struct opcit_buf *buf, struct opcit_err *err)
{
	return guard(err, [&] {
		std::string blob = writer->shards[0]->state(key);

		opcit_buf_add(buf, blob.data(), blob.size());
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_writer_set_state(struct opcit_writer *writer, const char *key,
					       struct opcit_str blob, struct opcit_err *err)
{
	return guard(err, [&] {
		writer->shards[0]->set_state(key, string_of(blob));
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_index_peek_state(const char *dir, const char *key,
					       struct opcit_buf *buf, struct opcit_err *err)
{
	return guard(err, [&]() -> opcit_status {
		size_t n;
		opcit_status status = opcit::count_shards(dir, n, err);

		if (status == OPCIT_OK)
			status = opcit::find_shards(dir, n, err);
		std::string path = n > 1 ? opcit::shard_path(dir, 0) : dir;
		opcit::IndexFolder folder(path);

		if (status != OPCIT_OK)
			return status;
		if (folder.is_old())
			return opcit::refuse_schema(dir, opcit::OLD_SCHEMA, err);
		if (folder.current().empty())
			return opcit_err_set(err, OPCIT_NOT_FOUND, "there is no index in '%s'", dir);
		std::shared_ptr<opcit::Blocks> blocks;
		Xapian::Database db = opcit::open_current(path, &blocks);
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

// The shard that has the table of files comes last: where the power goes between
// two shards, the next run does again what the table does not know of.
extern "C" opcit_status opcit_writer_commit(struct opcit_writer *writer, struct opcit_err *err)
{
	if (writer->broken)
		return opcit_err_set(err, OPCIT_IO, "an earlier change to the index failed");
	opcit_status status = guard(err, [&] {
		for (size_t i = writer->shards.size(); i-- > 0;) {
			writer->shards[i]->next = writer->next;
			writer->shards[i]->commit();
		}
		return OPCIT_OK;
	});

	writer->broken = status != OPCIT_OK;
	return status;
}
