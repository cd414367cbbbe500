// match_set.hh: every record that matches a query, as one bit for each entry.
#ifndef OPCIT_MATCH_SET_HH
#define OPCIT_MATCH_SET_HH

#include <unordered_set>
#include <vector>

#include "open_index.hh"

namespace opcit
{

// Where a part is elsewhere, lists of records stay there: each count is a question.
class MatchSet
{
	opcit_index &index;
	Xapian::Query query, loose; // the same but for what tests decide; empty where nothing does
	std::vector<bool> bits;          // by entry number
	std::vector<uint32_t> order;     // the same in an index of several parts: which in order, from 1
	std::unordered_set<Xapian::docid> tested; // the entries, where tests decided
	std::vector<Xapian::docid> list; // of the entries, in order; read when it is asked for
	bool listed = false;

	size_t count_tested(const Xapian::Query &terms, Xapian::docid *first) const;
	size_t count_afar(const Xapian::Query &terms, Xapian::docid *first) const;

      public:
	MatchSet(opcit_index &opened, const opcit_query &asked);

	size_t size();
	const std::vector<Xapian::docid> &ids();

	// How many records with any of the terms match; *first (may be null) gets the
	// first of them.
	size_t count(const std::vector<std::string> &terms, Xapian::docid *first) const;
};

} // namespace opcit
#endif
