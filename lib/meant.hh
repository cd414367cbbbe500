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
	std::vector<uint32_t> in_text, above; // of each word of the table, the last record that has it
	uint32_t record = 0;
	size_t told = 0; // words of the text
	std::vector<float> sums;

	bool is_new(uint32_t word, std::vector<uint32_t> &last) const;

      public:
	explicit Meant(const opcit_meaning *question);

	// A new record, and its words by their places in the table of meanings, one beyond it where
	// they have none: in any order, as often as they come.
	void begin();
	void hear(uint32_t word);
	void hear_above(uint32_t word); // in a heading
	// 0 to 1.
	double near() const;
};

} // namespace opcit
#endif
