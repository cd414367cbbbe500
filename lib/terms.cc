// terms.cc: see terms.h.
#include "terms.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "match_set.hh"

namespace
{

constexpr size_t SAMPLE = 1000;    // records that are read
constexpr size_t CANDIDATES = 400; // words that are counted in all records
constexpr double LEAST = 10.83;

// The spellings of one folded word: how often, and the one to show.
struct Form {
	size_t count = 0;
	std::string shown;
	int rank = -1;
};

struct Word {
	size_t records = 0; // of the sample
	Xapian::docid last = 0;
	std::map<std::string, Form> forms;
};

using Words = std::unordered_map<std::string, Word>; // by stem

bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

// "children" is shown rather than "Children", and that rather than "CHILDREN".
int rank_of(const std::string &s)
{
	return !is_upper(s[0]) ? 2 : s.size() > 1 && !is_upper(s[1]) ? 1 : 0;
}

bool has_digit(opcit_str word)
{
	return std::any_of(word.ptr, word.ptr + word.len, [](char c) { return c >= '0' && c <= '9'; });
}

// How much more often the word stands inside than chance gives; 0 where less.
double surprise(double inside, double outside, double all_inside, double all_outside)
{
	double all = all_inside + all_outside, share = (inside + outside) / all;

	if (inside <= share * all_inside)
		return 0;
	return 2 * (inside * std::log(inside / (share * all_inside)) +
		    (outside > 0 ? outside * std::log(outside / (share * all_outside)) : 0));
}

class Reader
{
	opcit_index &index;
	std::unordered_map<uint32_t, std::string> langs; // by file number
	std::set<std::string> asked;                     // stems of the query

	const std::string &lang_of(uint32_t number)
	{
		auto known = langs.find(number);

		if (known != langs.end())
			return known->second;
		opcit::Arena arena;
		opcit_entry entry;
		std::string lang;

		if (index.load_entry(number, arena, entry))
			lang.assign(entry.doc.lang.ptr ? entry.doc.lang.ptr : "", entry.doc.lang.len);
		return langs.emplace(number, lang).first->second;
	}

	void ask(opcit_str text)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token))
			for (const std::string &lang : index.langs) {
				opcit_str stem = opcit_stem(index.stemmer(lang), token.word);

				asked.emplace(stem.ptr, stem.len);
			}
	}

      public:
	Reader(opcit_index &opened, const opcit_query &query) : index(opened)
	{
		collect(query);
	}

	// What was typed; other names of it may well tell something.
	void collect(const opcit_query &query)
	{
		bool first = query.op == OPCIT_QUERY_NOT || query.op == OPCIT_QUERY_CONCEPT;
		size_t n = query.op == OPCIT_QUERY_MEANING ? 0 : first ? std::min<size_t>(query.n_subs, 1) : query.n_subs;

		if (query.op == OPCIT_QUERY_WORD || query.op == OPCIT_QUERY_PHRASE)
			ask(query.text);
		for (size_t i = 0; i < n; i++)
			collect(*query.subs[i]);
	}

	void read(Xapian::docid id, Words &words)
	{
		std::string data = index.data_of(id);
		uint32_t number = 0;
		opcit_str text = opcit_record_peek_text(opcit::stored_record(data, number));
		const std::string &lang = lang_of(number);
		opcit_stemmer *stems = index.stemmer(lang);
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			if (token.bound || token.word.len < 2 || has_digit(token.word) ||
			    opcit_stop_word(token.word, opcit::borrow(lang)))
				continue;
			std::string folded(token.word.ptr, token.word.len);
			opcit_str stem = opcit_stem(stems, token.word);
			std::string key(stem.ptr, stem.len);

			if (asked.count(key))
				continue;
			Word &word = words[key];
			Form &form = word.forms[folded];
			std::string printed(text.ptr + token.start, token.end - token.start);

			word.records += word.last != id;
			word.last = id;
			form.count++;
			if (rank_of(printed) > form.rank) {
				form.rank = rank_of(printed);
				form.shown = printed;
			}
		}
	}
};

const std::string &shown(const Word &word)
{
	const Form *best = nullptr;

	for (const auto &pair : word.forms)
		if (!best || pair.second.count > best->count)
			best = &pair.second;
	return best->shown;
}

struct Scored {
	const std::string *stem;
	const Word *word;
	size_t inside, outside;
	double score;
};

bool higher(const Scored &a, const Scored &b)
{
	return a.score != b.score ? a.score > b.score : *a.stem < *b.stem;
}

// The words of the sample that promise most, by what the sample says of them.
std::vector<Scored> candidates(opcit_index &index, const Words &words, double grow,
			       const opcit_marks &marks)
{
	std::vector<std::string> stems;
	std::vector<Scored> all;

	if (index.remote)
		for (const auto &pair : words)
			stems.push_back(pair.first);
	index.ask_ahead(stems);
	for (const auto &pair : words) {
		double records = index.records_with(pair.first);
		double inside = std::min(static_cast<double>(pair.second.records) * grow, records);

		all.push_back({ &pair.first, &pair.second, 0, 0,
				surprise(inside, records - inside, static_cast<double>(marks.inside),
					 static_cast<double>(marks.outside)) });
	}
	std::sort(all.begin(), all.end(), higher);
	if (all.size() > CANDIDATES)
		all.resize(CANDIDATES);
	return all;
}

} // namespace

extern "C" opcit_status opcit_index_marks(struct opcit_index *index,
					  const struct opcit_query *query, size_t limit,
					  struct opcit_arena *arena, struct opcit_marks *marks,
					  struct opcit_err *err)
{
	return index->read(err, [&] {
		opcit::MatchSet set(*index, *query);
		Reader reader(*index, *query);
		const std::vector<Xapian::docid> &ids = set.ids();
		size_t n = std::min(ids.size(), SAMPLE);
		Words words;

		*marks = {};
		marks->inside = ids.size();
		marks->outside = index->db.get_doccount() - marks->inside;
		for (size_t i = 0; i < n; i++)
			reader.read(ids[i * ids.size() / n], words);
		double grow = n ? static_cast<double>(marks->inside) / static_cast<double>(n) : 1;
		std::vector<Scored> all = candidates(*index, words, grow, *marks);

		for (Scored &one : all) {
			one.inside = set.count({ *one.stem }, nullptr);
			one.outside = index->records_with(*one.stem) - one.inside;
			one.score = one.inside < 2 ? 0
						   : surprise(static_cast<double>(one.inside),
							      static_cast<double>(one.outside),
							      static_cast<double>(marks->inside),
							      static_cast<double>(marks->outside));
		}
		std::sort(all.begin(), all.end(), higher);
		marks->items = static_cast<opcit_mark *>(
			opcit_arena_alloc(arena, all.size() * sizeof(opcit_mark)));
		for (const Scored &one : all)
			if (marks->n < limit && one.score >= LEAST)
				marks->items[marks->n++] = {
					opcit_arena_dup(arena, opcit::borrow(shown(*one.word))),
					one.inside, one.outside, one.score
				};
		return OPCIT_OK;
	});
}
