// unpacked.cc: see unpacked.hh.
#include "unpacked.hh"

#include <dlfcn.h>
#include <zlib.h>

namespace
{

thread_local unsigned alive;

} // namespace

// The linker takes a program's own functions before a library's, for other libraries too.
extern "C" int deflate(z_streamp stream, int flush)
{
	static const auto zlibs = reinterpret_cast<decltype(&deflate)>(dlsym(RTLD_NEXT, "deflate"));

	return alive ? Z_BUF_ERROR : zlibs(stream, flush);
}

// Xapian does that before each, which clears 128 KB.
extern "C" int deflateReset(z_streamp stream)
{
	static const auto zlibs = reinterpret_cast<decltype(&deflateReset)>(dlsym(RTLD_NEXT, "deflateReset"));

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
