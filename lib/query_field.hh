// query_field.hh: what the fields of a query ask of the index.
#ifndef OPCIT_QUERY_FIELD_HH
#define OPCIT_QUERY_FIELD_HH

#include "open_index.hh"

namespace opcit
{

// A term that matches, and counts for nothing.
Xapian::Query filter(const std::string &term);
// Exactly `weight` for every record that matches.
Xapian::Query constant(const Xapian::Query &query, double weight);
// Who asks for "recommendations on …" wants the clauses that recommend, and
// they seldom use the word: they urge, call upon, request. Empty for most words.
Xapian::Query clauses_asked(opcit_str word);
// The term of a field that is one term as a whole; empty for the others.
std::string field_term(const opcit_query &query);
// since: and until:
Xapian::Query date_query(const opcit_query &query);
// "CRC" or "CRC;art:37"
Xapian::Query cites_query(opcit_str text);

} // namespace opcit
#endif
