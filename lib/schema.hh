// schema.hh: the names under which things stand in the index. The one place
// for prefixes, slots and keys; docs/index-format.md explains them.
#ifndef OPCIT_SCHEMA_HH
#define OPCIT_SCHEMA_HH

#include <cstdint>
#include <string>

#include "status.h"
#include "str.h"

namespace opcit
{

// Raise when an older program would misread the index.
constexpr const char SCHEMA[] = "8";
// The last that had the database in the index folder itself.
constexpr const char OLD_SCHEMA[] = "5";
constexpr const char FEATURES[] = "stems sections cites notes countries";

// Terms. Stems of the text have no prefix: words are folded to lower case, so
// that no upper-case prefix is ever mistaken for one.
constexpr const char IN_SECTION[] = "S"; // stem of a heading above
constexpr const char IN_TITLE[] = "T";   // stem of the document's title
constexpr const char IN_NOTE[] = "N";    // stem of a note that the record carries, or is
constexpr const char BY_NAME[] = "Q";    // document: identifier, symbol, title
constexpr const char BY_BODY[] = "XB";
constexpr const char BY_TYPE[] = "XT";
constexpr const char BY_KIND[] = "XK";
constexpr const char BY_ACT[] = "XA";
constexpr const char BY_YEAR[] = "Y";
constexpr const char BY_LANG[] = "L";
constexpr const char BY_SECTION[] = "XS"; // a whole heading above
constexpr const char BY_LABEL[] = "XL";
constexpr const char BY_CITED[] = "XC";    // citation target
constexpr const char BY_COUNTRY[] = "XN";  // code of a country that is named
constexpr const char BY_PINPOINT[] = "XP"; // citation target, ";", pinpoint

enum Slot : unsigned { SLOT_DATE = 0, SLOT_PLACE = 1, SLOT_KIND = 2, SLOT_RECORD = 3 };

// Metadata.
constexpr const char META_SCHEMA[] = "schema";
constexpr const char META_FEATURES[] = "features";
constexpr const char META_NEXT[] = "next";   // number of the next new document
constexpr const char META_SHARD[] = "shard"; // "1": the table of files is in another database
constexpr const char META_SHIFT[] = "shift"; // what entries tell of places is greater by this
constexpr const char META_ENTRY[] = "doc:";  // + number as 8 hex digits
constexpr const char META_SOURCE[] = "src:"; // + source path, bounded: its number
constexpr const char META_STATE[] = "state:";

// Xapian refuses terms and keys over 245 bytes: a longer name keeps its
// beginning and gets a hash of the whole.
std::string bounded(const char *prefix, const char *bytes, size_t len);
// The same of the name's folded key (opcit_text_key).
std::string key_term(const char *prefix, struct opcit_str name);
// The term for one paragraph, article … of a cited document.
std::string pinpoint_term(struct opcit_str target, struct opcit_str pinpoint);
std::string entry_key(uint32_t number);

// OPCIT_DAMAGED, with what to do, for the index of another version of opcit.
opcit_status refuse_schema(const std::string &dir, const std::string &schema, opcit_err *err);

// Four bytes, most significant first.
std::string number_bytes(uint32_t number);
bool bytes_number(const std::string &bytes, size_t at, uint32_t &number);

// The encoded record in an entry's data, borrowed, and the number of its file.
// Throws where they are not as they were stored: what follows may peek.
opcit_str stored_record(const std::string &data, uint32_t &number);

} // namespace opcit
#endif
