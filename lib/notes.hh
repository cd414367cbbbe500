// notes.hh: which note a marker in a paragraph means.
#ifndef OPCIT_NOTES_HH
#define OPCIT_NOTES_HH

#include <map>
#include <string>
#include <vector>

#include "record.h"

namespace opcit
{

// Bytes of a note that count for the paragraphs that carry it, however many.
constexpr size_t LONGEST_NOTE = 16u << 10;

// The notes of a document by label, in order.
using Notes = std::map<std::string, std::vector<const opcit_record *>>;

Notes notes_of(const opcit_record *records, size_t n);

// The note of a marker in a record: the first of that label after it, or the
// last before it where notes precede. NULL when the document has none.
const opcit_record *note_of(const Notes &notes, const opcit_record *record, opcit_str marker);

} // namespace opcit
#endif
