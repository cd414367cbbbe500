// notes.cc: see notes.hh.
#include "notes.hh"

#include <algorithm>

namespace opcit
{

Notes notes_of(const opcit_record *records, size_t n)
{
	Notes notes;

	for (const opcit_record *record = records; record < records + n; record++)
		if (record->kind == OPCIT_KIND_FOOTNOTE && record->label.len)
			notes[std::string(record->label.ptr, record->label.len)].push_back(record);
	return notes;
}

const opcit_record *note_of(const Notes &notes, const opcit_record *record, opcit_str marker)
{
	auto found = notes.find("fn" + std::string(marker.ptr ? marker.ptr : "", marker.len));

	if (found == notes.end())
		return nullptr;
	auto after = std::upper_bound(found->second.begin(), found->second.end(), record);

	return after == found->second.end() ? found->second.back() : *after;
}

} // namespace opcit
