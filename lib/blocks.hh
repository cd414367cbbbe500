// blocks.hh: what Xapian reads of a large database, held against what was written.
//
// Xapian's blocks have no checksums: a byte that a disk has spoiled in a list of words
// changes what is found without a word. So a file beside the tables, `blocks`, has a
// checksum of each of their blocks, and each is held against it when it is first read. pread()
// and pwrite(), by which Xapian reads and writes its blocks, are ours for that: they
// hand on to the system's. A block that is not as it was written cannot be read (EBADMSG, as file
// systems with checksums have it), which Xapian reports.
//
// The file is true of one commit. After a later one, which a writer makes in place, nothing is
// known of what differs; the writer brings the file up to date after each commit, or the next one
// does, and what is opened between is not checked.
#ifndef OPCIT_BLOCKS_HH
#define OPCIT_BLOCKS_HH

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace opcit
{

// Of a block: of another database, or what.
enum class Verdict { Other, Right, Wrong, Unknown };

// Beside the generations while the file is not true of the present one.
constexpr const char UNFINISHED_BLOCKS[] = "blocks.new";

class Blocks
{
	// A file of blocks.
	struct Table {
		std::string name;
		dev_t device;
		ino_t number;
		std::vector<uint32_t> sums; // of each block; 0: not known
		std::unique_ptr<std::atomic<bool>[]> seen; // and right; nullptr for a writer
	};

	std::string path;
	std::string about; // what Xapian's "iamglass" says: the commit that they are true of; empty: of none
	std::vector<Table> tables;

	Table *find(dev_t device, ino_t number);
	void identify();
	void read_all();
	std::string encode() const;
	bool decode(const std::string &bytes);
	explicit Blocks(const std::string &folder) : path(folder)
	{
	}

      public:
	Blocks(const Blocks &) = delete;
	Blocks &operator=(const Blocks &) = delete;
	~Blocks();

	// Make the file of a database, all of which is written. Throws.
	static void make(const std::string &path);
	// From now on, and while it lives, what this process reads of the database at a path is
	// checked. To be had before that is opened or opened again: what is newer than its reader would
	// find fault with what a writer has done since. `writes`: what this process writes there is noted,
	// for save(). nullptr where there is no such file; throws DatabaseCorruptError where that is spoiled.
	static std::shared_ptr<Blocks> watch(const std::string &path, bool writes);
	// The database is about to be changed in place: who ends before save() leaves a word.
	void begin() const;
	// The file is true of the database as it is now. Throws.
	void save();

	// For pread() and pwrite(). note() with nullptr: what is there is not known.
	Verdict judge(dev_t device, ino_t number, uint64_t block, const char *bytes);
	void note(dev_t device, ino_t number, uint64_t block, const char *bytes);
};

} // namespace opcit
#endif
