// arena.hh: an arena and a buffer (str.h) that go whatever is thrown, and slices of strings.
#ifndef OPCIT_ARENA_HH
#define OPCIT_ARENA_HH

#include <string>

#include "str.h"

namespace opcit
{

struct Arena {
	opcit_arena memory = OPCIT_ARENA_INIT;

	Arena() = default;
	Arena(const Arena &) = delete;
	Arena &operator=(const Arena &) = delete;
	~Arena()
	{
		opcit_arena_release(&memory);
	}
	operator opcit_arena *()
	{
		return &memory;
	}
};

struct Buf {
	opcit_buf bytes = OPCIT_BUF_INIT;

	Buf() = default;
	Buf(const Buf &) = delete;
	Buf &operator=(const Buf &) = delete;
	~Buf()
	{
		opcit_buf_release(&bytes);
	}
	opcit_buf *operator->()
	{
		return &bytes;
	}
	operator opcit_buf *()
	{
		return &bytes;
	}
};

inline opcit_str borrow(const std::string &s)
{
	return opcit_str{ s.data(), s.size() };
}

} // namespace opcit
#endif
