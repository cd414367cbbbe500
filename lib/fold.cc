#include "fold.hh"

#include <algorithm>
#include <map>

#include "wdiff.h"
#include "weights.h"

namespace opcit
{

namespace
{

constexpr size_t FEWEST_WORDS = 5; // of a text that is worth folding

class Folder
{
	opcit_index &index;
	const std::vector<Candidate> &all;
	opcit_arena arena = OPCIT_ARENA_INIT;
	std::map<uint32_t, std::string> dates; // by file

      public:
	Folder(opcit_index &opened, const std::vector<Candidate> &candidates) : index(opened), all(candidates)
	{
	}
	Folder(const Folder &) = delete;
	Folder &operator=(const Folder &) = delete;
	~Folder()
	{
		opcit_arena_release(&arena);
	}

	opcit_words words_of(size_t i)
	{
		std::string data = index.db.get_document(all[i].id, Xapian::DOC_ASSUME_VALID).get_data();
		opcit_str record = opcit_str_sub(borrow(data), 4, data.size());
		opcit_words words;

		opcit_words_read(opcit_record_peek_text(record), &arena, &words);
		return words;
	}

	bool folds(size_t i) const
	{
		return all[i].kind != OPCIT_KIND_TITLE && all[i].kind != OPCIT_KIND_HEADING &&
		       all[i].kind != OPCIT_KIND_TOC;
	}

	bool same(size_t i, const opcit_words &a, size_t k, const opcit_words &b) const
	{
		return all[i].file != all[k].file && a.n >= FEWEST_WORDS && folds(i) && folds(k) &&
		       opcit_words_similarity(&a, &b, OPCIT_FOLDED_FROM) >= OPCIT_FOLDED_FROM;
	}

	const std::string &date_of(size_t i)
	{
		auto found = dates.find(all[i].file);

		if (found != dates.end())
			return found->second;
		return dates[all[i].file] =
			       index.db.get_document(all[i].id, Xapian::DOC_ASSUME_VALID).get_value(SLOT_DATE);
	}

	void newest_first(Group &group)
	{
		std::stable_sort(group.begin(), group.end(),
				 [&](size_t a, size_t b) { return date_of(a) > date_of(b); });
	}
};

} // namespace

std::vector<Group> fold(opcit_index &index, const std::vector<Candidate> &all, size_t limit)
{
	Folder folder(index, all);
	std::vector<Group> groups;
	std::vector<opcit_words> texts; // of each group's best

	for (size_t i = 0; i < all.size(); i++) {
		opcit_words words = folder.words_of(i);
		size_t g = 0;

		while (g < groups.size() && !folder.same(i, words, groups[g][0], texts[g]))
			g++;
		if (g < groups.size()) {
			groups[g].push_back(i);
		} else if (groups.size() < limit) {
			groups.push_back({ i });
			texts.push_back(words);
		}
	}
	for (Group &group : groups)
		folder.newest_first(group);
	return groups;
}

} // namespace opcit
