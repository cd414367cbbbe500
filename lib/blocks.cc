// blocks.cc: see blocks.hh.
#include "blocks.hh"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <shared_mutex>

#include "arena.hh"
#include "checksum.h"
#include "generation.hh"
#include "next.hh"
#include "schema.hh"

namespace fs = std::filesystem;

namespace opcit
{

namespace
{

constexpr const char FILE_NAME[] = "blocks", HEAD[] = "opcit blocks 1\n", ABOUT[] = "/iamglass", TABLE[] = ".glass";
constexpr size_t BLOCK = 8192; // bytes, as Xapian makes them where nothing else is asked for

// All that live in this process: few.
std::shared_mutex mutex;
std::vector<Blocks *> all;
std::atomic<size_t> n_all, changes; // of them

// 0 for a block of the list of free ones: Xapian writes at its end before a commit, where nobody reads.
uint32_t sum_of(const char *bytes)
{
	constexpr size_t LEVEL = 4;
	constexpr char FREE_LIST = '\xfe';

	if (bytes[LEVEL] == FREE_LIST)
		return 0;
	uint32_t sum = opcit_checksum(opcit_str{ bytes, BLOCK });

	return sum ? sum : 1;
}

// The commit that an "iamglass" is of: what stands before the tables. A name of the format (16
// bytes), an identifier of the database (16), and the number of the commit, seven bits a byte.
std::string commit_of(const std::string &about)
{
	size_t end = 32;

	while (end < about.size() && (about[end] & 0x80))
		end++;
	return about.substr(0, end + 1);
}

// Empty where it cannot be read.
std::string bytes_of(const std::string &path)
{
	std::ifstream file(path, std::ios::binary);

	return std::string(std::istreambuf_iterator<char>(file), {});
}

// Where it is written first: beside the generations, where who sweeps sees that it was not finished.
std::string unfinished(const std::string &path)
{
	return fs::path(path).parent_path().string() + "/" + UNFINISHED_BLOCKS;
}

std::vector<uint32_t> sums_of(const std::string &path)
{
	std::vector<uint32_t> sums;
	std::vector<char> bytes(64 * BLOCK);
	std::ifstream file(path, std::ios::binary);

	while (file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) || file.gcount())
		for (size_t at = 0; at + BLOCK <= static_cast<size_t>(file.gcount()); at += BLOCK)
			sums.push_back(sum_of(&bytes[at]));
	return sums;
}

// Whether it may be one block of a table that was read or written.
bool is_block(size_t n, off_t at)
{
	return n_all && n == BLOCK && at >= 0 && at % BLOCK == 0;
}

struct File {
	dev_t device;
	ino_t number;
};

// Which file is open; of none where that is not known.
File file_of(int fd)
{
	struct stat st = {};

	fstat(fd, &st);
	return { st.st_dev, st.st_ino };
}

// The same, asked once for each opening, as asking for each block takes a twentieth of a search:
// what is watched changes before a table is opened. Another file may have come since in the place
// of one that was closed, so who finds fault asks file_of().
File file_remembered(int fd)
{
	constexpr int MOST = 64;
	struct Remembered {
		size_t changes;
		File file;
	};
	static thread_local Remembered remembered[MOST];

	if (fd >= MOST)
		return file_of(fd);
	Remembered &one = remembered[fd];

	if (one.changes != changes)
		one = { changes, file_of(fd) };
	return one.file;
}

// Of several, one that was opened earlier may know less.
bool is_wrong(const File &file, off_t at, const char *bytes)
{
	bool wrong = false;

	for (Blocks *one : all) {
		Verdict verdict = one->judge(file.device, file.number, static_cast<uint64_t>(at) / BLOCK, bytes);

		if (verdict == Verdict::Right || verdict == Verdict::Unknown)
			return false;
		wrong = wrong || verdict == Verdict::Wrong;
	}
	return wrong;
}

// What a block of a file is to be from now on; nullptr: what it is, is not known.
void note(const File &file, off_t at, const char *bytes)
{
	std::unique_lock<std::shared_mutex> lock(mutex);

	for (Blocks *one : all)
		one->note(file.device, file.number, static_cast<uint64_t>(at) / BLOCK, bytes);
}

} // namespace

// ---- the file --------------------------------------------------------------------

// What is true of it, then each table: name, number of blocks, sums; last a sum of it all.
std::string Blocks::encode() const
{
	std::string bytes = HEAD;
	auto add = [&](const std::string &field) { bytes += number_bytes(static_cast<uint32_t>(field.size())) + field; };

	add(about);
	for (const Table &table : tables) {
		std::string sums;

		for (uint32_t sum : table.sums)
			sums += number_bytes(sum);
		add(table.name);
		add(sums);
	}
	return bytes + number_bytes(opcit_checksum(borrow(bytes)));
}

bool Blocks::decode(const std::string &bytes)
{
	size_t at = sizeof HEAD - 1, end = bytes.size() - 4;
	uint32_t sum;
	auto next = [&](std::string &field) {
		uint32_t len;

		if (end - at < 4 || !bytes_number(bytes, at, len) || end - at - 4 < len)
			return false;
		field = bytes.substr(at + 4, len);
		at += 4 + len;
		return true;
	};

	if (bytes.size() < sizeof HEAD + 4 || bytes.compare(0, at, HEAD) != 0 || !bytes_number(bytes, end, sum) ||
	    sum != opcit_checksum(opcit_str{ bytes.data(), end }) || !next(about))
		return false;
	while (at < end) {
		Table table = {};
		std::string sums;

		if (!next(table.name) || !next(sums))
			return false;
		table.sums.resize(sums.size() / 4);
		for (size_t i = 0; i < table.sums.size(); i++)
			bytes_number(sums, 4 * i, table.sums[i]);
		tables.push_back(std::move(table));
	}
	return true;
}

// A file that is gone has no identity, which Xapian will say.
void Blocks::identify()
{
	for (Table &table : tables) {
		struct stat st = {};

		stat((path + "/" + table.name).c_str(), &st);
		table.device = st.st_dev;
		table.number = st.st_ino;
	}
}

// As the files are now.
void Blocks::read_all()
{
	tables.clear();
	for (const fs::directory_entry &file : fs::directory_iterator(path)) {
		Table table = {};

		if (file.path().extension() != TABLE)
			continue;
		table.name = file.path().filename();
		table.sums = sums_of(file.path());
		tables.push_back(std::move(table));
	}
	std::sort(tables.begin(), tables.end(), [](const Table &a, const Table &b) { return a.name < b.name; });
	identify();
}

void Blocks::make(const std::string &path)
{
	Blocks(path).save();
}

void Blocks::save()
{
	if (about.empty())
		read_all();
	about = bytes_of(path + ABOUT);
	replace_file(path + "/" + FILE_NAME, encode(), unfinished(path));
}

void Blocks::begin() const
{
	std::ofstream(unfinished(path)).flush();
}

// ---- while it lives ----------------------------------------------------------------

std::shared_ptr<Blocks> Blocks::watch(const std::string &path, bool writes)
{
	std::shared_ptr<Blocks> blocks(new Blocks(path));
	std::string bytes = bytes_of(path + "/" + FILE_NAME), about = bytes_of(path + ABOUT);

	if (bytes.empty() || about.empty())
		return nullptr;
	if (!blocks->decode(bytes))
		throw Xapian::DatabaseCorruptError("the checksums in '" + path + "' are not as they were written");
	blocks->identify();
	if (blocks->about != about) {
		if (commit_of(blocks->about) == commit_of(about))
			throw Xapian::DatabaseCorruptError("'" + path + ABOUT + "' is not as it was written");
		blocks->about.clear();
		for (Table &table : blocks->tables)
			table.sums.clear();
	}
	if (writes && blocks->about.empty())
		blocks->save(); // which another writer could not do
	for (Table &table : blocks->tables)
		if (!writes)
			table.seen.reset(new std::atomic<bool>[table.sums.size()]());
	std::unique_lock<std::shared_mutex> lock(mutex);

	all.push_back(blocks.get());
	n_all = all.size();
	changes++;
	return blocks;
}

Blocks::~Blocks()
{
	std::unique_lock<std::shared_mutex> lock(mutex);

	all.erase(std::remove(all.begin(), all.end(), this), all.end());
	n_all = all.size();
	changes++;
}

Blocks::Table *Blocks::find(dev_t device, ino_t number)
{
	for (Table &table : tables)
		if (table.number == number && table.device == device)
			return &table;
	return nullptr;
}

Verdict Blocks::judge(dev_t device, ino_t number, uint64_t block, const char *bytes)
{
	Table *table = find(device, number);

	if (!table)
		return Verdict::Other;
	if (block >= table->sums.size() || table->sums[block] == 0)
		return Verdict::Unknown;
	if (table->seen && table->seen[block])
		return Verdict::Right;
	if (table->sums[block] != sum_of(bytes)) // unless a writer has been here since
		return bytes_of(path + ABOUT) == about ? Verdict::Wrong : Verdict::Unknown;
	if (table->seen)
		table->seen[block] = true;
	return Verdict::Right;
}

void Blocks::note(dev_t device, ino_t number, uint64_t block, const char *bytes)
{
	Table *table = find(device, number);

	if (!table || table->seen)
		return;
	if (block >= table->sums.size())
		table->sums.resize(block + 1);
	table->sums[block] = bytes ? sum_of(bytes) : 0;
}

} // namespace opcit

// ---- what Xapian calls -----------------------------------------------------------------

extern "C" ssize_t opcit_pread(int fd, void *bytes, size_t n, off_t at) __asm__("pread");
extern "C" ssize_t opcit_pwrite(int fd, const void *bytes, size_t n, off_t at) __asm__("pwrite");

// Where file offsets need a pread64(), on systems of 32 bits, nothing is checked.
extern "C" ssize_t opcit_pread(int fd, void *bytes, size_t n, off_t at)
{
	static auto *const systems = opcit::next_of(opcit_pread, "pread");
	ssize_t got = systems(fd, bytes, n, at);

	if (got < 0 || !opcit::is_block(static_cast<size_t>(got), at))
		return got;
	std::shared_lock<std::shared_mutex> lock(opcit::mutex);
	const char *block = static_cast<const char *>(bytes);

	if (!opcit::is_wrong(opcit::file_remembered(fd), at, block) || !opcit::is_wrong(opcit::file_of(fd), at, block))
		return got;
	errno = EBADMSG;
	return -1;
}

extern "C" ssize_t opcit_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	static auto *const systems = opcit::next_of(opcit_pwrite, "pwrite");
	bool noted = opcit::is_block(n, at);

	// Before it is written: it may be read again at once.
	if (noted)
		opcit::note(opcit::file_of(fd), at, static_cast<const char *>(bytes));
	ssize_t put = systems(fd, bytes, n, at);
	int why = errno;

	if (noted && put != static_cast<ssize_t>(n))
		opcit::note(opcit::file_of(fd), at, nullptr);
	errno = why;
	return put;
}
