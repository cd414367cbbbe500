// vocabulary.cc: wildcards and the terms of the index. The index holds stems
// and no words, so a pattern is matched in two steps: stems whose words may
// match are found here, and where a stem does not settle it the text does.
#include "vocabulary.hh"

#include <algorithm>

namespace opcit
{

namespace
{

size_t common_bytes(const std::string &a, const std::string &b)
{
	size_t i = 0;

	while (i < a.size() && i < b.size() && a[i] == b[i])
		i++;
	return i;
}

// May words with this stem begin with `prefix`? A stem is the beginning of its
// words but for the last letter: happi, of happy.
bool may_begin(const std::string &stem, const std::string &prefix)
{
	size_t same = common_bytes(stem, prefix), shorter = std::min(stem.size(), prefix.size());

	return same == shorter || (same + 1 == shorter && same > OPCIT_WILDCARD_PREFIX) ||
	       (same + 1 == shorter && stem.size() > prefix.size());
}

// Do all of them, whatever a stemmer did to their ends? It changes no more
// than the last two letters (woman, of women).
bool must_begin(const std::string &stem, const std::string &prefix)
{
	return stem.size() >= prefix.size() + 2 && stem.compare(0, prefix.size(), prefix) == 0;
}

struct Found {
	std::string stem;
	Xapian::doccount records;
	bool sure;
};

} // namespace

WildTerms wild_terms(opcit_index &index, const opcit_wildcard &wildcard)
{
	std::string prefix(wildcard.pattern, wildcard.prefix);
	bool plain = wildcard.len == wildcard.prefix + 1; // only a star at the end
	std::string common = prefix.substr(0, OPCIT_WILDCARD_PREFIX);
	std::vector<std::string> whole; // stems of the prefix, taken for a word
	std::vector<Found> found;
	WildTerms terms;

	for (const std::string &lang : index.langs) {
		opcit_str stem = opcit_stem(index.stemmer(lang), borrow(prefix));

		whole.emplace_back(stem.ptr, stem.len);
	}
	auto end = index.db.allterms_end(common);

	for (auto it = index.db.allterms_begin(common); it != end; ++it) {
		std::string stem = *it;
		bool sure = plain && must_begin(stem, prefix);

		if (sure || may_begin(stem, prefix) ||
		    std::find(whole.begin(), whole.end(), stem) != whole.end())
			found.push_back({ stem, it.get_termfreq(), sure });
	}
	terms.found = found.size();
	if (found.size() > OPCIT_WILDCARD_TERMS) {
		std::nth_element(found.begin(), found.begin() + OPCIT_WILDCARD_TERMS, found.end(),
				 [](const Found &a, const Found &b) { return a.records > b.records; });
		found.resize(OPCIT_WILDCARD_TERMS);
	}
	for (const Found &one : found)
		(one.sure ? terms.sure : terms.open).push_back(one.stem);
	return terms;
}

} // namespace opcit

extern "C" opcit_status opcit_index_wildcard(struct opcit_index *index, struct opcit_str text,
					     size_t *used, size_t *found, struct opcit_err *err)
{
	opcit_wildcard wildcard;
	opcit_status status = opcit_wildcard_init(&wildcard, text, err);

	if (status != OPCIT_OK)
		return status;
	return index->read(err, [&] {
		opcit::WildTerms terms = opcit::wild_terms(*index, wildcard);

		*found = terms.found;
		*used = terms.sure.size() + terms.open.size();
		return OPCIT_OK;
	});
}
