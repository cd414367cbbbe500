// meant.hh: how near what a record says is to what a question is about (meaning.h).
#ifndef OPCIT_MEANT_HH
#define OPCIT_MEANT_HH

#include <cstdint>
#include <vector>

#include "meaning.h"

namespace opcit
{

// Hears one record after the other, word by word.
class Meant
{
	const opcit_meaning *asked; // nullptr where nothing is
	std::vector<size_t> in_text, above; // words of the table
	std::vector<float> sums;

	void add(std::vector<size_t> &words, float times);

      public:
	static constexpr size_t NO_WORD = SIZE_MAX;

	explicit Meant(const opcit_meaning *question) : asked(question)
	{
	}

	// The place of a stem in the table of meanings; NO_WORD where it has no meaning.
	size_t word(opcit_str lang, opcit_str stem) const;
	// A new record, and its words: in any order, as often as they come.
	void begin();
	void hear(size_t word)
	{
		if (word != NO_WORD)
			in_text.push_back(word);
	}
	void hear_above(size_t word) // in a heading
	{
		if (word != NO_WORD)
			above.push_back(word);
	}
	// 0 to 1.
	double near();
};

} // namespace opcit
#endif
