// ask_ahead.cc: what a question will ask parts elsewhere, asked at once.
#include "query_field.hh"

namespace opcit
{

namespace
{

// Every word of it in every language, wherever a word may stand.
void collect(opcit_index &index, const opcit_query &query, std::vector<std::string> &terms)
{
	opcit_tokens tokens;
	opcit_token token;

	if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE || query.op == OPCIT_QUERY_FIELD) {
		opcit_tokens_init(&tokens, query.text);
		while (opcit_tokens_next(&tokens, &token))
			for (const std::string &lang : index.langs) {
				opcit_str stem = opcit_stem(index.stemmer(lang), token.word);

				for (const char *prefix : { "", IN_SECTION, IN_TITLE })
					terms.push_back(prefix + std::string(stem.ptr, stem.len));
			}
	}
	if (query.op == OPCIT_QUERY_FIELD)
		terms.push_back(field_term(query));
	for (size_t i = 0; i < query.n_subs; i++)
		collect(index, *query.subs[i], terms);
}

} // namespace

void ask_ahead(opcit_index &index, const opcit_query &query)
{
	std::vector<std::string> terms;

	if (!index.remote)
		return;
	for (const std::string &lang : index.langs)
		terms.push_back(key_term(BY_LANG, borrow(lang)));
	collect(index, query, terms);
	index.ask_ahead(terms);
}

} // namespace opcit
