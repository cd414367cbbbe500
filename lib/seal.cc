// seal.cc: see seal.hh.
#include "seal.hh"

#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "arena.hh"
#include "blocks.hh"
#include "checksum.h"
#include "generation.hh"

namespace fs = std::filesystem;

namespace opcit
{

namespace
{

constexpr const char SEAL[] = "sums";
constexpr const char HEAD[] = "opcit sums 1\n", END[] = "end\n";
constexpr uintmax_t LARGEST = 8u << 20; // bytes of a database that is sealed

[[noreturn]] void unreadable(const std::string &path, const std::error_code &error)
{
	throw Xapian::DatabaseOpeningError("cannot read '" + path + "'", error.value());
}

std::string bytes_of(const std::string &path)
{
	std::error_code error;
	uintmax_t size = fs::file_size(path, error);

	if (error)
		unreadable(path, error);
	std::string bytes(std::min(size, 2 * LARGEST), '\0');
	std::ifstream file(path, std::ios::binary);

	if (!file.read(&bytes[0], static_cast<std::streamsize>(bytes.size())))
		unreadable(path, std::error_code(EIO, std::generic_category()));
	return bytes;
}

std::string sum_of(const std::string &path)
{
	std::string bytes = bytes_of(path);
	char sum[9];

	std::snprintf(sum, sizeof sum, "%08x", opcit_checksum(borrow(bytes)));
	return sum;
}

// What Xapian keeps in: not its lock. In the order of their names.
std::map<std::string, uintmax_t> files_of(const std::string &path)
{
	std::map<std::string, uintmax_t> files;
	std::error_code error;

	for (fs::directory_iterator at(path, error), end; at != end && !error; at.increment(error)) {
		std::string name = at->path().filename();

		if (name != SEAL && name != "flintlock")
			files[name] = at->is_regular_file(error) ? at->file_size(error) : 0;
	}
	if (error)
		unreadable(path, error);
	return files;
}

// The seal as it is written: a line for each file.
std::string seal_of(const std::string &path)
{
	std::string seal = HEAD;

	for (const auto &file : files_of(path))
		seal += sum_of(path + "/" + file.first) + " " + file.first + "\n";
	return seal + END;
}

} // namespace

void seal(const std::string &path)
{
	uintmax_t size = 0;

	for (const auto &file : files_of(path))
		size += file.second;
	if (size <= LARGEST)
		replace_file(path + "/" + SEAL, seal_of(path));
	else
		Blocks::make(path);
}

bool is_sealed(const std::string &path)
{
	std::error_code ignored;

	return fs::exists(path + "/" + SEAL, ignored);
}

void check_seal(const std::string &path)
{
	if (is_sealed(path) && bytes_of(path + "/" + SEAL) != seal_of(path))
		throw Xapian::DatabaseCorruptError("the files in '" + path + "' are not as they were written");
}

} // namespace opcit
