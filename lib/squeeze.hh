// squeeze.hh: bytes packed, and what is stored of a record. Xapian packs the data of its
// entries with zlib, which takes four times as long as Zstandard for as little;
// values it leaves as they are, so a record is one of these.
#ifndef OPCIT_SQUEEZE_HH
#define OPCIT_SQUEEZE_HH

#include <xapian.h>

#include <memory>
#include <string>

#include "str.h"

namespace opcit
{

// Packs one thing after the other.
class Squeezer
{
	struct Free {
		void operator()(void *context) const;
	};
	std::unique_ptr<void, Free> context;

      public:
	Squeezer();
	// Add bytes to a string, packed: one frame.
	void pack(opcit_str bytes, std::string &to);
	// Give an entry its record, as opcit_record_encode has it, and its file's number.
	void store(Xapian::Document &entry, uint32_t number, opcit_str record);
};

// Reads one thing after the other.
class Unsqueezer
{
	struct Free {
		void operator()(void *context) const;
	};
	std::unique_ptr<void, Free> context;

      public:
	Unsqueezer();
	// Add what a frame holds to a string. Throws DatabaseCorruptError where it is none.
	void unpack(opcit_str frame, std::string &to);
	// The number and the record that an entry was given. Throws DocNotFoundError where
	// there is no such entry, DatabaseCorruptError where they do not unpack.
	std::string stored(const Xapian::Document &entry);
};

} // namespace opcit
#endif
