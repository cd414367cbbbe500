// query_lang.cc: the language that a question is asked in. A detector of
// languages is of no use on three words; the stop words among them, and in which
// language records hold the others, tell it.
#include "open_index.hh"

using opcit::borrow;

namespace
{

constexpr size_t MOST_WORDS = 64; // beyond them the answer is known

void collect(const opcit_query &query, std::vector<std::string> &words)
{
	bool first = query.op == OPCIT_QUERY_NOT || query.op == OPCIT_QUERY_CONCEPT;
	size_t n = query.op == OPCIT_QUERY_MEANING ? 0 : first ? 1 : query.n_subs;
	opcit_tokens tokens;
	opcit_token token;

	if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE) {
		opcit_tokens_init(&tokens, query.text);
		while (words.size() < MOST_WORDS && opcit_tokens_next(&tokens, &token))
			if (!token.part)
				words.emplace_back(token.word.ptr, token.word.len);
	}
	for (size_t i = 0; i < n; i++)
		collect(*query.subs[i], words);
}

// The language that the query is known to be in, which the index need not have; or empty.
opcit_str known_lang(const opcit_query &query)
{
	bool loose = query.op == OPCIT_QUERY_OR || query.op == OPCIT_QUERY_RANK;
	opcit_str lang = loose ? query.lang : opcit_str{};

	for (size_t i = 0; i < query.n_subs && !lang.len; i++)
		lang = known_lang(*query.subs[i]);
	return lang;
}

// Does a record in the language hold the stem? Two lists are walked side by side
// until they meet; a language that has not met a stem by then hardly uses it.
bool is_known(Xapian::Database &db, const std::string &stem, const std::string &of_lang)
{
	constexpr int STEPS = 500;
	auto word = db.postlist_begin(stem), word_end = db.postlist_end(stem);
	auto record = db.postlist_begin(of_lang), record_end = db.postlist_end(of_lang);

	for (int i = 0; i < STEPS && word != word_end && record != record_end; i++) {
		if (*word == *record)
			return true;
		if (*word < *record)
			word.skip_to(*record);
		else
			record.skip_to(*word);
	}
	return false;
}

// The same of several parts: all of them look, each as far as it must.
bool is_known_in_parts(opcit_index &index, const std::string &stem, const std::string &of_lang)
{
	Xapian::Query both(Xapian::Query::OP_AND, Xapian::Query(stem), Xapian::Query(of_lang));

	if (index.records_with(stem) == 0 || index.langs.size() == 1)
		return index.records_with(stem) > 0;
	return opcit::finds_any(index, both);
}

// How much speaks for a language: a stop word more than a word of which there
// are records. Stop words alone say nothing: "war" is one in German.
unsigned evidence(opcit_index &index, const std::vector<std::string> &words, const std::string &lang)
{
	constexpr unsigned STOP = 2, KNOWN = 1;
	const std::string of_lang = opcit::key_term(opcit::BY_LANG, borrow(lang));
	unsigned stops = 0, known = 0;

	for (const std::string &word : words) {
		if (opcit_stop_word(borrow(word), borrow(lang))) {
			stops++;
			continue;
		}
		opcit_str stem = opcit_stem(index.stemmer(lang), borrow(word));

		std::string term(stem.ptr, stem.len);

		known += index.alone ? is_known(index.db, term, of_lang) : is_known_in_parts(index, term, of_lang);
	}
	return known ? stops * STOP + known * KNOWN : 0;
}

} // namespace

extern "C" void opcit_index_listen(struct opcit_index *index, const struct opcit_query *query)
{
	index->read(nullptr, [&] {
		std::vector<std::string> words;
		Xapian::doccount most = 0;
		unsigned best = 0;

		opcit_str asked = query ? known_lang(*query) : opcit_str{};

		index->spoken.assign(asked.ptr ? asked.ptr : "", asked.len);
		if (asked.len)
			return OPCIT_OK;
		if (query)
			collect(*query, words);
		for (const std::string &lang : index->langs) {
			Xapian::doccount records = index->records_with(opcit::key_term(opcit::BY_LANG, borrow(lang)));
			unsigned here = lang.empty() ? 0 : evidence(*index, words, lang);

			if (here > best || (here && here == best && records > most)) {
				index->spoken = lang;
				best = here;
				most = records;
			}
		}
		return OPCIT_OK;
	});
}
