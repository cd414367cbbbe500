// test_ahead.cc: the tests of a query whose records are elsewhere (text_test.hh).
#include "text_test.hh"

namespace opcit
{

namespace
{

using Xapian::Query;

// Records that are fetched for one test. What is cut is said.
constexpr size_t MOST_TESTED = 20000;

Query within_file(uint32_t number, const std::vector<uint32_t> &seqs)
{
	// No kind stands between two digits, but Xapian guesses how many records have one from
	// how wide the range is. What it takes for few it reads from end to end, and asks the
	// rest: the places are to be asked, of the records of their document alone.
	std::vector<Query> runs{ Query(Query::OP_VALUE_RANGE, SLOT_KIND, std::string("2\1"), std::string("2~")) };

	for (size_t from = 0, to; from < seqs.size(); from = to) {
		for (to = from + 1; to < seqs.size() && seqs[to] == seqs[to - 1] + 1;)
			to++;
		runs.push_back(Query(Query::OP_VALUE_RANGE, SLOT_PLACE, number_bytes(number) + number_bytes(seqs[from]),
				     number_bytes(number) + number_bytes(seqs[to - 1])));
	}
	return Query(Query::OP_OR, runs.begin(), runs.end());
}

} // namespace

// The document's name keeps a part from looking at the places of all its records.
Query just(opcit_index &index, const Places &places)
{
	std::vector<Query> files;

	for (const auto &file : places) {
		Query query = within_file(file.first / static_cast<uint32_t>(index.parts.size()), file.second);
		Arena scratch;
		opcit_entry entry;

		if (index.load_entry(file.first, scratch, entry) && entry.doc.id.len)
			query = Query(Query::OP_AND, Query(key_term(BY_NAME, entry.doc.id)), query);
		files.push_back(query);
	}
	return Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, files.begin(), files.end()), 0);
}

Query Tests::passed(const Query &words, TextTest &test)
{
	Query all = words.empty() ? Query::MatchAll : words;
	Matches candidates = in_order(index, Query(Query::OP_FILTER, within, all), MOST_TESTED);
	Places yes, no;
	size_t n_yes = 0;

	for (const Match &match : candidates.all) {
		std::string data = index.data_of(match.id);
		uint32_t number;
		bool holds = test.holds(stored_record(data, number));
		uint32_t seq = 0;

		bytes_number(match.place, 4, seq);
		(holds ? yes : no)[index.file_of(match)].push_back(seq);
		n_yes += holds;
	}
	if (candidates.more)
		index.say("only the first %zu records that may match were looked at: the answer may lack some",
			  MOST_TESTED);
	if (yes.empty())
		return Query();
	if (no.empty() && !candidates.more)
		return all;
	if (!candidates.more && n_yes > candidates.all.size() / 2)
		return Query(Query::OP_AND_NOT, all, just(index, no));
	return Query(Query::OP_FILTER, all, just(index, yes));
}

} // namespace opcit
