// match_set.cc: see match_set.hh.
#include "match_set.hh"

namespace opcit
{

MatchSet::MatchSet(opcit_index &opened, const opcit_query &asked) : index(opened), query(build_query(opened, asked))
{
	if (index.remote) {
		loose = build_loosely(index, asked);
		if (!loose.empty())
			tested.insert(ids().begin(), ids().end());
		return;
	}
	ids();
	bits.resize(static_cast<size_t>(index.db.get_lastdocid()) + 1);
	for (Xapian::docid id : list)
		bits[id] = true;
	if (index.alone)
		return;
	order.resize(bits.size());
	for (size_t i = 0; i < list.size(); i++)
		order[list[i]] = static_cast<uint32_t>(i + 1);
}

const std::vector<Xapian::docid> &MatchSet::ids()
{
	if (listed)
		return list;
	if (index.alone)
		list = ids_of(index, query);
	else
		for (const Match &match : in_order(index, query, ALL).all)
			list.push_back(match.id);
	listed = true;
	return list;
}

size_t MatchSet::size()
{
	return listed ? list.size() : count_of(index, query);
}

// A query with the answers of tests is slow to ask again and again: what may match is
// found without them, and held against what does.
size_t MatchSet::count_tested(const Xapian::Query &terms, Xapian::docid *first) const
{
	Matches found = in_order(index, Xapian::Query(Xapian::Query::OP_FILTER, loose, terms), ALL);
	size_t n = 0;

	for (const Match &match : found.all)
		if (tested.count(match.id) && n++ == 0 && first)
			*first = match.id;
	return n;
}

size_t MatchSet::count_afar(const Xapian::Query &terms, Xapian::docid *first) const
{
	if (!loose.empty())
		return count_tested(terms, first);
	Xapian::Query both(Xapian::Query::OP_FILTER, query, terms);
	Matches found;

	if (!first)
		return count_of(index, both);
	found = in_order(index, both, 1);
	if (!found.all.empty())
		*first = found.all[0].id;
	return found.total;
}

size_t MatchSet::count(const std::vector<std::string> &terms, Xapian::docid *first) const
{
	std::vector<bool> counted(terms.size() > 1 ? bits.size() : 0);
	size_t n = 0;

	if (index.remote)
		return count_afar(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()), first);
	for (const std::string &term : terms) {
		auto end = index.db.postlist_end(term);

		for (auto it = index.db.postlist_begin(term); it != end; ++it) {
			if (!bits[*it] || (terms.size() > 1 && counted[*it]))
				continue;
			if (terms.size() > 1)
				counted[*it] = true;
			if (first && (n == 0 || (!order.empty() && order[*it] < order[*first])))
				*first = *it;
			n++;
		}
	}
	return n;
}

} // namespace opcit
