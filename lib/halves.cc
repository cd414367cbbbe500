// halves.cc: see halves.hh.
#include "halves.hh"

#include <algorithm>
#include <future>
#include <malloc.h>
#include <thread>

#include "open_index.hh"

namespace opcit
{

namespace
{

// Fewer are searched before a second thread has begun; where the index is open twice, and stays
// so, it begins sooner.
constexpr Xapian::doccount LARGE = 200000, LARGE_AGAIN = 50000;

// Bytes that threads keep of what one question gives back: it would come again page by page
// with the next.
constexpr int KEPT = 16 << 20, AT_ONCE = 1 << 20;

void keep_memory()
{
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, AT_ONCE);
}

// The records of a stretch of the index, for a filter.
class Stretch : public Xapian::PostingSource
{
	Xapian::docid from, to, at = 0;

      public:
	Stretch(Xapian::docid first, Xapian::docid last) : from(first), to(last)
	{
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return 0;
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return to - from + 1;
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return to - from + 1;
	}
	void init(const Xapian::Database &) override
	{
		at = 0;
	}
	void next(double) override
	{
		at = at ? at + 1 : from;
	}
	void skip_to(Xapian::docid id, double) override
	{
		at = std::max({ at, from, id });
	}
	bool at_end() const override
	{
		return at > to;
	}
	Xapian::docid get_docid() const override
	{
		return at;
	}
	std::string get_description() const override
	{
		return "Stretch()";
	}
};

Xapian::MSet search_stretch(const Xapian::Database &db, const Xapian::Query &query, const Xapian::Weight &weight,
			    Xapian::docid from, Xapian::docid to, Xapian::doccount limit)
{
	Xapian::Enquire enquire(db);
	Xapian::Query stretch((new Stretch(from, to))->release());

	enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, query, stretch));
	enquire.set_weighting_scheme(weight);
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	return enquire.get_mset(0, limit);
}

} // namespace

Halves::Halves() = default;
Halves::~Halves() = default;

opcit_index *Halves::other(const opcit_index &first)
{
	Xapian::doccount large = first.how.halved_from ? first.how.halved_from : searches > 1 ? LARGE_AGAIN : LARGE;
	auto same = [&] {
		return second && second->db.get_revision() == first.db.get_revision() &&
		       second->db.get_uuid() == first.db.get_uuid();
	};

	if (!first.alone || first.db.get_doccount() < large || std::thread::hardware_concurrency() < 2)
		return nullptr;
	if (!same()) {
		keep_memory();
		second = std::make_unique<opcit_index>(first.dir.c_str(), parts_of(first.dir, nullptr));
		if (second->parts.empty() || second->open(nullptr) != OPCIT_OK)
			second.reset();
	}
	if (!same())
		return nullptr;
	second->spoken = first.spoken;
	return second.get();
}

std::vector<Xapian::MSet> Halves::search(const opcit_index &first, const Xapian::Query &query,
					 const Xapian::Weight &weight, Xapian::doccount limit)
{
	searches++;

	opcit_index *there = other(first);
	std::string copy;

	if (!there)
		return {};
	try {
		copy = query.serialise();
	} catch (const Xapian::UnimplementedError &) {
		return {};
	}
	Xapian::docid last = first.db.get_lastdocid(), middle = last / 2;
	auto upper = std::async(std::launch::async, [&] {
		return search_stretch(there->db, Xapian::Query::unserialise(copy), weight, middle + 1, last, limit);
	});
	Xapian::MSet lower = search_stretch(first.db, query, weight, 1, middle, limit);

	return { lower, upper.get() };
}

} // namespace opcit
