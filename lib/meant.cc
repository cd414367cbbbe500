#include "meant.hh"

#include <algorithm>

#include "weights.h"

namespace opcit
{

size_t Meant::word(opcit_str lang, opcit_str stem) const
{
	size_t place = asked ? opcit_meaning_word(asked->table, lang, stem) : 0;

	return asked && place < asked->table->n_words ? place : NO_WORD;
}

void Meant::begin()
{
	in_text.clear();
	above.clear();
}

// Each word once: a text that says a thing again is not about it twice.
void Meant::add(std::vector<size_t> &words, float times)
{
	std::sort(words.begin(), words.end());
	words.erase(std::unique(words.begin(), words.end()), words.end());
	for (size_t one : words)
		opcit_meaning_add(asked->table, one, times, sums.data());
}

double Meant::near()
{
	if (!asked)
		return 0;
	sums.assign(asked->table->n_concepts, 0);
	add(in_text, 1);
	add(above, OPCIT_WEIGHT_MEANT_ABOVE);
	// Of a few words one may well be there for something else.
	double told = static_cast<double>(in_text.size());
	return opcit_meaning_near(asked, sums.data()) * told / (told + OPCIT_MEANT_STEADY);
}

} // namespace opcit
