#include "fold.hh"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "wdiff.h"
#include "weights.h"

namespace opcit
{

namespace
{

constexpr size_t MOST_FOLDED = 2000; // each is compared with all groups before it
constexpr size_t FEWEST_WORDS = 5;  // of a text that is worth folding
constexpr double OTHERWISE = 0.5;   // of what both say, that two alike may say differently

class Folder
{
	opcit_index &index;
	const std::vector<Candidate> &all;
	Arena arena;
	std::map<uint32_t, std::string> dates; // by file
	std::map<uint32_t, opcit_entry> entries;
	std::vector<opcit_words> words; // of each, where they have been asked for

	const opcit_words &words_of(size_t i)
	{
		if (!words[i].hashes)
			opcit_words_read(all[i].text(), arena, &words[i]);
		return words[i];
	}

      public:
	Folder(opcit_index &opened, const std::vector<Candidate> &candidates)
	    : index(opened), all(candidates), words(candidates.size())
	{
	}

	bool folds(size_t i) const
	{
		return all[i].kind != OPCIT_KIND_TITLE && all[i].kind != OPCIT_KIND_HEADING &&
		       all[i].kind != OPCIT_KIND_TOC;
	}

	// Told from what is known already: texts that are nearly the same have few words that
	// the other has not, and say nearly as much of what is asked for. Most pairs go no further.
	bool may_fold(size_t i, size_t k) const
	{
		const Candidate &a = all[i], &b = all[k];
		double others = (1 - OPCIT_FOLDED_FROM) * static_cast<double>(a.n_words + b.n_words), apart = 0, most = 0;

		if (a.file == b.file || !folds(i) || !folds(k) || static_cast<double>((a.words ^ b.words).count()) > others)
			return false;
		for (size_t u = 0; u < a.said.size(); u++) {
			apart += std::fabs(a.said[u] - b.said[u]);
			most += std::max(a.said[u], b.said[u]);
		}
		return apart <= OTHERWISE * most;
	}

	bool same(size_t i, size_t k)
	{
		const opcit_words &a = words_of(i), &b = words_of(k);

		return a.n >= FEWEST_WORDS &&
		       opcit_words_similarity(&a, &b, OPCIT_FOLDED_FROM) >= OPCIT_FOLDED_FROM;
	}

	const std::string &date_of(size_t i)
	{
		auto found = dates.find(all[i].file);

		if (found != dates.end())
			return found->second;
		if (!index.alone) {
			opcit_str date = entry_of(i).doc.date;

			return dates[all[i].file] = std::string(date.ptr ? date.ptr : "", date.len);
		}
		return dates[all[i].file] =
			       index.db.get_document(all[i].id, Xapian::DOC_ASSUME_VALID).get_value(SLOT_DATE);
	}

	const opcit_entry &entry_of(size_t i)
	{
		auto found = entries.find(all[i].file);

		if (found != entries.end())
			return found->second;
		opcit_entry &entry = entries[all[i].file];

		if (!index.load_entry(all[i].file, arena, entry))
			throw Xapian::DatabaseCorruptError("a record belongs to no document");
		return entry;
	}

	// Its label, where the record may be there in another language; else empty.
	std::string label_of(size_t i) const
	{
		opcit_str label = opcit_record_peek_label(all[i].record());

		return index.langs.size() < 2 || !folds(i) || !label.len ? "" : std::string(label.ptr, label.len);
	}

	// Which document it is a version of, in all languages.
	std::string name_of(size_t i)
	{
		return key_term("", entry_of(i).doc.id);
	}

	bool other_language(size_t i, size_t k)
	{
		return !opcit_str_eq(entry_of(i).doc.lang, entry_of(k).doc.lang);
	}

	// Who asks in French reads the French one.
	void add_version(Group &group, size_t i)
	{
		auto spoken = [&](size_t k) { return opcit_str_eq(entry_of(k).doc.lang, borrow(index.spoken)); };

		if (spoken(i) && !spoken(group.shown))
			std::swap(i, group.shown);
		group.versions.push_back(i);
	}

	// The newest is shown, of those that have most of what is asked for (who names a year or a
	// month wants that one's); the others and not its versions are known then.
	void newest_first(Group &group)
	{
		std::vector<size_t> members = group.older;

		if (members.empty())
			return;
		members.insert(members.begin(), group.shown);
		std::stable_sort(members.begin(), members.end(),
				 [&](size_t a, size_t b) { return date_of(a) > date_of(b); });
		auto shown = std::max_element(members.begin(), members.end(), [&](size_t a, size_t b) {
			return std::tie(all[a].carries, all[a].tells) < std::tie(all[b].carries, all[b].tells);
		});
		std::rotate(members.begin(), shown, shown + 1);
		if (members[0] != group.shown)
			group.versions.clear();
		group.shown = members[0];
		group.older.assign(members.begin() + 1, members.end());
	}
};

} // namespace

std::vector<Group> fold(opcit_index &index, const std::vector<Candidate> &all, size_t limit)
{
	Folder folder(index, all);
	std::vector<Group> groups;
	std::vector<size_t> best; // of each group
	std::map<std::string, std::map<std::string, size_t>> by_place; // groups, by label and document

	for (size_t i = 0; i < all.size(); i++) {
		std::string label = folder.label_of(i);
		size_t g = 0;

		// Most have a label that no group has: their document need not be read.
		if (auto labelled = by_place.find(label); labelled != by_place.end()) {
			auto version = labelled->second.find(folder.name_of(i));

			if (version != labelled->second.end() && folder.other_language(i, groups[version->second].shown)) {
				folder.add_version(groups[version->second], i);
				continue;
			}
		}
		while (i < MOST_FOLDED && g < groups.size() && !(folder.may_fold(i, best[g]) && folder.same(i, best[g])))
			g++;
		if (i < MOST_FOLDED && g < groups.size()) {
			groups[g].older.push_back(i);
		} else if (groups.size() < limit) {
			if (!label.empty())
				by_place[label].emplace(folder.name_of(i), groups.size());
			groups.push_back({ i, all[i].score, {}, {} });
			best.push_back(i);
		}
	}
	for (Group &group : groups)
		folder.newest_first(group);
	return groups;
}

} // namespace opcit
