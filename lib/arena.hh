// arena.hh: an arena (str.h) that goes whatever is thrown, and slices of strings.
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

inline opcit_str borrow(const std::string &s)
{
	return opcit_str{ s.data(), s.size() };
}

} // namespace opcit
#endif
