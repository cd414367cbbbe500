// order.cc: see order.hh.
#include "order.hh"

#include <algorithm>
#include <unordered_map>

namespace opcit
{

uint32_t times_cited(opcit_index &index, const opcit_doc &doc)
{
	uint32_t most = 0;

	// A record that cites both counts once: the greater of two is the safe one.
	for (opcit_str name : { doc.id, doc.symbol })
		if (name.len)
			most = std::max(most, index.records_with(key_term(BY_CITED, name)));
	return most;
}

// A name in natural order: S/RES/9 before S/RES/10. A number is its length and
// its digits, which sort as numbers do.
static std::string natural(opcit_str name)
{
	std::string key = key_term("", name), sorted;
	auto is_digit = [](char c) { return c >= '0' && c <= '9'; };

	for (size_t at = 0; at < key.size();) {
		size_t end = at;

		while (end < key.size() && is_digit(key[end]))
			end++;
		if (end == at) {
			sorted += key[at++];
			continue;
		}
		while (at + 1 < end && key[at] == '0')
			at++;
		sorted += '0';
		sorted += static_cast<char>(std::min<size_t>(end - at, 255));
		sorted.append(key, at, end - at);
		at = end;
	}
	return sorted;
}

std::string FileKey::key_of(const opcit_doc &doc) const
{
	if (order == OPCIT_ORDER_CITED)
		return number_bytes(~times_cited(index, doc));
	return natural(doc.symbol.len ? doc.symbol : doc.id);
}

std::string FileKey::operator()(const Xapian::Document &entry) const
{
	Xapian::docid id = entry.get_docid();
	auto after = files.upper_bound(id);
	Arena scratch;
	opcit_entry file;
	uint32_t number;

	if (after != files.begin() && id < std::prev(after)->second.end)
		return std::prev(after)->second.key;
	std::string data = index.data_of(id), key;
	bool known = bytes_number(data, 0, number) && index.load_entry(number, scratch, file);

	if (known)
		key = key_of(file.doc);
	if (known && file.doc.n_records)
		files[file.first] = { file.first + file.doc.n_records, key };
	return key;
}

// A shard's server has no keys of ours: what it finds is sorted here.
static Matches by_file_in_parts(opcit_index &index, const Xapian::Query &query, opcit_order order, size_t limit)
{
	Matches found = in_order(index, query, ALL);
	std::unordered_map<uint32_t, std::string> keys;
	FileKey file_key(index, order);

	auto key = [&](const Match &match) -> const std::string & {
		auto known = keys.emplace(index.file_of(match), "");
		Arena scratch;
		opcit_entry file;

		if (known.second && index.load_entry(known.first->first, scratch, file))
			known.first->second = file_key.key_of(file.doc);
		return known.first->second;
	};
	for (const Match &match : found.all)
		key(match);
	std::stable_sort(found.all.begin(), found.all.end(),
			 [&](const Match &a, const Match &b) { return key(a) < key(b); });
	found.more = found.all.size() > limit;
	found.all.resize(std::min(limit, found.all.size()));
	return found;
}

Matches by_file(opcit_index &index, const Xapian::Query &query, opcit_order order, size_t limit)
{
	Xapian::Enquire enquire(index.db);
	FileKey file_key(index, order);

	if (!index.alone)
		return by_file_in_parts(index, query, order, limit);
	enquire.set_query(query);
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	enquire.set_sort_by_key(&file_key, false);
	return first_of(index, enquire, limit);
}

} // namespace opcit
