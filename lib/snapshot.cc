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
#include "lock.h"
#include "open_index.hh"
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

// The state that is open, or the present one where commits have gone over it.
opcit_status copy(opcit_index &index, const std::string &to, opcit_err *err)
{
	return index.read(err, [&] {
		opcit::IndexFolder folder(to);
		std::string path = folder.next();

		// The same places: what entries tell of them is not written anew.
		index.db.compact(path, Xapian::DBCOMPACT_NO_RENUMBER);
		folder.publish(path);
		return OPCIT_OK;
	});
}

opcit_status read_back(const std::string &path, opcit_err *err)
{
	opcit_index *copied;
	opcit_status status = opcit_index_open(path.c_str(), &copied, err);

	if (status == OPCIT_OK)
		status = opcit_index_verify(copied, nullptr, nullptr, err);
	opcit_index_close(copied);
	return status;
}

opcit_status make(opcit_index &index, const std::string &to, opcit_err *err)
{
	opcit_status status = check_target(index.dir, to, err);

	if (status != OPCIT_OK)
		return status;
	fs::path parent = fs::absolute(to).parent_path();

	fs::create_directories(parent);
	Beside beside(to);

	status = copy(index, beside.name(), err);
	if (status == OPCIT_LOCKED) {
		Locked locked;

		status = locked.wait(index.dir, err);
		if (status == OPCIT_OK)
			status = copy(index, beside.name(), err);
	}
	if (status == OPCIT_OK)
		status = read_back(beside.name(), err);
	if (status == OPCIT_OK)
		beside.become(to);
	return status;
}

} // namespace

extern "C" opcit_status opcit_index_snapshot(struct opcit_index *index, const char *to, struct opcit_err *err)
{
	return opcit::guard(err, [&]() -> opcit_status {
		std::string path = plain(to);

		if (!index->alone) {
			opcit_err_set(err, OPCIT_USAGE, "'%s' is of several shards: a snapshot is of one index", index->dir.c_str());
			opcit_err_hint(err, "make one of each shard, by its folder");
			return OPCIT_USAGE;
		}
		try {
			return make(*index, path, err);
		} catch (const fs::filesystem_error &error) {
			return cannot_write(path, error.code().value(), err);
		}
	}, index->dir.c_str());
}
