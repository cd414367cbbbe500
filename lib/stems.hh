// stems.hh: the words of texts by the number of their stem. An index keeps them for each of
// its languages, so that what a search works out of a word is known to the next one.
#ifndef OPCIT_STEMS_HH
#define OPCIT_STEMS_HH

#include <cstdint>
#include <string>
#include <vector>

#include "meaning.h"
#include "text.h"

namespace opcit
{

// Texts, each with a number: 0, 1, 2 … in the order they came.
class Numbered
{
	struct Slot {
		uint32_t hash, place; // 1 + its number; 0: free
	};
	std::vector<Slot> slots; // open addressing, a power of two
	std::vector<std::string> texts;

	void make_room();

      public:
	Numbered();
	// The number of a text; size() as it was before where it is new. Constant time.
	uint32_t add(opcit_str text);
	opcit_str text(uint32_t number) const
	{
		return opcit_str{ texts[number].data(), texts[number].size() };
	}
	size_t size() const
	{
		return texts.size();
	}
};

// The words of one language.
class Stems
{
	opcit_stemmer *stemmer; // borrowed
	Numbered words, stems;
	std::vector<uint32_t> of_words;
	std::vector<uint32_t> meanings; // of stems, as far as they have been asked for
	const opcit_meaning_table *meant = nullptr; // where they stand

      public:
	static constexpr uint32_t STOP = UINT32_MAX;

	explicit Stems(opcit_stemmer *of_language) : stemmer(of_language)
	{
	}
	// The number of a folded word's stem; STOP where it is a stop word.
	uint32_t of_word(opcit_str word);
	// The number of a stem.
	uint32_t number(opcit_str stem)
	{
		return stems.add(stem);
	}
	// The place of a stem of this language in a table of meanings, table.n_words where it has
	// none; the last table's are remembered.
	uint32_t meaning(uint32_t stem, const opcit_meaning_table &table, opcit_str lang);
	// Before a search: begin anew where very many are known. Their numbers change.
	void trim();
};

} // namespace opcit
#endif
