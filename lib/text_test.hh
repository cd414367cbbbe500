// text_test.hh: what no term of the index decides is looked for in the records
// themselves: phrases, words near each other, words as printed, words of one
// heading.
#ifndef OPCIT_TEXT_TEST_HH
#define OPCIT_TEXT_TEST_HH

#include <map>
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
};

// Places in files of the index, in order: by file number, seqs.
using Places = std::map<uint32_t, std::vector<uint32_t>>;
// Just those records, of an index of several parts; without weight.
Xapian::Query just(opcit_index &index, const Places &places);

// A query that asks tests. In an index on this machine Xapian asks them while it
// matches. A shard's server has no test: there the records that may match are found
// first, by all else that the query asks for, and tested here; the query then names
// those that passed. So it is built twice: begun, then narrowed and built again.
class Tests
{
	opcit_index &index;
	Xapian::Query within;
	size_t asked = 0;
	bool first = true;

	Xapian::Query passed(const Xapian::Query &words, TextTest &test);

      public:
	explicit Tests(opcit_index &opened) : index(opened)
	{
	}
	// The records that match `words` (an empty query: all) for which the test holds;
	// the first time, where it cannot be asked yet, those that match the words.
	Xapian::Query held(const Xapian::Query &words, std::shared_ptr<TextTest> test);
	// How many tests have not been asked yet.
	size_t open() const
	{
		return first ? asked : 0;
	}
	void narrow(const Xapian::Query &query)
	{
		within = query;
		first = false;
	}
};

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
