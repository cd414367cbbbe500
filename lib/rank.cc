// rank.cc: running a query, and the order of what it finds.
#include <algorithm>
#include <cmath>
#include <future>
#include <memory>

#include "fold.hh"
#include "open_index.hh"
#include "order.hh"
#include "weights.h"

namespace
{

using opcit::Matches;

// Records that are looked at once more for the order of the first.
constexpr size_t LOOKED_AT = 2 * OPCIT_SEARCH_STEADY;
constexpr size_t FAVOURED = 40; // of them, whose citations are counted

bool by_score(opcit_order order)
{
	return order == OPCIT_ORDER_SCORE || order == OPCIT_ORDER_FOLDED;
}

Matches run(opcit_index &index, const Xapian::Query &query, opcit_order order, size_t limit)
{
	if (by_score(order))
		return opcit::best_of(index, query,
				      Xapian::BM25Weight(OPCIT_BM25_K1, 0, 1, OPCIT_BM25_B, OPCIT_BM25_SHORTEST), limit);
	if (order == OPCIT_ORDER_INDEX)
		return opcit::best_of(index, query, Xapian::BoolWeight(), limit);
	if (order == OPCIT_ORDER_NEWEST)
		return opcit::newest_of(index, query, limit);
	return opcit::by_file(index, query, order, limit);
}

// A query as Xapian finds records by it, and as they are looked at once more.
struct Asked {
	Xapian::Query query;
	std::unique_ptr<opcit::Question> question;
};

// Of a large index both at once.
Asked ask(opcit_index &index, const opcit_query &query)
{
	opcit_index *other = index.halves.other(index);
	auto read = [&query](opcit_index &by) { return std::make_unique<opcit::Question>(by, query); };

	if (!other)
		return { opcit::build_query(index, query), read(index) };
	auto question = std::async(std::launch::async, [=] { return read(*other); });
	Xapian::Query built = opcit::build_query(index, query);

	return { built, question.get() };
}

// What a record is called where it is cited; "para:" alone where it has no label.
std::string place_of(const opcit::Candidate &one)
{
	opcit_str label = opcit_record_peek_label(one.record());

	return "para:" + std::string(label.ptr ? label.ptr : "", label.len);
}

// How often the first are cited, of all parts at once.
void ask_citations(opcit_index &index, const std::vector<opcit::Candidate> &all, size_t n)
{
	std::vector<std::string> terms;
	opcit::Arena scratch;

	for (size_t i = 0; i < n; i++) {
		opcit_entry entry;

		if (!index.load_entry(all[i].file, scratch, entry))
			continue;
		for (opcit_str name : { entry.doc.id, entry.doc.symbol })
			terms.push_back(opcit::key_term(opcit::BY_CITED, name));
		terms.push_back(opcit::pinpoint_term(entry.doc.id, opcit::borrow(place_of(all[i]))));
	}
	index.ask_ahead(terms);
}

// Among the first, what others cite is worth a little more: its document, and
// just that paragraph.
void favour_cited(opcit_index &index, std::vector<opcit::Candidate> &all, size_t n)
{
	opcit::Arena scratch;

	n = std::min(n, all.size());
	if (index.remote)
		ask_citations(index, all, n);
	for (size_t i = 0; i < n; i++) {
		opcit_entry entry;

		if (all[i].tier > 0 || !index.load_entry(all[i].file, scratch, entry))
			continue;
		double times = opcit::times_cited(index, entry.doc);

		if (times > 0 && opcit_record_peek_label(all[i].record()).len)
			times += OPCIT_CITED_PLACE *
				 index.records_with(opcit::pinpoint_term(entry.doc.id, opcit::borrow(place_of(all[i]))));
		all[i].score *= 1 + OPCIT_WEIGHT_CITED * std::log2(1 + times);
		opcit_arena_reset(scratch);
	}
}

bool by_worth(const opcit::Candidate &a, const opcit::Candidate &b)
{
	return a.score > b.score;
}

using Stretch = std::vector<opcit::Candidate *>::iterator;

void look_at(opcit_index &index, opcit::Scorer &scorer, Stretch from, Stretch to)
{
	for (Stretch one = from; one != to; ++one) {
		(*one)->data = index.data_of((*one)->id);
		(*one)->kind = opcit_record_peek_kind(opcit::stored_record((*one)->data, (*one)->file));
	}
	scorer.ask_ahead({ from, to });
	for (Stretch one = from; one != to; ++one)
		scorer.look(**one);
}

// In the order of the index, where neighbours stand in one block; of a large one in
// two threads, which have half of them each. All have their scores then.
void score(opcit_index &index, const opcit::Question &question, std::vector<opcit::Candidate> &all)
{
	constexpr size_t FEW = 16; // are looked at before a second thread has begun
	opcit_index *other = all.size() > FEW ? index.halves.other(index) : nullptr;
	std::vector<opcit::Candidate *> by_id;
	std::future<void> upper;

	for (opcit::Candidate &one : all)
		by_id.push_back(&one);
	std::sort(by_id.begin(), by_id.end(),
		  [](const opcit::Candidate *a, const opcit::Candidate *b) { return a->id < b->id; });
	Stretch middle = other ? by_id.begin() + static_cast<std::ptrdiff_t>(by_id.size() / 2) : by_id.end();
	if (other)
		upper = std::async(std::launch::async, [&] {
			opcit::Scorer theirs(*other, question);

			look_at(*other, theirs, middle, by_id.end());
		});

	opcit::Scorer ours(index, question);

	look_at(index, ours, by_id.begin(), middle);
	if (other)
		upper.get();
	ours.settle(all);
}

// What was found, in the order asked for; where a question is given, by how well each
// record answers it as a whole, the tiers of a named document above that.
std::vector<opcit::Candidate> best(opcit_index &index, const opcit::Question *question, const Matches &found)
{
	std::vector<opcit::Candidate> all;

	for (const opcit::Match &match : found.all) {
		opcit::Candidate one{};

		one.id = match.id;
		one.place = match.place;
		one.tier = std::floor(match.weight / OPCIT_TIER) * OPCIT_TIER;
		one.weight = match.weight - one.tier;
		all.push_back(std::move(one));
	}
	if (question) {
		score(index, *question, all);
		std::stable_sort(all.begin(), all.end(), by_worth);
		favour_cited(index, all, FAVOURED);
		std::stable_sort(all.begin(), all.end(), by_worth);
	}
	return all;
}

// Groups of one.
std::vector<opcit::Group> apart(const std::vector<opcit::Candidate> &all, size_t n)
{
	std::vector<opcit::Group> groups;

	for (size_t i = 0; i < n; i++)
		groups.push_back({ i, all[i].score, {}, {} });
	return groups;
}

// Records and their documents as they are given out, each document read once.
class Loader
{
	opcit_index &index;
	opcit_arena *arena;
	std::unordered_map<uint32_t, const opcit_entry *> entries;

      public:
	Loader(opcit_index &opened, opcit_arena *to) : index(opened), arena(to)
	{
	}

	void load(const opcit::Candidate &from, opcit_hit &hit)
	{
		index.load_hit(from.id, from.score, arena, entries, hit);
	}

	opcit_hit *load_all(const std::vector<opcit::Candidate> &all, const std::vector<size_t> &places)
	{
		auto *hits = static_cast<opcit_hit *>(opcit_arena_calloc(arena, places.size() * sizeof(opcit_hit)));

		for (size_t i = 0; i < places.size(); i++)
			load(all[places[i]], hits[i]);
		return hits;
	}
};

} // namespace

extern "C" opcit_status opcit_index_search(struct opcit_index *index,
					   const struct opcit_query *query, enum opcit_order order,
					   size_t limit, struct opcit_arena *arena,
					   struct opcit_results *results, struct opcit_err *err)
{
	*results = {};
	return index->read(err, [&]() -> opcit_status {
		opcit::ask_ahead(*index, *query);
		opcit_index_listen(index, query);
		bool ranked = by_score(order);
		size_t pool = ranked ? std::max<size_t>(limit * 2, LOOKED_AT) : limit;
		Asked asked = ranked ? ask(*index, *query) : Asked{ opcit::build_query(*index, *query), nullptr };
		Matches found = run(*index, asked.query, order, pool);
		std::vector<opcit::Candidate> all = best(*index, asked.question.get(), found);
		std::vector<opcit::Group> groups = order == OPCIT_ORDER_FOLDED
							   ? opcit::fold(*index, all, limit)
							   : apart(all, std::min(all.size(), limit));
		Loader loader(*index, arena);

		results->total = found.total;
		results->cut = ranked && found.all.size() == pool;
		results->n = 0;
		results->hits =
			static_cast<opcit_hit *>(opcit_arena_calloc(arena, groups.size() * sizeof(opcit_hit)));
		for (const opcit::Group &group : groups) {
			opcit_hit &hit = results->hits[results->n++];

			loader.load(all[group.shown], hit);
			hit.score = group.score;
			hit.n_older = group.older.size();
			hit.older = loader.load_all(all, group.older);
			hit.n_versions = group.versions.size();
			hit.versions = loader.load_all(all, group.versions);
			if (order == OPCIT_ORDER_CITED)
				hit.cited = opcit::times_cited(*index, hit.entry->doc);
		}
		return OPCIT_OK;
	});
}
