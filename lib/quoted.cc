// quoted.cc: see quoted.h.
#include "quoted.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "open_index.hh"
#include "text_test.hh"

namespace
{

// Whether a record may hold a phrase is settled by its rarest words; some of the
// others can be wrong where a text is only nearly the same.
constexpr size_t RAREST = 12;
constexpr size_t PHRASE_WORDS = 50;
// Entries of the lists that are read for what is nearly the same. The rarest
// words come first, so what is left out would tell least.
constexpr Xapian::doccount ENTRIES = 60000;
constexpr size_t LEAST_WORDS = 4;
// Of the rarity of all the words, how much a record must share.
constexpr double SHARE = 0.45;

// One word in the languages of the index, or a compound in all its spellings.
struct Word {
	Xapian::Query query;
	Xapian::doccount records; // at most

	bool operator<(const Word &other) const
	{
		return records < other.records;
	}
};

class Reader
{
	opcit_index &index;
	std::set<std::string> seen;
	std::vector<Word> found;

	bool ignored(opcit_str word)
	{
		return std::any_of(index.langs.begin(), index.langs.end(), [&](const std::string &lang) {
			return opcit_stop_word(word, opcit::borrow(lang));
		});
	}

	Word read(opcit_str word)
	{
		std::set<std::string> stems;
		std::vector<Xapian::Query> terms;
		Xapian::doccount records = 0;

		for (const std::string &lang : index.langs) {
			opcit_str stem = opcit_stem(index.stemmer(lang), word);

			stems.emplace(stem.ptr, stem.len);
		}
		for (const std::string &stem : stems) {
			Xapian::doccount n = index.records_with(stem);

			if (n)
				terms.emplace_back(stem);
			records += n;
		}
		return { opcit::synonym(index, terms), records };
	}

	void add(const std::string &folded)
	{
		if (!folded.empty() && !ignored(opcit::borrow(folded)) && seen.insert(folded).second)
			found.push_back(read(opcit::borrow(folded)));
	}

	// "policy-makers", which is "policymakers" elsewhere.
	void add_compound(const std::string &joined, const std::vector<std::string> &parts)
	{
		if (!seen.insert(joined).second)
			return;
		Word whole = read(opcit::borrow(joined));
		std::vector<Xapian::Query> all;
		Xapian::doccount least = index.db.get_doccount();

		for (const std::string &part : parts) {
			if (ignored(opcit::borrow(part)))
				continue;
			Word word = read(opcit::borrow(part));

			all.push_back(word.query);
			least = std::min(least, word.records);
		}
		if (!all.empty()) {
			whole.query = Xapian::Query(Xapian::Query::OP_OR, whole.query,
						    Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end()));
			whole.records += least;
		}
		found.push_back(whole);
	}

      public:
	size_t end = 0; // of the words that were read, in bytes

	explicit Reader(opcit_index &opened) : index(opened)
	{
	}

	// The words of the text, the rarest first.
	std::vector<Word> words(opcit_str text)
	{
		std::string joined;
		std::vector<std::string> parts;
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			std::string folded(token.word.ptr, token.word.len);

			if (token.part && !token.spaceless) {
				if (!token.bound)
					parts.push_back(folded);
				continue;
			}
			if (!joined.empty())
				add_compound(joined, parts);
			joined.clear();
			parts.clear();
			if (token.pos + token.span > PHRASE_WORDS)
				break;
			end = token.end;
			if (token.span > 1 && !token.spaceless)
				joined = folded;
			else
				add(folded);
		}
		if (!joined.empty())
			add_compound(joined, parts);
		std::stable_sort(found.begin(), found.end());
		return found;
	}
};

// Words that all are common stand together in many records, and only the text
// tells which has them in order. Twenty microseconds each.
constexpr size_t TEXTS = 400;

// What shares most of the rarity of the words; *least is what it must share.
Xapian::Query nearly(opcit_index &index, const std::vector<Word> &words, double &least)
{
	std::vector<Xapian::Query> queries;
	Xapian::doccount entries = 0;

	least = 0;
	for (const Word &word : words) {
		if (word.records == 0)
			continue;
		if (queries.size() == RAREST || (queries.size() >= LEAST_WORDS && entries + word.records > ENTRIES))
			break;
		entries += word.records;
		least += std::log(static_cast<double>(index.db.get_doccount()) / word.records);
		queries.push_back(word.query);
	}
	least *= SHARE;
	return Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end());
}

// All the words, wherever they stand.
Xapian::Query all_of(const std::vector<Word> &words)
{
	std::vector<Xapian::Query> queries;

	if (words.empty() || words[0].records == 0)
		return Xapian::Query();
	for (const Word &word : words)
		if (queries.size() < RAREST)
			queries.push_back(word.query);
	return Xapian::Query(Xapian::Query::OP_AND, queries.begin(), queries.end());
}

// Of these the first `limit` in which they stand one after the other.
opcit::Matches exactly(opcit_index &index, const Xapian::Query &all, opcit_str phrase, size_t limit, bool &cut)
{
	std::shared_ptr<opcit::TextTest> test = opcit::phrase_test(phrase);
	Xapian::Enquire enquire(index.db);
	opcit::Matches candidates, found;
	size_t asked = 0;

	enquire.set_query(all);
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	candidates = index.alone ? opcit::first_of(index, enquire, TEXTS) : opcit::in_order(index, all, TEXTS);

	for (const opcit::Match &match : candidates.all) {
		if (found.all.size() == limit)
			break;
		std::string data = index.data_of(match.id);
		uint32_t number;

		asked++;
		if (test->holds(opcit::stored_record(data, number)))
			found.all.push_back(match);
	}
	cut = asked == TEXTS;
	found.total = found.all.size();
	return found;
}

} // namespace

extern "C" opcit_status opcit_index_quoted(struct opcit_index *index, const struct opcit_quoted *asked,
					   size_t limit, struct opcit_arena *arena,
					   struct opcit_results *results, struct opcit_err *err)
{
	*results = {};
	return index->read(err, [&] {
		Reader reader(*index);
		std::vector<Word> words = reader.words(asked->words);
		Xapian::Enquire enquire(index->db);
		double least = 0;
		Xapian::Query query = asked->nearly ? nearly(*index, words, least) : all_of(words);

		*results = {};
		if (query.empty())
			return OPCIT_OK;
		if (asked->document.len)
			query = Xapian::Query(Xapian::Query::OP_FILTER, query,
					      Xapian::Query(opcit::key_term(opcit::BY_NAME, asked->document)));
		if (!asked->nearly) {
			bool cut = false;

			index->load_hits(exactly(*index, query, opcit_str_sub(asked->words, 0, reader.end), limit, cut),
					 arena, *results);
			results->cut = cut;
			return OPCIT_OK;
		}
		enquire.set_query(query);
		enquire.set_weighting_scheme(Xapian::TfIdfWeight("btn"));
		if (!asked->document.len)
			enquire.set_cutoff(0, least);
		index->load_hits(opcit::best_of(*index, enquire, limit), arena, *results);
		return OPCIT_OK;
	});
}
