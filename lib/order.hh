// order.hh: the orders of results that a document decides, and no word.
#ifndef OPCIT_ORDER_HH
#define OPCIT_ORDER_HH

#include <map>
#include <string>

#include "open_index.hh"

namespace opcit
{

// How many records cite a document by its identifier or its symbol.
uint32_t times_cited(opcit_index &index, const opcit_doc &doc);

// The first `limit` records that a query finds, by what their documents are called or
// how often those are cited, then in the order of the index.
Matches by_file(opcit_index &index, const Xapian::Query &query, opcit_order order, size_t limit);

// What Xapian sorts records by, found out once for each file.
class FileKey : public Xapian::KeyMaker
{
	struct File {
		Xapian::docid end; // past its last record
		std::string key;
	};
	opcit_index &index;
	opcit_order order;
	mutable std::map<Xapian::docid, File> files; // by first record

      public:
	std::string key_of(const opcit_doc &doc) const;

	FileKey(opcit_index &opened, opcit_order wanted) : index(opened), order(wanted)
	{
	}
	std::string operator()(const Xapian::Document &entry) const override;
};

} // namespace opcit
#endif
