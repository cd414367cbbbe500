// next.hh: functions of a library that this program has in their place. The linker takes a
// program's own functions before a library's, for other libraries too; so what Xapian has no
// setting for can be told to what it calls.
#ifndef OPCIT_NEXT_HH
#define OPCIT_NEXT_HH

#include <dlfcn.h>

namespace opcit
{

// The library's own, to hand on to. For a static variable: it is looked up by name.
template <typename Function> Function *next_of(Function *, const char *name)
{
	return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

} // namespace opcit
#endif
