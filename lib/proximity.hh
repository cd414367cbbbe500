// proximity.hh: do a query's neighbouring words stand together in a text?
// "access to justice" asked for without quotation marks should find that
// before a long paragraph that grants access here and speaks of justice there.
#ifndef OPCIT_PROXIMITY_HH
#define OPCIT_PROXIMITY_HH

#include <string>
#include <vector>

#include "open_index.hh"

namespace opcit
{

class Proximity
{
	opcit_index &index;
	std::vector<std::vector<std::string>> words; // each by its stem in every language
	std::vector<uint32_t> seen;                  // where each stood last in the text
	std::vector<bool> met;                       // each pair of neighbours

	void collect(const opcit_query &query);
	void add(opcit_str text);
	bool is_stop(opcit_str word) const;
	bool is_word(size_t i, opcit_str word);
	void note(size_t i, uint32_t at);

      public:
	Proximity(opcit_index &opened, const opcit_query &query) : index(opened)
	{
		collect(query);
	}

	// The share of the query's pairs of neighbouring words, stop words left
	// out, that stand within two words of each other somewhere in the text:
	// 0 to 1, and 0 for a query of one word.
	double share(opcit_str text);
};

} // namespace opcit
#endif
