// halves.hh: a large index searched by two threads at once, one half of its records
// each. Both weigh by the whole index, so the answer is the same.
#ifndef OPCIT_HALVES_HH
#define OPCIT_HALVES_HH

#include <xapian.h>

#include <functional>
#include <memory>
#include <vector>

namespace opcit
{

class Halves
{
	std::unique_ptr<Xapian::Database> second; // Xapian's objects are for one thread each

	bool open(const Xapian::Database &first, const std::string &folder);

      public:
	// Ask for the best `limit` of a query by a weighting scheme, of the index `first` in a
	// folder: one answer for each half. None where it is not worth while, or cannot
	// be: what is asked has tests of our own, or a writer came between.
	std::vector<Xapian::MSet> search(const Xapian::Database &first, const std::string &folder,
					 const Xapian::Query &query, const Xapian::Weight &weight,
					 Xapian::doccount limit);
};

} // namespace opcit
#endif
