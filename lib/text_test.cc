// text_test.cc: see text_test.hh; near_test is in near.cc.
#include "text_test.hh"

#include <algorithm>
#include <cstring>

namespace opcit
{

namespace
{

// Asks a test about one record after the other. Only asked about records that
// hold all the words, because it estimates itself as the longest list of all.
class TestSource : public Xapian::PostingSource
{
	opcit_index &index;
	std::shared_ptr<TextTest> test;
	Xapian::Database db; // the part that is being matched
	opcit_entry part = {}; // "a file" of which all its records are
	Xapian::docid at = 0, last = 0;

	bool holds(Xapian::docid id)
	{
		try {
			std::string data = index.data_of(index.id_of(part, id));
			uint32_t number;

			return test->holds(stored_record(data, number));
		} catch (const Xapian::DocNotFoundError &) {
			return false; // a gap where a document was
		}
	}

	void settle()
	{
		while (at <= last && !holds(at))
			at++;
	}

      public:
	TestSource(opcit_index &opened, std::shared_ptr<TextTest> asked) : index(opened), test(std::move(asked))
	{
	}
	PostingSource *clone() const override
	{
		return new TestSource(index, test);
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return 0;
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return db.get_doccount();
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return db.get_doccount();
	}
	void init(const Xapian::Database &database) override
	{
		db = database;
		part.first = 1;
		part.number = static_cast<uint32_t>(index.part_at(database));
		last = db.get_lastdocid();
		at = 0;
	}
	void next(double) override
	{
		at++;
		settle();
	}
	void skip_to(Xapian::docid id, double) override
	{
		at = std::max(at, id);
		settle();
	}
	bool check(Xapian::docid id, double) override
	{
		at = std::max(at, id);
		return at > last || holds(at);
	}
	bool at_end() const override
	{
		return at > last;
	}
	Xapian::docid get_docid() const override
	{
		return at;
	}
	std::string get_description() const override
	{
		return "Tested()";
	}
};

class PhraseTest : public TextTest
{
	opcit_phrase *phrase;

      public:
	explicit PhraseTest(opcit_str words) : phrase(opcit_phrase_new(words))
	{
	}
	~PhraseTest() override
	{
		opcit_phrase_free(phrase);
	}
	PhraseTest(const PhraseTest &) = delete;
	PhraseTest &operator=(const PhraseTest &) = delete;

	bool holds(opcit_str record) override
	{
		return phrase && opcit_phrase_find(phrase, opcit_record_peek_text(record), 0,
						   nullptr, nullptr);
	}
};

class WildcardTest : public TextTest
{
	opcit_wildcard wildcard;

      public:
	explicit WildcardTest(const opcit_wildcard &pattern) : wildcard(pattern)
	{
	}

	bool holds(opcit_str record) override
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, opcit_record_peek_text(record));
		while (opcit_tokens_next(&tokens, &token))
			if (!token.bound && opcit_wildcard_match(&wildcard, token.word))
				return true;
		return false;
	}
};

class HeadingTest : public TextTest
{
	std::vector<WordForms> words;
	Arena arena;

	static bool holds_word(opcit_str heading, const WordForms &word)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, heading);
		while (opcit_tokens_next(&tokens, &token))
			if (!token.bound && word.matches(token.word))
				return true;
		return false;
	}

      public:
	HeadingTest(opcit_index &index, opcit_str text)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token))
			if (!token.part && !opcit_index_ignores(&index, token.word))
				words.emplace_back(index, token.word);
	}

	bool holds(opcit_str bytes) override
	{
		opcit_record record;

		opcit_arena_reset(arena);
		if (opcit_record_decode(bytes, arena, &record, nullptr) != OPCIT_OK)
			return false;
		for (size_t i = 0; i < record.n_section; i++)
			if (std::all_of(words.begin(), words.end(), [&](const WordForms &word) {
				    return holds_word(record.section[i], word);
			    }))
				return true;
		return false;
	}
};

} // namespace

Xapian::Query Tests::held(const Xapian::Query &words, std::shared_ptr<TextTest> test)
{
	if (index.remote && first) {
		asked++;
		return words.empty() ? Xapian::Query::MatchAll : words;
	}
	if (index.remote)
		return passed(words, *test);
	Xapian::Query source((new TestSource(index, std::move(test)))->release());

	return words.empty() ? source : Xapian::Query(Xapian::Query::OP_FILTER, words, source);
}

WordForms::WordForms(opcit_index &index, opcit_str word) : folded(word.ptr, word.len)
{
	for (const std::string &lang : index.langs) {
		if (opcit_stop_word(word, borrow(lang)))
			continue;
		opcit_str stem = opcit_stem(index.stemmer(lang), word);

		stems.emplace_back(index.stemmer(lang), std::string(stem.ptr, stem.len));
	}
}

// Most words are told apart by their first letter, which stemming keeps.
bool WordForms::matches(opcit_str word) const
{
	if (word.len == folded.size() && std::memcmp(word.ptr, folded.data(), word.len) == 0)
		return true;
	if (word.len == 0 || folded.empty() || word.ptr[0] != folded[0])
		return false;
	for (const auto &[stemmer, wanted] : stems) {
		opcit_str stem = opcit_stem(stemmer, word);

		if (stem.len == wanted.size() && wanted.compare(0, stem.len, stem.ptr, stem.len) == 0)
			return true;
	}
	return false;
}

std::shared_ptr<TextTest> phrase_test(opcit_str words)
{
	return std::make_shared<PhraseTest>(words);
}

std::shared_ptr<TextTest> wildcard_test(const opcit_wildcard &wildcard)
{
	return std::make_shared<WildcardTest>(wildcard);
}

std::shared_ptr<TextTest> heading_test(opcit_index &index, opcit_str words)
{
	return std::make_shared<HeadingTest>(index, words);
}

} // namespace opcit
