// shards.cc: see shards.hh.
#include "shards.hh"

#include <filesystem>
#include <fstream>

#include "generation.hh"

namespace opcit
{

static std::string list_path(const std::string &dir)
{
	return dir + "/" + SHARD_LIST;
}

std::string shard_path(const std::string &dir, size_t shard)
{
	return dir + "/" + SHARD_FOLDER + std::to_string(shard);
}

opcit_status count_shards(const std::string &dir, size_t &n, opcit_err *err)
{
	std::ifstream file(list_path(dir));
	std::string line;

	n = 0;
	while (std::getline(file, line)) {
		if (line.empty() || line[0] == '#')
			continue;
		if (line != SHARD_FOLDER + std::to_string(n)) {
			opcit_err_set(err, OPCIT_USAGE, "'%s' names a shard that is not in its folder: '%.100s'",
				      list_path(dir).c_str(), line.c_str());
			opcit_err_hint(err, "index where the shards are; docs/scaling.md tells how");
			return OPCIT_USAGE;
		}
		n++;
	}
	n += n == 0;
	return OPCIT_OK;
}

opcit_status find_shards(const std::string &dir, size_t n, opcit_err *err)
{
	for (size_t i = 0; n > 1 && i < n; i++) {
		if (!IndexFolder(shard_path(dir, i)).current().empty())
			continue;
		opcit_err_set(err, OPCIT_DAMAGED, "the index '%s' is damaged: its shard %s%zu is not there", dir.c_str(),
			      SHARD_FOLDER, i);
		opcit_err_hint(err, "bring it back from a copy, or delete the folder and run `opcit index` again: everything in "
				    "it comes from the sources");
		return OPCIT_DAMAGED;
	}
	return OPCIT_OK;
}

void list_shards(const std::string &dir, size_t n)
{
	std::string text = "# the databases of this index; host:port names one on another machine\n";

	for (size_t i = 0; i < n; i++)
		text += SHARD_FOLDER + std::to_string(i) + "\n";
	replace_file(list_path(dir), text);
}

size_t shard_of(opcit_str source, size_t n)
{
	uint64_t hash = opcit_str_hash(source);

	return static_cast<size_t>((hash ^ hash >> 32) % n);
}

} // namespace opcit
