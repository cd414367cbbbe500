// match_set.hh: every record that matches a query, as one bit for each entry.
#ifndef OPCIT_MATCH_SET_HH
#define OPCIT_MATCH_SET_HH

#include <algorithm>
#include <vector>

#include "open_index.hh"

namespace opcit
{

struct MatchSet {
	std::vector<Xapian::docid> ids; // ascending
	std::vector<bool> bits;         // by entry number

	MatchSet(opcit_index &index, const opcit_query &query)
	    : bits(static_cast<size_t>(index.db.get_lastdocid()) + 1)
	{
		Xapian::Enquire enquire(index.db);

		enquire.set_query(build_query(index, query));
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		enquire.set_docid_order(Xapian::Enquire::ASCENDING);
		Xapian::MSet found = enquire.get_mset(0, index.db.get_doccount());

		ids.reserve(found.size());
		for (auto it = found.begin(); it != found.end(); ++it)
			ids.push_back(*it);
		// BoolWeight ties all, except for what carries a weight of its own.
		std::sort(ids.begin(), ids.end());
		for (Xapian::docid id : ids)
			bits[id] = true;
	}

	// How many records with that term match; *first (may be null) gets one of them.
	size_t count(opcit_index &index, const std::string &term, Xapian::docid *first) const
	{
		auto end = index.db.postlist_end(term);
		size_t n = 0;

		for (auto it = index.db.postlist_begin(term); it != end; ++it) {
			if (!bits[*it])
				continue;
			if (first && n == 0)
				*first = *it;
			n++;
		}
		return n;
	}
};

} // namespace opcit
#endif
