// proximity.cc: see proximity.hh. One pass over the text, remembering where
// each word of the query stood last.
#include "proximity.hh"

#include <algorithm>

namespace opcit
{

namespace
{

constexpr uint32_t NEAR = 2, NEVER = UINT32_MAX / 2;
constexpr size_t MOST_WORDS = 32;        // beyond that a query is a text, not a question
constexpr size_t LONGEST_TEXT = 1 << 16; // bytes looked at

} // namespace

bool Proximity::is_stop(opcit_str word) const
{
	for (const std::string &lang : index.langs)
		if (opcit_stop_word(word, borrow(lang)))
			return true;
	return false;
}

void Proximity::add(opcit_str text)
{
	opcit_tokens tokens;
	opcit_token token;

	opcit_tokens_init(&tokens, text);
	while (words.size() < MOST_WORDS && opcit_tokens_next(&tokens, &token)) {
		std::vector<std::string> stems;

		if (token.part || is_stop(token.word))
			continue;
		for (const std::string &lang : index.langs) {
			opcit_str stem = opcit_stem(index.stemmer(lang), token.word);
			std::string copy(stem.ptr, stem.len);

			if (std::find(stems.begin(), stems.end(), copy) == stems.end())
				stems.push_back(copy);
		}
		words.push_back(stems);
	}
}

void Proximity::collect(const opcit_query &query)
{
	bool first = query.op == OPCIT_QUERY_NOT || query.op == OPCIT_QUERY_CONCEPT;
	size_t n = first ? 1 : query.n_subs;

	if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE)
		add(query.text);
	for (size_t i = 0; i < n; i++)
		collect(*query.subs[i]);
}

// Is this word of the text the query's word i? Most are told apart by their
// first letter, which stemming keeps.
bool Proximity::is_word(size_t i, opcit_str word)
{
	for (const std::string &wanted : words[i]) {
		if (wanted.empty() || wanted[0] != word.ptr[0])
			continue;
		for (const std::string &lang : index.langs) {
			opcit_str stem = opcit_stem(index.stemmer(lang), word);

			if (stem.len == wanted.size() &&
			    wanted.compare(0, stem.len, stem.ptr, stem.len) == 0)
				return true;
		}
	}
	return false;
}

void Proximity::note(size_t i, uint32_t at)
{
	seen[i] = at;
	if (i > 0 && seen[i - 1] != at && at - seen[i - 1] <= NEAR)
		met[i - 1] = true;
	if (i + 1 < words.size() && seen[i + 1] != at && at - seen[i + 1] <= NEAR)
		met[i] = true;
}

double Proximity::share(opcit_str text)
{
	opcit_tokens tokens;
	opcit_token token;
	uint32_t at = NEVER;

	if (words.size() < 2)
		return 0;
	seen.assign(words.size(), 0);
	met.assign(words.size() - 1, false);
	opcit_tokens_init(&tokens, opcit_str_sub(text, 0, LONGEST_TEXT));
	while (opcit_tokens_next(&tokens, &token)) {
		if (token.part || is_stop(token.word))
			continue;
		at++;
		for (size_t i = 0; i < words.size(); i++)
			if (is_word(i, token.word))
				note(i, at);
	}
	return static_cast<double>(std::count(met.begin(), met.end(), true)) /
	       static_cast<double>(met.size());
}

} // namespace opcit
