// complete.cc: see complete.h. The names of documents are terms, and terms are
// sorted: what begins in one way stands together.
#include "complete.h"

#include <cstring>
#include <unordered_set>

#include "open_index.hh"
#include "versions.h"

namespace
{

bool begins(opcit_str name, const std::string &key)
{
	std::string term = opcit::key_term("", name);

	return name.len && term.compare(0, key.size(), key) == 0;
}

// The file of that name that is shown: English before others.
bool chosen(opcit_index &index, const std::string &term, opcit_arena *arena, opcit_entry &entry)
{
	opcit_entry *entries;
	size_t n;
	std::string key = term.substr(std::strlen(opcit::BY_NAME));

	if (opcit_index_find(&index, opcit::borrow(key), arena, &entries, &n, nullptr) != OPCIT_OK || !n)
		return false;
	opcit_versions_choose(entries, n, opcit_str{ "", 0 });
	entry = entries[0];
	return true;
}

} // namespace

extern "C" opcit_status opcit_index_complete(struct opcit_index *index, struct opcit_str prefix,
					     size_t limit, struct opcit_arena *arena,
					     struct opcit_completion **list, size_t *n, bool *more,
					     struct opcit_err *err)
{
	*list = nullptr;
	*n = 0;
	return index->read(err, [&] {
		std::string key = opcit::key_term("", prefix), begin = opcit::BY_NAME + key;
		std::unordered_set<uint32_t> seen;
		std::vector<opcit_completion> found;
		auto it = index->db.allterms_begin(begin), end = index->db.allterms_end(begin);

		for (; it != end && found.size() < limit; ++it) {
			opcit_completion one;

			if (!chosen(*index, *it, arena, one.entry) || !seen.insert(one.entry.number).second)
				continue;
			one.by_title = !begins(one.entry.doc.id, key) && !begins(one.entry.doc.symbol, key);
			found.push_back(one);
		}
		if (more)
			*more = it != end;
		*n = found.size();
		*list = static_cast<opcit_completion *>(
			opcit_arena_alloc(arena, (found.size() + 1) * sizeof(opcit_completion)));
		std::copy(found.begin(), found.end(), *list);
		return OPCIT_OK;
	});
}
