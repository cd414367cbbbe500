// squeeze.cc: see squeeze.hh.
#include "squeeze.hh"

#include <zstd.h>

#include <algorithm>
#include <new>

#include "schema.hh"

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
	if (!context)
		throw std::bad_alloc();
}

void Squeezer::store(Xapian::Document &entry, uint32_t number, opcit_str record)
{
	std::string value = number_bytes(number);

	value.resize(NUMBER + ZSTD_compressBound(record.len));
	size_t len = ZSTD_compressCCtx(static_cast<ZSTD_CCtx *>(context.get()), &value[NUMBER], value.size() - NUMBER,
				       record.ptr, record.len, LEVEL);

	if (ZSTD_isError(len))
		throw std::bad_alloc(); // there is nothing else that it could want
	value.resize(NUMBER + len);
	entry.add_value(SLOT_RECORD, value);
}

void Unsqueezer::Free::operator()(void *one) const
{
	ZSTD_freeDCtx(static_cast<ZSTD_DCtx *>(one));
}

Unsqueezer::Unsqueezer() : context(ZSTD_createDCtx())
{
	if (!context)
		throw std::bad_alloc();
}

std::string Unsqueezer::stored(const Xapian::Document &entry)
{
	std::string value = entry.get_value(SLOT_RECORD);

	if (value.empty())
		throw Xapian::DocNotFoundError("no such record");
	const char *packed = value.data() + std::min(NUMBER, value.size());
	size_t size = value.size() - std::min(NUMBER, value.size());
	unsigned long long len = ZSTD_getFrameContentSize(packed, size);

	if (len > LARGEST) // which also tells that it is no frame
		throw Xapian::DatabaseCorruptError("a record is not as it was stored");
	std::string data(value, 0, NUMBER);

	data.resize(NUMBER + len);
	if (ZSTD_decompressDCtx(static_cast<ZSTD_DCtx *>(context.get()), &data[NUMBER], len, packed, size) != len)
		throw Xapian::DatabaseCorruptError("a record is not as it was stored");
	return data;
}

} // namespace opcit
