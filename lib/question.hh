// question.hh: what a query asks for, thing by thing: the words that were
// typed, and what the thesaurus calls them besides.
#ifndef OPCIT_QUESTION_HH
#define OPCIT_QUESTION_HH

#include <string>
#include <unordered_map>
#include <vector>

#include "intent.h"
#include "meaning.h"
#include "open_index.hh"

namespace opcit
{

struct Word {
	std::vector<std::string> stems; // in each language of the index, in its order; empty where it is none
	double records;                 // how many hold it; below 0 until somebody asks
};

// One way to say a thing: words that stand near one another.
struct Name {
	std::vector<size_t> words; // of Question::words
	double weight;
	bool typed;
	bool plain = false; // what documents say for a plain word
};

// One of several words that were typed for one thing, by any of its own names.
struct Part {
	std::vector<Name> names;
	double rarity;
};

// One thing that is asked for, by any of its names.
struct Unit {
	std::vector<Name> names;
	std::vector<Part> parts;
	std::vector<size_t> terms; // of Question::terms: a field that says it
	const opcit_intent *intent = nullptr;
	double carried = 0;        // how many records carry one
	bool bound = false;        // it is a country or a year
	double importance = 0;
};

class Question
{
	opcit_index &index; // asked while the question is read, not later
	std::vector<std::unordered_map<std::string, std::vector<size_t>>> by_stem; // in each language
	std::unordered_map<std::string, size_t> by_term;

	double rarity(double records) const;
	size_t word_of(opcit_str word, opcit_str lang);
	void read_words(opcit_str text, opcit_str lang, Name &name);
	void read_name(const opcit_query &query, Name &name);
	Name name_of(const opcit_query &query, double weight, bool typed);
	std::vector<Name> names_of(const opcit_query &concept);
	void weigh_plain(std::vector<Name> &names);
	void add_parts(const opcit_query &typed, Unit &unit);
	size_t term_of(const std::string &term);
	double records_of(Word &word);
	double records_of(const Name &name);
	void finish(Unit &unit);
	void lighten(const opcit_query &word);
	void add_typed(const opcit_query &query);
	void add_field(const opcit_query &field, Unit &unit);
	void add_concept(const opcit_query &query);
	void add_wildcard(const opcit_query &query);
	void collect(const opcit_query &query);

      public:
	std::vector<Word> words;
	std::vector<Unit> units;
	std::vector<size_t> typed; // the words as typed, in order, without those of an intent
	std::vector<size_t> every; // with them
	const opcit_meaning *meaning = nullptr; // what they are about together, or none

	Question(opcit_index &opened, const opcit_query &query);

	// The words by their stems in a language (its place in index.langs).
	const std::unordered_map<std::string, std::vector<size_t>> &stems(size_t lang) const
	{
		return by_stem[lang];
	}
	// The place of a field's term, or the number of them.
	size_t find_term(const std::string &term) const;
	std::vector<std::string> terms() const;
	size_t n_terms() const
	{
		return by_term.size();
	}
};

} // namespace opcit
#endif
