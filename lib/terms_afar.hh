// terms_afar.hh: the terms by which records elsewhere are weighed. A server gives a
// record's terms out one message each, hundreds of them; the record itself, which is
// here anyway, tells the few that count.
#ifndef OPCIT_TERMS_AFAR_HH
#define OPCIT_TERMS_AFAR_HH

#include <map>
#include <set>
#include <string>

#include "score.hh"

namespace opcit
{

class TermsAfar
{
	opcit_index &index;
	Arena memory;
	std::map<uint32_t, opcit_entry> entries; // by file
	std::map<std::string, std::set<Xapian::docid>> holders; // of terms that no record tells

	void add_words(const char *prefix, opcit_str text, opcit_str lang, unsigned weight,
		       std::map<std::string, unsigned> &terms);
	bool chapeau(const opcit_entry &entry, const opcit_record &item, opcit_record &found);

      public:
	explicit TermsAfar(opcit_index &opened) : index(opened)
	{
	}
	// Ask which of the candidates hold those of a question's terms.
	void ask(const std::vector<std::string> &terms, const std::vector<Candidate *> &all);
	// Language, headings, title and fields of a candidate, with how often each.
	std::map<std::string, unsigned> terms_of(const Candidate &candidate);
};

} // namespace opcit
#endif
