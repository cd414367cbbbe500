// halves.hh: a large index searched by two threads at once, one half of its records
// each, and a smaller one by a process that goes on asking. Both weigh by the whole index,
// so the answer is the same. A process that searches so keeps up to 16 MB of what a question
// gave back for the next (mallopt).
#ifndef OPCIT_HALVES_HH
#define OPCIT_HALVES_HH

#include <xapian.h>

#include <memory>
#include <vector>

struct opcit_index;

namespace opcit
{

class Halves
{
	std::unique_ptr<opcit_index> second; // an index is for one thread
	size_t searches = 0;

      public:
	Halves();
	~Halves();

	// The same state of the index opened once more, for a second thread, which hears the
	// question in the same language. NULL where that is not worth while, or a writer
	// came between. It is good until this is asked again.
	opcit_index *other(const opcit_index &first);

	// Ask for the best `limit` of a query by a weighting scheme: one answer for each half.
	// None where there is no other, or what is asked has tests of our own.
	std::vector<Xapian::MSet> search(const opcit_index &first, const Xapian::Query &query,
					 const Xapian::Weight &weight, Xapian::doccount limit);
};

} // namespace opcit
#endif
