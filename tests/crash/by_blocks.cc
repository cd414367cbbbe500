// by_blocks.cc: a small database as a large one, which has checksums for its blocks.
//
//   by_blocks FOLDER     a generation of an index (docs/index-format.md)
//
// It may be changed in place then, and a test need not write eight megabytes for that.
#include "../../lib/blocks.hh"

#include <cstdio>
#include <exception>
#include <filesystem>

int main(int argc, char **argv)
{
	if (argc != 2) {
		std::fputs("usage: by_blocks FOLDER\n", stderr);
		return 2;
	}
	try {
		std::filesystem::remove(std::filesystem::path(argv[1]) / "sums");
		opcit::Blocks::make(argv[1]);
	} catch (const std::exception &error) {
		std::fprintf(stderr, "by_blocks: %s\n", error.what());
		return 1;
	}
	return 0;
}
