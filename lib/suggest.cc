// suggest.cc: "did you mean". The index holds stems and no words: stems that
// are nearly the beginning of what was typed are looked up, and the word is
// taken from the text of a record that holds one.
#include <algorithm>
#include <cstring>
#include <utf8proc.h>

#include "open_index.hh"

namespace
{

constexpr size_t SHORTEST = 4;       // letters; shorter words are near to everything
constexpr size_t LONG = 9;           // letters: two slips are likely
constexpr size_t MOST_STEMS = 32;    // looked up in the text
constexpr size_t MOST_RECORDS = 6;   // of each
constexpr size_t LARGEST_TEXT = 1 << 14;
constexpr size_t MOST_TERMS = 100000;
// A word that is found is doubted when it is this rare and its neighbour this
// many times as frequent.
constexpr Xapian::doccount RARE = 3;
constexpr Xapian::doccount TIMES = 100;

struct Row {
	unsigned cells[OPCIT_WORD_MAX + 1];
};

// How many slips of the pen (a letter missing, too many, wrong, or two changed
// round) make a of b; or of the beginning of b that is nearest.
unsigned slips(opcit_str a, opcit_str b, bool beginning)
{
	Row rows[3];
	Row *before = &rows[0], *last = &rows[1], *now = &rows[2];

	a.len = std::min<size_t>(a.len, OPCIT_WORD_MAX);
	b.len = std::min<size_t>(b.len, OPCIT_WORD_MAX);
	for (size_t k = 0; k <= b.len; k++)
		now->cells[k] = static_cast<unsigned>(k);
	for (size_t i = 1; i <= a.len; i++) {
		Row *spare = before;

		before = last;
		last = now;
		now = spare;
		now->cells[0] = static_cast<unsigned>(i);
		for (size_t k = 1; k <= b.len; k++) {
			unsigned best = last->cells[k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]);

			best = std::min({ best, last->cells[k] + 1, now->cells[k - 1] + 1 });
			if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] && a.ptr[i - 2] == b.ptr[k - 1])
				best = std::min(best, before->cells[k - 2] + 1);
			now->cells[k] = best;
		}
	}
	return beginning ? *std::min_element(now->cells, now->cells + b.len + 1) : now->cells[b.len];
}

struct Stem {
	std::string term;
	unsigned slips;
	Xapian::doccount records;
};

struct Best {
	std::string word; // as printed, in small letters
	unsigned slips = UINT32_MAX;
	Xapian::doccount records = 0;
};

std::string in_small_letters(opcit_str text)
{
	std::string small;

	for (size_t at = 0; at < text.len;) {
		utf8proc_int32_t c;
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t *>(text.ptr) + at,
						      static_cast<utf8proc_ssize_t>(text.len - at), &c);

		if (n <= 0)
			break;
		at += static_cast<size_t>(n);
		n = utf8proc_encode_char(utf8proc_tolower(c), bytes);
		small.append(reinterpret_cast<char *>(bytes), static_cast<size_t>(n));
	}
	return small;
}

class Speller
{
	opcit_index &index;
	opcit_str typed; // folded
	std::vector<std::string> own; // its stems
	unsigned most;
	Best best;

	bool has_stem(opcit_str word, const std::string &term)
	{
		for (const std::string &lang : index.langs) {
			opcit_str stem = opcit_stem(index.stemmer(lang), word);

			if (stem.len == term.size() && term.compare(0, stem.len, stem.ptr, stem.len) == 0)
				return true;
		}
		return false;
	}

	std::vector<Stem> near_stems()
	{
		std::vector<Stem> stems;
		std::string first = std::string(typed.ptr, 1);
		size_t left = MOST_TERMS;
		auto end = index.db.allterms_end(first);

		for (auto it = index.db.allterms_begin(first); it != end && left--; ++it) {
			std::string term = *it;

			if (term.size() > typed.len + most || 2 * term.size() < typed.len ||
			    std::find(own.begin(), own.end(), term) != own.end())
				continue;
			unsigned away = slips(opcit::borrow(term), typed, true);

			if (away <= most)
				stems.push_back({ term, away, it.get_termfreq() });
		}
		std::sort(stems.begin(), stems.end(), [](const Stem &a, const Stem &b) {
			return a.slips != b.slips ? a.slips < b.slips : a.records > b.records;
		});
		if (stems.size() > MOST_STEMS)
			stems.resize(MOST_STEMS);
		return stems;
	}

	std::vector<Xapian::docid> first_of(const std::string &term)
	{
		std::vector<Xapian::docid> ids;

		if (index.alone) {
			auto end = index.db.postlist_end(term);

			for (auto it = index.db.postlist_begin(term); it != end && ids.size() < MOST_RECORDS; ++it)
				ids.push_back(*it);
		} else {
			for (const opcit::Match &match : opcit::in_order(index, Xapian::Query(term), MOST_RECORDS).all)
				ids.push_back(match.id);
		}
		return ids;
	}

	void look_in(opcit_str text, const Stem &stem)
	{
		opcit_tokens tokens;
		opcit_token token;

		opcit_tokens_init(&tokens, opcit_str_sub(text, 0, LARGEST_TEXT));
		while (opcit_tokens_next(&tokens, &token)) {
			if (token.bound || token.word.ptr[0] != typed.ptr[0])
				continue;
			unsigned away = slips(token.word, typed, false);

			if (away > most || away > best.slips || away == 0 ||
			    (away == best.slips && stem.records <= best.records) ||
			    !has_stem(token.word, stem.term))
				continue;
			best.slips = away;
			best.records = stem.records;
			best.word = in_small_letters(opcit_str_sub(text, token.start, token.end));
		}
	}

      public:
	Speller(opcit_index &opened, opcit_str word)
	    : index(opened), typed(word), most(word.len >= LONG ? 2 : 1)
	{
		for (const std::string &lang : index.langs) {
			opcit_str stem = opcit_stem(index.stemmer(lang), word);

			own.emplace_back(stem.ptr, stem.len);
		}
	}

	// In how many records the typed word is, also in headings and titles.
	Xapian::doccount records()
	{
		Xapian::doccount n = 0;

		for (const std::string &stem : own)
			for (const char *prefix : { "", opcit::IN_SECTION, opcit::IN_TITLE })
				n = std::max(n, index.records_with(prefix + stem));
		return n;
	}

	const Best &nearest()
	{
		for (const Stem &stem : near_stems()) {
			for (Xapian::docid id : first_of(stem.term)) {
				std::string data = index.data_of(id);
				uint32_t number;

				look_in(opcit_record_peek_text(opcit::stored_record(data, number)), stem);
			}
		}
		return best;
	}
};

// Letters alone: no number and no symbol has a spelling.
bool is_word(opcit_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return false;
	return word.len >= SHORTEST;
}

} // namespace

extern "C" opcit_status opcit_index_suggest(struct opcit_index *index, struct opcit_str word,
					    struct opcit_arena *arena, struct opcit_str *suggestion,
					    bool *found, struct opcit_err *err)
{
	opcit_tokens tokens;
	opcit_token token;

	*suggestion = opcit_str{ nullptr, 0 };
	*found = false;
	opcit_tokens_init(&tokens, word);
	if (!opcit_tokens_next(&tokens, &token) || !is_word(token.word))
		return OPCIT_OK;
	return index->read(err, [&] {
		Speller speller(*index, token.word);
		Xapian::doccount records = speller.records();

		*found = records > 0;
		if (records > RARE)
			return OPCIT_OK;
		const Best &best = speller.nearest();

		if (!best.word.empty() && (!*found || (best.slips == 1 && best.records >= TIMES * records)))
			*suggestion = opcit_arena_dup(arena, opcit::borrow(best.word));
		return OPCIT_OK;
	});
}
