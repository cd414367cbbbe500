// seal.hh: whether the files of a database are still those that were written.
//
// Xapian's lists of words have no checksums: a byte that a disk has spoiled there changes
// what is found without a word. So the files of a generation have one each, in a file
// beside them, and whoever opens the database holds them against it. That takes 1 ms a
// megabyte, and a sealed database is never written again, but made anew: both are for
// indexes of some hundred documents, not of a hundred thousand (docs/index-format.md).
#ifndef OPCIT_SEAL_HH
#define OPCIT_SEAL_HH

#include <string>

namespace opcit
{

// Seal the database in a folder if it is small enough. To be called when all of it is
// written. Throws where the seal cannot be written.
void seal(const std::string &path);
bool is_sealed(const std::string &path);
// Throws DatabaseCorruptError where a file is not as it was sealed; DatabaseOpeningError
// where one cannot be read, as when a writer has removed the generation.
void check_seal(const std::string &path);

} // namespace opcit
#endif
