// query_words.cc: words, phrases, words with stars and words near each other as
// queries of Xapian's.
#include "query_words.hh"

#include <algorithm>

#include "query_field.hh"
#include "vocabulary.hh"
#include "weights.h"

namespace opcit
{

using Xapian::Query;

// A folded word's stems in the languages of the index; empty for a stop word.
std::vector<std::string> WordQueries::stems_of(opcit_str word)
{
	std::vector<std::string> stems;

	for (const std::string &lang : index.langs) {
		if (opcit_stop_word(word, borrow(lang)))
			continue;
		opcit_str stem = opcit_stem(index.stemmer(lang), word);
		std::string term(stem.ptr, stem.len);

		if (std::find(stems.begin(), stems.end(), term) == stems.end())
			stems.push_back(term);
	}
	return stems;
}

// One word, whatever its stems: Xapian takes them for one term. (The best of
// them would do as well, but OP_MAX crashes in Xapian 1.4.22.)
// Stems that no record has are left out: there are many languages.
Query WordQueries::any_of(const std::vector<std::string> &stems, const char *prefix)
{
	std::vector<Query> terms;

	for (const std::string &stem : stems)
		if (terms.empty() || index.holds(prefix + stem))
			terms.push_back(Query(prefix + stem));
	if (terms.size() < 2)
		return terms.empty() ? Query() : terms[0];
	return synonym(index, terms);
}

// Is it in the headings or the titles of very many records?
bool WordQueries::heads_many(const std::vector<std::string> &stems)
{
	constexpr Xapian::doccount MANY = 20000;

	return std::any_of(stems.begin(), stems.end(), [&](const std::string &stem) {
		return index.records_with(IN_SECTION + stem) + index.records_with(IN_TITLE + stem) > MANY;
	});
}

// A word in the text and in the fields with words, by all its stems. Headings and
// titles of very many records tell little, take long to go through, and count
// when the first are looked at once more: they are left out where they may be.
Query WordQueries::in_fields(opcit_str word, bool required)
{
	std::vector<std::string> stems = stems_of(word);

	if (stems.empty())
		return Query();
	if (!required && heads_many(stems))
		return any_of(stems, "");
	Query fields[] = {
		any_of(stems, ""),
		Query(Query::OP_SCALE_WEIGHT, any_of(stems, IN_SECTION), OPCIT_WEIGHT_SECTION),
		Query(Query::OP_SCALE_WEIGHT, any_of(stems, IN_TITLE), OPCIT_WEIGHT_TITLE),
	};

	return Query(Query::OP_OR, fields, fields + 3);
}

// A word as typed: a compound is found joined or by all its parts. Where a
// record must hold it, what it may mean beside is left out.
Query WordQueries::word(opcit_str text, bool required)
{
	opcit_tokens tokens;
	opcit_token token;
	std::vector<Query> wholes, parts;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		Query query = token.bound ? Query() : in_fields(token.word, required);

		if (!query.empty())
			(token.part ? parts : wholes).push_back(query);
		if (!token.part && !required)
			wholes.push_back(clauses_asked(token.word));
	}
	if (parts.size() > 1)
		wholes.push_back(Query(Query::OP_AND, parts.begin(), parts.end()));
	return Query(Query::OP_OR, wholes.begin(), wholes.end());
}

// What a text must hold where a word of a phrase stands in it: the word, or a
// compound's parts. Empty where nothing can be asked for: what is a stop word
// in one language may stand anywhere.
Query WordQueries::word_in_text(opcit_str text)
{
	opcit_tokens tokens;
	opcit_token token;
	std::vector<Query> wholes, parts;
	bool compound = false;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.spaceless && token.bound)
			continue;
		compound = compound || token.part;
		if (!opcit_index_ignores(&index, token.word))
			(token.part ? parts : wholes).push_back(any_of(stems_of(token.word), ""));
	}
	if (compound && parts.empty())
		return Query();
	if (compound)
		wholes.push_back(Query(Query::OP_AND, parts.begin(), parts.end()));
	return Query(Query::OP_OR, wholes.begin(), wholes.end());
}

Query WordQueries::words_of_phrase(opcit_str text)
{
	opcit_tokens tokens;
	opcit_token token;
	std::vector<Query> words;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token)) {
		// A compound may stand in the text joined or apart; a word without
		// spaces may be cut otherwise there, but has the same ideographs.
		bool elsewhere = !token.spaceless ? token.part
				 : token.part	  ? token.bound
						  : token.by_parts && token.span > 1;

		if (elsewhere)
			continue;
		if (token.spaceless && opcit_index_ignores(&index, token.word))
			continue;
		Query word = token.spaceless ? any_of(stems_of(token.word), "")
					     : word_in_text(opcit_str_sub(text, token.start, token.end));

		if (!word.empty())
			words.push_back(word);
	}
	return Query(Query::OP_AND, words.begin(), words.end());
}

// The records that hold all words of a phrase, looked at one by one. They
// rank like their words.
Query WordQueries::phrase(opcit_str text)
{
	return tests.held(words_of_phrase(text), phrase_test(text));
}

// A word as printed. Where the stem says that the word matches, no text need
// be looked at.
Query WordQueries::wild(opcit_str text)
{
	opcit_wildcard wildcard;

	if (opcit_wildcard_init(&wildcard, text, nullptr) != OPCIT_OK)
		return Query();
	WildTerms terms = wild_terms(index, wildcard);
	Query sure = synonym(index, { terms.sure.begin(), terms.sure.end() }),
	      open = synonym(index, { terms.open.begin(), terms.open.end() });

	if (terms.open.empty())
		return sure;
	open = tests.held(open, wildcard_test(wildcard));
	return terms.sure.empty() ? open : Query(Query::OP_OR, sure, open);
}

// What the text must hold for one side of NEAR; false where no term says it.
bool WordQueries::near_unit(const opcit_query &query, Query &unit)
{
	bool all = query.op == OPCIT_QUERY_AND, told = true;
	std::vector<Query> subs;

	if (query.op == OPCIT_QUERY_WILD) {
		unit = wild(query.text);
		return true;
	}
	if (query.n_subs == 0) {
		unit = query.op == OPCIT_QUERY_WORD ? word_in_text(query.text) : words_of_phrase(query.text);
		return !unit.empty();
	}
	for (size_t i = 0; i < query.n_subs; i++) {
		Query sub;

		if (query.subs[i]->nearness == OPCIT_NEAR_RELATED)
			continue;
		if (near_unit(*query.subs[i], sub))
			subs.push_back(sub);
		else
			told = false;
	}
	unit = Query(all ? Query::OP_AND : Query::OP_OR, subs.begin(), subs.end());
	return all ? !subs.empty() : told;
}

Query WordQueries::near(const opcit_query &query)
{
	std::vector<Query> all;
	Query unit;

	for (size_t i = 0; i < query.n_subs; i++)
		if (near_unit(*query.subs[i], unit))
			all.push_back(unit);
	return tests.held(Query(Query::OP_AND, all.begin(), all.end()), near_test(index, query));
}

// All the words of a text under a prefix, in all their forms.
std::vector<Query> WordQueries::field_words(opcit_str text, const char *prefix)
{
	opcit_tokens tokens;
	opcit_token token;
	std::vector<Query> words;

	opcit_tokens_init(&tokens, text);
	while (opcit_tokens_next(&tokens, &token))
		if (!token.part && !opcit_index_ignores(&index, token.word))
			words.push_back(Query(Query::OP_SCALE_WEIGHT, any_of(stems_of(token.word), prefix), 0));
	return words;
}

} // namespace opcit
