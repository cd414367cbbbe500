#include "meant.hh"

#include <algorithm>

#include "weights.h"

namespace opcit
{

Meant::Meant(const opcit_meaning *question) : asked(question)
{
	if (!asked)
		return;
	in_text.resize(asked->table->n_words);
	above.resize(asked->table->n_words);
	sums.resize(asked->table->n_concepts);
}

void Meant::begin()
{
	record++;
	told = 0;
	std::fill(sums.begin(), sums.end(), 0.0f);
}

// Each word once: a text that says a thing again is not about it twice.
bool Meant::is_new(uint32_t word, std::vector<uint32_t> &last) const
{
	if (word >= last.size() || last[word] == record)
		return false;
	last[word] = record;
	return true;
}

void Meant::hear(uint32_t word)
{
	if (!is_new(word, in_text))
		return;
	opcit_meaning_add(asked->table, word, 1, sums.data());
	told++;
}

void Meant::hear_above(uint32_t word)
{
	if (is_new(word, above))
		opcit_meaning_add(asked->table, word, OPCIT_WEIGHT_MEANT_ABOVE, sums.data());
}

double Meant::near() const
{
	double words = static_cast<double>(told);

	// Of a few words one may well be there for something else.
	return asked ? opcit_meaning_near(asked, sums.data()) * words / (words + OPCIT_MEANT_STEADY) : 0;
}

} // namespace opcit
