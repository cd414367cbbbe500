// text_test.hh: what no term of the index decides is looked for in the records
// themselves: phrases, words near each other, words as printed, words of one
// heading.
#ifndef OPCIT_TEXT_TEST_HH
#define OPCIT_TEXT_TEST_HH

#include <memory>
#include <string>
#include <vector>

#include "open_index.hh"
#include "wildcard.h"

namespace opcit
{

// A question to one record.
class TextTest
{
      public:
	virtual ~TextTest() = default;
	// `record` is as encoded.
	virtual bool holds(opcit_str record) = 0;
	// Has it asked enough? Then no more records are read, and none holds.
	virtual bool over() const
	{
		return false;
	}
};

// The records for which the test holds. It asks all records: put it beside
// what narrows them down (OP_FILTER), and it is only asked about those.
Xapian::Query tested(std::shared_ptr<TextTest> test);

// A word in all its forms, in each language of the index.
class WordForms
{
	std::string folded;
	std::vector<std::pair<opcit_stemmer *, std::string>> stems;

      public:
	// `word` is folded.
	WordForms(opcit_index &index, opcit_str word);
	bool matches(opcit_str word) const;
};

// The words stand one after the other, exactly.
std::shared_ptr<TextTest> phrase_test(opcit_str words);
// A word stands there that the pattern matches.
std::shared_ptr<TextTest> wildcard_test(const opcit_wildcard &wildcard);
// One of the headings above the record holds all words, in all their forms.
std::shared_ptr<TextTest> heading_test(opcit_index &index, opcit_str words);
// The subs of an OPCIT_QUERY_NEAR stand near each other.
std::shared_ptr<TextTest> near_test(opcit_index &index, const opcit_query &query);

} // namespace opcit
#endif
