// rank.cc: running a query, and the order of what it finds.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "open_index.hh"
#include "proximity.hh"
#include "weights.h"

namespace
{

struct Candidate {
	Xapian::docid id;
	double score;
};

// A clause answers a question; a heading or a line of the table of contents
// only says where the answer stands.
double kind_weight(const std::string &kind)
{
	static const double weights[OPCIT_KIND_COUNT] = OPCIT_KIND_WEIGHTS;

	if (kind.size() != 1 || kind[0] < '0' || kind[0] >= '0' + OPCIT_KIND_COUNT)
		return 1;
	return weights[kind[0] - '0'];
}

Xapian::MSet run(opcit_index &index, const Xapian::Query &query, opcit_order order, size_t limit)
{
	Xapian::Enquire enquire(index.db);

	enquire.set_query(query);
	if (order == OPCIT_ORDER_SCORE)
		enquire.set_weighting_scheme(
			Xapian::BM25Weight(OPCIT_BM25_K1, 0, 1, OPCIT_BM25_B, OPCIT_BM25_SHORTEST));
	else
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	if (order == OPCIT_ORDER_NEWEST)
		enquire.set_sort_by_value(opcit::SLOT_DATE, true);
	return enquire.get_mset(
		0, static_cast<Xapian::doccount>(std::min<size_t>(limit, index.db.get_doccount())));
}

// What the words of a record are worth, seen together: Xapian's weight of
// each, more where they stand together, less for a mere signpost. The tiers
// of a named document are kept out of it.
double rescore(opcit_index &index, opcit::Proximity &proximity, Xapian::docid id, double weight)
{
	Xapian::Document entry = index.db.get_document(id, Xapian::DOC_ASSUME_VALID);
	double tier = std::floor(weight / OPCIT_TIER) * OPCIT_TIER;
	std::string data = entry.get_data();
	opcit_str text = opcit_record_peek_text(opcit_str_sub(opcit::borrow(data), 4, data.size()));

	return tier + (weight - tier) * kind_weight(entry.get_value(opcit::SLOT_KIND)) *
			      (1 + OPCIT_WEIGHT_PROXIMITY * proximity.share(text));
}

std::vector<Candidate> best(opcit_index &index, const opcit_query &query, const Xapian::MSet &found,
			    opcit_order order, size_t limit)
{
	std::vector<Candidate> candidates;

	if (order == OPCIT_ORDER_SCORE) {
		opcit::Proximity proximity(index, query);

		for (auto it = found.begin(); it != found.end(); ++it)
			candidates.push_back(
				{ *it, rescore(index, proximity, *it, it.get_weight()) });
		std::stable_sort(
			candidates.begin(), candidates.end(),
			[](const Candidate &a, const Candidate &b) { return a.score > b.score; });
	} else {
		for (auto it = found.begin(); it != found.end(); ++it)
			candidates.push_back({ *it, 0 });
	}
	if (candidates.size() > limit)
		candidates.resize(limit);
	return candidates;
}

} // namespace

extern "C" opcit_status opcit_index_search(struct opcit_index *index,
					   const struct opcit_query *query, enum opcit_order order,
					   size_t limit, struct opcit_arena *arena,
					   struct opcit_results *results, struct opcit_err *err)
{
	*results = {};
	return index->read(err, [&]() -> opcit_status {
		// The order by kind is made afterwards, among more than was asked for.
		size_t pool = order == OPCIT_ORDER_SCORE ? std::max<size_t>(limit * 2, 100) : limit;
		Xapian::MSet found = run(*index, opcit::build_query(*index, *query), order, pool);
		std::vector<Candidate> chosen = best(*index, *query, found, order, limit);
		std::unordered_map<uint32_t, const opcit_entry *> entries;

		results->total = found.get_matches_estimated();
		results->n = 0;
		results->hits = static_cast<opcit_hit *>(
			opcit_arena_calloc(arena, chosen.size() * sizeof(opcit_hit)));
		for (const Candidate &candidate : chosen) {
			opcit_hit &hit = results->hits[results->n++];
			uint32_t number;

			index->load_record(candidate.id, arena, hit.record, number);
			const opcit_entry *&entry = entries[number];

			if (!entry) {
				auto *loaded = static_cast<opcit_entry *>(
					opcit_arena_alloc(arena, sizeof(opcit_entry)));
				if (!index->load_entry(number, arena, *loaded))
					throw Xapian::DatabaseCorruptError(
						"a record belongs to no document");
				entry = loaded;
			}
			hit.entry = entry;
			hit.score = candidate.score;
		}
		return OPCIT_OK;
	});
}
