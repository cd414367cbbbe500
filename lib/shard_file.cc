// shard_file.cc: which databases a path names. A file of shards has a line for
// each: a folder, seen from the file, or host:port of a xapian-tcpsrv.
#include <sys/stat.h>

#include <climits>
#include <cstdlib>
#include <cstring>

#include "open_index.hh"

extern "C" {
#include "file.h"
}

namespace opcit
{

namespace
{

constexpr size_t LARGEST_FILE = 64 << 10, MOST_PARTS = 256;
constexpr const char IN_FOLDER[] = "corpus.shards";

bool is_folder(const std::string &path)
{
	struct stat st;

	return stat(path.c_str(), &st) == 0 && S_ISDIR(st.st_mode);
}

bool is_file(const std::string &path)
{
	struct stat st;

	return stat(path.c_str(), &st) == 0 && S_ISREG(st.st_mode);
}

std::vector<IndexPart> nothing(opcit_err *err, opcit_status status, const char *format, const std::string &path,
			  const char *hint)
{
	opcit_err_set(err, status, format, path.c_str());
	opcit_err_hint(err, "%s", hint);
	return {};
}

// "archive.example.org:4001", "[::1]:4001"; what has a slash is a folder.
bool read_address(const std::string &line, IndexPart &part)
{
	size_t colon = line.rfind(':');

	if (colon == std::string::npos || colon == 0 || line.find_first_of("/ \t") != std::string::npos ||
	    colon + 1 == line.size() || line.size() - colon > 6 ||
	    line.find_first_not_of("0123456789", colon + 1) != std::string::npos)
		return false;
	part.host = line.substr(0, colon);
	if (part.host.size() > 2 && part.host.front() == '[' && part.host.back() == ']')
		part.host = part.host.substr(1, part.host.size() - 2);
	part.port = static_cast<unsigned>(std::strtoul(line.c_str() + colon + 1, nullptr, 10));
	return part.port > 0 && part.port <= 65535;
}

// Without blanks around it and what follows a "#".
std::string line_of(const std::string &text, size_t from, size_t to)
{
	const char *blanks = " \t\r";
	std::string line = text.substr(from, to - from);

	for (size_t at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1))
		if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')
			line.resize(at);
	from = line.find_first_not_of(blanks);
	return from == std::string::npos ? "" : line.substr(from, line.find_last_not_of(blanks) + 1 - from);
}

// The same shard by another way of writing it.
std::string identity(const IndexPart &part)
{
	char real[PATH_MAX];

	if (part.remote())
		return part.host + ":" + std::to_string(part.port);
	return realpath(part.folder.c_str(), real) ? real : part.folder;
}

bool add_line(const std::string &path, const std::string &line, std::vector<IndexPart> &parts, opcit_err *err)
{
	IndexPart part;

	part.name = line;
	if (!read_address(line, part)) {
		size_t slash = path.rfind('/');

		part.folder = line[0] == '/' || slash == std::string::npos ? line : path.substr(0, slash + 1) + line;
	}
	for (const IndexPart &other : parts)
		if (identity(other) == identity(part)) {
			opcit_err_set(err, OPCIT_USAGE, "'%s' names the shard '%s' twice", path.c_str(), line.c_str());
			opcit_err_hint(err, "each of its records would be found twice");
			return false;
		}
	if (parts.size() == MOST_PARTS) {
		opcit_err_set(err, OPCIT_LIMIT, "'%s' names more than %zu shards", path.c_str(), MOST_PARTS);
		return false;
	}
	parts.push_back(std::move(part));
	return true;
}

std::vector<IndexPart> read_shards(const std::string &path, opcit_err *err)
{
	static const char hint[] = "a file of shards has a line for each: a folder, or host:port";
	Arena scratch;
	opcit_str bytes = { nullptr, 0 };
	opcit_status status = opcit_file_read(path.c_str(), LARGEST_FILE, scratch, &bytes, err);
	std::string text(bytes.ptr ? bytes.ptr : "", bytes.len);
	std::vector<IndexPart> parts;

	if (status == OPCIT_LIMIT || text.find('\0') != std::string::npos)
		return nothing(err, OPCIT_IO, "'%s' is not an index, nor a file of shards", path, hint);
	if (status != OPCIT_OK)
		return {};
	for (size_t at = 0, end; at < text.size(); at = end + 1) {
		end = std::min(text.find('\n', at), text.size());
		std::string line = line_of(text, at, end);

		if (!line.empty() && !add_line(path, line, parts, err))
			return {};
	}
	return parts.empty() ? nothing(err, OPCIT_IO, "'%s' names no shard", path, hint) : parts;
}

std::string shards_in(const std::string &path)
{
	std::string inside = path + "/" + IN_FOLDER;

	return is_folder(path) && is_file(inside) ? inside : is_file(path) ? path : "";
}

} // namespace

std::vector<IndexPart> parts_of(const std::string &path, opcit_err *err)
{
	std::string shards = shards_in(path);
	struct stat st;
	IndexPart part;

	if (!shards.empty())
		return read_shards(shards, err);
	if (stat(path.c_str(), &st) != 0)
		return nothing(err, OPCIT_IO, "there is no index in '%s'", path,
			       "make one with `opcit index FOLDER`, or name another with --db");
	IndexFolder folder(path);

	if (folder.is_old()) {
		refuse_schema(path, OLD_SCHEMA, err);
		return {};
	}
	if (!is_folder(path) || folder.current().empty())
		return nothing(err, OPCIT_IO, "'%s' is not an index", path,
			       "name the folder that `opcit index` made with --db");
	part.name = part.folder = path;
	return { part };
}

} // namespace opcit

extern "C" bool opcit_index_is_sharded(const char *path)
{
	return !opcit::shards_in(path).empty();
}

static uint64_t stamp_of(const std::string &path)
{
	struct stat st;

	if (stat(path.c_str(), &st) != 0)
		return 0;
	return static_cast<uint64_t>(st.st_ino) * 0x9E3779B97F4A7C15u ^ static_cast<uint64_t>(st.st_mtim.tv_sec) * 1000003u ^
	       static_cast<uint64_t>(st.st_mtim.tv_nsec) ^ static_cast<uint64_t>(st.st_size) << 48;
}

extern "C" uint64_t opcit_index_stamp(const char *path)
{
	uint64_t stamp = 0;

	opcit::guard(nullptr, [&] {
		std::vector<opcit::IndexPart> parts = opcit::parts_of(path, nullptr);

		if (opcit_index_is_sharded(path))
			stamp = stamp_of(opcit::shards_in(path));
		for (const opcit::IndexPart &part : parts)
			stamp = stamp * 31 + (part.remote() ? 0 : opcit::IndexFolder(part.folder).stamp());
		stamp += !parts.empty() && stamp == 0;
		return OPCIT_OK;
	});
	return stamp;
}
