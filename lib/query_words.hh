// query_words.hh: what is typed in words, as queries of Xapian's.
#ifndef OPCIT_QUERY_WORDS_HH
#define OPCIT_QUERY_WORDS_HH

#include "open_index.hh"

namespace opcit
{

// Those of one index, which must outlive it. A query is empty where there is
// nothing to ask for.
class WordQueries
{
	opcit_index &index;

	Xapian::Query any_of(const std::vector<std::string> &stems, const char *prefix);
	Xapian::Query in_fields(opcit_str word);
	Xapian::Query word_in_text(opcit_str text);
	Xapian::Query words_of_phrase(opcit_str text);
	bool near_unit(const opcit_query &query, Xapian::Query &unit);

      public:
	explicit WordQueries(opcit_index &opened) : index(opened)
	{
	}

	std::vector<std::string> stems_of(opcit_str word);
	Xapian::Query word(opcit_str text, bool required);
	Xapian::Query phrase(opcit_str text);
	Xapian::Query wild(opcit_str text);
	Xapian::Query near(const opcit_query &query);
	std::vector<Xapian::Query> field_words(opcit_str text, const char *prefix);
};

} // namespace opcit
#endif
