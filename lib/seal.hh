// seal.hh: whether the files of a database are still those that were written.
//
// Xapian's blocks have no checksums: a byte that a disk has spoiled in a list of words changes
// what is found without a word. So each file of a small database has one, in a file
// beside them, and whoever opens the database holds them all against it. That takes 1 ms a
// megabyte, and such a database is never written again, but made anew: both are for
// indexes of some hundred documents. Of a larger one each block has its own (blocks.hh).
#ifndef OPCIT_SEAL_HH
#define OPCIT_SEAL_HH

#include <string>

namespace opcit
{

// Write the checksums of the database in a folder, all of which is written. Throws.
void seal(const std::string &path);
// Whether it is a small one.
bool is_sealed(const std::string &path);
// Throws DatabaseCorruptError where a file is not as it was sealed; DatabaseOpeningError
// where one cannot be read, as when a writer has removed the generation.
void check_seal(const std::string &path);

} // namespace opcit
#endif
