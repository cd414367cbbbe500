// score.hh: how well records answer a question. Xapian finds the records that
// may and weighs each word by itself; the best of those are looked at here once
// more as wholes, together.
#ifndef OPCIT_SCORE_HH
#define OPCIT_SCORE_HH

#include <bitset>
#include <memory>

#include "meant.hh"
#include "question.hh"
#include "stems.hh"

namespace opcit
{

// One record, as far as it has been looked at.
struct Candidate {
	Xapian::docid id;
	std::string place; // as of a Match
	double tier;    // of a named document: it stands above all words
	double weight;  // Xapian's, without the tier
	std::string data; // of its entry: the file's number and the record
	uint32_t file;    // its number
	size_t n_words;   // of its text
	std::bitset<256> words; // of its text, each a bit by its hash
	opcit_kind kind;
	bool whole;     // it holds every word that was typed
	double order;   // the share of the typed words that stand beside their neighbours
	double passage; // the share of what it says that one passage says
	double meant;    // how near it is to what the question is about
	double answered; // the share of what is asked for that it says
	size_t carries;  // how many things that are asked for it carries as a field: a year, a country
	size_t tells;    // and says in so many words
	std::vector<double> said; // how much it says of each thing that is asked for
	double score;

	opcit_str record() const
	{
		return opcit_str_sub(borrow(data), 4, data.size());
	}
	opcit_str text() const
	{
		return opcit_record_peek_text(record());
	}
};

class TermsAfar;

class Scorer
{
	opcit_index &index;
	const Question &question;
	std::unique_ptr<TermsAfar> afar;
	double usual_length; // words of a text

	// What the record at hand says in the question's words.
	std::vector<std::vector<uint32_t>> places; // in the text, of each word
	std::vector<double> in_section, in_title;  // how often, of each word
	std::vector<bool> terms;                   // which fields
	std::vector<size_t> intended;              // units that ask for a kind of statement
	std::vector<double> cues;                  // of each unit's intent
	size_t lang;
	double length;
	Meant about;

	// What stems are to the question, in one language.
	struct Language {
		Stems &stems;
		std::vector<uint32_t> asked; // by stem: 1 + a place in `words`; 0: the question has it not
		std::vector<const std::vector<size_t> *> words; // of the question
	};
	std::vector<Language> languages; // as index.langs

	const std::vector<size_t> *asked(uint32_t stem) const;
	uint32_t meaning(uint32_t stem) const;

	bool read_term(const std::string &term, Xapian::termcount wdf);
	void read_terms(const Candidate &candidate);
	void read_cue(std::string &before, opcit_str word);
	void read_text(Candidate &candidate);
	void read_heading(opcit_str stem);
	double times(const Name &name) const;
	bool opens_with(const Name &name) const;
	double part_of(const Unit &unit) const;
	double worth(const Name &name) const;
	bool carries(const Unit &unit) const;
	bool tells(const Unit &unit) const;
	double said_of(size_t unit) const;
	double order() const;
	double passage() const;
	bool whole() const;
	double importance() const;

      public:
	// The question is that of an index with the same languages, and outlives the scorer.
	Scorer(opcit_index &opened, const Question &asked);
	~Scorer();

	// Ask parts elsewhere what the records do not tell; before the first look, where
	// the data of all is there.
	void ask_ahead(const std::vector<Candidate *> &all);

	// Look at a record whose data is there: fills what Candidate has of it but its
	// score. Cost: some 20 µs.
	void look(Candidate &candidate);
	// Give all of them their scores, each seen beside the others of its document.
	void settle(std::vector<Candidate> &all) const;
};

} // namespace opcit
#endif
