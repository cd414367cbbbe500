// alike.cc: candidates for what says the same. (Xapian's elite set would
// choose its words anew in each part of a database, and after weighting.)
#include "alike.h"

#include <algorithm>
#include <set>

#include "open_index.hh"
#include "weights.h"

namespace
{

// Two texts that are mostly the same share some of the rarest words.
constexpr size_t RAREST = 24;

// The rarest words of a text that some other record has too.
std::vector<Xapian::Query> rarest(opcit_index &index, opcit_str text, opcit_str lang)
{
	opcit_stemmer *stems = index.stemmer(std::string(lang.ptr ? lang.ptr : "", lang.len));
	std::vector<std::pair<Xapian::doccount, std::string>> words;
	std::set<std::string> seen;
	std::vector<std::string> found;
	std::vector<Xapian::Query> terms;
	opcit_tokens tokens;
	opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.bound || opcit_stop_word(token.word, lang))
			continue;
		opcit_str stem = opcit_stem(stems, token.word);
		std::string term(stem.ptr, stem.len);

		if (!seen.insert(term).second)
			continue;
		found.push_back(term);
	}
	index.ask_ahead(found);
	for (const std::string &term : found) {
		Xapian::doccount records = index.records_with(term);

		if (records > 1)
			words.emplace_back(records, term);
	}
	std::sort(words.begin(), words.end());
	if (words.size() > RAREST)
		words.resize(RAREST);
	for (const auto &word : words)
		terms.push_back(Xapian::Query(word.second));
	return terms;
}

} // namespace

extern "C" opcit_status opcit_index_alike(struct opcit_index *index, struct opcit_str text,
					  struct opcit_str lang, const struct opcit_query *filter,
					  size_t limit, struct opcit_arena *arena,
					  struct opcit_results *results, struct opcit_err *err)
{
	*results = {};
	return index->read(err, [&] {
		std::vector<Xapian::Query> terms = rarest(*index, text, lang);
		Xapian::Query query(Xapian::Query::OP_OR, terms.begin(), terms.end());

		if (filter)
			query = Xapian::Query(Xapian::Query::OP_FILTER, query,
					      opcit::build_query(*index, *filter));
		Xapian::BM25Weight weight(OPCIT_BM25_K1, 0, 1, OPCIT_BM25_B, OPCIT_BM25_SHORTEST);
		*results = {};
		index->load_hits(opcit::best_of(*index, query, weight, limit), arena, *results);
		return OPCIT_OK;
	});
}
