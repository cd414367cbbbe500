// snapshot.cc: see snapshot.h.
#include "snapshot.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include "generation.hh"
#include "guard.hh"
#include "lock.h"
#include "shards.hh"
#include "verify.h"

namespace fs = std::filesystem;

namespace
{

constexpr unsigned MOST_PARTIAL = 100;
constexpr std::chrono::milliseconds WAIT(60000), PAUSE(100);

opcit_status refuse(const std::string &to, const char *why, opcit_err *err)
{
	opcit_err_set(err, OPCIT_USAGE, "cannot make a snapshot in '%s': %s", to.c_str(), why);
	opcit_err_hint(err, "name a new or an empty folder");
	return OPCIT_USAGE;
}

opcit_status cannot_write(const std::string &to, int why, opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot write '%s': %s", to.c_str(), std::strerror(why));
}

bool stands_in(fs::path path, const fs::path &folder)
{
	for (; path != path.parent_path(); path = path.parent_path())
		if (path == folder)
			return true;
	return false;
}

// Without the slashes at its end, so that a name can be put after it.
std::string plain(std::string path)
{
	while (path.size() > 1 && path.back() == '/')
		path.pop_back();
	return path;
}

opcit_status check_target(const std::string &index, const std::string &to, opcit_err *err)
{
	if (to.empty())
		return refuse(to, "that is no name", err);
	if (fs::exists(fs::symlink_status(to)) && !fs::is_directory(to))
		return refuse(to, "there is a file of that name", err);
	if (stands_in(fs::weakly_canonical(fs::absolute(to)), fs::canonical(index)))
		return refuse(to, "it is in the index itself", err);
	if (fs::exists(to) && !fs::is_empty(to))
		return refuse(to, "it is not empty", err);
	return OPCIT_OK;
}

// A folder beside the target that goes unless it became that.
class Beside
{
	std::string path;

      public:
	explicit Beside(const std::string &to)
	{
		for (unsigned i = 1; !fs::create_directory(path = to + ".partial-" + std::to_string(i)); i++)
			if (i == MOST_PARTIAL)
				throw fs::filesystem_error("", path, std::make_error_code(std::errc::file_exists));
	}
	Beside(const Beside &) = delete;
	Beside &operator=(const Beside &) = delete;
	~Beside()
	{
		std::error_code ignored;

		if (!path.empty())
			fs::remove_all(path, ignored);
	}
	const std::string &name() const
	{
		return path;
	}
	void become(const std::string &to)
	{
		fs::rename(path, to);
		path.clear();

		int parent = open(fs::absolute(to).parent_path().c_str(), O_RDONLY | O_CLOEXEC);
		bool synced = parent >= 0 && fsync(parent) == 0;
		int why = errno;

		if (parent >= 0)
			close(parent);
		if (!synced)
			throw fs::filesystem_error("", to, std::error_code(why, std::generic_category()));
	}
};

// The lock of the index, for which its writer is waited for.
class Locked
{
	opcit_lock lock = OPCIT_LOCK_INIT;

      public:
	Locked() = default;
	Locked(const Locked &) = delete;
	Locked &operator=(const Locked &) = delete;
	~Locked()
	{
		opcit_lock_release(&lock);
	}
	opcit_status wait(const std::string &dir, opcit_err *err)
	{
		auto end = std::chrono::steady_clock::now() + WAIT;
		opcit_status status;

		while ((status = opcit_lock_take(dir.c_str(), &lock, err)) == OPCIT_LOCKED &&
		       std::chrono::steady_clock::now() < end)
			std::this_thread::sleep_for(PAUSE);
		return status;
	}
};

// One database as it is when it is opened. DatabaseModifiedError where commits have
// gone over that: a copy of files that a writer removes meanwhile may lack some.
void copy_database(const std::string &from, const std::string &to)
{
	opcit::IndexFolder source(from), folder(to);
	std::string path = folder.next(), before = source.current();
	std::shared_ptr<opcit::Blocks> blocks;

	try {
		// The same places: what entries tell of them is not written anew.
		opcit::open_current(from, &blocks).compact(path, Xapian::DBCOMPACT_NO_RENUMBER);
	} catch (const Xapian::DatabaseError &) {
		if (source.current() == before)
			throw;
	}
	if (source.current() != before)
		throw Xapian::DatabaseModifiedError("committed while it was copied");
	folder.publish(path);
}

opcit_status copy_locked(const std::string &from, const std::string &to, size_t shards, opcit_err *err)
{
	Locked locked;
	opcit_status status = locked.wait(from, err);

	if (status != OPCIT_OK)
		return status;
	if (shards == 1) {
		copy_database(from, to);
		return OPCIT_OK;
	}
	for (size_t i = 0; i < shards; i++) {
		fs::create_directory(opcit::shard_path(to, i));
		copy_database(opcit::shard_path(from, i), opcit::shard_path(to, i));
	}
	opcit::list_shards(to, shards);
	return OPCIT_OK;
}

opcit_status copy(const std::string &from, const std::string &to, opcit_err *err)
{
	constexpr int ATTEMPTS = 4;
	size_t shards;
	opcit_status status = opcit::count_shards(from, shards, err);

	if (status != OPCIT_OK)
		return status;
	for (int attempt = 1; shards == 1 && attempt <= ATTEMPTS; attempt++)
		try {
			copy_database(from, to);
			return OPCIT_OK;
		} catch (const Xapian::DatabaseModifiedError &) {
			continue;
		}
	return copy_locked(from, to, shards, err);
}

opcit_status make(const std::string &dir, const std::string &to, opcit_err *err)
{
	opcit_status status = check_target(dir, to, err);

	if (status != OPCIT_OK)
		return status;
	fs::create_directories(fs::absolute(to).parent_path());
	Beside beside(to);

	status = copy(dir, beside.name(), err);
	if (status == OPCIT_OK)
		status = opcit_index_verify(beside.name().c_str(), nullptr, nullptr, err);
	if (status == OPCIT_OK)
		beside.become(to);
	return status;
}

} // namespace

extern "C" opcit_status opcit_index_snapshot(const char *dir, const char *to, struct opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		std::string path = plain(to);

		if (!fs::is_directory(dir)) {
			opcit_err_set(err, OPCIT_USAGE, "'%s' lists shards: a snapshot is of one index", dir);
			opcit_err_hint(err, "make one of each shard, by its folder");
			return OPCIT_USAGE;
		}
		try {
			return make(dir, path, err);
		} catch (const fs::filesystem_error &error) {
			return cannot_write(path, error.code().value(), err);
		}
	}, dir);
}
