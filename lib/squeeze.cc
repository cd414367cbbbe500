// squeeze.cc: see squeeze.hh.
#include "squeeze.hh"

#include <zstd.h>

#include <algorithm>
#include <new>

#include "arena.hh"
#include "schema.hh"

// A record is too short to repeat much: what many of them have in common is told to
// Zstandard beforehand. The linker calls lib/records.zdict so, which tools/dictionary.c made.
extern "C" const char dictionary[] __asm__("_binary_lib_records_zdict_start");
extern "C" const char dictionary_end[] __asm__("_binary_lib_records_zdict_end");

namespace opcit
{

namespace
{

constexpr int LEVEL = 1;
constexpr size_t NUMBER = 4; // bytes before what is packed

// Above the largest record with its headings and citations (part.cc).
constexpr unsigned long long LARGEST = 256u << 20;

} // namespace

void Squeezer::Free::operator()(void *one) const
{
	ZSTD_freeCCtx(static_cast<ZSTD_CCtx *>(one));
}

Squeezer::Squeezer() : context(ZSTD_createCCtx())
{
	static ZSTD_CDict *const common = ZSTD_createCDict(dictionary, dictionary_end - dictionary, LEVEL);
	ZSTD_CCtx *own = static_cast<ZSTD_CCtx *>(context.get());

	if (!own || !common)
		throw std::bad_alloc();
	ZSTD_CCtx_refCDict(own, common);
	ZSTD_CCtx_setParameter(own, ZSTD_c_dictIDFlag, 0); // there is only one
}

void Squeezer::pack(opcit_str bytes, std::string &to)
{
	size_t at = to.size();

	to.resize(at + ZSTD_compressBound(bytes.len));
	size_t len = ZSTD_compress2(static_cast<ZSTD_CCtx *>(context.get()), &to[at], to.size() - at, bytes.ptr,
				    bytes.len);

	if (ZSTD_isError(len))
		throw std::bad_alloc(); // there is nothing else that it could want
	to.resize(at + len);
}

void Squeezer::store(Xapian::Document &entry, uint32_t number, opcit_str record)
{
	std::string value = number_bytes(number);

	pack(record, value);
	entry.add_value(SLOT_RECORD, value);
}

void Unsqueezer::Free::operator()(void *one) const
{
	ZSTD_freeDCtx(static_cast<ZSTD_DCtx *>(one));
}

Unsqueezer::Unsqueezer() : context(ZSTD_createDCtx())
{
	static ZSTD_DDict *const common = ZSTD_createDDict(dictionary, dictionary_end - dictionary);

	if (!context || !common)
		throw std::bad_alloc();
	ZSTD_DCtx_refDDict(static_cast<ZSTD_DCtx *>(context.get()), common);
}

void Unsqueezer::unpack(opcit_str frame, std::string &to)
{
	unsigned long long len = ZSTD_getFrameContentSize(frame.ptr, frame.len);
	size_t at = to.size();

	if (len > LARGEST) // which also tells that it is no frame
		throw Xapian::DatabaseCorruptError("a record is not as it was stored");
	to.resize(at + len);
	if (ZSTD_decompressDCtx(static_cast<ZSTD_DCtx *>(context.get()), &to[at], len, frame.ptr, frame.len) != len)
		throw Xapian::DatabaseCorruptError("a record is not as it was stored");
}

std::string Unsqueezer::stored(const Xapian::Document &entry)
{
	std::string value = entry.get_value(SLOT_RECORD);

	if (value.empty())
		throw Xapian::DocNotFoundError("no such record");
	std::string data(value, 0, NUMBER);

	unpack(opcit_str_sub(borrow(value), NUMBER, value.size()), data);
	return data;
}

} // namespace opcit
