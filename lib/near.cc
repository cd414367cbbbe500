// near.cc: words and phrases near each other in a text, in any order.
#include "text_test.hh"

#include <algorithm>

namespace opcit
{

namespace
{

// A place in a text, in words.
struct Place {
	uint32_t from, to; // half-open
};

// One word of the text, by its bytes and its place.
struct Mark {
	size_t start, end;
	Place place;
};

struct Free {
	void operator()(opcit_phrase *phrase) const
	{
		opcit_phrase_free(phrase);
	}
};

// What stands beside NEAR: sequences of words in all their forms, words as
// printed and phrases, of which any will do.
class Unit
{
	opcit_index &index;
	std::vector<std::vector<WordForms>> sequences;
	std::vector<std::vector<std::vector<Place>>> met; // where each word of each stands
	std::vector<opcit_wildcard> wildcards;
	std::vector<std::unique_ptr<opcit_phrase, Free>> phrases;
	std::vector<Place> places;

	// The words of a text, or only the parts of its compounds.
	void add_words(opcit_str text, bool parts, std::vector<WordForms> &sequence)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token))
			if (token.part == parts)
				sequence.emplace_back(index, token.word);
	}

	void add_sequence(std::vector<WordForms> sequence)
	{
		if (!sequence.empty())
			sequences.push_back(std::move(sequence));
	}

	void add_phrases(opcit_str text, const std::vector<Mark> &marks)
	{
		auto starts = [](const Mark &mark, size_t at) { return mark.start < at; };
		auto ends = [](const Mark &mark, size_t at) { return mark.end < at; };

		for (const auto &phrase : phrases) {
			size_t start, end = 0;

			while (opcit_phrase_find(phrase.get(), text, end, &start, &end)) {
				auto first = std::lower_bound(marks.begin(), marks.end(), start, starts);
				auto last = std::lower_bound(first, marks.end(), end, ends);

				if (first != marks.end() && last != marks.end())
					places.push_back({ first->place.from, last->place.to });
			}
		}
	}

	// Where the words of a sequence follow one another.
	void add_sequences()
	{
		for (auto &words : met) {
			std::vector<Place> &whole = words[0];

			for (size_t i = 1; i < words.size(); i++) {
				std::vector<Place> longer;
				auto at = words[i].begin();

				for (const Place &place : whole) {
					while (at != words[i].end() && at->from < place.to)
						++at;
					if (at != words[i].end() && at->from == place.to)
						longer.push_back({ place.from, at->to });
				}
				whole = std::move(longer);
			}
			places.insert(places.end(), whole.begin(), whole.end());
		}
	}

      public:
	uint32_t distance; // from the unit before

	Unit(opcit_index &opened, const opcit_query &query) : index(opened), distance(query.distance)
	{
		add(query);
		for (const auto &sequence : sequences)
			met.emplace_back(sequence.size());
	}

	void add(const opcit_query &query)
	{
		std::vector<WordForms> sequence;
		opcit_wildcard wildcard;

		switch (query.op) {
		case OPCIT_QUERY_WORD: // a compound may also stand in its parts
			add_words(query.text, true, sequence);
			add_sequence(std::move(sequence));
			sequence.clear();
			add_words(query.text, false, sequence);
			break;
		case OPCIT_QUERY_AND: // a name of several words
			for (size_t i = 0; i < query.n_subs; i++)
				add_words(query.subs[i]->text, false, sequence);
			break;
		case OPCIT_QUERY_PHRASE:
			if (opcit_phrase *phrase = opcit_phrase_new(query.text))
				phrases.emplace_back(phrase);
			break;
		case OPCIT_QUERY_WILD:
			if (opcit_wildcard_init(&wildcard, query.text, nullptr) == OPCIT_OK)
				wildcards.push_back(wildcard);
			break;
		default:
			for (size_t i = 0; i < query.n_subs; i++)
				if (query.subs[i]->nearness != OPCIT_NEAR_RELATED)
					add(*query.subs[i]);
		}
		add_sequence(std::move(sequence));
	}

	void clear()
	{
		places.clear();
		for (auto &words : met)
			for (auto &word : words)
				word.clear();
	}

	void note(const opcit_token &token)
	{
		Place place = { token.pos, token.pos + token.span };

		for (size_t i = 0; i < sequences.size(); i++)
			for (size_t k = 0; k < sequences[i].size(); k++)
				if (!token.bound && sequences[i][k].matches(token.word))
					met[i][k].push_back(place);
		for (const opcit_wildcard &wildcard : wildcards)
			if (!token.bound && opcit_wildcard_match(&wildcard, token.word))
				places.push_back(place);
	}

	// Where it stands in a text whose words have all been noted.
	std::vector<Place> found(opcit_str text, const std::vector<Mark> &marks)
	{
		add_sequences();
		add_phrases(text, marks);
		return places;
	}
};

// A way along the chain so far: where its last unit stands, and all of it.
struct Way {
	Place last, whole;
};

Way extended(const Way &way, const Place &place)
{
	return { place, { std::min(way.whole.from, place.from), std::max(way.whole.to, place.to) } };
}

// The ways that go on to one of `here`. Places that overlap are the same words,
// and not near themselves.
std::vector<Way> go_on(const std::vector<Way> &ways, const std::vector<Place> &here, uint32_t distance)
{
	std::vector<Way> starts = ways, ends = ways, longer;

	std::sort(starts.begin(), starts.end(),
		  [](const Way &a, const Way &b) { return a.last.from < b.last.from; });
	std::sort(ends.begin(), ends.end(),
		  [](const Way &a, const Way &b) { return a.last.to < b.last.to; });
	for (const Place &place : here) {
		auto after = std::lower_bound(starts.begin(), starts.end(), place.to,
					      [](const Way &way, uint32_t at) { return way.last.from < at; });
		auto left = std::upper_bound(ends.begin(), ends.end(), place.from,
					     [](uint32_t at, const Way &way) { return at < way.last.to; });

		if (left != ends.begin() && place.from - std::prev(left)->last.to + 1 <= distance)
			longer.push_back(extended(*std::prev(left), place));
		else if (after != starts.end() && after->last.from - place.to + 1 <= distance)
			longer.push_back(extended(*after, place));
	}
	return longer;
}

class NearTest : public TextTest
{
	std::vector<Unit> units;
	std::vector<Mark> marks;

	void read(opcit_str text)
	{
		opcit_tokens tokens;
		opcit_token token;

		marks.clear();
		for (Unit &unit : units)
			unit.clear();
		opcit_tokens_init(&tokens, text);
		while (opcit_tokens_next(&tokens, &token)) {
			Place place = { token.pos, token.pos + token.span };

			// A compound's parts are bytes of their own, the whole is not needed.
			if (token.span == 1)
				marks.push_back({ token.start, token.end, place });
			for (Unit &unit : units)
				unit.note(token);
		}
	}

	std::vector<Way> ways(opcit_str text)
	{
		std::vector<Way> found;

		read(text);
		for (const Place &place : units[0].found(text, marks))
			found.push_back({ place, place });
		for (size_t i = 1; i < units.size() && !found.empty(); i++)
			found = go_on(found, units[i].found(text, marks), units[i].distance);
		return found;
	}

      public:
	NearTest(opcit_index &index, const opcit_query &query)
	{
		for (size_t i = 0; i < query.n_subs; i++)
			units.emplace_back(index, *query.subs[i]);
	}

	bool holds(opcit_str record) override
	{
		return !ways(opcit_record_peek_text(record)).empty();
	}

	// The bytes of the first place in a text.
	bool find(opcit_str text, size_t &start, size_t &end)
	{
		std::vector<Way> found = ways(text);

		if (found.empty())
			return false;
		Place whole = found[0].whole;

		start = text.len;
		end = 0;
		for (const Mark &mark : marks)
			if (mark.place.from >= whole.from && mark.place.to <= whole.to) {
				start = std::min(start, mark.start);
				end = std::max(end, mark.end);
			}
		return start < end;
	}
};

} // namespace

std::shared_ptr<TextTest> near_test(opcit_index &index, const opcit_query &query)
{
	return std::make_shared<NearTest>(index, query);
}

} // namespace opcit

extern "C" bool opcit_index_near(struct opcit_index *index, const struct opcit_query *query,
				 struct opcit_str text, size_t *start, size_t *end)
{
	bool found = false;

	opcit::guard(nullptr, [&] {
		found = opcit::NearTest(*index, *query).find(text, *start, *end);
		return OPCIT_OK;
	});
	return found;
}
