// any_name.hh: the records that say any of several names.
#ifndef OPCIT_ANY_NAME_HH
#define OPCIT_ANY_NAME_HH

#include <map>
#include <string>
#include <vector>

#include "open_index.hh"

namespace opcit
{

// A word of a name by all its stems, and how many records hold them.
struct NameWord {
	Xapian::Query query;
	double records;
};

// The words of a name, in whatever order, by what tells them apart.
using NameWords = std::map<std::string, NameWord>;

// Queries that together find the records with all words of any of the names. A word
// that several of them have is gone through once: "juvenile detention, detention of
// children, detained children" are "detention" with "juvenile" or "children", or the
// last. A name that holds all the words of another finds nothing more.
std::vector<Xapian::Query> any_name(std::vector<NameWords> names);

} // namespace opcit
#endif
