// entry.hh: a record as the entry that stands for it in Xapian: its terms, its
// values, its data. docs/index-format.md lists them.
#ifndef OPCIT_ENTRY_HH
#define OPCIT_ENTRY_HH

#include <xapian.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "country.h"
#include "notes.hh"
#include "record.h"
#include "schema.hh"
#include "squeeze.hh"
#include "text.h"

namespace opcit
{

class EntryMaker
{
	std::map<std::string, opcit_stemmer *> stemmers;
	const opcit_countries *countries;
	// Of the document at hand, by its headings and the like, which come again with every record below.
	std::unordered_map<std::string, opcit_country_set> named;
	std::unordered_map<std::string, std::vector<std::string>> words;
	std::unordered_map<std::string, std::string> keys;
	opcit_buf buf = OPCIT_BUF_INIT;
	Squeezer squeezer;

	opcit_stemmer *stemmer(opcit_str lang);
	template <typename Use> void each_word(const char *prefix, opcit_str text, opcit_str lang, Use use);
	void add_words(Xapian::Document &entry, const char *prefix, opcit_str text, opcit_str lang, unsigned weight);
	void add_again(Xapian::Document &entry, const char *prefix, opcit_str text, opcit_str lang, unsigned weight);
	const std::string &key_of(const char *prefix, opcit_str name);
	void add_fields(Xapian::Document &entry, const opcit_doc &doc, const opcit_record &record, uint32_t number);
	void add_countries(Xapian::Document &entry, const opcit_doc &doc, const opcit_record &record);
	void add_notes(Xapian::Document &entry, const Notes &notes, const opcit_record &record, opcit_str lang);
	Xapian::Document make(const opcit_doc &doc, const opcit_record *records, const Notes &notes,
			      const opcit_record &record, uint32_t number);

      public:
	// Without a table (nullptr) records are not entered by the countries that
	// they name; it is borrowed.
	explicit EntryMaker(const opcit_countries *table) : countries(table)
	{
	}
	EntryMaker(const EntryMaker &) = delete;
	EntryMaker &operator=(const EntryMaker &) = delete;
	~EntryMaker();

	// Add the records of file `number` to a database, in order.
	void add(Xapian::WritableDatabase &db, uint32_t number, const opcit_doc &doc, const opcit_record *records,
		 size_t n);
};

} // namespace opcit
#endif
