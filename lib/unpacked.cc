// unpacked.cc: see unpacked.hh.
#include "unpacked.hh"

#include <zlib.h>

#include "next.hh"

namespace
{

thread_local unsigned alive;

} // namespace

extern "C" int deflate(z_streamp stream, int flush)
{
	static auto *const zlibs = opcit::next_of(deflate, "deflate");

	return alive ? Z_BUF_ERROR : zlibs(stream, flush);
}

// Xapian does that before each, which clears 128 KB.
extern "C" int deflateReset(z_streamp stream)
{
	static auto *const zlibs = opcit::next_of(deflateReset, "deflateReset");

	return alive ? Z_OK : zlibs(stream);
}

opcit::Unpacked::Unpacked()
{
	alive++;
}

opcit::Unpacked::~Unpacked()
{
	alive--;
}
