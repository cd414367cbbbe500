// found.cc: see found.hh.
#include "found.hh"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "open_index.hh"

namespace opcit
{

namespace
{

// Each part adds the weights of a record's words in an order of its own, and the
// last bits of the sum tell which: they decide nothing.
double rounded(double weight)
{
	constexpr int BITS = 30;
	int exponent;
	double fraction = std::frexp(weight, &exponent);

	return std::ldexp(std::round(std::ldexp(fraction, BITS)), exponent - BITS);
}

Xapian::Enquire boolean(opcit_index &index, const Xapian::Query &query)
{
	Xapian::Enquire enquire(index.db);

	enquire.set_query(query);
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	return enquire;
}

Matches read(opcit_index &index, const Xapian::MSet &set)
{
	Matches found;

	found.all.reserve(set.size());
	found.total = set.get_matches_estimated();
	for (auto it = set.begin(); it != set.end(); ++it)
		found.all.push_back({ *it, rounded(it.get_weight()), index.alone ? "" : it.get_sort_key() });
	return found;
}

void add(Matches &to, const Matches &more)
{
	to.all.insert(to.all.end(), more.all.begin(), more.all.end());
	to.total += more.total;
}

void cut(Matches &found, size_t limit)
{
	found.more = found.all.size() > limit;
	if (found.more)
		found.all.resize(limit);
}

bool better(const Match &a, const Match &b)
{
	return a.weight != b.weight ? a.weight > b.weight : a.place != b.place ? a.place < b.place : a.id < b.id;
}

Xapian::doccount at_most(opcit_index &index, size_t n)
{
	return static_cast<Xapian::doccount>(std::min<size_t>(n, index.db.get_doccount()));
}

} // namespace

Matches first_of(opcit_index &index, const Xapian::Enquire &enquire, size_t limit)
{
	return read(index, enquire.get_mset(0, at_most(index, limit)));
}

// So few weigh the same that what would come next settles which are in.
static Xapian::doccount with_margin(opcit_index &index, size_t limit)
{
	constexpr size_t MARGIN = 32;

	return at_most(index, std::min(limit, ALL - MARGIN) + MARGIN);
}

Matches best_of(opcit_index &index, const Xapian::Query &query, const Xapian::Weight &weight, size_t limit)
{
	std::vector<Xapian::MSet> halves = index.halves.search(index, query, weight, with_margin(index, limit));
	Matches found;

	if (halves.empty()) {
		Xapian::Enquire enquire(index.db);

		enquire.set_query(query);
		enquire.set_weighting_scheme(weight);
		return best_of(index, enquire, limit);
	}
	for (const Xapian::MSet &half : halves)
		add(found, read(index, half));
	std::sort(found.all.begin(), found.all.end(), better);
	cut(found, limit);
	return found;
}

Matches best_of(opcit_index &index, Xapian::Enquire &enquire, size_t limit)
{
	Xapian::doccount all = index.db.get_doccount(), ask = with_margin(index, limit);

	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	if (!index.alone)
		enquire.set_sort_by_relevance_then_value(SLOT_PLACE, false);
	for (;; ask = at_most(index, 4 * static_cast<size_t>(ask))) {
		Matches found = read(index, enquire.get_mset(0, ask));
		bool settled = index.alone || found.all.size() < ask || ask == all || limit == 0 ||
			       found.all.back().weight < found.all[limit - 1].weight || found.all.back().weight == 0;

		if (!settled)
			continue;
		std::sort(found.all.begin(), found.all.end(), better);
		cut(found, limit);
		return found;
	}
}

Matches in_order(opcit_index &index, const Xapian::Query &query, size_t limit)
{
	Xapian::Enquire enquire = boolean(index, query);
	Xapian::doccount all = index.db.get_doccount();

	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	enquire.set_sort_by_value(SLOT_PLACE, false);
	Matches found = read(index, enquire.get_mset(0, at_most(index, std::min(limit, ALL - 1) + 1), all));

	// What carries a weight of its own has none here.
	for (Match &match : found.all)
		match.weight = 0;
	std::sort(found.all.begin(), found.all.end(), better);
	cut(found, limit);
	return found;
}

std::vector<Xapian::docid> ids_of(opcit_index &index, const Xapian::Query &query)
{
	Xapian::Enquire enquire = boolean(index, query);
	std::vector<Xapian::docid> ids;

	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	Xapian::MSet set = enquire.get_mset(0, index.db.get_doccount());

	ids.reserve(set.size());
	for (auto it = set.begin(); it != set.end(); ++it)
		ids.push_back(*it);
	// All weigh the same, except for what carries a weight of its own.
	std::sort(ids.begin(), ids.end());
	return ids;
}

// All that are later than the last of them, and of its date as many as are wanting.
Matches newest_of(opcit_index &index, const Xapian::Query &query, size_t limit)
{
	Xapian::Enquire enquire = boolean(index, query);
	std::unordered_map<Xapian::docid, std::string> dates;
	Xapian::doccount all = index.db.get_doccount();

	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	enquire.set_sort_by_value(SLOT_DATE, true);
	if (index.alone)
		return first_of(index, enquire, limit);
	Xapian::MSet set = enquire.get_mset(0, at_most(index, limit), all);
	std::string last;

	for (auto it = set.begin(); it != set.end(); ++it)
		dates[*it] = last = it.get_sort_key();
	if (set.empty())
		return Matches();
	Xapian::Query later(Xapian::Query::OP_FILTER, query,
			    Xapian::Query(Xapian::Query::OP_VALUE_GE, SLOT_DATE, last + std::string(1, '\0')));
	Xapian::Query dated(Xapian::Query::OP_VALUE_GE, SLOT_DATE, std::string("0"));
	Xapian::Query same = last.empty() ? Xapian::Query(Xapian::Query::OP_AND_NOT, query, dated)
					  : Xapian::Query(Xapian::Query::OP_FILTER, query,
							  Xapian::Query(Xapian::Query::OP_VALUE_RANGE, SLOT_DATE, last, last));
	Matches found = in_order(index, last.empty() ? Xapian::Query(Xapian::Query::OP_FILTER, query, dated) : later, limit);
	std::stable_sort(found.all.begin(), found.all.end(),
			 [&](const Match &a, const Match &b) { return dates[a.id] > dates[b.id]; });

	Matches rest = in_order(index, same, limit - std::min(limit, found.all.size()));

	found.all.insert(found.all.end(), rest.all.begin(), rest.all.end());
	found.total = set.get_matches_estimated();
	found.more = rest.more;
	return found;
}

bool finds_any(opcit_index &index, const Xapian::Query &query)
{
	return !boolean(index, query).get_mset(0, 1).empty();
}

size_t count_of(opcit_index &index, const Xapian::Query &query)
{
	return boolean(index, query).get_mset(0, 0, index.db.get_doccount()).get_matches_estimated();
}

Xapian::docid first_with(opcit_index &index, const std::string &term)
{
	if (index.alone) {
		auto it = index.db.postlist_begin(term);

		return it == index.db.postlist_end(term) ? 0 : *it;
	}
	Matches found = in_order(index, Xapian::Query(term), 1);

	return found.all.empty() ? 0 : found.all[0].id;
}

} // namespace opcit
