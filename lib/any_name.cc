// any_name.cc: see any_name.hh.
#include "any_name.hh"

#include <algorithm>

namespace opcit
{

namespace
{

using Xapian::Query;

Query all_of(const NameWords &name)
{
	std::vector<Query> words;

	for (const auto &word : name)
		words.push_back(word.second.query);
	return words.size() == 1 ? words[0] : Query(Query::OP_AND, words.begin(), words.end());
}

bool holds_all(const NameWords &name, const NameWords &other)
{
	return std::includes(name.begin(), name.end(), other.begin(), other.end(), name.value_comp());
}

// Names without those that hold all the words of another.
std::vector<NameWords> shortest(const std::vector<NameWords> &names)
{
	std::vector<NameWords> kept;

	for (const NameWords &name : names) {
		auto holds = [&](const NameWords &other) { return holds_all(name, other); };

		if (std::any_of(kept.begin(), kept.end(), holds))
			continue;
		kept.erase(std::remove_if(kept.begin(), kept.end(),
					  [&](const NameWords &other) { return holds_all(other, name); }),
			   kept.end());
		kept.push_back(name);
	}
	return kept;
}

// The word that saves most: how often it is wanted again, times what going through it
// costs. Empty where none is.
std::string most_shared(const std::vector<NameWords> &names)
{
	std::map<std::string, double> again;
	std::string best;

	for (const NameWords &name : names)
		for (const auto &word : name) {
			auto first = again.emplace(word.first, 0);

			if (!first.second)
				first.first->second += 1 + word.second.records;
		}
	for (const auto &word : again)
		if (word.second > 0 && (best.empty() || word.second > again[best]))
			best = word.first;
	return best;
}

} // namespace

std::vector<Xapian::Query> any_name(std::vector<NameWords> names)
{
	std::vector<Query> found;

	names = shortest(names);
	for (std::string shared; !(shared = most_shared(names)).empty();) {
		auto with = std::partition(names.begin(), names.end(),
					   [&](const NameWords &name) { return name.count(shared) == 0; });
		Query word = with->at(shared).query;

		for (auto name = with; name != names.end(); ++name)
			name->erase(shared);
		std::vector<Query> rest = any_name({ with, names.end() });

		names.erase(with, names.end());
		found.push_back(Query(Query::OP_AND, word, Query(Query::OP_OR, rest.begin(), rest.end())));
	}
	for (const NameWords &name : names)
		found.push_back(all_of(name));
	return found;
}

} // namespace opcit
