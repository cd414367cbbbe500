// generation.cc: see generation.hh.
#include "generation.hh"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "lock.h"
#include "seal.hh"

namespace fs = std::filesystem;

namespace opcit
{

namespace
{

constexpr const char STUB[] = "XAPIANDB";
constexpr const char BACKEND[] = "glass ";

// A plain number, as the folders of generations are called; 0 for other names.
uint32_t number_of(const std::string &name)
{
	uint32_t number = 0;

	if (name.empty() || name.size() > 9 || name[0] == '0')
		return 0;
	for (char c : name) {
		if (c < '0' || c > '9')
			return 0;
		number = number * 10 + static_cast<uint32_t>(c - '0');
	}
	return number;
}

[[noreturn]] void fail(const char *what, const std::string &path)
{
	throw Xapian::DatabaseError(std::string(what) + " '" + path + "'", errno);
}

class File
{
	int fd;

      public:
	File(const std::string &path, int flags) : fd(open(path.c_str(), flags | O_CLOEXEC, 0666))
	{
		if (fd < 0)
			fail("cannot open", path);
	}
	File(const File &) = delete;
	File &operator=(const File &) = delete;
	~File()
	{
		close(fd);
	}
	void write_all(const std::string &bytes, const std::string &path) const
	{
		if (write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
			fail("cannot write", path);
	}
	void sync(const std::string &path) const
	{
		if (fsync(fd) != 0)
			fail("cannot write", path);
	}
};

void sync_path(const std::string &path)
{
	File(path, O_RDONLY).sync(path);
}

void sync_folder(const std::string &path)
{
	for (const auto &item : fs::directory_iterator(path))
		if (item.is_regular_file())
			sync_path(item.path().string());
	sync_path(path);
}

bool starts(const std::string &name, const char *with)
{
	return name.compare(0, std::strlen(with), with) == 0;
}

bool is_ours(const std::string &name, bool sharded)
{
	if (name == BUILDING || name == OPCIT_LOCK_FILE)
		return true;
	return sharded ? starts(name, SHARD_LIST) || starts(name, SHARD_FOLDER)
		       : starts(name, STUB) || name == UNFINISHED_BLOCKS || number_of(name) != 0;
}

opcit_status make_folders(const std::string &dir, opcit_err *err)
{
	for (size_t at = 1; at <= dir.size(); at++) {
		if (at < dir.size() && dir[at] != '/')
			continue;
		std::string part = dir.substr(0, at);

		if (mkdir(part.c_str(), 0777) != 0 && errno != EEXIST)
			return opcit_err_set(err, OPCIT_IO, "cannot create the index folder '%s': %s", part.c_str(),
					     std::strerror(errno));
	}
	return OPCIT_OK;
}

} // namespace

opcit_status IndexFolder::make(bool sharded, opcit_err *err) const
{
	opcit_status status = make_folders(dir, err);
	std::error_code error;

	if (status != OPCIT_OK)
		return status;
	for (const auto &item : fs::directory_iterator(dir, error))
		if (!is_ours(item.path().filename().string(), sharded)) {
			opcit_err_set(err, OPCIT_IO, "'%s' is not an index: it holds other files", dir.c_str());
			opcit_err_hint(err, "name an empty or a new folder with --db");
			return OPCIT_IO;
		}
	if (error)
		return opcit_err_set(err, OPCIT_IO, "cannot open the index folder '%s': %s", dir.c_str(),
				     error.message().c_str());
	return OPCIT_OK;
}

bool IndexFolder::is_old() const
{
	return fs::exists(dir + "/iamglass");
}

uint64_t IndexFolder::stamp() const
{
	std::string path = current();
	struct stat st;
	uint64_t stamp = 14695981039346656037u;

	if (path.empty() || stat((path + "/iamglass").c_str(), &st) != 0)
		return 0;
	for (uint64_t part : { static_cast<uint64_t>(st.st_ino), static_cast<uint64_t>(st.st_mtim.tv_sec),
			       static_cast<uint64_t>(st.st_mtim.tv_nsec), static_cast<uint64_t>(st.st_size) })
		stamp = (stamp ^ part) * 1099511628211u;
	return stamp + (stamp == 0);
}

uint32_t IndexFolder::present() const
{
	std::ifstream file(dir + "/" + STUB);
	std::string line;
	size_t skip = std::strlen(BACKEND);

	if (!file)
		return 0;
	std::getline(file, line);
	uint32_t number = line.compare(0, skip, BACKEND) == 0 ? number_of(line.substr(skip)) : 0;

	if (number == 0)
		throw Xapian::DatabaseCorruptError("'" + dir + "/" + STUB + "' names no database of opcit's");
	return number;
}

std::string IndexFolder::path_of(uint32_t generation) const
{
	return dir + "/" + std::to_string(generation);
}

std::string IndexFolder::current() const
{
	uint32_t number = present();

	return number ? path_of(number) : "";
}

std::string IndexFolder::next() const
{
	std::string path = path_of(present() + 1);

	fs::remove_all(path);
	return path;
}

void replace_file(const std::string &path, const std::string &bytes)
{
	replace_file(path, bytes, path + ".new");
}

void replace_file(const std::string &path, const std::string &bytes, const std::string &written)
{
	{
		File file(written, O_WRONLY | O_CREAT | O_TRUNC);

		file.write_all(bytes, written);
		file.sync(written);
	}
	if (rename(written.c_str(), path.c_str()) != 0)
		fail("cannot write", path);
	sync_path(fs::path(path).parent_path().string());
}

void IndexFolder::publish(const std::string &path) const
{
	std::string before = current();

	seal(path);
	// The files and their folder's name first, then the stub that leads to them.
	sync_folder(path);
	sync_path(dir);
	replace_file(dir + "/" + STUB, BACKEND + fs::path(path).filename().string() + "\n", dir + "/" + UNFINISHED_STUB);
	if (!before.empty()) {
		std::error_code ignored; // the next run sweeps

		fs::remove_all(before, ignored);
	}
}

void IndexFolder::sweep() const
{
	uint32_t number = present();
	std::error_code ignored;

	for (const auto &item : fs::directory_iterator(dir)) {
		std::string name = item.path().filename().string();

		if (name == UNFINISHED_STUB || name == UNFINISHED_BLOCKS ||
		    (number_of(name) != 0 && number_of(name) != number))
			fs::remove_all(item.path(), ignored);
	}
}

Xapian::Database open_current(const std::string &dir, std::shared_ptr<Blocks> *blocks)
{
	constexpr int ATTEMPTS = 10;
	IndexFolder folder(dir);

	for (int attempt = 1;; attempt++) {
		std::string path = folder.current();
		uint64_t before = folder.stamp();

		if (path.empty())
			throw Xapian::DatabaseNotFoundError("there is no index in '" + dir + "'");
		try {
			check_seal(path);
			if (blocks)
				*blocks = Blocks::watch(path, false);
			return Xapian::Database(path);
		} catch (const Xapian::DatabaseModifiedError &) {
			if (folder.stamp() == before) // nobody has modified it
				throw Xapian::DatabaseCorruptError("the revision of '" + path + "' is not that of its files");
			if (attempt == ATTEMPTS)
				throw;
		} catch (const Xapian::DatabaseError &) {
			if (attempt < ATTEMPTS && folder.current() != path)
				continue;
			// Not where it only may not be looked into.
			if (access((path + "/iamglass").c_str(), F_OK) != 0 && errno == ENOENT)
				throw Xapian::DatabaseCorruptError("there is no database in '" + path + "'");
			throw;
		}
	}
}

} // namespace opcit
