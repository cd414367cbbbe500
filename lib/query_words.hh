// query_words.hh: what is typed in words, as queries of Xapian's.
#ifndef OPCIT_QUERY_WORDS_HH
#define OPCIT_QUERY_WORDS_HH

#include "text_test.hh"

namespace opcit
{

// Those of one index, which must outlive it, as the tests must. A query is empty where there is
// nothing to ask for.
class WordQueries
{
	opcit_index &index;
	Tests &tests;

	Xapian::Query any_of(const std::vector<std::string> &stems, const char *prefix);
	Xapian::Query in_fields(opcit_str word, bool required);
	bool heads_many(const std::vector<std::string> &stems);
	Xapian::Query word_in_text(opcit_str text);
	Xapian::Query words_of_phrase(opcit_str text);
	bool near_unit(const opcit_query &query, Xapian::Query &unit);

      public:
	WordQueries(opcit_index &opened, Tests &asked) : index(opened), tests(asked)
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
