// vocabulary.hh: the words of the index, as far as its terms tell them.
#ifndef OPCIT_VOCABULARY_HH
#define OPCIT_VOCABULARY_HH

#include <string>
#include <vector>

#include "open_index.hh"
#include "wildcard.h"

namespace opcit
{

// The stems by which a word with stars is looked up, the most frequent
// OPCIT_WILDCARD_TERMS of them.
struct WildTerms {
	std::vector<std::string> sure; // all their words match
	std::vector<std::string> open; // some may: the text decides
	size_t found = 0;              // how many there were
};
WildTerms wild_terms(opcit_index &index, const opcit_wildcard &wildcard);

} // namespace opcit
#endif
