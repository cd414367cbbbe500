// citator.cc: the index turned round: what its records cite, read off the
// citation terms, so that no record need be decoded for it.
#include <cstring>
#include <unordered_set>
#include <vector>

#include "open_index.hh"

using opcit::borrow;

static std::unordered_set<std::string> names_of_documents(opcit_index &index)
{
	size_t skip = std::strlen(opcit::BY_NAME);
	auto end = index.db.allterms_end(opcit::BY_NAME);
	std::unordered_set<std::string> names;

	for (auto it = index.db.allterms_begin(opcit::BY_NAME); it != end; ++it)
		names.insert((*it).substr(skip));
	return names;
}

extern "C" opcit_status opcit_index_targets(struct opcit_index *index, struct opcit_arena *arena,
					    struct opcit_target **targets, size_t *n,
					    struct opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		size_t skip = std::strlen(opcit::BY_CITED);
		auto end = index->db.allterms_end(opcit::BY_CITED);
		std::vector<opcit_target> all;
		std::unordered_set<std::string> names;

		// One list is one journey, each name of it another.
		if (index->remote)
			names = names_of_documents(*index);
		for (auto it = index->db.allterms_begin(opcit::BY_CITED); it != end; ++it) {
			std::string key = (*it).substr(skip);
			opcit_target target;

			target.key = opcit_arena_dup(arena, borrow(key));
			target.records = it.get_termfreq();
			target.held = index->remote ? names.count(key) : index->db.term_exists(opcit::BY_NAME + key);
			all.push_back(target);
		}
		*n = all.size();
		*targets = static_cast<opcit_target *>(
			opcit_arena_alloc(arena, all.size() * sizeof(opcit_target)));
		std::copy(all.begin(), all.end(), *targets);
		return OPCIT_OK;
	});
}

extern "C" opcit_status opcit_index_target_name(struct opcit_index *index, struct opcit_str key,
						struct opcit_arena *arena, struct opcit_str *name,
						struct opcit_err *err)
{
	*name = key;
	return index->read(err, [&]() -> opcit_status {
		std::string term = opcit::BY_CITED + std::string(key.ptr, key.len);
		Xapian::docid first = opcit::first_with(*index, term);
		opcit_record record;
		uint32_t number;

		if (first == 0)
			return opcit_err_set(err, OPCIT_NOT_FOUND, "nothing cites '%.*s'",
					     OPCIT_FMT(key));
		index->load_record(first, arena, record, number);
		for (size_t i = 0; i < record.n_cites; i++)
			if (opcit::key_term(opcit::BY_CITED, record.cites[i].target) == term) {
				*name = record.cites[i].target;
				return OPCIT_OK;
			}
		throw Xapian::DatabaseCorruptError("a record does not cite what the index says");
	});
}

extern "C" opcit_status opcit_index_pinpoints(struct opcit_index *index, struct opcit_str target,
					      struct opcit_arena *arena,
					      struct opcit_str **pinpoints, size_t *n,
					      struct opcit_err *err)
{
	return index->read(err, [&]() -> opcit_status {
		std::string prefix = opcit::pinpoint_term(target, opcit_str{ "", 0 });
		auto end = index->db.allterms_end(prefix);
		std::vector<opcit_str> all;

		for (auto it = index->db.allterms_begin(prefix); it != end; ++it)
			all.push_back(opcit_arena_dup(arena, borrow((*it).substr(prefix.size()))));
		*n = all.size();
		*pinpoints = static_cast<opcit_str *>(
			opcit_arena_alloc(arena, all.size() * sizeof(opcit_str)));
		std::copy(all.begin(), all.end(), *pinpoints);
		return OPCIT_OK;
	});
}
