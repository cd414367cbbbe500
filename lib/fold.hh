// fold.hh: the same clause in ten yearly resolutions is one answer.
#ifndef OPCIT_FOLD_HH
#define OPCIT_FOLD_HH

#include <vector>

#include "score.hh"

namespace opcit
{

// Candidates that are one answer, as places in the list that they came in.
struct Group {
	size_t shown;
	double score;                 // of the best of them
	std::vector<size_t> older;    // in other documents, that say nearly the same, newest first
	std::vector<size_t> versions; // the same record in other languages, the best first
};

// Put the best `limit` groups together from candidates that are in order, each
// group where its best one stands. Headings and the like stay by themselves, and so do
// candidates beyond the first 2,000: who wants them all wants no answers, but a list.
// Cost: a few milliseconds for 200 candidates.
std::vector<Group> fold(opcit_index &index, const std::vector<Candidate> &all, size_t limit);

} // namespace opcit
#endif
