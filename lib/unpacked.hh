// unpacked.hh: databases whose lists of terms are not packed. Xapian packs each with
// zlib, which takes a seventh of the time of an indexing run and saves a fifth of the
// lists' room; there is no way to tell it not to. What cannot be packed it writes as it
// is, and reads either.
#ifndef OPCIT_UNPACKED_HH
#define OPCIT_UNPACKED_HH

namespace opcit
{

// While one of these lives, zlib packs nothing in this thread: deflate() (which is ours,
// and hands on to zlib's at all other times) says that it cannot.
class Unpacked
{
      public:
	Unpacked();
	Unpacked(const Unpacked &) = delete;
	Unpacked &operator=(const Unpacked &) = delete;
	~Unpacked();
};

} // namespace opcit
#endif
