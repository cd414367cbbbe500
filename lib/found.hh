// found.hh: what a query finds, in the one order of records: by relevance where
// the query has any, then by file and place, whatever the parts of the index.
#ifndef OPCIT_FOUND_HH
#define OPCIT_FOUND_HH

#include <xapian.h>

#include <cstddef>
#include <string>
#include <vector>

struct opcit_index;

namespace opcit
{

struct Match {
	Xapian::docid id;
	double weight;
	std::string place; // number_bytes of its file in its part, and of its seq; empty in an index of one part
};

struct Matches {
	std::vector<Match> all;
	size_t total = 0; // an estimate of how many there are
	bool more = false; // there are, besides those
};

constexpr size_t ALL = static_cast<size_t>(-1);

// The best `limit` of what an Enquire with a query and a weighting scheme finds;
// what weighs the same in the order of the index.
Matches best_of(opcit_index &index, Xapian::Enquire &enquire, size_t limit);
// The same of a query and a weighting scheme: faster where the index is large.
Matches best_of(opcit_index &index, const Xapian::Query &query, const Xapian::Weight &weight, size_t limit);
// What an Enquire finds, in the order that it has itself: in an index of one part.
Matches first_of(opcit_index &index, const Xapian::Enquire &enquire, size_t limit);
// Every entry that a query finds, by number: the order of an index of one part.
std::vector<Xapian::docid> ids_of(opcit_index &index, const Xapian::Query &query);
// The first `limit` records that a query finds in an index of several parts, in order.
Matches in_order(opcit_index &index, const Xapian::Query &query, size_t limit);
// The same, those of the latest date first.
Matches newest_of(opcit_index &index, const Xapian::Query &query, size_t limit);
// Whether a query finds a record.
bool finds_any(opcit_index &index, const Xapian::Query &query);
// How many records a query finds, exactly.
size_t count_of(opcit_index &index, const Xapian::Query &query);
// The first record with a term, which some record has.
Xapian::docid first_with(opcit_index &index, const std::string &term);

// Any of them as one word, of weight as Xapian's OP_SYNONYM. It guesses how many
// records hold one of three or more from how many hold each, two at a time, in an
// order that its part of the index gives: here all parts have that of the whole.
Xapian::Query synonym(opcit_index &index, const std::vector<Xapian::Query> &queries);

} // namespace opcit
#endif
