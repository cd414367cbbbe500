// sweep.cc: see sweep.h.
#include "sweep.h"

#include <cctype>
#include <filesystem>
#include <string>

#include "generation.hh"
#include "guard.hh"
#include "index.h"

namespace fs = std::filesystem;

namespace
{

// More than one generation, or what becomes one; also in a shard: docs/index-format.md.
bool has_leftovers(const fs::path &dir)
{
	std::error_code none;
	unsigned generations = 0;
	bool found = false;

	for (fs::directory_iterator at(dir, none), end; at != end && !found; at.increment(none)) {
		std::string name = at->path().filename();

		generations += std::isdigit(static_cast<unsigned char>(name[0])) != 0;
		found = generations > 1 || name == opcit::BUILDING || name == opcit::UNFINISHED_STUB ||
			name == opcit::UNFINISHED_BLOCKS ||
			(name.compare(0, sizeof opcit::SHARD_FOLDER - 1, opcit::SHARD_FOLDER) == 0 &&
			 has_leftovers(at->path()));
	}
	return found;
}

} // namespace

extern "C" opcit_status opcit_index_sweep(const char *dir, struct opcit_err *err)
{
	return opcit::guard(err, [&] {
		struct opcit_writer *writer;
		opcit_status status = OPCIT_OK;

		if (!has_leftovers(dir))
			return status;
		// Who opens an index for writing sweeps.
		status = opcit_writer_open(dir, 0, &writer, err);
		if (status == OPCIT_OK)
			opcit_writer_close(writer);
		return status == OPCIT_LOCKED ? OPCIT_OK : status;
	}, dir);
}
