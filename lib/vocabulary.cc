// vocabulary.cc: wildcards and the terms of the index. The index holds stems
// and no words, so a pattern is matched in two steps: stems whose words may
// match are found here, and where a stem does not settle it the text does.
#include "vocabulary.hh"

#include <algorithm>
#include <set>

#include "english.h"

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

// How the stems may begin of words that begin with a prefix, and stems whose words do not all begin as they do.
struct Beginnings {
	std::set<std::string> of_stems; // the prefix, and in the spelling that is stemmed
	std::set<std::string> stems;    // of the prefix, taken for a word, and of forms that begin with it
	std::set<std::string> mixed;    // of words that have forms which do not begin with it
	std::vector<std::string> mixed_spellings; // such stems begin with that

	Beginnings(opcit_index &index, const std::string &prefix) : of_stems{ prefix }
	{
		opcit_english_form form;
		size_t place = 0;

		for (const std::string &lang : index.langs)
			stems.insert(stem_of(index.stemmer(lang), borrow(prefix)));
		while (opcit_english_next(borrow(prefix), &place, &form)) {
			std::string printed(form.form), base(form.base);
			bool matches = begins(printed, prefix);

			if (form.spelling && (matches || begins(prefix, printed)))
				of_stems.insert(matches ? base : base + prefix.substr(printed.size()));
			else if (form.spelling)
				mixed_spellings.push_back(base);
			else
				(matches ? stems : mixed).insert(stem_of(index.stemmer("en"), borrow(base)));
		}
	}

	static bool begins(const std::string &text, const std::string &beginning)
	{
		return text.compare(0, beginning.size(), beginning) == 0;
	}

	static std::string stem_of(opcit_stemmer *stemmer, opcit_str word)
	{
		opcit_str stem = opcit_stem(stemmer, word);

		return { stem.ptr, stem.len };
	}

	bool may_have(const std::string &stem) const
	{
		return std::any_of(of_stems.begin(), of_stems.end(),
				   [&](const std::string &beginning) { return may_begin(stem, beginning); });
	}

	bool is_mixed(const std::string &stem) const
	{
		return mixed.count(stem) || std::any_of(mixed_spellings.begin(), mixed_spellings.end(),
							[&](const std::string &spelling) { return begins(stem, spelling); });
	}
};

struct Found {
	std::string stem;
	Xapian::doccount records;
	bool sure;
};

// All terms that begin with the two letters, or more, that must stand before a star.
template <typename Take> void each_term(opcit_index &index, const std::string &common, Take take)
{
	auto end = index.db.allterms_end(common);

	for (auto it = index.db.allterms_begin(common); it != end; ++it)
		take(*it, it.get_termfreq());
}

} // namespace

WildTerms wild_terms(opcit_index &index, const opcit_wildcard &wildcard)
{
	std::string prefix(wildcard.pattern, wildcard.prefix);
	bool plain = wildcard.len == wildcard.prefix + 1; // only a star at the end
	Beginnings beginnings(index, prefix);
	std::set<std::string> commons;
	std::vector<Found> found;
	WildTerms terms;

	for (const std::string &beginning : beginnings.of_stems)
		commons.insert(beginning.substr(0, OPCIT_WILDCARD_PREFIX));
	for (const std::string &common : commons)
		each_term(index, common, [&](const std::string &stem, Xapian::doccount records) {
			bool sure = plain && must_begin(stem, prefix) && !beginnings.is_mixed(stem);

			if ((sure || beginnings.may_have(stem)) && !beginnings.stems.count(stem))
				found.push_back({ stem, records, sure });
		});
	for (const std::string &stem : beginnings.stems)
		if (Xapian::doccount records = index.db.get_termfreq(stem))
			found.push_back({ stem, records, false });
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
