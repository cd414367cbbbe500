// synonym.cc: see found.hh.
#include <algorithm>
#include <cmath>

#include "found.hh"
#include "open_index.hh"

namespace opcit
{

namespace
{

using Xapian::Query;

// A query, and how many records Xapian would guess for it in an index of one part.
struct Guessed {
	Query query;
	double records;
};

bool more(const Guessed &a, const Guessed &b)
{
	return a.records > b.records;
}

double whole(double records)
{
	return std::floor(records + 0.5);
}

class Shaper
{
	opcit_index &index;
	double all;

	// Any of them, two by two as Xapian joins them, the rarest first. The pairs are
	// synonyms themselves, because Xapian would take OR apart again.
	Guessed any(std::vector<Guessed> heap)
	{
		std::make_heap(heap.begin(), heap.end(), more);
		while (heap.size() > 1) {
			Guessed rarest = heap.front();

			std::pop_heap(heap.begin(), heap.end(), more);
			heap.pop_back();
			const Guessed &next = heap.front();
			Guessed pair{ Query(Query::OP_SYNONYM, next.query, rarest.query),
				      whole(next.records + rarest.records - next.records * rarest.records / all) };

			std::pop_heap(heap.begin(), heap.end(), more);
			heap.back() = pair;
			std::push_heap(heap.begin(), heap.end(), more);
		}
		return heap[0];
	}

	void collect(const Query &query, Query::op op, std::vector<Guessed> &subs)
	{
		for (size_t i = 0; i < query.get_num_subqueries(); i++) {
			Query sub = query.get_subquery(i);

			if (sub.get_type() == op)
				collect(sub, op, subs);
			else
				subs.push_back(shaped(sub));
		}
	}

	Guessed every(const std::vector<Guessed> &subs)
	{
		std::vector<Query> queries;
		double records = all;

		for (const Guessed &sub : subs) {
			queries.push_back(sub.query);
			records = records * sub.records / all;
		}
		return { Query(Query::OP_AND, queries.begin(), queries.end()), whole(records) };
	}

      public:
	explicit Shaper(opcit_index &opened) : index(opened), all(std::max<double>(1, opened.db.get_doccount()))
	{
	}

	Guessed shaped(const Query &query)
	{
		Query::op op = query.get_type();
		std::vector<Guessed> subs;

		if (op == Query::LEAF_TERM)
			return { query, static_cast<double>(index.records_with(*query.get_terms_begin())) };
		if (op != Query::OP_AND && op != Query::OP_OR && op != Query::OP_SYNONYM)
			return { query, all };
		collect(query, op == Query::OP_AND ? op : Query::OP_OR, subs);
		return op == Query::OP_AND ? every(subs) : any(subs);
	}
};

} // namespace

Xapian::Query synonym(opcit_index &index, const std::vector<Xapian::Query> &queries)
{
	Query plain(Query::OP_SYNONYM, queries.begin(), queries.end());

	if (index.alone || plain.empty() || plain.get_type() != Query::OP_SYNONYM)
		return plain;
	index.ask_ahead({ plain.get_unique_terms_begin(), plain.get_unique_terms_end() });
	Query shaped = Shaper(index).shaped(plain).query;

	return shaped.get_type() == Query::OP_SYNONYM ? shaped : Query(Query::OP_SYNONYM, &shaped, &shaped + 1);
}

} // namespace opcit
